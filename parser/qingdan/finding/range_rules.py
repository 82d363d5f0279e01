"""The rules of ranges, and of lists whose unit stands behind the last of them (「2014、2015和2016年」)."""

from __future__ import annotations

from qingdan.finding import date_shapes as shapes
from qingdan.finding import range_shapes as ranges
from qingdan.finding.date_patterns import (
    AND,
    DASH,
    DAYS,
    HOUR,
    JOIN,
    JOINED,
    LISTED,
    MONTHS,
    NOT_YEARLY,
    RANGE_BOUND,
    START,
    WEEK,
    WEEKDAY,
    YEAR_DIGITS,
    YEARS,
    any_year,
    day,
    far_year,
    month,
    part,
    quarter,
    relative_year,
    within_month,
)
from qingdan.finding.date_shapes import Shape
from qingdan.finding.rules import Rule, examples

_OWN = rf"(?:{any_year()}\ ?|{NOT_YEARLY})"  # the year, or nothing that makes the month come back every year
_NUMERAL = r"[0-9]{1,2}|十[一二]?|[一二三四五六七八九]"
_FAR = (
    rf"(?:{any_year('_b')}\ ?(?:{month('_b')}\ ?(?:{day('_b')}|{within_month('_b')})?|{part('_b')})?"
    rf"|{month('_b')}\ ?(?:{day('_b')}|{within_month('_b')})?|{part('_b')})"
)
_TO = rf"\ ?(?:{DASH}|[至到])"
# Elided ends stand before the last, which has the unit.
_LISTED = rf"(?=(?:{AND}(?:[0-9]{{1,2}})){{1,11}}\ ?"

RULES: tuple[Rule[Shape], ...] = (
    Rule(
        "week",
        rf"{_OWN}{month()}\ ?{day()}{WEEK}",
        shapes.week,
        examples(
            ("于2015年8月3日开始的一周在北京", "2015年8月3日开始的一周", "2015-08-03/2015-08-09"),
            ("9月7日当周", "9月7日当周", "2015-09-07/2015-09-13"),
        ),
        hint=("周", "星期"),
        first=MONTHS,
    ),
    Rule(
        "week-of-month",
        rf"{_OWN}{month()}\ ?的?(?:第(?P<nth>[一二三四五1-5])|最后一)个?"
        r"(?:周|星期|礼拜)(?:(?P<wd>[一二三四五六日天])|(?![一二三四五六日天期]))",
        shapes.week_of_month,
        examples(
            ("2015年10月第三周举行", "2015年10月第三周", "2015-10-15~/2015-10-21~"),
            ("5月第二个星期日", "5月第二个星期日", "2015-05-10"),
            ("9月最后一周", "9月最后一周", "2015-09-24~/2015-09-30~"),
        ),
        hint=("周", "星期", "礼拜"),
        first=MONTHS,
    ),
    Rule(
        "day-range",
        rf"{JOINED}{_OWN}(?<![0-9]){month()}\ ?(?:{day()}{WEEKDAY}(?:{HOUR}(?={_TO}))?|(?P<d>[0-9]{{1,2}})(?={_TO}))"
        rf"{JOIN}{far_year()}(?:{month('_b')}\ ?)?{day('_b')}{RANGE_BOUND}",
        ranges.range_,
        examples(
            ("2015年6月22日至24日在", "2015年6月22日至24日", "2015-06-22/2015-06-24"),
            ("6月29日至7月1日", "6月29日至7月1日", "2015-06-29/2015-07-01"),
            ("2015年9月16-18日", "2015年9月16-18日", "2015-09-16/2015-09-18"),
            ("2015年12月30日—2016年1月2日", "2015年12月30日—2016年1月2日", "2015-12-30/2016-01-02"),
            ("2020年1月1日0时至3月31日24时", "2020年1月1日0时至3月31日", "2020-01-01/2020-03-31"),
            ("自2015年7月1日起至2016年6月30日止", "2015年7月1日起至2016年6月30日止", "2015-07-01/2016-06-30"),
        ),
        hint=("日", "号"),
        first=MONTHS,
    ),
    Rule(
        "month-range",
        rf"{JOINED}{_OWN}(?:(?<![0-9]){month()}{within_month()}?|(?<![0-9.第一二三四五六七八九十百])(?P<m>{_NUMERAL})(?={_TO}))"
        rf"{JOIN}{far_year()}{month('_b')}(?!\ ?[0-9]{{1,2}}[日号]){within_month('_b')}?{RANGE_BOUND}",
        ranges.range_,
        examples(
            ("2015年3月至5月", "2015年3月至5月", "2015-03/2015-05"),
            ("2014年10月至2016年3月间", "2014年10月至2016年3月间", "2014-10/2016-03"),
            ("7—9月", "7—9月", "2015-07/2015-09"),
            ("今年10月至明年3月", "今年10月至明年3月", "2015-10/2016-03"),
            ("2015年一至三月", "2015年一至三月", "2015-01/2015-03"),
        ),
        hint=("月",),
        first=MONTHS,
    ),
    Rule(
        "quarter-range",
        rf"{JOINED}{_OWN}(?<![0-9.一二三四五六七八九十])(?:第?(?P<q>[一二三四1-4])(?:季度)?){JOIN}{far_year()}{quarter('_b')}{RANGE_BOUND}",
        ranges.range_,
        examples(
            ("2015年一至三季度", "2015年一至三季度", "2015-33/2015-35"), ("第二季度至第四季度", "第二季度至第四季度", "2015-34/2015-36")
        ),
        hint=("季度",),
        first=MONTHS + "第",
    ),
    Rule(
        "financial-years",
        rf"{START}(?P<y>{YEAR_DIGITS})\ ?/\ ?(?P<y_b>{YEAR_DIGITS})\ ?(?:财年|财政年度?|学年度?|年度|年)(?![0-9]){RANGE_BOUND}",
        ranges.range_,
        examples(("2014/2015年度预算", "2014/2015年度", "2014/2015"), ("2014/2015学年", "2014/2015学年", "2014/2015")),
        hint=("年",),
        first=YEARS,
    ),
    Rule(
        "short-year-range",
        rf"{START}(?P<y>(?:1[89]|20|21)[0-9]{{2}})\ ?[/\-–—~]\ ?(?P<yy>[0-9]{{2}})\ ?(?:财年|财政年度?|学年度?|年度|年)(?![0-9])",
        ranges.short_year_range,
        examples(("2015-16年度", "2015-16年度", "2015/2016"), ("2015/16财年", "2015/16财年", "2015/2016")),
        hint=("年",),
        first="0123456789",
    ),
    Rule(
        "year-range",
        rf"{JOINED}(?:{START}(?P<y>{YEAR_DIGITS})(?:\ ?(?:年度?|财年|学年))?|{relative_year()})(?:{part()})?"
        rf"{JOIN}{any_year('_b')}(?:{part('_b')})?{RANGE_BOUND}",
        ranges.range_,
        examples(
            ("在2015年至2016年间,", "2015年至2016年间", "2015/2016"),
            ("(2018—2035年)", "2018—2035年", "2018/2035"),
            ("2014年底至2015年初", "2014年底至2015年初", "2014-12~/2015-01~"),
            ("2014-2015学年", "2014-2015学年", "2014/2015"),
            ("去年底至今年初", "去年底至今年初", "2014-12~/2015-01~"),
        ),
        first=YEARS,
    ),
    Rule(
        "mixed-range",
        rf"{JOINED}(?:{any_year()}\ ?(?:{month()}\ ?(?:{day()}|{within_month()})?|{part()})?"
        rf"|{NOT_YEARLY}{month()}\ ?(?:{day()}|{within_month()})?){JOIN}"
        rf"{_FAR}{RANGE_BOUND}",
        ranges.range_,
        examples(
            ("2015年7月至2016年底", "2015年7月至2016年底", "2015-07/2016-12~"),
            ("6月底至7月5日", "6月底至7月5日", "2015-06-30~/2015-07-05"),
            ("2015年9月至年底", "2015年9月至年底", "2015-09/2015-12~"),
        ),
        first=MONTHS,
    ),
    Rule(
        "range-from-today",
        rf"(?:即|今)日起?[至到]{_FAR}{RANGE_BOUND}",
        ranges.range_from_today,
        examples(
            ("自即日起至2015年底", "即日起至2015年底", "2015-06-24/2015-12~"),
        ),
        hint=("日起",),
        first="即今",
    ),
    Rule(
        "day-only-range",
        rf"{JOINED}(?<![0-9月每])(?:{day()}{WEEKDAY}|(?P<d>[0-9]{{1,2}})(?={_TO})){JOIN}{day('_b')}{RANGE_BOUND}",
        ranges.range_,
        examples(("6月会议于16日至18日", "16日至18日", "2015-06-16/2015-06-18")),
        hint=("日", "号"),
        first=DAYS,
    ),
    Rule(
        "listed-year",
        rf"{LISTED}{START}(?P<y>{YEAR_DIGITS})(?=(?:{AND}(?:{YEAR_DIGITS})){{1,9}}\ ?年|$)",
        shapes.single,
        examples(("2014、2016年", "2014", "2014"), ("2014、2015和2016年", "2015", "2015")),
        first=YEARS,
    ),
    Rule(
        "listed-day",
        rf"{LISTED}(?:{_OWN}{month()}\ ?|(?<=[、和与及,]))(?P<d>[0-9]{{1,2}})(?:{_LISTED}日)|$)|^(?P<d>[0-9]{{1,2}})$",
        ranges.listed_day,
        examples(("2015年6月22、24日", "2015年6月22", "2015-06-22"), ("6月22、23和24日", "23", "2015-06-23")),
        first=MONTHS,
    ),
    Rule(
        "listed-month",
        rf"{LISTED}(?:{any_year()}\ ?|(?<=[年于在、和与及,])(?<!每年))(?P<m>1[0-2]|[1-9])(?:{_LISTED}月(?!期))|$)|^(?P<m>1[0-2]|[1-9])$",
        shapes.single,
        examples(("2015年3、6、9月", "2015年3", "2015-03"), ("2015年3、6、9月", "6", "2015-06")),
        first=YEARS,
    ),
    Rule(
        "listed-quarter",
        rf"{LISTED}(?:{any_year()}\ ?|(?<=[年于在、和与及,]))第?(?P<q>[一二三四])(?=(?:{AND}第?[一二三四]){{1,3}}季度|$)"
        r"|^第?(?P<q>[一二三四])$",
        shapes.single,
        examples(("2015年第二、三季度", "2015年第二", "2015-34")),
        first=MONTHS + "第",
    ),
)
