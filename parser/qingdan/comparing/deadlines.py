"""Deadlines and other dates of a pair: moved, met, put off to the next round, new and gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as day
from typing import Literal, NamedTuple

import regex

from qingdan.comparing.likeness import best_pairs, likeness
from qingdan.comparing.model import Change
from qingdan.comparing.moments import Moment, moments
from qingdan.comparing.rounds import Session, same_series, sessions
from qingdan.comparing.sentences import Matching
from qingdan.comparing.sides import Side

# What clauses of two dates must share of the poorer one's words to be about one thing. On the planted dates of tests/test_alignment every
# value from 0.45 to 0.6 gives the same pairs.
ONE_THING = 0.5
IN_ONE_SENTENCE = 0.15  # added where one sentence became the other
IN_TIME = 0.25  # added where a report falls within the time that was promised
SAME_ROUND = 0.25  # added where both name the same round, taken off where only the report names one
TWO_VISITS = 0.25  # added where both are visits: all that the next one shares with the last may be that word
LIKE_VALUES = 0.1  # added where both are written alike: two days, two years

# What is done once and then is done: put off when a passed date gets a later one. Other things are held again each year.
_ONCE = regex.compile(
    r"签署|签订|完成|达成|实现|建成|竣工|开工|动工|批准|核准|生效|加入|提交|出台|颁布|印发|制定|修订|启用|开通|落成|取消|废除"
)
_AGAIN = regex.compile(r"继续|再次|下一|新一|每年|年度|定期")
_OFFICE = regex.compile(r"\p{Han}{2}(?:总统|(?<!国家)主席|总理|首相|国王|国务卿)|(?:国家主席|(?<=国)(?:总统|总理|首相|国王))\p{Han}{2}")


class _Met(NamedTuple):
    """A deadline of the old list that the new one reports as met, and where."""

    old: int
    new: int | None


def date_changes(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """What became of the dates, each once: those of equal sentences only where their values differ (「今年」 a year later)."""
    befores, afters = moments(old), moments(new)
    if not befores and not afters:
        return
    open_old, open_new = dict(enumerate(befores)), dict(enumerate(afters))
    told: set[tuple[object, ...]] = set()

    def change(
        i: int | None, j: int | None, field: Literal["deadline", "date"], kind: str, difference: int | None = None
    ) -> Iterator[Change]:
        one, other = (befores[i] if i is not None else None), (afters[j] if j is not None else None)
        if i is not None:
            open_old.pop(i, None)
        if j is not None:
            open_new.pop(j, None)
        values = one.date.edtf if one else None, other.date.edtf if other else None
        if (field, kind, *values) not in told:
            told.add((field, kind, *values))
            yield Change(
                field, kind, *values, difference=difference,
                old_part=old.part(one.date.start, one.date.end) if one else None,
                new_part=new.part(other.date.start, other.date.end) if other else None,
            )  # fmt: skip

    today = new.document.document.reference_date if _follows(old, new) else None
    pairs = _paired(befores, afters, open_old, open_new, matching)
    for i, j in pairs:
        if befores[i].date.edtf == afters[j].date.edtf:
            del open_old[i], open_new[j]
    for i, j in pairs:
        if i in open_old:
            if befores[i].deadline and afters[j].deadline:
                yield from change(i, j, *_moved(befores[i], afters[j], today))
            else:
                yield from change(i, j, "date", "changed")
    _cancel(befores, afters, open_old, open_new, matching)
    if today:
        for met in _met(befores, afters, open_old, open_new, matching, old, new):
            gap = None if met.new is None else days_between(befores[met.old], afters[met.new])
            yield from change(met.old, met.new, "deadline", "done", gap)
    candidates = [
        (score, i, j) for i, one in open_old.items() for j, other in open_new.items() if one.deadline and other.deadline
        if (score := _score(one, other, matching)) >= ONE_THING
    ]  # fmt: skip
    for i, j in best_pairs(candidates, ONE_THING):
        yield from change(i, j, *_moved(befores[i], afters[j], today))
    candidates = [
        (score, i, j) for i, one in open_old.items() for j, other in open_new.items()
        if not one.deadline and not other.deadline and _one_sentence(one, other, matching) and _open(one) == _open(other)
        if (score := _score(one, other, matching)) >= ONE_THING
    ]  # fmt: skip
    for i, j in best_pairs(candidates, ONE_THING):
        yield from change(i, j, "date", "changed")
    # A year that stays in the text is not gone because it is named less often, nor one that a change has told.
    values = [{row[side] for row in told if row[0] == "date"} for side in (2, 3)]
    for i in list(open_old):
        if not _stays(befores[i], afters) and (befores[i].deadline or befores[i].date.edtf not in values[0]):
            yield from change(i, None, "deadline", "removed") if befores[i].deadline else change(i, None, "date", "gone")
    for j in list(open_new):
        if not _stays(afters[j], befores) and (afters[j].deadline or afters[j].date.edtf not in values[1]):
            yield from change(None, j, "deadline" if afters[j].deadline else "date", "added")


def _follows(old: Side, new: Side) -> bool:
    before, after = old.document.document.reference_date, new.document.document.reference_date
    return before is not None and after is not None and before < after


def _paired(
    befores: Sequence[Moment], afters: Sequence[Moment], open_old: dict[int, Moment], open_new: dict[int, Moment], matching: Matching
) -> list[tuple[int, int]]:
    """The dates of sentences that are equal, one by one."""
    pairs: list[tuple[int, int]] = []
    for i, j in matching.equal.items():
        ours = [n for n in open_old if befores[n].sentence == i]
        theirs = [n for n in open_new if afters[n].sentence == j]
        if len(ours) == len(theirs):
            pairs += zip(ours, theirs, strict=True)
    return pairs


def _cancel(
    befores: Sequence[Moment], afters: Sequence[Moment], open_old: dict[int, Moment], open_new: dict[int, Moment], matching: Matching
) -> None:
    """Take away what both sides have: in one sentence first, then anywhere."""
    for within in (True, False):
        for i in list(open_old):
            one = befores[i]
            for j in list(open_new):
                same = one.date.edtf == afters[j].date.edtf and one.deadline == afters[j].deadline
                if same and (not within or _one_sentence(one, afters[j], matching)):
                    del open_old[i], open_new[j]
                    break


def _stays(one: Moment, others: Sequence[Moment]) -> bool:
    """Whether the other side has a date too: of a deadline, by which the same thing is due."""
    same = [other for other in others if other.date.edtf == one.date.edtf and other.deadline == one.deadline]
    return any(not one.deadline or likeness(one.matter, other.matter) >= ONE_THING for other in same)


def _one_sentence(one: Moment, other: Moment, matching: Matching) -> bool:
    return one.sentence is not None and other.sentence is not None and matching.partner(one.sentence) == other.sentence


def _score(one: Moment, other: Moment, matching: Matching) -> float:
    score = likeness(one.matter, other.matter)
    if _one_sentence(one, other, matching):
        score += IN_ONE_SENTENCE
    if one.fine == other.fine and len(one.date.edtf or "") == len(other.date.edtf or ""):
        score += LIKE_VALUES
    if _visitor(one.clause) and _visitor(other.clause):
        score += TWO_VISITS
    return score


def _met(
    befores: Sequence[Moment], afters: Sequence[Moment], open_old: dict[int, Moment], open_new: dict[int, Moment], matching: Matching,
    old: Side, new: Side,
) -> list[_Met]:  # fmt: skip
    """The deadlines that the new list reports as met, with the date where it gives one.

    A report competes with the other readings of its date: that it is the date of last year's session, moved on.
    """
    since = old.document.document.reference_date or ""
    rated: list[tuple[float, int, int]] = []
    for j, other in open_new.items():
        if other.deadline:
            continue
        for i, one in open_old.items():
            score = _score(one, other, matching)
            if one.deadline:
                if not other.reported or other.date.latest is None or other.date.latest <= since:
                    continue
                score -= LIKE_VALUES if one.fine == other.fine and len(one.date.edtf or "") == len(other.date.edtf or "") else 0
                if (one.date.latest or "") >= (other.date.earliest or ""):
                    score += IN_TIME
                if one.rounds and other.rounds:
                    if not _one_round(one, other):
                        continue
                    score += SAME_ROUND
                elif other.rounds:
                    score -= SAME_ROUND
            elif not _one_sentence(one, other, matching):
                continue
            rated.append((score, i, j))
    found = [_Met(i, j) for i, j in best_pairs(rated, ONE_THING + IN_TIME / 2) if befores[i].deadline]
    known = {met.old for met in found}
    ours, theirs = sessions(old), sessions(new)
    found += [_Met(i, None) for i, one in open_old.items() if i not in known and one.deadline and _held(one, afters, ours, theirs)]
    return found


def _held(one: Moment, afters: Sequence[Moment], ours: Sequence[Session], theirs: Sequence[Session]) -> bool:
    """Whether the round that was to be held by a deadline is named in the new list, and not as one to come.

    「JLG第十二次会议将于2014年秋举行」 → 「根据JLG第十二次会议讨论情况……第十三次会议将于2015年秋举行」.
    """
    for own in ours:
        if own not in one.rounds:
            continue
        named = [session for session in theirs if session.number == own.number and same_series(own, session)]
        coming = {m.sentence for m in afters if m.deadline and own.number in {session.number for session in m.rounds}}
        if named and any(session.number > own.number and same_series(own, session) for session in theirs):
            return all(session.sentence not in coming for session in named)
    return False


def _open(moment: Moment) -> bool:
    """Whether a date has no end: 「2015年以来」 did not become 「2030年」."""
    return moment.date.latest is None


def _last(moment: Moment) -> day | None:
    return day.fromisoformat(moment.date.latest) if moment.date.latest else None


def days_between(one: Moment, other: Moment) -> int | None:
    """The days from the last day of one date to that of another; None where either is written more coarsely than to the month."""
    first, second = _last(one), _last(other)
    return (second - first).days if first and second and one.fine and other.fine else None


def _moved(one: Moment, other: Moment, today: str | None) -> tuple[Literal["deadline"], str, int | None]:
    """What became of a deadline that has another date now; ``today`` is the new list's, None where it is not the later one."""
    days = days_between(one, other)
    first, second = one.date.latest, other.date.latest
    if first is None or second is None or first == second or _within(one.date.edtf, other.date.edtf):
        return "deadline", "other", days
    if first > second:
        return "deadline", "earlier", days
    # A year that has begun passes with the list's own: 「2016年协调会前」 is said of one session, 「2017年协调会前」 of the next.
    passed = today is not None and (first < today or (not one.fine and (one.date.earliest or "9") <= today))
    return "deadline", _next(one, other) if passed else "later", days


def _next(one: Moment, other: Moment) -> str:
    """Whether a date that had passed went to the next session of the same thing, to another event, or was put off.

    The number of the session tells; without one, a visit is told by its visitor, and what is signed, built or completed is done once,
    while exercises, courses and seminars are held again.
    """
    if one.rounds and other.rounds:
        return "later" if _one_round(one, other) else "stepped"
    visitors = [_visitor(moment.clause) for moment in (one, other)]
    if all(visitors) and visitors[0] != visitors[1]:
        return "replaced"
    if one.by_the_calendar and one.date.text == other.date.text:
        return "stepped"
    again = _AGAIN.search(other.clause) is not None
    return "later" if not again and _ONCE.search(one.clause) and _ONCE.search(other.clause) else "stepped"


def _one_round(one: Moment, other: Moment) -> bool:
    """Whether two clauses name the same round of the same series."""
    return any(a.number == b.number and same_series(a, b) for a in one.rounds for b in other.rounds)


def _visitor(clause: str) -> str | None:
    """Who comes on a visit: the end of the name with its office."""
    found = _OFFICE.search(clause) if "访" in clause else None
    return found[0] if found else None


def _within(one: str | None, other: str | None) -> bool:
    """Whether one value lies in the other, so that neither is later: 2015 and 2015-06."""
    if not one or not other or one.startswith("../") or other.startswith("../"):
        return False
    short, long = sorted((one, other), key=len)
    return len(short) == 4 and long.startswith(short) and "/" not in long
