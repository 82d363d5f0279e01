"""Countries that two sentences name in another order: 中美 and 美中, 「中国、美国」 and 「美国、中国」."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from qingdan.comparing.likeness import straightest
from qingdan.comparing.model import Change
from qingdan.comparing.sentences import Matching, Sentence
from qingdan.comparing.sides import Side
from qingdan.finding.lexicon import lexicon

_BETWEEN = regex.compile(r"[、，,和与及同]{1,2}|以及")
_RUN = regex.compile(r"\p{Han}{2,5}")


class Row(NamedTuple):
    """Countries named one behind the other, and where."""

    countries: tuple[str, ...]
    start: int
    end: int


def order_changes(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """Rows of the same countries that begin otherwise, in sentences that became one another; each once."""
    told: set[tuple[str, str]] = set()
    for i, j in straightest(matching.reworded.items()):
        one, other = old.sentences[i], new.sentences[j]
        befores = _rows(one)
        afters = _rows(other) if befores else []
        for before in befores:
            sets = [row for row in afters if set(row.countries) == set(before.countries)]
            if not sets or any(row.countries == before.countries for row in sets):
                continue
            values = "、".join(before.countries), "、".join(sets[0].countries)
            if values not in told:
                told.add(values)
                parts = old.part(before.start, before.end), new.part(sets[0].start, sets[0].end)
                yield Change("order", "changed", *values, old_part=parts[0], new_part=parts[1])


def _rows(sentence: Sentence) -> list[Row]:
    """The rows of countries in a sentence, by their names or by one character each."""
    known = lexicon()
    text = sentence.text
    names = [(hit.start, hit.end, hit.name.country) for hit in known.find(text) if hit.name.country]
    found: list[Row] = []
    row: list[tuple[int, int, str]] = []
    for start, end, country in [*names, (len(text) + 9, len(text) + 9, "")]:
        if row and not (row[-1][1] < start and _BETWEEN.fullmatch(text, row[-1][1], min(start, len(text))) and start <= len(text)):
            found += [Row(tuple(name for *_, name in row), row[0][0], row[-1][1])] if len(row) > 1 else []
            row = []
        row.append((start, end, country or ""))
    shorts = known.shorts
    at = 0
    while at < len(text):
        stop = at
        while stop < len(text) and text[stop] in shorts:
            stop += 1
        own = text[at:stop]
        if 2 <= len(own) <= 4 and "中" in own and len(set(own)) == len(own) and all(len(shorts[c]) == 1 or c in own for c in own):
            found.append(Row(tuple(own), at, stop))
        at = stop + 1
    return [Row(row.countries, row.start + sentence.start, row.end + sentence.start) for row in found]
