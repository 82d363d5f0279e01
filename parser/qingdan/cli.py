"""The command line: one short function a command, each a call into the library."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from qingdan import __version__
from qingdan.commitment_commands import DEADLINES_EPILOG, LEDGER_EPILOG, deadlines_command, ledger_command
from qingdan.comparing_commands import DIFF_EPILOG, copies_command, diff_command
from qingdan.console import Failures, note, prepare_streams, printable, show, write_out
from qingdan.model import QingdanError
from qingdan.options import (
    Dask,
    Exclude,
    Files,
    Include,
    Jobs,
    Join,
    Kind,
    Lexicon,
    MaxSize,
    Quiet,
    Reference,
    Report,
    Scheduler,
    Schema,
    Show,
    Sources,
    Timeout,
    Units,
    Update,
)
from qingdan.trace_command import trace_command
from qingdan.vocabulary_commands import knowing, lexicon_commands, units_commands

_EPILOG = """\b
Examples:
  qingdan parse list.txt                     an outline to read
  qingdan parse list.html --to json          one JSON object
  qingdan parse --join list.txt list_2.txt   the pages of one article as one list
  qingdan convert lists/ --out data          CSV tables, JSON, a data package
  qingdan convert a.zip b.warc --out data    whole archives; again with --update for what is new
  qingdan copies lists/                      which files hold the same list, and how they differ
  qingdan diff 2014.txt 2015.txt             what was promised again, what changed, what is gone
  qingdan trace lists/                       a series through its rounds: what stayed, what went
  qingdan explain list.txt 2.23              why item 23 of section 2 has its values
  qingdan check list.txt                     what to look at, with line and column
  qingdan find speech.txt --reference-date 2015-06-24
  qingdan ledger list.txt --out ledger.xlsx  what was promised, to be scored by a coder
  qingdan deadlines lists/                   what was promised by when
  qingdan lexicon unknown lists/             which bodies the lexicon lacks, with rows to paste
  qingdan parse list.txt --lexicon own.csv   with the bodies of your own file

\b
A file named - is standard input.
Exit codes: 0 done, 1 something could not be converted or is not as expected, 2 wrong usage, or a fault
in a file of --lexicon or --units.
"""

app = typer.Typer(
    name="qingdan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"qingdan {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    """Turn Chinese diplomatic outcome lists (成果清单, joint statements, action plans) into data.

    A list goes in as text, a saved web page, a Word file, a PDF or a web archive. Numbered items come out, each with
    its dates (EDTF), agencies (full names with their country), quantities (exact numbers with units) and commitments (who
    promises what, by when): as JSON, as CSV tables, or as an outline to read.
    """


@app.command("parse")
def parse_command(
    context: typer.Context,
    files: Files,
    to: Annotated[
        Show | None, typer.Option("--to", metavar="FORMAT", help="What to print: outline (the default on a terminal), json or csv.")
    ] = None,
    table: Annotated[
        str, typer.Option("--table", metavar="NAME", help="Which table --to csv prints: items, dates, agencies, commitments, …")
    ] = "items",
    join: Annotated[bool, typer.Option("--join", help="The files are pages of one article: join them, by their page numbers.")] = False,
    reference_date: Reference = None,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """Print lists as an outline, JSON or CSV.

    JSON is one object a line for several files; CSV is one table of them all.
    """
    from qingdan.inputs import documents_of, joined
    from qingdan.writing.json_files import to_json

    knowing(context, lexicon, units)
    kind = to or (Show.outline if sys.stdout.isatty() else Show.json)
    if join and "-" in files:
        raise typer.BadParameter("pages are files; standard input is one text", param_hint="--join")
    failures = Failures()
    documents = (joined if join else documents_of)(files, reference_date, failures.report)
    if kind is Show.csv:
        from qingdan.writing.csv_files import to_csv
        from qingdan.writing.tables import fields, rows

        if table not in fields():
            raise typer.BadParameter(f"choose from {', '.join(fields())}", param_hint="--table")
        write_out(to_csv(fields()[table], rows(table, documents), bom=False))
    elif kind is Show.json:
        for document in documents:
            write_out(to_json(document) + b"\n")
    else:
        from qingdan.writing.terminal import outline

        for document in documents:
            show(outline(document))
    failures.exit()


@app.command()
def convert(
    context: typer.Context,
    paths: Sources,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to.")],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="FORMATS", help="Formats to write, separated by commas: csv, json, jsonl, parquet, xlsx, sqlite, duckdb."
        ),
    ] = "csv,json",
    bom: Annotated[bool, typer.Option("--bom/--no-bom", help="Begin CSV with a byte order mark, as Excel needs it.")] = True,
    include: Include = None,
    exclude: Exclude = None,
    update: Update = False,
    jobs: Jobs = None,
    timeout: Timeout = 60.0,
    max_size: MaxSize = 64.0,
    scheduler: Scheduler = None,
    dask: Dask = False,
    quiet: Quiet = False,
    join: Join = True,
    reference_date: Reference = None,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """Convert files, folders and archives to a folder of tables and JSON.

    Files that are plainly pages of one article (list_1.html, list_2.html) become one document, which is said; files of
    the same bytes are converted once. The folder is a data package: the tables of all documents as CSV, Parquet (by
    year), Excel, SQLite or DuckDB, the documents whole as JSON (a file each) or JSON Lines, manifest.csv (what became of
    each file), datapackage.json, the JSON Schema and a codebook. The same input gives the same bytes. Stopped at any
    point, the same command goes on where it was; what is known already is not converted again.
    """
    from qingdan.batch.command import convert_and_tell
    from qingdan.writing.streaming import FORMATS

    knowing(context, lexicon, units)
    formats = [name.strip() for name in to.split(",") if name.strip()]
    if not formats or set(formats) - set(FORMATS):
        raise typer.BadParameter(f"choose from {', '.join(FORMATS)}", param_hint="--to")
    if dask and scheduler:
        raise typer.BadParameter("a cluster is either there already or of this machine's own", param_hint="--dask")
    convert_and_tell(
        paths, out, formats, bom=bom, include=include or (), exclude=exclude or (), update=update, jobs=jobs, seconds=timeout,
        megabytes=max_size, scheduler=scheduler, dask=dask, quiet=quiet, joining=join, reference_date=reference_date,
        lexicon=lexicon or (), units=units or (),
    )  # fmt: skip


@app.command()
def find(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of any kind that can be read; - is standard input.")] = "-",
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Read {"id","text","reference_date"} lines, write {"id","dates","agencies","quantities"} lines.'),
    ] = False,
    kinds: Annotated[
        list[Kind] | None, typer.Option("--kind", metavar="KIND", help="Find only dates, agencies or quantities; may be given again.")
    ] = None,
    reference_date: Reference = None,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """Find the mentions of any text; no list is needed.

    Prints one JSON object with its dates, agencies and quantities. Relative dates (今年) have no value without
    --reference-date.
    """
    from qingdan.inputs import lines_of, text_of
    from qingdan.pipeline import KINDS, find_mentions
    from qingdan.streams import find_lines
    from qingdan.writing.json_files import to_json

    knowing(context, lexicon, units)
    wanted = [kind for kind in KINDS if not kinds or kind in {chosen.value for chosen in kinds}]
    failures = Failures()
    try:
        if jsonl:
            for line in find_lines(lines_of(file), wanted, reference_date, failures.report):
                write_out(line)
        else:
            write_out(to_json(find_mentions(text_of(file), wanted, reference_date)) + b"\n")
    except QingdanError as error:
        failures.report(error)
    failures.exit()


@app.command()
def explain(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of any kind that can be read; - is standard input.")],
    item: Annotated[str, typer.Argument(metavar="ITEM", help="The item's path (2.23), its id, or its own number.")],
    reference_date: Reference = None,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """Show why an item has its values.

    Each mention and each commitment is listed with the rule or lexicon entry that made it and its status.
    """
    from qingdan.inputs import document_of
    from qingdan.writing.terminal import explanation

    knowing(context, lexicon, units)
    failures = Failures()
    try:
        show(explanation(document_of(file, reference_date), item))
    except QingdanError as error:
        failures.report(error)
    failures.exit()


@app.command("check")
def check_command(
    context: typer.Context,
    files: Files,
    to: Annotated[Report, typer.Option("--to", metavar="FORMAT", help="What to print: text or json.")] = Report.text,
    reference_date: Reference = None,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """List what a reader should look at.

    One line an issue (file:line:column: severity code: message), sorted by place, and one line of figures a document;
    JSON is one object a line. A file list.toml beside list.txt says what is expected of it (items, sections, paths, …):
    what is not met is an issue unmet, and the exit code is 1.
    """
    from qingdan.expectations import expectation_beside
    from qingdan.inputs import document_of
    from qingdan.verdicts import lines, verdict
    from qingdan.writing.json_files import to_json

    knowing(context, lexicon, units)
    failures = Failures()
    for name in files:
        try:
            found = verdict(document_of(name, reference_date), None if name == "-" else expectation_beside(Path(name)))
        except QingdanError as error:
            failures.report(error)
            continue
        if to is Report.json:
            write_out(to_json(found) + b"\n")
        else:
            write_out("".join(f"{printable(line)}\n" for line in lines(name, found)).encode())
        failures.count += bool(found.unmet)
    failures.exit()


app.command("copies")(copies_command)
app.command("diff", epilog=DIFF_EPILOG)(diff_command)
app.command("trace")(trace_command)
app.command("ledger", epilog=LEDGER_EPILOG)(ledger_command)
app.command("deadlines", epilog=DEADLINES_EPILOG)(deadlines_command)
app.add_typer(lexicon_commands, name="lexicon")
app.add_typer(units_commands, name="units")


@app.command()
def schema(
    of: Annotated[
        Schema, typer.Argument(metavar="[WHAT]", help="document (parse --to json), changes (diff --to json) or trace (trace --to json).")
    ] = Schema.document,
) -> None:
    """Print the JSON Schema of a document, of what changed between two, or of a trace."""
    from qingdan.writing.changes_json import changes_schema
    from qingdan.writing.json_files import json_file, json_schema
    from qingdan.writing.trace_tables import trace_schema

    schemas = {Schema.document: json_schema, Schema.changes: changes_schema, Schema.trace: trace_schema}
    write_out(json_file(schemas[of]()))


def main() -> None:
    """The ``qingdan`` command."""
    prepare_streams()
    # Tables and documents hold no cycles: looking through them for some, each 700 objects, is a tenth of a short run.
    gc.set_threshold(100_000, 20, 20)
    try:
        app()
    except OSError as error:  # a full disk behind standard output, say
        note(str(error.strerror))
        raise SystemExit(1) from None
