"""Dated promises in order of their last day, as rows and for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qingdan.model import Document
from qingdan.promises import due, firmness, numbered, when
from qingdan.writing.tables import Row, cleaned, promise_fields
from qingdan.writing.terminal import visible

_ORDER = ("firm", "conditional", "hedged")
_STYLES = {"overdue": "red", "due": "bold yellow", "open": "green"}
_WIDE = 120  # columns of a terminal from which on there is room for who promises
_NO_DAY = "9999-99-99"  # behind every day


def deadline_rows(
    documents: Iterable[Document], as_of: str | None = None, after: str | None = None, before: str | None = None
) -> list[Row]:
    """One row a dated promise, by its last day, the firm before the hedged; those whose date has no value stand last.

    Columns are those of ``promise_fields()["deadlines"]``. as_of: the day (ISO 8601) that ``due`` is told for. after, before: days that
    the last day has to lie after and before; what has none is left out then.
    """
    found: list[Row] = []
    for document in documents:
        for item in document.items:
            for name, commitment in numbered(item):
                date = when(commitment, document.document.reference_date)
                if date is None or not _within(date.last, after, before):
                    continue
                row: Row = {
                    "last_day": date.last, "bound": date.bound, "firmness": firmness(commitment),
                    "due": due(date, as_of) if as_of else None, "date": date.date.edtf, "date_text": date.date.text,
                    "deadline": "yes" if date.deadline else "no", "class": commitment.class_, "actors": commitment.actors,
                    "promise": commitment.text, "document": document.id, "item": item.id, "id": name,
                }  # fmt: skip
                found.append({field.name: cleaned(row[field.name]) for field in promise_fields()["deadlines"]})
    return sorted(found, key=lambda row: (str(row["last_day"] or _NO_DAY), _ORDER.index(str(row["firmness"]))))


def _within(last: str | None, after: str | None, before: str | None) -> bool:
    if last is None:
        return not (after or before)
    return not (after and last <= after) and not (before and last >= before)


def deadline_table(records: Sequence[Row], width: int) -> RenderableType:
    """The rows for a terminal of so many columns: in a narrow one without who promises, which the promise mostly says.

    Where all are of one document, its id stands above, and the ids without it.
    """
    told = any(row["due"] for row in records)
    wide = width >= _WIDE
    documents = {row["document"] for row in records}
    table = Table(box=None, padding=(0, 2 if wide else 1, 0, 0), header_style="bold")
    table.add_column("last day", no_wrap=True)
    if told:
        table.add_column("due", no_wrap=True)
    table.add_column("how", overflow="fold", max_width=18 if wide else 11)
    if wide:
        table.add_column("who", overflow="fold", max_width=24)
    table.add_column("promise", overflow="fold", ratio=1)
    table.add_column("id", overflow="fold", max_width=30 if wide else 16)
    for row in records:
        actors, day = row["actors"], Text(str(row["last_day"] or "?"), _STYLES.get(str(row["due"]), ""))
        cells = [day, Text(str(row["due"]), day.style)] if told else [day]
        cells.append(Text(f"{row['bound']} {row['firmness']}".removesuffix(" firm")))
        if wide:
            cells.append(Text(visible("、".join(map(str, actors)) if isinstance(actors, tuple) else "")))
        promise = Text(visible(" ".join(str(row["promise"]).split())))
        promise.highlight_words([visible(str(row["date_text"]))], "bold cyan")
        own = str(row["id"])
        table.add_row(*cells, promise, Text(visible(own.rpartition("#")[2] if len(documents) == 1 else own), "dim"))
    head = Text(visible(str(next(iter(documents)))), "dim") if len(documents) == 1 else Text("")
    return Group(head, table) if head else table
