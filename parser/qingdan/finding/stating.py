"""What a clause states, out of the verb group that opens it: class, act and actors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qingdan.finding.act_classes import class_of
from qingdan.finding.actors import actors_of, defined, named_group, speaker
from qingdan.finding.acts import Act
from qingdan.finding.constituents import Group
from qingdan.finding.cues import PAST
from qingdan.finding.masks import DAY, Masked
from qingdan.finding.meeting import reference_day
from qingdan.finding.mentioned import Mentioned
from qingdan.finding.opened import Opened
from qingdan.finding.prepared import Prepared
from qingdan.finding.stated import Head, Stated
from qingdan.model import CommitmentClass, Date, Document, Item, Status
from qingdan.reading.folding import Folded, fold

_EVENT_TAIL = Prepared("会议|会晤|会谈|对话|磋商|论坛|峰会|博览会|研讨会|委员会第|联委会")
_MET = Prepared("[^。;]*?(?:举行|召开|会晤|会见|会谈|访问|达成)")
_SENTENCE = 60  # characters behind the first day in which a statement says that its parties met
_MEETING = 10  # days of the longest meeting
_DAY_LONG = len("2015-06-24")
_TALK_NOUN = Prepared("(?:讨论|探讨|意见交换)$")


class Stating:
    """Says what the clauses of one document state, item by item and in order.

    ``last`` is what the last of them states, which clauses without an act of their own take; ``before`` its actors, for those of the same
    sentence without a subject: where a sentence begins it is empty.
    """

    def __init__(self, document: Document, folded: Folded, masked: Masked) -> None:
        self.text = document.text
        self.folded, self.masked, self.cues = folded, masked, masked.cues
        self.moved = folded.places is not None
        self.parties = document.document.parties
        # A list of duties of one country speaks of nobody else with 应.
        self.domestic = self.parties in ((), ("中国",))
        if self.domestic:
            self.parties = speaker(document) or self.parties
        self.parties = defined(document) or self.parties
        day = reference_day(document.document) or _first_day(document)
        self.today = day.isoformat() if day else ""
        self.last = Head("", "committed", ())
        self.dates = Mentioned([day for item in document.items for day in item.dates])
        self.named = self._inside_names()
        self.dated = False
        self.charged: tuple[str, ...] = ()
        self.before: tuple[str, ...] = ()

    def begin(self, item: Item, charged: tuple[str, ...]) -> None:
        """Begin an item, with the bodies that its bracket of duties names."""
        self.dated, self.charged = bool(item.dates), charged

    def head_of(self, group: Group) -> Head | None:
        """What the clause right before a colon hands on to the members behind it; None when it has no act."""
        if not group.words and not group.done:
            return None
        actors = actors_of(group.subject, self.masked.marks, self.parties) or self.parties
        if group.words:
            return Head(self._act(group.words), class_of(group.words, group.joined, _party(group))[0], actors)
        assert group.verb is not None
        return Head(self._written(group.verb[0], group.verb[1] + 1), "accomplished", actors)

    def stated(self, one: Opened, listed: Head | None) -> Stated | None:
        """What the clause states that opens a commitment; ``listed`` is the head of the list that it is a member of."""
        group, words, first, last = one.head, one.words, one.start, one.end
        start, end = self.folded.span(first, last) if self.moved else (first, last)
        dates = self.dates.inside(start, end) if self.dated else ()
        told = self._told(dates) if self.named else dates
        named = minus = False
        # A member takes act, class and actors from the list's head (S7), a clause behind 并 or a date from the one before (S2 b and c).
        taken: Head | None = None
        if group is None:
            taken = listed if one.rule == "S7" else self.last
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
                named = True
            else:
                actors = self.before or self.charged or (listed.actors if listed else ()) or self.parties
            minus = group.negated or (bool(words) and words[-1][2].negative)
        self.before = actors
        self.last = stated = Stated(
            act, kind, actors, first, last, minus, dates, told, one.rule if rule == one.rule else f"{one.rule}-{rule}",
            "stated" if named else "inferred" if actors else "unresolved", one,
        )  # fmt: skip
        return stated

    def document(self, first: int, last: int, named: tuple[str, ...], act: str) -> Stated:
        """What an item states that is the name of a document, a span of folded text."""
        actors = named or self.parties
        dates = self.dates.inside(*self.folded.span(first, last))
        status: Status = "inferred" if actors else "unresolved"
        return Stated(act, "accomplished", actors, first, last, False, dates, (), "bare-document", status, None)

    def _inside_names(self) -> frozenset[int]:
        """Where the dates begin that are part of a name, a quotation or a bracket."""
        starts = [day.start for day in self.dates.mentions]
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

    def _past(self, one: Opened, verb: int, dates: Sequence[Date]) -> bool:
        """Whether a bare verb stands behind a date or period that is past, of months also the present one."""
        for day in dates:
            if (self.folded.offset(day.start) if self.moved else day.start) >= verb:
                break
            if day.role == "deadline" or not day.earliest:
                continue
            if not self.today:  # 「1999年6月18日，巴方审查批准…」: who knows the day mostly reports
                if day.role != "since" and day.edtf is not None and len(day.edtf) == _DAY_LONG:
                    return True
                continue
            month = day.edtf is not None and len(day.edtf) == 7 and day.edtf[5:] <= "12"
            if (day.latest or "9999") <= self.today or ((month or day.role == "since") and day.earliest <= self.today):
                return True
        return self.cues.find(PAST, one.start, verb) >= 0

    def _future(self, group: Group, dates: Sequence[Date]) -> bool:
        """Whether the clause of a verb has a date that is still to come."""
        start, end = self.folded.span(group.start, group.end)
        today = self.today or "9999"
        return any((day.latest or day.earliest or "") > today for day in dates if start <= day.start < end)


def _party(group: Group) -> bool:
    """Whether a party or a body is the subject, or nobody is named."""
    return group.subject[0].kind != "somebody" if group.subject else not group.thing or group.thing.endswith("一方")


def _first_day(document: Document) -> date | None:
    """The last of the first days that the first item names: of a statement without any other date, when its parties met."""
    for day in document.items[0].dates:
        if day.earliest and day.latest and day.role in ("on", "period"):
            first, last = date.fromisoformat(day.earliest), date.fromisoformat(day.latest)
            if (last - first).days < _MEETING and _MET.match(fold(document.text[day.end : day.end + _SENTENCE]).text):
                return last
    return None
