"""Kinds: what a file is, told from its content, and from its name only where the content does not tell."""

from __future__ import annotations

import codecs
import gzip
import zipfile
from io import BytesIO
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan.reading.kinds import REFUSED, kind, payload, refuse

LIST = "海滨对话成果清单\n一、渔业合作：双方同意于2032年底前设立工作组。\n二、港口合作：双方派出45名代表。\n"
PARAGRAPHS = "<p>一、渔业合作</p>\n<p>二、港口合作</p>\n"
MIME = "MIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n\n--x\nContent-Type: text/html\n\n<p>一</p>\n"


def zipped(*names: str, mimetype: str | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        if mimetype is not None:
            container.writestr("mimetype", mimetype)
        for name in names:
            container.writestr(name, "x")
    return out.getvalue()


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(500)


TEXTS = {
    "plain": LIST,
    "a text that mentions markup": LIST + "三、网页以 <p> 标记段落，以 <br> 换行，双方交换意见。\n",
    "a text that begins with a tag it mentions": "<p> 标签的用法由双方商定。\n" + LIST,
    "a text in book marks of its own": "<海滨声明>\n" + LIST,
    "a text with one comparison": LIST + "其中 a<b 且 b>c。\n",
    "comments before a plain list": "# 来源：某网站\n# 抓取：某日\n" + LIST,
    "one hash line": "# 清单\n" + LIST,
    "names blacked out": "**省**市与**公司签署协议。\n**公司与**公司签署协议。\n**县\n",
    "footnote asterisks": "一、渔业**\n二、港口**\n**以双方商定为准\n",
    "a text that names PDF": "附件 %PDF-1.4 格式说明\n" + LIST,
    "a text that names WARC": "WARC/1.0 是一种格式\n" + LIST,
    "headers of a memorandum": "To: 海滨市\nFrom: 外事办\n\n" + LIST,
    "rules of dashes": "海滨对话\n------\n" + LIST,
}
PAGES = {
    "doctype": "<!DOCTYPE html><html><body>" + PARAGRAPHS,
    "no doctype": "<html><head></head><body>" + PARAGRAPHS + "</body></html>",
    "a comment first": "<!-- saved from url=(0014)about:internet -->\n<html><body>" + PARAGRAPHS,
    "an XML declaration": '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>'
    + PARAGRAPHS
    + "</body></html>",
    "XML declaration and doctype": '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html></html>',
    "JSP directives": '<%@ page language="java" %>\n<%-- 列表 --%>\n<div>' + PARAGRAPHS + "</div>",
    "ASP without a page": '\ufeff<%@ Page Title="" %>\n\n<asp:Content ID="x" runat="server"><a name="y"></a>'
    + PARAGRAPHS
    + "</asp:Content>",
    "a response with its header": "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: x\r\n\r\n<html><body>"
    + PARAGRAPHS
    + "</body></html>",
    "a fragment": '<div class="TRS_Editor">' + PARAGRAPHS + "</div>",
    "paragraphs without ends": "<p>一、渔业合作\n<p>二、港口合作\n<p>三、海上搜救\n<P>四、其他\n",
    "a fragment that begins with text": "海滨对话成果清单<br>\n一、渔业合作<br>\n二、港口<br>\n三、搜救<br>\n四、救助<br>\n五、其他<br>\n",
    "blanks first": "\r\n\r\n  \t<HTML>\r\n<BODY>" + PARAGRAPHS + "</BODY></HTML>",
    "a table alone": '<table border="0"><tr><td>一</td><td>二</td></tr></table>',
    "Office's own markup": '<html xmlns:o="urn:x:office"><head><meta charset=gb2312></head><body><p class=MsoNormal>一',
}
MARKDOWN = {
    "headings": "# 海滨对话成果清单\n\n## 一、渔业\n\n双方同意。\n\n## 二、港口\n",
    "a heading and a link": "# 成果清单\n\n见[全文](https://example.org/a)。\n",
    "bold topics": "**一、渔业**\n\n双方同意。\n\n**二、港口**\n\n双方同意。\n\n**三、其他**：双方同意。\n",
    "a table": "# 清单\n\n| 序号 | 事项 |\n| --- | :---: |\n| 1 | 签署 |\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_plain_text(text: str, encoding: str) -> None:
    assert kind((codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b"") + text.encode(encoding), "page.txt") == "text"


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("name", ["", "page.txt", "page.html"])
def test_html(text: str, name: str) -> None:
    assert kind(text.encode(), name) == "html"
    assert kind(text.encode("gb18030", "replace"), name) == "html"


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown(text: str) -> None:
    assert kind(text.encode(), "page.txt") == kind(text.replace("\n", "\r\n").encode()) == "markdown"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "page.html", "empty"),
        (codecs.BOM_UTF8 + b" \r\n", "", "empty"),
        (LIST.encode(), "page.md", "markdown"),
        (b'<p align="center"><b>x</b></p>\n\n# ' + LIST.encode(), "page.md", "markdown"),
        (LIST.encode(), "page.html", "text"),
        ((LIST + "见<a href=x>附件").encode(), "page.html", "html"),
        ((LIST + "见<a href=x>附件").encode(), "page.txt", "text"),
        (codecs.BOM_UTF16_BE + PAGES["doctype"].encode("utf-16-be"), "", "html"),
        (PAGES["doctype"].encode("utf-16-le"), "", "html"),
        (LIST.encode("utf-16-le"), "", "text"),
        (LIST.encode("utf-16-be"), "", "text"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', "", "xml"),
        (b"<!DOCTYPE svg PUBLIC ''><svg></svg>", "", "xml"),
        (MIME.encode(), "", "mhtml"),
        (MIME.replace("\n", "\r\n").encode(), "page.txt", "mhtml"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\n" + MIME.replace("\n", "\r\n").encode(), "", "mhtml"),
        (b"Received: by x\r\nTo: y@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", "", "email"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "page.txt", "pdf"),
        (b"\r\n\r\n%PDF-1.4\n1 0 obj\n", "", "pdf"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n1 0 obj\n", "", "pdf"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "", "warc"),
        (gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"), "", "warc"),
        (gzip.compress(LIST.encode()), "", "gzip"),
        (zipped("[Content_Types].xml", "word/document.xml"), "page.zip", "docx"),
        (zipped("[Content_Types].xml", "word/document.xml")[:-30], "", "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "", "xlsx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "", "pptx"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "", "odt"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "", "ods"),
        (zipped("a.xhtml", mimetype="application/epub+zip"), "", "epub"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "", "ofd"),
        (zipped("word/a.txt", "b.txt"), "", "zip"),
        (zipped(), "", "zip"),
        (old_office("WordDocument"), "", "doc"),
        (old_office("Workbook"), "", "xls"),
        (old_office("PowerPoint Document"), "", "ppt"),
        (old_office("EncryptedPackage"), "page.docx", "locked"),
        (old_office("x"), "", "ole"),
        (PAGES["Office's own markup"].encode(), "page.doc", "html"),
        (b"{\\rtf1\\ansi x}", "page.doc", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "", "image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "", "image"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "", "archive"),
        (bytes(range(256)) * 8, "page.txt", "binary"),
        (b"\x7fELF\2\1\1" + bytes(40), "", "binary"),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_kinds(data: bytes, name: str, expected: str) -> None:
    assert kind(data, name) == expected


def test_a_kind_without_a_reader_is_refused_in_one_line() -> None:
    assert str(refuse("doc", "清单.doc")) == "清单.doc: is an old Word file (.doc); save it as .docx or PDF"
    assert [name for name in REFUSED if "\n" in str(refuse(name, "x"))] == []
    assert [refuse(name, "x") for name in ("text", "markdown", "html", "mhtml", "docx", "pdf", "warc")] == [None] * 7


def test_the_header_of_a_response_is_no_part_of_the_page() -> None:
    assert payload(b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n<p>") == b"<p>"
    assert payload(b"HTTP/1.1 is a protocol") == b"HTTP/1.1 is a protocol"


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "a.html", "a.md", "a.docx"]))
def test_no_bytes_raise(data: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"HTTP/1.1 200 OK\r\n", b"<?xml ", codecs.BOM_UTF16_LE):
        assert kind(start + data, name)


HOSTILE = ["<div ", "**a", "<!--", "<%", "|---", "`a", "\n```", "[a", "A: b\n ", "# a\n", "<p>", "<b a", "-", "| ", "a:\n", "\n**a**"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_does_not_grow_with_what_is_repeated(piece: str) -> None:
    data = (piece * 70000).encode()
    start = perf_counter()
    kind(data)
    assert perf_counter() - start < 1
