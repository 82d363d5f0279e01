"""Folding: the form of the text that patterns see, with the way back to the text as read.

Full-width letters, digits and punctuation become half-width, every kind of blank becomes a space, radicals and
compatibility forms become the characters they look like, traditional Chinese becomes simplified: all one character for
one. Zero-width characters are dropped, and the blanks of letter-spaced words; then ``Folded.original`` leads back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from qingdan.reading.traditional import simplified

# `re` runs over a whole text by one class of characters several times faster than `regex`.
_INVISIBLE = "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2066-\u2069\u2060\u2061\ufe00-\ufe0f\ufeff"
_WIDE = re.compile(
    f"[{_INVISIBLE}\ud800-\udfff！-～￠￡￥\u00a0\u2000-\u200a\u202f\u205f\u3000〔〕﹙﹚︰﹐-﹗\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]+")
_DROP = "\ufeff"  # what every invisible character becomes first: one character is sought in no time
_SURROGATES = re.compile("[\ud800-\udfff]")
_FOLD = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {
    "￠": "¢", "￡": "£", "￥": "¥", **{chr(c): "\ufffd" for c in range(0xD800, 0xE000)},
    "〔": "(", "〕": ")", "﹙": "(", "﹚": ")", "︰": ":", **dict(zip("﹐﹑﹒﹔﹕﹖﹗", ",、.;:?!", strict=True)),
}  # fmt: skip
# Radicals that the fonts of PDF files give for whole characters, and that Unicode has no compatibility form for.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_SINGLE = f"[{_HAN}0-9、。,:;!?()《》〈〉“”‘’「」『』【】·—%]"
# 「经 济 合 作」: three or more characters, each between single blanks. Two are a heading set wide (「目 录」), or words.
_SPACED = re.compile(f"(?<!\\w){_SINGLE}(?: {_SINGLE}){{2,}}(?!\\w)")
_PARTED = re.compile(f"(?<!\\w){_SINGLE}(?: {_SINGLE})+(?!\\w)")
_THREE = re.compile(f" {_SINGLE} {_SINGLE}(?!\\w)").search
_COUNTED = re.compile(f"[{_HAN}]").findall
_PAUSES = " ,。;!?\n"
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")


class Folded(NamedTuple):
    """``text`` as patterns see it; ``places[i]`` is where its i-th character stood, None when nothing moved.

    ``translated`` when there was traditional Chinese in the text.
    """

    text: str
    places: list[int] | None
    translated: bool = False

    def original(self, offset: int) -> int:
        """The offset in the text as read of an offset in the folded text (its end counts as an offset)."""
        return self.places[offset] if self.places else offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the folded text in the text as read, without the dropped characters that trail it.

        An empty one stands right behind the character before it: so the empty body of 「1、」 stays in its provision.
        """
        if self.places is None:
            return start, end
        stop = self.places[end - 1] + 1 if end else self.places[0]
        return self.places[start] if end > start else stop, stop

    def lone(self) -> tuple[str, int, int]:
        """The folded text without the blanks and pauses around it, and its span in the text as read."""
        words = self.text.strip(_PAUSES)
        start = self.text.find(words)
        return words, *self.span(start, start + len(words))

    def offset(self, original: int) -> int:
        """The first offset in the folded text that stands at or after an offset in the text as read."""
        if self.places is None:
            return original
        return bisect_left(self.places, original)


def fold(text: str) -> Folded:
    """Fold a text. Linear in its length."""
    folded = _WIDE.sub(_narrow, text)
    places: list[int] | None = None
    if _DROP in folded:
        folded, places = _without(folded, (m.span() for m in _DROPPED.finditer(folded)), places)
    if _THREE(folded):
        blanks = [(at, at + 1) for m in _SPACED.finditer(folded) if _is_word(m[0]) for at in range(m.start() + 1, m.end(), 2)]
        if blanks:
            folded, places = _without(folded, blanks, places)
    plain = simplified(folded)
    return Folded(plain, places, plain is not folded)


@lru_cache(maxsize=1)
def fold_whole(text: str) -> Folded:
    """Fold a document's text, once for all the stages that look at it."""
    return fold(text)


@lru_cache(maxsize=8192)
def fold_mention(text: str) -> str:
    """A mention's text as patterns saw it: out of its line 「6 月」 of 「2 0 1 5 年 6 月」 no longer shows that it was spaced."""
    return _PARTED.sub(lambda m: m[0].replace(" ", ""), fold(text).text)


def _narrow(match: re.Match[str]) -> str:
    c = match[0]
    if (narrow := _FOLD.get(c)) is not None:
        return narrow
    if _DROPPED.match(c):
        return _DROP
    return " " if c < "\u2e80" or c == "\u3000" else _RADICALS.get(c) or _unified(c)


@cache
def _unified(c: str) -> str:
    """The character that a radical or a compatibility ideograph stands for: ⼀ 一, 豈 豈."""
    import unicodedata

    unified = unicodedata.normalize("NFKC", c)
    return unified if len(unified) == 1 else c


def _is_word(spaced: str) -> bool:
    """Whether characters between blanks are words set wide; 「1 2 3」 and 「一 二 三 四」 are cells of a table."""
    han = _COUNTED(spaced)
    return len(han) > 2 and not _NUMERALS.issuperset(han)


def _without(text: str, spans: Iterable[tuple[int, int]], places: list[int] | None) -> tuple[str, list[int]]:
    """The text without some spans, and where each of its characters and its end stood before."""
    kept: list[tuple[int, int]] = []
    at = 0
    for start, end in spans:
        kept.append((at, start))
        at = end
    kept.append((at, len(text)))
    before = range(len(text) + 1) if places is None else places
    left = list(chain.from_iterable(before[start:end] for start, end in kept))
    return "".join(text[start:end] for start, end in kept), [*left, before[len(text)]]


def shown(text: str) -> str:
    """A line of the text as read for a heading: no line ends, no zero-width characters, single blanks, none within words."""
    closed = _SPACED.sub(lambda m: m[0].replace(" ", "") if _is_word(m[0]) else m[0], _DROPPED.sub("", text))
    whole = "".join(line.strip() for line in closed.splitlines())
    return re.sub(r"\s{2,}", " ", whole).strip()


def without_surrogates(text: str) -> str:
    """The text with each lone surrogate, which UTF-8 has no form for, as U+FFFD; offsets stay."""
    return _SURROGATES.sub("\ufffd", text)
