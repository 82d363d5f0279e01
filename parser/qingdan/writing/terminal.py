"""The outline of a document for a terminal: sections, items, and their mentions in colour.

Text from a page is hostile until escaped: control and direction characters are shown as U+FFFD, and nothing is read
as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qingdan.model import Agency, Block, Date, Document, Item, QingdanError, Quantity, Section

STYLES = {Date: "bold cyan", Agency: "bold green", Quantity: "bold yellow"}
_PIPED_WIDTH = 160  # where there is no terminal to ask
_HOSTILE = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}--[\n\t]]", regex.V1)


def visible(text: str) -> str:
    """The text with every character that could steer a terminal shown as U+FFFD; lengths stay the same."""
    return _HOSTILE.sub("\ufffd", text)


def outline(document: Document) -> RenderableType:
    """A document as an outline: what is known of it, then its sections and items with their mentions coloured."""
    about = document.document
    head = Text(visible(about.title or about.id), style="bold")
    facts = [
        ", ".join(about.parties),
        f"{about.series or ''}{f' {about.round}' if about.round else ''}{f' · {about.track}' if about.track else ''}",
        f"held {about.held.edtf}{f', {about.place}' if about.place else ''}" if about.held else "",
        f"published {about.published.edtf}" if about.published else "",
    ]
    parts: list[RenderableType] = [head, Text(visible(" | ".join(fact for fact in facts if fact)), style="dim")]
    legend = Text()
    for kind, name in ((Date, "date"), (Agency, "agency"), (Quantity, "quantity")):
        legend.append(f"{name} ", STYLES[kind])
    parts.append(legend)
    if document.preamble:
        parts += [Text(), coloured(document.text, document.preamble, document.preamble.start, document.preamble.end)]
    nodes: list[Section | Item] = sorted([*document.sections, *document.items], key=lambda node: node.start)
    for node in nodes:
        indent = 2 * (len(node.path) - 1)
        if isinstance(node, Section):
            parts += [Text(), Padding(Text(visible(f"{node.label}{node.title or ''}"), style="bold underline"), (0, 0, 0, indent))]
        else:
            # No blank behind the label: rich would break the line there, the one place where Chinese text has one.
            line = coloured(document.text, node, node.start, node.end)
            line.stylize("bold magenta", 0, len(node.label))
            line.stylize("bold", len(node.label), (node.body_start if node.topic else node.start) - node.start)
            parts.append(Padding(line, (0, 0, 0, indent)))
    for issue in document.issues:
        place = f" at {issue.start}" if issue.start is not None else ""
        parts.append(Text(visible(f"{issue.severity}: {issue.message}{place} [{issue.code}]"), style="red"))
    return Group(*parts)


def coloured(text: str, part: Block | Section | Item, start: int, end: int) -> Text:
    """text[start:end] with the mentions of a part in their colours."""
    shown = Text(visible(text[start:end]))
    mentions: Sequence[Date | Agency | Quantity] = (*part.dates, *part.agencies, *part.quantities)
    for mention in mentions:
        if mention.start >= start:
            shown.stylize(STYLES[type(mention)], mention.start - start, mention.end - start)
    return shown


def explanation(document: Document, wanted: str) -> RenderableType:
    """Every mention and every commitment of an item with its value, rule and status.

    ``wanted`` is the item's id, its path (2.23), or its own number when only one item has it. QingdanError otherwise.
    """
    part = _find(document, wanted)
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("text", "kind", "value", "rule", "status", "offsets"):
        table.add_column(column, overflow="fold", no_wrap=column in ("rule", "status", "offsets"))
    mentions: list[Date | Agency | Quantity] = [*part.dates, *part.agencies, *part.quantities]
    for mention in sorted(mentions, key=lambda mention: mention.start):
        kind, value = described(mention)
        table.add_row(
            Text(visible(mention.text), STYLES[type(mention)]), kind, Text(visible(value)), mention.rule, mention.status,
            f"{mention.start}–{mention.end}",
        )  # fmt: skip
    head = Text(visible(f"{part.label} {(part.topic if isinstance(part, Item) else part.title) or ''}"), style="bold")
    shown = coloured(document.text, part, part.start, part.end)
    parts: list[RenderableType] = [head, Text(part.id, style="dim"), Text(), shown, Text(), table]
    if isinstance(part, Item) and part.commitments:
        parts += [Text(), _commitments(part)]
    return Group(*parts)


def _commitments(item: Item) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("commitment", "class", "act", "actors", "deadline", "rule", "status", "offsets"):
        table.add_column(column, overflow="fold", no_wrap=column in ("class", "status", "offsets"))
    for found in item.commitments:
        polarity = "" if found.polarity == "positive" else f", {found.polarity}"
        table.add_row(
            Text(visible(found.text)), found.class_ + polarity, Text(visible(found.act)), Text(visible("、".join(found.actors))),
            (found.deadline.edtf or "?") if found.deadline else "", Text(found.rule), found.status, f"{found.start}–{found.end}",
        )  # fmt: skip
    return table


def described(mention: Date | Agency | Quantity) -> tuple[str, str]:
    """The kind of a mention and its value in words."""
    if isinstance(mention, Date):
        return f"date, {mention.role}", mention.edtf or "?"
    if isinstance(mention, Agency):
        return f"agency, {mention.kind}", " | ".join(mention.canonical)
    value = f"{mention.low}–{mention.high}" if mention.value is None else str(mention.value)
    extra = [word for word in (mention.unit, mention.qualifier, f"of {mention.of}" if mention.of else None) if word]
    return f"quantity, {mention.kind}", " ".join([value, *extra])


def _find(document: Document, wanted: str) -> Section | Item:
    nodes: list[Section | Item] = [*document.items, *document.sections]
    for node in nodes:
        if wanted in (node.id, node.id.partition("#")[2]):
            return node
    own = [item for item in document.items if str(item.number) == wanted]
    if len(own) == 1:
        return own[0]
    raise QingdanError(f"{document.id}: {'several items have' if own else 'no item has'} the number {wanted}")


def show(renderable: RenderableType) -> None:
    """Print to standard output, in colour only where it is a terminal."""
    _console().print(renderable)


def columns() -> int:
    """How many columns there are to show something in."""
    return _console().width


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_PIPED_WIDTH)
