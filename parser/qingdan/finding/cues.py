"""Cue words: where no condition, no event, nothing past and no 《》 begins, none is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import daachorse

from qingdan.finding.conditions import TRIGGERS
from qingdan.finding.held import HOLDING
from qingdan.finding.masks import Masked

# What was done then is done: 「访问期间，双方签署…」.
_VISITS = ("访问期间", "会议期间", "访华期间", "会见期间", "会谈中", "对话期间", "论坛期间", "峰会期间", "会晤期间")
HANGING, HELD, PAST, NAMED = 1, 2, 3, 4
_KINDS = bytes([HANGING] * len(TRIGGERS) + [HELD] * len(HOLDING) + [PAST] * len(_VISITS))


@cache
def _automaton() -> daachorse.CharwiseDoubleArrayAhoCorasick:
    return daachorse.CharwiseDoubleArrayAhoCorasick([*TRIGGERS, *HOLDING, *_VISITS])


def cues(text: str, masked: Masked) -> bytes:
    """For each character of a folded text what kind of cue begins there, 0 where none does; 访问期间 in a name or quotation is none."""
    found = bytearray(len(text))
    for start, _, number in _automaton().find(text):
        kind = _KINDS[number]
        if kind != PAST or masked.text[start] == text[start]:
            found[start] = kind
    for start in masked.titles:
        found[start] = NAMED
    return bytes(found)


def places(cues: bytes, kind: int, start: int, end: int) -> Iterator[int]:
    """Where cues of a kind begin in a span."""
    while (start := cues.find(kind, start, end)) >= 0:
        yield start
        start += 1
