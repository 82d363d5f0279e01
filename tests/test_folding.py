"""Folding: what patterns see of a text, the way back to the text as read, and traditional Chinese by the same rules."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

import qingdan
from qingdan.data import read_text
from qingdan.model import Document
from qingdan.reading import traditional
from qingdan.reading.folding import fold, fold_mention, shown
from qingdan.reading.traditional import converter, simplified


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
        ("豈有樂觀", "岂有乐观"),
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


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("臺灣的經濟部與紐西蘭", "台湾的经济部与纽西兰"),
        ("群衆、羣眾爲此啓動，裏裡外外", "群众、群众为此启动,里里外外"),
        ("衞生署説明：強化戶內線路", "卫生署说明:强化户内线路"),  # as Hong Kong writes
        ("乾隆年間的乾燥技術", "乾隆年间的干燥技术"),  # OpenCC's phrases
        ("行動計畫與著作權", "行动计划与著作权"),
        ("兩萬億、貳、參、拾", "两万亿、贰、参、拾"),
        ("項個次噸條節點週歲", "项个次吨条节点周岁"),
        ("臺\u200b灣", "台湾"),
        ("顯\0著", "显\0著"),
    ],
)
def test_traditional_becomes_simplified(text: str, folded: str) -> None:
    assert fold(text).text == folded
    assert fold(text).translated


@pytest.mark.parametrize("line", ["显著、著作、乾坤、瞭望、徵明", "台湾、余额、后天、皇后、干部、面条", "2015年6月22日", "", "日本国"])
def test_simplified_lines_stay_as_they_are(line: str) -> None:
    assert simplified(line) is line
    assert not fold(line).translated
    assert simplified(f"國際\n{line}\n關係") == f"国际\n{line}\n关系", "whatever the other lines are"


def test_simplified_texts_do_not_wake_the_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    def woken() -> None:
        raise AssertionError

    monkeypatch.setattr(traditional, "converter", woken)
    assert fold("双方决定加强合作。\n" * 3).text.startswith("双方")


def test_a_conversion_that_changes_lengths_is_done_by_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """No entry of OpenCC's dictionaries does so today."""
    convert = converter()
    monkeypatch.setattr(traditional, "converter", lambda: lambda text: convert(text).replace("软件", "软体程序"))
    traditional._character.cache_clear()
    assert simplified("開發軟件\n臺灣") == "开发软件\n台湾"
    traditional._character.cache_clear()


def test_the_traditional_characters_are_those_that_opencc_changes() -> None:
    characters = read_text("traditional.txt").strip()
    convert = converter()
    assert len(set(characters)) == len(characters) > 3000
    assert [c for c in characters if convert(c) == c or len(convert(c)) != 1] == []
    assert set("國會學關係臺灣與紐後於衞") <= set(characters)
    assert not set("国会学台湾著乾徵瞭") & set(characters)


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
        # A phrase may keep a character that OpenCC changes when it stands alone: 「乾隆」.
        alone = fold(text[start])
        assert c in (alone.text, text[start], unicodedata.normalize("NFKC", text[start]))


@given(TEXTS)
def test_folding_is_by_lines(text: str) -> None:
    """What a line folds to depends on no other line."""
    assert fold(text).text.split("\n") == [fold(line).text for line in text.split("\n")]


# (traditional, the same in simplified): one of each kind of rule, list, label and lexicon
KINDS = [
    ("雙方於二〇一九年三月一日至五日會談", "双方于二〇一九年三月一日至五日会谈"),
    ("自2019年3月起、年底前與過去兩年間", "自2019年3月起、年底前与过去两年间"),
    ("未來五年內，第三季，上半年，３月上旬，20世紀90年代", "未来五年内,第三季,上半年,3月上旬,20世纪90年代"),
    ("提供兩萬噸、三億美元、約一百個項目、五千餘名專家", "提供两万吨、三亿美元、约一百个项目、五千余名专家"),
    ("百分之三點五，四分之一，至少兩次，不超過30個工作日", "百分之三点五,四分之一,至少两次,不超过30个工作日"),
    ("依第十二條第三項、第5屆、首輪、第二節", "依第十二条第三项、第5届、首轮、第二节"),
    ("兩國與雙方一致同意進一步合作", "两国与双方一致同意进一步合作"),
    ("聯合國安全理事會、世界衛生組織與亞太經合組織", "联合国安全理事会、世界卫生组织与亚太经合组织"),
    ("美國國務院、貿易發展署和運輸部", "美国国务院、贸易发展署和运输部"),
    ("中國海關總署與義大利衛生部成立聯合工作組", "中国海关总署与义大利卫生部成立联合工作组"),
    ("中華人民共和國財政部設立節能專項基金會", "中华人民共和国财政部设立节能专项基金会"),
]


@pytest.mark.parametrize(("written", "plain"), KINDS)
def test_every_kind_of_rule_reads_traditional_texts(written: str, plain: str) -> None:
    assert len(written) == len(plain)
    one, two = (qingdan.find(text, reference_date="2019-05-01", parties=("中国", "美国")) for text in (written, plain))
    assert [(d.start, d.end, d.edtf, d.role, d.rule, d.status) for d in one.dates] == [
        (d.start, d.end, d.edtf, d.role, d.rule, d.status) for d in two.dates
    ]
    assert [(a.start, a.end, a.canonical, a.parties, a.rule, a.status) for a in one.agencies] == [
        (a.start, a.end, a.canonical, a.parties, a.rule, a.status) for a in two.agencies
    ]
    assert [(q.start, q.end, q.kind, q.value, q.low, q.high, q.code, q.qualifier, q.rule) for q in one.quantities] == [
        (q.start, q.end, q.kind, q.value, q.low, q.high, q.code, q.qualifier, q.rule) for q in two.quantities
    ]
    assert [fold(q.unit).text for q in one.quantities] == [q.unit for q in two.quantities]
    assert all(m.text == written[m.start : m.end] for m in (*one.dates, *one.agencies, *one.quantities))
    assert one.dates or one.agencies or one.quantities or "一致" in plain


def test_what_is_quoted_stays_as_written_and_names_are_simplified() -> None:
    document = qingdan.parse(
        "關於強化兩岸漁業合作的備忘錄\n第一條 目的：雙方每年交換三個月度資料。\n第二條 執行：由中國農業部辦理兩項計畫。\n"
    )
    first, second = document.items
    assert document.document.title == "關於強化兩岸漁業合作的備忘錄"
    assert [(item.label, item.number, item.topic) for item in (first, second)] == [("第一條", 1, "目的"), ("第二條", 2, "執行")]
    assert second.body == "由中國農業部辦理兩項計畫。"
    assert [(agency.text, agency.canonical) for agency in second.agencies] == [("中國農業部", ("中国农业部",))]
    assert [(quantity.text, quantity.unit, quantity.of) for quantity in second.quantities] == [("兩項", "項", "計畫")]


def test_capital_numerals_number_provisions() -> None:
    document = qingdan.parse("水利合作協議\n壹、總則\n一、目的甲。\n貳、範圍\n一、範圍乙。\n參、其他\n一、其他丙。\n")
    assert [(section.label, section.path) for section in document.sections] == [("壹、", (1,)), ("貳、", (2,)), ("參、", (3,))]


@pytest.mark.parametrize("script", ["s2t", "s2tw", "s2hk"])
def test_the_sample_in_traditional_chinese_says_the_same(sample: Document, script: str) -> None:
    text = opencc.OpenCC(script).convert(sample.text)
    assert len(text) == len(sample.text)
    assert text != sample.text
    document = qingdan.parse(text)
    assert document.text == text
    assert document.document.parties == sample.document.parties
    assert document.document.held == sample.document.held
    assert document.document.series == sample.document.series
    assert [chrome.kind for chrome in document.chrome] == [chrome.kind for chrome in sample.chrome]
    assert [(node.path, node.start, node.end) for node in (*document.sections, *document.items)] == [
        (node.path, node.start, node.end) for node in (*sample.sections, *sample.items)
    ]
    for one, two in zip((*document.sections, *document.items), (*sample.sections, *sample.items), strict=True):
        assert [(d.start, d.end, d.edtf, d.role, d.status) for d in one.dates] == [
            (d.start, d.end, d.edtf, d.role, d.status) for d in two.dates
        ]
        assert [(a.start, a.end, a.canonical, a.parties, a.kind, a.status) for a in one.agencies] == [
            (a.start, a.end, a.canonical, a.parties, a.kind, a.status) for a in two.agencies
        ]
        assert [(q.start, q.end, q.kind, q.value, q.low, q.high, q.code, q.qualifier) for q in one.quantities] == [
            (q.start, q.end, q.kind, q.value, q.low, q.high, q.code, q.qualifier) for q in two.quantities
        ]
        assert [fold(q.of or "").text for q in one.quantities] == [q.of or "" for q in two.quantities]


def test_the_sample_in_the_words_of_taiwan_has_the_same_mentions(sample: Document) -> None:
    """Lengths differ there (框架 becomes 對話方塊架 with 對話), and two names hold words that are other in Taiwan: 網路, 專案."""
    document = qingdan.parse(opencc.OpenCC("s2twp").convert(sample.text))
    for kind in ("dates", "agencies", "quantities"):
        assert [len(getattr(item, kind)) for item in document.items] == [len(getattr(item, kind)) for item in sample.items]
    differing = [
        (one.canonical, two.canonical)
        for left, right in zip(document.items, sample.items, strict=True)
        for one, two in zip(left.agencies, right.agencies, strict=True)
        if one.canonical != two.canonical
    ]
    assert len(differing) == 2
