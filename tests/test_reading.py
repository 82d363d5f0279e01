"""Reading: bytes to text in the encodings Chinese pages come in, and clear errors for what is no text."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

import qingdan
from qingdan.reading.encodings import decode
from qingdan.reading.folders import listed

PAGE = "甲国对话成果清单\n1、高层交往:双方于2015年6月22日举行会议。\n2、两军关系:中国国防部派45名代表参加。\n"
LATE = "双方将继续就共同关心的问题保持密切沟通。" * 30


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PAGE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PAGE.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + PAGE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + PAGE.encode("utf-16-be"), "utf-16-be"),
        (PAGE.encode("gb18030"), "gb18030"),
        (PAGE.encode("gbk"), "gb18030"),
        (PAGE.encode("gb2312"), "gb18030"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    document = qingdan.parse(file)
    assert document.text == PAGE
    assert document.document.source == qingdan.Source("page.txt", hashlib.sha256(data).hexdigest(), "text/plain", encoding)
    assert [item.topic for item in document.items] == ["高层交往", "两军关系"]
    assert document == qingdan.parse(file)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_as_read(tmp_path: Path, end: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(PAGE.replace("\n", end).encode())
    document = qingdan.parse(file)
    assert document.text == PAGE.replace("\n", end)
    assert len(document.items) == 2


def test_bytes_that_are_no_text_become_replacement_characters_with_an_issue_each() -> None:
    page = (PAGE + LATE).encode()
    data = page[:-60] + b"\xff\xfe" + page[-60:-30] + b"\xff" + page[-30:]
    text, encoding, issues = decode(data)
    assert (encoding, text.count("\ufffd")) == ("utf-8", 3)
    assert {issue.code for issue in issues} == {"undecodable-bytes"}
    assert [text[issue.start : issue.end] for issue in issues] == ["\ufffd\ufffd", "\ufffd"]


def test_a_broken_byte_reaches_the_document_as_an_issue(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes((PAGE + LATE).encode() + b"\xe4\xb8")
    document = qingdan.parse(file)
    (issue,) = [issue for issue in document.issues if issue.code == "undecodable-bytes"]
    assert document.text[issue.start : issue.end] == "\ufffd"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (codecs.BOM_UTF16_LE, "is empty"),
        (codecs.BOM_UTF8 + b" \n", "is empty"),
        (b"\x00\x01\x02\x03abc", "binary"),
        (b"\xff" * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\n  <HTML lang=zh>", "holds no text"),
        (codecs.BOM_UTF8 + b"<html><p>", "holds no text"),
        (codecs.BOM_UTF16_LE + "<html><p>".encode("utf-16-le"), "holds no text"),
    ],
    ids=lambda value: ascii(value[:12]),
)
def test_what_is_no_plain_text(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    with pytest.raises(qingdan.QingdanError, match=words) as caught:
        qingdan.parse(file)
    assert "\n" not in str(caught.value)
    assert "page.txt" in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(qingdan.QingdanError, match=r"none\.txt: no such file"):
        qingdan.parse(tmp_path / "none.txt")
    with pytest.raises(qingdan.QingdanError, match="is a directory"):
        qingdan.parse(tmp_path)
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with pytest.raises(qingdan.QingdanError, match=r"loop\.txt"):
        qingdan.parse(tmp_path / "loop.txt")


def test_folders_are_read_in_order_and_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("b/list.txt", "a/list.txt", "other.txt", "a/notes.doc", "README.md", "c.txt/inside.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    sources = listed([tmp_path, tmp_path / "other.txt"])
    assert [(source.name, source.id) for source in sources] == [
        ("a/list.txt", "a.list"),
        ("b/list.txt", "b.list"),
        ("c.txt/inside.txt", "c.txt.inside"),
        ("other.txt", "other"),
    ]


def test_ids_of_files_are_unique_whatever_they_are_called(tmp_path: Path) -> None:
    for name in ("a/b.txt", "a.b.txt", "c/a/b.txt", "b.txt", "b-2.txt", "d/b.txt", "d.b.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    ids = [source.id for source in listed([tmp_path, *(tmp_path / name for name in ("a", "c", "d"))])]
    assert sorted(set(ids)) == sorted(ids)
