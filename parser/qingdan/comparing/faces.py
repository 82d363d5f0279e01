"""What a document is known by when it is looked for among others."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from heapq import nsmallest
from zlib import crc32

from msgspec import Struct

from qingdan.comparing.excerpts import bag
from qingdan.comparing.forms import key, keys
from qingdan.model import Document

SKETCH = 12  # stretches that a text is known by

# Stretches to know a text by begin behind common characters, so that an error in one leaves the others in step.
_STRETCH = re.compile(r"[的合进加和强](?=(\w{5}))")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年")


class Apart(Struct, array_like=True, frozen=True):
    """What tells meetings apart."""

    title: str
    meeting: tuple[str, int, str | None] | None
    round: int | None
    track: str | None
    series: str | None
    held: str | None


class Brief(Struct, array_like=True, frozen=True):
    """What most lists are told from each other by: of all their characters, which are many more, only how many there are.

    ``whole`` is a digest of all items; ``items`` has the characters of each, times how often it stands there, by its own digest.
    Of a long list ``bag`` tells how often it has each character.
    """

    length: int
    whole: bytes
    items: dict[bytes, int]
    years: dict[str, int]
    sketch: frozenset[int]
    bag: dict[str, int]


class Face(Struct, array_like=True, frozen=True):
    """What a document is known by when it is looked for among others; ``words`` are its items in UTF-8, ``marks`` where to look."""

    apart: Apart
    brief: Brief
    words: bytes
    marks: tuple[int, ...]


def face(document: Document) -> Face:
    """What a document is known by. Linear in its length."""
    about = document.document
    own = keys([document.text[item.start + len(item.label) : item.end] for item in document.items])
    whole = "".join(own)
    words = whole.encode()
    stretches = {crc32(words.encode()) for words in _STRETCH.findall(whole)}
    series = key(about.series) if about.series else None
    track = key(about.track) if about.track else None
    apart = Apart(
        key(about.title or ""),
        (series, about.round, track) if series and about.round is not None else None,
        about.round,
        track,
        series,
        about.held.earliest[:4] if about.held and about.held.earliest else None,
    )
    brief = Brief(
        len(whole),
        _digest(words),
        {_digest(item.encode()): len(item) * times for item, times in Counter(filter(None, own)).items()},
        dict(Counter(_YEAR.findall(whole))),
        frozenset(nsmallest(SKETCH, stretches)),
        bag(whole),
    )
    names: list[object] = [*sorted(brief.sketch), ("whole", crc32(words))]
    # Of the years of one series only those of the same round and year can be copies.
    names += [("title", apart.title), ("title", apart.title, apart.round, apart.held)] if apart.title else []
    names += [("meeting", apart.meeting)] if apart.meeting else []
    return Face(apart, brief, words, tuple(_mark(name) for name in names))


def _digest(words: bytes) -> bytes:
    return blake2b(words, digest_size=16).digest()


def _mark(name: object) -> int:
    return int.from_bytes(blake2b(repr(name).encode(), digest_size=8).digest(), signed=True)
