"""Issues of quotation marks and brackets: one that opens and never closes, or closes what never opened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qingdan.model import Document, Issue, Item, Section

PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "（": "）", "(": ")", "【": "】", "〔": "〕"}
# A page may open with one width and close with the other.
_KIND = {mark: mark for pair in PAIRS.items() for mark in pair} | {"（": "(", "）": ")"}
_OPENER_OF = {_KIND[closer]: _KIND[opener] for opener, closer in PAIRS.items()}
# `re` walks a text by one class of characters several times faster than `regex`.
_MARKS = re.compile(f"[{re.escape(''.join(_KIND))}]")
# 「1)」 「a）」 「一)」: the bracket of a label, not of a pair.
_LABELLED = re.compile(r"[0-9０-９a-zA-Zａ-ｚ一二三四五六七八九十]\ ?$")
_HEAD = re.compile(r"[\n\r]\s{0,6}$")


class Mark(NamedTuple):
    """A mark without its partner: its place, and the opener of its kind."""

    at: int
    opener: str
    opens: bool


def unpaired(text: str, start: int, end: int) -> list[Mark]:
    """The marks of text[start:end] without a partner there, in reading order; each kind is counted by itself.

    A quotation over several paragraphs opens again at the head of each and closes once.
    """
    if _all_paired("".join(_MARKS.findall(text, start, end))):
        return []
    waiting: dict[str, list[int]] = {}
    alone: list[Mark] = []
    for found in _MARKS.finditer(text, start, end):
        at, kind = found.start(), _KIND[found[0]]
        if kind in _OPENER_OF:
            opener = _OPENER_OF[kind]
            if waiting.get(opener):
                waiting[opener].pop()
            elif kind != ")" or not _LABELLED.search(text, max(start, at - 2), at):
                alone.append(Mark(at, opener, False))
        elif kind != "“" or not waiting.get(kind) or not _HEAD.search(text, max(start, at - 8), at):
            waiting.setdefault(kind, []).append(at)
    alone += [Mark(at, opener, True) for opener, places in waiting.items() for at in places]
    return sorted(alone)


@lru_cache(maxsize=1024)
def _all_paired(marks: str) -> bool:
    """Whether each of the marks has its partner whatever stands between them; most provisions have the same few."""
    waiting: Counter[str] = Counter()
    for mark in marks:
        kind = _KIND[mark]
        opener = _OPENER_OF.get(kind)
        if (opener is None and kind == "“" and waiting[kind]) or (opener is not None and not waiting[opener]):
            return False
        waiting[opener or kind] += 1 if opener is None else -1
    return not any(waiting.values())


def unbalanced_marks(document: Document) -> Iterator[Issue]:
    """Marks without a partner. What one item opens a later one may close: a quoted article has items of its own."""
    nodes: list[Section | Item] = sorted([*document.sections, *document.items], key=lambda node: node.start)
    waiting: dict[str, list[Mark]] = {}
    alone: list[Mark] = []
    for node in nodes:
        for mark in unpaired(document.text, node.start + len(node.label), node.end):
            if mark.opens:
                waiting.setdefault(mark.opener, []).append(mark)
            elif waiting.get(mark.opener):
                waiting[mark.opener].pop()
            else:
                alone.append(mark)
    for mark in [*alone, *(mark for marks in waiting.values() for mark in marks)]:
        sign = document.text[mark.at]
        what = "is never closed" if mark.opens else "closes nothing that is open"
        yield Issue("unbalanced-mark", f"{sign} {what}", mark.at, mark.at + 1, "info")
