"""The readers of quantity rules: from the named groups of a match to the ``Amount`` that it says."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import regex

from qingdan.finding.quantity_patterns import DIGIT
from qingdan.finding.quantity_units import Number, iso_duration, signs, unit_of, units
from qingdan.model import Qualifier, QuantityKind
from qingdan.numerals import number


class Amount(NamedTuple):
    """What a span says: a value, or low and high, in a unit."""

    value: Number | None
    low: Number | None
    high: Number | None
    unit: str
    kind: QuantityKind | None = None  # None: the unit's own
    qualifier: Qualifier | None = None
    code: str | None = None  # None: the unit's own


_AFTER_MEANS: dict[str, Qualifier] = {  # by the last two characters: 「20人(含)以上」
    "以上": "at_least", "以下": "at_most", "以内": "at_most", "之内": "at_most", "内": "at_most",
    "左右": "about", "余": "over", "多": "over",
}  # fmt: skip


def after(m: regex.Match[str]) -> Qualifier | None:
    """What the word behind the unit says (左右, 以上), if there is one."""
    post = m.groupdict().get("post")
    return _AFTER_MEANS[post[-2:]] if post else None


def _signed(m: regex.Match[str], value: Number) -> Number:
    return -value if m.groupdict().get("sign") else value


def _share(m: regex.Match[str], value: Number) -> Amount:
    return Amount(value, None, None, "", "percent", after(m))


def cardinal(m: regex.Match[str]) -> Amount | None:
    more = m["more"] or ""
    value = number(m["n"] + (m["scale"] or ""))
    if value is None or (len(m["n"]) > 1 and regex.fullmatch(rf"[{DIGIT}]+", m["n"])):
        return None  # 「一二三」 is no number of things
    if m["n"] == "二":
        return None  # things are counted with 两: 「二次污染」 「二期工程」
    if m["unit"] == "届" and value > 3 and not m["post"]:
        return Amount(value, None, None, "届", "ordinal")  # 「党的十九届四中全会」
    if m["sign"] and unit_of(m["unit"]).kind not in ("measure", "money", "percent"):
        return None
    qualifier: Qualifier | None = "about" if more == "来" else "over" if more else after(m)
    if m["n"] == "一" and not qualifier:
        qualifier = "indefinite" if unit_of(m["unit"]).kind == "count" else None
    return Amount(_signed(m, value), None, None, m["unit"], None, qualifier)


def bare(m: regex.Match[str]) -> Amount | None:
    """「350万」, 「1,234」, and a numeral that is the whole text: years (1500 to 2199) are none."""
    g = m.groupdict()
    value = number(m["n"] + (g.get("scale") or ""))
    if value is None or (m[0].isdigit() and len(m[0]) == 4 and 1500 <= value < 2200):
        return None
    qualifier: Qualifier | None = "over" if g.get("more") else after(m)
    if g.get("n_b"):
        return _between(m, "")
    return Amount(_signed(m, value), None, None, "", "count", qualifier)


def ordinal(m: regex.Match[str]) -> Amount | None:
    value = 1 if m[0].startswith("首") else number(m["n"])
    return None if value is None else Amount(value, None, None, m.groupdict().get("unit") or "", "ordinal")


def ordinal_range(m: regex.Match[str]) -> Amount | None:
    low, high = number(m["n"]), number(m["n_b"])
    return Amount(None, low, high, m["unit"], "ordinal") if low is not None and high is not None and low < high else None


def between(m: regex.Match[str]) -> Amount | None:
    return _between(m, m["unit"])


def _between(m: regex.Match[str], unit: str) -> Amount | None:
    low, high = number(m["n"]), number(m["n_b"])
    if low is None or high is None:
        return None
    scale = regex.search(r"[百千万亿兆]+$", m["n_b"])
    if (low > high and scale) or (scale and m["n"][-1] not in "百千万亿兆"):  # 「20至30万」 is 200,000 to 300,000, and so is 「20万至30万」
        low = number(m["n"] + scale[0]) or low
    return Amount(None, low, high, unit, None if unit else "count", after(m)) if low < high else None


def pair(m: regex.Match[str]) -> Amount | None:
    low, high = (number(c) for c in m["pair"])
    scale = number("一" + m["scale"]) if m["scale"] else 1
    if low is None or high is None or scale is None or not 0 < high - low <= 2:
        return None
    return Amount(None, low * scale, high * scale, m["unit"], None, "about")


def vague(m: regex.Match[str]) -> Amount | None:
    if m["ten"]:
        return Amount(None, 11, 19, m["unit"], None, "about")
    scale = number("一" + m["scale"])
    if scale is None:
        return None
    return Amount(None, 2 * scale, 10 * scale - 1, m["unit"], None, "about")


def several(m: regex.Match[str]) -> Amount | None:
    return Amount(None, 2, 9, m["unit"], None, "about")


def round_number(m: regex.Match[str]) -> Amount | None:
    return Amount(number("一" + m["scale"]), None, None, m["unit"], None, "over" if m["more"] else "about")


def and_a_half(m: regex.Match[str]) -> Amount | None:
    whole = number(m["n"])
    return None if whole is None else Amount(whole + Decimal("0.5"), None, None, m["unit"] or "个" + m["other"])


def half(m: regex.Match[str]) -> Amount | None:
    return Amount(Decimal("0.5"), None, None, m["unit"], None, after(m))


def compound(m: regex.Match[str]) -> Amount | None:
    """「1年6个月」: 18 个月, for only the smaller unit has an exact number of both."""
    parts = [(number(m[n]), m[unit]) for n, unit in (("n", "big"), ("n_b", "unit"), ("n_c", "tail")) if m[n]]
    total: Number = 0
    written: list[tuple[Number, str]] = []
    for value, unit in parts:
        code = units()["分钟" if unit == "分" else unit].code
        if value is None or code is None or (written and value >= 60) or (unit == "年" and value >= 1000):
            return None
        if written:
            total *= {"P1Y": 12, "P1W": 7, "P1D": 24}.get(written[-1][1], 60)
        total += value
        written.append((value, code))
    return Amount(total, None, None, parts[-1][1], "duration", after(m), iso_duration(written))


def yuan_jiao(m: regex.Match[str]) -> Amount | None:
    """「12元5角」 is 12.5 元."""
    yuan, jiao, fen = number(m["n"]), number(m["n_b"]), number(m["n_c"]) if m["n_c"] else 0
    if yuan is None or jiao is None or fen is None or jiao > 9 or fen > 9:
        return None
    return Amount(yuan + Decimal(jiao) / 10 + Decimal(fen) / 100, None, None, "元")


def formal(m: regex.Match[str]) -> Amount | None:
    value = number(m["n"])
    if value is None or (len(m["n"]) == 1 and m["unit"] not in ("元", "圆", "份")):
        return None  # 「陆」 is a surname too
    return Amount(value, None, None, m["unit"], None, after(m))


def percent(m: regex.Match[str]) -> Amount | None:
    g = m.groupdict()
    unit = "‰" if "‰" in m[0] or "千分之" in m[0] else "%"
    low, high = number(m["n"]), number(g["n_b"]) if g.get("n_b") else None
    if low is None:
        return None
    if high is not None:
        return Amount(None, min(low, high), max(low, high), unit, "percent", after(m))
    return Amount(_signed(m, low), None, None, unit, "percent", after(m))


def fraction(m: regex.Match[str]) -> Amount | None:
    whole, part = number(m["n"]) if m["n"] != "万" else 10_000, number(m["n_b"])
    if not whole or part is None or part >= whole:
        return None
    return _share(m, round(Decimal(part) / Decimal(whole), 12).normalize())


def tenths(m: regex.Match[str]) -> Amount | None:
    """「三成」 is three tenths, 「三成五」 35 hundredths."""
    low, high = number(m["n"]), number(m["n_b"]) if m["n_b"] else None
    if low is None or low > 9:
        return None
    if high is not None:
        return Amount(None, Decimal(low) / 10, Decimal(high) / 10, "", "percent", after(m)) if low < high <= 9 else None
    rest = {"半": 5}.get(m["rest"]) or number(m["rest"] or "零") or 0
    return _share(m, Decimal(low) / 10 + Decimal(rest) / 100)


def half_of_all(m: regex.Match[str]) -> Amount | None:
    return _share(m, Decimal("0.5"))


def signed_money(m: regex.Match[str]) -> Amount | None:
    g = m.groupdict()
    if g.get("sign") and unit_of(m["unit"]).kind != "money":
        return None
    code = signs()[g.get("sign") or m["unit"]]
    if g.get("n_b"):
        amount = _between(m, m["unit"])
        return amount and amount._replace(kind="money", code=code)
    value = number(m["n"])
    return None if value is None else Amount(value, None, None, m["unit"], "money", after(m), code)
