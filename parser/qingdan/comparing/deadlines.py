"""Deadlines and other dates of a pair: moved, met, put off to the next round, new and gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as day
from typing import Literal, NamedTuple

import regex

from qingdan.comparing.likeness import best_pairs, likeness, straightest
from qingdan.comparing.model import Change
from qingdan.comparing.moments import Moment
from qingdan.comparing.rounds import Session, same_series, sessions
from qingdan.comparing.sentences import Matching
from qingdan.comparing.sides import Side, follows

# What clauses of two dates must share of the poorer one's words to be about one thing. On the planted changes of tests/test_alignment every
# value from 0.4 to 0.6 finds the same; 0.35 and 0.65 lose two and one.
ONE_THING = 0.5
IN_ONE_SENTENCE = 0.15  # added where one sentence became the other
IN_TIME = 0.25  # added where a report falls within the time that was promised
SAME_ROUND = 0.25  # added where both name the same round, taken off where only the report names one
TWO_VISITS = 0.25  # added where both are visits: all that the next one shares with the last may be that word
LIKE_VALUES = 0.1  # added where both are written alike: two days, two years

# What is held again each year goes to its next session when its date has passed; what is signed, built or opened is done once, and put off.
_HELD = regex.compile(
    r"举行|举办|召开|主办|承办|召集|开展|会议|会晤|会见|会谈|磋商|对话|论坛|研讨|交流|访|培训|演习|演练|演出|展览|比赛|选派|派遣|互派|派出"
)
_ONCE = regex.compile(
    r"签署|签订|完成|达成|实现|建成|竣工|开工|动工|批准|核准|生效|加入|提交|出台|颁布|印发|制定|修订|启用|开通|落成|取消|废除"
)
_AGAIN = regex.compile(r"继续|再次|下一|新一|每年|年度|定期")
_OFFICE = regex.compile(r"\p{Han}{2}(?:总统|(?<!国家)主席|总理|首相|国王|国务卿)|(?:国家主席|(?<=国)(?:总统|总理|首相|国王))\p{Han}{2}")


class _Met(NamedTuple):
    """A deadline of the old list that the new one reports as met, and where."""

    old: int
    new: int | None


def date_changes(old: Side, new: Side, matching: Matching, dates: tuple[list[Moment], list[Moment]]) -> Iterator[Change]:
    """What became of the dates, each once: those of equal sentences only where their values differ (「今年」 a year later)."""
    befores, afters = dates
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

    def near() -> list[tuple[int, int]]:
        return matching.candidates({i: one.sentence for i, one in open_old.items()}, {j: other.sentence for j, other in open_new.items()})

    today = new.document.document.reference_date if follows(old.document, new.document) else None
    pairs = _paired(befores, afters, matching)
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
        (score, i, j) for i, j in near()
        if befores[i].deadline and afters[j].deadline and (score := _score(befores[i], afters[j], matching)) >= ONE_THING
    ]  # fmt: skip
    for i, j in best_pairs(candidates, ONE_THING):
        yield from change(i, j, *_moved(befores[i], afters[j], today))
    candidates = [
        (score, i, j) for i, j in near()
        if not befores[i].deadline and not afters[j].deadline and _one_sentence(befores[i], afters[j], matching)
        if _open(befores[i]) == _open(afters[j]) and (score := _score(befores[i], afters[j], matching)) >= ONE_THING
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


def _paired(befores: Sequence[Moment], afters: Sequence[Moment], matching: Matching) -> list[tuple[int, int]]:
    """The dates of sentences that are equal, one by one."""
    sentences: tuple[dict[int | None, list[int]], ...] = ({}, {})
    for found, where in ((befores, sentences[0]), (afters, sentences[1])):
        for n, own in enumerate(found):
            where.setdefault(own.sentence, []).append(n)
    pairs: list[tuple[int, int]] = []
    for i, j in matching.equal.items():
        ours, theirs = sentences[0].get(i, []), sentences[1].get(j, [])
        if len(ours) == len(theirs):
            pairs += zip(ours, theirs, strict=True)
    return straightest(pairs)


def _cancel(
    befores: Sequence[Moment], afters: Sequence[Moment], open_old: dict[int, Moment], open_new: dict[int, Moment], matching: Matching
) -> None:
    """Take away what both sides have: in one sentence first, then anywhere."""
    waiting: dict[tuple[str | None, bool], list[int]] = {}
    for j in open_new:
        waiting.setdefault((afters[j].date.edtf, afters[j].deadline), []).append(j)
    for within in (True, False):
        for i in list(open_old):
            same = waiting.get((befores[i].date.edtf, befores[i].deadline), [])
            found = next((j for j in same if not within or _one_sentence(befores[i], afters[j], matching)), None)
            if found is not None:
                same.remove(found)
                del open_old[i], open_new[found]


def _stays(one: Moment, others: Sequence[Moment]) -> bool:
    """Whether the other side has a date too: of a deadline, by which the same thing is due."""
    same = [other for other in others if other.date.edtf == one.date.edtf and other.deadline == one.deadline]
    return any(not one.deadline or likeness(one.matter, other.matter) >= ONE_THING for other in same)


def _one_sentence(one: Moment, other: Moment, matching: Matching) -> bool:
    return matching.together(one.sentence, other.sentence)


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
    sentences = {i: one.sentence for i, one in open_old.items()}, {j: other.sentence for j, other in open_new.items()}
    for i, j in matching.candidates(*sentences):
        one, other = befores[i], afters[j]
        if other.deadline:
            continue
        if one.deadline:
            # 「截至5月已引进60家」 tells how far it has come.
            so_far = other.lead.endswith(("截至", "截止", "截止到", "到"))
            if other.reported and not so_far and other.date.latest is not None and other.date.latest > since:
                rated.append((_report(one, other, matching), i, j))
        elif _one_sentence(one, other, matching):
            rated.append((_score(one, other, matching), i, j))
    found = [_Met(i, j) for i, j in best_pairs(rated, ONE_THING + IN_TIME / 2) if befores[i].deadline]
    known = {met.old for met in found}
    ours, theirs = sessions(old), sessions(new)
    found += [_Met(i, None) for i, one in open_old.items() if i not in known and one.deadline and _held(one, afters, ours, theirs)]
    return found


def _report(one: Moment, other: Moment, matching: Matching) -> float:
    """How surely a date is that at which a deadline was met; 0 where both name a round, and two."""
    score = _score(one, other, matching)
    score -= LIKE_VALUES if one.fine == other.fine and len(one.date.edtf or "") == len(other.date.edtf or "") else 0
    if (one.date.latest or "") >= (other.date.earliest or ""):
        score += IN_TIME
    if one.rounds and other.rounds:
        return score + SAME_ROUND if _one_round(one, other) else 0.0
    return score - SAME_ROUND if other.rounds else score


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
    if _AGAIN.search(other.scope):
        return "stepped"
    if _ONCE.search(one.clause) and _ONCE.search(other.clause):
        return "later"
    held = _HELD.search(one.scope) and _HELD.search(other.scope)
    return "stepped" if held or _AGAIN.search(other.lead) else "later"


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
