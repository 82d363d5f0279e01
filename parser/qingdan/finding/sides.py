"""The words for the parties: 中国, 中方, 中肯双方, and in what several declare those for some of them (朝美)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from qingdan.finding.lexicon import lexicon
from qingdan.finding.persons import OFFICES
from qingdan.reading.folding import fold

_OTHER_NAMES = {"非洲国家": ("非洲",), "阿拉伯国家": ("阿方",), "中东欧国家": ("中东欧",), "拉美和加勒比国家共同体": ("拉共体",)}
_SHORTS = {"非洲国家": "非", "欧洲联盟": "欧", "阿拉伯国家": "阿", "拉美和加勒比国家": "拉", "拉美和加勒比国家共同体": "拉"}

# What may follow some of several parties by their short forms: 「朝美|将…」, 「中吉乌|三国」, not 「中吉乌铁路」, 「国|土中|心」.
_TAIL = "双方|两国|[三四五六][国方]|(?=[将拟愿同决商承继致力重强支认表欢赞希应要可已就])"


class Sides(msgspec.Struct, frozen=True, eq=False):
    """The words for some parties in folded text, each with whom it means, of an office (总统) nobody, and their short forms.

    Made once for the same parties.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...]
    runs: re.Pattern[str] | None  # of more than two parties, runs of their short forms
    shorts: Mapping[str, str]


@lru_cache(maxsize=64)
def sides_of(parties: tuple[str, ...]) -> Sides:
    """The words for the parties of a document: 中国, 中方, 中肯, 中肯双方."""
    words = lexicon()
    meant: dict[str, tuple[str, ...]] = {"中方": ("中国",), "中国": ("中国",), "中华人民共和国": ("中国",)}
    shorts: list[tuple[str, str]] = []
    for party in parties:
        country = words.countries.get(party)
        for name in (country.name, *country.aliases) if country else (party, *_OTHER_NAMES.get(party, ())):
            if len(name) > 1:
                meant[fold(name).text] = (party,)
        short = (country.short or country.name[0]) if country else _SHORTS.get(party, "")
        if short:
            shorts.append((short, party))
            meant.setdefault(short + "方", (party,))
    # A list of what one country agreed with many, or with the members of a group: 「中国政府与老挝政府签署…」, 「中国、匈牙利海关…」.
    if parties in ((), ("中国",)) or (len(parties) == 2 and parties[1] not in words.countries):
        for name, country in words.countries.items():
            for other in (name, *country.aliases):
                if len(other) > 1:
                    meant.setdefault(fold(other).text, (name,))
    if len(parties) > 1 and len(shorts) == len(parties):
        for one in (shorts, shorts[::-1]):
            joined = "".join(short for short, _ in one)
            for tail in ("", "双方", "两国", "三国", "三方", "两军"):
                meant[joined + tail] = parties
    meant.update(dict.fromkeys(OFFICES, ()))
    letters = {short: party for short, party in reversed(shorts) if len(short) == 1} | {"中": "中国"}
    several = len(parties) > 2 and len(shorts) == len(parties)
    return Sides(tuple(meant.items()), _runs("".join(letters)) if several else None, letters)


def some_of(text: str, sides: Sides) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where a folded text names some of more than two parties by their short forms, and whom."""
    for match in sides.runs.finditer(text) if sides.runs else ():
        if len(set(match[1])) == len(match[1]):
            yield match.start(), match.end(), tuple(sides.shorts[short] for short in match[1])


def _runs(letters: str) -> re.Pattern[str]:
    return re.compile(f"(?<![{letters}])([{letters}]{{2,6}})(?:{_TAIL})")
