"""What holds of every document whatever its text: its parts part the text, its spans quote it, its tree is one, its JSON is it."""

from __future__ import annotations

from itertools import pairwise

from qingdan.model import Block, Document, Item, Section, Span
from qingdan.reading.folding import fold
from qingdan.writing.json_files import from_json, to_json


def parts(document: Document) -> list[tuple[int, int]]:
    blocks = [part for part in (document.title, document.preamble) if part]
    return sorted((part.start, part.end) for part in (*blocks, *document.sections, *document.items, *document.chrome))


def check_partition(document: Document) -> None:
    """Every character that is not blank is in exactly one of title, preamble, section heading, item and chrome."""
    spans = parts(document)
    text = document.text
    assert all(start < end for start, end in spans), "an empty part"
    assert all(before[1] <= after[0] for before, after in pairwise(spans)), "parts overlap"
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    between = "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert fold(between).text.strip() == "", "text belongs to no part"


def check_spans(document: Document) -> None:
    """Every span quotes its slice of the text, and every mention lies in the part that holds it."""
    text = document.text
    holders: list[Block | Section | Item] = [part for part in (document.title, document.preamble) if part]
    holders += [*document.sections, *document.items]
    for span in [part for part in holders if isinstance(part, Block)] + [*document.chrome]:
        assert text[span.start : span.end] == span.text, f"{span} does not quote the text"
    for item in document.items:
        assert text[item.body_start : item.body_end] == item.body, f"the body of {item.id} does not quote the text"
        assert item.start <= item.body_start <= item.body_end <= item.end, f"the body of {item.id} lies outside it"
        assert item.topic is None or item.topic in text[item.start : item.end], f"the topic of {item.id} is not in it"
    for part in (*document.sections, *document.items):
        assert text.startswith(part.label, part.start), f"{part.id} does not begin with its label"
    for holder in holders:
        mentions: tuple[Span, ...] = (*holder.dates, *holder.agencies, *holder.quantities)
        for mention in mentions:
            assert text[mention.start : mention.end] == mention.text, f"{mention} does not quote the text"
            assert mention.start < mention.end, f"{mention} is empty"
            assert holder.start <= mention.start and mention.end <= holder.end, f"{mention} lies outside its part"
    for issue in document.issues:
        assert issue.start is None or issue.end is None or 0 <= issue.start <= issue.end <= len(text), f"{issue} lies outside"


def check_commitments(document: Document) -> None:
    """Commitments stand in the body of their item, in order and apart, quote the text, and hold the item's mentions in their span."""
    text = document.text
    for item in document.items:
        place = item.body_start
        for commitment in item.commitments:
            start, end = commitment.start, commitment.end
            assert place <= start < end <= item.body_end, f"{commitment.text} lies outside the body of {item.id}, or in another"
            for span in (commitment, *commitment.instrument, *commitment.conditions, *filter(None, [commitment.event])):
                assert text[span.start : span.end] == span.text, f"{span} does not quote the text"
                assert start <= span.start < span.end <= end, f"{span} lies outside its commitment"
            for kind in ("dates", "agencies", "quantities"):
                inside = tuple(mention for mention in getattr(item, kind) if start <= mention.start and mention.end <= end)
                assert getattr(commitment, kind) == inside, f"{commitment.text} has other {kind} than its item has there"
            assert commitment.deadline is None or commitment.deadline in commitment.dates, f"{commitment.deadline} is none of its dates"
            assert commitment.event is None or (commitment.event.place or "") in commitment.text, f"{commitment.event} is held elsewhere"
            assert (commitment.status == "unresolved") == (not commitment.actors), f"{commitment.text} is settled without actors"
            place = end


def check_tree(document: Document) -> None:
    """Ids are unique, parts stand in the order of the text, and what is above a part stands before it."""
    ids = [part.id for part in (*document.sections, *document.items)]
    assert len(set(ids)) == len(ids), "an id comes twice"
    for parts in (document.sections, document.items, document.chrome):
        assert all(before.start < after.start for before, after in pairwise(parts)), "parts are out of order"
    sections = {section.id: section.start for section in document.sections}
    items = {item.id: item.start for item in document.items}
    for item in document.items:
        assert item.number == item.path[-1], f"{item.id} has another number than its path"
        assert item.section is None or sections[item.section] < item.start, f"{item.id} stands before its section"
        assert item.parent is None or items[item.parent] < item.start, f"{item.id} stands before its parent"


def check_json(document: Document) -> None:
    """Its JSON is read back as the same JSON."""
    encoded = to_json(document)
    assert to_json(from_json(encoded, "")) == encoded, "JSON does not come back"


def broken(document: Document) -> list[tuple[str, str]]:
    """The checks that the document does not pass, each with what it said; empty when all hold."""
    found = []
    for check in _CHECKS:
        try:
            check(document)
        except (AssertionError, KeyError) as failure:
            found.append((check.__name__.removeprefix("check_"), str(failure)[:200]))
    return found


_CHECKS = (check_partition, check_spans, check_commitments, check_tree, check_json)
