"""The paragraphs of a page, and which of them are plainly chrome (``data/chrome.csv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from qingdan.data import read_rows


class Line(NamedTuple):
    """A paragraph without the blanks around it, by offsets in folded text."""

    start: int
    end: int


# From the first character that is not blank to the last, within one line.
_PARAGRAPH = re.compile(r"[^\s](?:[^\n\r\v\f\x85\u2028\u2029]*[^\s])?")


_LONGEST_CHROME = 200
_BULLET = re.compile(r"[•·●*]\ {0,2}(?=\w)")  # 「• 时间：2019-09-18」: items of a page's own list


@cache
def _chrome_patterns() -> tuple[re.Pattern[str], tuple[str, ...]]:
    rows = read_rows("chrome.csv")
    # An empty group closes each alternative, so that the last group to match tells which it was.
    return re.compile("|".join(f"(?:{row['pattern']})()" for row in rows)), tuple(row["kind"] for row in rows)


def chrome_kind(text: str, line: Line) -> str | None:
    """The kind of chrome that a line is by itself, or None."""
    if line.end - line.start > _LONGEST_CHROME:
        return None
    pattern, kinds = _chrome_patterns()
    words = text[line.start : line.end]
    bullet = _BULLET.match(words)
    match = pattern.search(words[bullet.end() :] if bullet else words)
    return kinds[match.lastindex - 1] if match and match.lastindex else None


def lines(text: str) -> list[Line]:
    """The paragraphs of a folded text that are not blank."""
    return [Line(*match.span()) for match in _PARAGRAPH.finditer(text)]
