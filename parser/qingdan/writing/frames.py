"""Tables as pandas DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from qingdan.model import Document
from qingdan.writing.tables import Cell, fields, plain, rows

_DTYPES = {"integer": "Int64", "number": "Float64"}


def frame(name: str, documents: Iterable[Document]) -> pd.DataFrame:
    """A table over documents; integers are Int64, numbers Float64, all else strings, with <NA> where empty."""
    return from_rows(name, list(rows(name, documents)))


def from_rows(name: str, records: Sequence[Mapping[str, Cell]]) -> pd.DataFrame:
    """A DataFrame of rows, typed by the table's fields."""
    columns = {}
    for field in fields()[name]:
        cells: list[str | int | float | Decimal | None] = [plain(record.get(field.name)) for record in records]
        if field.type == "number":
            cells = [None if cell is None else float(cell) for cell in cells]
        columns[field.name] = pd.array(cells, dtype=_DTYPES.get(field.type, "string"))  # type: ignore[call-overload]
    return pd.DataFrame(columns)
