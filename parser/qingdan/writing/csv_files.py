"""CSV that a spreadsheet opens safely: UTF-8 with BOM, and no cell that it would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import regex

from qingdan.model import Document
from qingdan.reading.folding import without_surrogates
from qingdan.writing.package import table_resource
from qingdan.writing.tables import Cell, Field, Row, Tables, fields, plain, rows_of

# What a spreadsheet runs or swallows at the start of a cell (OWASP, CSV injection), with the full-width forms that
# East Asian versions take for the same. A cell that already begins with apostrophes before it gets one more, so that
# taking one off always gives the text back.
_FORMULA = regex.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_SUSPECT = frozenset("'=+-@\t\r\n＝＋－＠")


def guard(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would run it."""
    return "'" + cell if cell[:1] in _SUSPECT and _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The text that ``guard`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def to_csv(columns: tuple[Field, ...], records: Iterable[Mapping[str, Cell]], bom: bool = True) -> bytes:
    """A CSV file (RFC 4180, lines end with CR LF) as bytes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    names = [column.name for column in columns]
    writer.writerow(names)
    writer.writerows(_record(names, record) for record in records)
    return without_surrogates(buffer.getvalue()).encode("utf-8-sig" if bom else "utf-8")


class CsvTables:
    """One CSV file a table, in a folder."""

    errors = (OSError,)

    def __init__(self, folder: Path, bom: bool) -> None:
        self.notes: list[str] = []
        self._names = {table: [column.name for column in columns] for table, columns in fields().items()}
        self._open = ExitStack()
        self._writers: dict[str, Any] = {}
        self._files: dict[str, TextIO] = {}
        self._folder = folder
        self._encoding = "utf-8-sig" if bom else "utf-8"

    def begin(self) -> None:
        for table, names in self._names.items():
            file = (self._folder / f"{table}.csv").open("w", encoding=self._encoding, newline="")
            self._files[table] = self._open.enter_context(file)
            self._writers[table] = csv.writer(file)
            self._writers[table].writerow(names)

    def add(self, document: Document, tables: Mapping[str, Sequence[Row]]) -> None:
        ready = tables.csv if isinstance(tables, Tables) else {}
        for table, names in self._names.items():
            if table in ready:
                self._files[table].write(ready[table])
            else:
                self._writers[table].writerows(_record(names, record) for record in tables[table])

    def finish(self) -> list[dict[str, Any]]:
        self._open.close()
        return [table_resource(table) for table in self._names]

    def abandon(self) -> None:
        self._open.close()


def csv_of(document: Document) -> dict[str, str]:
    """The lines of a document in every table but that of the documents, where a column depends on the others."""
    lines: dict[str, str] = {}
    for table, columns in fields().items():
        if table != "documents":
            buffer = io.StringIO()
            names = [column.name for column in columns]
            csv.writer(buffer).writerows(_record(names, record) for record in rows_of(document, table, None))
            lines[table] = buffer.getvalue()
    return lines


def _record(names: Sequence[str], record: Mapping[str, Cell]) -> list[str]:
    return [_cell(record.get(name)) for name in names]


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, tuple):
        return guard(str(plain(cell)))
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def from_csv(text: str, columns: tuple[Field, ...]) -> list[dict[str, Cell]]:
    """The rows of a CSV file that ``to_csv`` made, with their cells restored; an empty cell is None.

    Raises ValueError when it has other columns, or a cell is not of its column's type.
    """
    limit = csv.field_size_limit(2**31 - 1)  # a long provision passes the reader's 131,072 characters
    try:
        records = csv.reader(io.StringIO(text, newline=""))
        header = next(records, [])
        if header != [column.name for column in columns]:
            raise ValueError("other columns than the table has")
        return [{column.name: _restored(cell, column.type) for column, cell in zip(columns, record, strict=True)} for record in records]
    except (csv.Error, ArithmeticError) as error:
        raise ValueError(str(error) or "a cell is no number") from None
    finally:
        csv.field_size_limit(limit)


def _restored(cell: str, kind: str) -> Cell:
    if not cell:
        return None
    if kind == "integer":
        return int(cell)
    return Decimal(cell) if kind == "number" else unguard(cell)
