"""A commitment out of the verb group that opens it: class, actors, deadline, event, conditions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from sys import maxsize

from qingdan.finding.act_classes import Head, class_of
from qingdan.finding.actors import actors_of, defined, named_group, speaker
from qingdan.finding.acts import Act
from qingdan.finding.conditions import conditions, worth_looking
from qingdan.finding.constituents import Group
from qingdan.finding.held import held, place_of
from qingdan.finding.masks import DAY, Masked
from qingdan.finding.meeting import reference_day
from qingdan.finding.openings import Opened
from qingdan.finding.prepared import Prepared
from qingdan.model import Agency, Commitment, CommitmentClass, Date, Document, Event, Item, Quantity, Span
from qingdan.reading.folding import Folded, fold

_PAST = Prepared(r"访问期间|会议期间|访华期间|会见期间|会谈中|对话期间|论坛期间|峰会期间|会晤期间")
_EVENT_TAIL = Prepared("会议|会晤|会谈|对话|磋商|论坛|峰会|博览会|研讨会|委员会第|联委会")
_OF = Prepared(r"[^,;。在于]{0,12}?的")
# No date up to which 「注意到|2024年6月20日是…」, nor one that is given up: 「原定于|2022年3月前开通的直航推迟至2023年3月前」.
_NOT_UP_TO = (
    *("意到", "识到", "看到", "得到", "达到", "提到"),
    *(was + at for was in ("原定", "原计划", "原拟", "未能", "没能", "本应") for at in ("", "于", "在")),
)
_STILL = frozenset(("committed", "continued", "intended", "welcomed", "urged"))
_MEETING = 10  # days of the longest meeting
_TALK_NOUN = Prepared("(?:讨论|探讨|意见交换)$")


class Mentioned:
    """The mentions of all items, which stand in the order of the text, found by offset."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.dates: list[Date] = []
        self.agencies: list[Agency] = []
        self.quantities: list[Quantity] = []
        for item in items:
            self.dates += item.dates
            self.agencies += item.agencies
            self.quantities += item.quantities
        # Behind each kind stands one offset that no span reaches.
        self._starts = [[*[mention.start for mention in kind], maxsize] for kind in (self.dates, self.agencies, self.quantities)]

    def inside(self, start: int, end: int) -> tuple[tuple[Date, ...], tuple[Agency, ...], tuple[Quantity, ...]]:
        """Those that begin in a span of the text as read."""
        dates, agencies, quantities = self._starts
        date, agency, quantity = bisect_left(dates, start), bisect_left(agencies, start), bisect_left(quantities, start)
        return (
            tuple(self.dates[date : bisect_left(dates, end, date)]) if dates[date] < end else (),
            tuple(self.agencies[agency : bisect_left(agencies, end, agency)]) if agencies[agency] < end else (),
            tuple(self.quantities[quantity : bisect_left(quantities, end, quantity)]) if quantities[quantity] < end else (),
        )


def _any(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


class Maker:
    """Makes the commitments of one document, item by item and in order.

    ``last`` are act, class and actors of the last of them, which members without an act of their own take.
    """

    def __init__(self, document: Document, folded: Folded, masked: Masked) -> None:
        self.text = document.text
        self.folded, self.masked = folded, masked
        self.moved = folded.places is not None
        self.parties = document.document.parties
        # A list of duties of one country speaks of nobody else with 应.
        self.domestic = self.parties in ((), ("中国",))
        if self.domestic:
            self.parties = speaker(document) or self.parties
        self.parties = defined(document) or self.parties
        day = reference_day(document.document) or _first_day(document)
        self.today = day.isoformat() if day else ""
        self.hanging, self.holding = worth_looking(folded.text)
        self.title_starts = [start for start, _ in masked.titles]
        self.last: tuple[str, CommitmentClass, tuple[str, ...]] = ("", "committed", ())
        self.mentioned = Mentioned(document.items)
        self.named = self._inside_names()
        self.charged: tuple[str, ...] = ()
        self.may_hang = self.may_hold = self.may_name = False  # whether the item has words for conditions, events, and 《》
        self.before: tuple[str, ...] = ()

    def begin(self, charged: tuple[str, ...], start: int, end: int) -> None:
        """Begin an item, a span of folded text, with the bodies that its bracket of duties names."""
        self.charged = charged
        self.may_hang = _any(self.hanging, start, end)
        self.may_hold = _any(self.holding, start, end)
        self.may_name = _any(self.title_starts, start, end)

    def sentence(self) -> None:
        """Begin a sentence: no subject is taken from the one before."""
        self.before = ()

    def head_of(self, group: Group) -> Head | None:
        """What the clause right before a colon hands on to the members behind it; None when it has no act."""
        if not group.words and not group.done:
            return None
        actors = actors_of(group.subject, self.masked.marks, self.parties) or self.parties
        if group.words:
            return Head(self._act(group.words), class_of(group.words, group.joined, _party(group))[0], actors)
        assert group.verb is not None
        return Head(self._written(group.verb[0], group.verb[1] + 1), "accomplished", actors)

    def made(self, one: Opened, listed: Head | None) -> Commitment | None:
        """The commitment that a clause opens; ``listed`` is the head of the list that it is a member of."""
        group, words, first, last = one.head, one.words, one.start, one.end
        start, end = self.folded.span(first, last) if self.moved else (first, last)
        dates, agencies, quantities = self.mentioned.inside(start, end)
        told = self._told(dates) if self.named else dates
        stated = minus = False
        # A member takes act, class and actors from the list's head (S7), a clause behind 并 or a date from the one before (S2 b and c).
        taken: Head | None = None
        if group is None:
            taken = listed if one.rule == "S7" else Head(*self.last)
            if taken is None:
                return None
            bare = one.bare
            if taken.kind == "accomplished" and bare is not None and bare.verb is not None and self._future(bare, told):
                verb = self._written(bare.verb[0], bare.verb[1])  # 「双方签署了协定，2026年起|取消单证」 is yet to come
                taken = Head(verb, "committed", taken.actors)
        elif not (words or group.subject or group.done):
            taken = listed
        if taken is not None:
            kind, act, actors, rule = taken.kind, taken.act, taken.actors, "S7"
            if one.rule in ("S2b", "S2c"):
                actors, rule = self.before or actors, one.rule
        else:
            assert group is not None
            kind, act, rule = self._class(group, one, told)
            actors = self._actors(group, kind)
            if actors:
                stated = True
            else:
                actors = self.before or self.charged or (listed.actors if listed else ()) or self.parties
            minus = group.negated or (bool(words) and words[-1][2].negative)
        self.before = actors
        self.last = (act, kind, actors)
        return Commitment(
            self.text[start:end], start, end, actors, act, kind, "negative" if minus else "positive",
            self._deadline(told, group) if told else None, dates, agencies, quantities,
            self._titles(first, last) if self.may_name else (),
            self._event(one, told) if self.may_hold and kind in _STILL and _any(self.holding, first, last) else None,
            tuple([self._span(*span) for span in conditions(self.masked.text, first, last)])
            if self.may_hang and _any(self.hanging, first, last) else (),
            one.rule if rule == one.rule else f"{one.rule}-{rule}",
            "stated" if stated else "inferred" if actors else "unresolved",
        )  # fmt: skip

    def document(self, first: int, last: int, named: tuple[str, ...], act: str) -> Commitment:
        """The commitment of an item that is the name of a document, a span of folded text."""
        start, end = self.folded.span(first, last)
        actors = named or self.parties
        return Commitment(
            self.text[start:end], start, end, actors, act, "accomplished", "positive", None, *self.mentioned.inside(start, end),
            self._titles(first, last), None, (), "bare-document", "inferred" if actors else "unresolved",
        )  # fmt: skip

    def _inside_names(self) -> frozenset[int]:
        """Where the dates begin that are part of a name, a quotation or a bracket."""
        starts = [day.start for day in self.mentioned.dates]
        places = [self.folded.offset(start) for start in starts] if self.moved else starts
        text = self.masked.text
        return frozenset(start for start, place in zip(starts, places, strict=True) if text[place] != DAY)

    def _told(self, dates: tuple[Date, ...]) -> tuple[Date, ...]:
        """The dates that are said and not part of a name: those of 《2017—2019年合作计划》 tell nothing of when it was signed."""
        return tuple([day for day in dates if day.start not in self.named])

    def _actors(self, group: Group, kind: CommitmentClass) -> tuple[str, ...]:
        """The actors that a clause itself names."""
        named = group.subject
        if not named and group.agents and (not group.words or group.words[0][2].word == "将" or group.words[0][2].family == "window"):
            named = group.agents
        if named:
            if named[0].kind == "somebody" and kind == "urged":
                return ()
            if group.verb is not None and group.verb[2].use == "hold" and _EVENT_TAIL.search(named[-1].tail):
                return ()
            return actors_of(named, self.masked.marks, self.parties)
        convened = group.verb is not None and group.verb[2].use == "hold"  # 「第六次联委会将于3月举行」 names no body
        return named_group(group.thing) if group.thing and not convened else ()

    def _class(self, group: Group, one: Opened, dates: Sequence[Date]) -> tuple[CommitmentClass, str, str]:
        """Class, act and rule of a commitment with an act, or a verb, of its own."""
        verb, words = group.verb, one.words
        if words:
            start, stop, row = words[0]
            if len(words) == 1 and row.whole:  # most have one act word
                return row.class_, self._written(start, stop) if self.moved else self.text[start:stop], "C1"  # type: ignore[return-value]
            kind, rule = class_of(words, group.joined, self.domestic or _party(group))
            if kind == "urged" and group.negated and words[0][2].use == "ask":
                kind = "committed"  # 「届时不再要求提交纸质文件」: who asks no more does so itself
            if verb is not None and len(words) == 1 and words[0][2].use == "done":
                words = (*words, verb)
            return kind, self._act(words), rule
        assert verb is not None
        start, stop, row = verb
        if group.done and self.masked.text[stop : stop + 1] == "了":
            stop += 1
        act = self._written(start, stop)
        if group.talk is not None:
            noun = _TALK_NOUN.search(self.masked.text, group.talk.start(), group.talk.end())
            assert noun is not None
            joint = "" if len(group.talk[0]) == stop - start + len(noun[0]) else "…"
            return "viewed", act + joint + self._written(*noun.span()), "C7"
        if group.done or self._past(one, verb[0], dates):
            return "accomplished", act, "C1" if group.done else "S9"
        if row.use == "sign" and group.subject and group.subject[0].kind != "somebody" and not self._future(group, dates):
            return "accomplished", act, "S9"
        return "committed", act, "C9" if row.use == "hold" else "S9"

    def _act(self, parts: Sequence[tuple[int, int, Act]]) -> str:
        """Act words as written, … for what stands between; 并, 和 and 、 stay."""
        text, end = "", -1
        for start, stop, _ in parts:
            if end >= 0 and start > end:
                between = self.masked.text[end:start].strip()
                text += between if between in ("", "并", "和", "、") else "…"
            text += self._written(start, stop) if self.moved else self.text[start:stop]
            end = stop
        return text

    def _written(self, start: int, end: int) -> str:
        """A span of folded text as the document has it."""
        return self.text[slice(*self.folded.span(start, end))] if self.moved else self.text[start:end]

    def _span(self, start: int, end: int) -> Span:
        if self.moved:
            start, end = self.folded.span(start, end)
        return Span(self.text[start:end], start, end)

    def _titles(self, start: int, end: int) -> tuple[Span, ...]:
        """The outermost 《…》 of a span of folded text."""
        at = bisect_left(self.title_starts, start)
        stop = bisect_left(self.title_starts, end, at)
        # One that runs on behind the span crosses another mark, so it was not blotted out: 「《试点方案，1500《万元。》」.
        return tuple([self._span(*span) for span in self.masked.titles[at:stop] if span[1] <= end]) if at < stop else ()

    def _past(self, one: Opened, verb: int, dates: Sequence[Date]) -> bool:
        """Whether a bare verb stands behind a date or period that is past, of months also the present one."""
        for day in dates:
            if (self.folded.offset(day.start) if self.moved else day.start) >= verb:
                break
            if day.role == "deadline" or not self.today or not day.earliest:
                continue
            month = day.edtf is not None and len(day.edtf) == 7 and day.edtf[5:] <= "12"
            if (day.latest or "9999") <= self.today or ((month or day.role == "since") and day.earliest <= self.today):
                return True
        return _PAST.search(self.masked.text, one.start, verb) is not None

    def _future(self, group: Group, dates: Sequence[Date]) -> bool:
        """Whether the clause of a verb has a date that is still to come."""
        start, end = self.folded.span(group.start, group.end)
        today = self.today or "9999"
        return any((day.latest or day.earliest or "") > today for day in dates if start <= day.start < end)

    def _deadline(self, dates: Sequence[Date], group: Group | None) -> Date | None:
        """The first date of a commitment that binds its act: not one inside a noun's attribute (年底前到期的协定)."""
        for day in dates:
            within = day.edtf is not None and len(day.edtf) == 4 and fold(day.text).text.endswith("年内")
            if day.role == "deadline" or within:
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
            if _PAST.search(self.masked.text, one.start, one.end) or any(day.latest and day.latest <= self.today for day in dates):
                return None
        elif group is not None and group.verb is not None and group.verb[2].use == "hold":
            first = group.verb[0]
        found = held(self.folded.text, one.start, first, one.end)
        if found is None:
            return None
        name = self._span(*found)
        place = place_of(self.folded.text, one.start, one.end)
        return Event(name.text, name.start, name.end, self._written(*place) if place else None)


def _party(group: Group) -> bool:
    """Whether a party or a body is the subject, or nobody is named."""
    return group.subject[0].kind != "somebody" if group.subject else not group.thing or group.thing.endswith("一方")


def _first_day(document: Document) -> date | None:
    """The last of the first days that the first item names: of a statement without any other date, when its parties met."""
    for day in document.items[0].dates:
        if day.earliest and day.latest and day.role in ("on", "period"):
            first, last = date.fromisoformat(day.earliest), date.fromisoformat(day.latest)
            if (last - first).days < _MEETING:
                return last
    return None
