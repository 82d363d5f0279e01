"""Names in 《》, the outermost ones."""

from __future__ import annotations

import re

_MARK = re.compile(r"[《》]")
_LONGEST = 300  # characters of a name


def titles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost 《…》 of a stretch of text, with their marks; what is never closed is none. Linear."""
    found = []
    depth, opened = 0, start
    for match in _MARK.finditer(text, start, end):
        if depth and match.start() - opened > _LONGEST:
            depth = 0
        if match[0] == "《":
            if depth == 0:
                opened = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((opened, match.end()))
    return found
