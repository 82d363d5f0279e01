"""Sentences, units and clauses of an item: what stands between two full stops, two semicolons, two commas.

The marks are sought in masked text, so those inside quotations, 《》 and brackets divide nothing; 、 divides no clauses either.
"""

from __future__ import annotations

import re

import msgspec

from qingdan.finding.masks import BODY, DAY, PARTY

_STOPS = "。;!?\n:"  # besides the comma
_BLANKS = " \t\r\n\u3000"
# A line that broke off in the middle of a sentence is at least so long, in characters.
_WRAPPED = 20
# 「维和——|双方认识到…」: a dash that a sentence follows is a colon; one inside a name has none behind it.
_DASH = re.compile(
    f"(?P<topic>(?:[^—]|—(?!—)){{1,24}}?)(?: *——| [—–-]) *(?=[{PARTY}{BODY}{DAY}]|双方|两国|两部门|三国|各方|我们|为|根据|基于|自|在|通过)"
)

Clause = tuple[int, int]
"""Start and end of the text between two commas, without the blanks around it."""


class Unit(msgspec.Struct, gc=False):
    """Clauses up to a stop; ``mark`` is that stop (``""`` at the end of the text), ``colons`` the clauses that end in a colon."""

    clauses: list[Clause]
    mark: str
    colons: list[int]

    @property
    def start(self) -> int:
        return self.clauses[0][0]

    @property
    def end(self) -> int:
        return self.clauses[-1][1]


def units(text: str, start: int, end: int) -> list[Unit]:
    """The units of masked text between two offsets, in order, none of them empty.

    A comma between digits is none. A line end is a stop unless the line is long and breaks off without one. A dash behind a unit's
    topic is a colon.
    """
    found: list[Unit] = []
    clauses: list[Clause] = []
    colons: list[int] = []
    at = line = behind = start  # where a clause, a line, and the piece behind the last mark begin
    commas = text[start:end]
    for mark in _STOPS:
        commas = commas.replace(mark, ",")
    for piece in commas.split(","):
        first, stop = behind, behind + len(piece)
        behind = stop + 1
        mark = text[stop] if stop < end else ""
        if mark == ",":
            if piece[-1:].isdigit() and text[behind : behind + 1].isdigit():
                continue
        elif mark == "\n":
            long = stop - line >= _WRAPPED
            line = behind
            goes_on = behind < end and text[stop - 1] != ":" and text[behind] not in _BLANKS
            if long and goes_on and (text[stop - 1] == "," or at < stop):
                continue
        if at < stop:
            clause = piece if at == first else text[at:stop]
            bare = clause.strip(_BLANKS)
            if not clauses and ("—" in bare or " -" in bare) and (dash := _DASH.match(bare)):
                at += clause.index(bare[0])
                clauses += (at, at + dash.end("topic")), (at + dash.end(), at + len(bare))
                colons.append(0)
            elif len(bare) == len(clause):
                clauses.append((at, stop))
            elif bare:
                at += clause.index(bare[0])
                clauses.append((at, at + len(bare)))
        at = behind
        if mark == ",":
            continue
        if mark == ":":
            if clauses and (not colons or colons[-1] != len(clauses) - 1):
                colons.append(len(clauses) - 1)
        elif clauses:
            found.append(Unit(clauses, mark, colons))
            clauses, colons = [], []
    return found
