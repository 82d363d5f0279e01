"""Ids for rows: slugs of a name's words in pinyin (国际合作局: guoji-hezuo-ju), the same wherever they are made."""

from __future__ import annotations

import regex

from qingdan.finding.words import cut

_LONGEST = 60  # characters, whole words


def slug(name: str) -> str:
    """The slug of a name: lower-case letters and digits, joined by ``-`` where its words meet; ``body`` when it has none."""
    from pypinyin import lazy_pinyin

    parts = (regex.sub("[^a-z0-9]", "", "".join(lazy_pinyin(word.text)).lower()) for word in cut(name))
    whole = ""
    for part in filter(None, parts):
        if whole and len(whole) + len(part) >= _LONGEST:
            break
        whole += f"-{part}" if whole else part[:_LONGEST]
    return whole or "body"
