"""What the names on a command line stand for: documents, texts and lines, of files, folders and standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from qingdan.console import standard_input
from qingdan.model import Document, QingdanError
from qingdan.pipeline import parse, reference, run
from qingdan.reading.files import documents_in, documents_of_file, read_bytes, read_file, unreadable
from qingdan.reading.folders import listed

Report = Callable[[QingdanError | str], None]


def document_of(name: str, reference_date: str | None) -> Document:
    """The document of a file, parsed; ``-`` is standard input. Raises QingdanError when it cannot be read."""
    if name == "-":
        return run(read_bytes(standard_input().read(), "-", "stdin", reference(reference_date)))
    return parse(Path(name), reference_date=reference_date)


def documents_of(names: Iterable[str], reference_date: str | None, failed: Report) -> Iterator[Document]:
    """The documents of files, parsed; what cannot be read is handed to ``failed``, and the rest goes on.

    A web archive gives a document for each of its pages.
    """
    day = reference(reference_date)
    for name in names:
        try:
            if name == "-":
                yield from map(run, documents_in(standard_input().read(), "-", "stdin", day))
            else:
                yield from map(run, documents_of_file(Path(name), reference_date=day))
        except QingdanError as error:
            failed(error)


def documents_below(paths: list[Path], reference_date: str | None, failed: Report) -> Iterator[Document]:
    """The documents of files and of the files below folders; ``-`` alone is standard input."""
    if paths == [Path("-")]:
        yield from documents_of(["-"], reference_date, failed)
        return
    sources = listed(paths)
    if not sources:
        failed(f"{', '.join(map(str, paths))}: no files here that can be read")
    for source in sources:
        try:
            yield from map(run, documents_of_file(source.path, source.name, reference_date, source.id))
        except QingdanError as error:
            failed(error)


def text_of(name: str) -> str:
    """The text of a file as read; ``-`` is standard input."""
    return (read_bytes(standard_input().read(), "-", "stdin") if name == "-" else read_file(Path(name))).text


def lines_of(name: str) -> Iterator[bytes]:
    """The lines of a file as they come; ``-`` is standard input."""
    if name == "-":
        yield from standard_input()
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        raise unreadable(Path(name), error) from None
