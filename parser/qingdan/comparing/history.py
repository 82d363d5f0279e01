"""The nouns of a trace: the rounds of a series, the threads that run through them, and the fate of each deadline."""

from __future__ import annotations

from typing import Literal

import msgspec

from qingdan.model import CommitmentClass

TRACE_SCHEMA = "qingdan-trace/1"
Presence = Literal["first", "new", "kept", "reworded", "split", "merged", "returned"]
FateKind = Literal["repeated", "moved", "done", "not kept", "not mentioned again", "open"]


class TracedRound(msgspec.Struct, frozen=True):
    """A round of the series. ``name`` is its column (``round_7``, or ``held_2015-06-22`` where no number is known); ``document`` the id of
    its list, ``copies`` those of copies of it; ``number`` and ``held`` (a day, month or year) are None where unknown.
    """

    name: str
    number: int | None
    held: str | None
    document: str
    title: str | None
    items: int
    copies: tuple[str, ...] = ()


class LeftOutDocument(msgspec.Struct, frozen=True):
    """A document that is no round of the series, and why."""

    document: str
    reason: str


class Thread(msgspec.Struct, frozen=True):
    """What was promised again from round to round: all items that a chain of pairs joins.

    topic: the one it first had, else its first clause. items: the ids in each round, in the order of the rounds; a thread that
        forked, or into which others ran, has several in a round. presence: how it came into each round: ``first`` (of the series),
        ``new``, ``kept``, ``reworded``, ``split``, ``merged``, ``returned`` after a gap; several where its items differ, none where it is
        absent.
    born, ended: the names of the first round that has it and of the first that has it no more; None where it is there from the
        first round, or still in the last. returns, splits, merges: the names of the rounds in which it did.
    doing: the firmest class of doing of its commitments in each round, None where it has none. strengthened, weakened, done: the names
        of the rounds in which that is firmer or weaker than in the last that had one; done where it became accomplished, and
        what was done is what was promised. What follows an accomplished act is neither firmer nor weaker.
    """

    number: int
    topic: str
    items: tuple[tuple[str, ...], ...]
    presence: tuple[tuple[Presence, ...], ...]
    born: str | None
    ended: str | None
    returns: tuple[str, ...]
    splits: tuple[str, ...]
    merges: tuple[str, ...]
    doing: tuple[CommitmentClass | None, ...] = ()
    strengthened: tuple[str, ...] = ()
    weakened: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


class Fate(msgspec.Struct, frozen=True):
    """A deadline, and what the rounds that follow make of it.

    thread: the number of its thread. item, text, start, end: where it stands; ``text`` is ``document.text[start:end]``. deadline: EDTF.
    fate: ``repeated`` (the same date), ``moved`` (another one, or ``vague`` words in its place), ``done`` (reported as done),
        ``not kept`` (said not to be done: 未能…, 取消…, 不再…), ``not mentioned again``, ``open`` (no round follows).
    round: the one it stands in. next_round, next_item: where the fate shows.
    new: the other date, or the one it was done at, in EDTF; days from last day to last day of a date that was moved, where both are
        written to the day or the month. stepped: the date of the next session of what takes place every so often.
    """

    thread: int
    item: str
    text: str
    start: int
    end: int
    deadline: str
    round: str
    fate: FateKind
    next_round: str | None = None
    next_item: str | None = None
    new: str | None = None
    days: int | None = None
    vague: str | None = None
    stepped: str | None = None


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """The rounds of a series in their order, its threads and the fates of its deadlines.

    missing: the numbers between the rounds that no document has. doubts: where numbers and days contradict each other.
    Threads are in the order of their first items.
    """

    schema: str = TRACE_SCHEMA
    series: str | None
    rounds: tuple[TracedRound, ...]
    missing: tuple[int, ...]
    left_out: tuple[LeftOutDocument, ...]
    doubts: tuple[str, ...]
    threads: tuple[Thread, ...]
    deadlines: tuple[Fate, ...]

    @property
    def births(self) -> tuple[Thread, ...]:
        """The threads that came after the first round."""
        return tuple(thread for thread in self.threads if thread.born)

    @property
    def deaths(self) -> tuple[Thread, ...]:
        """The threads that are not in the last round."""
        return tuple(thread for thread in self.threads if thread.ended)
