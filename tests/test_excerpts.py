"""Excerpts: the bounds tell what comparing all characters tells."""

from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import LCSseq

from qingdan.comparing.excerpts import LONG, bag, is_in_order, shared

# Characters that are one byte to the first bound stand side by side: 一 U+4E00, 帀 U+5E00, 伀 U+4F00, 🀀 U+1F000.
LETTERS = "一帀伀🀀双方同意加强海上合作并于二年内共同举行会议0123456789abc"
SHARE = 0.92


def text(dice: random.Random, length: int) -> str:
    return "".join(dice.choice(LETTERS) for _ in range(length))


def changed(dice: random.Random, of: str, share: float, move: bool) -> str:
    """The text with a share of its characters put for others, and its first third behind the rest."""
    letters = [dice.choice(LETTERS) if dice.random() < share else letter for letter in of]
    third = len(of) // 3 if move else 0
    return "".join(letters[third:] + letters[:third])


def plainly(shorter: str, longer: str) -> bool:
    return LCSseq.similarity(shorter, longer) / len(shorter) >= SHARE


@pytest.mark.parametrize("length", [45, 300, 2000, LONG + 500])
def test_bounds_tell_what_all_characters_tell(length: int) -> None:
    dice = random.Random(length)
    verdicts = []
    for share in (0, 0.03, 0.06, 0.08, 0.1, 0.3, 1):
        for more in (0, length // 2):
            for move in (False, True):
                longer = text(dice, length) + text(dice, more)
                shorter = changed(dice, longer[: len(longer) - more], share, move)
                verdicts.append(is_in_order(shorter, longer, SHARE, (bag(shorter), bag(longer))))
                assert verdicts[-1] == plainly(shorter, longer)
    assert {True, False} == set(verdicts)


def test_characters_of_one_byte_are_told_apart() -> None:
    one = "一" * 100
    assert not is_in_order(one, "帀" * 100, SHARE, ({}, {}))
    assert is_in_order(one, "帀一" * 100, SHARE, ({}, {}))


def test_what_is_counted() -> None:
    assert bag("一" * LONG) == {}
    assert bag("一" * LONG + "二") == {"一": LONG, "二": 1}
    assert shared({"一": 3, "二": 1}, {"一": 2, "三": 5, "四": 1}) == 2
    assert shared({"一": 2, "三": 5, "四": 1}, {"一": 3, "二": 1}) == 2
