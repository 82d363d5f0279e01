"""Quantities of a pair: matched by unit, noun and context, then up, down, new and gone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from qingdan.comparing.likeness import best_pairs, likeness
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


class Count(NamedTuple):
    """A quantity in its sentence, with its clause."""

    own: Quantity
    sentence: int | None
    clause: str
    next: str

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        low, high = (self.own.value, self.own.value) if self.own.value is not None else (self.own.low, self.own.high)
        return None if low is None or high is None else (Decimal(low), Decimal(high))

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
            count = Count(own, side.sentence_at(own.start), side.matter(f"{before} {behind}"), behind)
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
    for i, j in best_pairs(_rated(befores, afters, matching), 0.0):
        one, other = befores.pop(i), afters.pop(j)
        change = _compared(old, new, one, other)
        if change is not None and (row := (change.old, change.new, change.unit, change.of)) not in told:
            told.add(row)
            yield change
    for own, kind in [*((own, "gone") for own in befores.values()), *((own, "added") for own in afters.values())]:
        value = _value(own)
        others = everyone[1] if kind == "gone" else everyone[0]
        if own.article or any(_once_more(own, other) for other in others) or (kind, value, own.own.unit, own.own.of) in told:
            continue
        told.add((kind, value, own.own.unit, own.own.of))
        side = old if kind == "gone" else new
        part = side.part(own.own.start, own.own.end)
        yield Change(
            "quantity", kind, value if kind == "gone" else None, None if kind == "gone" else value, own.own.unit or None, own.own.of,
            own.own.qualifier if kind == "gone" else None, None if kind == "gone" else own.own.qualifier,
            old_part=part if kind == "gone" else None, new_part=None if kind == "gone" else part,
        )  # fmt: skip


def _rated(befores: dict[int, Count], afters: dict[int, Count], matching: Matching) -> Iterator[tuple[float, int, int]]:
    for i, one in befores.items():
        for j, other in afters.items():
            if not _of_one_kind(one.own, other.own) or (one.article and other.article and one.own.unit != other.own.unit):
                continue
            score = likeness(one.clause, other.clause)
            if one.own.of and other.own.of and (one.own.of.endswith(other.own.of) or other.own.of.endswith(one.own.of)):
                score += SAME_NOUN
            same = one.bounds == other.bounds and one.own.unit == other.own.unit
            together = one.sentence is not None and matching.partner(one.sentence) == other.sentence
            if score >= (IN_ONE_SENTENCE if together else ELSEWHERE) or (same and (together or score >= IN_ONE_SENTENCE)):
                yield score + together + same, i, j


def _once_more(one: Count, other: Count) -> bool:
    """Whether the other side counts the same: 「两个互信机制」 of a sentence that is gone stands in another one."""
    a, b = one.own, other.own
    return (a.value, a.low, a.high, a.unit) == (b.value, b.low, b.high, b.unit) and one.next[:_NOUN] == other.next[:_NOUN]


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


def _currency(own: Quantity) -> str | None:
    return own.code if own.kind in ("money", "measure") else None


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value
