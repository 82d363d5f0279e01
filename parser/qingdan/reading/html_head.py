"""What a page says of itself: its titles, its day of publication, its address and its site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qingdan.reading.html_space import trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser

_TITLES = ("articletitle", "og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_PUBLISHED = (
    "pubdate", "publishdate", "article:published_time", "dc.date.issued", "dcterms.issued", "datepublished", "og:release_date",
    "publish_date", "firstpublishedtime", "citation_publication_date", "dc.date",
)  # fmt: skip
_SITES = ("sitename", "og:site_name")
# A hyphen inside a number or a word is no separator: 2018-2022年规划.
_SEPARATOR = re.compile(r"[\s\u00a0]{1,4}[-–—|｜_·»>]{1,2}[\s\u00a0]{1,4}|[_|｜]{1,2}|-{2,4}|(?<=[^0-9A-Za-z\s])[-–](?=[^0-9\s])")
_SAVED = re.compile(r"<!--\s{0,9}saved from url=\([0-9]{1,6}\)\s{0,9}(\S{1,2000})", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_TITLE = 6  # characters left of a title for the rest to be taken as the name of a site


class Head(NamedTuple):
    """As ``Page`` has them."""

    titles: tuple[str, ...]
    published: str | None
    url: str | None
    site: str | None


def head(tree: LexborHTMLParser, source: str, headings: Sequence[str]) -> Head:
    """What the head of a page and its headings say."""
    metas: dict[str, str] = {}
    titles: list[str] = []
    times: set[str] = set()
    canonical = base = None
    for node in tree.css("meta,title,link,base,time"):
        attributes, tag = node.attributes, node.tag
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
            content = _clean(attributes.get("content"))
            if name and content:
                metas.setdefault(name.strip().lower(), content)
        elif tag == "title" and node.parent is not None and node.parent.tag in ("head", "body", "html"):
            titles.append(_clean(node.text()))
        elif tag == "link" and "canonical" in (attributes.get("rel") or "").lower().split():
            canonical = canonical or _clean(attributes.get("href"))
        elif tag == "base":
            base = base or _clean(attributes.get("href"))
        elif tag == "time":
            times.add(_clean(attributes.get("datetime")))
    saved = _SAVED.search(source[:2048])
    candidates = [metas[name] for name in _TITLES if name in metas]
    candidates += [_clean(heading) for heading in headings] if len(headings) == 1 else []
    candidates += [candidate for title in titles[:1] for candidate in _cut(title)]
    published = next((metas[name] for name in _PUBLISHED if name in metas), None)
    times.discard("")
    return Head(
        tuple(dict.fromkeys(candidate for candidate in candidates if candidate)),
        published or (times.pop() if len(times) == 1 else None),
        canonical or metas.get("og:url") or (saved[1].removesuffix("-->") if saved else None) or base or None,
        next((metas[name] for name in _SITES if name in metas), None),
    )


def _cut(title: str) -> list[str]:
    """A title without the name of its site, without all that follows its first separator, and as it is."""
    separators = [m.start() for m in _SEPARATOR.finditer(title)]
    cuts = [trimmed(title[:at]) for at in dict.fromkeys(separators[-1:] + separators[:1])]
    return [cut for cut in cuts if len(cut) >= _TITLE] + [title]


def _clean(text: str | None) -> str:
    return trimmed(_BLANKS.sub(" ", text or ""))[:2000]
