"""Commitments: one for each clause of an item that states an act, as ``data/commitments.md`` defines them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from msgspec import structs

from qingdan.finding.act_classes import class_of, negative
from qingdan.finding.actors import actors_of, duties, named_group
from qingdan.finding.acts import Words, words
from qingdan.finding.clauses import Unit, units
from qingdan.finding.conditions import conditions
from qingdan.finding.held import held
from qingdan.finding.masks import Masked, mask, side_words
from qingdan.finding.meeting import reference_day
from qingdan.finding.openings import Opened, open_unit
from qingdan.finding.verb_groups import Group, read
from qingdan.model import Commitment, CommitmentClass, Date, Document, Event, Item, Span
from qingdan.reading.folding import Folded, fold_whole

_TALK = re.compile(r"(?:进行|展开|开展|作|做)了?[^,;。了]{0,20}?(?:讨论|探讨|意见交换)$")
_DOING = frozenset(("accomplished", "committed", "continued", "intended"))
_PAST = re.compile("访问期间|会议期间|访华期间|会见期间|会谈中|对话期间")
_EVENT_TAIL = re.compile("会议|会晤|会谈|对话|磋商|论坛|峰会|博览会|研讨会|委员会第|联委会")
_PLACE = re.compile(r"在(?P<place>[^,;。:\n在于]{1,12}?)(?:共同|联合|成功|顺利|隆重|继续)?(?:举行|召开|举办|主办|承办)")
_SIGNING = re.compile(r"签署|签订|达成|换文|交换")
_DOCUMENT = re.compile(r"(?:备忘录|协议|协定|议定书|公约|条约|意向书|换文|文件|声明|安排|计划|证书|合同|纪要|\ue003\ue006*)$")
_OF = re.compile(r"[^,;。在于]{0,12}?的")


class _Head:
    """What members of a list without an act of their own take: act, class, actors."""

    __slots__ = ("act", "actors", "kind", "negated", "party", "stated")

    def __init__(self, act: str, kind: CommitmentClass, actors: tuple[str, ...], stated: bool) -> None:
        self.act, self.kind, self.actors, self.stated = act, kind, actors, stated


def find_commitments(document: Document) -> Document:
    """The document with the commitments of its items, whose mentions are found and resolved."""
    if not document.items:
        return document
    finder = _Finder(document)
    return structs.replace(document, items=tuple(finder.filled(item) for item in document.items))


class _Finder:
    """One pass over the items of a document."""

    def __init__(self, document: Document) -> None:
        self.folded: Folded = fold_whole(document.text)
        self.parties = document.document.parties
        self.masked: Masked = mask(self.folded, document.items, side_words(self.parties))
        self.words: Words = words()
        self.text = document.text
        self.reference = reference_day(document.document) or _first_day(document)
        self.year = document.document.year
        self.moved = self.folded.places is not None
        self.titles = self.masked.titles
        self.title_starts = [start for start, _ in self.titles]
        self.leads: dict[str, _Head] = {}
        self.domestic = len(self.parties) < 2 and self.parties in ((), ("中国",))
        before = document.preamble.text[-120:] if document.preamble else ""
        self.sections = {section.id: section.title or "" for section in document.sections}
        self._last = _Head("", "committed", (), False)
        self.signing = _signing(f"{document.title.text if document.title else ''}{before}")

    def filled(self, item: Item) -> Item:
        """The item with its commitments."""
        found = self.of_item(item)
        return structs.replace(item, commitments=tuple(found)) if found else item

    def of_item(self, item: Item) -> list[Commitment]:
        start, end = item.body_start, item.body_end
        if self.moved:
            start, end = self.folded.offset(start), self.folded.offset(end)
        masked = self.masked.text
        parted = units(masked, start, end)
        if not parted:
            return []
        tokens = self.words.find(masked[start:end])
        if start:
            tokens = [(s + start, e + start, i) for s, e, i in tokens]
        lead = self.leads.get(item.parent or "")
        bracket: tuple[str, ...] | None = None
        found: list[Commitment] = []
        sentence_actors: tuple[str, ...] = ()
        head: _Head | None = lead
        listed = lead is not None
        at = 0
        for n, unit in enumerate(parted):
            first = at
            spans: list[Group] = []
            talks: set[int] = set()
            for clause in unit.clauses:
                while at < len(tokens) and tokens[at][0] < clause.start:
                    at += 1
                last = at
                while last < len(tokens) and tokens[last][0] < clause.end:
                    last += 1
                group = read(masked, self.words, tokens, at, last, clause, self.masked.marks)  # type: ignore[arg-type]
                if (
                    group.verb is not None
                    and group.verb[2].use == "carry"
                    and not group.words
                    and _TALK.search(masked, group.verb[0], clause.end)
                ):
                    talks.add(len(spans))
                spans.append(group)
                at = last
            del first
            new_sentence = n == 0 or parted[n - 1].mark not in (";", ":")
            if new_sentence:
                sentence_actors = ()
                if n:
                    head, listed = lead, lead is not None
            led = self._lead_in(unit, parted, n, spans)
            if led is not None:
                groups_before, rest = led
                if groups_before:
                    head = self._head_of(groups_before, head) or head
                    listed = True
                    self.leads[item.id] = head  # type: ignore[assignment]
                spans = spans[rest:]
                talks = {t - rest for t in talks if t >= rest}
                if not spans:
                    continue
            doing = listed and head is not None and head.kind in _DOING
            opened = open_unit(masked, spans, talks, listed, doing)
            if not opened and listed and head is not None and head.kind == "accomplished" and unit.end > unit.start:
                opened = [Opened(spans[0].clause.start, spans[-1].clause.end, "S7", spans, None, True)]
            for one in opened:
                if bracket is None:
                    bracket = duties(item, self.folded, start, end)
                made, head_of = self._made(item, one, opened, head, listed, sentence_actors, bracket, talks, spans)
                if made is None:
                    continue
                found.append(made)
                sentence_actors = made.actors
                if head is None or (one is opened[0] and not listed):
                    head = head_of
            listed = listed or unit.mark == ";"
        if all(one.rule.startswith("S9") or one.act == "支持" for one in found) and self._names_document(item, masked, parted):
            found = [self._document(item, parted[0])]
        return found

    def _lead_in(self, unit: Unit, parted: list[Unit], n: int, groups: list[Group]) -> tuple[list[Group], int] | None:
        """The groups before a colon that members follow, and how many clauses they are; None without such a colon."""
        if not unit.colons:
            return None
        last = len(unit.clauses) - 1
        if unit.colons[-1] == last:
            return groups, last + 1
        if unit.mark == ";":
            rest = unit.colons[0] + 1
            return groups[:rest], rest
        return None

    def _head_of(self, groups: list[Group], before: _Head | None) -> _Head | None:
        """What the clause right before a colon hands on to the members behind it."""
        group = groups[-1]
        if not group.words and not group.done:
            return None
        actors = actors_of(group.subject, self.masked.marks, self.parties) or self.parties  # type: ignore[arg-type]
        if group.words:
            kind, _ = class_of(group.words, group.joined, _party(group))
            return _Head(self._act(group.words), kind, actors, bool(group.subject))
        assert group.verb is not None
        return _Head(self.folded.text[group.verb[0] : group.verb[1] + 1], "accomplished", actors, bool(group.subject))

    def _act(self, parts: Sequence[tuple[int, int, object]]) -> str:
        text, end = "", -1
        for start, stop, _ in parts:
            piece = self.text[slice(*self.folded.span(start, stop))] if self.moved else self.text[start:stop]
            between = self.masked.text[end:start].strip() if end >= 0 else ""
            text += piece if end in (start, -1) else between + piece if between in ("并", "和", "、") else f"…{piece}"
            end = stop
        return text

    def _made(
        self,
        item: Item,
        one: Opened,
        opened: list[Opened],
        head: _Head | None,
        listed: bool,
        before: tuple[str, ...],
        bracket: tuple[str, ...],
        talks: set[int],
        groups: list[Group],
    ) -> tuple[Commitment | None, _Head | None]:
        group = one.head
        masked = self.masked.text
        previous = opened[opened.index(one) - 1] if one is not opened[0] else None
        start, end = self.folded.span(one.start, one.end) if self.moved else (one.start, one.end)
        dates = tuple(d for d in item.dates if start <= d.start < end)
        inherited: _Head | None = None
        if group is None and one.rule in ("S2b", "S2c") and previous is not None:
            inherited = self._last
        elif (
            listed and head is not None and group is not None and not group.subject and not one.words and not group.done
        ) or one.rule == "S7":
            inherited = head
        stated = False
        if inherited is not None:
            kind, act, actors = inherited.kind, inherited.act, inherited.actors
            rule = one.rule if one.rule in ("S2b", "S2c") else "S7"
            minus = False
            if one.rule in ("S2b", "S2c"):
                actors = before or actors
        else:
            if group is None:
                return None, None
            named = group.subject
            if group.agents and (not group.words or group.words[0][2].word == "将" or group.words[0][2].family == "window") and not named:
                named = group.agents
            actors = actors_of(named, self.masked.marks, self.parties)  # type: ignore[arg-type]
            stated = bool(actors) and not (group.thing and not group.subject)
            kind, act, rule = self._class(group, one, talks, groups, dates)
            if named and group.verb is not None and group.verb[2].use == "hold" and _EVENT_TAIL.search(named[-1].tail):
                named = []
            if named and named[0].kind == "somebody" and kind == "urged":
                actors, stated = (), False
            if not actors and group.thing and not named:
                actors = named_group(group.thing)
            if not actors:
                actors = before or bracket or (head.actors if head else ()) or self.parties
            minus = negative(one.words, group.negated)
        deadline = self._deadline(dates, one, group)
        head_of = _Head(act, kind, actors, stated)
        self._last = head_of
        event = None
        if kind in ("committed", "continued", "intended", "welcomed", "urged"):
            event = self._event(one, dates)
        first, last = bisect_left(self.title_starts, one.start), bisect_left(self.title_starts, one.end)
        made = Commitment(
            text=self.text[start:end],
            start=start,
            end=end,
            actors=actors,
            act=act,
            class_=kind,
            polarity="negative" if minus else "positive",
            deadline=deadline,
            dates=dates,
            agencies=tuple(a for a in item.agencies if start <= a.start < end),
            quantities=tuple(q for q in item.quantities if start <= q.start < end),
            instrument=tuple(self._span(s, e) for s, e in self.titles[first:last]),
            event=event,
            conditions=tuple(self._span(s, e) for s, e in conditions(masked, one.start, one.end)),
            rule=f"{one.rule}-{rule}" if rule != one.rule else rule,
            status="stated" if stated else "inferred" if actors else "unresolved",
        )
        return made, head_of

    def _span(self, start: int, end: int) -> Span:
        if self.moved:
            start, end = self.folded.span(start, end)
        return Span(self.text[start:end], start, end)

    def _class(
        self, group: Group, one: Opened, talks: set[int], groups: list[Group], dates: Sequence[Date]
    ) -> tuple[CommitmentClass, str, str]:
        """Class, act and rule of a commitment with an act, or a verb, of its own."""
        folded = self.folded.text
        if one.words:
            kind, rule = class_of(one.words, group.joined, _party(group) or self.domestic)
            parts: list[tuple[int, int, object]] = list(one.words)
            if one.words[0][2].use == "done" and len(one.words) == 1 and group.verb is not None:
                parts.append(group.verb)
            return kind, self._act(parts), rule
        assert group.verb is not None
        start, stop, verb = group.verb
        if group.done:
            stop += folded[stop : stop + 1] == "了"
        act = self.text[slice(*self.folded.span(start, stop))]
        if groups.index(group) in talks:
            match = _TALK.search(self.masked.text, start, group.clause.end)
            assert match is not None
            noun = re.search(r"(?:讨论|探讨|研讨|意见交换)$", match[0])
            assert noun is not None
            return "viewed", act + ("" if len(match[0]) == len(act) + len(noun[0]) else "…") + noun[0], "C7"
        if group.done or self._past(one, group, dates):
            return "accomplished", act, "S9" if not group.done else "C1"
        if verb.use == "sign" and group.subject and not self._future(dates, group) and group.subject[0].kind != "somebody":
            return "accomplished", act, "S9"
        return "committed", act, "C9" if verb.use == "hold" else "S9"

    def _past(self, one: Opened, group: Group, dates: Sequence[Date]) -> bool:
        """Whether a bare verb stands behind a date or period that is past."""
        assert group.verb is not None
        today = self.reference.isoformat() if self.reference else ""
        for day in dates:
            at = self.folded.offset(day.start) if self.moved else day.start
            if at >= group.verb[0]:
                break
            if day.role == "deadline" or not today:
                continue
            if day.role == "since":
                if day.earliest and day.earliest <= today:
                    return True
                continue
            if day.latest and day.latest <= today:
                return True
            if day.edtf and len(day.edtf) == 7 and day.edtf[5:] <= "12" and day.earliest and day.earliest <= today:
                return True
        return _PAST.search(self.masked.text, one.start, group.verb[0]) is not None

    def _future(self, dates: Sequence[Date], group: Group) -> bool:
        """Whether the clause of a verb has a date that is still to come."""
        today = self.reference.isoformat() if self.reference else "9999"
        start, end = self.folded.span(*group.clause)
        return any(day.latest and day.latest > today for day in dates if start <= day.start < end)

    def _deadline(self, dates: Sequence[Date], one: Opened, group: Group | None) -> Date | None:
        """The first date of a commitment that binds its act."""
        for day in dates:
            if day.role == "deadline" or "年内" in day.text:
                end = self.folded.offset(day.end) if self.moved else day.end
                start = self.folded.offset(day.start) if self.moved else day.start
                behind = group is not None and group.verb is not None and start >= group.verb[1]
                if behind and self.masked.text[start - 1 : start] not in "于在" and _OF.match(self.masked.text, end):
                    continue
                return day
        return None

    def _event(self, one: Opened, dates: Sequence[Date]) -> Event | None:
        masked = self.masked.text
        group = one.head
        first = one.start
        if group is not None and group.words and group.words[0][2].family != "doing":
            first = group.words[-1][1]
            today = self.reference.isoformat() if self.reference else ""
            if _PAST.search(masked, one.start, one.end) or any(day.latest and day.latest <= today for day in dates):
                return None
        elif group is not None and group.verb is not None and group.verb[2].use == "hold":
            first = group.verb[0]
        span = held(masked, one.start, first, one.end)
        if span is None:
            return None
        start, end = self.folded.span(*span) if self.moved else span
        place = _PLACE.search(masked, one.start, one.end)
        where = None
        if place is not None:
            where = self.text[slice(*self.folded.span(*place.span("place")))]
        return Event(self.text[start:end], start, end, where)

    def _names_document(self, item: Item, masked: str, parted: list[Unit]) -> bool:
        """Whether an item is only the name of a document in a list of what was signed (section 8)."""
        if len(parted) != 1 or parted[0].mark not in ("", "。", ";", "\n"):
            return False
        title = self.sections.get(item.section or "", "")
        return bool(self.signing or _signing(title)) and _DOCUMENT.search(masked[parted[0].start : parted[0].end]) is not None

    def _document(self, item: Item, unit: Unit) -> Commitment:
        start, end = self.folded.span(unit.start, unit.end)
        named: list[str] = []
        at = start
        for agency in item.agencies:
            if agency.start >= end or (self.text[at : agency.start].strip("和与、及,， ") and agency.start > start):
                break
            named += agency.canonical
            at = agency.end
        act = self.signing or _signing(self.sections.get(item.section or "", ""))
        first, last = bisect_left(self.title_starts, unit.start), bisect_left(self.title_starts, unit.end)
        return Commitment(
            self.text[start:end], start, end, tuple(dict.fromkeys(named)) or self.parties, act, "accomplished", "positive", None,
            tuple(d for d in item.dates if start <= d.start < end), tuple(a for a in item.agencies if start <= a.start < end),
            tuple(q for q in item.quantities if start <= q.start < end),
            tuple(self._span(s, e) for s, e in self.titles[first:last]), None, (), "bare-document", "inferred",
        )  # fmt: skip


def _first_day(document: Document) -> date | None:
    """The first day that the first item names: of a statement without any other date, when its parties met."""
    days = [day for day in document.items[0].dates if day.earliest and day.earliest == day.latest and day.role == "on"]
    return date.fromisoformat(days[0].earliest) if days and days[0].earliest else None


def _signing(text: str) -> str:
    match = _SIGNING.search(text)
    return match[0] if match else ""


def _party(group: Group) -> bool:
    """Whether a party or a body is the subject, or nobody is named."""
    return (not group.subject and not group.thing) or (bool(group.subject) and group.subject[0].kind != "somebody")


def _strong(group: Group) -> bool:
    return bool(group.words) and (group.words[0][2].strength == "strong" or group.words[0][2].use not in ("duty", "talk"))

