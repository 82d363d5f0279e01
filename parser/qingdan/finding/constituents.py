"""What a clause begins with: its subject, its agents, its act words, the verb of its content."""

from __future__ import annotations

import re

import msgspec

from qingdan.finding.acts import Act


class Named(msgspec.Struct, gc=False):
    """A party, body or word for them as subject; ``tail`` is the text behind it (部长, 企业), ``kind`` BODY, PARTY, side or somebody."""

    start: int
    end: int
    kind: str
    tail: str = ""


class Group(msgspec.Struct, gc=False):
    """What a clause begins with. ``words`` are its act words, ``verb`` the verb of content with its row.

    ``content`` is where content begins, None when the clause ends before any: then the act goes on in the next clause.
    ``thing`` when the subject is neither party nor body, ``joined`` the words before the last 并 of joined acts.
    """

    start: int
    end: int
    begin: int
    link: str = ""
    dated: bool = False
    opens: str = ""  # if, purpose, for, serves, example: how the clause begins that is no act of its own
    subject: tuple[Named, ...] = ()
    agents: tuple[Named, ...] = ()
    thing: str = ""
    words: tuple[tuple[int, int, Act], ...] = ()
    verb: tuple[int, int, Act] | None = None
    content: int | None = None
    joined: int = 0
    negated: bool = False
    done: bool = False
    phrased: bool = False
    talk: re.Match[str] | None = None  # 「进行了深入讨论」
    about: bool = False  # the subject is 该…, 本…, 这…
