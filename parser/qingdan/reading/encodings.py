"""Bytes to characters: which encoding a text is in, and an issue for every run of bytes that is no character of it."""

from __future__ import annotations

import codecs
from typing import NamedTuple

import regex

from qingdan.model import Issue
from qingdan.reading.commonness import bits
from qingdan.reading.recovery import DOUBLE, LOST, Loss, codec, likeliest, recover


class Decoded(NamedTuple):
    """The text without a leading BOM, the encoding's name, and an issue for each run of bytes that is no text."""

    text: str
    encoding: str
    issues: tuple[Issue, ...]


class _Reading(NamedTuple):
    """One way to read bytes: in an encoding, from an offset on; ``prior`` is what it costs in bits before any byte is seen."""

    encoding: str
    start: int
    prior: float


# UTF-32 first: its little-endian mark begins with that of UTF-16.
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Labels, without their hyphens, underlines and case. Latin labels are left out: servers put them on anything.
_LABELS = {
    "gb18030": ("gb18030", "gbk", "xgbk", "gb2312", "gb231280", "csgb2312", "cp936", "ms936", "windows936", "euccn", "xeuccn", "chinese"),
    "big5": ("big5", "big5hkscs", "big5eten", "big5tw", "csbig5", "cnbig5", "xxbig5", "cp950", "ms950", "windows950"),
    "utf-8": ("utf8", "unicode11utf8", "xunicode20utf8"),
    "utf-16-le": ("utf16", "utf16le", "ucs2", "unicode", "unicodefffe"),
    "utf-16-be": ("utf16be", "unicodefeff"),
}
_ENCODINGS = {label: encoding for encoding, labels in _LABELS.items() for label in labels}

# What no text has: noncharacters, and controls but for tab, line ends, page breaks, and the end that DOS wrote.
_CONTROLS = regex.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

# Valid UTF-8 that is nothing else: a Chinese character, an accent in a word, or more others than GBK has there by chance.
_UTF8 = regex.compile("[\u0800-\U0010ffff]|[a-z][\x80-\u024f]|[\x80-\u024f][a-z]|(?:[\x80-\u07ff][\0-\x7f]*+){4}")
_NONSENSE = 20  # bits a character: UTF-16 of random bytes has 25, of the rarest Chinese 20, of Chinese 9
_HEAD = 4096  # bytes that show whether a text is UTF-16
_SHORT = 512  # bytes in which one broken byte, which shifts the pairs after it, may leave no whole line
_SAMPLE = 16384  # bytes, ASCII far from others left out, that tell the other encodings apart

# Bits for or against a reading before any byte is seen; benchmarks/encodings.py is what they were set by.
_DECLARED = -8.0  # one character's worth: labels are often wrong
_CUT = 16.0  # that the first byte is the end of a character
_WIDE = 14.0  # UTF-16 without a mark
_BIG5 = 3.0
_VALID = -12.0  # UTF-8 without a fault


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode by BOM, as UTF-8 where all of it is, or else in the encoding that gives the most common characters.

    ``declared`` is the label that a page, header or part of a mail gives its encoding: it tips the balance when the
    bytes say little, and is ignored when they say another thing. Bytes that are no character become U+FFFD, each run
    with an issue. Never raises.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding, len(bom))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        valid = False
    else:
        # 「扫一」 in GBK is valid too (ɨһ), and so are the zeros of UTF-16.
        if b"\0" not in data and (text.isascii() or _UTF8.search(text)):
            return Decoded(text, "utf-8", ())
        valid = True
    reading = _likeliest(data, _ENCODINGS.get(regex.sub("[^a-z0-9]", "", (declared or "")[:40].lower())), valid)
    return _decoded(data, reading.encoding, cut=reading.start > 0)


def _likeliest(data: bytes, hint: str | None, valid: bool) -> _Reading:
    priors = {"utf-8": _VALID if valid else 0.0, "gb18030": 0.0, "big5": _BIG5, "utf-16-le": _WIDE, "utf-16-be": _WIDE}
    if hint:
        priors[hint] += _DECLARED
    # Without its first byte a page begins in a character: pairs then go on wrong, and UTF-16 has an odd byte.
    starts = (0, 1) if min(data[:2]) >= 0x80 else (0,)
    narrow = [_Reading("utf-8", 0, priors["utf-8"])]
    narrow += [_Reading(encoding, start, priors[encoding] + start * _CUT) for encoding in DOUBLE for start in starts]
    wide = [
        _Reading(encoding, start, priors[encoding] + start * _CUT)
        for encoding in ("utf-16-le", "utf-16-be")
        for start in range(1 + len(data) % 2)
    ]
    best = min(narrow + wide, key=lambda reading: _cost(data[:_HEAD], reading))
    if best in wide and bits(_read(data[:_HEAD], best)) < _NONSENSE * len(data[:_HEAD]) / 2:
        return best
    sample = _sample(data)
    return min(narrow, key=lambda reading: _cost(sample, reading))


def _cost(sample: bytes, reading: _Reading) -> float:
    return reading.prior + bits(_read(sample, reading))


def _read(sample: bytes, reading: _Reading) -> str:
    """The sample read so; a character that its end cuts is left out."""
    body = sample[reading.start :]
    try:
        return codecs.getincrementaldecoder(codec(reading.encoding))().decode(body)
    except UnicodeDecodeError:
        if len(body) <= _SHORT and reading.encoding in DOUBLE:
            return "".join(character or LOST for _, _, character in likeliest(body, reading.encoding))
        return body.decode(codec(reading.encoding), "replace")


def _sample(data: bytes) -> bytes:
    """The first bytes that are not ASCII with what follows up to a byte that ends every character (blank, comma, line end)."""
    runs, size = [], 0
    for match in regex.finditer(rb"[\x80-\xff][^\x00-\x2f]*+[\x00-\x2f]?", data):
        runs.append(match[0])
        size += len(match[0])
        if size >= _SAMPLE:
            break
    return b"".join(runs)[:_SAMPLE]


def _decoded(data: bytes, encoding: str, start: int = 0, cut: bool = False) -> Decoded:
    text, losses = recover(data, encoding, start, cut)
    issues = (Issue("undecodable-bytes", _lost(loss, encoding), loss.start, loss.end, "warning") for loss in losses)
    return Decoded(text, encoding, tuple(issues))


def _lost(loss: Loss, encoding: str) -> str:
    size = loss.end_byte - loss.first_byte
    return f"{size} {'byte' if size == 1 else 'bytes'} at byte offset {loss.first_byte}: no {encoding}, became U+FFFD"


def is_binary(text: str) -> bool:
    """Whether what was decoded is no text: a fiftieth of it NUL and more than a stray one or two, or a fifth of it U+FFFD and
    control characters."""
    return text.count("\0") > max(2, len(text) / 50) or (len(_CONTROLS.findall(text)) + text.count(LOST)) * 5 > len(text)
