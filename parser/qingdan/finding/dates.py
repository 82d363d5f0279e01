"""Dates: the rules that find calendar expressions, and the one cached step that reads a found span.

Finding looks at the whole folded text once. Reading takes the span alone and gives a ``Reading``: the rule, the
role, what it needs from its surroundings, and a function from those surroundings to a stretch of the calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache, partial
from typing import NamedTuple

import regex

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch
from qingdan.finding.date_patterns import (
    BOUND,
    JOIN,
    RELATIVE_YEAR,
    START,
    WEEK,
    YEAR_DIGITS,
    day,
    edge,
    half,
    month,
    quarter,
    season,
    third,
    year,
    year_edge,
)
from qingdan.finding.rules import Rule, examples, scanner
from qingdan.model import Role
from qingdan.numerals import number

Groups = dict[str, str | None]


class Surroundings(NamedTuple):
    """What a date may lean on: the document's reference date, and the year and month it continues."""

    reference: date | None = None
    year: int | None = None
    month: int | None = None


class Reading(NamedTuple):
    """``needs`` is '' (absolute), 'year', 'month' (a bare day) or 'reference'."""

    rule: str
    role: Role
    needs: str
    value: Callable[[Surroundings], Stretch | None]


class Shape(NamedTuple):
    """What a rule reads from the groups of its match, before bounding words are applied."""

    needs: str
    value: Callable[[Surroundings], Stretch | None]
    role: Role = "on"


_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_OFFSETS = {
    "今年": 0, "本年": 0, "当年": 0, "同年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2,
    "明年": 1, "次年": 1, "翌年": 1, "下年": 1, "下一年": 1, "后年": 2,
}  # fmt: skip
_CONTINUED = {"当年", "同年", "次年", "翌年"}  # counted from the year last spoken of, not from the document


def _int(text: str | None) -> int | None:
    value = number(text) if text else None
    return value if isinstance(value, int) else None


def _base_year(g: Groups, around: Surroundings) -> int | None:
    if g.get("y"):
        return _int(g["y"])
    if word := g.get("ry"):
        reference = around.reference.year if around.reference else None
        base = around.year or reference if word in _CONTINUED else reference
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
    return "" if g.get("y") else "reference" if g.get("ry") else "year"


def _single(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    before = (g.get("bound") or "").endswith("前")
    return Shape(_needs(g), lambda around: _within_year(g, "", _base_year(g, around), before))


def _range(m: regex.Match[str]) -> Shape:
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
        return calendar.between(
            _within_year(near, "", base), _within_year(far, "_b", _int(g["y_b"]) if g.get("y_b") else base)
        )

    needs = "month" if g.get("d_b") and not (g.get("m") or g.get("m_b")) else _needs(g)
    return Shape(needs, value, "period")


def _from_reference(g: Groups, step: Callable[[date], Stretch | None], role: Role = "on") -> Shape:
    return Shape("reference", lambda around: step(around.reference) if around.reference else None, role)


def _opening_quarters(m: regex.Match[str]) -> Shape:
    g = m.groupdict()

    def value(around: Surroundings) -> Stretch | None:
        base = _base_year(g, around)
        return base and calendar.between(calendar.point(base, 1), calendar.point(base, 3 * (_int(g["n"]) or 0)))

    return Shape(_needs(g), value, "period")


def _week(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    count = calendar.week_from if "的" in (g["week"] or "") and "在" not in (g["week"] or "") else calendar.week_of

    def value(around: Surroundings) -> Stretch | None:
        first = _within_year(g, "", _base_year(g, around))
        return count(first.first) if first and first.first else None

    return Shape(_needs(g), value, "period")


def _day_only(m: regex.Match[str]) -> Shape:
    d = _int(m["d"]) or 0
    return Shape("month", lambda a: calendar.point(a.year, a.month, d) if a.year and a.month else None)


def _iso(m: regex.Match[str]) -> Shape:
    return Shape("", lambda _: calendar.point(int(m["y"]), int(m["m"]), int(m["d"])))


def _republic(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    base = 1911 + (1 if g["r"] == "元" else _int(g["r"]) or 0)
    return Shape("", lambda _: _within_year(g, "", base))


def _decade(m: regex.Match[str]) -> Shape:
    tens = _int(m["dec"]) or 0
    if tens >= 1000:
        return Shape("", lambda _: calendar.decade(tens))
    if m["c"]:
        return Shape("", lambda _: calendar.decade(((_int(m["c"]) or 1) - 1) * 100 + tens))
    back = {"上": 100, "本": 0}.get(m["rc"] or "")

    def value(around: Surroundings) -> Stretch | None:
        if around.reference is None:
            return None
        this = around.reference.year // 100 * 100
        first = this + tens - (back if back is not None else 100 if this + tens > around.reference.year else 0)
        return calendar.decade(first)

    return Shape("reference", value, "period")


def _century(m: regex.Match[str]) -> Shape:
    def at(first: int) -> Stretch | None:
        part = m["ce"] or ""
        if part.startswith("中"):
            middle = calendar.point(first + 50)
            return middle and calendar.about(middle)
        if part:
            return calendar.about(calendar.decade(first + (0 if part == "初" else 90)))
        return calendar.century(first)

    if m["c"]:
        return Shape("", lambda _: at(((_int(m["c"]) or 1) - 1) * 100), "period")
    back = 100 if m["rc"] == "上" else 0
    return _from_reference({}, lambda day: at(day.year // 100 * 100 - back), "period")


def _plan(m: regex.Match[str]) -> Shape:
    """Five-year plans: the third began in 1966 and each has followed the last; the thirteenth is 2016 to 2020."""
    first = 1966 + 5 * ((_int(m["plan"]) or 3) - 3)
    ends = calendar.point(first), calendar.point(first + 4)
    return Shape("", lambda _: ends[0] if m["bound"] == "以来" else calendar.between(*ends), "period")


def _relative_month(m: regex.Match[str]) -> Shape:
    g = m.groupdict()
    step = {"本": 0, "当": 0, "上": -1, "下": 1}[m["rm"]]

    def at(today: date) -> Stretch | None:
        there = calendar.shifted(today.replace(day=1), months=step)
        before = (g.get("bound") or "").endswith("前")
        return there and _within_year({**g, "m": str(there.month)}, "", there.year, before)

    return _from_reference(g, at)


def _relative_week(m: regex.Match[str]) -> Shape:
    step = {"本": 0, "这": 0, "上": -7, "下": 7}[m["rw"]]
    weekday = "一二三四五六日天".find(m["wd"]) if m["wd"] else None

    def at(today: date) -> Stretch | None:
        monday = calendar.shifted(today, days=step - today.weekday())
        if monday is None or weekday is None:
            return monday and calendar.week_of(monday)
        there = calendar.shifted(monday, days=min(weekday, 6))
        return there and calendar.point(there.year, there.month, there.day)

    return _from_reference({}, at)


def _relative_day(m: regex.Match[str]) -> Shape:
    step = {"今": 0, "昨": -1, "明": 1, "前": -2, "后": 2}[m["rd"]]

    def at(today: date) -> Stretch | None:
        there = calendar.shifted(today, days=step)
        return there and calendar.point(there.year, there.month, there.day)

    return _from_reference({}, at)


def _span(m: regex.Match[str]) -> Shape:
    sign = 1 if m["dir"] in ("未来", "今后") else -1
    n = sign * (_int(m["n"]) or 0)
    unit = m["u"]
    years, months = (n, 0) if unit == "年" else (0, n) if unit == "个月" else (0, 0)
    days = n * 7 if unit in ("周", "个星期") else n if unit == "天" else 0
    return _from_reference({}, partial(_around, years=years, months=months, days=days), "period")


def _around(day: date, years: int, months: int, days: int) -> Stretch | None:
    return calendar.around(day, years, months, days)


_Y = YEAR_DIGITS
_YEAR = rf"(?:{START}{year()}|{RELATIVE_YEAR})"
_SUB = rf"\ ?(?:{half()}|{quarter()}|{season()}|{year_edge()})"
_SUB_B = rf"\ ?(?:{half('_b')}|{quarter('_b')}|{season('_b')}|{year_edge('_b')})"
_NOT_COUNTED = r"(?<![0-9一二两三四五六七八九十百千万几数多半近余每])"  # 「2年内」 is a duration

RULES: tuple[Rule[Shape], ...] = (
    Rule("iso-day", rf"{START}(?P<y>(?:19|20)[0-9]{{2}})(?P<sep>[-/.])(?P<m>[0-9]{{1,2}})(?:[-/.])(?P<d>[0-9]{{1,2}})(?![0-9.\-/])",
         _iso, examples(("发布时间:2015-06-29", "2015-06-29", "2015-06-29"), ("2015.6.9 来源", "2015.6.9", "2015-06-09"))),
    Rule("plan-period", r"[“\"「]?(?P<plan>十[一二三四五])五[”\"」]?(?:规划|计划)?(?:时?期间?|(?P<bound>以来))",
         _plan, examples(("“十三五”期间,", "“十三五”期间", "2016/2020"), ("在十二五时期", "十二五时期", "2011/2015"))),
    Rule("republic-year", rf"(?:中华)?民国(?P<r>[0-9]{{1,3}}|元|[一二三四五六七八九十百〇零]{{1,4}})\ ?年(?:\ ?{month()}(?:\ ?{day()})?)?{BOUND}",
         _republic, examples(("民国104年6月29日", "民国104年6月29日", "2015-06-29"))),
    Rule("week", rf"(?:{_YEAR}\ ?)?{month()}\ ?{day()}{WEEK}",
         _week, examples(("于2015年8月3日开始的一周在北京", "2015年8月3日开始的一周", "2015-08-03/2015-08-09"),
                         ("9月7日当周", "9月7日当周", "2015-09-07/2015-09-13"))),
    Rule("day-range", rf"(?:{_YEAR}\ ?)?(?:(?<![0-9]){month()}\ ?(?:{day()}|(?P<d>[0-9]{{1,2}})(?=\ ?[-–—－~～至])))\ ?{JOIN}(?:{year('_b')}\ ?)?(?:{month('_b')}\ ?)?{day('_b')}{BOUND}",
         _range, examples(("2015年6月22日至24日在", "2015年6月22日至24日", "2015-06-22/2015-06-24"),
                          ("6月29日至7月1日", "6月29日至7月1日", "2015-06-29/2015-07-01"),
                          ("2015年9月16-18日", "2015年9月16-18日", "2015-09-16/2015-09-18"),
                          ("2015年12月30日—2016年1月2日", "2015年12月30日—2016年1月2日", "2015-12-30/2016-01-02"))),
    Rule("month-range", rf"(?:{_YEAR}\ ?)?(?:(?<![0-9]){month()}(?:{third()}|{edge()})?|(?<![0-9.])(?P<m>[0-9]{{1,2}})(?=[-–—~～至]))\ ?{JOIN}(?:{year('_b')}\ ?)?{month('_b')}(?:{third('_b')}|{edge('_b')})?{BOUND}",
         _range, examples(("2015年3月至5月", "2015年3月至5月", "2015-03/2015-05"),
                          ("2014年10月至2016年3月间", "2014年10月至2016年3月间", "2014-10/2016-03"),
                          ("7—9月", "7—9月", "2015-07/2015-09"))),
    Rule("year-range", rf"(?:{START}(?P<y>{_Y})(?:\ ?年度?)?|{RELATIVE_YEAR})(?:{_SUB})?{JOIN}(?:{year('_b')})(?:{_SUB_B})?{BOUND}",
         _range, examples(("在2015年至2016年间,", "2015年至2016年间", "2015/2016"), ("(2018—2035年)", "2018—2035年", "2018/2035"),
                          ("2014年底至2015年初", "2014年底至2015年初", "2014-12~/2015-01~"))),
    Rule("day-only-range", rf"(?<![0-9月])(?:{day()}|(?P<d>[0-9]{{1,2}})(?=[-–—~～至])){JOIN}{day('_b')}{BOUND}",
         _range, examples(("6月会议于16日至18日", "16日至18日", "2015-06-16/2015-06-18"))),
    Rule("decade", rf"(?:(?:{START}(?P<c>[12][0-9]|二十一?|十[七八九])世纪|(?P<rc>[上本])个?世纪)?(?<![0-9])(?P<dec>[1-9]0|[二三四五六七八九]十)|{START}(?P<dec>(?:1[5-9]|20)[0-9]0))年代",
         _decade, examples(("20世纪90年代", "20世纪90年代", "199X"), ("上世纪八十年代", "上世纪八十年代", "198X"), ("1970年代", "1970年代", "197X"))),
    # 「21世纪海上丝绸之路」 is a name
    Rule("century", rf"(?:{START}(?P<c>[12][0-9]|二十一?|十[七八九])世纪|(?P<rc>[上本])个?世纪)(?P<ce>初|中[叶期]|末)?(?!海上丝绸)",
         _century, examples(("面向21世纪的", "21世纪", "20XX"), ("到本世纪中叶", "本世纪中叶", "2050~"))),
    Rule("day", rf"{_YEAR}\ ?{month()}\ ?{day()}{BOUND}",
         _single, examples(("2015年6月22日举行", "2015年6月22日", "2015-06-22"), ("二〇一五年六月二十二日", "二〇一五年六月二十二日", "2015-06-22"),
                           ("于2016年10月30日前实现", "2016年10月30日前", "../2016-10-30"), ("去年9月3日", "去年9月3日", "2014-09-03"))),
    Rule("month-day", rf"(?<![0-9个]){month()}\ ?{day()}{BOUND}",
         _single, examples(("5月22日发表", "5月22日", "2015-05-22"))),
    Rule("month", rf"{_YEAR}\ ?{month()}(?:{third()}|{edge()})?{BOUND}",
         _single, examples(("2015年9月前", "2015年9月前", "../2015-09"), ("2019年4月底前完成", "2019年4月底前", "../2019-04"),
                           ("2015年5月下旬", "2015年5月下旬", "2015-05-21/2015-05-31"), ("今年10月", "今年10月", "2015-10"))),
    Rule("month-only", rf"(?<![0-9个每]){month()}(?:{third()}|{edge()})?{BOUND}",
         _single, examples(("习近平主席9月对美国", "9月", "2015-09"), ("3月底", "3月底", "2015-03-31~"))),
    Rule("opening-quarters", rf"{_YEAR}?前(?P<n>[二两三])个?季度",
         _opening_quarters, examples(("2015年前三季度", "2015年前三季度", "2015-01/2015-09"))),
    Rule("part-of-year", rf"{_YEAR}{_SUB}{BOUND}",
         _single, examples(("2015年秋在美", "2015年秋", "2015-23"), ("今年下半年", "今年下半年", "2015-41"), ("2016年第一季度", "2016年第一季度", "2016-33"),
                           ("2015年年底前", "2015年年底前", "../2015-12"), ("去年年初", "去年年初", "2014-01~"), ("2015年秋季在", "2015年秋季", "2015-23"))),
    Rule("part-of-year-only", rf"{_NOT_COUNTED}(?:{half()}|(?<!个)(?:{quarter()})|年(?P<e>[初底末])){BOUND}",
         _single, examples(("于年底前召开", "年底前", "../2015-12"), ("下半年", "下半年", "2015-41"))),
    Rule("within-year", r"(?<![0-9一二两三四五六七八九十百千万几数多半近余每])(?P<bound>年内)(?![容部外])",
         _single, examples(("于年内启动", "年内", "2015"))),
    Rule("year", rf"{START}{year()}{BOUND}",
         _single, examples(("落实2014年签署的", "2014年", "2014"), ("2015年中美战略与经济对话", "2015年", "2015"), ("2015年年内", "2015年年内", "2015"),
                           ("2015年以来", "2015年以来", "2015/.."), ("2015年后发展议程", "2015年后", "2015/.."), ("2015年春节", "2015年", "2015"))),
    Rule("relative-year", rf"{RELATIVE_YEAR}{BOUND}",
         _single, examples(("今年以来两个", "今年以来", "2015/.."), ("今年将", "今年", "2015"), ("去年以来", "去年以来", "2014/.."))),
    Rule("listed-year", rf"{START}(?P<y>{_Y})(?=(?:(?:、|,|和|与|及|以及)(?:{_Y})){{1,5}}年|$)",
         _single, examples(("2014、2016年", "2014", "2014"))),
    Rule("day-only", r"(?<=^|[于在至到从自、和及,。;:(\s])(?P<d>[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?)\ ?日(?![内均游以之前])",
         _day_only, examples(("4月14日抵达,15日离开", "15日", "2015-04-15"))),
    Rule("relative-month", rf"(?<![以之基])(?P<rm>[本上下当])个?月(?:\ ?{day()}|{third()}|{edge()})?{BOUND}",
         _relative_month, examples(("下月在", "下月", "2015-07"), ("上个月", "上个月", "2015-05"), ("本月底前", "本月底前", "../2015-06"))),
    Rule("relative-week", r"(?<![以之基])(?P<rw>[本上下这])个?(?:周|星期)(?P<wd>[一二三四五六日天])?(?![年边刊期岁末])",
         _relative_week, examples(("下周举行", "下周", "2015-06-29/2015-07-05"), ("上周五", "上周五", "2015-06-19"))),
    Rule("relative-day", r"(?P<rd>今|昨|明|(?<![以之此目先])前|(?<![以之今此最])后)[日天](?![空气线津])",
         _relative_day, examples(("今天上午", "今天", "2015-06-24"), ("昨日", "昨日", "2015-06-23"))),
    Rule("span-from-now", r"(?P<dir>未来|今后|过去|最近|近(?=[^年月周天]{1,3}(?:年|个月|周|天)(?:来|$)))(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})\ ?(?P<u>年|个月|周|个星期|天)(?![轻级龄度代])",
         _span, examples(("决定未来一年在", "未来一年", "2015-06-24/2016-06-24"), ("过去六个月", "过去六个月", "2014-12-24/2015-06-24"))),
)  # fmt: skip

# Where a date can begin: one character out of a set, then the two or three that must follow it. The set alone is what
# the regex engine can skip by; without it the scan of a page takes four times as long.
_FIRST = r"[0-9一二三四五六七八九十廿今昨去明前后本当同次翌上下这未过最近年第“\"「民中]"
_OPENING = (
    r"(?<![0-9])(?:[0-9]{1,4}\ ?[年月日世]|[0-9]{4}[-/.、,和与及–—―−~～至到0]|[0-9]{1,2}(?:0年|\ ?[-–—―−~～至]))"
    r"|[一二三四五六七八九十廿][〇零○一二三四五六七八九十廿]{0,3}\ ?[世月日年季]"
    r"|[今昨去明前后本当同次翌上下这](?:一年|个?[月周世星]|[年日天半])|未来|今后|过去|最近|近[0-9一二两三四五六七八九十]"
    r"|年[初底末内]|第[一二三四1-4]季|[“\"「]?十[一二三四五]五|中?华?民国|前[二两三]个?季"
)
# Most dates are a bare year; one look ahead spares them the longer patterns.
_BARE_YEAR = rf"{START}{year()}(?![\ 0-9一二三四五六七八九十上下前第春夏秋冬年初底末中至到代\-–—―−~～]){BOUND}"


@cache
def scan_pattern() -> regex.Pattern[str]:
    return scanner([_BARE_YEAR, *(rule.pattern for rule in RULES)], _FIRST, _OPENING)


@cache
def _compiled(rule: Rule[Shape]) -> regex.Pattern[str]:
    return regex.compile(rule.pattern, regex.VERBOSE)


@lru_cache(maxsize=8192)
def read_date(span: str) -> Reading | None:
    """The reading of a span that the scan found, by the first rule that takes all of it."""
    for rule in RULES:
        match = _compiled(rule).fullmatch(span)
        if match:
            shape = rule.read(match)
            bound = match.groupdict().get("bound") or ""
            return Reading(rule.name, _role(shape, bound), shape.needs, partial(_bounded, shape.value, bound))
    return None


def _role(shape: Shape, bound: str) -> Role:
    if bound.endswith("前"):
        return "deadline"
    if bound in ("以来", "后", "之后", "以后", "起"):
        return "since"
    return "period" if bound in ("间", "期间", "内", "年内") else shape.role


def _bounded(value: Callable[[Surroundings], Stretch | None], bound: str, around: Surroundings) -> Stretch | None:
    stretch = value(around)
    if stretch is None or not bound:
        return stretch
    if bound in ("左右", "前后"):
        return calendar.about(stretch)
    if bound.endswith("前"):
        return calendar.until(stretch)
    if bound in ("以来", "后", "之后", "以后", "起"):
        return calendar.since(stretch)
    return stretch
