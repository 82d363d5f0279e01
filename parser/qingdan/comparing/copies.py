"""Which documents are copies of one list: two sites' pages of it, a scan of it, an excerpt.

A copy has the list's words; consecutive lists of one series share many of them too, so that whatever tells two
meetings apart (round, track, year) goes before what the texts have in common.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple
from zlib import crc32

from qingdan.comparing.forms import key, keys
from qingdan.model import Document

# Chosen on invented lists of 20 items. Of a copy with 1, 3, 5 and 8 % of its characters wrong, the characters in order are
# 99, 97, 95 and 91 to 92 %, however many items are missing; of a list with 70, 75, 80 and 85 % of equal items 82, 86, 88 and
# 92 %; of an unrelated list of the same words 43 %. So a list that nothing but a seventh of new items tells apart is taken for
# a copy, and a scan with more than a twelfth of its characters wrong is not.
EQUAL_SHARE = 0.85  # of the shorter list's characters that stand in items which the other has word for word
SHARE_ALONE = 0.9  # the same, where the titles have nothing in common
CONTAINED = 0.92  # of the shorter list's characters that stand in the longer in this order
SHORTEST_EXCERPT = 0.25  # of the longer list's characters
FEWEST = 40  # characters that two lists must share unless they are equal altogether
SIMILAR_TITLES = 85.0  # per cent
LONGEST = 100_000  # characters above which only equal items count: comparing by character is not linear

_SKETCH = 12
_CROWD = 50  # lists of one title, or with one stretch of words, that are still looked at one by one
_TRIES = 8
# Stretches to know a text by begin behind common characters, so that an error in one leaves the others in step.
_STRETCH = re.compile(r"[的合进加和强](?=(\w{5}))")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年")
_NUMERAL = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百]+")


class Face(NamedTuple):
    """What a document is known by when it is looked for among others."""

    title: str
    meeting: tuple[str, int, str | None] | None
    round: int | None
    track: str | None
    series: str | None
    held: str | None
    items: Counter[str]
    whole: str
    years: Counter[str]
    sketch: frozenset[int]


def face(document: Document) -> Face:
    """What a document is known by. Linear in its length."""
    about = document.document
    own = keys([document.text[item.start + len(item.label) : item.end] for item in document.items])
    whole = "".join(own)
    stretches = {crc32(words.encode()) for words in _STRETCH.findall(whole)}
    series = key(about.series) if about.series else None
    track = key(about.track) if about.track else None
    return Face(
        key(about.title or ""),
        (series, about.round, track) if series and about.round is not None else None,
        about.round,
        track,
        series,
        about.held.earliest[:4] if about.held and about.held.earliest else None,
        Counter(filter(None, own)),
        whole,
        Counter(_YEAR.findall(whole)),
        frozenset(nsmallest(_SKETCH, stretches)),
    )


def same_list(one: Document, two: Document) -> bool:
    """Whether two parsed documents are copies of one list.

    They are when nothing tells their meetings apart (round, track, the year it was held, numbers in the titles), title
    or meeting are the same, and the shorter one's items are in the longer: nearly all word for word, or, in a scan
    with errors, nearly all characters in order. Where title and meeting say nothing, more must be equal.
    """
    return _same(face(one), face(two))


def groups(documents: Sequence[Document]) -> list[list[Document]]:
    """Documents by list, in the order given: the copies of one list together, every other document alone.

    Each is compared with the first of its group, and only with lists that share its title, its meeting or stretches of
    its words: the time is linear in the number of documents, not in their pairs.
    """
    found: list[list[Document]] = []
    faces: list[Face] = []
    shelves: dict[object, list[int]] = {}
    for document in documents:
        own = face(document)
        names: list[object] = [*own.sketch, ("whole", crc32(own.whole.encode()))]
        # Of the years of one series only those of the same round and year can be copies.
        names += [("title", own.title), ("title", own.title, own.round, own.held)] if own.title else []
        names += [("meeting", own.meeting)] if own.meeting else []
        met = Counter(i for name in names for i in shelves.get(name, ()))
        nearest = sorted(met, key=lambda i: (faces[i].whole != own.whole, -met[i], i))
        likely = islice((i for i in nearest if not _apart(own, faces[i])), _TRIES)
        place = next((i for i in likely if _same(own, faces[i])), None)
        if place is not None:
            found[place].append(document)
            continue
        for name in names:
            shelf = shelves.setdefault(name, [])
            if len(shelf) < _CROWD:
                shelf.append(len(found))
        found.append([document])
        faces.append(own)
    return found


def copy_of(documents: Sequence[Document]) -> dict[str, str]:
    """The id of the first of its group for each document that is a copy of another before it."""
    return {document.id: group[0].id for group in groups(documents) for document in group[1:]}


def _same(one: Face, two: Face) -> bool:
    if _apart(one, two):
        return False
    shorter, longer = sorted((len(one.whole), len(two.whole)))
    if shorter == 0 or shorter < longer * SHORTEST_EXCERPT:
        return False
    same_title = bool(one.title) and one.title == two.title
    if one.whole == two.whole and (same_title or shorter >= FEWEST):
        return True
    equal = sum(len(words) * times for words, times in (one.items & two.items).items())
    known = same_title or (one.meeting is not None and one.meeting == two.meeting) or _similar_titles(one.title, two.title)
    known = known and not _differ(one.held, two.held)
    if equal >= FEWEST and equal >= shorter * (EQUAL_SHARE if known else SHARE_ALONE):
        return True
    return known and shorter >= FEWEST and longer <= LONGEST and _contained(one, two) >= CONTAINED


def _apart(one: Face, two: Face) -> bool:
    """Whether anything known of both tells their meetings apart."""
    if _differ(one.round, two.round) or _differ(one.track, two.track):
        return True
    # Without a meeting, the day it was held may be that of another that the text names: 「根据1994年某日的《…公约》」.
    if (one.series or two.series) and _differ(one.held, two.held):
        return True
    if one.title == two.title:
        return False
    numbers = [Counter(_NUMERAL.findall(title)) for title in (one.title, two.title)]
    return all(numbers) and not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0])


def _differ(a: object, b: object) -> bool:
    return a is not None and b is not None and a != b


def _similar_titles(one: str, two: str) -> bool:
    from rapidfuzz import fuzz

    return not one or not two or fuzz.ratio(one, two) >= SIMILAR_TITLES


def _contained(one: Face, two: Face) -> float:
    """The share of the shorter list's characters that the longer has in the same order; 0 where it is small or the years differ."""
    if min(len(one.sketch), len(two.sketch)) >= _SKETCH and not one.sketch & two.sketch:
        return 0.0
    # The same promises for the next year are another list, however few characters differ.
    fewer = min(one.years.total(), two.years.total())
    if fewer and (one.years & two.years).total() < 0.6 * fewer:
        return 0.0
    from rapidfuzz.distance import LCSseq

    shorter = min(len(one.whole), len(two.whole))
    return LCSseq.similarity(one.whole, two.whole, score_cutoff=int(CONTAINED * shorter)) / shorter
