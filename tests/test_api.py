"""The public surface: parse, find, Document.table, and the errors they raise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import qingdan
from qingdan import QingdanError

PAGE = "中国和美国对话成果清单\n1、高层交往:双方于今年9月举行会议。\n2、两军关系:约45名代表参加,费用3.5万美元。\n"


def test_every_public_name_is_there_and_listed() -> None:
    assert set(qingdan.__all__) <= set(dir(qingdan))
    assert all(getattr(qingdan, name).__doc__ for name in qingdan.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        qingdan.nothing  # noqa: B018


def test_parse_takes_a_path_a_string_naming_a_file_or_a_text(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(PAGE, encoding="utf-8")
    by_path, by_name, by_text = qingdan.parse(file), qingdan.parse(str(file)), qingdan.parse(PAGE)
    assert by_path == by_name
    assert (by_path.id, by_text.id, qingdan.parse(PAGE, id="own").id) == ("list", "text", "own")
    assert by_path.text == by_text.text
    assert by_text.document.source.path is None
    assert [item.body for item in by_path.items] == [item.body for item in by_text.items]


@pytest.mark.parametrize("text", ["", "no/such/file.txt", "甲" * 5000, "a\0b", "~", "."])
def test_a_string_that_names_no_file_is_the_text(text: str) -> None:
    assert qingdan.parse(text).text == text


def test_a_given_id_is_in_every_id() -> None:
    document = qingdan.parse(PAGE, id="a/b #1")
    assert [item.id for item in document.items] == ["a/b #1#1", "a/b #1#2"]


@pytest.mark.parametrize("day", ["2020-03-01", date(2020, 3, 1)])
def test_the_reference_date_given_goes_before_the_documents_own(day: str | date) -> None:
    text = "2015年6月22日至24日在北京举行的会议。\n" + PAGE
    assert [d.edtf for d in qingdan.parse(text, reference_date=day).items[0].dates] == ["2020-09"]
    assert [d.edtf for d in qingdan.find("今年9月", reference_date=day).dates] == ["2020-09"]
    assert qingdan.parse(text, reference_date=day).document.reference_date == "2020-03-01"


@pytest.mark.parametrize("day", ["2015-02-30", "heute", "2015", "24.6.2015", ""])
def test_a_wrong_reference_date(day: str) -> None:
    for call in (lambda: qingdan.parse(PAGE, reference_date=day), lambda: qingdan.find(PAGE, reference_date=day)):
        with pytest.raises(QingdanError, match="ISO 8601") as caught:
            call()
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["dates", "agencies", "quantities"])
def test_find_gives_only_the_kinds_asked_for(kind: str) -> None:
    text = "中国国防部于2015年6月派45名代表"
    everything, some = qingdan.find(text), qingdan.find(text, [kind])  # type: ignore[list-item]
    assert all(getattr(everything, name) for name in ("dates", "agencies", "quantities"))
    assert getattr(some, kind) == getattr(everything, kind)
    assert sum(len(getattr(some, name)) for name in ("dates", "agencies", "quantities")) == 1


def test_a_wrong_kind_or_table() -> None:
    with pytest.raises(QingdanError, match=r"people.*dates, agencies, quantities"):
        qingdan.find("甲", ["people"])  # type: ignore[list-item]
    with pytest.raises(QingdanError, match=r"people.*items"):
        qingdan.parse(PAGE).table("people")


def test_find_in_nothing() -> None:
    assert qingdan.find("") == qingdan.Mentions()


def test_documents_are_frozen(sample: qingdan.Document) -> None:
    with pytest.raises(AttributeError):
        sample.text = ""  # type: ignore[misc]


def test_tables_are_typed(sample: qingdan.Document) -> None:
    types = {
        "documents": {"id": "string", "round": "Int64", "year": "Int64"},
        "sections": {"path": "string", "start": "Int64"},
        "items": {"number": "Int64", "body": "string", "body_end": "Int64"},
        "dates": {"edtf": "string", "earliest": "string", "start": "Int64"},
        "agencies": {"canonical": "string", "end": "Int64"},
        "quantities": {"value": "Float64", "low": "Float64", "high": "Float64", "of": "string"},
        "commitments": {"number": "Int64", "end": "Int64", "class": "string", "actors": "string", "deadline_latest": "string"},
        "issues": {"start": "Int64", "severity": "string"},
    }
    for name, expected in types.items():
        table = sample.table(name)
        assert isinstance(table, pd.DataFrame)
        assert {column: str(table[column].dtype) for column in expected} == expected, name


def test_tables_hold_a_row_a_record(sample: qingdan.Document) -> None:
    parts = [part for part in (sample.title, sample.preamble, *sample.sections, *sample.items) if part]
    lengths = {name: len(sample.table(name)) for name in ("documents", "sections", "items", "dates", "agencies", "quantities")}
    assert lengths == {
        "documents": 1, "sections": 2, "items": 38, "dates": sum(len(part.dates) for part in parts),
        "agencies": sum(len(part.agencies) for part in parts), "quantities": sum(len(part.quantities) for part in parts),
    }  # fmt: skip
    items = sample.table("items")
    assert set(sample.table("dates")["node"].dropna()) <= {*items["id"], *sample.table("sections")["id"]}
    assert [sample.text[a:b] for a, b in zip(items["body_start"], items["body_end"], strict=True)] == list(items["body"])


def test_empty_cells_are_missing_values() -> None:
    (row,) = qingdan.parse("1、甲。\n").table("items").itertuples()
    assert row.topic is pd.NA
    assert row.section is pd.NA


@pytest.mark.parametrize("zero", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\ufe0f"])
def test_zero_width_characters_inside_mentions_keep_offsets_right(zero: str) -> None:
    text = f"{zero}双方于20{zero}15年{zero}9月{zero}前派4{zero}5名代表访问中国{zero}海关总{zero}署{zero}。"
    found = qingdan.find(text)
    mentions = (*found.dates, *found.quantities, *found.agencies)
    assert [mention.text.replace(zero, "") for mention in mentions] == ["2015年9月前", "45名", "中国海关总署"]
    assert [text[mention.start : mention.end] for mention in mentions] == [mention.text for mention in mentions]
    assert (found.dates[0].edtf, found.agencies[0].canonical) == ("../2015-09", ("中国海关总署",))


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    text = "𠮷🙂双方于2015年9月举行会议"
    (when,) = qingdan.find(text, ["dates"]).dates
    assert (when.start, text[when.start : when.end]) == (5, "2015年9月")
