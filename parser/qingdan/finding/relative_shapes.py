"""What a date counted from another day says: from the document's reference date, or from a day named just before."""

from __future__ import annotations

from datetime import date
from functools import partial

import regex

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch
from qingdan.finding.date_shapes import Needs, Shape, Surroundings, ends_before, from_reference, integer, within_year
from qingdan.model import Status

_STEPS = {"本": 0, "这": 0, "当": 0, "同": 0, "上": -1, "上上": -2, "下": 1, "下下": 2, "次": 1}
_DAYS = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "即": 0, "明": 1, "后": 2, "大后": 3,
    "同": 0, "当": 0, "次": 1, "翌": 1, "第二": 1,
}  # fmt: skip
_WEEKDAYS = "一二三四五六日天"


def relative_month(m: regex.Match[str]) -> Shape:
    """「下月」, 「本月底」, 「上月15日」; 「当月」 and 「次月」 are counted from the month last spoken of."""
    g = m.groupdict()
    word = g["rm"] or ""
    needs: Needs = "near-month" if word in ("当", "同", "次") else "reference"

    def value(around: Surroundings) -> Stretch | None:
        named = date(around.year, around.month, 1) if around.year and around.month else None
        today = around.reference if needs == "reference" else named
        there = today and calendar.shifted(today.replace(day=1), months=_STEPS[word])
        return within_year({**g, "m": str(there.month)}, "", there.year, ends_before(g)) if there else None

    return Shape(needs, value)


def relative_quarter(m: regex.Match[str]) -> Shape:
    step = _STEPS[m["rq"]]

    def at(today: date) -> Stretch | None:
        there = calendar.shifted(today.replace(day=1), months=3 * step)
        return None if there is None else calendar.part_of_year(there.year, 33 + (there.month - 1) // 3)

    return from_reference(at)


def relative_season(m: regex.Match[str]) -> Shape:
    """「今春」, 「去冬」, 「今冬明春」."""
    codes = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
    years = {"去": -1, "今": 0, "明": 1}
    ends = list(zip(m["rs"][::2], m["rs"][1::2], strict=True))

    def at(today: date) -> Stretch | None:
        one, *more = [calendar.part_of_year(today.year + years[a], codes[b]) for a, b in ends]
        return calendar.between(one, more[0]) if more else one

    return from_reference(at, "period" if len(ends) > 1 else "on")


def relative_week(m: regex.Match[str]) -> Shape:
    """「下周」, 「上周五」, 「本周末」, 「下周一至周三」."""
    g = m.groupdict()
    step = 7 * _STEPS[g["rw"] or ""]

    def at(today: date) -> Stretch | None:
        monday = calendar.shifted(today, days=step - today.weekday())
        if monday is None:
            return None
        if g["wd"] is None:
            return calendar.week_of(monday)
        first, last = (5, 6) if g["wd"] == "末" else (_WEEKDAYS.find(g["wd"] or ""), _WEEKDAYS.find(g.get("wd_b") or g["wd"] or ""))
        days = [calendar.shifted(monday, days=min(day, 6)) for day in (first, last)]
        points = [calendar.day_point(day) for day in days]
        return points[0] if first == last else calendar.between(points[0], points[1])

    return from_reference(at, "period" if g["wd"] == "末" or g.get("wd_b") else "on")


def weekday(m: regex.Match[str]) -> Shape:
    """A weekday alone: of the week of the reference date, but it may be the last or the next one."""
    to = min(_WEEKDAYS.find(m["wd"]), 6)

    def at(today: date) -> Stretch | None:
        there = calendar.shifted(today, days=to - today.weekday())
        return calendar.day_point(there)

    return from_reference(at, status="ambiguous")


def relative_day(m: regex.Match[str]) -> Shape:
    """「今天」, 「昨晚」; 「今(17)日」 says its day of the month as well."""
    step = _DAYS[m["rd"]]
    said = integer(m.groupdict().get("gloss"))

    def at(today: date) -> Stretch | None:
        there = calendar.shifted(today, days=step)
        if there is None or said is None or there.day == said:
            return calendar.day_point(there)
        return calendar.point(today.year, today.month, said)

    return from_reference(at)


def next_to_day(m: regex.Match[str]) -> Shape:
    """「同日」, 「次日」, 「当周」: counted from the day last spoken of."""
    step = _DAYS[m["nd"] or "同"]

    def value(around: Surroundings) -> Stretch | None:
        there = around.day and calendar.shifted(around.day, days=step)
        if there is None:
            return None
        return calendar.week_of(there) if m["wk"] else calendar.day_point(there)

    return Shape("near-day", value, "period" if m["wk"] else "on")


def several_years(m: regex.Match[str]) -> Shape:
    """「今明两年」, 「去今两年」, 「今后两年」 is none of them."""
    years = {"去": -1, "今": 0, "明": 1, "后": 2}
    first, last = years[m["a"][0]], years[m["a"][-1]]
    return from_reference(lambda day: calendar.between(calendar.point(day.year + first), calendar.point(day.year + last)), "period")


def _moved(unit: str, n: int) -> tuple[int, int, int]:
    """Years, months and days of so many units."""
    if unit.startswith("年"):
        return n, 6 * (n > 0) - 6 * (n < 0) if unit == "年半" else 0, 0
    if "季" in unit:
        return 0, 3 * n, 0
    if unit.endswith("月"):
        return 0, n, 15 * (n > 0) - 15 * (n < 0) if unit == "半月" else 0
    return 0, 0, n * (1 if unit in ("天", "日") else 7)


def span_from_now(m: regex.Match[str]) -> Shape:
    """「未来一年」, 「过去六个月」; of 「今后三至五年」 the longer."""
    sign = 1 if m["dir"] in ("未来", "今后", "接下来") else -1
    numerals = [n for n in (integer(m["n"]), integer(m["n2"])) if n is not None]
    years, months, days = (0, 6 * sign, 0) if m["hf"] else _moved(m["u"], sign * max(numerals))
    status: Status = "ambiguous" if len(numerals) > 1 else "stated"
    return from_reference(partial(calendar.around, years=years, months=months, days=days), "period", status)


def distance_from_now(m: regex.Match[str]) -> Shape:
    """「三天前」, 「两个月后」, 「三十年前」: the day, month or year as far from the reference date."""
    sign = -1 if m["dir"].endswith("前") else 1
    halves = {"半年": (0, 6 * sign, 0), "半个月": (0, 0, 15 * sign)}
    years, months, days = halves[m["hf"]] if m["hf"] else _moved(m["u"], sign * (integer(m["n"]) or 0))

    def at(today: date) -> Stretch | None:
        there = calendar.shifted(today, years, months, days)
        if there is None:
            return None
        return calendar.day_point(there) if days else calendar.point(there.year, there.month if months else None)

    return from_reference(at)
