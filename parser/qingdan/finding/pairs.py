"""Names that open with two countries by one character each, which no dictionary has: 「中肯执法合作工作组」, 「古中企业家委员会」."""

from __future__ import annotations

from collections.abc import Container

import regex

from qingdan.finding.bodies import REACH
from qingdan.finding.words import LINKS, cut, ends_name, tag_of

_PAIR = regex.compile(r"(?r)(?:中\p{Han}|\p{Han}中)")
_RUN = regex.compile(r"(?r)\p{Han}{4,}")
_SELF = frozenset("中台")
# What is between a pair and 和 is a meeting or another body, not the beginning of the name.
_OTHERS = ("对话", "会议", "会晤", "论坛", "磋商", "峰会", "会谈", "关系", "协定", "声明", "联合会", "委员会", "工作组")


def pair_before(text: str, start: int, floor: int, shorts: Container[str]) -> int:
    """Where a name that begins at ``start`` begins with the two countries right before it; ``start`` itself without them.

    ``shorts`` are the characters that stand for countries; nothing before ``floor`` belongs to the name.
    """
    pair = text[max(start - 2, 0) : start]
    if start - 2 >= floor and not _SELF.isdisjoint(pair) and all(c in shorts for c in pair) and tag_of(pair) != "ns":
        return start - 2
    if start > floor and text[start - 1] in _SELF and text[start] in shorts and len(cut(text[start : start + 8])[0].text) == 1:
        return start - 1
    if text[start - 1 : start] not in LINKS:
        return start
    run = _RUN.match(text, max(floor, start - REACH), start - 1)
    opening = _PAIR.search(text, run.start(), run.end() - 2) if run else None
    if opening is None or any(c not in shorts for c in opening[0]):
        return start
    at, end = opening.span()
    between = cut(text[end : start - 1])
    if any(ends_name(word) or word.text.endswith(_OTHERS) for word in between) or not _whole(text, at, end):
        return start
    return int(at)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether two characters are words of their own: 「中|哈|利用」, not 「集中|哈…」."""
    at = max(0, start - 4)
    edges = {at}
    for word in cut(text[at : end + 6]):
        at += len(word.text)
        edges.add(at)
    return start in edges and end in edges
