"""The options and arguments that commands share, and what each may be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

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


class ShowTrace(StrEnum):
    """What ``trace`` prints."""

    table = "table"
    json = "json"
    csv = "csv"


class ShowRows(StrEnum):
    """What ``deadlines``, ``lexicon unknown`` and ``units unknown`` print."""

    table = "table"
    csv = "csv"
    json = "json"


class ShowChanges(StrEnum):
    """What ``diff`` prints."""

    text = "text"
    json = "json"
    csv = "csv"
    markdown = "markdown"
    html = "html"


class Only(StrEnum):
    """Which pairs of items ``diff`` shows."""

    kept = "kept"
    reworded = "reworded"
    split_ = "split"  # a string has a method of that name
    merged = "merged"
    new = "new"
    dropped = "dropped"
    moved = "moved"


class ShowLedger(StrEnum):
    """What ``ledger`` writes."""

    csv = "csv"
    xlsx = "xlsx"
    json = "json"


class Report(StrEnum):
    """What ``check`` prints."""

    text = "text"
    json = "json"


class Schema(StrEnum):
    """What ``schema`` prints the JSON Schema of."""

    document = "document"
    changes = "changes"
    trace = "trace"


class Kind(StrEnum):
    """Kinds of mention."""

    dates = "dates"
    agencies = "agencies"
    quantities = "quantities"


def _checked_days(days: Any) -> Any:
    """A day or several, if they are days; only where there are any is the pipeline woken."""
    if days:
        from qingdan.model import QingdanError
        from qingdan.pipeline import reference

        try:
            for day in [days] if isinstance(days, str) else days:
                reference(day)
        except QingdanError as error:
            raise typer.BadParameter(str(error), param_hint="--reference-date") from None
    return days


Reference = Annotated[
    str | None,
    typer.Option(
        "--reference-date",
        metavar="DAY",
        callback=_checked_days,
        help="Count relative dates from this day (2015-06-24), not from the document's own.",
    ),
]
References = Annotated[
    list[str] | None,
    typer.Option(
        "--reference-date",
        metavar="DAY",
        callback=_checked_days,
        help="Count relative dates from this day; given twice, those of OLD and of NEW.",
    ),
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
Given = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        help="Files, folders with all below them, and what convert made (its folder, JSON, JSON Lines); - is standard input.",
    ),
]
Join = Annotated[bool, typer.Option("--join/--no-join", help="Join files that are plainly pages of one article.")]
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files, folders (with all below them), archives (.zip, .tar, .tar.gz, .tar.xz, .tar.zst, .warc), addresses (s3://…).",
    ),
]
Include = Annotated[
    list[str] | None,
    typer.Option(
        "--include", metavar="GLOB", help="Take only files of such a path or name (*.html), whatever their suffix; may be given again."
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="GLOB", help="Take no files or archives of such a path or name; may be given again."),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        min=0,
        metavar="N",
        show_default=False,
        help="Processes to work in: all cores by default; 0 for none but this one, without --timeout.",
    ),
]
Timeout = Annotated[float, typer.Option("--timeout", min=0, metavar="SECONDS", help="Give a document up after so long; 0 for never.")]
MaxSize = Annotated[float, typer.Option("--max-size", min=0.001, metavar="MB", help="Give a document up that is larger.")]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Work on the Dask cluster of this scheduler (tcp://host:8786).")
]
Dask = Annotated[bool, typer.Option("--dask", help="Work on a Dask cluster of --jobs processes on this machine.")]
Update = Annotated[bool, typer.Option("--update", help="Keep what is not there any more, marked as gone; print what changed.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell nothing but what failed.")]
