"""One side of a pair: its items, their sentences, and where in them a mention stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from qingdan.comparing.forms import form
from qingdan.comparing.model import Part
from qingdan.comparing.sentences import Sentence, sentences
from qingdan.model import Document, Item

_PAUSES = ",.;:!?\n"
_SHORT = 8  # characters of a clause that need the next one to be understood: 「2015年,双方将继续……」


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text in one form: no blanks, half-width, simplified."""
    return form(text).text


class Side:
    """The items of one side of a pair and their sentences, in the order of the text."""

    def __init__(self, document: Document, items: Sequence[Item]) -> None:
        self.document = document
        self.items = sorted(items, key=lambda item: item.start)
        places: list[tuple[str, int, int, bool]] = []
        for item in self.items:
            if item.topic:
                start = document.text.find(item.topic, item.start + len(item.label), item.body_start)
                if start >= 0:
                    places.append((item.id, start, start + len(item.topic), True))
            places.append((item.id, item.body_start, item.body_end, False))
        self.sentences: list[Sentence] = sentences(document.text, places)
        self._bodies: list[str] | None = None
        self._starts = [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> int | None:
        """The number of the sentence that an offset of the document stands in, None where it is in none."""
        i = bisect_right(self._starts, offset) - 1
        return i if i >= 0 and offset < self.sentences[i].end else None

    def part(self, start: int, end: int) -> Part:
        """A stretch of the document as a part of a change."""
        item = next((own for own in reversed(self.items) if own.start <= start), self.items[0])
        return Part(item.id, self.document.text[start:end], start, end)

    def around(self, start: int, end: int, reach: int = 80) -> tuple[str, str]:
        """What stands before and behind text[start:end] in its clause, in one form; with the clause next to a short one."""
        i = self.sentence_at(start)
        if i is None:
            return "", ""
        sentence = self.sentences[i]
        text = self.document.text
        before = plain(text[max(sentence.start, start - reach) : start])
        behind = plain(text[end : min(sentence.end, end + reach)])
        left = _cut(before[::-1])[::-1]
        right = _cut(behind)
        if len(left) + len(right) < _SHORT:
            more = behind[len(right) + 1 :]
            right = f"{right},{_cut(more)}" if more else right
            if not more:
                rest = before[: len(before) - len(left)].rstrip(_PAUSES)
                left = f"{_cut(rest[::-1])[::-1]},{left}"
        return left, right

    def matter(self, text: str) -> str:
        """A clause without the bodies that act in it: what it is about."""
        if self._bodies is None:
            self._bodies = sorted({plain(own.text) for item in self.items for own in item.agencies}, key=lambda name: (-len(name), name))
        for name in self._bodies:
            if name in text:
                text = text.replace(name, " ")
        return text

    def lead(self, start: int) -> str:
        """What stands before an offset in its sentence, in one form, as far as it matters."""
        i = self.sentence_at(start)
        return "" if i is None else plain(self.document.text[max(self.sentences[i].start, start - 200) : start])

    def rest(self, end: int, reach: int = 60, before: int | None = None) -> str:
        """What stands behind an offset in its sentence and before another, in one form."""
        i = self.sentence_at(end - 1)
        stops = (end + reach,) if before is None else (end + reach, before)
        return "" if i is None else plain(self.document.text[end : min(self.sentences[i].end, *stops)])


def follows(old: Document, new: Document) -> bool:
    """Whether the reference dates of two lists are known and in order."""
    before, after = old.document.reference_date, new.document.reference_date
    return before is not None and after is not None and before < after


def _cut(text: str) -> str:
    """The text up to the first pause outside brackets and quotation marks."""
    depth = 0
    for i, c in enumerate(text):
        if c in "《》〈〉()":
            depth += 1 if c in "《〈(" else -1
        elif c in _PAUSES and depth == 0:
            return text[:i]
    return text
