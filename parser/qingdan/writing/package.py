"""The data package: ``datapackage.json`` (Frictionless), made of ``data/fields.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import msgspec

from qingdan.comparing.history import FateKind
from qingdan.comparing.model import PairStatus
from qingdan.model import CommitmentClass, OwnRows, Polarity, QingdanError
from qingdan.writing.keys import KEYS, references
from qingdan.writing.tables import Field, comparison_fields, fields

DESCRIPTOR = "datapackage.json"
ENUMS = {
    "role": ("on", "deadline", "since", "period"),
    "status": ("stated", "inferred", "ambiguous", "unresolved"),
    "qualifier": ("about", "over", "at_least", "at_most", "indefinite"),
    "severity": ("error", "warning", "info"),
    "part": ("title", "preamble", "section", "item"),
    "class": get_args(CommitmentClass),
    "polarity": get_args(Polarity),
}
COMPARISON_ENUMS: dict[str, tuple[str, ...]] = {"status": get_args(PairStatus), "fate": get_args(FateKind)}
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
    "changes": (
        "What `qingdan diff` found changed between two lists: one row a change, and one for each pair without any.",
        "`qingdan diff` 所得两份清单之间的变化,每项变化一行;没有变化的组也各占一行。",
    ),
    "pairs": (
        "Which items `qingdan diff` put together, one row for each two; to be put right and given back with `--pairs`. Only `old` and "
        "`new` count then.",
        "`qingdan diff` 的条目对应关系,每两条一行;改正后可用 `--pairs` 交回,其中只有 `old` 和 `new` 起作用。",
    ),
    "threads": (
        "What `qingdan trace` found promised again from round to round, one row a thread; beside these columns two for each round, "
        "`round_7` with the ids of its items and `round_7_presence` with how they came there.",
        "`qingdan trace` 所得的线索(各轮反复出现的承诺),每条一行;除下列各列外每轮另有两列:`round_7` 为条目标识,"
        "`round_7_presence` 为出现方式。",
    ),
    "deadlines": ("The deadlines of all rounds and what became of each.", "各轮的期限及其结局,每个期限一行。"),
    "rounds": ("The rounds of the series, in order.", "该系列的各轮,按次序每轮一行。"),
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


class _Package(msgspec.Struct):
    name: str = "without a name"


def keep_others(folder: Path, name: str) -> None:
    """Raise QingdanError where a folder holds a data package of another name, whose description would be lost."""
    try:
        there = msgspec.json.decode((folder / DESCRIPTOR).read_bytes(), type=_Package).name
    except (OSError, msgspec.DecodeError):
        return
    if there != name:
        raise QingdanError(f"{folder}: holds a data package already ({there}); choose another folder")


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
    return _csv_resource(name, schema)


def comparison_resource(name: str, columns: Iterable[Field] | None = None) -> dict[str, Any]:
    """A table of a comparison or a trace as a resource that is a CSV file; ``columns`` where it has others than it always has."""
    shown = comparison_fields()[name] if columns is None else columns
    return _csv_resource(name, {"fields": [_field(field, enums=COMPARISON_ENUMS) for field in shown]})


def _csv_resource(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "title": _ABOUT[name][0], "path": f"{name}.csv", "type": "table", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}, "schema": schema,
    }  # fmt: skip


def typed_schema(columns: Iterable[Field]) -> dict[str, Any]:
    """The schema of columns where lists are lists."""
    return {"fields": [_field(field, "array") for field in columns]}


def _field(field: Field, of_list: str = "string", enums: Mapping[str, tuple[str, ...]] = ENUMS) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": {"list": of_list, "path": "array"}.get(field.type, field.type),
        "description": f"{field.english} · {field.chinese}",
    }
    if field.name in enums:
        described["constraints"] = {"enum": list(enums[field.name])}
    return described
