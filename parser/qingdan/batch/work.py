"""One document from its bytes to its result, the same whatever process of whatever machine does it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import structs

from qingdan.model import Document, Issue, QingdanError
from qingdan.pipeline import run
from qingdan.reading.files import begin
from qingdan.reading.joining import Claim, claims, join, linked
from qingdan.reading.media import read_page
from qingdan.reading.paging import leaf
from qingdan.vocabulary.own import own
from qingdan.writing.ready import Ready


class Settings(NamedTuple):
    """What a conversion depends on beside the bytes. ``lexicon`` and ``units`` are paths; ``seconds`` one may take, 0 for any.

    csv: whether the lines of CSV tables are made with it, in the same process.
    """

    reference_date: str | None = None
    lexicon: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    joining: bool = True
    seconds: float = 60.0
    csv: bool = True


class Task(NamedTuple):
    """A document to convert. ``number`` is its place in the run; ``path``, ``id``, ``url`` are recorded in it."""

    number: int
    path: str
    id: str
    data: bytes
    charset: str | None = None
    url: str | None = None


class Joining(NamedTuple):
    """Documents that may be pages of one article, with the runs of places among them whose numbers count on."""

    number: int
    pages: tuple[Task, ...]
    runs: tuple[tuple[int, ...], ...]


class Result(NamedTuple):
    """What became of a document: ``blob`` is the document, ready and packed, or None with the ``reason``; the rest is for the manifest.

    ``claims`` are the places that it takes as a page. ``at_limit``: another limit of time may
    give another outcome.
    """

    number: int
    reason: str | None
    blob: bytes | None = None
    media_type: str | None = None
    encoding: str | None = None
    format: str | None = None
    items: int = 0
    mentions: int = 0
    issues: int = 0
    claims: tuple[Claim, ...] = ()
    at_limit: bool = False


class Joined(NamedTuple):
    """How documents that may be pages stand: groups of places, each the pages of one, with a result where it differs from the
    page alone (None: as it was).
    """

    number: int
    groups: tuple[tuple[tuple[int, ...], Result | None], ...]


Work = Task | Joining
Done = Result | Joined


def do(work: Work, settings: Settings) -> Done:
    """Do one piece of work. Never raises for what is in it: what cannot be converted is a result with its reason."""
    with own(settings.lexicon, settings.units):
        return _convert(work, settings) if isinstance(work, Task) else _join(work, settings)


def failed(work: Work, reason: str, at_limit: bool = False) -> Done:
    """The outcome of work that cannot be done: a document failed, pages that may be of one article stay alone."""
    if isinstance(work, Task):
        return Result(work.number, reason, at_limit=at_limit)
    return Joined(work.number, tuple(((place,), None) for place in range(len(work.pages))))


def _convert(task: Task, settings: Settings) -> Result:
    try:
        document = _begun(task, settings)
        found = tuple(claims(leaf(document))) if settings.joining else ()
        return _result(task.number, run(document), found, settings)
    except Exception as error:
        return Result(task.number, reason_of(error, task.path))


def reason_of(error: Exception, path: str) -> str:
    """Why a document failed, in one line; for an error that nobody foresaw its kind too."""
    words = " ".join(str(error).split())[:500]
    return words.removeprefix(f"{path}: ") if isinstance(error, QingdanError) else f"{type(error).__name__}: {words}"


def _begun(task: Task, settings: Settings) -> Document:
    page = read_page(task.data, task.path, task.charset)
    if task.url:
        page = structs.replace(page, url=task.url)
    return begin(page, task.id, task.path, hashlib.sha256(task.data).hexdigest(), settings.reference_date)


def _join(work: Joining, settings: Settings) -> Done:
    try:
        begun = [_begun(page, settings) for page in work.pages]
        found = linked([leaf(document) for document in begun], work.runs)
        groups: list[tuple[tuple[int, ...], Result | None]] = []
        for group in found.groups:
            doubt = found.doubts.get(group[0])
            groups.append((group, _joined(work, begun, group, doubt, settings) if len(group) > 1 or doubt else None))
        return Joined(work.number, tuple(groups))
    except Exception:  # each has been converted alone
        return failed(work, "")


def _joined(work: Joining, begun: Sequence[Document], group: Sequence[int], doubt: Issue | None, settings: Settings) -> Result:
    document = begun[group[0]]
    if len(group) > 1:
        document = join([begun[i] for i in group], [work.pages[i].data for i in group])
    if doubt:
        document = structs.replace(document, issues=(*document.issues, doubt))
    return _result(work.pages[group[0]].number, run(document), (), settings)


def _result(number: int, document: Document, found: tuple[Claim, ...], settings: Settings) -> Result:
    source = document.document.source
    parts = [part for part in (document.title, document.preamble, *document.sections, *document.items) if part]
    mentions = sum(len(part.dates) + len(part.agencies) + len(part.quantities) for part in parts)
    return Result(
        number, None, Ready(document).packed(settings.csv), source.media_type, source.encoding, document.document.format,
        len(document.items), mentions, len(document.issues), found,
    )  # fmt: skip
