"""The pass from left to right over the lexicon's hits: a country and a bare name, chains (a body and its unit), coordination.

「美国贸易发展署、运输部和商务部」: each inherits the country. An unknown body is found behind an anchor, a country or a
known body.
"""

from __future__ import annotations

import regex

from qingdan.finding.bare_names import in_context, mention_of, owned
from qingdan.finding.bodies import REACH, after_anchor, listed_ministry
from qingdan.finding.found import Found
from qingdan.finding.free_bodies import across_dash, longer, unit_of, with_free
from qingdan.finding.missions import MISSION, posted
from qingdan.finding.places import in_province
from qingdan.finding.scan import Scan
from qingdan.finding.shared_bodies import JOINED
from qingdan.finding.words import LINKS, cut, ends_name

_JOINTS = frozenset("、和与及以,或")
_ENDS = frozenset("、,。;:()“”《》 \n和与及或的在于将同对")  # no name goes on with one of these
# 「加拿大|不列颠哥伦比亚省政府」
_GOVERNMENT = regex.compile(r"[\p{Han}·]{1,12}?(?:[省州市县邦道]|大区|地区)(?:人民)?政府")
_PLURAL = regex.compile(r"[和与同及]?\p{Han}{2,6}国家")  # 「中国与非洲国家双边委员会」: of each of them
_NUMBERS = {"两": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}
_COUNTED = regex.compile(r"(?P<number>[两双三四五六七])[方国边]")
_JOINT = regex.compile(r"政府间|两国|联合|混合|双边|高级别|高层|合作")
_AND = regex.compile(r"[、和与及同]|以及|,")
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
        last = scan.found[-1] if scan.found else None
        if last and last.end == mention.start and unit_of(last, mention):
            scan.found[-1] = mention = longer(scan, last, mention.end, mention.kind)
        else:
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
    government = _GOVERNMENT.match(scan.text, hit.end) if "政府" in scan.text[hit.end : hit.end + REACH] else None
    if government is not None and not any(ends_name(word) or word.text in LINKS for word in cut(government[0])):
        return scan.unknown(hit.start, government.end(), "government", country), i + 1
    rest = after_anchor(scan.text, hit.end, limit, complete=False, known=scan.heads)
    if rest is None or _PLURAL.match(scan.text, hit.end):
        return None, i + 1
    mention = scan.unknown(hit.start, rest.end, rest.kind, country)
    return (_of_several(scan, mention, i) if rest.free else mention), i + 1


def _of_several(scan: Scan, mention: Found, i: int) -> Found:
    """「阿富汗、中国、巴基斯坦、美国四方协调组」: with all the countries that it counts, else 「中国和巴西政府间委员会」 with both."""
    text = scan.text
    counted = _COUNTED.match(text, scan.hits[i].end)
    if counted is None and not _JOINT.match(text, scan.hits[i].end):
        return mention
    number = _NUMBERS[counted["number"]] if counted else 2
    first = i
    while first > 0 and i - first < number - 1:
        before = scan.hits[first - 1]
        joint = _AND.fullmatch(text, before.end, scan.hits[first].start)
        if before.name.country is None or joint is None or (counted is None and joint[0] == "、"):
            break
        first -= 1
    if i - first != number - 1:
        return mention
    hits = scan.hits[first : i + 1]
    name = text[hits[0].start : mention.end]
    parties = tuple(hit.name.country for hit in hits if hit.name.country)
    return Found(hits[0].start, mention.end, (name,), "group", parties, "head-word", "stated", None)


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
        if rest is None or rest.free or scan.text.startswith(_REGIONS, start) or in_province(scan.text, start):
            break  # 「国家药监局、联合采购办公室」: an office or a group need not be the country's
        name = scan.text[start : rest.end]
        body = scan.words.body(mention.country, "国家" + name)  # 「商务部、统计局」
        canonical = body.name if body else mention.country + name
        mention = Found(start, rest.end, (canonical,), rest.kind, (mention.country,), "head-word", "inferred", mention.country)
        scan.found.append(mention)
