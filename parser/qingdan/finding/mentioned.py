"""The mentions that begin in a span, for spans that are asked for mostly in the order of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from sys import maxsize
from typing import Generic, TypeVar

from qingdan.model import Agency, Date, Quantity

Mention = TypeVar("Mention", Date, Agency, Quantity)


class Mentioned(Generic[Mention]):
    """The mentions of one kind in a document, in the order of the text; those of the next span mostly stand right behind the last."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions: Sequence[Mention] = mentions
        self._starts = [-1, *[mention.start for mention in mentions], maxsize]  # at both ends one that no span reaches
        self._at = 1

    def inside(self, start: int, end: int) -> tuple[Mention, ...]:
        """Those that begin in a span of the text as read."""
        starts, first = self._starts, self._at
        if not starts[first - 1] < start <= starts[first]:
            first = bisect_left(starts, start, 1)
        last = first
        while starts[last] < end:
            last += 1
        self._at = last
        return tuple(self.mentions[first - 1 : last - 1]) if last > first else ()
