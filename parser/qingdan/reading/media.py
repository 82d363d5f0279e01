"""Bytes of any medium to pages: which reader takes them, chosen by their content."""

from __future__ import annotations

from collections.abc import Iterator

from qingdan.model import QingdanError
from qingdan.reading.encodings import decode, is_binary
from qingdan.reading.kinds import Kind, kind, payload, refuse
from qingdan.reading.page import Page


def read_pages(data: bytes, name: str) -> Iterator[tuple[str, Page]]:
    """The pages that the bytes of a file hold, each with the name to record: one, or those of a web archive.

    name: the file's name; its suffix counts only where the content could be one thing or another.
    Raises QingdanError with one line, the name before it, for what cannot be read.
    """
    if kind(data, name) != "warc":
        yield name, read_page(data, name)
        return
    from qingdan.reading import warc

    try:
        yield from warc.pages(data, read_page)
    except QingdanError as error:
        raise QingdanError(f"{name}: {error}") from None


def read_page(data: bytes, name: str, charset: str | None = None) -> Page:
    """The page that the bytes of one file are. ``charset`` is what the medium around them declares (an HTTP header).

    Raises QingdanError as ``read_pages`` does; also for a web archive, which may hold many pages.
    """
    data = payload(data)
    found = kind(data, name)
    if found != "binary":  # what looks so at its beginning may be a text with stray bytes
        error = refuse(found, name)
        if error is not None:
            raise error
    try:
        page = _read(data, found, charset)
    except QingdanError as error:
        raise QingdanError(f"{name}: {error}") from None
    if not page.text.strip("\0 \t\r\n"):
        raise QingdanError(f"{name}: is empty" if found in ("text", "markdown") else f"{name}: holds no text")
    return page


def _read(data: bytes, found: Kind, charset: str | None) -> Page:
    if found == "html":
        from qingdan.reading import html

        return html.read(data, charset)
    if found == "markdown":
        from qingdan.reading import markdown

        return markdown.read(data, charset)
    if found == "mhtml":
        from qingdan.reading import mhtml

        return mhtml.read(data, charset)
    if found == "docx":
        from qingdan.reading import docx

        return docx.read(data)
    if found == "pdf":
        from qingdan.reading import pdf

        return pdf.read(data)
    if found == "warc":
        raise QingdanError("is a web archive inside another file; unpack it first")
    text, encoding, issues = decode(data, charset)
    if is_binary(text):
        raise QingdanError("is binary, not text")
    return Page(text, "text/plain", encoding, issues)


def read_text(text: str) -> Page:
    """The page that a text in memory is: HTML and Markdown are read as such, anything else is the text itself."""
    text = text.removeprefix("\ufeff")
    found = kind(text[:_SNIFFED].encode("utf-8", "surrogatepass")) if "<" in text[:_SNIFFED] or "#" in text[:_SNIFFED] else "text"
    if found == "html":
        from qingdan.reading import html

        return html.read(text)
    if found == "markdown":
        from qingdan.reading import markdown

        return markdown.read(text)
    return Page(text, "text/plain")


_SNIFFED = 1 << 14  # characters of a text in memory that are looked at for markup
