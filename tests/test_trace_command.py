"""The command ``trace``: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pytest
from click.testing import Result
from typer.testing import CliRunner

import qingdan
from qingdan.cli import app
from qingdan.writing.trace_tables import TABLES

ROUNDS = ("sed6-2014-invented", "sed7-2015", "sed8-2016-invented")
STEER = "\x1b[31m"


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    lists = tmp_path / "lists"
    lists.mkdir()
    for name in ROUNDS:
        shutil.copy(root / "samples" / f"{name}.txt", lists)
    return lists


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["trace", *map(str, words)], env={"COLUMNS": "120"})


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def small(folder: Path, number: int, *items: str, title: str = "中印渔业对话成果清单") -> Path:
    path = folder / f"r{number}.txt"
    words = "一二三四五六七八九"[number - 1]
    body = "\n".join(f"{i}、{item}" for i, item in enumerate(items, 1))
    path.write_text(f"第{words}轮{title}\n{2030 + number}年6月1日,第{words}轮会议在昆明举行。\n\n{body}\n", encoding="utf-8")
    return path


def test_the_table_has_a_line_a_thread_and_a_mark_a_round(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = {line.split()[1]: line for line in result.stdout.splitlines() if line[:3].strip().isdigit()}
    assert len(lines) >= 40
    assert lines["海洋法磋商"].split()[2:] == ["●", "○", "●", "back", "8"]
    assert lines["青年交流"].split()[2:] == ["●", "○", "○", "ended", "7"]
    assert lines["海洋保护"].split()[2:] == ["○", "○", "●", "new", "8"]
    firmness = {"两军关系": "strengthened 7", "防扩散合作": "weakened 8", "残疾人权利": "done 7", "领事事务": ""}
    assert {topic: " ".join(lines[topic].split()[5:]) for topic in firmness} == firmness
    assert "43 threads through 3 rounds: " in result.stdout
    assert "not mentioned again" in result.stdout


def test_the_deadlines_have_a_line_each(folder: Path) -> None:
    lines = run(folder, "--table", "deadlines").stdout.splitlines()
    assert any(line.split()[:2] == ["7", "中国园"] and "to 2019-03-31, 152 days later (8)" in line.replace("../", "") for line in lines)
    assert any("not mentioned again" in line and "next session 2016-23 (8)" in line for line in lines)


def test_csv_has_a_row_a_thread_and_columns_a_round(folder: Path) -> None:
    rows = table(run(folder, "--to", "csv").stdout)
    assert len(rows) == 43
    (split,) = [row for row in rows if row["topic"] == "南北苏丹问题"]
    assert (split["round_7"], split["round_8"]) == ("sed7-2015#2.29", "sed8-2016-invented#2.32|sed8-2016-invented#2.33")
    assert (split["splits"], split["round_8_presence"], split["rounds"]) == ("round_8", "split", "3")
    deadlines = table(run(folder, "--to", "csv", "--table", "deadlines").stdout)
    (moved,) = [row for row in deadlines if row["item"] == "sed7-2015#1.21" and row["deadline"] == "../2018-10-30"]
    assert (moved["fate"], moved["new"], moved["days"], moved["next_round"]) == ("moved", "../2019-03-31", "152", "round_8")
    assert [row["document"] for row in table(run(folder, "--to", "csv", "--table", "rounds").stdout)] == list(ROUNDS)


def test_json_is_the_trace_of_the_library(folder: Path) -> None:
    told = json.loads(run(folder, "--to", "json").stdout)
    trace = qingdan.trace([qingdan.parse(folder / f"{name}.txt") for name in ROUNDS])
    assert [thread["items"] for thread in told["threads"]] == [[list(cell) for cell in thread.items] for thread in trace.threads]
    assert [round["name"] for round in told["rounds"]] == ["round_6", "round_7", "round_8"]
    assert told["schema"] == "qingdan-trace/1"


def test_out_writes_a_data_package(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "trace"
    assert run(folder, "--out", out).exit_code == 0
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    whole, schema = (json.loads((out / name).read_text(encoding="utf-8")) for name in ("threads.json", "threads.schema.json"))
    jsonschema.validate(whole, schema)
    book, chinese = ((out / name).read_text(encoding="utf-8") for name in ("codebook.md", "codebook.zh-CN.md"))
    for name in TABLES:
        assert f"\n## {name}\n" in book
        assert f"\n## {name}\n" in chinese
    assert (out / "threads.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.iterdir()}
    assert run(folder, "--out", out).exit_code == 0
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.iterdir()} == before


def test_the_schema_is_printed_too(folder: Path) -> None:
    schema = json.loads(CliRunner().invoke(app, ["schema", "trace"]).stdout)
    jsonschema.validate(json.loads(run(folder, "--to", "json").stdout), schema)


def test_another_data_package_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "data"
    qingdan.write([qingdan.parse(folder / "sed7-2015.txt")], out)
    before = sorted(path.name for path in out.iterdir())
    result = run(folder, "--out", out)
    assert result.exit_code == 1
    assert "holds a data package already (qingdan); choose another folder" in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(path.name for path in out.iterdir()) == before


@pytest.mark.parametrize("formats", [("csv", "json"), ("jsonl",)])
def test_converted_lists_give_the_same(folder: Path, tmp_path: Path, formats: tuple[str, ...]) -> None:
    out = tmp_path / "data"
    qingdan.write([qingdan.parse(folder / f"{name}.txt") for name in ROUNDS], out, formats)
    assert run(out, "--to", "json").stdout == run(folder, "--to", "json").stdout


def test_converted_and_raw_lists_go_together(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "data"
    qingdan.write([qingdan.parse(folder / f"{name}.txt") for name in ROUNDS[:2]], out)
    result = run(out, folder / f"{ROUNDS[2]}.txt", "--to", "json")
    assert result.stdout == run(folder, "--to", "json").stdout


def test_what_is_left_out_is_told_in_a_line_each(tmp_path: Path) -> None:
    small(tmp_path, 1, "渔政:双方同意加强渔政执法合作。")
    small(tmp_path, 3, "渔政:双方同意继续加强渔政执法合作。")
    small(tmp_path, 2, "采茶:双方同意交换采茶的经验。", title="中印茶叶对话成果清单")
    (tmp_path / "r3-copy.txt").write_bytes((tmp_path / "r3.txt").read_bytes())
    result = run(tmp_path)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "qingdan: r3: stands for its copies too: r3-copy",
        "qingdan: r2: left out: of another series: 中印茶叶对话",
        "qingdan: no document of round 2",
    ]


def test_series_and_rounds_can_be_given(tmp_path: Path) -> None:
    paths = [small(tmp_path, n, "采茶:双方同意交换采茶的经验。") for n in (1, 2)]
    other = small(tmp_path, 4, "采茶:双方同意继续交换采茶的经验。", title="湖区会商要点")
    result = run(*paths, other, "--round", f"{other}=3", "--to", "csv")
    assert [name for name in result.stdout.splitlines()[0].split(",") if name.startswith("round_") and name.count("_") == 1] == [
        "round_1", "round_2", "round_3",
    ]  # fmt: skip
    assert "r4" in run(*paths, other, "--series", "渔业").stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nowhere.txt"], 1, "nowhere.txt: no such file"),
        (["{r1}"], 1, "no two documents are rounds of one series"),
        (["{r1}", "{r2}", "--series", "山茶"], 1, "山茶: no document is of such a series"),
        (["{r1}", "{r2}", "--round", "r9=4"], 1, "--round r9=4: no document is called r9"),
        (["{r1}", "{r2}", "--round", "r1"], 2, "r1: is not FILE=N"),
        (["{r1}", "{r2}", "--round", "r1=0"], 2, "r1=0: is not FILE=N"),
        (["{r1}", "{r2}", "--to", "csv", "--table", "items"], 2, "choose from threads, deadlines, rounds"),
        (["{json}", "{r2}"], 1, "no document of qingdan/1"),
    ],
)
def test_bad_input_is_one_line(tmp_path: Path, words: list[str], code: int, told: str) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"threads": []}', encoding="utf-8")
    names = {"r1": small(tmp_path, 1, "渔政:双方同意合作。"), "r2": small(tmp_path, 2, "渔政:双方同意合作。"), "json": other}
    result = run(*(word.format(**names) for word in words))
    assert result.exit_code == code
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    if code == 1:
        assert all(line.startswith("qingdan: ") for line in result.stderr.splitlines())


def test_hostile_text_steers_nothing(tmp_path: Path) -> None:
    for number in (1, 2):
        small(tmp_path, number, f"=渔政{STEER}\u202e:双方同意合作。", f"{STEER}双方决定交换[bold]资料[/bold],每年一次。")
    result = run(tmp_path)
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "[bold]" in result.stdout
    rows: list[dict[str, Any]] = table(run(tmp_path, "--to", "csv").stdout)
    assert rows[0]["topic"].startswith("'=")


def test_many_rounds_wrap_into_several_tables(tmp_path: Path) -> None:
    title = "中印渔业对话成果清单"
    for number in range(1, 41):
        (tmp_path / f"r{number:02}.txt").write_text(
            f"第{number}轮{title}\n\n1、渔政:双方同意加强渔政执法合作。\n2、堤防:双方同意在第{number}段养护堤防。\n", encoding="utf-8"
        )
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    heads = [line for line in result.stdout.splitlines() if line.split()[:1] == ["thread"]]
    assert len(heads) > 1
    assert [int(word) for head in heads for word in head.split()[1:]] == list(range(1, 41))
    assert max(map(len, result.stdout.splitlines())) <= 160


def test_own_rows_count(tmp_path: Path, folder: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name\n中国某某渔政总局\n", encoding="utf-8")
    assert run(folder, "--lexicon", own).exit_code == 0
    own.write_text("nonsense\nx\n", encoding="utf-8")
    assert run(folder, "--lexicon", own).exit_code == 2


def test_a_reference_date_that_is_no_day_is_wrong_usage(folder: Path) -> None:
    assert run(folder, "--reference-date", "yesterday").exit_code == 2
