"""One to one by the best total: of all pairs that may belong together, those whose scores add up to the most."""

from __future__ import annotations

from qingdan.comparing.similarity import Edges


def assigned(edges: Edges, least: float, old: int, new: int) -> list[tuple[int, int]]:
    """The pairs of the best total in which each score counts by what it has above ``least``; by index, in order.

    Items that no candidates join, directly or through others, do not touch each other: each cluster is assigned by itself,
    so that memory grows with the largest cluster and not with the lists.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    enough = edges.scores >= least
    rows, columns, gains = edges.old[enough], edges.new[enough], edges.scores[enough] - least + 1e-6
    graph = coo_matrix((np.ones(len(rows), dtype=bool), (rows, columns + old)), shape=(old + new, old + new))
    _, labels = connected_components(graph, directed=False)
    order = np.argsort(labels[rows], kind="stable")
    found: list[tuple[int, int]] = []
    for part in np.split(order, np.flatnonzero(np.diff(labels[rows][order])) + 1) if len(order) else ():
        own_rows, i = np.unique(rows[part], return_inverse=True)
        own_columns, j = np.unique(columns[part], return_inverse=True)
        matrix = np.zeros((len(own_rows), len(own_columns)))
        matrix[i, j] = gains[part]
        for a, b in zip(*linear_sum_assignment(matrix, maximize=True), strict=True):
            if matrix[a, b] > 0:
                found.append((int(own_rows[a]), int(own_columns[b])))
    return sorted(found)
