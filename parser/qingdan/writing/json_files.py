"""JSON: one object a document, and the JSON Schema of it."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import msgspec
import regex

from qingdan.model import SCHEMA, Document, Mentions, QingdanError
from qingdan.reading.folding import without_surrogates
from qingdan.writing.package import file_resource

if TYPE_CHECKING:
    from qingdan.comparing.history import Trace
    from qingdan.comparing.model import Comparison
    from qingdan.verdicts import Verdict
    from qingdan.writing.ready import Ready


LINES = "documents.jsonl"
_LONGEST_NAME = 160


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(decimal_format="number")


@cache
def _decoder() -> msgspec.json.Decoder[Document]:
    return msgspec.json.Decoder(Document)


def to_json(value: Document | Mentions | Verdict | Comparison | Trace | dict[str, Any], indent: int | None = None) -> bytes:
    """One JSON object in UTF-8, Chinese unescaped, fields in the model's order; with ``indent`` over many lines."""
    try:
        encoded = _encoder().encode(value)
    except UnicodeEncodeError:
        # A lone surrogate, which only a caller's own string can hold, has no UTF-8 form.
        encoded = _encoder().encode(_encodable(msgspec.to_builtins(value, builtin_types=())))
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


def json_file(value: Document | Comparison | Trace | dict[str, Any]) -> bytes:
    """A file of JSON to read: one object over many lines."""
    return to_json(value, indent=2) + b"\n"


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {key: _encodable(cell) for key, cell in value.items()}
    return [_encodable(cell) for cell in value] if isinstance(value, list | tuple) else value


def from_json(data: bytes, name: str) -> Document:
    """The document that ``to_json`` encoded. QingdanError, naming the place, when it is something else."""
    try:
        return _decoder().decode(data)
    except msgspec.DecodeError as error:
        raise QingdanError(f"{name}: no document of {SCHEMA}: {error}") from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a document, generated from the model."""
    return schema_of(Document, SCHEMA)


def schema_of(model: type[msgspec.Struct], name: str) -> dict[str, Any]:
    """The JSON Schema of what ``to_json`` makes of a struct; ``name`` is its ``$id``."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **msgspec.json.schema(model)}
    return _with_numbers(schema)  # type: ignore[no-any-return]


def _with_numbers(schema: Any) -> Any:
    """Decimals are written as JSON numbers, where msgspec's schema expects strings."""
    if isinstance(schema, dict):
        if schema.get("format") == "decimal":
            return {"type": "number"}
        return {key: _with_numbers(value) for key, value in schema.items()}
    return [_with_numbers(value) for value in schema] if isinstance(schema, list) else schema


class JsonDocuments:
    """One JSON file a document, in ``json/``, of many lines to read."""

    errors = (OSError,)

    def __init__(self, folder: Path) -> None:
        self.notes: list[str] = []
        self._folder = folder / "json"
        self._paths: list[str] = []
        self._alike: set[str] = set()

    def begin(self) -> None:
        self._folder.mkdir()

    def add(self, ready: Ready) -> None:
        name = f"{file_name(ready.about.id)}.json"
        if (alike := normalize("NFC", name).casefold()) in self._alike:  # one file to the systems of Windows and the Mac
            name = f"{file_name(ready.about.id, told_apart=True)}.json"
        self._alike.add(alike)
        with (self._folder / name).open("wb") as file:
            file.writelines(ready.file)
        self._paths.append(f"json/{name}")

    def finish(self) -> list[dict[str, Any]]:
        if not self._paths:
            return []
        paths = sorted(self._paths)
        resource = {
            "name": "json",
            "title": "The documents whole, one JSON object a file (schema.json)",
            "path": paths[0] if len(paths) == 1 else paths,
            "format": "json",
            "mediatype": "application/json",
        }
        return [resource]

    def abandon(self) -> None:
        pass


class JsonLines:
    """All documents in one file, one JSON object a line."""

    errors = (OSError,)

    def __init__(self, folder: Path) -> None:
        self.notes: list[str] = []
        self._place = folder / LINES
        self._open = ExitStack()

    def begin(self) -> None:
        self._file = self._open.enter_context(self._place.open("wb"))

    def add(self, ready: Ready) -> None:
        self._file.write(ready.json + b"\n")

    def finish(self) -> list[dict[str, Any]]:
        self._open.close()
        return [file_resource("jsonl", "The documents whole, one JSON object a line (schema.json)", LINES, "application/jsonl")]

    def abandon(self) -> None:
        self._open.close()


def file_name(document_id: str, told_apart: bool = False) -> str:
    """A safe file name for an id: letters, digits, ``-``, ``_`` and ``.`` stay, and another id never shares it.

    told_apart: whether another has it but for the case of its letters.
    """
    safe = regex.sub(r"[^\p{L}\p{N}._-]", "_", document_id).lstrip(".") or "_"
    safe = safe.encode()[:_LONGEST_NAME].decode(errors="ignore")  # file systems count bytes
    if safe == document_id and not told_apart:
        return safe
    return f"{safe}-{hashlib.sha256(document_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
