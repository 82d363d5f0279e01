"""The ledger: the sheet that a coder of compliance starts from, a row a commitment, as rows, CSV and JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from qingdan.model import CommitmentClass, Document
from qingdan.promises import PROMISES, due, firmness, is_promise, numbered, when
from qingdan.writing.tables import Row, bodies, cleaned, promise_fields, texts

BLANK = frozenset({"score", "evidence", "coder"})  # for the coder to fill in


def ledger_rows(documents: Iterable[Document], classes: Collection[CommitmentClass] = PROMISES, as_of: str | None = None) -> Iterator[Row]:
    """One row a commitment of these classes, in reading order; columns are those of ``promise_fields()["ledger"]``.

    as_of: the day (ISO 8601) that ``due`` is told for; without one it is empty, as it is for what is no promise. No value is None.
    """
    for document in documents:
        for item in document.items:
            for name, commitment in numbered(item):
                if commitment.class_ not in classes:
                    continue
                date, deadline, event = when(commitment, document.document.reference_date), commitment.deadline, commitment.event
                row: Row = {
                    "id": name, "document": document.id, "item": item.id, "topic": item.topic, "promise": commitment.text,
                    "actors": commitment.actors, "class": commitment.class_, "polarity": commitment.polarity, "act": commitment.act,
                    "deadline": deadline.edtf if deadline else None, "set_for": date.date.edtf if date and not date.deadline else None,
                    "bound": date.bound if date else None, "last_day": date.last if date else None,
                    "due": due(date, as_of) if as_of and is_promise(commitment) else None, "firmness": firmness(commitment),
                    "conditions": texts(commitment.conditions), "agencies": bodies(commitment.agencies),
                    "quantities": texts(commitment.quantities), "instrument": texts(commitment.instrument),
                    "event": event.text if event else None,
                }  # fmt: skip
                yield {field.name: cleaned(row.get(field.name)) for field in promise_fields()["ledger"]}


def to_lines(records: Iterable[Row]) -> Iterator[bytes]:
    """Rows as JSON, one object a line, lists as arrays."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    return (encoder.encode(record) + b"\n" for record in records)
