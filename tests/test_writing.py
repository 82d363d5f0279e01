"""Writing: folders that are the same on every machine, valid to other people's tools, and read back whole."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import frictionless
import jsonschema
import pandas as pd
import pytest
from gold_commitments import annotated

import qingdan
from qingdan import Document, QingdanError
from qingdan.writing.codebook import codebook
from qingdan.writing.json_files import json_schema, to_json
from qingdan.writing.tables import fields, rows

TABLES = ("documents", "sections", "items", "dates", "agencies", "quantities", "commitments", "issues")
COMMON = {"datapackage.json", "schema.json", "codebook.md", "codebook.zh-CN.md"}
HOSTILE_IDS = [
    "../../outside", "/absolute", "a/b", "a\\b", "..", ".", "", ".hidden", "=1+1", "-2", "@cmd", "a\nb", "a\0b", "a b", "CON", "a|b", "C:x",
    "清" * 100, "清" * 200, "🙂" * 100, "x" * 300, "\u202ecod.exe", "a", "A",
]  # fmt: skip
HOSTILE_PAGE = """=HYPERLINK("http://example.org";"甲")
1、=1+1、@甲:双方同意"引号",与'单引号'。
2、+乙：-3%的增长
3、'=丙:一个
	制表符
4、丁|戊:双方同意。
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def invented(datadir: Path) -> Document:
    return qingdan.parse(datadir / "list.txt")


@pytest.fixture(scope="session")
def hostile() -> list[Document]:
    return [qingdan.parse(HOSTILE_PAGE.replace("丙", f"丙{n}"), id=name) for n, name in enumerate(HOSTILE_IDS)]


@pytest.mark.parametrize("name", [*(f"{table}.csv" for table in TABLES), "json/list.json"])
def test_golden(invented: Document, tmp_path: Path, golden: Callable[[str, bytes], None], name: str) -> None:
    qingdan.write([invented], tmp_path)
    golden(f"golden/{name}", (tmp_path / name).read_bytes())


def test_a_folder_holds_what_it_should(sample: Document, tmp_path: Path) -> None:
    both = tmp_path / "both"
    written = qingdan.write([sample], both)
    expected = {*(f"{table}.csv" for table in TABLES), "json/sed7-2015.json", *COMMON}
    assert set(contents(both)) == expected == {path.relative_to(both).as_posix() for path in written}
    assert set(contents_of([sample], tmp_path / "one", ["csv"])) == {*(f"{table}.csv" for table in TABLES), *COMMON}
    assert set(contents_of([sample], tmp_path / "two", ["json"])) == {"json/sed7-2015.json", *COMMON}


def contents_of(documents: list[Document], folder: Path, formats: list[str]) -> dict[str, bytes]:
    qingdan.write(documents, folder, formats)
    return contents(folder)


def test_writing_twice_elsewhere_and_in_another_order_gives_the_same_bytes(sample: Document, invented: Document, tmp_path: Path) -> None:
    first = contents_of([sample, invented], tmp_path / "one", ["csv", "json"])
    assert contents_of([sample, invented], tmp_path / "one", ["csv", "json"]) == first
    assert contents_of([invented, sample], tmp_path / "deep" / "two", ["json", "csv"]) == first


@pytest.mark.parametrize(("seed", "zone", "language"), [("1", "Asia/Shanghai", "C"), ("2", "America/New_York", "zh_CN.UTF-8")])
def test_another_machine_gives_the_same_bytes(
    sample: Document, sample_path: Path, tmp_path: Path, seed: str, zone: str, language: str
) -> None:
    code = "import sys, qingdan; qingdan.write([qingdan.parse(__import__('pathlib').Path(sys.argv[1]))], sys.argv[2])"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", code, str(sample_path), "out"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, timeout=60)
    assert contents(tmp_path / "out") == contents_of([sample], tmp_path / "here", ["csv", "json"])


def test_a_byte_order_mark_is_there_for_excel_and_only_when_asked_for(sample: Document, tmp_path: Path) -> None:
    qingdan.write([sample], tmp_path / "with")
    qingdan.write([sample], tmp_path / "without", bom=False)
    marked, plain = contents(tmp_path / "with"), contents(tmp_path / "without")
    for name, data in plain.items():
        assert not data.startswith(b"\xef\xbb\xbf"), name
        assert marked[name] == (b"\xef\xbb\xbf" if name.endswith(".csv") else b"") + data


def test_no_path_of_the_machine_is_written(sample: Document, tmp_path: Path, root: Path) -> None:
    qingdan.write([sample], tmp_path)
    for name, data in contents(tmp_path).items():
        assert str(root).encode() not in data, name
        assert str(tmp_path).encode() not in data, name


@pytest.mark.parametrize("bom", [True, False])
def test_the_data_package_is_valid(
    sample: Document, invented: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bom: bool
) -> None:
    qingdan.write([sample, invented], tmp_path, bom=bom)
    monkeypatch.chdir(tmp_path)
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    assert {task.name for task in report.tasks} >= set(TABLES)


def test_the_data_package_of_hostile_documents_is_valid(hostile: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [document for document in hostile if len(document.id.encode()) < 200 and document.id]
    qingdan.write(documents, tmp_path)
    monkeypatch.chdir(tmp_path)
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])


def test_documents_are_valid_against_the_schema(sample: Document, invented: Document, hostile: list[Document]) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    for document in (sample, invented, *hostile, qingdan.parse("")):
        assert list(judge.iter_errors(json.loads(to_json(document)))) == []


@pytest.mark.parametrize(("field", "value"), [("text", None), ("items", {}), ("document", {}), ("issues", [{"code": 1}])])
def test_the_schema_tells_what_is_no_document(sample: Document, field: str, value: object) -> None:
    wrong = json.loads(to_json(sample)) | {field: value}
    assert list(jsonschema.Draft202012Validator(json_schema()).iter_errors(wrong))


def test_the_schema_written_is_the_schema(sample: Document, tmp_path: Path) -> None:
    qingdan.write([sample], tmp_path)
    assert json.loads((tmp_path / "schema.json").read_bytes()) == json.loads(json.dumps(json_schema()))


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_read_back_as_they_were(sample: Document, invented: Document, tmp_path: Path, table: str) -> None:
    documents = [invented, sample, qingdan.parse("甲乙联合声明\n双方同意。\n=双方再次同意。\n", id="text")]
    qingdan.write(documents, tmp_path)
    expected = pd.concat([document.table(table) for document in sorted(documents, key=lambda d: d.id)], ignore_index=True)
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, table=table), expected)
    pd.testing.assert_frame_equal(qingdan.read(tmp_path / f"{table}.csv", table=table), expected)


def test_formulas_are_disarmed_and_restored(hostile: list[Document], tmp_path: Path) -> None:
    document = next(document for document in hostile if document.id == "=1+1")
    qingdan.write([document], tmp_path, ["csv"])
    for table in TABLES:
        with (tmp_path / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert [cell for cell in cells if not re.fullmatch("-[0-9.]+", cell)] == [], "a negative value is a number, and no formula"
    assert list(qingdan.read(tmp_path, table="items")["topic"])[:2] == ["=1+1、@甲", "+乙"]
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, table="items"), document.table("items"))


def test_documents_are_read_back_as_they_were(sample: Document, invented: Document, tmp_path: Path) -> None:
    qingdan.write([sample, invented], tmp_path / "out", ["json"])
    assert qingdan.read(tmp_path / "out") == [invented, sample]
    assert qingdan.read(tmp_path / "out" / "json" / "list.json") == [invented]
    lines = tmp_path / "all.jsonl"
    lines.write_bytes(to_json(sample) + b"\n" + to_json(invented) + b"\n")
    assert qingdan.read(lines) == [sample, invented]


def test_what_is_read_is_what_was_written_last(sample: Document, invented: Document, tmp_path: Path) -> None:
    qingdan.write([sample, invented], tmp_path)
    qingdan.write([invented], tmp_path)
    assert qingdan.read(tmp_path) == [invented]
    assert list(qingdan.read(tmp_path, table="documents")["id"]) == ["list"]


def test_a_body_longer_than_a_csv_reader_likes_is_read_back(tmp_path: Path) -> None:
    document = qingdan.parse("1、" + "双方同意继续合作。" * 20_000 + "\n2、乙。\n")
    qingdan.write([document], tmp_path)
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, table="items"), document.table("items"))


def test_bodies_over_lines_that_end_like_old_macs_are_read_back(tmp_path: Path) -> None:
    document = qingdan.parse("1、甲。\r双方同意。\r2、乙。\r双方再次同意。\r")
    qingdan.write([document], tmp_path)
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, table="items"), document.table("items"))


def test_file_names_stay_inside_the_folder_and_apart(hostile: list[Document], tmp_path: Path) -> None:
    folder = tmp_path / "in" / "out"
    written = qingdan.write(hostile, folder, ["json"])
    assert all(path.resolve().is_relative_to(folder.resolve()) for path in written)
    assert {path.name for path in tmp_path.rglob("*") if not path.is_relative_to(folder)} == {"in"}
    names = [name for name in contents(folder) if name.startswith("json/")]
    assert len(names) == len(hostile)
    assert sorted(document.id for document in qingdan.read(folder)) == sorted(HOSTILE_IDS)


@pytest.mark.parametrize("name", HOSTILE_IDS)
def test_every_id_can_be_written(tmp_path: Path, name: str) -> None:
    document = qingdan.parse("1、甲。\n", id=name)
    qingdan.write([document], tmp_path, ["json"])
    (file,) = (tmp_path / "json").iterdir()
    assert file.name.isprintable()
    assert qingdan.read(tmp_path) == [document]


def test_wrong_usage(sample: Document, tmp_path: Path) -> None:
    with pytest.raises(QingdanError, match="sed7-2015"):
        qingdan.write([sample, sample], tmp_path / "out")
    with pytest.raises(QingdanError, match=r"docx.*csv, json"):
        qingdan.write([sample], tmp_path / "out", ["docx"])
    assert not (tmp_path / "out").exists()


def test_what_write_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"a": 1}', encoding="utf-8")
    (tmp_path / "items.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "dates.csv").write_text("document,start\nx,tomorrow\n", encoding="utf-8")
    for path, table in (("other.json", None), ("none", None), (".", None), ("items.csv", "items"), ("dates.csv", "dates"), (".", "people")):
        with pytest.raises(QingdanError) as caught:
            qingdan.read(tmp_path / path, table=table)  # type: ignore[arg-type]
        assert "\n" not in str(caught.value)


def test_nothing_is_left_half_written_when_a_file_cannot_be_replaced(sample: Document, tmp_path: Path) -> None:
    (tmp_path / "items.csv").mkdir()
    with pytest.raises(QingdanError, match=r"items\.csv"):
        qingdan.write([sample], tmp_path)
    assert [name for name in contents(tmp_path) if "part" in name] == []


def test_nothing_is_left_half_written_when_the_disk_is_full(invented: Document, sample_path: Path, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    before = contents_of([invented], tmp_path / "out", ["csv", "json"])
    code = """
import pathlib, resource, signal, sys, qingdan
document = qingdan.parse(pathlib.Path(sys.argv[1]), id="list")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
try:
    qingdan.write([document], "out")
except qingdan.QingdanError as error:
    print("failed")
"""
    command = [sys.executable, "-c", code, str(sample_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "failed\n"
    whole = contents_of([qingdan.parse(sample_path, id="list")], tmp_path / "whole", ["csv", "json"])
    assert [name for name, data in contents(tmp_path / "out").items() if data not in (before.get(name), whole.get(name))] == []


def test_a_folder_that_is_a_file(sample: Document, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(QingdanError) as caught:
        qingdan.write([sample], tmp_path / "out")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("chinese", [False, True])
def test_the_codebook_explains_every_field(chinese: bool) -> None:
    text = codebook(chinese)
    for table, columns in fields().items():
        own = text.split(f"\n## {table}\n")[1].split("\n## ")[0]
        for field in columns:
            assert f"| {field.name} | {field.type} | {(field.chinese if chinese else field.english).replace('|', chr(92) + '|')}" in own


def test_the_fields_file_covers_exactly_what_the_tables_give(sample: Document) -> None:
    assert tuple(fields()) == TABLES
    described = {table: {field.name for field in columns} for table, columns in fields().items()}
    document = qingdan.parse("1、甲。\n3、乙。\n")
    given = {table: {name for row in rows(table, [annotated(sample), document]) for name in row} for table in TABLES}
    assert given == described
    assert {field.type for columns in fields().values() for field in columns} <= {"string", "integer", "number", "date", "list", "path"}
    assert [field for columns in fields().values() for field in columns if not field.english or not field.chinese] == []
