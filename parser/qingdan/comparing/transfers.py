"""Commitments that stand in another item than before: gone from one pair and added in another, they are one that moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from qingdan.comparing.changes import in_order
from qingdan.comparing.commitments import change_between
from qingdan.comparing.forms import keys
from qingdan.comparing.model import Change, Pair, Part
from qingdan.model import Commitment, Document

_LEAST = 10  # characters of the shortest: 「双方将加强合作」 is said of many things
_ALIKE = 90.0  # per cent of likeness of the letters


class _Left(NamedTuple):
    """A commitment that has no counterpart in its pair; ``change`` tells so, None in new and dropped items."""

    pair: int
    change: Change | None
    own: Commitment
    part: Part


def with_transfers(old: Document, new: Document, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs with each commitment that moved told once.

    It is told in the pair of its new item, in that of its old one where the new item is in no pair with an old. One that moved from
    a dropped item to a new one is told nowhere: of such items no changes are.
    """
    gone, added = list(_left(old, pairs, "old")), list(_left(new, pairs, "new"))
    dropped: set[int] = set()
    told: dict[int, list[Change]] = {}
    for before, after in _matches(gone, added):
        dropped |= {id(own.change) for own in (before, after) if own.change is not None}
        where = after.pair if after.change is not None else before.pair
        change = change_between(before.own, after.own, before.part, after.part)
        told.setdefault(where, []).append(
            change or Change("commitment", "moved", before.own.class_, after.own.class_, old_part=before.part, new_part=after.part)
        )
    if not told:
        return list(pairs)
    return [
        structs.replace(pair, changes=in_order([change for change in pair.changes if id(change) not in dropped] + told.get(i, [])))
        for i, pair in enumerate(pairs)
    ]


def _left(document: Document, pairs: Sequence[Pair], side: str) -> Iterator[_Left]:
    """The commitments of one side that a comparison of its pair leaves alone, in the order of the pairs."""
    items = {item.id: item for item in document.items}
    kind = "gone" if side == "old" else "added"
    for i, pair in enumerate(pairs):
        if pair.old and pair.new:
            for change in pair.changes:
                part = change.old_part if side == "old" else change.new_part
                if change.field == "commitment" and change.kind == kind and part is not None:
                    own = next(own for own in items[part.item].commitments if own.start == part.start)
                    yield _Left(i, change, own, part)
        else:
            for name in pair.old if side == "old" else pair.new:
                for own in items[name].commitments:
                    yield _Left(i, None, own, Part(name, own.text, own.start, own.end))


def _matches(gone: Sequence[_Left], added: Sequence[_Left]) -> Iterator[tuple[_Left, _Left]]:
    """Those that are the same in words, then nearly so; each once, the first with the first."""
    from rapidfuzz import fuzz, process

    words = [dict(zip(map(id, side), keys([one.own.text for one in side]), strict=True)) for side in (gone, added)]
    waiting: dict[str, list[_Left]] = {}
    for after in added:
        waiting.setdefault(words[1][id(after)], []).append(after)
    rest: list[_Left] = []
    for before in gone:
        found = _first(waiting.get(words[0][id(before)], ()), before)
        if found is None:
            rest.append(before)
            continue
        waiting[words[0][id(before)]].remove(found)
        yield before, found
    left = dict(enumerate(after for several in waiting.values() for after in several))
    for before in rest:
        choices = {i: words[1][id(after)] for i, after in left.items() if _may(before, after)}
        best = process.extractOne(words[0][id(before)], choices, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is not None:
            yield before, left.pop(best[2])


def _first(several: Iterable[_Left], before: _Left) -> _Left | None:
    return next((after for after in several if _may(before, after)), None)


def _may(before: _Left, after: _Left) -> bool:
    return (
        before.pair != after.pair
        and (before.change is not None or after.change is not None)
        and before.own.polarity == after.own.polarity
        and len(before.own.text) >= _LEAST
    )
