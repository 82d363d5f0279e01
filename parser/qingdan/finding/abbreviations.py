"""What a text itself calls a body: 「…联络小组(JLG)」, 「…(下称“领导小组”)」, and the short form of a longer name."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

import regex

from qingdan.finding.bodies import REACH, after_anchor
from qingdan.finding.found import Found
from qingdan.finding.lexicon import Lexicon
from qingdan.finding.scan import Scan
from qingdan.finding.words import aligned, clause_start, cut, ends_name

_SHORT = r"[A-Z][A-Za-z0-9&/\-]{1,11}\p{Han}{0,4}|\p{Han}{2,12}"
_KEY = r"(?:以下|下文)?(?:统称|分别简称|简称|称为|称)|下称|英文(?:简称|缩写)|缩写"
_QUOTED = rf"[“\"「](?P<short>{_SHORT})[”\"」]"
# A keyword makes anything an abbreviation; without one only capitals do, or a name the lexicon gives the same body.
_DEFINITION = regex.compile(
    rf"""\((?P<key>{_KEY})?[为作:]?\s?(?:{_QUOTED}(?:(?:或|和|及|、|,|以及|或者){_QUOTED}){{0,4}}|(?P<short>{_SHORT}))
        (?P<rest>[,;][^()]{{0,40}})?\)|,(?P<key>以下简称|下称)[为作:]?{_QUOTED}""",
    regex.VERBOSE,
)
_RESOLVING = regex.compile(
    r"(?m)(?:^|\s)(?P<organ>大会|安全理事会|经济及社会理事会|人权理事会)[,、]\s{0,4}(?:\n|\p{Han}{0,4}(?:回顾|重申|注意|铭记|深信|考虑|忆及))"
)
_OPENING = 3000  # characters in which a resolution says whose it is
_ASSEMBLIES = frozenset(("大会",))
_SEPARATELY = regex.compile("分别|依次")
_SIDE = regex.compile(r".{0,3}方|两国|双边|.{1,2}国")  # 「以下简称“中方”」: a side of a treaty, not a body

ORGAN = "defined-organ"  # the rule of an organ of a body that the text defines
_LONGEST = 17  # characters of an abbreviation that the pattern takes, and one


def defined(scan: Scan, found: list[Found]) -> list[Found]:
    """The mentions together with every use of the abbreviations that the text defines for them.

    An abbreviation that the text defines means what the text says, whatever the lexicon has.
    """
    text, words = scan.text, scan.words
    shorts, stops = _definitions(text, found, words)
    shorts |= {short: full for short, full in _resolving(text).items() if short not in shorts}
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
        if used[0] in _ASSEMBLIES and not _alone(text, start, end):
            continue
        start = _with_pair(text, start, full.canonical)
        kept.append(Found(start, end, full.canonical, full.kind, full.parties, "defined-abbreviation", "stated", full.country))
    return _with_organs(scan, sorted(kept, key=lambda mention: mention.start), stops)


def _resolving(text: str) -> dict[str, Found]:
    """The organ of the United Nations whose resolution a text is: 「大会,⏎回顾…」."""
    opening = _RESOLVING.search(text, 0, _OPENING)
    if opening is None:
        return {}
    organ = opening["organ"]
    return {organ: Found(*opening.span("organ"), ("联合国" + organ,), "international", ("联合国",), "defined-abbreviation", "stated")}


def _alone(text: str, start: int, end: int) -> bool:
    """「请|大会|主席」, not 「人民代表大会」 or 「大会堂」."""
    left = clause_start(text, start, 6)
    before = cut(text[left:start])
    return aligned(text, start, end) and (not before or ends_name(before[-1]) or before[-1].tag.startswith("v"))


def _definitions(text: str, found: list[Found], words: Lexicon) -> tuple[dict[str, Found], dict[int, Found]]:
    """The abbreviations that the text defines, and the body of each definition by where it ends."""
    shorts: dict[str, Found] = {}
    stops: dict[int, Found] = {}
    for i, mention in enumerate(found):
        if text.startswith("两岸", mention.start) and mention.rule.startswith("lexicon:"):
            shorts.setdefault(text[mention.start + 2 : mention.end], mention)  # 「两岸|经合会」
        match = _DEFINITION.match(text, mention.end) if text[mention.end : mention.end + 1] in ("(", ",") else None
        if match is None or mention.rule == "shared-body":
            continue
        names = match.captures("short")
        meant = [mention] * len(names)
        if len(names) > 1 and _SEPARATELY.search(match[0]) and i + 1 >= len(names):
            meant = found[i + 1 - len(names) : i + 1]
        for short, full in zip(names, meant, strict=True):
            known = words.get(short)
            same = known is not None and any(body.name in full.canonical for body in known.bodies)
            plain = match["key"] or short[0].isascii() or same or _abbreviates(short, text[full.start : full.end], text, match.end())
            if short not in shorts and not _SIDE.fullmatch(short) and plain:
                shorts[short] = full
                stops[match.end()] = mention
    return shorts, stops


_LETTERS = 6  # characters of a short form that only its letters tell


def _abbreviates(short: str, name: str, text: str, at: int) -> bool:
    """Whether the letters of 「入境处」 are those of 「入境事务处」 in their order, ending as it does, and the text uses it later on."""
    if len(short) > _LETTERS or len(short) >= len(name) or short[-1] != name[-1] or name.endswith(short):
        return False
    letters = iter(name)
    return all(c in letters for c in short) and text.find(short, at) >= 0


def _with_organs(scan: Scan, found: list[Found], stops: dict[int, Found]) -> list[Found]:
    """「上海合作组织(以下简称“上合组织”)|成员国元首理事会」: what follows a definition is an organ of the body defined.

    So is what follows an abbreviation: 「本组织|地区反恐怖机构」.
    """
    starts = sorted(mention.start for mention in found)

    def organ_at(at: int, body: Found) -> Found | None:
        """None too where its name would run into the next mention: 「(JLG)0外交部」."""
        next_one = starts[place] if (place := bisect_left(starts, at)) < len(starts) else len(scan.text)
        organ = _organ(scan, at, body) if next_one > at else None
        return organ if organ and organ.end <= next_one else None

    organs: list[Found] = []
    for mention in found:
        if mention.rule == "defined-abbreviation" and (organ := organ_at(mention.end, mention)):
            mention.end, mention.canonical, mention.kind, mention.rule = organ.end, organ.canonical, organ.kind, ORGAN
        body = stops.get(mention.start)
        if body is not None and mention.rule == "head-word" and not mention.parties and len(body.canonical) == 1:
            mention.canonical = (body.canonical[0] + mention.canonical[0],)
            mention.parties, mention.status = body.parties, "inferred"
    for at, body in stops.items():
        if organ := organ_at(at, body):
            organs.append(organ)
    return sorted([*found, *organs], key=lambda mention: mention.start) if organs else found


def _organ(scan: Scan, at: int, body: Found) -> Found | None:
    """The organ of a body whose name goes on at an offset without the body's own: one of the lexicon, or by its head word."""
    text = scan.text
    if len(body.canonical) != 1 or not text[at : at + 1].isalnum() or not scan.heads.within(at, at + REACH):
        return None
    own = body.canonical[0]
    for size in range(min(_LONGEST, len(text) - at), 2, -1):
        name = scan.words.get(own + text[at : at + size])
        if name is not None and name.bodies:
            whole = name.bodies[0]
            return Found(at, at + size, (whole.name,), whole.kind, body.parties, ORGAN, "inferred")
    rest = after_anchor(text, at, at + REACH, complete=True, known=scan.heads)
    return Found(at, rest.end, (own + text[at : rest.end],), rest.kind, body.parties, ORGAN, "inferred") if rest else None


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
