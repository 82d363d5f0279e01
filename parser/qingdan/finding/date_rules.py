"""The date rules, in the order in which they are tried: longer forms stand before those they begin with.

To add one: write its pattern with the pieces of ``date_patterns``, a reader in ``date_shapes`` that takes the named
groups to a stretch of the calendar, and two or three examples. A test runs every example against 24 June 2015 and
checks that this rule is the one that fires.
"""

from __future__ import annotations

from qingdan.finding import date_shapes as shapes
from qingdan.finding.date_patterns import (
    BOUND,
    DASH,
    JOIN,
    NOT_A_YEAR,
    NOT_COUNTED,
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
from qingdan.finding.date_shapes import Shape
from qingdan.finding.rules import Rule, examples

_YEAR = rf"(?:{START}{year()}|{RELATIVE_YEAR})"
_PART = rf"\ ?(?:{half()}|{quarter()}|{season()}|{year_edge()})"
_PART_B = rf"\ ?(?:{half('_b')}|{quarter('_b')}|{season('_b')}|{year_edge('_b')})"
_WITHIN_MONTH = rf"(?:{third()}|{edge()})"
_WITHIN_MONTH_B = rf"(?:{third('_b')}|{edge('_b')})"
_CENTURY = rf"(?:{START}(?P<c>[12][0-9]|二十一?|十[七八九])世纪|(?P<rc>[上本])个?世纪)"

RULES: tuple[Rule[Shape], ...] = (
    Rule(
        "iso-day",
        rf"{START}(?P<y>(?:19|20)[0-9]{{2}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}})(?![0-9.\-/])",
        shapes.iso,
        examples(
            ("发布时间:2015-06-29", "2015-06-29", "2015-06-29"),
            ("2015.6.9 来源", "2015.6.9", "2015-06-09"),
            ("于2015/6/22在", "2015/6/22", "2015-06-22"),
        ),
    ),
    Rule(
        "plan-period",
        r"[“\"「]?(?P<plan>十[一二三四五])五[”\"」]?(?:规划|计划)?(?:期间|时期|(?P<bound>以来))",
        shapes.plan,
        examples(("“十三五”期间,", "“十三五”期间", "2016/2020"), ("在十二五时期", "十二五时期", "2011/2015")),
        hint=("五",),
    ),
    Rule(
        "republic-year",
        rf"(?:中华)?民国(?P<r>[0-9]{{1,3}}|元|[一二三四五六七八九十百〇零]{{1,4}})\ ?年"
        rf"(?:\ ?{month()}(?:\ ?{day()})?)?{BOUND}",
        shapes.republic,
        examples(("民国104年6月29日", "民国104年6月29日", "2015-06-29")),
        hint=("民国",),
    ),
    Rule(
        "week",
        rf"(?:{_YEAR}\ ?)?{month()}\ ?{day()}{WEEK}",
        shapes.week,
        examples(
            ("于2015年8月3日开始的一周在北京", "2015年8月3日开始的一周", "2015-08-03/2015-08-09"),
            ("9月7日当周", "9月7日当周", "2015-09-07/2015-09-13"),
        ),
        hint=("周", "星期"),
    ),
    Rule(
        "day-range",
        rf"(?:{_YEAR}\ ?)?(?:(?<![0-9]){month()}\ ?(?:{day()}|(?P<d>[0-9]{{1,2}})(?=\ ?(?:{DASH}|至))))\ ?"
        rf"{JOIN}(?:{year('_b')}\ ?)?(?:{month('_b')}\ ?)?{day('_b')}{BOUND}",
        shapes.range_,
        examples(
            ("2015年6月22日至24日在", "2015年6月22日至24日", "2015-06-22/2015-06-24"),
            ("6月29日至7月1日", "6月29日至7月1日", "2015-06-29/2015-07-01"),
            ("2015年9月16-18日", "2015年9月16-18日", "2015-09-16/2015-09-18"),
            ("2015年12月30日—2016年1月2日", "2015年12月30日—2016年1月2日", "2015-12-30/2016-01-02"),
        ),
        hint=("日", "号"),
    ),
    Rule(
        "month-range",
        rf"(?:{_YEAR}\ ?)?(?:(?<![0-9]){month()}{_WITHIN_MONTH}?|(?<![0-9.])(?P<m>[0-9]{{1,2}})(?={DASH}|至))\ ?"
        rf"{JOIN}(?:{year('_b')}\ ?)?{month('_b')}{_WITHIN_MONTH_B}?{BOUND}",
        shapes.range_,
        examples(
            ("2015年3月至5月", "2015年3月至5月", "2015-03/2015-05"),
            ("2014年10月至2016年3月间", "2014年10月至2016年3月间", "2014-10/2016-03"),
            ("7—9月", "7—9月", "2015-07/2015-09"),
        ),
        hint=("月",),
    ),
    Rule(
        "year-range",
        rf"(?:{START}(?P<y>{YEAR_DIGITS})(?:\ ?年度?)?|{RELATIVE_YEAR})(?:{_PART})?{JOIN}{year('_b')}(?:{_PART_B})?{BOUND}",
        shapes.range_,
        examples(
            ("在2015年至2016年间,", "2015年至2016年间", "2015/2016"),
            ("(2018—2035年)", "2018—2035年", "2018/2035"),
            ("2014年底至2015年初", "2014年底至2015年初", "2014-12~/2015-01~"),
        ),
    ),
    Rule(
        "day-only-range",
        rf"(?<![0-9月])(?:{day()}|(?P<d>[0-9]{{1,2}})(?={DASH}|至)){JOIN}{day('_b')}{BOUND}",
        shapes.range_,
        examples(("6月会议于16日至18日", "16日至18日", "2015-06-16/2015-06-18")),
        hint=("日", "号"),
    ),
    Rule(
        "decade",
        rf"(?:(?:{_CENTURY})?(?<![0-9一二三四五六七八九])(?P<dec>[1-9]0|[二三四五六七八九]十)|{START}(?P<dec>(?:1[5-9]|20)[0-9]0))年代",
        shapes.decade,
        examples(
            ("20世纪90年代", "20世纪90年代", "199X"),
            ("上世纪八十年代", "上世纪八十年代", "198X"),
            ("1970年代", "1970年代", "197X"),
        ),
        hint=("年代",),
    ),
    Rule(
        "century",
        rf"{_CENTURY}(?P<ce>初|中[叶期]|末)?(?!海上丝绸|[二三四五六七八九]{2}十年代)",  # 「21世纪海上丝绸之路」 is a name
        shapes.century,
        examples(("面向21世纪的", "21世纪", "20XX"), ("到本世纪中叶", "本世纪中叶", "2050~")),
        hint=("世纪",),
    ),
    Rule(
        "day",
        rf"{_YEAR}\ ?{month()}\ ?{day()}{BOUND}",
        shapes.single,
        examples(
            ("2015年6月22日举行", "2015年6月22日", "2015-06-22"),
            ("二〇一五年六月二十二日", "二〇一五年六月二十二日", "2015-06-22"),
            ("2015 年 6 月 22 日", "2015 年 6 月 22 日", "2015-06-22"),
            ("于2016年10月30日前实现", "2016年10月30日前", "../2016-10-30"),
            ("去年9月3日", "去年9月3日", "2014-09-03"),
        ),
    ),
    Rule(
        "month-day",
        rf"(?<![0-9个]|[每历逐]年){month()}\ ?{day()}{BOUND}",
        shapes.single,
        examples(("5月22日发表", "5月22日", "2015-05-22")),
    ),
    Rule(
        "month",
        rf"{_YEAR}\ ?{month()}{_WITHIN_MONTH}?{BOUND}",
        shapes.single,
        examples(
            ("2015年9月前", "2015年9月前", "../2015-09"),
            ("2019年4月底前完成", "2019年4月底前", "../2019-04"),
            ("2015年5月下旬", "2015年5月下旬", "2015-05-21/2015-05-31"),
            ("今年10月", "今年10月", "2015-10"),
        ),
    ),
    Rule(
        "month-only",
        rf"(?<![0-9个每]|[每历逐]年){month()}{_WITHIN_MONTH}?{BOUND}",
        shapes.single,
        examples(("习近平主席9月对美国", "9月", "2015-09"), ("3月底", "3月底", "2015-03-31~")),
    ),
    Rule(
        "opening-months",
        rf"{_YEAR}?前(?P<n>[0-9]{{1,2}}|[二两三四五六七八九十]{{1,2}})个?(?P<u>季度|月)",
        shapes.opening_months,
        examples(("2015年前三季度", "2015年前三季度", "2015-01/2015-09"), ("今年前10个月", "今年前10个月", "2015-01/2015-10")),
        hint=("前",),
    ),
    Rule(
        "part-of-year",
        rf"{_YEAR}{_PART}{BOUND}",
        shapes.single,
        examples(
            ("2015年秋在美", "2015年秋", "2015-23"),
            ("2015年秋季在", "2015年秋季", "2015-23"),
            ("今年下半年", "今年下半年", "2015-41"),
            ("2016年第一季度", "2016年第一季度", "2016-33"),
            ("2015年年底前", "2015年年底前", "../2015-12"),
            ("去年年初", "去年年初", "2014-01~"),
        ),
    ),
    Rule(
        "part-of-year-only",
        rf"{NOT_COUNTED}(?:{half()}|(?<!个)(?:{quarter()})|{NOT_A_YEAR}年{edge()}){BOUND}",
        shapes.single,
        examples(("于年底前召开", "年底前", "../2015-12"), ("下半年", "下半年", "2015-41")),
    ),
    Rule(
        "within-year",
        rf"{NOT_COUNTED}{NOT_A_YEAR}(?P<bound>年内)(?![容部外心])",
        shapes.single,
        examples(("于年内启动", "年内", "2015")),
    ),
    Rule(
        "year",
        rf"{START}{year()}{BOUND}",
        shapes.single,
        examples(
            ("落实2014年签署的", "2014年", "2014"),
            ("2015年中美战略与经济对话", "2015年", "2015"),
            ("2015年年内", "2015年年内", "2015"),
            ("2015年以来", "2015年以来", "2015/.."),
            ("2015年后发展议程", "2015年后", "2015/.."),
            ("2015年春节", "2015年", "2015"),
        ),
    ),
    Rule(
        "two-years",
        r"(?P<a>今明|去今)两年(?![0-9多前])",
        shapes.two_years,
        examples(("今明两年继续", "今明两年", "2015/2016")),
        hint=("两年",),
    ),
    Rule(
        "relative-year",
        rf"{RELATIVE_YEAR}{BOUND}",
        shapes.single,
        examples(("今年以来两个", "今年以来", "2015/.."), ("今年将", "今年", "2015"), ("去年以来", "去年以来", "2014/..")),
    ),
    Rule(
        "listed-year",
        rf"{START}(?P<y>{YEAR_DIGITS})(?=(?:(?:、|,|和|与|及|以及)(?:{YEAR_DIGITS})){{1,5}}年|$)",
        shapes.single,
        examples(("2014、2016年", "2014", "2014")),
    ),
    Rule(
        "day-only",
        r"(?<=^|[于在至到从自、和及,。;:(\s])(?P<d>[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?)\ ?日(?![内均游以之前])",
        shapes.day_only,
        examples(("4月14日抵达,15日离开", "15日", "2015-04-15")),
        hint=("日",),
    ),
    Rule(
        "relative-month",
        rf"(?<![以之基])(?P<rm>[本上下当])个?月(?:\ ?{day()}|{_WITHIN_MONTH})?{BOUND}",
        shapes.relative_month,
        examples(("下月在", "下月", "2015-07"), ("上个月", "上个月", "2015-05"), ("本月底前", "本月底前", "../2015-06")),
        hint=("月",),
    ),
    Rule(
        "relative-week",
        r"(?<![以之基])(?P<rw>[本上下这])个?(?:周|星期)(?P<wd>[一二三四五六日天])?(?![年边刊期岁末])",
        shapes.relative_week,
        examples(("下周举行", "下周", "2015-06-29/2015-07-05"), ("上周五", "上周五", "2015-06-19")),
        hint=("周", "星期"),
    ),
    Rule(
        "relative-day",
        r"(?P<rd>今|昨|明|(?<![以之此目先])前|(?<![以之今此最])后)[日天](?![空气线津])",
        shapes.relative_day,
        examples(("今天上午", "今天", "2015-06-24"), ("昨日", "昨日", "2015-06-23")),
        hint=("日", "天"),
    ),
    Rule(
        "span-from-now",
        # 「近三年」 alone may be 'nearly three years'; 「近三年来」 is not.
        r"(?P<dir>未来|今后|过去|最近|近(?=[^年月周天]{1,3}(?:年|个月|周|天)(?:来|$)))"
        r"(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})\ ?(?P<u>年|个月|周|个星期|天)(?![轻级龄度代])",
        shapes.span_from_now,
        examples(
            ("决定未来一年在", "未来一年", "2015-06-24/2016-06-24"),
            ("过去六个月", "过去六个月", "2014-12-24/2015-06-24"),
            ("近三年来", "近三年", "2012-06-24/2015-06-24"),
        ),
        hint=("来", "今后", "过去", "近"),
    ),
)
