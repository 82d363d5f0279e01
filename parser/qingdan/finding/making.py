"""A commitment out of what its clause states: the mentions in its span, its deadline, instruments, event and conditions."""

from __future__ import annotations

from collections.abc import Sequence

from qingdan.finding.conditions import conditions
from qingdan.finding.constituents import Group
from qingdan.finding.cues import HANGING, HELD, NAMED, PAST, places
from qingdan.finding.held import held, place_of
from qingdan.finding.masks import Masked
from qingdan.finding.mentioned import Mentioned
from qingdan.finding.opened import Opened
from qingdan.finding.prepared import Prepared
from qingdan.finding.stated import Stated
from qingdan.model import Commitment, Date, Document, Event, Item, Span
from qingdan.reading.folding import Folded, fold_mention

_OF = Prepared(r"[^,;。在于]{0,12}?的")
# No date up to which 「注意到|2024年6月20日是…」, nor one that is given up: 「原定于|2022年3月前开通的直航推迟至2023年3月前」.
_NOT_UP_TO = (
    *("意到", "识到", "看到", "得到", "达到", "提到"),
    *(was + at for was in ("原定", "原计划", "原拟", "未能", "没能", "本应") for at in ("", "于", "在")),
)
_STILL = frozenset(("committed", "continued", "intended", "welcomed", "urged"))  # classes of what may be yet to come


class Maker:
    """Makes the commitments of one document, whose mentions are found. ``today`` is the day it speaks on, '' when that is not known."""

    def __init__(self, document: Document, folded: Folded, masked: Masked, today: str) -> None:
        self.text = document.text
        self.folded, self.masked, self.cues, self.today = folded, masked, masked.cues, today
        self.moved = folded.places is not None
        items = document.items
        self.agencies = Mentioned([agency for item in items for agency in item.agencies])
        self.quantities = Mentioned([quantity for item in items for quantity in item.quantities])

    def made(self, item: Item, stated: Stated) -> Commitment:
        """The commitment of what a clause of an item states."""
        first, last = stated.first, stated.last
        start, end = self.folded.span(first, last) if self.moved else (first, last)
        cues, one = self.cues[first:last], stated.opened
        return Commitment(
            self.text[start:end], start, end, stated.actors, stated.act, stated.kind, "negative" if stated.negative else "positive",
            self._deadline(stated.told, one.head) if stated.told and one else None, stated.dates,
            self.agencies.inside(start, end) if item.agencies else (), self.quantities.inside(start, end) if item.quantities else (),
            self._titles(first, last) if NAMED in cues else (),
            self._event(one, stated.told) if one and stated.kind in _STILL and HELD in cues else None,
            tuple([self._span(*span) for span in conditions(self.masked.text, first, last)])
            if one and HANGING in cues else (),
            stated.rule, stated.status,
        )  # fmt: skip

    def _span(self, start: int, end: int) -> Span:
        if self.moved:
            start, end = self.folded.span(start, end)
        return Span(self.text[start:end], start, end)

    def _titles(self, start: int, end: int) -> tuple[Span, ...]:
        """The outermost 《…》 of a span of folded text."""
        ends = self.masked.titles
        # One that runs on behind the span crosses another mark, so it was not blotted out: 「《试点方案，1500《万元。》」.
        return tuple([self._span(at, ends[at]) for at in places(self.cues, NAMED, start, end) if ends[at] <= end])

    def _deadline(self, dates: Sequence[Date], group: Group | None) -> Date | None:
        """The first date of a commitment that binds its act: not one inside a noun's attribute (年底前到期的协定)."""
        for day in dates:
            if day.role == "deadline" or (
                day.role == "period" and day.edtf is not None and len(day.edtf) == 4 and fold_mention(day.text).endswith("年内")
            ):
                start, end = (self.folded.offset(day.start), self.folded.offset(day.end)) if self.moved else (day.start, day.end)
                before = self.masked.text[max(0, start - 6) : start]
                if before.endswith(_NOT_UP_TO):
                    continue
                behind = group is not None and group.verb is not None and start >= group.verb[1]
                if behind and self.masked.text[start - 1 : start] not in "于在" and _OF.match(self.masked.text, end):
                    continue
                return day
        return None

    def _event(self, one: Opened, dates: Sequence[Date]) -> Event | None:
        group = one.head
        first = one.start
        if group is not None and group.words and group.words[0][2].family != "doing":
            first = group.words[-1][1]
            if (
                self.masked.text[first] == "了"
                or self.cues.find(PAST, one.start, one.end) >= 0
                or any(day.latest and day.latest <= self.today for day in dates)
            ):
                return None
        elif group is not None and group.verb is not None and group.verb[2].use == "hold":
            first = group.verb[0]
        found = held(self.folded.text, places(self.cues, HELD, first, one.end), one.start, one.end)
        if found is None:
            return None
        name = self._span(*found)
        place = place_of(self.folded.text, one.start, one.end)
        return Event(name.text, name.start, name.end, self._span(*place).text if place else None)
