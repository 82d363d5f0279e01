"""A trace as tables, as JSON and as the files of a folder with a data package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qingdan.comparing.history import TRACE_SCHEMA, Trace, TracedRound
from qingdan.writing.codebook import codebook
from qingdan.writing.csv_files import to_csv
from qingdan.writing.json_files import json_file, schema_of
from qingdan.writing.package import DESCRIPTOR, comparison_resource, file_resource, keep_others
from qingdan.writing.placing import write_files
from qingdan.writing.tables import Field, Row, comparison_fields

TABLES = ("threads", "deadlines", "rounds")
_NAME = "qingdan-trace"


def columns(trace: Trace, table: str) -> tuple[Field, ...]:
    """The columns of a table of a trace; threads have three for each round."""
    fixed = comparison_fields()[table]
    if table != "threads":
        return fixed
    return (*fixed, *(field for own in trace.rounds for field in _of_round(own)))


def _of_round(own: TracedRound) -> Iterator[Field]:
    shown = ", ".join(filter(None, (own.held, own.document)))
    yield Field(
        own.name, "list", f"ids of the thread's items in {shown}; empty where it is absent", f"该线索在 {shown} 中的条目;没有则为空"
    )
    english = "how they came there: first (of the series), new, kept, reworded, split, merged, returned"
    yield Field(f"{own.name}_presence", "list", english, "出现方式:首轮已有、新增、保留、改写、拆分、合并、恢复")
    english = "firmest class of doing of its commitments there: intended, committed, continued, accomplished; empty without one"
    yield Field(f"{own.name}_doing", "string", english, "该轮中力度最强的行为类承诺:拟议、承诺、继续、已完成;没有则为空")


def rows(trace: Trace, table: str) -> Iterator[Row]:
    """The rows of a table of a trace; no value is None in every column."""
    for row in _rows(trace, table):
        yield {name: None if cell in ((), "") else cell for name, cell in row.items()}


def _rows(trace: Trace, table: str) -> Iterator[Row]:
    if table == "rounds":
        for own in trace.rounds:
            yield {
                "name": own.name, "number": own.number, "held": own.held, "document": own.document, "title": own.title,
                "items": own.items, "copies": own.copies,
            }  # fmt: skip
    elif table == "threads":
        for thread in trace.threads:
            row: Row = {
                "thread": thread.number, "topic": thread.topic, "rounds": sum(map(bool, thread.items)), "born": thread.born,
                "ended": thread.ended, "returns": thread.returns, "splits": thread.splits, "merges": thread.merges,
                "strengthened": thread.strengthened, "weakened": thread.weakened, "done": thread.done,
            }  # fmt: skip
            for own, items, presence, doing in zip(trace.rounds, thread.items, thread.presence, thread.doing, strict=True):
                row |= {own.name: items, f"{own.name}_presence": presence, f"{own.name}_doing": doing}
            yield row
    else:
        topics = {thread.number: thread.topic for thread in trace.threads}
        for fate in trace.deadlines:
            yield {
                "thread": fate.thread, "topic": topics[fate.thread], "round": fate.round, "item": fate.item, "text": fate.text,
                "start": fate.start, "end": fate.end, "deadline": fate.deadline, "fate": fate.fate, "next_round": fate.next_round,
                "next_item": fate.next_item, "new": fate.new, "days": fate.days, "vague": fate.vague, "stepped": fate.stepped,
            }  # fmt: skip


def table_bytes(trace: Trace, table: str, bom: bool) -> bytes:
    """A table of a trace as CSV."""
    return to_csv(columns(trace, table), rows(trace, table), bom=bom)


def write_trace(trace: Trace, folder: Path, bom: bool = True) -> list[Path]:
    """Write a trace to a folder: ``threads.csv``, ``deadlines.csv``, ``rounds.csv``, ``threads.json`` with its JSON Schema, the
    codebook and ``datapackage.json``; give their paths. An earlier trace there is written over; files of others stay.

    The bytes depend on the trace alone; each file is whole at any time. Raises QingdanError, one line, where the folder holds another data
    package or cannot be written.
    """
    keep_others(folder, _NAME)
    files = {f"{table}.csv": table_bytes(trace, table, bom) for table in TABLES}
    files["threads.json"] = json_file(trace)
    files["threads.schema.json"] = json_file(trace_schema())
    files["codebook.md"] = codebook().encode()
    files["codebook.zh-CN.md"] = codebook(chinese=True).encode()
    whole = file_resource("trace", "The trace whole, one JSON object (threads.schema.json)", "threads.json", "application/json")
    package = {
        "name": _NAME,
        "title": f"{trace.series or 'A series'} through its rounds, by qingdan",
        "description": "What was promised again, and what became of the deadlines. codebook.md explains every field.",
        "resources": [*(comparison_resource(table, columns(trace, table)) for table in TABLES), whole],
        "sources": [{"title": own.title or own.document, "path": own.document} for own in trace.rounds],
    }
    files[DESCRIPTOR] = json_file(package)
    return write_files(folder, files, last=DESCRIPTOR)


def trace_schema() -> dict[str, Any]:
    """The JSON Schema of a trace."""
    return schema_of(Trace, TRACE_SCHEMA)
