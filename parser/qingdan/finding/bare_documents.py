"""Items that are no more than the name of a document, in a list of what was signed (section 8 of ``commitments.md``)."""

from __future__ import annotations

from collections.abc import Sequence

from qingdan.finding.clauses import Unit
from qingdan.finding.masks import FILLER, TITLE
from qingdan.finding.prepared import Prepared
from qingdan.finding.stated import Stated
from qingdan.finding.stating import Stating
from qingdan.model import Document, Item
from qingdan.reading.folding import Folded

_SIGNING = Prepared(r"签署|签订|达成|换文|交换")
_DOCUMENT = Prepared(rf"(?:备忘录|协议|协定|议定书|公约|条约|意向书|换文|文件|声明|安排|计划|证书|合同|纪要|{TITLE}{FILLER}*)$")
_LEAD = 120  # characters at the end of the preamble that may say what the list is of


class Signed:
    """What a document says its bare names of documents are: signed, or nothing."""

    def __init__(self, document: Document) -> None:
        title = document.title.text if document.title else ""
        before = document.preamble.text[-_LEAD:] if document.preamble else ""
        self.act = _signing(title + before)
        self.sections = {section.id: _signing(section.title or "") for section in document.sections}

    def names(self, item: Item, masked: str, parted: Sequence[Unit], found: Sequence[Stated]) -> bool:
        """Whether an item is only the name of a document: what was found in it is at most a verb inside the name."""
        if len(parted) != 1 or parted[0].colons or not (self.act or self.sections.get(item.section or "")):
            return False
        if any(one.kind == "accomplished" or (not one.rule.startswith("S9") and one.act != "支持") for one in found):
            return False
        return _DOCUMENT.search(masked, parted[0].start, parted[0].end) is not None

    def stated(self, item: Item, folded: Folded, unit: Unit, stating: Stating) -> Stated:
        """The one thing that such an item states; its actors are the bodies that the name begins with."""
        start, end = folded.span(unit.start, unit.end)
        named: list[str] = []
        at = start
        for agency in item.agencies:
            between = item.body[at - item.body_start : agency.start - item.body_start]
            if agency.start >= end or between.strip("《“和与同、及,， "):
                break
            named += agency.canonical
            at = agency.end
        act = self.act or self.sections.get(item.section or "", "")
        return stating.document(unit.start, unit.end, tuple(dict.fromkeys(named)), act)


def _signing(text: str) -> str:
    match = _SIGNING.search(text)
    return match[0] if match else ""
