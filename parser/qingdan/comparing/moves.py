"""Which pairs moved: those in another section, or out of the order that the others keep; shifted numbers move nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from qingdan.comparing.forms import keys
from qingdan.model import Document

Group = tuple[tuple[int, ...], tuple[int, ...]]  # indices of old and new items, none on one side for new and dropped


def moved(old: Document, new: Document, groups: Sequence[Group]) -> list[bool]:
    """For groups of items by index whether each moved; a group stands where its first item on each side stands.

    Sections are matched by title, then by the pairs that they share. A pair moved whose sections do not match, or that is
    not in every longest chain of pairs which stand in one order on both sides of their section.
    """
    places = {k: (ours[0], theirs[0]) for k, (ours, theirs) in enumerate(groups) if ours and theirs}
    # Where one list has no sections at all, they cannot be said to be others.
    sections = [
        [item.section if old.sections and new.sections else None for item in document.items]
        for document in (old, new)
    ]  # fmt: skip
    stand = {k: (sections[0][i], sections[1][j]) for k, (i, j) in places.items()}
    same = _matched(old, new, Counter(stand.values()))
    result = [False] * len(groups)
    staying: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for k, pair in stand.items():
        if pair in same:
            staying[pair].append(k)
        else:
            result[k] = True
    for own in staying.values():
        own.sort(key=lambda k: places[k])
        for k, steady in zip(own, _steady([places[k][1] for k in own]), strict=True):
            result[k] = not steady
    return result


def _matched(old: Document, new: Document, shared: Counter[tuple[str | None, str | None]]) -> set[tuple[str | None, str | None]]:
    """Sections of both lists that are one: of one title, one by one where several have it; then renamed ones, which most of the
    pairs of each stand in.
    """
    same: set[tuple[str | None, str | None]] = {(None, None)}
    titles = [_by_title(document) for document in (old, new)]
    for title in titles[0].keys() & titles[1].keys():
        same.update(zip(titles[0][title], titles[1][title], strict=False))
    mine, theirs = {a for a, _ in same}, {b for _, b in same}
    totals = [Counter[str | None](), Counter[str | None]()]
    for (a, b), count in shared.items():
        totals[0][a] += count
        totals[1][b] += count
    for (a, b), count in shared.items():
        # More than half of each: no other section can claim either.
        if a not in mine and b not in theirs and 2 * count > max(totals[0][a], totals[1][b]):
            same.add((a, b))
    return same


def _by_title(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    names = keys([section.title or "" for section in document.sections]) if document.sections else []
    for section, name in zip(document.sections, names, strict=True):
        if name:
            found[name].append(section.id)
    return found


def _steady(places: Sequence[int]) -> list[bool]:
    """For the new places of pairs in their old order which of them are in every longest rising chain."""
    ahead = _lengths(places)
    behind = _lengths([-place for place in reversed(places)])[::-1]
    longest = max(ahead, default=0)
    ranks = Counter(rank for rank, rest in zip(ahead, behind, strict=True) if rank + rest - 1 == longest)
    return [rank + rest - 1 == longest and ranks[rank] == 1 for rank, rest in zip(ahead, behind, strict=True)]


def _lengths(places: Sequence[int]) -> list[int]:
    """The length of the longest rising chain that ends at each place."""
    ends: list[int] = []
    lengths = []
    for place in places:
        rank = bisect_left(ends, place)
        ends[rank : rank + 1] = [place]
        lengths.append(rank + 1)
    return lengths
