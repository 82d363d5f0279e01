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
from itertools import islice

from msgspec import msgpack

from qingdan.comparing.excerpts import is_in_order, shared
from qingdan.comparing.faces import SKETCH, Apart, Brief, Face, face
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

_CROWD = 50  # lists of one title, or with one stretch of words, that are still looked at one by one
_TRIES = 8
_NUMERAL = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百]+")


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
    return _in_order(a.words, a.brief, b.words, b.brief) if told is None else told


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
        self._store.execute("CREATE TABLE list (number INTEGER PRIMARY KEY, id, apart, brief, words)")
        # What most are told apart by stands on each shelf, so that the database looks at no list itself.
        self._store.execute(
            "CREATE TABLE shelf (name INTEGER, number INTEGER, round, track, whole, PRIMARY KEY (name, number)) WITHOUT ROWID"
        )

    def place(self, name: str, own: Face) -> int:
        """The number of a document's list, from 0 in the order in which lists came; ``name`` is its id."""
        for number, apart, brief in islice(self._likely(own), _TRIES):
            if self._is_same(own, number, apart, brief):
                return number
        number = self._count
        self._count += 1
        row = (number, name.encode("utf-8", "surrogatepass"), msgpack.encode(own.apart), msgpack.encode(own.brief), own.words)
        self._store.execute("INSERT INTO list VALUES (?, ?, ?, ?, ?)", row)
        about = (number, _text(own.apart.round), own.apart.track, own.brief.whole)
        shelve = "INSERT OR IGNORE INTO shelf SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*) FROM shelf WHERE name = ?1) < ?6"
        self._store.executemany(shelve, [(mark, *about, _CROWD) for mark in own.marks])
        return number

    def _likely(self, own: Face) -> Iterator[tuple[int, Apart, bytes]]:
        """The lists that share the most with a document and are not told apart from it, the nearest first."""
        # Rounds and tracks tell most apart, and the database is quicker at it. A round may be any number, so it is text.
        known = [(name, value) for name, value in (("round", _text(own.apart.round)), ("track", own.apart.track)) if value is not None]
        nearest = self._store.execute(
            f"""SELECT number FROM shelf WHERE name IN ({", ".join("?" * len(own.marks))})
            {"".join(f"AND ({name} IS NULL OR {name} = ?)" for name, _ in known)}
            GROUP BY number ORDER BY whole = ? DESC, count(*) DESC, number""",
            (*own.marks, *(value for _, value in known), own.brief.whole),
        ).fetchall()
        for (number,) in nearest:
            packed, brief = self._store.execute("SELECT apart, brief FROM list WHERE number = ?", (number,)).fetchone()
            apart = msgpack.decode(packed, type=Apart)
            if not _apart(own.apart, apart):
                yield number, apart, brief

    def _is_same(self, own: Face, number: int, apart: Apart, packed: bytes) -> bool:
        """Whether a document holds a list; that list's words are fetched only where nothing less tells."""
        brief = msgpack.decode(packed, type=Brief)
        told = _told(own.apart, own.brief, apart, brief)
        if told is None:
            (words,) = self._store.execute("SELECT words FROM list WHERE number = ?", (number,)).fetchone()
            told = _in_order(own.words, own.brief, words, brief)
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
    equal = shared(one_brief.items, two_brief.items)
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
    if min(len(one.sketch), len(two.sketch)) >= SKETCH and not one.sketch & two.sketch:
        return False
    # The same promises for the next year are another list, however few characters differ.
    return shared(one.years, two.years) >= 0.6 * min(sum(one.years.values()), sum(two.years.values()))


def _in_order(one: bytes, one_brief: Brief, two: bytes, two_brief: Brief) -> bool:
    (shorter, bag), (longer, longer_bag) = sorted(
        ((one.decode(), one_brief.bag), (two.decode(), two_brief.bag)), key=lambda text: len(text[0])
    )
    return is_in_order(shorter, longer, CONTAINED, (bag, longer_bag))
