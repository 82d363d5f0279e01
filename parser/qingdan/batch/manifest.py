"""The manifest: a row for every file that was found, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from qingdan.batch.state import State
from qingdan.data import read_rows
from qingdan.writing.csv_files import to_csv
from qingdan.writing.tables import Field, Row

NAME = "manifest"
_AT_ONCE = 500  # rows
OUTCOMES = ("converted", "page-of", "copy-of", "failed", "gone")


@cache
def columns() -> tuple[Field, ...]:
    """The columns of the manifest, in order."""
    return tuple(Field(row["field"], row["type"], row["english"], row["chinese"]) for row in read_rows("manifest.csv"))


def rows(state: State) -> Iterator[Row]:
    """The rows of the manifest, by path: of documents with the figures of what they became, of later pages and copies without."""
    found = state.rows(
        "SELECT path, document, sha256, size, media_type, encoding, format, items, mentions, issues, outcome, of, fresh.reason "
        "FROM fresh LEFT JOIN results ON results.key = fresh.final AND fresh.document = fresh.id ORDER BY path"
    )
    names = [column.name for column in columns()]
    for row in found:
        yield dict(zip(names, row, strict=True))


def resource() -> dict[str, Any]:
    """The manifest in the descriptor of the data package."""
    types = {"integer": "integer"}
    fields = [
        {"name": field.name, "type": types.get(field.type, "string"), "description": f"{field.english} · {field.chinese}"}
        | ({"constraints": {"enum": list(OUTCOMES)}} if field.name == "outcome" else {})
        for field in columns()
    ]
    return {
        "name": NAME, "title": "What was found, one row a file, and what became of it.", "path": f"{NAME}.csv",
        "type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"},
        "schema": {"fields": fields, "primaryKey": ["path"]},
    }  # fmt: skip


def pieces(state: State, bom: bool) -> Iterator[bytes]:
    """The manifest as CSV, in pieces."""
    yield to_csv(columns(), (), bom)
    header = len(to_csv(columns(), (), bom=False))
    found = rows(state)
    while several := list(islice(found, _AT_ONCE)):
        yield to_csv(columns(), several, bom=False)[header:]
