"""Bodies no lexicon has: found by their head word (局, 委员会, 工作组), with jieba telling where their names begin and end.

The walk from an anchor, a country or a known body, to the right until a head word closes the name
(美国 | 鱼类和野生动物管理局); ``left_edge`` has the walk to the left. Head words are rows of ``data/heads.csv``.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple, cast

import daachorse
import regex

from qingdan.data import read_rows
from qingdan.finding.words import LINKS, Word, closing, cut, ends_name, generic, tag_of
from qingdan.model import AgencyKind


class Head(NamedTuple):
    """A head word; ``needs`` is what must stand before it, any of anchor, place and region; ``excluded`` only end like it.

    ``alone`` is behind which of country, body, place and region it is a name without any modifier (「日本议会」).
    """

    text: str
    kind: AgencyKind | None
    needs: frozenset[str]
    alone: frozenset[str]
    excluded: frozenset[str]

    def everyday(self, word: str) -> bool:
        """Whether a word only ends like this one: 「大|格局」, not 「财政|局」."""
        return word in self.excluded or any(word.endswith(other) and not tag_of(word.removesuffix(self.text)) for other in self.excluded)

    @property
    def free(self) -> bool:
        return not self.needs

    @property
    def marked(self) -> frozenset[str]:
        """What kinds of word, place and region, it may stand behind."""
        return self.needs - {"anchor"}


class Body(NamedTuple):
    """Where a name without a lexicon entry starts and ends in folded text, its kind, and whether its head is free."""

    start: int
    end: int
    kind: AgencyKind
    free: bool


REACH = 24  # the longest name after an anchor in the State Council's and the United Nations' own lists has 22 characters
_LISTED = regex.compile(r"[^\W、和与及]{2,8}+(?:、[^\W、和与及]{2,8}+){0,3}[和与及][^\W、和与及]{2,10}?部(?![门分署队长位件])")
_RUN = regex.compile(r"[\u4e00-\u9fffA-Za-z0-9·-]{2,}")


@cache
def heads() -> dict[str, Head]:
    rows = read_rows("heads.csv")
    return {
        row["head"]: Head(
            row["head"],
            cast(AgencyKind, row["kind"]) or None,
            frozenset(filter(None, row["needs"].split("|"))),
            frozenset(filter(None, row["alone"].split("|"))),
            frozenset(filter(None, row["not"].split("|"))),
        )
        for row in sorted(rows, key=lambda row: -len(row["head"]))
    }


class HeadWords:
    """Where the head words of a text stand, found in one pass."""

    def __init__(self, text: str) -> None:
        automaton, loose = _automaton()
        found = automaton.find(text)
        self._starts = [start for start, _, _ in found]
        # Those that can close a name with no known one before it.
        self.free = [(start, end) for start, end, i in found if loose[i]]

    def within(self, start: int, end: int) -> bool:
        """Whether a head word begins in a stretch of the text."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end


@cache
def _automaton() -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, tuple[bool, ...]]:
    """The head words, and for each whether it can close a name with no known one before it."""
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(heads()), daachorse.MATCH_KIND_LEFTMOST_LONGEST)
    return automaton, tuple(head.free or bool(head.marked) for head in heads().values())


def head_of(word: str) -> Head | None:
    for text, head in heads().items():
        if word.endswith(text):
            return None if head.everyday(word) or head.kind is None or not (head.free or "anchor" in head.needs) else head
    return None


def after_anchor(text: str, anchor_end: int, limit: int, complete: bool, known: HeadWords) -> Body | None:
    """The rest of a name behind an anchor: up to the last head word that only words of a name lead to.

    ``limit`` is where the next known name begins, ``known`` the text's head words. ``complete`` when the anchor is a
    body: then no 和 goes on from it.
    """
    reach = min(anchor_end + REACH, limit)
    if not known.within(anchor_end, reach):
        return None
    window = _RUN.match(text, anchor_end, reach)
    if window is None or not known.within(anchor_end, window.end()):
        return None
    end = window.end()
    # The word at the far end may be torn by the window; two more characters let it be cut whole.
    torn = min(2, limit - end) if end == anchor_end + REACH else 0
    found = _tail(text[anchor_end : end + torn], complete)
    return Body(anchor_end, anchor_end + found[0], found[1], found[2]) if found else None


@lru_cache(maxsize=8192)
def _tail(window: str, complete: bool) -> tuple[int, AgencyKind, bool] | None:
    best: tuple[int, AgencyKind, bool] | None = None
    at = modifiers = 0
    last = ""
    words = cut(window)
    for word, following in pairwise((*words, Word("", ""))):
        if ends_name(word) and not (modifiers and word.text in closing() and head_of(following.text)):
            break
        if word.text in LINKS and ((complete and not _links(words, at)) or (best and best[0] == at)):
            break  # 「乌兰巴托市商务发展中心|和…」: the name is closed
        at += len(word.text)
        head = head_of(word.text) or (head_of(last + word.text) if len(word.text) == 1 else None)  # 「总领事|馆」
        last = word.text
        if head and head.kind and (modifiers or len(word.text) > len(head.text) or ("body" if complete else "country") in head.alone):
            best = at, head.kind, head.free
        # 「国家发展改革委|外资司」: behind a body a general word makes a name too
        if word.text not in LINKS and (complete or word.text not in generic()):
            modifiers += 1
    return best


_UNITS = ("司", "局", "中心", "处", "办公室", "研究所")
_ROLES = frozenset("员长者人士方团表任使家部局司署委院厅会处室所心议坛话")  # 「外交部官员和…司」 「教育部财务司和国际司」
_OFFICES = ("秘书处", "代表处", "办事处")  # of organisations, not of ministries
_LINKED = 4  # words behind a 和 within which the name of a unit ends


def _links(words: tuple[Word, ...], at: int) -> bool:
    """Whether a 和 at an offset stands inside a unit's name: 「教育部|国际合作与交流司」."""
    ends = list(accumulate(len(word.text) for word in words))
    position = bisect_left(ends, at) + 1 if at else 0
    before, after = words[:position], words[position + 1 : position + 1 + _LINKED]
    if not 0 < len(before) < _LINKED or before[-1].text[-1] in _ROLES or any(word.tag[:1] in ("", "r", "c") for word in before):
        return False
    for word in after:
        if ends_name(word) or word.text in LINKS:
            return False
        if word.text.endswith(_UNITS) and not word.text.endswith(_OFFICES) and head_of(word.text):
            return word is not after[0]
    return False


def listed_ministry(text: str, start: int, limit: int) -> int | None:
    """Where a ministry of several fields ends that begins at ``start``: 「经济、工业与数字事务部」.

    None when there is no such name. No part may hold a word that names do not, and none but the last ends in a head.
    """
    match = _LISTED.match(text, start, min(limit, start + 2 * REACH))
    if match is None:
        return None
    parts = regex.split("[、和与及]", match[0])
    for part in parts:
        words = cut(part)
        if any(ends_name(word) or word.text in generic() for word in words):
            return None
        if part is not parts[-1] and head_of(words[-1].text):
            return None
    return match.end()
