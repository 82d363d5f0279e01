"""A page saved as MHTML (MIME multipart/related): its main part read as HTML, and what its header says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from qingdan.model import Issue
from qingdan.reading import html
from qingdan.reading.html_space import trimmed
from qingdan.reading.page import Page

if TYPE_CHECKING:
    from email.message import Message

_LOCATIONS = ("Snapshot-Content-Location", "Content-Location")
_HTML = ("text/html", "application/xhtml+xml")


def read(data: bytes | str, charset: str | None = None) -> Page:
    """The page that an MHTML file holds. ``charset`` is used where its main part declares none.

    The main part is the one that ``start`` names, else the first that is HTML. Never raises; without one the text is
    empty. Issues: those of HTML, ``no-main-part``, and ``broken-part`` where the main part's encoding is damaged.
    """
    from email import policy
    from email.message import Message
    from email.parser import BytesParser

    if isinstance(data, str):
        data = data.removeprefix("\ufeff").encode("utf-8", "surrogatepass")
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n\t "))
        part = _main(message)
    except RecursionError:  # parts within parts by the thousand, which no browser saves
        message, part = Message(), None
    if part is None:
        issue = Issue("no-main-part", "the file holds no part that is HTML", None, None, "error")
        return Page("", "multipart/related", issues=(issue,))
    payload, broken = _payload(part)
    own = _parameter(part, "charset")
    page = html.read(payload, own or html.declared(payload) or charset)
    issues = page.issues
    if broken:
        reason = f"the transfer encoding of the main part is damaged ({broken}); text may be missing"
        issues += (Issue("broken-part", reason, None, None, "warning"),)
    url = next((address for header in (message, part) for name in _LOCATIONS if (address := _header(header, name))), None)
    subject = _header(message, "Subject")
    titles = page.titles
    if subject and subject not in titles:
        titles = (*titles, subject)
    return replace(page, media_type="multipart/related", issues=issues, titles=titles, url=url or page.url)


def _main(message: Message) -> Message | None:
    """The part that ``start`` names, else the first HTML that is no attachment, in whatever depth."""
    start = _parameter(message, "start")
    first = None
    for part in message.walk():
        if part.is_multipart():
            continue
        is_html = part.get_content_type() in _HTML
        if is_html and start and (_header(part, "Content-ID") or "").strip("<>") == start.strip("<>"):
            return part
        if is_html and first is None:
            first = part
    return first


def _payload(part: Message) -> tuple[bytes, str | None]:
    """The decoded bytes of a part, and what is wrong with them."""
    payload = part.get_payload(decode=True)
    defects = sorted({type(defect).__name__ for defect in part.defects})
    return payload if isinstance(payload, bytes) else b"", ", ".join(defects) or None


def _parameter(message: Message, name: str) -> str | None:
    """A parameter of the content type, in the one form where RFC 2231 cuts it in pieces."""
    from email.utils import collapse_rfc2231_value

    value = message.get_param(name)
    return collapse_rfc2231_value(value) if value else None


def _header(message: Message, name: str) -> str | None:
    """A header, decoded (RFC 2047) and in one line; None where it is missing or empty."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    value = message.get(name)
    if value is None:
        return None
    try:
        text = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        text = str(value)
    return trimmed(" ".join(text.split())) or None
