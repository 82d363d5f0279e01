"""The last stage: what a reader of the result should look at, as issues with their places (codes: ``data/issues.csv``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import structs

from qingdan.checking.completeness import duplicate_items, empty_items, truncated
from qingdan.checking.dates import impossible_dates, passed_deadlines
from qingdan.checking.marks import unbalanced_marks
from qingdan.checking.numbers import numbers
from qingdan.checking.page import headless, mostly_chrome, undated
from qingdan.model import Document, Issue

CHECKS: tuple[Callable[[Document], Iterator[Issue]], ...] = (
    headless,
    undated,
    mostly_chrome,
    numbers,
    empty_items,
    duplicate_items,
    truncated,
    unbalanced_marks,
    impossible_dates,
    passed_deadlines,
)


def check(document: Document) -> Document:
    """The document with the issues that its parts show, in reading order behind those already there."""
    found = [issue for one in CHECKS for issue in one(document)]
    found.sort(key=lambda issue: (issue.start is not None, issue.start or 0, issue.code))
    return structs.replace(document, issues=(*document.issues, *found))
