"""Word boundaries, by jieba: the one module that uses it.

A private Tokenizer with a small dictionary (``data/words.txt``) wakes at the first cut in a tenth of the time that
jieba's own takes, leaves the global ``jieba.dt`` alone and writes no cache file.
"""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from qingdan.data import read_rows, read_text

if TYPE_CHECKING:
    import jieba


class Word(NamedTuple):
    """A word and its part of speech in jieba's tag set ('' when the dictionary lacks it)."""

    text: str
    tag: str


_OWN = "3000"  # the frequency of a word that only this package knows: 「高级别|人文」 holds against 「高级|别人|文」


@cache
def _dictionary() -> tuple[dict[str, int], dict[str, str]]:
    columns = read_text("words.txt").split()
    words, frequencies, tags = columns[::3], columns[1::3], columns[2::3]
    # The words that names end in or are told by are words: 「执董会」, 「高级别|人文」.
    known_words = set(words)
    rows = [row["head" if "head" in row else "word"] for file in ("heads.csv", "generic.csv", "regions.csv") for row in read_rows(file)]
    rows += [word for row in read_rows("heads.csv") for word in row["not"].split("|")]
    own = [word for word in dict.fromkeys(rows) if len(word) > 1 and word not in known_words]
    words, frequencies, tags = words + own, frequencies + [_OWN] * len(own), tags + ["n"] * len(own)
    # jieba walks its dictionary by prefixes, which stand in it with frequency 0.
    known = dict.fromkeys((word[:i] for word in words for i in range(1, len(word))), 0)
    known.update(zip(words, map(int, frequencies), strict=True))
    return known, dict(zip(words, tags, strict=True))


@cache
def _tokenizer() -> jieba.Tokenizer:
    # jieba asks setuptools' pkg_resources for its files where that is installed, which takes longer than all the rest
    # of a run and prints a deprecation warning; without it jieba opens them itself.
    hidden = "pkg_resources" not in sys.modules
    if hidden:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba
    finally:
        if hidden:
            del sys.modules["pkg_resources"]
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, _ = _dictionary()
    tokenizer.total = sum(tokenizer.FREQ.values())
    tokenizer.initialized = True
    return tokenizer


@lru_cache(maxsize=16384)
def cut(text: str) -> tuple[Word, ...]:
    """The words of a short text, in order, without any left out."""
    tags = _dictionary()[1]
    return tuple(Word(word, tags.get(word, "")) for word in _tokenizer().cut(text, HMM=False))


def frequency(word: str) -> int:
    """How often the dictionary counted a word, of 60 million; 0 for one that it lacks."""
    return _dictionary()[0].get(word, 0)


@cache
def boundaries() -> frozenset[str]:
    """Words that end a name: predicates, prepositions and other words no body is named with."""
    return frozenset(row["word"] for row in read_rows("boundaries.csv"))


@cache
def closing() -> frozenset[str]:
    """Those of them that may stand in a name right before its head word: 「投资|促进|中心」."""
    return frozenset(row["word"] for row in read_rows("boundaries.csv") if row["closes"])


@cache
def generic() -> frozenset[str]:
    """Words that do not make a name out of a head word: 「有关委员会」 「骨干基金会」."""
    return frozenset(row["word"] for row in read_rows("generic.csv"))


@cache
def _endings() -> frozenset[str]:
    """Words that end a name: those of ``boundaries.csv``, and pointing words (有关, 各) of ``generic.csv``."""
    pointing = (row["word"] for row in read_rows("generic.csv") if row["ends"] in ("yes", "both"))
    return boundaries().union(pointing)


@cache
def nameless() -> frozenset[str]:
    """Words behind which a head word closes no name, for it speaks of many: 「各级监察委员会」 「省级指挥部」."""
    return frozenset(row["word"] for row in read_rows("generic.csv") if row["ends"] in ("none", "both"))


@cache
def regions() -> dict[str, bool]:
    """Parts of the world, and whether a head word that needs an anchor finds one in them: 「非洲|议会联盟」."""
    return {row["word"]: row["anchor"] == "yes" for row in read_rows("regions.csv") if row["anchor"] != "zone"}


@cache
def zones() -> frozenset[str]:
    """Words that a zone's name ends in: 「两江|新区」 「万盛|经开区」."""
    return frozenset(row["word"] for row in read_rows("regions.csv") if row["anchor"] == "zone")


# Tags that end a noun phrase: prepositions, adverbs, particles, pronouns, interjections, time words.
_ENDING_TAGS = {"c", "p", "d", "u", "ud", "ug", "uj", "ul", "uv", "uz", "r", "rr", "rz", "y", "e", "o", "t"}
LINKS = {"和", "与", "及", "以及", "或"}
_INSIDE = {"双方", "其他", "及其他", "驻", "常驻"}  # 「中国园项目双方工作组」 「防范核及其他放射性物质…工作组」


def ends_name(word: Word) -> bool:
    """Whether a word cannot stand inside the name of a body."""
    if word.text in _INSIDE or word.text in LINKS:
        return False
    return word.text in _endings() or word.tag in _ENDING_TAGS or not word.text[0].isalnum()


def straddled(left: str, text: str, right: str) -> bool:
    """Whether a dictionary word seems to cross an edge of a text between others (「联合国|际」, 「教育部|门」).

    Only a sign: ``aligned`` decides by cutting the surroundings. No word of the dictionary is longer than 5.
    """
    return _crossed(left[-3:], text[:3]) or _crossed(text[-3:], right[:3])


@lru_cache(maxsize=16384)
def _crossed(left: str, right: str) -> bool:
    """Whether a dictionary word begins in ``left`` and ends in ``right``."""
    known = _dictionary()[0]
    return any(known.get(left[-i:] + right[:j], 0) > 0 for i in range(1, len(left) + 1) for j in range(1, len(right) + 1))


_NAMES = {"ns", "nr", "nt", "nz", "i"}


def begins_name(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is the beginning of a longer name or idiom of the dictionary."""
    if text[start].isascii():
        return False
    tags = _dictionary()[1]
    return any(tags.get(text[start:stop]) in _NAMES for stop in range(end + 1, start + 6))


_CLAUSE = re.compile(r"[,。、;:!?()“”《》\n\s]")


def clause_start(text: str, before: int, reach: int) -> int:
    """Where the clause begins that an offset stands in, at most ``reach`` characters before it."""
    start = max(0, before - reach)
    for match in _CLAUSE.finditer(text, start, before):
        start = match.end()
    return start


def aligned(text: str, start: int, end: int, reach: int = 8) -> bool:
    """Whether text[start:end] begins and ends at word boundaries of its clause."""
    left = clause_start(text, start, reach)
    stop = _CLAUSE.search(text, end, min(len(text), end + reach))
    right = stop.start() if stop else min(len(text), end + reach)
    at = left
    edges = {at}
    for word in cut(text[left:right]):
        at += len(word.text)
        edges.add(at)
    return start in edges and end in edges


def tag_of(text: str) -> str:
    """The part of speech of a string that is a word of the dictionary, '' otherwise."""
    return _dictionary()[1].get(text, "")


# 「第七轮 | 中美战略与经济对话」: a meeting's name goes over 与 and 和.
_MEETING = regex.compile(
    r"[^\s,。、;:!?()《》的了在于将已]{0,20}?(?:对话|磋商|会议|会晤|会谈|论坛|峰会|联委会|混委会|协调会|研讨会|谈判|大会)(?![员室场])"
)


def noun_after(text: str, start: int, ordinal: bool = False, reach: int = 24) -> str | None:
    """The noun that a numeral with its unit counts: the noun phrase that begins at ``start``.

    「45名来自相关政府部门的代表」: after a verb, the noun phrase behind the last 的 of the clause. An ordinal goes with
    the phrase before 的 (「第三次国际会议的支持」), a count with the one behind it (「一个稳定的国家」). None when the
    words do not show it.
    """
    stop = _CLAUSE.search(text, start, min(len(text), start + reach))
    window = text[start : stop.start() if stop else start + reach]
    return _noun(window, ordinal, stop is None and start + reach < len(text)) if window else None


@lru_cache(maxsize=16384)
def _noun(window: str, ordinal: bool, torn: bool) -> str | None:
    meeting = _MEETING.match(window) if ordinal else None
    if meeting:
        return meeting[0]
    words = cut(window)[: -1 if torn else None]
    first = 1 if words and words[0].text == "的" else 0
    if first < len(words) and (words[first].tag == "v" or _ends_phrase(words[first])) and not ordinal:
        last = max((i for i, word in enumerate(words) if word.text == "的"), default=-1)
        if last >= 0 or _ends_phrase(words[first]):
            first = last + 1 if last >= 0 else len(words)
    phrase: list[str] = []
    for word, following in pairwise((*words[first:], Word("", ""))):
        if word.text == "的" and phrase and not ordinal:
            phrase.clear()
        elif word.text == "会" and phrase and not following.tag.startswith("v"):  # 「协调会」, not 「会议将会」
            phrase.append(word.text)
        elif _ends_phrase(word) or word.text in LINKS:
            break
        else:
            phrase.append(word.text)
    return "".join(phrase) or None


_TIME_NOUNS = ("时间", "期间", "期限", "期")


def begins_noun(text: str, start: int, reach: int = 12) -> bool:
    """Whether a noun, or 的, begins at an offset; 行动 of 「行动计划」 is one, 监测 of 「监测市场」 may be none."""
    words = [word for word in cut(text[start : start + reach]) if word.text[0].isalnum()] if text[start : start + 1].isalnum() else []
    if not words or text.startswith(_TIME_NOUNS, start):
        return False
    tags = [word.tag for word in words[:2]]
    return words[0].text == "的" or tags[0].startswith("n") or (tags[0] in ("vn", "an", "b") and tags[-1].startswith("n"))


def _ends_phrase(word: Word) -> bool:
    return ends_name(word) and not word.tag.startswith("n")  # 「行动计划」: 计划 is a noun there
