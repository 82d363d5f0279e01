"""Bodies no lexicon has: found by their head word (局, 委员会, 工作组), with jieba telling where their names begin and end.

Two walks over words. From an anchor, a country or a known body, to the right until a head word closes the name
(美国 | 鱼类和野生动物管理局). From a head word that needs no anchor to the left until a word that no name holds
(成立了 | 防范核…非法贩运工作组). Head words are rows of ``data/heads.csv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import NamedTuple, cast

import regex

from qingdan.data import read_rows
from qingdan.finding.words import LINKS, Word, cut, ends_name, generic
from qingdan.model import AgencyKind


class Head(NamedTuple):
    """A head word; ``needs`` is what must stand before it, one of anchor and place; ``excluded`` only end like it."""

    text: str
    kind: AgencyKind | None
    needs: frozenset[str]
    excluded: frozenset[str]

    @property
    def free(self) -> bool:
        return not self.needs

    @property
    def local(self) -> bool:
        return "place" in self.needs


class Body(NamedTuple):
    """Where a name without a lexicon entry starts and ends in folded text, its kind, and whether its head is free."""

    start: int
    end: int
    kind: AgencyKind
    free: bool


REACH = 24  # the longest name after an anchor in the State Council's and the United Nations' own lists has 22 characters
_SOLE = {"议会", "大使馆", "总领事馆", "总领馆"}  # 「日本议会」 is a name without any modifier
_NUMERALS = frozenset("第首一二三四五六七八九十两几多数0123456789")
_LISTED = regex.compile(r"[^\W、和与及]{2,8}+(?:、[^\W、和与及]{2,8}+){0,3}[和与及][^\W、和与及]{2,10}?部(?![门分署队长位件])")
_RUN = regex.compile(r"[\u4e00-\u9fffA-Za-z0-9·-]{2,}")
_SIDES = regex.compile(r"[两三四五六七][方国边]")  # 「四方协调组」
_STOP = regex.compile(r"[^\u4e00-\u9fffA-Za-z0-9·-]")


@cache
def heads() -> dict[str, Head]:
    rows = read_rows("heads.csv")
    return {
        row["head"]: Head(
            row["head"],
            cast(AgencyKind, row["kind"]) or None,
            frozenset(filter(None, row["needs"].split("|"))),
            frozenset(row["not"].split("|")),
        )
        for row in sorted(rows, key=lambda row: -len(row["head"]))
    }


class HeadWords:
    """Where the head words of a text stand, found in one pass."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _head_pattern().finditer(text)]
        self._starts = [start for start, _ in found]
        # Those that can close a name with no known one before it.
        loose = {head.text for head in heads().values() if head.free or head.local}
        self.free = [(start, end) for start, end in found if text[start:end] in loose]

    def within(self, start: int, end: int) -> bool:
        """Whether a head word begins in a stretch of the text."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end


@cache
def _head_pattern() -> re.Pattern[str]:
    return re.compile("|".join(heads()))


def _head_of(word: str) -> Head | None:
    for text, head in heads().items():
        if word.endswith(text):
            everyday = any(word.endswith(other) for other in head.excluded if other)
            return None if everyday or head.kind is None or head.needs == {"place"} else head
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
    for word in cut(window):
        if (complete and word.text in LINKS) or ends_name(word):
            break
        at += len(word.text)
        head = _head_of(word.text) or (_head_of(last + word.text) if len(word.text) == 1 else None)  # 「总领事|馆」
        last = word.text
        if head and head.kind and (modifiers or len(word.text) > len(head.text) or head.text in _SOLE or (complete and len(head.text) > 1)):
            best = at, head.kind, head.free
        if word.text not in generic() and word.text not in LINKS:
            modifiers += 1
    return best


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
        if part is not parts[-1] and _head_of(words[-1].text):
            return None
    return match.end()


def before_head(text: str, head_start: int, head_end: int, floor: int) -> Body | None:
    """The name that a free head word closes; it begins at or after ``floor``, the end of the last known name."""
    head = heads()[text[head_start:head_end]]
    start = _name_start(text, head_start, head_end, floor)
    return None if start is None or head.kind is None else Body(start, head_end, head.kind, head.free)


def place_of(text: str, head_start: int, head_end: int, floor: int) -> int:
    """Where the place begins that the name before a local head opens with; the head's own start without one."""
    start = _name_start(text, head_start, head_end, floor)
    first = cut(text[start:head_start])[0] if start is not None else None
    return start if start is not None and first and first.tag == "ns" and len(first.text) > 1 else head_start


def _name_start(text: str, head_start: int, head_end: int, floor: int) -> int | None:
    floor = max(floor, head_start - REACH)
    for match in _STOP.finditer(text, floor, head_start):
        floor = match.end()
    size = _name_size(text[floor:head_end], text[head_end : head_end + 2], head_end - head_start)
    return head_end - size if size else None


@lru_cache(maxsize=8192)
def _name_size(window: str, following: str, head: int) -> int:
    """How many characters of the window its last name takes, 0 when its head word has no name before it."""
    edges = [0]
    words = cut(window + following)
    for word in words:
        edges.append(edges[-1] + len(word.text))
        if edges[-1] >= len(window):
            break
    if edges[-1] != len(window):
        return 0  # 「委员|会议」: the head word is only the middle of other words
    words = words[: len(edges) - 1]
    tail = next(i for i in range(len(edges) - 1, -1, -1) if edges[i] <= len(window) - head)
    first = _left_edge(words, tail)
    # 「联合|工作组」 has a modifier, 「工作|小组」 is the head word itself.
    return len(window) - edges[first] if edges[first] < len(window) - head else 0


def _left_edge(words: tuple[Word, ...], tail: int) -> int:
    """The index of the first word of the name whose head word begins in the word at ``tail``."""
    first = tail
    while first > 0:
        word = words[first - 1]
        if ends_name(word) or word.tag == "q" or (word.text[0] in _NUMERALS and word.tag != "ns" and not _SIDES.fullmatch(word.text)):
            break  # 「召开第一次工作组会议」 「第五十条秘书处」
        if word.text in LINKS and (first == tail or not _goes_on(words[: first - 1])):
            break  # 「团长和工作组」 「协调小组和专家委员会」: 和 joins two things, it is not inside a name
        first -= 1
    while first < tail and (words[first].text in generic() or words[first].text in LINKS):
        first += 1
    return first


def _goes_on(before: tuple[Word, ...]) -> bool:
    """Whether a name may go on to the left of a 和: the word there is one of a name and closes none itself."""
    if not before or ends_name(before[-1]) or before[-1].tag[:1] not in ("n", "v", "a", "b", "j", "l"):
        return False
    return _head_of("".join(word.text for word in before[-2:])) is None
