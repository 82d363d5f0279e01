"""The options and arguments that commands share, and what each may be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Show(StrEnum):
    """What ``parse`` prints."""

    outline = "outline"
    json = "json"
    csv = "csv"


class ShowCopies(StrEnum):
    """What ``copies`` prints."""

    table = "table"
    json = "json"
    csv = "csv"


class ShowRows(StrEnum):
    """What ``lexicon unknown`` and ``units unknown`` print."""

    table = "table"
    csv = "csv"
    json = "json"


class Report(StrEnum):
    """What ``check`` prints."""

    text = "text"
    json = "json"


class Kind(StrEnum):
    """Kinds of mention."""

    dates = "dates"
    agencies = "agencies"
    quantities = "quantities"


Reference = Annotated[
    str | None,
    typer.Option("--reference-date", metavar="DAY", help="Count relative dates from this day (2015-06-24), not from the document's own."),
]
Lexicon = Annotated[
    list[str] | None,
    typer.Option("--lexicon", metavar="FILE", help="Know the bodies of this CSV file too (columns of agencies.csv); may be given again."),
]
Units = Annotated[
    list[str] | None,
    typer.Option("--units", metavar="FILE", help="Know the units of this CSV file too (columns of units.csv); may be given again."),
]
Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Files: text, Markdown, HTML, Word, PDF, WARC; - is standard input.")]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, and folders, read with all below them.")]
Join = Annotated[bool, typer.Option("--join/--no-join", help="Join files that are plainly pages of one article.")]
