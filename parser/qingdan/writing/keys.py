"""How the tables hang together: what names a row, and which columns name a row of another table."""

from __future__ import annotations

from qingdan.writing.tables import fields

KEYS = {"documents": "id", "sections": "id", "items": "id", "commitments": "id"}

# The node of a mention is a section or an item: it refers to no one table.
_REFERENCES = {"document": "documents", "copy_of": "documents", "section": "sections", "parent": "items", "item": "items"}
_SOUGHT = ("year", "node", "canonical", "code", "earliest", "latest", "class", "deadline_latest")


def references(table: str) -> dict[str, str]:
    """The columns of a table that name a row of another, or of its own, with the name of that table."""
    return {field.name: _REFERENCES[field.name] for field in fields()[table] if field.name in _REFERENCES}


def sought(table: str) -> list[str]:
    """The columns of a table that a database should have an index for."""
    return [field.name for field in fields()[table] if field.name in _REFERENCES or field.name in _SOUGHT]


def is_key(table: str, column: str) -> bool:
    """Whether a column must not be empty: it names its row, or the document of its row."""
    return column == KEYS.get(table) or column == "document"
