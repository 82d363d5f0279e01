"""Archives to entries: ZIP, TAR and web archives, told by their content; an archive inside an archive is opened, one level deep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import BinaryIO, Literal

from qingdan.batch import tars, webarchives, zips
from qingdan.batch.entries import BROKEN, LARGEST_NESTED, Entry, Member, Wanted, line, refused, whole
from qingdan.batch.names import fault, harmless
from qingdan.model import QingdanError

Container = Literal["zip", "tar", "warc"]
_SUFFIX = re.compile(r"\.(?:zip|tar|tgz|tbz2?|txz|tzst|tar\.(?:gz|bz2|xz|zst)|warc(?:\.gz)?|gz)\Z", re.IGNORECASE)
_PACKED = re.compile(r"\.(?:zip|tar|tgz|tbz2?|txz|tzst|tar\.(?:gz|bz2|xz|zst))(?=/)", re.IGNORECASE)


def is_named_archive(name: str) -> bool:
    """Whether a name is that of an archive. The content decides; of files in folders, the name whether to look."""
    return _SUFFIX.search(name) is not None


def container(file: BinaryIO) -> Container | None:
    """What archive a file is, None for none; it stands at its beginning before and after. Never raises for what is in it."""
    head = file.read(8)
    file.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip" if zips.is_archive(file) else None
    if webarchives.is_archive(file):
        return "warc"
    return "tar" if tars.is_archive(file) else None


def entries(file: BinaryIO, kind: Container, root: str, inner: str, wanted: Wanted, within: bool = False) -> Iterator[Entry]:
    """The documents of an archive, in its own order. What there is a reason not to read comes as an entry that says so.

    inner: the path of the archive; within: whether it stands in another one.
    """
    try:
        if kind == "warc":
            yield from webarchives.entries(file, root, inner, wanted)
        else:
            for member in zips.members(file) if kind == "zip" else tars.members(file):
                yield from _of_member(member, root, inner, wanted, within)
    except QingdanError as error:
        yield refused(root, inner, str(error))


def _of_member(member: Member, root: str, inner: str, wanted: Wanted, within: bool) -> Iterator[Entry]:
    name = harmless(member.name)
    at = f"{inner}/{name}"
    archive = is_named_archive(name)
    why = fault(member.name) or member.refusal
    named = wanted.takes(name) or (not wanted.include and (fault(member.name) or (why and "not followed" in why)))
    if wanted.excludes(name) or not (archive or named):
        return
    if why is None and not archive and member.size > wanted.largest:
        why = str(wanted.too_large(member.size))
    if why is not None:
        yield refused(root, at, why)
        return
    if not archive:
        yield Entry(root, at, plain(at), lambda: _read(member, wanted))
        return
    with TemporaryFile() as copy:
        try:
            _copy(member, copy)
        except QingdanError as error:
            yield refused(root, at, str(error))
            return
        kind = container(copy)
        if kind is None:
            if wanted.takes(name) or not wanted.include:  # broken at its beginning, or a document whatever its name
                yield Entry(root, at, plain(at), lambda: whole(copy, wanted))
        elif within:
            yield refused(root, at, "is an archive in an archive that is in another; unpack that first")
        else:
            yield from entries(copy, kind, root, at, wanted, within=True)


def plain(path: str) -> str:
    """A path without the suffixes of the archives on the way, which say nothing in an id."""
    return _PACKED.sub("", path)


def _read(member: Member, wanted: Wanted) -> bytes:
    try:
        with member.open() as stream:
            return whole(stream, wanted)
    except BROKEN as error:
        raise QingdanError(f"is broken in the archive: {line(error)}") from None


def _copy(member: Member, copy: BinaryIO) -> None:
    size = 0
    try:
        with member.open() as stream:
            while part := stream.read(1 << 20):
                size += len(part)
                if size > LARGEST_NESTED:
                    raise QingdanError(f"is an archive in an archive of more than {LARGEST_NESTED >> 20:,} MB; unpack it first")
                copy.write(part)
    except BROKEN as error:
        raise QingdanError(f"is broken in the archive: {line(error)}") from None
    copy.seek(0)
