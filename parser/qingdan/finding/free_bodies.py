"""Bodies that a head word alone gives where no mention stands: 「成立了|非法采伐问题工作组」, 「非洲|议会联盟」."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import msgspec
import regex

from qingdan.finding.bodies import heads
from qingdan.finding.found import Found
from qingdan.finding.left_edge import before_head, marked
from qingdan.finding.local_bodies import local_body, of_unit
from qingdan.finding.places import begins_with_unit
from qingdan.finding.quoted import quoted_before, quoted_whole
from qingdan.finding.scan import Scan
from qingdan.finding.shared_bodies import with_shared
from qingdan.finding.words import cut, regions
from qingdan.model import AgencyKind

_PLURAL = regex.compile(r"\p{Han}{1,6}?[和与同]\p{Han}{2,6}?国家")  # 「中国与非洲国家双边委员会」: one with each
_DASHES = frozenset("—–-－―")


def longer(scan: Scan, mention: Found, end: int, kind: AgencyKind) -> Found:
    """A chain stays as written, with the country before it: 美国国土安全部移民海关执法局."""
    if mention.rule == "local-body":
        return msgspec.structs.replace(mention, end=end, canonical=(mention.canonical[0] + scan.text[mention.end : end],))
    name = scan.text[mention.start : end]
    if mention.status == "inferred" and mention.country and not name.startswith(mention.country):
        name = mention.country + name
    if mention.kind == "international":
        kind = "international"
    return msgspec.structs.replace(mention, end=end, canonical=(name,), kind=kind, rule="chain")


def with_free(scan: Scan) -> list[Found]:
    """The mentions together with the bodies that head words give where no mention stands."""
    found = with_shared(scan)
    starts = [mention.start for mention in found]
    added: list[Found] = []
    for start, end in scan.heads.free:
        before = bisect_right(starts, start) - 1
        if before >= 0 and found[before].end > start:
            continue
        if before + 1 < len(found) and found[before + 1].start < end:
            continue
        last = found[before] if before >= 0 else None
        if added and (last is None or added[-1].end > last.end):
            last = added[-1]
        body = _closed_by(scan, start, end, last)
        if body is None:
            continue
        if last is not None and body.start == last.end and unit_of(last, body):
            # 「联合联络小组|反腐败工作组」: a body and its unit
            body = longer(scan, last, body.end, body.kind)
            if added and last is added[-1]:
                added[-1] = body
                body.rule = last.rule
            else:
                found[before] = body
        else:
            added.append(body)
    return sorted([*found, *added], key=lambda mention: mention.start) if added else found


def unit_of(last: Found, body: Found) -> bool:
    """Whether what a head word closes right behind a mention is a unit of it: 「中国科学院|地理科学与资源研究所」."""
    if body.rule == "local-body":  # 「国家税务总局|广东省税务局」
        return (
            body.status == "stated"
            and last.rule.startswith("lexicon:")
            and last.kind == "government"
            and not body.canonical[0].endswith("政府")
        )
    return body.rule == "head-word" and not body.country and not body.parties and last.rule not in ("shared-body", "defined-abbreviation")


def _closed_by(scan: Scan, start: int, end: int, last: Found | None) -> Found | None:
    """The body whose head word stands at text[start:end]; ``last`` is the mention before it."""
    text = scan.text
    head = heads()[text[start:end]]
    floor = last.end if last else 0
    if last is not None and start == floor and "body" in head.alone and last.rule in ("head-word", "chain", "local-body"):
        return scan.unknown(start, end, head.kind or "government", None)  # 「爱国卫生运动委员会|办公室」
    if not head.free:
        opening = _quoted(text, start, end, floor) if "quotation" in head.needs else None
        if opening is None:
            begun = marked(text, start, end, floor) if "pair" in head.needs else None
            opening = begun.start if begun and begun.kind != "place" else None
        if opening is not None:
            return _named(scan, opening, end, head.kind or "government")
        return local_body(scan, start, end, last) if "place" in head.needs else None
    opening = _quoted(text, start, end, floor)
    if opening is not None:
        return _named(scan, opening, end, head.kind or "government")
    body = before_head(text, start, end, floor)
    if body is None or _PLURAL.match(text, body.start, body.end):
        return None
    if begins_with_unit(text, body.start):  # 「市人民代表大会常务委员会」
        return of_unit(scan, body.start, body.end)
    return across_dash(scan, _named(scan, body.start, body.end, body.kind))


def _quoted(text: str, start: int, end: int, floor: int) -> int | None:
    whole = quoted_whole(text, start, end, floor)
    return quoted_before(text, start, end, floor) if whole is None else whole


def _named(scan: Scan, start: int, end: int, kind: AgencyKind) -> Found:
    """A body known by its head word alone, with the countries that its name opens with."""
    first = cut(scan.text[start:end])[0].text
    if len(first) > 1 and "中" in first and first not in regions() and all(c in scan.words.shorts for c in first):
        # 「中俄人文合作委员会」 belongs to both
        mention = scan.unknown(start, end, "group" if kind == "government" else kind, None)
        mention.parties = tuple(scan.words.shorts[c][0] for c in first)
        return mention
    names = (scan.words.get(scan.text[start : start + size]) for size in (6, 5, 4, 3, 2))
    return scan.unknown(start, end, kind, next((name.country for name in names if name and name.country), None))


def across_dash(scan: Scan, mention: Found) -> Found:
    """「中国—东盟环境保护合作中心」: the party before a dash belongs to a body that only its head word tells.

    So does the country right before it: 「中国|东盟商务理事会」.
    """
    if mention.rule not in ("chain", "head-word"):
        return mention
    dashed = scan.text[mention.start - 1 : mention.start] in _DASHES
    end = mention.start - (0 if not dashed else 2 if scan.text.startswith("——", mention.start - 2) else 1)
    at = bisect_left(scan.hits, (end,)) - 1
    before = scan.hits[at] if at >= 0 else None
    if before is None or before.end != end or before.name.country is None:
        return mention
    name = scan.text[before.start : mention.end]
    return msgspec.structs.replace(mention, start=before.start, canonical=(name,), parties=(before.name.country, *mention.parties))
