"""Missions abroad, which are named by where they are sent to: 「中国驻法国大使馆」, and 「驻法国大使馆」 in the sender's own texts."""

from __future__ import annotations

import regex

from qingdan.finding.bodies import REACH
from qingdan.finding.found import Found
from qingdan.finding.lexicon import Hit
from qingdan.finding.words import LINKS, cut, ends_name

_ENDS = "(?:大使馆|总领事馆|总领馆|领事馆|使馆|使团|代表团|代表处|办事处)"
# 「中国驻洛杉矶总领事馆」 「中国常驻联合国代表团」: behind the country that sends it
# 「驻俄罗斯大使…在使馆」 is the ambassador.
MISSION = regex.compile(rf"常?驻(?:(?!大使(?!馆)|参赞|武官|[在的于到])[\u4e00-\u9fff()]){{1,10}}?{_ENDS}")
_REST = regex.compile(rf"[\u4e00-\u9fff]{{0,8}}?{_ENDS}")
_OF_OTHERS = frozenset("国方家外各互")  # 「各国驻美国大使馆」 「两国互驻…」


def posted(text: str, hit: Hit, following: Hit, home: str) -> Found | None:
    """The mission to the country of a hit that 驻 stands before, by the country whose text it is (``home``).

    ``following`` is the next hit: 「驻新西兰|台北经济文化代表处」 says itself who sends it. None where it is no mission, or
    another country's (「各国驻…」).
    """
    start = hit.start - (2 if text.startswith("常驻", hit.start - 2) else 1)
    if text[start - 1 : start] in _OF_OTHERS:
        return None
    if following.start == hit.end and following.name.bare and _REST.fullmatch(following.name.text):
        senders = {body.party for body in following.name.bodies}
        if len(senders) > 1:
            return None
        (sender,) = senders
        return Found(start, following.end, (text[start : following.end],), "government", (sender,), "mission", "stated", sender)
    end = _end(text, hit.end, following.start)
    if end is None or hit.name.country == home:
        return None
    return Found(start, end, (home + text[start:end],), "government", (home,), "mission", "inferred", home)


def _end(text: str, start: int, limit: int) -> int | None:
    """Where a mission ends whose name goes on at ``start``, behind the country: 「驻美国|纽约总领事馆」."""
    match = _REST.match(text, start, min(limit, start + REACH))
    return None if match is None or any(ends_name(word) or word.text in LINKS for word in cut(match[0])) else match.end()
