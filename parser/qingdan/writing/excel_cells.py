"""Texts in the cells of a workbook: what XML cannot hold, what is too long, and how high a row has to be."""

from __future__ import annotations

from collections.abc import Iterable

import regex

LONGEST = 32_767  # UTF-16 units in a cell
MOST_ROWS = 1_048_576  # of a sheet, its header among them
# What XML 1.0 has no way to write; control characters Excel writes as _x000B_.
_NO_CHARACTER = regex.compile("[\ufffe\uffff]")
_LINE, _FOOT = 15, 4  # points of a line, and below several, for Chinese ones are higher
_WIDEST = 80


def written(text: str) -> tuple[str, int | None]:
    """The text as a cell can hold it, and where that cuts it, how long it is in UTF-16 units."""
    text = _NO_CHARACTER.sub("\ufffd", text)
    units = len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
    if units <= LONGEST:
        return text, None
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore"), units


def height(cells: Iterable[tuple[str, int]], most: int) -> float:
    """The height in points of a row with wrapped texts in columns of these widths, which shows at most so many lines.

    Excel would find the height itself, LibreOffice does not. A Chinese character is as wide as two letters, as it is two bytes of GBK.
    """
    lines = 1
    for text, width in cells:
        lines = max(lines, sum(1 + len(line.encode("gbk", "replace")) // width for line in text[: most * _WIDEST].split("\n")))
    return _LINE * min(lines, most) + (_FOOT if lines > 1 else 0)
