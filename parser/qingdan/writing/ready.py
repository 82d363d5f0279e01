"""A document made ready for every format, where it is at hand: what is left to do for each is small, whatever process writes."""

from __future__ import annotations

import zlib
from functools import cached_property

from msgspec import DecodeError, Struct, msgpack
from msgspec import json as msgspec_json

from qingdan.comparing.copies import Face, face
from qingdan.model import SCHEMA, Document, Metadata, QingdanError
from qingdan.writing.csv_files import Lines, lines_of
from qingdan.writing.json_files import from_json, to_json
from qingdan.writing.tables import Tables


class _Head(Struct):
    document: Metadata


class _Packed(Struct, array_like=True):
    json: bytes
    lines: Lines | None
    face: tuple[bytes, bytes]


class Ready:
    """A document as the formats take it; each part is made when a format first asks for it, unless it came with it.

    ``copy_of`` is the id of the document that it is a copy of, which no document knows of itself.
    """

    copy_of: str | None = None

    def __init__(self, document: Document) -> None:
        self.document = document

    @property
    def about(self) -> Metadata:
        return self.document.document

    @cached_property
    def json(self) -> bytes:
        """One JSON object on one line."""
        return to_json(self.document)

    @cached_property
    def lines(self) -> Lines:
        """The lines of CSV."""
        return lines_of(self.document)

    @cached_property
    def face(self) -> Face:
        """What it is known by among the copies of a list."""
        return face(self.document)

    @cached_property
    def tables(self) -> Tables:
        """The rows of every table."""
        return Tables(self.document, self.copy_of)

    def packed(self, csv: bool) -> bytes:
        """The document with its face, and with ``csv`` its lines, as a few bytes."""
        return zlib.compress(msgpack.encode(_Packed(self.json, self.lines if csv else None, self.face.packed())), 1)


class Unpacked(Ready):
    """A document that was packed. It is not read as a whole unless a format needs that.

    Raises QingdanError for what is none.
    """

    def __init__(self, packed: bytes) -> None:
        try:
            found = msgpack.decode(zlib.decompress(packed), type=_Packed)
            self._about = msgspec_json.decode(found.json, type=_Head).document
        except (zlib.error, DecodeError) as error:
            raise QingdanError(f"a stored result is no document of {SCHEMA}: {error}") from None
        self.json = found.json
        self.packed_face = found.face
        if found.lines:
            self.lines = found.lines

    @property
    def about(self) -> Metadata:
        return self._about

    @cached_property
    def face(self) -> Face:
        return Face.unpacked(*self.packed_face)

    @cached_property
    def document(self) -> Document:  # type: ignore[override]
        return from_json(self.json, "a stored result")
