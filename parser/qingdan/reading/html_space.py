"""White space in a line of a page as a style sheet has it collapse, and where bare line ends are all that parts paragraphs."""

from __future__ import annotations

import re

# A text node of nothing but white space with a line end in it stands in a line as NUL: a blank, whatever is around it.
BETWEEN = "\0"

_BLANKS = " \t\r\n\f"
_RUN = re.compile(r"[ \t\r\n\f\0]+")
_END = re.compile(r"[\n\r\0]")
_TRIMMED = (
    " \t\r\n\f\v\0\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029"
    "\u202f\u205f\u3000\ufeff"
)
# CSS Text 3, segment breaks: characters of East Asian width F, W or H but Hangul, and punctuation of ambiguous width.
_WIDE = re.compile("[\u2e80-\u303e\u3041-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff]")
_AMBIGUOUS = "“”‘’—…·"
_STOP = re.compile(r"[。；：！？;:!?][”’）)」』]{0,2}$")
_INDENT = re.compile("(?:\u3000|\u2003|\u2002{2}|[\u00a0]{4})")
LABEL = re.compile(
    r"(?:"
    r"第[一二三四五六七八九十百零〇0-9０-９]{1,6}[条條章节節款项項部编]"
    r"|[（(﹙][一二三四五六七八九十百零〇0-9０-９a-zA-Zａ-ｚ]{1,4}[）)﹚]"
    r"|[一二三四五六七八九十百零〇]{1,4}(?:[、.．：:）)]|是(?=[^否]))"
    r"|[0-9０-９]{1,3}(?:[、）)]|[.．](?![0-9０-９])|[\u3000\u00a0 ](?=[^0-9个名项次年月日亿万元人家]))"
    r"|[0-9０-９]{1,3}(?:[.．][0-9０-９]{1,3}){1,4}(?![0-9０-９亿万%％倍个年月])"
    r"|[a-zA-Z][.)）、](?=\s|[^\x00-\x7f])|[ivxIVX]{1,5}[.)）、]"
    r"|[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]"
    r"|[•·●○◆◇■□▪▶►➢★☆※*-](?=\s|[^\x00-\x7f])|[—–]{1,2}(?=[^—–])"
    r")"
)
_HEADING = 40  # characters of a heading line, which ends in no stop


def trimmed(text: str) -> str:
    """The text without the white space at its ends, ideographic and zero-width blanks included."""
    return text.strip(_TRIMMED)


def lines(raw: str) -> list[str]:
    """The lines that the characters of one line box make: one, or several where bare line ends part paragraphs."""
    if "\n" not in raw and "\r" not in raw:
        line = trimmed(_RUN.sub(" ", raw) if BETWEEN in raw or "\t" in raw or "  " in raw or "\f" in raw else raw)
        return [line] if line else []
    found = [trimmed(_RUN.sub(_collapsed, part)) for part in _paragraphs(raw)]
    return [line for line in found if line]


def _collapsed(run: re.Match[str]) -> str:
    """A blank; nothing for a line end between two ideographs 「規定之⏎上經營」, which is a fold of the source."""
    blanks, text = run[0], run.string
    if BETWEEN in blanks or ("\n" not in blanks and "\r" not in blanks) or run.start() == 0 or run.end() == len(text):
        return " "
    before, after = text[run.start() - 1], text[run.end()]
    wide = bool(_WIDE.match(before)), bool(_WIDE.match(after))
    folded = any(wide) and (wide[0] or before in _AMBIGUOUS) and (wide[1] or after in _AMBIGUOUS)
    return "" if folded else " "


def _paragraphs(raw: str) -> list[str]:
    """The text cut at the line ends that part paragraphs.

    A line that begins with an ideographic indentation opens one, and so does a label or a blank line after a stop.
    Where there are three lines or more and each but the last ends in a stop or is a labelled heading, all of them are
    paragraphs: a source folded at a width would break inside sentences.
    """
    source: list[tuple[int, str]] = []
    after_blank: list[bool] = []
    at = 0
    blank = False
    for end in [*(m.start() for m in _END.finditer(raw)), len(raw)]:
        line = raw[at:end].strip(_BLANKS + BETWEEN)
        if line:
            source.append((at, line))
            after_blank.append(blank)
        blank = not line and at > 0 and BETWEEN not in raw[at - 1 : end + 1]
        at = end + 1
    closed = [bool(_STOP.search(line[-4:])) or (len(line) <= _HEADING and bool(LABEL.match(trimmed(line)))) for _, line in source]
    every = len(source) > 2 and all(closed[:-1])
    cuts = [0]
    for i in range(1, len(source)):
        start, line = source[i]
        if every or _INDENT.match(line) or (closed[i - 1] and (after_blank[i] or LABEL.match(trimmed(line)))):
            cuts.append(start)
    return [raw[a:b] for a, b in zip(cuts, [*cuts[1:], len(raw)], strict=True)]
