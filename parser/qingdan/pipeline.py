"""The stages, in order: each takes the frozen Document and gives it back with its part filled in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import structs

from qingdan.checking import check
from qingdan.finding.agencies import find_agencies
from qingdan.finding.agency_context import needs_parties, settle_agencies
from qingdan.finding.commitments import find_commitments
from qingdan.finding.date_context import find_dates, settle_dates
from qingdan.finding.meeting import describe, reference_day
from qingdan.finding.quantity_context import find_quantities
from qingdan.model import Agency, Block, Date, Document, Item, Mentions, QingdanError, Quantity, Section
from qingdan.reading.files import bytes_of, read_bytes, read_text
from qingdan.reading.folding import Folded, fold_whole
from qingdan.reading.joining import join
from qingdan.splitting.outline import split
from qingdan.vocabulary.own import OwnFiles, own, own_rows

Kind = Literal["dates", "agencies", "quantities"]
KINDS: tuple[Kind, ...] = ("dates", "agencies", "quantities")
Part = TypeVar("Part", Block, Section, Item)


def find(document: Document) -> Document:
    """The document with the mentions of its title, preamble, section titles and items; none are sought in chrome."""
    found = _scan(document.text, KINDS)
    places: list[tuple[int, int]] = []
    parts: list[Block | Section | Item] = [part for part in (document.title, document.preamble) if part]
    parts += [*document.sections, *document.items]
    parts.sort(key=lambda part: part.start)
    for part in parts:
        # The number that labels a provision is no mention: 「第五条」, 「3、」.
        label = 0 if isinstance(part, Block) else len(part.label)
        places.append((part.start + label, part.end))
    dates, agencies, quantities = _share(found.dates, places), _share(found.agencies, places), _share(found.quantities, places)
    filled = {
        id(part): structs.replace(part, dates=dates[i], agencies=agencies[i], quantities=quantities[i])
        if dates[i] or agencies[i] or quantities[i]
        else part
        for i, part in enumerate(parts)
    }
    return structs.replace(
        document,
        title=filled[id(document.title)] if document.title else None,
        preamble=filled[id(document.preamble)] if document.preamble else None,
        sections=tuple(filled[id(section)] for section in document.sections),
        items=tuple(filled[id(item)] for item in document.items),
    )


Mention = TypeVar("Mention", Date, Agency, Quantity)


def _share(mentions: Sequence[Mention], places: Sequence[tuple[int, int]]) -> list[tuple[Mention, ...]]:
    """The mentions inside each of the places; both are in reading order, and no mention overlaps another."""
    starts = [mention.start for mention in mentions]
    shared: list[tuple[Mention, ...]] = []
    at = 0
    for start, end in places:
        first = bisect_left(starts, start, at)
        at = bisect_left(starts, end, first)
        inside = at - 1 if at > first and mentions[at - 1].end > end else at
        shared.append(tuple(mentions[first:inside]))
    return shared


def _scan(text: str, kinds: Sequence[str], referred: bool = False) -> Mentions:
    """Each kind once over the whole text. Agencies and dates are always sought, for their numerals count nothing."""
    folded = fold_whole(text)
    quantities = "quantities" in kinds
    dates = find_dates(folded, text, referred) if quantities or "dates" in kinds else []
    agencies = find_agencies(folded, text) if quantities or "agencies" in kinds else []
    return Mentions(
        tuple(dates) if "dates" in kinds else (),
        tuple(agencies) if "agencies" in kinds else (),
        tuple(find_quantities(folded, text, _taken(folded, dates, agencies))) if quantities else (),
    )


def _taken(folded: Folded, dates: Sequence[Date], agencies: Sequence[Agency]) -> list[tuple[int, int]]:
    spans = [(date.start, date.end) for date in dates] + [(agency.start, agency.end) for agency in agencies]
    spans.sort()
    return spans if folded.places is None else [(folded.offset(start), folded.offset(end)) for start, end in spans]


def resolve(document: Document) -> Document:
    """The document with its metadata, and with the values that need them: relative dates, shared and bare bodies."""
    metadata = describe(document)
    if files := own_rows():
        metadata = structs.replace(metadata, own_rows=files)
    reference = reference_day(metadata)

    def settled(part: Part) -> Part:
        dates, agencies = part.dates, part.agencies
        if any(d.edtf is None for d in dates):
            dates = settle_dates(dates, document.text, reference)
        if any(map(needs_parties, agencies)):
            agencies = settle_agencies(agencies, metadata.parties, metadata.year)
        if dates is part.dates and agencies is part.agencies:
            return part
        return structs.replace(part, dates=dates, agencies=agencies)

    return structs.replace(
        document,
        document=metadata,
        title=document.title and settled(document.title),
        preamble=document.preamble and settled(document.preamble),
        sections=tuple(settled(section) for section in document.sections),
        items=tuple(settled(item) for item in document.items),
    )


STAGES: tuple[tuple[str, Callable[[Document], Document]], ...] = (
    ("split", split),
    ("find", find),
    ("resolve", resolve),
    ("commit", find_commitments),
    ("check", check),
)


def run(document: Document) -> Document:
    """A document as read, through all the stages."""
    for _, stage in STAGES:
        document = stage(document)
    return document


def parse(
    path_or_text: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    id: str | None = None,
    reference_date: str | date | None = None,
    lexicon: OwnFiles = None,
    units: OwnFiles = None,
) -> Document:
    """Parse one outcome list.

    path_or_text: a path (``os.PathLike``), or a string: the path of a file when it is one line that names an
        existing file, else the text itself. For text from elsewhere use ``find``, or a text of several lines: one
        line that happens to name a file would be read from the disk. A list or tuple of these is the pages of one
        article: they become one document, in the order of their page numbers, else in the order given.
    id: the document's id; by default the stem of the (first) file's name, or ``text``.
    reference_date: the day that relative dates are counted from (ISO 8601), instead of the document's own.
    lexicon, units: paths of CSV files, one or several each, with rows of your own for this call beside those of
        ``data/agencies.csv`` and ``data/units.csv``. Columns as there, of which only ``name``, or ``unit``, is needed; a
        row takes the place of the package's with its id or name. Mentions have the ``rule`` ``lexicon:ID``.

    Any text gives a Document: what could not be understood is in ``issues``. Raises QingdanError when a file cannot
    be read as text, there are no pages, the reference date is no day, or a file of your own has a fault.
    """
    day = reference(reference_date)
    if isinstance(path_or_text, str | PathLike):
        document, _ = _begun(path_or_text, day)
    else:
        pages = [_begun(page, day) for page in path_or_text]
        document = join([page for page, _ in pages], [data for _, data in pages])
    if id is not None:
        document = structs.replace(document, document=structs.replace(document.document, id=id))
    with own(lexicon, units):
        return run(document)


def _begun(path_or_text: str | PathLike[str], day: str | None) -> tuple[Document, bytes]:
    """A document as read, and the bytes that it was read from."""
    if isinstance(path_or_text, str) and not _names_file(path_or_text):
        return read_text(path_or_text, reference_date=day), path_or_text.encode("utf-8", "surrogatepass")
    path = Path(path_or_text)
    data = bytes_of(path)
    return read_bytes(data, path.name, path.stem or "text", day), data


def _names_file(text: str) -> bool:
    if not 0 < len(text) < 1024 or "\n" in text or "\0" in text:
        return False
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def reference(day: str | date | None) -> str | None:
    """A reference date as an ISO 8601 day; QingdanError when it is none."""
    if day is None:
        return None
    if isinstance(day, date):
        return (day.date() if isinstance(day, datetime) else day).isoformat()
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise QingdanError(f"{day}: is no ISO 8601 day (2015-06-24)") from None


def find_mentions(
    text: str,
    kinds: Iterable[Kind] = KINDS,
    reference_date: str | date | None = None,
    parties: Sequence[str] = (),
    *,
    lexicon: OwnFiles = None,
    units: OwnFiles = None,
) -> Mentions:
    """Find the dates, agencies and quantities of any text; no list is needed.

    kinds: which of ``dates``, ``agencies``, ``quantities`` to find.
    reference_date: the day that relative dates are counted from (ISO 8601); without it they are found and have
        ``status`` unresolved and no value.
    parties: usual short names of the sides (中国, 美国), which 两国… and bare names resolve to.
    lexicon, units: files with rows of your own, as for ``parse``.

    Offsets are in code points into ``text``. Raises QingdanError for an unknown kind, a reference date that is no day,
    or a file of your own that has a fault.
    """
    wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    parties = (parties,) if isinstance(parties, str) else parties
    if unknown := set(wanted) - set(KINDS):
        raise QingdanError(f"{', '.join(sorted(unknown))}: no kind of mention; choose from {', '.join(KINDS)}")
    day = reference(reference_date)
    with own(lexicon, units):
        found = _scan(text, wanted, day is not None)
        return Mentions(
            settle_dates(found.dates, text, date.fromisoformat(day) if day else None),
            settle_agencies(found.agencies, parties, int(day[:4]) if day else None),
            found.quantities,
        )
