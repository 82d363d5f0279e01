"""List formats: each runs the examples that its own file gives."""

from __future__ import annotations

import pytest

from qingdan.reading.folding import fold
from qingdan.splitting.formats import Format, formats, numeral


def cases(kind: str) -> list:
    return [pytest.param(form, text, id=f"{form.id}:{text}") for form in formats() for text in getattr(form, kind)]


@pytest.mark.parametrize(("form", "text"), cases("examples"))
def test_examples(form: Format, text: str) -> None:
    match = form.pattern.match(fold(text).text)
    assert match is not None
    assert numeral(match["number"]) is not None


@pytest.mark.parametrize(("form", "text"), cases("not_examples"))
def test_not_examples(form: Format, text: str) -> None:
    match = form.pattern.match(fold(text).text)
    assert match is None or match.end() == len(text) or numeral(match["number"]) is None


@pytest.mark.parametrize("form", formats(), ids=lambda form: form.id)
def test_a_format_says_what_it_is(form: Format) -> None:
    assert form.examples
    assert form.not_examples
    assert form.shows
    assert form.pattern.match(fold(form.shows + " 甲").text), "what a format shows is of the format"


def test_ids_are_unique() -> None:
    ids = [form.id for form in formats()]
    assert sorted(set(ids)) == ids


@pytest.mark.parametrize("text", [text for form in formats() for text in form.examples])
def test_an_example_is_of_one_format_only(text: str) -> None:
    assert sum(form.pattern.match(fold(text).text) is not None for form in formats()) == 1


@pytest.mark.parametrize(
    ("label", "value"), [("1", 1), ("23", 23), ("一", 1), ("十", 10), ("二十三", 23), ("一百零五", 105), ("①", 1), ("⑳", 20)]
)
def test_numeral(label: str, value: int) -> None:
    assert numeral(label) == value
