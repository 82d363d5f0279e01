"""What all tests share: options, the sample page, rows of data folders as parameters, golden files.

A test module's data stands in the folder of its name beside it (pytest-datadir). ``@pytest.mark.rows("not_dates.txt")``
runs a test once a line of such a file; ``golden`` compares with files there, or rewrites them under ``--regold``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

import qingdan

settings.register_profile("here", deadline=None, max_examples=200)
settings.register_profile("ci", deadline=None, max_examples=200, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

REFERENCE = "2015-06-24"


class Row(NamedTuple):
    """A text and the cells of each mention expected in it, in reading order."""

    text: str
    mentions: tuple[tuple[str, ...], ...]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("qingdan")
    group.addoption("--regold", action="store_true", help="rewrite golden files instead of comparing with them")
    group.addoption("--raise-floors", action="store_true", help="write accuracy figures that exceed their floors into tests/floors.json")
    group.addoption("--lower-floors", action="store_true", help="write all accuracy figures into tests/floors.json, lower ones too")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "rows(pattern): run the test once a row of the data files that match, as `row`")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("rows")
    if marker is None:
        return
    folder = Path(metafunc.module.__file__ or "").with_suffix("")
    files = sorted(folder.glob(marker.args[0]))
    assert files, f"{folder}: no file {marker.args[0]}"
    cases = [pytest.param(row, id=f"{file.stem}:{row.text}") for file in files for row in _rows(file)]
    metafunc.parametrize("row", cases)


def _rows(file: Path) -> Iterator[Row]:
    """The rows of a file: cells parted by tabs; a line without a text adds a mention to the text above it."""
    text, mentions = "", []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        own, *cells = line.split("\t")
        if own:
            if text:
                yield Row(text, tuple(mentions))
            text, mentions = own, []
        if cells:
            mentions.append(tuple(cells))
    if text:
        yield Row(text, tuple(mentions))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def sample_path(root: Path) -> Path:
    return root / "samples" / "sed7-2015.txt"


@pytest.fixture(scope="session")
def sample(sample_path: Path) -> qingdan.Document:
    """The real page, parsed."""
    return qingdan.parse(sample_path)


@pytest.fixture
def golden(request: pytest.FixtureRequest, original_datadir: Path) -> Callable[[str, bytes], None]:
    """A function that compares bytes with the golden file of a name, or writes it there under ``--regold``."""

    def compare(name: str, data: bytes) -> None:
        file = original_datadir / name
        if request.config.getoption("--regold"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        assert file.exists(), f"{name}: no golden file; make it with pytest --regold, and read it"
        assert data.decode("utf-8-sig").splitlines() == file.read_text(encoding="utf-8-sig").splitlines()
        assert data == file.read_bytes()

    return compare
