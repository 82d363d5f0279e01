"""What a rule is: a name, a pattern, a reading, and the examples that a test runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

import regex

T = TypeVar("T")


class Example(NamedTuple):
    """A text, the mention expected in it, and its value as the reader of the output sees it."""

    text: str
    mention: str
    value: str


class Rule(NamedTuple, Generic[T]):
    """``pattern`` finds the mention in folded text; ``read`` takes the match of the mention alone to its value.

    ``hint``: words of which every mention holds one, by which a reader passes over the rule without compiling it.
    ``first``: the characters that a mention can begin with, by which a scan passes over the rule; any without them.
    """

    name: str
    pattern: str
    read: Callable[[regex.Match[str]], T]
    examples: tuple[Example, ...]
    hint: tuple[str, ...] = ()
    first: str = ""


def examples(*rows: tuple[str, str, str]) -> tuple[Example, ...]:
    return tuple(Example(*row) for row in rows)


def alternatives(rules: Iterable[Rule[T]]) -> Iterator[str]:
    """The patterns of the rules in their order, those that begin alike behind one look-ahead of their first character."""
    for first, alike in groupby(rules, key=lambda rule: rule.first):
        joined = "|".join(rule.pattern for rule in alike)
        yield f"(?=[{regex.escape(first)}])(?:{joined})" if first else joined


class Scanner:
    """All patterns of a kind as one alternation, in order, tried where ``opening`` says that one can begin.

    The names of groups are dropped: a scan only finds spans, and reading a span is a second, cached step. ``opening``
    is a pattern of ``re`` that takes the first character alone and looks around from there: by its class of characters
    ``re`` skips through a text several times faster than ``regex`` does.
    ``lists`` are the words of regex's named lists (``\\L<units>``).
    """

    def __init__(self, patterns: Iterable[str], opening: str, **lists: list[str]) -> None:
        joined = "|".join(regex.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in patterns)
        self._match = regex.compile(joined, regex.VERBOSE, **lists).match  # type: ignore[arg-type]
        self._openings = re.compile(opening, re.VERBOSE).finditer

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans in a folded text, in order; none overlaps another."""
        match, last = self._match, 0
        for opening in self._openings(text):
            start = opening.start()
            if start >= last:
                found = match(text, start)
                if found:
                    last = found.end()
                    yield start, last

    def end(self, text: str) -> int:
        """Where the match at the beginning of a text ends; 0 without one."""
        found = self._match(text)
        return found.end() if found else 0
