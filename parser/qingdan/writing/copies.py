"""Groups of copies and their differences, as JSON, as rows and for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qingdan.comparing.differences import Difference, Place, differences
from qingdan.model import Document
from qingdan.writing.tables import Field, Row
from qingdan.writing.terminal import visible

_LONGEST = 120  # characters of a text in a terminal
_COLUMNS = {
    "one": "string", "two": "string", "kind": "string", "part": "string", "field": "string", "op": "string",
    "one_node": "string", "one_text": "string", "one_start": "integer", "one_end": "integer",
    "two_node": "string", "two_text": "string", "two_start": "integer", "two_end": "integer",
}  # fmt: skip
COLUMNS = tuple(Field(name, kind, "", "") for name, kind in _COLUMNS.items())


class Copy(msgspec.Struct, frozen=True):
    """A document and how it differs from the first of its group."""

    id: str
    differences: tuple[Difference, ...]


class Copies(msgspec.Struct, frozen=True):
    """A list that several documents hold: the id and title of the first, and the others."""

    first: str
    title: str | None
    copies: tuple[Copy, ...]


def compared(group: list[Document]) -> Copies:
    """A group of copies with the differences of each from the first."""
    first, *others = group
    return Copies(first.id, first.document.title, tuple(Copy(other.id, tuple(differences(first, other))) for other in others))


def to_line(copies: Copies) -> bytes:
    """A group as one line of JSON."""
    return msgspec.json.encode(copies) + b"\n"


def difference_rows(groups: Iterable[Copies]) -> Iterator[Row]:
    """One row a difference."""
    for group in groups:
        for copy in group.copies:
            for found in copy.differences:
                row: Row = {
                    "one": group.first, "two": copy.id, "kind": found.kind, "part": found.part, "field": found.field, "op": found.op,
                }  # fmt: skip
                yield row | _side("one", found.one) | _side("two", found.two)


def _side(name: str, place: Place | None) -> Row:
    if place is None:
        return {}
    return {f"{name}_node": place.node, f"{name}_text": place.text, f"{name}_start": place.start, f"{name}_end": place.end}


def overview(group: Copies) -> RenderableType:
    """A group for a terminal: differences of words and structure one by one, those of form counted."""
    names = ", ".join([group.first, *(copy.id for copy in group.copies)])
    parts: list[RenderableType] = [Text(visible(group.title or group.first), style="bold"), Text(visible(names), style="dim")]
    for copy in group.copies:
        counts = Counter(found.kind for found in copy.differences)
        told = ", ".join(f"{counts[kind]} of {kind}" for kind in ("structure", "words", "form") if counts[kind]) or "none"
        parts += [Text(), Text(visible(f"{copy.id} against {group.first}: differences: {told}"))]
        table = Table(box=None, padding=(0, 2, 0, 0))
        for column in ("kind", "where", group.first, copy.id):
            table.add_column(Text(visible(column)), overflow="fold", no_wrap=column in ("kind", "where"))
        for found in copy.differences:
            if found.kind != "form":
                table.add_row(found.kind, Text(visible(_where(found))), _shown(found.one, "red"), _shown(found.two, "green"))
        if counts["structure"] or counts["words"]:
            parts.append(table)
    return Group(*parts, Text())


def _where(found: Difference) -> str:
    node = next((place.node for place in (found.one, found.two) if place is not None and place.node), None)
    return f"{node.partition('#')[2] if node else found.part} {found.field}"


def _shown(place: Place | None, style: str) -> Text:
    if place is None or not place.text:
        return Text("∅", style="dim")
    text = place.text if len(place.text) <= _LONGEST else f"{place.text[: _LONGEST - 1]}…"
    return Text(visible(" ".join(text.split())), style=style)
