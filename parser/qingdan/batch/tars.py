"""The entries of a TAR archive, plain or packed, read from its beginning to its end and never back."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from qingdan.batch.entries import BROKEN, LARGEST_NESTED, MB, MOST_ENTRIES, TOTAL_FROM, TOTAL_RATIO, Member, line
from qingdan.batch.names import decoded
from qingdan.model import QingdanError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAGIC = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zst"}
_MEMORY = 256 * MB  # that an unpacker may take, whatever the archive asks for
_BLOCK = 512
_HEADERS = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_HEADER = 1 * MB  # a name or an extended header of more is a bomb


def packing(head: bytes) -> str:
    """How the first bytes of a file say that it is packed: gz, bz2, xz, zst, or "" for not at all."""
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), "")


def beginning(file: BinaryIO) -> bytes:
    """The first bytes of what a file packs, of itself where it is not packed; fewer where it is broken or its packing is not known."""
    try:
        head = file.read(8)
        file.seek(0)
        return _unpacked(file, packing(head)).read(_BLOCK)
    except (*BROKEN, QingdanError):
        return b""
    finally:
        file.seek(0)


def is_archive(file: BinaryIO) -> bool:
    """Whether a file is a TAR archive, by what it begins with."""
    head = beginning(file)
    if len(head) < _BLOCK or not head.strip(b"\0"):
        return False
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def members(file: BinaryIO) -> Iterator[Member]:
    """The files of an archive, in its own order; each is to be read before the next is asked for.

    Raises QingdanError where it is broken, cut off or a bomb: behind the entries before that place.
    """
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    number = 0
    metered = _Metered(_unpacked(file, packing(head)), max(TOTAL_FROM, TOTAL_RATIO * size))
    try:
        with tarfile.open(fileobj=metered, mode="r|", encoding="utf-8", errors="surrogateescape", tarinfo=_Bounded) as archive:
            for info in archive:
                archive.members.clear()  # type: ignore[attr-defined]  # else it keeps each for ever
                number += 1
                if number > MOST_ENTRIES:
                    raise QingdanError(f"is a TAR archive of more than {MOST_ENTRIES:,} entries; the rest is not read")
                if not info.isdir():
                    (name,) = decoded([info.name.encode("utf-8", "surrogateescape")])
                    yield Member(name, info.size, _refusal(info), partial(_open, archive, info))
    except BROKEN as error:
        raise QingdanError(f"is a broken or cut off TAR archive, read as far as entry {number:,}: {line(error)}") from None


class _Bounded(tarfile.TarInfo):
    """An entry none of whose headers is read when it is as large as no name: tarfile would hold all of it."""

    def _proc_member(self, archive: tarfile.TarFile) -> Any:
        if self.type not in _HEADERS or self.size <= _HEADER:
            return super()._proc_member(archive)  # type: ignore[misc]
        raise tarfile.ReadError("a header of an entry is larger than any name")


def _refusal(info: tarfile.TarInfo) -> str | None:
    if info.issym():
        return "is a symbolic link; not followed"
    if info.islnk():
        return "is a hard link to another entry; not followed"
    if info.issparse():
        return "is a sparse file; not read"
    return None if info.isreg() else "is a device or the like; not read"


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    stream = archive.extractfile(info)
    if stream is None:
        raise QingdanError("is no file")
    return stream  # type: ignore[return-value]


def _unpacked(file: BinaryIO, packed: str) -> BinaryIO:
    if packed == "gz":
        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
    if packed == "bz2":
        return bz2.BZ2File(file)  # type: ignore[return-value]
    if packed == "xz":
        return io.BufferedReader(_Xz(file))
    if packed == "zst":
        try:
            import zstandard
        except ImportError:
            raise QingdanError("reading .zst needs zstandard: pip install 'qingdan[zst]'") from None
        unpacker = zstandard.ZstdDecompressor(max_window_size=_MEMORY)
        return io.BufferedReader(_Zst(unpacker.stream_reader(file, read_across_frames=True), zstandard.ZstdError))
    return file


class _Zst(io.RawIOBase):
    """An unpacker of zstd whose errors are those of reading."""

    def __init__(self, stream: BinaryIO, error: type[Exception]) -> None:
        self._stream, self._error = stream, error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        try:
            return self._stream.readinto(buffer)  # type: ignore[attr-defined, no-any-return]
        except self._error as error:
            raise OSError(line(error)) from None


class _Xz(io.RawIOBase):
    """An unpacker of xz with a bound on its memory, which lzma.open has not."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._packed = lzma.LZMADecompressor(memlimit=_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        while True:
            if self._packed.eof:
                rest = self._packed.unused_data.lstrip(b"\0") or self._file.read(1 << 16).lstrip(b"\0")
                if not rest:
                    return 0
                self._packed = lzma.LZMADecompressor(memlimit=_MEMORY)
            else:
                rest = self._file.read(1 << 16) if self._packed.needs_input else b""
                if self._packed.needs_input and not rest:
                    raise EOFError("the packed data ends before its end")
            data = self._packed.decompress(rest, len(view))
            if data:
                view[: len(data)] = data
                return len(data)


class _Metered(io.RawIOBase):
    """A stream that gives no more than an archive of its size may hold."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._left = limit
        self._limit = limit

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(min(size, LARGEST_NESTED) if size >= 0 else LARGEST_NESTED)
        self._left -= len(data)
        if self._left < 0:
            raise QingdanError(f"unpacks to more than {self._limit >> 20:,} MB, far more than it packs; the rest is not read")
        return data
