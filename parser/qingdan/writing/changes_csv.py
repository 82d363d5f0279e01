"""``changes.csv``, a row a change, and ``pairs.csv``, which items belong together, to be put right and given back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from qingdan.comparing.model import Change, Comparison, Evidence, Part
from qingdan.model import Document, Item
from qingdan.writing.changes_view import selected
from qingdan.writing.csv_files import to_csv
from qingdan.writing.tables import Row, comparison_fields

_EVIDENCE = ("body", "topic", "agencies", "section", "number")


def changes_csv(comparison: Comparison, old: Document, new: Document, only: Collection[str] = (), bom: bool = False) -> bytes:
    """The table of changes as CSV; with ``only`` those of pairs of these statuses, or moved."""
    return to_csv(comparison_fields()["changes"], change_rows(comparison, old, new, only), bom)


def pairs_csv(comparison: Comparison, old: Document, new: Document, only: Collection[str] = (), bom: bool = False) -> bytes:
    """The table of pairs as CSV, in the form that ``qingdan diff --pairs`` takes."""
    return to_csv(comparison_fields()["pairs"], pair_rows(comparison, old, new, only), bom)


def change_rows(comparison: Comparison, old: Document, new: Document, only: Collection[str] = ()) -> Iterator[Row]:
    """One row a change, and one for each pair without any."""
    old_items, new_items = _by_id(old), _by_id(new)
    for number, pair in selected(comparison, only):
        about: Row = {
            "pair": number, "old_items": pair.old or None, "new_items": pair.new or None, "status": pair.status,
            "moved": _yes(pair.moved), "similarity": _share(pair.similarity),
            "topic": (new_items[pair.new[0]] if pair.new else old_items[pair.old[0]]).topic,
        }  # fmt: skip
        yield from (about | _change(change) for change in pair.changes)
        if not pair.changes:
            yield about


def pair_rows(comparison: Comparison, old: Document, new: Document, only: Collection[str] = ()) -> Iterator[Row]:
    """One row for each two items of a pair: several for a split or merged one, one for an item that is alone."""
    old_items, new_items = _by_id(old), _by_id(new)
    for number, pair in selected(comparison, only):
        about: Row = {"pair": number, "status": pair.status, "moved": _yes(pair.moved), "similarity": _share(pair.similarity)}
        about |= _evidence(pair.evidence)
        for one, other in product(pair.old or (None,), pair.new or (None,)):
            row: Row = {"old": one, "new": other}
            row["old_topic"] = old_items[one].topic if one else None
            row["new_topic"] = new_items[other].topic if other else None
            yield about | row


def _by_id(document: Document) -> dict[str, Item]:
    return {item.id: item for item in document.items}


def _evidence(evidence: Evidence | None) -> Row:
    if evidence is None:
        return {}
    return {"decided": evidence.decided, **{f"by_{name}": _share(getattr(evidence, name)) for name in _EVIDENCE}}


def _change(change: Change) -> Row:
    return {
        "field": change.field, "kind": change.kind, "old": change.old, "new": change.new, "unit": change.unit,
        "of": change.of, "old_qualifier": change.old_qualifier, "new_qualifier": change.new_qualifier,
        "difference": change.difference, "percent": change.percent, "expected": None if change.expected is None else _yes(change.expected),
        **_part("old", change.old_part), **_part("new", change.new_part),
    }  # fmt: skip


def _part(side: str, part: Part | None) -> Row:
    if part is None:
        return {}
    return {f"{side}_item": part.item, f"{side}_text": part.text, f"{side}_start": part.start, f"{side}_end": part.end}


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _share(value: float | None) -> str | None:
    """A number from 0 to 1 in the shortest digits that mean it."""
    return None if value is None else repr(value)
