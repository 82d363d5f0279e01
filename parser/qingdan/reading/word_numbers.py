"""Numbers as Word writes them: one number in each of the formats that a list level may have (``w:numFmt``)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬億")
_LEGAL_JAPANESE = ("〇壱弐参四伍六七八九", "拾百阡", "萬億")
_PLAIN = (_DIGITS, "十百千", "万亿")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

LARGEST = 32767  # Word's own limit of a start value


def written(number: int, numeral_format: str) -> str:
    """A list number in one of Word's formats (``chineseCountingThousand``: 105 is 一百零五).

    numeral_format: a value of ``w:numFmt``; an unknown one is written in Arabic digits, ``none`` and ``bullet`` as "".
    number: 0 to 32767; what a format has no form for is written as Word does, in Arabic digits.
    """
    number = max(0, min(number, LARGEST))
    return _FORMATS.get(numeral_format, str)(number)


def is_known(numeral_format: str) -> bool:
    """Whether the format is one that ``written`` has a form for."""
    return numeral_format in _FORMATS


def _counted(number: int, signs: tuple[str, str, str] = _PLAIN, one_ten: bool = False, linked: bool = True) -> str:
    """「一百零五」: digits with their scales. ``one_ten`` writes 一十 for 10, ``linked`` the 零 over a gap."""
    digits, scales, large = signs
    if number == 0:
        return digits[0]
    out = ""
    high, low = divmod(number, 10000)
    if high:
        out = _counted(high, signs, one_ten, linked) + large[0]
        if low == 0:
            return out
    gap = bool(high) and low < 1000
    for power in (3, 2, 1, 0):
        digit = low // 10**power % 10
        if not digit:
            gap = gap or bool(out)
            continue
        if gap and out and linked:
            out += digits[0]
        gap = False
        silent = digit == 1 and power == 1 and not out and not one_ten
        out += ("" if silent else digits[digit]) + (scales[power - 1] if power else "")
    return out


def _below_hundred(zero: str) -> Callable[[int], str]:
    """「二十一」 up to 99, then digits side by side: 105 is 「一○五」."""
    return lambda number: _counted(number) if 0 < number < 100 else _side_by_side(zero)(number)


def _side_by_side(zero: str) -> Callable[[int], str]:
    digits = zero + _DIGITS[1:]
    return lambda number: "".join(digits[int(c)] for c in str(number))


def _japanese(number: int) -> str:
    """「百五」: no 零 over a gap, and a bare 百 and 千 for one of them."""
    if number == 0:
        return "〇"
    out = _counted(number, linked=False)
    return out.replace("一百", "百").replace("一千", "千")


def _row(signs: str) -> Callable[[int], str]:
    """One sign a number, in Arabic digits past the last."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    """One sign a number, from the first again past the last."""
    return lambda number: signs[(number - 1) % len(signs)] if number else "0"


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 0 < number <= 60 else str(number)


def _circled(number: int) -> str:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return str(number)


def _letters(number: int) -> str:
    """a … z, then aa, bb, …: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 40) if number else ""


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _wide(number: int) -> str:
    return str(number).translate({ord("0") + i: 0xFF10 + i for i in range(10)})


def _padded(width: int) -> Callable[[int], str]:
    return lambda number: f"{number:0{width}}"


def _nothing(number: int) -> str:
    return ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str, "decimalHalfWidth": str, "decimalZero": _padded(2), "decimalFullWidth": _wide, "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _circled, "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row("".join(map(chr, range(0x2488, 0x249C)))),
    "decimalEnclosedParen": _row("".join(map(chr, range(0x2474, 0x2488)))),
    "ideographEnclosedCircle": _row("".join(map(chr, range(0x3280, 0x328A)))),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _below_hundred("○"), "taiwaneseCounting": _below_hundred("○"),
    "chineseCountingThousand": _counted, "taiwaneseCountingThousand": _counted,
    "chineseLegalSimplified": lambda number: _counted(number, _LEGAL_SIMPLIFIED, one_ten=True),
    "ideographLegalTraditional": lambda number: _counted(number, _LEGAL_TRADITIONAL, one_ten=True),
    "japaneseLegal": lambda number: _counted(number, _LEGAL_JAPANESE, one_ten=True, linked=False),
    "japaneseCounting": _japanese, "japaneseDigitalTenThousand": _side_by_side("〇"),
    "ideographDigital": _side_by_side("〇"), "taiwaneseDigital": _side_by_side("○"),
    "ideographTraditional": _row(_STEMS), "ideographZodiac": _row(_BRANCHES), "ideographZodiacTraditional": _sexagenary,
    "aiueoFullWidth": _cycle(_AIUEO), "aiueo": _cycle(_AIUEO), "irohaFullWidth": _cycle(_IROHA), "iroha": _cycle(_IROHA),
    "lowerLetter": _letters, "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman, "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal, "hex": lambda number: f"{number:X}", "none": _nothing, "bullet": _nothing,
    # Word's own formats with leading zeros, which are named by their first numbers.
    "001, 002, 003, ...": _padded(3), "0001, 0002, 0003, ...": _padded(4), "00001, 00002, 00003, ...": _padded(5),
}  # fmt: skip
