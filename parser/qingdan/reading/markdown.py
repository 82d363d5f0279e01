"""Markdown to text by way of HTML: heading marks, emphasis, links, escapes and tables go; the numbers of lists stay as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from qingdan.reading import html
from qingdan.reading.encodings import decode
from qingdan.reading.html_space import LABEL, trimmed
from qingdan.reading.page import Page

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\r?\n((?:(?!---|\.\.\.)[^\n]{0,2000}\n){0,100})(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"([A-Za-z_]{1,30})[ \t]*:[ \t]*([^\r\n]{1,2000})")
# CommonMark's flanking rule leaves the stars of **一、**加强 standing: it wants white space after a punctuation mark.
_STRONG = re.compile(r"(?<![\\*])\*\*(?=[^\s*])([^*\n`]{1,200})(?<![\s\\])\*\*(?!\*)")
_QUOTES = re.compile(r"(?m)^((?:[ ]{0,3}>){10})(?:[ ]{0,3}>)++")  # deeper quotes than the parser goes into
_BULLET = re.compile(r"[+*-][ \t]")


def read(data: bytes | str, charset: str | None = None) -> Page:
    """The page that Markdown makes. ``charset`` is the one the medium declares around it.

    List items are lines as written (``3. ``, ``* ``, ``（一）``). Never raises. Issues: those of decoding.
    """
    if isinstance(data, str):
        return _page(data)
    text, encoding, issues = decode(data, charset)
    page = _page(text)
    return replace(page, encoding=encoding, issues=html.placed(issues, page.text) + page.issues)


def _page(source: str) -> Page:
    source = source.removeprefix("\ufeff").replace("\0", "")
    fields: dict[str, str] = {}
    if front := _FRONT.match(source):
        source = source[front.end() :]
        fields = {m[1].lower(): trimmed(m[2]).strip("\"'") for m in map(_FIELD.match, front[1].splitlines()) if m}
    page = html.read(_parser().render(_QUOTES.sub(r"\1", _STRONG.sub(r"\1", source))))
    titles = dict.fromkeys((fields["title"], *page.titles) if fields.get("title") else page.titles)
    return replace(
        page,
        media_type="text/markdown",
        titles=tuple(titles),
        published=fields.get("date") or page.published,
        url=fields.get("url") or page.url,
        site=fields.get("site") or page.site,
    )


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # An indent is how Chinese paragraphs begin, not code; a list would be numbered anew from its first number.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 50}).enable(["table", "strikethrough"]).disable(["list", "code"])
    parser.add_render_rule("softbreak", _softbreak)
    return parser


def _softbreak(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """The end of a line inside a paragraph: a break before a label, else white space."""
    following = ""
    for token in tokens[index + 1 : index + 6]:
        if token.type in ("softbreak", "hardbreak"):
            break
        following += token.content
    following = trimmed(following)
    return "<br>\n" if LABEL.match(following) or _BULLET.match(following) else "\n"
