"""Labels: every place of a text where a number or a bullet of one of the formats could open a provision."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from qingdan.splitting.formats import Format, beginning_with, first_characters, formats, numeral
from qingdan.splitting.lines import Line, chrome_kind

LONGEST_QUOTATION = 3000  # an opening mark that nothing closes within this many characters opens nothing
LONGEST_UNFINISHED = 20  # a longer line that ends no sentence may be broken in the middle of one


class Label(NamedTuple):
    """A label with its place in folded text.

    key: what its siblings share: the format, for a bullet with its sign, for a decimal with its depth.
    numbers: what is written: one number, for a decimal one a level, for a bullet (0,).
    line: the index of its paragraph. opens: it stands at the paragraph's beginning. firm: the text before it is
    finished there, so that it is not the chance beginning of a broken line. heads: the paragraph behind it is short
    and no sentence. indent: how many blanks stand before it on its line.
    """

    start: int
    end: int
    format: Format
    key: str
    numbers: tuple[int, ...]
    line: int
    opens: bool
    firm: bool
    heads: bool
    indent: int = 0

    @property
    def number(self) -> int:
        return self.numbers[-1]


LONGEST_HEADING = 60
_NO_HEADING = frozenset("。;!?,、:")
_FINISHED = frozenset("。;:!?…”」』)")
_SENTENCE = frozenset("。;:!?… \t\n")
_MARKS = frozenset("*※△▲★☆#")
_QUOTES = re.compile("[“”「」『』]")
_CLOSES = {"”": "“", "」": "「", "』": "『"}


@cache
def _inside() -> re.Pattern[str]:
    """Where a label may stand inside a paragraph: behind a sign that ends a sentence or a clause, or a blank."""
    first = "".join(sorted({c for form in formats() if form.inline for c in form.first}))
    # 「，2015年」, 「、两国」, 「；第三次」: a number with its unit is no label, and there are many.
    han = "一二三四五六七八九十百"
    unit = rf"[0-9]{{1,9}}[年月日万亿%个名项多余]|[{han}]{{1,5}}[个项次名国年月日方系体]|第[0-9{han}]{{1,5}}[次届轮号个期]"
    return re.compile(rf"[。;:!?…,、) \t][”\"’」』)]?[ \t]{{0,8}}(?=[{re.escape(first)}])(?!{unit})")


# 「…管理办法第一章  总则第一条  为加强…」: a heading or an article that a blank follows needs no sign before it. A pattern
# of its own, for each is found by its first character.
_UNSIGNED = re.compile(r"第[0-9一二三四五六七八九十百零 ]{1,8}[编篇章节条] ")


def labels(text: str, paragraphs: Sequence[Line], hidden: frozenset[int] = frozenset()) -> list[Label]:
    """Every label of a folded text in reading order; two of different formats may stand at one place.

    hidden: indexes of paragraphs that hold none (a navigation line). A label inside a quotation is somebody else's:
    「修改为：“一、内地人民法院…\\n二、…”」.
    """
    found: list[Label] = []
    firsts = first_characters()
    for i, line in enumerate(paragraphs):
        if (text[line.start] in firsts or text[line.start] in _MARKS) and i not in hidden:
            before = paragraphs[i - 1] if i else None
            firm = (
                before is None
                or text[before.end - 1] in _FINISHED
                or before.end - before.start <= LONGEST_UNFINISHED
                or i - 1 in hidden
                or chrome_kind(text, before) is not None
            )
            indent = line.start - text.rfind("\n", before.end if before else 0, line.start) - 1
            opening = _at(text, line.start, line, i, True, firm, _SENTENCE)
            found.extend((label._replace(indent=indent) for label in opening) if indent else opening)
            if text[line.start] in _MARKS and line.start + 1 < line.end:  # 「*1.石油勘探」: a footnote's mark before the number
                marked = _at(text, line.start + 1, line, i, True, firm, _SENTENCE)
                found.extend(label._replace(start=line.start) for label in marked if not label.format.bullet)
    found.extend(_within(text, paragraphs, hidden))
    # 「一、（一）总则」, 「（一）1.」: one label behind another
    for label in found:
        if label.end < len(text) and text[label.end] in firsts:
            behind = _at(text, label.end, paragraphs[label.line], label.line, label.opens, True, _SENTENCE)
            found.extend(other for other in behind if other.format.rank > label.format.rank)
    quoted = _quotations(text)
    found = [label for label in found if not _lies_in(quoted, label.start)] if quoted else found
    found.sort(key=lambda label: (label.start, label.format.id))
    return [label for label, before in zip(found, [None, *found], strict=False) if label != before]


def _within(text: str, paragraphs: Sequence[Line], hidden: frozenset[int]) -> Iterator[Label]:
    starts = [line.start for line in paragraphs]

    def around(at: int) -> int | None:
        """The paragraph that an offset lies inside; the white space before its first label is none inside it."""
        i = bisect_right(starts, at) - 1
        return i if i >= 0 and starts[i] < at < paragraphs[i].end and i not in hidden else None

    for match in _inside().finditer(text):
        at = match.end()
        if (i := around(at)) is not None:
            mark = match[0][:1]
            before = text[match.start() - 1] if mark in " \t" and match.start() else mark
            yield from _at(text, at, paragraphs[i], i, False, before in _FINISHED, _SENTENCE if mark in _SENTENCE else frozenset(mark))
    for match in _UNSIGNED.finditer(text):
        at = match.start()
        before = text[at - 1 : at]
        if before.strip() and before != "第" and (i := around(at)) is not None:
            yield from _at(text, at, paragraphs[i], i, False, before in _FINISHED, _SENTENCE)


def _at(text: str, at: int, line: Line, i: int, opens: bool, firm: bool, behind: frozenset[str]) -> Iterator[Label]:
    """The labels at one place, each of a format that may stand there."""
    for form, matched, bullet in beginning_with(text[at], not opens):
        if form.inline == "sentence" and not opens and behind is not _SENTENCE:
            continue
        match = matched(text, at, line.end)
        if match is None:
            continue
        heads = line.end - at <= LONGEST_HEADING and text[line.end - 1] not in _NO_HEADING
        if bullet:
            if chrome_kind(text, line) is not None:  # 「•地址：…」, 「• 打印」
                return
            yield Label(at, match.end(), form, form.id + match["bullet"][0], (0,), i, opens, firm, heads)
            return
        numbers = numeral(match["number"], form.id)
        if numbers is not None:
            key = f"{form.id}-{len(numbers)}" if form.decimal else form.id
            yield Label(at, match.end(), form, key, numbers, i, opens, firm, heads)
            if not form.shared:
                return


def _quotations(text: str) -> list[tuple[int, int]]:
    """The quotations of a text, in order: each from its last opening mark to the mark that closes it."""
    spans: list[tuple[int, int]] = []
    open_marks: dict[str, int] = {}
    for mark in _QUOTES.finditer(text):
        opening = _CLOSES.get(mark[0])
        if opening is None:
            open_marks[mark[0]] = mark.start()
        elif opening in open_marks and mark.start() - open_marks[opening] <= LONGEST_QUOTATION:
            spans.append((open_marks.pop(opening), mark.start()))
    spans.sort()
    return spans


def _lies_in(spans: Sequence[tuple[int, int]], at: int) -> bool:
    i = bisect_right(spans, (at, 0)) - 1
    # Spans may nest: the one that began last may be over while the one around it is not.
    return any(start < at < end for start, end in spans[max(0, i - 2) : i + 1])
