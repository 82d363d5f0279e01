"""What holds for every text: parsing never raises, spans quote the text, nothing overlaps, output is read back whole."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from invariants import check_commitments

import qingdan
from qingdan.model import Block, Document, Item, Section
from qingdan.reading.folding import fold
from qingdan.writing.csv_files import from_csv, guard, to_csv, unguard
from qingdan.writing.json_files import from_json, to_json
from qingdan.writing.tables import fields, rows

KINDS = ("dates", "agencies", "quantities")
FRAGMENTS = st.sampled_from(
    [
        *"0123456789年月日号、:：。，（）“”《》第一二三十百万亿点两余多几约近超前后底初末内起至到和与及\n",
        "2015年", "6月", "22日", "至", "以来", "之前", "下半年", "季度", "年底前", "未来一年", "今年", "去年", "上旬", "2015-06-29",
        "第五次", "首届", "10年", "45名", "约100多项", "8亿美元", "6.5%", "百分之三", "三分之一", "两个", "一个", "六国", "两国", "双方",
        "中国", "美国", "刚果（金）", "外交部", "国防部", "商务部", "海关总署", "国务院", "司", "局", "署", "委员会", "工作组", "联合国",
        "安理会", "二十国集团", "G20", "(JLG)", "JLG", "（以下简称“", "”）", "一、", "（一）", "1、", "2、", "3.", "①", "第一条 ", "合作:",
        "\n\n", "\r\n", " ", "　", "\u200b", "\ufeff", "A", "-", "/", "$", "%", "％", "🙂", "在北京举行的第七轮中美对话", "成果清单",
        "当前位置:", "地址:",
    ]
)  # fmt: skip
OFFICIAL = st.lists(FRAGMENTS, max_size=60).map("".join)
TEXTS = st.one_of(OFFICIAL, st.text())
REFERENCES = st.sampled_from([None, "2015-06-24", "2016-02-29", "0001-01-01", "9999-12-31"])


def parts(document: Document) -> list[Block | Section | Item]:
    blocks: list[Block | Section | Item] = [part for part in (document.title, document.preamble) if part]
    return [*blocks, *document.sections, *document.items]


def check_mentions(text: str, holder: Any, start: int, end: int) -> None:
    """Mentions quote the text, in order, apart from one another, and inside their part."""
    for kind in KINDS:
        mentions = getattr(holder, kind)
        for mention in mentions:
            assert start <= mention.start < mention.end <= end
            assert mention.text == text[mention.start : mention.end]
        assert all(one.end <= two.start for one, two in pairwise(mentions)), kind


def check_document(document: Document) -> None:
    text = document.text
    for part in parts(document):
        assert 0 <= part.start <= part.end <= len(text)
        check_mentions(text, part, part.start, part.end)
    for block in (document.title, document.preamble, *document.chrome):
        assert block is None or block.text == text[block.start : block.end]
    check_commitments(document)
    for section in document.sections:
        assert text[section.start : section.end].startswith(section.label)
        assert text[section.start : section.end].endswith(section.title or "")
    for item in document.items:
        assert item.body == text[item.body_start : item.body_end]
        assert item.start <= item.body_start <= item.body_end <= item.end
        assert text[item.start :].startswith(item.label)
        assert item.number == item.path[-1]
        if item.topic and "\n" not in item.topic:
            assert item.topic in text[item.start : item.end]
    nodes = sorted([*document.sections, *document.items], key=lambda node: node.start)
    assert all(one.end <= two.start for one, two in pairwise(nodes))
    ids = [node.id for node in nodes]
    assert len(set(ids)) == len(ids)
    assert {item.section for item in document.items} <= {None, *(section.id for section in document.sections)}
    assert {item.parent for item in document.items} <= {None, *(item.id for item in document.items)}
    for issue in document.issues:
        assert issue.start is None or 0 <= issue.start <= (issue.end or 0) <= len(text)


def test_sample(sample: Document) -> None:
    check_document(sample)


@given(TEXTS, REFERENCES)
def test_parse_holds_for_every_text(text: str, reference: str | None) -> None:
    document = qingdan.parse("\n" + text, reference_date=reference)
    assert document.text == "\n" + text
    check_document(document)


@given(TEXTS, REFERENCES)
def test_find_holds_for_every_text(text: str, reference: str | None) -> None:
    check_mentions(text, qingdan.find(text, reference_date=reference), 0, len(text))


@given(OFFICIAL)
def test_parsing_again_gives_the_same(text: str) -> None:
    assert qingdan.parse("\n" + text) == qingdan.parse("\n" + text)


@given(OFFICIAL)
def test_a_numeral_is_not_counted_in_two_kinds(text: str) -> None:
    found = qingdan.find(text)
    taken = {at for mention in (*found.dates, *found.agencies) for at in range(mention.start, mention.end)}
    assert [mention.text for mention in found.quantities if taken & set(range(mention.start, mention.end))] == []


@given(OFFICIAL)
def test_width_changes_no_value(text: str) -> None:
    """A text and the same in half-width give the same values."""
    wide, narrow = qingdan.find(text), qingdan.find(fold(text).text)
    assert [date.edtf for date in wide.dates] == [date.edtf for date in narrow.dates]
    assert [agency.canonical for agency in wide.agencies] == [agency.canonical for agency in narrow.agencies]
    assert [(q.value, q.low, q.high, q.unit) for q in wide.quantities] == [(q.value, q.low, q.high, q.unit) for q in narrow.quantities]


@given(TEXTS)
def test_json_gives_the_document_back(text: str) -> None:
    document = qingdan.parse("\n" + text, reference_date="2015-06-24")
    data = to_json(document)
    assert from_json(data, "test") == document
    assert from_json(to_json(document, indent=2), "test") == document
    assert json.loads(data)["text"] == document.text


@given(st.text(alphabet=st.characters(categories=("Cs", "Lo", "Nd"))))
def test_lone_surrogates_break_nothing(text: str) -> None:
    document = qingdan.parse("\n1、" + text)
    check_document(document)
    assert "\ud800" not in json.loads(to_json(document))["text"]


STARTS = st.sampled_from(["'", "''", "=", "+", "-", "@", "\t", "\r", "＝", "", " "])
CELLS = st.one_of(st.text(), st.builds(str.__add__, STARTS, st.text()))


@given(CELLS)
def test_guarding_a_cell_loses_nothing_and_disarms_it(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert guard(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}


@given(st.lists(st.tuples(CELLS, CELLS, st.none() | st.integers(0, 10**6)), max_size=5), st.booleans())
def test_a_csv_file_gives_its_rows_back(cells: list[tuple[str, str, int | None]], bom: bool) -> None:
    columns = tuple(field for field in fields()["items"] if field.name in ("id", "body", "start"))
    records = [{"id": one, "body": two, "start": three} for one, two, three in cells]
    data = to_csv(columns, records, bom)
    read = from_csv(data.decode("utf-8-sig"), columns)
    assert read == [{"id": one or None, "body": two or None, "start": three} for one, two, three in cells]
    assert len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))) == len(records) + 1


@given(OFFICIAL)
def test_tables_have_the_columns_they_say(text: str) -> None:
    document = qingdan.parse("\n" + text)
    for name, columns in fields().items():
        for row in rows(name, [document]):
            assert list(row) and set(row) == {column.name for column in columns}
