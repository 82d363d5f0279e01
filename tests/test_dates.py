"""Dates: the tables in test_dates/ hold every date of each text with its value and, where it is plain, its role."""

from __future__ import annotations

import pytest
from conftest import REFERENCE, Row

import qingdan
from qingdan.finding import era_rules, lone_rules
from qingdan.finding.rules import Example, Rule


def found(text: str, reference: str | None = REFERENCE) -> list[tuple[str, str | None]]:
    return [(date.text, date.edtf) for date in qingdan.find(text, ["dates"], reference).dates]


@pytest.mark.rows("*.tsv")
def test_table(row: Row) -> None:
    dates = qingdan.find(row.text, ["dates"], REFERENCE).dates
    assert [(date.text, date.edtf) for date in dates] == [cells[:2] for cells in row.mentions]
    roles = [cells[2] if len(cells) > 2 else date.role for cells, date in zip(row.mentions, dates, strict=True)]
    assert [date.role for date in dates] == roles


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2015年6月22日至24日", "2015-06-22", "2015-06-24"),
        ("2016年2月", "2016-02-01", "2016-02-29"),
        ("2015年", "2015-01-01", "2015-12-31"),
        ("2015年秋", "2015-09-01", "2015-11-30"),
        ("2015年下半年", "2015-07-01", "2015-12-31"),
        ("2016年第二季度", "2016-04-01", "2016-06-30"),
        ("2015年9月前", None, "2015-09-30"),
        ("今年以来", "2015-01-01", None),
        ("年底前", None, "2015-12-31"),
        ("20世纪90年代", "1990-01-01", "1999-12-31"),
        ("未来一年", "2015-06-24", "2016-06-24"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    (date,) = qingdan.find(text, ["dates"], REFERENCE).dates
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize("text", ["今年下半年", "9月", "年底前", "未来一年", "去年以来", "年内"])
def test_without_a_reference_day_a_relative_date_is_found_and_left_open(text: str) -> None:
    (date,) = qingdan.find(text, ["dates"]).dates
    assert (date.text, date.edtf, date.earliest, date.latest, date.status) == (text, None, None, None, "unresolved")


@pytest.mark.parametrize("text", ["2015年6月31日", "2015年2月29日", "2015年13月1日"])
def test_a_day_the_calendar_lacks_has_no_value(text: str) -> None:
    assert [edtf for mention, edtf in found(text) if mention == text and edtf] == []


def test_status_tells_stated_from_inferred() -> None:
    dates = qingdan.find("2015年4月启动,9月完成,年底前验收", ["dates"], REFERENCE).dates
    assert [date.status for date in dates] == ["stated", "inferred", "inferred"]


def test_a_month_continues_the_year_to_its_left_not_the_reference_year() -> None:
    assert found("2013年7月签署,9月生效") == [("2013年7月", "2013-07"), ("9月", "2013-09")]


def test_a_new_item_does_not_continue_the_year_of_the_one_before() -> None:
    document = qingdan.parse("1、甲:2013年7月签署。\n\n2、乙:9月举行会议。", reference_date=REFERENCE)
    assert [date.edtf for item in document.items for date in item.dates] == ["2013-07", "2015-09"]


def test_the_reference_day_is_an_argument() -> None:
    assert found("今年9月", "2020-01-15") == [("今年9月", "2020-09")]
    assert found("未来一年", "2020-02-29") == [("未来一年", "2020-02-29/2021-02-28")]


@pytest.mark.parametrize("reference", ["0001-01-01", "9999-12-31"])
@pytest.mark.rows("relative.tsv")
def test_at_the_ends_of_the_calendar_a_date_has_no_value_rather_than_an_error(row: Row, reference: str) -> None:
    assert [mention for mention, _ in found(row.text, reference)] == [cells[0] for cells in row.mentions]


@pytest.mark.parametrize("text", ["去年下半年", "上世纪90年代", "上世纪末", "明年第四季度", "今年冬季", "上月", "下周", "民国元年"])
@pytest.mark.parametrize("reference", ["0001-01-01", "9999-12-31"])
def test_beyond_the_calendar(text: str, reference: str) -> None:
    assert [mention for mention, _ in found(text, reference)] == [text]


def test_a_lone_three_days_ago_is_a_date_where_it_can_be_counted() -> None:
    assert [day.edtf for day in qingdan.find("三天前", ["dates"], "2015-06-24").dates] == ["2015-06-21"]
    assert qingdan.find("三天前", ["dates"]).dates == ()
    assert qingdan.find("双方三天前签署", ["dates"], "2015-06-24").dates == ()


@pytest.mark.parametrize(
    ("text", "reference", "edtf"),
    [
        ("外长30日会见来宾", "2015-07-02", "2015-06-30"),
        ("会议将于30日举行", "2015-07-02", "2015-07-30"),
        ("外长30日将会见来宾", "2015-07-02", "2015-07-30"),
        ("论坛2004年1月成立。会议24日举行", "2011-05-27", "2011-05-24"),
        ("2012年5月3日抵京。5日离开", "2015-07-02", "2012-05-05"),
    ],
)
def test_the_month_of_a_bare_day(text: str, reference: str, edtf: str) -> None:
    assert qingdan.find(text, ["dates"], reference).dates[-1].edtf == edtf


@pytest.mark.parametrize("rule", [*lone_rules.RULES, *era_rules.COMMON], ids=lambda rule: rule.name)
def test_lone_and_era_rules(rule: Rule) -> None:
    for text, mention, edtf in rule.examples:
        assert [(day.text, day.edtf, day.rule) for day in qingdan.find(text, ["dates"], "2015-06-24").dates] == [(mention, edtf, rule.name)]


@pytest.mark.parametrize("example", [example for rule in era_rules.REPUBLIC for example in rule.examples])
def test_years_of_the_republic(example: Example) -> None:
    found = qingdan.find(f"行政院於{example.text}辦理", ["dates"], "2015-06-24").dates
    assert [(day.text, day.edtf) for day in found] == [(example.mention, example.value)]
