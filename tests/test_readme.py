"""The README: its two commands are those of CI and of the Chinese README, and every `qingdan` line in it runs."""

from __future__ import annotations

import shlex
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner

from qingdan.cli import app

INSTALLED = {"python", "python3", "pip", "pytest", "qingdan", "cd", "git", ".", "source"}


def block(text: str, heading: str) -> str:
    """The first ``sh`` block after a heading, its lines joined where a backslash goes on."""
    match = regex.search(rf"(?ms)^#+ {heading}\b.*?^```sh\n(.*?)^```", text)
    assert match, f"no sh block under the heading {heading}"
    return match[1].replace("\\\n", " ").strip()


def blocks(text: str) -> list[str]:
    return [block.replace("\\\n", " ").strip() for block in regex.findall(r"(?ms)^```(?:sh|console)\n(.*?)^```", text)]


def commands(text: str) -> list[str]:
    """The single commands of a block: lines, and parts joined by && or ;."""
    return [part.strip() for line in text.splitlines() for part in regex.split(r"&&|;|\|\|?", line.split(" #")[0]) if part.strip()]


@pytest.fixture(scope="session")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def chinese(root: Path) -> str:
    return (root / "README.zh-CN.md").read_text(encoding="utf-8")


def test_ci_runs_the_test_command_as_it_stands(root: Path, readme: str) -> None:
    assert block(readme, "Test") in (root / ".ci" / "run").read_text(encoding="utf-8").replace("\\\n", " ")


@pytest.mark.parametrize("heading", ["Convert", "Test"])
def test_the_chinese_readme_has_the_same_commands(readme: str, chinese: str, heading: str) -> None:
    assert block(readme, heading) in blocks(chinese)


@pytest.mark.parametrize("heading", ["Convert", "Test"])
def test_a_command_uses_only_python_and_what_it_installs(readme: str, heading: str) -> None:
    for command in commands(block(readme, heading)):
        word = next(word for word in shlex.split(command) if "=" not in word or word.startswith("-"))
        assert word in INSTALLED or Path(word).name in INSTALLED, command
    assert "venv" in block(readme, heading)
    assert "pip install" in block(readme, heading)


def test_the_test_command_installs_the_test_extra(readme: str) -> None:
    assert regex.search(r"\[(?:\w+,)*test(?:,\w+)*\]", block(readme, "Test"))


def test_the_convert_command_converts_the_samples(readme: str) -> None:
    (line,) = [command for command in commands(block(readme, "Convert")) if "convert" in command]
    assert regex.search(r"\bsamples\b", line)
    assert regex.search(r"--out[= ]output\b", line)


def test_every_qingdan_line_runs(readme: str, chinese: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "samples").symlink_to(root / "samples")
    monkeypatch.chdir(tmp_path)
    ran = []
    for text in (readme, chinese):
        for line in "\n".join(blocks(text)).splitlines():
            match = regex.search(r"(?:^|[\s/;&])qingdan ([a-z-].*?)(?:\s*> *(?P<file>\S+)|\s*(?:\||&&|;|\s#).*)?$", line)
            words = shlex.split(match[1]) if match else []
            written = {after for word, after in pairwise(words) if word == "--out"}
            files = [word for word in words if regex.search(r"[./]", word) and not word.startswith("-") and word not in written]
            if not words or not all(Path(file).exists() for file in files):
                continue
            result = CliRunner().invoke(app, words, input="")
            assert result.exit_code == 0, line
            if match and match["file"]:
                Path(match["file"]).write_bytes(result.stdout_bytes)
            ran.append(line)
    for words in (
        "qingdan parse", "qingdan convert", "qingdan lexicon check own.csv", "--lexicon own.csv",
        "qingdan ledger", "--out ledger.xlsx", "qingdan deadlines samples", "qingdan deadlines output",
    ):  # fmt: skip
        assert any(words in line for line in ran), words


def test_the_lines_over_tables_run(readme: str, chinese: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = next(line for line in "\n".join(blocks(readme)).splitlines() if "--to csv,parquet" in line)
    (tmp_path / "samples").symlink_to(root / "samples")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, shlex.split(command)[1:]).exit_code == 0
    assert (tmp_path / "data" / "datasette.json").exists()
    for text in (readme, chinese):
        (code,) = regex.findall(r"(?ms)^```python\n(import duckdb.*?)^```", text)
        head, *lines = code.strip().splitlines()
        known: dict[str, object] = {}
        exec(head, known)
        sizes, counts = (eval(line, known) for line in filter(None, lines))
        assert sizes[2015] > 30
        assert any(year == 2015 and count > 5 for year, count in counts.fetchall())
