"""What a comparison of two lists of one series comes to: pairs of their items, and what changed inside each."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from qingdan.model import Metadata

PairStatus = Literal["kept", "reworded", "split", "merged", "new", "dropped"]
ChangeField = Literal[
    "topic", "section", "sentence", "commitment", "deadline", "date", "agency", "quantity", "round", "instrument", "order"
]
Value = str | int | Decimal | None


class Part(msgspec.Struct, frozen=True):
    """Where one side of a change stands: ``text`` is ``document.text[start:end]`` of its document, ``item`` the id of its item."""

    item: str
    text: str
    start: int
    end: int


class Change(msgspec.Struct, frozen=True, omit_defaults=False):
    """One thing that changed inside a pair.

    field: what it is about. kind: what became of it:
        topic, section: ``changed``; sentence: ``added``, ``gone``, ``reworded``;
        commitment: ``added``, ``gone``, ``strengthened``, ``weakened`` (of all the classes: intended, then committed and continued, then
            accomplished), ``changed`` (from or to a stance, where neither is firmer), ``reversed`` (the polarities), ``moved`` (word for
            word, but for its act, to an item of another pair; its parts name both items, as do those of one that changed as well);
        deadline: ``later``, ``earlier``, ``added``, ``removed``, ``other`` (both are there, in no order: 2015 and 2015-06), ``done`` (the
            new list reports it: ``new`` is when, None where it gives no date), ``stepped`` (it passed, and this is the next session's),
            ``replaced`` (it passed, and this is another event's);
        date: ``changed``, ``added``, ``gone``; agency: ``joined``, ``left``, ``renamed``;
        quantity: ``up``, ``down``, ``changed`` (ranges that overlap, another qualifier or unit), ``added``, ``gone``;
        round: ``advanced`` (the expected step), ``changed``, ``added``, ``gone``;
        instrument: ``added``, ``gone``, ``changed`` (another year or round in its name), ``signed`` (meant before), ``renewed``;
        order: ``changed`` (the same countries, another first).
    old, new: the values in the normal form: EDTF, canonical names, numbers, classes, the texts of sentences; None where there is none.
        A range of a quantity is ``low/high``.
    unit, of: of quantities and rounds, as their mentions have them. qualifiers are told by ``old_qualifier``, ``new_qualifier``.
    difference, percent: new less old, and that of the old in per cent, one decimal; of deadlines the days from last day to last day,
        only where both are written to the day or the month. Several topics are joined by ``|``.
    expected: of rounds, whether the new is the next one.
    old_part, new_part: where it stands in the texts; several for a sentence have the first.
    """

    field: ChangeField
    kind: str
    old: Value = None
    new: Value = None
    unit: str | None = None
    of: str | None = None
    old_qualifier: str | None = None
    new_qualifier: str | None = None
    difference: Decimal | int | None = None
    percent: Decimal | None = None
    expected: bool | None = None
    old_part: Part | None = None
    new_part: Part | None = None


class Evidence(msgspec.Struct, frozen=True):
    """What speaks for a pair, each from 0 to 1 (None where one side has none of it): the words of the bodies, the topics, the
    agencies, the section, the number. ``decided`` names what weighed most: body, topic, agencies; contained in splits and merges, whose
    parts stand in the whole; ``pairs.csv`` where the user said so. None for new and dropped items, but where the user said so.
    """

    decided: str
    body: float | None = None
    topic: float | None = None
    agencies: float | None = None
    section: float | None = None
    number: float | None = None


class Pair(msgspec.Struct, frozen=True):
    """Items of two lists that belong together. ``old`` and ``new`` are ids: one and one, one and several (split), several and one
    (merged), none and one (new), one and none (dropped).

    moved: whether it stands in another section, or elsewhere among its neighbours; numbers that shift because something before
        them came or went move nothing. similarity: of the texts, 0 to 1; None for new and dropped.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    status: PairStatus
    moved: bool
    similarity: float | None
    evidence: Evidence | None
    changes: tuple[Change, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """Two lists side by side. ``relation`` is ``rounds`` (of one series), ``copies`` (of one list) or ``lists`` (neither).

    Every item of either stands in exactly one pair. Pairs are in the order of the new list, dropped ones behind the pair that was
    before them in the old.
    ``old`` and ``new`` are the metadata of the documents.
    """

    old: Metadata
    new: Metadata
    relation: Literal["rounds", "copies", "lists"]
    pairs: tuple[Pair, ...]
