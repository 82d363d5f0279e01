"""Markdown: the marks go, the numbers stay as written, one line a paragraph and item."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.reading.markdown import read

CASES = {
    "numbers stay": ("1. 甲\n3. 乙\n20. 丙\n\n20) 丁", ["1. 甲", "3. 乙", "20. 丙", "20) 丁"]),
    "bullets stay": ("- 甲\n* 乙\n+ 丙\n——丁\n• 戊", ["- 甲", "* 乙", "+ 丙", "——丁", "• 戊"]),
    "Chinese labels": ("一、甲\n（二）乙\n第三条 丙\n④丁", ["一、甲", "（二）乙", "第三条 丙", "④丁"]),
    "folded items": ("1. 甲方将\n   提供设备\n2. 乙", ["1. 甲方将提供设备", "2. 乙"]),
    "headings": ("# 总题\n## 一、分题 ##\n二、分题\n---\n三、分题\n===", ["总题", "一、分题", "二、分题", "三、分题"]),
    "emphasis": ("**一、总则。**甲*方*~~与~~ __乙方__ 同意 5\\*3", ["一、总则。甲方与 乙方 同意 5*3"]),
    "two bold runs": ("**一、**甲**二、**乙", ["一、甲二、乙"]),
    "links and images": ("[甲](http://a.b/c)由<http://x.y/>发布![图](z.png)", ["甲由http://x.y/发布"]),
    "escapes": ("1\\. 甲\n\n\\# 乙", ["1. 甲", "# 乙"]),
    "an indent is no code": ("　　一、甲\n\n    二、乙\n\n\t三、丙", ["一、甲", "二、乙", "三、丙"]),
    "fenced code keeps its lines": ("```\n1. 甲\n2. 乙\n```", ["1. 甲", "2. 乙"]),
    "table": ("| 序号 | 事项 |\n|---|---|\n| 1. | 甲\\|乙 |\n| 2. | 丙 |", ["序号\t事项", "1.\t甲|乙", "2.\t丙"]),
    "quotes": ("> 一、甲\n> 二、乙\n\n" + ">" * 60 + "三、丙", ["一、甲", "二、乙", "三、丙"]),
    "html inside": ("<!-- 注 -->\n\n甲<br>乙&amp;丙\n\n<div hidden>广告</div>", ["甲", "乙&丙"]),
    "hard break": ("甲  \n乙\\\n丙", ["甲", "乙", "丙"]),
    "rule": ("甲\n\n***\n\n乙", ["甲", "乙"]),
    "empty": ("\n\n", []),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES.keys())
def test_lines(source: str, expected: list[str]) -> None:
    page = read(source)
    assert (page.text.split("\n") if page.text else []) == expected
    assert (page.media_type, page.encoding) == ("text/markdown", None)


def test_what_a_page_says_of_itself() -> None:
    page = read('---\ntitle: "甲乙联合声明"\ndate: 2031-02-03\nurl: http://a.b/\n---\n# 声明全文\n\n正文'.encode("gbk"), "gbk")
    assert (page.titles, page.published, page.url, page.encoding) == (("甲乙联合声明", "声明全文"), "2031-02-03", "http://a.b/", "gb18030")
    assert page.text == "声明全文\n正文"
    assert read("---\n甲\n\n乙\n").text == "甲\n乙"


def test_bytes_that_are_no_text_are_an_issue_with_a_place() -> None:
    page = read(("# 甲乙联合声明\n\n双方同意继续合作" + "。" * 40).encode() + b"\xff")
    assert [(issue.code, page.text[issue.start : issue.end]) for issue in page.issues] == [("undecodable-bytes", "\ufffd")]


@pytest.mark.parametrize("source", ["[" * 20_000, "**a" * 20_000, ">" * 50_000, "---\n" * 20_000, "|" * 10_000 + "\n" + "|-" * 10_000])
def test_wild_marks_take_linear_time(source: str) -> None:
    begin = time.process_time()
    assert "结束" in read(source + "\n\n结束").text
    assert time.process_time() - begin < 10


@given(st.text(st.sampled_from("*_[]()<>!`#-|\\ \n1.一、甲~>:&;\0"), max_size=80))
def test_any_text_is_a_page(source: str) -> None:
    page = read(source)
    assert all(page.text[part.start : part.end] == part.text for part in page.chrome)
