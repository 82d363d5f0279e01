"""Samples: each text holds what the file beside it, worked out by hand, says that a reader finds in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import qingdan
from qingdan.data import read_rows

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
TEXTS = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".toml" and path.name != "README.md")


def table(text: Path) -> dict[str, Any]:
    return tomllib.loads(text.with_suffix(".toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_a_sample_holds_what_is_expected_of_it(text: Path) -> None:
    assert qingdan.check(text).unmet == ()


def test_texts_and_expectations_come_in_pairs() -> None:
    assert [text.stem for text in TEXTS] == sorted(path.stem for path in SAMPLES.glob("*.toml"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_an_expectation_agrees_with_itself(text: Path) -> None:
    expect = table(text)["expect"]
    paths = expect.get("paths", [])
    assert len(paths) == expect["items"] + expect["sections"]
    assert len(set(paths)) == len(paths)
    assert set(expect.get("topics", {})) <= set(paths)
    assert set(expect.get("issues", [])) <= {row["code"] for row in read_rows("issues.csv")}
    # What stands above a provision stands before it.
    parents = [(path.rpartition(".")[0], path) for path in paths if "." in path]
    assert [path for parent, path in parents if parent not in paths[: paths.index(path)]] == []


@pytest.mark.parametrize(("name", "encoding"), [("big5.txt", "big5"), ("gb18030.txt", "gb18030"), ("traditional.txt", "utf-8")])
def test_a_sample_is_in_the_encoding_that_it_shows(name: str, encoding: str) -> None:
    document = qingdan.parse(SAMPLES / name)
    assert document.document.source.encoding == encoding
    assert document.text.encode(encoding) == (SAMPLES / name).read_bytes()


def test_only_one_sample_is_real_and_each_is_described() -> None:
    invented = {text.name: table(text)["source"]["invented"] for text in TEXTS}
    assert [name for name in invented if not invented[name]] == ["sed7-2015.txt"]
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in invented if f"`{name}`" not in readme] == []
    assert all(table(text)["source"]["note"] for text in TEXTS)
