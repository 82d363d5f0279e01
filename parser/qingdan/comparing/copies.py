"""Which documents are copies of one list: two sites' pages of it, a scan of it, an excerpt.

A copy has the list's words; consecutive lists of one series share many of them too, so that whatever tells two
meetings apart (round, track, year) goes before what the texts have in common.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from heapq import nsmallest
from itertools import islice
from typing import Any
from zlib import crc32

from msgspec import Struct, msgpack

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
LONG = 10_000  # characters above which it pays to count them before they are compared in order
LONGEST = 100_000  # characters above which only equal items count: comparing by character is not linear

_SKETCH = 12
_CROWD = 50  # lists of one title, or with one stretch of words, that are still looked at one by one
_TRIES = 8
# Stretches to know a text by begin behind common characters, so that an error in one leaves the others in step.
_STRETCH = re.compile(r"[的合进加和强](?=(\w{5}))")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年")
_NUMERAL = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百]+")


class Apart(Struct, array_like=True, frozen=True):
    """What tells meetings apart."""

    title: str
    meeting: tuple[str, int, str | None] | None
    round: int | None
    track: str | None
    series: str | None
    held: str | None


class Brief(Struct, array_like=True, frozen=True):
    """What most lists are told from each other by: of all their characters, which are many more, only how many there are.

    ``whole`` is a digest of all items; ``items`` has the characters of each, times how often it stands there, by its own digest.
    Of a long list ``bag`` tells how often it has each character.
    """

    length: int
    whole: bytes
    items: dict[bytes, int]
    years: dict[str, int]
    sketch: frozenset[int]
    bag: dict[str, int]


class Face(Struct, array_like=True, frozen=True):
    """What a document is known by when it is looked for among others; ``words`` are its items in UTF-8, ``marks`` where to look."""

    apart: Apart
    brief: Brief
    words: bytes
    marks: tuple[int, ...]


def face(document: Document) -> Face:
    """What a document is known by. Linear in its length."""
    about = document.document
    own = keys([document.text[item.start + len(item.label) : item.end] for item in document.items])
    whole = "".join(own)
    words = whole.encode()
    stretches = {crc32(words.encode()) for words in _STRETCH.findall(whole)}
    series = key(about.series) if about.series else None
    track = key(about.track) if about.track else None
    apart = Apart(
        key(about.title or ""),
        (series, about.round, track) if series and about.round is not None else None,
        about.round,
        track,
        series,
        about.held.earliest[:4] if about.held and about.held.earliest else None,
    )
    brief = Brief(
        len(whole),
        _digest(words),
        {_digest(item.encode()): len(item) * times for item, times in Counter(filter(None, own)).items()},
        dict(Counter(_YEAR.findall(whole))),
        frozenset(nsmallest(_SKETCH, stretches)),
        dict(Counter(whole)) if len(whole) > LONG else {},
    )
    names: list[object] = [*sorted(brief.sketch), ("whole", crc32(words))]
    # Of the years of one series only those of the same round and year can be copies.
    names += [("title", apart.title), ("title", apart.title, apart.round, apart.held)] if apart.title else []
    names += [("meeting", apart.meeting)] if apart.meeting else []
    return Face(apart, brief, words, tuple(_mark(name) for name in names))


def _digest(words: bytes) -> bytes:
    return blake2b(words, digest_size=16).digest()


def _mark(name: object) -> int:
    return int.from_bytes(blake2b(repr(name).encode(), digest_size=8).digest(), signed=True)


def same_list(one: Document, two: Document) -> bool:
    """Whether two parsed documents are copies of one list.

    They are when nothing tells their meetings apart (round, track, the year it was held, numbers in the titles), title
    or meeting are the same, and the shorter one's items are in the longer: nearly all word for word, or, in a scan
    with errors, nearly all characters in order. Where title and meeting say nothing, more must be equal.
    """
    a, b = face(one), face(two)
    if _apart(a.apart, b.apart):
        return False
    told = _told(a.apart, a.brief, b.apart, b.brief)
    return _in_order(a.words, b.words, a.brief.bag, b.brief.bag) if told is None else told


class Lists:
    """Lists as they come, one document after another: each is told which list it holds.

    A document is compared with the first of a list's documents, and only with lists that share its title, its meeting or
    stretches of its words: the time is linear in the number of documents, not in their pairs. What is known of the lists
    is in a private temporary database, which goes to the disk when it grows: memory does not grow with the documents.
    ``close`` it in the end.
    """

    def __init__(self) -> None:
        self._count = 0
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.execute("PRAGMA journal_mode = OFF")
        self._store.execute("CREATE TABLE list (number INTEGER PRIMARY KEY, id, whole, round, track, apart)")
        self._store.execute("CREATE TABLE face (number INTEGER PRIMARY KEY, brief, words)")
        self._store.execute("CREATE TABLE shelf (name INTEGER, number INTEGER, PRIMARY KEY (name, number)) WITHOUT ROWID")

    def place(self, name: str, own: Face) -> int:
        """The number of a document's list, from 0 in the order in which lists came; ``name`` is its id."""
        for number, apart in islice(self._likely(own), _TRIES):
            if self._is_same(own, number, apart):
                return number
        number = self._count
        self._count += 1
        about = own.apart
        row = (number, name.encode("utf-8", "surrogatepass"), own.brief.whole, _text(about.round), about.track, msgpack.encode(about))
        self._store.execute("INSERT INTO list VALUES (?, ?, ?, ?, ?, ?)", row)
        self._store.execute("INSERT INTO face VALUES (?, ?, ?)", (number, msgpack.encode(own.brief), own.words))
        shelve = f"INSERT OR IGNORE INTO shelf SELECT ?1, ?2 WHERE (SELECT count(*) FROM shelf WHERE name = ?1) < {_CROWD}"
        self._store.executemany(shelve, [(mark, number) for mark in own.marks])
        return number

    def _likely(self, own: Face) -> Iterator[tuple[int, Apart]]:
        """The lists that share the most with a document and are not told apart from it, the nearest first."""
        # Rounds and tracks tell most apart, and the database is quicker at it. A round may be any number, so it is text.
        known = [(name, value) for name, value in (("round", _text(own.apart.round)), ("track", own.apart.track)) if value is not None]
        nearest = self._store.execute(
            f"""SELECT number, apart FROM shelf JOIN list USING (number) WHERE name IN ({", ".join("?" * len(own.marks))})
            {"".join(f"AND ({name} IS NULL OR {name} = ?)" for name, _ in known)}
            GROUP BY number ORDER BY whole = ? DESC, count(*) DESC, number""",
            (*own.marks, *(value for _, value in known), own.brief.whole),
        ).fetchall()
        for number, packed in nearest:
            apart = msgpack.decode(packed, type=Apart)
            if not _apart(own.apart, apart):
                yield number, apart

    def _is_same(self, own: Face, number: int, apart: Apart) -> bool:
        """Whether a document holds a list; that list's words are fetched only where nothing less tells."""
        (packed,) = self._store.execute("SELECT brief FROM face WHERE number = ?", (number,)).fetchone()
        brief = msgpack.decode(packed, type=Brief)
        told = _told(own.apart, own.brief, apart, brief)
        if told is None:
            (words,) = self._store.execute("SELECT words FROM face WHERE number = ?", (number,)).fetchone()
            told = _in_order(own.words, words, own.brief.bag, brief.bag)
        return told

    def original(self, name: str, own: Face) -> str | None:
        """The id of the first document that holds the same list; None for the first itself."""
        known = self._count
        number = self.place(name, own)
        if number == known:
            return None
        (first,) = self._store.execute("SELECT id FROM list WHERE number = ?", (number,)).fetchone()
        return str(first, "utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of what is known, and of its place on the disk."""
        self._store.close()


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def groups(documents: Sequence[Document]) -> list[list[Document]]:
    """Documents by list, in the order given: the copies of one list together, every other document alone."""
    found: list[list[Document]] = []
    with closing(Lists()) as lists:
        for document in documents:
            number = lists.place(document.id, face(document))
            found += [[]] if number == len(found) else []
            found[number].append(document)
    return found


def copy_of(documents: Sequence[Document]) -> dict[str, str]:
    """The id of the first of its group for each document that is a copy of another before it."""
    return {document.id: group[0].id for group in groups(documents) for document in group[1:]}


def _told(one: Apart, one_brief: Brief, two: Apart, two_brief: Brief) -> bool | None:
    """Whether two that nothing tells apart are copies; None where only their words in order can tell."""
    shorter, longer = sorted((one_brief.length, two_brief.length))
    if shorter == 0 or shorter < longer * SHORTEST_EXCERPT:
        return False
    same_title = bool(one.title) and one.title == two.title
    if one_brief.whole == two_brief.whole and (same_title or shorter >= FEWEST):
        return True
    equal = _shared(one_brief.items, two_brief.items)
    known = same_title or (one.meeting is not None and one.meeting == two.meeting) or _similar_titles(one.title, two.title)
    known = known and not _differ(one.held, two.held)
    if equal >= FEWEST and equal >= shorter * (EQUAL_SHARE if known else SHARE_ALONE):
        return True
    return None if known and shorter >= FEWEST and longer <= LONGEST and _of_one_time(one_brief, two_brief) else False


def _apart(one: Apart, two: Apart) -> bool:
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


def _of_one_time(one: Brief, two: Brief) -> bool:
    """Whether two have any words in common, and name the same years."""
    if min(len(one.sketch), len(two.sketch)) >= _SKETCH and not one.sketch & two.sketch:
        return False
    # The same promises for the next year are another list, however few characters differ.
    return _shared(one.years, two.years) >= 0.6 * min(sum(one.years.values()), sum(two.years.values()))


def _shared(one: Mapping[Any, int], two: Mapping[Any, int]) -> int:
    """How much of what is counted both have."""
    fewer, more = sorted((one, two), key=len)
    return sum(min(times, more[name]) for name, times in fewer.items() if name in more)


def _in_order(one: bytes, two: bytes, one_bag: Mapping[str, int], two_bag: Mapping[str, int]) -> bool:
    """Whether the longer list has the characters of the shorter in their order, but for a few. A bag may be empty where it is short."""
    from rapidfuzz.distance import LCSseq

    texts = [words.decode() for words in (one, two)]
    shorter, longer = sorted(map(len, texts))
    # What both have of each character is never less than what they have in order, and told in a tenth of the time.
    if longer > LONG and _shared(one_bag or Counter(texts[0]), two_bag or Counter(texts[1])) < CONTAINED * shorter:
        return False
    # Nor is what they have in order less when many characters are taken for one, and of single bytes that is told in a fourth.
    fewest = int(CONTAINED * shorter)
    if LCSseq.similarity(*(text.encode("utf-32-le")[::4] for text in texts), score_cutoff=fewest) / shorter < CONTAINED:
        return False
    return LCSseq.similarity(*texts, score_cutoff=fewest) / shorter >= CONTAINED
