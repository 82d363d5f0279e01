"""Rounds and sessions by their numbers: which advanced, and whether by the expected step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz

from qingdan.comparing.likeness import best_pairs
from qingdan.comparing.model import Change
from qingdan.comparing.sentences import Matching
from qingdan.comparing.sides import Side
from qingdan.finding.words import LINKS, cut, ends_name
from qingdan.model import Quantity

UNITS = frozenset(("次", "届", "轮", "期", "回", "批", "阶段"))
# Per cent of the characters that two names of one series share: 「两军维和专家磋商」 and 「中美维和事务专家级磋商」 (63) are two.
ONE_SERIES = 70.0
_EDGES = frozenset("了的在于将并行好对就年月日")
_PLAIN = ("会议", "磋商", "对话", "会晤", "会谈", "谈判", "论坛", "大会", "峰会", "研讨会", "会", "例会", "年会", "全会")


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
                    name = _name_before(side.around(own.start, own.end, 40)[0]) + name
                found.append(Session(int(own.value), name, own, side.sentence_at(own.start)))
    return found


def _name_before(text: str) -> str:
    """The name that a clause ends in: 「双方将共同筹备好|反腐败工作组」."""
    words: list[str] = []
    for word in reversed(cut(text)):
        verb = word.tag == "v" and not words  # 「于明年底前确定|第二批」
        if verb or word.text in _EDGES or (ends_name(word) and word.text not in LINKS) or not word.text[0].isalpha():
            break
        words.append(word.text)
    name = "".join(reversed(words))
    return name.lstrip("".join(LINKS))


def same_series(one: Session, other: Session) -> bool:
    """Whether two rounds are of one series: one name ends in the other (「第二轮磋商」), or they are nearly the same."""
    a, b = sorted((one.name, other.name), key=len)
    return b.endswith(a) or fuzz.ratio(a, b) >= ONE_SERIES


def round_changes(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """What became of the rounds of each series: the highest number of the old list goes with the highest of the new, and so on.

    A round that the old list announced and the new one only looks back on is no change of its own, nor is one on the way to the newest.
    """
    told: set[tuple[int | None, int | None, str]] = set()
    for ours, theirs in _series(sessions(old), sessions(new), matching):
        highest = sorted({own.number for own in ours}, reverse=True), sorted({own.number for own in theirs}, reverse=True)
        pairs: list[tuple[int | None, int | None]] = list(zip(*highest, strict=False))
        pairs += [(a, None) for a in highest[0][len(pairs) :] if not _passed(a, highest[1], highest[0])]
        pairs += [(None, b) for b in highest[1][len(highest[0]) :] if not _passed(b, highest[0], highest[1])]
        for a, b in pairs:
            one = next((own for own in ours if own.number == a), None)
            other = next((own for own in theirs if own.number == b), None)
            both = [own for own in (other, one) if own]
            name = max((own.name for own in both), key=len)
            if a == b or (a, b, name) in told:
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


def _passed(number: int, before: list[int], own: list[int]) -> bool:
    """Whether the other side has a round too, or steps over it: 「第九次」 → 「第十次……、第十一次……」."""
    return number in before or (bool(before) and min(before) < number < max(own))


Group = list[Session]


def _series(befores: Group, afters: Group, matching: Matching) -> list[tuple[Group, Group]]:
    """The rounds of both sides by series: first those of one side that share a name, then the sides, the likest names first."""
    ours, theirs = _grouped(befores), _grouped(afters)
    rated = [(_rated(one, other, matching), i, j) for i, one in enumerate(ours) for j, other in enumerate(theirs)]
    pairs = best_pairs(rated, ONE_SERIES)
    rest: list[tuple[Group, Group]] = [(one, []) for i, one in enumerate(ours) if i not in {i for i, _ in pairs}]
    more: list[tuple[Group, Group]] = [([], other) for j, other in enumerate(theirs) if j not in {j for _, j in pairs}]
    return [*((ours[i], theirs[j]) for i, j in pairs), *rest, *more]


def _grouped(everyone: Group) -> list[Group]:
    groups: list[Group] = []
    # The fullest names first: 「第二轮磋商」 belongs to the consultations that were named before it.
    for own in sorted(everyone, key=lambda session: -len(session.name)):
        home = [group for group in groups if own.name and same_series(group[0], own)]
        if not own.name:  # 「第一批清单,……第二批」: without a name, the only series of its unit
            home = [group for group in groups if group[0].mention.unit == own.mention.unit]
            home = home if len(home) == 1 else []
        if home:
            home[-1].append(own)
        else:
            groups.append([own])
    return groups


def _rated(ours: Group, theirs: Group, matching: Matching) -> float:
    one, other = ours[0], theirs[0]
    together = any(matching.together(a.sentence, b.sentence) for a in ours for b in theirs)
    if not one.name or not other.name:  # its place in the sentence is all that a round without a name is known by
        return 100.0 if together else 0.0
    a, b = sorted((one.name, other.name), key=len)
    return max(fuzz.ratio(a, b), ONE_SERIES + len(a) if b.endswith(a) else 0.0) + together
