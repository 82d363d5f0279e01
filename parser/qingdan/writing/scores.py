"""Whether a ledger has been scored: what coders filled into a file by hand, no run may write over."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from qingdan.model import QingdanError
from qingdan.reading.encodings import decode
from qingdan.vocabulary.files import reader_of
from qingdan.writing.ledger import BLANK

_TO_SCORE = ("id", *sorted(BLANK))
_TO_FILL = tuple(sorted(BLANK))  # what coders add to a column's name stands behind it: Score (AB), score2
_ZIP, _OBJECT = b"PK\x03\x04", b"{"


def is_scored(file: Path) -> bool:
    """Whether a file is a ledger in which ``score``, ``evidence`` or ``coder`` stands for any commitment.

    A ledger is a sheet of a workbook, a CSV file as spreadsheets save it (other separators and encodings among them) or JSON Lines, with
    the column ``id``. False for any other file, and for one that is not there.

    Raises QingdanError for a workbook when python-calamine is not installed.
    """
    try:
        data = file.read_bytes() if file.is_file() else b""
    except OSError:
        return False  # who writes it says what is wrong
    if data.startswith(_ZIP):
        return any(map(_any_filled, _sheets(data)))
    return _any_filled(_objects(data) if data.lstrip().startswith(_OBJECT) else _cells(data))


def _any_filled(records: Iterable[Sequence[Any]]) -> bool:
    """Whether a table has anything in the columns for the coder; lines above its header are passed over."""
    places: list[int] = []
    for row in records:
        names = ["" if cell is None else str(cell).strip().lower() for cell in row]
        if not places:
            places = [place for place, name in enumerate(names) if name.startswith(_TO_FILL)] if "id" in names or _named(names) else []
        elif any(names[place] for place in places if place < len(names)):
            return True
    return False


def _named(names: Sequence[str]) -> bool:
    """Whether a row is a header of a ledger, whose column ``id`` a coder may have taken out: it has two others for the coder."""
    return sum(name.startswith(_TO_FILL) for name in names) > 1


def _sheets(data: bytes) -> Iterator[list[list[Any]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise QingdanError("reading Excel needs python-calamine: pip install 'qingdan[xlsx]'") from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        yield from (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    except CalamineError:  # a ZIP of another kind
        return


def _objects(data: bytes) -> Iterator[Sequence[Any]]:
    yield _TO_SCORE
    for line in data.splitlines():
        try:
            found = msgspec.json.decode(line or b"{}")
        except msgspec.DecodeError:
            return
        if isinstance(found, dict) and "id" in found:
            yield [found.get(name) for name in _TO_SCORE]


def _cells(data: bytes) -> Iterator[list[str]]:
    try:
        yield from reader_of(decode(data).text)
    except csv.Error:
        return
