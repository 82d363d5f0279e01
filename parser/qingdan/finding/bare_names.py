"""Whose body a name of the lexicon is: the country right before it, the one a coordination hands on, or the text's own."""

from __future__ import annotations

from functools import lru_cache

import regex

from qingdan.finding.found import Found
from qingdan.finding.lexicon import Body, Hit, Name, lexicon
from qingdan.finding.local_bodies import of_place
from qingdan.finding.officers import country_of_officers, titled
from qingdan.finding.places import local_start, named_place
from qingdan.finding.scan import Scan
from qingdan.finding.shared_bodies import JOINED, shared_body
from qingdan.finding.standing import TITLE
from qingdan.finding.words import LINKS, aligned, tag_of
from qingdan.model import AgencyKind, Status

_OWN = frozenset("我本全祖")  # 「我国外交部」
_SEVERAL = frozenset("三四五六七八九十多各0123456789")
# 「驻日|外交部」: what is done to a country, not the country's own
_OF_EACH = regex.compile(r"(?r)\([^()]{0,8}[区县市州旗]\)")
_DEPARTMENTS = ("局", "厅", "委", "办", "院", "处", "分署", "办公室", "海关", "法院", "检察院")
_SIDE = regex.compile(
    r"(?r)(?P<short>\p{Han})方(?:[由请]|(?:的?(?:牵头|主管|负责|联络|联系|执行|实施|对口|协调)(?:单位|部门|机构|机关))?(?P<named>[为是]))?"
)
_ENDS = frozenset(",;。、)\n")
_COMMITTEE = regex.compile("(?r)[省市区县州]委")
_TOWARDS = frozenset("驻访旅留在赴来援对华侨归")
# 「以经济部为主」 「由比财政部更…」: characters that are words too stand for a country only where the text names it, and first.
_WORDS = frozenset("以也所多比加新老特保爱利布约几白黑南马希列科意土西巴波古文格海")
_BEFORE_SHORT = frozenset("、,。;:!?()“”《》\n 和与及同美俄英法德韩")
# 「财长和|央行行长会议」: anybody's, but for 「中国财长和|央行行长」
_MINISTERS = regex.compile(r"(?r)财(?:政部)?长(?:和|与|及|、|暨|以及)")
_OF_BANKS = ("行长会", "副手会", "行长和财", "行长与财", "行长及财", "行长级", "行长们")
# No province or town has one of its own: 「江泽民和|国务院」.
_NATIONAL = ("国务院", "全国", "中央", "最高", "中共中央")


@lru_cache(maxsize=16384)
def _value(name: str, body: Body, parent: Body | None) -> tuple[tuple[str, ...], AgencyKind, tuple[str, ...], str]:
    """Canonical names, kind, parties and rule of a body found by a name; without ``parent`` where it needs no country."""
    full = body.name
    if parent and name != full:
        # An alias that writes the ministry out (外交部条法司) is a chain, and a chain stays as written.
        bare = name.removeprefix(body.party)
        above = (form.removeprefix(body.party) for form in (parent.name, *parent.aliases))
        if any(bare.startswith(form) for form in above if form.endswith(("部", "局", "署", "委"))):
            full = body.party + bare if full.startswith(body.party) else bare
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
    if text.startswith("两国", hit.start - 2) and text[hit.end : hit.end + 1] == "长":
        return None
    if text.endswith("政府", 0, hit.start):
        return None  # 「高雄市政府|环境保护局」 is a department there
    if text[hit.start - 1 : hit.start] == "委" and _COMMITTEE.match(text, max(0, hit.start - 3), hit.start):
        return None  # 「省委|网信办」
    short = _by_short(scan, hit)
    if short is not None:
        return short
    if text[hit.start - 1 : hit.start] == ")" and _OF_EACH.match(text, max(0, hit.start - 12), hit.start):
        return None  # 「各区县(自治县)发展改革委」
    if name.text.endswith(("央行", "中央银行")):
        ministers = _MINISTERS.match(text, max(0, hit.start - 6), hit.start)
        if ministers is not None:
            body = owned(name, scan.country_before(ministers.start()))
            return mention_of(hit.start, hit, body, "inferred", body.party) if body else None
        if text.startswith(_OF_BANKS, hit.end):
            return None
    national = name.text.startswith(_NATIONAL) or name.text[-1] == "部"
    place = hit.start if national else local_start(text, hit.start)
    if text.startswith("级", place + 1) and place + 2 == hit.start:
        return None  # 「省级政府办公厅」: each has one
    if place == hit.start and not national and name.text.endswith(_DEPARTMENTS):  # 「珠海|出入境检验检疫局」
        town = named_place(text, hit.start)
        place -= len(town) if town and town[-1] not in LINKS and aligned(text, hit.start - len(town), hit.end) else 0
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
    host = country_of_officers(scan, hit) if officer or titled(text, hit.end) else None
    side = _SIDE.match(text, max(0, hit.start - 12), hit.start)  # 「柬方由公共工程与运输部牵头」, 「智方牵头单位为外交部。」
    if side is not None and side["named"] and text[hit.end : hit.end + 1] not in _ENDS:
        side = None  # 「美方为国防部人员举办…」
    if side is not None and side["short"] in scan.words.shorts:
        host = next((country for country in scan.words.shorts[side["short"]] if owned(name, country)), host)
    for country in (inherited, host, scan.near if officer else None, home, scan.near, named):
        body = owned(name, country)
        if body is not None:
            # 「国家税务总局」: Peru has one too, which is no other reading where nothing is said of Peru
            sure = country == inherited or country == scan.home != "中国" or sole & scan.countries <= {country}
            return mention_of(hit.start, hit, body, "inferred" if sure else "ambiguous", body.party)
    if officer and scan.near and scan.near != scan.home and host != scan.home:  # 「德国副总理、经济部长加布里尔」
        return Found(hit.start, hit.end, (scan.near + name.text,), bodies[0].kind, (scan.near,), "country-body", "inferred", scan.near)
    if inherited and inherited != scan.home:  # 「台湾金融监督管理委员会、中央银行及财政部」
        return Found(hit.start, hit.end, (inherited + name.text,), bodies[0].kind, (inherited,), "country-body", "inferred", inherited)
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
        if first == "日" and text[end - 2 : end - 1].isdecimal():  # 「5日|环境省」
            return None
        named = {country for country in scan.words.shorts[first] if owned(hit.name, country)}
        spoken = scan.countries.intersection(scan.words.shorts[first])
        if len(spoken) == 1:
            named = spoken
        if first in _WORDS:
            if end > 1 and text[end - 2] not in _BEFORE_SHORT:
                return None
            named &= scan.countries
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
