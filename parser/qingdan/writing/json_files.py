"""JSON: one object a document, and the JSON Schema of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from qingdan.model import SCHEMA, Document, Mentions, QingdanError
from qingdan.reading.folding import without_surrogates

if TYPE_CHECKING:
    from qingdan.verdicts import Verdict


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(decimal_format="number")


@cache
def _decoder() -> msgspec.json.Decoder[Document]:
    return msgspec.json.Decoder(Document)


def to_json(value: Document | Mentions | Verdict, indent: int | None = None) -> bytes:
    """One JSON object in UTF-8, Chinese unescaped, fields in the model's order; with ``indent`` over many lines."""
    try:
        encoded = _encoder().encode(value)
    except UnicodeEncodeError:
        # A lone surrogate, which only a caller's own string can hold, has no UTF-8 form.
        encoded = _encoder().encode(_encodable(msgspec.to_builtins(value, builtin_types=())))
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


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
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **msgspec.json.schema(Document)}
    return _with_numbers(schema)  # type: ignore[no-any-return]


def _with_numbers(schema: Any) -> Any:
    """Decimals are written as JSON numbers, where msgspec's schema expects strings."""
    if isinstance(schema, dict):
        if schema.get("format") == "decimal":
            return {"type": "number"}
        return {key: _with_numbers(value) for key, value in schema.items()}
    return [_with_numbers(value) for value in schema] if isinstance(schema, list) else schema
