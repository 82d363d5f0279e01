"""Whose body a name of the lexicon is: the country right before it, the one a coordination hands on, or the text's own."""

from __future__ import annotations

from functools import lru_cache

import regex

from qingdan.finding.found import Found
from qingdan.finding.lexicon import Body, Hit, Name, lexicon
from qingdan.finding.local_bodies import of_place
from qingdan.finding.places import local_start, named_place
from qingdan.finding.scan import Scan
from qingdan.finding.shared_bodies import JOINED, shared_body
from qingdan.finding.standing import TITLE
from qingdan.finding.words import aligned, tag_of
from qingdan.model import AgencyKind, Status

_OWN = frozenset("我本全祖")  # 「我国外交部」
_SEVERAL = frozenset("三四五六七八九十多各0123456789")
# 「驻日|外交部」: what is done to a country, not the country's own
_OF_EACH = regex.compile(r"(?r)\([^()]{0,8}[区县市州旗]\)")
_DEPARTMENTS = ("局", "厅", "委", "办", "院", "处", "分署", "办公室", "海关", "法院", "检察院")
_TOWARDS = frozenset("驻访旅留在赴来援对华侨归")


@lru_cache(maxsize=16384)
def _value(name: str, body: Body, parent: Body | None) -> tuple[tuple[str, ...], AgencyKind, tuple[str, ...], str]:
    """Canonical names, kind, parties and rule of a body found by a name; without ``parent`` where it needs no country."""
    full = body.name
    if parent and name != full:
        # An alias that writes the ministry out (外交部条法司) is a chain, and a chain stays as written.
        bare = name.removeprefix(body.party)
        above = (form.removeprefix(body.party) for form in (parent.name, *parent.aliases))
        if any(bare.startswith(form) for form in above if form.endswith(("部", "局", "署", "委"))):
            full = body.party + bare
    return (full,), body.kind, (body.party,) if body.party else (), f"lexicon:{body.id}"


def mention_of(start: int, hit: Hit, body: Body, status: Status, country: str | None) -> Found:
    canonical, kind, parties, rule = _value(hit.name.text, body, None if country is None else lexicon().parent(body))
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
    shared = shared_body(scan, hit)
    if shared is not None:
        return shared
    if text[hit.start - 1 : hit.start] == "国" and text[hit.start - 2 : hit.start - 1] in _SEVERAL:
        return None  # 「各国外交部」 「26国财政部」 are not China's
    short = _by_short(scan, hit)
    if short is not None:
        return short
    if text[hit.start - 1 : hit.start] == ")" and _OF_EACH.match(text, max(0, hit.start - 12), hit.start):
        return None  # 「各区县(自治县)发展改革委」
    place = local_start(text, hit.start)
    if text.startswith("级", place + 1) and place + 2 == hit.start:
        return None  # 「省级政府办公厅」: each has one
    if place == hit.start and name.text.endswith(_DEPARTMENTS):  # 「珠海|出入境检验检疫局」
        town = named_place(text, hit.start)
        place -= len(town) if town and aligned(text, hit.start - len(town), hit.end) else 0
    if place < hit.start:  # 「四川省发展改革委」 is not the national body of that name
        return of_place(scan, place, hit.start, hit.end)
    # 「美国总统…特别代表、财政部长雅各布·卢」: an officer belongs to the country last spoken of.
    officer = text[hit.end : hit.end + 1] == "长" and name.text[-1] in TITLE
    inherited = _inherited(scan, hit.start)
    # 「该国财政部」 「萨国外交部」: another country's, whoever that is
    foreign = text[hit.start - 1 : hit.start] == "国" and text[hit.start - 2 : hit.start - 1] not in _OWN
    home = None if foreign else scan.home
    # 「皇家学会」 in a text about Britain: no other country has one
    sole = {owner.party for owner in bodies}
    named = next(iter(sole)) if len(sole) == 1 and not foreign and sole & scan.countries else None
    for country in (inherited, scan.near if officer else None, home, scan.near, named):
        body = owned(name, country)
        if body is not None:
            # 「国家税务总局」: Peru has one too, which is no other reading where nothing is said of Peru
            sure = country == inherited or country == scan.home != "中国" or sole & scan.countries <= {country}
            return mention_of(hit.start, hit, body, "inferred" if sure else "ambiguous", body.party)
    if len(bodies) == 1 and not bodies[0].name.startswith(bodies[0].party):
        return mention_of(hit.start, hit, bodies[0], "stated", bodies[0].party)  # 「海基会」: whole without its country
    # 「中央银行」 could be anybody's, and 「国安会」 alone is not plainly America's.
    return Found(hit.start, hit.end, (name.text,), bodies[0].kind, (), "lexicon", "ambiguous", None)


def _by_short(scan: Scan, hit: Hit) -> Found | None:
    """The mention of a body whose country is written short: 「俄外交部」, and 「萨国经济部」 in a text that names 萨尔瓦多."""
    text = scan.text
    end = hit.start
    if text[end - 1 : end] == "国" and text[end - 2 : end - 1] not in _OWN:
        first = text[end - 2 : end - 1]
        named = scan.by_first.get(first, set())
        start = end - 2
    else:
        first = text[end - 1 : end]
        if first not in scan.words.shorts or first == "中" or text[end - 2 : end - 1] in _TOWARDS:
            return None
        named = {country for country in scan.words.shorts[first] if owned(hit.name, country)}
        if len(named) > 1:
            named &= scan.countries
        start = end - 1
        if tag_of(text[start : hit.end]) != "nt" and not aligned(text, start, hit.end):
            return None
    if len(named) != 1:
        return None
    (country,) = named
    body = owned(hit.name, country)
    if body is None:
        return Found(start, hit.end, (country + hit.name.text,), hit.name.bodies[0].kind, (country,), "country-body", "inferred", country)
    return mention_of(start, hit, body, "inferred", country)
