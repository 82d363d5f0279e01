"""Sections and items: what the numbered pieces of the body are in the model."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from msgspec import structs

from qingdan.model import Chrome, Document, Issue, Item, Section
from qingdan.reading.furniture import BETWEEN_PAGES
from qingdan.splitting.evidence import weigh
from qingdan.splitting.frame import frame, quoted
from qingdan.splitting.headings import LONGEST_STOPPED, SHORTEST_STOPPED, plain_heading, stopped_heading, trailing, wrapped
from qingdan.splitting.layout import Layout, layout
from qingdan.splitting.lines import Line
from qingdan.splitting.nodes import Node
from qingdan.splitting.topics import topic_end
from qingdan.splitting.unnumbered import headed_runs, topic_of

FINISHED = 0.8  # of the provisions end in a full stop, so that a line without one is none of theirs
LONGEST_SIGNATURE = 40
MOST_SIGNATURES = 6
FEWEST_SINGLE = 2  # provisions of one paragraph each that show the last to be one too


def split(document: Document) -> Document:
    """The document with its frame, its sections and its items. Never raises.

    With no number on the page every paragraph below the title of a document is an item. A page without a list (a news
    story, an index, a table of contents) has none; either way an issue says so.
    """
    between = [(part.start, part.end) for part in document.chrome if part.kind in BETWEEN_PAGES]
    laid = layout(document.text, [(part.start, part.end) for part in document.chrome], between)
    document = frame(document, laid)
    splitter = _Splitter(document, laid)
    issues = document.issues
    if splitter.nodes:
        splitter.provisions()
    else:
        splitter.paragraphs()
        issues = (
            *issues,
            Issue("unnumbered", "no numbered provisions found: its paragraphs are the items", None, None, "warning")
            if splitter.items
            else Issue("no-list", "no list found on this page", None, None, "warning"),
        )
    weighed = weigh(laid, splitter.items)
    return structs.replace(
        document,
        document=structs.replace(document.document, format=weighed.format, evidence=weighed.evidence),
        sections=tuple(splitter.sections),
        items=tuple(splitter.items),
        chrome=tuple(_outside([*document.chrome, *splitter.chrome], [*splitter.sections, *splitter.items])),
        issues=issues,
    )


def _outside(chrome: Sequence[Chrome], parts: Sequence[Section | Item]) -> Iterator[Chrome]:
    """The chrome in order, each line once, without what stands in the middle of a provision (a row of share buttons between
    two of its paragraphs): that is a part of it, for a provision is one stretch of text."""
    spans = sorted((part.start, part.end) for part in parts)
    at = taken = 0
    for part in sorted(chrome, key=lambda part: part.start):
        while at < len(spans) and spans[at][1] <= part.start:
            at += 1
        if part.start >= taken and (at == len(spans) or part.start < spans[at][0]):
            taken = part.end
            yield part


class _Place(NamedTuple):
    """Where a provision stands: its id and path, and the ids of the section and of the item above it."""

    id: str
    path: tuple[int, ...]
    section: str | None
    parent: str | None


class _Heading(NamedTuple):
    """The heading of a provision: its span, and how many of the provision's pieces it takes."""

    start: int
    end: int
    pieces: int


class _Splitter:
    """The body's pieces and tree, and the model's parts made of them."""

    def __init__(self, document: Document, laid: Layout) -> None:
        self.text, self.name, self.laid = document.text, document.id, laid
        self.folded, self.nodes = laid.folded, laid.nodes
        taken = {part.start for part in document.chrome}
        taken_until = max((part.end for part in (document.title, document.preamble) if part), default=0)
        self.free = [(start := self.folded.original(piece.start)) >= taken_until and start not in taken for piece in self.laid.pieces]
        self.sections: list[Section] = []
        self.items: list[Item] = []
        self.chrome: list[Chrome] = []
        self.alike: dict[int | None, bool] = {}
        self.seen: dict[str, int] = {}

    @cached_property
    def topics(self) -> Counter[str]:
        """How often each topic heads a piece."""
        text = self.folded.text
        return Counter(topic for piece in self.laid.pieces if (topic := topic_of(text, piece)) is not None)

    def provisions(self) -> None:
        children: defaultdict[int | None, list[int]] = defaultdict(list)
        for i, node in enumerate(self.nodes):
            children[node.parent].append(i)
        self.own = [self._own(start, stop) for start, stop in pairwise([*self.laid.starts, len(self.laid.pieces)])]
        self._drop_strays()
        self._drop_closing(children)
        ids: list[str] = []
        sections: list[bool] = []
        headings = [self._heading(i, children[node.parent], bool(children.get(i))) for i, node in enumerate(self.nodes)]
        for i, node in enumerate(self.nodes):
            own, heading = self.own[i], headings[i]
            place = self._place(node, ids, sections)
            rest = own[heading.pieces :] if heading else own
            runs = headed_runs(self.folded.text, rest, self.topics) if heading and rest and i not in children else []
            ids.append(place.id)
            sections.append(bool((i in children and not rest and heading) or runs))
            label = self._quoted(own[0].start, node.label.end)[0].rstrip()
            if sections[i] and heading:
                self._section(place, label, own, heading)
                for n, run in enumerate(runs, 1):
                    below = _Place(self._unique((*node.path, n)), (*node.path, n), place.id, None)
                    self._item(below, "", run[0].start, run, None)
            else:
                self._item(place, label, node.label.end, own, heading)

    def paragraphs(self) -> None:
        text = self.folded.text
        body = [piece for piece, free in zip(self.laid.pieces, self.free, strict=True) if free]
        for i, run in enumerate(headed_runs(text, body, self.topics) or ([line] for line in body), 1):
            self._item(_Place(f"{self.name}#{i}", (i,), None, None), "", run[0].start, run, None)

    def _own(self, start: int, stop: int) -> list[Line]:
        """A provision's pieces: to the next provision, without the chrome at their end."""
        while stop > start + 1 and not self.free[stop - 1]:
            stop -= 1
        return self.laid.pieces[start:stop]

    def _drop_strays(self) -> None:
        """A heading without a number between two provisions belongs to neither."""
        for i in range(len(self.nodes) - 1):
            own = self.own[i]
            if len(self.nodes[i + 1].path) <= len(self.nodes[i].path) and trailing(self.folded.text, own, LONGEST_STOPPED, 1):
                line = own.pop()
                self.chrome.append(Chrome(*self._quoted(line.start, line.end), "heading"))

    def _drop_closing(self, children: Mapping[int | None, Sequence[int]]) -> None:
        """Below a list of single paragraphs, those behind its last are no part of it: 「本通知自印发之日起施行。」."""
        last = len(self.nodes) - 1
        siblings = children[self.nodes[last].parent]
        before = [k for k in siblings if k != last]
        if len(before) >= FEWEST_SINGLE and all(len(self.own[k]) == 1 and k not in children for k in before):
            for line in self.own[last][1:]:
                self.chrome.append(Chrome(*self._quoted(line.start, line.end), "closing"))
            del self.own[last][1:]
        ends = [self.folded.text[self.own[k][-1].end - 1] for k in before]
        finished = sum(end in "。;" for end in ends) >= FINISHED * len(ends) if len(ends) >= FEWEST_SINGLE else False
        for _ in range(trailing(self.folded.text, self.own[last], LONGEST_SIGNATURE, MOST_SIGNATURES) if finished else 0):
            line = self.own[last].pop()  # 「甲国政府代表」, 「乙国政府代表」
            self.chrome.append(Chrome(*self._quoted(line.start, line.end), "signature"))

    def _heading(self, i: int, siblings: Sequence[int], above_others: bool) -> _Heading | None:
        """The heading of a provision that has text or provisions below it, None when it begins with its text."""
        text, own, node = self.folded.text, self.own[i], self.nodes[i]
        start = self._skip_blanks(node.label.end, own[0].end)
        if start == own[0].end:  # 「第一条」 alone: the heading is the next line, or the lines up to the provisions below
            lines = own[1:]
            count = len(lines) if above_others and all(plain_heading(text, *line) for line in lines) else 1
            if lines and plain_heading(text, lines[0].start, lines[count - 1].end) and (above_others or len(lines) > count):
                return _Heading(lines[0].start, lines[count - 1].end, 1 + count)
            return _Heading(start, start, 1) if above_others and not lines else None
        if not (above_others or len(own) > 1):
            return None
        if (plain_heading(text, start, own[0].end) and not wrapped(text, own)) or (node.label.format.heading and own[0].end - start <= 60):
            return _Heading(start, own[0].end, 1)
        short = above_others and len(own) == 1 and own[0].end - start <= SHORTEST_STOPPED  # 「（二）工作要求。\n1.」
        if stopped_heading(text, start, own[0].end) and (short or self._alike(node.parent, siblings)):
            return _Heading(start, own[0].end - 1, 1)
        return None

    def _alike(self, parent: int | None, siblings: Sequence[int]) -> bool:
        """Whether most of the provisions side by side have a heading with a full stop: 「（一）…。\\n正文」."""
        if parent not in self.alike:
            ends = [(self.nodes[k].label.end, self.own[k][0].end) for k in siblings]
            stopped = sum(stopped_heading(self.folded.text, self._skip_blanks(*span), span[1]) for span in ends)
            self.alike[parent] = stopped * 2 > len(siblings)
        return self.alike[parent]

    def _place(self, node: Node, ids: Sequence[str], sections: Sequence[bool]) -> _Place:
        above = node.parent
        while above is not None and not sections[above]:
            above = self.nodes[above].parent
        parent = None if node.parent is None or sections[node.parent] else ids[node.parent]
        return _Place(self._unique(node.path), node.path, None if above is None else ids[above], parent)

    def _unique(self, path: tuple[int, ...]) -> str:
        """The id of a path; a page that repeats a number keeps both provisions apart."""
        name = f"{self.name}#{'.'.join(map(str, path))}"
        times = self.seen[name] = self.seen.get(name, 0) + 1
        return name if times == 1 else f"{name}~{times}"

    def _quoted(self, start: int, end: int) -> tuple[str, int, int]:
        return quoted(self.text, self.folded, start, end)

    def _skip_blanks(self, at: int, end: int) -> int:
        while at < end and self.folded.text[at].isspace():
            at += 1
        return at

    def _section(self, place: _Place, label: str, own: list[Line], heading: _Heading) -> None:
        title = self._quoted(heading.start, heading.end)[0] or None
        _, start, end = self._quoted(own[0].start, own[heading.pieces - 1].end)
        self.sections.append(Section(place.id, place.path, label, title, start, end))

    def _item(self, place: _Place, label: str, label_end: int, own: list[Line], heading: _Heading | None) -> None:
        text = self.folded.text
        stop = max(own[-1].end, label_end)
        content = self._skip_blanks(label_end, stop)
        topic: str | None = None
        begin = content
        colon = topic_end(text, content, own[0].end if own[0].end > content else stop)
        if colon is not None:
            topic = self._quoted(content, colon)[0].strip()
            begin = self._skip_blanks(colon + 1, stop)
        elif heading is not None and heading.pieces < len(own):
            topic = self._quoted(heading.start, heading.end)[0]
            begin = own[heading.pieces].start
        _, start, end = self._quoted(own[0].start, stop)
        body, body_start, body_end = self._quoted(begin, stop)
        self.items.append(
            Item(place.id, place.path, place.path[-1], label, topic, place.section, place.parent, start, end, body_start, body_end, body)
        )
