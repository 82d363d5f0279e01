"""What a reader of one medium hands on: the text of a page, and what the medium itself says about it."""

from __future__ import annotations

import msgspec

from qingdan.model import Chrome, Issue


class Page(msgspec.Struct, frozen=True):
    """One document as its medium gives it: a line of ``text`` is a paragraph, a heading, a list item or a table row.

    media_type: an IANA media type (``text/html``).
    encoding: the Python name of the character encoding that the bytes were read in, None where the medium fixes it.
    issues, chrome: offsets in code points into ``text``. Chrome is what the markup itself sets apart (``nav``, a line
        that is nothing but a link), in reading order, no two overlapping.
    titles: what the medium calls the document (a heading, a ``meta`` element, ``<title>``), the most trusted first.
    published: the day of publication as the medium writes it, url and site: where it says it comes from.
    """

    text: str
    media_type: str
    encoding: str | None = None
    issues: tuple[Issue, ...] = ()
    chrome: tuple[Chrome, ...] = ()
    titles: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    site: str | None = None
