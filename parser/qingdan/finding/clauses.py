"""Sentences, units and clauses of an item: what stands between two full stops, two semicolons, two commas.

The marks are sought in masked text, so those inside quotations, 《》 and brackets divide nothing; 、 divides no clauses either.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_STOPS = re.compile("[。;!?\n,:]")
_BLANKS = " \t\r\n\u3000"
# A line that broke off in the middle of a sentence is at least so long, in characters.
_WRAPPED = 20


class Clause(NamedTuple):
    """Text between two commas, without the blanks around it."""

    start: int
    end: int


class Unit(NamedTuple):
    """Clauses up to a stop; ``mark`` is that stop (``""`` at the end of the text), ``colons`` the clauses that end in a colon."""

    clauses: tuple[Clause, ...]
    mark: str
    colons: tuple[int, ...] = ()

    @property
    def start(self) -> int:
        return self.clauses[0].start

    @property
    def end(self) -> int:
        return self.clauses[-1].end


def units(text: str, start: int, end: int) -> list[Unit]:
    """The units of masked text between two offsets, in order, none of them empty.

    A comma between digits is none. A line end is a stop unless the line is long and breaks off without one.
    """
    found: list[Unit] = []
    clauses: list[Clause] = []
    colons: list[int] = []
    at, line = start, start

    def close(stop: int) -> None:
        first, last = at, stop
        if first < last and text[first] not in _BLANKS and text[last - 1] not in _BLANKS:
            clauses.append(Clause(first, last))
            return
        while first < last and text[first] in _BLANKS:
            first += 1
        while last > first and text[last - 1] in _BLANKS:
            last -= 1
        if first < last:
            clauses.append(Clause(first, last))

    for match in _STOPS.finditer(text, start, end):
        stop, mark = match.start(), match[0]
        if mark == ",":
            if text[stop - 1 : stop].isdigit() and text[stop + 1 : stop + 2].isdigit():
                continue
            close(stop)
        elif mark == ":":
            close(stop)
            if clauses and (not colons or colons[-1] != len(clauses) - 1):
                colons.append(len(clauses) - 1)
        elif mark == "\n":
            long = stop - line >= _WRAPPED
            line = stop + 1
            goes_on = stop + 1 < end and text[stop - 1] != ":" and text[stop + 1] not in _BLANKS
            if long and goes_on and (text[stop - 1] == "," or at < stop):
                continue
            close(stop)
            if clauses:
                found.append(Unit(tuple(clauses), mark, tuple(colons)))
                clauses, colons = [], []
        else:
            close(stop)
            if clauses:
                found.append(Unit(tuple(clauses), mark, tuple(colons)))
                clauses, colons = [], []
        at = stop + 1
    close(end)
    if clauses:
        found.append(Unit(tuple(clauses), "", tuple(colons)))
    return found
