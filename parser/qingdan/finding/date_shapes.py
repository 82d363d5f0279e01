"""What a date says: functions from the match of a date rule to a stretch of the calendar.

Each gives a ``Shape``: what it needs from its surroundings, and a function from those to a ``Stretch``. Here are the
dates that name their place on the calendar; ranges are in ``range_shapes``, those counted from another day in
``relative_shapes``, the named ones (plans, festivals) in ``occasion_shapes``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

import regex

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch
from qingdan.model import Role, Status
from qingdan.numerals import number

Groups = dict[str, str | None]
Needs = Literal["", "year", "near", "month", "month-or-now", "near-month", "near-day", "reference"]


class Surroundings(NamedTuple):
    """What a date may lean on: the document's reference date, and the year, month and day it continues."""

    reference: date | None = None
    year: int | None = None
    month: int | None = None
    day: date | None = None


class Shape(NamedTuple):
    """What a rule reads from the groups of its match, before bounding words are applied.

    ``needs`` is '' (absolute), 'year', 'near' (a year named just before), 'month' (a bare day), 'month-or-now' (the
    same, else the month of the reference date), 'near-month' and 'near-day' (one named just before) or 'reference'.
    ``status`` is that of a value found. A ``weak`` one without a value is no date at all.
    """

    needs: Needs
    value: Callable[[Surroundings], Stretch | None]
    role: Role = "on"
    status: Status = "stated"
    weak: bool = False


_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_OFFSETS = {
    "今年": 0, "本年": 0, "当年": 0, "同年": 0, "去年": -1, "前年": -2, "明年": 1, "次年": 1, "翌年": 1, "后年": 2,
    "大前年": -3, "大后年": 3,
}  # fmt: skip
_CONTINUED = {"当年", "同年", "次年", "翌年"}  # counted from the year last spoken of, not from the document
_ZEROS = str.maketrans("oO0Ο○", "〇〇〇〇〇")


def integer(text: str | None) -> int | None:
    """The value of a numeral, also of one typed with letters for zeros (「二OO三」); None when it is none."""
    if not text:
        return None
    if text == "元":
        return 1
    value = number(text if text[0] in "0123456789" else text.translate(_ZEROS))
    return value if isinstance(value, int) else None


def year_word(g: Groups, s: str = "") -> str | None:
    """「今年」, also of 「今(104)年」."""
    word = g.get("ry" + s)
    return word and (word + "年" if len(word) == 1 else word)


def base_year(g: Groups, around: Surroundings, s: str = "", near: int | None = None) -> int | None:
    """The year that the groups with suffix s name or count to; ``near`` is the year before it, by default that around."""
    if g.get("y" + s):
        return integer(g["y" + s])
    near = around.year if near is None else near
    if word := year_word(g, s):
        base = near if word in _CONTINUED else around.reference.year if around.reference else None
        return None if base is None else base + _OFFSETS[word]
    return near


def within_year(g: Groups, s: str, base: int | None, before: bool = False) -> Stretch | None:
    """The point that the groups with suffix s describe in the given year."""
    if base is None:
        return None
    if h := g.get("h" + s):
        return calendar.part_of_year(base, 40 if h == "上" else 41)
    if q := g.get("q" + s):
        whole = calendar.part_of_year(base, 32 + (integer(q) or 0))
        end = g.get("qe" + s)
        if not end or (before and end != "初"):
            return whole
        near = whole and calendar.day_point(whole.first if end == "初" else whole.last)
        return near and calendar.about(near)
    if name := g.get("s" + s):
        return _season(base, name)
    mark = (g.get("e" + s) or "")[-1:]
    if not g.get("m" + s):
        if mark:
            near = calendar.point(base, {"初": 1, "中": 6}.get(mark, 12))
            return near and calendar.about(near)
        return calendar.point(base)
    m = integer(g["m" + s]) or 0
    if g.get("d" + s):
        return calendar.point(base, m, integer(g["d" + s]) or 0)
    if x := g.get("x" + s):
        if "半" in x:
            return calendar.half_of_month(base, m, "上下".index(x[0]))
        thirds = [calendar.third_of_month(base, m, "上中下".index(c)) for c in x]  # 「中下旬」
        return thirds[0] if len(thirds) == 1 else calendar.between(thirds[0], thirds[1])
    whole = calendar.point(base, m)
    if mark and whole and whole.last and not (before and mark in "底末"):
        near = calendar.point(base, m, {"初": 1, "中": 15}.get(mark, whole.last.day))
        return near and calendar.about(near)
    return whole


def _season(year: int, name: str) -> Stretch | None:
    """「秋」, 「冬春」: spring follows winter into the next year."""
    first = calendar.part_of_year(year, _SEASONS[name[0]])
    if len(name) == 1:
        return first
    return calendar.between(first, calendar.part_of_year(year + (name == "冬春"), _SEASONS[name[1]]))


def needs_of(g: Groups, s: str = "") -> Needs:
    if g.get("y" + s):
        return ""
    return "near" if year_word(g, s) in _CONTINUED else "reference" if g.get("ry" + s) else "year"


def ends_before(g: Groups) -> bool:
    return (g.get("bound") or "").endswith("前")


def single(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    before = ends_before(g)
    return Shape(needs_of(g), lambda around: within_year(g, "", base_year(g, around), before))


def month_edge(m: regex.Match[str]) -> Shape:
    """「月底前」: of the month before it, else of this one."""
    g = m.groupdict()

    def value(around: Surroundings) -> Stretch | None:
        return within_year({**g, "m": str(around.month)}, "", around.year, ends_before(g)) if around.month else None

    return Shape("month-or-now", value)


def day_only(m: regex.Match[str]) -> Shape:
    d = integer(m["d"]) or 0
    return Shape("month", lambda a: calendar.point(a.year, a.month, d) if a.year and a.month else None)


def said_day(m: regex.Match[str]) -> Shape:
    """「外长22日在京…」: a day without doubt, if need be of the month of the reference date."""
    return day_only(m)._replace(needs="month-or-now")


def either_order(m: regex.Match[str]) -> Shape:
    """「22/6/2015」 and 「6/22/2015」; of 「5/6/2015」 nobody can tell, and the day comes first in most of the world."""
    a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
    d, month = (b, a) if b > 12 else (a, b)
    status: Status = "ambiguous" if max(a, b) <= 12 and a != b else "stated"
    return Shape("", lambda _: calendar.point(y, month, d), status=status, weak=month > 12)


def short_year(m: regex.Match[str]) -> Shape:
    """「98年7月10日」: the century is the reader's guess."""
    g = m.groupdict()
    tens = int("".join(str(integer(c) or 0) for c in g["yy"] or ""))
    base = tens + (2000 if tens < 50 else 1900)
    return Shape("", lambda _: within_year(g, "", base, ends_before(g)), status="inferred")


def republic(m: regex.Match[str]) -> Shape:
    """Years of the Republic of China, which began with 1912; without its name the year is inferred."""
    g = m.groupdict()
    base = 1911 + (integer(g["r"]) or 0)
    status: Status = "stated" if "国" in m[0] else "inferred"
    return Shape("", lambda _: within_year(g, "", base, ends_before(g)), status=status)


def decade(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    tens, part, last = integer(g["dec"]) or 0, g["de"] or "", integer(g["dec_b"])

    def at(first: int) -> Stretch | None:
        if part:
            year = calendar.point(first + (0 if part[0] in "初早前" else 5 if part[0] == "中" else 9))
            return year and calendar.about(year)
        one = calendar.decade(first)
        return one if last is None else calendar.between(one, calendar.decade(first + (last - tens) % 100))

    if tens < 10:  # 「八九十年代」: the numerals of both are single
        tens *= 10
    if last is not None and last < 10:
        last *= 10
    if tens >= 1000:
        return Shape("", lambda _: at(tens), "period")
    if g["c"]:
        return Shape("", lambda _: at(((integer(g["c"]) or 1) - 1) * 100 + tens), "period")
    back = {"上": 100, "本": 0}.get(g["rc"] or "")

    def value(around: Surroundings) -> Stretch | None:
        if around.reference is None:
            return None
        this = around.reference.year // 100 * 100
        return at(this + tens - (back if back is not None else 100 if this + tens > around.reference.year else 0))

    return Shape("reference", value, "period")


def century(m: regex.Match[str]) -> Shape:
    """「21世纪」, 「本世纪中叶」, 「本世纪头二十年」, 「21世纪第二个十年」, 「19世纪末至20世纪初」."""
    g = m.groupdict()

    def part_of(first: int, part: str) -> Stretch | None:
        if part.startswith("中"):
            middle = calendar.point(first + 50)
            return middle and calendar.about(middle)
        if part:
            tens = calendar.decade(first + (0 if part[0] == "初" else 90))
            return tens and calendar.about(tens)
        return calendar.century(first)

    def at(first: int) -> Stretch | None:
        if years := integer(g["cy"]):
            return calendar.decade(first) if years == 10 else calendar.between(calendar.point(first + 1), calendar.point(first + years))
        if nth := integer(g["cd"]):
            return calendar.decade(first + 10 * (nth - 1))
        near = part_of(first, g["ce"] or "")
        return calendar.between(near, part_of(first_year(g["c_b"]), g["ce_b"] or "")) if g["c_b"] else near

    def first_year(numeral: str | None) -> int:
        return ((integer(numeral) or 1) - 1) * 100

    if g["c"]:
        return Shape("", lambda _: at(first_year(g["c"])), "period")
    back = 100 if g["rc"] == "上" else 0
    return from_reference(lambda day: at(day.year // 100 * 100 - back), "period")


def months_of_year(m: regex.Match[str]) -> Shape:
    """「今年前三季度」, 「2015年头两个月」, 「今年后四个月」."""
    g = m.groupdict()
    many = (integer(g["n"]) or 0) * (3 if g["u"] == "季度" else 1)
    first, last = (1, many) if (g["o"] or "") in "前头" else (13 - many, 12)

    def value(around: Surroundings) -> Stretch | None:
        base = base_year(g, around)
        return None if base is None else calendar.between(calendar.point(base, first), calendar.point(base, last))

    return Shape(needs_of(g), value, "period")


def week(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    count = calendar.week_from if "的" in (g["week"] or "") and "在" not in (g["week"] or "") else calendar.week_of

    def value(around: Surroundings) -> Stretch | None:
        first = within_year(g, "", base_year(g, around))
        return count(first.first) if first and first.first else None

    return Shape(needs_of(g), value, "period")


def week_of_month(m: regex.Match[str]) -> Shape:
    """「10月第三周」: the third seven days of October, about; 「10月第二个星期日」 is a day."""
    g = m.groupdict()
    nth, weekday = integer(g["nth"]), "一二三四五六日天".find(g["wd"]) if g["wd"] else None

    def value(around: Surroundings) -> Stretch | None:
        whole = within_year({**g, "e": None}, "", base_year(g, around))
        if whole is None or whole.first is None or whole.last is None:
            return None
        if weekday is None:
            first = calendar.shifted(whole.first, days=7 * (nth - 1)) if nth else calendar.shifted(whole.last, days=-6)
            seven = first and first <= whole.last and calendar.week_from(first)
            return calendar.about(seven) if seven else None
        if nth:
            day = calendar.shifted(whole.first, days=(min(weekday, 6) - whole.first.weekday()) % 7 + 7 * (nth - 1))
        else:
            day = calendar.shifted(whole.last, days=-((whole.last.weekday() - min(weekday, 6)) % 7))
        return calendar.day_point(day) if day and day <= whole.last else None

    return Shape(needs_of(g), value, "on" if g["wd"] else "period", "stated" if g["wd"] else "ambiguous")


def from_reference(step: Callable[[date], Stretch | None], role: Role = "on", status: Status = "stated") -> Shape:
    return Shape("reference", lambda around: step(around.reference) if around.reference else None, role, status)
