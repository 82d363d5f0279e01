"""CSV that a spreadsheet opens safely: UTF-8 with BOM, and no cell that it would run as a formula."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import regex
from msgspec import Struct

from qingdan.model import Document
from qingdan.reading.folding import without_surrogates
from qingdan.writing.package import table_resource
from qingdan.writing.tables import Cell, Field, fields, plain, rows_of

if TYPE_CHECKING:
    from qingdan.writing.ready import Ready

# What a spreadsheet runs or swallows at the start of a cell (OWASP, CSV injection), with the full-width forms that
# East Asian versions take for the same. A cell that already begins with apostrophes before it gets one more, so that
# taking one off always gives the text back.
_FORMULA = regex.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_END = b"\r\n"
_SUSPECT = frozenset("'=+-@\t\r\n＝＋－＠")


def guard(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would run it."""
    return "'" + cell if cell[:1] in _SUSPECT and _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The text that ``guard`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def to_csv(columns: tuple[Field, ...], records: Iterable[Mapping[str, Cell]], bom: bool = True) -> bytes:
    """A CSV file (RFC 4180, lines end with CR LF) as bytes."""
    names = [column.name for column in columns]
    return (codecs.BOM_UTF8 if bom else b"") + _lines(chain([names], (_record(names, record) for record in records)))


class CsvTables:
    """One CSV file a table, in a folder."""

    errors = (OSError,)

    def __init__(self, folder: Path, bom: bool) -> None:
        self.notes: list[str] = []
        self._names = {table: [column.name for column in columns] for table, columns in fields().items()}
        self._open = ExitStack()
        self._files: dict[str, BinaryIO] = {}
        self._folder = folder
        self._bom = codecs.BOM_UTF8 if bom else b""

    def begin(self) -> None:
        for table, names in self._names.items():
            self._files[table] = self._open.enter_context((self._folder / f"{table}.csv").open("wb"))
            self._files[table].write(self._bom + _lines([names]))

    def add(self, ready: Ready) -> None:
        made = ready.lines
        of = _lines([[_cell(ready.copy_of)]]).removesuffix(_END) if ready.copy_of else b""
        self._files["documents"].write(made.before + of + made.after)
        for table, lines in made.tables.items():
            self._files[table].write(lines)

    def finish(self) -> list[dict[str, Any]]:
        self._open.close()
        return [table_resource(table) for table in self._names]

    def abandon(self) -> None:
        self._open.close()


class Lines(Struct, array_like=True):
    """The lines of one document in every table; of its own what stands before and after ``copy_of``, which other documents tell."""

    before: bytes
    after: bytes
    tables: dict[str, bytes]


def lines_of(document: Document) -> Lines:
    """The lines of CSV that a document becomes, ``copy_of`` left out."""
    lines: dict[str, bytes] = {}
    for table, columns in fields().items():
        if table != "documents":
            names = [column.name for column in columns]
            lines[table] = _lines(_record(names, record) for record in rows_of(document, table, None))
    (own,) = rows_of(document, "documents", None)
    names = [column.name for column in fields()["documents"]]
    record, copy_of = _record(names, own), names.index("copy_of")
    before, after = [*record[:copy_of], ""], ["", *record[copy_of + 1 :]]
    # A row of nothing but an empty cell would be written as two quotation marks.
    return Lines(_lines([before]).removesuffix(_END), _lines([after]) if len(after) > 1 else _END, lines)


def _lines(records: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(records)
    return without_surrogates(buffer.getvalue()).encode()


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
