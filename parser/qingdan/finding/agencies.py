"""Agencies in a text: the lexicon's names, the bodies no lexicon has, and what the text itself calls them.

One pass over the lexicon's hits from left to right builds the mentions (``reader``). Free head words then give the
rest, and definitions in parentheses name bodies for the whole text.
"""

from __future__ import annotations

from qingdan.finding.abbreviations import ORGAN, defined, shortened
from qingdan.finding.addresses import outside_addresses
from qingdan.finding.lexicon import lexicon
from qingdan.finding.quoted import named_again
from qingdan.finding.reader import read
from qingdan.finding.scan import Scan
from qingdan.model import Agency
from qingdan.reading.folding import Folded


def find_agencies(folded: Folded, text: str) -> list[Agency]:
    """Every agency of the text in reading order, valued as far as the text alone shows."""
    whole = folded.text
    scan = Scan(whole, folded.translated)
    found = defined(scan, read(scan))
    if any(mention.rule == ORGAN and whole[mention.end : mention.end + 1] == "(" for mention in found):
        found = defined(scan, found)  # 「本组织地区反恐怖机构(以下简称“地区反恐机构”)」: what a definition uses another for
    found = outside_addresses(whole, named_again(whole, found))
    shortened(found, lexicon())
    return [
        Agency(text[start:end], start, end, mention.canonical, mention.kind, mention.parties, mention.rule, mention.status)
        for mention in found
        for start, end in ((mention.start, mention.end) if folded.places is None else folded.span(mention.start, mention.end),)
    ]
