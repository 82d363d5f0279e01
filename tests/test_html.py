"""HTML: one line a paragraph, item and row; what is not shown is gone; what the markup sets apart is marked."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.data import read_rows
from qingdan.reading.html import declared, read
from qingdan.reading.html_head import _cut
from qingdan.reading.html_tags import tamed, without_templates
from qingdan.reading.page import Page

LONG = "双方同意在明年年底前成立联合工作组，定期就跨境河流的水文资料进行交换，并共同培训技术人员。"


def lines(source: str) -> list[str]:
    page = read(source)
    for chrome in page.chrome:
        assert page.text[chrome.start : chrome.end] == chrome.text
    return page.text.split("\n") if page.text else []


def chrome(source: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in read(source).chrome]


LAYOUT = {
    "blocks": ("<p>一、甲</p>文字<div>二、乙</div>尾", ["一、甲", "文字", "二、乙", "尾"]),
    "br": ("<p>一、甲；<br>二、乙；<br/>三、丙。</br>四、丁</p>", ["一、甲；", "二、乙；", "三、丙。", "四、丁"]),
    "inline elements never break": ("<p><span>一</span><font>、</font><b>甲</b><o:p></o:p>方<sup>1</sup></p>", ["一、甲方1"]),
    "a blank between inline elements": ("<p><font>一、</font> <b>总体要求</b></p>", ["一、 总体要求"]),
    "white space": ("<p>  a \t b\n  c  </p>", ["a b c"]),
    "a fold of the source between ideographs": ("<p>各方應遵守規定之\n   上述經營條件</p>", ["各方應遵守規定之上述經營條件"]),
    "a fold after a curved quotation mark": ("<p>称为“\n甲项目”</p>", ["称为“甲项目”"]),
    "a fold between an ideograph and a digit": ("<p>共计\n45个</p>", ["共计 45个"]),
    "a line of its own between elements": ("<p><i>发布人：</i>\n<i>甲某</i>\n<i>联络点：</i></p>", ["发布人： 甲某 联络点："]),
    "entities": ("<p>A&amp;B &lt;甲&gt; &#x4e00;&#19968;&hellip;&nbsp;乙</p>", ["A&B <甲> 一一…\u00a0乙"]),
    "full width stays": ("<p>ＷＴＯ２０１５（１）</p>", ["ＷＴＯ２０１５（１）"]),
    "indentation": ("<p>　　一、甲　</p><p>&nbsp;&nbsp;二、乙&emsp;</p><p>　&nbsp;\u200b</p>", ["一、甲", "二、乙"]),
    "pre": ("<pre>一、甲\n二、乙\n\n  三、丙</pre>", ["一、甲", "二、乙", "三、丙"]),
    "white-space: pre-line": ('<div style="white-space: pre-line">甲\n乙</div>', ["甲", "乙"]),
    "nowrap is no pre": ('<div style="white-space:nowrap">甲\n乙</div>', ["甲乙"]),
    "style makes a block": ('<span style="display:block">甲</span>乙', ["甲", "乙"]),
    "style makes inline": ('<div style="display:inline">甲</div><div style="display:inline">乙</div>', ["甲乙"]),
    "inline-block stays what it is": ('<p>甲<span style="display:inline-block">乙</span>丙</p>', ["甲乙丙"]),
    "ruby": ("<p><ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>字</p>", ["漢字"]),
    "description list, details, figure": (
        "<dl><dt>时间</dt><dd>明年</dd></dl><details><summary>附件</summary>甲</details>"
        "<figure><img alt=x><figcaption>图</figcaption></figure>",
        ["时间", "明年", "附件", "甲", "图"],
    ),
    "headings": ("<h1>总题</h1><h3>一、<small>分题</small></h3>", ["总题", "一、分题"]),
    "no html at all": ("只有文字", ["只有文字"]),
    "unclosed": ("<div><p>甲<p>乙<table><tr><td>丙<td>丁<tr><td>戊<ul><li>己", ["甲", "乙", "丙\t丁", "戊", "• 己"]),
    "empty": ("<html><body> <p>&nbsp;</p></body></html>", []),
    "nothing": ("", []),
    "null bytes": ("<p>甲\0乙</p>", ["甲乙"]),
    "data URI": ('<p>甲<img src="data:image/png;base64,' + "A" * 100_000 + '">乙</p>', ["甲乙"]),
    "XHTML": (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>甲<br/>乙</p><div/></body></html>',
        ["甲", "乙"],
    ),
    "no entity of one's own": ('<!DOCTYPE html [<!ENTITY a "乙">]><p>甲&a;</p>', ["甲&a;"]),
    "Unicode's line ends": ("<p>甲\u2028乙</p>", ["甲", "乙"]),
    "a lone surrogate": ("<p>甲\ud800</p>", ["甲\ufffd"]),
}


@pytest.mark.parametrize(("source", "expected"), LAYOUT.values(), ids=LAYOUT.keys())
def test_layout(source: str, expected: list[str]) -> None:
    if source.startswith("<!DOCTYPE html ["):
        assert "&a;" in read(source).text  # the rest of the internal subset is text to a browser
        return
    assert lines(source) == expected


HIDDEN = {
    "script in a list": "<p>一、甲<script>document.write('<p>广告。')</script>方</p>",
    "style, comments": "<style>p{}</style><p>一、甲<!-- 广告 -->方</p>",
    "noscript, template": "<p>一、甲方</p><noscript><p>广告</p></noscript><template>广告</template>",
    "hidden": "<p>一、甲<span hidden>广告</span><i aria-hidden=true>广告</i>方</p><div hidden>广告</div>",
    "hidden by style": '<p>一、甲<font style="Display : none">广告</font><b style="visibility:hidden">告</b>方</p>',
    "hidden block": '<p>一、甲方<p style="display:none">广告',
    "form controls": "<p>一、甲<select><option>广告</select><button>广告</button><input value=广告><textarea>广告</textarea>方</p>",
    "frames' fallback and drawings": "<p>一、甲<iframe>广告</iframe><svg><title>广告</title></svg>方</p><video>广告</video>",
    "template engines": '<%@ page a="b" %><% if (a > b) { %><p>一、甲<?php echo $a->b ?>{{ item.ad }}{% ad %}方</p><% } %>-->',
    "closed dialog": "<dialog><p>广告</p></dialog><p>一、甲方</p>",
}


@pytest.mark.parametrize("source", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_is_not_shown_is_gone(source: str) -> None:
    assert lines(source) == ["一、甲方"]


def test_a_tab_that_a_click_shows_is_kept() -> None:
    source = f"<div>协定概要</div><div style='display: none'><p>第一条 {LONG}</p><p>第二条 {LONG}</p><p hidden>广告</p></div>"
    assert lines(source) == ["协定概要", f"第一条 {LONG}", f"第二条 {LONG}"]
    assert lines(f"<body style='display:none'><p>{LONG}</p>") == [LONG]


def test_a_hidden_copy_is_no_second_text() -> None:
    shown = f"<p>一、{LONG}</p><p>二、{LONG}</p>"
    copy = f"<div style='display:none'><nav>目录</nav>{shown}</div>"
    after = "<nav><a href=x>首页</a></nav>"
    for source in (copy + shown + after, shown + copy + after, copy + shown + copy + after):
        assert lines(source) == [f"一、{LONG}", f"二、{LONG}", "首页"]
        assert chrome(source) == [("navigation", "首页")]


def test_no_template_is_no_template() -> None:
    assert without_templates("甲<%乙") == "甲<%乙"
    assert lines("<p>比重&lt;%50，{甲}</p>") == ["比重<%50，{甲}"]


RAW = {
    "all lines end in a stop or are headings": (
        f"各有关单位：\n现将办法印发。\n<b>一、自查</b>\n{LONG}\n二、抽查\n{LONG}<br/>特此通知。",
        ["各有关单位：", "现将办法印发。", "一、自查", LONG, "二、抽查", LONG, "特此通知。"],
    ),
    "ideographic indentation": ("甲方\n　　乙方表示欢迎\n　　丙方", ["甲方", "乙方表示欢迎", "丙方"]),
    "a label after a stop": (f"{LONG[:20]}\n{LONG[20:]}\n二、继续合作", [LONG, "二、继续合作"]),
    "a blank line after a stop": (f"{LONG}\n  \n{LONG[:20]}\n{LONG[20:]}", [LONG, LONG]),
    "a blank line in a sentence": (f"{LONG[:20]}\n\n{LONG[20:]}", [LONG]),
    "folded at a width": (f"{LONG[:20]}\n{LONG[20:40]}\n{LONG[40:]}", [LONG]),
    "a fold that happens to follow a stop": ("双方举行会谈。\n会谈是友好的。", ["双方举行会谈。会谈是友好的。"]),
}


@pytest.mark.parametrize(("source", "expected"), RAW.values(), ids=RAW.keys())
def test_bare_line_ends(source: str, expected: list[str]) -> None:
    assert lines(f"<div>\n\t{source}\n</div>") == expected
    assert lines(f"<div>\n\t{source}\n</div>".replace("\n", "\r\n")) == expected


LISTS = {
    "ol": ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
    "start, value": ("<ol start=20><li>甲<li value=25>乙<li>丙</ol>", ["20. 甲", "25. 乙", "26. 丙"]),
    "reversed": ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
    "types": ("<ol type=a><li>甲</ol><ol type=I start=4><li>乙</ol><ol type=A start=28><li>丙</ol>", ["a. 甲", "IV. 乙", "AB. 丙"]),
    "Chinese numerals": ('<ol style="list-style-type: cjk-ideographic" start=9><li>甲<li>乙<li>丙</ol>', ["九、甲", "十、乙", "十一、丙"]),
    "no marks": ('<ol style="list-style:none"><li>甲</ol><ul style="list-style-type:none"><li>乙</ul>', ["甲", "乙"]),
    "their own numbers": (
        "<ol><li>一、甲<li>（二）乙<li>3. 丙<li>④丁<li>第五条 戊<li>（6）己<li>七是庚</ol>",
        ["一、甲", "（二）乙", "3. 丙", "④丁", "第五条 戊", "（6）己", "七是庚"],
    ),
    "a number that is no label": (
        "<ol><li>2015年甲<li>1.5亿元<li>三国代表<li>45 名代表</ol>",
        ["1. 2015年甲", "2. 1.5亿元", "3. 三国代表", "4. 45 名代表"],
    ),
    "nested": (
        "<ol><li>甲<ol type=a><li>乙<li>丙<ul><li>丁</ul></ol><li>戊</ol>",
        ["1. 甲", "a. 乙", "b. 丙", "• 丁", "2. 戊"],
    ),
    "a number before a list": ("<ol><li><ol type=a><li>甲<li>乙</ol><li>丙</ol>", ["1. a. 甲", "b. 乙", "2. 丙"]),
    "paragraphs in an item": ("<ol><li><p>甲</p><p>乙</p></li><li><p>丙</p></ol>", ["1. 甲", "乙", "2. 丙"]),
    "ul": ("<ul><li>甲<li><a href=x>乙</a><li>—丙<li><a href=x>丁</a>（明年）</ul>", ["• 甲", "乙", "—丙", "• 丁（明年）"]),
    "empty items": ("<ol><li></li><li> </li><li>甲</ol><ul><li><img></ul><p>乙", ["3. 甲", "乙"]),
    "an item outside a list": ("<li>甲", ["• 甲"]),
}


@pytest.mark.parametrize(("source", "expected"), LISTS.values(), ids=LISTS.keys())
def test_lists(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


TABLES = {
    "data": (
        "<table><tr><th>序号<th>事项<th>单位</tr><tr><td>1<td><p>甲</p><td>商务部<tr><td>2<td><td>海关</table>",
        ["序号\t事项\t单位", "1\t甲\t商务部", "2\t\t海关"],
    ),
    "layout": (f"<table><tr><td><div>栏目</div><td><p>一、甲</p><p>{LONG}</p></table>", ["栏目", "一、甲", LONG]),
    "nested": ("<table><tr><td><table><tr><td>名称<td>甲<tr><td>日期<td>明年</table></td></tr></table>", ["名称\t甲", "日期\t明年"]),
    "a number before a long cell": ("<table><tr><td>3<td><p>甲</p><p>乙</p><td>丙</table>", ["3\t甲", "乙", "丙"]),
    "items beside a heading": (
        "<table><tr><td rowspan=2>政治类<td>1. 设立联合委员会<td>外交部<tr><td>2. 互派新闻专家</table>",
        ["政治类", "1. 设立联合委员会\t外交部", "2. 互派新闻专家"],
    ),
    "two items in a row": ("<table><tr><td>一、设立联合委员会<td>二、互派新闻专家</table>", ["一、设立联合委员会", "二、互派新闻专家"]),
    "a number beside a number": ("<table><tr><td>1<td>（一）设立联合委员会<td>3.2</table>", ["1\t（一）设立联合委员会\t3.2"]),
    "a list in rows": ("<table><tr><td>一、甲；<tr><td>二、乙。</table>", ["一、甲；", "二、乙。"]),
    "cells outside a table": ("<td>甲</td>乙", ["甲乙"]),
    "caption": ("<table><caption>附表</caption><tbody><tr><td>甲<td>乙</table>", ["附表", "甲\t乙"]),
}


@pytest.mark.parametrize(("source", "expected"), TABLES.values(), ids=TABLES.keys())
def test_tables(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


def test_word(datadir: Path) -> None:
    assert lines((datadir / "word.html").read_text(encoding="utf-8")) == ["1.\u00a0\u00a0 设立联合2个委员会", "•\u00a0互派人员"]


def test_a_portal_page(datadir: Path) -> None:
    source = (datadir / "portal.html").read_text(encoding="utf-8")
    assert lines(source) == [
        "某部网站", "English", "首页", "新闻", "当前位置：首页 > 新闻 > 正文", "索引号：\t0001", "发布机构：\t某部",
        "甲国乙国对话成果清单",
        "2031-05-06 来源：某部", "分享到：微信", LONG, f"一、{LONG}", f"二、{LONG}附件。", "相关新闻", "• 某地举行会议05-01",
        "上一篇：某通知",
        "版权所有：某部", "地址：某路1号",
    ]  # fmt: skip
    assert chrome(source) == [
        ("header", "某部网站\nEnglish"), ("navigation", "首页\n新闻"), ("navigation", "当前位置：首页 > 新闻 > 正文"),
        ("share", "分享到：微信"),
        ("related", "相关新闻\n• 某地举行会议05-01"), ("link", "上一篇：某通知"), ("footer", "版权所有：某部\n地址：某路1号"),
    ]  # fmt: skip


def test_a_portal_page_says_what_it_is(datadir: Path) -> None:
    page = read((datadir / "portal.html").read_bytes())
    assert page == Page(
        page.text, "text/html", "utf-8", (), page.chrome,
        ("甲国乙国对话成果清单", "某部网站", "甲国乙国对话成果清单_部委要闻", "甲国乙国对话成果清单_部委要闻_某部网站"),
        "2031-05-06 10:20", "https://www.example.org/a.html", "某部网站",
    )  # fmt: skip


NOT_CHROME = {
    "a class around the body": f'<div class="nav"><p>{LONG}</p><p>{LONG}</p></div><p>{LONG}</p>',
    "most of the text": f"<footer><p>{LONG}</p></footer><p>短</p>",
    "an article in an aside": f"<aside><article><p>{LONG}</p></article></aside><p>{LONG}</p>",
    "a page in a form": f"<form><h1>清单</h1><p>{LONG}</p></form>",
    "a header with the title": f"<header><h1>甲国乙国对话成果清单</h1></header><p>{LONG}</p>",
    "a heading in a part called header": f"<div class='header'><h2>甲国乙国对话成果清单</h2></div><p>{LONG}</p>",
    "a title in a part called header": f"<div class='header'><p>甲国乙国对话成果清单</p></div><p>{LONG}</p>",
    "a list of short items": "<div class='menu'><h2>成果清单</h2><p>一、互免签证</p><p>二、互设机构</p></div>",
    "a class that holds": "<p>正文甲乙丙丁戊己庚辛</p><div class='nav-content'><p>一、甲</p></div>",
    "a paragraph someone linked": f"<p><a href=x>{LONG}{LONG}</a></p>",
    "an anchor": "<p><a name=x>一、甲</a></p>",
}


@pytest.mark.parametrize("source", NOT_CHROME.values(), ids=NOT_CHROME.keys())
def test_the_body_is_no_chrome(source: str) -> None:
    assert chrome(f"<body><div>{source}</div></body>") == []


@pytest.mark.parametrize("row", read_rows("page_parts.csv"), ids=lambda row: row["word"])
def test_parts_of_a_page(row: dict[str, str]) -> None:
    found = chrome(f"<div class='x-{row['word']}'><a href=x>某某</a></div><p>{LONG}</p>")
    assert found == ([("link" if row["kind"] == "body" else row["kind"], "某某")])
    assert sum(other["word"] == row["word"] for other in read_rows("page_parts.csv")) == 1


@pytest.mark.parametrize(
    ("title", "cuts"),
    [
        ("甲乙联合声明全文_某国政府网", ["甲乙联合声明全文"]),
        ("甲乙联合声明全文 - 要闻 - 某部", ["甲乙联合声明全文 - 要闻", "甲乙联合声明全文"]),
        ("甲乙联合声明全文 | 某部", ["甲乙联合声明全文"]),
        ("甲乙联合声明全文-某网", ["甲乙联合声明全文"]),
        ("2031-2035年行动计划", []),
        ("要闻_某部", []),
    ],
)
def test_titles_are_cut_at_separators(title: str, cuts: list[str]) -> None:
    assert _cut(title) == [*cuts, title]


HEADS = {
    "og": ('<meta property="og:title" content="甲"><meta property="og:url" content="http://a/">', (("甲",), None, "http://a/", None)),
    "a lone h1": ("<title>某网</title><h1>甲<br>乙</h1>", (("甲乙", "某网"), None, None, None)),
    "two h1": ("<title>某网</title><h1>甲</h1><h1>乙</h1>", (("某网",), None, None, None)),
    "time": ('<base href="http://b/"><time datetime="2031-01-02">昨天</time>', ((), "2031-01-02", "http://b/", None)),
    "two times": ('<time datetime="2031-01-02">a</time><time datetime="2031-01-03">b</time>', ((), None, None, None)),
    "saved": ("<!-- saved from url=(0022)http://c/d.html --><p>甲", ((), None, "http://c/d.html", None)),
    "a drawing's title": ("<svg><title>图</title></svg>", ((), None, None, None)),
    "meta in the body": ('<p>甲<meta name="publishdate" content="2031年1月2日">', ((), "2031年1月2日", None, None)),
}


@pytest.mark.parametrize(("source", "expected"), HEADS.values(), ids=HEADS.keys())
def test_heads(source: str, expected: tuple[tuple[str, ...], str | None, str | None, str | None]) -> None:
    page = read(source)
    assert (page.titles, page.published, page.url, page.site) == expected


def test_frames_are_missed() -> None:
    page = read("<frameset><frame src=a><frame src=b></frameset>")
    assert (page.text, [(issue.code, issue.start) for issue in page.issues]) == ("", [("frames-not-read", None)])
    assert read(f"<p>{LONG}</p>" * 5 + "<iframe src=ad></iframe>").issues == ()


@pytest.mark.parametrize(
    ("start", "charset"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb2312"),
        (b"<META CHARSET = 'Big5'>", "Big5"),
        (b'<?xml version="1.0" encoding="GBK"?><html>', "GBK"),
        (b"<p>charset=gbk", None),
        (b" " * 5000 + b"<meta charset=gbk>", None),
    ],
    ids=["http-equiv", "charset", "xml", "text", "late"],
)
def test_declared_encodings(start: bytes, charset: str | None) -> None:
    assert declared(start) == charset


def test_bytes_in_gbk() -> None:
    source = f"<html><head><meta charset=gb2312><title>清单</title></head><body><p>{LONG}</p>" * 3
    page = read(source.encode("gbk"))
    assert (page.text.split("\n")[0], page.encoding, page.titles, page.issues) == (LONG, "gb18030", ("清单",), ())


def test_undecodable_bytes_have_their_place_in_the_text() -> None:
    data = f"<style>/*\udcff*/</style><p>{LONG}</p><p>甲\udcff乙</p>".encode("utf-8", "surrogateescape")
    page = read(data)
    assert len(page.issues) == 2
    assert [(issue.code, issue.start) for issue in page.issues][-1] == ("undecodable-bytes", None)
    assert issue_slice(page) == "\ufffd"


def issue_slice(page: Page) -> str:
    return page.text[page.issues[0].start : page.issues[0].end]


MANY = 20_000
WILD = {
    "deep": "<div>" * 100_000,
    "formatting never closed": "".join(f"<p><font size={i}>" for i in range(MANY)),
    "attributes": "<p " + " ".join(f"a{i}" for i in range(MANY)) + ">",
    "attributes that hold tags": "<p " + " ".join(f'a{i}=">"' for i in range(MANY)) + ">",
    "ends that do not fit": "<div><object></div></object>" * MANY,
    "drawings": "<svg>" * MANY,
    "lists": "<ol><li>" * MANY,
    "half templates": "<%" * MANY,
    "half remnants": "{{" * MANY,
    "ends of comments": "<p>丙" + "-->" * MANY + "丁",
    "rows": "<table>" + "<tr><td>1<td>2" * MANY + "</table>",
    "line ends": "\n" * 200_000,
}


@pytest.mark.parametrize("source", WILD.values(), ids=WILD.keys())
def test_wild_markup_takes_linear_time_and_loses_nothing(source: str) -> None:
    begin = time.process_time()
    page = read(f"<p>甲</p>{source}<p>乙方结束</p>")
    assert time.process_time() - begin < 5  # quadratic, the least of them takes half a minute
    assert "乙方结束" in page.text
    assert "甲" in page.text


def test_tamed_markup_is_the_same_text() -> None:
    body = "<script>'<div>'</script><!-- <div> --><p>一、<b>甲</b><p>二、<i x='>'>乙</i>"
    source = "<section><b>" * 2000 + body + "</b></section>" * 2000
    assert tamed(source) != source
    assert lines(source) == ["一、甲", "二、乙"]
    assert tamed(body) == body


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page(data: bytes) -> None:
    holds(read(data))


TAGS = ["div", "p", "b", "a href=x", "ol", "ul", "li", "table", "tr", "td", "h1", "pre", "nav", "footer", "script", "svg", "form",
        "div hidden", "div class=share", "select", "br", "article", "title", "frameset",
        "span style='display:none'", "template"]  # fmt: skip


@given(
    st.lists(
        st.one_of(
            st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
            st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
            st.sampled_from(["一、甲", "乙。", "\n", "　　", " ", LONG, "<!--", "-->", "&nbsp;", "<%", "%>", "1. ", "\0", "\ud800"]),
        ),
        max_size=40,
    ).map("".join)
)
def test_any_tag_soup_is_a_page(source: str) -> None:
    holds(read(source))
    holds(read(source * 60))


def holds(page: Page) -> None:
    end = -1
    for part in page.chrome:
        assert end < part.start < part.end
        assert page.text[part.start : part.end] == part.text
        assert part.start == 0 or page.text[part.start - 1] == "\n"
        assert part.end == len(page.text) or page.text[part.end] == "\n"
        end = part.end
    assert all(line and line == line.strip() for line in page.text.split("\n")) or not page.text
    assert "\0" not in page.text
    for issue in page.issues:
        assert issue.start is None or "\ufffd" in page.text[issue.start : issue.end]
