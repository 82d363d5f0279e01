"""How common the characters of a text are, in bits: bytes read in a wrong encoding give rare ones."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache

from qingdan.data import read_text

# Bits that a character costs by itself: as many as log2 of one over its share, of the order seen in official texts.
_COSTS = {
    " \n": 4,
    "0123456789etaoinsrhld": 5,
    "bcfgjkmpquvwxyz\r\t": 6,
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ.,-/<>=\"'()": 7,
    "!#$%&*+:;?@[\\]^_`{|}~": 8,
    "，": 6,
    "。、": 6.5,
    "“”《》（）：；\u3000": 8,
    "「」‘’—…·〔〕【】〈〉『』！？％．／": 10,
    "０１２３４５６７８９": 10,
    "①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ○〇●■◆※→－～‧％": 13,
}

# What stands alone among ASCII in official texts and their pages, and is rarer in a dictionary: 「10.04條」, 「2015年6月」,
# the fonts that style attributes name.
_OFFICIAL = {"第年月日条條款项項号號章": 7.5, "宋楷黑仿体體": 10.5}

# (first code point, bits) of what has no cost of its own, up to the next first: what is rare in Chinese, rarer still
# where the codecs have it at bytes that are common in another encoding (kana and Cyrillic of GBK at 「中」 「你」 of Big5).
_BLOCKS = (
    (0x00, 24),  # controls
    (0x21, 8),
    (0x7F, 24),  # more controls
    (0xA0, 18),  # Latin, Greek, Cyrillic
    (0x0530, 26),  # other alphabets
    (0x1E00, 22),
    (0x2000, 18),  # punctuation, symbols, number forms
    (0x2600, 22),
    (0x3000, 18),  # CJK punctuation
    (0x3040, 20),  # kana, bopomofo
    (0x3130, 26),
    (0x3200, 18),  # ㈠
    (0x3300, 24),
    (0x3400, 26),  # CJK extension A
    (0x4E00, 20),  # the unified ideographs beyond the table
    (0xA000, 28),  # Yi, Hangul, ...
    (0xD800, 34),  # surrogates, private use
    (0xF900, 26),
    (0xFB00, 28),
    (0xFE30, 20),  # compatibility and small forms
    (0xFE70, 28),
    (0xFF01, 12),  # full-width ASCII
    (0xFF5F, 24),
    (0xFFF0, 30),  # U+FFFD: lost
    (0x10000, 34),
    (0x20000, 28),  # CJK extensions
    (0x30000, 34),
)
_FIRSTS = tuple(first for first, _ in _BLOCKS)


def bits(text: str) -> float:
    """What the characters of a text cost, each by itself: about 9 bits for one of Chinese, 20 for one of nonsense."""
    return sum(count * cost(character) for character, count in Counter(text).items())


def cost(character: str) -> float:
    """What one character costs, in bits."""
    return _costs().get(character) or _BLOCKS[bisect_right(_FIRSTS, ord(character)) - 1][1]


@cache
def _costs() -> dict[str, float]:
    costs = {character: each for characters, each in _COSTS.items() for character in characters}
    for band, characters in enumerate(read_text("characters.txt").splitlines()):
        # Half a band is its middle; one bit more for being Chinese at all.
        costs |= dict.fromkeys(characters, band + 1.5)
    return costs | {character: each for characters, each in _OFFICIAL.items() for character in characters}
