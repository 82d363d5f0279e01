"""The meeting a list comes from: series, round, track, parties, place and dates, read off title, preamble and chrome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import regex
from msgspec import structs

from qingdan.finding.date_context import find_dates, settle_dates
from qingdan.finding.imprint import imprint, signed_lines
from qingdan.finding.parties import parties_of
from qingdan.finding.rounds import meeting
from qingdan.model import Block, Date, Document, Metadata, Period
from qingdan.reading.folding import fold, shown

_HELD_IN = regex.compile(
    r"[^。;]{0,90}?(?:(?:在|齐聚|聚首|相聚)(?P<place>(?:\p{Han}|·|\ ){1,16}?)(?:隆重|成功|共同|顺利|分别)?"
    r"(?:举行|召开|举办|主办|主持|进行|会晤|会谈|会见|达成|发表|签[署订]|商定|议定|制定|作出|确定|通过|发布|分别|决定|同意|就|[,。;、]|$)|对(?P<visited>\p{Han}{2,12}?)进行.{0,8}访问)"
)
_DATELINE = regex.compile(r"(?:[,、\ ]{0,2}(?:于|在)?(?P<place>[\p{Han}·]{2,12})?)?\ ?\)?\s*")
_PUBLISHED = regex.compile(r"(?:发布|公布|刊登)(?:日期|时间)\ ?:\s*(?P<day>[^\t]{6,20})")
# 「回顾一九八二年十二月十日《联合国海洋法公约》」, 「截至2015年6月1日」: not when anybody met
_RECALLS = regex.compile(r"(?:回顾|忆及|根据|依照|按照|鉴于|截[至止]|[自从])[^。;\n]{0,40}$")
LATE = 60  # days after which a page is a copy: an old text on a new site
_NAMED = 500  # characters of a preamble in which the meeting is named
_REACH = 130  # how far behind its date a meeting's place may stand
_YEAR = regex.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?=\ ?年|[\)/—–~至-]|$)")


def describe(document: Document) -> Metadata:
    """The metadata of a document whose mentions are found; a ``reference_date`` it already has is kept.

    The reference date is the day the meeting ended, else the day of publication, else the day of the signature.
    """
    given = document.document
    title = shown(document.title.text) if document.title else None
    preamble = fold(document.preamble.text[:_NAMED]).text if document.preamble else ""
    named = meeting(fold(title).text if title else "", preamble)
    signed = signature_day(document)
    published = _published(document) or signed
    held, place = _held(document, published)
    year_in_title = _YEAR.search(title) if title else None
    year = (
        int(held.earliest[:4]) if held and held.earliest
        else int(year_in_title[1]) if year_in_title
        else int(signed.earliest[:4]) if signed and signed.earliest
        else int(published.earliest[:4]) if published and published.earliest else None
    )  # fmt: skip
    reference = (held and held.latest) or _issued(published, signed)
    found = imprint(document)
    return structs.replace(
        given,
        title=title,
        series=named.series,
        round=named.round,
        track=named.track,
        year=year,
        parties=parties_of(document, title or ""),
        place=place,
        held=held,
        published=published,
        reference_date=given.reference_date or reference,
        number=found.number,
        addressee=found.addressee,
        signatories=found.signatories,
        signed=signed,
        source=structs.replace(given.source, site=found.site),
    )


class _When(NamedTuple):
    """A date that may be the meeting's, with the place named behind it."""

    date: Date
    place: str | None


def _held(document: Document, published: Period | None) -> tuple[Period | None, str | None]:
    """When and where the meeting was held.

    The first full date of the preamble behind which, before any other date, it was held somewhere (在…举行); else
    the first date of that kind; else the line under the title that is a date and a place; else the only day that the
    preamble names. 「于4月25日至27日在北京举行」: the year is the one before it, else that of publication.
    """
    day = document.document.reference_date or (published and published.latest)
    reference = date.fromisoformat(day) if day else None
    framed = [block for block in (document.preamble, document.title) if block]
    blocks = [*framed]
    if document.preamble is None and document.items:  # 「1、…于2015年6月29日在布鲁塞尔举行」
        first = document.items[0]
        blocks.append(Block(document.text[first.start : first.end], first.start, first.end, first.dates))
    for block in blocks:
        dates = settle_dates(block.dates, document.text, reference)
        said = _said_to_be_held(block, dates)
        full = [when for when in said if when.date.edtf and len(when.date.edtf) >= 10]
        chosen = (
            next(iter(full or said), None)
            or _dateline(block, dates)
            or (_only_day(block, dates) if any(block is part for part in framed) else None)
        )
        if chosen is not None:
            return Period(chosen.date.edtf or "", chosen.date.earliest, chosen.date.latest), chosen.place
    return None, None


def _said_to_be_held(block: Block, dates: Sequence[Date]) -> list[_When]:
    found = []
    for i, when in enumerate(dates):
        if when.edtf is None or when.role not in ("on", "period"):
            continue
        stop = dates[i + 1].start if i + 1 < len(dates) else block.end
        after = block.text[when.end - block.start : min(stop - block.start, when.end - block.start + _REACH)]
        match = _HELD_IN.match(fold(after).text)
        if match:
            found.append(_When(when, match["place"] or match["visited"]))
    return found


def _dateline(block: Block, dates: Sequence[Date]) -> _When | None:
    """「（2015年6月29日，布鲁塞尔）」 on a line of its own."""
    for when in dates:
        if when.edtf is None:
            continue
        at, end = when.start - block.start, when.end - block.start
        before, behind = block.text[max(0, at - 4) : at], block.text[end : end + 24]
        if len(when.edtf) < len("2015-06") or "。" in block.text[:at]:  # a year on a cover, a signature
            continue
        opens = "\n" in before or at < 4
        closes = "\n" in behind or len(block.text) - end < 24
        before, behind = fold(before.rpartition("\n")[2]).text, fold(behind.partition("\n")[0]).text
        match = _DATELINE.fullmatch(behind)
        if opens and closes and match and before.strip() in ("", "("):
            return _When(when, match["place"])
    return None


def _only_day(block: Block, dates: Sequence[Date]) -> _When | None:
    days = [when for when in dates if when.edtf and when.earliest and when.earliest == when.latest and when.role == "on"]
    if len(days) != 1:
        return None
    at, end = days[0].start - block.start, days[0].end - block.start
    before = fold(block.text[max(0, at - _REACH) : at]).text
    signature = before.rpartition("\n")[2].strip() == "" == block.text[end:].partition("\n")[0].strip()
    return None if signature or _RECALLS.search(before) else _When(days[0], None)


def _published(document: Document) -> Period | None:
    """The day of publication: what the medium says, else the page's own lines."""
    return _first_day([document.document.source.published or "", *_labelled_days(document), *_lines_of(document, "publication")])


def _issued(published: Period | None, signed: Period | None) -> str | None:
    """The day of publication; of a document that a site published long after its signature, the day of that."""
    days = [day.latest if day else None for day in (published, signed)]
    if days[0] is None or days[1] is None:
        return days[0] or days[1]
    late = date.fromisoformat(days[0]) - date.fromisoformat(days[1])
    return days[1] if late.days > LATE else days[0]


def signature_day(document: Document) -> Period | None:
    """The day of the last signature, else of the one that a covering notice bears before what it sends."""
    return _first_day([*_lines_of(document, "signature"), *signed_lines(document.preamble)])


def _labelled_days(document: Document) -> Iterator[str]:
    """「发布日期：2018年12月10日」 among the page's metadata, where the day of writing (成文日期) stands too."""
    for part in document.chrome:
        match = _PUBLISHED.search(fold(part.text).text) if part.kind == "metadata" else None
        if match:
            yield match["day"]


def _lines_of(document: Document, kind: str) -> Iterator[str]:
    """The page's lines of a kind of chrome."""
    return (part.text for part in document.chrome if part.kind == kind)


def _first_day(texts: Iterable[str]) -> Period | None:
    """The first day that any of the texts names."""
    for text in texts:
        days = _days(text)
        if days:
            return Period(days[0].edtf or "", days[0].earliest, days[0].latest)
    return None


def _days(text: str) -> list[Date]:
    return [day for day in settle_dates(find_dates(fold(text), text), text, None) if day.earliest and day.earliest == day.latest]


def reference_day(metadata: Metadata) -> date | None:
    """The reference date as a day, None when there is none."""
    return date.fromisoformat(metadata.reference_date) if metadata.reference_date else None
