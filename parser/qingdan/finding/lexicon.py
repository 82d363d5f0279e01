"""The lexicon: bodies and countries from ``data/agencies.csv`` and ``data/countries.csv``, and their names in a text.

The names are one Aho–Corasick automaton (daachorse, leftmost-longest), so a longer name always wins. A national
body is also known by its name without its country (中国商务部: 商务部); such a bare name may have several owners,
one a country, and its surroundings tell which is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import cache, cached_property
from typing import NamedTuple, cast

import daachorse
import msgspec

from qingdan.data import read_rows
from qingdan.model import AgencyKind, OwnRows
from qingdan.reading.folding import fold


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


SHORT = 4  # a name of so many characters may arise where other words meet: 「联合国|际」


class Name(NamedTuple):
    """One string the automaton knows: the bodies it may mean, or the country it names.

    ``bare`` when it does not say its country: 商务部, and 国家发展改革委. ``plain`` when it is itself wherever it
    stands: long enough not to arise by chance from other words, and with no letter or 部 at its ends.
    """

    text: str
    bodies: tuple[Body, ...]
    country: str | None
    bare: bool
    plain: bool = False


class Hit(NamedTuple):
    """A name at its place in folded text."""

    start: int
    end: int
    name: Name


class Lexicon:
    """The names of bodies and countries, and what each may mean.

    Only the names are made at once; a body becomes a ``Body`` when its name is first met in a text.
    """

    def __init__(
        self, bodies: Sequence[Row], countries: Sequence[Row], own: tuple[OwnRows, ...] = (), sure: frozenset[str] = frozenset()
    ) -> None:
        """``bodies`` and ``countries`` are rows as in the two CSV files: where two bodies of a party share a name, the
        first is meant. ``own`` are the user's files among the rows, ``sure`` names that mean their one body even where
        nothing tells its country.
        """
        self.own = own
        self._sure = sure
        self.countries = {
            row["name"]: Country(row["id"], row["name"], row["english"], _split(row["aliases"]), row["short"]) for row in countries
        }
        self.shorts: dict[str, tuple[str, ...]] = {}
        for country in self.countries.values():
            if country.short:
                self.shorts[country.short] = (*self.shorts.get(country.short, ()), country.name)
        self._says = {c.name: tuple(_folded(text) for text in (c.name, *c.aliases)) for c in self.countries.values()}
        self._rows = bodies
        self._by_id = {row["id"]: i for i, row in enumerate(bodies)}
        self._bodies: dict[int, Body] = {}
        self._owners: dict[str, list[int]] = {}
        self._bare: set[str] = set()
        for i, row in enumerate(bodies):
            self._enter(i, row)
        self._country_of = {text: name for name, says in self._says.items() for text in says}
        known = self._owners.keys() | self._country_of.keys()
        nothing = [_folded(row["name"]) for row in read_rows("not_bodies.csv")]
        self._patterns = [*self._owners, *(self._country_of.keys() - self._owners.keys()), *(t for t in nothing if t not in known)]
        self._names: dict[str, Name] = {}
        self._resembling: dict[tuple[str, str], str] = {}
        self._met: list[Name | None] = [None] * len(self._patterns)
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(self._patterns, daachorse.MATCH_KIND_LEFTMOST_LONGEST)

    def _enter(self, i: int, row: Row) -> None:
        owners = self._owners
        name, party = row["name"], row["party"]
        cell = row["aliases"]
        # Most cells are Han, 「|」 and 「、」, which folding leaves alone: thousands of calls saved in every run.
        texts = [_folded(name), *_split(cell if cell.replace("|", "").replace("、", "").isalnum() else fold(cell).text)]
        says = self._says.get(party)
        if says is not None:
            self._bare.update(text for text in texts if not text.startswith(says))
            short = _folded(name.removeprefix(party))
            shorts = [short] if short != texts[0] else []
            if party == "中国":  # in lists of duties 国家文物局 is 文物局
                shorts += [
                    text[2:] for text in (short, *texts[1:]) if text.startswith("国家") and text.endswith(("局", "委")) and len(text) > 4
                ]
            for text in shorts:
                if len(text) > 1 and text not in _excluded():
                    self._bare.add(text)
                    texts.append(text)
        for text in texts:
            row_owners = owners.get(text)
            if row_owners is None:
                owners[text] = [i]
            elif i not in row_owners:
                row_owners.append(i)

    def find(self, text: str) -> list[Hit]:
        """All names of bodies and countries in a text, leftmost and longest, in one pass.

        「央行票据」 of ``not_bodies.csv`` is a name too, of nothing, and keeps 央行 from being found in it.
        """
        hits = []
        for start, end, i in self._automaton.find(text):
            name = self._met[i] or self._meet(i)
            if name.bodies or name.country:
                hits.append(Hit(start, end, name))
        return hits

    def _meet(self, i: int) -> Name:
        name = self._met[i] = self._name(self._patterns[i])
        return name

    def _name(self, text: str) -> Name:
        name = self._names.get(text)
        if name is None:
            owners = self._owners.get(text, ())
            # The body that bears the name today, unless a year tells otherwise.
            bodies = tuple(self._body(i) for i in (sorted(owners, key=lambda i: self._rows[i]["to"] != "") if len(owners) > 1 else owners))
            country = None if bodies else self._country_of.get(text)
            plain = not (text[0].isascii() or text[-1].isascii() or text[-1] == "部") and (len(text) > SHORT or not bodies)
            bare = text in self._bare and not (len(bodies) == 1 and text in self._sure)
            name = self._names[text] = Name(text, bodies, country, bare, plain)
        return name

    def _body(self, i: int) -> Body:
        body = self._bodies.get(i)
        if body is None:
            row = self._rows[i]
            body = self._bodies[i] = Body(
                row["id"], row["name"], row["english"], row["party"], cast(AgencyKind, row["kind"]), row["parent"],
                _split(row["aliases"]), _year(row["from"]), _year(row["to"]),
            )  # fmt: skip
        return body

    def get(self, text: str) -> Name | None:
        """What a string of folded text names, or None."""
        return self._name(text) if text in self._owners or text in self._country_of else None

    def has(self, id: str) -> bool:
        """Whether a row has this id."""
        return id in self._by_id

    def parent(self, body: Body) -> Body | None:
        """The body above a body."""
        return self._body(self._by_id[body.parent]) if body.parent in self._by_id else None

    def resembling(self, party: str, bare: str, year: int | None = None) -> Body | None:
        """The one body of a country whose name is most nearly that: 「海关」 is 中国海关总署."""
        known = self._resembling.get((party, bare))
        if known is None:
            rows = [row for row in self._rows if row["party"] == party and bare in row["name"] and row["kind"] == "government"]
            names = [row["name"] for row in rows if not row["to"]]
            names = sorted([name for name in names if name.startswith(party + bare)] or names, key=len)
            sole = names and (len(names) == 1 or len(names[0]) < len(names[1]))
            known = self._resembling[party, bare] = names[0].removeprefix(party) if sole else ""
        return self.body(party, known, year) if known else None

    def in_year(self, text: str, body: Body, year: int) -> Body:
        """The body of the same country that bore a name in a year; the one given where it did itself, or none is known to have."""
        name = self.get(text) or self.get(text.removeprefix(body.party))
        if name is None or body.in_year(year):
            return body
        return next((other for other in name.bodies if other.party == body.party and other.in_year(year)), body)

    @cached_property
    def successions(self) -> frozenset[str]:
        """The ids of bodies that share a name with another of the same country, in other years."""
        shared: set[str] = set()
        for owners in self._owners.values():
            if len(owners) > 1:
                parties = Counter(self._rows[i]["party"] for i in owners)
                shared.update(self._rows[i]["id"] for i in owners if parties[self._rows[i]["party"]] > 1)
        return frozenset(shared)

    def by_id(self, id: str) -> Body:
        """The body of an id. Raises KeyError when there is none."""
        return self._body(self._by_id[id])

    def body(self, party: str, bare: str, year: int | None = None) -> Body | None:
        """The body of a country that goes by a name with or without the country before it, and did in a year if given."""
        for text in (_folded(party + bare), bare):
            name = self.get(text)
            for body in name.bodies if name else ():
                if body.party == party and body.in_year(year):
                    return body
        return None


def home(hits: Sequence[Hit], traditional: bool) -> str:
    """Whose a body is that no country is named with: China's; in a traditional text perhaps Taiwan's.

    It is Taiwan's where the text calls it by its official name, or names a body (立法院, 经济部) that Taiwan has, China has
    not, and no other country of the text has either.
    """
    if not traditional:
        return "中国"
    if any(hit.name.text.startswith("中华民国") for hit in hits):
        return "台湾"
    countries = {hit.name.country for hit in hits} | {"中国", "台湾"}
    names = (hit.name for hit in hits if hit.name.bare)
    return "台湾" if any({b.party for b in name.bodies if b.kind == "government"} & countries == {"台湾"} for name in names) else "中国"


Row = Mapping[str, str]


def _folded(text: str) -> str:
    """A name as it stands in folded text: 「刚果（金）」 has half-width parentheses there."""
    return text if text.replace("、", "").isalnum() else fold(text).text


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


@cache
def _excluded() -> frozenset[str]:
    """「国会」 says nothing without its country."""
    return frozenset(row["word"] for row in read_rows("bare_excluded.csv"))


@cache
def shared_words() -> frozenset[str]:
    """Of those, the ones that 「两国」 says enough of: 「两国海关」."""
    return frozenset(row["word"] for row in read_rows("bare_excluded.csv") if row["shared"])


in_use: ContextVar[Lexicon | None] = ContextVar("lexicon", default=None)


def lexicon() -> Lexicon:
    """The lexicon that names are sought in: the package's, or inside ``vocabulary.own.own`` one with the user's rows.

    What is cached of it must have it, or what was taken out of it, in its key.
    """
    return in_use.get() or packaged()


@cache
def packaged() -> Lexicon:
    """The lexicon that comes with the package, read once."""
    return Lexicon(read_rows("agencies.csv"), read_rows("countries.csv"))
