"""What the user says belongs together: the rows of a ``pairs.csv``, and the pairs that they make of two lists."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from qingdan.model import Document, QingdanError
from qingdan.reading.files import bytes_of
from qingdan.vocabulary.files import File, reader_of, text_of

FILE = "pairs.csv"
# The apostrophe that keeps a spreadsheet from running an id as a formula where the table was written: 「'-2015#1」.
_GUARD = re.compile(r"^'(?=['=+\-@＝＋－＠])")


class Override(NamedTuple):
    """One row: the ids of an old and a new item, with the document's id or without (``sed7-2015#1.3``, ``1.3``); '' for none.

    ``line`` is its line in the file, for messages; None when it comes from no file.
    """

    old: str
    new: str
    line: int | None = None


def read_overrides(path: str | PathLike[str]) -> tuple[Override, ...]:
    """The rows of a CSV file with the columns ``old`` and ``new``, as spreadsheets save it: the encoding and whether commas, tabs or
    semicolons separate cells are detected. Raises QingdanError when it cannot be read as that.
    """
    name = Path(path).name
    rows = reader_of(text_of(File(name, bytes_of(Path(path)))))
    try:
        header = [cell.strip().casefold() for cell in next(rows, [])]
        if not {"old", "new"} <= set(header):
            raise QingdanError(f"{name}: the first line must name the columns old and new")
        at = header.index("old"), header.index("new")
        found = []
        for row in rows:
            cells = [_GUARD.sub("", row[k].strip()) if k < len(row) else "" for k in at]
            if any(cell.strip() for cell in row):
                found.append(Override(cells[0], cells[1], rows.line_num))
    except csv.Error as error:
        raise QingdanError(f"{name}: line {rows.line_num}: {error}") from None
    return tuple(found)


def decided(old: Document, new: Document, overrides: Sequence[Override | tuple[str, str]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The groups of items, by index, that overrides make: several rows with one id are a split or a merge, one side empty is
    new or dropped.

    Raises QingdanError with a line for each fault: an id that is in neither list or on the wrong side, an empty row, an item
    that is said to have a partner and to have none, items of both lists that have several each.
    """
    rows = [row if isinstance(row, Override) else Override(*row) for row in overrides]
    known = [_ids(document) for document in (old, new)]
    faults: list[str] = []
    partners: tuple[dict[int, set[int]], dict[int, set[int]]] = (defaultdict(set), defaultdict(set))
    alone: tuple[set[int], set[int]] = (set(), set())
    for row in rows:
        where = f"{FILE}, line {row.line}" if row.line is not None else FILE
        if not row.old and not row.new:
            faults.append(f"{where}: names no item")
            continue
        found = []
        for name, ids, other, label in ((row.old, known[0], known[1], "old"), (row.new, known[1], known[0], "new")):
            if name and name not in ids:
                hint = f"; it is in the {'new' if label == 'old' else 'old'} one" if "#" in name and name in other else ""
                faults.append(f"{where}: the {label} list has no item {name!r}{hint}")
            found.append(ids.get(name))
        i, j = found
        if i is not None and j is not None:
            partners[0][i].add(j)
            partners[1][j].add(i)
        elif i is not None and not row.new:
            alone[0].add(i)
        elif j is not None and not row.old:
            alone[1].add(j)
    names = [[item.id for item in document.items] for document in (old, new)]
    for side in (0, 1):
        faults += [
            f"{FILE}: {names[side][k]!r} is said to have a partner and to have none" for k in sorted(alone[side] & partners[side].keys())
        ]
    for i, own in sorted(partners[0].items()):
        if len(own) > 1 and any(len(partners[1][j]) > 1 for j in own):
            faults.append(f"{FILE}: {names[0][i]!r} has several partners, and one of them has several too")
    if faults:
        raise QingdanError("\n".join(faults))
    groups: list[tuple[tuple[int, ...], tuple[int, ...]]]
    groups = [((i,), tuple(sorted(own))) for i, own in sorted(partners[0].items()) if all(len(partners[1][j]) == 1 for j in own)]
    groups += [(tuple(sorted(own)), (j,)) for j, own in sorted(partners[1].items()) if len(own) > 1]
    return [*groups, *(((i,), ()) for i in sorted(alone[0])), *(((), (j,)) for j in sorted(alone[1]))]


def _ids(document: Document) -> dict[str, int]:
    """Items by id, and by what stands behind ``#`` where that names one alone."""
    ids: dict[str, int] = {}
    for k, item in enumerate(document.items):
        ids.setdefault(item.id.partition("#")[2], k)
    return ids | {item.id: k for k, item in enumerate(document.items)}
