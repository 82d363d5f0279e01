"""The lines of a page, the stretches of them that elements make, and which hidden ones repeat what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, compress
from typing import NamedTuple


class Line(NamedTuple):
    """A line of the page. ``link``: nothing in it but links and what parts them."""

    text: str
    link: bool


class Region:
    """The lines ``start`` to ``end`` of one element that looks like chrome, and what it was seen to hold."""

    __slots__ = ("element", "end", "holds_body", "holds_heading", "kind", "start")

    def __init__(self, kind: str, element: bool, start: int) -> None:
        self.kind = kind
        self.element = element
        self.start = start
        self.end = start
        self.holds_body = self.holds_heading = False


def without_copies(lines: Sequence[Line], regions: Sequence[Region], panels: Sequence[tuple[int, int]]) -> tuple[list[Line], list[Region]]:
    """The lines and regions without each hidden panel whose text is shown elsewhere: a copy to be printed, read aloud or sent.

    ``panels`` are spans of lines, nested or apart; the regions that stay are moved in place.
    """
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(panels, key=lambda panel: (panel[0], -panel[1])):
        if not outermost or start >= outermost[-1][1]:
            outermost.append((start, end))
    bounds = [0, *(bound for panel in outermost for bound in panel), len(lines)]
    shown = {line.text for begin, end in zip(bounds[::2], bounds[1::2], strict=True) for line in lines[begin:end]}
    kept = [True] * len(lines)
    for start, end in outermost:
        panel = [line.text for line in lines[start:end]]
        if 2 * sum(len(text) for text in panel if text in shown) > sum(map(len, panel)):
            kept[start:end] = [False] * (end - start)
    moved = [0, *accumulate(kept)]
    left = [region for region in regions if moved[region.start] < moved[region.end]]
    for region in left:
        region.start, region.end = moved[region.start], moved[region.end]
    return list(compress(lines, kept)), left
