"""The rules of dates in figures alone: 「2015-06-22」, 「2012.09—2015.07」, 「22/6/2015」, 「(2021-2025)」."""

from __future__ import annotations

from qingdan.finding import date_shapes as shapes
from qingdan.finding import range_shapes as ranges
from qingdan.finding.date_patterns import BOUND, DASH, RANGE_BOUND, START
from qingdan.finding.date_shapes import Shape
from qingdan.finding.rules import Rule, examples

_YEAR = r"(?:1[89]|20|21)[0-9]{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_END = r"(?![0-9]|\ ?[.\-/][0-9])"
_TO = rf"\ ?(?:[至到]|{DASH}{{1,2}})\ ?"
# 「2015-10」 may number a document: a month in figures stands by itself, or between others of its kind.
_BY_ITSELF = r"(?<=^|[(:;,、\s至到自从于|])"
_ENDS = r"(?=$|[):;,、\s至到。|前起]|之[前后]|以[前来后])"


def _day(s: str = "") -> str:
    year, month, day = f"(?P<y{s}>{_YEAR})", f"(?P<m{s}>{_MONTH})", f"(?P<d{s}>{_DAY})"
    return "(?:" + "|".join(rf"{year}{sep}{month}{sep}{day}" for sep in (r"-", "/", r"\.\ ?")) + ")"


RULES: tuple[Rule[Shape], ...] = (
    Rule(
        "iso-range",
        rf"{START}(?:{_day()}{_TO}(?:{_day('_b')}|(?P<m_b>{_MONTH})(?:\.|/)(?P<d_b>{_DAY}))"
        rf"|(?P<y>{_YEAR})(?P<m>{_MONTH})\.(?P<d>{_DAY}){_TO}(?P<d_b>{_DAY})"
        rf"|(?P<y>{_YEAR})(?:\.(?P<m>{_MONTH})\.|/(?P<m>{_MONTH})/)(?P<d>{_DAY}){_TO}(?P<d_b>{_DAY}))日?{_END}{RANGE_BOUND}",
        ranges.range_,
        examples(
            ("2015-06-22至2015-06-24", "2015-06-22至2015-06-24", "2015-06-22/2015-06-24"),
            ("2015.6.22-24在京", "2015.6.22-24", "2015-06-22/2015-06-24"),
            ("2015.6.29—7.1", "2015.6.29—7.1", "2015-06-29/2015-07-01"),
        ),
        hint=("-", "/", "."),
        first="0123456789",
    ),
    Rule(
        "iso-day",
        rf"{START}{_day()}{_END}{BOUND}",
        shapes.single,
        examples(
            ("发布时间:2015-06-29", "2015-06-29", "2015-06-29"),
            ("2015.6.9 来源", "2015.6.9", "2015-06-09"),
            ("于2015/6/22在", "2015/6/22", "2015-06-22"),
        ),
        hint=("-", "/", "."),
        first="0123456789",
    ),
    Rule(
        "iso-month-range",
        rf"{START}(?P<y>{_YEAR})[./\-](?P<m>{_MONTH})(?:{_TO}(?P<y_b>{_YEAR})[./\-](?P<m_b>{_MONTH}){_END}{RANGE_BOUND}"
        rf"|\ ?(?P<bound>(?:[至到]|{DASH}{{1,2}})今)(?![年天日后晚]))",
        ranges.range_or_since,
        examples(
            ("2012.09-2015.07 任教", "2012.09-2015.07", "2012-09/2015-07"),
            ("2015/03至2016/02", "2015/03至2016/02", "2015-03/2016-02"),
            ("2015.08—今", "2015.08—今", "2015-08/.."),
        ),
        hint=("-", "/", "."),
        first="0123456789",
    ),
    Rule(
        "iso-month",
        rf"{START}(?:{_BY_ITSELF}(?P<y>{_YEAR})[\-/](?P<m>0[1-9]|1[0-2])|(?<=^|[(:至到])(?P<y>{_YEAR})[.\-/](?P<m>{_MONTH})){_ENDS}{BOUND}",
        shapes.single,
        examples(("日期:2015-06", "2015-06", "2015-06"), ("(2015.06)", "2015.06", "2015-06")),
        hint=("-", "/", "."),
        first="0123456789",
    ),
    Rule(
        "bare-year-range",
        rf"(?<![0-9A-Za-z./\-第号]|[A-Za-z]\ )(?P<y>{_YEAR}){_TO}(?P<y_b>{_YEAR})"
        r"(?![0-9A-Za-z号件台期项人次元份名个万亿%:./\-(]|\ ?[年财学])",
        ranges.bare_year_range,
        examples(("《战略规划(2018-2022)》", "2018-2022", "2018/2022"), ("行动计划2021—2025", "2021—2025", "2021/2025")),
        hint=("至", "到", "-", "–", "—", "―", "−", "~", "～"),
        first="0123456789",
    ),
    Rule(
        "compact-day",
        rf"(?<=^|(?:日期|时间|发布|公布|更新)\ ?:?\ ?)(?<![0-9])(?P<y>{_YEAR})(?P<m>0[1-9]|1[0-2])"
        r"(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z\-_/.])",
        shapes.single,
        examples(("日期:20150622", "20150622", "2015-06-22")),
        first="0123456789",
    ),
    Rule(
        "either-order",
        rf"(?<![0-9A-Za-z./\-第])(?P<a>{_DAY})/(?P<b>{_DAY})/(?P<y>{_YEAR})(?![0-9/])",
        shapes.either_order,
        examples(
            ("于22/6/2015发布", "22/6/2015", "2015-06-22"), ("6/22/2015", "6/22/2015", "2015-06-22"), ("5/6/2015", "5/6/2015", "2015-06-05")
        ),
        hint=("/",),
        first="0123456789",
    ),
    Rule(
        "short-year",
        r"(?<![0-9A-Za-z./\-第〇零一二三四五六七八九十])['’‘]?(?:(?P<yy>[0-9]{2})年(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12][0-9]|0?[1-9])日|(?P<yy>[05-9][0-9])年(?P<m>1[0-2]|0?[1-9])月(?!份额)"
        r"|(?P<yy>[五六七八九][〇零一二三四五六七八九])年(?P<m>十[一二]?|[一二三四五六七八九])月(?:(?P<d>三十一?|(?:二十|十)[一二三四五六七八九]?|[一二三四五六七八九])日)?)"
        rf"{BOUND}",
        shapes.short_year,
        examples(
            ("于98年7月10日签署", "98年7月10日", "1998-07-10"),
            ("08年5月在", "08年5月", "2008-05"),
            ("于九八年七月", "九八年七月", "1998-07"),
        ),
        hint=("年",),
        first="0123456789'’‘五六七八九",
    ),
)
