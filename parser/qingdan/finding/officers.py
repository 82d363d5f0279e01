"""Whose officers a clause lists: 「美国国务卿…、国防部副部长…」, 「美方成员包括副国务卿…、国防部副部长…」."""

from __future__ import annotations

import regex

from qingdan.finding.lexicon import Hit
from qingdan.finding.scan import Scan

_TITLES = ("副部长", "部长", "副主席", "主席", "副局长", "局长", "副署长", "署长", "助理部长", "常务副", "次长", "副大臣", "大臣")
_FIRST = frozenset(title[0] for title in _TITLES)
_JOINTS = frozenset("、和与及")
_SIDE = regex.compile(r"(?P<short>\p{Han})方")
_CLAUSE = regex.compile(r"(?r)[。;!?\n]")
_PARENTHESES = regex.compile(r"\([^()]{0,60}\)")
_REACH = 160  # characters of a sentence in which it may list officers


def titled(text: str, at: int) -> bool:
    """Whether an officer's title begins at an offset: 「国防部|副部长」."""
    return text[at : at + 1] in _FIRST and text.startswith(_TITLES, at)


def country_of_officers(scan: Scan, hit: Hit) -> str | None:
    """The country whose officers the clause lists up to a name that goes on from another; None where it does not tell."""
    text = scan.text
    if text[hit.start - 1 : hit.start] not in _JOINTS:
        return None
    floor = max(0, hit.start - _REACH)
    stop = _CLAUSE.search(text, floor, hit.start)
    clause = _PARENTHESES.sub("", text[stop.end() if stop else floor : hit.start])
    if "," not in clause and "、" in clause and scan.near is not None:
        country = scan.words.countries[scan.near]
        if any(says in clause for says in (country.name, *country.aliases)):
            return scan.near
    sides = {match["short"] for match in _SIDE.finditer(clause) if match["short"] in scan.words.shorts}
    if len(sides) != 1:
        return None
    named = scan.words.shorts[sides.pop()]
    fitting = [country for country in named if any(body.party == country for body in hit.name.bodies)]
    return fitting[0] if len(fitting) == 1 else next((country for country in fitting if country in scan.countries), None)
