"""The data package: ``datapackage.json`` (Frictionless) and the codebook, both made of ``data/fields.csv`` and ``data/issues.csv``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qingdan.data import read_rows
from qingdan.model import OwnRows
from qingdan.writing.tables import Field, fields

_TYPES = {"list": "string", "path": "array"}
_ENUMS = {
    "role": ("on", "deadline", "since", "period"),
    "status": ("stated", "inferred", "ambiguous", "unresolved"),
    "qualifier": ("about", "over", "at_least", "at_most", "indefinite"),
    "severity": ("error", "warning", "info"),
    "part": ("title", "preamble", "section", "item"),
}
_KEYS = {"documents": ["id"], "sections": ["id"], "items": ["id"]}
_ABOUT = {
    "documents": ("The lists themselves, one row a document.", "清单文件,每份一行。"),
    "sections": ("Headings with provisions below them.", "章节标题。"),
    "items": ("Provisions, one row an item.", "条目,每条一行。"),
    "dates": ("Places on the calendar.", "日期。"),
    "agencies": ("Named public bodies and organisations.", "机构。"),
    "quantities": ("Numerals with their units.", "数量。"),
    "issues": ("What a reader should look at.", "需要核查之处。"),
}


def descriptor(
    tables: Sequence[str], json_paths: Sequence[str], sources: Sequence[tuple[str, str]], own: Sequence[OwnRows] = ()
) -> dict[str, Any]:
    """The data package descriptor of a folder; ``sources`` are the paths and titles of what was converted, ``own`` the files
    of the user's own rows that it was converted with.
    """
    resources: list[dict[str, Any]] = [_table(name) for name in tables]
    if json_paths:
        resources.append(
            {
                "name": "json",
                "title": "The documents whole, one JSON object a file (schema.json)",
                "path": json_paths[0] if len(json_paths) == 1 else list(json_paths),
                "format": "json",
                "mediatype": "application/json",
            }
        )
    package: dict[str, Any] = {
        "name": "qingdan",
        "title": "Outcome lists as data, by qingdan",
        "description": "Offsets are in Unicode code points into the text of a document. codebook.md explains every field.",
        "resources": resources,
    }
    listed = [{"title": title, "path": path} for path, title in sorted(sources)]
    listed += [{"title": f"own rows of the {rows.kind}", "path": rows.path, "sha256": rows.sha256} for rows in own]
    if listed:
        package["sources"] = listed
    return package


def _table(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in fields()[name]]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    if name != "documents":
        schema["foreignKeys"] = [{"fields": ["document"], "reference": {"resource": "documents", "fields": ["id"]}}]
    return {
        "name": name, "title": _ABOUT[name][0], "path": f"{name}.csv", "type": "table", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}, "schema": schema,
    }  # fmt: skip


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES.get(field.type, field.type),
        "description": f"{field.english} · {field.chinese}",
    }
    if field.name in _ENUMS:
        described["constraints"] = {"enum": list(_ENUMS[field.name])}
    return described


def codebook(chinese: bool = False) -> str:
    """The codebook in Markdown, in English or in Chinese."""
    if chinese:
        lines = ["# 编码手册", "", "由 qingdan 生成。字符位置按 Unicode 码位计;列表以 `|` 连接;空格表示没有值。"]
        lines.append("以撇号开头、其后为 `=` `+` `-` `@` 等的单元格,原文没有该撇号:它防止电子表格把文本当作公式。")
        head = "| 字段 | 类型 | 说明 |"
    else:
        lines = ["# Codebook", "", "Made by qingdan. Offsets are in Unicode code points; lists are joined with `|`; an empty cell"]
        lines.append("is no value. A cell that begins with an apostrophe before `=` `+` `-` `@` or a tab has none in the text: it keeps a")
        lines.append("spreadsheet from running the text as a formula, and `qingdan.read` takes it off.")
        head = "| field | type | meaning |"
    for name, columns in fields().items():
        lines += ["", f"## {name}", "", _ABOUT[name][chinese], "", head, "|---|---|---|"]
        for field in columns:
            meaning = (field.chinese if chinese else field.english).replace("|", "\\|")
            values = f" ({', '.join(_ENUMS[field.name])})" if field.name in _ENUMS and chinese else ""
            lines.append(f"| {field.name} | {field.type} | {meaning}{values} |")
        if name == "issues":
            lines += ["", *_issue_codes(chinese)]
    return "\n".join(lines) + "\n"


def _issue_codes(chinese: bool) -> list[str]:
    """The table of the codes that an issue can have."""
    head = "| 代码 | 严重程度 | 含义 |" if chinese else "| code | severity | meaning |"
    meaning = "meaning_zh" if chinese else "meaning"
    return [head, "|---|---|---|", *(f"| {row['code']} | {row['severity']} | {row[meaning]} |" for row in read_rows("issues.csv"))]
