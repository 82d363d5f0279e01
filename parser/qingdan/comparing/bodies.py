"""Bodies of a pair: which joined, which left, and which go on under another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from qingdan.comparing.likeness import best_pairs
from qingdan.comparing.model import Change
from qingdan.comparing.sides import Side
from qingdan.data import read_rows
from qingdan.finding.lexicon import Body, lexicon
from qingdan.model import Agency

# Per cent of the characters that the old and the new name of a body share which no succession records. The three invented renamings of the
# three rounds share 88 to 93 (81 over both years); every value from 60 to 86 finds the same there, 90 loses two.
RENAMED = 78.0
YEARS_MEET = 60.0  # the same where one name ends in the year in which the other begins
_SHORTEST_TAIL = 4  # characters of a name that may stand for a longer one that ends in it: 「反腐败工作组」


class Named(NamedTuple):
    """A body on one side of a pair: its canonical name, its row of the lexicon, and its first mention."""

    name: str
    body: Body | None
    mention: Agency


def body_changes(old: Side, new: Side) -> Iterator[Change]:
    """Bodies on one side only. One body written in two ways (a chain, an abbreviation) is one body."""
    befores, afters = _named(old), _named(new)
    everyone = [*befores.values(), *afters.values()]
    left = [own for own in befores.values() if not any(_same(own, other, everyone) for other in afters.values())]
    joined = [own for own in afters.values() if not any(_same(own, other, everyone) for other in befores.values())]
    rated = [
        (score, i, j) for i, one in enumerate(left) for j, other in enumerate(joined)
        if (score := _renaming(one, other))
    ]  # fmt: skip
    pairs = best_pairs(rated, RENAMED)
    for i, j in pairs:
        yield _change("renamed", old, new, left[i], joined[j])
    # 「文化部、国家旅游局 → 文化和旅游部」: the other of two that became one did not leave either.
    followed = [(left[i], joined[j]) for i, j in pairs]
    gone = [own for n, own in enumerate(left) if n not in {i for i, _ in pairs}]
    come = [own for n, own in enumerate(joined) if n not in {j for _, j in pairs}]
    for one in gone:
        heir = next((other for _, other in followed if _succeeds(one, other)), None)
        heir = heir or next((other for other in afters.values() if _succeeds(one, other)), None)
        yield _change("renamed" if heir else "left", old, new, one, heir)
    for other in come:
        origin = next((one for one, _ in followed if _succeeds(one, other)), None)
        origin = origin or next((one for one in befores.values() if _succeeds(one, other)), None)
        yield _change("renamed" if origin else "joined", old, new, origin, other)


def _named(side: Side) -> dict[str, Named]:
    """The bodies of a side, each once, in the order in which they come."""
    found: dict[str, Named] = {}
    for item in side.items:
        for mention in item.agencies:
            for name in mention.canonical:
                if name not in found:
                    found[name] = Named(name, _row(name, mention), mention)
    # 「反腐败工作组」 is the group that the same text names in full.
    return {name: own for name, own in found.items() if own.body is not None or not _named_in_full(name, found)}


def _named_in_full(name: str, others: Iterable[str]) -> bool:
    return len(name) >= _SHORTEST_TAIL and sum(other != name and other.endswith(name) for other in others) == 1


def _row(name: str, mention: Agency) -> Body | None:
    """The row of the lexicon that a canonical name comes from."""
    known = lexicon()
    kind, _, id = mention.rule.partition(":")
    if kind == "lexicon" and len(mention.canonical) == 1 and known.has(id):
        return known.by_id(id)
    hit = known.get(name)
    bodies = hit.bodies if hit else ()
    return next((body for body in bodies if body.name == name), None)


def _same(one: Named, other: Named, everyone: list[Named]) -> bool:
    """Whether two names are of one body: by the lexicon, by the last link of a chain, or because one is the end of the other.

    「国土安全部移民海关执法局」 is 「移民与海关执法局」; a group is named in full once and then by its end.
    """
    if one.name == other.name:
        return True
    if one.body is not None and other.body is not None:
        return one.body.id == other.body.id
    a, b = (_link(own) for own in (one, other))
    if a is not None and b is not None:
        return a.id == b.id
    short, long = sorted((one.name, other.name), key=len)
    if len(short) < _SHORTEST_TAIL or not long.endswith(short):
        return False
    # Where two longer names end so, the short one may be either.
    return sum(own.name != short and own.name.endswith(short) for own in everyone if own.name != long) == 0


def _link(own: Named) -> Body | None:
    """The body of the lexicon that a name means: its own row, or that of the end of a chain, in its country."""
    if own.body is not None:
        return own.body
    return _chain_end(own.name, own.mention.parties)


@cache
def _chain_end(name: str, parties: tuple[str, ...]) -> Body | None:
    known = lexicon()
    for party in parties:
        for start in range(2, len(name) - 3):
            body = known.body(party, name[start:])
            if body is not None and known.get(name[:start]) is not None:
                return body
    return None


@cache
def _heirs() -> dict[str, frozenset[str]]:
    """The ids of the bodies that took over from each, at once or in steps."""
    direct: dict[str, set[str]] = {}
    for row in read_rows("successions.csv"):
        direct.setdefault(row["old"], set()).add(row["new"])
    found: dict[str, frozenset[str]] = {}
    for start in direct:
        seen: set[str] = set()
        ahead = [start]
        while ahead:
            ahead = [heir for body in ahead for heir in direct.get(body, ()) if heir not in seen]
            seen.update(ahead)
        found[start] = frozenset(seen)
    return found


def _succeeds(one: Named, other: Named) -> bool:
    """Whether one body took over from the other, whichever is the older."""
    a, b = _link(one), _link(other)
    return a is not None and b is not None and (b.id in _heirs().get(a.id, ()) or a.id in _heirs().get(b.id, ()))


def _years_meet(one: Body, other: Body) -> bool:
    return (one.until is not None and one.until == other.since) or (other.until is not None and other.until == one.since)


def _renaming(one: Named, other: Named) -> float:
    """How surely a body that left goes on as one that joined: 100 by the lexicon, else the likeness of the names."""
    if _succeeds(one, other):
        return 200.0
    if one.mention.kind != other.mention.kind:
        return 0.0
    if one.body is not None and other.body is not None:  # two rows of the lexicon are one body only where the years of their names meet
        met = one.body.party == other.body.party and _years_meet(one.body, other.body)
        likeness = fuzz.ratio(one.name, other.name)
        return 100.0 + likeness if met and likeness >= YEARS_MEET else 0.0
    if set(one.mention.parties) != set(other.mention.parties) and one.mention.parties and other.mention.parties:
        return 0.0
    return fuzz.ratio(one.name, other.name)


def _change(kind: str, old: Side, new: Side, one: Named | None, other: Named | None) -> Change:
    return Change(
        "agency", kind, one.name if one else None, other.name if other else None,
        old_part=old.part(one.mention.start, one.mention.end) if one else None,
        new_part=new.part(other.mention.start, other.mention.end) if other else None,
    )  # fmt: skip
