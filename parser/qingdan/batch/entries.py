"""What is found in folders and archives: one entry a document, read when it is asked for, and the bounds it is read in."""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import BinaryIO, NamedTuple

from qingdan.model import QingdanError
from qingdan.reading.folders import is_taken

MB = 1 << 20
# What the libraries of archives raise for one that is broken, cut off or of a form they do not know.
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, tarfile.TarError, struct.error, NotImplementedError,
    RuntimeError, EOFError, ValueError, IndexError, OverflowError, MemoryError, OSError,
)  # fmt: skip
# Chinese text packs 3 to 15 times smaller, its HTML seldom 60 times. Below 4 MB an entry may be what it likes.
RATIO = 200
RATIO_FROM = 4 * MB
# Of an archive as a whole: what a gigabyte of packed text comes to, and no less than 256 MB for any archive.
TOTAL_RATIO = 100
TOTAL_FROM = 256 * MB
MOST_ENTRIES = 250_000  # a directory of so many takes 150 MB to list
LARGEST_NESTED = 1024 * MB  # an archive inside an archive, packed


class Entry(NamedTuple):
    """A document as found.

    root: what the command named it by (the name of a folder or file), inner: the path below that, archives on the way
    as folders (``2014.zip/may/list.html``). ``name`` is what its id and kind are told from. ``charset`` and ``url`` are
    what an archive declares. ``read`` gives the bytes, or raises QingdanError with the reason why there are none; it
    holds until the next entry is asked for.
    """

    root: str
    inner: str
    name: str
    read: Callable[[], bytes]
    charset: str | None = None
    url: str | None = None


class Member(NamedTuple):
    """A file of a packed archive: its name as decoded, its size unpacked, why it is not to be read (None: it may be)."""

    name: str
    size: int
    refusal: str | None
    open: Callable[[], BinaryIO]


class Wanted(NamedTuple):
    """Which entries are taken, and how large one may be in bytes.

    include, exclude: patterns of shells on the path below the folder or inside the archive (``*`` also stands for
    slashes), or on the name alone. With ``include`` the suffix does not count.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    largest: int = 64 * MB

    def takes(self, path: str) -> bool:
        if self.excludes(path):
            return False
        return _matches(path, self.include) if self.include else is_taken(path)

    def excludes(self, path: str) -> bool:
        return _matches(path, self.exclude)

    def too_large(self, size: int) -> QingdanError:
        return QingdanError(f"is larger than {self.largest / MB:,.4g} MB ({size:,} bytes; --max-size)")


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    name = path.rpartition("/")[2]
    return any(fnmatchcase(path, pattern) or fnmatchcase(name, pattern) for pattern in patterns)


def refused(root: str, inner: str, reason: str) -> Entry:
    """An entry there is a reason not to read."""

    def read() -> bytes:
        raise QingdanError(reason)

    return Entry(root, inner, inner, read)


def whole(stream: BinaryIO, wanted: Wanted) -> bytes:
    """All bytes of a stream. Raises QingdanError for more than one document may have."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(1 << 16):
        size += len(part)
        if size > wanted.largest:
            raise wanted.too_large(size)
        parts.append(part)
    return b"".join(parts)


def line(error: BaseException) -> str:
    """What an error of a library says, in one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
