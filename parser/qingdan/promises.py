"""What a commitment promises: which date it has to be kept by, how that date binds, how firm the promise is, and what is due on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Literal, NamedTuple, get_args

import regex

from qingdan.data import read_rows
from qingdan.finding.calendar import SUBYEAR, part_of_year, point
from qingdan.model import Commitment, CommitmentClass, Date, Item
from qingdan.reading.folding import fold

Bound = Literal["on", "before", "by", "in", "during", "from", "about"]
Firmness = Literal["firm", "conditional", "hedged"]
Due = Literal["overdue", "due", "open", "unknown", "no deadline"]

CLASSES: tuple[CommitmentClass, ...] = get_args(CommitmentClass)
PROMISES: frozenset[CommitmentClass] = frozenset({"committed", "continued", "intended"})

# What a date that is no deadline has before it where it says when the act is done: 将于2026年…, nothing or a comma (2026年，…), a side or
# an act word (双方2026年将…, 同意2026年举行…). 落实2030年议程 and 主办2026年峰会 have a verb of content, and name a thing by its year.
_BEFORE = regex.compile(
    r"""
    (?: ^ | [,、;:] | [于在自从将拟] | 计划|准备|争取|力争 | 决定|同意|商定|约定|承诺 | \p{Han}方|方面|两国 ) \s* $
    """,
    regex.VERBOSE,
)
_WILL = regex.compile(r"\s*将")  # 工作组今年将…: whatever stands before, no name goes on so
_RIGHT_BEFORE = regex.compile(r"[于自]\s*$")
# What stands behind such a date: a pause, a preposition, an adverb, a side, or a verb of doing. 在2026年二十国集团峰会上 has a name.
_AFTER = regex.compile(
    r"""
    \s* (?: $ | [,;] | [在由与同就向为按再共继] | \p{Han}方 | 每年
    | 举 | 召开|主办|承办 | 启动|开始|开展|开工|开通|派|推出 | 完成|竣工|建成|实[现施]|达成 | 签署|提交|发[布表]
    | 提供|设立|[成建]立 | 取消|降|增|扩 )
    """,
    regex.VERBOSE,
)
# 于2016年协调会前 names a meeting by its year, and is a bound that is no date, as is 在2030年发展议程框架下; 上述 and 前往 are words of
# their own.
_OF_A_NAME = regex.compile(r"\p{Han}{1,12}?(?:前(?![往来])|后(?!续)|期间|之际|上(?![述海升线])|框架|基础|方面)(?:,|\p{Han})")
# Before any other verb of doing 在 needs who will: 决定在2015年组织…, while 在2025年互认安排… may go on with a name.
_IN = regex.compile(r"在\s*$")
_WILL_IN = regex.compile(r"(?:[将拟]|计划|准备|争取|力争|决定|同意|商定|约定|承诺)在\s*$")
# 2025年5月在某地签署的…: when another act was done, unless it is to be (将于今年下半年在华举行的会议).
_OF_ANOTHER = regex.compile(r"[^,、。;]{0,15}?(?:签[订署]|通过|达成|发[表布]|举[行办]|召开|主办)[的之]")
_TO_COME = regex.compile(r"[将拟](?:于|在)\s*$")
_JOINED = frozenset(("和", "与", "及", "以及", "、"))
_NEAR = 40  # characters looked at on either side
_MOST_DATES = 20  # that are tried of one clause: text that never ends a sentence must not take its length squared
_OPENING_QUOTES, _CLOSING_QUOTES = "“「『《", "”」』》"
_TO_THE_END = regex.compile(r"[底末]|年终|不[迟晚]于|截至|截止")
_FROM = regex.compile(r"起$")


class When(NamedTuple):
    """The date that a promise has to be kept by.

    date: the deadline, else the date that the act is set for. bound: how it binds. first, last: the days of the last stretch that it
    names, in which the promise is due (``../2015-09``: September 2015); None where the value is unknown.
    """

    date: Date
    deadline: bool
    bound: Bound
    first: str | None
    last: str | None


def numbered(item: Item) -> Iterator[tuple[str, Commitment]]:
    """The commitments of an item, each with its id: that of the item, ``/``, and its number in it, from 1."""
    for number, commitment in enumerate(item.commitments, 1):
        yield f"{item.id}/{number}", commitment


def is_promise(commitment: Commitment) -> bool:
    """Whether something is promised: committed, continued or intended, and not yet done or merely said."""
    return commitment.class_ in PROMISES


def firmness(commitment: Commitment) -> Firmness | None:
    """How firm a promise is; None for what is none.

    hedged: it may not come about (class intended: 力争 拟 愿). conditional: it hangs on something (视情, 一旦…). firm: neither.
    """
    if not is_promise(commitment):
        return None
    if commitment.class_ == "intended":
        return "hedged"
    return "conditional" if commitment.conditions else "firm"


def when(commitment: Commitment, reference: str | None) -> When | None:
    """The date of a promise; None without one, and for what is no promise.

    It is the deadline, else the first date that the act is set for, or the last of those joined to it (3月和9月): one that says when it
    is done (将于2026年5月…, 未来三年，…, 自…起),
    outside quotations, and not over on ``reference``, the day of the meeting (ISO 8601), where that is known.
    """
    if not is_promise(commitment):
        return None
    if commitment.deadline is not None:
        return _when(commitment.deadline, True)
    dates = commitment.dates[:_MOST_DATES]
    for n, found in enumerate(dates, 1):
        if _is_set(found, commitment):
            chosen = _when(_last_joined(found, dates[n:], commitment), False)
            if not (reference and chosen.last and chosen.last < reference):
                return chosen
    return None


def due(date: When | None, day: str) -> Due:
    """What a promise is on a day (ISO 8601), by the calendar alone: whether it was kept is not known.

    open: the last stretch that its date names is to come. due: the day lies in it. overdue: it is over. unknown: it has a date
    whose value is unknown. no deadline: it has none.
    """
    if date is None:
        return "no deadline"
    if date.last is None:
        return "unknown"
    if day > date.last:
        return "overdue"
    return "due" if date.first is not None and day >= date.first else "open"


def _last_joined(found: Date, behind: Sequence[Date], commitment: Commitment) -> Date:
    """The last of the dates that are joined to one: 「于2022年3月和9月分别举办两期」 is not over before September is."""
    for following in behind:
        between = commitment.text[found.end - commitment.start : following.start - commitment.start]
        if fold(between).text.strip() not in _JOINED or (following.latest or "") < (found.latest or ""):
            break
        found = following
    return found


def _is_set(found: Date, commitment: Commitment) -> bool:
    start, end = found.start - commitment.start, found.end - commitment.start
    opened = sum(commitment.text.count(mark, 0, start) for mark in _OPENING_QUOTES)
    if opened > sum(commitment.text.count(mark, 0, start) for mark in _CLOSING_QUOTES):
        return False
    before = fold(commitment.text[max(0, start - _NEAR) : start]).text
    after = fold(commitment.text[end : end + _NEAR]).text
    if after.lstrip().startswith("的") or (found.role == "since" and not _FROM.search(found.text)):  # 今年以来 began before
        return False
    if found.role == "since" or _WILL.match(after):
        return True
    if _OF_ANOTHER.match(after) and not _TO_COME.search(before):
        return False
    if _AFTER.match(after):
        return bool(_BEFORE.search(before))
    if _verb_of_doing().match(after) and not _OF_A_NAME.match(after) and (_WILL_IN if _IN.search(before) else _BEFORE).search(before):
        return True
    return bool(_RIGHT_BEFORE.search(before)) and not _OF_A_NAME.match(after)


@cache
def _verb_of_doing() -> regex.Pattern[str]:
    """The verbs of doing that are hardly ever nouns, at the beginning."""
    verbs = [row["word"] for row in read_rows("acts.csv") if row["family"] == "verb" and not row["noun"]]
    return regex.compile(rf"\s*(?:{'|'.join(map(regex.escape, verbs))})")


def _when(found: Date, deadline: bool) -> When:
    first, last = _due_stretch(found)
    return When(found, deadline, _bound(found, deadline), first, last)


def _bound(found: Date, deadline: bool) -> Bound:
    edtf = found.edtf or ""
    if found.role == "since":
        return "from"
    text = fold(found.text).text
    if "~" in edtf and not (deadline and _TO_THE_END.search(text)):  # 到2030年底 is no later than that
        return "about"
    if deadline and "年内" not in text:
        return "by" if not edtf.startswith("../") or _TO_THE_END.search(text) else "before"
    if "/" in edtf and found.role == "period" and not text.endswith("内"):  # 10月中旬, 两年内: some time in it
        return "during"
    return "on" if regex.fullmatch(r"\d{4}-\d\d-\d\d", edtf) else "in"


def _due_stretch(found: Date) -> tuple[str | None, str | None]:
    """The days in which what has this date is due."""
    edtf = found.edtf or ""
    if edtf.startswith("../"):
        first, last = _days(edtf[3:])
        return (first if last == found.latest else found.latest), found.latest
    return _days(edtf[:-3]) if edtf.endswith("/..") else (found.earliest, found.latest)


@lru_cache(maxsize=1024)
def _days(edtf: str) -> tuple[str | None, str | None]:
    """First and last day of a year, a part of one, a month or a day; none of what is anything else."""
    match = regex.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?~?", edtf)
    if not match:
        return None, None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    stretch = part_of_year(year, month) if month in SUBYEAR else point(year, month, day)
    return (_iso(stretch.first), _iso(stretch.last)) if stretch else (None, None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
