"""The dates of one side: which are deadlines, which are reported, and what each is the date of."""

from __future__ import annotations

import re
from typing import NamedTuple

from qingdan.comparing.rounds import Session, sessions
from qingdan.comparing.sides import Side
from qingdan.comparing.tenses import looks_ahead, missed, reports
from qingdan.comparing.titles import titles
from qingdan.model import Date, Quantity

# 「2030年可持续发展议程」: the year belongs to the name of a plan, by which nothing is promised.
_PLAN = re.compile(r"[^,、。;:的]{0,14}?(?:议程|愿景|纲要|规划|战略|宣言|目标(?!是|为))")
_DAY = re.compile(r"(?:\d{4}-\d{2}-\d{2}|\d{4}-(?:0[1-9]|1[0-2]))~?\Z")
_CALENDAR = re.compile(r"今年|明年|年内|年底|年末|本年|全年|上半年|下半年|季度|[春夏秋冬]季?$|月")
_TO_COME = re.compile(r"年内|年底|年末|明年|未来|今后")
_YEAR_WRITTEN = re.compile(r"[0-9〇零一二三四五六七八九○]{2,4}年")


class Moment(NamedTuple):
    """A date in its sentence (None: in none), with its clause and what that is about, and the numbers of rounds in it.

    ``lead`` is what stands before it in the sentence, ``scope`` its clause and what follows up to the next date.
    """

    date: Date
    sentence: int | None
    clause: str
    matter: str
    lead: str
    scope: str
    deadline: bool
    reported: bool
    rounds: tuple[Session, ...]

    @property
    def fine(self) -> bool:
        """Whether it is written to the day or the month."""
        return _DAY.search((self.date.edtf or "").rpartition("/")[2]) is not None

    @property
    def by_the_calendar(self) -> bool:
        """Whether it names a stretch of the list's own year: 今年, 年内, 今年下半年; not 未来一年."""
        return _CALENDAR.search(self.date.text) is not None and not _YEAR_WRITTEN.search(self.date.text)


def moments(side: Side) -> list[Moment]:
    """The dates with a value of the items of a side; those inside a 《name》 belong to the name."""
    found = []
    everyone: dict[int | None, list[Session]] = {}
    for session in sessions(side):
        everyone.setdefault(session.sentence, []).append(session)
    for item in side.items:
        named = titles(side.document.text, item.start, item.end) if item.dates else []
        for n, date in enumerate(item.dates, 1):
            if date.edtf is None or any(start <= date.start < end for start, end in named):
                continue
            before, behind = side.around(date.start, date.end)
            ahead, reported = _standing(date, side, before, behind)
            clause = f"{before} {behind}"
            here = side.sentence_at(date.start)
            rounds = tuple(own for own in everyone.get(here, ()) if _in_clause(side, date, own.mention))
            following = next((own.start for own in item.dates[n:] if own.start >= date.end), item.end)
            scope = before + side.rest(date.end, 200, following)
            found.append(Moment(date, here, clause, side.matter(clause), side.lead(date.start), scope, ahead, reported, rounds))
    return found


def _in_clause(side: Side, date: Date, own: Quantity) -> bool:
    """Whether a numeral stands in the clause of a date."""
    start, end = sorted((date, own), key=lambda mention: mention.start)
    between = side.document.text[start.end : end.start]
    return len(between) < 60 and not re.search(r"[,，。;；]", between[1:])


def _standing(date: Date, side: Side, before: str, behind: str) -> tuple[bool, bool]:
    """Whether a date is a deadline, and whether what happened at it is reported.

    A deadline is a date of whatever role at or before which something promised is still to come on the document's reference date; a
    year that has begun counts where the text looks ahead in it.
    """
    today = side.document.document.reference_date
    if missed(before, behind):
        return False, False
    if date.role == "period" and ("X" in (date.edtf or "") or behind.startswith("的")):  # 「面向21世纪」, 「未来三年的合作」
        return False, False
    told, hoped = reports(before, behind), looks_ahead(before, behind) or _TO_COME.search(date.text) is not None
    if not told and not hoped:  # 「双方决定举办……,于年内启动……」: what a sentence promises it promises to its end
        hoped = looks_ahead(side.lead(date.start), "")
    if date.latest is None:
        return False, told
    if today is None:
        return (date.role == "deadline" and not told) or (hoped and not told), told and not hoped
    if date.latest < today:  # what is promised by a day gone by is promised all the same
        promised = date.role == "deadline" and hoped and not told
        return promised, not promised
    if date.earliest is not None and date.earliest > today:
        return not (date.role == "on" and len(date.edtf or "") == 4 and _PLAN.match(behind)), False
    if date.role == "deadline":
        return not (told and not hoped), told
    ahead = hoped and not told
    return ahead, not ahead
