"""The redline: by words, tiling both texts, without confetti."""

from __future__ import annotations

import itertools
import random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.comparing.redline import MOST_WORDS, Piece, redline


def shown(old: str, new: str) -> str:
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(marks[piece.op].format(piece.text) for piece in redline(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("双方同意加强合作。", "双方决定加强合作。", "双方[-同意-][+决定+]加强合作。"),
        # Numbers, dates and bodies are one word each.
        ("已完成387次联合验证。", "已完成412次联合验证。", "已完成[-387次-][+412次+]联合验证。"),
        ("将于2015年10月30日开工。", "将于2016年10月30日开工。", "将于[-2015年10月30日-][+2016年10月30日+]开工。"),
        ("第十二次会议。", "第十三次会议。", "[-第十二次-][+第十三次+]会议。"),
        ("环境保护部负责。", "生态环境部负责。", "[-环境保护部-][+生态环境部+]负责。"),
        ("贷款1.5亿美元。", "贷款3亿美元。", "贷款[-1.5亿-][+3亿+]美元。"),
        # What is put in ends where a clause does.
        ("港口,机场,铁路。", "港口,公路,机场,铁路。", "港口,[+公路,+]机场,铁路。"),
        ("双方将合作。再议。", "双方将合作。定期会晤。再议。", "双方将合作。[+定期会晤。+]再议。"),
        # One equal function word between two changes is drawn in; a stretch that says something is not.
        ("同意就此事和贸易磋商。", "决定就此案和投资磋商。", "[-同意就此事和贸易-][+决定就此案和投资+]磋商。"),
        ("同意推动双边贸易便利化谈判。", "决定推动双边贸易便利化进程。", "[-同意-][+决定+]推动双边贸易便利化[-谈判-][+进程+]。"),
        # Typography.
        ("双方“合作”、会晤,共３项。", "双方「合作」，会晤,共3项。", "双方「合作」，会晤,共3项。"),
        ("雙方 同意加強 合作。", "双方同意加强合作。", "双方同意加强合作。"),
        ("", "双方。", "[+双方。+]"),
        ("双方。", "", "[-双方。-]"),
        ("", "", ""),
        (" \n", "", ""),
        (" ", "双方。", "[- -][+双方。+]"),
    ],
)
def test_redline(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


PLAIN = ("双方", "同意", "决定", "加强", "合作", "和", "的", "2015年", "387次", "、", "，", "。", "环境保护部", "《协定》")
WORDS = [*PLAIN, "Ａ", "開展", " ", "\n", "\u200b"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map("".join) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_pieces_tile_both_texts(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    at, to = 0, 0
    for piece in pieces:
        assert (piece.old_start, piece.new_start) == (at, to)
        assert (old[piece.old_start : piece.old_end], new[piece.new_start : piece.new_end]) == (piece.old, piece.new)
        at, to = piece.old_end, piece.new_end
        assert (piece.op == "delete") <= (not piece.new and bool(piece.old))
        assert (piece.op == "insert") <= (not piece.old and bool(piece.new))
    for one, other in itertools.pairwise(pieces):
        assert (one.op, other.op) not in {("equal", "equal"), ("insert", "delete"), ("insert", "insert"), ("delete", "delete")}


@given(TEXTS)
def test_a_text_is_equal_to_itself(text: str) -> None:
    assert redline(text, text) == ([Piece("equal", text, text, 0, len(text), 0, len(text))] if text else [])


def long_text(length: int, seed: int) -> str:
    return "".join(random.Random(seed).choices(PLAIN, k=length // 2))


def test_twenty_thousand_characters_take_a_moment() -> None:
    old, new = long_text(20_000, 1), long_text(20_000, 2)
    redline(old[:100], new[:100])
    start = perf_counter()
    pieces = redline(old, new)
    assert perf_counter() - start < 10  # a catastrophe takes minutes; what it does take is in benchmarks/README.md
    assert len(pieces) > 100


def test_of_very_long_texts_only_the_ends_are_equal() -> None:
    many = int(MOST_WORDS**0.5) + 10
    old = "开头。" + "甲、" * many + "结尾。"
    new = "开头。" + "乙;" * many + "结尾。"
    pieces = redline(old, new)
    assert [piece.op for piece in pieces] == ["equal", "delete", "insert", "equal"]
    assert (pieces[0].old, pieces[-1].old.endswith("结尾。")) == ("开头。", True)
