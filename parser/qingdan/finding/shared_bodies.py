"""Bodies that several countries have, each its own: 「两国国防部」, 「中日韩三国环境部」, 「两国海关」."""

from __future__ import annotations

from bisect import bisect_left

import regex

from qingdan.finding.found import Found
from qingdan.finding.lexicon import Hit, shared_words
from qingdan.finding.scan import Scan

JOINED = regex.compile(r"、|和|与|及|以及|,?以及|或")
# 「两国国防部」 「中美两国国防部」 「中日韩三国环境部」
_BEFORE = regex.compile(r"(?r)(?:中(?P<others>\p{Han}{1,4}))?(?:(?P<number>[两三四五])国|双方)|中(?P<others>\p{Han})")
_ENDINGS = ("两国", "双方", "三国", "四国", "五国", "中")
_NUMBERS = {"两": 2, "三": 3, "四": 4, "五": 5}


def shared_body(scan: Scan, hit: Hit) -> Found | None:
    """The mention of a name of the lexicon that several countries stand before; None where they do not."""
    text, name = scan.text, hit.name
    kind = name.bodies[0].kind
    if text[hit.start - 2 : hit.start].startswith(_ENDINGS):
        match = _BEFORE.match(text, max(0, hit.start - 8), hit.start)
        found = _of_sides(scan, match, hit.start, hit.end) if match else None
        if found is not None:
            found.kind = kind
            return found
    last = scan.found[-1] if scan.found else None
    if last and last.rule == "shared-body" and JOINED.fullmatch(text, last.end, hit.start):  # 「两国国防部和财政部」
        return Found(hit.start, hit.end, (name.text,), kind, last.parties, "shared-body", "unresolved", None)
    return None


def _of_sides(scan: Scan, match: regex.Match[str], name: int, end: int) -> Found | None:
    sides = _sides(scan, match["others"])
    start = match.start()
    if match["others"] and len(sides) != _NUMBERS.get(match["number"] or "", 2):
        if not match["number"]:
            return None
        sides, start = (), match.start("number")
    return Found(start, end, (scan.text[name:end],), "government", sides, "shared-body", "unresolved", None)


def _sides(scan: Scan, others: str | None) -> tuple[str, ...]:
    """China and the countries that the characters behind 中 stand for; nothing where one stands for none."""
    if others is None or any(c not in scan.words.shorts for c in others):
        return ()
    return ("中国", *(scan.words.shorts[c][0] for c in others))


def with_shared(scan: Scan) -> list[Found]:
    """The mentions together with bodies whose names say nothing alone: 「两国海关」."""
    text, found = scan.text, scan.found
    starts = [mention.start for mention in found]
    added = []
    for word in shared_words():
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if text[at - 2 : at].startswith(_ENDINGS) and text[end : end + 1] not in ("署", "总"):
                match = _BEFORE.match(text, max(0, at - 8), at)
                mention = _of_sides(scan, match, at, end) if match else None
                before = bisect_left(starts, end) - 1
                if mention and not (before >= 0 and found[before].end > mention.start):
                    added.append(mention)
            at = text.find(word, end)
    return sorted([*found, *added], key=lambda mention: mention.start) if added else found
