"""Issues of the page as a whole: what it lacks, and how much of it is no list."""

from __future__ import annotations

from collections.abc import Iterator

from qingdan.model import Document, Issue

MOSTLY = 0.5  # a share of chrome above this is worth a word


def headless(document: Document) -> Iterator[Issue]:
    if document.title is None:
        yield Issue("no-title", "no title found", None, None, "warning")


def undated(document: Document) -> Iterator[Issue]:
    if document.items and document.document.reference_date is None:
        yield Issue("no-reference-date", "neither a meeting nor a publication day found: relative dates stay open", None, None, "info")


def mostly_chrome(document: Document) -> Iterator[Issue]:
    share = chrome_share(document)
    if share > MOSTLY:
        yield Issue("mostly-chrome", f"{share:.0%} of the text is page chrome", None, None, "info")


def chrome_share(document: Document) -> float:
    """The share of the text's characters, blanks left out, that stand in chrome: 0 to 1, and 0 of nothing."""
    whole = _inked(document.text) if document.chrome else 0
    return sum(_inked(part.text) for part in document.chrome) / whole if whole else 0.0


def _inked(text: str) -> int:
    return sum(map(len, text.split()))
