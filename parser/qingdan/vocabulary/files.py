"""CSV files of rows that a user wrote, as spreadsheets save them: cells by column, each row with its line, and what is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal, NamedTuple

import regex

from qingdan.model import QingdanError
from qingdan.reading.encodings import decode, is_binary
from qingdan.reading.files import bytes_of
from qingdan.reading.folding import fold
from qingdan.reading.kinds import kind


class File(NamedTuple):
    """A file of rows: its name as the user gave it, and its bytes."""

    name: str
    data: bytes


class Row(NamedTuple):
    """A row of a file: the line it begins at, and its cells by column, without the blanks around them."""

    line: int
    cells: dict[str, str]


class Fault(NamedTuple):
    """What is wrong in a file. With an ``error`` it cannot be used; an ``info`` says what its use brings about."""

    name: str
    line: int
    severity: Literal["error", "warning", "info"]
    message: str

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.severity}: {self.message}"


Paths = str | PathLike[str] | Iterable[str | PathLike[str]]

_SHEETS = frozenset({"xlsx", "xls", "ods", "locked"})
_DELIMITERS = ",\t;"


def opened(paths: Paths) -> tuple[File, ...]:
    """The files of a path, or of several in their order. Raises QingdanError when one cannot be read."""
    several = (paths,) if isinstance(paths, str | PathLike) else tuple(paths)
    return tuple(File(str(path), bytes_of(Path(path))) for path in several)


def rows(file: File, columns: Sequence[str], needed: str) -> tuple[list[Row], list[Fault]]:
    """The rows of a CSV file and what is wrong with its form; a row with a fault is left out.

    columns: those it may have, in any order; ``needed`` is the one that it must have and no row may leave empty.

    Cells are separated as the first line shows, by commas, tabs or semicolons; the encoding is detected. A column
    that is not there is empty in every row. Raises QingdanError with one line when the file holds no text.
    """
    return _read(file.name, text_of(file), columns, needed)


def text_of(file: File) -> str:
    """The text of a CSV file, its encoding detected. Raises QingdanError with one line when it holds no text."""
    found = kind(file.data, "rows.csv")
    if found in _SHEETS:
        raise QingdanError(f"{file.name}: is a spreadsheet; save it as CSV")
    if found == "empty":
        raise QingdanError(f"{file.name}: is empty")
    decoded = decode(file.data)
    if found not in ("text", "markdown", "binary") or is_binary(decoded.text):
        raise QingdanError(f"{file.name}: is no CSV file")
    if decoded.issues:
        line = decoded.text.count("\n", 0, decoded.issues[0].start) + 1
        raise QingdanError(f"{file.name}:{line}: {decoded.issues[0].message}")
    return decoded.text


def reader_of(text: str) -> Any:
    """A reader of the text of a CSV file, its cells separated as the first line shows."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True)


def _read(name: str, text: str, columns: Sequence[str], needed: str) -> tuple[list[Row], list[Fault]]:
    reader = reader_of(text)
    found: list[Row] = []
    faults: list[Fault] = []
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            begun, line = line, reader.line_num + 1
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if header is None:
                header = [cell.casefold() for cell in cells]
                while not header[-1]:  # a spreadsheet keeps columns that were emptied
                    header.pop()
                faults += (Fault(name, begun, "error", message) for message in _header_faults(header, columns, needed))
                if faults:
                    break
                continue
            message = _row_fault(cells, header, needed)
            if message:
                faults.append(Fault(name, begun, "error", message))
            else:
                given = dict(zip(header, cells, strict=False))
                found.append(Row(begun, {column: given.get(column, "") for column in columns}))
    except csv.Error as error:
        faults.append(Fault(name, line, "error", f"no CSV: {error}"))
    return found, faults


def _header_faults(header: list[str], columns: Sequence[str], needed: str) -> Iterable[str]:
    for column in header:
        if column not in columns:
            yield f"unknown column {quoted(column)}; the columns are {', '.join(columns)}"
    for column in columns:
        if header.count(column) > 1:
            yield f"the column {column} stands twice"
    if needed not in header:
        yield f"the first line names no column {needed}; the columns are {', '.join(columns)}"


def _row_fault(cells: list[str], header: list[str], needed: str) -> str | None:
    if any(cells[len(header) :]):
        return f"{len(cells)} cells in {len(header)} columns; a cell that holds a separator stands in quotation marks"
    if not "".join(cells[header.index(needed) :][:1]):
        return f"no {needed}"
    broken = next((column for column, cell in zip(header, cells, strict=False) if regex.search(r"[\p{Cc}\ufffd\u2028\u2029]", cell)), None)
    return f"a line break or another control character in {broken}" if broken else None


def plain(text: str) -> str:
    """A cell as patterns see text: half-width, simplified, single blanks, without zero-width characters."""
    return " ".join(fold(text).text.split())


def quoted(text: str) -> str:
    """A cell for a message: in marks, and not longer than a line allows."""
    return f"“{text if len(text) <= 40 else f'{text[:39]}…'}”"
