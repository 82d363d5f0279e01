"""Where no body is named: web and e-mail addresses, postal addresses, streets that bear a body's name."""

from __future__ import annotations

import re
from bisect import bisect_right

from qingdan.finding.found import Found

# 「地址：北京市某路1号外交部」, to the end of its clause
_POSTAL = re.compile(r"(?:址|住所|通信处|通讯处)[ \t\u3000]{0,3}:[^\n。;)]{0,80}")
_WEB = re.compile(r"://|www\.|@|\.(?:cn|org|com|net|gov|int|edu|hk|mo|tw)\b", re.IGNORECASE)
# 「外交部街31号」, not 「商务部路径」
_STREET = re.compile(r"(?:[东西南北中大])?(?:街|路|胡同|巷|弄)(?=[东西南北中甲乙0-9一二三四五六七八九十]|$)")
_STREETS = frozenset("大东西南北中街路胡巷弄")
_IN_WEB = frozenset("/=?&%#_-.@")  # what stands beside a name in a web address
_REACH = 200


def outside_addresses(text: str, found: list[Found]) -> list[Found]:
    """The mentions that stand in no address and in no street's name."""
    spans = [match.span() for match in _POSTAL.finditer(text)]
    starts = [start for start, _ in spans]
    web = _WEB.search(text) is not None

    def outside(mention: Found) -> bool:
        start, end = mention.start, mention.end
        before, behind = text[start - 1 : start], text[end : end + 1]
        if behind in _STREETS and _STREET.match(text, end):
            return False
        if web and (before in _IN_WEB or behind in _IN_WEB) and _in_web_address(text, start, end):
            return False
        return not (spans and _within(start, starts, spans))

    return [mention for mention in found if outside(mention)]


def _within(offset: int, starts: list[int], spans: list[tuple[int, int]]) -> bool:
    before = bisect_right(starts, offset) - 1
    return before >= 0 and spans[before][1] > offset


def _in_web_address(text: str, start: int, end: int) -> bool:
    """Whether the run of visible ASCII characters around a stretch of the text is a web or e-mail address."""
    left, right = start, end
    while left > max(0, start - _REACH) and "!" <= text[left - 1] <= "~":
        left -= 1
    while right < min(len(text), end + _REACH) and "!" <= text[right] <= "~":
        right += 1
    return _WEB.search(text, left, right) is not None
