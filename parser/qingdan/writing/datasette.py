"""What ``datasette`` shows beside the SQLite database: titles, the meaning of tables and columns, and a search."""

from __future__ import annotations

from typing import Any

from qingdan.writing.full_text import QUERY
from qingdan.writing.package import about
from qingdan.writing.tables import fields

METADATA = "datasette.json"
_FACETS: dict[str, list[str | dict[str, str]]] = {
    "documents": ["year", "series", {"array": "parties"}],
    "dates": ["role", "status"],
    "agencies": ["kind", {"array": "canonical"}],
    "quantities": ["kind", "code"],
    "commitments": ["class", "polarity", {"array": "actors"}],
    "issues": ["code", "severity"],
}


def metadata(database: str) -> dict[str, Any]:
    """The metadata file of a database of a name."""
    tables: dict[str, Any] = {}
    for table, columns in fields().items():
        tables[table] = {"description": about(table), "columns": {field.name: f"{field.english} · {field.chinese}" for field in columns}}
        if table in _FACETS:
            tables[table]["facets"] = _FACETS[table]
    tables["passages"] = {"description": "What the search looks through: the rows of the full-text index.", "hidden": True}
    search = {
        "title": "Search · 检索",
        "description": "Words of any length, in simplified characters (海关); of several, parted by blanks, a text must hold all.",
        "sql": QUERY.strip(),
        "params": ["words"],
        "hide_sql": True,
    }
    described = {"title": "Outcome lists", "description": "Made by qingdan.", "tables": tables, "queries": {"search": search}}
    return {"title": "Outcome lists as data, by qingdan", "databases": {database: described}}
