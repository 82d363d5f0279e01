"""Every character of a text that is not blank is in exactly one of title, preamble, section heading, item or chrome."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invariants import check_partition, check_spans, parts

import qingdan
from qingdan.model import Document

# Invisible characters at the edge of a part belong to no part; the fold drops them.
LINES = st.sampled_from(
    [
        "", " ", "　", "甲国与乙国对话成果清单", "关于开展合作的", "2015年6月22日至24日在北京举行。", "一、合作", "二、安全", "（一）贸易",
        "（二）投资", "1、高层交往:双方同意。", "2、两军关系：双方同意。", "2、乙", "3、丙;", "20、丁。", "1.子项", "① 甲", "第一条 总则",
        "第二条:生效", "双方同意继续合作。", "主题", "主题:", ":正文", "1、", "一、", "——项目", "地址:某路1号", "电话:010",
        "来源:外交部", "2015年06月29日 09:09", "二〇一五年六月二十四日", "首页 > 正文", "（此件公开发布）", "\u200b", "1\u200b、甲\u200b。",
    ]
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028"])
PAGES = st.builds(lambda lines, end: end.join(lines), st.lists(LINES, max_size=25), ENDS)


def test_sample(sample: Document) -> None:
    check_partition(sample)
    assert len(parts(sample)) == 2 + 2 + 38 + len(sample.chrome)


@pytest.mark.parametrize("seed", range(30))
def test_the_sample_with_lines_moved_cut_and_dropped(sample: Document, seed: int) -> None:
    change = random.Random(seed)
    lines = sample.text.split("\n")
    for _ in range(change.randint(1, 12)):
        at, to = change.randrange(len(lines)), change.randrange(len(lines))
        line = lines.pop(at)
        if change.random() < 0.6:
            cut = change.randrange(len(line) + 1)
            lines[to:to] = [line[:cut], line[cut:]] if change.random() < 0.5 else [line]
    check_partition(qingdan.parse("\n".join(lines)))


@pytest.mark.parametrize("seed", range(10))
def test_the_sample_with_characters_changed(sample: Document, seed: int) -> None:
    change = random.Random(seed)
    text = list(sample.text)
    for _ in range(200):
        text[change.randrange(len(text))] = change.choice("\n\r一二1、:：.()（） 。第条\u200b")
    check_partition(qingdan.parse("".join(text)))


@given(PAGES)
def test_pages(text: str) -> None:
    check_partition(qingdan.parse("\n" + text))


@given(st.text())
def test_any_text(text: str) -> None:
    check_partition(qingdan.parse("\n" + text))


NUMBERED = "<p>一、双方设立渔业合作基金。</p>{}<p>基金由两国渔业部门管理。</p><p>二、双方互派专家。</p><p>三、双方共享资料。</p>"
HEADED = "<p>渔业：设立基金。</p>{}<p>由两国管理。</p>" + "".join(
    f"<p>{field}：互派专家。</p>" for field in ("林业", "矿业", "航运", "教育")
)
ROW = "<nav><a href=a>分享</a> <a href=b>打印</a></nav>"


@pytest.mark.parametrize("body", [NUMBERED, HEADED])
def test_chrome_between_two_paragraphs_of_a_provision_is_a_part_of_it(body: str) -> None:
    document = qingdan.parse(f"<html><body><h1>甲国与乙国合作成果清单</h1>{ROW}{body.format(ROW)}{ROW}</body></html>")
    check_partition(document)
    assert [item.text.count("分享") for item in document.chrome] == [1, 1]
    first = document.items[0]
    assert document.text[first.start : first.end].count("分享") == 1


def test_chrome_among_the_closing_paragraphs_is_given_once() -> None:
    items = "".join(f"<p>{n}、双方互派专家。</p>" for n in "一二三四")
    closing = "<p>本清单自双方主管部门以书面形式相互通知已经完成各自国内程序之日起公布并执行，由两国渔业部门解释。</p>"
    document = qingdan.parse(f"<html><body><h1>甲国与乙国合作成果清单</h1>{items}{closing}{ROW}{closing}</body></html>")
    check_partition(document)
    assert [part.text for part in document.chrome].count("分享 打印") == 1


@pytest.mark.parametrize(
    "text",
    [
        "甲国与乙国合作成果清单\n（双方同意互派专家，设立联合工作机制，并且每年交换统计资料和检验结果。）",  # one line in brackets
        "成果清单\n1、\u200b\n2、乙。\n3、丙。",  # a label with nothing behind it that is seen
        "成果清单\n\u200b1、\u200b\u200b",
    ],
)
def test_odd_pages(text: str) -> None:
    document = qingdan.parse(text + "\n")
    check_partition(document)
    check_spans(document)
