"""Threads: what was promised again from round to round, of the pairs of neighbouring rounds and of what came back after a gap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import structs

from qingdan.comparing.commitments import commitment_changes, step, strongest
from qingdan.comparing.history import Presence, Thread
from qingdan.comparing.model import Pair
from qingdan.comparing.sentences import match
from qingdan.comparing.sides import Side
from qingdan.model import CommitmentClass, Document, Item, QingdanError

Align = Callable[[Document, Document], Sequence[Pair]]

# Of what is away for a round or more nothing but the words speaks for a pair, and there are many rounds to look in. On the series of
# benchmarks/trace.py all values from 0.3 to 0.6 give the same: all but 1 in 300 that are found are right, and 19 of 20 are found.
RETURNED = 0.5  # of similarity
_LONGEST_NAME = 24  # characters of a clause that stands for a topic
_PAUSE = re.compile(r"[,，。;；:：、\n]")


class _Link(NamedTuple):
    """Items of one round that became items of a later one."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    round: int
    presence: Presence


def threads(documents: Sequence[Document], names: Sequence[str], align: Align) -> tuple[Thread, ...]:
    """The threads through documents, which are the rounds of a series in their order.

    names: of the rounds. align: pairs the items of two documents.

    Neighbouring rounds are aligned; then what a round has without a partner in the round before is aligned with what had ended in
    earlier ones, of which nothing came after: of pairs that share an item the most alike counts, of equal ones the one with the later
    round. The result depends on the documents alone. Raises QingdanError where two of them share the id of an item.
    """
    found = _Joined(_rounds_of_items(documents))
    links: list[_Link] = []
    for at in range(1, len(documents)):
        pairs = align(documents[at - 1], documents[at])
        own = [_Link(pair.old, pair.new, at, _presence(pair)) for pair in pairs if pair.old and pair.new]
        found.join(own)
        alone = {item for pair in pairs if not pair.old for item in pair.new}
        back = list(_returned(documents, at, alone, found.went_on, align))
        found.join(back)
        links += own + back
    return tuple(_threads(documents, names, found, links))


def _rounds_of_items(documents: Sequence[Document]) -> dict[str, int]:
    """The round of each item, in reading order."""
    rounds: dict[str, int] = {}
    for at, document in enumerate(documents):
        for item in document.items:
            if item.id in rounds:
                raise QingdanError(f"{item.id}: two documents of the series have an item of this id")
            rounds[item.id] = at
    return rounds


def _presence(pair: Pair) -> Presence:
    return pair.status if pair.status in ("kept", "split", "merged") else "reworded"


class _Joined:
    """Items joined to threads: each item leads to the first item of its thread. ``went_on`` are those that something came after."""

    def __init__(self, rounds: dict[str, int]) -> None:
        self._order = {item: i for i, item in enumerate(rounds)}
        self._parent = {item: item for item in rounds}
        self.went_on: set[str] = set()

    def _first(self, item: str) -> str:
        while self._parent[item] != item:
            self._parent[item] = item = self._parent[self._parent[item]]
        return item

    def join(self, links: Iterable[_Link]) -> None:
        for link in links:
            self.went_on.update(link.old)
            roots = sorted({self._first(item) for item in (*link.old, *link.new)}, key=self._order.__getitem__)
            for other in roots[1:]:
                self._parent[other] = roots[0]

    def threads(self) -> list[list[str]]:
        """The items of each thread, in reading order."""
        found: dict[str, list[str]] = {}
        for item in self._order:
            found.setdefault(self._first(item), []).append(item)
        return list(found.values())


def _returned(documents: Sequence[Document], at: int, alone: set[str], went_on: set[str], align: Align) -> Iterator[_Link]:
    """What came back in a round after it was away in the one before."""
    new = _only(documents[at], alone)
    if not new.items:
        return
    pairs: list[tuple[float, int, int, Pair]] = []
    for before in range(at - 1):
        ended = {item.id for item in documents[before].items} - went_on
        old = _only(documents[before], ended)
        if old.items:
            aligned = (pair for pair in align(old, new) if pair.old and pair.new and (pair.similarity or 0.0) >= RETURNED)
            pairs += [(-(pair.similarity or 0.0), -before, i, pair) for i, pair in enumerate(aligned)]
    taken: set[str] = set()
    for *_, pair in sorted(pairs, key=lambda row: row[:3]):
        if taken.isdisjoint(pair.new):
            taken.update(pair.new)
            yield _Link(pair.old, pair.new, at, "returned")


def _only(document: Document, ids: set[str]) -> Document:
    """A document with some of its items."""
    return structs.replace(document, items=tuple(item for item in document.items if item.id in ids))


def _threads(documents: Sequence[Document], names: Sequence[str], found: _Joined, links: Sequence[_Link]) -> Iterator[Thread]:
    items = {item.id: item for document in documents for item in document.items}
    rounds = {item.id: at for at, document in enumerate(documents) for item in document.items}
    came = {item: link.presence for link in links for item in link.new}  # an item is the new one of one pair
    for number, own in enumerate(found.threads(), 1):
        cells = tuple(tuple(item for item in own if rounds[item] == at) for at in range(len(documents)))
        there = [at for at, cell in enumerate(cells) if cell]
        presence = tuple(tuple(dict.fromkeys(came.get(item, "new" if at else "first") for item in cell)) for at, cell in enumerate(cells))
        back = tuple(names[at] for at in there if "returned" in presence[at] and not cells[at - 1])
        doing = tuple(strongest(promised for item in cell for promised in items[item].commitments) for cell in cells)
        sides = [(document, [items[item] for item in cell]) for document, cell in zip(documents, cells, strict=True)]
        steps = [
            (at, kind) for before, at, kind in _steps(doing) if kind != "done" or _was_promised(Side(*sides[before]), Side(*sides[at]))
        ]
        yield Thread(
            number,
            _name([items[item] for item in own]),
            cells,
            presence,
            born=names[there[0]] if there[0] else None,
            ended=names[there[-1] + 1] if there[-1] + 1 < len(names) else None,
            returns=back,
            splits=tuple(names[at] for at in there if "split" in presence[at]),
            merges=tuple(names[at] for at in there if "merged" in presence[at]),
            doing=doing,
            strengthened=tuple(names[at] for at, kind in steps if kind == "strengthened"),
            weakened=tuple(names[at] for at, kind in steps if kind == "weakened"),
            done=tuple(names[at] for at, kind in steps if kind == "done"),
        )


def _steps(doing: Sequence[CommitmentClass | None]) -> list[tuple[int, int, str]]:
    """From which round that had a class to which the firmest is another, and how."""
    found: list[tuple[int, int, str]] = []
    there = [(at, own) for at, own in enumerate(doing) if own is not None]
    for (before, last), (at, own) in pairwise(there):
        if last != "accomplished" and (kind := step(last, own)):
            found.append((before, at, "done" if own == "accomplished" else kind))
    return found


def _was_promised(old: Side, new: Side) -> bool:
    """Whether something that was promised is reported as done: a report of something else in the item keeps no promise."""
    found = commitment_changes(old, new, match(old.sentences, new.sentences))
    return any(change.kind == "strengthened" and change.new == "accomplished" for change in found)


def _name(items: Sequence[Item]) -> str:
    """The topic that a thread first had, else its first clause."""
    topic = next((item.topic for item in items if item.topic), None)
    if topic:
        return topic
    clause = _PAUSE.split(items[0].body.strip(), maxsplit=1)[0] or items[0].body.strip()
    return clause if len(clause) <= _LONGEST_NAME else f"{clause[: _LONGEST_NAME - 1]}…"
