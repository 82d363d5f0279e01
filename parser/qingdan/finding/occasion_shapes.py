"""What named occasions say: festivals, days of the Chinese lunar calendar, five-year plans.

The lunar calendar is that of borax, a table of the years 1900 to 2100; it is loaded by the first lunar day of a text.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import regex

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch
from qingdan.finding.date_shapes import Shape, Surroundings, base_year, integer, needs_of

SOLAR: dict[str, tuple[int, int]] = {
    "元旦": (1, 1), "情人节": (2, 14), "三八": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1),
    "青年节": (5, 4), "儿童节": (6, 1), "建党节": (7, 1), "七一": (7, 1), "建军节": (8, 1), "八一": (8, 1), "教师节": (9, 10),
    "国庆": (10, 1), "十一": (10, 1), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
LUNAR: dict[str, tuple[int, int]] = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8),
}  # fmt: skip
MOVING: dict[str, tuple[int, int, int]] = {"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4)}  # month, weekday, which of them
_FIRST_YEARS = {1: 1953, 2: 1958}  # from the third plan of 1966 on, each has followed the last


@lru_cache(maxsize=512)
def _lunar_day(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The solar day of a day of a lunar year; None where the calendar has none, or the table ends."""
    from borax.calendars import InvalidLunarDateError, LunarDate

    try:
        solar: date = LunarDate(year, month, day, int(leap)).to_solar_date()
    except InvalidLunarDateError:
        return None
    return solar


@lru_cache(maxsize=128)
def _clear_and_bright(year: int) -> date | None:
    """清明, a solar term: the 4th to 6th of April."""
    from borax.calendars.lunardate import TermUtils

    if not 1901 <= year <= 2100:
        return None
    day: date = TermUtils.nth_term_day(year, TermUtils.name2index("清明"))
    return day


def _festival_day(name: str, year: int) -> date | None:
    """The day of a festival in a solar year."""
    if name in SOLAR:
        return date(year, *SOLAR[name]) if 1 <= year <= 9999 else None
    if name in MOVING:
        month, weekday, nth = MOVING[name]
        first = date(year, month, 1) if 1 <= year <= 9999 else None
        return first and calendar.shifted(first, days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if name == "清明":
        return _clear_and_bright(year)
    if name == "除夕":
        new_year = _lunar_day(year, 1, 1)
        return new_year and calendar.shifted(new_year, days=-1)
    days = [_lunar_day(lunar_year, *LUNAR[name]) for lunar_year in (year, year - 1)]
    return next((day for day in days if day and day.year == year), None)


def festival(m: regex.Match[str]) -> Shape:
    """「2015年春节」, 「国庆节前」; how long a holiday lasts is decreed every year, so 「国庆期间」 is about its day."""
    g = m.groupdict()
    name = next(word for word in (*SOLAR, *LUNAR, *MOVING, "清明", "除夕") if word in m["f"])
    stretch = bool(g["holiday"]) or g.get("bound") == "期间"

    def value(around: Surroundings) -> Stretch | None:
        year = base_year(g, around)
        day = None if year is None else _festival_day(name, year)
        point = calendar.day_point(day)
        return calendar.about(point) if point and stretch else point

    return Shape(needs_of(g), value, "period" if stretch else "on")


def lunar_day(m: regex.Match[str]) -> Shape:
    """「农历八月十五」, 「正月初一」: of the lunar year that began in the year named."""
    g = m.groupdict()
    word = (g["lm"] or "").removeprefix("闰")
    month = {"正": 1, "冬": 11, "腊": 12}.get(word) or integer(word) or 0
    day = integer((g["ld"] or "").removeprefix("初")) or 0

    def value(around: Surroundings) -> Stretch | None:
        year = base_year(g, around)
        return None if year is None else calendar.day_point(_lunar_day(year, month, day, "闰" in (g["lm"] or "")))

    return Shape(needs_of(g), value)


def plan(m: regex.Match[str]) -> Shape:
    """Five-year plans: 「“十三五”期间」 is 2016 to 2020, 「“十三五”末」 about 2020, 「“十三五”以来」 since 2016."""
    g = m.groupdict()

    def first(numeral: str) -> int:
        nth = integer(numeral) or 3
        return _FIRST_YEARS.get(nth) or 1966 + 5 * (nth - 3)

    start = first(m["plan"])
    end = first(m["plan_b"] or m["plan"]) + 4
    part = m["pe"] or ""

    def value(_: Surroundings) -> Stretch | None:
        if part:
            year = calendar.point(start if part[0] in "初前" else end - 2 if part == "中期" else end)
            return year and calendar.about(year)
        if g.get("bound") in ("以来", "后", "之后", "以后") or (g.get("bound") or "").endswith("前"):
            return calendar.point(start if g["bound"] in ("以来", "前", "之前", "以前") else end)
        return calendar.between(calendar.point(start), calendar.point(end))

    return Shape("", value, "on" if part else "period")
