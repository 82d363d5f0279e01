"""Parquet: a folder a table, parted by the year of the document in the layout of Hive, and typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import json

from qingdan.model import QingdanError
from qingdan.writing.decimals import SCALE, WIDTH, exact, too_large
from qingdan.writing.package import about, file_resource, typed_schema
from qingdan.writing.ready import Ready
from qingdan.writing.tables import Cell, Field, Row, fields

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "parquet"
# Hive's own name of a part without a value, __HIVE_DEFAULT_PARTITION__, is one that pandas fails on; a word would make all years texts.
NO_YEAR = 0
_BUFFERED = 4_000_000  # bytes of rows held before they go to the disk
_GROUP_ROWS, _GROUP_BYTES = 50_000, 8_000_000  # a row group ends with the first that it reaches


def _arrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise QingdanError("Parquet needs pyarrow: pip install 'qingdan[parquet]'") from None
    return pyarrow


class ParquetTables:
    """Files ``parquet/items/year=2015/part-0.parquet``.

    Documents come by id, not by year, so rows wait in files of their own, one a part, and each part is written at once in the
    end: memory holds a row group, and few files are open whatever the years.
    """

    def __init__(self, folder: Path, waiting: Path) -> None:
        self._pa = _arrow()
        self.errors = (OSError, self._pa.ArrowException)
        self._folder = folder / FOLDER
        self._waiting = waiting / FOLDER
        self._encoder = json.Encoder(decimal_format="string")
        self._columns = {table: columns_of(table) for table in fields()}
        self._names = {table: [field.name for field in columns] for table, columns in self._columns.items()}
        self._numbers = {
            table: [i for i, field in enumerate(columns) if field.type == "number"] for table, columns in self._columns.items()
        }
        self._buffers: dict[tuple[str, int | None], bytearray] = {}
        self._buffered = 0
        self._parts: dict[str, set[int | None]] = {table: set() for table in fields()}
        self._too_large = 0

    def begin(self) -> None:
        self._waiting.mkdir()

    @property
    def notes(self) -> list[str]:
        """What did not fit."""
        return too_large(self._too_large, "Parquet")

    def add(self, ready: Ready) -> None:
        year = ready.about.year
        for table, records in ready.tables.items():
            lines = b"".join(self._encoder.encode(self._stored(table, record)) + b"\n" for record in records)
            if lines:
                self._buffers.setdefault((table, year), bytearray()).extend(lines)
                self._parts[table].add(year)
                self._buffered += len(lines)
        if self._buffered > _BUFFERED:
            self._flush()

    def _stored(self, table: str, record: Row) -> list[Cell]:
        cells = [record.get(name) for name in self._names[table]]
        for i in self._numbers[table]:
            number = cells[i]
            if isinstance(number, int | Decimal):
                cells[i] = exact(number)
                self._too_large += cells[i] is None
        return cells

    def _flush(self) -> None:
        for (table, year), lines in self._buffers.items():
            with self._rows_waiting(table, year).open("ab") as file:
                file.write(lines)
        self._buffers.clear()
        self._buffered = 0

    def _rows_waiting(self, table: str, year: int | None) -> Path:
        return self._waiting / f"{table}-{year}"

    def finish(self) -> list[dict[str, Any]]:
        self._flush()
        resources = []
        for table, years in self._parts.items():
            # A table without rows is one empty part, so that it can be read like the others.
            paths = [self._write(table, year) for year in sorted(years or {None}, key=lambda year: (year is None, year))]
            resource = file_resource(f"{table}-parquet", about(table), paths, "application/vnd.apache.parquet")
            resources.append(resource | {"schema": typed_schema(self._columns[table])})
        return resources

    def _write(self, table: str, year: int | None) -> str:
        path = f"{FOLDER}/{table}/year={NO_YEAR if year is None else year}/part-0.parquet"
        target = self._folder.parent / path
        target.parent.mkdir(parents=True)
        schema = schema_of(table)
        with self._pa.parquet.ParquetWriter(target, schema, compression="zstd") as writer:
            for group in self._groups(table, year):
                writer.write_batch(self._batch(group, self._columns[table], schema))
        return path

    def _groups(self, table: str, year: int | None) -> Iterator[list[list[Any]]]:
        waiting = self._rows_waiting(table, year)
        if not waiting.exists():
            return
        decoder = json.Decoder(list[Any])
        with waiting.open("rb") as file:
            group: list[bytes] = []
            size = 0
            for line in file:
                group.append(line)
                size += len(line)
                if len(group) == _GROUP_ROWS or size >= _GROUP_BYTES:
                    yield decoder.decode_lines(b"".join(group))
                    group, size = [], 0
            if group:
                yield decoder.decode_lines(b"".join(group))
        waiting.unlink()

    def _batch(self, group: list[list[Any]], columns: Sequence[Field], schema: pa.Schema) -> pa.RecordBatch:
        arrays = []
        for i, field in enumerate(columns):
            cells = [_restored(row[i], field.type) for row in group]
            arrays.append(self._pa.array(cells, type=schema.field(i).type))
        return self._pa.record_batch(arrays, schema=schema)

    def abandon(self) -> None:
        self._buffers.clear()


def _restored(cell: Any, kind: str) -> Any:
    if cell is None:
        return None
    if kind == "number":
        return Decimal(cell)
    return date.fromisoformat(cell) if kind == "date" else cell


def columns_of(table: str) -> tuple[Field, ...]:
    """The columns that stand in the files: the year of a document stands in their path."""
    return tuple(field for field in fields()[table] if (table, field.name) != ("documents", "year"))


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table's files; each field has its meaning with it."""
    pa = _arrow()
    types = {
        "string": pa.string(), "integer": pa.int64(), "number": pa.decimal128(WIDTH, SCALE), "date": pa.date32(),
        "list": pa.list_(pa.string()), "path": pa.list_(pa.int64()),
    }  # fmt: skip
    return pa.schema([pa.field(field.name, types[field.type], metadata={"description": field.english}) for field in columns_of(table)])


def read_parquet(folder: Path, table: str) -> list[Row]:
    """The rows of a table in the order of their documents, out of its folder or of one file.

    Raises ValueError when it has other columns, or is no Parquet.
    """
    pa = _arrow()
    files = sorted(folder.rglob("*.parquet")) if folder.is_dir() else [folder]
    found: list[Row] = []
    for file in files:
        try:
            read = pa.parquet.ParquetFile(file).read()
        except pa.ArrowException as error:
            raise ValueError(" ".join(str(error).split())) from None
        if read.schema.names != [field.name for field in columns_of(table)]:
            raise ValueError("other columns than the table has")
        year = file.parent.name.removeprefix("year=")
        for record in read.to_pylist():
            row: Row = {name: _plain(cell) for name, cell in record.items()}
            if table == "documents":
                row["year"] = (int(year) if year.isdecimal() else NO_YEAR) or None
            found.append(row)
    key = "id" if table == "documents" else "document"
    return sorted(found, key=lambda row: str(row[key] or ""))


def _plain(cell: Any) -> Cell:
    if isinstance(cell, list):
        return tuple(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
