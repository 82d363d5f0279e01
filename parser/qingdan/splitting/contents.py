"""Tables of contents: headings listed before the text in which they come again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qingdan.splitting.labels import Label
from qingdan.splitting.lines import Line

LONGEST_ENTRY = 60
FEWEST_ENTRIES = 3
_MOST = 0.7  # how many of the entries must come again
_CAPTION = re.compile(r"目\s{0,4}[录次錄]\Z")
# 「第一章 总则……3」, 「1.1 编制目的 . . . . 2」
_LEADER = re.compile(r"[\s.…·_—-]{2,}[0-9]{0,4}\Z|\s[0-9]{1,4}\Z")
_UNFINISHED = frozenset("。;!?,、")
_SAME = 4  # characters of a heading that must come again: a body may be glued to its heading


def contents(text: str, paragraphs: Sequence[Line], labels: Sequence[Label]) -> frozenset[int]:
    """The indexes of the paragraphs that are a table of contents, its caption among them.

    It is a run of short labelled lines most of which come again, with the same label and heading, behind it.
    """
    entries = [label for label in labels if label.opens]
    short = [_is_entry(text, paragraphs[label.line]) for label in entries]
    if short.count(True) < FEWEST_ENTRIES:
        return frozenset()
    later: dict[tuple[str, tuple[int, ...], str], int] = {}
    again: list[int | None] = [None] * len(entries)
    for i in range(len(entries) - 1, -1, -1):
        name = _name(text, paragraphs[entries[i].line].end, entries[i])
        again[i] = later.get(name)
        later[name] = i
    first = next((i for i, j in enumerate(again) if j is not None and short[i]), None)
    if first is None:
        return frozenset()
    end = again[first]
    assert end is not None
    block = [i for i in range(first, end) if short[i]]
    repeated = sum((j := again[i]) is not None and j >= end for i in block)
    # Of a text that breaks off, few headings come again: then no other line may stand among them.
    solid = len(block) > FEWEST_ENTRIES and entries[end].line - entries[first].line == len(block)
    if len(block) < FEWEST_ENTRIES or len(block) < end - first or not (solid or repeated >= _MOST * len(block)):
        return frozenset()
    begin = entries[first].line
    if begin and _CAPTION.match(text, paragraphs[begin - 1].start, paragraphs[begin - 1].end):
        begin -= 1
    return frozenset(range(begin, entries[end - 1].line + 1))


def _is_entry(text: str, line: Line) -> bool:
    return line.end - line.start <= LONGEST_ENTRY and text[line.end - 1] not in _UNFINISHED


def _name(text: str, end: int, label: Label) -> tuple[str, tuple[int, ...], str]:
    """What a heading comes again as: its label, and how its words begin without dots and the page's number."""
    heading = text[label.end : min(end, label.end + LONGEST_ENTRY)]
    if end - label.end <= LONGEST_ENTRY and (heading[-1:].isdigit() or heading[-1:] in "….·_- "):
        heading = _LEADER.sub("", heading)
    return label.key, label.numbers, "".join(heading.split())[:_SAME]
