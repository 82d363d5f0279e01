"""The compiled patterns that come with the package are those of the rules, and never needed."""

from __future__ import annotations

import pickle

import pytest
import regex

from qingdan.data import read_bytes
from qingdan.finding import compiled, dates, prepared, quantities


def test_the_file_has_every_pattern_of_the_rules() -> None:
    made_by, saved = pickle.loads(read_bytes(compiled.FILE))
    if made_by != compiled.compiler():
        pytest.skip(f"made by {made_by}")
    rules = (*dates.patterns(), *quantities.patterns(), *prepared.patterns())
    wanted = {compiled.key(pattern.pattern, pattern.named_lists) for pattern in rules}
    assert saved.keys() == wanted, "run python parser/make_patterns.py"


@pytest.mark.parametrize("lists", [{}, {"units": ["人", "人次"]}], ids=["alone", "with a list"])
def test_a_saved_pattern_is_the_compiled_one(lists: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = r"(?P<n>[0-9]{1,3})\ ?" + (r"\L<units>" if lists else "人次?")
    made = compiled.compiled(pattern, lists)
    blob = pickle.dumps(made)
    monkeypatch.setattr(compiled, "prebuilt", lambda: {compiled.key(pattern, lists): blob})
    monkeypatch.setattr(regex, "compile", None)  # it is not called
    taken = compiled.compiled(pattern, lists)
    found = taken.fullmatch("12 人次")
    assert found is not None and found["n"] == "12"
    assert (taken.pattern, taken.flags, taken.named_lists) == (made.pattern, made.flags, made.named_lists)


@pytest.mark.parametrize(
    "file", [pickle.dumps(("regex 1999.1.1 little", {"key": b"not even a pickle"})), None], ids=["another version", "no file"]
)
def test_without_a_fitting_file_patterns_compile(file: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(name: str) -> bytes:
        if file is None:
            raise FileNotFoundError(name)
        return file

    monkeypatch.setattr(compiled, "read_bytes", read)
    assert compiled.prebuilt.__wrapped__() == {}


def test_words_of_a_list_are_part_of_the_key() -> None:
    keys = {compiled.key(r"\L<a>", {"a": words}) for words in (["甲"], ["甲", "乙"], ["乙", "甲"])}
    assert len(keys) == 2
    assert compiled.key("甲", {}) != compiled.key("乙", {})
