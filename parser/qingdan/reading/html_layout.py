"""The tree of a page laid out in lines, as a browser would: blocks, lists, table rows, what is hidden, what is a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qingdan.reading.html_chrome import hint
from qingdan.reading.html_lines import Line, Region, without_copies
from qingdan.reading.html_lists import Numbering
from qingdan.reading.html_space import BETWEEN, LABEL, lines, trimmed
from qingdan.reading.html_style import BLOCKS, SKIPPED, STRUCTURE, UNSTYLED, Style, parsed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Attributes = dict[str, str | None]

_REMNANT = re.compile(r"\{\{[^{}]{0,200}\}\}|\{%[^{}%]{0,200}%\}")
_COMMENT_REST = re.compile(r"^(?:(?://)?--!?>|\]\]>){1,9}[ \u00a0]?|[ \u00a0]?(?:(?://)?--!?>|\]\]>){1,9}$")
_SEPARATORS = " \t\r\n\f\u00a0\u3000|｜·•>＞»›/／-—–:：[]【】()（）、,，;；.。"
_ROW_NUMBER = re.compile(r"[(（]?(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})[)）.．、]?")
_ITEM = re.compile(rf"{LABEL.pattern}[\s\u3000]{{0,4}}[\u3400-\u9fff“《](?:[^\t]{{5}})")
_STOPS = re.compile("[。；]")
_PANEL = 80  # characters of a hidden block that is a tab or a folded text, not a remnant
_LINK = 80  # characters of a line that is a link rather than a text someone linked


class _Open:
    """What is to be done where an element ends; a plain inline element has none."""

    __slots__ = ("block", "cell", "heading", "hidden", "item", "link", "list", "pre", "region", "row", "start", "symbols")

    def __init__(self) -> None:
        self.block = self.cell = self.hidden = self.link = self.list = self.pre = self.row = self.symbols = False
        self.heading = ""
        self.item: int | None = None
        self.region: Region | None = None
        self.start = 0


class Layout:
    """The lines of a page, with the stretches of them that its markup sets apart, and the texts of its ``<h1>``.

    ``panels`` are the hidden blocks that were kept. ``frames`` and ``iframes`` count the frames whose pages are not here.
    """

    def __init__(self, root: LexborNode) -> None:
        self.lines: list[Line] = []
        self.regions: list[Region] = []
        self.headings: list[str] = []
        self.panels: list[tuple[int, int]] = []
        self.frames = self.iframes = 0
        self._parts: list[str] = []
        self._linked = self._plain = False
        self._links = self._pre = self._symbols = 0
        self._marks: list[str] = []
        self._lists: list[Numbering] = []
        self._rows: list[tuple[int, list[tuple[int, int]]]] = []
        self._around: list[Region] = []
        self._styles: dict[str, Style] = {}
        self._walk(root)
        self._flush()
        self.lines, self.regions = without_copies(self.lines, self.regions, self.panels)

    def _walk(self, root: LexborNode) -> None:
        """Every node in order, without recursion: elements nest as deep as the parser lets them."""
        stack: list[tuple[LexborNode, _Open | None]] = []
        node = root
        while True:
            tag = node.tag
            child = None
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag == "br" or tag == "hr":
                self._flush()
            elif tag is not None and tag not in SKIPPED:
                child = node.first_child
                if child is not None:
                    kept, opened = self._enter(tag, node)
                    if kept:
                        stack.append((node, opened))
                    else:
                        child = None
                elif tag in BLOCKS:
                    self._empty(tag, node)
                elif tag == "frame":
                    self.frames += 1
            elif tag == "iframe":
                self.iframes += 1
            if child is not None:
                node = child
                continue
            following = node.next if stack else None
            while following is None:
                if not stack:
                    return
                node, opened = stack.pop()
                if opened is not None:
                    self._leave(opened)
                following = node.next if stack else None
            node = following

    def _empty(self, tag: str, node: LexborNode) -> None:
        """A block with nothing in it still breaks the line, an empty cell is a cell, and an empty item is counted."""
        self._flush()
        if tag in ("td", "th") and self._rows:
            self._rows[-1][1].append((len(self.lines), len(self.lines)))
        elif tag == "li" and self._lists:
            self._lists[-1].mark(node.attributes)

    def _enter(self, tag: str, node: LexborNode) -> tuple[bool, _Open | None]:
        """Whether the element is to be gone into, and what is to be done at its end."""
        attributes = node.attributes
        block = tag in BLOCKS
        if not attributes and not block:
            return True, None
        opened = _Open()
        style = UNSTYLED
        if css := attributes.get("style"):  # a page says the same few styles of thousands of elements
            found = self._styles.get(css)
            style = self._styles[css] = found or parsed(css)
            if style.block is not None and tag not in STRUCTURE:
                block = style.block
        if tag not in ("html", "body") and (
            style.hidden
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or (tag == "dialog" and "open" not in attributes)
        ):
            if not block:
                return False, None
            opened.hidden = True
        if block:
            self._flush()
            opened.block = True
            self._enter_block(tag, node, attributes, opened)
        elif tag == "a" and "href" in attributes:
            opened.link = True
            self._links += 1
        if style.pre or tag in ("pre", "listing", "xmp", "plaintext"):
            opened.pre = True
            self._pre += 1
        if style.symbols:
            opened.symbols = True
            self._symbols += 1
        return True, opened

    def _enter_block(self, tag: str, node: LexborNode, attributes: Attributes, opened: _Open) -> None:
        opened.start = len(self.lines)
        if tag == "tr":
            self._rows.append((len(self.lines), []))
            opened.row = True
        elif tag == "td" or tag == "th":
            opened.cell = bool(self._rows)
        elif tag in ("ol", "ul", "menu", "dir"):
            down = tag == "ol" and "reversed" in attributes
            items = sum(1 for child in node.iter() if child.tag == "li") if down else 0
            self._lists.append(Numbering(tag == "ol", attributes, items))
            opened.list = True
        elif tag == "li":
            # A bullet whose item begins with a list is no line of its own, a number is part of the text.
            self._marks = [mark for mark in self._marks if mark != "• "]
            opened.item = len(self._marks)
            self._marks.append((self._lists[-1] if self._lists else Numbering(False, {})).mark(attributes))
        elif tag in ("h1", "h2", "h3"):
            opened.heading = tag
        elif tag == "main" or tag == "article":
            for region in self._around:
                region.holds_body = True
        found = hint(tag, attributes)
        if found is not None:
            region = Region(found.kind, found.element, len(self.lines))
            opened.region = region
            self._around.append(region)

    def _leave(self, opened: _Open) -> None:
        if opened.link:
            self._links -= 1
        if opened.symbols:
            self._symbols -= 1
        if opened.block:
            self._flush()
            if opened.heading:
                self._heading(opened.heading, opened.start)
            if opened.list:
                self._lists.pop()
            if opened.item is not None:
                del self._marks[opened.item :]
            if opened.row:
                self._join_row(*self._rows.pop())
            elif opened.cell:
                self._rows[-1][1].append((opened.start, len(self.lines)))
            if opened.region is not None:
                self._around.pop()
                opened.region.end = len(self.lines)
                if opened.region.end > opened.region.start:
                    self.regions.append(opened.region)
            if opened.hidden:
                self._forget_remnant(opened.start)
        if opened.pre:
            self._pre -= 1

    def _heading(self, tag: str, start: int) -> None:
        found = self.lines[start:]
        if not found:
            return
        if tag == "h1":
            self.headings.append("".join(line.text for line in found))
        if not all(line.link for line in found):  # a site's name in its own <h1> is a link to its front page
            for region in self._around:
                # 相关新闻 is a heading of chrome, but what stands in a header is the title of the page.
                region.holds_heading |= tag == "h1" or region.kind == "header"

    def _forget_remnant(self, start: int) -> None:
        """Drops a hidden block, but not a panel: tabs keep whole treaties in blocks that a click shows."""
        hidden = self.lines[start:]
        if sum(len(line.text) for line in hidden if not line.link) >= _PANEL:
            self.panels.append((start, len(self.lines)))
            return
        del self.lines[start:]
        while self.regions and self.regions[-1].end > start:
            self.regions.pop()
        while self.panels and self.panels[-1][1] > start:
            self.panels.pop()

    def _text(self, text: str) -> None:
        if not text:
            return
        if "{" in text:
            text = _REMNANT.sub("", text)
        if self._pre:
            first, *others = re.split("\r\n|[\r\n]", text)
            self._add(first)
            for piece in others:
                self._flush()
                self._add(piece)
            return
        bare = text.strip(" \t\r\n\f")
        if bare:
            self._add(text)
        elif self._parts:
            self._parts.append(BETWEEN if "\n" in text or "\r" in text else " ")

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._symbols and len(trimmed(text)) == 1 and not self._plain:
            text = "•"  # the letter that a font of symbols draws as a bullet
        self._parts.append(text)
        if self._links:
            self._linked = True
        elif not self._plain and text.strip(_SEPARATORS):
            self._plain = True

    def _flush(self) -> None:
        """Ends the line."""
        if not self._parts:
            return
        raw = "".join(self._parts)
        self._parts.clear()
        link = self._linked and not self._plain
        self._linked = self._plain = False
        for text in [trimmed(raw)] if self._pre else lines(raw):
            if "--" in text or "]]>" in text:
                text = trimmed(_COMMENT_REST.sub("", text))
            if not text:
                continue
            is_link = link and len(text) <= _LINK and not _STOPS.search(text)
            if self._marks:
                mark = "".join(self._marks)
                self._marks = [""] * len(self._marks)
                if mark and not LABEL.match(text) and not (is_link and mark == "• "):
                    text = mark + text
            self.lines.append(Line(text, is_link))

    def _join_row(self, start: int, cells: list[tuple[int, int]]) -> None:
        """One line a row where each cell is one line; else the cells' lines, a number in the first cell before the second."""
        if any(region.end > start for region in self.regions[-1:]) or not cells:
            return
        if all(end - begin <= 1 for begin, end in cells):
            row = [self.lines[begin] if end > begin else Line("", True) for begin, end in cells]
            # 「政治类｜1. 设立委员会」: an item begins a line even where a heading stands beside it, but 「1｜（一）」 is one number.
            firsts = [
                i for i, line in enumerate(row)
                if i > 0 and _ITEM.match(line.text) and not all(_ROW_NUMBER.fullmatch(before.text) for before in row[:i] if before.text)
            ]  # fmt: skip
            del self.lines[start:]
            for i, j in zip([0, *firsts], [*firsts, len(row)], strict=True):
                joined = "\t".join(line.text for line in row[i:j]).strip("\t")
                if joined:
                    self.lines.append(Line(joined, all(line.link for line in row[i:j])))
            return
        (begin, end), following = cells[0], cells[1:2]
        if end - begin == 1 and following and following[0][1] > following[0][0] and _ROW_NUMBER.fullmatch(self.lines[begin].text):
            second = self.lines[end]
            self.lines[begin : end + 1] = [Line(f"{self.lines[begin].text}\t{second.text}", False)]
