"""Quantities: one scan that finds numerals with their units, and the one cached step that reads a found span.

Units and classifiers are rows of ``data/units.csv``; words that only look like a count (一道, 两国) are rows of
``data/set_words.csv``. Codes are ISO 4217 for money, ISO 8601 for durations and UCUM for measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple, cast

import regex

from qingdan.data import read_rows
from qingdan.finding.date_patterns import JOIN
from qingdan.finding.quantity_patterns import AFTER, FORMAL, LEFT, POINTED, UNIT
from qingdan.finding.quantity_rules import RULES
from qingdan.finding.quantity_shapes import Amount
from qingdan.finding.quantity_units import NO_UNIT, SETS, Units, common_units, iso_duration, signs, unit_of, unit_pattern, units
from qingdan.finding.rules import Rule, Scanner
from qingdan.model import Qualifier, QuantityKind


class Reading(NamedTuple):
    rule: str
    kind: QuantityKind
    code: str | None
    amount: Amount


BEFORE: dict[str, Qualifier] = {
    "不少于": "at_least", "不低于": "at_least", "不小于": "at_least", "至少": "at_least", "不得少于": "at_least", "不得低于": "at_least",
    "不得超过": "at_most", "不得多于": "at_most", "不得高于": "at_most", "不超过": "at_most", "不多于": "at_most",
    "不高于": "at_most", "不大于": "at_most", "至多": "at_most", "最多": "at_most", "超过": "over", "高于": "over", "大于": "over",
    "逾": "over", "超": "over", "不到": "at_most", "不足": "at_most", "未满": "at_most", "少于": "at_most", "低于": "at_most",
    "小于": "at_most", "不下": "at_least", "大约": "about", "约合": "about", "约": "about", "将近": "about",
    "接近": "about", "近": "about", "上": "about", "≥": "at_least", "≤": "at_most", ">": "over", "<": "at_most",
}  # fmt: skip
_DIGITS = "零〇一二三四五六七八九十两廿卅百千万"
BEFORE_ENDS = frozenset({word[-1] for word in BEFORE} | {" "})


@cache
def _lists() -> dict[str, list[str]]:
    """The words of the named lists that patterns ask for."""
    return {"signs": list(signs()), "codes": [sign for sign in signs() if sign[0] < "\u2e80"]}


def scanner() -> Scanner:
    """The scan for quantities in the units in use."""
    return _scanner(units())


@lru_cache(maxsize=SETS)
def _scanner(known: Units) -> Scanner:
    """The scan: where a numeral can begin, then all the rules. Most 一 in a text are no numerals, and most numbers of
    four digits are years: the opening spares both the rules. It holds off the words of ``data/set_words.csv`` too.
    """
    follows = regex.escape("".join(sorted({unit[0] for unit in known})) + _DIGITS + "亿兆余多几来点至到分半成/–—―−~～-")
    firsts = "".join(sorted({sign[0] for sign in signs()}))
    opening = rf"""[-−0-9一二三四五六七八九十两廿卅首第几数百千万亿半零〇负{FORMAL}参{firsts}](?:(?<=[0-9])(?:
        (?<![0-9A-Za-z.-].)(?!(?<=[12])[0-9]{{3}}\ ?年)(?=[0-9,.]{{0,24}}\ ?[{follows}%‰]|[0-9]{{0,2}},[0-9]{{3}}(?![0-9]))
            |(?<![\s\S].)(?=[0-9,.百千万亿]{{0,30}}\Z))
        |(?<=[{firsts}])(?<![A-Za-z].)(?={_rests(signs())}\ ?[0-9{_DIGITS}])
        |(?<![0-9{firsts}])(?!{_set_words()})(?:
            (?<=[一二三四五六七八九十两廿卅])(?=\ ?[{follows}])|(?<=第)(?=\ ?[0-9{_DIGITS}])|(?<=首)(?![都先席脑要尔相府])
            |(?<=[百千万])(?=[分余多])|(?<=[近上逾超约过][百千万亿])|(?<=[几数])(?=[十百千万亿倍])
            |(?<=半)(?=[年个小天数])|(?<=[零〇])(?=下[0-9{_DIGITS}]|[票例起宗])|(?<=[{FORMAL}参])(?<![{FORMAL}].)(?=[{FORMAL}万元圆份])
            |(?<=负)(?=[0-9百])|(?<=[\u4e00-\u9fff(:][-−])(?=[0-9])|(?<=[-−])(?<![\s\S].)(?=[0-9])
            |(?<![\s\S].)(?=[0-9,.零{_DIGITS}亿]{{0,30}}\Z)))"""
    # 「两个」 「一项」 「45名」 「第五次」: most mentions, spared the other patterns.
    plain = rf"""(?:第(?:[一二三四五六七八九十]{{1,3}}|[0-9]{{1,4}})
            |(?=[0-9一二三四五六七八九两]){POINTED}(?:[一二三四五六七八九两]|{LEFT}[0-9]{{1,4}}))
        (?:{common_units(known)})(?![以之内左余多及周半\ /每0-9零又角{_DIGITS}]|\(不?含)"""
    return Scanner([plain, *_patterns(known)], opening, **_lists())


def _patterns(known: Units) -> Iterator[str]:
    """The patterns of the rules in order, with those that end in a unit as one: the units are long, and compiled once."""
    counts = [rule.pattern.removesuffix(UNIT + AFTER) for rule in RULES if rule.pattern.endswith(UNIT + AFTER)]
    ordinals = [rule.pattern.removesuffix(UNIT) for rule in RULES if rule.pattern.endswith(UNIT)]
    for rule in RULES:
        if rule.pattern.endswith(UNIT + AFTER) and counts:
            yield rf"(?:({'|'.join(ordinals)})|{'|'.join(counts)})\ ?{unit_pattern(known)}(?(1)|{AFTER})"
            counts.clear()
        elif not rule.pattern.endswith((UNIT, UNIT + AFTER)):
            yield rule.pattern


def _set_words() -> str:
    return _rests(row["word"] for row in read_rows("set_words.csv"))


def _rests(words: Iterable[str]) -> str:
    """A pattern, for behind the first character of a word, of the rest of words."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(regex.escape(word[1:]))
    return "(?:" + "|".join(f"(?<={regex.escape(first)})(?:{'|'.join(words)})" for first, words in rests.items()) + ")"


@cache
def before_pattern() -> regex.Pattern[str]:
    """What may stand right before a numeral and qualify it; matched backwards from the numeral."""
    return regex.compile(rf"(?r)(?:{'|'.join(sorted(BEFORE, key=len, reverse=True))})\ ?")


@cache
def _compiled(rule: Rule[Amount | None]) -> regex.Pattern[str]:
    lists = {name: words for name, words in _lists().items() if rf"\L<{name}>" in rule.pattern}
    return regex.compile(rule.pattern, regex.VERBOSE, **lists)  # type: ignore[arg-type]


def read_quantity(span: str) -> Reading | None:
    """The reading of a span that the scan found, without qualifiers before it; None when it counts nothing."""
    return _reading(span, units())


@lru_cache(maxsize=8192)
def _reading(span: str, known: Units) -> Reading | None:
    for rule in RULES:
        if rule.hint and not any(word in span for word in rule.hint):
            continue  # spares compiling the rules that a text has no use for
        match = _compiled(rule).fullmatch(span)
        amount = rule.read(match) if match else None
        if amount is None:
            continue
        unit = unit_of(amount.unit)
        if unit is NO_UNIT and amount.kind is None:
            continue
        if not _counts(span, amount):
            return None
        kind = amount.kind or cast(QuantityKind, unit.kind)
        return Reading(rule.name, kind, _code(kind, amount, unit.code), amount)
    return None


JOINS = frozenset("至到-–—―−~～")


_JOINED = regex.compile(JOIN)
_FAR = 40  # characters within which the far end of a range stands


def read_range(near: Reading, text: str, end: int) -> tuple[Reading, int] | None:
    """The range from a quantity that ends at an offset to a higher one in the same unit, and its end: 「5年至10年」."""
    low = near.amount.value
    if low is None or not near.amount.unit or near.amount.qualifier or near.amount.code:
        return None
    join = _JOINED.match(text, end)
    ahead = text[join.end() : join.end() + _FAR] if join else ""
    stop = scanner().end(ahead)
    far = read_quantity(ahead[:stop]) if stop else None
    if join is None or far is None or (far.kind, far.amount.unit, far.rule) != (near.kind, near.amount.unit, near.rule):
        return None
    high = far.amount.value
    if high is None or high <= low:
        return None
    amount = near.amount._replace(value=None, low=low, high=high, qualifier=far.amount.qualifier)
    code = _code(near.kind, amount, unit_of(amount.unit).code)
    return near._replace(code=code, amount=amount), join.end() + stop


def _code(kind: QuantityKind, amount: Amount, code: str | None) -> str | None:
    if kind == "ordinal" or amount.code or not code:
        return amount.code
    if kind != "duration":
        return code
    if amount.value is not None:
        return iso_duration([(amount.value, code)])
    assert amount.low is not None and amount.high is not None
    return f"{iso_duration([(amount.low, code)])}/{iso_duration([(amount.high, code)])}"


# One of these is no count: 「一国」 「一市」; and 「58号」 without 第 is a name, 「22日」 a date unless a bound follows.
_LABELLED_YEAR = regex.compile(r"[0-9]{1,2}\.(?:19|20)[0-9]{2}年").match  # 「5.2017年举办…」
_NEVER_ONE = set("国省市县村乡镇级点段层大席") | {"国家"}


def _counts(span: str, amount: Amount) -> bool:
    unit, value = amount.unit, amount.value
    if amount.kind == "ordinal":
        return True
    if unit_of(unit).kind == "ordinal" or unit == "号" or (unit in _NEVER_ONE and value == 1):
        return False
    if unit == "年" and value is not None:
        return value < 1000 and not _LABELLED_YEAR(span)
    if unit == "世纪" and value is not None:
        return value < 12  # 「21世纪海上丝绸之路」
    if unit == "大":
        return value is not None and 2 <= value <= 11  # 「十八大」 is a congress
    if unit == "方":
        return value is not None and value >= 10_000  # 「10亿方天然气」; 「三方」 are parties
    if unit == "度":
        return span[0].isdigit()  # 「三度访华」
    return not (unit == "点" and span[0].isdigit())
