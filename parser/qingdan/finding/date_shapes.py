"""What a date says: functions from the match of a date rule to a stretch of the calendar.

Each gives a ``Shape``: what it needs from its surroundings, and a function from those to a ``Stretch``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

import regex

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch
from qingdan.model import Role
from qingdan.numerals import number

Groups = dict[str, str | None]


class Surroundings(NamedTuple):
    """What a date may lean on: the document's reference date, and the year and month it continues."""

    reference: date | None = None
    year: int | None = None
    month: int | None = None


class Shape(NamedTuple):
    """What a rule reads from the groups of its match, before bounding words are applied.

    ``needs`` is '' (absolute), 'year', 'near' (a year named just before), 'month' (a bare day) or 'reference'.
    """

    needs: str
    value: Callable[[Surroundings], Stretch | None]
    role: Role = "on"


_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_OFFSETS = {
    "今年": 0, "本年": 0, "当年": 0, "同年": 0, "去年": -1, "前年": -2, "明年": 1, "次年": 1, "翌年": 1, "后年": 2,
}  # fmt: skip
CONTINUED = {"当年", "同年", "次年", "翌年"}  # counted from the year last spoken of, not from the document


def _int(text: str | None) -> int | None:
    value = number(text) if text else None
    return value if isinstance(value, int) else None


def _base_year(g: Groups, around: Surroundings) -> int | None:
    if g.get("y"):
        return _int(g["y"])
    if word := g.get("ry"):
        base = around.year if word in CONTINUED else around.reference.year if around.reference else None
        return None if base is None else base + _OFFSETS[word]
    return around.year


def _within_year(g: Groups, s: str, base: int | None, before: bool = False) -> Stretch | None:
    """The point that the groups with suffix s describe in the given year."""
    if base is None:
        return None
    if h := g.get("h" + s):
        return calendar.part_of_year(base, 40 if h == "上" else 41)
    if q := g.get("q" + s):
        return calendar.part_of_year(base, 32 + (_int(q) or 0))
    if name := g.get("s" + s):
        return calendar.part_of_year(base, _SEASONS[name])
    mark = (g.get("e" + s) or "")[-1:]
    if not g.get("m" + s):
        if mark:
            near = calendar.point(base, {"初": 1, "中": 6}.get(mark, 12))
            return near and calendar.about(near)
        return calendar.point(base)
    m = _int(g["m" + s]) or 0
    if g.get("d" + s):
        return calendar.point(base, m, _int(g["d" + s]) or 0)
    whole = calendar.point(base, m)
    if x := g.get("x" + s):
        return calendar.third_of_month(base, m, "上中下".index(x))
    if mark and whole and whole.last and not (before and mark in "底末"):
        near = calendar.point(base, m, {"初": 1, "中": 15}.get(mark, whole.last.day))
        return near and calendar.about(near)
    return whole


def _needs(g: Groups) -> str:
    if g.get("y"):
        return ""
    return "near" if g.get("ry") in CONTINUED else "reference" if g.get("ry") else "year"


def single(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    before = (g.get("bound") or "").endswith("前")
    return Shape(_needs(g), lambda around: _within_year(g, "", _base_year(g, around), before))


def range_(m: regex.Match[str]) -> Shape:
    """Both ends of a range; what the far end leaves out it takes from the near one, and the near one's unit from it."""
    g = m.groupdict()

    def value(around: Surroundings) -> Stretch | None:
        base = _base_year(g, around)
        far = dict(g)
        if g.get("d_b") and not g.get("m_b"):
            far["m_b"] = g.get("m") or (str(around.month) if around.month else None)
            if far["m_b"] is None:
                return None
        near = dict(g) if g.get("m") or not g.get("d") else {**g, "m": far["m_b"]}
        first, last = _within_year(near, "", base), _within_year(far, "_b", _int(g["y_b"]) if g.get("y_b") else base)
        over = first and last and first.first and last.last and last.last < first.first
        if base is not None and over and not g.get("y_b"):
            last = _within_year(far, "_b", base + 1)  # 「12月31日至1月2日」
        return calendar.between(first, last)

    needs = "month" if g.get("d_b") and not (g.get("m") or g.get("m_b")) else _needs(g)
    return Shape(needs, value, "period")


def _from_reference(g: Groups, step: Callable[[date], Stretch | None], role: Role = "on") -> Shape:
    return Shape("reference", lambda around: step(around.reference) if around.reference else None, role)


def opening_months(m: regex.Match[str]) -> Shape:
    g = m.groupdict()

    def value(around: Surroundings) -> Stretch | None:
        base = _base_year(g, around)
        last = (_int(g["n"]) or 0) * (3 if g["u"] == "季度" else 1)
        return None if base is None else calendar.between(calendar.point(base, 1), calendar.point(base, last))

    return Shape(_needs(g), value, "period")


def two_years(m: regex.Match[str]) -> Shape:
    first = {"今明": 0, "去今": -1}[m["a"]]
    return _from_reference(
        {}, lambda day: calendar.between(calendar.point(day.year + first), calendar.point(day.year + first + 1)), "period"
    )


def week(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    count = calendar.week_from if "的" in (g["week"] or "") and "在" not in (g["week"] or "") else calendar.week_of

    def value(around: Surroundings) -> Stretch | None:
        first = _within_year(g, "", _base_year(g, around))
        return count(first.first) if first and first.first else None

    return Shape(_needs(g), value, "period")


def day_only(m: regex.Match[str]) -> Shape:
    d = _int(m["d"]) or 0
    return Shape("month", lambda a: calendar.point(a.year, a.month, d) if a.year and a.month else None)


def iso(m: regex.Match[str]) -> Shape:
    return Shape("", lambda _: calendar.point(int(m["y"]), int(m["m"]), int(m["d"])))


def republic(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    base = 1911 + (1 if g["r"] == "元" else _int(g["r"]) or 0)
    return Shape("", lambda _: _within_year(g, "", base))


def decade(m: regex.Match[str]) -> Shape:
    tens = _int(m["dec"]) or 0
    if tens >= 1000:
        return Shape("", lambda _: calendar.decade(tens), "period")
    if m["c"]:
        return Shape("", lambda _: calendar.decade(((_int(m["c"]) or 1) - 1) * 100 + tens), "period")
    back = {"上": 100, "本": 0}.get(m["rc"] or "")

    def value(around: Surroundings) -> Stretch | None:
        if around.reference is None:
            return None
        this = around.reference.year // 100 * 100
        first = this + tens - (back if back is not None else 100 if this + tens > around.reference.year else 0)
        return calendar.decade(first)

    return Shape("reference", value, "period")


def century(m: regex.Match[str]) -> Shape:
    def at(first: int) -> Stretch | None:
        part = m["ce"] or ""
        if part.startswith("中"):
            middle = calendar.point(first + 50)
            return middle and calendar.about(middle)
        if part:
            tens = calendar.decade(first + (0 if part == "初" else 90))
            return tens and calendar.about(tens)
        return calendar.century(first)

    if m["c"]:
        return Shape("", lambda _: at(((_int(m["c"]) or 1) - 1) * 100), "period")
    back = 100 if m["rc"] == "上" else 0
    return _from_reference({}, lambda day: at(day.year // 100 * 100 - back), "period")


def plan(m: regex.Match[str]) -> Shape:
    """Five-year plans: the third began in 1966 and each has followed the last; the thirteenth is 2016 to 2020."""
    first = 1966 + 5 * ((_int(m["plan"]) or 3) - 3)
    ends = calendar.point(first), calendar.point(first + 4)
    return Shape("", lambda _: ends[0] if m["bound"] == "以来" else calendar.between(*ends), "period")


def relative_month(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    step = {"本": 0, "当": 0, "上": -1, "下": 1}[m["rm"]]

    def at(today: date) -> Stretch | None:
        there = calendar.shifted(today.replace(day=1), months=step)
        before = (g.get("bound") or "").endswith("前")
        return None if there is None else _within_year({**g, "m": str(there.month)}, "", there.year, before)

    return _from_reference(g, at)


def relative_week(m: regex.Match[str]) -> Shape:
    step = {"本": 0, "这": 0, "上": -7, "下": 7}[m["rw"]]
    weekday = "一二三四五六日天".find(m["wd"]) if m["wd"] else None

    def at(today: date) -> Stretch | None:
        monday = calendar.shifted(today, days=step - today.weekday())
        if monday is None:
            return None
        if weekday is None:
            return calendar.week_of(monday)
        there = calendar.shifted(monday, days=min(weekday, 6))
        return None if there is None else calendar.point(there.year, there.month, there.day)

    return _from_reference({}, at)


def relative_day(m: regex.Match[str]) -> Shape:
    step = {"今": 0, "昨": -1, "明": 1, "前": -2, "后": 2}[m["rd"]]

    def at(today: date) -> Stretch | None:
        there = calendar.shifted(today, days=step)
        return None if there is None else calendar.point(there.year, there.month, there.day)

    return _from_reference({}, at)


def span_from_now(m: regex.Match[str]) -> Shape:
    sign = 1 if m["dir"] in ("未来", "今后") else -1
    n = sign * (_int(m["n"]) or 0)
    unit = m["u"]
    years, months = (n, 0) if unit == "年" else (0, n) if unit == "个月" else (0, 0)
    days = n * 7 if unit in ("周", "个星期") else n if unit == "天" else 0
    return _from_reference({}, partial(calendar.around, years=years, months=months, days=days), "period")
