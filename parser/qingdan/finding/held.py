"""What is to be held, and where: 「将于2025年春在北京召开第四次经贸联委会」."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import daachorse

from qingdan.finding.prepared import Prepared

HOLDING = ("举行", "举办", "召开", "主办", "承办", "召集", "合办")  # two characters each
_JOINTLY = frozenset(("联合", "共同"))
# What names of events end in; those with a bar only look like one (会员, 节约).
NOUNS = (
    "会议", "会晤", "会谈", "谈判", "对话", "磋商", "论坛", "峰会", "会", "展览", "演习", "演练", "联演", "培训班", "研修班", "研讨班",
    "讲习班", "课程", "夏令营", "训练营", "培训", "研修", "竞赛", "大赛", "比赛", "巡展", "展演", "讲座", "开放日", "活动", "节",
    "文化年", "旅游年", "友好年", "青年年", "文化周", "电影周", "宣传周", "服务周", "交流周", "文化月", "联赛", "邀请赛", "友谊赛",
    "锦标赛", "对抗赛",
)  # fmt: skip
NO_NOUNS = (
    "会员", "委员会", "理事会", "协会", "社会", "机会", "会计", "节约", "节能", "节点", "环节", "季节", "细节", "会场", "会长", "活动场",
    "培训员", "议会", "学会", "工会", "联合会", "商会", "基金会", "培训中心",
)  # fmt: skip
_STOP = re.compile("[,;。:!?\n的]")
_CLAUSE = re.compile("[,;。:!?\n]")
_LINKED = Prepared("(?:[和与及、]|以及)[^在以就]{0,24}$")
_ORDINAL = re.compile(r"(?:第[0-9一二三四五六七八九十百]{1,4}|首|下一?|新一?|本|上一?)(?:轮|次|届|期|回)|该")
_ARTICLE = re.compile(
    r"[0-9一二三四五六七八九十两几多]{0,4}(?:次|期|届|场|轮|个|项|系列)|一系列|有关|相关|形式多样|各类|各种|更多|若干|联合(?=培训|演练|演习)"
)
_ADJECTIVE = Prepared(r"[\u4e00-\u9fff]{2,10}(?<!会议)(?<!活动)的")
_PLAIN = Prepared(r"[\u4e00-\u9fffA-Za-z0-9“”·—\-\ ()]*")
_PLACE = re.compile(r"在(?P<place>[^,;。:\n在于]{1,12}?)(?:共同|联合|成功|顺利|隆重|继续)?(?:举行|召开|举办|主办|承办)")
_PROJECT = re.compile("[^,;。:!?\n的]{0,16}项目")
_OVER = frozenset(("成功", "顺利", "圆满", "胜利"))
_VISIT = re.compile("访问|会见|仪式|签字")
_SUBJECT_ENDS = ("将", "拟", "计划", "力争", "由", "于", "在", "每", "定于", *"0123456789")
# 「双方同意|第二次对话将于…举行」
_DECIDED = ("同意", "决定", "商定", "宣布", "确认")
_REACH = 80  # characters behind the verb in which the name stands


@cache
def _nouns() -> daachorse.CharwiseDoubleArrayAhoCorasick:
    return daachorse.CharwiseDoubleArrayAhoCorasick([*NOUNS, *NO_NOUNS], daachorse.MATCH_KIND_LEFTMOST_LONGEST)


def _ends(text: str, start: int, end: int) -> list[int]:
    """Where nouns of events end in a span."""
    return [start + stop for _, stop, number in _nouns().find(text[start:end]) if number < len(NOUNS)]


def held(text: str, holding: Iterable[int], start: int, end: int) -> tuple[int, int] | None:
    """The span of the event that is to be held in a commitment of folded text, None when none is named.

    ``holding`` are where words of HOLDING begin in it; only an event that is the subject (「第四次联委会将于…召开」) stands before one.
    """
    for at in holding:
        behind = at + 2
        if text[at - 2 : at] in _OVER or text[at - 3 : at - 1] in _OVER or text[behind : behind + 1] == "了":
            continue
        if text[behind : behind + 1] == "的":
            found = _named(text, behind + 1, end)
        else:
            found = _named(text, behind, end)
            if found is None:
                verb = at - 2 if text[at - 2 : at] in _JOINTLY else at
                found = _before(text, max(start, verb - _REACH), verb)
        if found is not None:
            return found
    return None


def place_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where something is held, in a span of folded text: 「在|北京|举行」."""
    if text.find("在", start, end) < 0:
        return None
    match = _PLACE.search(text, start, end)
    return match.span("place") if match else None


def _named(text: str, at: int, end: int, inner: bool = True) -> tuple[int, int] | None:
    """The name that begins at an offset, articles and adjectives left out; ``inner`` whether it may stand behind a 的."""
    while (article := _article(text, at, min(end, at + 14))) > at:
        at = article
    limit = min(end, at + _REACH)
    stopped = _STOP.search(text, at, limit)
    stop = stopped.start() if stopped else limit
    ends = _ends(text, at, stop)
    if not ends:
        return _of_the(text, at, limit) if inner else None
    last = ends[0]
    for later in ends[1:]:
        between = text[last:later]
        if len(between) > 10 and not _LINKED.match(between):
            break
        if between[0] in "以就在并":
            break
        last = later
    ordinal = _ORDINAL.search(text, at, last)
    if ordinal is not None and (project := _PROJECT.match(text, last, limit)) is not None:
        last = project.end()
    if ordinal is not None and ordinal.start() > at and not _PLAIN.fullmatch(text, at, ordinal.start()):
        at = ordinal.start() if "和" not in text[at : ordinal.start()] and "、" not in text[at : ordinal.start()] else at
    return None if _VISIT.search(text, at, last) else (at, last)


def _of_the(text: str, at: int, limit: int) -> tuple[int, int] | None:
    """「包括…在内的|核责任问题研讨会」: behind the last 的 of the clause."""
    clause = _CLAUSE.search(text, at, limit)
    stop = clause.start() if clause else limit
    last = text.rfind("的", at, stop)
    return None if last < 0 else _named(text, last + 1, stop, inner=False)


def _before(text: str, start: int, at: int) -> tuple[int, int] | None:
    """「第四次经贸联委会将于…召开」: the subject."""
    begin = max(start, *(text.rfind(mark, start, at) + len(mark) for mark in (*",;。:\n的", *_DECIDED)))
    last = next((stop for stop in _ends(text, begin, at) if text.startswith(_SUBJECT_ENDS, stop)), -1)
    if last < 0:
        return None
    article = _article(text, begin, last)
    return (article if article < last else begin), last


def _article(text: str, at: int, end: int) -> int:
    """Where the article or adjective ends that stands at an offset; the offset itself when there is none."""
    match = _ARTICLE.match(text, at, end)
    if match is None and "的" in text[at:end]:
        match = _ADJECTIVE.match(text, at, end)
    return match.end() if match else at
