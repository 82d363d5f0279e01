"""What rows are missing: words of documents that the parser met and that no row of the lexicon or of the units has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from qingdan.model import Block, Document, Item, Section

_AROUND = 18  # characters of context on each side
_SHOWN = 2  # contexts


class Candidate(msgspec.Struct, frozen=True):
    """A word that may deserve a row, and that row with its columns; what only a person can know is empty in it.

    ``rules`` are what found it, the most frequent first; ``count`` is how often it stands, ``documents`` in how many of
    them. ``contexts`` are one or two places, from two documents where there are two.
    """

    name: str
    count: int
    documents: int
    rules: tuple[str, ...]
    contexts: tuple[str, ...]
    row: dict[str, str]


class Use(NamedTuple):
    """One place where a word stands."""

    document: str
    context: str
    rule: str


class Tally:
    """The places of each word, and of them what a candidate says."""

    def __init__(self) -> None:
        self._uses: dict[str, list[Use]] = {}

    def add(self, name: str, document: Document, start: int, end: int, rule: str) -> None:
        self._uses.setdefault(name, []).append(Use(document.id, context(document.text, start, end), rule))

    def candidates(self, rows: dict[str, dict[str, str]]) -> list[Candidate]:
        """The candidates for the words that have a row, those that stand most often first."""
        found = [_candidate(name, self._uses[name], row) for name, row in rows.items()]
        return sorted(found, key=lambda candidate: (-candidate.count, -candidate.documents, candidate.name))

    def names(self) -> list[str]:
        """The words met, those most often first."""
        return sorted(self._uses, key=lambda name: (-len(self._uses[name]), name))


def _candidate(name: str, uses: list[Use], row: dict[str, str]) -> Candidate:
    first = {use.document: use for use in reversed(uses)}  # a place of each document
    contexts = dict.fromkeys(use.context for use in (*reversed(first.values()), *uses))
    rules = tuple(rule for rule, _ in Counter(use.rule for use in uses).most_common())
    return Candidate(name, len(uses), len(first), rules, tuple(contexts)[:_SHOWN], row)


def context(text: str, start: int, end: int) -> str:
    """The line that text[start:end] stands in, cut down to what is around it."""
    left = max(start - _AROUND, text.rfind("\n", 0, start) + 1)
    stop = text.find("\n", end)
    right = min(end + _AROUND, len(text) if stop < 0 else stop)
    before, after = left > 0 and text[left - 1] != "\n", right < len(text) and text[right] != "\n"
    return f"{'…' if before else ''}{' '.join(text[left:right].split())}{'…' if after else ''}"


def parts(document: Document) -> Iterator[Block | Section | Item]:
    """What of a document has mentions, in reading order."""
    found: Iterable[Block | Section | Item | None] = (document.title, document.preamble, *document.sections, *document.items)
    yield from sorted((part for part in found if part is not None), key=lambda part: part.start)
