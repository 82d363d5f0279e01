"""What a folder of output knows of its own making: which entries there were and what became of each, safe against any stop.

One SQLite file holds it, with the results themselves. A result counts once its transaction is committed; one that was cut off by a
kill, a full disk or a loss of power is rolled back by SQLite when the file is next opened. The file is also the lock: it stays
locked for as long as a run has it open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from qingdan.model import QingdanError

FOLDER = ".qingdan"
FORM = "2"
SECONDS_BETWEEN_COMMITS = 0.5
COLUMNS = "root, inner, path, id, sha256, size, key, final, document, of, outcome, reason"

# Of documents by their bytes only the first is looked for: there may be thousands of copies.
_TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entries ({COLUMNS}, PRIMARY KEY (root, inner));
CREATE INDEX entries_sha256 ON entries (sha256) WHERE key NOT NULL AND of IS NULL;
CREATE INDEX entries_path ON entries (path);
CREATE INDEX entries_id ON entries (id);
CREATE TABLE results (
    key TEXT PRIMARY KEY, reason TEXT, seconds REAL, media_type TEXT, encoding TEXT, format TEXT,
    items INTEGER, mentions INTEGER, issues INTEGER, blob BLOB
);
CREATE TABLE shelves (key TEXT, place INTEGER, shelf TEXT, page INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE made (path TEXT PRIMARY KEY, size INTEGER, time INTEGER) WITHOUT ROWID;
CREATE TABLE joinings (key TEXT PRIMARY KEY, groups TEXT) WITHOUT ROWID;
"""
_OF_THIS_RUN = f"""
CREATE TEMP TABLE now (
    seq INTEGER PRIMARY KEY, root TEXT, inner TEXT, path TEXT UNIQUE, id TEXT UNIQUE, sha256 TEXT, size INTEGER, reason TEXT,
    key TEXT, final TEXT, first INTEGER, leader INTEGER, waiting INTEGER, UNIQUE (root, inner)
);
CREATE INDEX temp.now_sha256 ON now (sha256) WHERE first IS NULL AND waiting IS NULL;
CREATE TEMP TABLE fresh ({COLUMNS}, PRIMARY KEY (root, inner));
CREATE TEMP TABLE met (root TEXT, inner TEXT, times INTEGER, PRIMARY KEY (root, inner)) WITHOUT ROWID;
CREATE TEMP TABLE pages (seq INTEGER PRIMARY KEY, component INTEGER, data BLOB);
"""


class State:
    """The state of one folder, open and locked. Raises QingdanError in one line for whatever is wrong with its file."""

    def __init__(self, out: Path) -> None:
        """Open the state in a folder; both are made where there are none. QingdanError when another run has it open."""
        self.file = out / FOLDER / "state.sqlite"
        self._committed = monotonic()
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            ignore = self.file.with_name(".gitignore")
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            self._connection = sqlite3.connect(self.file, timeout=0, isolation_level=None)
        except OSError as error:
            raise QingdanError(f"{error.filename or self.file}: {error.strerror}") from None
        except sqlite3.Error as error:
            raise self._said(error) from None
        try:
            self._open()
        except BaseException:
            self._connection.close()
            raise

    def _open(self) -> None:
        run = self.run
        run("PRAGMA locking_mode = EXCLUSIVE")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA temp_store = FILE")
        run("PRAGMA cache_size = -8000")
        run("BEGIN EXCLUSIVE")
        if self.one("SELECT count(*) FROM sqlite_master")[0] == 0:
            for statement in _TABLES.split(";"):
                run(statement)
            self.remember("form", FORM)
        if self.remembered("form") != FORM:
            raise QingdanError(f"{self.file}: was written by another version of qingdan; remove the folder {FOLDER}")
        for statement in _OF_THIS_RUN.split(";"):
            run(statement)
        run("COMMIT")
        run("BEGIN")

    def _said(self, error: sqlite3.Error) -> QingdanError:
        if getattr(error, "sqlite_errorname", "") in ("SQLITE_BUSY", "SQLITE_LOCKED"):
            return QingdanError(f"{self.file.parent.parent}: another run is writing to this folder")
        return QingdanError(f"{self.file}: {error}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keep what was finished, and let go of the folder."""
        try:
            if self._connection.in_transaction:
                self.run("COMMIT")
        except QingdanError:  # of a full disk, which has been told already
            if kind is None:
                raise
        finally:
            self._connection.close()

    def run(self, statement: str, *values: Any) -> int:
        """Carry out a statement; how many rows it changed."""
        try:
            return self._connection.execute(statement, values).rowcount
        except sqlite3.Error as error:
            raise self._said(error) from None

    def rows(self, query: str, *values: Any) -> Iterator[Any]:
        """The rows of a query one after another, for the file may be damaged at any of them."""
        try:
            yield from self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise self._said(error) from None

    def one(self, query: str, *values: Any) -> Any:
        """The first row, None where there is none."""
        try:
            return self._connection.execute(query, values).fetchone()
        except sqlite3.Error as error:
            raise self._said(error) from None

    def commit(self, at_once: bool = False) -> None:
        """Make sure of what was finished, if the last time is long enough ago."""
        if at_once or monotonic() - self._committed > SECONDS_BETWEEN_COMMITS:
            self.run("COMMIT")
            self.run("BEGIN")
            self._committed = monotonic()

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Have what is done within count as a whole at its end, or not at all."""
        self.commit(at_once=True)
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        self.commit(at_once=True)

    def remember(self, name: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    def remembered(self, name: str) -> str | None:
        row = self.one("SELECT value FROM meta WHERE name = ?", name)
        return row[0] if row else None

    def settle(self) -> bool:
        """Have the entries be those of ``fresh``, and forget the results that none of them needs; whether anything changed."""
        other = f"SELECT {COLUMNS} FROM {{}} EXCEPT SELECT {COLUMNS} FROM {{}}"
        changed = any(self.one(f"{other.format(*names)} LIMIT 1") for names in (("fresh", "entries"), ("entries", "fresh")))
        if changed:
            self.run(f"DELETE FROM entries WHERE (root, inner) IN (SELECT root, inner FROM ({other.format('entries', 'fresh')}))")
            self.run(f"INSERT INTO entries ({COLUMNS}) {other.format('fresh', 'entries')}")
        needed = "SELECT key FROM entries WHERE key NOT NULL UNION SELECT final FROM entries WHERE final NOT NULL"
        unused = f"FROM results WHERE key NOT IN ({needed})"
        if self.one(f"SELECT 1 {unused} LIMIT 1"):
            self.run(f"DELETE {unused}")
            self.run("DELETE FROM shelves WHERE key NOT IN (SELECT key FROM results)")
        return changed
