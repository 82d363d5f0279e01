"""Names inside archives: decoded from what was written, made harmless, and told from those that lead out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qingdan.reading.encodings import decode
from qingdan.reading.folding import without_surrogates

LONGEST = 1000  # characters; file systems stop at 255 bytes a part
_DRIVE = re.compile(r"[A-Za-z]:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://")


def decoded(names: Sequence[bytes]) -> list[str]:
    """Names of one archive as characters: UTF-8, or the one of GB 18030 and Big5 that suits all of them together."""
    try:
        return [name.decode("utf-8") for name in names]
    except UnicodeDecodeError:
        encoding = decode(b"\n".join(name.replace(b"\n", b" ") for name in names[:500] if not name.isascii())).encoding
        return [name.decode(encoding, "replace") for name in names]


def of_zip(name: str) -> bytes:
    """The bytes of a name that zipfile, which is told of no encoding, has read as those of the first PC."""
    return name.encode("cp437", "replace")


def harmless(name: str) -> str:
    """A name as a path with ``/`` that can be printed: no control characters, no empty or ``.`` parts."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in without_surrogates(name[:LONGEST]))
    if _SCHEME.match(shown):
        return shown
    return "/".join(part for part in shown.replace("\\", "/").split("/") if part not in ("", ".")) or "_"


def fault(name: str) -> str | None:
    """Why a name may be none of a file below the archive; None when it may."""
    path = name.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path):
        return "its name is an absolute path; not read"
    if ".." in path.split("/"):
        return "its name leads out of the archive; not read"
    if "\0" in name:
        return "its name has a zero byte; not read"
    return "its name is longer than any file's; not read" if len(name) > LONGEST else None
