"""Quantities: the tables in test_quantities/ hold every quantity of each text with value, unit, kind and qualifier."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import Row
from test_rules import written

import qingdan
from qingdan.model import Quantity


def only(text: str) -> Quantity:
    (mention,) = qingdan.find(text, ["quantities"]).quantities
    return mention


@pytest.mark.rows("*.tsv")
def test_table(row: Row) -> None:
    found = qingdan.find(row.text, ["quantities"]).quantities
    assert [(mention.text, written(mention)) for mention in found] == [cells[:2] for cells in row.mentions]
    for mention, (_, _, *more) in zip(found, row.mentions, strict=True):
        assert [mention.kind, mention.qualifier or "-"][: len(more)] == more


@pytest.mark.parametrize(
    ("text", "code"),
    [("8亿美元", "USD"), ("3亿元", "CNY"), ("5万欧元", "EUR"), ("三年", "a"), ("六个月", "mo"), ("500公里", "km"), ("45名", None)],
)
def test_codes(text: str, code: str | None) -> None:
    assert only(text).code == code


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("完成387次联合验证。", "联合验证"),
        ("启动两项能力建设项目,", "能力建设项目"),
        ("45名来自相关政府部门的代表参加", "代表"),
        ("举行第十二次会议。", "会议"),
        ("提供8亿美元援助。", "援助"),
        ("三年后", None),
    ],
)
def test_the_noun_counted(text: str, noun: str | None) -> None:
    assert only(text).of == noun


def test_values_are_exact() -> None:
    assert only("3.3亿美元").value == 330_000_000
    assert only("0.1%").value == Decimal("0.1")
    assert isinstance(only("1.5万名").value, int)


def test_a_numeral_belongs_to_one_kind_only() -> None:
    found = qingdan.find("2015年9月前,二十国集团的六国于5月22日举行第五次会议", reference_date="2015-06-24")
    assert [mention.text for mention in found.quantities] == ["六国", "第五次"]
    assert [date.text for date in found.dates] == ["2015年9月前", "5月22日"]
    assert [agency.text for agency in found.agencies] == ["二十国集团"]
