"""Whose body a name of the lexicon is: the country right before it, the one a coordination hands on, or the text's own."""

from __future__ import annotations

from functools import lru_cache

import regex

from qingdan.finding.found import Found
from qingdan.finding.lexicon import Body, Hit, Name, lexicon
from qingdan.finding.scan import Scan
from qingdan.finding.standing import TITLE
from qingdan.finding.words import local_start
from qingdan.model import AgencyKind, Status

JOINED = regex.compile(r"、|和|与|及|以及|,?以及|或")
_SHARED = regex.compile(r"(?r)(?:中(?P<other>\p{Han}))?(?:两国|双方)|中(?P<other>\p{Han})")  # 「两国国防部」 「中美两国国防部」
_OWN = frozenset("我本全祖")  # 「我国外交部」
_SEVERAL = frozenset("三四五六七八九十多各")
_SHARING = ("两国", "双方", "中")


@lru_cache(maxsize=16384)
def _value(name: str, body: Body, canonical: bool) -> tuple[tuple[str, ...], AgencyKind, tuple[str, ...], str]:
    """Canonical names, kind, parties and rule of a body found by a name; ``canonical`` when it needs no country."""
    full = body.name
    parent = None if canonical else lexicon().parent(body)
    if parent and name != full:
        # An alias that writes the ministry out (外交部条法司) is a chain, and a chain stays as written.
        bare = name.removeprefix(body.party)
        above = (form.removeprefix(body.party) for form in (parent.name, *parent.aliases))
        if any(bare.startswith(form) for form in above if form.endswith(("部", "局", "署", "委"))):
            full = body.party + bare
    return (full,), body.kind, (body.party,) if body.party else (), f"lexicon:{body.id}"


def mention_of(start: int, hit: Hit, body: Body, status: Status, country: str | None) -> Found:
    canonical, kind, parties, rule = _value(hit.name.text, body, country is None)
    return Found(start, hit.end, canonical, kind, parties, rule, status, country)


def owned(name: Name, country: str | None) -> Body | None:
    return next((body for body in name.bodies if body.party == country), None) if name.bare and country else None


def _inherited(scan: Scan, start: int) -> str | None:
    """The country that the last mention hands on across 、 or 和, when nothing else stands between."""
    last = scan.found[-1] if scan.found else None
    if last is None or last.country is None or not last.end < start <= last.end + 3:
        return None
    return last.country if JOINED.fullmatch(scan.text, last.end, start) else None


def in_context(scan: Scan, hit: Hit) -> Found | None:
    """The mention of a lexicon name that no country stands before."""
    name, text = hit.name, scan.text
    bodies = name.bodies
    if not name.bare:
        country = bodies[0].party if bodies[0].party in scan.words.countries else None
        return mention_of(hit.start, hit, bodies[0], "stated", country)
    if text[hit.start - 1 : hit.start] == "国" and text[hit.start - 2 : hit.start - 1] in _SEVERAL:
        return None  # 「三国外交部」 is not China's
    shared = _SHARED.match(text, max(0, hit.start - 4), hit.start) if text[hit.start - 2 : hit.start].startswith(_SHARING) else None
    if shared and (shared["other"] is None or shared["other"] in scan.words.shorts):
        return Found(shared.start(), hit.end, (name.text,), bodies[0].kind, (), "shared-body", "unresolved", None)
    last = scan.found[-1] if scan.found else None
    if last and last.rule == "shared-body" and JOINED.fullmatch(text, last.end, hit.start):  # 「两国国防部和财政部」
        return Found(hit.start, hit.end, (name.text,), bodies[0].kind, (), "shared-body", "unresolved", None)
    place = local_start(text, hit.start)
    if text.startswith("级", place + 1) and place + 2 == hit.start:
        return None  # 「省级政府办公厅」: each has one
    if place < hit.start:  # 「四川省发展改革委」 is not the national body of that name
        return Found(place, hit.end, (text[place : hit.end],), bodies[0].kind, ("中国",), "local-body", "stated", None)
    # 「美国总统…特别代表、财政部长雅各布·卢」: an officer belongs to the country last spoken of.
    officer = text[hit.end : hit.end + 1] == "长" and name.text[-1] in TITLE
    inherited = _inherited(scan, hit.start)
    # 「该国财政部」 「萨国外交部」: another country's, whoever that is
    foreign = text[hit.start - 1 : hit.start] == "国" and text[hit.start - 2 : hit.start - 1] not in _OWN
    home = None if foreign else scan.home
    for country in (inherited, scan.near if officer else None, home, scan.near):
        body = owned(name, country)
        if body is not None:
            sure = country == inherited or country == scan.home != "中国" or len({owner.party for owner in bodies}) == 1
            return mention_of(hit.start, hit, body, "inferred" if sure else "ambiguous", body.party)
    if len(bodies) == 1 and not bodies[0].name.startswith(bodies[0].party):
        return mention_of(hit.start, hit, bodies[0], "stated", bodies[0].party)  # 「海基会」: whole without its country
    # 「中央银行」 could be anybody's, and 「国安会」 alone is not plainly America's.
    return Found(hit.start, hit.end, (name.text,), bodies[0].kind, (), "lexicon", "ambiguous", None)
