"""DuckDB: the tables, typed, with their keys and the meaning of each column."""

from __future__ import annotations

from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

from qingdan.model import QingdanError
from qingdan.writing.decimals import SCALE, WIDTH, exact, too_large
from qingdan.writing.keys import KEYS, is_key, references
from qingdan.writing.package import about, file_resource
from qingdan.writing.ready import Ready
from qingdan.writing.tables import Cell, Field, Row, fields

FILE = "qingdan.duckdb"
_TYPES = {
    "integer": "BIGINT", "number": f"DECIMAL({WIDTH}, {SCALE})", "date": "DATE", "list": "VARCHAR[]", "path": "BIGINT[]",
}  # fmt: skip
_BUFFERED = 20_000  # rows held before they are inserted: one by one takes a hundred times as long


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise QingdanError("DuckDB needs duckdb: pip install 'qingdan[duckdb]'") from None
    return duckdb


class DuckDatabase:
    """One database. Its bytes hold an identifier that DuckDB draws by lot, so they differ from run to run; its rows do not."""

    def __init__(self, folder: Path, waiting: Path) -> None:
        self._duckdb = _duckdb()
        self.errors = (OSError, self._duckdb.Error)
        self._place = folder / FILE
        self._open = ExitStack()
        self._waiting = waiting / "duckdb"
        self._rows: dict[str, list[Row]] = {table: [] for table in fields()}
        self._buffered = 0
        self._too_large = 0

    def begin(self) -> None:
        self._database = self._open.enter_context(self._duckdb.connect(self._place))
        self._database.execute("SET threads = 1")
        self._database.execute("SET memory_limit = '512MB'")
        self._database.execute(f"SET temp_directory = {_quoted(str(self._waiting))}")
        for table in fields():
            self._database.execute(_create(table))

    @property
    def notes(self) -> list[str]:
        """What did not fit."""
        return too_large(self._too_large, "DuckDB")

    def add(self, ready: Ready) -> None:
        for table, records in ready.tables.items():
            self._rows[table].extend(records)
            self._buffered += len(records)
        if self._buffered > _BUFFERED:
            self._flush()

    def _flush(self) -> None:
        import pandas as pd

        for table, records in self._rows.items():
            if records:
                columns = {
                    field.name: pd.Series([self._stored(table, field, row.get(field.name)) for row in records], dtype=object)
                    for field in fields()[table]
                }
                self._database.register("batch", pd.DataFrame(columns))
                cast = ", ".join(f'CAST("{field.name}" AS {_TYPES.get(field.type, "VARCHAR")})' for field in fields()[table])
                self._database.execute(f"INSERT INTO {table} SELECT {cast} FROM batch")
                self._database.unregister("batch")
                records.clear()
        self._buffered = 0

    def _stored(self, table: str, field: Field, cell: Cell) -> Any:
        if isinstance(cell, tuple):
            return list(cell)
        if field.type == "number" and isinstance(cell, int | Decimal):
            value = exact(cell)
            self._too_large += value is None
            # As text: for a column of objects DuckDB takes the width from a sample (1.5, …), and 2016 may be too wide.
            return None if value is None else str(value)
        return "" if cell is None and is_key(table, field.name) else cell

    def finish(self) -> list[dict[str, Any]]:
        self._flush()
        self._database.execute("CHECKPOINT")
        self._open.close()
        return [file_resource("duckdb", "The tables, typed and with keys, for DuckDB", FILE, "application/vnd.duckdb")]

    def abandon(self) -> None:
        self._open.close()


def _create(table: str) -> str:
    """The statements that make a table and say what its columns mean."""
    # DuckDB looks for the rows referred to before the rows of the same insert are there, so a table cannot refer to itself.
    refers = {column: other for column, other in references(table).items() if other != table}
    lines = []
    for field in fields()[table]:
        line = f'"{field.name}" {_TYPES.get(field.type, "VARCHAR")}'
        line += " NOT NULL" if is_key(table, field.name) else ""
        line += " PRIMARY KEY" if field.name == KEYS.get(table) else ""
        line += f' REFERENCES {refers[field.name]} ("{KEYS[refers[field.name]]}")' if field.name in refers else ""
        lines.append(line)
    statements = [f"CREATE TABLE {table} ({', '.join(lines)})", f"COMMENT ON TABLE {table} IS {_quoted(about(table))}"]
    statements += [f'COMMENT ON COLUMN {table}."{field.name}" IS {_quoted(field.english)}' for field in fields()[table]]
    return ";\n".join(statements)


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def read_duckdb(file: Path, table: str) -> list[Row]:
    """The rows of a table in the order in which they were written.

    Raises ValueError when the file is no database, or the table has other columns.
    """
    duckdb = _duckdb()
    columns = fields()[table]
    # Days as texts, as they are in every other table.
    names = ", ".join(f'CAST("{field.name}" AS VARCHAR)' if field.type == "date" else f'"{field.name}"' for field in columns)
    try:
        with duckdb.connect(file, read_only=True) as database:
            records = database.execute(f"SELECT {names} FROM {table} ORDER BY rowid").fetchall()
    except duckdb.Error as error:
        raise ValueError(" ".join(str(error).split())) from None
    return [{field.name: _restored(cell) for field, cell in zip(columns, record, strict=True)} for record in records]


def _restored(cell: Any) -> Cell:
    return tuple(cell) if isinstance(cell, list) else cell or None if isinstance(cell, str) else cell
