"""Places below the state: the words that name one, and which a text is from (「省财政厅」, 「市政府」)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import regex

from qingdan.data import read_rows
from qingdan.finding.words import Word, clause_start, cut, ends_name, tag_of

UNITS = frozenset(("省", "市", "县", "区", "州", "自治区"))  # 「省财政厅」: whose, the text may tell
_FIRST = frozenset(unit[0] for unit in UNITS)
_LOCAL = ("省", "市", "县", "州", "盟", "旗", "自治区", "省级", "市级", "县级", "特区", "新区")
_HEADING = 120  # characters in which a text says whose it is: its title, and whom it addresses
_OPENING = 2000  # characters in which it names its own government
_READ = 20_000  # characters read for a place that the opening does not name
# 「立山区人民政府关于…」: a place that no dictionary has
_GOVERNED = regex.compile(
    r"(?<![\p{Han}0-9])(?:[0-9]{4}年)?(?:关于)?(?P<name>\p{Han}{2,7}?(?P<unit>自治区|[市县区州]))(?:人民)?(?:政府|检察院|代表大会|法院)"
)

_CHARACTER = regex.compile(r"\p{Han}(?=[港澳府])")
_GENERIC = regex.compile("[各该省]|设区|以上|以下|所在|辖")  # 「各市人民政府」


@cache
def _not_places() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("not_places.csv"))


def is_place(word: Word) -> bool:
    """Whether a word names a place below the state: 「成都市」 「珠海」, not 「三国」 or 「亚太地区」."""
    return _names_place(word.text) if word.tag == "ns" else False


def _names_place(text: str) -> bool:
    return len(text) > 1 and text not in _not_places() and not text.endswith(("国", "洲", "地区"))


def begins_with_unit(text: str, start: int) -> bool:
    """Whether a name opens with 省, 市 or the like alone: 「市|人民代表大会常务委员会」."""
    return text[start] in _FIRST and text.startswith(tuple(UNITS), start) and cut(text[start : start + 5])[0].text in UNITS


def named_place(text: str, end: int) -> str | None:
    """The place with a name that ends right at an offset: 「镇巴县」 「珠海」."""
    names = (text[max(0, end - size) : end] for size in (6, 5, 4, 3, 2))
    return next((name for name in names if tag_of(name) == "ns" and _names_place(name)), None)


def local_start(text: str, end: int, named: bool = False) -> int:
    """Where the province, city or county begins that stands right before an offset; the offset itself without one.

    ``named`` when only a place's name will do: 「四川省」, not 「省」 or 「直辖市」.
    """
    if not text.endswith(_LOCAL, max(0, end - 3), end):
        return end
    left = clause_start(text, end, 10)
    at = end
    for word in reversed(cut(text[left:end])):
        if word.tag != "ns" and not word.text.endswith(_LOCAL):
            break
        at -= len(word.text)
        if word.tag == "ns" and len(word.text) > 1 and word.text not in _not_places():
            named = False
    return end if named else at


@cache
def _provinces() -> dict[str, str]:
    rows = read_rows("provinces.csv")
    return {row["name"]: row["name"] for row in rows} | {row["short"]: row["name"] for row in rows}


@cache
def _by_character() -> dict[str, str]:
    return {row["character"]: row["name"] for row in read_rows("provinces.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_provinces(), key=len, reverse=True)))


def in_province(text: str, start: int) -> bool:
    """Whether a province's or municipality's name begins at an offset."""
    return _pattern().match(text, start) is not None


class OwnPlace:
    """The places that a text speaks of as its own, sought when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, str | None] = {}
        self._spoken: dict[str, bool] = {}

    def of(self, unit: str) -> str | None:
        """The place that 省, 市, 县, 区 or 州 is short for; None where the text does not show it."""
        if unit not in self._known:
            self._known[unit] = self._province(unit) if unit in ("省", "自治区") else self._named(unit)
        return self._known[unit]

    def any_of(self, unit: str) -> bool:
        """Whether the text speaks of departments of a 市 or 县 that it does not name: 「市财政局、市商务局」."""
        if unit not in self._spoken:
            pattern = rf"(?<!\p{{Han}}){unit}\p{{Han}}{{2,10}}?(?:局|厅|委)(?!\p{{Han}}局)"
            self._spoken[unit] = len(regex.findall(pattern, self._text[:_READ])) > 1
        return self._spoken[unit]

    def _province(self, unit: str) -> str | None:
        """The one province of the heading, else the one that the text names at all."""
        for text in (self._text[:_HEADING], self._text[:_READ]):
            found = Counter(_provinces()[match[0]] for match in _pattern().finditer(text))
            fitting = Counter({name: times for name, times in found.items() if name.endswith(unit)}).most_common(2)
            if fitting and (len(fitting) == 1 or fitting[0][1] > 2 * fitting[1][1]):
                return fitting[0][0]
            if fitting:
                return None
        shorts = (_by_character().get(match[0]) for match in _CHARACTER.finditer(self._text[:_HEADING]))  # 「粤港」 「粤府办」
        return next((name for name in shorts if name and name.endswith(unit)), None)

    def _named(self, unit: str) -> str | None:
        """The first place whose government the text names, else the one of the heading that ends in the unit."""
        heading = self._text[:_HEADING]
        named = (named_place(heading, match.end()) for match in re.finditer(unit, heading))
        governed = (match["name"] for match in _GOVERNED.finditer(self._text[:_OPENING]) if match["unit"] == unit)
        sure = (name for name in governed if not _GENERIC.search(name) and not any(map(ends_name, cut(name[:-1]))))
        return next(sure, None) or next(filter(None, named), None)
