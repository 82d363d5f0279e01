"""Office packages: the few parts of a DOCX that hold its text, out of a ZIP container that nobody vouches for."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from qingdan.model import QingdanError

# A Word document of a thousand pages unpacks to some 20 MB, and XML seldom packs better than 60 to 1.
LARGEST = 64 << 20
RATIO = 300
MOST_PARTS = 20000

# What zipfile raises for a container that is none, or of a form it does not know.
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)
_KEPT = re.compile(r"(?:\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/(?:_rels/)?[^/]+\.(?:xml|rels))\Z")
_RELATIONSHIP = re.compile(rb"<(?:[A-Za-z0-9]{1,20}:)?Relationship\s[^<>]{0,8000}>")
_TARGET = re.compile(rb"""\bTarget\s?=\s?["']([^"']{0,4000})["']""")
_STRICT = (  # ISO 29500 Strict, which few readers know, differs from Transitional by the names alone
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships/metadata/core-properties",
     b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
)  # fmt: skip


def text_parts(data: bytes) -> bytes:
    """The package with nothing in it but the parts that hold text and their relations, as a ZIP container again.

    Pictures, fonts and macros are never unpacked, and relations to parts that are not there are left out.
    Raises QingdanError for a broken or locked container, one that unpacks to far more than any document, and XML that
    declares entities.
    """
    out = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(data)) as container, zipfile.ZipFile(out, "w") as kept:
            members = {info.filename: info for info in container.infolist()}
            if len(container.infolist()) > MOST_PARTS:
                raise QingdanError(f"is a ZIP container of more than {MOST_PARTS:,} files")
            if not any(name.startswith("word/") for name in members):
                raise QingdanError("is no Word document: the container has no word/document.xml")
            wanted = [info for name, info in members.items() if _KEPT.match(name)]
            if any(info.flag_bits & 1 for info in wanted):
                raise QingdanError("is locked with a password")
            # No more is ever unpacked of a member than it says, whatever it holds.
            size = sum(info.file_size for info in wanted)
            if size > LARGEST or any(info.file_size > RATIO * max(info.compress_size, 1024) for info in wanted):
                raise QingdanError(f"unpacks to {size >> 20:,} MB, far more than a document; not read")
            for info in wanted:
                part = container.read(info)
                if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part or b"<\0!\0D\0O\0C\0" in part[:8192]:
                    raise QingdanError(f"{info.filename} declares XML entities, which no Word document does; not read")
                for strict, usual in _STRICT:
                    part = part.replace(strict, usual)
                if info.filename.endswith(".rels"):
                    part = _without_dangling(part, info.filename, {name for name in members if _KEPT.match(name)})
                kept.writestr(info.filename, part)
    except _BROKEN as error:
        raise QingdanError(f"is a broken DOCX: {_line(error)}") from None
    return out.getvalue()


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _without_dangling(part: bytes, name: str, members: set[str]) -> bytes:
    """Relations without those to parts that are not kept (pictures, and 「NULL」 where a program lost one)."""
    base = name.rpartition("_rels/")[0]

    def kept(match: re.Match[bytes]) -> bytes:
        target = _TARGET.search(match[0])
        if target is None:
            return b""
        path = target[1].decode("utf-8", "replace")
        whole = path.lstrip("/") if path.startswith("/") else base + path
        return match[0] if whole in members and match[0].endswith(b"/>") else b""

    return _RELATIONSHIP.sub(kept, part).replace(b"</Relationship>", b"")
