"""The pass from left to right over the lexicon's hits: a country and a bare name, chains (a body and its unit), coordination.

「美国贸易发展署、运输部和商务部」: each inherits the country. An unknown body is found behind an anchor, a country or a
known body.
"""

from __future__ import annotations

from qingdan.finding.bare_names import JOINED, in_context, mention_of, owned
from qingdan.finding.bodies import REACH, after_anchor, listed_ministry
from qingdan.finding.found import Found
from qingdan.finding.free_bodies import across_dash, longer, with_free
from qingdan.finding.missions import MISSION, posted
from qingdan.finding.scan import Scan

_JOINTS = frozenset("、和与及以,或")
_ENDS = frozenset("、,。;:()“”《》 \n和与及或的在于将同对")  # no name goes on with one of these
_LONGEST_CHAIN = 60  # characters; what is longer is names that a page ran together
# 「美国…办公室和亚洲基金会」: a name that opens with a region is nobody's within a coordination.
_REGIONS = ("亚洲", "亚太", "非洲", "欧洲", "拉美", "全球", "世界", "国际", "联合国", "东亚", "南亚", "中亚", "太平洋")


def read(scan: Scan) -> list[Found]:
    """Every mention of the scanned text, in reading order."""
    i = 0
    while i < len(scan.hits) - 1:
        mention, i = _begun(scan, i)
        if mention is None:
            continue
        while scan.text[mention.end : mention.end + 1] not in _ENDS:
            lengthened = _chained(scan, mention, i)
            if lengthened is None:
                break
            mention, i = lengthened
        while i < len(scan.hits) - 1 and scan.hits[i].start < mention.end:
            i += 1
        mention = across_dash(scan, mention)
        scan.found.append(mention)
        scan.near = mention.country or scan.near
        _coordinate(scan, mention, scan.hits[i].start)
    return with_free(scan)


def _begun(scan: Scan, i: int) -> tuple[Found | None, int]:
    """The mention that begins with a hit, if one does, and the index of the next hit."""
    hit, following = scan.hits[i], scan.hits[i + 1]
    country = hit.name.country
    if country is None:
        return in_context(scan, hit), i + 1
    scan.near = country
    if scan.text[hit.start - 1 : hit.start] == "驻":
        post = posted(scan.text, hit, following, scan.home)
        if post is not None and not (scan.found and scan.found[-1].end == post.start):
            return post, i + 1
    if following.start == hit.end and following.name.bare:
        body = owned(following.name, country)
        if body is not None:
            return mention_of(hit.start, following, body, "stated", country), i + 2
        # 「孟加拉国财政部」: not in the lexicon, and surely not China's
        name = country + following.name.text
        kind = following.name.bodies[0].kind
        return Found(hit.start, following.end, (name,), kind, (country,), "country-body", "stated", country), i + 2
    if scan.text[hit.end : hit.end + 1] in _ENDS:
        return None, i + 1
    if "部" in scan.text[hit.end : hit.end + 2 * REACH]:
        foreign = next((later.start for later in scan.hits[i + 1 : i + 6] if not later.name.bare), len(scan.text))
        several = listed_ministry(scan.text, hit.end, foreign)
        if several is not None:
            return scan.unknown(hit.start, several, "government", country), i + 1
    mission = MISSION.match(scan.text, hit.end) if scan.text.startswith(("驻", "常驻"), hit.end) else None
    if mission is not None:
        return scan.unknown(hit.start, mission.end(), "government", country), i + 1
    # 「德国联邦中央税务局」: the tail of a name is not a name of its own.
    limit = following.end if following.name.bare else following.start
    rest = after_anchor(scan.text, hit.end, limit, complete=False, known=scan.heads)
    return (scan.unknown(hit.start, rest.end, rest.kind, country) if rest else None), i + 1


def _chained(scan: Scan, mention: Found, i: int) -> tuple[Found, int] | None:
    """The mention lengthened by the unit that follows it without a gap, and the index of the next hit."""
    following = scan.hits[i]
    if mention.end - mention.start > _LONGEST_CHAIN:
        return None
    if following.start == mention.end and i + 1 < len(scan.hits):
        own = following.name.country
        unit = scan.hits[i + 1] if own and own == mention.country and scan.hits[i + 1].start == following.end else following
        if unit.name.bodies and (own is None or unit is not following):
            owner = next((b for b in unit.name.bodies if not mention.parties or b.party in mention.parties), None)
            if owner is not None or (unit.name.bare and mention.country):
                kind = owner.kind if owner else unit.name.bodies[0].kind
                return longer(scan, mention, unit.end, kind), i + (2 if unit is not following else 1)
        if own is not None and own == mention.country:
            rest = after_anchor(scan.text, following.end, scan.hits[i + 1].start, complete=False, known=scan.heads)
            if rest is not None:
                return longer(scan, mention, rest.end, rest.kind), i + 1
        return None
    rest = after_anchor(scan.text, mention.end, following.start, complete=True, known=scan.heads)
    return (longer(scan, mention, rest.end, rest.kind), i) if rest else None


def _coordinate(scan: Scan, mention: Found, limit: int) -> None:
    """Add the unknown bodies that continue a coordination: 「美国国务院、民航安全办公室」."""
    while mention.country is not None and scan.text[mention.end : mention.end + 1] in _JOINTS:
        joint = JOINED.match(scan.text, mention.end)
        if joint is None or limit <= joint.end():
            break
        start = joint.end()
        rest = after_anchor(scan.text, start, limit, complete=False, known=scan.heads)
        if rest is None or rest.free or scan.text.startswith(_REGIONS, start):
            break  # 「国家药监局、联合采购办公室」: an office or a group need not be the country's
        name = scan.text[start : rest.end]
        mention = Found(start, rest.end, (mention.country + name,), rest.kind, (mention.country,), "head-word", "inferred", mention.country)
        scan.found.append(mention)
