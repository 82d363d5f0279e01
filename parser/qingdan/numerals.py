"""Numerals to exact numbers: Arabic, Chinese and mixed, each an int or a Decimal.

``2118`` ``1,234`` ``3.5亿`` ``1万2千`` ``2千5百万`` ``三百八十七`` ``两千零一十五`` ``二〇一五`` ``壹佰`` ``廿`` ``一点五`` ``半``
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
# 「3兆元」: 兆 is a numeral in Taiwan, and mega elsewhere (兆瓦), so who reads a text asks for it only before money.
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

# A comma groups thousands only in threes: 「10,20」 is two numbers.
ARABIC = r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])(?:\.[0-9]{1,9})?|[0-9]{1,18}(?:\.[0-9]{1,9})?"

_ARABIC_PART = regex.compile(rf"({ARABIC})([百千]?)|([万亿兆])")


@lru_cache(maxsize=8192)
def number(text: str) -> int | Decimal | None:
    """The value of a whole numeral, or None when it is not one (「一十百」, 「十十」).

    >>> number("3.5亿"), number("三百八十七"), number("二〇一五"), number("1万2千"), number("一点五")
    (350000000, 387, 2015, 12000, Decimal('1.5'))
    """
    text = text.replace(" ", "")
    if not text:
        return None
    if text == "半":
        return Decimal("0.5")
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
    """Digits with scales between them. Like words, 「2千5百万」 has all before 万 in ten thousands, and scales fall."""
    if text.isdigit():
        return int(text) if text.isascii() and len(text) <= 18 else None
    total, section = Decimal(0), Decimal(0)  # before the last 万, 亿 or 兆, and after it
    floor, large = 10**5, 10**17  # the last scales used, within the section and outside
    at = 0
    while at < len(text):
        part = _ARABIC_PART.match(text, at)
        if part is None:
            return None
        if part[1]:
            scale = SMALL.get(part[2], 1)
            if scale >= floor or floor == 1:
                return None  # 「2百5千」, 「12」 right behind 「34」
            section += Decimal(part[1].replace(",", "")) * scale
            floor = scale
        else:
            scale = LARGE[part[3]]
            if scale < large and floor < 10**5:
                total, section = total + section * scale, Decimal(0)
            elif scale > large or floor == 10**5:
                if not total + section:
                    return None
                total, section = (total + section) * scale, Decimal(0)  # 「1.2万亿」
            else:
                return None
            floor, large = 10**5, scale
        at = part.end()
    if text[-1].isdigit() and text[-2] in "百千万亿兆":
        return None  # 「12万3」 is 123,000 in speech, and seldom written
    return _plain(total + section)


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
