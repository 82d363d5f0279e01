"""What ``qingdan diff --out`` writes: a comparison in every form, as a data package."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from qingdan.comparing.model import Comparison
from qingdan.model import Document, Metadata
from qingdan.writing.changes_csv import changes_csv, pairs_csv
from qingdan.writing.changes_html import changes_html
from qingdan.writing.changes_json import changes_json, changes_schema
from qingdan.writing.changes_markdown import changes_markdown
from qingdan.writing.changes_view import heading, view
from qingdan.writing.json_files import json_file
from qingdan.writing.package import DESCRIPTOR, comparison_resource, file_resource, keep_others
from qingdan.writing.placing import write_files

_NAME = "qingdan-changes"
_FILES = (
    file_resource("json", "The comparison whole (changes.schema.json)", "changes.json", "application/json"),
    file_resource("markdown", "A report of it", "changes.md", "text/markdown"),
    file_resource("html", "The two lists side by side", "changes.html", "text/html"),
)


def write_changes(
    folder: Path, comparison: Comparison, old: Document, new: Document, only: Collection[str] = (), chinese: bool = False
) -> list[Path]:
    """Write a comparison of two documents to a folder as JSON, CSV, Markdown and HTML; give the paths of the files.

    only: statuses, and ``moved``: pairs of others are left out. chinese: whether Markdown and HTML are in Chinese.

    The bytes depend on the documents alone; nothing is ever half there. Raises QingdanError when the folder cannot be
    written, or holds another data package, whose description would be lost.
    """
    keep_others(folder, _NAME)
    seen = view(comparison, old, new, only, chinese)
    files = {
        "changes.json": changes_json(comparison, only, indent=2),
        "changes.csv": changes_csv(comparison, old, new, only, bom=True),
        "pairs.csv": pairs_csv(comparison, old, new, only, bom=True),
        "changes.md": changes_markdown(seen),
        "changes.html": changes_html(seen),
        "changes.schema.json": json_file(changes_schema()),
        DESCRIPTOR: json_file(_descriptor(comparison.old, comparison.new)),
    }
    return write_files(folder, files, last=DESCRIPTOR)


def _descriptor(old: Metadata, new: Metadata) -> dict[str, Any]:
    sources = [{"title": heading(about), "path": about.source.path} for about in (old, new) if about.source.path]
    package: dict[str, Any] = {
        "name": _NAME,
        "title": "What changed between two lists, by qingdan",
        "description": "Offsets are in Unicode code points into the texts of the two documents.",
        "resources": [comparison_resource("changes"), comparison_resource("pairs"), *_FILES],
    }
    return package | {"sources": sources} if sources else package
