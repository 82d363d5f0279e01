"""Numbered lines to a tree: which lines open a provision, and what stands above it.

A line opens a provision when it begins with a label of one of the formats and its number goes on from where that
format stood: the next number, the first again, or, where items are numbered through all sections, the next of the
whole list. Which format stands above which is read from the page itself: a format that appears below another stays so.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from qingdan.reading.folding import Folded, fold
from qingdan.splitting.formats import Format, formats, numeral
from qingdan.splitting.lines import Line, lines

LARGEST_GAP = 3  # numbers that may be missing before a line counts as something else


class Label(NamedTuple):
    """A label at the start of a line: the line's index, the format, the number, and where the label ends."""

    line: int
    format: Format
    number: int
    end: int


class Node(NamedTuple):
    """An accepted label with its place in the tree: path from the root, and the index of the node above it."""

    label: Label
    path: tuple[int, ...]
    parent: int | None


# What a label can begin with, in folded text.
_FIRST = frozenset("0123456789一二三四五六七八九十百壹贰叁参肆伍陆柒捌玖拾第(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


class Layout(NamedTuple):
    """A text folded, its paragraphs, and the numbered ones among them as a tree."""

    folded: Folded
    paragraphs: list[Line]
    nodes: list[Node]


@lru_cache(maxsize=1)
def layout(text: str) -> Layout:
    """The layout of a text as read, which framing and splitting both look at."""
    folded = fold(text)
    paragraphs = lines(folded.text)
    return Layout(folded, paragraphs, tree(labels(folded.text, paragraphs)))


def labels(text: str, paragraphs: list[Line]) -> list[Label]:
    """Every label at the start of a line of a folded text."""
    found = []
    forms = formats()
    for i, line in enumerate(paragraphs):
        if text[line.start] not in _FIRST:
            continue
        for form in forms:
            match = form.pattern.match(text, line.start, line.end)
            if match:
                value = numeral(match["number"])
                if value is not None and match.end() < line.end:
                    found.append(Label(i, form, value, match.end()))
                break
    return found


def tree(candidates: list[Label]) -> list[Node]:
    """The labels that are provisions, in order, each under the one it belongs to. Linear in their number."""
    follow_ups = {(label.format.id, label.number) for label in candidates}
    open_nodes: list[int] = []  # indexes into nodes: one a level
    last: dict[str, int] = {}
    nodes: list[Node] = []
    for label in candidates:
        form = label.format.id
        level = next((k for k, i in enumerate(open_nodes) if nodes[i].label.format.id == form), None)
        reached = last.get(form)
        steps = reached is not None and (
            0 <= label.number - reached <= LARGEST_GAP
            # A wider gap, where the list goes on behind it: 1, 2, 8, 9.
            or (label.number > reached and (form, label.number + 1) in follow_ups)
        )
        # A list may begin anywhere (an excerpt from 20 on) when its next number is there too.
        begins = reached is None and (form, label.number + 1) in follow_ups
        if not (steps or begins or label.number == 1):
            continue
        if level is not None:
            del open_nodes[level:]
        parent = open_nodes[-1] if open_nodes else None
        path = (*nodes[parent].path, label.number) if parent is not None else (label.number,)
        open_nodes.append(len(nodes))
        last[form] = label.number
        nodes.append(Node(label, path, parent))
    return nodes
