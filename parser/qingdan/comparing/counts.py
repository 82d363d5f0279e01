"""Quantities of a pair: matched by unit, noun and context, then up, down, new and gone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from qingdan.comparing.likeness import best_pairs, likeness, straightest
from qingdan.comparing.model import Change, Value
from qingdan.comparing.rounds import UNITS
from qingdan.comparing.sentences import Matching
from qingdan.comparing.sides import Side
from qingdan.comparing.titles import titles
from qingdan.model import Quantity

# What two clauses must share to speak of one quantity; more where nothing else says that their sentences belong together.
IN_ONE_SENTENCE = 0.4
ELSEWHERE = 0.75
_NO_COUNT = UNITS.union("条條款项項章节節目段页頁步")  # rounds have their own rows; 「第三条」 refers to a place
_NOUN = 3  # characters behind a quantity that tell what it counts
SAME_NOUN = 0.3  # added where they count the same noun


_GROWTH = regex.compile(r"(?:增加|增长|延长|提高|扩大|上升|降低|下降|减少|缩短|缩小)了?(至|到)?(?:每[天日周月年])?\Z")


class Count(NamedTuple):
    """A quantity in its sentence, with its clause."""

    own: Quantity
    sentence: int | None
    clause: str
    last: str
    next: str

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        low, high = (self.own.value, self.own.value) if self.own.value is not None else (self.own.low, self.own.high)
        return None if low is None or high is None else (Decimal(low), Decimal(high))

    @property
    def said(self) -> tuple[object, ...]:
        """What is equal in two counts of the same: 「两个互信机制」 of a sentence that is gone stands in another one."""
        return self.own.value, self.own.low, self.own.high, self.own.unit, self.next[:_NOUN]

    @property
    def article(self) -> bool:
        """Whether it is no more than an article: 一个, 一项."""
        return self.own.qualifier == "indefinite"


def counts(side: Side) -> list[Count]:
    """The quantities of the items of a side, but for rounds and what stands in the name of an instrument."""
    found = []
    for item in side.items:
        named = titles(side.document.text, item.start, item.end) if item.quantities else []
        for own in item.quantities:
            if (own.kind == "ordinal" and own.unit in _NO_COUNT) or any(start <= own.start < end for start, end in named):
                continue
            before, behind = side.around(own.start, own.end)
            count = Count(own, side.sentence_at(own.start), side.matter(f"{before} {behind}"), before, behind)
            if count.bounds is not None:
                found.append(count)
    return found


def quantity_changes(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """What became of the quantities, each once; those of equal sentences are equal."""
    everyone = counts(old), counts(new)
    befores = {i: own for i, own in enumerate(everyone[0]) if own.sentence not in matching.equal}
    equal = set(matching.equal.values())
    afters = {j: own for j, own in enumerate(everyone[1]) if own.sentence not in equal}
    told: set[tuple[object, ...]] = set()
    said = {"gone": {own.said for own in everyone[1]}, "added": {own.said for own in everyone[0]}}
    pairs = _in_order(befores, afters, matching)
    rest = {i: own for i, own in befores.items() if i not in pairs}, {j: own for j, own in afters.items() if j not in pairs.values()}
    for i, j in straightest([*pairs.items(), *best_pairs(_rated(*rest, matching), 0.0)]):
        one, other = befores.pop(i), afters.pop(j)
        change = _compared(old, new, one, other)
        if change is not None and (row := (change.old, change.new, change.unit, change.of)) not in told:
            told.add(row)
            yield change
    for own, kind in [*((own, "gone") for own in befores.values()), *((own, "added") for own in afters.values())]:
        value = _value(own)
        if own.article or own.said in said[kind] or (kind, value, own.own.unit, own.own.of) in told:
            continue
        told.add((kind, value, own.own.unit, own.own.of))
        side = old if kind == "gone" else new
        part = side.part(own.own.start, own.own.end)
        yield Change(
            "quantity", kind, value if kind == "gone" else None, None if kind == "gone" else value, own.own.unit or None, own.own.of,
            own.own.qualifier if kind == "gone" else None, None if kind == "gone" else own.own.qualifier,
            old_part=part if kind == "gone" else None, new_part=None if kind == "gone" else part,
        )  # fmt: skip


def _in_order(befores: dict[int, Count], afters: dict[int, Count], matching: Matching) -> dict[int, int]:
    """The quantities of sentences that have as many on both sides, each between the same words: 「由14班增加到21班」."""
    pairs: dict[int, int] = {}
    for i, j in matching.reworded.items():
        ours = [n for n, own in befores.items() if own.sentence == i]
        theirs = [n for n, own in afters.items() if own.sentence == j]
        both = [(befores[a], afters[b]) for a, b in zip(ours, theirs, strict=False)]
        if len(ours) == len(theirs) and all(
            _of_one_kind(one.own, other.own) and one.last[-1:] == other.last[-1:] and one.next[:1] == other.next[:1] for one, other in both
        ):
            pairs.update(zip(ours, theirs, strict=True))
    return pairs


def _rated(befores: dict[int, Count], afters: dict[int, Count], matching: Matching) -> Iterator[tuple[float, int, int]]:
    sentences = {i: one.sentence for i, one in befores.items()}, {j: other.sentence for j, other in afters.items()}
    for i, j in matching.candidates(*sentences):
        one, other = befores[i], afters[j]
        if not _of_one_kind(one.own, other.own) or (one.article and other.article and one.own.unit != other.own.unit):
            continue
        score = likeness(one.clause, other.clause)
        if one.own.of and other.own.of and (one.own.of.endswith(other.own.of) or other.own.of.endswith(one.own.of)):
            score += SAME_NOUN
        same = one.bounds == other.bounds and one.own.unit == other.own.unit
        together = matching.together(one.sentence, other.sentence)
        if score >= (IN_ONE_SENTENCE if together else ELSEWHERE) or (same and (together or score >= IN_ONE_SENTENCE)):
            yield score + together + same, i, j


def _of_one_kind(one: Quantity, other: Quantity) -> bool:
    if one.kind != other.kind:
        return False
    return (
        one.unit == other.unit or one.kind == "money" or one.kind == "duration" or (one.kind == "count" and one.of == other.of is not None)
    )


def _value(count: Count) -> Value:
    own = count.own
    return own.value if own.value is not None else f"{own.low}/{own.high}"


def _compared(old: Side, new: Side, one: Count, other: Count) -> Change | None:
    """The change from one quantity to another, None where they say the same."""
    first, second = one.bounds, other.bounds
    if first is None or second is None or (one.article and other.article):
        return None
    measured = one.own.kind == "count" or one.own.unit == other.own.unit or _currency(one.own) == _currency(other.own) is not None
    if first == second and measured and (one.own.qualifier == other.own.qualifier or one.article != other.article):
        return None
    measured = measured and {_step(one), _step(other)} != {"by", "to"}
    exact = measured and one.own.value is not None and other.own.value is not None
    difference = _plain(second[0] - first[0]) if exact else None
    kind = "changed"
    if measured and first != second and (second[0] >= first[1] or second[1] <= first[0]):
        kind = "up" if second[0] >= first[1] else "down"
    percent = (Decimal(difference) * 100 / first[0]).quantize(Decimal("0.1")) if difference is not None and first[0] else None
    return Change(
        "quantity", kind, _value(one), _value(other), other.own.unit or None, other.own.of or one.own.of,
        one.own.qualifier, other.own.qualifier, difference, percent,
        old_part=old.part(one.own.start, one.own.end), new_part=new.part(other.own.start, other.own.end),
    )  # fmt: skip


def _step(count: Count) -> str:
    """Whether a quantity is by how much something grew or shrank, or to how much: 「延长2小时」, 「延长至14小时」."""
    found = _GROWTH.search(count.last[-8:])
    return "" if found is None else "to" if found[1] else "by"


def _currency(own: Quantity) -> str | None:
    return own.code if own.kind in ("money", "measure") else None


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value
