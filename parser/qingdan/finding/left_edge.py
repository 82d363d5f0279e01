"""Where a name begins that a known head word closes: a walk over words to the left until one that no name holds.

「成立了|防范核…非法贩运工作组」; a head word that needs a place or a region begins there: 「会同|成都市公安局」.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from qingdan.finding.bodies import REACH, Body, head_of, heads
from qingdan.finding.places import UNITS, is_place
from qingdan.finding.words import LINKS, Word, closing, cut, ends_name, generic, nameless, regions, tag_of, zones

_NUMERALS = frozenset("第首一二三四五六七八九十两几多数0123456789")
_SIDES = regex.compile(r"[两三四五六七][方国边]")  # 「四方协调组」
_STOP = regex.compile(r"[^\u4e00-\u9fffA-Za-z0-9·-]")
_SESSION = regex.compile(r"第[一二三四五六七八九十0-9]{1,4}届$")
_LOCAL = ("省", "市", "县", "区", "州", "镇", "乡", "旗", "盟", "邦", "街道", "特区")
_UNKNOWN = 2  # characters of a place that no dictionary has whole, before one that it has
_LEAST = 2  # characters before a head word; 「合|委员会」 is the rest of something else


class Marked(NamedTuple):
    """Where a name begins with a place or a region, that word, and which of the two it is."""

    start: int
    marker: str
    kind: str


class _Window(NamedTuple):
    """The words up to a head word, and the offset of each and of the end; the last is the head word itself.

    ``first`` is the index of the first word of the name, ``word`` the word of the text in which the head word stands,
    ``many`` whether the name follows a word that speaks of many (各级).
    """

    words: tuple[Word, ...]
    edges: tuple[int, ...]
    first: int
    word: str
    many: bool


def before_head(text: str, head_start: int, head_end: int, floor: int) -> Body | None:
    """The name that a free head word closes; it begins at or after ``floor``, the end of the last known name."""
    head = heads()[text[head_start:head_end]]
    start = name_start(text, head_start, head_end, floor)
    if start is None or head.kind is None or head_start - start < _LEAST:
        return None
    return Body(start, head_end, head.kind, head.free)


def name_start(text: str, head_start: int, head_end: int, floor: int) -> int | None:
    """Where the name begins that a head word closes; None when it has no name before it."""
    begin = _floor(text, head_start, floor)
    head = heads()[text[head_start:head_end]]
    window = _window(text[begin:head_end], text[head_end : head_end + 2], head.text)
    if window is None or window.many or window.first == len(window.words) - 1 or head.everyday(window.word):
        return None
    return begin + window.edges[window.first]


def whole_name(text: str, start: int, head_start: int, head_end: int) -> bool:
    """Whether all words between an offset and a head word are words of its name; there need be none."""
    return start == head_start or name_start(text, head_start, head_end, start) == start


def marked(text: str, head_start: int, head_end: int, floor: int) -> Marked | None:
    """Where the name begins that opens with a place or a region, whichever the head word needs."""
    head = heads()[text[head_start:head_end]]
    session = _SESSION.search(text, max(floor, head_start - 8), head_start)  # 「北京市|第八届|人民代表大会」
    stop = session.start() if session else head_start
    begin = _floor(text, stop, floor)
    window = _window(text[begin:stop] + head.text, text[head_end : head_end + 2], head.text)
    if window is None or head.everyday(window.word):
        return None
    words, edges, first = window.words, window.edges, window.first
    for i in range(first, len(words) - 1):
        word = words[i]
        end = begin + edges[i + 1]
        # 「国际和地区议会」: a list of adjectives
        region = "region" in head.needs and _is_region(word) and (words[i + 1].text not in LINKS or words[i + 2].text in regions())
        if region or ("pair" in head.needs and _is_pair(word)):
            if i > 0 and (words[i - 1].tag == "q" or _is_number(words[i - 1])):
                return None  # 「25个|中非研究中心」: any of them
            while i > first and words[i - 1].text + word.text in regions():  # 「南部|非洲」
                i -= 1
            return Marked(begin + edges[i], text[begin + edges[i] : end], "region") if end < stop or "region" in head.alone else None
        if "place" not in head.needs or not (word.text in UNITS or word.text in zones() or is_place(word)):
            continue
        if window.many and word.text in UNITS:
            return None
        if end == stop and "place" not in head.alone:
            return None
        # 「四川地方政府」: only the place itself has a government, not what stands near it
        if end < stop and head.needs == {"place"} and "place" in head.alone and not text.endswith(_LOCAL, end, stop):
            return None
        if word.text in zones():  # 「万盛|经开区|发展改革局」
            i = first
        elif word.text in UNITS:
            if first == 0 and edges[i] in (2, 3) and all(len(other.text) == 1 for other in words[:i]):  # 「霍|邱|县|人民政府」
                return Marked(begin, text[begin:end], "place")
        elif len(word.text) <= _UNKNOWN:
            while i > first and edges[i] <= _UNKNOWN and len(words[i - 1].text) == 1:  # 「立|山区|政府」: no word of the dictionary
                i -= 1
        return Marked(begin + edges[i], text[begin + edges[i] : end], "place")
    return None


def _is_pair(word: Word) -> bool:
    """「中英|贸易协会」 「中韩|环境合作中心」."""
    return word.tag == "ns" and len(word.text) == 2 and "中" in word.text and word.text != "中国" and regions().get(word.text) is not True


def _is_region(word: Word) -> bool:
    return regions().get(word.text, False)


def _floor(text: str, head_start: int, floor: int) -> int:
    floor = max(floor, head_start - REACH)
    for match in _STOP.finditer(text, floor, head_start):
        floor = match.end()
    return floor


@lru_cache(maxsize=8192)
def _window(window: str, following: str, head: str) -> _Window | None:
    """The words of a window that ends with a head word; None where the head word is only the middle of other words."""
    words: list[Word] = []
    start = len(window) - len(head)
    at = 0
    closing = ""
    for word in cut(window + following):
        end = at + len(word.text)
        if end <= start:
            words.append(word)
        else:
            closing += word.text
            if at < start:
                words.append(_part(window[at:start]))
            if end >= len(window):
                break
        at = end
    if at + len(word.text) != len(window):
        return None  # 「委员|会议」
    words.append(Word(head, "n"))
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(word.text))
    first, many = _left_edge(words)
    return _Window(tuple(words), tuple(edges), first, closing, many)


def _part(text: str) -> Word:
    """The part of a word before the head word in it: 「深圳市|政府」."""
    return Word(text, tag_of(text) or ("ns" if len(text) > 2 and text.endswith(_LOCAL) else ""))


def _left_edge(words: list[Word]) -> tuple[int, bool]:
    """The index of the first word of the name that the last word closes, and whether one before it speaks of many."""
    tail = first = len(words) - 1
    many = False
    while first > 0:
        word = words[first - 1]
        many = word.text in nameless()
        if many or word.tag == "q" or (ends_name(word) and not _closes(words, first - 1)):
            break
        if _is_number(word):  # 「召开第一次工作组会议」 「第五十条秘书处」 「派出6|人|专家组」
            if first < tail and len(words[first].text) == 1:
                first += 1
            break
        if word.text in LINKS and (first == tail or not _goes_on(words[: first - 1])):
            break  # 「团长和工作组」 「协调小组和专家委员会」: 和 joins two things, it is not inside a name
        first -= 1
    while first < tail and (words[first].text in generic() or words[first].text in LINKS):
        first += 1
    return first, many


def _closes(words: list[Word], at: int) -> bool:
    """「投资|促进|中心」: a verb right before the head word, with a word of the name before it."""
    return (
        at == len(words) - 2 and words[at].text in closing() and at > 0 and not ends_name(words[at - 1]) and words[at - 1].text not in LINKS
    )


def _is_number(word: Word) -> bool:
    """「第一次」 「6」, not 「数字」 or 「一般性」."""
    return word.text[0] in _NUMERALS and (not word.tag or word.tag[0] in "mqt") and not _SIDES.fullmatch(word.text)


def _goes_on(before: list[Word]) -> bool:
    """Whether a name may go on to the left of a 和: the word there is one of a name and closes none itself."""
    if (
        not before
        or ends_name(before[-1])
        or before[-1].text.endswith("大会")
        or before[-1].tag[:1] not in ("n", "v", "a", "b", "j", "l", "s")
    ):
        return False
    return head_of("".join(word.text for word in before[-2:])) is None
