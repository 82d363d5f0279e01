"""Bodies of provinces, cities and counties: 「湖北省商务厅」, and 「省财政厅、公安厅」 in a text that says whose they are."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec
import regex

from qingdan.data import read_rows
from qingdan.finding.bodies import heads
from qingdan.finding.found import Found
from qingdan.finding.left_edge import marked, name_start
from qingdan.finding.places import UNITS, in_province, named_place
from qingdan.finding.scan import Scan
from qingdan.model import Status

_JOINED = regex.compile(r"、|和|与|及|以及|,?以及|或|,")
# 「各市、县人民政府」 「省、市财政厅」: each has one
_EACH = regex.compile(r"(?r)(?:[各该有关相每某级地上下设辖全或]|[省市县区州旗]、|自治区、|直辖市、)")
_OPENS = regex.compile(
    r"(?r)[^\p{Han}A-Za-z0-9]|[由经报向与同和及我请是]|会同|牵头|提请|报请|商请|配合|联合|组织|抄送|主送|征得|根据|按照|通过"
)

_GOES_ON = frozenset("员会托")  # 「市委员」 「县委会」


@cache
def _full() -> tuple[tuple[str, str], ...]:
    return tuple((row["short"], row["full"]) for row in read_rows("local_names.csv"))


@lru_cache(maxsize=4096)
def in_full(name: str) -> str:
    """A department's usual full name, without its place: 「发展改革委」 is 发展和改革委员会."""
    for short, full in _full():
        if name.startswith(short) and not name.startswith(full):
            name = full + name.removeprefix(short)
            break
    return name.removesuffix("委") + "委员会" if name.endswith("委") and len(name) > 2 else name


def local_body(scan: Scan, start: int, end: int, last: Found | None) -> Found | None:
    """The body of a place whose head word stands at text[start:end]; ``last`` is the mention before it."""
    text = scan.text
    floor = last.end if last else 0
    if text[start] in UNITS and text[start:end].endswith("委"):
        return _party_committee(scan, start, end)
    begun = marked(text, start, end, floor)
    kind = heads()[text[start:end]].kind or "government"
    if kind == "ngo" and (begun is None or begun.marker in UNITS):
        return None  # 「市律师协会」: a society is named with its place or not at all
    if begun is None:
        return _carried(scan, start, end, last)
    known = scan.words.get(begun.marker)
    if (known is not None and known.country is not None) or all(c in scan.words.shorts for c in begun.marker):
        return None  # 「中美海关」: of states, which are no places here
    if begun.marker not in UNITS:
        return msgspec.structs.replace(_found(scan, begun.start, end, begun.start, None), kind=kind)
    return of_unit(scan, begun.start, end)


def _party_committee(scan: Scan, start: int, end: int) -> Found | None:
    """「浙江省委」, and 「市委」 in a text that says which city it is from."""
    text = scan.text
    unit = text[start]
    if text[end : end + 1] in _GOES_ON:
        return None
    named = named_place(text, start)
    place = named + unit if named else scan.own_place.of(unit)
    if place is None or (named is None and _EACH.match(text, max(0, start - 4), start)):
        return None
    begin = start - len(named or "")
    begin -= 2 if text.startswith("中共", begin - 2) else 0
    status: Status = "stated" if named else "inferred"
    return Found(begin, end, (f"中国共产党{place}委员会",), "government", ("中国",), "local-body", status, None, place)


def of_place(scan: Scan, start: int, name: int, end: int) -> Found | None:
    """The body that the lexicon's name at text[name:end] is behind a place that begins at ``start``."""
    if scan.text[start:name] in UNITS:
        return of_unit(scan, start, end, known=True)
    return _found(scan, start, end, start, None)


def of_unit(scan: Scan, start: int, end: int, known: bool = False) -> Found | None:
    """「省财政厅」 at text[start:end]: a body of the place that the text is from, or of one that it leaves open.

    ``known`` when the lexicon has the name.
    """
    text = scan.text
    unit = next((unit for unit in UNITS if text.startswith(unit, start)), "")
    if _EACH.match(text, max(0, start - 4), start) or text.startswith("级", start + len(unit)):
        return None
    place = scan.own_place.of(unit)
    if (
        place is None
        and not known
        and (text.endswith("政府", start, end) or not _begins_item(text, start))
        and not scan.own_place.any_of(unit)
    ):
        return None  # 「省政府」 alone, in a text of nobody's: any
    return _found(scan, start, end, start + len(unit) if place else start, place)


def _begins_item(text: str, start: int) -> bool:
    return start == 0 or _OPENS.match(text, max(0, start - 2), start) is not None


def _carried(scan: Scan, start: int, end: int, last: Found | None) -> Found | None:
    """「省发展改革委、|公安厅」: what goes on from a body of a place belongs to it too."""
    if last is None or last.place is None:
        return None
    if name_start(scan.text, start, end, last.end) == last.end:  # 「省政府|金融办」
        return scan.unknown(last.end, end, "government", None)
    joint = _JOINED.match(scan.text, last.end)
    if joint is None or name_start(scan.text, start, end, joint.end()) != joint.end():
        return None
    return carried(scan, joint.end(), end, last.place)


def carried(scan: Scan, start: int, end: int, place: str) -> Found:
    """A body named without its place, which the one before it has."""
    name = scan.text[start:end]
    rest = name.removeprefix(place[-1])  # 「河北省委和|省政府」
    name = place + ("人民政府" if rest == "政府" else in_full(rest))
    return Found(start, end, (name,), "government", ("中国",), "local-body", "inferred", None, place)


def _found(scan: Scan, start: int, end: int, rest: int, place: str | None) -> Found:
    """``rest`` is where the name goes on behind a unit that stands for ``place``."""
    text = scan.text
    own = place or _place(text, start, end)
    if own is None:
        name = text[start:end]
    elif place and text.startswith("政府", rest):
        name = own + "人民" + text[rest:end]
    else:
        name = own + in_full(text[rest if place else start + len(own) : end])
    parties = ("中国",) if place or in_province(text, start) else ()
    return Found(start, end, (name,), "government", parties, "local-body", "inferred" if place else "stated", None, own)


def _place(text: str, start: int, end: int) -> str | None:
    match = regex.match(r"\p{Han}{0,11}?(?:自治区|特别行政区|[省市县区州])", text, pos=start, endpos=end)
    return match[0] if match else None
