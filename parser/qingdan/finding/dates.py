"""Dates: one scan that finds calendar expressions, and the one cached step that reads a found span.

Finding looks at the whole folded text once. Reading takes the span alone and gives a ``Reading``: the rule, the
role, what it needs from its surroundings, and a function from those surroundings to a stretch of the calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import NamedTuple

import regex

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch
from qingdan.finding.date_patterns import BOUND, START
from qingdan.finding.date_rules import RULES
from qingdan.finding.date_shapes import Shape, Surroundings
from qingdan.finding.rules import Rule, Scanner
from qingdan.model import Role


class Reading(NamedTuple):
    """``needs`` is what a ``Shape`` needs."""

    rule: str
    role: Role
    needs: str
    value: Callable[[Surroundings], Stretch | None]


# Where a date can begin: one character of a class, by which `re` skips through the text, and what must go on from it.
_OPENING = r"""[0-9一二三四五六七八九十廿今昨去明前后本当同次翌上下这未过最近年第“"「民中](?:
    (?<=[0-9])(?<![0-9]{2})(?=[0-9]{3}\ ?年|[0-9]?(?:\ ?[月日世]|0年代)
        |[0-9]{3}[-/.、,和与及–—―−~～至到]|[0-9]{3}0年代|[0-9]?\ ?[-–—―−~～至])
    |(?<=[一二三四五六七八九十廿])(?=[〇零○一二三四五六七八九]{3}\ ?年|[一二三四五六七八九十廿]{0,3}\ ?[世月日季五]|十?年代)
    |(?<=[今昨去明前后本当同次翌上下这])(?=一年|个?[月周世星]|[年日天半]|[明今]两年)
    |(?<=[未今过最])(?=[来后去近][0-9一二两三四五六七八九十])|(?<=近)(?=[0-9一二两三四五六七八九十])
    |(?<=年)(?=[初底末内])|(?<=第)(?=[一二三四1-4]季)|(?<=[“"「])(?=十[一二三四五]五)|(?<=民)(?=国)|(?<=中)(?=华民国)
    |(?<=前)(?=[0-9二两三四五六七八九十]{1,2}个?[季月]))"""
# Most dates are a year, month or day with nothing that could carry them on; they are spared the longer patterns.
_GOES_ON = (
    r"(?![\ 0-9一二三四五六七八九十上下第春夏秋冬年初底末至到代起当所月日号份度\-–—―−~～]|前[0-9二两三四五六七八九十]"
    r"|中(?:$|[,。、;)）\s前之以后起左完实将旬]|举行|召开|启动)|开始)"
)
_PLAIN = (
    rf"(?>{START}(?:1[5-9]|20|21)[0-9]{{2}}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?){_GOES_ON}{BOUND}"
    rf"|(?>(?<![0-9个]|[每历逐]年)[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?){_GOES_ON}{BOUND}"
)


@cache
def scanner() -> Scanner:
    return Scanner([_PLAIN, *(rule.pattern for rule in RULES)], _OPENING)


@cache
def _compiled(rule: Rule[Shape]) -> regex.Pattern[str]:
    return regex.compile(rule.pattern, regex.VERBOSE)


@lru_cache(maxsize=8192)
def read_date(span: str) -> Reading | None:
    """The reading of a span that the scan found, by the first rule that takes all of it."""
    for rule in RULES:
        if rule.hint and not any(word in span for word in rule.hint):
            continue  # spares compiling the rules that a text has no use for
        match = _compiled(rule).fullmatch(span)
        if match:
            shape = rule.read(match)
            bound = match.groupdict().get("bound") or ""
            return Reading(rule.name, _role(shape, bound), shape.needs, partial(_bounded, shape.value, bound))
    return None


_OPEN_ENDED = frozenset({"以来", "后", "之后", "以后", "起"})


def _role(shape: Shape, bound: str) -> Role:
    if bound.endswith("前"):
        return "deadline"
    if bound in _OPEN_ENDED:
        return "since"
    return "period" if bound in ("间", "期间", "内", "年内") else shape.role


def _bounded(value: Callable[[Surroundings], Stretch | None], bound: str, around: Surroundings) -> Stretch | None:
    stretch = value(around)
    if stretch is None or not bound:
        return stretch
    if bound in ("左右", "前后"):
        return calendar.about(stretch)
    if bound.endswith("前"):
        return calendar.until(stretch)
    if bound in _OPEN_ENDED:
        return calendar.since(stretch)
    return stretch
