"""What is compared of the items of two lists: sets of signs, each weighed by how few items have it, and what items share of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from qingdan.comparing.forms import keys
from qingdan.model import Document

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Grams = npt.NDArray[np.int64]

BLOCK = 256  # items of one list that stand side by side with all of the other in memory
# What tells twins apart: 「非洲」 five times in one, 「中东」 in the other. Of such strangers four in ten are found out, and one in fifty
# true pairs is taken for such, where a synonym took the place of a word each time.
AGAIN = 3  # times or more in one item,
AMONG = 2  # and in so many items of a list at the most

_DIGITS = re.compile(r"[0-9]+")


class Side(NamedTuple):
    """What is compared of the items of one list: keys of topics and bodies, what they stand under, canonical agencies, paths.

    ``equal`` has texts that are the same when topic and body are but for typography.
    """

    topics: tuple[str, ...]
    bodies: tuple[str, ...]
    equal: tuple[str, ...]
    contexts: tuple[str, ...]
    agencies: tuple[tuple[str, ...], ...]
    paths: tuple[tuple[int, ...], ...]


def side(document: Document, equal: Sequence[str]) -> Side:
    """What is compared of a document's items; an item's body ends where its first child begins."""
    items = document.items
    topics = _keys([item.topic or "" for item in items])
    titles = dict(zip((s.id for s in document.sections), _keys([s.title or "" for s in document.sections]), strict=True))
    # What a provision stands below is to it what a section is to others.
    above = {item.id: topic or body for item, topic, body in zip(items, topics, _keys([item.body for item in items]), strict=True)}
    contexts = tuple(above.get(item.parent or "") or titles.get(item.section or "", "") for item in items)
    agencies = tuple(tuple(sorted({name for agency in item.agencies for name in agency.canonical})) for item in items)
    bodies = tuple(_keys([item.body for item in items]))
    return Side(tuple(topics), bodies, tuple(equal), contexts, agencies, tuple(item.path for item in items))


def _keys(texts: Sequence[str]) -> list[str]:
    return keys(texts) if texts else []


class Feature:
    """Sets of numbers on two sides, such as the grams of topics: what pairs of them share, by weight."""

    def __init__(self, old: Sequence[Grams], new: Sequence[Grams], count: int) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        self.old, self.new = old, new
        most = max(len(old), len(new), 1)
        often = np.ones(count)
        for part in (old, new):
            often = np.maximum(often, np.bincount(_joined(part), minlength=count))
        self.weights = np.log1p(most / often) ** 2
        self.old_mass, self.new_mass = (np.array([self.weights[row].sum() for row in part]) for part in (old, new))
        matrices = []
        for part in (old, new):
            ends = np.concatenate([[0], np.cumsum([len(row) for row in part])]).astype(np.int64)
            indices = _joined(part)
            matrices.append(csr_matrix((self.weights[indices] ** 0.5, indices, ends), shape=(len(part), count)))
        self._old, self._new = matrices[0], matrices[1]
        self._old_columns, self._new_columns = self._old.T.tocsr(), self._new.T.tocsr()

    def shared(self, rows: Any, of_new: bool = False) -> Floats:
        """What some items of one side share with each of the other, in weight."""
        import numpy as np

        product = self._new[rows] @ self._old_columns if of_new else self._old[rows] @ self._new_columns
        return np.asarray(product.todense())

    def likeness(self, old: Sequence[int], new: Sequence[int]) -> float | None:
        """What some items of both sides, taken together, have in common of both; None where one side has nothing."""
        import numpy as np

        one, two = np.unique(_joined([self.old[i] for i in old])), np.unique(_joined([self.new[j] for j in new]))
        return dice(self, one, two) if len(one) and len(two) else None


def _joined(rows: Sequence[Grams]) -> Grams:
    import numpy as np

    return np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)


def dice(feature: Feature, one: Grams, two: Grams) -> float:
    """What two sets have in common of both, by weight."""
    import numpy as np

    whole = float(feature.weights[one].sum() + feature.weights[two].sum())
    return 2 * float(feature.weights[np.intersect1d(one, two, assume_unique=True)].sum()) / whole if whole else 0.0


def weighed(rows: tuple[list[Grams], int], cut: int) -> Feature:
    return Feature(rows[0][:cut], rows[0][cut:], rows[1])


def grams(texts: Sequence[str], characters: bool = False) -> tuple[list[Grams], int]:
    """The pairs of neighbouring characters of each text as sorted numbers from 0, and how many numbers there are.

    Every figure is one sign: that 387 became 412 says nothing of whether it is the same promise.
    """
    import numpy as np

    codes = []
    for text in texts:
        points = np.frombuffer(_DIGITS.sub("0", text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
        pairs = points[:-1] * 0x110000 + points[1:]
        codes.append(np.unique(np.concatenate([pairs, points]) if characters or len(points) < 2 else pairs))
    if not codes:
        return [], 0
    known, numbers = np.unique(np.concatenate(codes), return_inverse=True)
    return np.split(numbers, np.cumsum([len(part) for part in codes])[:-1]), len(known)


def listed(rows: Sequence[tuple[str, ...]]) -> tuple[list[Grams], int]:
    import numpy as np

    numbers = {name: i for i, name in enumerate(sorted({name for row in rows for name in row}))}
    return [np.array(sorted(numbers[name] for name in row), dtype=np.int64) for row in rows], len(numbers)


def often(texts: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """The pairs of characters that each text has several times and nearly no other text of its list has, by index."""
    counts = [Counter(map("".join, pairwise(text))) for text in texts]
    among = Counter(chain.from_iterable(counts))
    found = {}
    for k, own in enumerate(counts):
        names = tuple(pair for pair, times in own.items() if times >= AGAIN and among[pair] <= AMONG and not pair.isdigit())
        if names:
            found[k] = names
    return found


def blocks(count: int) -> Iterator[slice]:
    """Slices of so many rows as stand in memory at once."""
    return (slice(start, start + BLOCK) for start in range(0, count, BLOCK))
