"""What a rule is: a name, a pattern, a reading, and the examples that a test runs."""

from __future__ import annotations

from collections.abc import Callable
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
    """

    name: str
    pattern: str
    read: Callable[[regex.Match[str]], T]
    examples: tuple[Example, ...]
    hint: tuple[str, ...] = ()


def examples(*rows: tuple[str, str, str]) -> tuple[Example, ...]:
    return tuple(Example(*row) for row in rows)


def scanner(patterns: list[str], *guards: str, **lists: list[str]) -> regex.Pattern[str]:
    """One alternation of all patterns, in order, tried only where every guard looks ahead to a match. ``lists`` are the words
    of regex's named lists (``\\L<units>``).

    The names of groups are dropped: a scan only finds spans, and reading a span is a second, cached step.
    """
    joined = "|".join(regex.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in patterns)
    ahead = "".join(f"(?={guard})" for guard in guards)
    return regex.compile(rf"{ahead}(?:{joined})", regex.VERBOSE, **lists)  # type: ignore[arg-type]
