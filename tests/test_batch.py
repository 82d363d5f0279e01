"""Whole archives: what comes of them, the same however often a run was stopped, and nothing done twice."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

import qingdan
from qingdan.batch.archive import Outcome, Workers, convert
from qingdan.batch.entries import Entry, Wanted
from qingdan.batch.naming import Naming
from qingdan.batch.state import State
from qingdan.batch.work import Settings
from qingdan.cli import app

HERE = Workers(jobs=0)


class Told:
    """What a run told, for the tests to look at; ``at_most`` documents are finished before it is interrupted."""

    def __init__(self, at_most: int = 10**9) -> None:
        self.paths: list[str] = []
        self.failures: dict[str, str] = {}
        self.articles: list[tuple[str, ...]] = []
        self._left = at_most

    def finished(self, path: str, size: int, reason: str | None) -> None:
        self.paths.append(path)
        if reason is not None:
            self.failures[path] = reason
        self._left -= 1
        if self._left == 0:
            raise KeyboardInterrupt

    def joined(self, paths: Sequence[str]) -> None:
        self.articles.append(tuple(paths))


def page(number: int, more: str = "") -> str:
    return f"第{number}次甲乙对话成果清单\n1、双方同意于2031年5月前设立联合工作组。{more}\n2、海关总署派{number}名专家。\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of ten lists, with a zip, a copy, an article of two pages and two files that cannot be read."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for number in range(1, 6):
        (folder / f"{number}00.txt").write_text(page(number), encoding="utf-8")
    (folder / "deep" / "copy.txt").write_text(page(3), encoding="utf-8")
    (folder / "deep" / "empty.txt").write_text("", encoding="utf-8")
    (folder / "article.txt").write_text(page(9), encoding="utf-8")
    (folder / "article_2.txt").write_text("3、双方将在2032年会晤。\n4、双方同意。\n", encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    with zipfile.ZipFile(folder / "x.zip", "w") as packed:
        for number in range(6, 9):
            packed.writestr(f"y/{number}.txt", page(number))
    return folder


def made(folder: Path, out: Path, told: Told | None = None, **options: Any) -> Outcome:
    given = {"settings": Settings(), "wanted": Wanted(), "workers": HERE} | options
    names = options.pop("names", [folder])
    given.pop("names", None)
    return convert(names, out, ("csv", "json"), told or Told(), **given)


def contents(out: Path) -> dict[str, bytes]:
    """The files of a folder of output but for what it knows of its making."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file() and ".qingdan" not in path.parts
    }


def times(out: Path) -> dict[str, int]:
    return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in [out, *out.rglob("*")]}


def manifest(out: Path) -> dict[str, dict[str, str]]:
    with (out / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["path"]: row for row in csv.DictReader(file)}


def outcomes(out: Path) -> dict[str, str]:
    return {path: row["outcome"] for path, row in manifest(out).items()}


def test_everything_found_is_a_row_of_the_manifest(archive: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out", Told()
    outcome = made(archive, out, told)
    rows = manifest(out)
    assert {path: row["outcome"] for path, row in rows.items()} == {
        "100.txt": "converted", "200.txt": "converted", "300.txt": "converted", "400.txt": "converted", "500.txt": "converted",
        "article.txt": "converted", "article_2.txt": "page-of", "bad.pdf": "failed", "deep/copy.txt": "copy-of", "deep/empty.txt": "failed",
        "x.zip/y/6.txt": "converted", "x.zip/y/7.txt": "converted", "x.zip/y/8.txt": "converted",
    }  # fmt: skip
    assert list(rows) == sorted(rows)
    assert (rows["deep/copy.txt"]["of"], rows["deep/copy.txt"]["document"]) == ("300.txt", "300")
    assert (rows["article_2.txt"]["of"], rows["article_2.txt"]["document"]) == ("article.txt", "article")
    assert rows["deep/empty.txt"]["reason"] == "is empty"
    row = rows["x.zip/y/7.txt"]
    assert (row["document"], row["size"], row["media_type"], row["encoding"]) == (
        "x.y.7",
        str(len(page(7).encode())),
        "text/plain",
        "utf-8",
    )
    assert (row["items"], row["mentions"], row["issues"]) == ("2", "5", "1")
    documents = {document.id: document for document in qingdan.read(out)}
    assert sorted(documents) == ["100", "200", "300", "400", "500", "article", "x.y.6", "x.y.7", "x.y.8"]
    assert documents["x.y.7"].document.source.sha256 == row["sha256"]
    assert len(documents["article"].items) == 4
    assert told.articles == [("article.txt", "article_2.txt")]
    assert outcome.counts == (8 + 1, 1, 1, 2, 0, 12)
    assert (outcome.documents, outcome.items) == (9, 20)


def test_a_file_comes_out_as_if_parsed_alone(archive: Path, tmp_path: Path) -> None:
    made(archive, tmp_path / "out")
    documents = {document.id: document for document in qingdan.read(tmp_path / "out")}
    assert documents["100"] == qingdan.parse(archive / "100.txt")


def test_the_manifest_is_a_table_of_the_data_package(archive: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    made(archive, tmp_path / "out")
    assert frictionless.validate(str(tmp_path / "out" / "datapackage.json")).valid
    described = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())
    (resource,) = [one for one in described["resources"] if one["name"] == "manifest"]
    assert [field["name"] for field in resource["schema"]["fields"]] == list(manifest(tmp_path / "out")["100.txt"])
    jsonschema.validate(
        {field["name"]: field["description"] for field in resource["schema"]["fields"]}, {"additionalProperties": {"minLength": 5}}
    )
    for name in ("codebook.md", "codebook.zh-CN.md"):
        assert (tmp_path / "out" / name).read_text(encoding="utf-8").count("## manifest") == 1


def test_a_second_run_with_nothing_new_writes_nothing(archive: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out", Told()
    assert made(archive, out).written
    before = times(out)
    time.sleep(0.02)
    outcome = made(archive, out, told)
    assert (outcome.written, outcome.counts.done, told.paths) == (False, 0, [])
    assert times(out) == before
    os.utime(archive / "100.txt")
    assert not made(archive, out).written, "a file counts by its bytes"
    assert times(out) == before
    (out / "items.csv").write_text("", encoding="utf-8")
    assert made(archive, out).counts.done == 0
    assert (out / "items.csv").stat().st_size > 100, "what somebody spoilt is written again"


@pytest.mark.parametrize("at_most", [1, 2, 5, 9, 12])
def test_an_interrupted_run_goes_on(archive: Path, tmp_path: Path, at_most: int) -> None:
    made(archive, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        made(archive, tmp_path / "out", Told(at_most))
    told = Told()
    made(archive, tmp_path / "out", told)
    assert len([path for path in told.paths if path not in told.failures]) <= 10 - (at_most - 2), "what was finished is not done again"
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_other_options_or_another_lexicon_make_results_anew(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(archive, out)
    assert made(archive, out, settings=Settings(reference_date="2031-01-01")).counts.done == 12
    rows = tmp_path / "own.csv"
    rows.write_text("name\n甲国航标总队\n", encoding="utf-8")
    own = Settings(lexicon=(str(rows),))
    assert made(archive, out, settings=own).counts.done == 12
    assert made(archive, out, settings=own).counts.done == 0
    rows.write_text("name\n乙国航标总队\n", encoding="utf-8")
    assert made(archive, out, settings=own).counts.done == 12
    made(archive, out)
    made(archive, tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")


def test_what_is_new_changed_and_gone(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(archive, out)
    (archive / "100.txt").unlink()
    (archive / "200.txt").write_text(page(2, "双方将扩大投资。"), encoding="utf-8")
    (archive / "600.txt").write_text(page(60), encoding="utf-8")
    told = Told()
    outcome = made(archive, out, told, update=True)
    assert outcome.changes == (("600.txt",), ("200.txt",), ("100.txt",))
    assert sorted(told.paths) == ["200.txt", "600.txt"]
    assert {path: outcomes(out)[path] for path in ("100.txt", "200.txt", "600.txt")} == {
        "100.txt": "gone", "200.txt": "converted", "600.txt": "converted"
    }  # fmt: skip
    assert {"100", "600"} <= {document.id for document in qingdan.read(out)}
    again = made(archive, out, update=True)
    assert (again.written, again.changes) == (False, ((), (), ()))
    plain = made(archive, out)
    assert plain.changes.gone == ("100.txt",)
    made(archive, tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole"), "without --update the folder is what the archive is"


def test_an_update_of_one_archive_leaves_the_others_as_they_are(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(archive, out)
    more = tmp_path / "more"
    more.mkdir()
    (more / "100.txt").write_text(page(100), encoding="utf-8")
    (more / "again.txt").write_text(page(1), encoding="utf-8")
    outcome = made(more, out, update=True)
    assert outcome.changes == (("again.txt", "more/100.txt"), (), ())
    assert manifest(out)["more/100.txt"]["document"] == "more.100"
    assert (manifest(out)["again.txt"]["outcome"], manifest(out)["again.txt"]["of"]) == ("copy-of", "100.txt")
    assert outcomes(out)["300.txt"] == "converted"
    assert not made(more, out, update=True).written
    assert not made(archive, out, update=True).written


def test_ids_stay_whatever_comes_beside_them(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(archive, out)
    before = {path: row["document"] for path, row in manifest(out).items()}
    (archive / "deep" / "100.txt").write_text(page(70), encoding="utf-8")
    (archive / "100.md").write_text(page(71), encoding="utf-8")
    (archive / "000.txt").write_text(page(5), encoding="utf-8")
    made(archive, out)
    after = {path: row["document"] for path, row in manifest(out).items()}
    assert {path: own for path, own in after.items() if path in before} == before
    assert (after["deep/100.txt"], after["100.md"], after["000.txt"]) == ("deep.100", "100.md", "500")
    assert manifest(out)["000.txt"]["outcome"] == "copy-of", "of what was converted already, though it stands before it"


def test_a_copy_takes_the_place_of_what_it_was_a_copy_of(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(archive, out)
    (archive / "300.txt").unlink()
    assert made(archive, out, update=True).counts.copies == 1, "it is still there, as gone"
    assert made(archive, out).counts.copies == 0
    assert manifest(out)["deep/copy.txt"]["document"] == "deep.copy"
    (archive / "300.txt").write_text(page(3), encoding="utf-8")
    assert made(archive, out).counts.copies == 1
    assert manifest(out)["300.txt"]["document"] == "deep.copy"


@pytest.mark.parametrize("update", [False, True])
def test_thousands_of_copies_take_no_longer_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool) -> None:
    opened = State._open
    steps = 0

    def counting(state: State) -> None:
        def step() -> None:
            nonlocal steps
            steps += 1

        opened(state)
        state._connection.set_progress_handler(step, 100)

    monkeypatch.setattr(State, "_open", counting)
    taken = []
    for number in (200, 800):
        folder, out = tmp_path / str(number), tmp_path / f"{number}-out"
        folder.mkdir()
        (folder / "a.txt").write_text(page(1), encoding="utf-8")
        with zipfile.ZipFile(folder / "copies.zip", "w") as packed:
            for copy in range(number):
                packed.writestr(f"{copy}.txt", page(1))
        made(folder, out)
        (folder / "a.txt").unlink()
        steps = 0
        assert made(folder, out, update=update).counts.copies == number - (not update)
        taken.append(steps)
    assert taken[1] < 7 * taken[0]


def test_a_word_file_that_declares_entities_costs_itself(tmp_path: Path) -> None:
    docx = io.BytesIO()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
    with zipfile.ZipFile(docx, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", bomb)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("bomb.docx", docx.getvalue())
        packed.writestr("a.txt", page(1))
    made(tmp_path / "x.zip", tmp_path / "out")
    assert outcomes(tmp_path / "out") == {"x.zip/a.txt": "converted", "x.zip/bomb.docx": "failed"}
    assert "declares XML entities" in manifest(tmp_path / "out")["x.zip/bomb.docx"]["reason"]


def test_an_archive_from_standard_input(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive_file:
        archive_file.writestr("list.txt", page(1).split("\n2、")[0])
        archive_file.writestr("list_2.txt", "2、双方同意。\n3、双方将会晤。\n")
    words = ["convert", "-", "--out", str(tmp_path / "out"), "--jobs", "0"]
    result = CliRunner().invoke(app, words, input=packed.getvalue())
    assert result.exit_code == 0, result.output
    assert sorted(outcomes(tmp_path / "out")) == ["stdin/list.txt", "stdin/list_2.txt"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of the system")
def test_a_full_disk_is_one_line_and_the_next_run_goes_on(archive: Path, tmp_path: Path) -> None:
    import resource

    made(archive, tmp_path / "whole")
    out = tmp_path / "out"
    for size in (3_000, 60_000, 100_000):

        def filling(size: int = size) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            with (tmp_path / "told").open("w", encoding="utf-8") as told:
                try:
                    made(archive, out)
                except qingdan.QingdanError as error:
                    told.write(f"one line: {error}")

        os.waitpid(in_a_process(filling), 0)
        told = (tmp_path / "told").read_text(encoding="utf-8")
        assert size == 100_000 or (told.startswith("one line: ") and "\n" not in told), size
    made(archive, out)
    assert contents(out) == contents(tmp_path / "whole")


def test_a_bar_and_a_table_on_a_terminal(archive: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    words = ["convert", str(archive), "--out", str(tmp_path / "out"), "--jobs", "1"]
    command = [sys.executable, "-c", "from qingdan.cli import main; main()", *words]
    with subprocess.Popen(command, stderr=theirs, env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"}) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the terminal's end
            while data := os.read(ours, 4096):
                shown += data
    os.close(ours)
    text = shown.decode()
    assert process.returncode == 1
    for words_shown in ("documents, ", "MB/s", "failed", "deep/empty.txt: is empty", "worked on in this run", "9 documents, 20 items"):
        assert words_shown in text, text


def test_copies_of_what_fails_fail_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.txt").write_bytes(b"")
    assert made(tmp_path / "in", tmp_path / "out").counts.failed == 2


@pytest.mark.parametrize("jobs", [0, 1])
def test_a_name_that_is_no_text_is_no_obstacle(tmp_path: Path, jobs: int) -> None:
    (tmp_path / "in").mkdir()
    try:
        Path(os.fsdecode(bytes(tmp_path / "in") + "/成果.txt".encode("gbk"))).write_text(page(1), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    made(tmp_path / "in", tmp_path / "out", workers=Workers(jobs))
    (document,) = qingdan.read(tmp_path / "out")
    assert (len(document.items), "\ufffd" in document.id) == (2, True)


def test_pages_come_apart_and_together_again(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(archive, out)
    text = (archive / "article_2.txt").read_bytes()
    (archive / "article_2.txt").write_text("1、另一份。\n2、清单。\n", encoding="utf-8")
    made(archive, out)
    assert outcomes(out)["article_2.txt"] == "converted"
    assert "page-not-joined" not in (out / "issues.csv").read_text(encoding="utf-8-sig")
    (archive / "article_2.txt").write_bytes(text)
    (archive / "article_3.txt").write_text("5、双方商定。\n", encoding="utf-8")
    made(archive, out)
    (document,) = [document for document in qingdan.read(out) if document.id == "article"]
    assert [item.number for item in document.items] == [1, 2, 3, 4, 5]
    made(archive, tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")
    assert made(archive, out, settings=Settings(joining=False)).documents == 11


def test_an_article_that_is_gone_stays_one_document(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(archive, out)
    before = (out / "documents.csv").read_bytes()
    texts = {name: (archive / name).read_bytes() for name in ("article.txt", "article_2.txt")}
    for name in texts:
        (archive / name).unlink()
    for _ in range(2):
        made(archive, out, update=True)
        assert [(row["outcome"], row["document"], row["of"]) for path, row in manifest(out).items() if path in texts] == [
            ("gone", "article", ""),
            ("gone", "article", "article.txt"),
        ]
        assert (out / "documents.csv").read_bytes() == before
    (archive / "article_2.txt").write_bytes(texts["article_2.txt"])  # half of it is back
    made(archive, out, update=True)
    assert [(row["outcome"], row["document"], row["of"]) for path, row in manifest(out).items() if path in texts] == [
        ("gone", "article", ""),
        ("converted", "article_2", ""),
    ]
    (archive / "article.txt").write_bytes(texts["article.txt"])
    made(archive, out, update=True)
    assert (out / "documents.csv").read_bytes() == before


def test_the_same_path_in_two_folders_and_twice_in_one_archive(tmp_path: Path) -> None:
    for year in ("2030/lists", "2031/lists"):
        (tmp_path / year).mkdir(parents=True)
        (tmp_path / year / "a.txt").write_text(page(int(year[:4])), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("a.txt", page(1))
        packed.writestr("a.txt", page(2))
    names = [tmp_path / "2030/lists", tmp_path / "2031/lists", tmp_path / "x.zip"]
    out = tmp_path / "out"
    made(tmp_path, out, names=names)
    found = {path: row["document"] for path, row in manifest(out).items()}
    assert found == {"2031/lists/a.txt": "2031.lists.a", "a.txt": "a", "x.zip/a.txt": "x.a", "x.zip/a.txt#2": "x.a.txt"}
    assert not made(tmp_path, out, names=names).written


def test_names_that_come_to_the_same_are_told_apart_wherever_they_stand(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate((b"\xb2\xe2.txt", b"\xb2\xe2\xb2\xe3.txt", b"\xb2\xe3.txt")):  # GBK: no text where names are UTF-8
        try:
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(page(number), encoding="utf-8")
        except OSError:
            pytest.skip("this file system has no such names")
    with zipfile.ZipFile(folder / "a.zip", "w") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        for number, name in enumerate(("x.txt", "x.txt", "x.txt#2", "x.txt"), 10):
            packed.writestr(name, page(number))
    out = tmp_path / "out"
    made(folder, out, wanted=Wanted(include=("*",)))
    assert outcomes(out) == dict.fromkeys(
        [
            "a.zip/x.txt",
            "a.zip/x.txt#2",
            "a.zip/x.txt#2#2",
            "a.zip/x.txt#3",
            "\ufffd\ufffd.txt",
            "\ufffd\ufffd.txt#2",
            "\ufffd\ufffd\ufffd\ufffd.txt",
        ],
        "converted",
    )
    before = times(out)
    assert not made(folder, out, wanted=Wanted(include=("*",))).written
    assert times(out) == before


def test_ids_are_found_at_once_however_many_want_the_same(tmp_path: Path) -> None:
    asked = 0
    with State(tmp_path) as state:
        naming = Naming(state, {"a.tar"}, update=False)
        free = naming._free

        def counted(*words: str) -> bool:
            nonlocal asked
            asked += 1
            return free(*words)

        naming._free = counted  # type: ignore[method-assign]
        entries = (Entry("a.tar", "a.tar/x.txt", "a/x.txt", bytes) for _ in range(500))
        for seq, (entry, inner) in enumerate(naming.told_apart(entries)):
            own = naming.id(entry, inner, inner)
            state.run("INSERT INTO now (seq, root, inner, path, id) VALUES (?, ?, ?, ?, ?)", seq, "a.tar", inner, inner, own)
    assert (own, asked < 3000) == ("a.x-499", True)


def test_two_runs_into_one_folder(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with State(out):
        result = CliRunner().invoke(app, ["convert", str(archive), "--out", str(out)])
    assert (result.exit_code, result.stderr) == (1, f"qingdan: {out}: another run is writing to this folder\n")
    assert made(archive, out).written


def test_other_formats_come_and_go_and_their_order_says_nothing(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def make(formats: Sequence[str]) -> Outcome:
        settings = Settings(csv="csv" in formats)
        return convert([archive], out, formats, Told(), settings=settings, wanted=Wanted(), workers=HERE)

    make(("json", "sqlite"))
    assert make(("csv", "jsonl")).counts.done == 0
    assert (out / "items.csv").read_bytes().count(b"\r\n") == 21
    assert not (out / "qingdan.sqlite").exists()
    assert not (out / "json").exists()
    assert not make(("jsonl", "csv", "csv")).written


@pytest.mark.parametrize("words", ["INSERT INTO entries", "INSERT INTO made"])
def test_stopped_while_it_is_recorded(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    out = tmp_path / "out"
    made(archive, out)
    before = contents(out)
    (archive / "100.txt").rename(archive / "000.txt")
    real = State.run

    def stopped(state: State, statement: str, *values: Any) -> Any:
        if statement.startswith(words):
            raise KeyboardInterrupt
        return real(state, statement, *values)

    with monkeypatch.context() as patched:
        patched.setattr(State, "run", stopped)
        with pytest.raises(KeyboardInterrupt):
            made(archive, out, update=True)
    (archive / "000.txt").rename(archive / "100.txt")
    outcome = made(archive, out, update=True)
    assert (outcome.changes.new, outcome.changes.gone) == ((), ())
    assert contents(out) == before
    assert not (out / ".part").exists()


def test_a_killed_run_leaves_nothing_where_nothing_is_new(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(archive, out)
    before = contents(out)
    (out / ".part" / "files").mkdir(parents=True)
    (out / ".part" / "files" / "items.csv").write_text("half", encoding="utf-8")
    made(archive, out)
    assert contents(out) == before


def test_a_damaged_state_is_one_line(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / ".qingdan").mkdir(parents=True)
    (out / ".qingdan" / "state.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    with pytest.raises(qingdan.QingdanError, match=r"state\.sqlite"):
        made(archive, out)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(qingdan.QingdanError, match="file"):
        made(archive, tmp_path / "file")


def test_a_damaged_page_of_the_state_is_one_line(archive: Path, tmp_path: Path) -> None:
    """Whichever it is: many are met only when some rows of a query have been read."""
    out = tmp_path / "out"
    for number in range(60):  # so many and so long that their paths fill several pages
        (archive / f"{number:0100}.txt").write_text(page(1), encoding="utf-8")
    made(archive, out)
    (out / "items.csv").unlink()
    (archive / f"{0:0100}.txt").unlink()
    file = out / ".qingdan" / "state.sqlite"
    sound = file.read_bytes()
    told = []
    for at in range(4096, len(sound), 4096):
        file.with_name("state.sqlite-journal").unlink(missing_ok=True)
        file.write_bytes(sound[:at] + b"\xff" * 8 + sound[at + 8 :])
        try:
            made(archive, out)
        except qingdan.QingdanError as error:
            told.append(str(error))
    assert len(told) > 5
    assert not any("\n" in line for line in told)


@pytest.mark.parametrize("end", [-1, -40])
def test_a_damaged_result_is_one_line(archive: Path, tmp_path: Path, end: int) -> None:
    out = tmp_path / "out"
    made(archive, out)
    with State(out) as state:
        state.run("UPDATE results SET blob = CAST(substr(blob, 1, length(blob) + ?) || zeroblob(?) AS BLOB)", end, -end)
    (out / "items.csv").unlink()
    with pytest.raises(qingdan.QingdanError, match="a stored result") as caught:
        made(archive, out)
    assert "\n" not in str(caught.value)


def run_cli(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run_cli("convert", archive, "--out", out, "--jobs", 0)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == f"9 documents, 20 items, 1 copy, 2 failed -> {out}"
    assert "qingdan: deep/empty.txt: is empty" in result.stderr
    (archive / "600.txt").write_text(page(60), encoding="utf-8")
    result = run_cli("convert", archive, "--out", out, "--jobs", 0, "--update", "--exclude", "deep/*")
    assert result.stderr.splitlines()[-4:-1] == ["new: 600.txt", "gone: deep/copy.txt", "gone: deep/empty.txt"]
    result = run_cli("convert", archive, "--out", out, "--jobs", 0, "--quiet", "--include", "?00.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(outcomes(out)) == [f"{number}00.txt" for number in range(1, 7)]
    assert run_cli("convert", archive, "--out", out, "--dask", "--scheduler", "tcp://x").exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
@pytest.mark.parametrize("end", ["2>&-", "2>&1 >/dev/null | true", "2>/dev/full"])
def test_nobody_need_read_what_is_told(archive: Path, tmp_path: Path, end: str) -> None:
    run = f"{sys.executable} -c 'from qingdan.cli import main; main()' convert in --out out --jobs 0; echo $? >code"
    subprocess.run(["sh", "-c", f"({run}) {end}"], cwd=tmp_path, check=True)
    assert (tmp_path / "code").read_text(encoding="utf-8") == "1\n"
    assert len(outcomes(tmp_path / "out")) == 13


def test_lines_tell_how_it_goes(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingdan.batch.progress.SECONDS", 0.0)
    result = run_cli("convert", archive, "--out", tmp_path / "out", "--jobs", 0)
    assert any(line.startswith("qingdan: 3 documents, ") and line.endswith(" MB/s, 0 failed") for line in result.stderr.splitlines())


KILLED = """
import sys
from qingdan.batch.archive import Workers, convert
from qingdan.batch.entries import Wanted
from qingdan.batch.work import Settings
sys.path.insert(0, sys.argv[3])
from test_batch import Told
convert([sys.argv[1]], sys.argv[2], ("csv", "json"), Told(), settings=Settings(), wanted=Wanted(), workers=Workers(0))
"""


def in_a_process(work: Callable[[], object]) -> int:
    """Do something in a process of its own, forked from this one, where everything is loaded already; give its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills by signals")
def test_killed_at_fifty_moments_and_gone_on(archive: Path, tmp_path: Path) -> None:
    """Each time the process is killed after a random time; the last is let run. The result is that of an undisturbed run."""
    for number in range(30):
        (archive / f"more{number:02}x.txt").write_text(page(100 + number, "双方决定加强合作。" * number), encoding="utf-8")
    start = time.perf_counter()
    made(archive, tmp_path / "whole")
    took = time.perf_counter() - start
    whole = contents(tmp_path / "whole")
    chance = random.Random(7)
    out = tmp_path / "out"
    finished = 0
    for _ in range(50):
        child = in_a_process(lambda: made(archive, out))
        time.sleep(chance.uniform(0, took * 1.2))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        finished += status == 0
        if (out / "datapackage.json").exists():
            assert all(document.text for document in qingdan.read(out)), "nothing is ever half there"
        if status == 0 or chance.random() < 0.1:
            (out / ".qingdan" / "state.sqlite").unlink(missing_ok=True)  # from the beginning
            (out / ".qingdan" / "state.sqlite-journal").unlink(missing_ok=True)
    made(archive, out)
    assert contents(out) == whole
    assert finished < 50
    assert not made(archive, out).written


def test_a_process_of_its_own_is_the_same(archive: Path, tmp_path: Path) -> None:
    made(archive, tmp_path / "whole")
    words = [sys.executable, "-c", KILLED, str(archive), str(tmp_path / "out"), str(Path(__file__).parent)]
    subprocess.run(words, check=True, timeout=60)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
