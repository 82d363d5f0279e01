"""Rows of bodies as ``data/agencies.csv`` has them: what a user may leave out, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

import regex

from qingdan.data import read_rows
from qingdan.finding.bodies import heads
from qingdan.finding.words import cut, frequency
from qingdan.model import AgencyKind
from qingdan.vocabulary.files import Fault, File, Row, plain, quoted, rows

COLUMNS = ("id", "name", "english", "party", "kind", "parent", "aliases", "from", "to")
KINDS = get_args(AgencyKind)
Cells = Mapping[str, str]

_LONGEST = 100  # characters of a name; the longest of the package has 40
_EVERYDAY = 1500  # times in jieba's dictionary: 学会 2639, 平台 3601; of the package's own names tagged as words 教育部 has most, 1216
_WORDS = frozenset({"n", "v", "vn", "a", "ad", "an", "d", "b", "m", "q", "r", "c", "p", "t", "f", "s"})
# 「驻美国台北经济文化代表处」 「中非发展基金」: posts abroad, funds and newspapers go by their own names.
_OWN_NAME = regex.compile(r"^\p{Han}{2,9}?(?:省|市|县|州|自治区|特别行政区)|^(?:台北)?驻|(?:基金|日报社)$")


class Place(NamedTuple):
    """Where a name was first given, and to whom."""

    id: str
    line: int | None
    party: str
    first: int
    last: int

    def meets(self, other: Place) -> bool:
        """Whether both bear the name in one country at one time; the year of a renaming belongs to both."""
        return self.party == other.party and max(self.first, other.first) < min(self.last, other.last)


def checked(file: File, base: Sequence[Cells]) -> tuple[list[Cells], list[Fault]]:
    """The usable rows of a user's file, completed, and the faults of all its rows in the order of their lines.

    base: the rows that it stands beside: the package's, or none when the file is the package's own.

    Only ``name`` need be given. Without one, ``party`` is the country that the name begins with, ``kind`` that of its
    head word (工作组: group), else government, and ``id`` the id of the base's row of that name, else the name.
    """
    found, faults = rows(file, COLUMNS, "name")
    kept: list[tuple[int, Cells]] = []
    check = _Check(file.name, base)
    for row in found:
        cells = _completed(row.cells, check)
        own = list(check.row(row, cells))
        faults += own
        if all(fault.severity != "error" for fault in own):
            kept.append((row.line, cells))
    faults += check.parents(kept)
    return [cells for _, cells in kept], sorted(faults, key=lambda fault: fault.line)


def merged(own: Sequence[Cells], base: Sequence[Cells]) -> list[Cells]:
    """Own rows before those of the base; the base's rows that share an id or a name with one of them are left out."""
    ids, names = {row["id"]: row["id"] for row in own}, {row["name"]: row["id"] for row in own}
    moved = {row["id"]: names[row["name"]] for row in base if row["name"] in names and row["id"] not in ids}
    rest = [row for row in base if row["id"] not in ids and row["name"] not in names]
    return [*own, *({**row, "parent": moved[row["parent"]]} if row["parent"] in moved else row for row in rest)]


def with_country(cells: Cells) -> Cells:
    """The row of a body of a state with each alias also behind the state's name, as texts write it: 美国ARMC."""
    party, aliases = cells["party"], aliases_of(cells)
    longer = [party + alias for alias in aliases if not alias.startswith(party)]
    return {**cells, "aliases": "|".join(dict.fromkeys((*aliases, *longer)))}


def aliases_of(cells: Cells) -> list[str]:
    return cells["aliases"].split("|") if cells["aliases"] else []


def _completed(given: Mapping[str, str], check: _Check) -> Cells:
    cells = {column: plain(cell) if column != "aliases" else cell for column, cell in given.items()}
    name = cells["name"]
    names = [plain(alias) for alias in regex.split(r"[|｜]", cells["aliases"])]
    cells["aliases"] = "|".join(dict.fromkeys(alias for alias in names if alias and alias != name))
    if not cells["kind"]:
        head = next((head.kind for text, head in heads().items() if head.kind and name.endswith(text)), None)
        cells["kind"] = head or "government"
    if not cells["party"] and cells["kind"] != "international":
        country, size = check.country_before(name)
        cells["party"] = country if regex.match(r"\p{Han}", name[size:]) else ""
    cells["party"] = check.countries.get(cells["party"], cells["party"])
    cells["id"] = cells["id"] or check.ids_by_name.get(name, name)
    return cells


def _years(cells: Cells) -> tuple[int, int]:
    first, last = (int(cells[column]) if cells[column].isdecimal() else None for column in ("from", "to"))
    return first or 0, last or 9999


class _Check:
    """What is known while the rows of a file are checked one after another."""

    def __init__(self, name: str, base: Sequence[Cells]) -> None:
        self.name = name
        self.base = {row["id"]: row for row in base}
        self.ids_by_name = {row["name"]: row["id"] for row in base}
        countries = read_rows("countries.csv")
        self.countries = {text: row["name"] for row in countries for text in (row["name"], *aliases_of(row))}
        self.codes = {row["name"]: row["id"] for row in countries}
        self.excluded = {row["word"] for row in read_rows("bare_excluded.csv")}
        self.lines: dict[str, int] = {}
        self.owners: dict[str, list[Place]] = {}
        self.taken: dict[str, list[Place]] = {}
        for row in base:
            for text in self.names(row):
                self.taken.setdefault(text, []).append(Place(row["id"], None, row["party"], *_years(row)))

    def country_before(self, name: str) -> tuple[str, int]:
        """The country that a name begins with, and how many characters name it; ('', 0) without one."""
        sizes = range(min(len(name), 20), 1, -1)
        return next(((self.countries[name[:size]], size) for size in sizes if name[:size] in self.countries), ("", 0))

    def names(self, cells: Cells) -> Iterable[str]:
        """What a body may be called: its name, its aliases, and its name without its country and without 国家."""
        bare = cells["name"].removeprefix(cells["party"]) if cells["party"] in self.codes else cells["name"]
        shorts = {bare, bare.removeprefix("国家") if cells["party"] == "中国" else bare} - self.excluded
        return dict.fromkeys((cells["name"], *aliases_of(cells), *sorted(text for text in shorts if len(text) > 1)))

    def row(self, row: Row, cells: Cells) -> Iterator[Fault]:
        def fault(severity: str, message: str) -> Fault:
            return Fault(self.name, row.line, severity, message)  # type: ignore[arg-type]

        errors = [*_cell_errors(cells), *self._name_errors(cells)]
        if cells["id"] in self.lines:
            errors.append(f"the id {quoted(cells['id'])} stands in line {self.lines[cells['id']]} too")
        if not errors:
            errors += self._clashes(row, cells)
        if errors:
            yield from (fault("error", message) for message in errors)
            return
        self.lines[cells["id"]] = row.line
        place = Place(cells["id"], row.line, cells["party"], *_years(cells))
        for text in self.names(cells):
            self.owners.setdefault(text, []).append(place)
        yield from (fault("warning", message) for message in self._warnings(cells))
        yield from (fault("info", message) for message in self._told(cells))

    def _name_errors(self, cells: Cells) -> Iterator[str]:
        for text in (cells["name"], *aliases_of(cells)):
            if len(text) < 2 or not regex.search(r"\p{L}", text):
                yield f"{quoted(text)} is too short for a name"
            elif len(text) > _LONGEST:
                yield f"{quoted(text)} is longer than any name"
            elif text in self.countries:
                yield f"{quoted(text)} is a country"
            elif ";" in text:
                yield f"{quoted(text)}: aliases are joined by |"

    def _clashes(self, row: Row, cells: Cells) -> Iterator[str]:
        place = Place(cells["id"], row.line, cells["party"], *_years(cells))
        for text in self.names(cells):
            other = next((other for other in self.owners.get(text, ()) if other.meets(place)), None)
            if other is not None:
                yield f"{quoted(text)} names {other.id} in line {other.line} too, of the same party in the same years"

    def _warnings(self, cells: Cells) -> Iterator[str]:
        party, name = cells["party"], cells["name"]
        if party and party not in self.codes and party not in self.ids_by_name and party not in self.owners:
            yield f"the party {quoted(party)} is no country and no body"
        if party in self.codes and cells["kind"] == "government" and not _OWN_NAME.search(name) and self.country_before(name)[0] != party:
            yield f"a body of a state is named with its country: {party}{name}"
        for text in (name, *aliases_of(cells)):
            if frequency(text) > _EVERYDAY and cut(text)[0].tag in _WORDS:
                yield f"{quoted(text)} is an everyday word: it will be found wherever it stands"

    def _told(self, cells: Cells) -> Iterator[str]:
        """What of the base the row takes the place of, and what it is meant before."""
        replaced = {cells["id"]} & self.base.keys() | {self.ids_by_name.get(cells["name"], "")} - {""}
        for id in sorted(replaced):
            lost = [alias for alias in aliases_of(self.base[id]) if alias not in (*aliases_of(cells), cells["name"])]
            yield f"takes the place of the package's {id}" + (f", without its aliases {', '.join(lost)}" if lost else "")
        place = Place(cells["id"], None, cells["party"], *_years(cells))
        for text in self.names(cells):
            for other in self.taken.get(text, ()):
                if other.id not in replaced and other.meets(place):
                    yield f"{quoted(text)} is a name of the package's {other.id}, too; the own row goes before"

    def parents(self, kept: Sequence[tuple[int, Cells]]) -> Iterator[Fault]:
        """The rows whose parent is none, or who stand above themselves."""
        above = {id: row["parent"] for id, row in self.base.items()} | {cells["id"]: cells["parent"] for _, cells in kept}
        for line, cells in kept:
            if cells["parent"] and cells["parent"] not in above:
                yield Fault(self.name, line, "error", f"the parent {quoted(cells['parent'])} is the id of no row")
            seen, at = {cells["id"]}, cells["parent"]
            while at and at not in seen:
                seen.add(at)
                at = above.get(at, "")
            if at == cells["id"]:
                yield Fault(self.name, line, "error", "stands above itself, by its parent")


def _cell_errors(cells: Cells) -> Iterator[str]:
    """What is wrong with single cells other than names."""
    if regex.search(r"[\s|]", cells["id"]):
        yield f"the id {quoted(cells['id'])} holds a blank or |"
    if cells["kind"] not in KINDS:
        yield f"unknown kind {quoted(cells['kind'])}; choose from {', '.join(KINDS)}"
    bad = [column for column in ("from", "to") if not regex.fullmatch("(?:[0-9]{3,4})?", cells[column])]
    yield from (f"{quoted(cells[column])} in {column} is no year" for column in bad)
    if not bad and _years(cells)[0] > _years(cells)[1]:
        yield f"from {cells['from']} is after to {cells['to']}"


def id_faults(rows: Sequence[Row], name: str) -> Iterator[Fault]:
    """What a row of the package must keep to beyond what a user's must: ids are slugs that begin with their country."""
    codes = {row["name"]: row["id"] for row in read_rows("countries.csv")}
    for row in rows:
        id, party = row.cells["id"], row.cells["party"]
        if not regex.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id):
            yield Fault(name, row.line, "error", f"the id {quoted(id)} is no slug (cn-foreign-affairs)")
        elif party in codes and not id.startswith(f"{codes[party]}-"):
            yield Fault(name, row.line, "error", f"the id {quoted(id)} does not begin with {codes[party]}-, its country")
