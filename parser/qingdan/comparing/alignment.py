"""Which items of two lists belong together: kept, reworded, split, merged, new or dropped, and moved or not.

Items are paired one to one by the best total of their scores (similarity.py, assignment.py); what is left over, or badly
paired, joins the pair in which its words stand (grouping.py); moves.py says what moved.
"""

from __future__ import annotations

from collections.abc import Sequence

from qingdan.comparing.assignment import assigned
from qingdan.comparing.features import Side, side
from qingdan.comparing.forms import form
from qingdan.comparing.grouping import Groups
from qingdan.comparing.model import Evidence, Pair, PairStatus
from qingdan.comparing.moves import Group, moved
from qingdan.comparing.overrides import FILE, Override, decided
from qingdan.comparing.similarity import AGENCIES, CONTAINED, DICE, TOPIC, Likeness
from qingdan.model import Document, Item

# Chosen on the seeds 1000 to 1039 of tests/successors.py and the neighbours in samples/: pairs of those scored 0.34 and more (at 0.5
# of the characters changed, by far the most 0.45), strangers 0.28 and less but for near twins.
PAIRED = 0.33
# In a list of many items of one form, 「《中国海关总署与…关于…的协定》」, strangers score as high as 0.6: there a pair must score more.
ABOVE_NOISE = 0.15
NEVER_MORE = 0.65

LONGEST = 50_000  # characters of two texts that are compared in order: that is not linear

# What is typography in a topic or body besides width, blanks and quotation marks; a bullet ends with ; or 。 by its place in the list.
_PAUSES = str.maketrans({"、": ","})
_ENDS = ".;,:"


def align(old: Document, new: Document, overrides: Sequence[Override | tuple[str, str]] = ()) -> tuple[Pair, ...]:
    """The pairs of two lists, without what changed inside them. Every item of either stands in exactly one.

    overrides: (old id, new id) each, '' for none: what the user says, which nothing is set against.
    ``align(new, old)`` gives the same pairs seen from the other side. Raises QingdanError for overrides that cannot be.
    """
    given = decided(old, new, overrides)
    sides = side(old, [_plain(item) for item in old.items]), side(new, [_plain(item) for item in new.items])
    # Worked out in an order that does not depend on which is the older, so that ties fall the same way.
    if sides[0] > sides[1]:
        found = [(b, a, evidence) for a, b, evidence in _found(sides[1], sides[0], [(b, a) for a, b in given])]
    else:
        found = _found(sides[0], sides[1], given)
    groups = [(ours, theirs) for ours, theirs, _ in found]
    pairs = []
    for (ours, theirs, evidence), elsewhere in zip(found, moved(old, new, groups), strict=True):
        ids = tuple(old.items[i].id for i in ours), tuple(new.items[j].id for j in theirs)
        status = _status(ours, theirs, sides)
        words = evidence.body if evidence is not None else None
        pairs.append(Pair(*ids, status, elsewhere, _similarity(ours, theirs, sides, status, words), evidence))
    return tuple(pairs[k] for k in _order(groups))


def _found(old: Side, new: Side, given: Sequence[Group]) -> list[tuple[tuple[int, ...], tuple[int, ...], Evidence | None]]:
    """All groups of items by index, with their evidence."""
    groups: list[tuple[Group, str]] = [(group, FILE) for group in given]
    closed = {i for ours, _ in given for i in ours}, {j for _, theirs in given for j in theirs}
    if not old.bodies or not new.bodies:
        rest: list[Group] = []
        likeness = None
    else:
        likeness = Likeness(old, new)
        edges = likeness.edges(PAIRED, closed)
        least = min(max(PAIRED, edges.noise + ABOVE_NOISE), NEVER_MORE)
        pairs = assigned(edges, least, len(old.bodies), len(new.bodies))
        scores = dict(zip(zip(edges.old.tolist(), edges.new.tolist(), strict=True), edges.scores.tolist(), strict=True))
        grouped = Groups(likeness, pairs, {pair: scores[pair] for pair in pairs}, closed)
        grouped.join()
        rest = grouped.result()
    groups += [(group, "") for group in rest]
    for here, bodies in enumerate((old.bodies, new.bodies)):
        taken = {k for group, _ in groups for k in group[here]}
        groups += [((((k,), ()) if here == 0 else ((), (k,))), "") for k in range(len(bodies)) if k not in taken]
    return [(*group, _evidence(likeness, group, by)) for group, by in groups]


def _evidence(likeness: Likeness | None, group: Group, by: str) -> Evidence | None:
    """What speaks for a group; of new and dropped items only that the user said so."""
    old, new = group
    if not old or not new or likeness is None:
        return Evidence(by) if by else None
    words, topic, agencies = (
        feature.likeness(old, new) for feature in (likeness.words, likeness.topics, likeness.agencies)
    )  # fmt: skip
    section, number = likeness.standing(old[0], new[0])
    weighed = {"body": (DICE + CONTAINED) * (words or 0), "topic": TOPIC * (topic or 0), "agencies": AGENCIES * (agencies or 0)}
    most = max(weighed, key=lambda name: weighed[name])
    figures = (None if value is None else round(value, 3) for value in (words, topic, agencies, section, number))
    return Evidence(by or ("contained" if len(old) + len(new) > 2 else most), *figures)


def _status(ours: tuple[int, ...], theirs: tuple[int, ...], sides: tuple[Side, Side]) -> PairStatus:
    if not ours or not theirs:
        return "dropped" if ours else "new"
    if len(ours) > 1 or len(theirs) > 1:
        return "split" if len(theirs) > 1 else "merged"
    return "kept" if sides[0].equal[ours[0]] == sides[1].equal[theirs[0]] else "reworded"


def _similarity(
    ours: tuple[int, ...], theirs: tuple[int, ...], sides: tuple[Side, Side], status: PairStatus, words: float | None
) -> float | None:
    """How much of the texts is the same, in order; the parts of a split or merge one behind the other. Of very long ones the words."""
    if not ours or not theirs:
        return None
    if status == "kept":
        return 1.0
    from rapidfuzz import fuzz

    texts = ["".join(own.topics[k] + own.bodies[k] for k in group) for own, group in zip(sides, (ours, theirs), strict=True)]
    if len(texts[0]) * len(texts[1]) > LONGEST**2:
        return words
    return round(fuzz.ratio(*texts) / 100, 3)


def _order(groups: Sequence[Group]) -> list[int]:
    """The places of groups in the order of the new list, dropped ones behind what stood before them in the old."""
    after = {ours[0]: theirs[0] for ours, theirs in groups if ours and theirs}
    ranks: list[tuple[int, int, int]] = []
    last = -1
    before: dict[int, int] = {}
    for i in sorted(ours[0] for ours, _ in groups if ours):
        last = after.get(i, last)
        before[i] = last
    for ours, theirs in groups:
        ranks.append((theirs[0], 0, 0) if theirs else (before[ours[0]], 1, ours[0]))
    return sorted(range(len(groups)), key=ranks.__getitem__)


def _plain(item: Item) -> str:
    """What is equal in items that differ in typography alone."""
    topic, body = (form(text or "").text.translate(_PAUSES).rstrip(_ENDS) for text in (item.topic, item.body))
    return f"{topic}:{body}"
