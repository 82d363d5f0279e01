"""Headings: whether the line of a label names the provisions and the text below it, or is text itself."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from qingdan.splitting.formats import Format
from qingdan.splitting.labels import LONGEST_HEADING, Label
from qingdan.splitting.lines import Line, chrome_kind
from qingdan.splitting.nodes import Node
from qingdan.splitting.topics import topic_end

LONGEST_STOPPED = 30  # 「（一）统筹建设监管工作平台。」: a heading with a full stop is short
SHORTEST_STOPPED = 8  # so short a line with a full stop is a heading wherever provisions follow
UNNUMBERED = Format("heading", "", 0, "", "", (), (), heading=True)
_UNHEADED = frozenset("。;!?,、:")
_STOPPED = frozenset("。;!?:")
_HALF_WIDTH = 0x2E7F  # characters behind it take two columns
_NARROWEST = 48  # columns of the shortest line that breaks for want of room
_RAGGED = 6  # columns by which such lines differ
_CLAUSES = regex.compile(r"[,;:!?。]")
_LEADS = regex.compile(r"[下以]列|[以如]下|包括|分别|双方|各方|两国|[中美]方|[将应]|同意|决定|[0-9]")


def plain_heading(text: str, start: int, end: int) -> bool:
    """A short line that is no sentence and has no topic and text of its own."""
    return 0 < end - start <= LONGEST_HEADING and text[end - 1] not in _UNHEADED and topic_end(text, start, end) is None


def wrapped(text: str, own: Sequence[Line]) -> bool:
    """Whether the lines of a provision are one text that breaks at a fixed width, wherever that falls in a sentence."""
    if len(own) < 3:
        return False
    widths = [sum(2 if ord(c) > _HALF_WIDTH else 1 for c in text[line.start : line.end]) for line in own[:-1]]
    if min(widths) < _NARROWEST or max(widths) - min(widths) > _RAGGED:
        return False
    return sum(text[line.end - 1] in _STOPPED for line in own[1:-1]) * 2 < len(own) - 1


def stopped_heading(text: str, start: int, end: int) -> bool:
    """A heading that ends in a full stop, by its shape: 「强化组织领导。」; not 「符合下列要求的予以保留。」."""
    return (
        1 < end - start <= LONGEST_STOPPED
        and text[end - 1] == "。"
        and not _CLAUSES.search(text, start, end - 1)
        and not _LEADS.search(text, start, end)
    )


def trailing(text: str, own: Sequence[Line], longest: int, most: int) -> int:
    """How many of a provision's last lines are none of its text: short, unfinished, behind a finished one; 0 beyond ``most``."""
    count = 0
    for line in reversed(own[1:]):
        if line.end - line.start > longest or text[line.end - 1] in '。;!?,、:…”"）)》':
            break
        count += 1
    return count if count <= most and text[own[-count - 1].end - 1] in "。;!?…" else 0


def unnumbered_headings(text: str, paragraphs: Sequence[Line], nodes: Sequence[Node]) -> list[Label]:
    """The headings without a number under each of which the numbering begins at 1 again, as labels numbered by position.

    None where one of those beginnings has no heading, or the numbering runs through: then the headings part nothing.
    """
    roots = [node.label for node in nodes if node.parent is None and node.label.opens]
    firsts = [label for label in roots if label.number == 1 and label.key == roots[0].key]
    lines = [label.line - 1 for label in firsts]
    taken = {label.line for label in roots}
    if len(lines) < 2 or not all(i >= 0 and i not in taken and _is_unnumbered(text, paragraphs[i]) for i in lines):
        return []
    return [
        Label(paragraphs[i].start, paragraphs[i].start, UNNUMBERED, "heading", (n,), i, True, True, True) for n, i in enumerate(lines, 1)
    ]


def _is_unnumbered(text: str, line: Line) -> bool:
    return line.end - line.start <= LONGEST_STOPPED and plain_heading(text, line.start, line.end) and chrome_kind(text, line) is None
