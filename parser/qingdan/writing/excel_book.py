"""Excel: one workbook, one sheet a table, to read and to filter; no text in it is ever a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import regex

from qingdan.model import QingdanError
from qingdan.writing.csv_files import guard
from qingdan.writing.excel_cells import LONGEST, MOST_ROWS, height, written
from qingdan.writing.package import file_resource
from qingdan.writing.ready import Ready
from qingdan.writing.tables import Cell, Field, Row, fields, plain

FILE = "qingdan.xlsx"
CUT = "cut"
_EXACT = 15  # digits that Excel keeps of a number
_WIDTHS = {"integer": 9, "number": 14, "date": 12, "list": 32, "path": 12}
_TEXT_WIDTHS = {
    "body": 80, "message": 60, "title": 40, "topic": 30,
    "document": 24, "id": 24, "node": 24, "section": 24, "parent": 24, "item": 24,
}  # fmt: skip
_CLAUSE_WIDTH = 60  # of the text of a commitment; that of a mention is a few characters
_WIDTH = 18
_WRAPPED = {
    "body", "message", "title", "topic", "canonical", "parties", "text",
    "actors", "agencies", "dates", "quantities", "instrument", "event", "conditions",
}  # fmt: skip
_MOST_LINES = 12  # that a row shows at most, so that one long text does not fill the screen
_MADE = datetime(1980, 1, 1)  # a workbook has to say when it was made; the clock is not asked


class ExcelBook:
    """A workbook written row by row; a table with more rows than a sheet has goes on in ``items (2)``.

    A text longer than a cell holds is cut, which a sheet ``cut`` lists and ``notes`` tells.
    """

    def __init__(self, folder: Path, waiting: Path) -> None:
        try:
            import xlsxwriter
            from xlsxwriter.exceptions import XlsxWriterException
        except ImportError:
            raise QingdanError("Excel needs XlsxWriter: pip install 'qingdan[xlsx]'") from None
        self.errors = (OSError, XlsxWriterException)
        options = {"constant_memory": True, "tmpdir": str(waiting), "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(folder / FILE, options)
        self._rows = dict.fromkeys(fields(), 0)
        self._numbers = dict.fromkeys(fields(), 1)
        self._cuts: list[tuple[str, int, str, int]] = []

    def begin(self) -> None:
        self._book.set_properties({"title": "Outcome lists as data, by qingdan", "created": _MADE})
        self._head = self._book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._plain = self._book.add_format({"valign": "top"})
        self._wrapped = self._book.add_format({"valign": "top", "text_wrap": True})
        # The mark of a cell begun with an apostrophe, so that it stays a text when somebody edits it.
        self._guarded = self._book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self._sheets = {table: self._sheet(table, 1) for table in fields()}

    @property
    def notes(self) -> list[str]:
        """What did not fit."""
        if not self._cuts:
            return []
        cells = "1 text was" if len(self._cuts) == 1 else f"{len(self._cuts)} texts were"
        return [f"{FILE}: {cells} longer than the {LONGEST} characters of a cell, and cut; the sheet {CUT} lists them"]

    def _sheet(self, table: str, number: int) -> Any:
        columns = fields()[table]
        sheet = self._book.add_worksheet(table if number == 1 else f"{table} ({number})")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for i, field in enumerate(columns):
            form = self._wrapped if field.name in _WRAPPED else self._plain
            sheet.set_column(i, i, _width(table, field), form)
            sheet.write_string(0, i, field.name, self._head)
        return sheet

    def add(self, ready: Ready) -> None:
        for table, records in ready.tables.items():
            columns = fields()[table]
            for record in records:
                if self._rows[table] == MOST_ROWS - 1:
                    self._end(table)
                    self._numbers[table] += 1
                    self._rows[table] = 0
                    self._sheets[table] = self._sheet(table, self._numbers[table])
                self._rows[table] += 1
                wrapped = [(str(plain(record.get(f.name)) or ""), _width(table, f)) for f in columns if f.name in _WRAPPED]
                self._sheets[table].set_row(self._rows[table], height(wrapped, _MOST_LINES))
                for i, field in enumerate(columns):
                    self._write(table, i, field, record.get(field.name))

    def _write(self, table: str, column: int, field: Field, cell: Cell) -> None:
        sheet, row = self._sheets[table], self._rows[table]
        value = plain(cell)
        if value is None:
            return
        if not isinstance(value, str) and len(format(abs(value), "f").replace(".", "").strip("0")) > _EXACT:
            value = format(value, "f")
        if not isinstance(value, str):
            sheet.write_number(row, column, value, self._plain)
            return
        text, units = written(value)
        form = self._guarded if guard(text) != text else self._wrapped if field.name in _WRAPPED else self._plain
        if units is not None:
            self._cuts.append((sheet.get_name(), row + 1, field.name, units))
        sheet.write_string(row, column, text, form)

    def _end(self, table: str) -> None:
        self._sheets[table].autofilter(0, 0, self._rows[table], len(fields()[table]) - 1)

    def finish(self) -> list[dict[str, Any]]:
        for table in fields():
            self._end(table)
        if self._cuts:
            sheet = self._book.add_worksheet(CUT)
            for row, cells in enumerate([("sheet", "row", "field", "length in UTF-16 units"), *self._cuts]):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, cell)
        self._book.close()
        mediatype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return [file_resource("xlsx", "The tables, one sheet each, for Excel", FILE, mediatype)]

    def abandon(self) -> None:
        # Closing would write the whole book; its temporary files go with their folder.
        self._book.fileclosed = True


def _width(table: str, field: Field) -> int:
    if (table, field.name) == ("commitments", "text"):
        return _CLAUSE_WIDTH
    return _WIDTHS.get(field.type, _TEXT_WIDTHS.get(field.name, _WIDTH))


def read_excel(file: Path, table: str) -> list[Row]:
    """The rows of a table in the order in which they were written.

    Raises ValueError when the file is no workbook, the table has other columns, or the workbook lacks the ends of its texts.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise QingdanError("reading Excel needs python-calamine: pip install 'qingdan[xlsx]'") from None
    try:
        book = CalamineWorkbook.from_path(file)
        sheets = [name for name in book.sheet_names if name == table or regex.fullmatch(rf"{table} \(\d{{1,5}}\)", name)]
        cuts = book.get_sheet_by_name(CUT).to_python()[1:] if CUT in book.sheet_names else []
        if any(str(cut[0]) in sheets for cut in cuts):
            raise ValueError("texts are cut here, as a cell holds no more; read another format")
        return [row for name in sheets for row in _rows(book.get_sheet_by_name(name).to_python(), fields()[table])]
    except CalamineError as error:
        raise ValueError(" ".join(str(error).split())) from None


def _rows(records: list[list[Any]], columns: Sequence[Field]) -> Iterator[Row]:
    if not records or records[0] != [field.name for field in columns]:
        raise ValueError("other columns than the table has")
    for record in records[1:]:
        yield {field.name: _restored(cell, field.type) for field, cell in zip(columns, record, strict=True)}


def _restored(cell: Any, kind: str) -> Cell:
    if cell == "":
        return None
    if kind == "integer":
        return int(cell)
    return Decimal(str(cell)) if kind == "number" else str(cell)
