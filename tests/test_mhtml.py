"""MHTML: the main part in whatever encoding, depth and order, and where the page came from."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.reading.mhtml import read

BODY = "<html><head><title>甲乙对话成果</title></head><body><p>一、甲方设立联合委员会。</p><p>二、乙方派出专家。</p></body></html>"
TEXT = "一、甲方设立联合委员会。\n二、乙方派出专家。"
HEADER = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.org/list.html\r\nSubject: =?utf-8?B?"
    + base64.b64encode("甲乙对话成果_某部".encode())
    + b"?=\r\nMIME-Version: 1.0\r\n"
)


def part(data: bytes, transfer: str, headers: str = "Content-Type: text/html") -> bytes:
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(transfer, bytes)(data)
    return f"{headers}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode() + coded


def multipart(*parts: bytes, parameters: str = "", boundary: str = "=_b", header: bytes = HEADER) -> bytes:
    start = f'Content-Type: multipart/related;\r\n\ttype="text/html";{parameters}\r\n\tboundary="{boundary}"\r\n\r\n'.encode()
    return header + start + b"".join(f"\r\n--{boundary}\r\n".encode() + one for one in parts) + f"\r\n--{boundary}--\r\n".encode()


GBK = 'Content-Type: text/html;\r\n\tcharset="gb2312"'
STYLE = part(b"p{}", "8bit", "Content-Type: text/css")
FRAME = part(b"<p>ad</p>", "8bit", "Content-Type: text/html\r\nContent-ID: <frame@x>")
MAIN = part(BODY.encode(), "base64", "Content-Type: text/html\r\nContent-ID: <main@x>")
CASES = {
    "quoted-printable": multipart(part(BODY.encode(), "quoted-printable", "Content-Type: text/html; charset=utf-8"), STYLE),
    "base64": multipart(STYLE, part(BODY.encode(), "base64")),
    "8bit": multipart(part(BODY.encode(), "8bit")),
    "GBK by header": multipart(part(BODY.encode("gbk"), "quoted-printable", GBK)),
    "GBK by meta": multipart(part(BODY.replace("<head>", "<head><meta charset=gbk>").encode("gbk"), "base64")),
    "start": multipart(FRAME, MAIN, parameters='\r\n\tstart="<main@x>";'),
    "start that is not there": multipart(MAIN, FRAME, parameters='\r\n\tstart="<lost@x>";'),
    "nested": multipart(STYLE, multipart(MAIN, FRAME, boundary="inner", header=b"")),
    "not multipart": HEADER + part(BODY.encode(), "base64"),
    "blank lines and a mark before it": b"\xef\xbb\xbf\r\n\r\n" + multipart(MAIN),
    "no end": multipart(MAIN)[:-10],
}


@pytest.mark.parametrize("data", CASES.values(), ids=CASES.keys())
def test_main_part(data: bytes) -> None:
    page = read(data)
    assert (page.text, page.titles) == (TEXT, ("甲乙对话成果", "甲乙对话成果_某部"))
    assert (page.url, page.media_type) == ("https://www.example.org/list.html", "multipart/related")


def test_the_place_of_the_part() -> None:
    data = multipart(part(BODY.encode(), "8bit", "Content-Type: text/html\r\nContent-Location: http://a.b/c.html"), header=b"")
    assert read(data).url == "http://a.b/c.html"
    assert read(data.decode()).text == TEXT


@pytest.mark.parametrize(
    "data",
    [b"", b"text", multipart(STYLE), multipart(), b"Content-Type: multipart/related; boundary=b\r\n\r\n"],
    ids=["empty", "text", "style only", "no part", "header only"],
)
def test_no_main_part(data: bytes) -> None:
    page = read(data)
    assert (page.text, [issue.code for issue in page.issues]) == ("", ["no-main-part"])


def test_a_broken_part_is_an_issue() -> None:
    data = multipart(MAIN).replace(base64.encodebytes(BODY.encode())[:40], base64.encodebytes(BODY.encode())[:39], 1)
    assert [issue.code for issue in read(data).issues][-1:] == ["broken-part"]


def test_parts_nested_without_end_are_no_page() -> None:
    data = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(5000))
    assert [issue.code for issue in read(data).issues] == ["no-main-part"]


@given(st.binary(max_size=60), st.integers(0, 400))
def test_any_damage_is_a_page(junk: bytes, at: int) -> None:
    data = CASES["quoted-printable"]
    page = read(data[:at] + junk + data[at + len(junk) :])
    assert all(page.text[part.start : part.end] == part.text for part in page.chrome)
    read(junk)
