"""Cue words: where no condition, no event, nothing past and no 《》 begins, none is looked for."""

from __future__ import annotations

from collections.abc import Iterator

from qingdan.finding.conditions import TRIGGERS
from qingdan.finding.held import HOLDING

HANGING, HELD, PAST, NAMED = 1, 2, 3, 4
# What was done then is done: 「访问期间，双方签署…」. No word ends in 中 alone, for 中方 may follow.
_VISITS = (
    "访问期间", "会议期间", "访华期间", "会见期间", "对话期间", "论坛期间", "峰会期间", "会晤期间", "在会谈中", "会谈中,", "会谈中双方",
)  # fmt: skip
WORDS = (*TRIGGERS, *HOLDING, *_VISITS)
KINDS = bytes([HANGING] * len(TRIGGERS) + [HELD] * len(HOLDING) + [PAST] * len(_VISITS))


def places(cues: bytes, kind: int, start: int, end: int) -> Iterator[int]:
    """Where cues of a kind begin in a span of a text, of which ``cues`` has a byte for each character."""
    while (start := cues.find(kind, start, end)) >= 0:
        yield start
        start += 1
