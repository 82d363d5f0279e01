"""The last stage: what a reader of the result should look at, as issues with their places."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from qingdan.finding.dates import read_date
from qingdan.model import Block, Document, Issue, Item, Section
from qingdan.reading.folding import fold_mention


def check(document: Document) -> Document:
    """The document with the issues that its parts show, in reading order behind those already there."""
    found = [*_frame(document), *_numbers(document), *_dates(document)]
    found.sort(key=lambda issue: (issue.start is not None, issue.start or 0, issue.code))
    return structs.replace(document, issues=(*document.issues, *found))


def _frame(document: Document) -> Iterator[Issue]:
    if document.title is None:
        yield Issue("no-title", "no title found", None, None, "warning")
    if document.items and document.document.reference_date is None:
        yield Issue("no-reference-date", "neither a meeting nor a publication day found: relative dates stay open", None, None, "info")


def _numbers(document: Document) -> Iterator[Issue]:
    """Numbers that repeat or leave a gap among the provisions of one level; a list numbered through is one row."""
    nodes: list[Section | Item] = sorted([*document.sections, *document.items], key=lambda node: node.start)
    last: dict[int, int] = {}
    seen: set[tuple[int, ...]] = set()
    for node in nodes:
        if isinstance(node, Item) and not node.label:
            continue
        depth, number = len(node.path), node.path[-1]
        before = last.get(depth)
        at = node.start, node.start + len(node.label)
        if node.path in seen:
            yield Issue("number-repeated", f"{node.label} stands here again", *at, "warning")
        elif before is not None and number > before + 1:
            yield Issue("number-gap", f"{node.label} follows {before}", *at, "warning")
        seen.add(node.path)
        last[depth] = number
        for deeper in [key for key in last if key > depth + 1]:
            del last[deeper]


def _dates(document: Document) -> Iterator[Issue]:
    parts: list[Block | Section | Item] = [part for part in (document.title, document.preamble) if part]
    for part in [*parts, *document.sections, *document.items]:
        for mention in part.dates:
            if mention.status != "unresolved":
                continue
            reading = read_date(fold_mention(mention.text))
            if reading is not None and not reading.needs:
                yield Issue("impossible-date", f"{mention.text} is no day of the calendar", mention.start, mention.end, "warning")
