"""The text with what is no prose of its own blotted out: names, dates, quotations, titles of documents, brackets.

Each is one sign and then filler, as long as it was, so offsets stay. No word is sought inside, and a body is a body whatever its name
holds: 「国家发展和改革委员会」 has neither 和 nor 发展.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from sys import intern
from typing import NamedTuple

import daachorse
import msgspec

from qingdan.finding.cues import KINDS, NAMED, PAST, WORDS
from qingdan.finding.persons import persons
from qingdan.finding.sides import Sides, some_of
from qingdan.model import Agency, Date, Item
from qingdan.reading.folding import Folded

BODY, DAY, QUOTED, TITLE, BRACKET, PARTY, FILLER = (intern(chr(0xE000 + i)) for i in range(7))
SIGNS = BODY + DAY + QUOTED + TITLE + BRACKET + PARTY

_MARKS = tuple('《》“”‘’「」『』()【】[]"')
_CLOSES = {"》": "《", "”": "“", "’": "‘", "」": "「", "』": "『", ")": "(", "】": "【", "]": "["}
_DEPTH = 8  # brackets inside one another that are followed
_SIGN = {"《": TITLE, "“": QUOTED, "‘": QUOTED, "「": QUOTED, "『": QUOTED, '"': QUOTED}


class Mark(msgspec.Struct, frozen=True, gc=False):
    """What a sign stands for: its end in folded text, and the body, the date, or the sides that were there."""

    end: int
    sign: str
    what: Agency | Date | tuple[str, ...] | None


class Masked(NamedTuple):
    """``text`` is the folded text and a line end; ``marks`` by their beginnings; ``titles`` the ends of the outermost 《…》 by theirs.

    ``cues`` says for each character what kind of cue word, or 《, begins there, 0 where none does; 访问期间 in a name or quotation is none.
    """

    text: str
    marks: Mapping[int, Mark]
    titles: Mapping[int, int]
    cues: bytes


def mask(folded: Folded, items: Iterable[Item], sides: Sides) -> Masked:
    """Blot out the mentions of the items and what is in brackets; ``sides`` are the words for the parties and whom they mean."""
    text = folded.text
    for sign in SIGNS + FILLER:
        text = text.replace(sign, "\ufffd")  # the page's own private characters
    automaton, meant = _pattern(sides)
    named: list[tuple[int, int, tuple[str, ...]]] = []
    cued: list[tuple[int, int]] = []
    brackets: list[int] = []
    for start, end, number in automaton.find(text):
        if number < len(meant):
            named.append((start, end, meant[number]))
        elif number < len(meant) + len(WORDS):
            cued.append((start, KINDS[number - len(meant)]))
        else:
            brackets.append(start)
    spans, titles = _bracketed(text, brackets)
    marks = {start: Mark(end, sign, None) for start, end, sign in spans}
    offset = folded.offset
    plain = folded.places is None
    for item in items:
        for agency in item.agencies:
            start, end = agency.start, agency.end
            if not plain:
                start, end = offset(start), offset(end)
            if start not in marks or marks[start].end < end:
                marks[start] = Mark(end, BODY, agency)
        for day in item.dates:
            start, end = day.start, day.end
            if not plain:
                start, end = offset(start), offset(end)
            if start not in marks or marks[start].end < end:
                marks[start] = Mark(end, DAY, day)
    offices: list[tuple[int, int]] = []
    countries: dict[int, str] = {}
    for start, end, whom in named:
        if not whom:
            offices.append((start, end))
            continue
        if start not in marks:
            marks[start] = Mark(end, PARTY, whom)
        if len(whom) == 1:
            countries[end] = whom[0]
    for start, end, whom in some_of(text, sides):
        if start not in marks:
            marks[start] = Mark(end, PARTY, whom)
    for start, end, country in persons(text, offices, countries) if offices else ():
        if start not in marks:
            marks[start] = Mark(end, PARTY, (country,))
    pieces: list[str] = []
    at = 0
    for start in sorted(marks):
        if start < at:
            del marks[start]
            continue
        mark = marks[start]
        pieces.append(text[at:start])
        at = mark.end
        pieces.append(mark.sign.ljust(at - start, FILLER))
    pieces += (text[at:], "\n")
    masked = "".join(pieces)
    cues = bytearray(len(text))
    for start, kind in cued:
        if kind != PAST or masked[start] == text[start]:
            cues[start] = kind
    for start in titles:
        cues[start] = NAMED
    return Masked(masked, marks, titles, bytes(cues))


@lru_cache(maxsize=64)
def _pattern(sides: Sides) -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, list[tuple[str, ...]]]:
    """One automaton for the words of the sides, the cue words and the brackets, in this order; and whom the first mean."""
    words = [*(word for word, _ in sides.words), *WORDS, *_MARKS]
    return daachorse.CharwiseDoubleArrayAhoCorasick(words, daachorse.MATCH_KIND_LEFTMOST_LONGEST), [meant for _, meant in sides.words]


def _bracketed(text: str, places: Iterable[int]) -> tuple[list[tuple[int, int, str]], dict[int, int]]:
    """The outermost brackets and quotations that close in their paragraph, each with its sign, and the ends of the outermost 《…》.

    places: where their marks stand, in order.
    """
    spans: list[tuple[int, int, str]] = []
    titles: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    last = 0
    for place in places:
        if opened and text.find("\n", last, place) >= 0:
            opened.clear()
        last = place
        mark = text[place]
        opens = _CLOSES.get(mark, "")
        if mark == '"' and any(one == '"' for one, _ in opened):
            opens = '"'
        if not opens:
            if len(opened) < _DEPTH:
                opened.append((mark, place))
            continue
        depth = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == opens), -1)
        if depth < 0:
            continue
        start = opened[depth][1]
        del opened[depth:]
        while spans and spans[-1][0] >= start:
            spans.pop()
        spans.append((start, place + 1, _SIGN.get(opens, BRACKET)))
        if opens == "《":
            while titles and next(reversed(titles)) >= start:
                titles.popitem()
            titles[start] = place + 1
    return spans, titles
