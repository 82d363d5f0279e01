"""Encodings: invented texts come back from every encoding, whatever is declared, and every lost byte has its place."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qingdan.reading.commonness import bits
from qingdan.reading.encodings import BOMS, decode, is_binary

SIMPLIFIED = (
    "双方同意加强海关合作，于2027年6月底前建立联络机制。",
    "一、扩大农产品贸易\n（一）甲国农业部负责；\n（二）乙国商务部配合。\n",
    "第七轮对话成果清单",
    "<td>3.</td><td>渔业</td><td>12 000</td>",
    "举办《水文年鉴》展览、培训120名工程师",
)
TRADITIONAL = (
    "雙方同意加強海關合作，於2027年6月底前建立聯絡機制。",
    "第3條 締約雙方應指定聯絡點，並通知對方。\n",
    "<p>附件：漁業產品關稅減讓表</p>",
    "約翰‧陳，1～3年，人民幣￥100",
)
BOTH = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
LABELS = (None, "", "utf-8", "UTF-16", "gb2312", "GBK", "Big5", "big5-hkscs", "iso-8859-1", "no such thing", "\0", "é" * 5000)
LONG = "双方将就河流治理、粮食储备和气象观测保持沟通，并在下一轮会议上交换意见。\n" * 40


@pytest.mark.parametrize("declared", LABELS, ids=lambda label: ascii(label)[:15])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text in (*SIMPLIFIED, *TRADITIONAL) for encoding in BOTH]
    + [(text, encoding) for text in SIMPLIFIED for encoding in ("gbk", "gb2312")]
    + [(text, "cp950") for text in TRADITIONAL]
    + [(text, "big5hkscs") for text in TRADITIONAL[:3]],
)
def test_texts_come_back(text: str, encoding: str, declared: str | None) -> None:
    name = {"gbk": "gb18030", "gb2312": "gb18030", "cp950": "big5", "big5hkscs": "big5"}.get(encoding, encoding)
    assert decode(text.encode(encoding), declared) == (text, name, ())


@pytest.mark.parametrize(("bom", "encoding"), BOMS, ids=[encoding for _, encoding in BOMS])
@pytest.mark.parametrize("declared", [None, "gbk", "big5", "utf-8"])
def test_a_byte_order_mark_decides_and_is_dropped(bom: bytes, encoding: str, declared: str | None) -> None:
    for text in (*SIMPLIFIED, *TRADITIONAL, "", "a"):
        assert decode(bom + text.encode(encoding), declared) == (text, encoding, ())


@pytest.mark.parametrize("ends", [("\n", "\r\n"), ("\r", "\n"), ("\r\n", "\r", "\n"), ("\n\r",)])
@pytest.mark.parametrize("encoding", [*BOTH, "utf-8-sig"])
def test_line_ends_stay_as_read(ends: tuple[str, ...], encoding: str) -> None:
    text = "".join(f"第{number}条 双方加强合作{ends[number % len(ends)]}" for number in range(1, 9))
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("扫一".encode("gbk"), None, "扫一"),  # valid UTF-8: ɨһ
        ("扫一".encode("gbk"), "gb2312", "扫一"),
        ("ɨһ".encode(), "utf-8", "ɨһ"),
        ("café".encode(), None, "café"),
        ("Constitución de la República".encode(), "gb2312", "Constitución de la República"),
        (b"plain ASCII, 2027", "big5", "plain ASCII, 2027"),
        ("Plain".encode("utf-16-le"), None, "Plain"),
        ("Plain".encode("utf-16-be"), "utf-8", "Plain"),
        ("售價€120，運費另計".encode("big5hkscs", "replace").replace(b"?", b"\xa3\xe1"), None, "售價€120，運費另計"),
        ("香港深水埗㗎啲".encode("big5hkscs"), None, "香港深水埗㗎啲"),
        ("㐂𠮷镇人民政府".encode("gb18030"), None, "㐂𠮷镇人民政府"),
        (b"", "gbk", ""),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_texts_that_other_encodings_could_hold(data: bytes, declared: str | None, text: str) -> None:
    assert decode(data, declared)[::2] == (text, ())


def test_what_is_declared_tips_the_balance_only() -> None:
    assert [decode(b"\xb2\xc4", label).text for label in ("gbk", "big5")] == ["材", "第"]
    assert decode(SIMPLIFIED[0].encode("gbk"), "big5").encoding == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"])
def test_a_last_character_cut_short_is_lost_alone(encoding: str) -> None:
    text = TRADITIONAL[0] if encoding == "big5" else SIMPLIFIED[0]
    data = text.encode(encoding)[:-1]
    found = decode(data)
    assert (found.text, found.encoding) == (text[:-1] + "\ufffd", encoding)
    (issue,) = found.issues
    assert (issue.code, issue.severity, issue.start, issue.end) == ("undecodable-bytes", "warning", len(text) - 1, len(text))
    assert f"byte offset {len(text[:-1].encode(encoding))}:" in issue.message


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"])
def test_a_first_character_cut_short_is_lost_alone(encoding: str) -> None:
    text = TRADITIONAL[0] if encoding == "big5" else SIMPLIFIED[0]
    found = decode(text.encode(encoding)[1:])
    assert (found.text.lstrip("\ufffd"), found.encoding) == (text[1:], encoding)
    (issue,) = found.issues
    assert issue.start == 0
    assert "byte offset 0:" in issue.message


@pytest.mark.parametrize(
    ("encoding", "name", "broken", "size"),
    [
        ("utf-8", "utf-8", b"\xff", 1),
        ("utf-8", "utf-8", b"\xe4\xb8", 2),
        ("utf-8-sig", "utf-8", b"\xff\xfe", 2),
        ("gbk", "gb18030", b"\xff", 1),
        ("gbk", "gb18030", b"\xff\xff\xff", 3),
        ("cp950", "big5", b"\xff", 1),
    ],
    ids=ascii,
)
def test_broken_bytes_in_a_long_page_are_lost_alone(encoding: str, name: str, broken: bytes, size: int) -> None:
    text = LONG if name != "big5" else "雙方將於下一輪會議上交換意見，並保持聯繫。\n" * 40
    places = [len(text) // 3, len(text) // 2]
    parts = text[: places[0]], text[places[0] : places[1]], text[places[1] :]
    data = codecs.BOM_UTF8 * (encoding == "utf-8-sig") + broken.join(part.encode(encoding.removesuffix("-sig")) for part in parts)
    found = decode(data)
    assert found.encoding == name
    assert found.text.replace("\ufffd", "") == text
    assert len(found.issues) == 2
    for issue, place in zip(found.issues, (len(text[: places[0]].encode(encoding)), None), strict=True):
        assert set(found.text[issue.start : issue.end]) == {"\ufffd"}
        assert issue.message.startswith(f"{size} byte")
        assert place is None or f"byte offset {place}:" in issue.message


def test_a_lost_byte_does_not_shift_what_follows() -> None:
    data = LONG.encode("gb18030")
    at = len("双方将就".encode("gb18030"))
    found = decode(data[:at] + data[at + 1 :])
    assert found.text == LONG.replace("河", "\ufffd", 1)
    assert [(issue.start, issue.end) for issue in found.issues] == [(4, 5)]


def test_a_replacement_character_that_was_read_is_no_loss() -> None:
    assert decode("合作\ufffd交流".encode()).issues == ()
    found = decode(("合作\ufffd交流" * 20).encode() + b"\xff")
    assert [(issue.start, issue.end) for issue in found.issues] == [(100, 101)]


def test_markup_before_the_text_does_not_hide_it() -> None:
    head = "<style>.a1{margin:0}</style>\n" * 4000
    for text, encoding in ((SIMPLIFIED[0], "gb18030"), (TRADITIONAL[0], "big5"), (SIMPLIFIED[0], "utf-8"), (SIMPLIFIED[0], "utf-16-le")):
        assert decode((head + text).encode(encoding))[:2] == (head + text, encoding)


@pytest.mark.parametrize("size", [400, 4000, 40000])
def test_bytes_of_no_text_are_binary(size: int) -> None:
    chance = random.Random(size)
    for _ in range(20):
        assert is_binary(decode(chance.randbytes(size)).text)


def test_texts_are_not_binary() -> None:
    for text in (*SIMPLIFIED, *TRADITIONAL, LONG, "a\tb\f\v\x1a", "一、甲方同\0意。", "日本語のテキスト", "Español"):
        assert not is_binary(text)


def test_common_characters_cost_less() -> None:
    assert bits("合作") < bits("磔嚭") < bits("\ue000\ue001")
    assert bits("，。") < bits("磔嚭")


@given(st.binary(max_size=200), st.one_of(st.none(), st.sampled_from(LABELS), st.text(max_size=20)))
@example(b"\xff\xfe\x00\xd8", None)
@example(b"\x81\x30\x81", "gbk")
def test_any_bytes_are_read(data: bytes, declared: str | None) -> None:
    text, encoding, issues = decode(data, declared)
    text.encode()  # no surrogate is left of how losses are kept
    assert encoding
    assert all(set(text[issue.start : issue.end]) == {"\ufffd"} for issue in issues)
    assert list(issues) == sorted(issues, key=lambda issue: issue.start or 0)


@given(st.lists(st.sampled_from([*SIMPLIFIED, "，", "\r\n", " 2027-06-30 ", "<br>", "A"]), min_size=1, max_size=12), st.sampled_from(BOTH))
def test_invented_texts_come_back(pieces: list[str], encoding: str) -> None:
    text = "".join((SIMPLIFIED[0], *pieces))
    assert decode(text.encode(encoding)).text == text


@given(st.text(max_size=100), st.sampled_from([encoding for _, encoding in BOMS]))
def test_any_text_comes_back_under_its_mark(text: str, encoding: str) -> None:
    marks = {name: bom for bom, name in BOMS}
    data = marks[encoding] + text.encode(encoding)
    if encoding == "utf-16-le" and data.startswith(codecs.BOM_UTF32_LE):
        return  # a NUL first: the mark of UTF-32
    assert decode(data) == (text, encoding, ())
