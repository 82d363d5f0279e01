"""Which list each document is a copy of, told by a process beside the one that writes: it takes as long as all the writing."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from multiprocessing.connection import Connection
from typing import NamedTuple

from qingdan.batch.processes import context
from qingdan.batch.work import unpacked
from qingdan.comparing.copies import Lists
from qingdan.model import Document, QingdanError

_CHUNK = 32
_AHEAD = 3  # chunks that the process has before the first is waited for; its answers then never fill a pipe

Packed = tuple[bytes, bytes | None]


class Ready(NamedTuple):
    """A document to write, with its lines of CSV and the id of the document that it is a copy of."""

    document: Document
    csv: dict[str, str]
    copy_of: str | None


def ready(results: Iterator[Packed], beside: bool) -> Iterator[Ready]:
    """Results, packed, in the order of their ids, unpacked and with what each is a copy of. ``beside``: in another process."""
    if not beside:
        with closing(Lists()) as lists:
            for blob, csv in results:
                document, lines = unpacked(blob, csv)
                yield Ready(document, lines, lists.original(document))
        return
    ours, theirs = context().Pipe()
    process = context().Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        yield from _answered(results, ours)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        raise QingdanError("the process that looks for copies was killed; the same command goes on from here") from None
    finally:
        process.kill()
        process.join()
        ours.close()


def _answered(results: Iterator[Packed], pipe: Connection) -> Iterator[Ready]:
    asked: deque[list[Packed]] = deque()
    while True:
        chunk = list(islice(results, _CHUNK))
        if chunk:
            pipe.send([blob for blob, _ in chunk])
            asked.append(chunk)
        if not asked:
            return
        if chunk and len(asked) <= _AHEAD:
            continue
        answers: list[str | None] = pipe.recv()
        for (blob, csv), copy_of in zip(asked.popleft(), answers, strict=True):
            document, lines = unpacked(blob, csv)
            yield Ready(document, lines, copy_of)


def _serve(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with closing(Lists()) as lists:
        try:
            while True:
                pipe.send([lists.original(unpacked(blob, None)[0]) for blob in pipe.recv()])
        except (EOFError, OSError):  # whoever asked is gone
            return
