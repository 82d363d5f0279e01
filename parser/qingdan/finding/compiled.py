"""The patterns of the rules, compiled: taken from ``data/patterns.pickle`` where they stand there, else compiled now.

``regex`` compiles in Python, and the rules for dates and quantities are long: compiling was half of the time of
``qingdan parse``. It can pickle what it compiled. ``parser/make_patterns.py`` writes the file; a pattern that has
changed since, or another version of ``regex``, compiles as it would without the file.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256

import regex

from qingdan.data import read_bytes

FILE = "patterns.pickle"


def compiled(pattern: str, lists: Mapping[str, Iterable[str]]) -> regex.Pattern[str]:
    """A verbose pattern with the named lists that it asks for, compiled."""
    saved = prebuilt().get(key(pattern, lists))
    if saved is None:
        return regex.compile(pattern, regex.VERBOSE, **lists)  # type: ignore[arg-type]
    found: regex.Pattern[str] = pickle.loads(saved)
    return found


def key(pattern: str, lists: Mapping[str, Iterable[str]]) -> str:
    """What a pattern is found by in the file."""
    words = [(name, sorted(set(lists[name]))) for name in sorted(lists)]
    return sha256(f"{pattern}\0{words}".encode()).hexdigest()


def compiler() -> str:
    """What compiled patterns depend on: they are code for the engine of this very version."""
    return f"regex {regex.__version__} {sys.byteorder}"


@cache
def prebuilt() -> dict[str, bytes]:
    """The pickled patterns of the file by their keys; none when another compiler made them."""
    try:
        made_by, patterns = pickle.loads(read_bytes(FILE))
    except FileNotFoundError:  # before it is first made
        return {}
    return patterns if made_by == compiler() else {}
