"""Other ways to align two lists, each told only the items: pairs of indices of old and new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from qingdan.comparing.alignment import align
from qingdan.model import Document, Item

Pairs = set[tuple[int, int]]
# Each the best of 0.05, 0.1, … 0.6 on the seeds 1000 to 1009 of the setting that qingdan was tuned on.
BIGRAMS, DIFFLIB, TOPICS = 0.2, 0.35, 0.25


def qingdan(old: Document, new: Document) -> Pairs:
    places = [{item.id: k for k, item in enumerate(document.items)} for document in (old, new)]
    return {(places[0][a], places[1][b]) for pair in align(old, new) for a in pair.old for b in pair.new}


def bigrams(old: Document, new: Document) -> Pairs:
    """One to one, greedily, by the pairs of characters in common of all that either has (Jaccard)."""
    mine, theirs = ([_bigrams(_text(item)) for item in document.items] for document in (old, new))
    return _greedy(((_jaccard(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)), BIGRAMS)


def difflib(old: Document, new: Document) -> Pairs:
    """One to one, greedily, by ``SequenceMatcher.ratio`` of the whole items."""
    rated = []
    for j, item in enumerate(new.items):
        matcher = SequenceMatcher(None, "", _text(item), autojunk=False)
        for i, other in enumerate(old.items):
            matcher.set_seq1(_text(other))
            if matcher.real_quick_ratio() >= DIFFLIB and matcher.quick_ratio() >= DIFFLIB:
                rated.append((matcher.ratio(), i, j))
    return _greedy(rated, DIFFLIB)


def topics(old: Document, new: Document) -> Pairs:
    """One to one, greedily, by the topics alone, equal or alike."""
    mine, theirs = ([_bigrams(item.topic or "") for item in document.items] for document in (old, new))
    return _greedy(((_jaccard(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)), TOPICS)


RIVALS: dict[str, Callable[[Document, Document], Pairs]] = {
    "qingdan": qingdan,
    "greedy bigram Jaccard": bigrams,
    "difflib, greedy": difflib,
    "topics alone": topics,
}


def _text(item: Item) -> str:
    return (item.topic or "") + item.body


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[k : k + 2] for k in range(len(text) - 1))


def _jaccard(a: Counter[str], b: Counter[str]) -> float:
    return (a & b).total() / ((a | b).total() or 1)


def _greedy(rated: Iterable[tuple[float, int, int]], least: float) -> Pairs:
    found: Pairs = set()
    mine, theirs = set[int](), set[int]()
    for _, i, j in sorted((row for row in rated if row[0] >= least), key=lambda row: (-row[0], row[1], row[2])):
        if i not in mine and j not in theirs:
            found.add((i, j))
            mine.add(i)
            theirs.add(j)
    return found
