"""Topics: the part of a provision before its colon, 「主题:正文」."""

from __future__ import annotations

import re

import regex

LONGEST_TOPIC = 60
_CLOSERS = {"“": "”", "「": "」", "《": "》", "〈": "〉", "(": ")", "【": "】", "[": "]", "‘": "’", "『": "』"}
_ENDS = "。;；!?！？,\n"
_MARKS = re.compile(f"[{re.escape(_ENDS + ':' + ''.join(_CLOSERS) + ''.join(_CLOSERS.values()))}]")
# A colon behind these opens a list or a quotation: 「包括:」 「习近平指出:“…”」.
_OPENS = regex.compile(
    r"(?:包括|包含|如下|即|例如|比如|分别[是为]|以下(?:[\p{Han}]{0,4})|下列(?:[\p{Han}]{0,4})|指出|强调|表示|认为|说|称|提出|写道|宣布|要求|规定|双方|各方|注|决定"
    r"|(?:[改称定分]|作)为|表明|申明|重申|同意|认识到|注意到|商定|议定|承诺|(?:政府|方|国|元首|领导人|部长|会议|委员会|主席|总理|总统)(?:\p{Han}{0,4})?(?:声明|确认|建议|希望|呼吁|敦促))$"
)


def topic_end(folded: str, start: int, end: int) -> int | None:
    """The offset of the colon that closes the topic of a provision whose text is folded[start:end], or None.

    A topic is short and no sentence; a colon inside quotation marks, in a time of day or before nothing is no topic
    colon, nor is one that opens a list or a quotation.
    """
    waiting: list[str] = []
    for mark in _MARKS.finditer(folded, start, min(end, start + LONGEST_TOPIC + 1)):
        c, at = mark[0], mark.start()
        if waiting and c == waiting[-1]:
            waiting.pop()
        elif c in _CLOSERS:
            waiting.append(_CLOSERS[c])
        elif waiting:
            continue
        elif c == ":":
            time = folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit()
            link = folded.startswith("//", at + 1)
            opens = at == start or at + 1 >= end or _OPENS.search(folded, start, at)
            return None if time or link or opens else at
        elif c in _ENDS:
            return None
    return None
