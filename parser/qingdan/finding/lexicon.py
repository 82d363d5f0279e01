"""The lexicon: bodies and countries from ``data/agencies.csv`` and ``data/countries.csv``, and their names in a text.

The names are one Aho–Corasick automaton (daachorse, leftmost-longest), so a longer name always wins. A national
body is also known by its name without its country (中国商务部: 商务部); such a bare name may have several owners,
one a country, and its surroundings tell which is meant.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import daachorse
import msgspec

from qingdan.data import read_rows
from qingdan.model import AgencyKind


class Body(msgspec.Struct, frozen=True):
    """A row of the lexicon; ``since`` and ``until`` are the years it bore this name, None where not recorded."""

    id: str
    name: str
    english: str
    party: str
    kind: AgencyKind
    parent: str
    aliases: tuple[str, ...]
    since: int | None
    until: int | None

    def in_year(self, year: int | None) -> bool:
        return year is None or (self.since or 0) <= year <= (self.until or 9999)


class Country(msgspec.Struct, frozen=True):
    """A country by its usual short name, its other names, and the one character it has in 中美 and 阿方."""

    id: str
    name: str
    english: str
    aliases: tuple[str, ...]
    short: str


class Name(NamedTuple):
    """One string the automaton knows: the bodies it may mean, or the country it names.

    ``bare`` when it does not say its country: 商务部, and 国家发展改革委.
    """

    text: str
    bodies: tuple[Body, ...]
    country: str | None
    bare: bool


class Hit(NamedTuple):
    """A name at its place in folded text."""

    start: int
    end: int
    name: Name


class Lexicon(NamedTuple):
    """``names`` by string; ``bodies`` and ``countries`` by id and name; ``shorts`` by the one character."""

    names: dict[str, Name]
    bodies: dict[str, Body]
    countries: dict[str, Country]
    shorts: dict[str, tuple[str, ...]]
    automaton: daachorse.CharwiseDoubleArrayAhoCorasick
    patterns: tuple[Name, ...]

    def find(self, text: str) -> list[Hit]:
        """All names in a text, leftmost and longest, in one pass."""
        patterns = self.patterns
        return [Hit(start, end, patterns[i]) for start, end, i in self.automaton.find(text)]

    def body(self, party: str, bare: str, year: int | None = None) -> Body | None:
        """The body of a country that goes by a name with or without the country before it."""
        for text in (party + bare, bare):
            name = self.names.get(text)
            owners = [body for body in name.bodies if body.party == party] if name else []
            if owners:
                return next((body for body in owners if body.in_year(year)), owners[0])
        return None


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the package, read once."""
    countries = [
        Country(row["id"], row["name"], row["english"], _split(row["aliases"]), row["short"])
        for row in read_rows("countries.csv")
    ]
    bodies = [
        Body(
            row["id"], row["name"], row["english"], row["party"], _kind(row["kind"]), row["parent"],
            _split(row["aliases"]), _year(row["from"]), _year(row["to"]),
        )
        for row in read_rows("agencies.csv")
    ]  # fmt: skip
    return build(bodies, countries)


def _kind(cell: str) -> AgencyKind:
    return msgspec.convert(cell, AgencyKind)


def build(bodies: list[Body], countries: list[Country]) -> Lexicon:
    """A lexicon of these bodies and countries."""
    forms: dict[str, tuple[str, ...]] = {country.name: (country.name, *country.aliases) for country in countries}
    excluded = {row["word"] for row in read_rows("bare_excluded.csv")}  # 「国会」 says nothing without its country
    owners: dict[str, list[Body]] = {}
    bare: set[str] = set()
    for body in bodies:
        says = forms.get(body.party, ())
        for text in (body.name, *body.aliases):
            _own(owners, text, body)
            prefix = next((form for form in says if text.startswith(form)), None)
            if prefix is None and says:
                bare.add(text)
            elif prefix is None:
                continue
            elif text == body.name and (short := text[len(prefix) :]) not in excluded and len(short) > 1:
                bare.add(short)
                _own(owners, short, body)
    names = {text: Name(text, tuple(bodies), None, text in bare) for text, bodies in owners.items()}
    for country in countries:
        for text in forms[country.name]:
            names.setdefault(text, Name(text, (), country.name, False))
    shorts: dict[str, tuple[str, ...]] = {}
    for country in countries:
        if country.short:
            shorts[country.short] = (*shorts.get(country.short, ()), country.name)
    patterns = tuple(names.values())
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(
        [name.text for name in patterns], daachorse.MATCH_KIND_LEFTMOST_LONGEST
    )
    return Lexicon(
        names, {body.id: body for body in bodies}, {country.name: country for country in countries}, shorts, automaton, patterns
    )


def _own(owners: dict[str, list[Body]], text: str, body: Body) -> None:
    row = owners.setdefault(text, [])
    if body not in row:
        row.append(body)
