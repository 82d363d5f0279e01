"""The marks before the items of a list, which a page does not hold as text."""

from __future__ import annotations

import re

_STYLES = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
    "lower-latin": "lower-alpha", "upper-latin": "upper-alpha", "simp-chinese-informal": "cjk", "trad-chinese-informal": "cjk",
    "cjk-ideographic": "cjk", "cjk-decimal": "cjk", "simp-chinese-formal": "cjk", "trad-chinese-formal": "cjk",
}  # fmt: skip
_KNOWN = frozenset(("decimal", "decimal-leading-zero", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "cjk"))
_STYLE = re.compile(r"list-style(?:-type)?\s{0,9}:\s{0,9}([^;]{1,80})", re.IGNORECASE)
_WHOLE = re.compile(r"\s{0,9}([+-]?[0-9]{1,9})")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_DIGITS = "〇一二三四五六七八九"


class Numbering:
    """One ``<ol>`` or ``<ul>``: how its items are marked, and the number of the next one."""

    def __init__(self, ordered: bool, attributes: dict[str, str | None], items: int = 0) -> None:
        """``items``: how many there are, for a list that counts down."""
        self.ordered = ordered
        self.step = -1 if "reversed" in attributes else 1
        self.style = _style(attributes, "decimal" if ordered else "bullet")
        self.next = whole(attributes.get("start"), items if self.step < 0 else 1)

    def mark(self, attributes: dict[str, str | None]) -> str:
        """What stands before the text of the next item (``3. ``, ``c. ``, ``三、``, ``• ``), with the blank; counts on."""
        style = _style(attributes, self.style)
        if not self.ordered:
            return "" if style == "none" else "• "
        number = whole(attributes.get("value"), self.next)
        self.next = number + self.step
        return "" if style == "none" else _written(number, style)


def whole(value: str | None, default: int) -> int:
    """The whole number that an attribute begins with."""
    m = _WHOLE.match(value or "")
    return int(m[1]) if m else default


def _style(attributes: dict[str, str | None], default: str) -> str:
    style = (attributes.get("type") or "").strip()
    css = _STYLE.search(attributes.get("style") or "")
    if css:
        words = css[1].lower().split()
        style = next((word for word in words if word == "none" or word in _KNOWN or word in _STYLES), style)
    if style == "none":
        return "none"
    style = _STYLES.get(style, style)
    return style if style in _KNOWN and default != "bullet" else default


def _written(number: int, style: str) -> str:
    if style == "decimal-leading-zero":
        return f"{number:02d}. "
    if style.endswith("alpha") and 0 < number < 10_000:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return f"{letters.upper() if style.startswith('upper') else letters}. "
    if style.endswith("roman") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return f"{roman.upper() if style.startswith('upper') else roman}. "
    if style == "cjk" and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}、"
    return f"{number}. "
