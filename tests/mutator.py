"""Seeded changes of documents: those of their text, of its encoding, and of the bytes of the file as bad disks make them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from text_changes import LONGEST, TEXT, cut, some

ByteChange = Callable[[bytes, random.Random], bytes]


def _flip_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in some(chance, chance.choice((1, 10, 200))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _insert_bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in some(chance):
        at = chance.randint(0, len(data))
        data = data[:at] + chance.randbytes(chance.choice((1, 1, 2, 30))) + data[at:]
    return data


def _drop_bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in some(chance):
        at = chance.randint(0, len(data))
        data = data[:at] + data[at + chance.choice((1, 1, 2, 100)) :]
    return data


def _cut_bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[at:] if chance.random() < 0.3 else data[:at]


def _repeat_bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    end = at + chance.choice((2, 100, 3000))
    return data[:end] + data[at:]


BYTES: dict[str, ByteChange] = {
    "flip bytes": _flip_bytes,
    "insert bytes": _insert_bytes,
    "drop bytes": _drop_bytes,
    "cut bytes": _cut_bytes,
    "repeat bytes": _repeat_bytes,
}

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


class Source(NamedTuple):
    """A document that is changed: its file name, and its text or, where the medium is not text, its bytes.

    pack: makes the bytes of the file of the changed text; None where the text is the file.
    """

    name: str
    text: str = ""
    data: bytes = b""
    pack: Callable[[str], bytes] | None = None


class Mutant(NamedTuple):
    """A changed document as the bytes of a file. ``changes`` names what was done, in order.

    text: what the bytes hold in the encoding; None behind a change of the bytes, or where the medium is not text.
    """

    name: str
    data: bytes
    changes: tuple[str, ...]
    encoding: str
    text: str | None


def mutate(sources: Sequence[Source], seed: int) -> Mutant:
    """One of the sources changed one to five times: the same seed, the same bytes."""
    chance = random.Random(seed)
    source = chance.choice(sources)
    if source.data:
        data, names = _by_bytes(source.data, chance.sample(sorted(BYTES), chance.choice((0, 1, 1, 2))), chance)
        return Mutant(source.name, data, tuple(names), "", None)
    text = source.text
    changes = []
    for name in chance.sample([*sorted(TEXT), "splice"], chance.choice((1, 1, 2, 3, 4))):
        if name == "splice":
            other = chance.choice([other for other in sources if other.text]).text
            text = cut(text, chance) + cut(other, chance)
        else:
            text = TEXT[name](text, chance)
        text = text[:LONGEST]
        changes.append(name)
    if source.pack:
        data, names = _by_bytes(source.pack(text), chance.sample(sorted(BYTES), chance.choice((0, 0, 0, 1))), chance)
        return Mutant(source.name, data, (*changes, *names), "", None)
    encoding = chance.choice(ENCODINGS) if chance.random() < 0.3 else "utf-8"
    if encoding != "utf-8":
        changes.append("encode")
    data = text.encode(encoding, "replace")
    text = data.decode(encoding)
    if chance.random() < 0.25:
        data, names = _by_bytes(data, chance.sample(sorted(BYTES), chance.choice((1, 1, 2))), chance)
        return Mutant(source.name, data, (*changes, *names), encoding, None)
    return Mutant(source.name, data, tuple(changes), encoding, text)


def _by_bytes(data: bytes, names: list[str], chance: random.Random) -> tuple[bytes, list[str]]:
    for name in names:
        data = BYTES[name](data, chance)
    return data, names
