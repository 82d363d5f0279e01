"""Folders of output: writing documents as a data package, and reading one back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, overload

import regex
from msgspec import DecodeError, Struct, json

from qingdan.model import Document, QingdanError
from qingdan.writing.csv_files import from_csv, to_csv
from qingdan.writing.json_files import from_json, json_schema, to_json
from qingdan.writing.package import codebook, descriptor
from qingdan.writing.tables import fields, rows

if TYPE_CHECKING:
    import pandas as pd


class _Resource(Struct):
    path: str | list[str] = ""


class _Package(Struct):
    resources: list[_Resource] = []


FORMATS = ("csv", "json")
_LONGEST_NAME = 160


def write(documents: Iterable[Document], folder: str | PathLike[str], formats: Sequence[str] = FORMATS, *, bom: bool = True) -> list[Path]:
    """Write documents to a folder as a data package; give the paths written.

    formats: ``csv`` (one file a table) and ``json`` (one file a document, in ``json/``).
    bom: whether CSV begins with a byte order mark, so that Excel reads it as UTF-8.

    Beside them stand ``datapackage.json``, ``schema.json`` and the codebook in English and Chinese. The bytes depend
    on the documents alone: no clock, no path of the machine; rows are sorted by document id. Each file is written
    beside and renamed, so none is ever half there; tables and documents that an earlier call wrote to the folder and
    this one does not are removed. Raises QingdanError for an unknown format, for two documents
    with one id, or when the folder cannot be written.
    """
    if isinstance(formats, str):
        formats = (formats,)
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise QingdanError(f"{', '.join(unknown)}: no format to write; choose from {', '.join(FORMATS)}")
    ordered = sorted(documents, key=lambda document: document.id)
    for one, two in pairwise(ordered):
        if one.id == two.id:
            raise QingdanError(f"{one.id}: two documents have this id")
    files: dict[str, bytes] = {}
    tables = list(fields()) if "csv" in formats else []
    for name in tables:
        files[f"{name}.csv"] = to_csv(fields()[name], rows(name, ordered), bom)
    paths = {document.id: f"json/{_file_name(document.id)}.json" for document in ordered} if "json" in formats else {}
    for document in ordered:
        if document.id in paths:
            files[paths[document.id]] = to_json(document, indent=2) + b"\n"
    sources = [(d.document.source.path, d.document.title or d.id) for d in ordered if d.document.source.path]
    own = dict.fromkeys(file for document in ordered for file in document.document.own_rows)
    package = descriptor(tables, sorted(paths.values()), sources, list(own))
    files["datapackage.json"] = json.format(json.encode(package), indent=2) + b"\n"
    files["schema.json"] = json.format(json.encode(json_schema()), indent=2) + b"\n"
    files["codebook.md"] = codebook().encode()
    files["codebook.zh-CN.md"] = codebook(chinese=True).encode()
    root = Path(folder)
    try:
        former = _made(root)
        written = [_replace(root / name, data) for name, data in files.items()]
        for name in former - files.keys():
            (root / name).unlink(missing_ok=True)
        return written
    except OSError as error:
        raise QingdanError(f"{error.filename or root}: {error.strerror}") from None


def _made(root: Path) -> set[str]:
    """The tables and documents that the folder's data package lists."""
    try:
        package = json.decode((root / "datapackage.json").read_bytes(), type=_Package)
    except (OSError, DecodeError):
        return set()
    listed = {path for resource in package.resources for path in ([resource.path] if isinstance(resource.path, str) else resource.path)}
    # The file may be anybody's: only names that this module gives count.
    return {path for path in listed if regex.fullmatch(r"json/[^/\\]+\.json", path) or path in {f"{name}.csv" for name in fields()}}


def _file_name(document_id: str) -> str:
    """A safe file name for an id: letters, digits, ``-``, ``_`` and ``.`` stay, and another id never shares it."""
    safe = regex.sub(r"[^\p{L}\p{N}._-]", "_", document_id).lstrip(".") or "_"
    safe = safe.encode()[:_LONGEST_NAME].decode(errors="ignore")  # file systems count bytes
    if safe == document_id:
        return safe
    return f"{safe}-{hashlib.sha256(document_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _replace(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return path


@overload
def read(path: str | PathLike[str]) -> list[Document]: ...
@overload
def read(path: str | PathLike[str], table: str) -> pd.DataFrame: ...
def read(path: str | PathLike[str], table: str | None = None) -> list[Document] | pd.DataFrame:
    """Read back what ``write`` wrote.

    path: a folder that ``write`` made, or one JSON or JSON Lines file (what ``qingdan parse --to json`` prints).
    table: the name of a table: then the result is the DataFrame that ``Document.table`` gives, from the folder's CSV
        (or ``path`` itself, if it is a CSV file), with cells restored that were guarded against spreadsheets.

    Raises QingdanError when there is nothing of the kind, or it is not what ``write`` makes.
    """
    place = Path(path)
    try:
        if table is not None:
            return _read_table(place, table)
        if not place.is_dir():
            return _read_json(place)
        found = [place / name for name in sorted(_made(place)) if name.startswith("json/")]
        if not found:
            raise QingdanError(f"{place}: no JSON documents here; a table can be read by name")
        return sorted((document for file in found for document in _read_json(file)), key=lambda document: document.id)
    except OSError as error:
        raise QingdanError(f"{error.filename}: {error.strerror}") from None


def _read_json(path: Path) -> list[Document]:
    data = path.read_bytes()
    if data.lstrip().startswith(b"{") and b"\n{" in data.strip():
        lines = data.splitlines()
        return [from_json(line, f"{path}:{i}") for i, line in enumerate(lines, 1) if line.strip()]
    return [from_json(data, str(path))]


def _read_table(path: Path, table: str) -> pd.DataFrame:
    from qingdan.writing.frames import from_rows

    if table not in fields():
        raise QingdanError(f"{table}: no such table; choose from {', '.join(fields())}")
    file = path / f"{table}.csv" if path.is_dir() else path
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return from_rows(table, from_csv(text, fields()[table]))
    except ValueError as error:
        raise QingdanError(f"{file}: no table of qingdan: {error}") from None
