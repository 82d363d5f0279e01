"""WARC: the pages of a web archive, what is passed over in it, and records that are broken."""

from __future__ import annotations

import gc
import gzip
import sys
import zlib
from io import BytesIO

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from qingdan.model import QingdanError
from qingdan.reading import warc
from qingdan.reading.page import Page
from qingdan.reading.warc import pages

HTML = "<html><body><p>一、渔业合作</p></body></html>".encode()
TEXT = "一、渔业合作".encode()


def record(body: bytes, kind: str = "response", url: str = "https://example.org/a", more: str = "", length: int | None = None) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-06T00:00:00Z\r\n{more}"
    return f"{head}Content-Length: {len(body) if length is None else length}\r\n\r\n".encode() + body + b"\r\n\r\n"


def http(body: bytes, content_type: str = "text/html; charset=gb2312", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}\r\n".encode() + body


def response(
    body: bytes = HTML, content_type: str = "text/html; charset=gb2312", url: str = "https://example.org/a", more: str = ""
) -> bytes:
    return record(http(body, content_type, more=more), url=url, more="Content-Type: application/http; msgtype=response\r\n")


def read_page(data: bytes, name: str, charset: str | None) -> Page:
    """Stands for the readers: keeps what it was handed."""
    if b"unreadable" in data:
        raise QingdanError(f"{name}: cannot be read")
    return Page(data.decode("utf-8", "replace"), "text/html", charset)


def read(data: bytes) -> list[tuple[str, Page]]:
    return list(pages(data, read_page))


INFO = record(b"software: x\r\n", "warcinfo")
CHUNKED = b"5\r\n" + HTML[:5] + b"\r\n" + f"{len(HTML) - 5:x}\r\n".encode() + HTML[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True, "one piece"])
def test_pages(packed: bool | str) -> None:
    parts = [INFO, response(), response(TEXT, "text/plain", "https://example.org/b"), record(TEXT, "request", "https://example.org/c")]
    data = b"".join(map(gzip.compress, parts)) if packed is True else b"".join(parts)
    found = read(gzip.compress(data) if packed == "one piece" else data)
    assert [(name, page.url, page.encoding, page.text) for name, page in found] == [
        ("https://example.org/a", "https://example.org/a", "gb2312", HTML.decode()),
        ("https://example.org/b", "https://example.org/b", None, TEXT.decode()),
    ]
    assert [page.issues for _, page in found] == [(), ()]


def test_records_that_were_read_do_not_pile_up() -> None:
    gc.collect()
    gc.disable()
    try:
        assert read(response())
        assert not [found for found in gc.get_objects() if isinstance(found, ArchiveIterator)]
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (CHUNKED, "Transfer-Encoding: chunked\r\n"),
        (gzip.compress(HTML), "Content-Encoding: gzip\r\n"),
        (zlib.compress(HTML), "Content-Encoding: deflate\r\n"),
        (brotli.compress(HTML), "Content-Encoding: br\r\n"),
        (HTML, "Content-Encoding: gzip\r\n"),
        (HTML, "Content-Encoding: br\r\n"),
    ],
    ids=["chunked", "gzip", "deflate", "br", "said to be gzip", "said to be br"],
)
def test_content_encodings(body: bytes, more: str) -> None:
    assert read(response(body, more=more))[0][1].text == HTML.decode()


@pytest.mark.parametrize(
    "passed_over",
    [
        record(http(HTML, status="404 Not Found")),
        record(http(b"", status="302 Found", more="Location: /b\r\n")),
        record(http(HTML, status="206 Partial Content")),
        response(b"\x89PNG\r\n", "image/png"),
        response(b"a{}", "text/css"),
        response(b"x()", "application/javascript"),
        response(b"\x89PNG\r\n", "application/octet-stream"),
        response(b" \r\n"),
        response(b"User-agent: *", "text/plain", "https://example.org/robots.txt"),
        record(http(HTML), "revisit"),
        record(http(HTML), "request"),
        record(TEXT, "resource", "dns:example.org", "Content-Type: text/dns\r\n"),
        response(TEXT, "text/html", "https://example.org/kept"),
    ],
    ids=range(13),
)
def test_what_is_passed_over(passed_over: bytes) -> None:
    kept = response(TEXT, "text/html", "https://example.org/kept")
    found = read(INFO + kept + passed_over)
    assert [(name, page.issues) for name, page in found] == [("https://example.org/kept", ())]


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (record(TEXT, "resource", more="Content-Type: text/plain; charset=utf-8\r\n"), "utf-8"),
        (record(TEXT, "conversion", more="Content-Type: text/plain\r\n"), None),
        (response(TEXT, 'text/html;charset="GBK"'), "GBK"),
        (response(HTML, "application/octet-stream"), None),
        (response(b"%PDF-1.7\n1 0 obj", "application/pdf"), None),
    ],
    ids=range(5),
)
def test_what_is_taken(data: bytes, charset: str | None) -> None:
    assert [page.encoding for _, page in read(data)] == [charset]


GOOD = response(url="https://example.org/good")
BROKEN = {
    "cut off": (GOOD + response()[:-40], 1),
    "too long a length": (GOOD + record(http(HTML), length=90000) + response(TEXT, url="https://example.org/c"), 1),
    "too short a length": (GOOD + record(http(HTML), length=20) + response(TEXT, url="https://example.org/c"), 1),
    "no length": (GOOD + b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + response(TEXT, url="https://example.org/c"), 1),
    "no record first": (b"<p>\r\n" + GOOD, 1),
    "a page no reader takes": (GOOD + response(b"unreadable"), 1),
    "a broken member": (
        gzip.compress(GOOD) + gzip.compress(response())[:60] + gzip.compress(response(TEXT, url="https://example.org/c")),
        1,
    ),
    "a member cut off": (gzip.compress(GOOD) + gzip.compress(response())[:-20], 1),
    "nonsense after a member": (gzip.compress(GOOD) + b"\x1f\x8b\x08nonsense" + gzip.compress(response()), 1),
}


@pytest.mark.parametrize(("data", "many"), BROKEN.values(), ids=BROKEN)
def test_a_broken_record_gives_an_issue_and_the_rest_goes_on(data: bytes, many: int) -> None:
    found = read(data)
    assert found[0][0] == "https://example.org/good"
    assert [issue.code for _, page in found for issue in page.issues].count("record-not-read") >= many
    if b"example.org/c" in data:
        assert "https://example.org/c" in [name for name, _ in found]


def test_a_truncated_record_says_so() -> None:
    found = read(record(http(HTML), more="WARC-Truncated: length\r\n"))
    assert [issue.code for _, page in found for issue in page.issues] == ["truncated"]


@pytest.mark.parametrize(
    "data", [b"", INFO, b"\x1f\x8b\x08", gzip.compress(INFO), response(b"unreadable"), b"WARC/1.0\r\n" * 5000], ids=range(6)
)
def test_without_a_page(data: bytes) -> None:
    with pytest.raises(QingdanError, match="without a page of text") as caught:
        read(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("packed", [False, True])
def test_a_bomb(packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LARGEST_RECORD", 1 << 20)
    bomb = response(gzip.compress(b"x" * (4 << 20)), more="Content-Encoding: gzip\r\n") if not packed else response(b"x" * (4 << 20))
    found = read(gzip.compress(GOOD) + gzip.compress(bomb))
    assert [issue.code for _, page in found for issue in page.issues].count("record-not-read") >= 1
    assert len(found) == 1


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(QingdanError, match=r"pip install 'qingdan\[warc\]'"):
        read(GOOD)


PLAIN = (
    INFO
    + GOOD
    + response(gzip.compress(HTML), more="Content-Encoding: gzip\r\n")
    + response(CHUNKED, more="Transfer-Encoding: chunked\r\n")
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([PLAIN, gzip.compress(GOOD) + gzip.compress(response())]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=5),
)
def test_changed_bytes_raise_nothing_else(data: bytes, changes: list[tuple[float, bytes]]) -> None:
    for place, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + len(new) :]
    try:
        read(data)
    except QingdanError as error:
        assert "\n" not in str(error)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """warcio writes to standard error when a length is wrong."""
    for data, _ in BROKEN.values():
        read(data)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_another_program(packed: bool) -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "x"}))
    for number in range(3):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(f"https://example.org/{number}", "response", payload=BytesIO(HTML), http_headers=headers)
        )
    found = read(out.getvalue())
    assert [(name, page.text, page.issues) for name, page in found] == [(f"https://example.org/{n}", HTML.decode(), ()) for n in range(3)]
