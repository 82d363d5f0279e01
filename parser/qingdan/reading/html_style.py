"""Which elements of a page are lines of their own, which are not shown, and what inline styles change in that."""

from __future__ import annotations

import re
from typing import NamedTuple

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "p", "plaintext", "pre", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul", "xmp",
))  # fmt: skip
SKIPPED = frozenset((
    "applet", "area", "audio", "base", "basefont", "bgsound", "button", "canvas", "col", "colgroup", "command", "datalist",
    "embed", "head", "iframe", "img", "input", "keygen", "link", "map", "meta", "noembed", "noframes", "noscript", "object",
    "option", "param", "progress", "meter", "rp", "rt", "rtc", "script", "select", "source", "style", "svg", "template",
    "textarea", "track", "video", "-comment", "-doctype",
))  # fmt: skip
# Their parts are told apart by their names, whatever a style makes of them.
STRUCTURE = frozenset((
    "body", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "ol", "ul", "li",
))  # fmt: skip
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)", re.IGNORECASE)
_DISPLAY = re.compile(r"\bdisplay\s{0,9}:\s{0,9}(inline(?!-)|contents|block|flex|grid|list-item|table(?!-)|table-row)", re.IGNORECASE)
_PRE = re.compile(r"white-space(?:-collapse)?\s{0,9}:\s{0,9}(?:pre|break-spaces)", re.IGNORECASE)
_SYMBOLS = re.compile(r"font-family\s{0,9}:[^;]{0,40}(?:wingdings|webdings|symbol)", re.IGNORECASE)


class Style(NamedTuple):
    """What of an inline style bears on the text. ``block``: None where the element's name decides."""

    hidden: bool
    block: bool | None
    pre: bool
    symbols: bool


UNSTYLED = Style(False, None, False, False)


def parsed(css: str) -> Style:
    """What the value of a ``style`` attribute says."""
    display = _DISPLAY.search(css)
    return Style(
        bool(_HIDDEN.search(css)),
        display[1].lower() not in ("inline", "contents") if display else None,
        bool(_PRE.search(css)),
        bool(_SYMBOLS.search(css)),
    )
