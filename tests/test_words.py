"""Words: jieba is woken late, privately and without a trace, and cuts without losing anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.data import read_rows
from qingdan.finding.words import aligned, boundaries, cut, noun_after

UNKNOWN_BODY = "美国联邦河流保护局与中国某某研究工作组合作"


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Code in a fresh interpreter whose temporary folder is the given one."""
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", env=environment, check=True, timeout=60
    )


def test_the_shared_tokenizer_is_left_alone(tmp_path: Path) -> None:
    shared = "jieba.dt.initialized, len(jieba.dt.FREQ), jieba.dt.total"
    code = f"import qingdan, sys; qingdan.find({UNKNOWN_BODY!r}); import jieba; print({shared})"
    assert run(code, tmp_path).stdout.split() == ["False", "0", "0"]


def test_waking_leaves_no_file_and_says_nothing(tmp_path: Path) -> None:
    """jieba itself writes jieba.cache into the temporary folder and prints to standard error."""
    done = run(f"import qingdan, sys; qingdan.find({UNKNOWN_BODY!r}); print('jieba' in sys.modules)", tmp_path)
    assert (done.stdout, done.stderr) == ("True\n", "")
    assert list(tmp_path.iterdir()) == []


def test_waking_leaves_other_modules_alone(tmp_path: Path) -> None:
    code = f"import sys, qingdan; qingdan.find({UNKNOWN_BODY!r}); print(sys.modules.get('pkg_resources', 'gone'))"
    assert run(code, tmp_path).stdout == "gone\n"


@pytest.mark.parametrize(
    "code",
    [
        "import qingdan.finding.words",
        "import qingdan.pipeline",
        "import qingdan; qingdan.find('双方于2015年6月22日签署', ['dates'])",
    ],
)
def test_jieba_sleeps_until_a_word_is_cut(code: str, tmp_path: Path) -> None:
    assert run(f"import sys; {code}; print('jieba' in sys.modules)", tmp_path).stdout == "False\n"


@given(st.text(max_size=40))
def test_nothing_is_lost_in_a_cut(text: str) -> None:
    assert "".join(word.text for word in cut(text)) == text


def test_words_have_their_parts_of_speech() -> None:
    assert [(word.text, word.tag) for word in cut("加强合作")] == [("加强", "v"), ("合作", "vn")]


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("加强教育部门的合作", "教育部", False),
        ("由教育部负责", "教育部", True),
        ("联合国际力量", "联合国", False),
        ("在联合国通过", "联合国", True),
    ],
)
def test_a_name_that_words_straddle_is_none(text: str, name: str, whole: bool) -> None:
    start = text.index(name)
    end = start + len(name)
    assert aligned(text, start, end) == whole


@pytest.mark.parametrize(
    ("before", "after", "ordinal", "noun"),
    [
        ("387次", "联合验证,将继续", False, "联合验证"),
        ("第十二次", "会议讨论情况", True, "会议"),
        ("45名", "来自相关政府部门的代表。", False, "代表"),
        ("一个", "稳定的伊拉克。", False, "伊拉克"),
        ("10年", ",双方", False, None),
        ("三年", "", False, None),
    ],
)
def test_the_noun_after_a_numeral(before: str, after: str, ordinal: bool, noun: str | None) -> None:
    assert noun_after(before + after, len(before), ordinal) == noun


def test_boundaries_end_names() -> None:
    assert {"决定", "举行", "的", "由", "在"} <= boundaries()
    assert len(boundaries()) == len(read_rows("boundaries.csv"))
