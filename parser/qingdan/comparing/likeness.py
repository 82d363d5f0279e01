"""How much two clauses are about the same thing: the share of words of the poorer one that the other has too."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from qingdan.finding.words import cut

# Words that say who promises and how much, not what.
_NO_TOPIC = frozenset(
    [
        "双方",
        "两国",
        "中方",
        "美方",
        "我方",
        "中美",
        "共同",
        "有关",
        "相关",
        "决定",
        "同意",
        "将于",
        "计划",
        "力争",
        "争取",
        "承诺",
        "寻求",
        "致力",
        "致力于",
        "继续",
        "进一步",
        "加强",
        "积极",
        "双方将",
        "商定",
        "重申",
        "支持",
        "推动",
        "努力",
        "确保",
        "保证",
        "希望",
        "期待",
        "欢迎",
        "以及",
        "通过",
        "进行",
        "开展",
        "关于",
        "就此",
        "为此",
        "包括",
        "一个",
        "一次",
        "再次",
        "年底",
        "年内",
        "之前",
        "以前",
        "之后",
        "下半年",
        "上半年",
        "今年",
        "明年",
        "去年",
    ]
)
_NUMBERS = regex.compile(r"第?[0-9〇零一二三四五六七八九十百]+[年月日号次届轮期]?|[年月日]")


@lru_cache(maxsize=8192)
def topic_words(text: str) -> frozenset[str]:
    """The words of a clause that say what it is about."""
    return frozenset(
        word.text
        for word in cut(_NUMBERS.sub(" ", text)[:200])
        if len(word.text) > 1 and word.text not in _NO_TOPIC and word.text[0].isalnum()
    )


@lru_cache(maxsize=8192)
def likeness(one: str, two: str) -> float:
    """From 0 to 1, the same from either side: the characters of the words that both clauses have, of the poorer clause's."""
    a, b = topic_words(one), topic_words(two)
    weight = min(sum(map(len, a)), sum(map(len, b)))
    return sum(map(len, a & b)) / weight if weight else 0.0


def _order(row: tuple[float, int, int]) -> tuple[float, int, int]:
    """The same from either side: no two pairs that share a member are equal in all three."""
    score, i, j = row
    return -score, abs(i - j), i + j


def best_pairs(scored: Iterable[tuple[float, int, int]], least: float) -> list[tuple[int, int]]:
    """Pairs (i, j) from (score, i, j), the best first, each i and each j once, none below ``least``; the same from either side.

    They come the straightest first, which is one order from either side: what is told once is told of that pair.
    """
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for score, i, j in sorted(scored, key=_order):
        if score >= least and i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            pairs.append((i, j))
    return straightest(pairs)


def straightest(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs (i, j) in an order that does not depend on which side is called i: those with the least between i and j first."""
    return sorted(pairs, key=lambda pair: (abs(pair[0] - pair[1]), sum(pair)))
