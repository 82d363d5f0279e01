"""The paragraphs of a page, and which of them are plainly chrome (``data/chrome.csv``)."""

from __future__ import annotations

import re
from typing import NamedTuple

from qingdan.reading.furniture import LONGEST_FURNITURE, furniture_kind


class Line(NamedTuple):
    """A paragraph without the blanks around it, by offsets in folded text."""

    start: int
    end: int


# From the first character that is not blank to the last, within one line.
_PARAGRAPH = re.compile(r"[^\s](?:[^\n\r\v\f\x85\u2028\u2029]*[^\s])?")


def chrome_kind(text: str, line: Line) -> str | None:
    """The kind of chrome that a line is by itself, or None."""
    return None if line.end - line.start > LONGEST_FURNITURE else furniture_kind(text[line.start : line.end])


def lines(text: str) -> list[Line]:
    """The paragraphs of a folded text that are not blank."""
    return [Line(*match.span()) for match in _PARAGRAPH.finditer(text)]
