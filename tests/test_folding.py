"""Folding: what patterns see of a text, the way back to the text as read."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qingdan
from qingdan.reading.folding import fold, fold_mention, shown


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２３ＡＢ（）：，。％", "123AB():,。%"),
        ("2015\u3000年\u00a06\u2003月", "2015 年 6 月"),
        ("中\u200b国\ufeff海\u00ad关", "中国海关"),
        ("〔2015〕1号", "(2015)1号"),
        ("“引号”《书名》、", "“引号”《书名》、"),
        # as PDF files give them: Kangxi radicals, other radicals, compatibility ideographs
        ("⼀、⾦融与⽔利", "一、金融与水利"),
        ("⻄部⺠航与⻓江⻋辆", "西部民航与长江车辆"),
        ("\uf9dd用", "利用"),
        ("⒈ ⑴ ㈠ ①", "⒈ ⑴ ㈠ ①"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_radicals_fold_to_characters_that_are_called_alike() -> None:
    """Unicode names the radical 「CJK RADICAL C-SIMPLIFIED HORSE」; NFKC leaves it as it is."""
    radicals = [chr(c) for c in range(0x2E80, 0x2EF4) if "RADICAL" in unicodedata.name(chr(c), "")]
    folded = {c: fold(c).text for c in radicals}
    assert {c: new for c, new in folded.items() if c != new and not "\u4e00" <= new <= "\u9fff"} == {}
    kangxi = [chr(c) for c in range(0x2F00, 0x2FD6)]
    assert [c for c in kangxi if not "\u4e00" <= fold(c).text <= "\u9fff"] == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("省 级 水 利 应 急 预 案", "省级水利应急预案"),
        ("第 一 条 总 则", "第一条总则"),
        ("2 0 1 9 年 3 月 发 布", "2019年3月发布"),
        ("经 济 合 作\n国 家", "经济合作\n国 家"),  # never over a line end; two characters may be two words
        ("水\u3000利\u3000厅\u3000印\u3000发", "水利厅印发"),
        ("海 关 、 税 务", "海关、税务"),
        ("甲 乙\u200b 丙", "甲乙丙"),
        ("北京 上海 广州", "北京 上海 广州"),
        ("目 录", "目 录"),
        ("2015 年 6 月 22 日", "2015 年 6 月 22 日"),
        ("1 2 3 4", "1 2 3 4"),
        ("一 二 三 四", "一 二 三 四"),
        ("一、水 利 合 作。", "一、水利合作。"),
        ("甲  乙  丙", "甲  乙  丙"),
        ("甲 A 乙 B 丙", "甲 A 乙 B 丙"),
    ],
)
def test_letter_spaced_words_are_closed_up(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_a_spaced_page_is_read_like_any_other() -> None:
    document = qingdan.parse("甲 国 合 作 成 果 清 单\n一、中 国 海 关 总 署 于 2 0 1 9 年 3 月 1 日 派 出 4 5 名 专 家。\n二、乙。\n")
    (item, _) = document.items
    assert [(agency.text, agency.canonical) for agency in item.agencies] == [("中 国 海 关 总 署", ("中国海关总署",))]
    assert [(date.text, date.edtf) for date in item.dates] == [("2 0 1 9 年 3 月 1 日", "2019-03-01")]
    assert [(quantity.text, quantity.value, quantity.unit) for quantity in item.quantities] == [("4 5 名", 45, "名")]
    assert document.document.title == "甲国合作成果清单"


def test_a_spaced_date_that_leans_on_its_document_is_read_again_from_its_own_text() -> None:
    found = qingdan.find("双 方 于 2 0 1 9 年 1 1 月 商 定 ， 1 2 月 启 动 。")
    assert [(date.text, date.edtf) for date in found.dates] == [("2 0 1 9 年 1 1 月", "2019-11"), ("1 2 月", "2019-12")]
    assert fold_mention("1 2 月") == "12月"


def test_a_heading_is_shown_without_the_blanks_in_its_words() -> None:
    assert shown("省 级 水 利\u200b 预 案  2019 年") == "省级水利预案 2019 年"


TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("\u200b\ufeff\u00ad\u3000Ａ１（中国。 臺灣後於乾隆著作說明⼀⻓豈\n\r\0"), st.characters()),
    max_size=60,
)


@given(TEXTS)
def test_a_folded_span_leads_back_to_what_it_was_folded_from(text: str) -> None:
    folded = fold(text)
    places = [folded.original(i) for i in range(len(folded.text) + 1)]
    assert places[-1] == len(text)
    assert all(one < two for one, two in pairwise(places))
    for i, c in enumerate(folded.text):
        start, end = folded.span(i, i + 1)
        assert end == start + 1
        assert folded.offset(start) == i
        assert fold(text[start:end]).text == c
