"""Quantities in their text: finding them all, with the qualifiers before them and the noun they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from qingdan.finding.quantities import BEFORE, BEFORE_ENDS, before_pattern, read_quantity, scanner
from qingdan.finding.words import begins_name, noun_after, straddled
from qingdan.model import Quantity
from qingdan.reading.folding import Folded

_NOUN = 48  # characters behind a numeral within which its noun stands
_STAY = regex.compile(r"(?:停留|期限?|免签|每次|为期|最长|各)(?:为|是)?$")  # 「停留期90日」


def find_quantities(folded: Folded, text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Every quantity of the text in reading order.

    ``taken`` are the sorted spans (in folded text) of dates and agencies, whose numerals are not quantities.
    """
    whole = folded.text
    before = before_pattern()
    ahead = iter(taken)
    block = next(ahead, None)
    for start, end in scanner().spans(whole):
        while block is not None and block[1] <= start:
            block = next(ahead, None)
        if block is not None and block[0] < end:
            continue
        reading = read_quantity(whole[start:end])
        if reading is None:
            continue
        amount = reading.amount
        if reading.rule == "cardinal" and begins_name(whole, start, end):
            continue  # 「三门峡市」 「五台山」
        unit = end - len(amount.unit)
        if whole[unit - 1] == " " and amount.unit and straddled(whole[unit:end], whole[end : end + 3], ""):
            continue  # 「2 组织机构」 「3.1 市场监测」: a heading's number, and a word
        qualifier = amount.qualifier
        prefix = before.match(whole, max(0, start - 4), start) if whole[start - 1 : start] in BEFORE_ENDS else None
        if prefix and reading.kind != "ordinal" and (block is None or prefix.start() < block[0]):
            word = prefix[0].strip()
            if word != "上" or whole[start] in "百千万亿":
                start = prefix.start()
                qualifier = BEFORE[word]
        if amount.unit == "日" and qualifier is None and not _STAY.search(whole, max(0, start - 6), start):
            continue  # 「22日」 is a day of the month
        start, stop = (start, end) if folded.places is None else folded.span(start, end)
        measure, noun = amount.unit, noun_after(whole, end, reading.kind == "ordinal")
        if folded.translated:
            measure, noun = _written(folded, text, measure, unit, end), noun and _written(folded, text, noun, end, end + _NOUN)
        yield Quantity(
            text[start:stop], start, stop, reading.kind, amount.value, amount.low, amount.high, measure,
            reading.code, qualifier, noun, reading.rule, "stated",
        )  # fmt: skip


def _written(folded: Folded, text: str, words: str, start: int, end: int) -> str:
    """Words of the folded text between two offsets as the text has them: 項 for 项."""
    at = folded.text.find(words, start, end)
    return words if at < 0 or not words else "".join(text[folded.original(i)] for i in range(at, at + len(words)))
