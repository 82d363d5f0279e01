"""Sentences of items, and which sentence of one list became which of another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qingdan.comparing.forms import keys
from qingdan.comparing.likeness import best_pairs

# Of the 123 sentences that a reader paired as reworded in the three rounds of tests/test_alignment the least alike has 0.38, of the 35
# that he left apart, each with each, the most alike 0.37.
ALIKE = 0.38
ABSORBED = 85.0  # per cent of a sentence's letters that stand together in a longer one which took it in: 「……。……。」 → 「……;……。」
SHORTEST = 6  # letters of such a sentence
CROWD = 10_000  # pairs of mentions of one kind that are still compared all with all
MOST_PAIRS = 250_000  # of sentences that are compared by their words; above it only equal ones are matched

_OPENING = {"《": "》", "〈": "〉", "“": "”", "‘": "’", "「": "」", "『": "』", "(": ")", "（": "）", "【": "】", "[": "]"}
_MARK = re.compile(r"[《〈“‘「『(（【\[》〉”’」』)）】\]。｡！？!?；;：:\n]")
_QUOTED = frozenset("”’」』")
_ENDS = frozenset("。｡！？!?")
_GOING_ON = frozenset("，,、；;的。｡")
_LINE_ENDS = frozenset("。｡！？!?；;：:")
_LONGEST_BRACKETS = 400  # characters; what is open for longer was never meant to be closed
_DECIMAL = re.compile(r"(?<=[0-9０-９])[.．](?=[0-9０-９])")


class Sentence(NamedTuple):
    """A sentence at its place in its document; ``key`` is equal where only typography differs. ``heading`` for the topic of an item."""

    item: str
    start: int
    end: int
    text: str
    key: str
    heading: bool = False


class Matching(NamedTuple):
    """Which sentences belong together, by their numbers: ``equal`` but for typography, or ``reworded``; those that a reworded one of the
    other side ``absorbed``, as pairs of old and new; and the rest.
    """

    equal: dict[int, int]
    reworded: dict[int, int]
    gone: list[int]
    added: list[int]
    absorbed: frozenset[tuple[int, int]] = frozenset()

    def together(self, old: int | None, new: int | None) -> bool:
        """Whether a new sentence is what became of an old one; False where a mention stands in none."""
        if old is None or new is None:
            return False
        return self.equal.get(old, self.reworded.get(old)) == new or (old, new) in self.absorbed

    def candidates(self, ours: Mapping[int, int | None], theirs: Mapping[int, int | None]) -> list[tuple[int, int]]:
        """Which mentions to compare, from the sentence of each: all with all, of a crowd those whose sentences belong together."""
        if len(ours) * len(theirs) <= CROWD:
            return [(i, j) for i in ours for j in theirs]
        by_sentence: dict[int | None, list[int]] = defaultdict(list)
        for j, sentence in theirs.items():
            by_sentence[sentence].append(j)
        near: dict[int, set[int]] = defaultdict(set)
        for one, other in (*self.equal.items(), *self.reworded.items(), *self.absorbed):
            near[one].add(other)
        return [
            (i, j) for i, sentence in ours.items() if sentence is not None for other in sorted(near[sentence]) for j in by_sentence[other]
        ]


def spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]``, without the blanks around them. Linear in the length.

    A sentence ends at 。 ！ ？ outside quotation marks, 《》 and parentheses, and behind a bracket that closes right after one
    (「他说:“……。”」); also at the end of a line that ends in any of them, in ； or in ：. A ； inside a line ends none: the promises of
    one sentence share their subject.
    """
    found: list[tuple[int, int]] = []
    closers: list[str] = []
    at = start
    for match in _MARK.finditer(text, start, end):
        mark, here = match[0], match.start()
        stop = None
        if mark in _OPENING:
            if text.find(_OPENING[mark], here, min(end, here + _LONGEST_BRACKETS)) >= 0:
                closers.append(_OPENING[mark])
        elif mark in _ENDS:
            stop = match.end() if not closers else None
        elif mark == "\n":
            stop = here if text[at:here].rstrip()[-1:] in _LINE_ENDS else None
        elif mark in closers:
            while closers.pop() != mark:
                pass
            # 「……。”双方……」: the quotation was a sentence, and another one follows.
            if not closers and mark in _QUOTED and text[here - 1] in _ENDS and text[match.end() : match.end() + 1] not in _GOING_ON:
                stop = match.end()
        if stop is not None:
            closers.clear()
            found += _bare(text, at, stop)
            at = stop
    return [*found, *_bare(text, at, end)]


def _bare(text: str, start: int, end: int) -> list[tuple[int, int]]:
    body = text[start:end]
    words = body.strip()
    if not words:
        return []
    first = start + body.find(words)
    return [(first, first + len(words))]


def sentences(text: str, places: Sequence[tuple[str, int, int, bool]]) -> list[Sentence]:
    """The sentences of stretches of a document: (item, start, end, whether it is a topic, which is one sentence)."""
    found = [
        (item, *span, heading)
        for item, start, end, heading in places
        for span in ([(start, end)] if heading else spans(text, start, end))
        if span[0] < span[1]
    ]
    # 「3.5亿」 and 「35亿」 are two amounts: a key has no punctuation, so that the point of a decimal becomes a letter.
    own = keys([_DECIMAL.sub("p", text[start:end]) for _, start, end, _ in found])
    return [
        Sentence(item, start, end, text[start:end], key, heading)
        for (item, start, end, heading), key in zip(found, own, strict=True)
        if key
    ]


def match(old: Sequence[Sentence], new: Sequence[Sentence]) -> Matching:
    """Pair the sentences of two sides: equal ones first, wherever they stand; of the rest the most alike, from ``ALIKE``.

    The same pairs come out when the sides change places.
    """
    waiting: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for j in reversed(range(len(new))):
        waiting[new[j].key, new[j].heading].append(j)
    equal: dict[int, int] = {}
    for i, sentence in enumerate(old):
        same = waiting.get((sentence.key, sentence.heading))
        if same:
            equal[i] = same.pop()
    rows = [i for i in range(len(old)) if i not in equal]
    taken = set(equal.values())
    columns = [j for j in range(len(new)) if j not in taken]
    reworded: dict[int, int] = {}
    if rows and columns and len(rows) * len(columns) <= MOST_PAIRS:
        reworded = _alike(old, new, rows, columns)
    taken.update(reworded.values())
    gone, added = [i for i in rows if i not in reworded], [j for j in columns if j not in taken]
    absorbed = {(i, j) for i in gone for j in reworded.values() if _takes_in(new[j], old[i])}
    absorbed |= {(i, j) for j in added for i in reworded if _takes_in(old[i], new[j])}
    within = {i for i, _ in absorbed}, {j for _, j in absorbed}
    return Matching(equal, reworded, [i for i in gone if i not in within[0]], [j for j in added if j not in within[1]], frozenset(absorbed))


def _takes_in(long: Sentence, short: Sentence) -> bool:
    """Whether a sentence holds nearly all of another, and more."""
    from rapidfuzz import fuzz

    if long.heading or short.heading or not SHORTEST <= len(short.key) < len(long.key):
        return False
    return short.key in long.key or fuzz.partial_ratio(short.key, long.key, score_cutoff=ABSORBED) > 0


def _alike(old: Sequence[Sentence], new: Sequence[Sentence], rows: Sequence[int], columns: Sequence[int]) -> dict[int, int]:
    from rapidfuzz import fuzz

    scored = [
        (score, i, j) for i in rows for j in columns
        if old[i].heading == new[j].heading and (score := fuzz.ratio(old[i].key, new[j].key, score_cutoff=100 * ALIKE))
    ]  # fmt: skip
    return dict(sorted(best_pairs(scored, 100 * ALIKE)))
