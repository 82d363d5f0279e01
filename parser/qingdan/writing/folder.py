"""Folders of output: writing documents as a data package, and reading one back."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, overload

from qingdan.model import Document, QingdanError
from qingdan.writing.csv_files import from_csv
from qingdan.writing.json_files import LINES, from_json
from qingdan.writing.streaming import Package, listed
from qingdan.writing.tables import Row, fields, rows

if TYPE_CHECKING:
    import pandas as pd


def write(
    documents: Iterable[Document], folder: str | PathLike[str], formats: Sequence[str] = ("csv", "json"), *, bom: bool = True
) -> list[Path]:
    """Write documents to a folder as a data package; give the paths of its files.

    formats: ``csv`` (one file a table), ``json`` (one file a document, in ``json/``), ``jsonl`` (one line a document),
        ``parquet`` (parted by year), ``xlsx`` (one sheet a table), ``sqlite``, ``duckdb``.
    bom: whether CSV begins with a byte order mark, so that Excel reads it as UTF-8.

    Beside them stand ``datapackage.json``, ``schema.json`` and the codebook in English and Chinese. The bytes depend
    on the documents alone: no clock, no path of the machine; rows are sorted by document id. (DuckDB draws an identifier
    for each of its files; its rows are the same.) Nothing is ever half there: when anything fails, the folder is as it was. Tables
    and documents that an earlier call wrote and this one does not are removed. What a format has no room for is a warning.
    For more documents than memory holds, see ``qingdan.writing.streaming.Package``.

    Raises QingdanError for an unknown format, one whose library is not installed, two documents with one id, or when the
    folder cannot be written.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    for one, two in pairwise(ordered):
        if one.id == two.id:
            raise QingdanError(f"{one.id}: two documents have this id")
    with Package(folder, formats, bom=bom) as package:
        for document in ordered:
            package.add(document)
    for note in package.notes:
        warnings.warn(note, stacklevel=2)
    return package.written


@overload
def read(path: str | PathLike[str]) -> list[Document]: ...
@overload
def read(path: str | PathLike[str], table: str) -> pd.DataFrame: ...
def read(path: str | PathLike[str], table: str | None = None) -> list[Document] | pd.DataFrame:
    """Read back what ``write`` wrote.

    path: a folder that ``write`` made, or one file of it: JSON, JSON Lines (what ``qingdan parse --to json`` prints), and for a
        table also CSV, Parquet (or a table's folder), SQLite, DuckDB, Excel.
    table: the name of a table: then the result is the DataFrame that ``Document.table`` gives, the same from each
        format; of a folder, from the first of these that is there: CSV, Parquet, SQLite, DuckDB, Excel, JSON. Cells are
        restored that were guarded against spreadsheets.

    Raises QingdanError when there is nothing of the kind, it is not what ``write`` makes, or its library is not installed.
    """
    place = Path(path)
    try:
        if table is not None:
            return _read_table(place, table)
        return _read_documents(place)
    except OSError as error:
        raise QingdanError(f"{error.filename}: {error.strerror}") from None


def _read_documents(place: Path) -> list[Document]:
    if not place.is_dir():
        return _read_json(place)
    if (place / LINES).is_file():
        return _read_json(place / LINES)
    found = [place / name for name in sorted(listed(place)) if name.startswith("json/")]
    if not found:
        raise QingdanError(f"{place}: no JSON documents here; a table can be read by name")
    return sorted((document for file in found for document in _read_json(file)), key=lambda document: document.id)


def _read_json(path: Path) -> list[Document]:
    data = path.read_bytes()
    if path.suffix == ".jsonl" or (data.lstrip().startswith(b"{") and b"\n{" in data.strip()):
        return [from_json(line, f"{path}:{i}") for i, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    return [from_json(data, str(path))]


def _read_table(path: Path, table: str) -> pd.DataFrame:
    from qingdan.writing.frames import from_rows

    if table not in fields():
        raise QingdanError(f"{table}: no such table; choose from {', '.join(fields())}")
    place = _place_of(path, table) if path.is_dir() else path
    reader = _rows_of_documents if place.name == "json" else _READERS.get(place.suffix, _read_parquet if place.is_dir() else _read_csv)
    try:
        return from_rows(table, reader(place, table))
    except ValueError as error:
        raise QingdanError(f"{place}: no table of qingdan: {error}") from None


def _place_of(folder: Path, table: str) -> Path:
    """What to read a table from: a file of a folder, its documents, or the folder itself where it is that of a table in Parquet."""
    names = (f"{table}.csv", f"parquet/{table}", "qingdan.sqlite", "qingdan.duckdb", "qingdan.xlsx", LINES, "json")
    found = next((folder / name for name in names if (folder / name).exists()), None)
    if found is None and not next(folder.glob("year=*"), None):
        raise QingdanError(f"{folder}: no table {table} here")
    return found or folder


def _read_csv(path: Path, table: str) -> list[Row]:
    return from_csv(path.read_bytes().decode("utf-8-sig"), fields()[table])


def _read_parquet(path: Path, table: str) -> list[Row]:
    from qingdan.writing.parquet_files import read_parquet

    return read_parquet(path, table)


def _read_sqlite(path: Path, table: str) -> list[Row]:
    from qingdan.writing.sqlite_database import read_sqlite

    return read_sqlite(path, table)


def _read_duckdb(path: Path, table: str) -> list[Row]:
    from qingdan.writing.duckdb_database import read_duckdb

    return read_duckdb(path, table)


def _read_excel(path: Path, table: str) -> list[Row]:
    from qingdan.writing.excel_book import read_excel

    return read_excel(path, table)


def _rows_of_documents(path: Path, table: str) -> list[Row]:
    return list(rows(table, _read_documents(path.parent) if path.is_dir() else _read_json(path)))


_READERS: dict[str, Callable[[Path, str], list[Row]]] = {
    ".csv": _read_csv, ".parquet": _read_parquet, ".sqlite": _read_sqlite, ".duckdb": _read_duckdb, ".xlsx": _read_excel,
    ".json": _rows_of_documents, ".jsonl": _rows_of_documents,
}  # fmt: skip
