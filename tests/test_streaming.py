"""The stream into every format: read back the same, safe with any text, in place at once or not at all."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest
from msgspec import structs
from typer.testing import CliRunner

import qingdan
from qingdan import Document, QingdanError
from qingdan.cli import app
from qingdan.writing import excel_book
from qingdan.writing.decimals import binary, exact
from qingdan.writing.streaming import FORMATS, Package
from qingdan.writing.tables import fields

TABLES = tuple(fields())
TABULAR = ("csv", "parquet", "sqlite", "duckdb", "xlsx", "jsonl", "json")
FILES = {"sqlite": "qingdan.sqlite", "duckdb": "qingdan.duckdb", "xlsx": "qingdan.xlsx", "jsonl": "documents.jsonl"}
LISTS = {
    "customs": """第四轮中美海洋经济对话成果清单
2017年5月3日,双方在某地举行对话,达成以下成果:
一、海关合作
1、情报交换:中国海关总署与美国国土安全部决定于2017年9月前交换约120份清单,金额3.5亿美元。
2、人员培训:双方同意每年培训三分之一的关员,为期两年。
3、港口:APEC成员欢迎中美商务部门的安排。
""",
    "trade": "甲乙贸易联合声明\n1、双方同意扩大贸易,不少于0.125万吨。\n3、海上搜救:两国同意继续合作。\n",
    "traditional": "第二輪會談成果清單\n2019年3月1日,雙方在某地舉行會談:\n1、海關執法:雙方同意海關執法機構每年會晤兩次。\n",
}
HOSTILE = {
    "formula": '1、=HYPERLINK("http://example.org")：+1-2。\n2、@甲:=1+1\n3、-3%:\t+乙\n',
    "control": "1、甲\x0b乙\x07丙\x1b[31m丁:戊\x7f己_x0041_庚\r\n2、乙\x85丙\u2028丁。\n",
    "nul": "1、甲\0乙:2015年\0中国海关总署\0。\n2、\0\n",
    "surrogate": "1、甲\ud800乙:中国\udfff海关总署同意\ud83d。\n",
    "noncharacter": "1、甲乙丙:\U0001f642丁\ufdd0。\n",
    "quotes": "1、\"甲\"与'乙':丙\\丁|戊,己;庚`辛`。\n2、<b>&amp;\u202e甲</b>]]>\n",
    "blank": "",
}
LONG = "1、" + "双方同意海关合作🙂。" * 4000 + "\n2、乙。\n"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [qingdan.parse(text, id=name) for name, text in LISTS.items()]


@pytest.fixture(scope="module")
def written(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    qingdan.write(documents, folder, FORMATS)
    return folder


def together(documents: list[Document], table: str) -> pd.DataFrame:
    ordered = sorted(documents, key=lambda document: document.id)
    return pd.concat([document.table(table) for document in ordered], ignore_index=True)


@pytest.mark.parametrize("form", TABULAR)
@pytest.mark.parametrize("table", TABLES)
def test_every_format_gives_the_same_tables_back(documents: list[Document], tmp_path: Path, form: str, table: str) -> None:
    qingdan.write(documents, tmp_path, [form])
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, table), together(documents, table))


@pytest.mark.parametrize("form", [form for form in TABULAR if form != "json"])
def test_every_file_is_read_by_itself(documents: list[Document], written: Path, form: str) -> None:
    place = written / FILES.get(form, "items.csv" if form == "csv" else "parquet/items")
    pd.testing.assert_frame_equal(qingdan.read(place, "items"), together(documents, "items"))


@pytest.mark.parametrize("form", TABULAR)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_a_format(tmp_path: Path, form: str, name: str) -> None:
    document = qingdan.parse(HOSTILE[name] + "甲\n", id=name)
    qingdan.write([document], tmp_path, [form])
    for table in TABLES:
        pd.testing.assert_frame_equal(qingdan.read(tmp_path, table), document.table(table))


@pytest.mark.parametrize("form", [form for form in TABULAR if form != "xlsx"])
def test_forty_thousand_characters_stay_whole(tmp_path: Path, form: str) -> None:
    document = qingdan.parse(LONG, id="long")
    qingdan.write([document], tmp_path, [form])
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, "items"), document.table("items"))


@pytest.mark.parametrize("form", FORMATS)
def test_there_may_be_no_documents(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Package(tmp_path, [form]):
        pass
    if form != "json":
        for table in TABLES:
            assert list(qingdan.read(tmp_path, table).columns) == [field.name for field in fields()[table]]
            assert qingdan.read(tmp_path, table).empty
    monkeypatch.chdir(tmp_path)
    assert frictionless.validate("datapackage.json").valid or form == "json"  # Frictionless wants a resource


def test_excel_has_no_formula_and_its_header_stays(tmp_path: Path) -> None:
    qingdan.write([qingdan.parse(HOSTILE["formula"], id="=cmd")], tmp_path, ["xlsx"])
    with zipfile.ZipFile(tmp_path / "qingdan.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == len(TABLES)
    for sheet in sheets:
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        assert 'ySplit="1"' in sheet
        assert "<autoFilter" in sheet


def test_excel_says_what_it_cut(tmp_path: Path) -> None:
    document = qingdan.parse(LONG, id="long")
    with pytest.warns(UserWarning, match=r"qingdan\.xlsx: 1 text was longer than the 32767 characters of a cell"):
        qingdan.write([document], tmp_path, ["xlsx"])
    cut = pd.read_excel(tmp_path / "qingdan.xlsx", sheet_name="cut", engine="calamine")
    assert cut.to_numpy().tolist() == [["items", 2, "body", 44000]]
    body = pd.read_excel(tmp_path / "qingdan.xlsx", sheet_name="items", engine="calamine")["body"][0]
    assert LONG[2:].startswith(body)
    assert 32_766 <= len(body.encode("utf-16-le")) // 2 <= 32_767
    with pytest.raises(QingdanError, match="texts are cut here"):
        qingdan.read(tmp_path, "items")
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, "documents"), document.table("documents"))


def test_a_table_longer_than_a_sheet_goes_on_in_another(documents: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_book, "MOST_ROWS", 4)
    qingdan.write(documents, tmp_path, ["xlsx"])
    sheets = pd.ExcelFile(tmp_path / "qingdan.xlsx", engine="calamine").sheet_names
    assert {"items", "items (2)"} <= set(sheets)
    pd.testing.assert_frame_equal(qingdan.read(tmp_path, "items"), together(documents, "items"))


def found(database: sqlite3.Connection, folder: Path, words: str) -> set[str]:
    """What the query finds that datasette is given."""
    described = json.loads((folder / "datasette.json").read_bytes())["databases"]["qingdan"]
    rows = database.execute(described["queries"]["search"]["sql"], {"words": words}).fetchall()
    return {row[3] or row[0] for row in rows}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("海关", {"customs#1", "customs#1.1", "traditional#1"}),
        ("中美", {"customs", "customs#1.3"}),
        ("关", {"customs#1", "customs#1.1", "customs#1.2", "traditional#1"}),
        ("中国海关总署与美国", {"customs#1.1"}),
        ("海关执法", {"traditional#1"}),
        ("apec", {"customs#1.3"}),
        ("120", {"customs#1.1"}),
        ("海关 会晤", {"traditional#1"}),
        ("海关　清单", {"customs#1.1"}),
        ('"海关" AND', set()),
        ("关海", set()),
        ("总署美国", set()),
        ("", set()),
        ("。", set()),
        ('"', set()),
        ("*", set()),
    ],
)
def test_search_finds_words_of_any_length(written: Path, words: str, expected: set[str]) -> None:
    with closing(sqlite3.connect(written / "qingdan.sqlite")) as database:
        assert found(database, written, words) == expected


def test_search_by_hand_is_as_the_codebook_says(written: Path) -> None:
    query = "SELECT * FROM search WHERE words MATCH '\"海 关\"'"
    assert query in (written / "codebook.md").read_text(encoding="utf-8")
    with closing(sqlite3.connect(written / "qingdan.sqlite")) as database:
        assert len(database.execute(query).fetchall()) == 3


def test_datasette_shows_titles_and_searches(written: Path) -> None:
    from datasette.app import Datasette

    metadata = json.loads((written / "datasette.json").read_bytes())

    async def asked() -> tuple[str, dict[str, object], str]:
        served = Datasette([str(written / "qingdan.sqlite")], metadata=metadata)
        page = (await served.client.get("/qingdan/items")).text
        answer = (await served.client.get("/qingdan/search.json?_shape=array&words=海关")).json()
        return page, answer, (await served.client.get("/qingdan")).text

    page, answer, home = asyncio.run(asked())
    assert "正文" in page
    assert {row["node"] for row in answer} == {"customs#1", "customs#1.1", "traditional#1"}  # type: ignore[index]
    assert "Search · 检索" in home


def test_the_database_hangs_together(written: Path) -> None:
    with closing(sqlite3.connect(written / "qingdan.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        refers = {row[2] for row in database.execute("PRAGMA foreign_key_list(items)")}
        assert refers == {"documents", "sections", "items"}
        for table in TABLES[1:]:
            assert ("documents",) in [row[2:3] for row in database.execute(f"PRAGMA foreign_key_list({table})")]
        plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM dates WHERE node = 'x'").fetchall()
        assert "dates_node" in plan[0][3]
        query = "SELECT value, typeof(value) FROM quantities WHERE text LIKE '%亿%' OR text LIKE '%万%' OR text LIKE '%分之%'"
        values = database.execute(query).fetchall()
        assert sorted(values) == [(0.333333333333, "real"), (1250, "integer"), (350000000, "integer")]
        assert database.execute("SELECT json_extract(path, '$[1]') FROM items WHERE id = 'customs#1.2'").fetchone() == (2,)


def test_duckdb_and_parquet_are_typed(written: Path) -> None:
    import duckdb

    with duckdb.connect(written / "qingdan.duckdb", read_only=True) as database:
        keys = database.execute("SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'").fetchone()
        own = database.execute(
            "SELECT value, canonical FROM quantities, agencies WHERE value = 350000000 AND agencies.text = '中国海关总署'"
        )
        assert own.fetchone() == (Decimal(350000000), ["中国海关总署"])
        assert keys is not None
        assert keys[0] >= len(TABLES) - 1
    parts = f"read_parquet('{written}/parquet/*/*/*.parquet')".replace("/*/*/*", "/items/*/*")
    with duckdb.connect() as database:
        years = database.execute(f"SELECT DISTINCT year FROM {parts} ORDER BY 1").fetchall()
        assert years == [(0,), (2017,), (2019,)]
        dates = parts.replace("/items/", "/dates/")
        latest = database.execute(f"SELECT latest FROM {dates} WHERE text = '2017年9月前'").fetchone()
        assert str(latest and latest[0]) == "2017-09-30"
        assert database.execute(f"SELECT count(*) FROM {parts} WHERE contains(body, '海关')").fetchone() == (1,)
    assert (written / "parquet/documents/year=0/part-0.parquet").exists()
    assert set(pd.read_parquet(written / "parquet" / "items")["year"]) == {0, 2017, 2019}


def test_duckdb_has_room_for_a_number_among_thousands_of_smaller_ones(tmp_path: Path) -> None:
    lists = [qingdan.parse("清单\n" + "".join(f"{n}、建设1.5公里道路。\n" for n in range(1, 600)), id=f"list-{n}") for n in range(6)]
    lists[5] = qingdan.parse("清单\n" + "".join(f"{n}、种植{2016 if n == 8 else 3}棵树。\n" for n in range(1, 600)), id="list-5")
    qingdan.write(lists, tmp_path, ["duckdb"])
    assert qingdan.read(tmp_path / "qingdan.duckdb", "quantities")["value"].max() == 2016


@pytest.mark.parametrize("formats", [[form] for form in FORMATS] + [list(FORMATS)], ids="-".join)
def test_frictionless_finds_the_package_valid(
    documents: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: list[str]
) -> None:
    qingdan.write(documents, tmp_path, formats)
    monkeypatch.chdir(tmp_path)
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    described = {path for resource in json.loads((tmp_path / "datapackage.json").read_bytes())["resources"] for path in paths_of(resource)}
    assert described == set(contents(tmp_path)) - {"datapackage.json", "schema.json", "codebook.md", "codebook.zh-CN.md"}


def paths_of(resource: dict[str, str | list[str]]) -> list[str]:
    return [resource["path"]] if isinstance(resource["path"], str) else resource["path"]


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Shanghai"), ("2", "America/New_York")])
def test_the_same_documents_give_the_same_bytes(written: Path, tmp_path: Path, seed: str, zone: str) -> None:
    code = """
import sys, test_streaming, qingdan
from qingdan.writing.streaming import FORMATS
documents = [qingdan.parse(text, id=name) for name, text in test_streaming.LISTS.items()]
qingdan.write(reversed(documents), "out", reversed(FORMATS))"""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, timeout=120)
    one, two = contents(written), contents(tmp_path / "out")
    assert one.keys() == two.keys()
    # DuckDB draws an identifier for each file.
    assert [name for name in one if one[name] != two[name] and name != "qingdan.duckdb"] == []
    for table in TABLES:
        pd.testing.assert_frame_equal(
            qingdan.read(written / "qingdan.duckdb", table), qingdan.read(tmp_path / "out" / "qingdan.duckdb", table)
        )


@pytest.mark.parametrize("form", FORMATS)
def test_a_failure_in_the_middle_leaves_the_old_package_whole(documents: list[Document], tmp_path: Path, form: str) -> None:
    folder = tmp_path / "out"
    qingdan.write(documents[:1], folder, [form])
    before = contents(folder)

    def failing() -> Iterator[Document]:
        yield from documents[:2]
        raise KeyboardInterrupt

    def run(place: Path) -> None:
        with Package(place, FORMATS) as package:
            for document in failing():
                package.add(document)

    with pytest.raises(KeyboardInterrupt):
        run(folder)
    assert contents(folder) == before
    assert not (folder / ".part").exists()
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_one_line_and_changes_nothing(documents: list[Document], tmp_path: Path, form: str) -> None:
    pytest.importorskip("resource")
    qingdan.write(documents[:1], tmp_path / "out", ["csv"])
    before = contents(tmp_path / "out")
    code = f"""
import resource, signal, qingdan, sys
from qingdan.writing.streaming import Package
documents = [qingdan.parse("1、" + "甲乙丙丁戊己庚辛" * 50 + "。\\n", id=str(n)) for n in range(100, 160)]
with Package("warm", ["{form}"]) as package:
    package.add(documents[0])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1200, 1200))
try:
    with Package("out", ["{form}"]) as package:
        for document in documents:
            package.add(document)
except qingdan.QingdanError as error:
    print("failed", "\\n" in str(error))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "failed False\n", done.stderr
    assert contents(tmp_path / "out") == before


def test_what_is_the_same_is_not_written_again(documents: list[Document], tmp_path: Path) -> None:
    formats = [form for form in FORMATS if form != "duckdb"]
    qingdan.write(documents, tmp_path, formats)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    qingdan.write(documents, tmp_path, formats)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_is_stale_goes_with_its_folders(documents: list[Document], tmp_path: Path) -> None:
    qingdan.write(documents, tmp_path, FORMATS)
    (tmp_path / "json" / "mine.json").write_text("{}", encoding="utf-8")
    qingdan.write(documents[:1], tmp_path, ["jsonl"])
    assert set(contents(tmp_path)) == {
        "documents.jsonl", "datapackage.json", "schema.json", "codebook.md", "codebook.zh-CN.md", "json/mine.json",
    }  # fmt: skip
    assert not (tmp_path / "parquet").exists()


def test_a_descriptor_of_somebody_else_removes_nothing(documents: list[Document], tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("a", encoding="utf-8")
    outside = tmp_path / "outside.csv"
    outside.write_text("a", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    paths = ["../outside.csv", "/etc/passwd", "json/../../people.csv", "people.csv", "parquet/../items.csv"]
    (folder / "people.csv").write_text("a", encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps({"resources": [{"path": paths}]}), encoding="utf-8")
    qingdan.write(documents, folder, ["jsonl"])
    assert outside.exists()
    assert (tmp_path / "people.csv").exists()
    assert (folder / "people.csv").exists()


def test_a_killed_run_leaves_nothing_behind_for_the_next(documents: list[Document], tmp_path: Path) -> None:
    (tmp_path / ".part" / "files").mkdir(parents=True)
    (tmp_path / ".part" / "files" / "items.csv").write_text("half", encoding="utf-8")
    qingdan.write(documents, tmp_path, ["jsonl"])
    assert "items.csv" not in contents(tmp_path)
    assert not (tmp_path / ".part").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
@pytest.mark.parametrize("moves", range(0, 24, 3))
def test_killed_while_files_are_put_in_place(documents: list[Document], tmp_path: Path, moves: int) -> None:
    qingdan.write(documents[:1], tmp_path, ["csv", "json"])
    process = os.fork()
    if process == 0:
        left = moves

        def dying(act: Callable[..., Any]) -> Callable[..., Any]:
            def move(self: Path, *words: Any, **named: Any) -> Any:
                nonlocal left
                left -= 1
                if left < 0:
                    os._exit(9)
                return act(self, *words, **named)

            return move

        Path.replace, Path.unlink = dying(Path.replace), dying(Path.unlink)  # type: ignore[method-assign]
        qingdan.write(documents[1:], tmp_path, ["jsonl", "json", "sqlite"])
        os._exit(0)
    os.waitpid(process, 0)
    qingdan.write(documents[:1], tmp_path, ["json"])
    qingdan.write(documents[:1], tmp_path / "new", ["json"])
    new = contents(tmp_path / "new")
    assert {name: data for name, data in contents(tmp_path).items() if not name.startswith("new/")} == new


@pytest.mark.parametrize(("form", "library"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter"), ("duckdb", "duckdb")])
def test_a_missing_library_is_one_line(
    documents: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, library: str
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == library] + [library]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(QingdanError, match=rf"pip install 'qingdan\[{form}\]'"):
        qingdan.write(documents, tmp_path / "out", ["csv", form])
    assert not (tmp_path / "out").exists()


def test_documents_come_in_order_and_once(documents: list[Document], tmp_path: Path) -> None:
    one, two, _ = documents
    for pair, words in (((two, one), "in the order of their ids"), ((one, one), "two documents have this id")):
        with pytest.raises(QingdanError, match=words), Package(tmp_path / "out") as package:
            for document in pair:
                package.add(document)
    odd = [structs.replace(one, document=structs.replace(one.document, id=name)) for name in ("a\ud800", "a\ud801")]
    with pytest.raises(QingdanError, match="two documents have this id"):
        qingdan.write(odd, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_ids_that_differ_by_case_have_files_of_their_own(documents: list[Document], tmp_path: Path) -> None:
    names = ["LIST", "List", "list", "e\u0301", "\u00e9"]
    alike = [structs.replace(documents[0], document=structs.replace(documents[0].document, id=name)) for name in names]
    qingdan.write(alike, tmp_path, ["json"])
    assert len({path.name.casefold() for path in (tmp_path / "json").iterdir()}) == 5
    assert (tmp_path / "json" / "LIST.json").exists()
    assert sorted(document.id for document in qingdan.read(tmp_path)) == sorted(names)


def test_a_file_of_the_callers_comes_with_the_others(documents: list[Document], tmp_path: Path) -> None:
    resource = {"name": "manifest", "path": "manifest.csv"}
    with Package(tmp_path, ["jsonl"], sources=[("lists.zip", "Lists")]) as package:
        package.attach(resource).write_text("a\r\n1\r\n", encoding="utf-8")
        for document in documents:
            package.add(document)
    described = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert described["resources"][-1] == resource
    assert described["sources"] == [{"title": "Lists", "path": "lists.zip"}]
    assert tmp_path / "manifest.csv" in package.written


@pytest.mark.parametrize(
    ("number", "stored", "held"),
    [
        (8, "8.000000000000", 8),
        (Decimal("0.333333333333"), "0.333333333333", 0.333333333333),
        (Decimal("0.1234567890125"), "0.123456789012", 0.1234567890125),
        (10**26 - 1, "99999999999999999999999999.000000000000", 1e26),
        (10**26, "None", 1e26),
        (2**63 - 1, "9223372036854775807.000000000000", 2**63 - 1),
        (Decimal("1E+3"), "1000.000000000000", 1000),
    ],
)
def test_numbers_are_exact_where_they_can_be(number: int | Decimal, stored: str, held: float) -> None:
    assert str(exact(number)) == stored
    assert binary(number) == held
    assert type(binary(number)) is type(held)


MEASURE = """
import resource, sys, qingdan
from msgspec import structs
from qingdan.writing.json_files import from_json, to_json
from qingdan.writing.streaming import Package
first = qingdan.parse("第四轮甲乙对话成果清单\\n1、海关:甲方海关总署同意于2017年9月前交换3份清单。\\n2、乙方同意。\\n", id="x")
encoded = to_json(first)
with Package("out", sys.argv[2].split(",")) as package:
    for n in range(int(sys.argv[1])):
        document = from_json(encoded.replace(b'"x', b'"%06d' % n), "")
        about = structs.replace(document.document, round=n, year=1900 + n % 150, title=f"第{n}轮对话")
        package.add(structs.replace(document, document=about))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize(("formats", "counts"), [("csv,jsonl,parquet,sqlite", ("500", "5000")), ("duckdb,xlsx", ("200", "2000"))])
def test_memory_does_not_grow_with_the_documents(tmp_path: Path, formats: str, counts: tuple[str, str]) -> None:
    pytest.importorskip("resource")
    few, many = (
        int(subprocess.run([sys.executable, "-c", MEASURE, n, formats], cwd=tmp_path, capture_output=True, check=True).stdout)
        for n in counts
    )
    assert many < 1.3 * few


def test_the_command_writes_every_format(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["convert", str(root / "samples" / "sed7-2015.txt"), "--out", str(out), "--to", ",".join(FORMATS)])
    assert result.exit_code == 0, result.output
    assert {*FILES.values(), "items.csv", "json", "parquet"} <= {path.name for path in out.iterdir()}
    told = CliRunner().invoke(app, ["convert", "--help"]).output
    assert all(form in told for form in FORMATS)
