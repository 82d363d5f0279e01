"""The commands about what was promised: ``ledger``, the sheet to score it in, and ``deadlines``, by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from qingdan.console import Failures, note, show, write_out
from qingdan.model import QingdanError
from qingdan.options import Given, Join, Lexicon, Reference, ShowLedger, ShowRows, Units
from qingdan.vocabulary_commands import knowing

if TYPE_CHECKING:
    from qingdan.model import CommitmentClass, Document

LEDGER_EPILOG = """\b
Examples:
  qingdan ledger list.txt --out ledger.xlsx                        to score in Excel
  qingdan ledger lists/ --as-of 2025-12-31 --out ledger.xlsx       with what was due by then
  qingdan ledger data/ --class committed,intended > ledger.csv     of what convert made
  qingdan ledger list.txt --class all --to json                    stances and what is done too
"""
DEADLINES_EPILOG = """\b
Examples:
  qingdan deadlines lists/
  qingdan deadlines lists/ --as-of 2025-12-31        with what is overdue, due and open
  qingdan deadlines lists/ --after 2025-12-31 --to csv
"""
_NAMED = 3  # copies that are named; qingdan copies names all
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Tell what is overdue, due and open on this day (2025-12-31); nothing asks a clock."),
]


def ledger_command(
    context: typer.Context,
    paths: Given,
    as_of: AsOf = None,
    classes: Annotated[
        list[str] | None,
        typer.Option(
            "--class",
            metavar="CLASS",
            show_default=False,
            help="Take these classes, separated by commas, or all: committed, continued and intended by default.",
        ),
    ] = None,
    to: Annotated[
        ShowLedger | None,
        typer.Option("--to", metavar="FORMAT", help="What to write: csv, xlsx or json (a line a promise); by default as --out ends."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The file to write, instead of standard output; none that was scored.")
    ] = None,
    reference_date: Reference = None,
    join: Join = True,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """Write the sheet that a coder of compliance starts from.

    One row a promise in reading order: who promises what, by when, how firmly, on what condition; and empty columns for
    score, evidence and coder. By its id the table commitments of convert has its place in the text. In Excel the header
    is frozen, texts are wrapped, columns can be filtered, and a second sheet explains them.
    """
    from qingdan.inputs import documents_given
    from qingdan.promises import CLASSES
    from qingdan.writing.csv_files import to_csv
    from qingdan.writing.ledger import ledger_rows, to_lines
    from qingdan.writing.placing import write_file
    from qingdan.writing.scores import is_scored
    from qingdan.writing.tables import promise_fields

    day = _day("--as-of", as_of)
    chosen = _classes(classes)
    kind = to or _kind(out)
    if kind is ShowLedger.xlsx and out is None:
        _refuse("--to xlsx: say with --out which file to write")
    knowing(context, lexicon, units)
    failures = Failures()
    try:
        if out is not None and is_scored(out):
            raise QingdanError(f"{out}: has scores filled in, and is not written over; give another --out")
        rows = list(ledger_rows(_naming_copies(documents_given(paths, reference_date, failures.report, join)), chosen, day))
        if not rows:
            failures.exit()  # what could not be read makes no empty sheet, least of all over another
            note(f"no commitments that are {', '.join(name for name in CLASSES if name in chosen)}")
        if kind is ShowLedger.xlsx:
            from qingdan.writing.ledger_book import to_excel

            data, notes = to_excel(rows)
            for line in notes:
                note(line)
        elif kind is ShowLedger.json:
            data = b"".join(to_lines(rows))
        else:
            data = to_csv(promise_fields()["ledger"], rows, bom=out is not None)
        if out is None:
            write_out(data)
        else:
            write_file(out, data)
    except QingdanError as error:
        failures.report(error)
    failures.exit()


def deadlines_command(
    context: typer.Context,
    paths: Given,
    as_of: AsOf = None,
    after: Annotated[str | None, typer.Option("--after", metavar="DAY", help="Only what has its last day after this day.")] = None,
    before: Annotated[str | None, typer.Option("--before", metavar="DAY", help="Only what has its last day before this day.")] = None,
    to: Annotated[
        ShowRows, typer.Option("--to", metavar="FORMAT", help="What to print: table, csv or json (a line a promise).")
    ] = ShowRows.table,
    reference_date: Reference = None,
    join: Join = True,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """List every dated promise by its last day, and how firm it is.

    How the date binds: on (that day), before (X前), by (X底前, 到X), in (some time in it), during (all of it), from
    (X起), about (X左右). How firm the promise is: conditional where it hangs on something (视情), hedged where it may
    not come about (力争, 拟), firm without a word.
    """
    from qingdan.inputs import documents_given
    from qingdan.writing.csv_files import to_csv
    from qingdan.writing.deadlines import deadline_rows, deadline_table
    from qingdan.writing.ledger import to_lines
    from qingdan.writing.tables import promise_fields

    days = _day("--as-of", as_of), _day("--after", after), _day("--before", before)
    knowing(context, lexicon, units)
    failures = Failures()
    found = deadline_rows(_naming_copies(documents_given(paths, reference_date, failures.report, join)), *days)
    if to is ShowRows.csv:
        write_out(to_csv(promise_fields()["deadlines"], found, bom=False))
    elif to is ShowRows.json:
        for line in to_lines(found):
            write_out(line)
    elif found:
        from qingdan.writing.terminal import columns

        show(deadline_table(found, columns()))
    if not found and not failures.count:
        note("no dated promises")
    failures.exit()


def _naming_copies(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents; behind them one line names those that are copies of one before, whose promises are told again."""
    from qingdan.comparing.copies import Lists
    from qingdan.comparing.faces import face

    copies: list[str] = []
    with closing(Lists()) as lists:
        for document in documents:
            first = lists.original(document.id, face(document))
            if first is not None:
                copies.append(f"{document.id} is a copy of {first}")
            yield document
    if copies:
        more = f", and {len(copies) - _NAMED} more" if len(copies) > _NAMED else ""
        note(f"{', '.join(copies[:_NAMED])}{more}: what it promises is told again")


def _day(option: str, day: str | None) -> str | None:
    """The day of an option; what is no day ends the command at once, with 2 and one line."""
    from qingdan.pipeline import reference

    try:
        return reference(day)
    except QingdanError as error:
        _refuse(f"{option} {error}")
    return None


def _classes(names: Iterable[str] | None) -> frozenset[CommitmentClass]:
    """The classes that are asked for."""
    from qingdan.promises import CLASSES, PROMISES

    asked = [name.strip() for part in names or () for name in part.split(",") if name.strip()]
    if unknown := [name for name in asked if name not in (*CLASSES, "all")]:
        _refuse(f"--class {', '.join(unknown)}: no class; choose from {', '.join(CLASSES)}, all")
    if not asked:
        return PROMISES
    return frozenset(name for name in CLASSES if name in asked or "all" in asked)


def _kind(out: Path | None) -> ShowLedger:
    """The format that the name of a file asks for."""
    if out is None:
        return ShowLedger.csv
    kinds = {".csv": ShowLedger.csv, ".xlsx": ShowLedger.xlsx, ".json": ShowLedger.json, ".jsonl": ShowLedger.json}
    if out.suffix.lower() not in kinds:
        _refuse(f"--out {out}: say with --to what to write, or end the name in .csv, .xlsx or .jsonl")
    return kinds[out.suffix.lower()]


def _refuse(words: str) -> NoReturn:
    note(words)
    raise SystemExit(2)
