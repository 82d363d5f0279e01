"""Quantities: one scan that finds numerals with their units, and the one cached step that reads a found span.

Units and classifiers are rows of ``data/units.csv``; words that only look like a count (一道, 两国) are rows of
``data/set_words.csv``. Codes are ISO 4217 for money and UCUM for measures and durations.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple, cast

import regex

from qingdan.data import read_rows
from qingdan.finding.quantity_rules import LEFT, POINTED, RULES, Amount, Units, units
from qingdan.finding.rules import Rule, Scanner
from qingdan.model import Qualifier, QuantityKind


class Reading(NamedTuple):
    rule: str
    kind: QuantityKind
    code: str | None
    amount: Amount


BEFORE: dict[str, Qualifier] = {
    "不少于": "at_least", "不低于": "at_least", "至少": "at_least", "不超过": "at_most", "不多于": "at_most",
    "不高于": "at_most", "至多": "at_most", "最多": "at_most", "超过": "over", "高于": "over", "逾": "over", "超": "over",
    "不到": "at_most", "不足": "at_most", "未满": "at_most", "少于": "at_most", "低于": "at_most", "不下": "at_least",
    "大约": "about", "约合": "about", "约": "about", "将近": "about", "接近": "about", "近": "about", "上": "about",
}  # fmt: skip
_DIGITS = "零〇一二三四五六七八九十两廿百千万"
BEFORE_ENDS = frozenset({word[-1] for word in BEFORE} | {" "})
_SYMBOLS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY"}


_SETS = 4  # of units that what is compiled is kept for: the package's, and those with rows of the user's


def scanner() -> Scanner:
    """The scan for quantities in the units in use."""
    return _scanner(units())


@lru_cache(maxsize=_SETS)
def _scanner(known: Units) -> Scanner:
    """The scan: where a numeral can begin, then all the rules. Most 一 in a text are no numerals, and most numbers of
    four digits are years: the opening spares both the rules. It holds off the words of ``data/set_words.csv`` too.
    """
    after = "".join(sorted({unit[0] for unit in known})) + _DIGITS + "亿余多几点至到分半/–—―−~～-"
    opening = rf"""[0-9一二三四五六七八九十两廿首第几数百千万亿$€£¥U](?!{_set_words()})(?:
        (?<=[0-9])(?<![0-9A-Za-z.-].)(?!(?<=[12])[0-9]{{3}}\ ?年)(?=[0-9,.]{{0,24}}\ ?[{regex.escape(after)}%])
        |(?<=[一二三四五六七八九十两廿])(?=\ ?[{regex.escape(after)}])|(?<=百)(?=分)|(?<=[近上逾超约过][百千万亿])|(?<=[百千万])(?=[余多])
        |(?<=第)(?=\ ?[0-9{_DIGITS}])
        |(?<=首)(?![都先席脑要尔相府])|(?<=[几数])(?=[十百千万亿])|(?<=[$€£¥])|(?<=U)(?=S))"""
    # 「两个」 「一项」 「45名」: most counts, spared the other patterns.
    plain = rf"{POINTED}(?:[一二三四五六七八九两]|{LEFT}[0-9]{{1,4}})(?=[{regex.escape(after)}])(?>\L<units>)(?![以之内左余多及周半\ ])"
    return Scanner([plain, *(rule.pattern for rule in RULES)], opening, units=list(known))


def _set_words() -> str:
    """A pattern, for behind the first character of a word, of the rest of the words of ``data/set_words.csv``."""
    rests: dict[str, list[str]] = {}
    for row in read_rows("set_words.csv"):
        rests.setdefault(row["word"][0], []).append(row["word"][1:])
    return "|".join(f"(?<={first})(?:{'|'.join(words)})" for first, words in rests.items())


@cache
def before_pattern() -> regex.Pattern[str]:
    """What may stand right before a numeral and qualify it; matched backwards from the numeral."""
    return regex.compile(rf"(?r)(?:{'|'.join(sorted(BEFORE, key=len, reverse=True))})\ ?")


@lru_cache(maxsize=_SETS * len(RULES))
def _compiled(rule: Rule[Amount | None], known: Units) -> regex.Pattern[str]:
    lists = {"units": list(known)} if r"\L<units>" in rule.pattern else {}
    return regex.compile(rule.pattern, regex.VERBOSE, **lists)  # type: ignore[arg-type]


def read_quantity(span: str) -> Reading | None:
    """The reading of a span that the scan found, without qualifiers before it; None when it counts nothing."""
    return _reading(span, units())


@lru_cache(maxsize=8192)
def _reading(span: str, known: Units) -> Reading | None:
    for rule in RULES:
        match = _compiled(rule, known).fullmatch(span)
        amount = rule.read(match) if match else None
        if amount is None:
            continue
        kind, code = ("", _SYMBOLS[amount.unit]) if rule.name == "money-symbol" else known.get(amount.unit, ("", None))
        if kind == "none" or not _counts(span, amount):
            return None
        return Reading(rule.name, amount.kind or cast(QuantityKind, kind), None if amount.kind == "ordinal" else code, amount)
    return None


# One of these is no count: 「一国」 「一市」; and 「58号」 without 第 is a name, 「22日」 a date unless a bound follows.
_NEVER_ONE = set("国省市县村级点段层")


def _counts(span: str, amount: Amount) -> bool:
    if amount.kind == "ordinal":
        return True
    if amount.unit == "号" or (amount.unit in _NEVER_ONE and amount.value == 1):
        return False
    if amount.unit == "年" and amount.value is not None:
        return amount.value < 1000
    return not (amount.unit == "点" and span[0].isdigit())
