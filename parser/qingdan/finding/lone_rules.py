"""The rules of texts that are one date and nothing else (「三天前」, 「98年」, 「28号」, 「夏天」).

Inside a sentence the same words are a duration, a label or a common noun more often than a date, so no scan looks for them.
"""

from __future__ import annotations

from qingdan.finding import date_shapes as shapes
from qingdan.finding import occasion_shapes, relative_shapes
from qingdan.finding.date_patterns import DASH, DISTANCE, WEEKDAYS, day, month, part, quarter
from qingdan.finding.date_shapes import Shape
from qingdan.finding.rules import Rule, examples

_TENS = r"[0-9〇零一二三四五六七八九]"
_MORE_FESTIVALS = (
    r"(?P<f>五一|三八|愚人节|万圣节|平安夜|情人节|腊八节?|七夕节?|大年(?:初一|三十)"
    r"|立[春夏秋冬]|[春秋]分|夏至|冬至)(?P<holiday>)"
)

RULES: tuple[Rule[Shape], ...] = (
    Rule(
        "lone-distance",
        DISTANCE,
        relative_shapes.distance_from_now,
        examples(("三天前", "三天前", "2015-06-21"), ("二十天之后", "二十天之后", "2015-07-14"), ("半年前", "半年前", "2014-12")),
    ),
    Rule(
        "lone-day",
        day(),
        shapes.said_day,
        examples(("28日", "28日", "2015-06-28"), ("三号", "三号", "2015-06-03")),
    ),
    Rule(
        "lone-short-year",
        # 「15年」 is a number of years, 「15年6月」 a month.
        rf"['’‘]?(?:(?P<yy>[05-9][0-9]|[〇零五六七八九]{_TENS})年|(?P<yy>{_TENS}{{2}})年(?:{month()}(?:{day()})?|{part()}))",
        shapes.short_year,
        examples(("98年", "98年", "1998"), ("15年6月", "15年6月", "2015-06"), ("〇八年底", "〇八年底", "2008-12~")),
    ),
    Rule(
        "lone-year-word",
        r"(?P<ry>[上下]一年度?|上年度?)",
        shapes.single,
        examples(("下一年度", "下一年度", "2016"), ("上年", "上年", "2014")),
    ),
    Rule(
        "lone-millennium",
        r"(?P<y>[两二]千)年",
        shapes.single,
        examples(("两千年", "两千年", "2000")),
    ),
    Rule(
        "lone-part-of-year",
        rf"(?P<s>[春夏秋冬])[天季]|{quarter()}|年(?P<e>中)",
        shapes.single,
        examples(("夏天", "夏天", "2015-22"), ("Q1", "Q1", "2015-33"), ("年中", "年中", "2015-06~")),
    ),
    Rule(
        "lone-weekday",
        rf"(?P<rw>)(?:{WEEKDAYS}(?P<wd>[一二三四五六日天])(?:[至到]|{DASH}){WEEKDAYS}?(?P<wd_b>[一二三四五六日天])|周(?P<wd>末))",
        relative_shapes.relative_week,
        examples(("周一至周五", "周一至周五", "2015-06-22/2015-06-26"), ("周末", "周末", "2015-06-27/2015-06-28")),
    ),
    Rule(
        "lone-festival",
        _MORE_FESTIVALS,
        occasion_shapes.festival,
        examples(("五一", "五一", "2015-05-01"), ("平安夜", "平安夜", "2015-12-24"), ("大年初一", "大年初一", "2015-02-19")),
    ),
)
