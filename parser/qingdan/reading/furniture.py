"""The furniture of a page: lines that are by themselves no part of its text, by ``data/chrome.csv``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from qingdan.data import read_rows

LONGEST_FURNITURE = 200
# Kinds of chrome that a joined document has between its pages: the list goes on behind it.
BETWEEN_PAGES = frozenset({"pager", "repeated", "between-pages"})
_BULLET = re.compile(r"[•·●*]\ {0,2}(?=\w)")  # 「• 时间：2019-09-18」: items of a page's own list


class _Kinds:
    """Patterns as one alternation, and the kind of chrome that each finds."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        # An empty group closes each alternative, so that the last group to match tells which it was.
        self.pattern = re.compile("|".join(f"(?:{row['pattern']})()" for row in rows))
        self.kinds = tuple(row["kind"] for row in rows)

    def of(self, match: re.Match[str] | None) -> str | None:
        return self.kinds[match.lastindex - 1] if match and match.lastindex else None


@cache
def _patterns() -> tuple[_Kinds, _Kinds]:
    """Those that a line begins with, which need trying at one place alone, and those that it holds anywhere."""
    rows = read_rows("chrome.csv")
    return _Kinds([row for row in rows if row["pattern"][0] == "^"]), _Kinds([row for row in rows if row["pattern"][0] != "^"])


@lru_cache(maxsize=4096)
def furniture_kind(words: str) -> str | None:
    """The kind of chrome that a folded line is by itself, or None."""
    if len(words) > LONGEST_FURNITURE:
        return None
    begins, holds = _patterns()
    bullet = _BULLET.match(words)
    line = words[bullet.end() :] if bullet else words
    return begins.of(begins.pattern.match(line)) or holds.of(holds.pattern.search(line))
