"""What a text itself calls a body: 「…联络小组(JLG)」, 「…(下称“领导小组”)」, and the short form of a longer name."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

import regex

from qingdan.finding.found import Found
from qingdan.finding.lexicon import Lexicon
from qingdan.finding.words import cut

# A keyword makes anything an abbreviation; without one only capitals do, or a name the lexicon gives the same body.
_DEFINITION = regex.compile(
    r"""\((?P<key>(?:以下|下文)?(?:统称|简称|称为|称)|下称|英文(?:简称|缩写)|缩写)?[为:]?\s?[“"「]?
        (?P<short>[A-Z][A-Za-z0-9&/\-]{1,11}\p{Han}{0,4}|\p{Han}{2,12})[”"」]?(?:,[^()]{0,40})?\)""",
    regex.VERBOSE,
)

_LONGEST = 17  # characters of an abbreviation that the pattern takes, and one


def defined(text: str, found: list[Found], words: Lexicon) -> list[Found]:
    """The mentions together with every use of the abbreviations that the text defines for them.

    An abbreviation that the text defines means what the text says, whatever the lexicon has.
    """
    shorts: dict[str, Found] = {}
    for mention in found:
        match = _DEFINITION.match(text, mention.end) if text.startswith("(", mention.end) else None
        if match is None or mention.rule == "shared-body":
            continue
        short = match["short"]
        known = words.get(short)
        same = known is not None and any(body.name in mention.canonical for body in known.bodies)
        if short not in shorts and (match["key"] or short[0].isascii() or same):
            shorts[short] = mention
    if not shorts:
        return found
    for mention in found:
        # 「JLG反腐败工作组」: a unit of the body that the abbreviation stands for
        if mention.rule not in ("head-word", "chain"):
            continue
        name = mention.canonical[0]
        short = next((name[:size] for size in range(2, min(len(name), _LONGEST)) if name[:size] in shorts), None)
        if short is not None and len(shorts[short].canonical) == 1:
            mention.canonical = (shorts[short].canonical[0] + name.removeprefix(short),)
            mention.parties = mention.parties or shorts[short].parties
            mention.status = "inferred"
    use = re.compile("|".join(map(re.escape, sorted(shorts, key=len, reverse=True))))
    kept = [mention for mention in found if text[mention.start : mention.end] not in shorts]
    starts = [mention.start for mention in kept]
    for used in use.finditer(text):
        start, end = used.span()
        before = bisect_left(starts, end) - 1
        if before >= 0 and kept[before].end > start:
            continue
        if used[0][0].isascii() and _inside_latin(text, start, end):
            continue
        full = shorts[used[0]]
        start = _with_pair(text, start, full.canonical)
        kept.append(Found(start, end, full.canonical, full.kind, full.parties, "defined-abbreviation", "stated", full.country))
    return sorted(kept, key=lambda mention: mention.start)


def _inside_latin(text: str, start: int, end: int) -> bool:
    around = text[start - 1 : start], text[end : end + 1]
    return any(c.isascii() and c.isalnum() for c in around if c)


def _with_pair(text: str, start: int, canonical: tuple[str, ...]) -> int:
    """「中美JLG」: the two countries before an abbreviation belong to it when its full name opens with them."""
    pair = text[max(0, start - 2) : start]
    return start - 2 if len(pair) == 2 and all(name.startswith(pair) for name in canonical) else start


def shortened(found: list[Found], words: Lexicon) -> None:
    """Give a body found by its head word alone the name with its sides that the text has for it elsewhere.

    「执法合作联合联络小组反腐败工作组」 stands for the 「中美执法合作联合联络小组反腐败工作组」 named before it.
    """
    full = {mention.canonical[0][::-1]: mention for mention in found if len(mention.canonical) == 1}
    names = sorted(full)
    for mention in found:
        if mention.rule != "head-word":
            continue
        own = mention.canonical[0][::-1]
        at = bisect_left(names, own) + 1
        longer = [name for name in names[at : at + 8] if name.startswith(own)]
        if len(longer) == 1 and len(own) > 3 and _adds_sides(longer[0][::-1], len(longer[0]) - len(own), words):
            whole = full[longer[0]]
            mention.canonical, mention.kind, mention.parties = whole.canonical, whole.kind, whole.parties
            mention.status = "inferred"


def _adds_sides(name: str, at: int, words: Lexicon) -> bool:
    """Whether a name only says beforehand whose it is (中美…, 中国…): 鞍山仲裁委员会 is not 马鞍山仲裁委员会."""
    if at not in accumulate(len(word.text) for word in cut(name)):
        return False
    known = words.get(name[:at])
    return (known is not None and known.country is not None) or all(c in words.shorts for c in name[:at])
