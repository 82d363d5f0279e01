"""Sections and items: what the numbered lines of the body are in the model."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import regex
from msgspec import structs

from qingdan.model import Document, Issue, Item, Section
from qingdan.splitting.frame import quoted
from qingdan.splitting.lines import Line
from qingdan.splitting.nodes import Node, layout
from qingdan.splitting.topics import topic_end

LONGEST_HEADING = 60
_UNHEADED = regex.compile(r"[。;；!?！？,]$")


def split(document: Document) -> Document:
    """The document with its sections and items, from the lines that ``frame`` left. Never raises.

    With no number on the page every paragraph below the title is an item, and an issue says so.
    """
    splitter = _Splitter(document)
    if splitter.nodes:
        sections, items = splitter.provisions()
        issues = document.issues
    else:
        sections, items = [], splitter.paragraphs()
        issues = (*document.issues, Issue("no-list", "no numbered provisions found", None, None, "warning"))
    return structs.replace(
        document,
        document=structs.replace(document.document, format=splitter.format(items)),
        sections=tuple(sections),
        items=tuple(items),
        issues=issues,
    )


class _Splitter:
    """The body's lines and tree, and the model's parts made of them."""

    def __init__(self, document: Document) -> None:
        self.text, self.id = document.text, document.id
        self.folded, paragraphs, self.nodes = layout(document.text)
        taken = {part.start for part in document.chrome}
        taken_until = max((part.end for part in (document.title, document.preamble) if part), default=0)
        self.first = self.nodes[0].label.line if self.nodes else 0
        self.body = [
            line for line in paragraphs[self.first :] if (start := self.folded.original(line.start)) >= taken_until and start not in taken
        ]

    def provisions(self) -> tuple[list[Section], list[Item]]:
        sections: list[Section] = []
        items: list[Item] = []
        starts = [node.label.line - self.first for node in self.nodes] + [len(self.body)]
        parents = {node.parent for node in self.nodes}
        seen: Counter[str] = Counter()
        ids: list[str] = []
        headings: list[bool] = []
        for i, (node, (begin, end)) in enumerate(zip(self.nodes, pairwise(starts), strict=True)):
            own = self.body[begin:end]
            name = f"{self.id}#{'.'.join(map(str, node.path))}"
            seen[name] += 1
            # A page that repeats a number keeps both provisions apart.
            ids.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
            headings.append(i in parents and self._is_heading(node, own))
            label = self._quoted(own[0].start, node.label.end)[0].rstrip()
            content = self._skip_blanks(node.label.end, own[0].end)
            if headings[i]:
                title = self._quoted(content, own[0].end)[0]
                _, start, stop = self._quoted(own[0].start, own[0].end)
                sections.append(Section(ids[i], node.path, label, title, start, stop))
            else:
                above = node.parent
                while above is not None and not headings[above]:
                    above = self.nodes[above].parent
                section = None if above is None else ids[above]
                parent = None if node.parent is None or headings[node.parent] else ids[node.parent]
                items.append(self._item(ids[i], node.path, label, content, own, section, parent))
        return sections, items

    def paragraphs(self) -> list[Item]:
        return [self._item(f"{self.id}#{i}", (i,), "", line.start, [line], None, None) for i, line in enumerate(self.body, 1)]

    def format(self, items: list[Item]) -> str | None:
        """The formats by depth, and whether most items have a topic: ``chinese-dun/arabic-dun+topic``."""
        if not self.nodes:
            return "paragraphs" if items else None
        depths: dict[int, Counter[str]] = {}
        for node in self.nodes:
            depths.setdefault(len(node.path), Counter())[node.label.format.id] += 1
        name = "/".join(depths[depth].most_common(1)[0][0] for depth in sorted(depths))
        topics = sum(item.topic is not None for item in items)
        return name + ("+topic" if topics * 2 > len(items) else "")

    def _quoted(self, start: int, end: int) -> tuple[str, int, int]:
        return quoted(self.text, self.folded, start, end)

    def _skip_blanks(self, at: int, end: int) -> int:
        while at < end and self.folded.text[at].isspace():
            at += 1
        return at

    def _is_heading(self, node: Node, own: list[Line]) -> bool:
        """A short line that is no sentence and has no topic and text of its own."""
        line = own[0]
        return (
            len(own) == 1
            and line.end - node.label.end <= LONGEST_HEADING
            and not _UNHEADED.search(self.folded.text, line.start, line.end)
            and topic_end(self.folded.text, node.label.end, line.end) is None
        )

    def _item(
        self, name: str, path: tuple[int, ...], label: str, content: int, own: list[Line], section: str | None, parent: str | None
    ) -> Item:
        whole = self.folded.text
        stop = own[-1].end
        colon = topic_end(whole, content, own[0].end)
        topic: str | None = None
        begin = content
        if colon is not None:
            topic = self._quoted(content, colon)[0].strip()
            begin = self._skip_blanks(colon + 1, stop)
        elif len(own) > 1 and own[0].end - content <= LONGEST_HEADING and not _UNHEADED.search(whole, content, own[0].end):
            topic = self._quoted(content, own[0].end)[0]
            begin = own[1].start
        _, start, end = self._quoted(own[0].start, stop)
        body, body_start, body_end = self._quoted(begin, stop)
        return Item(name, path, path[-1], label, topic, section, parent, start, end, body_start, body_end, body)
