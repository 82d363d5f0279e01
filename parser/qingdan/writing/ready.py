"""A document made ready for every format, where it is at hand: what is left to do for each is small, whatever process writes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import DecodeError, Struct, json, msgpack

from qingdan.comparing.faces import Face, face
from qingdan.model import SCHEMA, Document, Metadata, QingdanError
from qingdan.writing.csv_files import Lines, lines_of
from qingdan.writing.json_files import from_json, to_json
from qingdan.writing.tables import Tables


class _Head(Struct):
    document: Metadata


_PIECE = 1 << 16  # bytes of what was made small that are made large at once: most documents as a whole


class _Packed(Struct, array_like=True):
    """Each part packed by itself, so that no two need be there at once. ``json`` is the file of many lines, but for its last end."""

    about: Metadata
    json: bytes
    lines: bytes | None
    face: bytes


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

    @property
    def file(self) -> Iterable[bytes]:
        """One JSON object over many lines, a file of its own, in pieces."""
        return json.format(self.json, indent=2), b"\n"

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
        lines = _small(msgpack.encode(self.lines)) if csv else None
        about = json.decode(self.json, type=_Head).document  # as it can be written: a name of a file may hold what has no UTF-8
        return msgpack.encode(_Packed(about, _small(json.format(self.json, indent=2)), lines, _small(msgpack.encode(self.face))))


class Unpacked(Ready):
    """A document that was packed. It is not read as a whole unless a format needs that, and no part is kept.

    Raises QingdanError for what is none.
    """

    def __init__(self, packed: bytes) -> None:
        try:
            self._found = msgpack.decode(packed, type=_Packed)
        except (DecodeError, UnicodeDecodeError) as error:
            raise QingdanError(f"a stored result is no document of {SCHEMA}: {error}") from None

    @property
    def about(self) -> Metadata:
        return self._found.about

    @property
    def json(self) -> bytes:
        return json.format(_large(self._found.json), indent=-1)

    @property
    def file(self) -> Iterator[bytes]:
        yield from _pieces(self._found.json)
        yield b"\n"

    @property
    def lines(self) -> Lines:
        if self._found.lines is None:
            return lines_of(self.document)
        return msgpack.decode(_large(self._found.lines), type=Lines)

    @property
    def face(self) -> Face:
        return msgpack.decode(_large(self._found.face), type=Face)

    @cached_property
    def document(self) -> Document:  # type: ignore[override]
        return from_json(_large(self._found.json), "a stored result")


def _small(data: bytes) -> bytes:
    return zlib.compress(data, 1)


def _large(data: bytes) -> bytes:
    """What ``_small`` made small; zlib's check of it finds whatever is damaged."""
    return b"".join(_pieces(data))


def _pieces(data: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    try:
        for at in range(0, len(data), _PIECE):
            yield unpacker.decompress(data[at : at + _PIECE])
    except zlib.error as error:
        raise QingdanError(f"a stored result is damaged: {error}") from None
    if not unpacker.eof:
        raise QingdanError("a stored result is damaged: it ends before its end")
