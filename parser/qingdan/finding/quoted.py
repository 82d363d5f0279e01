"""Names of bodies that open with a quotation or a title: 「“一带一路”建设促进中心」, 「《气候公约》秘书处」."""

from __future__ import annotations

import regex

from qingdan.finding.bodies import REACH, heads
from qingdan.finding.found import Found
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


_AGAIN = regex.compile(r"[“「](\p{Han}{3,8})[”」]")


def named_again(text: str, found: list[Found]) -> list[Found]:
    """The mentions, with those in quotation marks that are the end of a longer name before them: 「“协进会”」."""
    endings = tuple(heads())
    quoted = [match for match in _AGAIN.finditer(text) if match[1].endswith(endings)]
    if not quoted:
        return found
    # Tails that end two names of different bodies are left out.
    tails: dict[str, Found | None] = {}
    for mention in found:
        name = text[mention.start : mention.end]
        for size in range(3, min(9, mention.end - mention.start)) if mention.rule == "head-word" else ():
            known = tails.get(name[-size:], mention)
            tails[name[-size:]] = mention if known is not None and known.canonical == mention.canonical else None
    starts = {mention.start for mention in found}
    added: list[Found] = []
    for match in quoted:
        whole = tails.get(match[1])
        if whole is not None and whole.start < match.start() and match.start(1) not in starts:
            added.append(
                Found(*match.span(1), whole.canonical, whole.kind, whole.parties, "defined-abbreviation", "inferred", whole.country)
            )
    return sorted([*found, *added], key=lambda mention: mention.start) if added else found


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
