"""The lines of a PDF page: glyphs with their places to lines of text, in reading order also over two columns."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double
from statistics import median
from typing import Any, NamedTuple

MOST_GLYPHS = 200_000  # of one page

# Fonts without a table of their own give radicals for characters (⼆ for 二). NFKC knows most, not these.
_RADICALS = dict(zip("⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰", "民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙", strict=True))
_FOLDED = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_PICTURE = re.compile("[\ue000-\uf8ff]")  # a bullet of Symbol or Wingdings
_CLOSING = set("，。、；：！？）》〉」』】〕”’％,.;:!?)")
_OPENING = set("（《〈「『【〔“‘(")
_CELL = 2.5  # em; the blank between two words is a third, between two columns of a table two or more
LABEL = re.compile(
    r"(?:[一二三四五六七八九十百]{1,5}\s?、|[（(]\s?(?:[一二三四五六七八九十百]{1,5}|[0-9０-９]{1,3})\s?[）)]|[0-9０-９]{1,3}\s?(?:[、．)）]|\.(?![0-9]))|"
    r"第[一二三四五六七八九十百零0-9]{1,5}[条條章节節部][\s：:]|第[一二三四五六七八九十百零]{1,5}[条章节]$|[①-⑳⑴-⒇⒈-⒛㊀-㊉]|[•●○■□◆◇▪·➢✓]|——|[a-zA-Z][.)）]\s)"
)


class Glyph(NamedTuple):
    """A character and its place in points; y is its base line, upwards. Blanks that the layout implies have no width."""

    text: str
    left: float
    right: float
    y: float
    implied: bool


class Line(NamedTuple):
    """A line as it stands on the page, in points.

    em: the width of its widest character, first: that of what cannot be parted at its start.
    cells: whether it is a row of several cells. column: 0 and 1 on a page of two columns, else None.
    """

    text: str
    left: float
    right: float
    y: float
    em: float
    first: float
    cells: bool
    page: int
    column: int | None = None


def glyphs(textpage: Any) -> tuple[list[Glyph], bool]:
    """The glyphs of a page in the order in which it draws them, and whether they were lying and have been set upright.

    Those at another angle than most (a watermark) are left out.
    """
    import pypdfium2.raw as raw

    handle = textpage.raw
    found: list[tuple[int, Glyph]] = []
    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    for i in range(min(raw.FPDFText_CountChars(handle), MOST_GLYPHS)):
        code = raw.FPDFText_GetUnicode(handle, i)
        text = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if raw.FPDFText_IsGenerated(handle, i) == 1 or text in "\r\n":
            found.append((-1, Glyph(text, 0, 0, 0, True)))
            continue
        angle = raw.FPDFText_GetCharAngle(handle, i) / (math.pi / 2)
        quarter = -round(angle) % 4 if abs(angle - round(angle)) < 0.06 else 9
        raw.FPDFText_GetCharOrigin(handle, i, byref(x), byref(y))
        raw.FPDFText_GetLooseCharBox(handle, i, byref(box))
        sides = (
            (box.left, box.right, y.value),
            (box.bottom, box.top, -x.value),
            (-box.right, -box.left, -y.value),
            (-box.top, -box.bottom, x.value),
        )
        left, right, base = sides[quarter % 4]
        found.append((quarter, Glyph(_FOLDED.sub(_plain, text), left, right, base, False)))
    upright = Counter(quarter for quarter, _ in found if 0 <= quarter < 9).most_common(1)
    if not upright:
        return [], False
    return [glyph for quarter, glyph in found if quarter in (-1, upright[0][0])], upright[0][0] != 0


def _plain(match: re.Match[str]) -> str:
    return _RADICALS.get(match[0]) or unicodedata.normalize("NFKC", match[0])


def page_lines(found: list[Glyph], page: int, width: float) -> list[Line]:
    """The lines of a page in reading order. width: that of the page in points."""
    rows = [segments for row in _rows(found) if (segments := list(_segments(row)))]
    gutter = _gutter([(row[0][0], row[-1][-1]) for row in rows], [row for row in rows if len(row) == 2], width)
    if gutter is None:
        return [_line([glyph for part in row for glyph in (*part, _TAB)][:-1], page, None) for row in rows]
    ordered: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    for row in rows:
        parts = row if len(row) == 2 and row[0][-1].right <= gutter <= row[1][0].left else [[g for part in row for g in (*part, _TAB)][:-1]]
        for part in parts:
            if part[0].left < gutter < part[-1].right:  # a heading over both columns
                ordered += [*sides[0], *sides[1], _line(part, page, None)]
                sides = ([], [])
            else:
                side = int(part[0].left >= gutter)
                sides[side].append(_line(part, page, side))
    return [*ordered, *sides[0], *sides[1]]


_TAB = Glyph("\t", 0, 0, 0, True)


def _em(row: list[Glyph]) -> float:
    """The width of a Chinese character of the line, as well as it can be told."""
    wide = [glyph.right - glyph.left for glyph in row if not glyph.implied and _WIDE.match(glyph.text)]
    if wide:
        return max(median(wide), 1.0)
    narrow = [glyph.right - glyph.left for glyph in row if not glyph.implied and not glyph.text.isspace()]
    return max(median(narrow) * 2, 1.0) if narrow else 10.0


def _rows(found: list[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that stand side by side on one base line, as the page draws them one after another."""
    row: list[Glyph] = []
    last: Glyph | None = None
    em = 10.0
    for glyph in found:
        if glyph.implied:
            if row and glyph.text not in "\r\n":
                row.append(glyph)
            continue
        if _WIDE.match(glyph.text):
            em = max(glyph.right - glyph.left, 1.0)
        if last is not None and (abs(glyph.y - last.y) > em * 0.5 or glyph.left < last.left - em):
            yield row
            row = []
        elif last is not None and row and glyph.left > last.right + em * 0.6 and not row[-1].text.isspace():
            row.append(Glyph(" ", 0, 0, 0, True))
        row.append(glyph)
        if not glyph.text.isspace():
            last = glyph
    if row:
        yield row


def _segments(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """A row without the blanks around it, cut where a gap as wide as between columns is; a label belongs to its text."""
    em = _em(row)
    part: list[Glyph] = []
    blanks: list[Glyph] = []
    for glyph in row:
        if glyph.text.isspace() or glyph.text in "\u200b\ufeff\x02\ufffe":
            if glyph.text in "\x02\ufffe":  # how PDFium marks a hyphen that parts a word
                if part:
                    part.append(part[-1]._replace(text="\u00ad", left=part[-1].right))
            else:
                blanks.append(glyph)
            continue
        if part:
            gap = glyph.left - part[-1].right
            if gap > _CELL * em and not LABEL.fullmatch("".join(g.text for g in part[:12]) + " ") and not _is_label(part):
                yield part
                part = []
            elif blanks:
                part += blanks[:1] if _is_label(part) else _blank(part[-1], glyph, blanks, gap / em)
        blanks = []
        if not part and _PICTURE.match(glyph.text):
            glyph = glyph._replace(text="•")
        part.append(glyph)
    if part:
        yield part


def _is_label(part: list[Glyph]) -> bool:
    text = "".join(glyph.text for glyph in part[:12])
    match = LABEL.match(text + " ")
    return match is not None and match.end() >= len(text)


def _blank(before: Glyph, after: Glyph, blanks: list[Glyph], gap: float) -> list[Glyph]:
    """The blank between two glyphs; none where the layout only spaces Chinese characters and digits apart."""
    if all(blank.implied for blank in blanks):
        wide = bool(_WIDE.match(before.text)) + bool(_WIDE.match(after.text))
        if wide and gap < (0.45 if wide == 1 else 0.25):
            return []
        return [Glyph(" ", before.right, after.left, before.y, True)]
    return [blank for blank in blanks if not blank.implied][:20]


def _line(row: list[Glyph], page: int, column: int | None) -> Line:
    text = "".join(glyph.text for glyph in row)
    text = re.sub("[\ud800-\udfff]+", lambda m: m[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), text)
    em = _em(row)
    end = 0
    while end + 1 < len(row) and (row[end].text in _OPENING or row[end + 1].text in _CLOSING):
        end += 1
    if row[end].text.isascii() and row[end].text.isalnum():
        while end + 1 < len(row) and end < 40 and row[end + 1].text.isascii() and not row[end + 1].text.isspace():
            end += 1
    drawn = [glyph for glyph in row if glyph is not _TAB]
    return Line(text, row[0].left, row[-1].right, row[0].y, em, row[end].right - row[0].left, len(drawn) < len(row), page, column)


def _gutter(spans: list[tuple[Glyph, Glyph]], pairs: list[list[list[Glyph]]], width: float) -> float | None:
    """Where the gutter between two columns is, None on a page of one column.

    A table of two columns looks the same but for this: the lines of a column of text are as long as it is wide.
    """
    starts = Counter(round(first.left / 3) for first, _ in spans if first.left > width * 0.4)
    starts.update(round(pair[1][0].left / 3) for pair in pairs if pair[1][0].left > width * 0.4)
    if not starts:
        return None
    place, _ = starts.most_common(1)[0]
    gutter = place * 3 - 4.0
    left = [last.right for first, last in spans if last.right <= gutter] + [
        pair[0][-1].right for pair in pairs if pair[0][-1].right <= gutter
    ]
    right = [last.right for first, last in spans if first.left >= gutter] + [
        pair[1][-1].right for pair in pairs if pair[1][0].left >= gutter
    ]
    halves = {id(pair[0][0]) for pair in pairs}
    crossing = sum(1 for first, last in spans if first.left < gutter < last.right and id(first) not in halves)
    if min(len(left), len(right)) < 6 or crossing * 3 > len(left) + len(right):
        return None
    ends = [_shared(side, width * 0.02) for side in (left, right)]
    begin = min(first.left for first, _ in spans)
    if not 0 <= gutter - ends[0] < width * 0.15 or min(ends[0] - begin, ends[1] - gutter) < width * 0.25:
        return None
    full = [
        sum(1 for edge in side if abs(edge - end) < width * 0.03) * 3 > len(side) for side, end in zip((left, right), ends, strict=True)
    ]
    return gutter if all(full) else None


def _shared(edges: list[float], near: float) -> float:
    """The outermost of the edges that three lines share, so that the line of a footer is none."""
    ordered = sorted(edges, reverse=True)
    return next((a for a, c in zip(ordered, ordered[2:], strict=False) if a - c < near), ordered[0])
