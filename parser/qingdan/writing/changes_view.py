"""What a reader sees of a comparison: its pairs with the texts of their items, what differs in them, and the changes in words.

The terminal, Markdown and HTML are made of this; JSON and CSV of the comparison itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple, get_args

from qingdan.comparing.model import Change, Comparison, Pair, PairStatus
from qingdan.model import Document, Item, Metadata, Section
from qingdan.writing.changes_words import Told, told, words

STATUSES: tuple[PairStatus, ...] = get_args(PairStatus)
# In the order a reader asks for them: what is gone, what is there, what became of the rest.
ORDER: tuple[PairStatus, ...] = ("dropped", "new", "split", "merged", "reworded", "kept")
FIELDS = ("commitment", "deadline", "date", "agency", "quantity", "round", "instrument", "topic", "section", "order", "sentence")

Op = Literal["same", "del", "ins"]
_OPS: dict[str, Op] = {"equal": "same", "delete": "del", "insert": "ins"}


class Run(NamedTuple):
    """A stretch of text on one side or on both: the same but for typography, only in the old (``del``), or only in the new (``ins``)."""

    op: Op
    text: str


class Entry(NamedTuple):
    """An item of a pair on its side: where it stands (1.4), its label, topic and body with what the other side lacks."""

    id: str
    place: str
    label: str
    topic: tuple[Run, ...]
    body: tuple[Run, ...]


class Shown(NamedTuple):
    """A pair as it is shown. ``changes`` stand by their fields;
    ``number`` is its place in the whole comparison, from 1; ``topic`` what it is about,
    with the old topics before the new where they are others, ``name`` the last of them alone; ``text`` both sides in one,
    of a pair of one side, or one that was kept, that text alone."""

    number: int
    pair: Pair
    section: str | None
    topic: str
    name: str
    places: str
    old: tuple[Entry, ...]
    new: tuple[Entry, ...]
    text: tuple[Run, ...]
    changes: tuple[tuple[Change, Told], ...]


class Count(NamedTuple):
    """How many pairs, and how many items of the two lists stand in them."""

    pairs: int
    old: int
    new: int


class View(NamedTuple):
    """A comparison to be shown: all of it is counted, ``shown`` has the pairs asked for."""

    comparison: Comparison
    words: dict[str, str]
    chinese: bool
    only: tuple[str, ...]
    shown: tuple[Shown, ...]

    def counts(self) -> list[tuple[PairStatus, Count]]:
        """For each status how many there are."""
        return [(status, _count(pair for pair in self.comparison.pairs if pair.status == status)) for status in STATUSES]

    def totals(self) -> Count:
        return _count(self.comparison.pairs)

    def moved(self) -> int:
        return sum(pair.moved for pair in self.comparison.pairs)

    def kinds(self) -> list[tuple[str, str]]:
        """Each field in which anything changed, and in words how often each kind stands, the most frequent first."""
        counts = Counter((change.field, change.kind) for pair in self.comparison.pairs for change in pair.changes)
        fields = [*FIELDS, *sorted({field for field, _ in counts} - set(FIELDS))]
        known = self.words
        found: list[tuple[str, str]] = []
        for field in fields:
            kinds = [(known.get(f"kind.{kind}", kind), number) for (of, kind), number in counts.most_common() if of == field]
            if kinds:
                told = ("、" if self.chinese else ", ").join(known["counted"].format(number, kind) for kind, number in kinds)
                found.append((known.get(f"field.{field}", field), told))
        return found


def selected(comparison: Comparison, only: Collection[str]) -> list[tuple[int, Pair]]:
    """The pairs of any of these statuses, or moved where that is among them; all without any. With their numbers from 1."""
    return [
        (number, pair)
        for number, pair in enumerate(comparison.pairs, 1)
        if not only or pair.status in only or (pair.moved and "moved" in only)
    ]


def view(comparison: Comparison, old: Document, new: Document, only: Collection[str] = (), chinese: bool = False) -> View:
    """A comparison of two documents to be shown. ``only`` are statuses, and ``moved``; ``chinese`` has it told in Chinese."""
    known = words(chinese)
    sides = _Side(old), _Side(new)
    shown = tuple(_shown(number, pair, *sides, chinese) for number, pair in selected(comparison, only))
    return View(comparison, known, chinese, tuple(name for name in (*STATUSES, "moved") if name in only), shown)


def _count(pairs: Iterable[Pair]) -> Count:
    found = list(pairs)
    return Count(len(found), sum(len(pair.old) for pair in found), sum(len(pair.new) for pair in found))


def heading(about: Metadata) -> str:
    """What a document is called: its title, else its id."""
    return about.title or about.id


class _Side:
    """The items and sections of a document by their ids."""

    def __init__(self, document: Document) -> None:
        self._items = {item.id: item for item in document.items}
        self._sections = {section.id: section for section in document.sections}

    def items(self, ids: Iterable[str]) -> list[Item]:
        return [self._items[name] for name in ids]

    def section(self, item: Item) -> str | None:
        found: Section | None = self._sections.get(item.section or "")
        return f"{found.label}{found.title or ''}" if found else None


def _shown(number: int, pair: Pair, old_side: _Side, new_side: _Side, chinese: bool) -> Shown:
    old, new = old_side.items(pair.old), new_side.items(pair.new)
    differ = pair.status in ("reworded", "split", "merged")
    topics = _marked([item.topic or "" for item in old], [item.topic or "" for item in new], differ)
    bodies = _marked([item.body for item in old], [item.body for item in new], differ)
    return Shown(
        number, pair,
        section=new_side.section(new[0]) if new else old_side.section(old[0]),
        name=_topics(new) or _topics(old) or _beginning((new or old)[0].body),
        topic=" → ".join(dict.fromkeys(filter(None, (_topics(old), _topics(new))))) or _beginning((new or old)[0].body),
        places=" → ".join(filter(None, (", ".join(map(_place, old)), ", ".join(map(_place, new))))),
        old=_entries(old, topics.old, bodies.old), new=_entries(new, topics.new, bodies.new), text=bodies.both,
        changes=tuple((change, told(change, chinese)) for change in sorted(pair.changes, key=_rank)),
    )  # fmt: skip


def _rank(change: Change) -> int:
    return FIELDS.index(change.field) if change.field in FIELDS else len(FIELDS)


def _place(item: Item) -> str:
    return ".".join(map(str, item.path))


def _topics(items: Sequence[Item]) -> str:
    return ", ".join(dict.fromkeys(" ".join(item.topic.split()) for item in items if item.topic))


def _beginning(body: str, longest: int = 24) -> str:
    """What an item without a topic is called."""
    words = " ".join(body[: 4 * longest].split())
    return words if len(words) <= longest else f"{words[:longest]}…"


def _entries(items: Sequence[Item], topics: Sequence[tuple[Run, ...]], bodies: Sequence[tuple[Run, ...]]) -> tuple[Entry, ...]:
    marked = zip(items, topics, bodies, strict=True)
    return tuple(Entry(item.id, _place(item), item.label, topic, body) for item, topic, body in marked)


class _Marked(NamedTuple):
    """Texts of two sides with what differs: those of each, and both in one."""

    old: list[tuple[Run, ...]]
    new: list[tuple[Run, ...]]
    both: tuple[Run, ...]


def _marked(old: Sequence[str], new: Sequence[str], differ: bool) -> _Marked:
    """The texts of two sides against each other. The items of a split stand one behind the other, as paragraphs."""
    old_text, new_text = "\n".join(old), "\n".join(new)
    if not differ or old_text == new_text:
        return _Marked([_whole(text) for text in old], [_whole(text) for text in new], _whole(new_text or old_text))
    from qingdan.comparing.redline import redline

    pieces = redline(old_text, new_text)
    return _Marked(
        list(_cut(_joined(Run(_OPS[piece.op], piece.old) for piece in pieces), [len(text) for text in old])),
        list(_cut(_joined(Run(_OPS[piece.op], piece.new) for piece in pieces), [len(text) for text in new])),
        tuple(_joined(Run(_OPS[piece.op], piece.text) for piece in pieces)),
    )


def _whole(text: str) -> tuple[Run, ...]:
    return (Run("same", text),) if text else ()


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs that hold text, those of one kind made one where they meet."""
    for op, group in groupby((run for run in runs if run.text), key=lambda run: run.op):
        yield Run(op, "".join(run.text for run in group))


def _cut(joined: Iterable[Run], lengths: Sequence[int]) -> Iterator[tuple[Run, ...]]:
    """The runs of texts joined by line breaks, for each of the texts."""
    runs = list(joined)
    begin = 0
    for length in lengths:
        end, at, own = begin + length, 0, []
        for run in runs:
            if piece := run.text[max(0, begin - at) : max(0, end - at)]:
                own.append(Run(run.op, piece))
            at += len(run.text)
        yield tuple(own)
        begin = end + 1
