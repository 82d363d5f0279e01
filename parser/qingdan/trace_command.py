"""The command ``trace``: all rounds of a series in order, and what runs through them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from qingdan.console import Failures, note, show, write_out
from qingdan.model import Document, QingdanError
from qingdan.options import Join, Lexicon, Paths, Reference, ShowTrace, Units
from qingdan.vocabulary_commands import knowing

if TYPE_CHECKING:
    from qingdan.comparing.history import Trace


def trace_command(
    context: typer.Context,
    paths: Paths,
    series: Annotated[
        list[str] | None,
        typer.Option("--series", metavar="NAME", help="The series to follow, with its track or without; given again, several as one."),
    ] = None,
    rounds: Annotated[
        list[str] | None,
        typer.Option("--round", metavar="FILE=N", help="This file holds round N, whatever its title says; may be given again."),
    ] = None,
    to: Annotated[ShowTrace, typer.Option("--to", metavar="FORMAT", help="What to print: table, json or csv.")] = ShowTrace.table,
    table: Annotated[
        str, typer.Option("--table", metavar="NAME", help="Which table --to csv prints: threads, deadlines or rounds.")
    ] = "threads",
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write all tables and the JSON to this folder instead.")] = None,
    bom: Annotated[bool, typer.Option("--bom/--no-bom", help="Begin CSV files with a byte order mark, as Excel needs it.")] = True,
    join: Join = True,
    reference_date: Reference = None,
    lexicon: Lexicon = None,
    units: Units = None,
) -> None:
    """Follow the promises of a series of meetings through its rounds.

    The files are lists of several rounds, or a folder that convert made, in any order. Rounds are told by the titles
    (第七轮…, 首届…), else put in the order they were held. Copies of one list count once; what is no round of the series is
    named and left out. Each topic is a thread: born, ended, back after a gap, split, merged; and each deadline has its
    fate: repeated, moved, done, not kept, not mentioned again.
    """
    from qingdan.comparing.trace import trace
    from qingdan.inputs import documents_given
    from qingdan.writing.trace_tables import TABLES, table_bytes, write_trace

    if table not in TABLES:
        raise typer.BadParameter(f"choose from {', '.join(TABLES)}", param_hint="--table")
    knowing(context, lexicon, units)
    failures = Failures()
    try:
        documents = list(documents_given(paths, reference_date, failures.report, join))
        if not documents and failures.count:  # each was told already
            failures.exit()
        found = trace(documents, series=series or (), rounds=_numbers(rounds or (), documents))
        _tell(found)
        if out is not None:
            write_trace(found, out, bom)
            note(f"{out}: {len(found.threads)} threads of {len(found.rounds)} rounds")
        elif to is ShowTrace.csv:
            write_out(table_bytes(found, table, bom=False))
        elif to is ShowTrace.json:
            from qingdan.writing.json_files import to_json

            write_out(to_json(found) + b"\n")
        else:
            from qingdan.writing.trace_terminal import deadlines, overview, width_of_terminal

            show(deadlines(found) if table == "deadlines" else overview(found, width_of_terminal()))
    except QingdanError as error:
        failures.report(error)
    failures.exit()


def _numbers(given: Sequence[str], documents: Sequence[Document]) -> dict[str, int]:
    """The rounds that --round gives, by the ids of the documents they are given to."""
    numbers: dict[str, int] = {}
    for one in given:
        name, equals, number = one.rpartition("=")
        if not equals or not name or not (number.isascii() and number.isdigit()) or not 0 < int(number) < 1000:
            raise typer.BadParameter(f"{one}: is not FILE=N, such as list.txt=7", param_hint="--round")
        named = [document.id for document in documents if name in _called(document)]
        named = named or [document.id for document in documents if PurePath(name).name in _called(document)]
        if len(named) != 1:
            raise QingdanError(f"--round {one}: {'several documents are' if named else 'no document is'} called {name}")
        numbers[named[0]] = int(number)
    return numbers


def _called(document: Document) -> set[str]:
    path = document.document.source.path or document.id
    return {document.id, path, PurePath(path).name}


def _tell(trace: Trace) -> None:
    """What a reader should know of the rounds, a line each on standard error."""
    for own in trace.rounds:
        if own.copies:
            note(f"{own.document}: stands for its copies too: {', '.join(own.copies)}")
    for left in trace.left_out:
        note(f"{left.document}: left out: {left.reason}")
    for doubt in trace.doubts:
        note(doubt)
    if trace.missing:
        note(f"no document of round{'' if len(trace.missing) == 1 else 's'} {', '.join(map(str, trace.missing))}")
