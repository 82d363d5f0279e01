"""No pattern backtracks without end: long texts of one character or one phrase are parsed at all.

The limit is no measure of speed, which is the business of benchmarks/: a catastrophic pattern takes hours here.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from qingdan.model import Document

SIZE = 100_000  # bytes of UTF-8
LIMIT = 120  # seconds for a whole batch
CHARACTERS = '09一二十百万点年月日第零两约余近多、:：，。(（“"《至和与及的委部局署会国中美联A -—.,/%$前后内初底末春①1\n\r\t\u3000\u200b'
PHRASES = [
    "2015年", "2015年6月22日至", "2015年6月", "6月22日", "2015-06-", "2015.6.", "上个", "前三", "近三年", "年底前",
    "今年", "第五次", "10年", "1.", "1,", "1,234,", "1.5", "一点", "十五", "第一", "百分之", "三分之", "约100多项",
    "一、", "1、", "一、\n", "1、a\n", "1、主题:正文\n", "（一）", "(一)", "中国", "中国、", "中国外交部",
    "中国外交部、", "美国国务院和", "联合国", "二十国集团(G20)", "(JLG)", "工作组", "工作组(下称“工作组”)", "委员会",
    "局署", "和平与", "两国", "双方", "中美", "地址:1\n", "首页 > ", "“(", "“《", ")”", "指出:", "\u200b中",
    "中\u200b",
]  # fmt: skip
LABELS = [
    "第一条 ", "第一条\n", "第一条", "（a）", "（a）\n", "——", "——\n", "•", "• a。\n", "1.1.1 ", "1.1.1 a\n", "一是",
    "一是a。\n", "第一章", "第一章 a\n第一条 a。\n", "目录\n", "附件:", "附件1\n", "1\t", "1\ta\n", "①", "①\n", "甲、", "甲、\n", "1.\n",
    "1、a\n2、b\n", "。1、", "；（一）", "。一是", "Ⅰ.", "*1. a\n", "一、a\n1、b\n2、c\n", "“1、",
    "“a”", "”\n", "a清单\n", "国发〔2018〕1号\n", "　\na",
]  # fmt: skip
SCRIPT = """
import json, sys
import qingdan
size, seeds = json.load(sys.stdin)
for seed in seeds:
    print(ascii(seed), flush=True)
    qingdan.parse("\\n" + seed * (size // len(seed.encode())))
"""


def run(seeds: list[str]) -> None:
    """Parse each seed repeated to the size, in a process that can be stopped."""
    try:
        task = json.dumps([SIZE, seeds]).encode()
        subprocess.run([sys.executable, "-c", SCRIPT], input=task, capture_output=True, check=True, timeout=LIMIT)
    except subprocess.TimeoutExpired as stopped:
        pytest.fail(f"no end after {LIMIT} s; it stood at {(stopped.stdout or b'').splitlines()[-1:]}")
    except subprocess.CalledProcessError as failed:
        pytest.fail(f"{failed.stdout.splitlines()[-1:]}: {failed.stderr.decode()[-500:]}")


def test_one_character_over_and_over() -> None:
    run(list(CHARACTERS))


def test_one_phrase_over_and_over() -> None:
    run(PHRASES)


def test_one_label_over_and_over() -> None:
    run(LABELS)


def test_phrases_of_the_page_over_and_over(sample: Document) -> None:
    text = sample.text
    run([text[at : at + size] for at in range(100, len(text) - 80, 400) for size in (7, 31)])
