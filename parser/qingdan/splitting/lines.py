"""The paragraphs of a page, and which of them are plainly chrome (``data/chrome.csv``)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from qingdan.data import read_rows


class Line(NamedTuple):
    """A paragraph without the blanks around it, by offsets; ``chrome`` is its kind of chrome, if it is plainly that."""

    start: int
    end: int
    chrome: str | None


_PARAGRAPH = regex.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")


@cache
def _chrome_patterns() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((row["kind"], regex.compile(row["pattern"])) for row in read_rows("chrome.csv"))


def chrome_kind(line: str) -> str | None:
    """The kind of chrome that a folded line is by itself, or None."""
    if len(line) > 200:
        return None
    return next((kind for kind, pattern in _chrome_patterns() if pattern.search(line)), None)


def lines(text: str) -> list[Line]:
    """The paragraphs of a folded text that are not blank."""
    found = []
    for match in _PARAGRAPH.finditer(text):
        raw = match[0]
        start = match.start() + len(raw) - len(raw.lstrip())
        end = match.start() + len(raw.rstrip())
        if end > start:
            found.append(Line(start, end, chrome_kind(text[start:end])))
    return found
