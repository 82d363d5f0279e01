"""Commitments that stand in another item than before: gone from one pair and added in another, they are one that moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from qingdan.comparing.changes import in_order
from qingdan.comparing.commitments import change_between
from qingdan.comparing.forms import keys
from qingdan.comparing.model import Change, Pair, Part
from qingdan.model import Commitment, Document

_LEAST = 14  # characters of the shortest, act words and punctuation left out: 「双方将继续保持密切沟通」 is said of many things


class _Left(NamedTuple):
    """A commitment that has no counterpart in its pair; ``change`` tells so, None in new and dropped items."""

    pair: int
    change: Change | None
    own: Commitment
    part: Part


def with_transfers(old: Document, new: Document, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs with each commitment that moved told once: the same actors and words, the act words apart.

    It is told in the pair of its new item, in that of its old one where the new item is in no pair with an old. One that moved from
    a dropped item to a new one is told nowhere: of such items no changes are. Its dates, bodies and numbers are told as before.
    """
    dropped: set[int] = set()
    told: dict[int, list[Change]] = {}
    for before, after in _matches(_left(old, pairs, "old"), _left(new, pairs, "new")):
        dropped |= {id(own.change) for own in (before, after) if own.change is not None}
        change = change_between(before.own, after.own, before.part, after.part) or Change(
            "commitment", "moved", before.own.class_, after.own.class_, old_part=before.part, new_part=after.part
        )
        told.setdefault(after.pair if after.change is not None else before.pair, []).append(change)
    if not told:
        return list(pairs)
    return [
        structs.replace(pair, changes=in_order([*(change for change in pair.changes if id(change) not in dropped), *told.get(i, [])]))
        for i, pair in enumerate(pairs)
    ]


def _left(document: Document, pairs: Sequence[Pair], side: str) -> Iterator[_Left]:
    """The commitments of one side that a comparison of its pair leaves alone, in the order of the pairs."""
    items = {item.id: item for item in document.items}
    placed = {(item.id, own.start): own for item in document.items for own in item.commitments}
    kind = "gone" if side == "old" else "added"
    for i, pair in enumerate(pairs):
        if pair.old and pair.new:
            for change in pair.changes:
                part = change.old_part if side == "old" else change.new_part
                if change.field == "commitment" and change.kind == kind and part is not None:
                    yield _Left(i, change, placed[part.item, part.start], part)
        else:
            for name in pair.old if side == "old" else pair.new:
                for own in items[name].commitments:
                    yield _Left(i, None, own, Part(name, own.text, own.start, own.end))


def _matches(gone: Iterator[_Left], added: Iterator[_Left]) -> Iterator[tuple[_Left, _Left]]:
    """Those that say the same, each once, the first with the first."""
    waiting: dict[tuple[str, tuple[str, ...], str], list[_Left]] = {}
    for key, after in _said(added):
        waiting.setdefault(key, []).append(after)
    for key, before in _said(gone):
        found = next((one for one in waiting.get(key, ()) if _may(before, one)), None)
        if found is not None:
            waiting[key].remove(found)
            yield before, found


def _said(several: Iterator[_Left]) -> Iterator[tuple[tuple[str, tuple[str, ...], str], _Left]]:
    """What each says, by whom and whether it is refused; too short ones left out."""
    found = list(several)
    for words, one in zip(keys([_without_act(one.own) for one in found]), found, strict=True):
        if len(words) >= _LEAST:
            yield (words, one.own.actors, one.own.polarity), one


def _without_act(own: Commitment) -> str:
    text = own.text
    for word in own.act.split("…"):
        text = text.replace(word, "", 1)
    return text


def _may(before: _Left, after: _Left) -> bool:
    return before.pair != after.pair and (before.change is not None or after.change is not None)
