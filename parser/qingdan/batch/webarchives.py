"""The pages of a web archive, record by record out of a map of the file: it is never in memory as a whole."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from functools import partial
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from qingdan.batch.entries import Entry, Wanted, refused
from qingdan.batch.names import harmless
from qingdan.batch.tars import beginning
from qingdan.model import QingdanError
from qingdan.reading import warc


def is_archive(file: BinaryIO) -> bool:
    """Whether a file is a web archive, packed or plain."""
    return beginning(file).lstrip(b"\xef\xbb\xbf\r\n ").startswith(b"WARC/")


def entries(file: BinaryIO, root: str, inner: str, wanted: Wanted) -> Iterator[Entry]:
    """The pages of a web archive, each by its address; a broken record by the byte that it begins at.

    Pages are numbered for their ids (``site.warc`` gives ``site.1``). Raises QingdanError where warcio is missing.
    """
    disk = _on_disk(file)
    data = mmap.mmap(disk.fileno(), 0, access=mmap.ACCESS_READ)
    stem = inner.rpartition(".warc")[0] or inner
    number = 0
    bodies = warc.bodies(data)
    # What a map shows is gone with the end of its file, and whoever looks there dies of it.
    while os.fstat(disk.fileno()).st_size >= len(data):
        offset, body = next(bodies, (0, None))
        if body is None:
            break
        if isinstance(body, QingdanError):
            yield refused(root, f"{inner}/byte {offset}", str(body))
            continue
        number += 1
        at = f"{inner}/{harmless(body.url) if body.url else f'byte {offset}'}"
        if wanted.excludes(at) or (wanted.include and not wanted.takes(at)):
            continue
        yield Entry(root, at, f"{stem}.{number}.html", partial(_given, body, wanted), body.charset, body.url or None)
    else:
        yield refused(root, f"{inner}/byte {len(data)}", "was cut while it was read; what stood there is lost")
    if number == 0:
        yield refused(root, inner, "is a web archive without a page of text")


def _given(body: warc.Body, wanted: Wanted) -> bytes:
    if len(body.data) > wanted.largest:
        raise wanted.too_large(len(body.data))
    return body.data


def _on_disk(file: BinaryIO) -> BinaryIO:
    """The file, or a copy where it is one of another file system, of which there is no map."""
    try:
        file.fileno()
    except OSError:
        copy = TemporaryFile()  # noqa: SIM115  # gone with the map of it
        copyfileobj(file, copy)
        copy.flush()
        return copy
    return file
