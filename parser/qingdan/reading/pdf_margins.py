"""Page headers, footers and page numbers of a PDF, known by where they stand and that they come again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qingdan.reading.pdf_lines import Line

_ZONE = 0.13  # of the height of the page, at its top and at its bottom; the text of an A4 page begins at 2.5 cm of 29.7
_NUMBER = re.compile(
    r"[-—–─~·•\s]{0,6}(?:第\s?)?(?:[0-9０-９]{1,4}|[ivxIVX]{1,6})(?:\s?页)?(?:\s?[/,，]?\s?(?:共|of|/)\s?[0-9]{1,4}(?:\s?页)?)?[-—–─~·•\s]{0,6}|"
    r"Page\s[0-9]{1,4}(?:\s(?:of|/)\s[0-9]{1,4})?|[第共]?\s?[一二三四五六七八九十百]{1,5}\s?页",
    re.IGNORECASE,
)
_PRINTED = re.compile(  # what a browser prints around a page: 「2031/5/6 09:30 清单」, 「https://example.org/a 1/3」
    r"(?:[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}[,，]?\s{0,3}(?:[上下]午)?\s?[0-9]{1,2}:[0-9]{2}.{0,300}|(?:https?|file)://\S{1,2000}(?:\s{1,9}[0-9]{1,4}/[0-9]{1,4})?)"
)


def running(pages: Sequence[list[Line]], sizes: Sequence[tuple[float, float]]) -> set[int]:
    """The ids of the lines that are headers, footers or page numbers. sizes: the bottom and the top of each page in points.

    Such a line stands at the edge of the page, no line of the body between them, and comes again, its digits aside, at
    the same height of other pages; a page number, and what a browser prints, needs to come but once.
    """
    edges = [(line, end) for lines, size in zip(pages, sizes, strict=True) for line, end in _edge(lines, size)]
    texts = Counter((_key(line.text), end, round(line.y / 6)) for line, end in edges)
    many = sum(1 for lines in pages if lines)
    found: set[int] = set()
    for line, end in edges:
        key = _key(line.text)
        again = sum(texts[key, end, round(line.y / 6) + near] for near in (-1, 0, 1))
        needed = max(2, many * 0.3) if "#" not in key else max(3, many * 0.3)
        if _NUMBER.fullmatch(line.text.strip()):
            # A lone number in the bottom line may be a row of a table; two pages with one each are numbered.
            needed = 1 if re.search(r"[-—–页/]|Page", line.text) and end == "bottom" else 2
        elif _PRINTED.fullmatch(line.text.strip()):
            needed = 1
        if again >= needed:
            found.add(id(line))
    return found


def _edge(lines: list[Line], size: tuple[float, float]) -> list[tuple[Line, str]]:
    """Up to three lines at the top and three at the bottom of a page, with the edge they stand at."""
    low, high = size
    zone = (high - low) * _ZONE
    by_height = sorted(lines, key=lambda line: -line.y)
    top = [(line, "top") for line in by_height[:3] if line.y > high - zone]
    return top + [(line, "bottom") for line in by_height[-3:] if line.y < low + zone]


def _key(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"[0-9０-９]+", "#", text))
