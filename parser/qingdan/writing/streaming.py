"""The stream of documents that becomes a data package: one after another into every format, all of it in place at once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import regex
from msgspec import DecodeError, Struct, json

from qingdan.comparing.copies import Lists
from qingdan.model import Document, OwnRows, QingdanError
from qingdan.reading.folding import without_surrogates
from qingdan.writing.beside import Beside
from qingdan.writing.codebook import codebook
from qingdan.writing.csv_files import CsvTables
from qingdan.writing.json_files import JsonDocuments, JsonLines, json_file, json_schema
from qingdan.writing.package import DESCRIPTOR, descriptor
from qingdan.writing.placing import WORK, put_in_place, said
from qingdan.writing.ready import Ready
from qingdan.writing.tables import fields

FORMATS = ("csv", "json", "jsonl", "parquet", "xlsx", "sqlite", "duckdb")
_TABULAR = frozenset(FORMATS) - {"json", "jsonl"}
_BESIDE = frozenset(["csv", "json", "jsonl"])  # which bind nothing to the thread they began in
_SCHEMA, _CODEBOOK, _CODEBOOK_CHINESE = "schema.json", "codebook.md", "codebook.zh-CN.md"
_OWN = regex.compile(
    r"json/[^/\\]+\.json|documents\.jsonl|parquet/(?<table>\w+)/year=\d+/part-0\.parquet|(?<csv>\w+)\.csv"
    r"|qingdan\.(?:xlsx|sqlite|duckdb)|datasette\.json"
)


class Sink(Protocol):
    """A format as the documents run into it. ``errors`` are what its library raises when a file cannot be written."""

    @property
    def errors(self) -> tuple[type[Exception], ...]: ...

    @property
    def notes(self) -> list[str]:
        """Lines that tell what the format had no room for."""

    def begin(self) -> None:
        """Open the files."""

    def add(self, ready: Ready) -> None: ...

    def finish(self) -> list[dict[str, Any]]:
        """Make the files whole; give the resources that describe them."""

    def abandon(self) -> None:
        """Let the files go as they are."""


def _sink(name: str, folder: Path, waiting: Path, bom: bool) -> Sink:
    """The sink of a format, which writes to a folder, with a folder for what has to wait. QingdanError when its library is missing."""
    if name == "csv":
        return CsvTables(folder, bom)
    if name == "json":
        return JsonDocuments(folder)
    if name == "jsonl":
        return JsonLines(folder)
    if name == "parquet":
        from qingdan.writing.parquet_files import ParquetTables

        return ParquetTables(folder, waiting)
    if name == "xlsx":
        from qingdan.writing.excel_book import ExcelBook

        return ExcelBook(folder, waiting)
    if name == "sqlite":
        from qingdan.writing.sqlite_database import SqliteDatabase

        return SqliteDatabase(folder)
    from qingdan.writing.duckdb_database import DuckDatabase

    return DuckDatabase(folder, waiting)


class Package:
    """A data package that documents are added to, in the order of their ids, with memory that does not grow with them.

        with Package("data", ["csv", "parquet"]) as package:
            for document in documents:
                package.add(document)

    folder: where it goes; made if it is not there. One writer at a time.
    formats: any of ``FORMATS``.
    bom: whether CSV begins with a byte order mark, so that Excel reads it as UTF-8.
    sources: paths and titles to name as what was converted; by default each document's.

    Everything is written in ``.part`` inside the folder. At the end of the ``with`` block each file is forced to the disk and
    renamed into place, unless the same bytes stand there already, the descriptor last; before it, what an earlier package
    listed and this one has not is removed. When the block ends in an exception, nothing in the folder has changed. A process that
    is killed between two renames leaves whole files, some of the package before; the next run sets that right.
    Afterwards ``written`` has the paths of all files, ``notes`` a line for each thing that a format had no room for.

    Raises QingdanError, one line, for an unknown format, a format whose library is not installed (before anything is
    written), two documents with one id, documents out of order, and when the folder cannot be written.
    """

    def __init__(
        self,
        folder: str | PathLike[str],
        formats: Sequence[str] = ("csv", "json"),
        *,
        bom: bool = True,
        sources: Iterable[tuple[str, str]] | None = None,
    ) -> None:
        chosen = (formats,) if isinstance(formats, str) else tuple(formats)
        if unknown := [name for name in chosen if name not in FORMATS]:
            raise QingdanError(f"{', '.join(unknown)}: no format to write; choose from {', '.join(FORMATS)}")
        self.written: list[Path] = []
        self.notes: list[str] = []
        self._root = Path(folder)
        self._formats = [name for name in FORMATS if name in chosen]
        self._bom = bom
        self._sources = None if sources is None else list(sources)
        self._named: list[tuple[str, str]] = []
        self._own: dict[OwnRows, None] = {}
        self._attached: list[dict[str, Any]] = []
        self._last: str | None = None
        self._odd: set[str] = set()
        self._sinks: list[Sink] = []
        self._at_once: list[Sink] = []
        self._later: list[Sink] = []

    def __enter__(self) -> Self:
        self._new = not self._root.exists()
        self._work = self._root / WORK
        self._files, self._waiting = self._work / "files", self._work / "waiting"
        self._lists = Lists()
        self._beside = Beside()
        try:
            self._guarded(self._begin)
        except BaseException:
            self._abandon()
            raise
        return self

    def _begin(self) -> None:
        self._of_killed = listed(self._files)
        if self._work.exists():
            shutil.rmtree(self._work)
        self._files.mkdir(parents=True)
        self._waiting.mkdir()
        self._sinks = [_sink(name, self._files, self._waiting, self._bom) for name in self._formats]
        for name, sink in zip(self._formats, self._sinks, strict=True):
            (self._later if name in _BESIDE else self._at_once).append(sink)
            sink.begin()

    def add(self, document: Document | Ready) -> None:
        """Take the next document, whose id comes behind that of the one before; ready for the formats where that was done before."""
        ready = Ready(document) if isinstance(document, Document) else document
        about = ready.about
        name = about.id
        if self._last is not None and name <= self._last:
            if name == self._last:
                raise QingdanError(f"{name}: two documents have this id")
            raise QingdanError(f"{name}: comes behind {self._last}; documents are added in the order of their ids")
        self._last = name
        if "\ufffd" in (told := without_surrogates(name)):  # ids that differ in what no file can hold
            if told in self._odd:
                raise QingdanError(f"{told}: two documents have this id")
            self._odd.add(told)
        if self._sources is None and about.source.path:
            self._named.append((without_surrogates(about.source.path), without_surrogates(about.title or name)))
        self._own.update(dict.fromkeys(about.own_rows))
        self._guarded(lambda: self._spread(ready))

    def _spread(self, ready: Ready) -> None:
        if _TABULAR.intersection(self._formats):
            ready.copy_of = self._lists.original(ready.about.id, ready.face)
        self._beside.do(partial(_give, ready, self._later))
        _give(ready, self._at_once)

    def attach(self, resource: dict[str, Any]) -> Path:
        """A place to write one more file to, which comes into the folder with the others.

        resource: its description for ``datapackage.json``; ``path`` there is its name in the folder.
        """
        self._attached.append(resource)
        place = self._files / str(resource["path"])
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._guarded(self._finish)
        finally:
            self._abandon()

    def _finish(self) -> None:
        self._beside.wait()
        resources = [resource for sink in self._sinks for resource in sink.finish()]
        self.notes = [note for sink in self._sinks for note in sink.notes]
        package = descriptor([*resources, *self._attached], self._named if self._sources is None else self._sources, self._own)
        (self._files / DESCRIPTOR).write_bytes(json_file(package))
        (self._files / _SCHEMA).write_bytes(json_file(json_schema()))
        (self._files / _CODEBOOK).write_bytes(codebook().encode())
        (self._files / _CODEBOOK_CHINESE).write_bytes(codebook(chinese=True).encode())
        self._replace()

    def _replace(self) -> None:
        former = listed(self._root) | self._of_killed
        self.written = [self._root / name for name in put_in_place(self._files, self._root, former, last=DESCRIPTOR)]

    def _abandon(self) -> None:
        self._beside.end()
        for sink in self._sinks:
            with suppress(*sink.errors):
                sink.abandon()
        self._lists.close()
        shutil.rmtree(self._work, ignore_errors=True)
        if self._new:
            with suppress(OSError):  # not empty: it is written
                self._root.rmdir()

    def _guarded(self, act: Callable[[], None]) -> None:
        """Do something, with what the libraries raise as one line."""
        try:
            act()
        except Exception as error:
            if not isinstance(error, (OSError, sqlite3.Error, *(kind for sink in self._sinks for kind in sink.errors))):
                raise
            raise said(error, self._root) from None


def _give(ready: Ready, sinks: Sequence[Sink]) -> None:
    for sink in sinks:
        sink.add(ready)


class _Resource(Struct):
    path: str | list[str] = ""


class _Descriptor(Struct):
    resources: list[_Resource] = []


def listed(root: Path) -> set[str]:
    """The files of tables and documents that a folder's data package lists."""
    try:
        package = json.decode((root / DESCRIPTOR).read_bytes(), type=_Descriptor)
    except (OSError, DecodeError):
        return set()
    paths = {path for resource in package.resources for path in ([resource.path] if isinstance(resource.path, str) else resource.path)}
    return {path for path in paths if _is_removable(path)}  # the file may be anybody's


def _is_removable(path: str) -> bool:
    name = _OWN.fullmatch(path)
    return name is not None and {name["table"], name["csv"]} <= {None, *fields()}


def is_own(path: str) -> bool:
    """Whether a path below the folder of a data package is one that this module gives."""
    return path in (WORK, DESCRIPTOR, _SCHEMA, _CODEBOOK, _CODEBOOK_CHINESE) or _is_removable(path)
