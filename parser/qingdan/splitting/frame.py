"""The frame: title, preamble and body of a page, and the chrome around them.

Works on folded text, piece by piece. A page's chrome is known by its markup and by ``data/chrome.csv``; what stands before
the title is chrome altogether, and so is what stands behind the signature, and the run of short unfinished lines that a
contact or copyright line closes.
"""

from __future__ import annotations

import regex
from msgspec import structs

from qingdan.model import Block, Chrome, Document
from qingdan.reading.folding import Folded
from qingdan.splitting.layout import Layout
from qingdan.splitting.lines import Line, chrome_kind
from qingdan.splitting.title import find_title
from qingdan.splitting.unnumbered import first_item

_FINISHED = frozenset('。;!?…:”")')
_N = "[0-9一二三四五六七八九十]{1,3}"
SIGNED = regex.compile(rf"^(?:(?:19|20)[0-9]{{2}}|[一二][〇零○一二三四五六七八九]{{3}})\ ?年\ ?{_N}\ ?月\ ?{_N}\ ?日(?:于.{{1,20}})?$")
_LONGEST_TAIL_LINE = 40
# Behind these nothing of a list comes: the page's own lines. A telephone number may stand in a provision.
_LAST = frozenset({"notice", "signature", "copyright", "links", "tools", "editor", "attachments"})


def frame(document: Document, laid: Layout) -> Document:
    """The document with its title, preamble and chrome; the rest of its text is left for the provisions. Never raises.

    Chrome that the document has already is what its medium sets apart.
    """
    return _Framer(document, laid).framed()


class _Framer:
    def __init__(self, document: Document, laid: Layout) -> None:
        self.document, self.laid = document, laid
        self.text, self.pieces, self.starts = laid.folded.text, laid.pieces, laid.starts
        self.first = laid.starts[0] if laid.nodes else len(laid.pieces)
        self.kinds = self._marked()
        self.plain: dict[int, str | None] = {}  # what each piece asked about is by itself

    def framed(self) -> Document:
        title = find_title(self.text, self.pieces[: self.first], self._is_chrome, self.document.document.source.titles)
        if title is not None:
            for i in range(*title):
                self.kinds.pop(i, None)
        start = title[1] if title else 0
        while start < self.first and self._is_chrome(start):
            self.kinds.setdefault(start, chrome_kind(self.text, self.pieces[start]) or "head")
            start += 1
        for i in range(title[0] if title else 0):
            self.kinds.setdefault(i, chrome_kind(self.text, self.pieces[i]) or "navigation")
        self._tail(self.starts[-1] + 1 if self.laid.nodes else start + 1)
        last = self.first if self.laid.nodes else self._unnumbered(start, title)
        for i in () if self.laid.nodes else range(last, len(self.pieces)):
            if i not in self.kinds and (kind := chrome_kind(self.text, self.pieces[i])):
                self.kinds[i] = kind
        self._between()
        inside = [i for i in range(start, last) if i not in self.kinds]
        preamble = self.pieces[inside[0] : inside[-1] + 1] if inside else []
        for i in range(inside[0], inside[-1]) if inside else ():
            self.kinds.pop(i, None)  # a part of the preamble, for that is one stretch of text
        return structs.replace(
            self.document,
            title=self._block(self.pieces[slice(*title)] if title else []),
            preamble=self._block(preamble),
            chrome=tuple(
                Chrome(*quoted(self.document.text, self.laid.folded, self.pieces[i].start, self.pieces[i].end), kind)
                for i, kind in sorted(self.kinds.items())
            ),
        )

    def _unnumbered(self, start: int, title: tuple[int, int] | None) -> int:
        """Where the paragraphs begin that are the items of a page without numbers; its end where there is no list."""
        end = len(self.pieces)
        while end > start and end - 1 in self.kinds:
            end -= 1
        words = "".join(self.text[self.pieces[i].start : self.pieces[i].end] for i in range(*title)) if title else None
        first = first_item(self.text, self.pieces[:end], start, words)
        return len(self.pieces) if first is None else first

    def _marked(self) -> dict[int, str]:
        """The kinds of the pieces that the markup sets apart, and of a table of contents."""
        kinds = dict.fromkeys(self.laid.contents, "contents")
        spans = self.document.chrome
        at = 0
        for i, line in enumerate(self.pieces if spans else ()):
            start = self.laid.folded.original(line.start)
            while at < len(spans) and spans[at].end <= start:
                at += 1
            if at < len(spans) and spans[at].start <= start:
                kinds[i] = spans[at].kind
        return kinds

    def _is_chrome(self, i: int) -> bool:
        return i in self.kinds or chrome_kind(self.text, self.pieces[i]) is not None

    def _kind(self, i: int) -> str | None:
        if i in self.kinds:
            return self.kinds[i]
        if i not in self.plain:
            line = self.pieces[i]
            # A signature has a 年, and to look for one costs more than all else that is done with a short line.
            signed = "年" in (words := self.text[line.start : line.end]) and SIGNED.search(words)
            self.plain[i] = "signature" if signed else chrome_kind(self.text, line)
        return self.plain[i]

    def _block(self, part: list[Line]) -> Block | None:
        return Block(*quoted(self.document.text, self.laid.folded, part[0].start, part[-1].end)) if part else None

    def _between(self) -> None:
        """Behind a signature, and from an annex on, a provision has no more text: up to the next it is the annex's heading."""
        for start, stop in zip(self.starts, self.starts[1:], strict=False):
            for i in range(start + 1, stop):
                if i in self.laid.annexes or self._kind(i) in ("signature", "notice", "attachments"):
                    begin = self._back(i, start + 1)
                    for k in range(begin, stop):
                        self.kinds.setdefault(k, self._kind(k) or ("signature" if k < i else "annex"))
                    break

    def _tail(self, at_least: int) -> None:
        """Mark the pieces at the end that belong to nothing.

        They are what stands behind a signature or another of the page's last lines, plain chrome, and short lines
        without a full stop among those.
        """
        end = next((i for i in range(at_least, self.laid.end) if self._kind(i) in _LAST), self.laid.end)
        start = self._back(end, at_least)
        if start == end == len(self.pieces):
            return
        signed = end < len(self.pieces) and self._kind(end) == "signature"
        for i in range(start, len(self.pieces)):
            self.kinds.setdefault(i, self._kind(i) or ("signature" if i < end and signed else "tail"))

    def _back(self, end: int, at_least: int) -> int:
        """Where the chrome that ends at a piece begins: behind the last line that ends as text ends."""
        start, certain = end, end < len(self.pieces)
        while start > at_least:
            line = self.pieces[start - 1]
            plain = self._kind(start - 1) is not None
            words = self.text[line.start : line.end]
            if not plain and (len(words) > _LONGEST_TAIL_LINE or words[-1] in _FINISHED):
                break
            certain = certain or plain
            start -= 1
        return start if certain else end


def quoted(text: str, folded: Folded, start: int, end: int) -> tuple[str, int, int]:
    """The slice of the text as read, with its offsets, of a span of the folded text."""
    if folded.places is not None:
        start, end = folded.span(start, end)
    return text[start:end], start, end
