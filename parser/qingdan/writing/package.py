"""The data package: ``datapackage.json`` (Frictionless), made of ``data/fields.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from qingdan.model import CommitmentClass, OwnRows, Polarity
from qingdan.writing.keys import KEYS, references
from qingdan.writing.tables import Field, fields

ENUMS = {
    "role": ("on", "deadline", "since", "period"),
    "status": ("stated", "inferred", "ambiguous", "unresolved"),
    "qualifier": ("about", "over", "at_least", "at_most", "indefinite"),
    "severity": ("error", "warning", "info"),
    "part": ("title", "preamble", "section", "item"),
    "class": get_args(CommitmentClass),
    "polarity": get_args(Polarity),
}
_ABOUT = {
    "documents": ("The lists themselves, one row a document.", "清单文件,每份一行。"),
    "sections": ("Headings with provisions below them.", "章节标题。"),
    "items": ("Provisions, one row an item.", "条目,每条一行。"),
    "dates": ("Places on the calendar.", "日期。"),
    "agencies": ("Named public bodies and organisations.", "机构。"),
    "quantities": ("Numerals with their units.", "数量。"),
    "commitments": (
        "Clauses that state an act: who promises, does or says what, by when.",
        "表述行为的分句:谁承诺、做了或表示什么,何时完成。",
    ),
    "issues": ("What a reader should look at.", "需要核查之处。"),
}


def descriptor(resources: Sequence[dict[str, Any]], sources: Iterable[tuple[str, str]], own: Iterable[OwnRows] = ()) -> dict[str, Any]:
    """The data package descriptor of a folder; ``sources`` are the paths and titles of what was converted, ``own`` the files
    of the user's own rows that it was converted with.
    """
    package: dict[str, Any] = {
        "name": "qingdan",
        "title": "Outcome lists as data, by qingdan",
        "description": "Offsets are in Unicode code points into the text of a document. codebook.md explains every field.",
        "resources": list(resources),
    }
    listed = [{"title": title, "path": path} for path, title in sorted(sources)]
    listed += [{"title": f"own rows of the {rows.kind}", "path": rows.path, "sha256": rows.sha256} for rows in own]
    if listed:
        package["sources"] = listed
    return package


def file_resource(name: str, title: str, path: str | list[str], mediatype: str) -> dict[str, Any]:
    """A resource that is files of one kind; Frictionless reads the tables of CSV alone without extras, so it is told not to look in."""
    extension = (path if isinstance(path, str) else path[0]).rpartition(".")[2]
    return {"name": name, "title": title, "path": path, "type": "file", "format": extension, "mediatype": mediatype}


def about(table: str, chinese: bool = False) -> str:
    """What a table holds, in a sentence."""
    return _ABOUT[table][chinese]


def table_resource(name: str) -> dict[str, Any]:
    """A table as a resource that is a CSV file."""
    schema: dict[str, Any] = {"fields": [_field(field) for field in fields()[name]]}
    if name in KEYS:
        schema["primaryKey"] = [KEYS[name]]
    if owners := [(column, other) for column, other in references(name).items() if column in ("document", "item")]:
        schema["foreignKeys"] = [{"fields": [column], "reference": {"resource": other, "fields": ["id"]}} for column, other in owners]
    return {
        "name": name, "title": _ABOUT[name][0], "path": f"{name}.csv", "type": "table", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}, "schema": schema,
    }  # fmt: skip


def typed_schema(columns: Iterable[Field]) -> dict[str, Any]:
    """The schema of columns where lists are lists."""
    return {"fields": [_field(field, "array") for field in columns]}


def _field(field: Field, of_list: str = "string") -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": {"list": of_list, "path": "array"}.get(field.type, field.type),
        "description": f"{field.english} · {field.chinese}",
    }
    if field.name in ENUMS:
        described["constraints"] = {"enum": list(ENUMS[field.name])}
    return described
