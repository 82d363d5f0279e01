"""Numerals to exact numbers: Arabic, Chinese and mixed, each an int or a Decimal.

``2118`` ``1,234`` ``3.5亿`` ``1万2千`` ``三百八十七`` ``两千零一十五`` ``二〇一五`` ``廿`` ``一点五``
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import regex

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "参": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
TENS = {"廿": 20, "卅": 30}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8}

# A comma groups thousands only in threes: 「10,20」 is two numbers.
ARABIC = r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])(?:\.[0-9]{1,9})?|[0-9]{1,18}(?:\.[0-9]{1,9})?"

_ARABIC_PART = regex.compile(rf"({ARABIC})\ ?([百千万亿]{{0,3}})")


@lru_cache(maxsize=8192)
def number(text: str) -> int | Decimal | None:
    """The value of a whole numeral, or None when it is not one (「一十百」, 「十十」).

    >>> number("3.5亿"), number("三百八十七"), number("二〇一五"), number("1万2千"), number("一点五")
    (350000000, 387, 2015, 12000, Decimal('1.5'))
    """
    text = text.replace(" ", "")
    if not text:
        return None
    if text[0] in "0123456789":
        return _arabic(text)
    whole, point, fraction = text.partition("点")
    value = _positional(whole) if not _scaled(whole) else _chinese(whole)
    if value is None or not point:
        return value
    scale = 1
    while fraction and fraction[-1] in LARGE:
        scale *= LARGE[fraction[-1]]
        fraction = fraction[:-1]
    if not fraction or any(c not in DIGITS for c in fraction):
        return None
    digits = "".join(str(DIGITS[c]) for c in fraction)
    return _plain(Decimal(f"{value}.{digits}") * scale)


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _arabic(text: str) -> int | Decimal | None:
    total = Decimal(0)
    at, last = 0, None
    while at < len(text):
        part = _ARABIC_PART.match(text, at)
        if part is None:
            return None
        scale = 1
        for c in part[2]:
            scale *= SMALL.get(c) or LARGE[c]
        if last is not None and (scale >= last or last == 1):
            return None
        total += Decimal(part[1].replace(",", "")) * scale
        at, last = part.end(), scale
    return _plain(total)


def _scaled(text: str) -> bool:
    return any(c in SMALL or c in LARGE or c in TENS for c in text)


def _positional(text: str) -> int | None:
    """「二〇一五」: digits side by side; a bare 「两」 or 「三」 is the one-digit case."""
    if not text or any(c not in DIGITS for c in text):
        return None
    return int("".join(str(DIGITS[c]) for c in text))


def _chinese(text: str) -> int | None:
    total = 0  # what stands before the last 万 or 亿
    section = 0  # below 10,000
    digit: int | None = None
    floor = 10**5  # the last small scale used in this section: scales must fall
    large = 10**17
    zero = False
    for c in text:
        if c in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = DIGITS[c]
            zero = zero or digit == 0
        elif c in TENS:
            if digit or floor <= 10:
                return None
            section, digit, floor = section + TENS[c], None, 10
        elif c in SMALL:
            scale = SMALL[c]
            if scale >= floor or (digit is None and (scale != 10 or section)) or (digit == 0 and scale != 10):
                return None
            section += (digit or 1) * scale
            digit, floor = None, scale
        elif c not in LARGE:
            return None
        else:
            scale = LARGE[c]
            section += digit or 0
            if section == 0 and total == 0:
                return None
            if scale < large:
                total, large = total + section * scale, scale
            elif section == 0 or scale > large:
                total, large = (total + section) * scale, scale  # 「一万亿」
            else:
                return None
            section, digit, floor, zero = 0, None, 10**5, False
    if digit:
        # 「一万二」 is 12,000 in speech: the digit right after a scale takes the scale below it.
        last = text[-2] if len(text) > 1 else ""
        if not zero and (last in LARGE or (last in SMALL and SMALL[last] > 10)):
            digit *= (SMALL.get(last) or LARGE[last]) // 10
        section += digit
    return total + section
