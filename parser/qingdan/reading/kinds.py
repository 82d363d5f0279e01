"""What a file is, told from its content first and from its name only where the content does not tell."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Literal

from qingdan.model import QingdanError
from qingdan.reading.encodings import BOMS

Kind = Literal[
    "text", "markdown", "html", "mhtml", "docx", "pdf", "warc", "zip", "empty", "doc", "xls", "ppt", "ole", "locked",
    "xlsx", "pptx", "odt", "ods", "epub", "ofd", "rtf", "email", "xml", "image", "gzip", "archive", "binary",
]  # fmt: skip

# What a kind that no reader takes is called in the one line that refuses it.
REFUSED: dict[Kind, str] = {
    "empty": "is empty",
    "zip": "is a ZIP archive; unpack it and give the files in it",
    "gzip": "is a gzip file that holds no web archive; unpack it first",
    "archive": "is a packed archive; unpack it and give the files in it",
    "doc": "is an old Word file (.doc); save it as .docx or PDF",
    "xls": "is an old Excel file (.xls); only documents of running text can be read",
    "ppt": "is an old PowerPoint file (.ppt); only documents of running text can be read",
    "ole": "is an old Office file of unknown kind; save it as .docx or PDF",
    "locked": "is an Office file locked with a password; save it without one",
    "xlsx": "is an Excel workbook; only documents of running text can be read",
    "pptx": "is a PowerPoint file; only documents of running text can be read",
    "odt": "is an OpenDocument text (.odt); save it as .docx or PDF",
    "ods": "is an OpenDocument file that is no text; only documents of running text can be read",
    "epub": "is an e-book (.epub); give the pages in it",
    "ofd": "is an OFD file; save it as PDF",
    "rtf": "is an RTF file; save it as .docx or PDF",
    "email": "is an e-mail; save its text, or the page in it",
    "xml": "is XML but no HTML; only text, Markdown, HTML, MHTML, DOCX, PDF and WARC can be read",
    "image": "is an image; it holds no text",
    "binary": "is binary, not text",
}

_HEAD = 1 << 16  # bytes looked at; a page that shows nothing of its kind in 64 KB is text
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\x01\0\x01\0")
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"filedesc://")
_OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "locked"), ("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"),
)  # fmt: skip
_ZIP_MEMBERS: tuple[tuple[str, Kind], ...] = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))
_ZIP_TYPES: tuple[tuple[bytes, Kind], ...] = (
    (b"application/epub+zip", "epub"), (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument", "ods"),
)  # fmt: skip

_RESPONSE = re.compile(rb"HTTP/[0-9](?:\.[0-9])? [0-9]{3}[^\r\n]{0,200}\r?\n(?:[A-Za-z0-9-]{1,60}:[^\r\n]{0,8000}\r?\n){0,200}\r?\n")
_PRELUDE = re.compile(  # what may stand before the first element: 「<%@ page … %>」, 「<!-- … -->」, 「<?xml … ?>」
    r"\s+|<!--.{0,20000}?-->|<%.{0,4000}?%>|<\?.{0,4000}?\?>", re.DOTALL
)
_TAGS = (
    "html|head|body|meta|title|link|script|style|base|div|table|tbody|thead|tr|td|th|p|br|hr|span|font|center|b|strong|i|em|u|a|img|"
    "h[1-6]|ul|ol|li|dl|dt|dd|section|article|main|header|footer|nav|blockquote|pre|form|input|iframe|frameset|frame|o:p|asp:[a-z]{1,40}"
)
_OPEN = re.compile(rf"<({_TAGS})(\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_CLOSE = re.compile(rf"</(?:{_TAGS})\s{{0,9}}>", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"<(?:html|body|frameset)(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_PAGE_STARTS = {"html", "head", "body", "meta", "frameset"}
_HEADERS = re.compile(r"\s{0,20}(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}){2}")
_MULTIPART = re.compile(r"^content-type:\s{0,9}(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_MIME = re.compile(r"^mime-version:", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(r"^(?:received|message-id|to|return-path):", re.IGNORECASE | re.MULTILINE)
_CODE = re.compile(r"^(```|~~~).{0,20000}?^\1|`[^`\n]{1,500}`", re.DOTALL | re.MULTILINE)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def kind(data: bytes, name: str = "") -> Kind:
    """What the bytes of a file are. Never raises.

    name: the file's name or path; its suffix counts only where the content could be one or the other (Markdown and
        plain text, an HTML fragment and a text that mentions a tag).
    """
    data = payload(data)
    found = _signed(data)
    if found is not None:
        return found
    head = _characters(data[:_HEAD])
    if head is None:
        return "binary"
    if not head.strip("\0 \t\r\n\ufeff\u3000"):
        return "empty" if not data[_HEAD:].strip(b"\0 \t\r\n") else "text"
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return _message(head) or _markup(head, suffix) or ("markdown" if _is_markdown(head, suffix) else "text")


def refuse(kind: Kind, name: str) -> QingdanError | None:
    """The error that says in one line what a file of this kind is, None when there is a reader for it."""
    return QingdanError(f"{name}: {REFUSED[kind]}") if kind in REFUSED else None


def payload(data: bytes) -> bytes:
    """The bytes without the HTTP status and header lines that a saved response begins with (「HTTP/1.1 200 OK」)."""
    match = _RESPONSE.match(data) if data.startswith(b"HTTP/") else None
    return data[match.end() :] if match else data


def _signed(data: bytes) -> Kind | None:
    """What the first bytes say, None when they are no signature."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _container(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in data), "ole")
    if data.startswith(b"\x1f\x8b"):
        return "warc" if _unpacked(data).lstrip().startswith(b"WARC/") else "gzip"
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-") or (b"%PDF-1." in start and b" obj" in data[:_HEAD]):  # a mail gateway's lines may come first
        return "pdf"
    if re.match(rb"WARC/[0-9]\.[0-9]+\r?\n", start):
        return "warc"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"):
        return "image"
    return "archive" if data.startswith(_ARCHIVES) else None


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data[:4096], 512)
    except zlib.error:
        return b""


def _container(data: bytes) -> Kind:
    """What a ZIP container holds, by the names in it; of a broken one, by the names that still stand in its bytes."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            names = container.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return next((kind for member, kind in _ZIP_MEMBERS if member.encode() in data), "zip")
    if "mimetype" in names:  # stored uncompressed, and first, by the rules of EPUB and OpenDocument
        found = next((kind for kind_name, kind in _ZIP_TYPES if kind_name in data[:200]), None)
        if found is not None:
            return found
    if "[Content_Types].xml" in names or "OFD.xml" in names:
        return next((kind for member, kind in _ZIP_MEMBERS if any(name.startswith(member) for name in names)), "zip")
    return "zip"


def _characters(head: bytes) -> str | None:
    """The first bytes as characters good enough to see markup in (ASCII is right, the rest need not be); None for no text."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "ignore")
    if b"\0" not in head:
        head = head.removeprefix(b"\x84\x31\x95\x33")  # GB18030's own mark
        return None if len(_CONTROLS.findall(head)) * 50 > len(head) else head.decode("utf-8", "surrogateescape")
    for encoding in ("utf-16-le", "utf-16-be"):
        wide = head[: len(head) & ~1].decode(encoding, "replace")
        plain = sum("\t" <= c <= "~" or "\u3000" <= c <= "\u9fff" or "\uff01" <= c <= "\uff5e" for c in wide[:2000])
        if plain * 10 > len(wide[:2000]) * 9:
            return wide
    return None if head.strip(b"\0 \t\r\n") else ""


def _message(head: str) -> Kind | None:
    """A saved page in MIME parts, or an e-mail; both begin with header lines."""
    head = head.replace("\r\n", "\n")
    if not _HEADERS.match(head):
        return None
    top = head[: 1 << 13].lstrip("\n").partition("\n\n")[0]
    if not _MIME.search(top):
        return None
    saved = "Saved by" in top or not _MAIL.search(top)  # 「From: <Saved by Blink>」
    return "mhtml" if saved and _MULTIPART.search(top) else "email"


def _markup(head: str, suffix: str) -> Kind | None:
    """html or xml when the text is markup, None when it only mentions some."""
    at = 0
    declared = False
    for _ in range(200):
        prelude = _PRELUDE.match(head, at)
        if prelude is None:
            break
        declared = declared or prelude[0].startswith(("<?xml", "<%"))
        at = prelude.end()
    start = head[at : at + 300].lower()
    if start.startswith("<!doctype"):
        return "html" if re.match(r"<!doctype\s{1,20}(?:html|\[)", start) else "xml"
    bare = _CODE.sub("", head)
    first = _OPEN.match(head, at)
    opened = _OPEN.findall(bare)
    closed = len(_CLOSE.findall(bare))
    named = suffix in {"htm", "html", "shtml", "xhtml", "jsp", "asp", "aspx", "php"}
    if declared or first or _WHOLE_PAGE.search(bare):
        page = _WHOLE_PAGE.search(bare) is not None and closed > 0
        if page or (first and (first[1].lower() in _PAGE_STARTS or (declared and suffix != "xml"))):
            return "html"
    if declared and re.match(r"<[a-z_]", start) and not (named and opened):
        return "xml"
    if first is not None and suffix not in {"md", "markdown"} and (closed >= 2 or (closed and first[2]) or len(opened) >= 4):
        return "html"
    if named and opened:
        return "html"
    # A saved fragment may begin with its text. A text about HTML has its tags in the middle of sentences, never one in every
    # two lines, and does not close them in threes.
    lines = bare.count("\n") + 1
    blocks = sum(1 for tag, _ in opened if tag.lower() in {"p", "div", "br", "td", "tr", "li", "table", "h1", "h2", "h3"})
    return "html" if suffix not in {"md", "markdown"} and blocks >= 3 and blocks * 2 >= lines and (closed >= 3 or blocks >= 6) else None


_ATX = re.compile(r"^(#{1,6}) {1,3}[^#\s][^\n]{0,300}$", re.MULTILINE)
_COMMENT = re.compile(r"^(?:#[^#\n][^\n]{0,300}\n){2,}", re.MULTILINE)
_BOLD_START = re.compile(r"^(?:[-*+] |[0-9]{1,3}\. )?\*\*[^*\s][^*\n]{0,200}(?<!\s)\*\*(?!\*)[^*\n]{0,2000}$", re.MULTILINE)
_LINK = re.compile(r"\[[^\[\]\n]{1,200}\]\((?:https?://|/|#|\./)[^()\s]{0,500}\)")
_RULED = re.compile(r"^\|?(?: {0,9}:?-{3,40}:? {0,9}\|){1,40}(?: {0,9}:?-{3,40}:?)? {0,9}$", re.MULTILINE)


def _is_markdown(head: str, suffix: str) -> bool:
    """Whether a text is Markdown: its name says so, or its marks do beyond doubt.

    Two headings do, or a heading beside other marks, or three lines that begin bold. Lines of 「# …」 one after another are
    the comments of a plain file, and a name blacked out as 「**省**市」 is no bold.
    """
    if suffix in {"md", "markdown", "mdown", "mkd"}:
        return True
    text = _COMMENT.sub("", head.replace("\r\n", "\n").replace("\r", "\n"))
    headings = len(_ATX.findall(text))
    others = len(_LINK.findall(text)) + len(_RULED.findall(text)) + len(_BOLD_START.findall(text))
    return headings >= 2 or (headings == 1 and others >= 1) or len(_BOLD_START.findall(text)) >= 3
