"""PDF files: the text layer, with the lines of a paragraph put together and what repeats on every page left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qingdan.model import Issue, QingdanError
from qingdan.reading.page import Page
from qingdan.reading.pdf_lines import MOST_GLYPHS, Line, glyphs, page_lines
from qingdan.reading.pdf_margins import running
from qingdan.reading.pdf_paragraphs import paragraphs
from qingdan.reading.titles import metadata_title

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 2000
MOST_CHARACTERS = 5_000_000

_MARGIN = 72.0  # points, taken for those of a page whose text lies on its side
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")
_WORDS = re.compile(r"[\u3400-\u9fff]{2}|[^\W\d_]{5}")  # more than 「第3页」
_LOCKED = 4  # FPDF_ERR_PASSWORD


def read(data: bytes) -> Page:
    """Read a PDF that has a text layer.

    A paragraph is a line, over columns and pages; so is a heading, and a row of a table, with tabs between its cells.
    Page headers, footers and page numbers are left out, with an issue that quotes them. Raises QingdanError for what is
    no PDF, is locked, or has no text layer (a scan).
    """
    try:
        import pypdfium2 as pdfium
        import pypdfium2.raw as raw
    except ImportError:
        raise QingdanError("reading PDF needs pypdfium2: pip install 'qingdan[pdf]'") from None
    try:
        document = pdfium.PdfDocument(data)
        many = len(document)
    except pdfium.PdfiumError:
        locked = raw.FPDF_GetLastError() == _LOCKED
        raise QingdanError("is locked with a password" if locked else "is a broken PDF") from None
    try:
        pages: list[list[Line]] = []
        sizes: list[tuple[float, float, float]] = []
        issues: list[Issue] = []
        total = 0
        for number in range(min(many, MOST_PAGES)):
            try:
                lines, size = _page(document, number)
            except pdfium.PdfiumError:
                issues.append(Issue("broken-page", f"page {number + 1} could not be read", None, None, "warning"))
                continue
            pages.append(lines)
            sizes.append(size)
            total += sum(len(line.text) for line in lines)
            if total > MOST_CHARACTERS:
                break
        if len(pages) + len(issues) < many:
            read_to = len(pages) + len(issues)
            issues.append(Issue("too-long", f"only the first {read_to:,} of {many:,} pages were read", None, None, "warning"))
        title = metadata_title(document.get_metadata_dict().get("Title")) if total else None
    finally:
        document.close()
    return _put_together(pages, sizes, title, issues)


def _page(document: Any, number: int) -> tuple[list[Line], tuple[float, float, float]]:
    """The lines of a page; its width, its bottom and its top, as they stand."""
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            found, turned = glyphs(textpage)
        finally:
            textpage.close()
        left, bottom, right, top = page.get_bbox()
    finally:
        page.close()
    drawn = [glyph for glyph in found if not glyph.implied]
    if turned:
        bottom, top = min(g.y for g in drawn), max(g.y for g in drawn)
        left = min(g.left for g in drawn) - _MARGIN
        right = max(g.right for g in drawn) + _MARGIN
    found = [glyph._replace(left=glyph.left - left, right=glyph.right - left) if not glyph.implied else glyph for glyph in found]
    lines = page_lines(found, number, right - left)
    if turned:  # PDFium orders the lines of such pages from left to right as the page lies
        lines.sort(key=lambda line: -line.y)
    return lines, (right - left, bottom, top)


def _put_together(pages: list[list[Line]], sizes: list[tuple[float, float, float]], title: str | None, issues: list[Issue]) -> Page:
    characters = sum(len(line.text) for lines in pages for line in lines)
    if characters == 0 or (characters < 8 * len(pages) and not any(_WORDS.search(line.text) for p in pages for line in p)):
        raise QingdanError("has no text layer (a scan, or pictures of pages); text recognition must come first")
    unmapped = sum(len(_UNMAPPED.findall(line.text)) for lines in pages for line in lines)
    if unmapped * 2 > characters:
        raise QingdanError("has a text layer that does not say which characters its glyphs are; text recognition must come first")
    dropped = running(pages, [(bottom, top) for _, bottom, top in sizes])
    texts = paragraphs([line for lines in pages for line in lines if id(line) not in dropped], [width for width, _, _ in sizes])
    return Page(
        text="\n".join(text for text in texts if text.strip()),
        media_type=MEDIA_TYPE,
        issues=(*issues, *_issues(pages, dropped, unmapped)),
        titles=(title,) if title else (),
    )


def _issues(pages: list[list[Line]], dropped: set[int], unmapped: int) -> Iterator[Issue]:
    gone = [line.text.strip() for lines in pages for line in lines if id(line) in dropped]
    if gone:
        shown = "; ".join(f"「{text[:60]}」" for text in list(dict.fromkeys(gone))[:4])
        yield Issue("running-head", f"{len(gone)} page headers, footers and page numbers were left out: {shown}", None, None, "info")
    empty = [number + 1 for number, lines in enumerate(pages) if not lines]
    if empty and len(empty) < len(pages):
        shown = ", ".join(map(str, empty[:10])) + ("…" if len(empty) > 10 else "")
        yield Issue("no-text-layer", f"{len(empty)} pages have no text: {shown}", None, None, "warning")
    if unmapped:
        yield Issue("unmapped-glyphs", f"{unmapped} glyphs do not say which characters they are", None, None, "warning")
    if any(sum(len(line.text) for line in lines) >= MOST_GLYPHS for lines in pages):
        yield Issue("too-long", f"only the first {MOST_GLYPHS:,} characters of a page were read", None, None, "warning")
