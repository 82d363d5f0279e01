"""Files to documents: what a file is, and the text it begins as."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from qingdan.model import Document, Metadata, QingdanError, Source
from qingdan.reading.folding import without_surrogates
from qingdan.reading.media import read_pages
from qingdan.reading.media import read_text as page_of_text
from qingdan.reading.page import Page


def read_bytes(data: bytes, name: str, document_id: str, reference_date: str | None = None) -> Document:
    """The document that the bytes of a file begin as: text and source, nothing found yet.

    Raises QingdanError with one line when they cannot be read, or are a web archive of many pages.
    """
    documents = [*documents_in(data, name, document_id, reference_date)]
    if len(documents) > 1:
        raise QingdanError(f"{documents[0].document.source.path}: is a web archive of {len(documents)} pages, not one document")
    return documents[0]


def documents_in(data: bytes, name: str, document_id: str, reference_date: str | None = None) -> Iterator[Document]:
    """The documents that the bytes of a file begin as: one, or one for each page of a web archive, numbered from 1.

    Raises QingdanError with one line when they cannot be read.
    """
    name, document_id = without_surrogates(name), without_surrogates(document_id)  # file names need not be UTF-8
    sha256 = hashlib.sha256(data).hexdigest()
    for number, (address, page) in enumerate(read_pages(data, name), 1):
        yield begin(page, document_id if address == name else f"{document_id}.{number}", name, sha256, reference_date)


def begin(page: Page, document_id: str, path: str | None, sha256: str, reference_date: str | None = None) -> Document:
    """A document with nothing but its text, its source and what its medium says; the rest is None or empty."""
    source = Source(path, sha256, page.media_type, page.encoding, page.titles, page.published, page.url, page.site)
    metadata = Metadata(
        id=document_id, title=None, series=None, round=None, track=None, year=None, parties=(), place=None, held=None,
        published=None, reference_date=reference_date, format=None, source=source,
    )  # fmt: skip
    return Document(document=metadata, text=page.text, chrome=page.chrome, issues=page.issues)


def read_text(text: str, document_id: str = "text", reference_date: str | None = None) -> Document:
    """The document that a text in memory begins as; its SHA-256 is that of its UTF-8 bytes."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return begin(page_of_text(text), document_id, None, sha256, reference_date)


def unreadable(path: Path, error: OSError) -> QingdanError:
    """One line that says why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return QingdanError(f"{path}: no such file")
    return QingdanError(f"{path}: is a directory" if isinstance(error, IsADirectoryError) else f"{path}: {error.strerror}")


def read_file(path: Path, name: str | None = None, reference_date: str | None = None, document_id: str | None = None) -> Document:
    """The document that a file begins as. ``name`` is the path to record, without folders of the machine; the id is
    the stem of the name by default.

    Raises QingdanError with one line when there is no such file, it cannot be read, or it is a web archive of many pages.
    """
    shown = name or path.name
    return read_bytes(bytes_of(path), shown, document_id or Path(shown).stem or "text", reference_date)


def documents_of_file(
    path: Path, name: str | None = None, reference_date: str | None = None, document_id: str | None = None
) -> Iterator[Document]:
    """As ``read_file``, but a web archive gives a document for each of its pages."""
    shown = name or path.name
    return documents_in(bytes_of(path), shown, document_id or Path(shown).stem or "text", reference_date)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises QingdanError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
