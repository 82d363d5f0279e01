"""What there is to say of a document: its figures, its issues by line and column, and what of it is not as expected."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import regex
from msgspec import Struct

from qingdan.checking.page import chrome_share
from qingdan.expectations import Expectation, expectation_beside, unmet
from qingdan.model import Document, FormatEvidence, Issue
from qingdan.pipeline import parse
from qingdan.vocabulary.own import OwnFiles

_LINE_END = regex.compile(r"\r\n?|\n")


class PlacedIssue(Issue, frozen=True):
    """An issue with its ``line`` and ``column`` in the text as read, both from 1; None when it concerns the whole."""

    line: int | None = None
    column: int | None = None


class Verdict(Struct, frozen=True):
    """``evidence`` has the list formats, those that open the most provisions first; ``chrome`` is the share of the text that is
    page chrome, 0 to 1. ``issues`` are sorted by place, those of the whole first; ``unmet`` has a line for each
    expectation that is not met.
    """

    document: str
    format: str | None
    evidence: tuple[FormatEvidence, ...]
    sections: int
    items: int
    chrome: float
    issues: tuple[PlacedIssue, ...]
    unmet: tuple[str, ...]


def check(document_or_path: Document | str | PathLike[str], *, lexicon: OwnFiles = None, units: OwnFiles = None) -> Verdict:
    """The verdict on a document, or on a file, which is parsed and compared with the expectation file beside it.

    lexicon, units: files with rows of your own that a file is parsed with, as for ``parse``.

    The file ``list.toml`` beside ``list.txt`` has a table ``[expect]`` with any of items, sections, format, title, issues,
    paths and topics. Raises QingdanError when a file cannot be read.
    """
    if isinstance(document_or_path, Document):
        return verdict(document_or_path)
    path = Path(document_or_path)
    return verdict(parse(path, lexicon=lexicon, units=units), expectation_beside(path))


def verdict(document: Document, expectation: Expectation | None = None) -> Verdict:
    """The verdict on a parsed document."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(document.text))]
    placed = [_placed(issue, starts) for issue in document.issues]
    placed.sort(key=lambda issue: (issue.start is not None, issue.start or 0))
    return Verdict(
        document=document.id,
        format=document.document.format,
        evidence=document.document.evidence,
        sections=len(document.sections),
        items=len(document.items),
        chrome=round(chrome_share(document), 3),
        issues=tuple(placed),
        unmet=tuple(unmet(document, expectation)) if expectation else (),
    )


def _placed(issue: Issue, starts: list[int]) -> PlacedIssue:
    line = column = None
    if issue.start is not None:
        line = bisect_right(starts, issue.start)
        column = issue.start - starts[line - 1] + 1
    return PlacedIssue(issue.code, issue.message, issue.start, issue.end, issue.severity, line, column)


def lines(name: str, found: Verdict) -> Iterator[str]:
    """A verdict as a compiler would put it, one line an issue, under the name of its file; the figures last."""
    for issue in found.issues:
        place = "" if issue.line is None else f":{issue.line}:{issue.column}"
        yield f"{name}{place}: {issue.severity} {issue.code}: {' '.join(issue.message.split())}"
    for line in found.unmet:
        yield f"{name}: error unmet: {' '.join(line.split())}"
    counts = f"{counted(found.sections, 'section')}, {counted(found.items, 'item')}"
    evidence = ", ".join(f"{row.format} {row.provisions} of {row.provisions + row.refused}" for row in found.evidence[:2])
    yield f"{name}: format {found.format or 'none'}{f' ({evidence})' if evidence else ''}, {counts}, {found.chrome:.0%} chrome"


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 item, 2 items."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
