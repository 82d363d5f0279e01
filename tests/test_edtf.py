"""EDTF: an independent parser (the `edtf` library) accepts every expression made, and agrees on its first and last day."""

from __future__ import annotations

import pytest
import regex
from conftest import REFERENCE
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

import qingdan
from qingdan.finding.date_rules import RULES
from qingdan.model import Date, Document

# ISO 8601-2 has these, edtf 5.0 does not read them: a season with ~; quarters and halves in an interval or with ~;
# a decade or century with an open end, or with ~ in an interval.
_UNREAD = regex.compile(r"-(?:2[1-4]|3[3-6]|4[01])~|/.*-(?:3[3-6]|4[01])|-(?:3[3-6]|4[01])/|^\.\./\d+X|X/\.\.$|X~/")
# edtf ends winter with the year; China's weather service, which calendar.py follows, with the next February.
_WINTER = regex.compile(r"-24(?!-)")


def days(edtf: str) -> tuple[str | None, str | None]:
    """First and last day as the library has them; None where it gives infinity."""
    read = parse_edtf(edtf)
    both = (read.lower_strict(), read.upper_strict())
    return tuple(None if isinstance(day, float) else "{:04}-{:02}-{:02}".format(*day[:3]) for day in both)  # type: ignore[return-value]


def check(date: Date) -> None:
    assert date.edtf is not None
    if _UNREAD.search(date.edtf):
        return
    first, last = days(date.edtf)
    assert date.earliest == first, date
    assert date.latest == last or _WINTER.search(date.edtf), date


def valued(text: str) -> list[Date]:
    return [date for date in qingdan.find(text, ["dates"], REFERENCE).dates if date.edtf]


def test_sample(sample: Document) -> None:
    blocks = [part for part in (sample.title, sample.preamble) if part]
    dates = [date for part in (*blocks, *sample.sections, *sample.items) for date in part.dates]
    assert len(dates) > 50
    for date in dates:
        check(date)


@pytest.mark.parametrize("text", [example.text for rule in RULES for example in rule.examples])
def test_examples(text: str) -> None:
    dates = valued(text)
    assert dates
    for date in dates:
        check(date)


def table_texts(request: pytest.FixtureRequest) -> list[str]:
    files = sorted((request.path.parent / "test_dates").glob("*.tsv"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [line.split("\t")[0] for line in lines if line and line[0] not in "#\t"]


def test_tables(request: pytest.FixtureRequest) -> None:
    dates = [date for text in table_texts(request) for date in valued(text)]
    assert len(dates) > 100
    for date in dates:
        check(date)


def test_most_expressions_of_the_tables_are_read_by_the_library(request: pytest.FixtureRequest) -> None:
    edtfs = [date.edtf or "" for text in table_texts(request) for date in valued(text)]
    assert sum(_UNREAD.search(edtf) is not None for edtf in edtfs) * 20 < len(edtfs)


POINT = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["2015年", "2016年", "去年", "今年", "明年", "", "二〇一四年", "1949年"]),
    st.sampled_from(["", "2月", "6月", "12月", "上半年", "第三季度", "秋季", "年底", "十一月"]),
    st.sampled_from(["", "1日", "29日", "31日", "上旬", "下旬", "底", "初", "中旬"]),
    st.sampled_from(["", "", "至3月", "至2017年", "至30日", "—8月"]),
    st.sampled_from(["", "前", "之前", "以来", "起", "间", "内", "左右", "之后"]),
)


@given(POINT)
def test_composed_dates(text: str) -> None:
    for date in valued(f"双方于{text},举行会议"):
        check(date)
        assert date.earliest is None or date.latest is None or date.earliest <= date.latest
