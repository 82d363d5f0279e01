"""Who does it: the subject of a verb group, the bracket of duties at an item's end, the parties (rules A1 to A6 of ``commitments.md``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qingdan.finding.constituents import Named
from qingdan.finding.masks import BODY, PARTY, Mark
from qingdan.finding.prepared import Prepared
from qingdan.finding.words import cut
from qingdan.model import Agency, Document, Item
from qingdan.reading.folding import Folded, fold

# 「中国外交部|部长助理」 is a person, so the country acts (A2).
_PERSON = Prepared(
    r"部长|主席|总理|总统|首相|书记|主任|局长|司长|署长|行长|省长|市长|大使|特使|秘书|专家|代表(?!处)|官员|人员|领导人|团长|首脑|元首|国王|院长|会长"
)
_LEADS = Prepared(r"牵头|负责|会同|主办")
# 「(责任单位：省市场监管局；配合单位：…)」: those behind the label
_LABEL = Prepared("(?:责任|牵头|主办|承办|实施|负责|主责|落实)(?:单位|部门|处室):")
_LABELLED = Prepared("[^;。]*?(?=[;。]|(?:配合|协办|参加|参与|协同)(?:单位|部门):|(?:按|分工|等)[^、;。]{0,8}负责|$)")


def actors_of(named: Sequence[Named], marks: Mapping[int, Mark], parties: tuple[str, ...]) -> tuple[str, ...]:
    """Countries and canonical bodies of a subject, in the order of the text, each once."""
    if len(named) == 1:
        one = named[0]
        if one.kind in ("side", "somebody", "meeting"):
            return parties
        mark = marks.get(one.start)
        if one.kind == PARTY and mark is not None and isinstance(mark.what, tuple):
            return mark.what
    found: dict[str, None] = {}
    for one in named:
        if one.kind in ("side", "somebody", "meeting"):
            found.update(dict.fromkeys(parties))
            continue
        mark = marks.get(one.start)
        what = mark.what if mark else None
        if one.kind == PARTY and isinstance(what, tuple):
            found.update(dict.fromkeys(what))
        elif one.kind == BODY and isinstance(what, Agency):
            if (
                what.kind == "group"
                and what.parties
                and what.canonical[0].endswith(("工作组", "工作小组"))
                and "联合" not in what.canonical[0]
            ):
                found.update(dict.fromkeys(what.parties))  # 「中肯工作组」 without more is the countries
                continue
            person = one.tail and _PERSON.search(one.tail[:24])
            found.update(dict.fromkeys(what.parties if person and what.parties else what.canonical))
    return tuple(found)


_GROUP = Prepared(
    r"(?:^|的)(?P<name>[\u4e00-\u9fff]{0,8}(?:联合工作组|联合委员会|联委会|混委会|联合指导委员会|协调委员会|秘书处|[省市县州]))$"
)
_BODY_ENDS = (
    "集团",
    "公司",
    "政府",
    "办",
    "厅",
    "局",
    "委",
    "站",
    "署",
    "院",
    "中心",
    "银行",
    "协会",
    "总会",
    "分署",
    "总站",
    "海关",
    "大学",
    "军区",
    "部",
)
_BRACKETS = re.compile("[()]")
_BRACKET = 400  # characters of the longest bracket of duties
_CITY = Prepared(r"^\w{2,3}([市县]政府)$")


_PLACES = ("省", "市", "自治区", "自治州", "县")
_OPENS_WITH = 40  # characters in which a text names the organisation that it opens with
_OPENING = 200  # characters at the beginning of a first item that may say which meeting speaks


# 「9月20日至21日，|二十国集团|财长和央行行长会议在澳大利亚举行」
_MEETS = Prepared("[^,;。的]{0,20}?(?:会议|峰会|会晤|理事会)(?:$|[^,;。的]{0,24}?(?:举行|召开|闭幕|开幕|结束|通过|发表))")
_WHEN = Prepared("[0-9年月日至到、,—-]*(?:上午|下午)?,?")


def speaker(document: Document) -> tuple[str, ...]:
    """Who speaks in a document of one country, or of none that is known.

    That is the State Council whose meeting is reported, the place that opens the title, or the organisation whose meeting it is.
    """
    title = fold(document.title.text).text.lstrip("《“「『 ") if document.title else ""
    preamble = document.preamble.text[:_OPENING] if document.preamble else ""
    first_item = document.items[0]
    if "国务院常务会议" in title + fold(preamble + first_item.body[:_OPENING]).text:
        return ("中国国务院",)
    first = next(iter(cut(title)), None) if title else None
    if first is not None and len(first.text) > 2 and first.text.endswith(_PLACES):
        return (first.text,)
    if document.document.parties:
        return ()
    for part in (document.title, document.preamble, first_item):
        agency = next(iter(part.agencies), None) if part else None
        if part is None or agency is None or agency.kind != "international" or agency.start >= part.start + _OPENS_WITH:
            continue
        start = part.body_start if isinstance(part, Item) else part.start
        before, behind = (fold(document.text[at:end]).text for at, end in ((start, agency.start), (agency.end, part.end)))
        meets = _MEETS.match(behind.partition("\n")[0]) and _WHEN.fullmatch(before.strip(" 《“"))
        if meets and not agency.canonical[0].endswith("论坛"):  # a forum has sides
            return agency.canonical
    return ()


_DEFINED = Prepared(r"[()]?以下(?:简|合|统)?称(?:为)?[“\"「]?双方")
_JOINED = frozenset("与和同及、")


def defined(document: Document) -> tuple[str, ...]:
    """The bodies that a preamble calls the two sides: 「甲国外交部与乙国外交部(以下简称“双方”)」; none where they are governments."""
    block = document.preamble
    if block is None:
        return ()
    folded = fold(block.text)
    match = _DEFINED.search(folded.text)
    if match is None:
        return ()
    at = folded.original(match.start()) + block.start
    run: list[Agency] = []
    for agency in reversed([agency for agency in block.agencies if agency.end <= at]):
        between = fold(block.text[agency.end - block.start : (run[0].start if run else at) - block.start]).text.strip("( ")
        if between not in (_JOINED if run else ("",)):
            break
        run.insert(0, agency)
    names = tuple(dict.fromkeys(name for agency in run for name in agency.canonical))
    return names if len(names) > 1 and not any(name.endswith("政府") for name in names) else ()


def named_group(thing: str) -> tuple[str, ...]:
    """The joint body or place that a subject ends in, which no lexicon has: 「…建立的|联合工作组」."""
    match = _GROUP.search(thing)
    return (match["name"],) if match else ()


def _opening(body: str) -> int:
    """Where the bracket opens that ends a text, which may hold others: 「(商务厅负责，涉及相关市(州)人民政府)」; -1 when none does."""
    depth = 0
    for match in _BRACKETS.finditer(body[::-1]):
        depth += 1 if match[0] == ")" else -1
        if depth == 0:
            return len(body) - match.end()
    return -1


def duties(item: Item, folded: Folded, start: int, end: int) -> tuple[str, ...]:
    """The bodies in the bracket that ends an item: 「(商务部牵头，海关总署配合)」; of several, those before 牵头."""
    start = max(start, end - _BRACKET)
    body = folded.text[start:end].rstrip(" \n。;")
    if not body.endswith(")"):
        return ()
    opened = _opening(body)
    if opened < 0:
        return ()
    first = start + opened + 1
    inside = body[opened + 1 : -1]
    label = _LABEL.search(inside)
    if label is not None:
        first += label.end()
        inside = _LABELLED.match(inside, label.end())[0]
    leads = _LEADS.search(inside)
    known = {folded.offset(agency.start): agency for agency in item.agencies}
    if label is None and leads is None and not (inside.endswith(_BODY_ENDS) or any(first <= at <= first + 3 for at in known)):
        return ()
    if leads is not None and leads.start() > 0:
        inside = inside[: leads.start()]
    names: dict[str, None] = {}
    cities: list[str] = []
    at, behind = first, first
    for piece in re.split("([、,;和 ])", inside):
        agency = next((known[i] for i in range(at, at + min(len(piece), 4)) if i in known), None)
        city = _CITY.match(piece)
        if city is not None:  # 「深圳、珠海市政府」
            names.update((f"{other}{city[1]}", None) for other in cities)
        if agency is not None:
            names.update(dict.fromkeys(agency.canonical))
            behind = folded.offset(agency.end)
        elif at >= behind and len(piece) > 2 and piece.endswith(_BODY_ENDS):
            names[piece] = None
        if piece not in "、,;和 ":
            cities = [*cities, piece] if len(piece) < 4 and agency is None else []
        at += len(piece)
    return tuple(names)
