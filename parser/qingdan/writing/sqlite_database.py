"""SQLite: the tables with their keys, indexes, and a full-text index that finds any part of any word."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import json

from qingdan.writing.datasette import METADATA, metadata
from qingdan.writing.decimals import binary
from qingdan.writing.full_text import CREATE, FINISH, INSERT, passages
from qingdan.writing.json_files import json_file
from qingdan.writing.keys import KEYS, is_key, references, sought
from qingdan.writing.package import file_resource
from qingdan.writing.ready import Ready
from qingdan.writing.tables import Cell, Field, Row, fields

FILE = "qingdan.sqlite"
_TYPES = {"integer": "INTEGER", "number": "NUMERIC"}  # all else is TEXT: ISO 8601 days, lists and paths as JSON arrays
# The header of a file names the version of the library that wrote it last; SQLite itself only shows it.
_VERSION_AT = slice(96, 100)


class SqliteDatabase:
    """One database, ready for ``datasette``, whose titles and search stand in a file beside it."""

    errors = (OSError, sqlite3.Error)

    def __init__(self, folder: Path) -> None:
        self.notes: list[str] = []
        self._folder = folder
        self._open = ExitStack()
        self._inserts = {table: f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})" for table, columns in fields().items()}
        self._passages = 0

    def begin(self) -> None:
        self._database = self._open.enter_context(closing(sqlite3.connect(self._folder / FILE, isolation_level=None)))
        # A file that is not whole is never seen, so nothing need be taken back; what is made is safe on the disk before it is renamed.
        self._database.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        for table in fields():
            self._database.execute(_create(table))
        self._database.executescript(CREATE)
        self._database.execute("BEGIN")

    def add(self, ready: Ready) -> None:
        for table, columns in fields().items():
            self._database.executemany(self._inserts[table], _stored(table, columns, ready.tables[table]))
        for place, words in passages(ready.tables):
            self._passages += 1
            self._database.execute(INSERT[0], (self._passages, *place))
            self._database.execute(INSERT[1], (self._passages, *words))

    def finish(self) -> list[dict[str, Any]]:
        for table in fields():
            for column in sought(table):
                self._database.execute(f'CREATE INDEX "{table}_{column}" ON {table} ("{column}")')
        self._database.execute(FINISH)
        self._database.execute("COMMIT")
        self._open.close()
        with (self._folder / FILE).open("r+b") as file:
            file.seek(_VERSION_AT.start)
            file.write(bytes(_VERSION_AT.stop - _VERSION_AT.start))
        (self._folder / METADATA).write_bytes(json_file(metadata(Path(FILE).stem)))
        return [
            file_resource("sqlite", "The tables with keys, indexes and full-text search, for SQLite", FILE, "application/vnd.sqlite3"),
            file_resource("datasette", "Titles, descriptions and a search for datasette", METADATA, "application/json"),
        ]

    def abandon(self) -> None:
        self._open.close()


def _create(table: str) -> str:
    """The table's CREATE statement, each column with its meaning beside it, which SQLite keeps."""
    lines = []
    refers = references(table)
    for field in fields()[table]:
        line = f'"{field.name}" {_TYPES.get(field.type, "TEXT")}'
        line += " NOT NULL" if is_key(table, field.name) else ""
        line += " PRIMARY KEY" if field.name == KEYS.get(table) else ""
        line += f' REFERENCES {refers[field.name]} ("{KEYS[refers[field.name]]}")' if field.name in refers else ""
        lines.append((line, " ".join(field.english.split())))
    *first, (last, meaning) = lines
    columns = "".join(f"\n  {line}, -- {told}" for line, told in first)
    return f"CREATE TABLE {table} ({columns}\n  {last} -- {meaning}\n)"


def _stored(table: str, columns: Sequence[Field], records: Iterable[Row]) -> Iterable[list[str | int | float | None]]:
    # A key is there, be it empty.
    wanted = [(field.name, "" if is_key(table, field.name) else None) for field in columns]
    for record in records:
        yield [none if (cell := record.get(name)) is None else _cell(cell) for name, none in wanted]


def _cell(cell: Cell) -> str | int | float | None:
    if cell is None or isinstance(cell, str):
        return cell
    return json.encode(cell).decode() if isinstance(cell, tuple) else binary(cell)


def read_sqlite(file: Path, table: str) -> list[Row]:
    """The rows of a table in the order in which they were written.

    Raises ValueError when the file is no database, or the table has other columns.
    """
    columns = fields()[table]
    names = ", ".join(f'"{field.name}"' for field in columns)
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            records = database.execute(f"SELECT {names} FROM {table} ORDER BY rowid").fetchall()
    except sqlite3.Error as error:
        raise ValueError(str(error)) from None
    return [{field.name: _restored(cell, field.type) for field, cell in zip(columns, record, strict=True)} for record in records]


def _restored(cell: Any, kind: str) -> Cell:
    if cell is None or cell == "":
        return None
    if kind in ("list", "path"):
        return tuple(json.decode(cell))
    return Decimal(repr(cell)) if kind == "number" else cell
