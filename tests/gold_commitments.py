"""The commitments annotated by hand, as the model holds them, for tests of what is made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgspec import structs

from qingdan import Commitment, Document, Event, Item, Span

GOLD = Path(__file__).parent / "test_commitments"


def annotated(document: Document) -> Document:
    """The document with the commitments of the annotations of its id instead of its own."""
    marked = json.loads((GOLD / f"{document.id}.json").read_text(encoding="utf-8"))
    items = {item["id"]: item["commitments"] for item in marked["items"]}
    filled = (structs.replace(item, commitments=tuple(_commitment(item, one) for one in items[item.id])) for item in document.items)
    return structs.replace(document, items=tuple(filled))


def _commitment(item: Item, marked: dict[str, Any]) -> Commitment:
    start, end, text = marked["start"], marked["end"], marked["text"]

    def spans(quoted: list[str]) -> tuple[Span, ...]:
        return tuple(Span(part, start + text.index(part), start + text.index(part) + len(part)) for part in quoted)

    dates, agencies, quantities = (
        tuple(mention for mention in mentions if start <= mention.start and mention.end <= end)
        for mentions in (item.dates, item.agencies, item.quantities)
    )
    (event,) = spans([marked["event"]]) if marked["event"] else (None,)
    return Commitment(
        text, start, end,
        actors=tuple(marked["actors"]), act=marked["act"], class_=marked["class"], polarity=marked["polarity"],
        deadline=next((date for date in dates if date.edtf == marked["deadline"]), None) if marked["deadline"] else None,
        dates=dates, agencies=agencies, quantities=quantities,  # type: ignore[arg-type]
        instrument=spans(marked["instrument"]), event=event and Event(event.text, event.start, event.end, None),
        conditions=spans(marked["conditions"]), rule="annotated", status="stated",
    )  # fmt: skip
