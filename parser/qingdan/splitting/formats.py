"""The list formats: how a provision can be labelled, as data (``data/formats/*.toml``)."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

import msgspec
import regex

from qingdan.numerals import number


class Format(msgspec.Struct, frozen=True, gc=False):
    """One way to label a provision. ``examples`` and ``not_examples`` are run by a test.

    rank: how deep it usually stands (1 part … 16 bullet); what a document shows itself goes before.
    first: every character that the pattern can begin with, in folded text.
    inline: where a label of it may stand inside a paragraph: behind a sentence, behind a clause, or nowhere.
    weak: a single one is no list. heading: what it labels is always a heading with provisions below.
    decimal: the label names its whole path (2.1.1). shared: another format may read the same label ((i) is a letter or a
    Roman numeral). A bullet's pattern has the group ``bullet``, others ``number``.
    """

    id: str
    shows: str
    rank: int
    first: str
    pattern: str
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]
    inline: Literal["", "sentence", "clause"] = ""
    weak: bool = False
    heading: bool = False
    decimal: bool = False
    shared: bool = False

    @property
    def compiled(self) -> regex.Pattern[str]:
        return _compiled(self.pattern)

    @property
    def bullet(self) -> bool:
        return "(?P<bullet>" in self.pattern


class Opening(NamedTuple):
    """A format that may begin with a character; ``match`` is its compiled pattern's."""

    form: Format
    match: Callable[..., regex.Match[str] | None]
    bullet: bool


@cache
def formats() -> tuple[Format, ...]:
    """All formats, by the name of their file."""
    folder = files("qingdan.data").joinpath("formats")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name.removesuffix(".toml"))
    return tuple(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Format) for path in paths)


@cache
def first_characters() -> frozenset[str]:
    """Every character that a label can begin with."""
    return frozenset(c for form in formats() for c in form.first)


@cache
def beginning_with(character: str, inside: bool) -> tuple[Opening, ...]:
    """The formats that can begin with a character, those that need no sibling first.

    inside: only those whose labels may stand inside a paragraph.
    """
    begun = (form for form in formats() if character in form.first and (form.inline or not inside))
    return tuple(Opening(form, form.compiled.match, form.bullet) for form in sorted(begun, key=lambda form: form.weak))


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMANS = {"i": 1, "v": 5, "x": 10}


@lru_cache(maxsize=4096)
def numeral(text: str, form: str = "") -> tuple[int, ...] | None:
    """The numbers in a label of the format ``form``: one, or for a decimal one a level; None when there are none."""
    if form == "decimal":
        return tuple(map(int, text.split(".")))
    if form.startswith("roman"):
        return _roman(unicodedata.normalize("NFKC", text).lower())
    if form.startswith("latin"):
        return (ord(text.lower()) - ord("a") + 1,)
    if form.startswith("stem"):
        return (_STEMS.index(text) + 1,)
    if len(text) == 1 and unicodedata.category(text) == "No":  # ① ⑵ ⒊ ㈣
        return (int(unicodedata.numeric(text)),)
    value = number(text)
    return (value,) if isinstance(value, int) else None


def _roman(text: str) -> tuple[int, ...] | None:
    values = [_ROMANS[c] for c in text if c in _ROMANS]
    if not values or len(values) != len(text):
        return None
    return (sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)),)
