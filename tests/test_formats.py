"""List formats: each runs the examples that its own file gives."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from qingdan.reading.folding import fold
from qingdan.splitting.formats import Format, formats, numeral


def cases(kind: str) -> list:
    return [pytest.param(form, text, id=f"{form.id}:{text}") for form in formats() for text in getattr(form, kind)]


def reads(form: Format, text: str) -> bool:
    """Whether a folded text begins with a label of the format and goes on behind it."""
    match = form.compiled.match(text)
    if match is None or match.end() == len(text):
        return False
    return form.bullet or numeral(match["number"], form.id) is not None


@pytest.mark.parametrize(("form", "text"), cases("examples"))
def test_examples(form: Format, text: str) -> None:
    assert reads(form, fold(text).text)
    assert fold(text).text[0] in form.first, "what a pattern begins with is what it is looked for by"


@pytest.mark.parametrize(("form", "text"), cases("not_examples"))
def test_not_examples(form: Format, text: str) -> None:
    assert not reads(form, fold(text).text)


@pytest.mark.parametrize("form", formats(), ids=lambda form: form.id)
def test_a_format_says_what_it_is(form: Format) -> None:
    assert form.examples
    assert form.not_examples
    assert reads(form, fold(form.shows + "双方同意").text), "what a format shows is of the format"


def test_the_fields_are_those_explained(root: Path) -> None:
    page = (root / "parser" / "qingdan" / "data" / "README.md").read_text(encoding="utf-8").partition("## List formats")[2]
    assert sorted(regex.findall(r"(?m)^\| `(\w+)` \|", page)) == sorted(Format.__struct_fields__)


def test_ids_are_unique() -> None:
    ids = [form.id for form in formats()]
    assert sorted(set(ids)) == ids


@pytest.mark.parametrize("text", [text for form in formats() for text in form.examples])
def test_an_example_is_of_one_format_only(text: str) -> None:
    assert sum(reads(form, fold(text).text) for form in formats()) == 1


@pytest.mark.parametrize(
    ("label", "form", "value"),
    [
        ("1", "arabic-dun", (1,)), ("23", "arabic-dun", (23,)), ("一", "chinese-dun", (1,)), ("十", "chinese-dun", (10,)),
        ("二十三", "chinese-dun", (23,)), ("一百零五", "article", (105,)), ("①", "circled", (1,)), ("⑳", "circled", (20,)),
        ("㉑", "circled", (21,)),
        ("㈢", "chinese-parenthesis", (3,)), ("⒉", "arabic-dot", (2,)), ("⑷", "arabic-parenthesis", (4,)), ("2.1.1", "decimal", (2, 1, 1)),
        ("叁", "chinese-formal", (3,)), ("丙", "stem", (3,)), ("c", "latin-parenthesis", (3,)), ("iv", "roman-parenthesis", (4,)),
        ("Ⅸ", "roman", (9,)), ("XII", "roman", (12,)),
    ],
)  # fmt: skip
def test_numeral(label: str, form: str, value: tuple[int, ...]) -> None:
    assert numeral(label, form) == value
