"""The ledger as a workbook for Excel: to read, to filter, to print, and to score; no text in it is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from qingdan.model import QingdanError
from qingdan.writing.csv_files import guard
from qingdan.writing.excel_cells import LONGEST, MOST_ROWS, height, written
from qingdan.writing.ledger import BLANK
from qingdan.writing.tables import Field, Row, plain, promise_fields

SHEET, ABOUT = "ledger", "columns"
_WIDTHS = {
    "id": 18, "document": 12, "item": 16, "topic": 14, "promise": 50, "actors": 13, "class": 12, "polarity": 10, "act": 12,
    "deadline": 13, "set_for": 13, "bound": 9, "last_day": 11, "due": 12, "firmness": 12, "conditions": 18, "agencies": 26,
    "quantities": 14, "instrument": 24, "event": 24, "score": 8, "evidence": 50, "coder": 12,
}  # fmt: skip
_BETWEEN = "、"  # the members of a list, for a reader
_MOST_LINES = 20
_SCORES = (-1, 0, 1)
_SECOND_PAGE = "firmness"  # the column that begins the right half on paper
_PRINTED = 71  # per cent of the size on the screen: both halves fill a page of A3
_A3, _A4 = 8, 9
_MADE = datetime(1980, 1, 1)  # a workbook has to say when it was made; the clock is not asked


def to_excel(records: Sequence[Row]) -> tuple[bytes, list[str]]:
    """The workbook of the rows of a ledger, and a line for each cell that had no room for its text.

    The sheet ``ledger`` has a row a commitment, header and id frozen, filters, wrapped texts, and a list to choose ``score`` from;
    it prints on A3, two pages wide, each with header and id. The sheet ``columns`` says what each column means. The same rows give the
    same bytes.

    Raises QingdanError when XlsxWriter is not installed, or there are more rows than a sheet has.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise QingdanError("Excel needs XlsxWriter: pip install 'qingdan[xlsx]'") from None
    if len(records) >= MOST_ROWS:
        raise QingdanError(f"{len(records)} rows are more than a sheet of Excel has; take --to csv")
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Ledger of commitments, by qingdan", "created": _MADE})
    columns = promise_fields()[SHEET]
    notes = _ledger(book, columns, records)
    _about(book, columns)
    book.close()
    return data.getvalue(), notes


def _ledger(book: Any, columns: Sequence[Field], records: Sequence[Row]) -> list[str]:
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "bg_color": "#DDE6F0"})
    to_fill = book.add_format({"bold": True, "bottom": 1, "valign": "top", "bg_color": "#FFF2CC"})
    ruled = {"valign": "top", "text_wrap": True, "bottom": 4, "bottom_color": "#A0A0A0"}
    wrapped = book.add_format(ruled)
    # The mark of a cell begun with an apostrophe, so that it stays a text when somebody edits it.
    guarded = book.add_format({**ruled, "quote_prefix": True})
    sheet = book.add_worksheet(SHEET)
    for i, field in enumerate(columns):
        sheet.set_column(i, i, _WIDTHS[field.name])
        sheet.write_string(0, i, field.name, to_fill if field.name in BLANK else head)
    notes = []
    for row, record in enumerate(records, 1):
        cells = [_text(record[field.name]) for field in columns]
        sheet.set_row(row, height(((cell, _WIDTHS[field.name]) for cell, field in zip(cells, columns, strict=True)), _MOST_LINES))
        for i, cell in enumerate(cells):
            if not cell:
                sheet.write_blank(row, i, None, wrapped)
                continue
            text, units = written(cell)
            if units is not None:
                notes.append(f"{record['id']}: its {columns[i].name} is longer than the {LONGEST} characters of a cell, and cut")
            sheet.write_string(row, i, text, guarded if guard(text) != text else wrapped)
    _lay_out(sheet, [field.name for field in columns], len(records))
    return notes


def _lay_out(sheet: Any, names: Sequence[str], rows: int) -> None:
    """What helps to work with the sheet: frozen panes, filters, the scores to choose from, and how it prints."""
    from xlsxwriter.utility import xl_range

    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, rows, len(names) - 1)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, rows, len(names) - 1)})  # a year in EDTF
    score = names.index("score")
    if rows:
        told = "1 kept, 0 in part or under way, -1 not kept"
        sheet.data_validation(1, score, rows, score, {
            "validate": "list", "source": list(_SCORES), "input_title": "score", "input_message": told,
            "error_title": "score", "error_message": f"One of these: {told}.",
        })  # fmt: skip
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_print_scale(_PRINTED)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_v_pagebreaks([names.index(_SECOND_PAGE)])
    sheet.print_across()
    sheet.set_footer("&L&A&R&P / &N")


def _text(cell: Any) -> str:
    if isinstance(cell, tuple):
        return _BETWEEN.join(map(str, cell))
    return "" if cell is None else str(plain(cell))


def _about(book: Any, columns: Iterable[Field]) -> None:
    """The sheet that says what the columns mean."""
    head, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"valign": "top", "text_wrap": True})
    sheet = book.add_worksheet(ABOUT)
    for i, (name, width) in enumerate((("column", 14), ("meaning", 70), ("含义", 60))):
        sheet.set_column(i, i, width, wrapped)
        sheet.write_string(0, i, name, head)
    for row, field in enumerate(columns, 1):
        told = (field.name, field.english, field.chinese)
        sheet.set_row(row, height(zip(told, (14, 70, 60), strict=True), _MOST_LINES))
        for i, text in enumerate(told):
            sheet.write_string(row, i, text, wrapped)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(_A4)
