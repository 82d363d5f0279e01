"""Bytes to characters in a known encoding where some bytes are no character: what can be kept, and the place of each loss."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from qingdan.reading.commonness import cost

LOST = "\ufffd"
DOUBLE = ("gb18030", "big5")  # whose characters are pairs that can be paired otherwise

# Big5 is what browsers call so: with Hong Kong's characters, and the symbols as Windows has them (「約翰‧史密斯」, 「1～3」).
_CODECS = {"big5": "big5hkscs"}
_WINDOWS_SYMBOLS = str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡")

# Bytes of broken lines that are read in the likeliest way, at 9 µs each; a page with more of them is hardly a page.
_BUDGET = 50_000


# Bits by which a text cut in its last or first character is likelier than a byte lost within: without them 「计划。」 less
# its last byte now and then ends in another character.
_AT_END = 12


class Loss(NamedTuple):
    """A run of lost bytes: code point offsets in the text of the U+FFFD for them, and the offsets of the bytes."""

    start: int
    end: int
    first_byte: int
    end_byte: int


def codec(encoding: str) -> str:
    """Python's name of the codec for an encoding."""
    return _CODECS.get(encoding, encoding)


def recover(data: bytes, encoding: str, start: int = 0, cut: bool = False) -> tuple[str, list[Loss]]:
    """The text of the bytes from ``start`` on, and its losses in reading order.

    ``cut`` says that the first byte is the end of a character whose beginning is gone. In GB18030 and Big5 a lost byte
    shifts the pairs after it, all valid and all wrong: a line with a loss is read in the likeliest way.
    """
    body = data[start:]
    if encoding in DOUBLE:
        if not cut:
            try:
                return _symbols(body.decode(codec(encoding)), encoding), []
            except UnicodeDecodeError:
                pass
        return _joined(_lines(body, encoding, start, cut), encoding)
    front = [(start, _place(0, 1))] if cut else []
    return _joined([*front, (start + cut, body[cut:].decode(encoding, _keeping_places()))], encoding)


def _lines(body: bytes, encoding: str, start: int, cut: bool) -> Iterator[tuple[int, str]]:
    """Each line with the offset of its bytes, its losses as `_place` writes them."""
    budget = _BUDGET
    for number, line in enumerate(body.splitlines(keepends=True)):
        broken = cut and number == 0
        try:
            text = line.decode(codec(encoding))
        except UnicodeDecodeError:
            broken = True
        if broken and len(line) <= budget:
            budget -= len(line)
            text = "".join(character or _place(first, end) for first, end, character in likeliest(line, encoding, cut and number == 0))
        elif broken:
            text = line.decode(codec(encoding), _keeping_places())
        yield start, text
        start += len(line)


def likeliest(line: bytes, encoding: str, cut: bool = False) -> list[tuple[int, int, str]]:
    """The line read so that its characters and losses together cost the fewest bits: where each piece begins and ends,
    and its character, '' for a lost byte."""
    costs = [0.0]  # to read the line up to each byte
    pieces = [(0, 0, "")]  # the last piece before it
    for end in range(1, len(line) + 1):
        loss = cost(LOST) - (_AT_END if end == len(line) or (cut and end == 1) else 0)
        best, piece = costs[end - 1] + loss, (end - 1, end, "")
        for size in (1, 2, 4):
            if size <= end and (character := _character(line[end - size : end], encoding)):
                whole = costs[end - size] + sum(map(cost, character))
                if whole < best:
                    best, piece = whole, (end - size, end, character)
        costs.append(best)
        pieces.append(piece)
    read, end = [], len(line)
    while end:
        read.append(pieces[end])
        end = pieces[end][0]
    return read[::-1]


@lru_cache(maxsize=1 << 16)
def _character(data: bytes, encoding: str) -> str:
    """The character that the bytes are, all together; '' when they are none."""
    if data == b"\xa3\xe1" and encoding == "big5":
        return "€"  # of Windows, after the codec for Hong Kong was written
    if len(data) > 1 and (data[0] < 0x80 or (len(data) == 4 and not 0x30 <= data[1] <= 0x39)):
        return ""
    try:
        return data.decode(codec(encoding))
    except UnicodeDecodeError:
        return ""


def _place(first: int, end: int) -> str:
    """Byte offsets in low surrogates, which no codec gives: how losses travel inside a text until it is whole."""
    return "".join(chr(0xDC00 + ord(character)) for character in f"{first}-{end};")


def _keeping_places() -> str:
    """The name of the error handler that puts the place of a loss where the loss is."""
    _register()
    return "qingdan-place"


@cache
def _register() -> None:
    def place(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return _place(error.start, error.end), error.end

    codecs.register_error("qingdan-place", place)


def _joined(parts: Iterable[tuple[int, str]], encoding: str) -> tuple[str, list[Loss]]:
    """The parts as one text, a U+FFFD for each place in them, and those places run by run."""
    texts: list[str] = []
    losses: list[Loss] = []
    length = 0
    for base, part in parts:
        done = 0
        for match in regex.finditer("[\udc00-\udcff]++", part):
            places = "".join(chr(ord(character) - 0xDC00) for character in match[0]).split(";")[:-1]
            kept = part[done : match.start()]
            done = match.end()
            texts += (kept, LOST * len(places))
            start, length = length + len(kept), length + len(kept) + len(places)
            losses.append(Loss(start, length, base + int(places[0].split("-")[0]), base + int(places[-1].split("-")[1])))
        texts.append(part[done:])
        length += len(part) - done
    return _symbols("".join(texts), encoding), losses


def _symbols(text: str, encoding: str) -> str:
    return text.translate(_WINDOWS_SYMBOLS) if encoding == "big5" else text
