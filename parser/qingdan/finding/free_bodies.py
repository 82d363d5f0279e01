"""Bodies that a free head word gives where no mention stands: 「成立了|非法采伐问题工作组」, 「湖北省商务厅」."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import msgspec

from qingdan.finding.bodies import before_head, heads, place_of
from qingdan.finding.found import Found
from qingdan.finding.scan import Scan
from qingdan.finding.words import local_start
from qingdan.model import AgencyKind

_DASHES = frozenset("—–-－―")


def longer(scan: Scan, mention: Found, end: int, kind: AgencyKind) -> Found:
    """A chain stays as written, with the country before it: 美国国土安全部移民海关执法局."""
    name = scan.text[mention.start : end]
    if mention.status == "inferred" and mention.country and not name.startswith(mention.country):
        name = mention.country + name
    if mention.kind == "international":
        kind = "international"
    return msgspec.structs.replace(mention, end=end, canonical=(name,), kind=kind, rule="chain")


def with_free(scan: Scan) -> list[Found]:
    """The mentions together with the bodies that free head words give where no mention stands."""
    found = scan.found
    starts = [mention.start for mention in found]
    added: list[Found] = []
    for start, end in scan.heads.free:
        before = bisect_right(starts, start) - 1
        if before >= 0 and found[before].end > start:
            continue
        if before + 1 < len(found) and found[before + 1].start < end:
            continue
        floor = max(found[before].end if before >= 0 else 0, added[-1].end if added else 0)
        head = heads()[scan.text[start:end]]
        if head.local:
            place = max(local_start(scan.text, start, named=True), floor)
            if place == start and len(head.needs) > 1:  # 「湖北省商务厅」
                place = place_of(scan.text, start, end, floor)
            if place < start:  # 「加利福尼亚州政府」, but not 「省政府」
                added.append(Found(place, end, (scan.text[place:end],), "government", (), "local-body", "stated", None))
            continue
        body = before_head(scan.text, start, end, floor)
        if body is None:
            continue
        if added and body.start == added[-1].end:  # 「联合联络小组|反腐败工作组」: a body and its unit
            added[-1] = longer(scan, added[-1], body.end, body.kind)
            added[-1].rule = "head-word"
        else:
            added.append(across_dash(scan, _named(scan, body.start, body.end, body.kind)))
    return sorted([*found, *added], key=lambda mention: mention.start) if added else found


def _named(scan: Scan, start: int, end: int, kind: AgencyKind) -> Found:
    """A body known by its head word alone, with the countries that its name opens with."""
    pair = [scan.words.shorts[c][0] for c in scan.text[start : start + 2] if c in scan.words.shorts]
    if len(pair) == 2 and "中" in scan.text[start : start + 2]:  # 「中俄人文合作委员会」 belongs to both
        mention = scan.unknown(start, end, "group" if kind == "government" else kind, None)
        mention.parties = tuple(pair)
        return mention
    names = (scan.words.get(scan.text[start : start + size]) for size in (6, 5, 4, 3, 2))
    return scan.unknown(start, end, kind, next((name.country for name in names if name and name.country), None))


def across_dash(scan: Scan, mention: Found) -> Found:
    """「中国—东盟环境保护合作中心」: the party before a dash belongs to a body that only its head word tells."""
    if mention.rule not in ("chain", "head-word") or scan.text[mention.start - 1 : mention.start] not in _DASHES:
        return mention
    end = mention.start - (2 if scan.text.startswith("——", mention.start - 2) else 1)
    at = bisect_left(scan.hits, (end,)) - 1
    before = scan.hits[at] if at >= 0 else None
    if before is None or before.end != end or before.name.country is None:
        return mention
    name = scan.text[before.start : mention.end]
    return msgspec.structs.replace(mention, start=before.start, canonical=(name,), parties=(before.name.country, *mention.parties))
