"""A trace for a terminal: its rounds, a line a thread with a mark for each round, and what became of the deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from qingdan.comparing.history import Fate, FateKind, Thread, Trace, TracedRound
from qingdan.verdicts import counted
from qingdan.writing.terminal import visible

_THERE, _ABSENT = "●", "○"
_TOPIC = 36  # cells
_EVENTS = 28
_STYLES = {"new": "green", "returned": "cyan", "split": "yellow", "merged": "yellow", "reworded": "", "kept": "", "first": ""}


def overview(trace: Trace, width: int) -> RenderableType:
    """A trace for a terminal of this many cells; where the rounds need more, the table comes in several parts."""
    parts: list[RenderableType] = [Text(visible(trace.series or "a series without a name"), style="bold")]
    for own in trace.rounds:
        held = f", {own.held}" if own.held else ""
        title = f": {own.title}" if own.title else ""
        parts.append(Text(visible(f"{_label(own)}{held}, {own.document}, {counted(own.items, 'item')}{title}"), style="dim"))
    labels = [_label(own) for own in trace.rounds]
    cell = max(map(len, labels)) + 1
    fits = max(1, (width - _TOPIC - _EVENTS - 8) // cell)
    for at in range(0, len(labels), fits):
        parts.append(_table(trace, labels, at, min(at + fits, len(labels))))
    return Group(*parts, *(Text(visible(line)) for line in summary(trace)), Text())


def deadlines(trace: Trace) -> RenderableType:
    """The deadlines of a trace for a terminal, one a line, and what became of each."""
    labels = {own.name: _label(own) for own in trace.rounds}
    topics = {thread.number: thread.topic for thread in trace.threads}
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for name in ("round", "thread", "deadline", "", "fate", ""):
        table.add_column(name, overflow="fold")
    for fate in trace.deadlines:
        words = (labels[fate.round], topics[fate.thread], fate.text, fate.deadline, fate.fate, _detail(fate, labels))
        table.add_row(*(Text(visible(word)) for word in words))
    return Group(table, *(Text(visible(line)) for line in summary(trace)), Text())


def _detail(fate: Fate, labels: dict[str, str]) -> str:
    """「to 2019-03-31, 152 days later (8)」"""
    words = {"moved": f"to {fate.new or fate.vague}", "done": fate.new or ""}.get(fate.fate, "")
    words = f"next session {fate.stepped}" if fate.stepped else words
    if fate.days:
        words += f", {abs(fate.days)} days {'later' if fate.days > 0 else 'earlier'}"
    return f"{words} ({labels[fate.next_round]})".strip() if fate.next_round else words


def summary(trace: Trace) -> list[str]:
    """What a trace comes to, in two lines."""
    throughout = sum(all(thread.items) for thread in trace.threads)
    figures = {
        "in every round": throughout, "born": len(trace.births), "ended": len(trace.deaths),
        "back after a gap": sum(bool(thread.returns) for thread in trace.threads),
        "split": sum(bool(thread.splits) for thread in trace.threads), "merged": sum(bool(thread.merges) for thread in trace.threads),
    }  # fmt: skip
    lines = [f"{counted(len(trace.threads), 'thread')} through {counted(len(trace.rounds), 'round')}: {_listed(figures)}"]
    fates = Counter(fate.fate for fate in trace.deadlines)
    told = _listed({name: fates[name] for name in get_args(FateKind)})
    lines.append(f"{counted(len(trace.deadlines), 'deadline')}: {told}{_by_days(trace.deadlines)}")
    return lines


def _by_days(fates: Sequence[Fate]) -> str:
    later = [fate.days for fate in fates if fate.fate == "moved" and fate.days and fate.days > 0]
    return f"; {len(later)} put off, by {sum(later) // len(later)} days on average" if later else ""


def _listed(figures: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in figures.items() if number) or "none"


def _label(own: TracedRound) -> str:
    return str(own.number) if own.number is not None else own.held or own.name


def _table(trace: Trace, labels: Sequence[str], first: int, last: int) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("thread", max_width=_TOPIC, overflow="fold")
    for label in labels[first:last]:
        table.add_column(visible(label), justify="center", no_wrap=True)
    table.add_column("", max_width=_EVENTS, overflow="fold")
    names = {own.name: label for own, label in zip(trace.rounds, labels, strict=True)}
    for thread in trace.threads:
        marks = [_mark(thread, at) for at in range(first, last)]
        table.add_row(str(thread.number), Text(visible(thread.topic)), *marks, Text(visible(_events(thread, names)), style="dim"))
    return table


def _mark(thread: Thread, at: int) -> Text:
    if not thread.items[at]:
        return Text(_ABSENT, style="dim")
    style = next((_STYLES[way] for way in thread.presence[at] if _STYLES[way]), "")
    return Text(_THERE, style=style)


def _events(thread: Thread, names: dict[str, str]) -> str:
    """「new 7, split 8, ended 9」"""
    told = [(word, name) for word, name in (("new", thread.born), ("ended", thread.ended)) if name]
    several = (
        ("back", thread.returns), ("split", thread.splits), ("merged", thread.merges),
        ("strengthened", thread.strengthened), ("weakened", thread.weakened), ("done", thread.done),
    )  # fmt: skip
    told += [(word, name) for word, own in several for name in own]
    order = list(names)
    return ", ".join(f"{word} {names[name]}" for word, name in sorted(told, key=lambda pair: order.index(pair[1])))


def width_of_terminal() -> int:
    """The cells of the terminal, or of a page where there is none."""
    console = Console()
    return console.width if console.is_terminal else 160
