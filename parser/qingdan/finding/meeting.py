"""The meeting a list comes from: series, round, track, parties, place and dates, read off title, preamble and chrome."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import regex
from msgspec import structs

from qingdan.finding.date_context import settle_dates
from qingdan.finding.lexicon import lexicon
from qingdan.finding.words import cut
from qingdan.model import Block, Date, Document, Metadata, Period
from qingdan.numerals import number
from qingdan.reading.folding import fold

_MEETING = r"(?:对话|磋商|会议|会晤|会谈|论坛|峰会|联委会|混委会|委员会|博览会)(?:会议)?"
_ORDINAL = r"(?:第(?P<n>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})|(?P<first>首))(?:轮|次|届|回)"
# 「第七轮 | 中美战略与经济对话 | 框架下 | 战略对话 | 具体成果清单」; 「中俄总理 | 第二十次 | 定期会晤 | 联合公报」
_TITLE = regex.compile(
    rf"^(?:关于)?(?P<before>[\p{{Han}}“”\"·—-]{{0,30}}?)(?:{_ORDINAL})?(?P<series>[^,。第]{{0,40}}?{_MEETING})"
    rf"(?:(?:框架下的?|期间)?(?P<track>[^,。]{{2,16}}?(?:对话|磋商|轨道))?(?=.{{0,12}}(?:成果|清单|声明|公报|说明|纪要|宣言|报告|行动计划|文件|共识))|$)"
)
_HELD_IN = regex.compile(
    r"^[^。;]{0,90}?在(?P<place>(?:\p{Han}|·|\ ){2,16}?)(?:隆重|成功|共同|顺利)?(?:举行|召开|举办|主办|主持|进行|会晤|会谈)"
)
_REACH = 130  # how far behind its date a meeting's place may stand
_YEAR = regex.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?=\ ?年|[\)/-]|$)")


class _Meeting(NamedTuple):
    series: str | None
    round: int | None
    track: str | None


def describe(document: Document) -> Metadata:
    """The metadata of a document whose mentions are found; a ``reference_date`` it already has is kept.

    The reference date is the day the meeting ended, else the day of publication, else the day of the signature.
    """
    given = document.document
    title = "".join(document.title.text.split("\n")).strip() if document.title else None
    title = regex.sub(r"\s{2,}", " ", title) if title else None
    meeting = _meeting(fold(title).text if title else "")
    published = _published(document)
    held, place = _held(document, published)
    year_in_title = _YEAR.search(title) if title else None
    year = (
        int(held.earliest[:4]) if held and held.earliest
        else int(year_in_title[1]) if year_in_title
        else int(published.earliest[:4]) if published and published.earliest else None
    )  # fmt: skip
    reference = (held and held.latest) or (published and published.latest)
    return structs.replace(
        given,
        title=title,
        series=meeting.series,
        round=meeting.round,
        track=meeting.track,
        year=year,
        parties=_parties(document, title or ""),
        place=place,
        held=held,
        published=published,
        reference_date=given.reference_date or reference,
    )


def _meeting(title: str) -> _Meeting:
    match = _TITLE.search(title)
    if match is None:
        return _Meeting(None, None, None)
    value = 1 if match["first"] else number(match["n"]) if match["n"] else None
    series = match["before"] + match["series"]
    if series.startswith("“") and series.endswith("”"):
        series = series[1:-1]
    return _Meeting(series, value if isinstance(value, int) else None, match["track"])


def _held(document: Document, published: Period | None) -> tuple[Period | None, str | None]:
    """When and where: the first date of the preamble (or title) that says something was held somewhere.

    「于4月25日至27日在北京举行」: the year is the one before it, else that of the reference date or of publication.
    """
    day = document.document.reference_date or (published and published.latest)
    for block in (document.preamble, document.title):
        if block is None:
            continue
        for when in settle_dates(block.dates, document.text, date.fromisoformat(day) if day else None):
            if when.edtf is None or when.role not in ("on", "period"):
                continue
            after = when.end - block.start
            match = _HELD_IN.match(fold(block.text[after : after + _REACH]).text)
            if match:
                return Period(when.edtf, when.earliest, when.latest), match["place"].strip()
    return None, None


def _published(document: Document) -> Period | None:
    """The day of publication from the page's own lines, else the day of the signature."""
    for kinds in (("publication",), ("signature",)):
        for part in document.chrome:
            days = _days(part.text) if part.kind in kinds else []
            if days:
                day = days[0]
                return Period(day.edtf or "", day.earliest, day.latest)
    return None


def _days(text: str) -> list[Date]:
    from qingdan.finding.date_context import find_dates

    return [day for day in settle_dates(find_dates(fold(text), text), text, None) if day.earliest and day.earliest == day.latest]


def _parties(document: Document, title: str) -> tuple[str, ...]:
    """The sides: those of 中美… or full names in the title, else of 中美双方 in the preamble, else the issuing state's."""
    preamble = document.preamble.text if document.preamble else ""
    for text in (title, preamble[:400], preamble[-200:]):
        found = _countries(fold(text).text, document.text)
        if len(found) > 1:
            return found
    blocks: tuple[Block | None, ...] = (document.title, document.preamble)
    for block in blocks:
        for agency in block.agencies if block else ():
            if agency.parties:
                return agency.parties
    return ()


def _countries(text: str, whole: str) -> tuple[str, ...]:
    words = lexicon()
    for word in cut(text):
        if len(word.text) in (2, 3) and "中" in word.text and all(c in words.shorts for c in word.text):
            return tuple(_by_short(c, whole) for c in word.text)
    hits = [hit.name.country for hit in words.find(text) if hit.name.country]
    return tuple(dict.fromkeys(hits))


def _by_short(short: str, whole: str) -> str:
    """「巴」 is Pakistan or Brazil: the one that the document names more often, else the first in the list."""
    names = lexicon().shorts[short]
    return names[0] if len(names) == 1 else max(names, key=lambda name: (whole.count(name), -names.index(name)))


def reference_day(metadata: Metadata) -> date | None:
    """The reference date as a day, None when there is none."""
    return date.fromisoformat(metadata.reference_date) if metadata.reference_date else None
