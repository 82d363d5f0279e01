"""Traditional Chinese to simplified, by OpenCC, one character for one; the one module that uses it.

OpenCC is woken only by a text that holds a traditional character: opening it takes 20 ms, and finding that a text holds
none 1 ms a megabyte. The configuration is ``hk2s``: ``t2s`` with the characters that only Hong Kong writes (衞生署).
``tw2s`` is not used, for it takes every 著 that is in none of its phrases for 着 (「專著」).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from qingdan.data import read_text


@cache
def _traditional() -> Callable[[str], re.Match[str] | None]:
    return re.compile(f"[{read_text('traditional.txt').strip()}]").search


@cache
def converter() -> Callable[[str], str]:
    """OpenCC's conversion. Its phrases tell apart what one character may be: 乾隆, but 乾燥 as 干燥."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("hk2s").convert
    return convert


def simplified(text: str) -> str:
    """The text with every line that holds a traditional character in simplified Chinese, of the same length.

    A line without one stays as it is, so that a traditional name in one line of a page changes none of the others: most
    characters that both scripts use mean themselves in a simplified line. The very same string comes back when there is
    nothing to do. Lone surrogates must have been replaced. Linear in the text's length.
    """
    traditional = _traditional()
    if not traditional(text):
        return text
    lines = text.split("\n")
    chosen = [i for i, line in enumerate(lines) if traditional(line)]
    # No phrase goes over a line end; one call for all the lines spares most of what a call costs.
    changed = converter()("\n".join(lines[i] for i in chosen)).split("\n")
    if list(map(len, changed)) != [len(lines[i]) for i in chosen]:
        changed = [_by_character(lines[i]) for i in chosen]
    for i, line in zip(chosen, changed, strict=True):
        lines[i] = line
    return "\n".join(lines)


def _by_character(line: str) -> str:
    """A line without OpenCC's phrases: should one change its length some day, no offset moves."""
    return "".join(c if len(new := _character(c)) != 1 else new for c in line)


@cache
def _character(c: str) -> str:
    return converter()(c)
