"""Two lists side by side: what the public ``compare`` does."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Literal

import msgspec

from qingdan.comparing.alignment import align
from qingdan.comparing.changes import changes
from qingdan.comparing.copies import same_list
from qingdan.comparing.forms import key
from qingdan.comparing.model import Comparison
from qingdan.comparing.overrides import Override, read_overrides
from qingdan.comparing.transfers import with_transfers
from qingdan.model import Document


def compare(old: Document, new: Document, overrides: str | PathLike[str] | Sequence[tuple[str, str]] | None = None) -> Comparison:
    """Compare two parsed lists: which items belong together, and what changed inside each pair.

    overrides: the path of a ``pairs.csv`` with the columns ``old`` and ``new``, or such pairs of ids: items that belong
        together whatever the texts say. Several rows with one id make a split or a merge; an empty side says that an item
        is new or dropped.

    ``compare(new, old)`` gives the same pairs seen from the other side. Raises QingdanError for a file that cannot be read
    and ids that are in neither list, with a line for each.
    """
    given: Sequence[Override | tuple[str, str]]
    given = read_overrides(Path(fspath(overrides))) if isinstance(overrides, str | PathLike) else (overrides or ())
    items = {item.id: item for item in old.items}, {item.id: item for item in new.items}
    pairs = []
    for pair in align(old, new, given):
        if pair.old and pair.new:
            own = [items[0][name] for name in pair.old], [items[1][name] for name in pair.new]
            pair = msgspec.structs.replace(pair, changes=changes(old, new, *own))
        pairs.append(pair)
    return Comparison(old.document, new.document, relation(old, new), tuple(with_transfers(old, new, pairs)))


def relation(old: Document, new: Document) -> Literal["rounds", "copies", "lists"]:
    """Whether two lists are rounds of one series, copies of one list (two texts of one round too), or neither."""
    if same_list(old, new):
        return "copies"
    one, two = old.document, new.document
    if not one.series or not two.series or key(one.series) != key(two.series):
        return "lists"
    if one.track and two.track and key(one.track) != key(two.track):
        return "lists"
    if one.round is not None and one.round == two.round:
        return "copies"
    return "rounds"
