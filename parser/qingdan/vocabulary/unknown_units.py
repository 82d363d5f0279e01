"""Words behind numerals that no row of the units has, each with the row that would make a quantity of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

import regex

from qingdan.data import read_rows
from qingdan.finding.quantity_patterns import LEFT
from qingdan.finding.quantity_units import units
from qingdan.finding.words import cut, ends_name, generic
from qingdan.model import Block, Document
from qingdan.numerals import ARABIC
from qingdan.reading.folding import Folded, fold
from qingdan.vocabulary.units import COLUMNS
from qingdan.vocabulary.unknown import Candidate, Tally, parts

# 「附件3」 is a name, 「1:25万」 a ratio; a numeral that opens its line or follows a label is a number of the list.
_NUMERAL = regex.compile(
    rf"""(?<![表图件录注款栏页:]\ ?)(?:第\ ?)?(?:{LEFT}(?:{ARABIC})(?:\ ?(?:万亿|[百千]?[万亿]))?
        |(?<![一二三四五六七八九十百千万亿〇零两])[二三四五六七八九十两][〇零一二三四五六七八九十百千万亿两]{{0,14}})[余多]?""",
    regex.VERBOSE,
)
_WORD = regex.compile(r"\p{Han}{1,6}|(?:[A-Za-z]{2,8}|[a-z])[²³]?(?![A-Za-z0-9])")
_SORTS = frozenset({"q", "n", "nz", "vn", "ng", "g", ""})  # tags of what may be a unit: measures, nouns, words jieba lacks
_COIN = 4  # characters
_SUFFIX = 6


def unknown_units(documents: Iterable[Document]) -> list[Candidate]:
    """The words right behind numerals that count nothing now, by how often they stand in the documents.

    A row's kind is that of the longest unit that the word ends in, else count; its code is empty.
    """
    tally = Tally()
    for document in documents:
        folded = fold(document.text)
        taken = sorted(
            (mention.start, mention.end)
            for part in parts(document)
            # 「约3万旧贝元」: a numeral without a unit is a count, and may have one that no row names
            for mention in (*part.dates, *part.agencies, *(quantity for quantity in part.quantities if quantity.unit))
        )
        for start, end, word in _words(document, folded):
            begin, stop = folded.span(start, end)
            if not any(first < stop and begin < last for first, last in taken):
                tally.add(word, document, begin, stop, "numeral")
    rows = {name: dict.fromkeys(COLUMNS, "") | {"unit": name, "kind": _kind(name)} for name in tally.names()}
    return tally.candidates(rows)


def _words(document: Document, folded: Folded) -> Iterator[tuple[int, int, str]]:
    """The numerals with the word behind them, as spans of the folded text."""
    text = folded.text
    for part in parts(document):
        label = 0 if isinstance(part, Block) else len(part.label)
        first, last = folded.offset(part.start + label), folded.offset(part.end)
        for match in _NUMERAL.finditer(text, first, last):
            start, end = match.span()
            if start == first or text[start - 1] == "\n":
                continue
            found = _WORD.match(text, end, last)
            word = _unit(text[start:end], found[0]) if found else None
            if word:
                yield start, end + len(word), word


def _unit(numeral: str, behind: str) -> str | None:
    """What of the characters behind a numeral may be its unit; None where they are a word with it, or of another sort."""
    if behind[0].isascii():
        return behind if numeral[-1].isascii() and behind not in units() else None
    if any(behind.startswith(unit) for unit in units()) or any((numeral[-1] + behind).startswith(word) for word in _set_words()):
        return None
    words = cut(numeral + behind)
    edges = [0, *accumulate(len(word.text) for word in words)]
    if len(numeral) not in edges[:-1]:
        return None  # 「三农」
    first, *rest = words[edges.index(len(numeral)) :]
    if ends_name(first) or first.text in generic():
        return None
    # jieba cuts a coin that it lacks into characters: 「贝|元」.
    size = 1 if len(first.text) == 1 else 0
    for word in rest[: _COIN - 1] if size else ():
        size += len(word.text)
        if _kind(word.text) != "count":
            return behind[:size]
        if len(word.text) > 1:
            break
    return first.text if first.tag in _SORTS or (first.tag == "v" and len(first.text) == 1) else None


@cache
def _set_words() -> tuple[str, ...]:
    return tuple(row["word"] for row in read_rows("set_words.csv"))


def _kind(name: str) -> str:
    known = units()
    kinds = (known[name[-size:]].kind for size in range(min(len(name), _SUFFIX), 0, -1) if name[-size:] in known)
    return next((kind for kind in kinds if kind in ("money", "measure", "duration")), "count")
