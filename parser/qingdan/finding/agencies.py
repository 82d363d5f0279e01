"""Agencies in a text: the lexicon's names, the bodies no lexicon has, and what the text itself calls them.

One pass over the lexicon's hits from left to right builds the mentions: a country and a bare name, chains (a body
and its unit), coordination (美国贸易发展署、运输部和商务部: each inherits the country) and unknown bodies behind an
anchor. Free head words then give the rest, and definitions in parentheses name bodies for the whole text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

import msgspec
import regex

from qingdan.finding.abbreviations import defined, shortened
from qingdan.finding.bodies import REACH, HeadWords, after_anchor, before_head, heads, listed_ministry, place_of
from qingdan.finding.found import Found
from qingdan.finding.lexicon import SHORT, Body, Hit, Name, home, lexicon
from qingdan.finding.missions import MISSION, posted
from qingdan.finding.words import aligned, local_start, straddled
from qingdan.model import Agency, AgencyKind, Status
from qingdan.reading.folding import Folded

_JOINED = regex.compile(r"、|和|与|及|以及|,?以及|或")
_JOINTS = frozenset("、和与及以,或")
_SHARED = regex.compile(r"(?r)(?:中(?P<other>\p{Han}))?(?:两国|双方)|中(?P<other>\p{Han})")  # 「两国国防部」 「中美两国国防部」
_DASHES = frozenset("—–-－―")
_ENDS = frozenset("、,。;:()“”《》 \n和与及或的在于将同对")  # no name goes on with one of these
_LONGEST_CHAIN = 60  # characters; what is longer is names that a page ran together
_OWN = frozenset("我本全祖")  # 「我国外交部」
_SEVERAL = frozenset("三四五六七八九十多各")
_SHARING = ("两国", "双方", "中")
_TITLE = frozenset("部局署院司厅处会行")  # 「外交部长」 is the body and its head

_NOT_BODIES = frozenset("门分署队")  # 「外交部门」 「建设部分」: a sector, a part; jieba cuts them either way
# 「东盟国防部长会议」 is a conference of ministers, 「外交部长和…部长」 speaks of any.
_MINISTERIAL = ("长会", "长级", "长对话", "长论坛", "长联席", "长圆桌", "长理事", "长和", "长、", "长与", "长及", "长出席", "长们")
# 「美国…办公室和亚洲基金会」: a name that opens with a region is nobody's within a coordination.
_REGIONS = ("亚洲", "亚太", "非洲", "欧洲", "拉美", "全球", "世界", "国际", "联合国", "东亚", "南亚", "中亚", "太平洋")


def find_agencies(folded: Folded, text: str) -> list[Agency]:
    """Every agency of the text in reading order, valued as far as the text alone shows."""
    whole = folded.text
    found = defined(whole, _Reader(whole, folded.translated).read(), lexicon())
    shortened(found, lexicon())
    return [
        Agency(text[start:end], start, end, mention.canonical, mention.kind, mention.parties, mention.rule, mention.status)
        for mention in found
        for start, end in ((mention.start, mention.end) if folded.places is None else folded.span(mention.start, mention.end),)
    ]


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


def _mention(start: int, hit: Hit, body: Body, status: Status, country: str | None) -> Found:
    canonical, kind, parties, rule = _value(hit.name.text, body, None if country is None else lexicon().parent(body))
    return Found(start, hit.end, canonical, kind, parties, rule, status, country)


def _owned(name: Name, country: str | None) -> Body | None:
    return next((body for body in name.bodies if body.party == country), None) if name.bare and country else None


def _stands(text: str, hit: Hit, after_country: bool) -> bool:
    """Whether a hit is the name itself and not part of other words (「教育部门」 「全国会议」 「联合国际」)."""
    start, end, name = hit
    left = "" if after_country else text[max(start - 3, 0) : start]
    sure = _surely(name.text, bool(name.bodies), left, text[end : end + 4])
    return aligned(text, start, end) if sure is None else sure


@lru_cache(maxsize=16384)
def _surely(name: str, body: bool, left: str, right: str) -> bool | None:
    """Whether a name stands between these characters; None when only the words around it can tell."""
    if name[0].isascii() and left and left[-1].isascii() and left[-1].isalnum():
        return False
    if name[-1].isascii():
        return not (right and right[0].isascii() and right[0].isalnum())
    if name[-1] == "部" and (right[:1] in _NOT_BODIES or right.startswith(_MINISTERIAL)):
        return False
    # Only a short name arises by chance; 「国家发展改革委会同」 would be cut as 委会 | 同.
    if not body or len(name) > SHORT or not straddled(left, name, right):
        return True
    return True if right[:1] == "长" and name[-1] in _TITLE else None


class _Reader:
    """One pass over a folded text; ``found`` grows from left to right, ``near`` is the country last spoken of."""

    def __init__(self, text: str, traditional: bool) -> None:
        self.text = text
        self.words = lexicon()
        self.heads = HeadWords(text)
        # A hit of nothing at the end is where the last name ends at the latest.
        self.hits: list[Hit] = []
        for hit in self.words.find(text):
            if hit.name.plain:
                self.hits.append(hit)
                continue
            # Behind a country no word goes on over the edge: 「英国|外交部」, whatever 国外 may be.
            after_country = bool(self.hits) and self.hits[-1].end == hit.start and self.hits[-1].name.country is not None
            if _stands(text, hit, after_country):
                self.hits.append(hit)
        self.home = home(self.hits, traditional)
        self.hits.append(Hit(len(text), len(text), Name("", (), None, False)))
        self.found: list[Found] = []
        self.near: str | None = None

    def read(self) -> list[Found]:
        i = 0
        while i < len(self.hits) - 1:
            mention, i = self._begun(i)
            if mention is None:
                continue
            while self.text[mention.end : mention.end + 1] not in _ENDS:
                longer = self._chained(mention, i)
                if longer is None:
                    break
                mention, i = longer
            while i < len(self.hits) - 1 and self.hits[i].start < mention.end:
                i += 1
            mention = self._across_dash(mention)
            self.found.append(mention)
            self.near = mention.country or self.near
            self._coordinate(mention, self.hits[i].start)
        return self._with_free()

    def _begun(self, i: int) -> tuple[Found | None, int]:
        """The mention that begins with a hit, if one does, and the index of the next hit."""
        hit, following = self.hits[i], self.hits[i + 1]
        country = hit.name.country
        if country is None:
            return self._in_context(hit), i + 1
        self.near = country
        if self.text[hit.start - 1 : hit.start] == "驻":
            post = posted(self.text, hit, following, self.home)
            if post is not None and not (self.found and self.found[-1].end == post.start):
                return post, i + 1
        if following.start == hit.end and following.name.bare:
            body = _owned(following.name, country)
            if body is not None:
                return _mention(hit.start, following, body, "stated", country), i + 2
            # 「孟加拉国财政部」: not in the lexicon, and surely not China's
            name = country + following.name.text
            kind = following.name.bodies[0].kind
            return Found(hit.start, following.end, (name,), kind, (country,), "country-body", "stated", country), i + 2
        if self.text[hit.end : hit.end + 1] in _ENDS:
            return None, i + 1
        if "部" in self.text[hit.end : hit.end + 2 * REACH]:
            foreign = next((later.start for later in self.hits[i + 1 : i + 6] if not later.name.bare), len(self.text))
            several = listed_ministry(self.text, hit.end, foreign)
            if several is not None:
                return self._unknown(hit.start, several, "government", country), i + 1
        mission = MISSION.match(self.text, hit.end) if self.text.startswith(("驻", "常驻"), hit.end) else None
        if mission is not None:
            return self._unknown(hit.start, mission.end(), "government", country), i + 1
        # 「德国联邦中央税务局」: the tail of a name is not a name of its own.
        limit = following.end if following.name.bare else following.start
        rest = after_anchor(self.text, hit.end, limit, complete=False, known=self.heads)
        return (self._unknown(hit.start, rest.end, rest.kind, country) if rest else None), i + 1

    def _across_dash(self, mention: Found) -> Found:
        """「中国—东盟环境保护合作中心」: the party before a dash belongs to a body that only its head word tells."""
        if mention.rule not in ("chain", "head-word") or self.text[mention.start - 1 : mention.start] not in _DASHES:
            return mention
        end = mention.start - (2 if self.text.startswith("——", mention.start - 2) else 1)
        at = bisect_left(self.hits, (end,)) - 1
        before = self.hits[at] if at >= 0 else None
        if before is None or before.end != end or before.name.country is None:
            return mention
        name = self.text[before.start : mention.end]
        return msgspec.structs.replace(mention, start=before.start, canonical=(name,), parties=(before.name.country, *mention.parties))

    def _unknown(self, start: int, end: int, kind: AgencyKind, country: str | None) -> Found:
        parties = (country,) if country else ()
        return Found(start, end, (self.text[start:end],), kind, parties, "head-word", "stated", country)

    def _inherited(self, start: int) -> str | None:
        """The country that the last mention hands on across 、 or 和, when nothing else stands between."""
        last = self.found[-1] if self.found else None
        if last is None or last.country is None or not last.end < start <= last.end + 3:
            return None
        return last.country if _JOINED.fullmatch(self.text, last.end, start) else None

    def _in_context(self, hit: Hit) -> Found | None:
        """The mention of a lexicon name that no country stands before."""
        name, text = hit.name, self.text
        bodies = name.bodies
        if not name.bare:
            country = bodies[0].party if bodies[0].party in self.words.countries else None
            return _mention(hit.start, hit, bodies[0], "stated", country)
        if text[hit.start - 1 : hit.start] == "国" and text[hit.start - 2 : hit.start - 1] in _SEVERAL:
            return None  # 「三国外交部」 is not China's
        shared = _SHARED.match(text, max(0, hit.start - 4), hit.start) if text[hit.start - 2 : hit.start].startswith(_SHARING) else None
        if shared and (shared["other"] is None or shared["other"] in self.words.shorts):
            return Found(shared.start(), hit.end, (name.text,), bodies[0].kind, (), "shared-body", "unresolved", None)
        last = self.found[-1] if self.found else None
        if last and last.rule == "shared-body" and _JOINED.fullmatch(text, last.end, hit.start):  # 「两国国防部和财政部」
            return Found(hit.start, hit.end, (name.text,), bodies[0].kind, (), "shared-body", "unresolved", None)
        place = local_start(text, hit.start)
        if text.startswith("级", place + 1) and place + 2 == hit.start:
            return None  # 「省级政府办公厅」: each has one
        if place < hit.start:  # 「四川省发展改革委」 is not the national body of that name
            return Found(place, hit.end, (text[place : hit.end],), bodies[0].kind, ("中国",), "local-body", "stated", None)
        # 「美国总统…特别代表、财政部长雅各布·卢」: an officer belongs to the country last spoken of.
        officer = text[hit.end : hit.end + 1] == "长" and name.text[-1] in _TITLE
        inherited = self._inherited(hit.start)
        # 「该国财政部」 「萨国外交部」: another country's, whoever that is
        foreign = text[hit.start - 1 : hit.start] == "国" and text[hit.start - 2 : hit.start - 1] not in _OWN
        home = None if foreign else self.home
        for country in (inherited, self.near if officer else None, home, self.near):
            body = _owned(name, country)
            if body is not None:
                sure = country == inherited or country == self.home != "中国" or len({owner.party for owner in bodies}) == 1
                return _mention(hit.start, hit, body, "inferred" if sure else "ambiguous", body.party)
        if len(bodies) == 1 and not bodies[0].name.startswith(bodies[0].party):
            return _mention(hit.start, hit, bodies[0], "stated", bodies[0].party)  # 「海基会」: whole without its country
        # 「中央银行」 could be anybody's, and 「国安会」 alone is not plainly America's.
        return Found(hit.start, hit.end, (name.text,), bodies[0].kind, (), "lexicon", "ambiguous", None)

    def _chained(self, mention: Found, i: int) -> tuple[Found, int] | None:
        """The mention lengthened by the unit that follows it without a gap, and the index of the next hit."""
        following = self.hits[i]
        if mention.end - mention.start > _LONGEST_CHAIN:
            return None
        if following.start == mention.end and i + 1 < len(self.hits):
            own = following.name.country
            unit = self.hits[i + 1] if own and own == mention.country and self.hits[i + 1].start == following.end else following
            if unit.name.bodies and (own is None or unit is not following):
                owner = next((b for b in unit.name.bodies if not mention.parties or b.party in mention.parties), None)
                if owner is not None or (unit.name.bare and mention.country):
                    kind = owner.kind if owner else unit.name.bodies[0].kind
                    return self._longer(mention, unit.end, kind), i + (2 if unit is not following else 1)
            if own is not None and own == mention.country:
                rest = after_anchor(self.text, following.end, self.hits[i + 1].start, complete=False, known=self.heads)
                if rest is not None:
                    return self._longer(mention, rest.end, rest.kind), i + 1
            return None
        rest = after_anchor(self.text, mention.end, following.start, complete=True, known=self.heads)
        return (self._longer(mention, rest.end, rest.kind), i) if rest else None

    def _longer(self, mention: Found, end: int, kind: AgencyKind) -> Found:
        """A chain stays as written, with the country before it: 美国国土安全部移民海关执法局."""
        name = self.text[mention.start : end]
        if mention.status == "inferred" and mention.country and not name.startswith(mention.country):
            name = mention.country + name
        if mention.kind == "international":
            kind = "international"
        return msgspec.structs.replace(mention, end=end, canonical=(name,), kind=kind, rule="chain")

    def _coordinate(self, mention: Found, limit: int) -> None:
        """Add the unknown bodies that continue a coordination: 「美国国务院、民航安全办公室」."""
        while mention.country is not None and self.text[mention.end : mention.end + 1] in _JOINTS:
            joint = _JOINED.match(self.text, mention.end)
            if joint is None or limit <= joint.end():
                break
            start = joint.end()
            rest = after_anchor(self.text, start, limit, complete=False, known=self.heads)
            if rest is None or rest.free or self.text.startswith(_REGIONS, start):
                break  # 「国家药监局、联合采购办公室」: an office or a group need not be the country's
            name = self.text[start : rest.end]
            mention = Found(
                start, rest.end, (mention.country + name,), rest.kind, (mention.country,), "head-word", "inferred", mention.country
            )
            self.found.append(mention)

    def _with_free(self) -> list[Found]:
        """The mentions together with the bodies that free head words give where no mention stands."""
        found = self.found
        starts = [mention.start for mention in found]
        added: list[Found] = []
        for start, end in self.heads.free:
            before = bisect_right(starts, start) - 1
            if before >= 0 and found[before].end > start:
                continue
            if before + 1 < len(found) and found[before + 1].start < end:
                continue
            floor = max(found[before].end if before >= 0 else 0, added[-1].end if added else 0)
            head = heads()[self.text[start:end]]
            if head.local:
                place = max(local_start(self.text, start, named=True), floor)
                if place == start and len(head.needs) > 1:  # 「湖北省商务厅」
                    place = place_of(self.text, start, end, floor)
                if place < start:  # 「加利福尼亚州政府」, but not 「省政府」
                    added.append(Found(place, end, (self.text[place:end],), "government", (), "local-body", "stated", None))
                continue
            body = before_head(self.text, start, end, floor)
            if body is None:
                continue
            if added and body.start == added[-1].end:  # 「联合联络小组|反腐败工作组」: a body and its unit
                added[-1] = self._longer(added[-1], body.end, body.kind)
                added[-1].rule = "head-word"
            else:
                added.append(self._across_dash(self._named(body.start, body.end, body.kind)))
        return sorted([*found, *added], key=lambda mention: mention.start) if added else found

    def _named(self, start: int, end: int, kind: AgencyKind) -> Found:
        """A body known by its head word alone, with the countries that its name opens with."""
        pair = [self.words.shorts[c][0] for c in self.text[start : start + 2] if c in self.words.shorts]
        if len(pair) == 2 and "中" in self.text[start : start + 2]:  # 「中俄人文合作委员会」 belongs to both
            mention = self._unknown(start, end, "group" if kind == "government" else kind, None)
            mention.parties = tuple(pair)
            return mention
        names = (self.words.get(self.text[start : start + size]) for size in (6, 5, 4, 3, 2))
        return self._unknown(start, end, kind, next((name.country for name in names if name and name.country), None))
