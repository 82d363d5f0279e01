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
    [
        ("8亿美元", "USD"), ("3亿元", "CNY"), ("5万欧元", "EUR"), ("500公里", "km"), ("45名", None), ("港币约500万元", "HKD"),
        ("新台币3000元", "TWD"), ("500令吉", "MYR"), ("3亿卢比", None), ("3亿印度卢比", "INR"), ("2亿特别提款权", "XDR"),
        ("US$3.5亿", "USD"), ("HK$300万", "HKD"), ("RMB100万元", "CNY"), ("500万德国马克", "DEM"), ("80元/吨", "CNY"),
        ("三年", "P3Y"), ("六个月", "P6M"), ("两周", "P2W"), ("90天", "P90D"), ("48小时", "PT48H"), ("三个季度", "P9M"),
        ("两个世纪", "P200Y"), ("一年半", "P1Y6M"), ("两个半小时", "PT2H30M"), ("半年", "P6M"), ("1.5个月", "P1.5M"),
        ("三至五年", "P3Y/P5Y"), ("5年至10年", "P5Y/P10Y"), ("1年6个月", "P1Y6M"), ("3天2小时", "P3DT2H"),
        ("1小时20分钟30秒", "PT1H20M30S"), ("2周3天", "P17D"), ("5个工作日", None), ("0.5小时", "PT30M"),
        ("50万桶/日", "[bbl_us]/d"), ("3立方米/秒", "m3/s"), ("350公里每小时", "km/h"), ("35μg/m³", "ug/m3"), ("5吨标准煤", None),
        ("3.5%", "%"), ("千分之五", "[ppth]"), ("第五次", None), ("三分之一", None),
    ],
)  # fmt: skip
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
        ("三个月内完成评估工作。", None),
        ("为期三年的合作。", "合作"),
        ("实施三年行动计划。", "行动计划"),
        ("资助2万农民工。", "农民工"),
        ("人民币壹佰万元整", None),
        ("处5万元以上的罚款", "罚款"),
        ("占40%的企业", "企业"),
        ("按3%安排", None),
    ],
)
def test_the_noun_counted(text: str, noun: str | None) -> None:
    assert only(text).of == noun


@pytest.mark.parametrize(
    ("text", "word", "mention"),
    [
        ("双方各派出5名专家。", "各", "5名"),
        ("各1000名留学生", "各", "1000名"),
        ("每年培训1万人。", "每年", "1万人"),
        ("每年向其提供500个名额。", "每年", "500个"),
        ("每人每年补助3000元。", "每人每年", "3000元"),
        ("每个国家选派2名。", "每个国家", "2名"),
        ("每千克15元。", "每千克", "15元"),
        ("每小时350公里。", "每小时", "350公里"),
        ("年均增长约3%。", "年均", "约3%"),
        ("人均预期寿命达到79岁。", "人均", "79岁"),
        ("日均客流量超过50万人次。", "日均", "超过50万人次"),
        ("每两年举行会晤。", "每", "两年"),
        ("每半年会晤一次。", "每半年", "一次"),
        ("每年召开会议,提供500个名额。", None, "500个"),
        ("各方提供500个名额。", None, "500个"),
        ("平均浓度下降3%", None, "3%"),
        ("提供500个名额。", None, "500个"),
        ("每年培訓1萬人。", "每年", "1萬人"),
    ],
)
def test_over_what_a_quantity_is_spread(text: str, word: str | None, mention: str) -> None:
    found = only(text)
    assert (found.distribution, found.text) == (word, mention)


def test_values_are_exact() -> None:
    assert only("3.3亿美元").value == 330_000_000
    assert only("0.1%").value == Decimal("0.1")
    assert isinstance(only("1.5万名").value, int)


def test_a_numeral_belongs_to_one_kind_only() -> None:
    found = qingdan.find("2015年9月前,二十国集团的六国于5月22日举行第五次会议", reference_date="2015-06-24")
    assert [mention.text for mention in found.quantities] == ["六国", "第五次"]
    assert [date.text for date in found.dates] == ["2015年9月前", "5月22日"]
    assert [agency.text for agency in found.agencies] == ["二十国集团"]
