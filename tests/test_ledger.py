"""What is promised by when: the dates that bind a promise, the table of commitments in every format, ``ledger`` and ``deadlines``."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import frictionless
import jsonschema
import pandas as pd
import pytest
from click.testing import Result
from gold_commitments import annotated
from invariants import broken
from msgspec import structs
from python_calamine import CalamineWorkbook
from rich.console import Console
from typer.testing import CliRunner

import qingdan
from qingdan import Commitment, Document, Item, Span
from qingdan.cli import app
from qingdan.model import CommitmentClass
from qingdan.promises import CLASSES, PROMISES, When, due, firmness, when
from qingdan.writing import ledger_book
from qingdan.writing.codebook import codebook
from qingdan.writing.csv_files import from_csv
from qingdan.writing.deadlines import deadline_rows
from qingdan.writing.json_files import json_schema, to_json
from qingdan.writing.ledger import ledger_rows
from qingdan.writing.ledger_book import to_excel
from qingdan.writing.tables import promise_fields
from qingdan.writing.terminal import explanation

REFERENCE = "2024-06-20"
FORMS = ("csv", "json", "jsonl", "parquet", "sqlite", "duckdb", "xlsx")
COLUMNS = [field.name for field in promise_fields()["ledger"]]
Run = Callable[..., Result]


def promise(
    text: str, kind: CommitmentClass = "committed", conditions: tuple[str, ...] = (), reference: str | None = REFERENCE
) -> Commitment:
    """A text as one commitment; its deadline is the first date with that role, or with 年内."""
    found = qingdan.find(text, reference_date=reference)
    deadline = next((date for date in found.dates if date.role == "deadline" or "年内" in date.text), None)
    hangs_on = tuple(Span(part, text.index(part), text.index(part) + len(part)) for part in conditions)
    return Commitment(
        text, 0, len(text), actors=("中国",), act="将", class_=kind, polarity="positive", deadline=deadline, dates=found.dates,
        agencies=found.agencies, quantities=found.quantities, instrument=(), event=None, conditions=hangs_on, rule="test", status="stated",
    )  # fmt: skip


def holding(texts: list[str], name: str = "list", title: str = "甲乙对话成果清单", reference: str | None = REFERENCE) -> Document:
    """A document with an item a text, each one commitment."""
    document = qingdan.parse(
        title + "\n" + "".join(f"{n}、{text}。\n" for n, text in enumerate(texts, 1)), id=name, reference_date=reference
    )
    return structs.replace(document, items=tuple(map(_filled, document.items)))


def _filled(item: Item) -> Item:
    place = item.body_start
    inside = structs.replace(
        promise(item.body.removesuffix("。")), start=place, end=place + len(item.body.removesuffix("。")),
        dates=item.dates, agencies=item.agencies, quantities=item.quantities,
        deadline=next((date for date in item.dates if date.role == "deadline" or "年内" in date.text), None),
    )  # fmt: skip
    return structs.replace(item, commitments=(inside,))


@pytest.fixture(scope="module")
def gold(sample: Document) -> Document:
    return annotated(sample)


@pytest.fixture
def run() -> Run:
    return lambda *words, input=None: CliRunner().invoke(app, [str(word) for word in words], input=input, env={"COLUMNS": "160"})


@pytest.fixture
def data(gold: Document, tmp_path: Path) -> Path:
    """What ``convert`` would make of the annotated page."""
    qingdan.write([gold], tmp_path / "data", ["csv", "json"])
    return tmp_path / "data"


def bound(found: When | None) -> tuple[str, str | None, str | None] | None:
    return found and (found.bound, found.first, found.last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("双方将在2025年3月前完成评审", ("before", "2025-03-01", "2025-03-31")),
        ("双方将于2025年3月15日之前提交名单", ("before", "2025-03-15", "2025-03-15")),
        ("双方将于2025年底前签署协定", ("by", "2025-12-01", "2025-12-31")),
        ("双方将在年底前启动谈判", ("by", "2024-12-01", "2024-12-31")),
        ("到2030年，贸易额将达到200亿元", ("by", "2030-01-01", "2030-12-31")),
        ("到2030年底，双方将建成铁路", ("by", "2030-12-01", "2030-12-31")),
        ("到2030年左右，双方将建成铁路", ("about", "2030-01-01", "2030-12-31")),
        ("肯方将不迟于2025年5月1日提交报告", ("by", "2025-05-01", "2025-05-01")),
        ("双方将于年内互设文化中心", ("in", "2024-01-01", "2024-12-31")),
        ("双方将于2025年5月在内罗毕举办论坛", ("in", "2025-05-01", "2025-05-31")),
        ("双方将于2024年下半年组织考察", ("in", "2024-07-01", "2024-12-31")),
        ("展览将于2025年5月8日开幕", ("on", "2025-05-08", "2025-05-08")),
        ("2025年，中方将派专家赴肯方授课", ("in", "2025-01-01", "2025-12-31")),
        ("中方未来三年将提供300个名额", ("during", "2024-06-20", "2027-06-20")),
        ("双方将于2025年3月和9月分别举办培训班", ("in", "2025-09-01", "2025-09-30")),
        ("双方将于10月中旬签署协定", ("in", "2024-10-11", "2024-10-20")),
        ("研讨会将于2025年5月8日至10日举行", ("during", "2025-05-08", "2025-05-10")),
        ("双方同意自2025年1月1日起免签", ("from", "2025-01-01", "2025-01-01")),
        ("雙方力爭2026年底按計劃建成新館", ("about", "2026-12-01", "2026-12-31")),
        ("联合工作组今年将保持沟通", ("in", "2024-01-01", "2024-12-31")),
        ("双方将共同筹备好将于2025年秋在华举行的第三次会议", ("in", "2025-09-01", "2025-11-30")),
        ("项目将于2026年左右竣工", ("about", "2026-01-01", "2026-12-31")),
        ("2026年投入使用", ("in", "2026-01-01", "2026-12-31")),
        ("双方将于2025年评估上述安排", ("in", "2025-01-01", "2025-12-31")),
        ("中方决定在2025年组织100名青年访华", ("in", "2025-01-01", "2025-12-31")),
        ("中方将在未来三年内邀请200名学者", ("in", "2024-06-20", "2027-06-20")),
        ("双方2025年互派教师", ("in", "2025-01-01", "2025-12-31")),
        # A name, a quotation, what is over, a bound that is no date: no date of the act.
        ("双方将落实2030年可持续发展议程", None),
        ("中方支持肯方主办2027年运动会", None),
        ("双方将落实《2025年至2027年行动计划》", None),
        ("双方将落实“2025年路线图”", None),
        ("双方将在2026年世界园艺博览会筹备方面合作", None),
        ("双方将于2025年联委会前互换清单", None),
        ("双方将续签2025年的安排", None),
        ("双方将在2030年发展议程框架下合作", None),
        ("双方在2025年互认安排基础上加强合作", None),
        ("双方将于2025年互访期间商签协定", None),
        ("双方将落实安排，2024年9月在内罗毕签署的备忘录及其附件", None),
        ("双方将落实于2023年5月签署的备忘录", None),
        ("今年以来双方将保持沟通", None),
        ("双方将加强渔业合作", None),
    ],
)
def test_the_date_that_binds(text: str, expected: tuple[str, str, str] | None) -> None:
    assert bound(when(promise(text), REFERENCE)) == expected


@pytest.mark.parametrize("kind", CLASSES)
def test_only_promises_have_a_date_and_are_firm(kind: CommitmentClass) -> None:
    found = promise("双方于2025年底前签署协定", kind)
    assert (when(found, REFERENCE) is not None) == (firmness(found) is not None) == (kind in PROMISES)


def test_a_deadline_goes_before_a_date_further_ahead() -> None:
    found = when(promise("双方将于2025年3月举行会议，并在2025年9月前完成评审"), REFERENCE)
    assert found is not None
    assert (found.deadline, found.date.edtf) == (True, "../2025-09")


def test_a_deadline_without_a_value_is_unknown() -> None:
    found = when(promise("双方将在年底前启动谈判", reference=None), None)
    assert bound(found) == ("by", None, None)
    assert due(found, "2024-12-31") == "unknown"


@pytest.mark.parametrize(
    ("kind", "conditions", "expected"),
    [
        ("committed", (), "firm"),
        ("continued", (), "firm"),
        ("committed", ("视情",), "conditional"),
        ("intended", (), "hedged"),
        ("intended", ("视情",), "hedged"),
        ("welcomed", ("视情",), None),
    ],
)
def test_how_firm(kind: CommitmentClass, conditions: tuple[str, ...], expected: str | None) -> None:
    assert firmness(promise("双方将视情开展联合巡航", kind, conditions)) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("双方将在2025年3月前完成评审", "2025-02-28", "open"),
        ("双方将在2025年3月前完成评审", "2025-03-01", "due"),
        ("双方将在2025年3月前完成评审", "2025-03-31", "due"),
        ("双方将在2025年3月前完成评审", "2025-04-01", "overdue"),
        ("双方将于2025年3月15日前提交名单", "2025-03-14", "open"),
        ("双方将于2025年3月15日前提交名单", "2025-03-15", "due"),
        ("双方将于年内互设文化中心", "2024-07-01", "due"),
        ("中方未来三年将提供300个名额", "2027-06-21", "overdue"),
        ("双方将加强渔业合作", "2024-07-01", "no deadline"),
    ],
)
def test_what_is_due(text: str, day: str, expected: str) -> None:
    assert due(when(promise(text), REFERENCE), day) == expected


def test_the_gold_holds(gold: Document) -> None:
    assert broken(gold) == []


@pytest.mark.parametrize("change", ["text", "start", "dates", "twice", "deadline"])
def test_what_does_not_hold_is_told(gold: Document, change: str) -> None:
    item = next(item for item in gold.items if any(found.deadline for found in item.commitments))
    number = next(n for n, found in enumerate(item.commitments) if found.deadline)
    right = item.commitments[number]
    wrong = {
        "text": structs.replace(right, text=f"{right.text}。"),
        "start": structs.replace(right, start=item.start - 1),
        "dates": structs.replace(right, dates=()),
        "twice": item.commitments[number - 1],
        "deadline": structs.replace(right, deadline=structs.replace(right.deadline, edtf="2099") if right.deadline else None),
    }[change]
    commitments = (*item.commitments[:number], wrong, *item.commitments[number + 1 :])
    items = tuple(structs.replace(one, commitments=commitments) if one is item else one for one in gold.items)
    assert [name for name, _ in broken(structs.replace(gold, items=items))] == ["commitments"]


def test_the_table_says_what_the_model_holds(gold: Document) -> None:
    table = gold.table("commitments")
    assert len(table) == sum(len(item.commitments) for item in gold.items)
    assert table["id"].is_unique
    assert [gold.text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == list(table["text"])
    (row,) = table[table["id"] == "sed7-2015#1.3/4"].to_dict("records")
    expected = {
        "document": "sed7-2015", "item": "sed7-2015#1.3", "number": 4, "class": "intended", "actors": "中国|美国",
        "deadline": "../2015-09", "deadline_latest": "2015-09-30", "deadline_text": "2015年9月前",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row["deadline_earliest"] is None


@pytest.mark.parametrize("form", FORMS)
def test_every_format_gives_the_commitments_back(gold: Document, tmp_path: Path, form: str) -> None:
    other = holding(["=中方将于2025年1月前提供\u202e2亿元|3项", "双方将在《甲》《乙》基础上合作"], "another")
    qingdan.write([gold, other], tmp_path, [form])
    expected = pd.concat([document.table("commitments") for document in (other, gold)], ignore_index=True)
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, table="commitments"), expected)


def test_commitments_hang_on_their_items(gold: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    qingdan.write([gold], tmp_path, ["csv", "sqlite", "duckdb"])
    with closing(sqlite3.connect(tmp_path / "qingdan.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert {row[2] for row in database.execute("PRAGMA foreign_key_list(commitments)")} == {"documents", "items"}
        for column in ("item", "class", "deadline_latest"):
            plan = database.execute(f"EXPLAIN QUERY PLAN SELECT * FROM commitments WHERE {column} = 'x'").fetchall()
            assert f"commitments_{column}" in plan[0][3]
    monkeypatch.chdir(tmp_path)
    assert frictionless.validate("datapackage.json").valid
    table = next(r for r in json.loads((tmp_path / "datapackage.json").read_bytes())["resources"] if r["name"] == "commitments")
    assert table["schema"]["primaryKey"] == ["id"]
    assert [key["fields"] for key in table["schema"]["foreignKeys"]] == [["document"], ["item"]]
    with (tmp_path / "commitments.csv").open("a", encoding="utf-8") as file:
        file.write("sed7-2015,sed7-2015#9.9,sed7-2015#9.9/1,1,甲,0,1,,将,promised,positive,,,,,,,,,,,,rule,stated\r\n")
    report = frictionless.validate("datapackage.json")
    assert {row[0] for row in report.flatten(["type"])} == {"foreign-key", "constraint-error"}


def test_json_with_commitments_is_as_the_schema_says(gold: Document) -> None:
    found = json.loads(to_json(gold))
    jsonschema.validate(found, json_schema())
    commitment = next(one for item in found["items"] for one in item["commitments"] if one["deadline"])
    assert commitment["class"] in CLASSES
    commitment["class"] = "promised"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, json_schema())


def test_the_ledger_has_the_promises_in_reading_order(gold: Document) -> None:
    found = list(ledger_rows([gold]))
    assert all(list(row) == COLUMNS for row in found)
    assert {row["class"] for row in found} == PROMISES
    assert sum(row["deadline"] is not None for row in found) == 7
    assert [row["set_for"] for row in found if row["deadline"]] == [None] * 7
    every = list(ledger_rows([gold], CLASSES))
    assert [row["id"] for row in every] == list(gold.table("commitments")["id"])
    assert [row for row in every if row["class"] in PROMISES] == found
    assert {row[name] for row in every for name in ("score", "evidence", "coder", "due")} == {None}


def test_only_a_given_day_makes_anything_due(gold: Document) -> None:
    told = {str(row["id"]): row["due"] for row in ledger_rows([gold], CLASSES, "2015-12-31")}
    assert (told["sed7-2015#1.3/4"], told["sed7-2015#1.4/5"], told["sed7-2015#2.34/4"]) == ("overdue", "open", "due")
    stances = {str(row["id"]) for row in ledger_rows([gold], CLASSES) if row["class"] not in PROMISES}
    assert {told[name] for name in stances} == {None}
    assert None not in {told[name] for name in told.keys() - stances}


def test_the_codebook_explains_the_sheets() -> None:
    for chinese in (False, True):
        text = codebook(chinese)
        for name, columns in promise_fields().items():
            own = text.split(f"\n## qingdan {name}\n")[1].split("\n## ")[0]
            assert all(f"| {field.name} | {field.type} | {field.chinese if chinese else field.english}" in own for field in columns)


def sheet_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_the_workbook_is_laid_out_for_a_coder(gold: Document) -> None:
    found = list(ledger_rows([gold], as_of="2015-12-31"))
    data, notes = to_excel(found)
    assert notes == []
    assert to_excel(found)[0] == data
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["ledger", "columns"]
    head, *body = book.get_sheet_by_name("ledger").to_python()
    assert head == COLUMNS
    assert [line[head.index("promise")] for line in body] == [row["promise"] for row in found]
    assert body[0][head.index("actors")] == "中国、美国"
    assert [line[0] for line in book.get_sheet_by_name("columns").to_python()[1:]] == COLUMNS
    sheet = sheet_of(data)
    assert '<pane xSplit="1" ySplit="1"' in sheet
    assert f'<autoFilter ref="A1:W{len(found) + 1}"' in sheet
    assert f'sqref="U2:U{len(found) + 1}"' in sheet
    assert '<formula1>"-1,0,1"</formula1>' in sheet
    assert 'orientation="landscape"' in sheet
    assert f'<ignoredError sqref="A1:W{len(found) + 1}" numberStoredAsText="1"' in sheet  # 2015 in EDTF is a text
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert "ledger!$A:$A,ledger!$1:$1" in parts.read("xl/workbook.xml").decode()
        assert 'wrapText="1"' in parts.read("xl/styles.xml").decode()


def test_no_text_in_the_sheet_is_a_formula(run: Run, tmp_path: Path) -> None:
    document = holding(["=HYPERLINK(甲)双方将合作", "@甲将合作", "+1将合作\ufffe", "-1将合作"], "=cmd", "=甲乙对话成果清单")
    data, _ = to_excel(list(ledger_rows([document])))
    assert "<f>" not in sheet_of(data)
    assert "<hyperlink" not in sheet_of(data)
    page = tmp_path / "page.json"
    page.write_bytes(to_json(document))
    out = tmp_path / "ledger.csv"
    assert run("ledger", page, "--out", out).exit_code == 0
    text = out.read_bytes().decode("utf-8-sig")
    assert not [cell for line in text.splitlines() for cell in line.split(",") if cell.startswith(("=", "+", "@", "-"))]
    assert [row["promise"] for row in from_csv(text, promise_fields()["ledger"])] == [row["promise"] for row in ledger_rows([document])]


def test_a_text_too_long_for_a_cell_is_told() -> None:
    data, (note,) = to_excel(list(ledger_rows([holding(["甲方将" + "合作" * 20_000])])))
    assert note == "list#1/1: its promise is longer than the 32767 characters of a cell, and cut"
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("ledger").to_python()[1][4]) == 32_767


def test_more_rows_than_a_sheet_has(gold: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_book, "MOST_ROWS", 10)
    with pytest.raises(qingdan.QingdanError, match="more than a sheet of Excel has; take --to csv"):
        to_excel(list(ledger_rows([gold])))


def test_a_ledger_of_what_convert_made(run: Run, data: Path, gold: Document, tmp_path: Path) -> None:
    printed = run("ledger", data)
    assert printed.exit_code == 0
    assert from_csv(printed.stdout, promise_fields()["ledger"]) == [
        {name: "|".join(cell) if isinstance(cell, tuple) else cell for name, cell in row.items()} for row in ledger_rows([gold])
    ]
    one = run("ledger", data / "json" / "sed7-2015.json")
    piped = run("ledger", "-", input=to_json(gold) + b"\n" + to_json(holding(["甲方将合作"])) + b"\n")
    assert one.stdout == printed.stdout
    assert piped.stdout.startswith(printed.stdout)
    assert piped.stdout.splitlines()[-1].startswith("list#1/1,")
    for name, beginning in (("a.csv", b"\xef\xbb\xbfid,"), ("a.xlsx", b"PK"), ("a.jsonl", b'{"id":"sed7-2015#1.1/2"')):
        assert run("ledger", data, "--out", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_bytes().startswith(beginning)
    assert not list(tmp_path.glob("*.part"))


def scored_sheet(data: bytes) -> bytes:
    """A workbook with a score in its first row, as Excel saves it."""
    import xlsxwriter

    head, *body = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("ledger").to_python()
    body[0][head.index("score")] = 0
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved) as book:
        book.add_worksheet("notes")
        sheet = book.add_worksheet("ledger")
        for i, line in enumerate((head, *body)):
            sheet.write_row(i, 0, line)
    return saved.getvalue()


def scored_by(mark: str) -> Callable[[bytes], bytes]:
    """The CSV with a coder's name behind the first row, its cells parted by this mark, in the encoding of a Chinese Windows."""
    empty = mark * 2 + "\r\n"

    def scored(data: bytes) -> bytes:
        text = data.decode("utf-8-sig").replace(",", mark)
        return text.replace(empty, f"{mark}{mark}王某\r\n", 1).encode("gb18030")

    return scored


def kept_otherwise(above: str = "", header: Callable[[str], str] = str) -> Callable[[bytes], bytes]:
    """The CSV with a score in its last row, and with what a coder's office makes of its head."""

    def scored(data: bytes) -> bytes:
        head, _, rows = data.decode("utf-8-sig").partition("\r\n")
        return (above + header(head) + "\r\n" + rows[: rows.rindex(",,")] + "1,,\r\n").encode()

    return scored


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("a.csv", kept_otherwise(above="第七轮的承诺,,\r\n")),
        ("a.csv", kept_otherwise(header=lambda head: head.replace("id,", "ID,", 1).replace("score", "Score (AB)"))),
        ("a.csv", kept_otherwise(header=lambda head: head.replace("id,", "编号,", 1))),
        ("a.xlsx", scored_sheet),
        ("a.csv", scored_by(",")),
        ("a.csv", scored_by(";")),
        ("a.csv", scored_by("\t")),
        ("a.jsonl", lambda data: data.replace(b'"evidence":null', '"evidence":"公报"'.encode(), 1)),
    ],
)
def test_a_sheet_that_was_scored_is_not_written_over(run: Run, tmp_path: Path, name: str, score: Callable[[bytes], bytes]) -> None:
    page, out = tmp_path / "page.json", tmp_path / name
    page.write_bytes(to_json(holding(["双方将合作", "双方将交流"])))
    for _ in range(2):  # nothing is filled in yet
        assert run("ledger", page, "--out", out).exit_code == 0
    scored = score(out.read_bytes())
    out.write_bytes(scored)
    result = run("ledger", page, "--out", out)
    assert (result.exit_code, result.stderr) == (1, f"qingdan: {out}: has scores filled in, and is not written over; give another --out\n")
    assert out.read_bytes() == scored


@pytest.mark.parametrize("there", [b"PK\x03\x04 no workbook", b"{no json", b'id,score\n"', b"score\n1\n", b"\xff\x00\xff"], ids=repr)
def test_any_other_file_is_written_over(run: Run, there: bytes, tmp_path: Path) -> None:
    (tmp_path / "page.json").write_bytes(to_json(holding(["双方将合作"])))
    (tmp_path / "a.csv").write_bytes(there)
    assert run("ledger", tmp_path / "page.json", "--out", tmp_path / "a.csv").exit_code == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_what_cannot_be_read_makes_no_sheet(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("of yesterday", encoding="utf-8")
    result = run("ledger", tmp_path / "none.txt", "--out", out)
    assert (result.exit_code, result.stderr.count("\n"), out.read_text(encoding="utf-8")) == (1, 1, "of yesterday")


def test_that_nothing_is_promised_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.json").write_bytes(to_json(holding(["双方将合作"])))
    result = run("ledger", tmp_path / "page.json", "--class", "viewed,urged")
    assert (result.exit_code, result.stdout.splitlines()) == (0, [",".join(COLUMNS)])
    assert result.stderr == "qingdan: no commitments that are urged, viewed\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_stays_one(run: Run, data: Path, tmp_path: Path) -> None:
    """What is no file is written to, and no file put in its place: ``--out /dev/null``."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("ledger", data, "--class", "urged", "--out", pipe).exit_code == 0
        assert os.read(reader, 6) == b"\xef\xbb\xbfid,"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("asked", "classes"),
    [
        ([], PROMISES),
        (["--class", "committed,intended"], {"committed", "intended"}),
        (["--class", "urged", "--class", "viewed"], {"urged", "viewed"}),
        (["--class", "all"], set(CLASSES)),
    ],
)
def test_which_classes(run: Run, data: Path, gold: Document, asked: list[str], classes: set[str]) -> None:
    lines = [json.loads(line) for line in run("ledger", data, "--to", "json", *asked).stdout.splitlines()]
    there = {commitment.class_ for item in gold.items for commitment in item.commitments}
    assert {line["class"] for line in lines} == classes & there


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ledger", "x", "--as-of", "31.12.2015"], "--as-of 31.12.2015: is no ISO 8601 day"),
        (["ledger", "x", "--as-of", "2015-02-30"], "--as-of 2015-02-30: is no ISO 8601 day"),
        (["ledger", "x", "--as-of", "today"], "--as-of today: is no ISO 8601 day"),
        (["deadlines", "x", "--after", "2015"], "--after 2015: is no ISO 8601 day"),
        (["deadlines", "x", "--before", ""], "--before : is no ISO 8601 day"),
        (["ledger", "x", "--class", "promised"], "--class promised: no class; choose from accomplished, committed"),
        (["ledger", "x", "--to", "xlsx"], "--to xlsx: say with --out which file to write"),
        (["ledger", "x", "--out", "ledger.doc"], "--out ledger.doc: say with --to what to write"),
    ],
)
def test_wrong_words_are_one_line(run: Run, words: list[str], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"qingdan: {told}")
    assert result.stderr.count("\n") == 1


def test_what_cannot_be_read_or_written_is_one_line(run: Run, data: Path, tmp_path: Path) -> None:
    for words in (["ledger", tmp_path / "none.txt"], ["ledger", data, "--out", tmp_path / "no" / "a.csv"], ["deadlines", tmp_path / "no"]):
        result = run(*words)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1, result.stderr
    (tmp_path / "file").touch()
    result = run("ledger", data, "--out", tmp_path / "file" / "a.csv")  # in what is no folder
    assert (result.exit_code, result.stderr) == (1, f"qingdan: {tmp_path / 'file' / 'a.csv'}: Not a directory\n")
    (tmp_path / "bad.json").write_text('{"schema":"qingdan/1","items":7}', encoding="utf-8")
    result = run("deadlines", tmp_path / "bad.json", data)
    assert result.exit_code == 1
    assert "no document of qingdan/1" in result.stderr
    assert "2015-09-30" in result.stdout


def test_two_documents_of_one_id_are_not_mixed(run: Run, data: Path, sample_path: Path) -> None:
    result = run("ledger", data, sample_path)
    assert result.exit_code == 1
    assert result.stderr == "qingdan: sed7-2015: two documents have this id; the second is left out\n"
    assert result.stdout == run("ledger", data).stdout


def test_raw_files_are_parsed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    for name in ("a", "b"):
        (tmp_path / "lists" / f"{name}.txt").write_text(f"甲国对话成果清单\n1、双方将在{name}省合作。\n", encoding="utf-8")
    result = run("ledger", tmp_path / "lists")
    assert result.exit_code == 0
    assert [row["id"] for row in from_csv(result.stdout, promise_fields()["ledger"])] == ["a#1/1", "b#1/1"]


def test_deadlines_stand_by_their_last_day(gold: Document) -> None:
    found = deadline_rows([gold])
    days = [str(row["last_day"]) for row in found]
    assert days == sorted(days)
    assert [(row["last_day"], row["bound"], row["firmness"]) for row in found if row["deadline"] == "yes"] == [
        ("2015-09-30", "before", "hedged"),
        ("2015-12-31", "in", "firm"),
        ("2015-12-31", "by", "firm"),
        ("2015-12-31", "in", "firm"),
        ("2016-01-31", "before", "firm"),
        ("2016-10-30", "before", "hedged"),
        ("2018-10-30", "before", "hedged"),
    ]


def test_firm_before_hedged_and_what_has_no_day_last() -> None:
    texts = ["双方将于年底前完成", "双方将于2025年5月完成", "双方拟于2025年5月完成", "双方将于2025年4月完成"]
    document = holding(texts)
    items = list(document.items)
    hedged = structs.replace(items[1].commitments[0], class_="intended")
    items[1] = structs.replace(items[1], commitments=(hedged,))
    assert [row["id"] for row in deadline_rows([structs.replace(document, items=tuple(items))])] == [
        "list#1/1", "list#4/1", "list#3/1", "list#2/1",
    ]  # fmt: skip
    unknown = holding(["双方将于年底前完成", "双方将于2025年5月完成"], reference=None)
    assert [(row["id"], row["last_day"]) for row in deadline_rows([unknown], "2025-01-01")] == [
        ("list#2/1", "2025-05-31"), ("list#1/1", None),
    ]  # fmt: skip
    assert [row["id"] for row in deadline_rows([unknown], after="2000-01-01")] == ["list#2/1"]


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        (["--after", "2015-12-31", "--before", "2016-06-24"], ["2016-01-31", "2016-04-30"]),
        (["--after", "2016-12-31"], ["2018-10-30"]),
        (["--before", "2015-08-31"], ["2015-08-09"]),
    ],
)
def test_only_some_days(run: Run, data: Path, asked: list[str], days: list[str]) -> None:
    assert [json.loads(line)["last_day"] for line in run("deadlines", data, "--to", "json", *asked).stdout.splitlines()] == days


def test_deadlines_in_a_terminal(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("deadlines", data, "--as-of", "2015-12-31").stdout
    head, titles, first, *_ = whole.splitlines()
    assert head.strip() == "sed7-2015"
    assert titles.split() == ["last", "day", "due", "how", "who", "promise", "id"]
    assert first.split()[:3] == ["2015-08-09", "overdue", "during"]
    assert "due" not in run("deadlines", data).stdout
    monkeypatch.setattr("qingdan.writing.terminal._PIPED_WIDTH", 80)
    narrow = run("deadlines", data, "--as-of", "2015-12-31").stdout
    assert max(map(_wide, narrow.splitlines())) <= 80
    assert "".join(narrow.split()).count("2015-12-31due") == whole.count("2015-12-31  due")


def _wide(line: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in line)


def test_explain_lists_commitments_with_their_rule(gold: Document) -> None:
    printed = io.StringIO()
    Console(file=printed, width=160).print(explanation(gold, "1.3"))
    (line,) = [line for line in printed.getvalue().splitlines() if line.startswith("力争在2015年9月前") and "662" in line]
    assert {"intended", "力争", "中国、美国", "../2015-09", "annotated", "662–692"} <= set(line.split())


def test_no_dated_promise_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.json").write_bytes(to_json(holding(["双方将加强合作"])))
    result = run("deadlines", tmp_path / "page.json")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "qingdan: no dated promises\n")
    table = run("deadlines", tmp_path / "page.json", "--to", "csv").stdout
    assert table.splitlines() == [",".join(field.name for field in promise_fields()["deadlines"])]


def test_a_reference_date_tells_what_is_past(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("中肯合作声明\n一、双方于2019年5月举办咖啡展。\n二、双方将于年底前互派教师。\n", encoding="utf-8")
    for command in ("ledger", "deadlines"):
        bare, dated = run(command, page, "--to", "csv").stdout, run(command, page, "--to", "csv", "--reference-date", "2020-03-01").stdout
        assert ("咖啡展" in bare, "咖啡展" in dated) == (True, False)  # done by then
        assert ("../2020-12" in bare, "../2020-12" in dated) == (False, True)


def test_copies_are_named(run: Run, tmp_path: Path) -> None:
    text = "中肯合作声明\n一、双方将于2030年底前互派四十名教师和两百名学生。\n二、双方将在内罗毕和蒙巴萨各设立一所联合实验室。\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "c.txt").write_text("中肯海关声明\n一、双方将在2031年底前统一咖啡单证并延长口岸的开放时间。\n", encoding="utf-8")
    for command in ("ledger", "deadlines"):
        result = run(command, tmp_path, "--to", "csv")
        assert (result.exit_code, result.stderr) == (0, "qingdan: b is a copy of a: what it promises is told again\n")
        assert "2031" in result.stdout
        assert run(command, tmp_path / "a.txt", tmp_path / "c.txt", "--to", "csv").stderr == ""
