"""Commitments of a pair of items: promised anew or no more, with a firmer or a weaker verb, or turned into their opposite."""

from __future__ import annotations

from collections.abc import Iterator

from qingdan.comparing.forms import keys
from qingdan.comparing.likeness import best_pairs, likeness
from qingdan.comparing.model import Change, Part
from qingdan.comparing.sentences import Matching
from qingdan.comparing.sides import Side, follows, plain
from qingdan.comparing.tenses import reports
from qingdan.model import Commitment, CommitmentClass

# How firm an act is. Who seeks or plans (寻求 计划) leaves open whether it comes about; who decides (决定 将) does not; what is signed or
# built needs no promise any more. To go on (决定继续) binds as much as to begin: 决定 → 决定继续 says that a thing runs, and is no step up
# or down. Stances (重申 欢迎 呼吁 认为) are no doing of one's own, so what binds is firmer (承诺建设 → 重申致力于建设 is weaker), but no
# stance is firmer than another, nor less than a hedge (寻求建立 → 重申落实), and one on what was done (欢迎签署) is no step back from it,
# nor from the promise to do it (决定于1月举行会间会 → 对1月举行的会间会表示满意).
STRENGTH: dict[CommitmentClass, int] = {"intended": 1, "committed": 2, "continued": 2, "accomplished": 3}
_BINDING = frozenset(("committed", "continued"))
_STANCES_ON_THE_PAST = frozenset(("welcomed", "viewed"))
# From which likeness two clauses are one promise: the mean of the share of words that the poorer has in common with the other and of the
# letters in common. In sentences that became one another the neighbours speak for a pair as well; elsewhere the words do alone.
ALIKE_TOGETHER = 0.4
ALIKE_APART = 0.6
_TOGETHER = 0.2  # what a pair in such sentences is worth more than one elsewhere


def commitment_changes(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """What became of the commitments of one side; one that is only reworded gives nothing, its sentence tells it."""
    befores, afters = _commitments(old), _commitments(new)
    pairs = _pairs(old, new, befores, afters, matching)
    for i, j in pairs:
        one, other = befores[i], afters[j]
        if change := change_between(one, other, old.part(one.start, one.end), new.part(other.start, other.end)):
            yield change
    matched = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, one in enumerate(befores):
        if i not in matched[0]:
            yield Change("commitment", "gone", one.class_, None, old_part=old.part(one.start, one.end))
    for j, other in enumerate(afters):
        if j not in matched[1]:
            yield Change("commitment", "added", None, other.class_, new_part=new.part(other.start, other.end))


def change_between(one: Commitment, other: Commitment, old_part: Part, new_part: Part) -> Change | None:
    """What became of a commitment that stands in both lists; None where it is no firmer and no weaker."""
    if one.polarity != other.polarity:
        return Change("commitment", "reversed", one.polarity, other.polarity, old_part=old_part, new_part=new_part)
    kind = step(one.class_, other.class_)
    if kind is None:
        return None
    kind = "changed" if _looks_back(one) or _looks_back(other) else kind
    return Change("commitment", kind, one.class_, other.class_, old_part=old_part, new_part=new_part)


def step(old: CommitmentClass, new: CommitmentClass) -> str | None:
    """``strengthened``, ``weakened``, ``changed`` between classes of no common scale; None where neither is firmer."""
    if old != new and (old not in STRENGTH or new not in STRENGTH) and old not in _BINDING and new not in _BINDING:
        return "changed"
    before, after = STRENGTH.get(old, 0), STRENGTH.get(new, 0)
    return None if before == after else "strengthened" if before < after else "weakened"


def _looks_back(commitment: Commitment) -> bool:
    """Whether a stance is on what has been done: 赞赏 满意 注意到, where nothing is said to come."""
    return commitment.class_ in _STANCES_ON_THE_PAST and reports(commitment.text, "")


def strongest(commitments: Iterator[Commitment]) -> CommitmentClass | None:
    """The firmest class of doing among commitments, of equally firm ones the first; None where nothing is done or promised."""
    doing = [own.class_ for own in commitments if own.class_ in STRENGTH and own.polarity == "positive"]
    return max(doing, key=STRENGTH.__getitem__, default=None)


def _commitments(side: Side) -> list[Commitment]:
    return [own for item in side.items for own in item.commitments]


def _pairs(old: Side, new: Side, befores: list[Commitment], afters: list[Commitment], matching: Matching) -> list[tuple[int, int]]:
    """Which commitment became which: equal ones, and the most alike, first where their sentences belong together."""
    sentences = [{i: side.sentence_at(own.start) for i, own in enumerate(found)} for side, found in ((old, befores), (new, afters))]
    ours, theirs = (keys([own.text for own in found]) for found in (befores, afters))
    matter = [[side.matter(plain(own.text)) for own in found] for side, found in ((old, befores), (new, afters))]
    in_order = follows(old.document, new.document)
    scored: list[tuple[float, int, int]] = []
    for i, j in matching.candidates(*sentences):
        # What was done is no weaker promise afterwards: 「召开了第二届」 → 「商定召开第三届」 is the next one.
        if in_order and befores[i].class_ == "accomplished" and STRENGTH.get(afters[j].class_, 3) < 3:
            continue
        together = matching.together(sentences[0][i], sentences[1][j])
        score = 1.0 if ours[i] == theirs[j] else _alike(ours[i], theirs[j], matter[0][i], matter[1][j])
        if score >= (ALIKE_TOGETHER if together else ALIKE_APART):
            scored.append((score + _TOGETHER * together, i, j))
    return best_pairs(scored, 0.0)


def _alike(one: str, other: str, matter: str, other_matter: str) -> float:
    from rapidfuzz import fuzz

    return (likeness(matter, other_matter) + fuzz.ratio(one, other) / 100) / 2
