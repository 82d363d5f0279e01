"""HTML to text, a line for each paragraph, heading, list item and table row, with what the markup says of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from qingdan.model import Issue
from qingdan.reading.encodings import decode
from qingdan.reading.folding import without_surrogates
from qingdan.reading.page import Page

_META = re.compile(rb"<meta\s[^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.+-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s{0,99}<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.+-]{2,40})", re.IGNORECASE)
_HEAD = 4096  # bytes; browsers look no further than 1,024, but templates put code before the head
_LOST = re.compile("\ufffd+")


def read(data: bytes | str, charset: str | None = None) -> Page:
    """The page that HTML makes. ``charset`` is the one the medium declares around it (an HTTP or MIME header).

    Never raises; a page without visible text has an empty ``text``. Issues: those of decoding, and ``frames-not-read``
    where the text stands in other files.
    """
    if isinstance(data, str):
        return _page(data)
    text, encoding, issues = decode(data, charset or declared(data))
    page = _page(text)
    return replace(page, encoding=encoding, issues=placed(issues, page.text) + page.issues)


def declared(data: bytes) -> str | None:
    """The encoding that the beginning of a page declares, as written."""
    start = data[:_HEAD]
    m = _XML.match(start) or _META.search(start)
    return m[1].decode("ascii") if m else None


def placed(issues: Sequence[Issue], text: str) -> tuple[Issue, ...]:
    """The issues of decoding a source, each where its U+FFFD stands in the text made of it, or without a place."""
    spans = _LOST.finditer(text)
    found: list[Issue] = []
    rest: dict[tuple[str, str], Issue] = {}
    for issue in issues:
        span = next(spans, None) if issue.code == "undecodable-bytes" else None
        if span is not None:
            found.append(replace(issue, start=span.start(), end=span.end()))
        else:  # in the markup, where thousands can be one style sheet
            rest.setdefault((issue.code, issue.message), replace(issue, start=None, end=None))
    return (*found, *rest.values())


def _page(source: str) -> Page:
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    from qingdan.reading.html_chrome import chrome
    from qingdan.reading.html_head import head
    from qingdan.reading.html_layout import Layout
    from qingdan.reading.html_tags import tamed, without_templates

    source = without_surrogates(source.removeprefix("\ufeff").replace("\0", "").replace("\r\n", "\n"))
    source = source.replace("\u2028", "<br>").replace("\u2029", "<br>")  # Unicode's own line ends break lines too
    source = tamed(without_templates(source))
    # With scripting a <noscript> is no markup; without events no option is copied into its <select>.
    tree = LexborHTMLParser(source, scripting=True, options=LexborDocumentOptions.WO_EVENTS)
    if tree.root is None:
        return Page("", "text/html")
    layout = Layout(tree.root)
    starts: list[int] = []
    at = 0
    for line in layout.lines:
        starts.append(at)
        at += len(line.text) + 1
    text = "\n".join(line.text for line in layout.lines)
    issues: tuple[Issue, ...] = ()
    if layout.frames or (layout.iframes and len(text) < 200):
        count = layout.frames or layout.iframes
        issues = (Issue("frames-not-read", f"the page shows {count} other files in frames, which were not read", None, None, "warning"),)
    titles, published, url, site = head(tree, source, layout.headings)
    return Page(text, "text/html", None, issues, chrome(layout.lines, layout.regions, starts, text), titles, published, url, site)
