"""Calendar arithmetic: points and stretches of time as EDTF with their first and last day.

EDTF is ISO 8601-2:2019: ``2015-21``…``2015-24`` are spring to winter, ``2015-33``…``36`` quarters, ``2015-40`` and
``2015-41`` halves, ``201X`` a decade, ``X~`` about X, ``../X`` up to X, ``X/..`` from X on. Seasons run as China's
weather service counts them: spring is March to May, and winter ends with the next February.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

SUBYEAR: dict[int, tuple[int, int]] = {  # EDTF code: first month, number of months
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip


class Stretch(NamedTuple):
    """An EDTF expression and its bounds; a bound is None where it is open."""

    edtf: str
    first: date | None
    last: date | None


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def point(year: int, month: int | None = None, day: int | None = None) -> Stretch | None:
    """A year, a month or a day; None when the calendar has no such day (6月31日)."""
    try:
        if month is None:
            return Stretch(f"{year:04d}", date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Stretch(f"{year:04d}-{month:02d}", date(year, month, 1), _last(year, month))
        only = date(year, month, day)
    except ValueError:  # also what monthrange raises for month 13
        return None
    return Stretch(only.isoformat(), only, only)


@lru_cache(maxsize=1024)
def part_of_year(year: int, code: int) -> Stretch | None:
    """A season, quarter or half of a year by its EDTF code; None outside the years 1 to 9999, as everywhere here."""
    start, months = SUBYEAR[code]
    end = start + months - 1
    try:
        return Stretch(f"{year:04d}-{code}", date(year, start, 1), _last(year + (end - 1) // 12, (end - 1) % 12 + 1))
    except ValueError:
        return None


def third_of_month(year: int, month: int, third: int) -> Stretch | None:
    """上旬, 中旬 and 下旬 (0, 1, 2): the 1st to 10th, 11th to 20th and 21st to the last day."""
    whole = point(year, month)
    if whole is None:
        return None
    last = date(year, month, 10 * third + 10) if third < 2 else _last(year, month)
    return between(point(year, month, 10 * third + 1), point(year, month, last.day))


def half_of_month(year: int, month: int, half: int) -> Stretch | None:
    """上半月 and 下半月 (0, 1): the 1st to 15th, and from the 16th on."""
    whole = point(year, month)
    if whole is None:
        return None
    return (
        between(point(year, month, 16), point(year, month, _last(year, month).day))
        if half
        else between(point(year, month, 1), point(year, month, 15))
    )


def decade(first: int) -> Stretch | None:
    return _years(f"{first // 10:03d}X", first, first + 9)


def century(first: int) -> Stretch | None:
    return _years(f"{first // 100:02d}XX", first, first + 99)


def _years(edtf: str, first: int, last: int) -> Stretch | None:
    return Stretch(edtf, date(first, 1, 1), date(last, 12, 31)) if first >= 1 and last <= 9999 else None


def between(a: Stretch | None, b: Stretch | None) -> Stretch | None:
    """From the beginning of a to the end of b; None when b ends before a begins."""
    if a is None or b is None or (a.first and b.last and b.last < a.first):
        return None
    return Stretch(f"{a.edtf.partition('/')[0]}/{b.edtf.rpartition('/')[2]}", a.first, b.last)


def until(a: Stretch) -> Stretch:
    return Stretch(f"../{a.edtf.rpartition('/')[2].rstrip('~')}", None, a.last)


def since(a: Stretch) -> Stretch:
    return Stretch(f"{a.edtf.partition('/')[0].rstrip('~')}/..", a.first, None)


def about(a: Stretch) -> Stretch:
    ends = (end if end.endswith("~") else end + "~" for end in a.edtf.split("/"))
    return Stretch("/".join(ends), a.first, a.last)


def week_from(day: date) -> Stretch | None:
    last = shifted(day, days=6)
    return None if last is None else between(day_point(day), day_point(last))


def week_of(day: date) -> Stretch | None:
    """The week, Monday to Sunday (ISO 8601), that holds the day."""
    monday = shifted(day, days=-day.weekday())
    return None if monday is None else week_from(monday)


def day_point(day: date | None) -> Stretch | None:
    """The day as a stretch; nothing for no day, which is what ``shifted`` gives beyond the calendar."""
    return None if day is None else point(day.year, day.month, day.day)


def shifted(day: date, years: int = 0, months: int = 0, days: int = 0) -> date | None:
    """The day moved on the calendar; 29 February and 31sts fall back to the month's last day. None outside 1–9999."""
    month = day.year * 12 + day.month - 1 + years * 12 + months
    try:
        last = monthrange(month // 12, month % 12 + 1)[1]
        return date(month // 12, month % 12 + 1, min(day.day, last)) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def around(day: date, years: int, months: int, days: int) -> Stretch | None:
    """From the day to the day so much later, or from so much earlier to the day."""
    other = shifted(day, years, months, days)
    if other is None:
        return None
    a, b = sorted((day, other))
    return between(day_point(a), day_point(b))
