"""Names of bodies that open with a quotation or a title: 「“一带一路”建设促进中心」, 「《气候公约》秘书处」."""

from __future__ import annotations

import regex

from qingdan.finding.bodies import REACH
from qingdan.finding.left_edge import whole_name
from qingdan.finding.words import cut, ends_name

# The opening mark of the quotation that ends right before the name's other words.
_QUOTATION = regex.compile(r"(?r)“[^“”《》\n。;]{2,14}”|「[^「」《》\n。;]{2,14}」|《[^《》\n。;]{2,40}》")
_CLOSING = "”」》"


_NAME = regex.compile(r"(?r)(?<=[“「])\p{Han}{2,22}")


def quoted_whole(text: str, head_start: int, head_end: int, floor: int) -> int | None:
    """Where a name begins that stands whole in a quotation, closed by its head word: 「“港台经济文化合作协进会”」."""
    if text[head_end : head_end + 1] not in ("”", "」"):
        return None
    name = _NAME.match(text, max(floor, head_start - 2 * REACH), head_start)
    return name.start() if name and not any(map(ends_name, cut(name[0]))) else None


def quoted_before(text: str, head_start: int, head_end: int, floor: int) -> int | None:
    """Where the quotation begins that a name with a free head word opens with; None when it opens with none.

    All that stands between the quotation and the head word must be words of the name.
    """
    least = max(floor, head_start - REACH)
    close = max(text.rfind(mark, least, head_start) for mark in _CLOSING)
    if close < 0 or not whole_name(text, close + 1, head_start, head_end):
        return None
    quotation = _QUOTATION.match(text, max(floor, close - 42), close + 1)
    return quotation.start() if quotation else None
