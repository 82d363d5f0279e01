"""Dates in their text: finding them all, and giving partial ones the year, month or reference day they lean on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import regex

from qingdan.finding.calendar import Stretch
from qingdan.finding.date_rules import REPUBLIC
from qingdan.finding.date_shapes import Surroundings
from qingdan.finding.dates import Reading, read_date, scanner
from qingdan.finding.point_rules import SAID
from qingdan.model import Date, Role, Status
from qingdan.reading.folding import Folded, fold_mention

_SENTENCE_END = re.compile(r"[。！？!?;；\n]")
# 「到2020年」 「不迟于…」 「延长至…」 set a term; 「达到2015年水平」 does not.
_TERM_BEFORE = regex.compile(
    r"(?:(?<![达回得受遭感看收])到|不[迟晚]于|最[迟晚]于?|截止到?|(?:延[长期]|推迟|顺延|展期|有效期?|期限|持续|实施|保留|日起)[至到为])\ ?$"
)
_TERM_ENDS = frozenset("到至为迟晚于止 ")
# 「2016年中方担任G20主席国期间」
_PERIOD_BEHIND = regex.compile(r"[^,。;:、\n]{1,13}期间")
# 「未来5年年均增长…,将于9月」: the month does not continue the year in which those five end.
_LEADS_NOWHERE = {"span-from-now", "distance-from-now", "decade", "century", "plan-period"}
# The bodies by which a text counts its years from 1912.
_REPUBLIC = re.compile("民国|行政院|立法院|监察院|考试院|司法院|总统府")
# The unit of a bare numeral stands behind the last of its list: 「6月22、23和24日」.
_UNIT = re.compile("[0-9、,和与及以 ]*([月日])")
_LISTED = {"月": "listed-month", "日": "listed-day"}
_BARE_DAY = re.compile("[0-9]{1,2}日")
_SAID = re.compile(SAID)

Value = tuple[str | None, str | None, str | None, Role, str, Status]


def find_dates(folded: Folded, text: str) -> list[Date]:
    """Every date of the text in reading order; those that lean on the document are left without a value."""
    found: list[Date] = []
    whole = folded.text
    republic = folded.translated and _REPUBLIC.search(whole) is not None
    last = 0  # where the last date ended
    for start, end in scanner(republic).spans(whole):
        value = _stated(whole[start:end], _by_context(whole, start, end), republic)
        if value is None:
            continue
        if value[4] == "distance-from-now" and (end == len(whole) or (last and "\n" not in whole[last:start])):
            continue  # 「2012年成立,两年后,…」 is counted from another day; 「三年后」 by itself from nobody knows what
        last = end
        if value[3] == "on":
            if whole[start - 1 : start] in _TERM_ENDS and _TERM_BEFORE.search(whole, max(0, start - 5), start):
                value = (*value[:3], "deadline", *value[4:])
            elif "期间" in whole[end : end + 16] and _PERIOD_BEHIND.match(whole, end, end + 16):
                value = (*value[:3], "period", *value[4:])
        if folded.places is not None:
            start, end = folded.span(start, end)
        found.append(Date(text[start:end], start, end, *value))
    return found


def _by_context(text: str, start: int, end: int) -> str:
    """The name of the rule of a span that does not tell by itself: one of a list, or a bare day; else nothing."""
    if end - start > 3:
        return ""
    span = text[start:end]
    if len(span) < 3 and span.isdigit():
        unit = _UNIT.match(text, end, end + 60)
        return _LISTED[unit[1]] if unit else "none"
    return "said-day" if _BARE_DAY.fullmatch(span) and _SAID.match(text, end) else ""


def _iso(stretch: Stretch | None) -> tuple[str | None, str | None, str | None]:
    if stretch is None:
        return None, None, None
    return (
        stretch.edtf,
        stretch.first.isoformat() if stretch.first else None,
        stretch.last.isoformat() if stretch.last else None,
    )


@lru_cache(maxsize=8192)
def _stated(span: str, name: str, republic: bool) -> Value | None:
    reading = (republic and not name and read_date(span, REPUBLIC.name)) or read_date(span, name)
    if reading is None:
        return None
    if reading.needs:
        return None, None, None, reading.role, reading.rule, "unresolved"
    value = _iso(reading.value(Surroundings()))
    if value[0] is None and reading.weak:
        return None
    return *value, reading.role, reading.rule, "unresolved" if value[0] is None else reading.status


class _Near(NamedTuple):
    """What the last date named: its year, and its month and day where it goes so far."""

    year: int | None = None
    month: int | None = None
    day: date | None = None


def settle_dates(dates: Iterable[Date], text: str, reference: date | None) -> tuple[Date, ...]:
    """The dates of one item with every value that the item and the reference date can give.

    A month or day without a year continues the nearest year to its left in the same sentence, or in an earlier
    sentence that itself names a month (a narrative goes on); else it takes the reference year. 年底 and 年内 speak
    of the reference year unless a later one was just named. A bare day with no month to lean on is dropped, for it
    may as well be a number of days, and so is 当年, 次月 or 同日 with no year, month or day before it: it is the one of
    whatever happens.
    """
    settled: list[Date] = []
    near = _Near()
    last_end = 0
    stop = -1  # where the last sentence ended
    checked = -1  # how far the text was looked through for it
    for found in dates:
        if found.edtf is None:
            if near.year is not None:
                for sentence in _SENTENCE_END.finditer(text, max(checked, last_end), found.start):
                    stop = sentence.start()
            checked = found.start
            reading = read_date(fold_mention(found.text), found.rule)
            if reading is not None and reading.needs:
                if reading.rule == "said-day" and reference is not None and "\n" in text[last_end : found.start]:
                    surroundings: Surroundings | None = Surroundings(
                        reference, reference.year, reference.month
                    )  # the news of another paragraph
                else:
                    surroundings = _surroundings(reading, near, stop < last_end, reference)
                if surroundings is None:
                    continue
                value = reading.value(surroundings)
                plain = surroundings.year == near.year is not None or reference is not None
                status: Status = (
                    "unresolved"
                    if value is None
                    else reading.status
                    if reading.status != "stated"
                    else "inferred"
                    if plain
                    else "ambiguous"
                )
                found = Date(found.text, found.start, found.end, *_iso(value), found.role, found.rule, status)
        settled.append(found)
        if found.edtf is not None and found.rule not in _LEADS_NOWHERE:
            near = _Near(*_far_end(found.edtf))
            last_end = found.end
    return tuple(settled)


def _surroundings(reading: Reading, near: _Near, same_sentence: bool, reference: date | None) -> Surroundings | None:
    """What a date may lean on; None when it needs what was not named, and so is no date."""
    needs = reading.needs
    lacks = {"near": near.year is None, "near-month": near.month is None, "near-day": near.day is None}
    if lacks.get(needs):
        return None
    if needs in lacks:
        return Surroundings(reference, *near)
    continues = near.year is not None and (near.month is not None or same_sentence)
    month = near.month
    if needs in ("month", "month-or-now") and (month is None or not continues):
        if needs == "month":
            return None
        if reference is None:
            return Surroundings()
        return Surroundings(reference, reference.year, reference.month)
    base = near.year if continues or reference is None else reference.year
    if reading.rule in ("part-of-year-only", "within-year") and reference is not None:
        base = max(base or 0, reference.year)
    return Surroundings(reference, base, month)


@lru_cache(maxsize=4096)
def _far_end(edtf: str) -> tuple[int | None, int | None, date | None]:
    """Year, month and day of the last end that an EDTF expression names, as what follows it continues from there."""
    for part in reversed(edtf.split("/")):
        pieces = part.rstrip("~").split("-")
        if pieces[0].isdigit():
            month = int(pieces[1]) if len(pieces) > 1 else None
            day = date(int(pieces[0]), int(pieces[1]), int(pieces[2])) if len(pieces) > 2 else None
            return int(pieces[0]), month if month is not None and month <= 12 else None, day
    return None, None, None
