"""Dates in their text: finding them all, and giving partial ones the year, month or reference day they lean on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import regex

from qingdan.finding.calendar import Stretch
from qingdan.finding.date_shapes import Surroundings
from qingdan.finding.dates import read_date, scanner
from qingdan.model import Date, Role, Status
from qingdan.reading.folding import Folded, fold_mention

_SENTENCE_END = re.compile(r"[。！？!?;；\n]")
# 「到2020年」 「不迟于…」 set a term; 「达到2015年水平」 does not.
_TERM_BEFORE = regex.compile(r"(?:(?<![达回得受遭感看收])到|不[迟晚]于|最[迟晚]于?|截止到?)\ ?$")

_TERM_ENDS = frozenset("到迟晚于止 ")
# 「2016年中方担任G20主席国期间」
_PERIOD_BEHIND = regex.compile(r"[^,。;:、\n]{1,13}期间")
# 「未来5年年均增长…,将于9月」: the month does not continue the year in which those five end.
_LEADS_NOWHERE = {"span-from-now", "decade", "century", "plan-period"}

Value = tuple[str | None, str | None, str | None, Role, str, Status]


def find_dates(folded: Folded, text: str) -> list[Date]:
    """Every date of the text in reading order; those that lean on the document are left without a value."""
    found: list[Date] = []
    whole = folded.text
    for start, end in scanner().spans(whole):
        value = _stated(whole[start:end])
        if value is None:
            continue
        if value[3] == "on":
            if whole[start - 1 : start] in _TERM_ENDS and _TERM_BEFORE.search(whole, max(0, start - 4), start):
                value = (*value[:3], "deadline", *value[4:])
            elif "期间" in whole[end : end + 16] and _PERIOD_BEHIND.match(whole, end, end + 16):
                value = (*value[:3], "period", *value[4:])
        if folded.places is not None:
            start, end = folded.span(start, end)
        found.append(Date(text[start:end], start, end, *value))
    return found


def _iso(stretch: Stretch | None) -> tuple[str | None, str | None, str | None]:
    if stretch is None:
        return None, None, None
    return (
        stretch.edtf,
        stretch.first.isoformat() if stretch.first else None,
        stretch.last.isoformat() if stretch.last else None,
    )


@lru_cache(maxsize=8192)
def _stated(span: str) -> Value | None:
    reading = read_date(span)
    if reading is None:
        return None
    if reading.needs:
        return None, None, None, reading.role, reading.rule, "unresolved"
    value = _iso(reading.value(Surroundings()))
    return *value, reading.role, reading.rule, "unresolved" if value[0] is None else "stated"


def settle_dates(dates: Iterable[Date], text: str, reference: date | None) -> tuple[Date, ...]:
    """The dates of one item with every value that the item and the reference date can give.

    A month or day without a year continues the nearest year to its left in the same sentence, or in an earlier
    sentence that itself names a month (a narrative goes on); else it takes the reference year. 年底 and 年内 speak
    of the reference year unless a later one was just named. A bare day with no month to lean on is dropped, for it
    may as well be a number of days, and so is 当年 or 次年 with no year before it: it is the year of whatever happens.
    """
    settled: list[Date] = []
    year = month = None
    last_end = 0
    stop = -1  # where the last sentence ended
    checked = -1  # how far the text was looked through for it
    for found in dates:
        if found.edtf is None:
            if year is not None:
                for sentence in _SENTENCE_END.finditer(text, max(checked, last_end), found.start):
                    stop = sentence.start()
            checked = found.start
            reading = read_date(fold_mention(found.text))
            if reading is not None and reading.needs:
                near = year is not None and (month is not None or stop < last_end)
                base = year if near or reference is None else reference.year
                if reading.rule in ("part-of-year-only", "within-year") and reference is not None:
                    base = max(base or 0, reference.year)
                if (reading.needs == "month" and (month is None or not near)) or (reading.needs == "near" and year is None):
                    continue
                if reading.needs == "near":
                    base = year
                value = reading.value(Surroundings(reference, base, month))
                plain = near or reference is not None
                status: Status = "unresolved" if value is None else "inferred" if plain else "ambiguous"
                found = Date(found.text, found.start, found.end, *_iso(value), found.role, found.rule, status)
        settled.append(found)
        if found.edtf is not None and found.rule not in _LEADS_NOWHERE:
            year, month = _far_end(found.edtf)
            last_end = found.end
    return tuple(settled)


@lru_cache(maxsize=4096)
def _far_end(edtf: str) -> tuple[int | None, int | None]:
    """Year and month of the last end that an EDTF expression names, as what follows it continues from there."""
    for part in reversed(edtf.split("/")):
        pieces = part.rstrip("~").split("-")
        if pieces[0].isdigit():
            month = int(pieces[1]) if len(pieces) > 1 else None
            return int(pieces[0]), month if month is not None and month <= 12 else None
    return None, None
