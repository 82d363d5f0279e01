"""The list formats: how a provision can be numbered, as data (``data/formats/*.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import regex

from qingdan.numerals import number


class Format(NamedTuple):
    """One way to write a number at the start of a line. ``examples`` and ``not_examples`` are run by a test."""

    id: str
    shows: str
    pattern: regex.Pattern[str]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]


@cache
def formats() -> tuple[Format, ...]:
    """All formats, by the name of their file."""
    folder = files("qingdan.data").joinpath("formats")
    read = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            row = tomllib.loads(path.read_text(encoding="utf-8"))
            pattern = regex.compile(row["pattern"])
            read.append(Format(row["id"], row["shows"], pattern, tuple(row["examples"]), tuple(row["not_examples"])))
    return tuple(read)


def numeral(text: str) -> int | None:
    """The number in a label: Arabic, Chinese or circled."""
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    value = number(text)
    return value if isinstance(value, int) else None
