"""The furniture of a page: lines that are by themselves no part of its text, by ``data/chrome.csv``."""

from __future__ import annotations

import re
from functools import cache

from qingdan.data import read_rows

LONGEST_FURNITURE = 200
# Kinds of chrome that a joined document has between its pages: the list goes on behind it.
BETWEEN_PAGES = frozenset({"pager", "repeated", "between-pages"})
_BULLET = re.compile(r"[•·●*]\ {0,2}(?=\w)")  # 「• 时间：2019-09-18」: items of a page's own list


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[str, ...]]:
    rows = read_rows("chrome.csv")
    # An empty group closes each alternative, so that the last group to match tells which it was.
    return re.compile("|".join(f"(?:{row['pattern']})()" for row in rows)), tuple(row["kind"] for row in rows)


def furniture_kind(words: str) -> str | None:
    """The kind of chrome that a folded line is by itself, or None."""
    if len(words) > LONGEST_FURNITURE:
        return None
    pattern, kinds = _patterns()
    bullet = _BULLET.match(words)
    match = pattern.search(words[bullet.end() :] if bullet else words)
    return kinds[match.lastindex - 1] if match and match.lastindex else None
