"""Which documents are copies of one list: two sites' pages of it, a scan of it, an excerpt.

A copy has the list's words; consecutive lists of one series share many of them too, so that whatever tells two
meetings apart (round, track, year) goes before what the texts have in common.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple, Self
from zlib import crc32

from msgspec import msgpack

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
_NONE: Counter[str] = Counter()


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

    def packed(self) -> tuple[bytes, bytes]:
        """What tells meetings apart, and the rest."""
        return msgpack.encode(self[:6]), msgpack.encode((dict(self.items), self.whole, dict(self.years), tuple(self.sketch)))

    @classmethod
    def unpacked(cls, apart: bytes, rest: bytes | None = None) -> Self:
        """What was packed; what tells meetings apart, where the rest is not given."""
        title, meeting, round_, track, series, held = msgpack.decode(apart)
        known = tuple(meeting) if meeting else None
        if rest is None:
            return cls(title, known, round_, track, series, held, _NONE, "", _NONE, frozenset())
        items, whole, years, sketch = msgpack.decode(rest)
        return cls(title, known, round_, track, series, held, Counter(items), whole, Counter(years), frozenset(sketch))


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
        self._store.execute("CREATE TABLE face (number INTEGER PRIMARY KEY, rest)")
        self._store.execute("CREATE TABLE shelf (name INTEGER, number INTEGER, PRIMARY KEY (name, number)) WITHOUT ROWID")

    def place(self, name: str, own: Face) -> int:
        """The number of a document's list, from 0 in the order in which lists came; ``name`` is its id."""
        whole = blake2b(own.whole.encode(), digest_size=16).digest()
        names: list[object] = [*sorted(own.sketch), ("whole", crc32(own.whole.encode()))]
        # Of the years of one series only those of the same round and year can be copies.
        names += [("title", own.title), ("title", own.title, own.round, own.held)] if own.title else []
        names += [("meeting", own.meeting)] if own.meeting else []
        marks = [_mark(name) for name in names]
        for number in islice(self._likely(own, whole, marks), _TRIES):
            query = "SELECT apart, rest FROM list JOIN face USING (number) WHERE number = ?"
            if _same(own, Face.unpacked(*self._store.execute(query, (number,)).fetchone())):
                return number
        number = self._count
        self._count += 1
        apart, rest = own.packed()
        row = (number, name.encode("utf-8", "surrogatepass"), whole, _text(own.round), own.track, apart)
        self._store.execute("INSERT INTO list VALUES (?, ?, ?, ?, ?, ?)", row)
        self._store.execute("INSERT INTO face VALUES (?, ?)", (number, rest))
        shelve = f"INSERT OR IGNORE INTO shelf SELECT ?1, ?2 WHERE (SELECT count(*) FROM shelf WHERE name = ?1) < {_CROWD}"
        self._store.executemany(shelve, [(mark, number) for mark in marks])
        return number

    def _likely(self, own: Face, whole: bytes, marks: Sequence[int]) -> Iterator[int]:
        """The lists that share the most with a document and are not told apart from it, the nearest first."""
        # Rounds and tracks tell most apart, and the database is quicker at it. A round may be any number, so it is text.
        known = [(name, value) for name, value in (("round", _text(own.round)), ("track", own.track)) if value is not None]
        nearest = self._store.execute(
            f"""SELECT number, apart FROM shelf JOIN list USING (number) WHERE name IN ({", ".join("?" * len(marks))})
            {"".join(f"AND ({name} IS NULL OR {name} = ?)" for name, _ in known)}
            GROUP BY number ORDER BY whole = ? DESC, count(*) DESC, number""",
            (*marks, *(value for _, value in known), whole),
        ).fetchall()
        return (number for number, apart in nearest if not _apart(own, Face.unpacked(apart)))

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


def _mark(name: object) -> int:
    return int.from_bytes(blake2b(repr(name).encode(), digest_size=8).digest(), signed=True)


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
    shorter, longer = sorted((len(one.whole), len(two.whole)))
    # What both have of each character is never less than what they have in order, and told in a tenth of the time.
    if longer > LONG and (Counter(one.whole) & Counter(two.whole)).total() < CONTAINED * shorter:
        return 0.0
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(one.whole, two.whole, score_cutoff=int(CONTAINED * shorter)) / shorter
