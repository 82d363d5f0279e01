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
from qingdan.finding.date_patterns import BOUND, EDGE, NOT_YEARLY, START
from qingdan.finding.date_rules import REPUBLIC, RULES
from qingdan.finding.date_shapes import Needs, Shape, Surroundings
from qingdan.finding.rules import Rule, Scanner, alternatives
from qingdan.model import Role, Status


class Reading(NamedTuple):
    """``needs``, ``status`` and ``weak`` are those of its ``Shape``."""

    rule: str
    role: Role
    needs: Needs
    value: Callable[[Surroundings], Stretch | None]
    status: Status = "stated"
    weak: bool = False


# Where a date can begin: one character of a class, by which `re` skips through the text, and what must go on from it.
_OPENING = r"""
    [0-9一二两三四五六七八九十廿卅今昨去明前后本当同次翌即上下这大未过最近接年月周星礼第“"「'’‘民中元春除国端清重劳儿妇圣农正腊头半母父感]
    (?=[\ 0-9〇零○OoΟ一二两三四五六七八九十廿年月日天周星礼季世个半财学妇期拜起底初末内来后去近上中下明今前
        旦宵节夕庆际午阳诞动童女亲恩历国华晚晨早夜春夏秋冬秋、,和与及以/()至到–—―−~～.-])(?:
    (?<=[12])(?<![0-9]{2})(?=[0-9]{3}(?:\ ?[年财学]|[-/.、,和与及–—―−~～至到]|0年代|[上下]半年|第?[一二三四]季度
        |\ [-–—―−~～至到和]|[0-9]{4}(?![0-9])))
    |(?<=[0-9])(?<![0-9]{2})(?=[0-9]?(?:\ ?[月日世]|0年代|0?[至到、—-][1-9]0年代)
        |[0-9]?\ ?[-–—―−~～至到]{1,2}\ ?[0-9一二三四五六七八九十]{1,3}\ ?[月日号季]|[0-9]?年[0-9]{1,2}月
        |[0-9]{0,2}\ ?(?:[年天周日]半?|个半?[月星礼])[之以]?[前后]|[0-9]?/[0-9]{1,2}/|[0-9]?(?:(?:[、,和与及]|以及)[0-9]{1,2}){1,11}[月日])
    |(?<=[一二两三四五六七八九十廿卅])(?=[〇零○Oo0Ο一二三四五六七八九]{3}\ ?[年财学]|[〇零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月
        |[一二三四五六七八九十廿]{0,3}\ ?[世月日季五]
        |八妇|、?[二三四五六七八九]?十?年代|十年代[至到、和]|十?[一二]?[至到—~-][一二三四五六七八九十]|[、和]第?[二三四]|一[期假长小黄节]
        |[二三四五六七八九十]{0,2}(?:[年天周日]半?|个半?[月星礼])[之以]?[前后])
    |(?<=[今昨去明前后本当同次翌上下这])(?=一?年|一?个?[月周世星礼季]|[日天半晚晨早夜]|[明今]|\([0-9]|、[明今后]|[春夏秋冬]|一[周天]|后)
    |(?<=今)(?=起)|(?<=即)(?=日起)|(?<=[上下])(?=[上下]个?[月周星])|(?<=大)(?=[前后][年天])
    |(?<=[未今过最])(?=[来后去近]的?[0-9一二两三四五六七八九十半])|(?<=接)(?=下来)|(?<=近)(?=[0-9一二两三四五六七八九十])
    |(?<=年)(?=[初底末内])|(?<=月)(?=[初底末内上中下])
    |(?<=第)(?=[一二三四1-4](?:至|[、和与]第?[一二三四])?第?[一二三四1-4]?季|二天|十?[一二三四五六七八九十]个五年)
    |(?<=[“"「])(?=[六七八九十][一二三四五六七八九]?五|[五十三八七六]一|三八|八一)|(?<=民)(?=国)|(?<=中)(?=华民国|秋)
    |(?<=['’‘])(?=[0-9]{2}年)
    |(?<=[前头])(?=[0-9一二两三四五六七八九十]{1,2}个?[季月])|(?<=[周星礼])(?=[期拜]?[一二三四五六日天])
    |(?<=元)(?=[旦宵月])|(?<=春)(?=节)|(?<=除)(?=夕)|(?<=国)(?=庆|际劳)|(?<=端)(?=午)|(?<=清)(?=明)|(?<=重)(?=阳)|(?<=圣)(?=诞)
    |(?<=[劳儿妇母父])(?=[动童女亲]节)|(?<=感)(?=恩节)
    |(?<=[农正腊])(?=[历月])|(?<=半)(?=(?:年|个月)[之以]?[前后]))"""
# Most dates are a year, month or day with nothing that could carry them on; they are spared the longer patterns.
_N = "[0-9一二三四五六七八九十]"
_GOES_ON = (
    r"(?!(?=[0-9一二三四五六七八九十\ 春夏秋冬初底末至到月日号份度代起始的开年上中下当所岁终Q前后头最第"
    r"元国端除清重圣劳儿妇青教建植腊平情母父感农正“\"、,和与及以(星周礼\-–—―−~～])"
    rf"(?:{_N}|\ [0-9一二三四五六七八九十至到月日年上下第春夏秋冬初底末\-–—―−~～]|[春夏秋冬初底末至到月日号份度\-–—―−~～]|代(?!表)"
    r"|起,?\ ?[至到]|起?始?的[一当]|开始的|年[初底末中终]|[上下]中?(?:半|旬)|中下?旬|当周|所在|岁末|终[前之以,。;]|Q[1-4]"
    rf"|的?(?:前|后|头|最后|第)(?:一个|两|{_N})|元[旦宵月]|国庆|国际|端午|除夕|清明|重阳|圣诞|劳动节|儿童节|妇女节|青年节|教师节"
    rf"|建[军党]节|植树节|腊[八月]|平安夜|情人节|母亲节|父亲节|感恩节|七夕|农历|正月|[“\"][五十七八三六]|(?:[、,和与及]|以及)\ ?{_N}"
    r"|中(?:$|[,。、;)）\s前之以后起左完实将秋]|举行|召开|启动)|\(?(?:星期|周|礼拜)))"
)
_DAY = r"[0-9]{1,2}月(?:[0-9]{1,2}日)?"
_PLAIN = (
    rf"(?=[0-9])(?:(?>{START}(?:1[5-9]|20|21)[0-9]{{2}}年(?:{_DAY}|年?{EDGE}|[上下]半年)?){_GOES_ON}{BOUND}"
    rf"|(?>{NOT_YEARLY}{_DAY}){_GOES_ON}{BOUND})|(?=[今明])(?>今年|(?<![说表声证文透鲜发申阐])明年){_GOES_ON}{BOUND}"
)


@cache
def scanner(republic: bool = False) -> Scanner:
    """The scan; with bare years of the Republic of China when the text is one that counts by them."""
    if not republic:
        return Scanner([_PLAIN, *alternatives(RULES)], _OPENING)
    opening = _OPENING.replace("(?=[0-9]?(?:", r"(?=[0-9]{1,2}\ ?年|[0-9]?(?:", 1)
    return Scanner([_PLAIN, REPUBLIC.pattern, *alternatives(RULES)], opening)


@cache
def _compiled(rule: Rule[Shape]) -> regex.Pattern[str]:
    return regex.compile(rule.pattern, regex.VERBOSE)


@lru_cache(maxsize=8192)
def read_date(span: str, name: str = "") -> Reading | None:
    """The reading of a span that the scan found, by the first rule that takes all of it, or by the rule of the name."""
    for rule in (REPUBLIC,) if name == REPUBLIC.name else RULES:
        if (
            (name and rule.name != name)
            or (rule.hint and not any(word in span for word in rule.hint))
            or (rule.first and span[0] not in rule.first)
        ):
            continue  # spares compiling the rules that a text has no use for
        match = _compiled(rule).fullmatch(span)
        if match:
            shape = rule.read(match)
            bound = match.groupdict().get("bound") or ""
            value = partial(_bounded, shape.value, bound)
            return Reading(rule.name, _role(shape, bound), shape.needs, value, shape.status, shape.weak)
    return None


_OPEN_ENDED = frozenset({"以来", "后", "之后", "以后", "起", "迄今"})


def _opens(bound: str) -> bool:
    return bound in _OPEN_ENDED or bound.endswith("今")  # 「至今」 「—今」


def _role(shape: Shape, bound: str) -> Role:
    if bound.endswith(("前", "止")):
        return "deadline"
    if _opens(bound):
        return "since"
    return "period" if bound in ("间", "期间", "内", "年内") else shape.role


def _bounded(value: Callable[[Surroundings], Stretch | None], bound: str, around: Surroundings) -> Stretch | None:
    stretch = value(around)
    if stretch is None or not bound:
        return stretch
    if bound in ("左右", "前后"):
        return calendar.about(stretch)
    if bound.endswith(("前", "止")):
        return calendar.until(stretch)
    if _opens(bound):
        return calendar.since(stretch)
    return stretch
