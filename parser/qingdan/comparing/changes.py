"""What changed inside a pair of items, as data: one row for each thing that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from qingdan.comparing.bodies import body_changes
from qingdan.comparing.commitments import commitment_changes
from qingdan.comparing.counts import quantity_changes
from qingdan.comparing.deadlines import date_changes
from qingdan.comparing.forms import key
from qingdan.comparing.instruments import instrument_changes
from qingdan.comparing.model import Change
from qingdan.comparing.moments import moments
from qingdan.comparing.precedence import order_changes
from qingdan.comparing.rounds import round_changes
from qingdan.comparing.sections import matched_sections
from qingdan.comparing.sentences import match
from qingdan.comparing.sides import Side, follows
from qingdan.model import Document, Item

SEVERAL = "|"  # between the topics of several items, as in the tables
_BEFORE_COMMITMENTS = frozenset(("topic", "section", "sentence"))  # fields, as model.ChangeField has them
_BACK = {
    "added": "gone", "gone": "added", "removed": "added", "done": "added", "later": "earlier", "earlier": "later", "stepped": "earlier",
    "joined": "left", "left": "joined", "up": "down", "down": "up", "advanced": "changed", "signed": "changed", "renewed": "changed",
    "strengthened": "weakened", "weakened": "strengthened",
}  # fmt: skip


def changes(old: Document, new: Document, old_items: Sequence[Item], new_items: Sequence[Item]) -> tuple[Change, ...]:
    """What changed between the items of one pair, several on one side in a split or a merger; empty when nothing did.

    Both documents and their items are as the parser gives them. Fields come in the order of ``model.ChangeField``, and inside a field in
    the order of the text. A thing is told once: that a date moved, and not that the same date went and came; the sentence it stands in is
    reworded besides. Seen from the other side (new and old exchanged) the same things changed: added is gone, later is earlier, and what
    only goes with time (done, stepped, advanced, signed) is told as it looks from there.
    """
    if follows(new, old):
        return tuple(_mirrored(change) for change in changes(new, old, new_items, old_items))
    if not old_items or not new_items:
        return ()
    return tuple(_changes(old, new, old_items, new_items))


def _changes(old: Document, new: Document, old_items: Sequence[Item], new_items: Sequence[Item]) -> Iterator[Change]:
    before, after = Side(old, old_items), Side(new, new_items)
    matching = match(before.sentences, after.sentences)
    dates = moments(before), moments(after)
    # 「。」 for 「；」, or a first line that only one copy has as a topic: the words are the same.
    same_words = "".join(own.key for own in before.sentences) == "".join(own.key for own in after.sentences)
    yield from _topics(before, after)
    yield from _sections(before, after)
    if not same_words:
        yield from _sentences(before, after, matching.reworded, matching.gone, matching.added)
        yield from sorted(commitment_changes(before, after, matching), key=_place)
    yield from sorted(date_changes(before, after, matching, dates), key=lambda change: (change.field != "deadline", *_place(change)))
    if not same_words:
        yield from sorted(body_changes(before, after), key=_place)
        yield from sorted(quantity_changes(before, after, matching), key=_place)
        yield from sorted(round_changes(before, after, matching), key=_place)
        yield from sorted(instrument_changes(before, after, dates), key=_place)
        yield from sorted(order_changes(before, after, matching), key=_place)


def in_order(found: Sequence[Change]) -> tuple[Change, ...]:
    """Changes of a pair with those of commitments in the order of the text; the others stay as they are."""
    told = sorted((change for change in found if change.field == "commitment"), key=_place)
    others = [change for change in found if change.field != "commitment"]
    first = next((i for i, change in enumerate(others) if change.field not in _BEFORE_COMMITMENTS), len(others))
    return (*others[:first], *told, *others[first:])


def _place(change: Change) -> tuple[int, int]:
    return (change.new_part.start if change.new_part else -1, change.old_part.start if change.old_part else -1)


def _topics(old: Side, new: Side) -> Iterator[Change]:
    befores, afters = ([item for item in side.items if item.topic] for side in (old, new))
    one, other = ([item.topic or "" for item in own] for own in (befores, afters))
    if [key(topic) for topic in one] == [key(topic) for topic in other]:
        return
    headings = [next((own for own in side.sentences if own.heading), None) for side in (old, new)]
    yield Change(
        "topic", "changed", SEVERAL.join(one) or None, SEVERAL.join(other) or None,
        old_part=old.part(headings[0].start, headings[0].end) if headings[0] else None,
        new_part=new.part(headings[1].start, headings[1].end) if headings[1] else None,
    )  # fmt: skip


def _sections(old: Side, new: Side) -> Iterator[Change]:
    if not old.document.sections or not new.document.sections:
        return
    one, other = old.items[0].section, new.items[0].section
    if (one is None and other is None) or (one is not None and matched_sections(old.document, new.document).get(one) == other):
        return
    before = next((section for section in old.document.sections if section.id == one), None)
    after = next((section for section in new.document.sections if section.id == other), None)
    if before and after and key(before.title or "") == key(after.title or ""):  # titles may stand twice in one list
        return
    yield Change(
        "section", "changed", (before.title or before.label) if before else None, (after.title or after.label) if after else None,
        old_part=old.part(before.start, before.end) if before else None, new_part=new.part(after.start, after.end) if after else None,
    )  # fmt: skip


def _sentences(old: Side, new: Side, reworded: dict[int, int], gone: Sequence[int], added: Sequence[int]) -> Iterator[Change]:
    for i, j in sorted(reworded.items(), key=lambda pair: pair[1]):
        one, other = old.sentences[i], new.sentences[j]
        if not one.heading:  # the topic has a row of its own
            yield Change(
                "sentence",
                "reworded",
                one.text,
                other.text,
                old_part=old.part(one.start, one.end),
                new_part=new.part(other.start, other.end),
            )
    for sentence in (old.sentences[i] for i in gone):
        if not sentence.heading:
            yield Change("sentence", "gone", sentence.text, None, old_part=old.part(sentence.start, sentence.end))
    for sentence in (new.sentences[j] for j in added):
        if not sentence.heading:
            yield Change("sentence", "added", None, sentence.text, new_part=new.part(sentence.start, sentence.end))


def _mirrored(change: Change) -> Change:
    """A change as it is seen from the other side."""
    kind = _BACK.get(change.kind, change.kind)
    old, new = change.new, change.old
    if change.field == "deadline" and change.kind in ("added", "done"):
        # What is to be done by a date the earlier list has is a deadline it adds; when it was done is no deadline.
        kind, old = ("removed", old) if change.kind == "added" else ("added", None)
    difference = None if change.difference is None or kind == "added" else -change.difference
    percent = None
    if change.percent is not None and difference is not None and isinstance(old, int) and old:
        percent = msgspec.convert(round(100 * float(difference) / old, 1), type=type(change.percent), strict=False)
    return Change(
        change.field, kind, old, new, change.unit, change.of, change.new_qualifier, change.old_qualifier, difference, percent,
        None if change.expected is None else False, change.new_part, None if change.kind == "done" else change.old_part,
    )  # fmt: skip
