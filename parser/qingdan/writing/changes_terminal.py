"""A comparison for a terminal: figures, then the pairs with what is gone in red and what is new in green."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qingdan.comparing.model import Pair
from qingdan.writing.changes_view import Run, Shown, View, heading
from qingdan.writing.terminal import visible

_STATUS = {
    "kept": "dim", "reworded": "bold yellow", "split": "bold magenta", "merged": "bold magenta", "new": "bold green", "dropped": "bold red",
}  # fmt: skip
# Not by colour alone: what is gone is struck through, what is new underlined.
_WHOLE = {"new": "green", "dropped": "red"}
_RUN = {"same": "", "del": "red strike", "ins": "green underline"}


def changes_text(view: View, marked: bool = False) -> RenderableType:
    """The comparison. ``marked`` has brackets around what differs, [-gone-] and {+new+}, for where there is no colour."""
    words, comparison = view.words, view.comparison
    parts: list[RenderableType] = []
    for name, about in ((words["old"], comparison.old), (words["new"], comparison.new)):
        year = f", {about.year}" if about.year else ""
        parts.append(Text.assemble((f"{name} ", "dim"), (visible(heading(about)), "bold"), (visible(f"  {about.id}{year}"), "dim")))
    parts += [Text(words[f"relation.{comparison.relation}"], style="dim")]
    if comparison.pairs:
        parts += [Text(), _figures(view)]
    if kinds := view.kinds():
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        for field, told in kinds:
            table.add_row(Text(visible(field)), Text(visible(told)))
        parts += [Text(), table]
    if view.only:
        parts += [Text(), Text(words["shown of"].format(len(view.shown), len(comparison.pairs)), style="dim")]
    if not comparison.pairs:
        parts += [Text(), Text(words["no items"])]
    section: str | None = None
    dense = False  # pairs that were kept, of a line each, stand without a blank between them
    for shown in view.shown:
        if shown.section != section and shown.pair.new:
            section = shown.section
            parts += [Text(), Text(visible(section or ""), style="bold underline")]
            dense = False
        short = shown.pair.status == "kept" and not shown.changes
        if not (dense and short):
            parts.append(Text())
        dense = short
        parts += _pair(view, shown, marked)
    return Group(*parts)


def _figures(view: View) -> Table:
    words = view.words
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column()
    for name in ("pairs", "old items", "new items"):
        table.add_column(words[name], justify="right", header_style="dim")
    table.add_column(style="dim")
    for status, count in view.counts():
        if count.pairs:
            table.add_row(Text(words[f"show.{status}"], style=_STATUS[status]), *map(str, count), words[f"about.{status}"])
    if view.moved():
        table.add_row(Text(words["show.moved"], style="bold cyan"), str(view.moved()), "", "", words["about.moved"])
    return table


def _pair(view: View, shown: Shown, marked: bool) -> list[RenderableType]:
    words, pair = view.words, shown.pair
    head = Text()
    head.append(words[f"show.{pair.status}"], _STATUS[pair.status])
    if pair.moved:
        head.append(f" {words['show.moved']}", "bold cyan")
    head.append(visible(f"  {shown.places}  "))
    head.append(visible(" ".join(shown.topic.split())), "bold")
    head.append(visible(_about(view, pair)), "dim")
    if pair.status == "kept":
        return [head, *_changes(shown)]
    text = Text(style=_WHOLE.get(pair.status, ""))
    for run in shown.text:
        text.append(visible(_bracketed(run) if marked else run.text), _RUN[run.op])
    return [head, Padding(text, (0, 0, 0, 4), expand=False), *_changes(shown)]


def _bracketed(run: Run) -> str:
    return {"same": run.text, "del": f"[-{run.text}-]", "ins": f"{{+{run.text}+}}"}[run.op]


def _about(view: View, pair: Pair) -> str:
    if pair.similarity is None or pair.evidence is None:
        return ""
    decided = view.words.get(f"by.{pair.evidence.decided}", pair.evidence.decided)
    return f"  {view.words['similarity']} {pair.similarity:.2f}, {view.words['decided']} {decided}"


def _changes(shown: Shown) -> list[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    for change, told in shown.changes:
        if change.field == "sentence":  # the redline shows them
            continue
        value = Text()
        for at, (side, style) in enumerate(((told.old, "red"), (told.new, "green"))):
            if side is not None:
                if at and told.old is not None:
                    value.append(" → ")
                value.append(visible(" ".join(side.split())), style)
        if told.note:
            value.append(visible(f"  {told.note}"), "dim")
        table.add_row(Text(visible(told.label)), value)
    return [Padding(table, (0, 0, 0, 4), expand=False)] if table.row_count else []
