"""What the markup of a page sets apart from its text: navigation, header, footer, sharing, related pages, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from qingdan.data import read_rows
from qingdan.model import Chrome
from qingdan.reading.html_lines import Line, Region

_ELEMENTS = {"nav": "navigation", "footer": "footer", "header": "header", "aside": "related", "form": "form"}
_ROLES = {
    "navigation": "navigation", "menubar": "navigation", "menu": "navigation", "contentinfo": "footer", "banner": "header",
    "complementary": "related", "search": "form", "form": "form",
}  # fmt: skip
_SPLIT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_STOP = re.compile("[。；]")
_RUNNING = 40  # characters of a line of running text, which has a stop


@cache
def _parts() -> tuple[dict[str, str], frozenset[str]]:
    """The kinds that words of class names and ids stand for, and the words that say that a part holds the text."""
    rows = read_rows("page_parts.csv")
    kinds = {row["word"]: row["kind"] for row in rows if row["kind"] != "body"}
    return kinds, frozenset(row["word"] for row in rows if row["kind"] == "body")


class Hint(NamedTuple):
    """A kind of chrome; ``element``: said by an element or its role, not by the name of a class."""

    kind: str
    element: bool


def hint(tag: str, attributes: dict[str, str | None]) -> Hint | None:
    """What an element says it is by its name, its role, or the words of its class and id."""
    kind = _ELEMENTS.get(tag)
    if kind is not None:
        return Hint(kind, True)
    if not attributes or tag in ("html", "body", "main", "article"):
        return None
    kind = _ROLES.get(attributes.get("role") or "")
    if kind is not None:
        return Hint(kind, True)
    for name in (attributes.get("class"), attributes.get("id")):
        kind = _named(name) if name and len(name) <= 200 else None
        if kind is not None:
            return Hint(kind, False)
    return None


@lru_cache(maxsize=4096)  # a page gives a few names to thousands of elements
def _named(names: str) -> str | None:
    """The kind of the first of some class names that stands for one."""
    kinds, body = _parts()
    for name in names.split():
        words = [word.lower() for word in _SPLIT.findall(name)]
        kind = next((kinds[word] for word in words if word in kinds), None)
        if kind is not None and not body.intersection(words):
            return kind
    return None


def chrome(lines: Sequence[Line], regions: Sequence[Region], starts: Sequence[int], text: str) -> tuple[Chrome, ...]:
    """The chrome of a page in reading order, whole lines each, none overlapping.

    ``starts`` holds the offset of each line in ``text``. An element is believed unless it holds the page's body, much of
    its running text, or (a header) a heading; the name of a class only where nothing in it runs on.
    """
    running = [len(line.text) if len(line.text) > _RUNNING and _STOP.search(line.text) else 0 for line in lines]
    sums = [0, *accumulate(running)]
    counts = [0, *accumulate(1 if size else 0 for size in running)]
    sizes = [0, *accumulate(0 if line.link else len(line.text) for line in lines)]
    linked = [0, *accumulate(1 if line.link else 0 for line in lines)]

    def believed(region: Region) -> bool:
        size = sums[region.end] - sums[region.start]
        paragraphs = counts[region.end] - counts[region.start]
        if (region.start == 0 and region.end == len(lines)) or size * 3 > sums[-1] or (region.holds_body and paragraphs):
            return False
        plain = sizes[region.end] - sizes[region.start]
        if region.kind == "header" and linked[region.end] == linked[region.start]:
            return False  # what stands above an article without a link is its title
        if region.kind in ("header", "form"):
            return not region.holds_heading and not paragraphs and plain * 3 <= sizes[-1]
        if region.element:
            return paragraphs < 2 or region.kind in ("footer", "related")
        return paragraphs < 2 and not region.holds_heading and plain * 3 <= sizes[-1]

    found: list[Chrome] = []
    at = 0
    for region in sorted(filter(believed, regions), key=lambda region: (region.start, -region.end)):
        if region.start < at:
            continue
        found.extend(_links(lines, at, region.start, starts, text))
        end = starts[region.end - 1] + len(lines[region.end - 1].text)
        found.append(Chrome(text[starts[region.start] : end], starts[region.start], end, region.kind))
        at = region.end
    found.extend(_links(lines, at, len(lines), starts, text))
    return tuple(found)


def _links(lines: Sequence[Line], begin: int, end: int, starts: Sequence[int], text: str) -> list[Chrome]:
    """Each line from ``begin`` to ``end`` that is nothing but a link."""
    return [
        Chrome(text[starts[i] : starts[i] + len(lines[i].text)], starts[i], starts[i] + len(lines[i].text), "link")
        for i in range(begin, end)
        if lines[i].link
    ]
