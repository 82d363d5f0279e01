"""A commitment in the making, and what its act words say of it so far."""

from __future__ import annotations

import msgspec

from qingdan.finding.acts import Act
from qingdan.finding.constituents import Group


class Opened(msgspec.Struct, gc=False):
    """A commitment in the making: its span of folded text, and the rule that opened it.

    ``head`` is the group that its class, act and actors are read off; None where it takes them from another.
    """

    start: int
    end: int
    rule: str
    head: Group | None
    words: tuple[tuple[int, int, Act], ...] = ()
    bare: Group | None = None  # the group of one without a head
    named: bool = False  # a clause with 即 or 如 has followed: what comes is part of it


def says(current: Opened, words: frozenset[str]) -> bool:
    """Whether one of the first two act words of a commitment is one of some words."""
    return any(act.word in words for _, _, act in current.words[:2])


def urges(current: Opened, last: Act | None) -> bool:
    """Whether a commitment asks something of others; ``last`` is its deciding act word."""
    if last is not None and last.use == "ask" and current.head is not None and current.head.negated:
        return False  # 「不再要求提供正本，|将接受电子证书」
    return last is not None and (last.class_ == "urged" or (last.use == "duty" and _others(current)))


def deciding(current: Opened) -> Act | None:
    """The act word that says what the commitment is: behind a window the next."""
    for _, _, act in current.words:
        if act.family != "window":
            return act
    return current.words[0][2] if current.words else None


def last_doing(current: Opened) -> bool:
    """Whether what decides about a commitment is a word of doing, or a bare verb."""
    last = deciding(current)
    return last is None or last.family == "doing"


def _others(current: Opened) -> bool:
    head = current.head
    return head is not None and (not head.subject or head.subject[0].kind == "somebody")


def accomplished(current: Opened) -> bool:
    """Whether a commitment reports what was done."""
    head = current.head
    if head is None:
        return False
    if head.words:
        return head.words[0][2].use == "done"
    return head.verb is not None and (head.done or head.verb[2].use == "hold")
