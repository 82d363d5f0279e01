"""The commands about several lists: ``copies`` of one, and ``diff``, what changed between two."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import structs

from qingdan.console import Failures, note, show, tell, write_out
from qingdan.model import Document, QingdanError
from qingdan.options import Join, Lexicon, Only, Paths, References, ShowChanges, ShowCopies, Units
from qingdan.vocabulary_commands import knowing

if TYPE_CHECKING:
    from qingdan.comparing.model import Comparison

DIFF_EPILOG = """\b
Examples:
  qingdan diff 2014.txt 2015.txt                   figures, then pair by pair
  qingdan diff 2014.txt 2015.txt --only dropped    what quietly disappeared
  qingdan diff 2014.txt 2015.txt --out changes     all forms, as files
  qingdan diff data#2014.list 2015.pdf --to json   one that convert made, and a file
  qingdan diff 2014.txt 2015.txt --pairs own.csv   with the pairs.csv of --out, put right

\b
Each item of either list stands in one pair: kept (equal but for typography), reworded, split, merged, new or
dropped; and moved beside it, where it stands in another section or elsewhere among its neighbours.
Exit codes: 0 compared, whether or not anything changed; 1 a list could not be read, or nothing could be written;
2 wrong usage, or a fault in a file of --pairs, --lexicon or --units.
"""

_SIDE = "A file of any kind that can be read, JSON or a folder that convert made (FOLDER#ID for one of many), or - for standard input."
Pairs = Annotated[
    Path | None,
    typer.Option("--pairs", metavar="FILE", help="Take these pairs as they are: CSV with the columns old and new."),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write changes.json, changes.csv, pairs.csv, changes.md and changes.html there.")
]
Rounds = Annotated[
    list[int] | None, typer.Option("--round", metavar="N", min=1, help="The round that a list is of; given twice, for OLD and for NEW.")
]


def copies_command(
    context: typer.Context,
    paths: Paths,
    to: Annotated[
        ShowCopies, typer.Option("--to", metavar="FORMAT", help="What to print: table, json (a line a list) or csv.")
    ] = ShowCopies.table,
    join: Join = True,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """Find copies of one list, and list how they differ.

    Each copy is compared with the first. Differences are of words, of structure (an item that one lacks, another
    number) or of mere form (blanks, width, traditional characters), which the table only counts.
    """
    from qingdan.comparing.copies import groups
    from qingdan.inputs import documents_below
    from qingdan.verdicts import counted
    from qingdan.writing.copies import COLUMNS, compared, difference_rows, overview, to_line
    from qingdan.writing.csv_files import to_csv

    knowing(context, lexicon, units)
    failures = Failures()
    documents = list(documents_below(paths, None, failures.report, join))
    found = [compared(group) for group in groups(documents) if len(group) > 1]
    if to is ShowCopies.csv:
        write_out(to_csv(COLUMNS, difference_rows(found), bom=False))
    for group in found:
        if to is ShowCopies.json:
            write_out(to_line(group))
        elif to is ShowCopies.table:
            show(overview(group))
    if documents and not found:
        note(f"no copies among {counted(len(documents), 'document')}")
    failures.exit()


def diff_command(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help=_SIDE)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The list that came after it, the same way.")],
    to: Annotated[
        ShowChanges | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="What to print: text (the default on a terminal), json (the default elsewhere), csv, markdown or html.",
        ),
    ] = None,
    out: Out = None,
    only: Annotated[
        list[Only] | None,
        typer.Option(
            "--only",
            metavar="STATUS",
            help="Show only pairs that are kept, reworded, split, merged, new, dropped or moved; may be given again.",
        ),
    ] = None,
    pairs: Pairs = None,
    chinese: Annotated[bool, typer.Option("--chinese", help="Tell it in Chinese: text, Markdown and HTML.")] = False,
    reference_date: References = None,
    series: Annotated[str | None, typer.Option("--series", metavar="NAME", help="The series of meetings that both are rounds of.")] = None,
    rounds: Rounds = None,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """Compare two lists: what was promised again, what changed, what is gone.

    Items are put together by what they say, whatever their numbers. Inside each pair: the words that differ, deadlines
    moved, agencies that joined and left, quantities, rounds and instruments. JSON is one object, CSV a row a change, and
    one for each pair without any.
    """
    from qingdan.comparing.compare import compare

    if old == new == "-":
        raise typer.BadParameter("standard input is one list", param_hint="NEW")
    if rounds and len(rounds) != 2:
        raise typer.BadParameter("give it twice, for OLD and for NEW", param_hint="--round")
    knowing(context, lexicon, units)
    first, second = _sides((old, new), reference_date or [], series, rounds or (None, None))
    try:
        comparison = compare(first, second, pairs)
    except QingdanError as error:
        for line in str(error).splitlines():
            note(line)
        raise SystemExit(2) from None
    chosen = [status.value for status in only or ()]
    if out is not None:
        _write(out, comparison, first, second, chosen, chinese)
    if to is not None or out is None:
        _print(to or (ShowChanges.text if sys.stdout.isatty() else ShowChanges.json), comparison, first, second, chosen, chinese)


def _sides(names: Sequence[str], days: Sequence[str], series: str | None, rounds: Sequence[int | None]) -> list[Document]:
    """The two lists; ends the process with 1 when one of them cannot be read."""
    from qingdan.inputs import one_document

    if len(days) > 2:
        raise typer.BadParameter("give it once for both, or twice, for OLD and for NEW", param_hint="--reference-date")
    failures = Failures()
    found = []
    own_days: Sequence[str | None] = [*days, *days] if len(days) == 1 else days or [None, None]
    for name, day, number in zip(names, own_days, rounds, strict=True):
        try:
            found.append(_known_as(one_document(name, day), series, number))
        except QingdanError as error:
            failures.report(error)
    failures.exit()
    for name, document in zip(names, found, strict=True):
        if not document.items:  # a page that only tells of the list, say
            note(f"{name}: has no items")
    return found


def _known_as(document: Document, series: str | None, number: int | None) -> Document:
    """The document with what the user says of its meeting."""
    about = document.document
    about = structs.replace(about, series=series or about.series, round=number or about.round)
    return structs.replace(document, document=about)


def _print(to: ShowChanges, comparison: Comparison, old: Document, new: Document, only: Sequence[str], chinese: bool) -> None:
    if to is ShowChanges.json:
        from qingdan.writing.changes_json import changes_json

        write_out(changes_json(comparison, only))
    elif to is ShowChanges.csv:
        from qingdan.writing.changes_csv import changes_csv

        write_out(changes_csv(comparison, old, new, only))
    else:
        from qingdan.writing.changes_view import view

        seen = view(comparison, old, new, only, chinese)
        if to is ShowChanges.markdown:
            from qingdan.writing.changes_markdown import changes_markdown

            write_out(changes_markdown(seen))
        elif to is ShowChanges.html:
            from qingdan.writing.changes_html import changes_html

            write_out(changes_html(seen))
        else:
            from qingdan.writing.changes_terminal import changes_text

            show(changes_text(seen, marked=not sys.stdout.isatty()))


def _write(folder: Path, comparison: Comparison, old: Document, new: Document, only: Sequence[str], chinese: bool) -> None:
    from qingdan.verdicts import counted
    from qingdan.writing.changes_folder import write_changes

    try:
        write_changes(folder, comparison, old, new, only, chinese)
    except QingdanError as error:
        note(str(error))
        raise SystemExit(1) from None
    changed = sum(pair.status != "kept" for pair in comparison.pairs)
    tell(f"{counted(len(comparison.pairs), 'pair')}, {changed} of them changed -> {folder}")
