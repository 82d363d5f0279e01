"""``changes.json``: a comparison whole, and the JSON Schema of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_type_hints

import msgspec
from msgspec import structs

from qingdan.comparing.model import Change, Comparison, Pair, Value
from qingdan.writing.changes_view import selected
from qingdan.writing.json_files import schema_of, to_json


def changes_json(comparison: Comparison, only: Collection[str] = (), indent: int | None = None) -> bytes:
    """One JSON object in UTF-8, Chinese unescaped; with ``only`` the pairs of these statuses, or moved."""
    pairs = tuple(pair for _, pair in selected(comparison, only))
    return to_json(structs.replace(comparison, pairs=pairs), indent) + b"\n"


def changes_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a comparison, generated from the model."""
    # A value is a text or a number: of texts and Decimals, which it writes as texts elsewhere, msgspec gives no schema.
    change = _twin(Change, {Value: str | int | float | None})
    pair = _twin(Pair, {tuple[Change, ...]: tuple[change, ...]})  # type: ignore[valid-type]
    return schema_of(_twin(Comparison, {tuple[Pair, ...]: tuple[pair, ...]}), "qingdan/changes/1")  # type: ignore[valid-type]


def _twin(model: type[msgspec.Struct], types: Mapping[Any, Any]) -> type[msgspec.Struct]:
    """A struct with the name, the words and the fields of another, some of their types replaced."""
    hints = get_type_hints(model)
    fields = [
        (field.name, types.get(hints[field.name], hints[field.name]), *(() if field.required else (field.default,)))
        for field in structs.fields(model)
    ]
    return msgspec.defstruct(model.__name__, fields, namespace={"__doc__": model.__doc__})
