"""Web archives (WARC): the pages in one, each with the address it was fetched from."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from mmap import mmap
from typing import Any, NamedTuple

from msgspec import structs

from qingdan.model import Issue, QingdanError
from qingdan.reading.kinds import Kind, kind
from qingdan.reading.page import Page

LARGEST_RECORD = 64 << 20  # bytes, unpacked; a page or a document of more is none that anybody wrote
MOST_BROKEN = 200  # after so many the file is given up

Bytes = bytes | mmap
ReadPage = Callable[[bytes, str, str | None], Page]

_TYPES = {
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown", "application/pdf", "multipart/related",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_UNSAID = {"", "application/octet-stream", "application/download", "application/force-download", "application/x-download", "unk", "binary"}
_TOLD: set[Kind] = {"html", "mhtml", "pdf", "docx"}  # what content of no type may be
_START = re.compile(rb"WARC/[0-9]\.[0-9]{1,3}\r?\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]{0,20}([0-9]{1,15})[ \t\r]{0,20}$", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_LONGEST_HEADER = 1 << 16
_PIECE = 1 << 14


class Record(NamedTuple):
    """The bytes of one record, header and all, and where it begins in the file; None for a stretch that is no record."""

    data: bytes | None
    offset: int


def pages(data: bytes, read_page: ReadPage) -> Iterator[tuple[str, Page]]:
    """The pages of a web archive (WARC, plain or gzip), each with its address as the name to record.

    read_page: reads the bytes of one page, given its address and the charset that the server declared, None without one.

    Taken are responses of status 200, resources and conversions of a type there is a reader for. What redirects, is
    missing, is a picture or a script, was fetched before unchanged, is passed over. A record that is broken, or a page
    that cannot be read, gives an issue on the page before it (on the first, when it stands at the start). Raises
    QingdanError when there is no page at all.
    """
    held: tuple[str, Page] | None = None  # one page behind, for the issues of what follows it
    issues: list[Issue] = []
    seen: set[tuple[str, bytes]] = set()
    for offset, body in bodies(data):
        try:
            if isinstance(body, QingdanError):
                raise body
            key = (body.url, hashlib.sha256(body.data).digest())
            if key in seen:
                continue
            seen.add(key)
            page = structs.replace(read_page(body.data, body.url, body.charset), url=body.url or None)
        except QingdanError as error:
            issues.append(Issue("record-not-read", f"byte {offset:,}: {error}", None, None, "warning"))
            continue
        if body.truncated:
            issues.append(Issue("truncated", f"{body.url}: the archive holds only the beginning of it", None, None, "warning"))
            page, issues = structs.replace(page, issues=(*page.issues, issues[-1])), issues[:-1]
        if held is not None:
            yield _with(held, issues)
            issues = []
        held = (body.url, page)
    if held is None:
        first = f" ({issues[0].message})" if issues else ""
        raise QingdanError(f"is a web archive without a page of text{first}")
    yield _with(held, issues)


def bodies(data: Bytes) -> Iterator[tuple[int, Body | QingdanError]]:
    """What may be a page in a web archive, record by record: the byte that it begins at, and its body or why there is none.

    data: the bytes of the file, or a map of it into memory. Raises QingdanError where warcio is missing.
    """
    try:
        import warcio.archiveiterator  # noqa: F401
    except ImportError:
        raise QingdanError("reading WARC needs warcio: pip install 'qingdan[warc]'") from None
    for record in _records(data):
        if record.data is None:
            yield record.offset, QingdanError(f"the record at byte {record.offset:,} is broken")
            continue
        try:
            body = _body(record.data)
        except QingdanError as error:
            yield record.offset, error
            continue
        if body is not None:
            yield record.offset, body


def _with(held: tuple[str, Page], issues: list[Issue]) -> tuple[str, Page]:
    name, page = held
    return name, structs.replace(page, issues=(*page.issues, *issues))


class Body(NamedTuple):
    """What one record holds: the address, the bytes with every encoding undone, the declared charset."""

    url: str
    data: bytes
    charset: str | None
    truncated: bool


def _body(record: bytes) -> Body | None:
    """The body of a record that may be a page, None for one that is none. Raises QingdanError for a broken one."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        # It and what made it hold each other, and the record: unless it is closed, records pile up.
        with closing(iter(ArchiveIterator(BytesIO(record)))) as records:
            parsed: Any = next(records)
            if parsed.rec_type not in {"response", "resource", "conversion"}:
                return None
            url = (parsed.rec_headers.get_header("WARC-Target-URI") or "").strip().strip("<>")
            http = parsed.http_headers
            if parsed.rec_type == "response" and (http is None or http.get_statuscode() != "200"):
                return None
            stated = (http.get_header("Content-Type") if http is not None else parsed.rec_headers.get_header("Content-Type")) or ""
            media_type = stated.partition(";")[0].strip().lower()
            if (media_type not in _TYPES and media_type not in _UNSAID) or re.search(r"/robots\.txt\Z", url):
                return None
            packed = http is not None and (http.get_header("Content-Encoding") or "").strip().lower() == "br"
            if packed:  # warcio knows only the brotli libraries of the past
                http.remove_header("Content-Encoding")
            data = _read(parsed.content_stream())
            if packed:
                data = _unbrotlied(data)
    except QingdanError:
        raise
    except Exception as error:  # warcio and the decoders behind it raise whatever broken bytes lead to
        raise QingdanError(f"the record is broken: {' '.join(str(error).split())[:100] or type(error).__name__}") from None
    if not data.strip() or (media_type in _UNSAID and kind(data, url) not in _TOLD):
        return None
    charset = _CHARSET.search(stated)
    return Body(url, data, charset[1] if charset else None, bool(parsed.rec_headers.get_header("WARC-Truncated")))


def _read(stream: Any) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := stream.read(1 << 16):
        parts.append(part)
        size += len(part)
        if size > LARGEST_RECORD:
            raise QingdanError(f"unpacks to more than {LARGEST_RECORD >> 20} MB; not read")
    return b"".join(parts)


def _unbrotlied(data: bytes) -> bytes:
    """The bytes that brotli packed; as they are when they are not packed, as where the archive has undone it."""
    import brotli

    unpacker = brotli.Decompressor()
    try:
        unpacked: bytes = unpacker.process(data, output_buffer_limit=LARGEST_RECORD)
    except brotli.error:
        return data
    if not unpacker.is_finished() and len(unpacked) >= LARGEST_RECORD:
        raise QingdanError(f"unpacks to more than {LARGEST_RECORD >> 20} MB; not read")
    return unpacked


def _records(data: Bytes) -> Iterator[Record]:
    """The records of an archive; a broken stretch comes as a record of no bytes, and the next is sought after it."""
    broken = 0
    for record in _members(data) if data[:1024].lstrip()[:2] == b"\x1f\x8b" else _plain_records(data, 0):
        broken += record.data is None
        if broken > MOST_BROKEN:
            return
        yield record


def _members(data: Bytes) -> Iterator[Record]:
    """The records of a file of gzip members, one in each as the standard has it, or any number in each."""
    at = data.find(b"\x1f\x8b\x08")
    while at >= 0:
        unpacked, end = _unpacked(data, at)
        if _START.match(unpacked.lstrip()):
            yield from _plain_records(unpacked, at, whole=end is not None)
        elif unpacked.strip() or end is None:
            yield Record(None, at)
        at = data.find(b"\x1f\x8b\x08", at + 3 if end is None else end)


def _unpacked(data: Bytes, at: int) -> tuple[bytes, int | None]:
    """What the gzip member at a place unpacks to, and where it ends; no end when it is broken, cut off or too large."""
    member = zlib.decompressobj(31)
    parts: list[bytes] = []
    size = 0
    while not member.eof and at < len(data):
        piece = data[at : at + _PIECE]  # piece by piece: zlib copies what it does not use
        try:
            parts.append(member.decompress(piece, LARGEST_RECORD + 1 - size))
        except zlib.error:
            return b"".join(parts), None
        size += len(parts[-1])
        if size > LARGEST_RECORD:
            return b"".join(parts), None
        at += len(piece)
    return b"".join(parts), at - len(member.unused_data) if member.eof else None


def _plain_records(data: Bytes, offset: int, whole: bool = True) -> Iterator[Record]:
    """The records of unpacked bytes. offset: where they begin in the file. whole: whether nothing is cut off their end."""
    start = _START.search(data)
    if start is None or data[: start.start()].strip():
        yield Record(None, offset)
    while start is not None:
        at = start.start()
        end = _HEADER_END.search(data, at, at + _LONGEST_HEADER)
        length = _LENGTH.search(data, at, end.end()) if end else None
        if end is None or length is None:
            yield Record(None, offset if offset else at)
            start = _START.search(data, start.end())
            continue
        stop = end.end() + int(length[1])
        following = _START.search(data, stop) if stop <= len(data) else None
        if stop > len(data) or data[stop : following.start() if following else len(data)].strip():
            # The length is wrong, or the end is cut off: the next record begins where its first line says so.
            yield Record(None, offset if offset else at)
            start = _START.search(data, end.end())
            continue
        yield Record(data[at:stop] + b"\r\n\r\n", offset if offset else at)
        start = following
    if not whole:
        yield Record(None, offset)
