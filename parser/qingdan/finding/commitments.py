"""Commitments: one for each clause of an item that states an act, as ``data/commitments.md`` defines them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from qingdan.finding.actors import duties
from qingdan.finding.acts import words
from qingdan.finding.bare_documents import Signed
from qingdan.finding.clauses import Unit, units
from qingdan.finding.constituents import Group
from qingdan.finding.making import Maker
from qingdan.finding.masks import BODY, BRACKET, DAY, PARTY, QUOTED, TITLE, mask
from qingdan.finding.opened import Opened
from qingdan.finding.openings import open_unit
from qingdan.finding.predicates import is_topic
from qingdan.finding.prepared import Prepared
from qingdan.finding.sides import sides_of
from qingdan.finding.stated import Head, Stated
from qingdan.finding.stating import Stating
from qingdan.finding.verb_groups import read
from qingdan.model import Document, Item
from qingdan.reading.folding import fold_whole

# Items that are read before any of them is asked what it states, and asked before commitments are made of it: to go to and fro for each
# item takes a tenth longer, and so does keeping all that was read of a long text.
_BATCH = 64
_HEADING = 20  # characters of the longest sentence that is a heading
_FIGURES = Prepared(f"[0-9{DAY}{TITLE}{QUOTED}{BRACKET}]")
_NEXT = Prepared(f"[{PARTY}{BODY}]|双方|[两三四五六]国|各方|我们")
# 「…;(二)取消…」: a label that divides no provision
_LABEL = Prepared(r"(?:\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[a-z])\)|[0-9]{1,2}[)、]|[0-9]{1,2}\.(?![0-9])|[①-⑳]) *(?=.)")
_LABELS = frozenset(BRACKET + "0123456789" + "".join(map(chr, range(0x2460, 0x2474))))
_DOING = frozenset(("accomplished", "committed", "continued", "intended"))
# 「牵头责任单位：省发展改革委」 is a line of its own.
_DUTY = Prepared(
    "(?:牵头|协同|配合|责任|负责|主办|承办|协办|实施|参与|主要|分管|主管|参加){0,3}(?:单位|部门|领导|人|机关|处室|同志)(?:和[^:,]{2,8})?(?=:)"
)


def find_commitments(document: Document) -> Document:
    """The document with the commitments of its items, whose mentions are found and resolved."""
    if not document.items:
        return document
    finder = _Finder(document)
    items: list[Item] = []
    for first in range(0, len(document.items), _BATCH):
        items += finder.filled(document.items[first : first + _BATCH])
    return structs.replace(document, items=tuple(items))


class _Finder:
    """One pass over the items of a document; ``leads`` is what the lead-in of an item hands on to those below it."""

    def __init__(self, document: Document) -> None:
        self.folded = fold_whole(document.text)
        self.masked = mask(self.folded, document.items, sides_of(document.document.parties))
        self.stating = Stating(document, self.folded, self.masked)
        self.maker = Maker(document, self.folded, self.masked, self.stating.today)
        self.signed = Signed(document)
        self.leads: dict[str, Head] = {}

    def filled(self, items: Sequence[Item]) -> list[Item]:
        """The next items, with their commitments."""
        masked, marks, known = self.masked.text, self.masked.marks, words()
        bodies = [self._body(item) for item in items]
        parted = [units(masked, *body) for body in bodies]
        groups = [read(masked, known, [clause for unit in each for clause in unit.clauses], marks) for each in parted]
        stated = [self.of_item(*each) if each[2] else [] for each in zip(items, bodies, parted, groups, strict=True)]
        made = self.maker.made
        return [
            structs.replace(item, commitments=tuple([made(item, one) for one in found])) if found else item
            for item, found in zip(items, stated, strict=True)
        ]

    def _body(self, item: Item) -> tuple[int, int]:
        """The span of an item's body in folded text."""
        if self.folded.places is None:
            return item.body_start, item.body_end
        return self.folded.offset(item.body_start), self.folded.offset(item.body_end)

    def of_item(self, item: Item, body: tuple[int, int], parted: list[Unit], read_of_item: list[Group]) -> list[Stated]:
        """What the next item states, in order; ``body`` is its span in folded text."""
        masked = self.masked.text
        stating = self.stating
        charged = (masked.find(":", *body) >= 0 and self._charged(item, parted)) or duties(item, self.folded, *body)
        found: list[Stated] = []
        lead = head = self.leads.get(item.parent or "")
        listed = lead is not None
        stating.begin(item, charged)
        mark = ""
        last = 0
        for unit in parted:
            if mark not in (";", ":"):
                stating.before = ()
                if mark:
                    head, listed = lead, lead is not None
            mark = unit.mark
            first, last = last, last + len(unit.clauses)
            groups = read_of_item[first:last]
            if item.dates and last - first > 1 and not unit.colons:
                _date(groups)
            if unit.colons and _DUTY.match(masked, unit.start, unit.end):
                continue
            if unit.colons and (rest := _members(unit)):
                handed = stating.head_of(groups[rest - 1])
                if handed is not None:
                    head = self.leads[item.id] = handed
                listed = True
                if rest == len(groups):
                    mark = ";"
                    continue
                groups = groups[rest:]
            elif unit.colons and unit.colons[0] == 0 and len(groups) > 1 and is_topic(masked, groups[0], groups[1:3]):
                groups = groups[1:]
            elif masked[groups[0].start] in _LABELS and (label := _LABEL.match(self.folded.text, groups[0].start, groups[0].end)):
                groups[0].start = groups[0].begin = label.end()
            doing = listed and head is not None and head.kind in _DOING
            opened = open_unit(masked, groups, listed, doing)
            if not opened and listed and head is not None and head.kind == "accomplished":
                opened = [Opened(groups[0].start, groups[-1].end, "S7", None)]
            if opened and opened[0].rule == "S9" and self._heads(unit, opened):
                continue
            for n, one in enumerate(opened):
                stated = stating.stated(one, head if listed else None)
                if stated is not None:
                    found.append(stated)
                    if head is None or (n == 0 and not listed):
                        head = stated
            listed = listed or mark == ";"
        if self.signed.names(item, masked, parted, found):
            return [self.signed.stated(item, self.folded, parted[0], stating)]
        return found

    def _heads(self, unit: Unit, opened: list[Opened]) -> bool:
        """Whether a unit is a heading with its text behind it: 「加强组织领导。各部门要…」."""
        text = self.masked.text
        one = opened[0]
        if (
            len(unit.clauses) > 1
            or unit.mark != "。"
            or unit.end - unit.start > _HEADING
            or not one.head
            or one.head.subject
            or not (self.stating.domestic or self._new_subject(unit))
        ):
            return False
        begins = not text[max(0, unit.start - 3) : unit.start].strip(" ") or "\n" in text[max(0, unit.start - 4) : unit.start]
        return (begins or text[unit.start - 1] in ")、. ") and text[unit.end + 1 : unit.end + 2] not in ("\n", "(", BRACKET, "")

    def _new_subject(self, unit: Unit) -> bool:
        """Whether a unit without figures stands before a sentence with a party or body as subject: 「互派留学生。双方将在三年内…」."""
        text = self.masked.text
        return _NEXT.match(text, unit.end + 1) is not None and _FIGURES.search(text, unit.start, unit.end) is None

    def _charged(self, item: Item, parted: list[Unit]) -> tuple[str, ...]:
        """The bodies of a line of duties: 「牵头单位：商务部」."""
        for unit in parted:
            match = _DUTY.match(self.masked.text, unit.start, unit.end) if unit.colons else None
            if match is not None and ("单位" in match[0] or "部门" in match[0]):
                start, end = self.folded.span(unit.start, unit.end)
                names = [name for agency in item.agencies if start <= agency.start < end for name in agency.canonical]
                if names:
                    return tuple(dict.fromkeys(names))
        return ()


def _date(groups: list[Group]) -> None:
    """Let a clause of a unit that is no more than a date begin the next: 「…，自2025年1月起，实施…」."""
    for i in range(len(groups) - 2, -1, -1):
        one = groups[i]
        if one.dated and not (one.subject or one.agents or one.thing or one.words or one.verb or one.opens):
            group = groups[i + 1]
            group.start, group.begin, group.link, group.dated = one.start, one.begin, one.link or group.link, True
            del groups[i]


def _members(unit: Unit) -> int:
    """How many clauses stand before a colon that members follow; 0 without one, where a colon is no more than a comma."""
    last = len(unit.clauses) - 1
    if unit.colons[-1] == last:
        return last + 1
    return unit.colons[0] + 1 if unit.mark == ";" else 0
