"""Word documents: the text as Word shows it, with the automatic numbers that stand outside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from qingdan.model import Chrome, Issue, QingdanError
from qingdan.reading.package import text_parts
from qingdan.reading.page import Page
from qingdan.reading.titles import metadata_title
from qingdan.reading.word_lists import Label, Lists, Styles, W, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = {
    W + name
    for name in (
        "del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "object",
        "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "annotationRef", "commentReference", "pgNum",
    )
}  # fmt: skip
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PRIVATE = re.compile("[\uf000-\uf0ff]")  # where Word puts the signs of Symbol and Wingdings
_CONTENTS = re.compile(r"\s{0,20}TOC\b")


class Line(NamedTuple):
    """A line of the page, and the kind of chrome that it is."""

    text: str
    chrome: str | None = None


def read(data: bytes) -> Page:
    """Read a Word document (DOCX, DOCM or template).

    A paragraph is a line, a row of a table is one line with tabs between its cells (or a line for each paragraph, when a
    cell holds several). Deletions, hidden text, comments, headers and footers are left out; notes stand after the text
    as chrome, and a table of contents is chrome where it stands. Raises QingdanError for what cannot be read.
    """
    try:
        from docx.oxml.parser import parse_xml
        from docx.package import Package
    except ImportError:
        raise QingdanError("reading DOCX needs python-docx: pip install 'qingdan[docx]'") from None
    container = text_parts(data)
    try:
        package = Package.open(BytesIO(container))
        document: Any = package.main_document_part
        parts: dict[str, list[Element]] = {}
        for relation in document.rels.values():
            if not relation.is_external:
                parts.setdefault(relation.reltype.rpartition("/")[2], []).append(parse_xml(relation.target_part.blob))
        root: Element = parse_xml(document.blob)
        title = metadata_title(package.core_properties.title)
    except Exception as error:  # python-docx raises whatever a broken part makes its own code and lxml raise
        raise QingdanError(f"is a broken DOCX: {' '.join(str(error).split())[:120] or type(error).__name__}") from None
    try:
        return _page(root, parts, title)
    except RecursionError:
        raise QingdanError("is a broken DOCX: its parts are nested too deep") from None


def _page(root: Element, parts: dict[str, list[Element]], title: str | None) -> Page:
    body = root.find(W + "body")
    if body is None:
        raise QingdanError("is a broken DOCX: it has no body")
    styles = Styles(next(iter(parts.get("styles", ())), None))
    reader = _Reader(styles, Lists(next(iter(parts.get("numbering", ())), None), styles))
    reader.blocks(body)
    lines = reader.finished()
    if reader.in_contents():  # the end of the field was lost: nobody knows where the contents end
        lines = [Line(line.text) for line in lines]
    if not any(line.text for line in lines):
        raise QingdanError("holds no text (a scan, or pictures of pages)")
    for kind in ("footnotes", "endnotes"):
        for notes in parts.get(kind, ()):
            plain = _Reader(styles, reader.lists)
            plain.blocks(note for note in notes if value(note, "type") in {None, "normal"})
            lines += [Line(line.text, "note") for line in plain.finished()]
    text = "\n".join(line.text for line in lines)
    chrome: list[Chrome] = []
    at = 0
    for line in lines:
        if line.chrome:
            chrome.append(Chrome(line.text, at, at + len(line.text), line.chrome))
        at += len(line.text) + 1
    return Page(
        text=text,
        media_type=MEDIA_TYPE,
        issues=(*_left_out(parts, styles), *reader.issues()),
        chrome=tuple(chrome),
        titles=tuple(dict.fromkeys(t for t in (reader.title(), title) if t)),
    )


def _left_out(parts: dict[str, list[Element]], styles: Styles) -> Iterator[Issue]:
    """What the headers and footers say, unless it is page numbers alone."""
    shown: list[str] = []
    for part in (*parts.get("header", ()), *parts.get("footer", ())):
        plain = _Reader(styles, Lists(None, styles))
        plain.blocks(part)
        shown += [line.text for line in plain.finished() if re.search(r"[^\W\d_]{2}", line.text)]
    if shown:
        quoted = "; ".join(f"「{line[:60]}」" for line in list(dict.fromkeys(shown))[:5])
        yield Issue("running-head", f"headers and footers were left out: {quoted}", None, None, "info")


class _Reader:
    """Walks through the elements of a part and gathers its lines."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.styles = styles
        self.lists = lists
        self._lines: list[Line] = []
        self._fields: list[list[str]] = []  # the open fields, each its instruction and "result" once that has begun
        self._contents = 0  # how many tables of contents (as content controls) are open
        self._pieces: list[str] = []
        self._listed: set[bool] = set()  # whether the paragraph's texts stand in a table of contents
        self._boxes: list[Element] = []
        self._joined: tuple[Label | None, str] | None = None  # a paragraph whose end mark is deleted or hidden
        self._titles: list[tuple[int, str]] = []
        self._unknown = 0
        self._foreign = 0

    def finished(self) -> list[Line]:
        if self._joined is not None:
            label, text = self._joined
            self._joined = None
            self._write(label, text, self.in_contents())
        return self._lines

    def title(self) -> str | None:
        """The first paragraphs in the style that is called Title, one below the other."""
        run = [text for i, (at, text) in enumerate(self._titles) if at == self._titles[0][0] + i]
        return "".join(run)[:200] or None

    def issues(self) -> Iterator[Issue]:
        if self._unknown:
            yield Issue(
                "unknown-numeral", f"{self._unknown} labels in a numeral format not known stand in Arabic digits", None, None, "warning"
            )
        if self._foreign:
            yield Issue("not-read", f"{self._foreign} embedded documents were not read", None, None, "warning")

    def blocks(self, elements: Iterable[Element]) -> None:
        """The paragraphs, tables and what holds such."""
        for element in elements:
            tag = element.tag
            if tag == W + "p":
                self._paragraph(element)
            elif tag == W + "tbl":
                self._table(element)
            elif tag == W + "altChunk":
                self._foreign += 1
            elif tag == W + "sdt":
                gallery = value(element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
                self._contents += gallery == "Table of Contents"
                self.blocks(element)
                self._contents -= gallery == "Table of Contents"
            elif tag == _ALTERNATE:
                self.blocks(_alternative(element))
            elif isinstance(tag, str) and tag not in _SKIPPED:
                self.blocks(element)

    def _table(self, table: Element) -> None:
        for row in _below(table, W + "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and (properties.find(W + "del") is not None or is_on(properties.find(W + "hidden"))):
                continue
            cells: list[list[Line]] = []
            whole = self._lines
            for cell in _below(row, W + "tc"):
                self._lines = []
                self.blocks(cell)
                cells.append([line for line in self.finished() if line.text])
            self._lines = whole
            if all(len(cell) <= 1 for cell in cells):
                filled = [cell[0] for cell in cells if cell]
                kinds = {line.chrome for line in filled}
                if filled:
                    self._lines.append(Line("\t".join(line.text for line in filled), kinds.pop() if len(kinds) == 1 else None))
            else:
                self._lines += [line for cell in cells for line in cell]

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(W + "pPr")
        style = value(properties.find(W + "pStyle")) if properties is not None else None
        before = self._pieces, self._boxes, self._listed
        self._pieces, self._boxes, self._listed = [], [], set()
        styled = self.styles.name(style).startswith("toc ")
        self._inline(paragraph, self.styles.hides(style or self.styles.default))
        text = _PRIVATE.sub("•", "".join(self._pieces))
        in_contents = styled or self._listed == {True}
        mark = properties.find(W + "rPr") if properties is not None else None
        deleted = mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)
        hidden = mark is not None and is_on(mark.find(W + "vanish"))
        label = None
        if not deleted and (text.strip() or not hidden):
            label = self.lists.label(paragraph)
        earlier, text_before = self._joined or (None, "")
        self._joined = None
        label, text = earlier or label, text_before + text
        if (deleted or hidden) and text:
            self._joined = (label, text)
        else:
            if text.strip() and self.styles.name(style) == "title":
                self._titles.append((len(self._lines), text.strip()))
            self._write(label, text, in_contents)
        # An instruction ends in its paragraph; of one that does not, the end was lost, and the text after it must not be.
        self._fields = [field for field in self._fields if len(field) > 1]
        boxes = self._boxes
        self._pieces, self._boxes, self._listed = before
        for box in boxes:
            self.blocks(box)

    def _write(self, label: Label | None, text: str, in_contents: bool) -> None:
        rows = [row.strip() for row in text.split("\n")]
        if label is not None:
            self._unknown += not label.known
            if rows[0] or any(c.isalnum() for c in label.text):  # a bullet before nothing is nothing
                # 「1.」 set right before 「5亿元」 would read 1.5.
                blank = " " if label.text[-1:].isascii() and not label.text.endswith((" ", ")")) and rows[0][:1].isdigit() else ""
                rows[0] = (label.text + blank + rows[0]).strip()
        self._lines += [Line(row, "contents" if in_contents else None) for row in rows if row]

    def in_contents(self) -> bool:
        return self._contents > 0 or any(_CONTENTS.match(field[0]) for field in self._fields)

    def _inline(self, elements: Iterable[Element], hidden: bool) -> None:
        """The text below a paragraph, in reading order."""
        for child in elements:
            tag = child.tag
            if tag in (W + "t", _MATH_TEXT):
                self._add(re.sub(r"[\r\n]", " ", child.text or ""), hidden)
            elif tag in _SIGNS:
                self._add("" if value(child, "type") in {"page", "column"} else _SIGNS[tag], hidden)
            elif tag == W + "r":
                self._inline(child, self._is_hidden(child, hidden))
            elif tag == W + "sym":
                code = value(child, "char") or ""
                sign = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""
                self._add("•" if "\ud800" <= sign <= "\uf8ff" else sign, hidden)
            elif tag == W + "fldChar":
                self._field(value(child, "fldCharType"))
            elif tag == W + "instrText":
                if self._fields and len(self._fields[-1]) == 1:
                    self._fields[-1][0] = (self._fields[-1][0] + (child.text or ""))[:200]
            elif tag == W + "txbxContent":
                self._boxes.append(child)
            elif tag == _ALTERNATE:
                self._inline(_alternative(child), hidden)
            elif isinstance(tag, str) and tag not in _SKIPPED:
                self._inline(child, hidden)

    def _is_hidden(self, run: Element, hidden: bool) -> bool:
        """Whether a run is hidden: it says so, or else its own style, or else the paragraph's."""
        properties = run.find(W + "rPr")
        if properties is None:
            return hidden
        own = properties.find(W + "vanish")
        return is_on(own) if own is not None else hidden or self.styles.hides(value(properties.find(W + "rStyle")))

    def _add(self, text: str, hidden: bool) -> None:
        """Text that is shown: not hidden, and no part of a field's instruction."""
        if text and not hidden and all(len(field) > 1 for field in self._fields):
            self._pieces.append(text)
            if not text.isspace():
                self._listed.add(self.in_contents())

    def _field(self, step: str | None) -> None:
        """Open, turn to its result, or close a field. Fields may hold fields, and run over many paragraphs."""
        if step == "begin" and len(self._fields) < 50:
            self._fields.append([""])
        elif self._fields and step == "separate" and len(self._fields[-1]) == 1:
            self._fields[-1].append("result")
        elif self._fields and step == "end":
            self._fields.pop()


def _alternative(element: Element) -> Iterator[Element]:
    """The children of the first alternative that has text: the others say the same for other programs."""
    for choice in element:
        if next(choice.iter(W + "t"), None) is not None:
            yield from choice
            return


def _below(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also inside content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag not in (W + "tbl", W + "p"):
            yield from _below(child, tag)
