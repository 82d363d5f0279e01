"""The class of a verb group (rules C1 to C10 of ``commitments.md``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qingdan.finding.acts import Act
from qingdan.model import CommitmentClass

_WEAKEST: tuple[CommitmentClass, ...] = ("intended", "continued", "accomplished", "committed")
_FIRM = frozenset(("承诺", "允诺", "保证", "决定", "同意"))
_COLOURLESS = frozenset(("愿", "愿意"))


def class_of(words: Sequence[tuple[int, int, Act]], joined: int, party: bool) -> tuple[CommitmentClass, str]:
    """The class of act words and the rule that gave it; ``joined`` words stand before the last 并.

    ``party`` is whether the subject of 应, 可 is a party or body.
    """
    return _class_of(tuple([act for _, _, act in words]), joined, party)


@lru_cache(maxsize=4096)
def _class_of(acts: tuple[Act, ...], joined: int, party: bool) -> tuple[CommitmentClass, str]:
    rule = "C1"
    if 0 < joined < len(acts) and (acts[joined].strength != "bare"):
        acts = acts[joined:]
        rule = "C4"
    windows = 0
    while windows < len(acts) and acts[windows].family == "window":
        windows += 1
    if windows:
        if windows == len(acts):
            return ("accomplished" if acts[0].word == "宣布" else "viewed"), "C3"
        acts, rule = acts[windows:], "C3"
    first = acts[0]
    if first.use == "duty" and not party and first.word not in ("可", "可以"):
        return "urged", rule
    if first.family == "stance":
        return first.class_, rule  # type: ignore[return-value]
    classes = {
        act.class_
        for before, act in zip((None, *acts), acts, strict=False)
        if act.family == "doing" and not (before is not None and act.word in _COLOURLESS and before.word in _FIRM)
    }
    return next(name for name in _WEAKEST if name in classes), rule if len(classes) == 1 else "C2"
