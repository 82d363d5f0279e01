"""Paragraphs of a PDF: lines that the width of the page has parted, put together again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from qingdan.reading.pdf_lines import LABEL, Line

_SENTENCE_END = re.compile(r"[。！？!?；;][”’」』）)》]{0,3}$|[:：]$")
_HANGING = re.compile(r"[，。、；：！？）》」』】〕”’,.;:]$")
_WORD = re.compile(r"[!-~]")


class Frame(NamedTuple):
    """The edges of a column of text and the usual distance between its lines, in points."""

    left: float
    right: float
    pitch: float
    spaced: bool


def paragraphs(lines: Sequence[Line], widths: Sequence[float]) -> list[str]:
    """The paragraphs that lines in reading order form, over columns and pages. widths: those of the pages in points."""
    frames = _frames(lines, widths)
    found: list[list[str]] = []
    first: Line | None = None  # the first line of the paragraph being read
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is not None and first is not None and _goes_on(first, before, line, frames[_column(before)], frames[_column(line)]):
            found[-1][-1], blank = _seam(found[-1][-1], line.text)
            found[-1] += [blank, line.text]
        else:
            found.append([line.text])
            first = line
    return ["".join(parts).replace("\u00ad", "-") for parts in found]


def _column(line: Line) -> tuple[int, int | None]:
    # Pages of one column share their edges; columns may stand elsewhere on each page.
    return (line.page, line.column) if line.column is not None else (-1, None)


def _frames(lines: Sequence[Line], widths: Sequence[float]) -> dict[tuple[int, int | None], Frame]:
    groups: dict[tuple[int, int | None], list[Line]] = defaultdict(list)
    for line in lines:
        groups[_column(line)].append(line)
    frames = {}
    for key, group in groups.items():
        em = median(line.em for line in group)
        running = [line for line in group if abs(line.em - em) < em * 0.15] or group
        left = _edge([line.left for line in running], em)
        # 「，」 may hang out over the edge, so that lines ending in it do not show where that is.
        right = -_edge([-line.right for line in running if not _HANGING.search(line.text)] or [-line.right for line in running], em)
        if key[0] == -1 and sum(1 for line in running if line.right > right - 1.5 * em) < 3:
            right = max(right, median(widths) - left)  # too few lines to show the edge: the page is taken to be even
        pitches = [a.y - b.y for a, b in pairwise(group) if a.page == b.page and 0 < a.y - b.y < 6 * em]
        full = [
            a.y - b.y
            for a, b in pairwise(group)
            if a.page == b.page and 0 < a.y - b.y < 4 * em and _is_full(a, b, right) and not LABEL.match(b.text)
        ]
        pitch = median(full) if full else min(pitches, default=em * 1.5)
        frames[key] = Frame(left, right, pitch, _is_spaced(group, right, pitch, em))
    return frames


def _is_spaced(group: list[Line], right: float, pitch: float, em: float) -> bool:
    """Whether paragraphs stand further apart than lines: after most short lines of the text, headings aside, there is a gap."""
    body = [(a, b) for a, b in pairwise(group) if a.page == b.page and max(abs(a.em - em), abs(b.em - em)) < em * 0.15]
    gaps = [a.y - b.y > pitch * 1.2 for a, b in body if 0 < a.y - b.y < 6 * em and not _is_full(a, b, right)]
    return sum(gaps) > 1 and sum(gaps) * 2 > len(gaps)


def _edge(places: list[float], em: float) -> float:
    """The outermost place that at least two lines share; one line may hang out."""
    ordered = sorted(places)
    return next((a for a, b in pairwise(ordered) if b - a < em * 0.6), ordered[0])


def _is_full(line: Line, after: Line, right: float) -> bool:
    """Whether a line ends because nothing more found room: what begins the next is wider than what is left."""
    return line.text.endswith("\u00ad") or right - line.right < after.first + 0.6 * line.em


def _goes_on(first: Line, before: Line, line: Line, frame: Frame, now: Frame) -> bool:
    """Whether a line goes on with the paragraph that ``first`` began and ``before`` has come to."""
    em = before.em
    # The size of a heading tells it from the text; that of two or three glyphs cannot be told so well.
    size = 0.15 if min(len(before.text), len(line.text)) > 5 else 0.4
    if before.cells or line.cells or abs(line.em - em) > em * size or LABEL.match(line.text):
        return False
    # A signature stands at the right edge too, but is no line that the width of the page has parted.
    if not _is_full(before, line, frame.right) or before.right - before.left < 0.4 * (frame.right - frame.left):
        return False
    together = before.page == line.page and before.column == line.column
    if together and not -em < before.y - line.y <= frame.pitch * 1.25 + 1:
        return False
    # Indents are those from the edge of the own column, since a paragraph may go on in the next.
    indent, indent_before, indent_first = line.left - now.left, before.left - frame.left, first.left - frame.left
    ends = _SENTENCE_END.search(before.text) is not None
    if before is not first:
        return abs(indent - indent_before) < 0.9 * em
    if indent < indent_first - 0.9 * em:
        return True  # the first line alone was set in
    if indent > indent_first + 0.9 * em:  # the label hangs out
        return indent < indent_first + 6 * em and (LABEL.match(first.text) is not None or not ends)
    if indent_first > 1.2 * em and not frame.spaced:
        # Set in as far as the line before: the next paragraph, unless that broke off in the middle of a sentence.
        return not ends and indent_first > 3 * em
    return not ends or (frame.spaced and together)


def _seam(text: str, more: str) -> tuple[str, str]:
    """A line as it is when another goes on with it, and the blank between them: a hyphen goes, two words stay apart."""
    if text.endswith("\u00ad") or (re.search(r"[a-z]-$", text) and re.match(r"[a-z]", more)):
        return text[:-1], ""
    apart = _WORD.match(text[-1:]) and _WORD.match(more) and not (text[-1].isdigit() and more[0].isdigit())
    return text, " " if apart else ""
