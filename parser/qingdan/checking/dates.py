"""Issues of dates: days that no calendar has, and deadlines that had passed when the meeting began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from qingdan.finding.date_shapes import Surroundings
from qingdan.finding.dates import read_date
from qingdan.model import Block, Date, Document, Issue, Item, Section
from qingdan.reading.folding import fold_mention

_REACH = 120  # characters of a sentence looked at on either side of a date
_STOP = regex.compile(r"[。；;！？!?\n\r]")
# What says that a deadline is to come: 「力争在2015年9月前」 「2015年5月前,双方将…」 「双方决定在2016年1月之前」. 承诺 does not,
# nor do others decide: a text recalls old promises (「承诺到2020年提供…」 「大会决定在2000年前…」).
_TO_COME = regex.compile(r"将|力争|争取|确保|务必|计划|拟|必须|应(?:当|于|在)|须|(?:^|方|两国)(?:决定|同意|商定)[在于]\ ?$")
# What says that the sentence tells of the past, or leans on what was laid down earlier.
_PAST = regex.compile(
    r"已|曾|(?<![为除])了(?!解)|过去|原[定计先本]|本[应该]|未[能按曾]|尚未|仍未|没有|当时|当年|此前|先前|以往|历史|回顾|忆及|注意到|兑现|如期|逾期|延期|推迟"
    r"|延长|去年|前年|上一?[轮届次]|根据|按照?|依照|依据|规定的|要求的|确定的|提出的|承诺的|自.{1,20}起"
)
_QUOTED = regex.compile(r"[“「『《](?:(?![”」』》]).){0,60}$")
# 「将改造2000年前建成的仓库」: a date right behind a verb tells of the noun.
_LEADS_IN = regex.compile(r"(?:^|[于在到至将争取保划拟须应底])\s?$")
_CLAUSE = regex.compile(r"[,，:：]")


_ANYWHERE = Surroundings(date(2000, 1, 1), 2000, 1, date(2000, 1, 1))  # a leap year, and a month of 31 days


def _parts(document: Document) -> Iterator[Block | Section | Item]:
    yield from (part for part in (document.title, document.preamble) if part)
    yield from document.sections
    yield from document.items


def impossible_dates(document: Document) -> Iterator[Issue]:
    """「2015年6月31日」, 「2月30日」, 「2015年6月24日至22日」: what no calendar has, or what ends before it begins."""
    for part in _parts(document):
        for mention in part.dates:
            if mention.status != "unresolved":
                continue
            reading = read_date(fold_mention(mention.text), mention.rule)
            if reading is None:
                continue
            settled = document.document.reference_date is not None and reading.needs in ("year", "month", "month-or-now")
            if settled or reading.value(_ANYWHERE) is None:  # 「2月29日」 is a day of some years
                message = "is no stretch of the calendar" if reading.role == "period" else "is no day of the calendar"
                yield Issue("impossible-date", f"{mention.text} {message}", mention.start, mention.end, "warning")


def passed_deadlines(document: Document) -> Iterator[Issue]:
    """Deadlines that ended before the meeting did begin, in sentences that set them as to come.

    「2015年5月前已完成」 in a list of June 2015 is no slip; 「将于2015年5月前完成」 is: of the page, or of the day that
    its relative dates are counted from.
    """
    about = document.document
    day = (about.held and about.held.earliest) or about.reference_date
    if day is None:
        return
    for item in document.items:
        for mention in item.dates:
            in_body = mention.start >= item.body_start and mention.role == "deadline"
            if in_body and mention.latest and mention.latest < day and _is_set(document.text, mention, item):
                message = f"{mention.text} is to come in the text, but ended on {mention.latest}, before {day}"
                yield Issue("deadline-passed", message, mention.start, mention.end, "warning")


def _is_set(text: str, when: Date, item: Item) -> bool:
    before = text[max(item.body_start, when.start - _REACH) : when.start]
    if stops := list(_STOP.finditer(before)):
        before = before[stops[-1].end() :]
    behind = text[when.end : min(item.end, when.end + _REACH)]
    if stop := _STOP.search(behind):
        behind = behind[: stop.start()]
    if behind.startswith("的") or _PAST.search(before + behind) or _QUOTED.search(before):
        return False
    near = _CLAUSE.split(before)[-1]
    if not _LEADS_IN.search(near):
        return False
    # 「2015年5月前,双方将…」: the clause behind, or the next where the date is one by itself.
    clauses = [clause for clause in _CLAUSE.split(behind) if clause]
    return bool(_TO_COME.search(near) or (clauses and _TO_COME.search(clauses[0])))
