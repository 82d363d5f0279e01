"""Whether one page goes on where another ends: titles, numbering, sentences, and what the two pages repeat of each other."""

from __future__ import annotations

from itertools import islice

import regex

from qingdan.reading.furniture import furniture_kind
from qingdan.reading.paging import Leaf, Line, line_key, title_key

_HEAD = 40  # lines in which the furniture of a page is looked for, at its top and at its end


def contradiction(one: Leaf, two: Leaf) -> str | None:
    """Why two documents are no consecutive pages of one article; None when they are."""
    if (one.pages is not None and two.pages is not None and one.pages != two.pages) or (
        one.page is not None and two.page is not None and two.page != one.page + 1
    ):
        return "the pagers disagree"
    if not same_title(one, two):
        return "it has a title of its own"
    if not two.labels:
        return None if _breaks_off(one, two) else "it has no numbers that go on"
    style, value = two.labels[min(two.labels)]
    last = last_number(one, style)
    if last is not None and _next(last, value):
        return "it has lines of its own above its numbers" if _opens_anew(one, two) else None
    if set(value) != {1}:
        return "its numbering does not go on"
    return None if _opens_list(one, two, style) else "its numbering begins again at 1"


def last_number(one: Leaf, style: str) -> tuple[int, ...] | None:
    """The last number of a style on a page, None when it has none."""
    return next((label.value for at in sorted(one.labels, reverse=True) if (label := one.labels[at]).style == style), None)


def _next(former: tuple[int, ...], value: tuple[int, ...]) -> bool:
    """5 → 6; 2.1.4 → 2.1.5, 2.2.1, 2.1.4.1, 2.2 or 3."""
    if value == (*former, 1):
        return True
    return any(value in (raised := (*former[:i], former[i] + 1), (*raised, 1), (*raised, 1, 1)) for i in range(len(former)))


_TITLE_END = regex.compile(
    r"(?:清单|声明|公报|宣言|计划|规划|纲要|方案|协[定议]|备忘录|意见|通知|决定|办法|规定|安排|成果|倡议|共识|报告|要点|纪要|说明|文件|全文)"
    r"(?:[\ _-]?\(.{1,20}\))?$"
)
_SENTENCE = regex.compile(r"[。;!?]|,.*,")
_FINISHED = regex.compile(r"[。;!?…”\"』」)]$")
_UNFINISHED = regex.compile(r"[\p{Han}]$")
_LONGEST_TITLE = 90
_RUNNING = 15  # characters from which on a line without a full stop is a sentence and no heading or signature
_SIGNED = regex.compile(r"[年月日]|(?:19|20)[0-9]{2}")


def _opens_list(one: Leaf, two: Leaf, style: str) -> bool:
    """Whether a page ends with words below which numbers of a style begin on the next.

    「三、能源」 and then 「1、」, where 「1、」 stood below 「一、」 before; 「应当写明下列事项:」 and then 「(一)」.
    """
    body = _body(one, two)
    if not body:
        return False
    last = one.lines[body[-1]].words
    firsts = {label.style: at for at, label in sorted(one.labels.items(), reverse=True)}
    if last.endswith(":") and len(last) >= _RUNNING:
        return style not in firsts or firsts[style] > min(firsts.values())
    heading = one.labels.get(body[-1])
    if heading is None or heading.style == style or not _UNFINISHED.search(last):
        return False
    return style in firsts and firsts[heading.style] < firsts[style]


def _opens_anew(one: Leaf, two: Leaf) -> bool:
    """Whether a page has a heading or an introduction of its own above its numbers, where the former ended in a full stop."""
    body = _body(one, two)
    if body and not _FINISHED.search(one.lines[body[-1]].words):
        return False
    former = {line_key(line.words) for line in [*one.lines[:_HEAD], *_head(one)]}
    return any(line_key(line.words) not in former and not _FINISHED.search(line.words) for line in _head(two))


def _could_be_title(words: str) -> bool:
    return 4 < len(words) <= _LONGEST_TITLE and not _SENTENCE.search(words)


def _head(one: Leaf) -> list[Line]:
    """The lines above the first number of a page, but for pagers, what its medium sets apart and what is known as furniture."""
    return [one.lines[i] for i in _top(one) if i not in one.pagers and furniture_kind(one.lines[i].words) is None]


def same_title(one: Leaf, two: Leaf) -> bool:
    """Whether no title tells two pages apart: of those their media give one is the same, and no line is a new title."""
    given = [{title_key(title) for title in part.document.document.source.titles} - {""} for part in (one, two)]
    if all(given) and not given[0] & given[1]:
        return False
    former = {title_key(line.words) for line in [*one.lines[:_HEAD], *_head(one)]} | given[0]
    return all(
        title_key(line.words) in former for line in _head(two) if _could_be_title(line.words) and _TITLE_END.search(title_key(line.words))
    )


def _breaks_off(one: Leaf, two: Leaf) -> bool:
    """Whether a page ends in the middle of a sentence and the next goes on, under the same title."""
    before, behind = _body(one, two), _body(two, one)
    if not before or not behind or not titles(one) & titles(two):
        return False
    last, next_ = one.lines[before[-1]].words, two.lines[behind[0]].words
    if not _FINISHED.search(next_):  # a title
        return False
    return len(last) >= _RUNNING and not _FINISHED.search(last) and not _SIGNED.search(last[-12:])


def _body(one: Leaf, other: Leaf) -> list[int]:
    """The indices of the lines of a page that are no furniture."""
    taken = {at for top in (True, False) for at, _ in repeated(one, other, top)} | one.pagers | one.apart
    return [i for i in range(len(one.lines)) if i not in taken and furniture_kind(one.lines[i].words) is None]


def repeated(one: Leaf, other: Leaf, top: bool) -> list[tuple[int, str]]:
    """The lines at the top (or the end) of a page that are not its own, with their kinds, but for those set apart already.

    At the top it is what stands above the first number and stands above it in the other page too; at the end the lines
    that also end the other page, up to the first that does not.
    """
    if top:
        lines, others = (_top(part) for part in (one, other))
        theirs = {line_key(other.lines[i].words) for i in others}
        above = [(i, one.lines[i].words) for i in lines if i not in one.pagers]
        return [(i, furniture_kind(words) or "repeated") for i, words in above if line_key(words) in theirs]
    plain = (i for i in range(len(other.lines) - 1, -1, -1) if i not in other.apart)
    theirs = {other.lines[i].words for i in islice(plain, _HEAD)}
    found: list[tuple[int, str]] = []
    for i in islice((i for i in range(len(one.lines) - 1, -1, -1) if i not in one.apart), _HEAD):
        words = one.lines[i].words
        kind = furniture_kind(words)
        if i in one.labels or not (kind or i in one.pagers or words in theirs):
            break
        if i not in one.pagers:
            found.append((i, kind or "tail"))
    return found


def _top(one: Leaf) -> list[int]:
    """The lines above the first number of a page that its medium does not set apart, as many as are looked at."""
    return list(islice((i for i in range(min(one.labels, default=len(one.lines))) if i not in one.apart), _HEAD))


def titles(one: Leaf) -> set[str]:
    """What a page may be called: the titles its medium gives, else the lines of its head."""
    given = one.document.document.source.titles
    if given:
        return {title_key(title) for title in given}
    return {title_key(line.words) for line in _head(one) if _could_be_title(line.words)}
