"""The command line: what each command prints, its exit codes, and one clear line where something is wrong."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner, Result

import qingdan
from qingdan.cli import app
from qingdan.writing.json_files import from_json, json_schema

PAGE = "甲国对话成果清单\n1、高层交往:中国外交部于2015年9月前派约45名代表访问。\n2、=两军:双方同意。\n"
COMMANDS = ("parse", "convert", "copies", "diff", "find", "explain", "check", "ledger", "deadlines", "schema")
Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """A function that runs a command line with text or bytes on standard input."""
    wide = {"COLUMNS": "160"}
    return lambda *words, input=None: CliRunner().invoke(app, [str(word) for word in words], input=input, env=wide)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def one_line(result: Result, words: str) -> None:
    """A failure: exit code 1 and exactly one line that says what is wrong, on standard error."""
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("qingdan: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr.lower()


def test_parse_to_json(run: Run, page: Path) -> None:
    result = run("parse", page, "--to", "json")
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    assert from_json(result.stdout_bytes, "stdout") == qingdan.parse(page)
    assert run("parse", page).stdout == result.stdout, "json is the default where there is no terminal"


def test_parse_several_files_to_json_lines(run: Run, page: Path, sample_path: Path) -> None:
    lines = run("parse", page, sample_path, "--to", "json").stdout.splitlines()
    assert [json.loads(line)["document"]["id"] for line in lines] == ["page", "sed7-2015"]


def test_parse_goes_on_after_a_file_that_cannot_be_read(run: Run, page: Path, tmp_path: Path) -> None:
    result = run("parse", tmp_path / "none.txt", page, "--to", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["document"]["id"] == "page"
    assert result.stderr.count("\n") == 1


def test_parse_to_csv(run: Run, page: Path) -> None:
    rows = run("parse", page, "--to", "csv").stdout.splitlines()
    assert rows[0].startswith("document,id,path,number")
    assert rows[2].startswith("page,page#2,[2],2,2、,'=两军,")
    dates = run("parse", page, "--to", "csv", "--table", "dates").stdout.splitlines()
    assert [row.split(",")[3] for row in dates] == ["text", "2015年9月前"]


def test_parse_to_an_outline(run: Run, page: Path) -> None:
    shown = run("parse", page, "--to", "outline").stdout
    for words in ("甲国对话成果清单", "1、", "高层交往", "2、", "=两军", "2015年9月前"):
        assert words in shown


def test_a_dash_is_standard_input(run: Run, tmp_path: Path) -> None:
    for command in (["parse", "-", "--to", "json"], ["find", "-"], ["find"], ["explain", "-", "1"]):
        result = run(*command, input=PAGE.encode())
        assert result.exit_code == 0, command
        assert "2015年9月前" in result.stdout, command
    assert json.loads(run("parse", "-", input=PAGE.encode()).stdout)["document"]["id"] == "stdin"
    assert run("convert", "-", "--out", tmp_path / "out", input=PAGE.encode()).exit_code == 0
    assert [document.id for document in qingdan.read(tmp_path / "out")] == ["stdin"]


def test_convert(run: Run, page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("convert", page, "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert qingdan.read(out) == [qingdan.parse(page)]
    assert (out / "items.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("convert", page, "--out", tmp_path / "plain", "--to", "csv", "--no-bom").exit_code == 0
    assert (tmp_path / "plain" / "items.csv").read_bytes().startswith(b"document,")
    assert not (tmp_path / "plain" / "json").exists()


def test_convert_a_folder(run: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("in/a.txt", "in/deep/a.txt", "in/b.txt"):
        (tmp_path / name).write_text(f"{PAGE}3、{name}\n", encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_text("", encoding="utf-8")
    result = run("convert", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 1, "one file is empty"
    assert "empty.txt" in result.stderr
    assert [document.id for document in qingdan.read(tmp_path / "out")] == ["a", "b", "deep.a"]


def test_find(run: Run, page: Path) -> None:
    found = json.loads(run("find", page).stdout)
    assert {kind: [mention["text"] for mention in mentions] for kind, mentions in found.items()} == {
        "dates": ["2015年9月前"],
        "agencies": ["中国外交部"],
        "quantities": ["约45名"],
    }
    only = json.loads(run("find", page, "--kind", "dates").stdout)
    assert (len(only["dates"]), only["agencies"], only["quantities"]) == (1, [], [])
    (date,) = json.loads(run("find", "--reference-date", "2019-01-01", input="今年").stdout)["dates"]
    assert date["edtf"] == "2019"


def test_explain(run: Run, page: Path, sample_path: Path) -> None:
    shown = run("explain", page, "1").stdout
    for words in ("page#1", "2015年9月前", "../2015-09", "month", "stated", "lexicon:cn-foreign-affairs", "约45名", "about"):
        assert words in shown
    assert "六方会谈" in run("explain", sample_path, "2.23").stdout
    assert run("explain", sample_path, "23").stdout == run("explain", sample_path, "sed7-2015#2.23").stdout
    one_line(run("explain", sample_path, "99"), "no item has the number 99")


def test_schema_and_version(run: Run) -> None:
    assert json.loads(run("schema").stdout) == json.loads(json.dumps(json_schema()))
    assert run("--version").stdout == f"qingdan {qingdan.__version__}\n"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("none.txt", None, "no such file"),
        ("empty.txt", b"", "empty"),
        ("binary.txt", b"\0\1\2", "binary"),
        ("page.html", b"<!DOCTYPE html><p>", "html"),
        (".", None, "is a directory"),
    ],
    ids=["missing", "empty", "binary", "html", "directory"],
)
def test_files_that_cannot_be_read(run: Run, tmp_path: Path, name: str, data: bytes | None, words: str) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    for command in (
        ["parse", file],
        ["check", file],
        ["parse", file, "--to", "outline"],
        ["find", file],
        ["find", file, "--jsonl"],
        ["explain", file, "1"],
    ):
        if "--jsonl" in command and data is not None:
            continue  # any bytes are lines
        one_line(run(*command), words)
    if name != ".":
        one_line(run("convert", file, "--out", tmp_path / "out"), words)
        manifest = tmp_path / "out" / "manifest.csv"
        assert manifest.exists() == (data is not None)
        assert data is None or words in manifest.read_text(encoding="utf-8").lower()


def test_a_folder_without_lists_and_a_folder_that_cannot_be_written(run: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    one_line(run("convert", tmp_path / "none", "--out", tmp_path / "out"), "none")
    one_line(run("convert", page, "--out", page), "page.txt")


@pytest.mark.parametrize(
    "words",
    [
        ["parse"], ["parse", "x", "--to", "xml"], ["parse", "x", "--to", "csv", "--table", "people"], ["parse", "x", "--none"],
        ["convert", "x"], ["convert", "x", "--out", "y", "--to", "docx"], ["convert", "x", "--out", "y", "--to", ""],
        ["find", "--kind", "people"], ["find", "--reference-date", "2015-02-30"], ["parse", "x", "--reference-date", "tomorrow"],
        ["explain", "x"], ["check"], ["check", "x", "--to", "csv"], ["check", "x", "--reference-date", "heute"], ["unknown"],
        ["lexicon"], ["units", "none"], ["lexicon", "unknown"], ["lexicon", "unknown", "x", "--to", "xml"],
        ["units", "check", "--to", "csv"], ["find", "--lexicon", "none.csv"], ["find", "--units", "none.csv"],
    ],
)  # fmt: skip
def test_wrong_usage(run: Run, words: list[str]) -> None:
    result = run(*words, input="")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


HOSTILE = "\x1b]0;title\x07\x1b[31m\x9b2J\x08\r\u202e\u2066[bold]甲[/bold]\U000e0041"
STEERING = set("\x1b\x07\x08\x9b\r\u202e\u2066\U000e0041")


def test_nothing_of_a_page_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"{HOSTILE}清单\n1、{HOSTILE}:2015年{HOSTILE}9月\n2、乙:\x1b[2J45名\n", encoding="utf-8", newline="")
    for words in (["parse", file, "--to", "outline"], ["explain", file, "1"], ["explain", file, "2"]):
        result = run(*words)
        assert result.exit_code == 0, words
        assert not STEERING & set(result.stdout), words
    assert "[bold]甲[/bold]" in run("parse", file, "--to", "outline").stdout, "markup of a page is text"


@pytest.mark.parametrize("command", [["parse"], ["check"], ["find"], ["find", "--jsonl"], ["explain", "x", "1"], ["convert", "--out", "o"]])
def test_no_file_name_steers_the_terminal(run: Run, tmp_path: Path, command: list[str]) -> None:
    result = run(*(word for word in command if word != "x"), tmp_path / f"{HOSTILE.replace('/', '')}.txt")
    assert not STEERING & set(result.output)


def test_no_item_asked_for_steers_the_terminal(run: Run, page: Path) -> None:
    result = run("explain", page, HOSTILE)
    assert result.exit_code == 1
    assert not STEERING & set(result.output)


@pytest.mark.parametrize("words", [[], ["--to", "csv"], ["--to", "json"]], ids=["outline", "csv", "json"])
def test_nothing_of_a_page_steers_a_real_terminal(tmp_path: Path, words: list[str]) -> None:
    pty = pytest.importorskip("pty")
    file = tmp_path / "page.txt"
    file.write_text(f"{HOSTILE}清单\n1、{HOSTILE}:2015年9月\n2、乙:\x1b[2J45名\n", encoding="utf-8", newline="")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from qingdan.cli import main; main()", "parse", str(file), *words]
    with subprocess.Popen(command, stdout=theirs, env={**os.environ, "TERM": "xterm-256color"}) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the terminal's end
            while data := os.read(ours, 65536):
                shown += data
        os.close(ours)
    assert process.returncode == 0
    text = shown.decode().replace("\r\n", "\n")
    assert "2015年9月" in text
    assert words or "\x1b[" in text, "an outline has colours on a terminal"
    # In data, direction marks are text; in an outline they would reorder what is around them.
    steering = {c for c in STEERING if c.isascii() or c == "\x9b"} if words else STEERING
    assert not steering & set(regex.sub("\x1b\\[[0-9;]*m", "", text))


@pytest.mark.parametrize("command", [*COMMANDS, "lexicon check", "lexicon unknown", "units check", "units unknown"])
def test_help_mentions_every_option_and_argument(run: Run, command: str) -> None:
    from typer.main import get_command

    shown = " ".join(run(*command.split(), "--help").stdout.split())
    one = get_command(app)
    for word in command.split():
        one = one.commands[word]  # type: ignore[attr-defined]
    parameters = one.params
    missing = [option for parameter in parameters for option in parameter.opts if option.startswith("--") and option not in shown]
    assert missing == []
    assert all(parameter.help for parameter in parameters), "an argument or option without a word of help"


def test_help_reads_like_a_manual_page(run: Run) -> None:
    shown = run("--help").stdout
    assert all(command in shown for command in COMMANDS)
    assert "Exit codes" in shown
    assert "--version" in shown


def test_a_reader_that_closes_the_pipe_is_no_error(sample_path: Path) -> None:
    command = [sys.executable, "-c", "from qingdan.cli import main; main()", "parse", *[str(sample_path)] * 8, "--to", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert (process.stderr.read(), process.wait(30)) == (b"", 0)


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    """A page with two lines of issues, CR LF line ends, and an expectation file beside it."""
    file = tmp_path / "flawed.txt"
    file.write_bytes("甲国对话成果清单\r\n\r\n1、双方于2015年6月31日前签署《协定。\r\n3、双方同意。\r\n".encode())
    return file


def test_check_prints_a_line_an_issue_and_the_figures(run: Run, flawed: Path) -> None:
    result = run("check", flawed)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{flawed}: info no-reference-date: neither a meeting nor a publication day found: relative dates stay open",
        f"{flawed}:3:6: warning impossible-date: 2015年6月31日前 is no day of the calendar",
        f"{flawed}:3:19: info unbalanced-mark: 《 is never closed",
        f"{flawed}:4:1: warning number-gap: 3、 follows 1",
        f"{flawed}: format arabic-dun (arabic-dun 2 of 2), 0 sections, 2 items, 0% chrome",
    ]
    assert run("check", "-", input=flawed.read_bytes()).stdout == result.stdout.replace(str(flawed), "-")


def test_check_to_json(run: Run, flawed: Path) -> None:
    (flawed.parent / "flawed.toml").write_text("[expect]\nitems = 3\n", encoding="utf-8")
    result = run("check", flawed, "--to", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert {name: found[name] for name in ("document", "format", "sections", "items", "chrome", "unmet")} == {
        "document": "flawed", "format": "arabic-dun", "sections": 0, "items": 2, "chrome": 0.0, "unmet": ["items: expected 3, found 2"],
    }  # fmt: skip
    assert [(issue["code"], issue["line"], issue["column"]) for issue in found["issues"]] == [
        ("no-reference-date", None, None), ("impossible-date", 3, 6), ("unbalanced-mark", 3, 19), ("number-gap", 4, 1),
    ]  # fmt: skip


def test_check_says_what_is_not_as_expected(run: Run, flawed: Path, page: Path) -> None:
    beside = flawed.with_suffix(".toml")
    beside.write_text("[expect]\nitems = 2\nsections = 0\n", encoding="utf-8")
    assert run("check", flawed, page).exit_code == 0
    beside.write_text("[expect]\nitems = 38\nsections = 0\n", encoding="utf-8")
    result = run("check", flawed, page)
    assert result.exit_code == 1
    assert f"{flawed}: error unmet: items: expected 38, found 2" in result.stdout.splitlines()
    assert result.stdout.splitlines()[-1].startswith(f"{page}: format"), "the rest is checked"
    beside.write_text("[expect]\nitem = 38\n", encoding="utf-8")
    result = run("check", flawed, page)
    assert result.exit_code == 1
    assert "`item`" in result.stderr
    assert "flawed.toml" in result.stderr
    assert result.stderr.count("\n") == 1


def test_nothing_of_a_page_steers_the_terminal_when_it_is_checked(run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"{HOSTILE.replace('/', '')}.txt"
    file.write_text(f"{HOSTILE}清单\n1、《{HOSTILE}:2015\u200b年6月31\u2066日{HOSTILE}\n3、乙:\x1b[2J45名\n", encoding="utf-8", newline="")
    file.with_suffix(".toml").write_text("[expect]\ntitle = '甲\u202e'\n", encoding="utf-8")
    result = run("check", file)
    assert result.exit_code == 1
    assert "unmet" in result.stdout
    assert not STEERING & set(result.output)


ROWS = "name,aliases\n美国航标协调总队,航标总队\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A page with a body and a unit that the package has no row for; ``bodies.csv`` and ``measures.csv`` beside it have one each."""
    file = tmp_path / "own.txt"
    file.write_text("中美对话成果清单\n1、美国航标协调总队派人,航标总队提供30扎缆绳。\n2、双方同意。\n", encoding="utf-8")
    (tmp_path / "bodies.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "measures.csv").write_text("unit\n扎\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "words",
    [["parse", "--to", "json"], ["parse", "--to", "csv", "--table", "agencies"], ["find"], ["explain", "1"], ["convert", "--out"]],
    ids=["json", "csv", "find", "explain", "convert"],
)
def test_every_command_knows_own_rows(run: Run, own: Path, tmp_path: Path, words: list[str]) -> None:
    command, *rest = words
    target = [tmp_path / "out"] if "--out" in words else []
    files = ["--lexicon", tmp_path / "bodies.csv", "--units", tmp_path / "measures.csv"]
    seen = []
    for options in (files, []):
        result = run(command, own, *rest, *target, *options)
        assert result.exit_code == 0
        text = (tmp_path / "out" / "agencies.csv").read_text(encoding="utf-8") if target else result.stdout
        seen.append("lexicon:美国航标协调总队" in text)
    assert seen == [True, False], "and the next command in the process knows nothing of them"


def test_copies_check_and_lines_take_own_rows(run: Run, own: Path, tmp_path: Path) -> None:
    files = ["--lexicon", tmp_path / "bodies.csv", "--units", tmp_path / "measures.csv"]
    assert run("check", own, *files).exit_code == 0
    assert run("copies", own, *files).exit_code == 0
    line = json.dumps({"text": "航标总队提供30扎"}).encode()
    found = json.loads(run("find", "--jsonl", *files, input=line).stdout)
    assert ([a["rule"] for a in found["agencies"]], [q["unit"] for q in found["quantities"]]) == (["lexicon:美国航标协调总队"], ["扎"])


@pytest.mark.parametrize(
    "words",
    [["parse", "x"], ["convert", "x", "--out", "o"], ["copies", "x"], ["find", "x"], ["explain", "x", "1"], ["check", "x"],
     ["lexicon", "unknown", "x"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_fault_in_own_rows_is_wrong_usage_in_one_line(run: Run, own: Path, tmp_path: Path, words: list[str]) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(f"name,kind\n美国航标协调总队,{HOSTILE}\n,group\n".replace("\r", ""), encoding="utf-8", newline="")
    result = run(*(own if word == "x" else word for word in words), "--lexicon", bad)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"qingdan: {bad}:2: a line break or another control character in kind (and 1 more: qingdan lexicon")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "o").exists()


def test_lexicon_check(run: Run, tmp_path: Path) -> None:
    result = run("lexicon", "check")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1), result.stdout
    assert regex.fullmatch(r"agencies\.csv: \d+ rows, 0 errors, 0 warnings\n", result.stdout)
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(ROWS, encoding="utf-8")
    bad.write_text("name,from\n美国航标协调总队,20l5\n美国灯塔总队,\n", encoding="utf-8")
    result = run("lexicon", "check", good, bad)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{good}: 1 row, 0 errors, 0 warnings",
        f"{bad}:2: error: “20l5” in from is no year",
        f"{bad}: 1 row, 1 error, 0 warnings",
    ]
    assert run("lexicon", "check", "-", input=ROWS.encode()).stdout == "-: 1 row, 0 errors, 0 warnings\n"
    one_line(run("lexicon", "check", tmp_path / "none.csv"), "no such file")


def test_units_check(run: Run) -> None:
    assert regex.fullmatch(r"units\.csv: \d+ rows, 0 errors, 0 warnings\n", run("units", "check").stdout)
    result = run("units", "check", "-", input="unit\n扎\n三扎\n".encode())
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["-:3: error: “三扎” begins with a numeral", "-: 1 row, 1 error, 0 warnings"]


def test_lexicon_unknown(run: Run, own: Path, tmp_path: Path) -> None:
    own.write_text("中美对话成果清单\n1、美国航标协调署派人。\n2、美国灯塔管理局参加。\n3、双方支持美国航标协调署。\n", encoding="utf-8")
    assert run("lexicon", "unknown", own).stdout.splitlines() == [
        "美国航标协调署: 2 in 1 document (government, 美国, head-word)",
        "    1、美国航标协调署派人。",
        "    3、双方支持美国航标协调署。",
        "  us-hangbiao-xietiao-shu,美国航标协调署,,美国,government,,,,",
        "美国灯塔管理局: 1 in 1 document (government, 美国, head-word)",
        "    2、美国灯塔管理局参加。",
        "  us-dengta-guanliju,美国灯塔管理局,,美国,government,,,,",
    ]
    lines = [json.loads(line) for line in run("lexicon", "unknown", own, "--to", "json").stdout.splitlines()]
    assert [(line["name"], line["count"], line["row"]["id"]) for line in lines] == [
        ("美国航标协调署", 2, "us-hangbiao-xietiao-shu"), ("美国灯塔管理局", 1, "us-dengta-guanliju"),
    ]  # fmt: skip
    rows = tmp_path / "rows.csv"
    rows.write_bytes(run("lexicon", "unknown", own, "--to", "csv").stdout_bytes)
    assert rows.read_text(encoding="utf-8").splitlines()[0] == "id,name,english,party,kind,parent,aliases,from,to"
    assert run("lexicon", "check", rows).stdout == f"{rows}: 2 rows, 0 errors, 0 warnings\n"
    result = run("lexicon", "unknown", own, "--lexicon", rows)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "qingdan: nothing is missing\n")


def test_units_unknown(run: Run, own: Path, tmp_path: Path) -> None:
    assert run("units", "unknown", own).stdout.splitlines() == [
        "扎: 1 in 1 document (count, numeral)", "    …、美国航标协调总队派人,航标总队提供30扎缆绳。", "  扎,count,,",
    ]  # fmt: skip
    assert run("units", "unknown", own, "--to", "csv").stdout.splitlines() == ["unit,kind,code,per", "扎,count,,"]
    assert run("units", "unknown", own, "--units", tmp_path / "measures.csv").stderr == "qingdan: nothing is missing\n"
    one_line(run("units", "unknown", tmp_path / "none.txt"), "no such file")


@pytest.mark.parametrize("to", ["table", "csv", "json"])
def test_nothing_of_a_page_steers_the_terminal_in_candidates(run: Run, tmp_path: Path, to: str) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"甲国清单\n1、{HOSTILE}美国航标协调署{HOSTILE}提供30扎{HOSTILE}。\n2、乙。\n", encoding="utf-8", newline="")
    for command in ("lexicon", "units"):
        result = run(command, "unknown", file, "--to", to)
        assert result.exit_code == 0
        assert to == "json" or not STEERING & set(result.stdout)
