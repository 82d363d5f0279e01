"""The commands about rows: ``lexicon`` and ``units``, what is wrong with a file of them and which ones are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qingdan.console import Failures, note, printable, standard_input, write_out
from qingdan.model import Document, QingdanError
from qingdan.options import Join, Lexicon, Paths, ShowRows, Units

if TYPE_CHECKING:
    from qingdan.vocabulary.files import File
    from qingdan.vocabulary.lint import Report
    from qingdan.vocabulary.unknown import Candidate

Rows = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="CSV files of rows; - is standard input. The package's own without any.", show_default=False),
]
To = Annotated[
    ShowRows, typer.Option("--to", metavar="FORMAT", help="What to print: table, csv (a file of rows) or json (a line a candidate).")
]

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
lexicon_commands = typer.Typer(
    help="The lexicon of bodies: check files of rows, find what is missing.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings=_HELP,
)
units_commands = typer.Typer(
    help="The units: check files of rows, find what is missing.", no_args_is_help=True, rich_markup_mode=None, context_settings=_HELP
)

_CHECK_EPILOG = """\b
Examples:
  qingdan {0} check             the package's own rows
  qingdan {0} check own.csv     a file for --{0}
"""
_UNKNOWN_EPILOG = """\b
Examples:
  qingdan {0} unknown lists/
  qingdan {0} unknown lists/ --to csv > own.csv    a file of rows, to look over and complete
  qingdan parse list.txt --{0} own.csv             and to parse with
  qingdan {0} unknown lists/ --{0} own.csv         what is missing still
"""


def knowing(context: typer.Context, lexicon: Sequence[str] | None, units: Sequence[str] | None) -> None:
    """Have a command know the rows of files too, up to its end; a file with a fault ends it at once, with 2 and one line."""
    if not lexicon and not units:
        return
    from qingdan.vocabulary.own import own

    try:
        context.with_resource(own(lexicon, units))
    except QingdanError as error:
        note(str(error))
        raise SystemExit(2) from None


@lexicon_commands.command("check", epilog=_CHECK_EPILOG.format("lexicon"))
def check_lexicon(files: Rows = None) -> None:
    """Check files of bodies.

    The columns are id, name, english, party, kind, parent, aliases (joined by |), from and to; only name is needed.
    One line a fault (file:line: severity: message) and one of figures a file. The exit code is 1 where there is an
    error: the file cannot be used then.
    """
    from qingdan.vocabulary.lint import lexicon_report, package_lexicon_report

    _report(lexicon_report(_opened(files)) if files else [package_lexicon_report()])


@units_commands.command("check", epilog=_CHECK_EPILOG.format("units"))
def check_units(files: Rows = None) -> None:
    """Check files of units.

    The columns are unit, kind and code (ISO 4217 for money, UCUM for others); only unit is needed. One line a fault
    (file:line: severity: message) and one of figures a file. The exit code is 1 where there is an error: the file
    cannot be used then.
    """
    from qingdan.vocabulary.lint import package_units_report, units_report

    _report(units_report(_opened(files)) if files else [package_units_report()])


def _opened(names: Sequence[str]) -> Iterator[File]:
    from qingdan.vocabulary.files import File, opened

    for name in names:
        yield File("-", standard_input().read()) if name == "-" else opened(name)[0]


def _report(reports: Iterable[Report]) -> None:
    failures = Failures()
    try:
        for report in reports:
            write_out("".join(f"{printable(line)}\n" for line in report.lines()).encode())
            failures.count += bool(report.errors)
    except QingdanError as error:
        failures.report(error)
    failures.exit()


@lexicon_commands.command("unknown", epilog=_UNKNOWN_EPILOG.format("lexicon"))
def unknown_lexicon(context: typer.Context, paths: Paths, to: To = ShowRows.table, join: Join = True, lexicon: Lexicon = None) -> None:
    """List the bodies of documents that no row names.

    Those are the bodies found by their words alone, the most frequent first: how often each stands, in how many
    documents, what found it, one or two places, and its row, without what only a person can know (the English name,
    the years).
    """
    from qingdan.vocabulary.bodies import COLUMNS
    from qingdan.vocabulary.unknown_bodies import unknown_bodies

    knowing(context, lexicon, None)
    _unknown(paths, join, to, COLUMNS, unknown_bodies)


@units_commands.command("unknown", epilog=_UNKNOWN_EPILOG.format("units"))
def unknown_units(context: typer.Context, paths: Paths, to: To = ShowRows.table, join: Join = True, units: Units = None) -> None:
    """List the words behind numerals that no row has.

    Those are words that may be units or classifiers, the most frequent first: how often each stands, in how many
    documents, one or two places, and its row, without the code that only a person can know.
    """
    from qingdan.vocabulary.units import COLUMNS
    from qingdan.vocabulary.unknown_units import unknown_units

    knowing(context, None, units)
    _unknown(paths, join, to, COLUMNS, unknown_units)


def _unknown(
    paths: list[Path], join: bool, to: ShowRows, columns: Sequence[str], candidates: Callable[[Iterable[Document]], list[Candidate]]
) -> None:
    from qingdan.inputs import documents_below
    from qingdan.writing.candidates import listing, to_lines, to_rows

    failures = Failures()
    found = candidates(documents_below(paths, None, failures.report, join))
    if to is ShowRows.csv:
        write_out(to_rows(columns, found))
    elif to is ShowRows.json:
        for line in to_lines(found):
            write_out(line)
    else:
        write_out("".join(f"{printable(line)}\n" for line in listing(found)).encode())
    if not found and not failures.count:
        note("nothing is missing")
    failures.exit()
