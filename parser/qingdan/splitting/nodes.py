"""Labels to a tree: which of them open a provision, and what stands above it.

A label opens a provision when its number goes on from where its format stands: the next number, the first of a level
below, or, where items are numbered through all sections, the next of the whole list. What stands above what is read
off the document: a format found below another stays so; the usual order of formats decides only what it leaves open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from qingdan.splitting.labels import Label

LARGEST_GAP = 3  # numbers that may be missing before a label counts as something else
LEAST_INDENT = 2  # blanks by which a line stands deeper than another
FEWEST_DECIMALS = 3
FEWEST_BULLETS = 3  # that are a list by themselves
MOST_LEVELS = 12  # part, chapter, section, article, 一、 （一） 1. （1） ① (a) and two bullets: no list is deeper
LONGEST_RUN_ON = 4000  # how far apart two labels of one paragraph may stand


class Node(NamedTuple):
    """An accepted label with its place in the tree: path from the root, and the index of the node above it."""

    label: Label
    path: tuple[int, ...]
    parent: int | None


def tree(labels: Sequence[Label], breaks: Sequence[int] = ()) -> list[Node]:
    """The labels that are provisions, in order, each under the one it belongs to. Linear in their number.

    breaks: offsets where a new list begins and nothing before it goes on (an annex).
    A weak label that stays alone among its siblings is none: without those the tree is grown again.
    """
    labels = list(labels)
    for _ in range(3):
        nodes = _Grower(labels, breaks).grown()
        alone = _alone(nodes)
        if not alone:
            break
        labels = [label for label in labels if (label.start, label.key) not in alone]
    return nodes


def _alone(nodes: Sequence[Node]) -> set[tuple[int, str]]:
    """The places and keys of labels that are no list after all."""
    siblings = Counter((node.parent, node.label.key) for node in nodes)
    decimals = sum(node.label.format.decimal for node in nodes)
    strong = {node.parent for node in nodes if not node.label.format.weak}
    bullets = sum(node.parent is None and node.label.format.bullet for node in nodes)
    numbered = sum(node.parent is None and not node.label.format.bullet for node in nodes)
    return {
        (node.label.start, node.label.key)
        for node in nodes
        if (node.label.format.weak and siblings[node.parent, node.label.key] < 2)
        or (node.label.format.decimal and decimals < FEWEST_DECIMALS)
        # 「…一是…二是…」 in a provision whose own provisions are 「1.」 「2.」: one list of it, not two of the same numbers
        or (node.label.format.weak and not node.label.opens and node.parent is not None and node.parent in strong)
        # 「• 索引号:」 above a list: bullets beside numbers are the page's
        or (node.label.format.bullet and node.parent is None and (numbered > 1 or bullets < FEWEST_BULLETS))
    }


class _Grower:
    """The tree as it grows, one label after another."""

    def __init__(self, labels: Sequence[Label], breaks: Sequence[int]) -> None:
        self.labels = labels
        self.breaks = sorted(breaks, reverse=True)
        self.nodes: list[Node] = []
        self.origin: list[int] = []  # the index of each node's label
        self.at = 0  # the index of the label in hand
        self.open: list[int] = []  # indexes into nodes: one a level
        self.reached: dict[str, int] = {}  # by key: the last number accepted, whatever stands above it
        self.holders: defaultdict[str, set[str]] = defaultdict(set)  # by key: the keys it was found below
        self.next_number, self.next_label, self.rival = _ahead(labels)

    def grown(self) -> list[Node]:
        taken = -1
        for i, label in enumerate(self.labels):
            while self.breaks and self.breaks[-1] <= label.start:
                self.breaks.pop()
                self.open.clear()
                self.reached.clear()
            self.at = i
            if label.start < taken:  # an earlier format took these characters
                continue
            if label.format.decimal:
                accepted = self._decimal(i, label)
            elif label.format.bullet:
                accepted = self._bullet(i, label)
            else:
                accepted = self._number(i, label)
            if accepted:
                taken = label.end
        return self.nodes

    def _number(self, i: int, label: Label) -> bool:
        n = label.number
        levels = [k for k in range(len(self.open) - 1, -1, -1) if self._label(k).key == label.key]
        for k in levels:
            if n == self._label(k).number + 1 and not (self.rival[i] and not label.firm):
                return self._accept(label, k)
        before = self.reached.get(label.key)
        if not label.opens:
            on = label.format.inline == "sentence" and not levels and before is not None and n == before + 1
            return (on or (n == 1 and self._goes_on_nearby(i))) and self._open(label)
        if before is None and n > 1 and (level := self._sloppy(i, label)) is not None:
            return self._accept(label, level)
        if before is not None and not levels and n == before + 1:
            return self._open(label)
        if n == 1:
            if levels:
                return self._begins_again(i, label, levels[0])
            return (self._goes_on(i) or not label.format.weak) and self._open(label)
        if not label.firm:
            return False
        for k in levels:
            gap = n - self._label(k).number - 1
            if -1 <= gap <= LARGEST_GAP or (gap > 0 and self._goes_on(i)):
                return self._accept(label, k)
        if before is not None and not levels and (0 <= n - before - 1 <= LARGEST_GAP or (n > before and self._goes_on(i))):
            return self._open(label)
        if before is not None and not levels and n <= 1 + LARGEST_GAP and self._goes_on(i):  # 1 was lost
            return self._open(label)
        # A list may begin anywhere (an excerpt from 20 on) when its next number is there too, or its provisions follow.
        return before is None and (self._goes_on(i) or self._heads_others(i)) and self._open(label)

    def _begins_again(self, i: int, label: Label, level: int) -> bool:
        """1 again while its format is open: a new list, or the same numbering once more below itself."""
        # 「2、…包括：1、…2、…3、…  3、」: the run that begins here breaks off where the open one goes on.
        last, j = 1, self.next_label[i]
        while j is not None and self.labels[j].number == last + 1:
            last, j = last + 1, self.next_label[j]
        deeper = label.indent >= self._label(level).indent + LEAST_INDENT
        if deeper or (j is not None and last > 1 and self.labels[j].number == self._label(level).number + 1):
            return self._accept(label, len(self.open))
        return (self._goes_on(i) or not label.format.weak) and self._accept(label, level)

    def _bullet(self, i: int, label: Label) -> bool:
        if not label.opens:
            return False
        for k in range(len(self.open) - 1, -1, -1):
            if self._label(k).key == label.key:
                return self._accept(label, k, self._label_number(k) + 1)
        return self.next_label[i] is not None and self._open(label, 1)

    def _decimal(self, i: int, label: Label) -> bool:
        if not label.opens:
            return False
        *above, n = label.numbers
        for k in range(len(self.open) - 1, -1, -1):
            other = self._label(k)
            if other.key == label.key and other.numbers[:-1] == tuple(above) and -1 <= n - other.number - 1 <= LARGEST_GAP:
                return self._accept(label, k)
        for k in range(len(self.open) - 1, -1, -1):
            other = self._label(k)
            # 「2　组织机构」 or 「二、组织机构」 above 「2.1」, 「2.1」 above 「2.1.1」
            if other.numbers == tuple(above) and n <= 1 + LARGEST_GAP:
                return self._accept(label, k + 1)
        before = self.reached.get(label.key)
        if before is None and not (n == 1 and self._goes_on(i)):
            return False
        # 「1.1 1.2 2.1 2.2」: nothing says 1 or 2, so that the number stands for the path.
        level = next((k for k, index in enumerate(self.open) if self.nodes[index].label.format.decimal), len(self.open))
        if n <= 1 + LARGEST_GAP and self._goes_on(i):
            return self._accept(label, level, whole=True)
        return False

    def _goes_on(self, i: int) -> bool:
        return self.next_number[i] is not None

    def _goes_on_nearby(self, i: int) -> bool:
        """Of a label inside a paragraph: the next of its kind has the next number, there or in the paragraphs below."""
        j = self.next_label[i]
        if j is None or j != self.next_number[i]:
            return False
        label = self.labels[i]
        return label.format.inline == "sentence" or self.labels[j].start - label.start <= LONGEST_RUN_ON

    def _heads_others(self, i: int) -> bool:
        """「三、地方合作」 above 「36、…」 at the beginning of an excerpt."""
        label = self.labels[i]
        below = self.labels[i + 1] if i + 1 < len(self.labels) else None
        return not self.nodes and label.heads and not label.format.weak and below is not None and below.line == label.line + 1

    def _sloppy(self, i: int, label: Label) -> int | None:
        """The level that a label of a new format goes on: 「1、 序言」, then 「2. 政治合作」 and no 「2、」."""
        for k in range(len(self.open) - 1, -1, -1):
            other = self._label(k)
            if other.format.rank == label.format.rank and other.opens and other.number + 1 == label.number and not label.format.bullet:
                following = self.next_number[self._index(k)]
                return k if following is None or (self._goes_on(i) and following > (self.next_number[i] or 0)) else None
        return None

    def _open(self, label: Label, number: int | None = None) -> bool:
        """Accept a label that begins a level, below the deepest open provision that may hold it."""
        level = len(self.open)
        while level and not self._holds(level - 1, label):
            level -= 1
        return self._accept(label, level, number)

    def _holds(self, level: int, label: Label) -> bool:
        above = self._label(level)
        if label.line == above.line and not label.opens:
            return above.opens or label.format.rank >= above.format.rank
        if not above.opens or (above.format.bullet and not label.format.bullet and not above.heads):
            return False
        if label.format.heading and not above.format.heading:  # a chapter stands in no article
            return False
        if above.key in self.holders[label.key] or label.format.rank > above.format.rank:
            return True
        # Against the usual order: 「1. … （一）… （二）… 2. …」
        index = self._index(level)
        follower = (self.next_label if above.format.bullet else self.next_number)[index]
        if follower is None:
            return False
        enclosing = self.next_number[self._index(level - 1)] if level else None
        return enclosing is None or follower < enclosing

    def _accept(self, label: Label, level: int, number: int | None = None, whole: bool = False) -> bool:
        # Lists pasted one behind the other seem to stand each in the last provision of the one before: then all begins again.
        del self.open[level if level < MOST_LEVELS else 0 :]
        parent = self.open[-1] if self.open else None
        above = self.nodes[parent].path if parent is not None else ()
        n = label.number if number is None else number
        path = (*above, *label.numbers) if whole else (*above, n)
        if parent is not None:
            self.holders[label.key].add(self.nodes[parent].label.key)
        self.open.append(len(self.nodes))
        self.reached[label.key] = n
        self.nodes.append(Node(label, path, parent))
        self.origin.append(self.at)
        return True

    def _label(self, level: int) -> Label:
        return self.nodes[self.open[level]].label

    def _label_number(self, level: int) -> int:
        return self.nodes[self.open[level]].path[-1]

    def _index(self, level: int) -> int:
        """The index among the labels of an open provision."""
        return self.origin[self.open[level]]


def _ahead(labels: Sequence[Label]) -> tuple[list[int | None], list[int | None], list[bool]]:
    """For each label: the next with its key and the next number, the next with its key, and whether that is a firm one of
    the same number."""
    by_number: dict[tuple[str, tuple[int, ...]], int] = {}
    by_key: dict[str, int] = {}
    next_number: list[int | None] = [None] * len(labels)
    next_label: list[int | None] = [None] * len(labels)
    rival = [False] * len(labels)
    for i in range(len(labels) - 1, -1, -1):
        label = labels[i]
        *above, n = label.numbers
        following = by_number.get((label.key, (*above, n + 1)))
        same = by_number.get((label.key, label.numbers))
        next_number[i], next_label[i] = following, by_key.get(label.key)
        rival[i] = same is not None and same == next_label[i] and labels[same].firm and labels[same].opens
        by_number[label.key, label.numbers] = by_key[label.key] = i
    return next_number, next_label, rival
