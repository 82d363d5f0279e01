"""The flat tables: the same fields as the JSON, one row a record, keyed by document and by section or item.

Columns, their order and their types are rows of ``data/fields.csv``, which the codebook and the data package are
made of too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from qingdan.comparing.copies import Lists
from qingdan.comparing.faces import face
from qingdan.data import read_rows
from qingdan.model import Agency, Block, Date, Document, Item, QingdanError, Quantity, Section, Span
from qingdan.promises import numbered
from qingdan.reading.folding import without_surrogates

Plain = str | int | Decimal | None
Cell = Plain | tuple[str, ...] | tuple[int, ...]
Row = dict[str, Cell]

LIST_SEPARATOR = "|"


class Field(NamedTuple):
    """A column: ``type`` is string, integer, number, boolean, date (ISO 8601), list (of strings) or path (of integers)."""

    name: str
    type: str
    english: str
    chinese: str


@cache
def fields() -> dict[str, tuple[Field, ...]]:
    """The columns of each table of documents, in order."""
    return _fields("fields.csv")


@cache
def comparison_fields() -> dict[str, tuple[Field, ...]]:
    """The columns of each table that comparing documents gives, in order."""
    return _fields("comparison_fields.csv")


@cache
def promise_fields() -> dict[str, tuple[Field, ...]]:
    """The columns of what ``qingdan ledger`` and ``qingdan deadlines`` print, in order."""
    return _fields("promise_fields.csv")


def _fields(name: str) -> dict[str, tuple[Field, ...]]:
    tables: dict[str, tuple[Field, ...]] = {}
    for row in read_rows(name):
        field = Field(row["field"], row["type"], row["english"], row["chinese"])
        tables[row["table"]] = (*tables.get(row["table"], ()), field)
    return tables


def rows(table: str, documents: Iterable[Document]) -> Iterator[Row]:
    """The rows of a table over documents, in reading order. QingdanError for a table there is none of.

    No value is None in every column: an empty text or list too. ``copy_of`` in the documents table is told over these
    documents together.
    """
    if table not in fields():
        raise QingdanError(f"{table}: no such table; choose from {', '.join(fields())}")
    with closing(Lists()) as lists:
        for document in documents:
            yield from rows_of(document, table, lists.original(document.id, face(document)) if table == "documents" else None)


class Tables(Mapping[str, list[Row]]):
    """The rows of one document in every table, each made when it is first asked for."""

    def __init__(self, document: Document, copy_of: str | None) -> None:
        self._document, self._copy_of = document, copy_of
        self._made: dict[str, list[Row]] = {}

    def __getitem__(self, table: str) -> list[Row]:
        if table not in self._made:
            self._made[table] = list(rows_of(self._document, table, self._copy_of))
        return self._made[table]

    def __iter__(self) -> Iterator[str]:
        return iter(fields())

    def __len__(self) -> int:
        return len(fields())


def rows_of(document: Document, table: str, copy_of: str | None) -> Iterator[Row]:
    """The rows of one document in a table; ``copy_of`` is the id of the document that it is a copy of."""
    if table == "documents":
        yield from (_clean(row | {"copy_of": copy_of}) for row in _documents(document))
    else:
        yield from map(_clean, _MAKERS[table](document))


def _clean(row: Row) -> Row:
    return {name: cleaned(cell) for name, cell in row.items()}


def cleaned(cell: Cell) -> Cell:
    """A cell that can be written as UTF-8; None for an empty text or list."""
    if isinstance(cell, str):
        return without_surrogates(cell) or None
    if isinstance(cell, tuple):
        return tuple(without_surrogates(part) if isinstance(part, str) else part for part in cell) or None  # type: ignore[return-value]
    return cell


def plain(cell: Cell) -> Plain:
    """A cell for a format without lists: texts joined with |, a path as a JSON array."""
    if not isinstance(cell, tuple):
        return cell
    # A JSON array: a spreadsheet would read 1.10 as the number 1.1.
    return f"[{','.join(map(str, cell))}]" if isinstance(cell[0], int) else LIST_SEPARATOR.join(map(str, cell))


def _documents(document: Document) -> Iterator[Row]:
    about = document.document
    yield {
        "id": about.id, "title": about.title, "series": about.series, "round": about.round, "track": about.track,
        "year": about.year, "parties": about.parties, "place": about.place,
        "held": about.held.edtf if about.held else None,
        "held_earliest": about.held.earliest if about.held else None,
        "held_latest": about.held.latest if about.held else None,
        "published": about.published.edtf if about.published else None,
        "reference_date": about.reference_date, "number": about.number, "addressee": about.addressee,
        "signatories": about.signatories, "signed": about.signed.edtf if about.signed else None,
        "site": about.source.site, "url": about.source.url, "format": about.format,
        "runner_up": about.runner_up, "path": about.source.path,
        "sha256": about.source.sha256, "media_type": about.source.media_type, "encoding": about.source.encoding,
    }  # fmt: skip


def _sections(document: Document) -> Iterator[Row]:
    for section in document.sections:
        yield {
            "document": document.id, "id": section.id, "path": section.path, "label": section.label,
            "title": section.title, "start": section.start, "end": section.end,
        }  # fmt: skip


def _items(document: Document) -> Iterator[Row]:
    for item in document.items:
        yield {
            "document": document.id, "id": item.id, "path": item.path, "number": item.number,
            "label": item.label, "topic": item.topic, "section": item.section, "parent": item.parent,
            "start": item.start, "end": item.end, "body_start": item.body_start, "body_end": item.body_end,
            "body": item.body,
        }  # fmt: skip


def _mentions(document: Document, kind: str) -> Iterator[tuple[Row, Date | Agency | Quantity]]:
    places: list[tuple[Block | Section | Item, str, str | None]] = []
    places += [(part, "title", None) for part in (document.title,) if part]
    places += [(part, "preamble", None) for part in (document.preamble,) if part]
    places += [(section, "section", section.id) for section in document.sections]
    places += [(item, "item", item.id) for item in document.items]
    for part, name, node in sorted(places, key=lambda place: place[0].start):
        for mention in getattr(part, kind):
            row: Row = {
                "document": document.id, "part": name, "node": node, "text": mention.text, "start": mention.start,
                "end": mention.end, "rule": mention.rule, "status": mention.status,
            }  # fmt: skip
            yield row, mention


def _dates(document: Document) -> Iterator[Row]:
    for row, date in _mentions(document, "dates"):
        assert isinstance(date, Date)
        yield row | {"edtf": date.edtf, "earliest": date.earliest, "latest": date.latest, "role": date.role}


def _agencies(document: Document) -> Iterator[Row]:
    for row, agency in _mentions(document, "agencies"):
        assert isinstance(agency, Agency)
        yield row | {"canonical": agency.canonical, "kind": agency.kind, "parties": agency.parties}


def _quantities(document: Document) -> Iterator[Row]:
    for row, quantity in _mentions(document, "quantities"):
        assert isinstance(quantity, Quantity)
        yield row | {
            "kind": quantity.kind, "value": quantity.value, "low": quantity.low, "high": quantity.high,
            "unit": quantity.unit, "code": quantity.code, "qualifier": quantity.qualifier, "of": quantity.of,
            "distribution": quantity.distribution,
        }  # fmt: skip


def _commitments(document: Document) -> Iterator[Row]:
    for item in document.items:
        for name, commitment in numbered(item):
            deadline, event = commitment.deadline, commitment.event
            yield {
                "document": document.id, "item": item.id, "id": name, "number": int(name.rpartition("/")[2]),
                "text": commitment.text, "start": commitment.start, "end": commitment.end, "actors": commitment.actors,
                "act": commitment.act, "class": commitment.class_, "polarity": commitment.polarity,
                "deadline": deadline.edtf if deadline else None, "deadline_text": deadline.text if deadline else None,
                "deadline_earliest": deadline.earliest if deadline else None, "deadline_latest": deadline.latest if deadline else None,
                "dates": texts(commitment.dates), "agencies": bodies(commitment.agencies), "quantities": texts(commitment.quantities),
                "instrument": texts(commitment.instrument),
                "event": event.text if event else None, "event_place": event.place if event else None,
                "conditions": texts(commitment.conditions), "rule": commitment.rule, "status": commitment.status,
            }  # fmt: skip


def texts(spans: Iterable[Span]) -> tuple[str, ...]:
    """What spans quote, in their order."""
    return tuple(span.text for span in spans)


def bodies(agencies: Iterable[Agency]) -> tuple[str, ...]:
    """The canonical names of mentions, each once, in their order."""
    return tuple(dict.fromkeys(name for agency in agencies for name in agency.canonical))


def _issues(document: Document) -> Iterator[Row]:
    for issue in document.issues:
        yield {
            "document": document.id, "code": issue.code, "message": issue.message, "start": issue.start,
            "end": issue.end, "severity": issue.severity,
        }  # fmt: skip


_MAKERS = {
    "sections": _sections,
    "items": _items,
    "dates": _dates,
    "agencies": _agencies,
    "quantities": _quantities,
    "commitments": _commitments,
    "issues": _issues,
}
