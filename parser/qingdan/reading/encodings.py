"""Bytes to characters: which encoding a text is in, and an issue for every run of bytes that is no character of it."""

from __future__ import annotations

import codecs
from typing import NamedTuple

import regex

from qingdan.model import Issue


class Decoded(NamedTuple):
    """The text without a leading BOM, the encoding's name, and an issue for each run of bytes that is no text."""

    text: str
    encoding: str
    issues: tuple[Issue, ...]


# UTF-32 first: its little-endian mark begins with that of UTF-16.
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode by BOM, as UTF-8, or else as GB18030; bytes that are neither become U+FFFD, each run with an issue."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError as error:
        # A broken byte in a long UTF-8 page must not turn all of it into GB18030.
        read = data.decode("utf-8", "replace")
        lost = read.count("\ufffd")
        encoding = "utf-8" if lost * 20 < len(read) and error.start > 3 else "gb18030"
    return _decoded(data, encoding)


def _decoded(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    issues = tuple(
        Issue("undecodable-bytes", f"bytes that are no {encoding} became U+FFFD", m.start(), m.end(), "warning")
        for m in regex.finditer("\ufffd+", text)
    )
    return Decoded(text, encoding, issues)
