"""The codebook: what every field means and how it is stored, made of the rows in ``data/`` about fields and issues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qingdan.data import read_rows
from qingdan.writing.package import ENUMS, about
from qingdan.writing.tables import Field, comparison_fields, fields, promise_fields

# How each type of a column is stored: type, CSV, Parquet, DuckDB, SQLite, Excel.
_STORED = (
    ("string", "text", "string", "VARCHAR", "TEXT", "text"),
    ("integer", "digits", "int64", "BIGINT", "INTEGER", "number"),
    ("number", "decimal digits", "decimal128(38, 12)", "DECIMAL(38, 12)", "NUMERIC", "number"),
    ("date", "ISO 8601", "date32", "DATE", "TEXT, ISO 8601", "text, ISO 8601"),
    ("list", "joined with `|`", "list of string", "VARCHAR[]", "TEXT, JSON array", "joined with `|`"),
    ("path", "JSON array", "list of int64", "BIGINT[]", "TEXT, JSON array", "JSON array"),
    ("boolean", "true or false", "–", "–", "–", "–"),
)
_STORING = (
    """No value is an empty cell or null. Numbers are exact in CSV and JSON, and in Parquet and DuckDB to twelve places; SQLite has
whole ones exactly and others as binary floats, Excel those of more than 15 digits as text. A text longer than 32,767 characters is
cut in Excel, whose sheet `cut` says which. In Parquet the year of a document is in the path of its file; documents without one are
in `year=0`.

In SQLite the view `search` finds words of any length, in simplified characters: part the characters and put them in double quotes,
`SELECT * FROM search WHERE words MATCH '"海 关"'`. Under `datasette qingdan.sqlite --metadata datasette.json` the query `search`
parts them itself. DuckDB, over its own file or Parquet, needs no index: `WHERE contains(body, '海关')`.""",
    """没有值即空单元格或 null。数值在 CSV 和 JSON 中精确,在 Parquet 和 DuckDB 中精确到小数点后十二位;SQLite 中整数精确,其余为二进制
浮点数;Excel 中超过 15 位的数值存为文本。超过 32,767 个字符的文本在 Excel 中被截断,由工作表 `cut` 列出。Parquet 中文件年份在路径中,
没有年份的文件在 `year=0` 中。

SQLite 的视图 `search` 可检索任意长度的词(用简体字):各字以空格分开并加双引号,如
`SELECT * FROM search WHERE words MATCH '"海 关"'`。用 `datasette qingdan.sqlite --metadata datasette.json` 打开时,
查询 `search` 自行分字。DuckDB 直接查询自身文件或 Parquet 即可:`WHERE contains(body, '海关')`。""",
)

_SHEETS = {
    "ledger": (
        "What `qingdan ledger` writes, one row a promise in reading order. In Excel the members of a list are joined with `、`.",
        "`qingdan ledger` 所写的表,每项承诺一行,按行文顺序。Excel 中列表以 `、` 连接。",
    ),
    "deadlines": (
        "What `qingdan deadlines` prints, one row a dated promise, by its last day.",
        "`qingdan deadlines` 所列,每项有日期的承诺一行,按最后一日排列。",
    ),
}


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
        lines += _table(name, about(name, chinese), columns, head, chinese, ENUMS if chinese else {})
        if name == "issues":
            lines += ["", *_issue_codes(chinese)]
    lines += ["", *_manifest(chinese)]
    for name, columns in comparison_fields().items():
        lines += _table(name, about(name, chinese), columns, head, chinese, {})
    for name, columns in promise_fields().items():
        lines += _table(f"qingdan {name}", _SHEETS[name][chinese], columns, head, chinese, {})
    lines += ["", *_storage(chinese)]
    return "\n".join(lines) + "\n"


def _table(title: str, words: str, columns: Sequence[Field], head: str, chinese: bool, enums: Mapping[str, tuple[str, ...]]) -> list[str]:
    lines = ["", f"## {title}", "", words, "", head, "|---|---|---|"]
    for field in columns:
        meaning = (field.chinese if chinese else field.english).replace("|", "\\|")
        values = f" ({', '.join(enums[field.name])})" if field.name in enums else ""
        lines.append(f"| {field.name} | {field.type} | {meaning}{values} |")
    return lines


def _manifest(chinese: bool) -> list[str]:
    """The table that ``qingdan convert`` writes beside those of the documents."""
    about = "`qingdan convert` 所发现的文件及其处理结果,每个文件一行。" if chinese else "What `qingdan convert` found, one row a file."
    head = "| 字段 | 类型 | 说明 |" if chinese else "| field | type | meaning |"
    rows = (f"| {row['field']} | {row['type']} | {row['chinese' if chinese else 'english']} |" for row in read_rows("manifest.csv"))
    return ["## manifest", "", about, "", head, "|---|---|---|", *rows]


def _storage(chinese: bool) -> list[str]:
    """How the types are stored in each format, and how to search."""
    title, first = ("## 存储", "类型") if chinese else ("## storage", "type")
    head = [f"| {first} | CSV | Parquet | DuckDB | SQLite | Excel |", "|---|---|---|---|---|---|"]
    stored = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in _STORED]
    return [title, "", *head, *stored, "", _STORING[chinese]]


def _issue_codes(chinese: bool) -> list[str]:
    """The table of the codes that an issue can have."""
    head = "| 代码 | 严重程度 | 含义 |" if chinese else "| code | severity | meaning |"
    meaning = "meaning_zh" if chinese else "meaning"
    return [head, "|---|---|---|", *(f"| {row['code']} | {row['severity']} | {row[meaning]} |" for row in read_rows("issues.csv"))]
