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
COMMANDS = ("parse", "convert", "copies", "find", "explain", "check", "schema")
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
        (tmp_path / name).write_bytes(page.read_bytes())
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
        assert not (tmp_path / "out").exists()


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


@pytest.mark.parametrize("command", COMMANDS)
def test_help_mentions_every_option_and_argument(run: Run, command: str) -> None:
    from typer.main import get_command

    shown = " ".join(run(command, "--help").stdout.split())
    parameters = get_command(app).commands[command].params  # type: ignore[attr-defined]
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
