"""The sides of a document: states and organisations, read off its title, its preamble, and how its text speaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import regex

from qingdan.data import read_rows
from qingdan.finding.lexicon import lexicon
from qingdan.finding.words import cut
from qingdan.model import Block, Document
from qingdan.reading.folding import fold, fold_whole


def parties_of(document: Document, title: str) -> tuple[str, ...]:
    """The sides: those of 中美… or full names in the title, else of 中美双方 in the preamble, else the issuing state's."""
    preamble = document.preamble.text if document.preamble else ""
    if several := _standing(title, everywhere=True):
        return several
    if len(found := _countries(fold(title).text, document.text)) > 1:
        return found
    first = document.items[0].body[:200] if document.items else ""
    if several := _standing(preamble[:400], everywhere=False) or _standing("" if preamble else first, everywhere=False):
        return several
    for text in (preamble[:400], preamble[-200:]):
        found = _countries(fold(text).text, document.text)
        if len(found) > 1:
            return found
    if not title and not preamble and len(found := _countries(fold(first).text, document.text)) == 2:
        return found
    if found := _organisation(title, preamble, first) or _met(f"{title}\n{preamble[:400]}\n{first}"):
        return found
    blocks = [block for block in (document.title, document.preamble) if block]
    return next(filter(None, map(_two_bodies, blocks)), ()) or _addressed(document.text) or _first_body(blocks)


def _first_body(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The state of the first body that is named."""
    return next((agency.parties for block in blocks for agency in block.agencies if agency.parties), ())


def _two_bodies(block: Block) -> tuple[str, ...]:
    """The two states whose bodies a block joins: 「…外交部与…外交部关于…的议定书」."""
    for one, other in pairwise(block.agencies):
        between = fold(block.text[one.end - block.start : other.start - block.start]).text.strip()
        if between in ("与", "和", "同", "及", "、", "—") and len({*one.parties, *other.parties}) == 2:
            return (*one.parties, *other.parties)
    return ()


_PAIR = regex.compile(r"(?P<pair>中\p{Han}|\p{Han}中)(?:两国|双方)")
_SIDE = regex.compile(r"(?P<side>[^\P{Han}中东西南北])方(?![案式法向面针便])")


def _addressed(text: str) -> tuple[str, ...]:
    """China and the one state beside it that a text without a telling title speaks of: 「美中两国」, or 「中方…」 with 「美方…」."""
    folded = fold_whole(text).text
    if "双方" not in folded and "两国" not in folded:
        return ()
    shorts = lexicon().shorts
    pairs = {match["pair"] for match in _PAIR.finditer(folded) if match["pair"].strip("中") in shorts}
    spoken = {pair.strip("中") for pair in pairs}
    if not spoken and "中方" in folded:
        spoken = {match["side"] for match in _SIDE.finditer(folded)} & shorts.keys()
    if not spoken:
        return ()
    named = {hit.name.country for hit in lexicon().find(folded)}  # 法方 is France's where France is named
    others = {country for short in spoken for country in shorts[short] if country in named}
    if len(others) != 1:
        return ()
    return (*others, "中国") if pairs and all(pair.endswith("中") for pair in pairs) else ("中国", *others)


_WE = regex.compile("我 ?们 ?, ?")
_MEMBERS = regex.compile(r"[ ()\p{Latin}]{0,16}(?:成员|\p{Han}{0,4}(?:领导人|元首|首脑|部长|外长))")


def _organisation(title: str, preamble: str, first: str) -> tuple[str, ...]:
    """The organisation whose members speak: 「我们,〈organisation〉各成员」, or a title such as 「〈organisation〉外长会议声明」."""
    words = lexicon()
    for text, ours in ((title, True), (preamble[:400], False), (first, False)):
        folded = fold(text).text
        places = None if ours else {match.end() for match in _WE.finditer(folded)}
        if places is not None and not places:
            continue
        for hit in words.find(folded):
            bodies = hit.name.bodies
            international = bodies and bodies[0].kind == "international"
            if international and (places is None or hit.start in places) and _MEMBERS.match(folded, hit.end):
                return (bodies[0].name,)
    return ()


_CHINESE_HEAD = regex.compile("国家主席|国家副主席|国务院总理|国务院副总理|国务委员|全国人大常委会委员长|外交部长")
_FOREIGN_HEAD = regex.compile("(?:政府)?(?:国家)?(?:总统|副总统|首相|副首相|总理|副总理|国王|女王|元首|主席|议长|外长|外交大臣|国务卿)")
_MEETING = regex.compile("会谈|会见|会晤|通电话|视频通话")


def _met(text: str) -> tuple[str, ...]:
    """China and the one country whose head met China's: 「国家主席…同X国总统…举行会谈」."""
    folded = fold(text).text
    if not _MEETING.search(folded):
        return ()
    behind = {hit.end: hit.name.country for hit in lexicon().find(folded) if hit.name.country}
    if all(behind.get(match.start(), "中国") != "中国" for match in _CHINESE_HEAD.finditer(folded)):
        return ()
    others = {country for end, country in behind.items() if country != "中国" and _FOREIGN_HEAD.match(folded, end)}
    return ("中国", *others) if len(others) == 1 else ()


def _standing(text: str, everywhere: bool) -> tuple[str, ...]:
    """The sides of a meeting that data/sides.csv knows; ``everywhere`` whether words count that say so in a title alone."""
    folded = _DASHES.sub("—", fold(text).text)
    for word, parties, within in _sides():
        at = folded.find(word) if everywhere or within else -1
        # A title 「中方参加上海合作组织峰会成果清单」 is of no list of the organisation.
        if at >= 0 and (len(parties) > 1 or not everywhere or "中" not in folded[:at]):
            return parties
    return ()


_DASHES = regex.compile("[—–-]{1,2}")


@cache
def _sides() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    rows = read_rows("sides.csv")
    return tuple((row["word"], tuple(row["parties"].split("|")), row["within"] != "") for row in rows)


def _countries(text: str, whole: str) -> tuple[str, ...]:
    words = lexicon()
    for word in cut(text):
        if len(word.text) in (2, 3) and "中" in word.text and all(c in words.shorts for c in word.text):
            return tuple(_by_short(c, whole) for c in word.text)
        if word.text in _WITH_ORGANISATIONS:
            return ("中国", _WITH_ORGANISATIONS[word.text])
    hits = [hit.name.country for hit in words.find(text) if hit.name.country]
    return tuple(dict.fromkeys(hits)) if len(set(hits)) > 1 else _with_organisation(text) or tuple(dict.fromkeys(hits))


# 「中欧领导人会晤」: an organisation is the other side.
_WITH_ORGANISATIONS = {"中欧": "欧洲联盟"}
_JOINED_BY = regex.compile(r"(?:中国|中华人民共和国)(?:[—–-]{1,2}|[和与同])(?=\p{Han})")


def _with_organisation(text: str) -> tuple[str, ...]:
    """「中国—东盟自由贸易区」: China and the organisation that a dash joins to it."""
    words = lexicon()
    match = _JOINED_BY.search(text)
    hit = next((hit for hit in words.find(text) if match and hit.start == match.end()), None)
    if hit is None or not hit.name.bodies or hit.name.bodies[0].kind != "international":
        return ()
    return ("中国", hit.name.bodies[0].name)


def _by_short(short: str, whole: str) -> str:
    """「巴」 is Pakistan or Brazil: the one that the document names more often, else the first in the list."""
    names = lexicon().shorts[short]
    if len(names) == 1:
        return names[0]
    folded = fold(whole).text
    return max(names, key=lambda name: (folded.count(name), -names.index(name)))
