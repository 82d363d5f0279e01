"""What is to be held, and where: 「将于2025年春在北京召开第四次经贸联委会」."""

from __future__ import annotations

import re

_HOLD = re.compile("联合举办|共同举办|举行|举办|召开|主办|承办|召集|合办")
_NOUN = (
    "会议|会晤|会谈|对话|磋商|论坛|峰会|联委会|混委会|协调会|研讨会|座谈会|交流会|推介会|洽谈会|对接会|年会|例会|全会|大会|外长会|部长会|高官会|会间会|"
    "工作组会议|发布会|展览会|博览会|交易会|展会|展览|展销会|艺术节|文化节|电影节|音乐节|青年节|体育节|节|文化年|旅游年|友好年|演习|演练|联演|培训班|研修班|研讨班|讲习班|培训课程|"
    "课程|夏令营|训练营|培训|研修|竞赛|大赛|比赛|巡展|展演|讲座|庆祝活动|纪念活动|开放日|活动|例会|会(?!议|员|谈)"
)
_EVENT = re.compile(f"[^,;。:!?\n的]{{0,40}}?(?:{_NOUN})(?![长员场费区议])")
_CHAIN = re.compile(rf"(?:[和与及、]|以及)[^,;。:!?\n的]{{0,24}}?(?:{_NOUN})(?![长员场费区议])")
_ORDINAL = re.compile(r"(?:第[0-9一二三四五六七八九十百]{1,4}|首|下一?|新一?|本|上一?)(?:轮|次|届|期|回)|该")
_ARTICLE = re.compile(
    r"^(?:[0-9一二三四五六七八九十两几多]{0,4}(?:次|期|届|场|轮|个|项|系列)|一系列|有关|相关|有针对性的|高质量的|高水平的|形式多样的?|富有成效的|丰富多彩的|多种形式的?|必要的|各类|各种|更多|若干|联合(?=培训|演练|演习)"
    r"|[\u4e00-\u9fff]{2,8}性的|[\u4e00-\u9fff]{2,10}(?<!会议)(?<!活动)的)"
)
_PLACE = re.compile(r"在(?P<place>[^,;。:\n在于]{1,12}?)(?:共同|联合|成功|顺利|隆重|继续)?(?:举行|召开|举办|主办|承办)")
_PROJECT = re.compile("[^,;。:!?\n的]{0,16}项目")
_OVER = re.compile("成功|顺利|圆满|胜利")
_VISIT = re.compile("访问|会见|仪式|签字")


def held(text: str, start: int, first: int, end: int) -> tuple[int, int] | None:
    """The span of the event that is to be held in a commitment of folded text, None when none is named.

    It is sought from ``first`` on; only one that is the subject (「第四次联委会将于…召开」) stands before.
    """
    for match in _HOLD.finditer(text, first, end):
        behind = match.end()
        if _OVER.search(text, max(start, match.start() - 3), match.start()) or text[behind : behind + 1] == "了":
            continue
        if text[behind : behind + 1] == "的":
            found = _named(text, behind + 1, end)
        else:
            found = _named(text, behind, end)
            if found is None:
                found = _before(text, start, match.start())
        if found is not None:
            return found
    return None


def place_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where something is held, in a span of folded text: 「在|北京|举行」."""
    match = _PLACE.search(text, start, end)
    return match.span("place") if match else None


def _named(text: str, at: int, end: int) -> tuple[int, int] | None:
    while True:
        article = _ARTICLE.match(text[at : min(end, at + 14)])
        if article is None or not article.end():
            break
        at += article.end()
    ordinal = next((m for m in _ORDINAL.finditer(text, at, min(end, at + 60))), None)
    limit = min(end, at + 80)
    first = _EVENT.match(text, at, limit)
    if first is None and ordinal is None:
        return _of_the(text, at, limit)
    if first is None:
        return _of_the(text, ordinal.start() if ordinal else at, limit)
    stop = _longest(text, at, first.end(), limit)
    if ordinal is not None and (project := _PROJECT.match(text, stop, limit)) is not None:
        stop = project.end()
    if ordinal is not None and ordinal.start() < stop and "和" not in text[at : ordinal.start()] and "、" not in text[at : ordinal.start()]:
        before = text[at : ordinal.start()]
        if before and not re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9“”·—\- 、()]{0,30}", before):
            at = ordinal.start()
    if _VISIT.search(text, at, stop):
        return None
    return at, stop


def _of_the(text: str, at: int, limit: int) -> tuple[int, int] | None:
    """「包括…在内的|核责任问题研讨会」: behind the last 的."""
    clause = re.compile("[,;。:!?\n]").search(text, at, limit)
    stop = clause.start() if clause else limit
    last = text.rfind("的", at, stop)
    if last < 0 or last - at > 50:
        return None
    return _named(text, last + 1, stop)


def _longest(text: str, at: int, stop: int, limit: int) -> int:
    """The end of the last noun of the name: 「对话|会间会」, 「磋商|、对话」."""
    while True:
        more = re.compile(rf"[^,;。:!?\n的和与及、以并就在]{{0,8}}?(?:{_NOUN})(?![长员场费区议])").match(text, stop, limit)
        if more is None:
            more = _CHAIN.match(text, stop, limit)
        if more is None or more.end() == stop:
            return stop
        stop = more.end()


def _before(text: str, start: int, at: int) -> tuple[int, int] | None:
    """「第四次经贸联委会将于…召开」: the subject."""
    clause = max(text.rfind(mark, start, at) for mark in ",;。:\n")
    begin = max(start, clause + 1)
    match = re.compile(rf"(?P<name>[^,;。:!?\n的将]{{1,40}}?(?:{_NOUN}))(?=将|拟|计划|力争|由|于|在|每|定于|[0-9])").match(text, begin, at)
    if match is None:
        return None
    first = match.start("name")
    article = _ARTICLE.match(match["name"])
    if article is not None:
        first += article.end()
    return first, match.end("name")
