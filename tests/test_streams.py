"""JSON Lines: one line in, one line out, as it comes; a line that is no query is told by its number and no more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from qingdan.cli import app
from qingdan.model import QingdanError
from qingdan.pipeline import KINDS
from qingdan.streams import find_lines

GOOD = [
    ('{"id": "a", "text": "2015年9月前", "reference_date": "2015-06-24"}', "a", "../2015-09"),
    ('{"id": 7, "text": "今年", "reference_date": "2014-01-01"}', 7, "2014"),
    ('{"text": "今年", "other": 1}', None, "2020"),
    ('{"id": "", "text": "今年", "reference_date": null}', "", "2020"),
]
BAD = [
    b"not json",
    b'{"id": "no text"}',
    '{"id": "bad day", "text": "今年", "reference_date": "2014-99-01"}'.encode(),
    b"[]",
    b'{"text": 7}',
    b'{"text": "\xff"}',
    b"\xff\xfe",
    b"\0",
]


def stream(data: bytes) -> list[str]:
    """What is said of the lines that fail."""
    failed: list[QingdanError] = []
    list(find_lines(data.splitlines(keepends=True), KINDS, None, failed.append))
    return [str(error) for error in failed]


def test_good_and_bad_lines(tmp_path: Path) -> None:
    lines = [line for pair in zip((line.encode() for line, _, _ in GOOD), BAD, strict=False) for line in pair]
    data = b"\n".join([*lines, b"", b"   ", *BAD[len(GOOD) :]])
    (tmp_path / "lines.jsonl").write_bytes(data)
    options = ["--jsonl", "--reference-date", "2020-01-01"]
    for words, given_data in (["find", *options], data), (["find", str(tmp_path / "lines.jsonl"), *options], b""):
        result = CliRunner().invoke(app, words, input=given_data)
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert [(answer["id"], answer["dates"][0]["edtf"]) for answer in answers] == [(name, edtf) for _, name, edtf in GOOD]
        assert set(answers[0]) == {"id", "dates", "agencies", "quantities"}
        assert result.exit_code == 1
        numbers = [line.split(": ")[1] for line in result.stderr.splitlines()]
        assert numbers == [f"line {number}" for number in (2, 4, 6, 8, 11, 12, 13, 14)]


@pytest.mark.parametrize("line", BAD, ids=ascii)
def test_a_bad_line_is_one_line_of_words(line: bytes) -> None:
    (message,) = stream(line)
    assert message.startswith("line 1: ")
    assert "\n" not in message


def test_a_byte_order_mark_before_the_first_line_is_none_of_it() -> None:
    assert stream(b"\xef\xbb\xbf" + GOOD[0][0].encode()) == []


VALUES = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8) | st.lists(st.integers(), max_size=2)
QUERIES = st.dictionaries(st.sampled_from(["id", "text", "reference_date", "x"]), VALUES, max_size=4).map(msgspec.json.encode)


@given(st.lists(st.one_of(QUERIES, st.binary(max_size=20)), max_size=6))
def test_every_line_that_is_not_blank_is_answered_or_told(lines: list[bytes]) -> None:
    failed: list[QingdanError] = []
    answers = [json.loads(line) for line in find_lines(lines, KINDS, None, failed.append)]
    begun = [line.removeprefix(b"\xef\xbb\xbf") for line in lines[:1]] + lines[1:]  # the first may begin with a byte order mark
    assert len(answers) + len(failed) == sum(bool(line.strip()) for line in begun)


def test_a_line_is_answered_before_the_next_is_written() -> None:
    command = [sys.executable, "-c", "from qingdan.cli import main; main()", "find", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(b'{"id": %d, "text": ""}\n' % number)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(30) == 0
