"""What the names on a command line stand for: documents, texts and lines, of files, folders and standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import regex
from msgspec import structs

from qingdan.console import note, standard_input
from qingdan.model import Document, QingdanError
from qingdan.pipeline import parse, reference, run
from qingdan.reading.files import bytes_of, documents_in, documents_of_file, read_bytes, read_file, unreadable
from qingdan.reading.folders import Listed, listed
from qingdan.reading.joining import articles, join

Report = Callable[[QingdanError | str], None]

_NAMED = 8  # ids that a message names
# How a document that was converted begins, whatever wrote it: `{"schema":"qingdan/1",…`, over one line or many.
_CONVERTED = regex.compile(rb'(?:\xef\xbb\xbf)?\s*+\{\s*+"schema"\s*+:\s*+"qingdan/')
_BEGINNING = 4096  # bytes of a file that tell whether it was converted


def document_of(name: str, reference_date: str | None) -> Document:
    """The document of a file, parsed; ``-`` is standard input. Raises QingdanError when it cannot be read."""
    if name == "-":
        return run(read_bytes(standard_input().read(), "-", "stdin", reference(reference_date)))
    return parse(Path(name), reference_date=reference_date)


def one_document(name: str, reference_date: str | None) -> Document:
    """The one document that a name stands for: a file to parse, or one that was converted before.

    Converted are a JSON file of a document, and a folder that ``convert`` made or a file of JSON Lines; where these hold several
    documents, ``FOLDER#id`` names one. ``-`` is standard input, either kind.

    Raises QingdanError when there is no such document, several and none named, or it cannot be read.
    """
    from qingdan.writing.folder import read
    from qingdan.writing.json_files import from_json

    if name == "-":
        data = standard_input().read()
        return from_json(data, "-") if _CONVERTED.match(data) else run(read_bytes(data, "-", "stdin", reference(reference_date)))
    place, wanted = _place_and_id(name)
    if wanted is not None or place.is_dir() or _is_converted(place):
        return _chosen(read(place), name, wanted)
    return run(read_bytes(bytes_of(place), place.name, place.stem or "text", reference(reference_date)))


def _place_and_id(name: str) -> tuple[Path, str | None]:
    """A path, and behind its last # the id of a document; a path that is there as it stands has none."""
    before, mark, behind = name.rpartition("#")
    if not mark or Path(name).exists() or not Path(before).exists():
        return Path(name), None
    return Path(before), behind


def _chosen(documents: list[Document], name: str, wanted: str | None) -> Document:
    ids = ", ".join(document.id for document in documents[:_NAMED]) + (", …" if len(documents) > _NAMED else "")
    found = [document for document in documents if wanted in (None, document.id)]
    if not documents:
        raise QingdanError(f"{name}: no documents here")
    if not found:
        raise QingdanError(f"{name}: no document of this id here; there are {ids}")
    if len(found) > 1:
        raise QingdanError(f"{name}: holds {len(documents)} documents; name one as {name}#ID: {ids}")
    return found[0]


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


def joined(names: Iterable[str], reference_date: str | None, failed: Report) -> Iterator[Document]:
    """The one document that files are together, pages of one article; none when any of them cannot be read."""
    try:
        yield parse([Path(name) for name in names], reference_date=reference_date)
    except QingdanError as error:
        failed(error)


def documents_below(paths: list[Path], reference_date: str | None, failed: Report, joining: bool = True) -> Iterator[Document]:
    """The documents of files and of the files below folders, parsed; ``-`` alone is standard input.

    joining: whether those that are plainly pages of one article become one document, which a line on standard error
        tells. Then all are read before the first is parsed.
    """
    if paths == [Path("-")]:
        yield from documents_of(["-"], reference_date, failed)
        return
    sources = listed(paths)
    if not sources:
        failed(f"{', '.join(map(str, paths))}: no files here that can be read")
    begun = _begun(sources, reference_date, failed)
    yield from map(run, _by_article(list(begun), failed) if joining else (document for document, _ in begun))


def documents_given(paths: list[Path], reference_date: str | None, failed: Report, joining: bool = True) -> Iterator[Document]:
    """The documents of files and folders, those converted before as they are, all others parsed as ``documents_below`` does.

    Converted are a folder that ``convert`` made, and a file of JSON or JSON Lines; ``-`` alone is standard input, of either kind. What was
    converted is taken as it is, whatever the reference date. A second document of an id is handed to ``failed``: what is told of
    documents by their ids would be told of two.
    """
    seen: set[str] = set()
    for document in _given(paths, reference_date, failed, joining):
        if document.id in seen:
            failed(f"{document.id}: two documents have this id; the second is left out")
        else:
            seen.add(document.id)
            yield document


def _given(paths: list[Path], reference_date: str | None, failed: Report, joining: bool) -> Iterator[Document]:
    from qingdan.writing.folder import read
    from qingdan.writing.json_files import from_json

    if paths == [Path("-")]:
        data = standard_input().read()
        try:
            if _CONVERTED.match(data):
                lines = data.split(b"\n") if b"\n{" in data.strip() else [data]
                yield from (from_json(line, f"-:{i}") for i, line in enumerate(lines, 1) if line.strip())
            else:
                yield from map(run, documents_in(data, "-", "stdin", reference(reference_date)))
        except QingdanError as error:
            failed(error)
        return
    converted = [path for path in paths if _is_converted(path)]
    for path in converted:
        try:
            yield from read(path)
        except QingdanError as error:
            failed(error)
    if others := [path for path in paths if path not in converted]:
        yield from documents_below(others, reference_date, failed, joining)


def _is_converted(path: Path) -> bool:
    from qingdan.writing.streaming import listed as listed_files

    if path.is_dir():
        return bool(listed_files(path))
    if path.suffix in (".json", ".jsonl"):
        return True  # one of another kind is told as such, and not taken for the text of a page
    try:
        with path.open("rb") as file:
            return bool(_CONVERTED.match(file.read(_BEGINNING)))
    except OSError:
        return False  # the reader says what is wrong with it


def _begun(sources: Iterable[Listed], reference_date: str | None, failed: Report) -> Iterator[tuple[Document, Path]]:
    """The documents of files as read, each with its file."""
    for source in sources:
        try:
            for document in documents_of_file(source.path, source.name, reference_date, source.id):
                yield document, source.path
        except QingdanError as error:
            failed(error)


def _by_article(begun: list[tuple[Document, Path]], failed: Report) -> Iterator[Document]:
    """Documents as read, those that are pages of one article joined."""
    found = articles([document for document, _ in begun])
    for group in found.groups:
        pages = [begun[i][0] for i in group]
        document = pages[0]
        if len(group) > 1:
            try:
                document = join(pages, [bytes_of(begun[i][1]) for i in group])
            except QingdanError as error:
                failed(error)
                continue
            note(f"{', '.join(page.document.source.path or page.id for page in pages)}: joined as pages of one article")
        doubt = found.doubts.get(group[0])
        yield structs.replace(document, issues=(*document.issues, doubt)) if doubt else document


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
