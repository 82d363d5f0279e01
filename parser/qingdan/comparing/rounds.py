"""Rounds and sessions by their numbers: which advanced, and whether by the expected step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from qingdan.comparing.model import Change
from qingdan.comparing.sentences import Matching
from qingdan.comparing.sides import Side
from qingdan.model import Quantity

UNITS = frozenset("次届轮期回")
# Per cent of the characters that two names of one series of meetings share. Of the planted rounds 「两军维和专家磋商」 and
# 「中美维和事务专家级磋商」 (63) are two series, and names of one series that differ by more than their beginning reach 75.
ONE_SERIES = 70.0
_PLAIN = ("会议", "磋商", "对话", "会晤", "会谈", "谈判", "论坛", "大会", "峰会", "研讨会", "会", "例会", "年会", "全会")
_HEAD = regex.compile(r"[\p{Han}A-Za-z0-9]{1,16}\Z")
_NOT_NAME = regex.compile(r".*(?:[了在于将并行开办召好对就的双方]|根据|落实|参加|出席|举办|主办)")


class Session(NamedTuple):
    """A numbered round of something: its number, its name as far as the words show it, and the sentence it stands in."""

    number: int
    name: str
    mention: Quantity
    sentence: int | None


def sessions(side: Side) -> list[Session]:
    """The numbered rounds of the items of a side."""
    found = []
    for item in side.items:
        for own in item.quantities:
            if own.kind == "ordinal" and own.value is not None and own.unit in UNITS:
                name = own.of or ""
                if not name or name in _PLAIN:  # 「反腐败工作组第十次会议」
                    left = _HEAD.search(side.around(own.start, own.end, 24)[0])
                    name = (_NOT_NAME.sub("", left[0]) if left else "") + name
                found.append(Session(int(own.value), name, own, side.sentence_at(own.start)))
    return found


def same_series(one: Session, other: Session) -> bool:
    """Whether two rounds are of one series: one name ends in the other (「第二轮磋商」), or they are nearly the same."""
    a, b = sorted((one.name, other.name), key=len)
    return b.endswith(a) or fuzz.ratio(a, b) >= ONE_SERIES


def round_changes(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """What became of the rounds of each series: the highest number of the old list goes with the highest of the new, and so on.

    A round that the old list announced and the new one only looks back on is no change of its own.
    """
    befores, afters = sessions(old), sessions(new)
    told: set[tuple[int | None, int | None, str]] = set()
    for ours, theirs in _series(befores, afters, matching):
        numbers = sorted({own.number for own in ours}, reverse=True), sorted({own.number for own in theirs}, reverse=True)
        pairs: list[tuple[int | None, int | None]] = list(zip(*numbers, strict=False))
        pairs += [(number, None) for number in numbers[0][len(numbers[1]) :]] + [(None, number) for number in numbers[1][len(numbers[0]) :]]
        for a, b in pairs:
            if a == b or (a is None and b in numbers[0]) or (b is None and a in numbers[1]):
                continue
            one = next((own for own in ours if own.number == a), None)
            other = next((own for own in theirs if own.number == b), None)
            both = [own for own in (other, one) if own]
            name = max((own.name for own in both), key=len)
            if (a, b, name) in told:
                continue
            told.add((a, b, name))
            step = None if a is None or b is None else b - a
            yield Change(
                "round", "added" if a is None else "gone" if b is None else "advanced" if step == 1 else "changed", a, b,
                unit=both[0].mention.unit, of=name or None,
                difference=step, expected=None if step is None else step == 1,
                old_part=old.part(one.mention.start, one.mention.end) if one else None,
                new_part=new.part(other.mention.start, other.mention.end) if other else None,
            )  # fmt: skip


def _series(befores: list[Session], afters: list[Session], matching: Matching) -> list[tuple[list[Session], list[Session]]]:
    """The rounds of both sides in groups of one series each."""
    everyone = [(0, own) for own in befores] + [(1, own) for own in afters]
    group = list(range(len(everyone)))

    def top(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    for i, (side, one) in enumerate(everyone):
        for j in range(i):
            other_side, other = everyone[j]
            if top(i) != top(j) and _joins(one, other, side == other_side, matching, side):
                group[top(i)] = top(j)
    found: dict[int, tuple[list[Session], list[Session]]] = {}
    for i, (side, own) in enumerate(everyone):
        found.setdefault(top(i), ([], []))[side].append(own)
    return list(found.values())


def _joins(one: Session, other: Session, one_side: bool, matching: Matching, side: int) -> bool:
    if one.name and other.name and same_series(one, other):
        return True
    # Without a name, its place in the sentence is all that a round is known by.
    if one_side or (one.name and other.name) or one.sentence is None or other.sentence is None:
        return False
    first, second = (other.sentence, one.sentence) if side else (one.sentence, other.sentence)
    return matching.partner(first) == second
