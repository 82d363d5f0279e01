"""Texts without what is mere form: width, blanks, quotation marks, traditional characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qingdan.reading.folding import fold

_ALIKE = str.maketrans(
    {
        c: to
        for to, cs in {'"': "“”「」﹁﹂｢｣", "'": "‘’『』", "-": "—–―─‐‑−", ".": "。｡", "·": "•‧・･∙", "、": "､", "着": "著"}.items()
        for c in cs
    }
)
_INK = re.compile(r"\S+")
_BETWEEN = "\ue000"  # for private use, so no text should have it, and it is no letter
_NO_WORD = re.compile(r"\W+")


class Form(NamedTuple):
    """A text without blanks and in one form; its i-th character stood at ``places[i]``, and ``places[-1]`` is the end."""

    text: str
    places: list[int]


def form(text: str) -> Form:
    """A text in the form in which texts are compared, with the way back. Linear in its length."""
    folded = fold(text)
    plain = folded.text.translate(_ALIKE)
    parts: list[str] = []
    places: list[int] = []
    for match in _INK.finditer(plain):
        parts.append(match[0])
        places.extend(range(*match.span()) if folded.places is None else folded.places[match.start() : match.end()])
    return Form("".join(parts), [*places, len(text)])


def key(text: str) -> str:
    """The letters and digits of a text in one form: texts with one key differ in form or punctuation alone."""
    return keys([text])[0]


def keys(texts: Sequence[str]) -> list[str]:
    """The key of each of many texts, folded all at once."""
    whole = fold(_BETWEEN.join(texts)).text.translate(_ALIKE).casefold()
    parts = whole.split(_BETWEEN)
    if len(parts) != len(texts):  # a text that holds the separator itself
        return [key(text.replace(_BETWEEN, "")) for text in texts]
    return [_NO_WORD.sub("", part) for part in parts]
