"""Files to documents: what a file is, and the text it begins as."""

from __future__ import annotations

import hashlib
from pathlib import Path

import regex

from qingdan.model import Document, Issue, Metadata, QingdanError, Source
from qingdan.reading.encodings import decode, is_binary
from qingdan.reading.folding import without_surrogates

_SIGNATURES = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP container (DOCX, XLSX or archive)", b"\xd0\xcf\x11\xe0": "an old Office file"}
_MARKUP = regex.compile(r"(?i)^\s*<(?:!doctype html|html|head|body|div|table|p|\?xml)\b")


def read_bytes(data: bytes, name: str, document_id: str, reference_date: str | None = None) -> Document:
    """The document that the bytes of a file begin as: text and source, nothing found yet.

    Raises QingdanError when they are empty or no plain text.
    """
    name, document_id = without_surrogates(name), without_surrogates(document_id)  # file names need not be UTF-8
    kind = next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
    if kind is not None:
        raise QingdanError(f"{name}: is {kind}; only plain text can be read")
    text, encoding, issues = decode(data)
    if not text.strip("\0 \t\r\n"):
        raise QingdanError(f"{name}: is empty")
    if is_binary(text):
        raise QingdanError(f"{name}: is binary, not text")
    if _MARKUP.match(text):
        raise QingdanError(f"{name}: is HTML or XML; only plain text can be read")
    source = Source(name, hashlib.sha256(data).hexdigest(), "text/plain", encoding)
    return begin(text, document_id, source, reference_date, issues)


def begin(text: str, document_id: str, source: Source, reference_date: str | None = None, issues: tuple[Issue, ...] = ()) -> Document:
    """A document with nothing but its text and source; what later stages fill in is None or empty."""
    metadata = Metadata(
        id=document_id, title=None, series=None, round=None, track=None, year=None, parties=(), place=None, held=None,
        published=None, reference_date=reference_date, format=None, source=source,
    )  # fmt: skip
    return Document(document=metadata, text=text, issues=issues)


def read_text(text: str, document_id: str = "text", reference_date: str | None = None) -> Document:
    """The document that a text in memory begins as; its SHA-256 is that of its UTF-8 bytes."""
    data = text.encode("utf-8", "surrogatepass")
    source = Source(None, hashlib.sha256(data).hexdigest(), "text/plain", None)
    return begin(text.removeprefix("\ufeff"), document_id, source, reference_date)


def unreadable(path: Path, error: OSError) -> QingdanError:
    """One line that says why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return QingdanError(f"{path}: no such file")
    return QingdanError(f"{path}: is a directory" if isinstance(error, IsADirectoryError) else f"{path}: {error.strerror}")


def read_file(path: Path, name: str | None = None, reference_date: str | None = None, document_id: str | None = None) -> Document:
    """The document that a file begins as. ``name`` is the path to record, without folders of the machine; the id is
    the stem of the name by default.

    Raises QingdanError with one line when there is no such file, or it cannot be read as text.
    """
    shown = name or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    return read_bytes(data, shown, document_id or Path(shown).stem or "text", reference_date)
