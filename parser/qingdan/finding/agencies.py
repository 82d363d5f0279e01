"""Agencies in a text: the lexicon's names, the bodies no lexicon has, and what the text itself calls them.

One pass over the lexicon's hits from left to right builds the mentions: a country and a bare name, chains (a body
and its unit), coordination (美国贸易发展署、运输部和商务部: each inherits the country) and unknown bodies behind an
anchor. Free head words then give the rest, and definitions in parentheses name bodies for the whole text.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec
import regex

from qingdan.finding.abbreviations import defined, shortened
from qingdan.finding.bodies import after_anchor, before_head, free_pattern
from qingdan.finding.lexicon import Body, Hit, Lexicon, Name, lexicon
from qingdan.finding.words import aligned, local_start, straddles
from qingdan.model import Agency, AgencyKind, Status
from qingdan.reading.folding import Folded


class Found(msgspec.Struct):
    """A mention in the making, in offsets of the folded text. ``country`` is what coordination hands on."""

    start: int
    end: int
    canonical: tuple[str, ...]
    kind: AgencyKind
    parties: tuple[str, ...]
    rule: str
    status: Status
    country: str | None = None


_JOINED = regex.compile(r"、|和|与|及|以及|,?以及|或")
_SHARED = regex.compile(r"(?r)(?:中(?P<other>\p{Han}))?(?:两国|双方)|中(?P<other>\p{Han})")
_TITLE = frozenset("部局署院司厅处会行")  # 「外交部长」 is the body and its head

_NOT_BODIES = frozenset("门分署队")  # 「外交部门」 「建设部分」: a sector, a part; jieba cuts them either way
# 「美国…办公室和亚洲基金会」: a name that opens with a region is nobody's within a coordination.
_REGIONS = ("亚洲", "亚太", "非洲", "欧洲", "拉美", "全球", "世界", "国际", "联合国", "东亚", "南亚", "中亚", "太平洋")


def find_agencies(folded: Folded, text: str) -> list[Agency]:
    """Every agency of the text in reading order, valued as far as the text alone shows."""
    whole = folded.text
    words = lexicon()
    found = _known(whole, words)
    found = _free(whole, words, found)
    found = defined(whole, found, words)
    shortened(found)
    agencies = []
    for mention in found:
        start, end = folded.span(mention.start, mention.end)
        agencies.append(Agency(text[start:end], start, end, mention.canonical, mention.kind, mention.parties, mention.rule, mention.status))
    return agencies


def _stands(text: str, hit: Hit) -> bool:
    """Whether a hit is the name itself and not part of other words (「教育部门」 「全国会议」 「联合国际」)."""
    start, end, name = hit
    if name.text[0].isascii() and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return False
    if name.text[-1].isascii():
        return not (end < len(text) and text[end].isascii() and text[end].isalnum())
    if name.text[-1] == "部" and text[end : end + 1] in _NOT_BODIES:
        return False
    if not name.bodies or not straddles(text, start, end):
        return True
    if text[end : end + 1] == "长" and name.text[-1] in _TITLE:
        return True
    return aligned(text, start, end)


def _known(text: str, words: Lexicon) -> list[Found]:
    found: list[Found] = []
    hits = [hit for hit in words.find(text) if _stands(text, hit)]
    hits.append(Hit(len(text), len(text), Name("", (), None, False)))
    near: str | None = None
    i = 0
    while i < len(hits) - 1:
        hit, following = hits[i], hits[i + 1]
        i += 1
        country = hit.name.country
        if country is not None:
            near = country
            body = _owned(following, country) if following.start == hit.end else None
            if body is not None:
                mention = _mention(hit.start, following, body, "stated", country)
                i += 1
            else:
                abroad = text.startswith("驻", hit.end)
                limit = hits[i + 1].start if abroad and i + 1 < len(hits) else following.start
                unknown = after_anchor(text, hit.end, limit, complete=False)
                if unknown is None:
                    continue
                mention = _unknown(text, hit.start, unknown.end, unknown.kind, country, "stated")
        else:
            mention = _with_context(text, hit, found, words, near)
        while True:
            following = hits[i]
            longer = _chain(text, mention, hits, i)
            if longer is None:
                break
            mention, i = longer
        while i < len(hits) - 1 and hits[i].start < mention.end:
            i += 1
        found.append(mention)
        near = mention.country or near
        i = _coordinated(text, mention, hits, i, found)
    return found


def _owned(hit: Hit, country: str) -> Body | None:
    return next((body for body in hit.name.bodies if body.party == country), None) if hit.name.bare else None


def _mention(start: int, hit: Hit, body: Body, status: Status, country: str | None) -> Found:
    parties = (body.party,) if body.party else ()
    canonical = body.name
    parent = lexicon().parent(body) if country else None
    if parent and hit.name.text != body.name:
        # An alias that writes the ministry out (外交部条法司) is a chain, and a chain stays as written.
        bare = hit.name.text.removeprefix(body.party)
        above = (name.removeprefix(body.party) for name in (parent.name, *parent.aliases))
        if any(bare.startswith(name) for name in above if name.endswith(("部", "局", "署", "委"))):
            canonical = body.party + bare
    return Found(start, hit.end, (canonical,), body.kind, parties, f"lexicon:{body.id}", status, country)


def _unknown(text: str, start: int, end: int, kind: AgencyKind, country: str | None, status: Status) -> Found:
    name = text[start:end]
    parties = (country,) if country else ()
    return Found(start, end, (name,), kind, parties, "head-word", status, country)


def _inherited(text: str, found: list[Found], start: int) -> str | None:
    """The country that the last mention hands on across 、 or 和, when nothing else stands between."""
    if not found or found[-1].country is None or found[-1].end >= start:
        return None
    between = _JOINED.fullmatch(text, found[-1].end, start)
    return found[-1].country if between else None


def _with_context(text: str, hit: Hit, found: list[Found], words: Lexicon, near: str | None) -> Found:
    """The mention of a lexicon name that no country stands before; ``near`` is the country last spoken of."""
    bodies = hit.name.bodies
    if not hit.name.bare:
        country = bodies[0].party if bodies[0].party in words.countries else None
        return _mention(hit.start, hit, bodies[0], "stated", country)
    shared = _SHARED.match(text, max(0, hit.start - 4), hit.start)
    if shared and (shared["other"] is None or shared["other"] in words.shorts):
        start = shared.start()
        return Found(start, hit.end, (hit.name.text,), bodies[0].kind, (), "shared-body", "unresolved", None)
    place = local_start(text, hit.start)
    if place < hit.start:  # 「四川省发展改革委」 is not the national body of that name
        return Found(place, hit.end, (text[place : hit.end],), bodies[0].kind, ("中国",), "local-body", "stated", None)
    country = _inherited(text, found, hit.start)
    body = next((body for body in bodies if body.party == country), None) if country else None
    if body is not None:
        return _mention(hit.start, hit, body, "inferred", country)
    body = next((body for party in ("中国", near) for body in bodies if body.party == party), None)
    if body is None:
        # 「中央银行」 could be anybody's, and 「国安会」 alone is not plainly America's.
        return Found(hit.start, hit.end, (hit.name.text,), bodies[0].kind, (), "lexicon", "ambiguous", None)
    return _mention(hit.start, hit, body, "inferred", body.party)


def _chain(text: str, mention: Found, hits: list[Hit], i: int) -> tuple[Found, int] | None:
    """The mention lengthened by the unit that follows it without a gap, and the index of the next hit."""
    following = hits[i]
    if following.start == mention.end and i + 1 < len(hits):
        own = following.name.country
        unit = hits[i + 1] if own and own == mention.country and hits[i + 1].start == following.end else following
        if unit.name.bodies and (own is None or unit is not following):
            owner = next((b for b in unit.name.bodies if not mention.parties or b.party in mention.parties), None)
            if owner is not None or (unit.name.bare and mention.country):
                kind = owner.kind if owner else unit.name.bodies[0].kind
                return _longer(text, mention, unit.end, kind), i + (2 if unit is not following else 1)
        if own is not None and own == mention.country:
            tail = after_anchor(text, following.end, hits[i + 1].start, complete=False)
            if tail is not None:
                return _longer(text, mention, tail.end, tail.kind), i + 1
        return None
    tail = after_anchor(text, mention.end, following.start, complete=True)
    return (_longer(text, mention, tail.end, tail.kind), i) if tail else None


def _longer(text: str, mention: Found, end: int, kind: AgencyKind) -> Found:
    """A chain stays as written, with the country before it: 美国国土安全部移民海关执法局."""
    name = text[mention.start : end]
    if mention.status == "inferred" and mention.country and not name.startswith(mention.country):
        name = mention.country + name
    if mention.kind == "international":
        kind = "international"
    return msgspec.structs.replace(mention, end=end, canonical=(name,), kind=kind, rule="chain")


def _coordinated(text: str, mention: Found, hits: list[Hit], i: int, found: list[Found]) -> int:
    """Unknown bodies that continue a coordination: 「美国国务院、民航安全办公室」. Returns the next hit's index."""
    while mention.country is not None:
        joint = _JOINED.match(text, mention.end)
        if joint is None or hits[i].start <= joint.end():
            break
        unknown = after_anchor(text, joint.end(), hits[i].start, complete=False)
        if unknown is None:
            break
        name = text[joint.end() : unknown.end]
        if name.startswith(_REGIONS):
            break
        mention = Found(
            joint.end(), unknown.end, (mention.country + name,), unknown.kind, (mention.country,), "head-word", "inferred",
            mention.country,
        )  # fmt: skip
        found.append(mention)
    return i


def _free(text: str, words: Lexicon, found: list[Found]) -> list[Found]:
    """The mentions together with the bodies that free head words give where no mention stands."""
    starts = [mention.start for mention in found]
    added: list[Found] = []
    for match in free_pattern().finditer(text):
        start, end = match.span()
        before = bisect_right(starts, start) - 1
        if before >= 0 and found[before].end > start:
            continue
        if before + 1 < len(found) and found[before + 1].start < end:
            continue
        floor = max(found[before].end if before >= 0 else 0, added[-1].end if added else 0)
        body = before_head(text, start, end, floor)
        if body is None:
            continue
        if added and body.start == added[-1].end:  # 「联合联络小组|反腐败工作组」: a body and its unit
            added[-1] = _longer(text, added[-1], body.end, body.kind)
            added[-1].rule = "head-word"
        else:
            added.append(_named(text, body.start, body.end, body.kind, words))
    return sorted([*found, *added], key=lambda mention: mention.start) if added else found


def _named(text: str, start: int, end: int, kind: AgencyKind, words: Lexicon) -> Found:
    """A body known by its head word alone, with the countries that its name opens with."""
    pair = [words.shorts[c][0] for c in text[start : start + 2] if c in words.shorts]
    if len(pair) == 2 and "中" in text[start : start + 2]:  # 「中俄人文合作委员会」 belongs to both
        mention = _unknown(text, start, end, "group" if kind == "government" else kind, None, "stated")
        mention.parties = tuple(pair)
        return mention
    return _unknown(text, start, end, kind, _leading_country(text, start, words), "stated")


def _leading_country(text: str, start: int, words: Lexicon) -> str | None:
    for size in (6, 5, 4, 3, 2):
        name = words.get(text[start : start + size])
        if name is not None and name.country:
            return name.country
    return None
