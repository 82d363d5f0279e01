"""The phrases that stand before a verb, and where they end: 「在…框架下|开展」, 「就…|继续」, 「对…|表示欢迎」."""

from __future__ import annotations

from qingdan.finding.prepared import Prepared

# A date, or a verb, may follow at once: 「于|2025年」.
WHEN = frozenset(("于", "在", "自", "到", "从", "至"))
# Have a word that closes them: 「在…|框架下」, 「对…|而言」.
CLOSED = frozenset(("在", "以", "当", "随着", "对", "比", "按照", "根据", "除", "除了", "经", "沿着", "继"))
# End where the verb stands that they go with: 「就…|开展」.
ABOUT = frozenset(("就", "围绕"))
_REACH = 40  # words behind 在 among which its closing word is sought
# What ends a clause and is its verb whatever the phrase before holds: 「对…得到有效落实|感到满意」, 「就…的必要性|交换了意见」.
_FELT = (
    "欢迎", "赞赏", "满意", "感谢", "祝贺", "支持", "关切", "遗憾", "理解", "谴责", "反对", "担忧", "关注", "肯定", "慰问", "哀悼", "钦佩",
    "敬意", "赞扬", "失望", "高兴", "欣慰", "鼓舞", "评价",
)  # fmt: skip
FINAL_WORDS = frozenset((*_FELT, "意见", "看法"))
_FINAL = Prepared(
    r"(?:表示|感到|深表|深感)(?:由衷|高度|强烈|严重|十分|衷心|诚挚|坚决|坚定|热烈|深切|深深)?(?:地|的)?"
    rf"(?:(?:{'|'.join(_FELT)})[和与、并]?){{1,2}}$"
    r"|(?:予以|给予)(?:充分|高度|积极|很高)?(?:肯定|评价|赞扬|谴责)$"
    r"|交换了?(?:意见|看法)$"
)


def final_word(masked: str, first: int, end: int) -> int:
    """Where the verb begins that ends a clause of masked text, when it ends in one of FINAL_WORDS; -1 when that is no verb."""
    match = _FINAL.search(masked, max(first, end - 16), end)
    return match.start() if match else -1


def next_of(wanted: list[bool], tokens: list[tuple[int, int, int]], k: int, end: int) -> int:
    """The next word of a kind, by its number in ``wanted``, before an offset and within reach; else the word that was to be next."""
    i = k
    while i < k + _REACH and tokens[i][0] < end:
        if wanted[tokens[i][2]]:
            return i
        i += 1
    return k


def last_of(wanted: list[bool], tokens: list[tuple[int, int, int]], k: int, end: int) -> int:
    """The last word of a kind before an offset and within reach; the word that was to be next when there is none."""
    found = i = k
    while i < k + _REACH and tokens[i][0] < end:
        if wanted[tokens[i][2]]:
            found = i
        i += 1
    return found


def next_from(offset: int, tokens: list[tuple[int, int, int]], k: int) -> int:
    """The next word that begins at an offset or behind it."""
    while tokens[k][0] < offset:
        k += 1
    return k
