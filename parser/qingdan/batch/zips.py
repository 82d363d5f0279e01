"""The entries of a ZIP archive that nobody vouches for."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from qingdan.batch.entries import BROKEN, MOST_ENTRIES, RATIO, RATIO_FROM, TOTAL_FROM, TOTAL_RATIO, Member, line
from qingdan.batch.names import decoded, of_zip
from qingdan.model import QingdanError

_OFFICE = ("[Content_Types].xml", "mimetype", "OFD.xml")
_END = b"PK\x05\x06"
_LEAST = 46  # bytes of an entry in the directory, but for its name


def is_archive(file: BinaryIO) -> bool:
    """Whether a file that begins as a ZIP container is an archive of files, and not a document in a container.

    One that is broken counts as an archive unless the names of an office document stand at its beginning.
    """
    try:
        _bounded(file)
        with zipfile.ZipFile(file) as container:
            names = container.NameToInfo
            return not any(name in names for name in _OFFICE)
    except QingdanError:
        return True
    except BROKEN:
        file.seek(0)
        head = file.read(1 << 12)
        return not any(name.encode() in head for name in (*_OFFICE, "word/"))
    finally:
        file.seek(0)


def members(file: BinaryIO) -> Iterator[Member]:
    """The files of an archive, in its own order. Raises QingdanError for one that is broken or a bomb."""
    size = _bounded(file)
    try:
        container = zipfile.ZipFile(file)
    except BROKEN as error:
        raise QingdanError(f"is a broken or cut off ZIP archive: {line(error)}") from None
    with container:
        infos = [info for info in container.infolist() if not info.is_dir()]
        # Entries that share their bytes make 10 MB of 280 TB.
        if sum(info.compress_size for info in infos) > size:
            raise QingdanError("is a ZIP archive whose entries overlap, as only a bomb's do; not read")
        plain = [info for info in infos if not info.flag_bits & 0x800]
        names = dict(zip(map(id, plain), decoded([of_zip(info.orig_filename) for info in plain]), strict=True))
        limit, used = max(TOTAL_FROM, TOTAL_RATIO * size), 0
        for info in infos:
            used += info.file_size
            if used > limit:
                raise QingdanError(f"unpacks to more than {limit >> 20:,} MB, far more than it packs; the rest is not read")
            yield Member(names.get(id(info), info.orig_filename), info.file_size, _refusal(info), partial(_open, container, info))


def _bounded(file: BinaryIO) -> int:
    """The size of an archive. Raises QingdanError when its directory is one that takes all memory to read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 22 - 20 - 56))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or at + 20 > len(tail):
        return size
    count, length = struct.unpack_from("<HI", tail, at + 10)
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and wide + 48 <= len(tail):
        count, length = max(count, struct.unpack_from("<Q", tail, wide + 32)[0]), max(length, struct.unpack_from("<Q", tail, wide + 40)[0])
    # The count may be a lie, the length of the directory cannot be more than the file.
    most = min(max(count, min(length, size) // (_LEAST + 60)), size // _LEAST)
    if most > MOST_ENTRIES:
        raise QingdanError(f"is a ZIP archive of more than {MOST_ENTRIES:,} entries; not read")
    return size


def _refusal(info: zipfile.ZipInfo) -> str | None:
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
    if kind not in (0, stat.S_IFREG):
        return "is a symbolic link; not followed" if kind == stat.S_IFLNK else "is a device or the like; not read"
    if info.flag_bits & 1:
        return "is locked with a password"
    if info.file_size > RATIO_FROM and info.file_size > RATIO * max(info.compress_size, 1):
        return f"unpacks to {info.file_size // max(info.compress_size, 1):,} times its size, as only a bomb does; not read"
    return None


def _open(container: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    return container.open(info)  # type: ignore[return-value]  # gives no more than file_size, whatever is packed
