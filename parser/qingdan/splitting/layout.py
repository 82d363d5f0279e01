"""The layout of a document: its paragraphs, the numbered ones among them as a tree, and where a list ends or begins anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qingdan.reading.folding import Folded, fold_whole
from qingdan.splitting.contents import contents
from qingdan.splitting.headings import unnumbered_headings
from qingdan.splitting.labels import LONGEST_HEADING, Label, labels
from qingdan.splitting.lines import Line, chrome_kind, lines
from qingdan.splitting.nodes import Node, tree
from qingdan.splitting.unnumbered import is_index, is_story, only_contents, only_links

# 「附件1」, 「附表：」, 「附約」 on a line of its own: what follows is another list.
_ANNEX = re.compile(r"附(?:件|录|表|约|则)?\ ?[0-9一二三四五六七八九十]{0,3}\ ?:?\Z")
_COUNTED = re.compile(r"[0-9]{1,2}\ ?[.、]|\([0-9一二三四五六七八九十]{1,2}\)")
_CLOSING = frozenset({"copyright", "links", "editor"})
_RUNNING = 40  # characters of a paragraph of running text
_LITTLE = 0.3  # of the characters behind a list
_TAIL = re.compile(r"(?<=[。;])\s+[^。;]+\Z")
_BLANKS = re.compile(r"\S+")


class Layout(NamedTuple):
    """A text folded and cut into pieces: paragraphs, and within one each provision that begins inside it.

    starts: for each node the index of the piece that it opens. contents, annexes: indexes of the pieces that are a
    table of contents, or the first of an annex. end: the index of the piece with which the page's own lines begin behind
    the list, of their number without such. labels: every label, also those that open nothing.
    """

    folded: Folded
    pieces: list[Line]
    nodes: list[Node]
    starts: list[int]
    contents: frozenset[int]
    annexes: frozenset[int]
    end: int
    labels: list[Label]


def layout(text: str, apart: Sequence[tuple[int, int]] = (), between: Sequence[tuple[int, int]] = ()) -> Layout:
    """The layout of a text as read.

    apart: spans of it, in order, that its markup sets apart: no list is sought there. between: those of them that lie
        between two pages of one article: no list ends there.
    """
    folded = fold_whole(text)
    paragraphs = lines(folded.text)
    passed = _covered(folded, paragraphs, between)
    hidden = _covered(folded, paragraphs, apart) | frozenset(_attached(folded.text, paragraphs))
    found = labels(folded.text, paragraphs, hidden)
    listed = contents(folded.text, paragraphs, found)
    starts = (i for i, line in enumerate(paragraphs) if folded.text[line.start] == "附")
    annexes = [i for i in starts if _ANNEX.match(folded.text, paragraphs[i].start, paragraphs[i].end)]
    found = [label for label in found if label.line not in listed]
    breaks = [paragraphs[i].start for i in annexes]
    nodes = tree(found, breaks)
    if heads := unnumbered_headings(folded.text, paragraphs, nodes):
        nodes = tree(sorted([*found, *heads], key=lambda label: label.start), breaks)
    nodes = _to_the_end(folded.text, paragraphs, nodes, passed)
    end = _end(folded.text, paragraphs, nodes, hidden - passed)
    nodes = [node for node in nodes if node.label.line < end]
    laid = _cut(folded, paragraphs, nodes, listed, annexes, end, found)
    inline = nodes and not any(node.label.opens for node in nodes) and len(paragraphs) > 1
    if (inline and is_story(folded.text, paragraphs)) or no_document(folded.text, laid):
        return _cut(folded, paragraphs, [], listed, annexes, len(paragraphs), found)
    return laid


def no_document(text: str, laid: Layout) -> bool:
    """Whether what is numbered are only the titles of something that stands elsewhere."""
    return (
        only_contents(text, laid.nodes, laid.pieces, laid.starts)
        or is_index(text, laid.pieces, laid.starts)
        or only_links(text, laid.nodes, laid.pieces, laid.starts)
    )


def _covered(folded: Folded, paragraphs: Sequence[Line], spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The paragraphs that begin inside one of the spans; both are in order."""
    if not spans:
        return frozenset()
    covered, at = [], 0
    for i, line in enumerate(paragraphs):
        start = folded.original(line.start)
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at < len(spans) and spans[at][0] <= start:
            covered.append(i)
    return frozenset(covered)


def _attached(text: str, paragraphs: Sequence[Line]) -> Iterator[int]:
    """The paragraphs that name attachments: 「附件：1.任务分工表」, 「　　　2.指标体系」 below it."""
    below = False
    for i, line in enumerate(paragraphs):
        if text[line.start] == "附" and chrome_kind(text, line) == "attachments":
            below = True
            yield i
        elif below:
            below = (
                line.end - line.start <= LONGEST_HEADING
                and _COUNTED.match(text, line.start, line.end) is not None
                and text[line.end - 1] not in "。;"
            )
            if below:
                yield i


def _to_the_end(text: str, paragraphs: Sequence[Line], nodes: list[Node], passed: frozenset[int]) -> list[Node]:
    """The nodes without those of another list below the page's last lines (a licence, related links): 「1.」 again."""
    for k, node in enumerate(nodes):
        if k and (node.label.number == 1 or node.label.format.bullet):
            before = nodes[k - 1].label.line
            behind = (i for i in range(before + 1, node.label.line) if i not in passed)
            if any(chrome_kind(text, paragraphs[i]) in _CLOSING for i in behind):
                return nodes[:k]
    return nodes


def _end(text: str, paragraphs: Sequence[Line], nodes: Sequence[Node], hidden: frozenset[int]) -> int:
    """The paragraph with which the page's own lines begin: the first behind the last number that its markup sets apart,
    where little running text follows; bullets below it (「• 相关新闻」) are the page's too."""
    last = max((node.label.line for node in nodes if not node.label.format.bullet), default=None)
    if last is None:
        return len(paragraphs)
    end = min((i for i in hidden if i > last), default=len(paragraphs))
    behind = paragraphs[end:]
    running = sum(line.end - line.start for line in behind if line.end - line.start >= _RUNNING and text[line.end - 1] in "。;")
    return end if running < _LITTLE * sum(line.end - line.start for line in behind) else len(paragraphs)


def _cut(
    folded: Folded,
    paragraphs: Sequence[Line],
    nodes: list[Node],
    listed: frozenset[int],
    annexes: Sequence[int],
    end: int,
    found: list[Label],
) -> Layout:
    """The paragraphs cut where a provision begins inside one."""
    text = folded.text
    pieces: list[Line] = []
    starts: list[int] = []
    first_piece: list[int] = []
    at = 0
    for i, line in enumerate(paragraphs):
        first_piece.append(len(pieces))
        start = line.start
        while at < len(nodes) and nodes[at].label.line == i:
            label = nodes[at].label
            if label.start > start:
                head = Line(start, start + len(text[start : label.start].rstrip()))
                # Of a document on one line, what stands before the list is title, day and preamble, apart by blanks.
                pieces.extend(_words(text, head) if len(paragraphs) == 1 and not starts else [head])
                start = label.start
            starts.append(len(pieces))
            after = nodes[at + 1].label if at + 1 < len(nodes) and nodes[at + 1].label.line == i else None
            stop = after.start if after else line.end if label.opens else _before_tail(text, label.end, line.end)
            pieces.append(Line(start, start + len(text[start:stop].rstrip())))
            start = stop
            at += 1
        if start < line.end:
            pieces.append(Line(start, line.end))
    return Layout(
        folded, pieces, nodes, starts,
        frozenset(first_piece[i] for i in listed), frozenset(first_piece[i] for i in annexes),
        first_piece[end] if end < len(paragraphs) else len(pieces), found,
    )  # fmt: skip


def _before_tail(text: str, start: int, end: int) -> int:
    """Where the last provision of a paragraph ends: before the short words that a blank parts from it (「…决定。 2000年3月15日」)."""
    match = _TAIL.search(text, max(start, end - LONGEST_HEADING), end)
    return match.start() if match else end


def _words(text: str, head: Line) -> list[Line]:
    return [Line(*match.span()) for match in _BLANKS.finditer(text, head.start, head.end)]
