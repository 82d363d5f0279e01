"""Every character of a text that is not blank is in exactly one of title, preamble, section heading, item or chrome."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qingdan
from qingdan.model import Document
from qingdan.reading.folding import fold

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


def parts(document: Document) -> list[tuple[int, int]]:
    blocks = [part for part in (document.title, document.preamble) if part]
    return sorted((part.start, part.end) for part in (*blocks, *document.sections, *document.items, *document.chrome))


def check_partition(document: Document) -> None:
    spans = parts(document)
    text = document.text
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans)), "parts overlap"
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    between = "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert fold(between).text.strip() == "", "text belongs to no part"


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
