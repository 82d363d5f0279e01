"""Every day, range and part of a year is found whole, with its value, in each order in which official texts write it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qingdan

DIGITS = "〇一二三四五六七八九"
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def numeral(n: int) -> str:
    """12 as 十二, 20 as 二十, 31 as 三十一."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def spelt(year: int) -> str:
    return "".join(DIGITS[int(c)] for c in str(year))


WRITTEN = {
    "figures": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded": lambda d: f"{d.year}年{d.month:02d}月{d.day:02d}日",
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "full width": lambda d: f"{d.year}年{d.month}月{d.day}日".translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
    "numerals": lambda d: f"{spelt(d.year)}年{numeral(d.month)}月{numeral(d.day)}日",
    "numerals with 零": lambda d: f"{spelt(d.year).replace('〇', '零')}年{numeral(d.month)}月{numeral(d.day)}日",
    "numerals with O": lambda d: f"{spelt(d.year).replace('〇', 'O')}年{numeral(d.month)}月{numeral(d.day)}日",
    "号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "hyphens": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "points": lambda d: f"{d.year}.{d.month}.{d.day}",
}
FRAMES = ["{}", "双方于{}签署", "({})", "日期:{}", "自{}起生效"]


def only(text: str, reference: str | None = "2015-06-24") -> tuple[str, str | None, str]:
    (found,) = qingdan.find(text, ["dates"], reference).dates
    return found.text, found.edtf, found.status


@pytest.mark.parametrize("order", WRITTEN)
@given(day=DAYS, frame=st.sampled_from(FRAMES[:-1]))
def test_a_day(order: str, day: date, frame: str) -> None:
    written = WRITTEN[order](day)
    assert only(frame.format(written), None) == (written, day.isoformat(), "stated")


@given(day=DAYS)
def test_a_day_since(day: date) -> None:
    written = WRITTEN["figures"](day)
    assert only(FRAMES[-1].format(written))[:2] == (f"{written}起", f"{day}/..")


@given(day=st.dates(date(1912, 1, 1), date(2100, 12, 31)))
def test_a_day_of_the_republic(day: date) -> None:
    written = f"民國{day.year - 1911}年{day.month}月{day.day}日"
    assert only(f"中華{written}") == (f"中華{written}", day.isoformat(), "stated")
    assert only(f"{written}公布") == (written, day.isoformat(), "stated")


@given(day=st.dates(date(2015, 1, 1), date(2015, 12, 31)))
def test_a_day_without_a_year(day: date) -> None:
    written = f"{day.month}月{day.day}日"
    assert only(f"双方{written}签署") == (written, day.isoformat(), "inferred")


@given(first=DAYS, length=st.integers(1, 800), join=st.sampled_from(["至", "到", "-", "—", "——", "~", "～"]))
def test_a_range_of_days(first: date, length: int, join: str) -> None:
    last = first + timedelta(days=length)
    near = f"{first.year}年{first.month}月{first.day}日"
    far = f"{last.month}月{last.day}日"
    if first.year != last.year:
        far = f"{last.year}年{far}"
    elif first.month == last.month:
        far = f"{last.day}日"
    written = near + join + far
    assert only(f"自{written}举行") == (written, f"{first}/{last}", "stated")


@given(
    first=st.integers(1900, 2099),
    length=st.integers(1, 99),
    join=st.sampled_from(["至", "到", "-", "—", "–", "～"]),
    unit=st.sampled_from(["年", ""]),
)
def test_a_range_of_years(first: int, length: int, join: str, unit: str) -> None:
    written = f"{first}{unit}{join}{first + length}年"
    assert only(f"实施{written}计划") == (written, f"{first}/{first + length}", "stated")


@given(first=st.integers(1, 11), length=st.integers(1, 11), year=st.integers(1900, 2099))
def test_a_range_of_months(first: int, length: int, year: int) -> None:
    last = min(first + length, 12)
    for near in (f"{first}月", f"{first}"):
        written = f"{year}年{near}至{last}月"
        assert only(f"于{written}开展") == (written, f"{year}-{first:02d}/{year}-{last:02d}", "stated")


@given(year=st.integers(1900, 2099), month=st.integers(1, 12))
def test_a_month(year: int, month: int) -> None:
    for written in (f"{year}年{month}月", f"{spelt(year)}年{numeral(month)}月", f"{year} 年 {month} 月", f"{year}年{month}月份"):
        assert only(f"拟于{written}启动", None) == (written, f"{year}-{month:02d}", "stated")


@given(years=st.lists(st.integers(1990, 2060), min_size=2, max_size=6), last=st.sampled_from(["和", "、", "与", "及"]))
def test_listed_years(years: list[int], last: str) -> None:
    text = "、".join(map(str, years[:-1])) + f"{last}{years[-1]}年"
    dates = qingdan.find(f"于{text}举办", ["dates"]).dates
    assert [found.edtf for found in dates] == list(map(str, years))


@given(days=st.lists(st.integers(1, 30), min_size=2, max_size=6))
def test_listed_days(days: list[int]) -> None:
    text = "6月" + "、".join(map(str, days)) + "日"
    dates = qingdan.find(f"于{text}举办", ["dates"], "2015-06-24").dates
    assert [found.edtf for found in dates] == [f"2015-06-{day:02d}" for day in days]


@given(months=st.lists(st.integers(1, 12), min_size=2, max_size=6))
def test_listed_months(months: list[int]) -> None:
    text = "2016年" + "、".join(map(str, months)) + "月"
    dates = qingdan.find(f"于{text}举办", ["dates"]).dates
    assert [found.edtf for found in dates][:1] == [f"2016-{months[0]:02d}"]
    dates = qingdan.find(f"于{text}举办", ["dates"], "2015-06-24").dates
    assert [found.edtf for found in dates] == [f"2016-{month:02d}" for month in months]


@given(plan=st.integers(11, 19))
def test_plans(plan: int) -> None:
    first = 1966 + 5 * (plan - 3)
    name = f"十{DIGITS[plan - 10]}五"
    for written in (f"“{name}”期间", f"{name}时期", f"“{name}”规划期间", f"第{numeral(plan)}个五年规划期间"):
        assert only(f"在{written}推进") == (written, f"{first}/{first + 4}", "stated")


@pytest.mark.parametrize(
    ("year", "day"), [(2000, "2000-02-05"), (2015, "2015-02-19"), (2016, "2016-02-08"), (2025, "2025-01-29"), (2033, "2033-01-31")]
)
def test_the_new_year_of_the_lunar_calendar(year: int, day: str) -> None:
    assert only(f"{year}年春节") == (f"{year}年春节", day, "stated")


@pytest.mark.parametrize("text", ["1850年春节", "2150年中秋节", "2150年清明节", "2015年农历闰三月初一"])
def test_beyond_the_table_of_the_lunar_calendar_there_is_no_value(text: str) -> None:
    assert only(text) == (text, None, "unresolved")


@pytest.mark.parametrize(
    ("text", "mention", "edtf"),
    [
        ("行政院104年7月10日核定", "104年7月10日", "2015-07-10"),
        ("民國以來,104年度預算", "104年度", "2015"),
        ("立法院於98年5月通過", "98年5月", "2009-05"),
        ("立法院於104年底通過", "104年底", "2015-12~"),
    ],
)
def test_a_traditional_text_of_the_republic_counts_its_years(text: str, mention: str, edtf: str) -> None:
    dates = qingdan.find(f"{text},為期三年", ["dates"]).dates
    assert [(found.text, found.edtf, found.status) for found in dates if found.edtf] == [(mention, edtf, "inferred")]


@pytest.mark.parametrize("text", ["行政院104年7月核定", "該計畫104年核定", "行政院104年來的經驗"])
def test_elsewhere_years_of_three_figures_are_none(text: str) -> None:
    assert [found.text for found in qingdan.find(text, ["dates"]).dates if "104" in found.text] == []


@pytest.mark.parametrize("text", ["5/6/2015", "发言人周五表示", "未来三至五年", "9月第一周"])
def test_more_than_one_reading_is_ambiguous(text: str) -> None:
    assert only(text)[2] == "ambiguous"


@pytest.mark.parametrize("text", ["次月生效", "同日换文", "次日离开", "当月完成", "15日内", "次年1月15日前报送"])
def test_what_continues_nothing_is_no_date(text: str) -> None:
    assert qingdan.find(text, ["dates"], "2015-06-24").dates == ()


def test_a_bare_day_of_the_news_is_of_the_month_of_the_document() -> None:
    text = "2014年9月3日的决议。\n安理会7日通过决议。"
    assert [found.edtf for found in qingdan.find(text, ["dates"], "2015-06-24").dates] == ["2014-09-03", "2015-06-07"]
