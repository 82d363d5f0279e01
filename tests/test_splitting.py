"""Splitting: titles, preambles, sections, items, topics, and what belongs to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import qingdan
from qingdan.model import Document, Item
from qingdan.splitting.nodes import MOST_LEVELS


def parse(text: str) -> Document:
    return qingdan.parse(text + "\n", reference_date="2015-06-24")


def item(line: str) -> Item:
    (found,) = parse(line).items
    return found


def paths(text: str) -> list[str]:
    """The nodes of a text in reading order, sections in brackets."""
    document = parse(text)
    nodes = sorted([*document.sections, *document.items], key=lambda node: node.start)
    dotted = [".".join(map(str, node.path)) for node in nodes]
    return [path if isinstance(node, Item) else f"[{path}]" for path, node in zip(dotted, nodes, strict=True)]


def test_the_sample_has_its_sections_items_and_topics(sample: Document) -> None:
    assert [(section.label, section.title) for section in sample.sections] == [("一、", "加强双边合作"), ("二、", "应对地区和全球性挑战")]
    assert [item.path for item in sample.items] == [(1 if n < 23 else 2, n) for n in range(1, 39)]
    topics = {item.number: item.topic for item in sample.items}
    assert None not in topics.values()
    assert topics[12] == "交通运输安全与灾难应急"
    assert topics[14] == "扩大中美海关“集装箱安全倡议”合作"
    assert topics[15] == "中美海关C-TPAT联合验证和AEO互认合作"
    assert topics[18] == "中美两用物项商品识别培训合作"
    assert topics[22] == "子对话、对口磋商及双边会见"
    assert {item.section for item in sample.items} == {"sed7-2015#1", "sed7-2015#2"}


def test_the_tail_of_the_sample_belongs_to_nothing(sample: Document) -> None:
    assert sample.items[-1].body.endswith("。")
    assert {"海南低碳经济政策与产业技术研究院", "低碳研究"} <= {chrome.text for chrome in sample.chrome}
    assert all("邮编" not in part.body for part in sample.items)
    assert sample.title is not None
    assert sample.title.text == "第七轮中美战略与经济对话框架下战略对话具体成果清单"
    assert sample.preamble is not None
    assert sample.preamble.text.startswith("2015年6月22日至24日")
    assert sample.issues == ()


def test_the_sample_knows_its_meeting(sample: Document) -> None:
    about = sample.document
    assert (about.series, about.track, about.round, about.year) == ("中美战略与经济对话", "战略对话", 7, 2015)
    assert (about.parties, about.place) == (("中国", "美国"), "美国华盛顿")
    assert about.held is not None
    assert (about.held.edtf, about.held.earliest, about.held.latest) == ("2015-06-22/2015-06-24", "2015-06-22", "2015-06-24")
    assert about.published is not None
    assert (about.published.edtf, about.reference_date) == ("2015-06-29", "2015-06-24")


@pytest.mark.parametrize(
    ("line", "topic", "body"),
    [
        ("1、高层交往:决定保持交往。", "高层交往", "决定保持交往。"),
        ("1、高层交往：决定保持交往。", "高层交往", "决定保持交往。"),
        ("１、高层交往：决定保持交往。", "高层交往", "决定保持交往。"),
        ("1、扩大“集装箱安全倡议”合作:双方同意。", "扩大“集装箱安全倡议”合作", "双方同意。"),
        ("1、海关C-TPAT联合验证和AEO互认:双方同意。", "海关C-TPAT联合验证和AEO互认", "双方同意。"),
        ("1、联合国/多边事务:双方同意。", "联合国/多边事务", "双方同意。"),
        ("1、子对话、对口磋商及双边会见:双方同意。", "子对话、对口磋商及双边会见", "双方同意。"),
        ("1、“一带一路:愿景”对接:双方同意。", "“一带一路:愿景”对接", "双方同意。"),
        ("1、气候变化(含能源:煤电):双方同意。", "气候变化(含能源:煤电)", "双方同意。"),
        ("1、双方同意加强合作,内容包括:交流、培训。", None, "双方同意加强合作,内容包括:交流、培训。"),
        ("1、双方将采取以下措施:加强交流。", None, "双方将采取以下措施:加强交流。"),
        ("1、双方指出:合作有益。", None, "双方指出:合作有益。"),
        ("1、会议于9:30开始。", None, "会议于9:30开始。"),
        ("1、见https://example.org/a。", None, "见https://example.org/a。"),
        ("1、决定继续合作。双方认为:合作有益。", None, "决定继续合作。双方认为:合作有益。"),
        ("1、继续合作", None, "继续合作"),
        ("1、能力建设:提供培训,内容:识别、布控。", "能力建设", "提供培训,内容:识别、布控。"),
    ],
)
def test_topics(line: str, topic: str | None, body: str) -> None:
    found = item(line)
    assert (found.topic, found.body) == (topic, body)


def test_a_heading_line_is_the_topic_of_the_text_below_it() -> None:
    document = parse("1、高层交往\n双方将保持高层交往。\n2、两军关系\n双方将加强合作。")
    assert [(item.topic, item.body) for item in document.items] == [
        ("高层交往", "双方将保持高层交往。"),
        ("两军关系", "双方将加强合作。"),
    ]


def test_labels_are_kept_as_written() -> None:
    labels = ["1、", "１、", "1.", "（1）", "一、", "(一)", "①", "第一条"]
    assert [item(f"{label} 甲。").label for label in labels] == labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、经济\n1、甲。\n2、乙。\n二、安全\n1、丙。", ["[1]", "1.1", "1.2", "[2]", "2.1"]),
        ("一、经济\n1、甲。\n2、乙。\n二、安全\n3、丙。", ["[1]", "1.1", "1.2", "[2]", "2.3"]),
        ("一、经济\n（一）贸易\n1.甲。\n2.乙。\n（二）投资\n1.丙。", ["[1]", "[1.1]", "1.1.1", "1.1.2", "[1.2]", "1.2.1"]),
        ("20、甲。\n21、乙。\n22、丙。", ["20", "21", "22"]),
        ("1、甲。\n2、乙。\n4、丙。", ["1", "2", "4"]),
        ("1、甲。\n2、乙。\n2、丙。\n3、丁。", ["1", "2", "2", "3"]),
        ("第一条 甲。\n第二条 乙。", ["1", "2"]),
        ("1、双方将开展合作。\n（1）甲;\n（2）乙。\n2、丙。", ["1", "1.1", "1.2", "2"]),
    ],
)
def test_paths(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


def test_an_item_with_children_ends_where_the_first_of_them_starts() -> None:
    parent, first, second, last = parse("1、双方将开展合作。\n（1）甲;\n（2）乙。\n2、丙。").items
    assert (parent.body, parent.parent) == ("双方将开展合作。", None)
    assert (first.parent, second.parent, last.parent) == (parent.id, parent.id, None)
    assert parent.end <= first.start


def test_repeated_and_missing_numbers_are_issues_and_ids_stay_apart() -> None:
    document = parse("1、甲。\n2、乙。\n2、丙。\n5、丁。")
    assert [item.id for item in document.items] == ["text#1", "text#2", "text#2~2", "text#5"]
    assert [issue.code for issue in document.issues if issue.code.startswith("number-")] == ["number-repeated", "number-gap"]


def test_a_year_or_a_decimal_opens_no_item() -> None:
    document = parse("1、甲。\n2015年,双方签署协议。\n3.5亿美元用于项目。\n2、乙。")
    assert [item.path for item in document.items] == [(1,), (2,)]
    assert document.items[0].body.endswith("3.5亿美元用于项目。")


def test_paragraphs_without_numbers_are_items_and_an_issue_says_so() -> None:
    document = parse("中国和甲国联合声明\n双方同意加强合作。\n双方同意扩大贸易。")
    assert [item.path for item in document.items] == [(1,), (2,)]
    assert "unnumbered" in [issue.code for issue in document.issues]


def test_a_title_over_two_lines_is_one_title() -> None:
    document = parse("某某办公厅关于开展\n综合治理工作的通知\n\n各有关单位:\n一、甲。\n二、乙。")
    assert document.title is not None
    assert document.title.text == "某某办公厅关于开展\n综合治理工作的通知"
    assert document.document.title == "某某办公厅关于开展综合治理工作的通知"


def test_lists_pasted_one_behind_the_other_do_not_nest_without_end(root: Path) -> None:
    page = (root / "samples" / "decimal.txt").read_text(encoding="utf-8").rstrip("\n").replace("\n", "\x85")
    found = parse("\n".join([page] * 60)).items
    assert len(found) == 60 * len(parse(page).items)
    assert max(len(item.path) for item in found) <= MOST_LEVELS


def test_lines_that_break_for_want_of_room_have_no_heading() -> None:
    body = (
        "双方同意在未来三年内联合开展高原湖泊水质监测，交换监测数据，并邀请\n"
        "两国高等院校派出研究人员参加，经费由双方各自承担，具体安排由两国环\n"
        "境主管部门另行商定。双方将每年举行一次专家会议。\n"
    )
    wrapped, headed = qingdan.parse(
        f"湖泊合作备忘录\n1、{body}2、水质监测\n双方将在五个湖泊设立监测站，站点名单由两国环境主管部门商定后公布。\n"
        "双方将每年举行一次专家会议，轮流在两国举行，费用由东道国承担，其他费用自理。\n"
    ).items
    assert (wrapped.topic, wrapped.body) == (None, body.rstrip("\n"))
    assert headed.topic == "水质监测"


@pytest.mark.parametrize(
    "line",
    [
        "当前位置: 首页 >> 新闻 >> 正文", "2015年06月29日 09:09", "来源:外交部", "【字体：大 中 小】", "版权所有：某研究院",
        "电话:010-12345678",
    ],
)  # fmt: skip
def test_chrome_belongs_to_nothing(line: str) -> None:
    document = parse(f"{line}\n甲国对话成果清单\n双方达成以下成果。\n1、甲。\n2、乙。\n{line}")
    assert [chrome.text for chrome in document.chrome] == [line, line]
    assert document.items[-1].body == "乙。"
    assert document.title is not None
    assert document.title.text == "甲国对话成果清单"


def test_the_label_of_an_item_is_no_mention() -> None:
    assert [item.quantities for item in parse("第五条 双方同意。\n第六条 签字生效。").items] == [(), ()]


def test_formats_are_named_by_depth(sample: Document) -> None:
    assert sample.document.format == "chinese-dun/arabic-dun+topic"
    assert parse("1、甲。\n2、乙。").document.format == "arabic-dun"
    assert parse("").document.format is None


def test_a_provision_with_a_list_of_its_own_keeps_its_sentences_whole() -> None:
    text = (
        "一、关于机制。双方要做到：一是加强沟通；二是扩大交流。\n1.建立热线。\n2.举行会议。\n"
        "二、关于时间。双方将开展工作：一是互访；二是培训。"
    )
    assert paths(text) == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    assert parse(text).items[0].body.endswith("二是扩大交流。")
