"""The fate of each deadline: whether the rounds that follow repeat it, move it, report it as done, or say nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex
from msgspec import structs

from qingdan.comparing.deadlines import date_changes, days_between
from qingdan.comparing.forms import key
from qingdan.comparing.history import Fate, Thread
from qingdan.comparing.likeness import likeness
from qingdan.comparing.model import Change
from qingdan.comparing.moments import Moment, moments
from qingdan.comparing.sentences import match
from qingdan.comparing.sides import Side
from qingdan.comparing.tenses import PUT_OFF, looks_ahead
from qingdan.model import Document

# A date that gave way to words: 「于2014年年底前达成」 → 「早日达成」.
_VAGUE = regex.compile(
    r"早日|尽早|尽快|适时|择期|择机|适当时候|适当时机|方便的?时候|合适的?时[候间机]|近期|不久的?将来"
    r"|(?:双方|各方|另行|共同)?(?:商定|约定|议定)的?(?:时间|日期)|另行(?:商定|通知)"
)
# 「原定于2021年9月举行的会议推迟至2022年10月」: the new date stands behind the word.
_PUT_OFF = regex.compile(rf"(?:{PUT_OFF}|延长|提前)(?:至|到|在|于)?")
# What is done once, and then is done, said to be done without a date: 「联合实验室已如期建成」, 「工作组成立以来」.
_ONCE = regex.compile(
    r"(?:签署|签订|缔结|完成|达成|实现|建成|建立|成立|竣工|开工|投产|启动|启用|开通|生效|加入|批准|提交|出台|颁布|发布|制定|落成|移交|交付)(?!的)"
)
_UNKEPT = regex.compile(r"[^,，;；。]*(?:未能|没能|未曾|不再|取消|终止|中止|撤销|放弃)[^,，;；。]*")  # the clause that says so
# What clauses must share of the poorer one's words for one to stand for the other; as for two dates in deadlines.py.
ONE_THING = 0.5
_ROLLING = regex.compile(r"未来|今后|此后|接下来|下一")
_MOVED = frozenset({"later", "earlier", "other"})


def fates(documents: Sequence[Document], names: Sequence[str], threads: Sequence[Thread]) -> tuple[Fate, ...]:
    """The fate of each deadline of the rounds, in reading order.

    documents, names: the rounds, as ``threads`` were made of. The first later round that has the thread decides; one that says nothing of a
    deadline leaves it to those behind it to repeat the very date.
    """
    items = {item.id: item for document in documents for item in document.items}
    found: list[Fate] = []
    for thread in threads:
        sides = [
            Side(document, [items[item] for item in cell]) if cell else None for document, cell in zip(documents, thread.items, strict=True)
        ]
        found += _of_thread(thread, names, sides)
    order = {item: i for i, item in enumerate(items)}
    return tuple(sorted(found, key=lambda fate: (order[fate.item], fate.start)))


class _Cell(NamedTuple):
    """What a thread has in a round: its name, the items and their dates."""

    at: int
    name: str
    side: Side
    dates: list[Moment]


def _of_thread(thread: Thread, names: Sequence[str], sides: Sequence[Side | None]) -> Iterator[Fate]:
    cells = [_Cell(at, names[at], side, moments(side)) for at, side in enumerate(sides) if side]
    for i, cell in enumerate(cells):
        later = cells[i + 1 :]
        deadlines = [moment for moment in cell.dates if moment.deadline]
        changes = _changes(cell, later[0]) if deadlines and later else {}
        for moment in deadlines:
            fate = Fate(
                thread.number, cell.side.part(moment.date.start, moment.date.end).item, moment.date.text, moment.date.start,
                moment.date.end, moment.date.edtf or "", cell.name, "not mentioned again" if cell.at + 1 < len(names) else "open",
            )  # fmt: skip
            if later:
                fate = _decided(fate, moment, changes, later[0])
            if later and fate.fate == "not mentioned again" and fate.stepped is None:
                fate = _told(fate, moment, later[0]) or next(
                    (again for other in later[1:] if (again := _repeated(fate, other, only_deadlines=True))), fate
                )
            yield fate


def _changes(old: _Cell, new: _Cell) -> dict[int | str, Change]:
    """What became of the dates of one side, by where they start, and by value where one change stands for several."""
    found: dict[int | str, Change] = {}
    for change in date_changes(old.side, new.side, match(old.side.sentences, new.side.sentences), (old.dates, new.dates)):
        if change.old_part is not None and change.field == "deadline":
            found[change.old_part.start] = change
            found.setdefault(str(change.old), change)
    return found


def _decided(fate: Fate, moment: Moment, changes: Mapping[int | str, Change], new: _Cell) -> Fate:
    """The fate of a deadline by the next round that has its thread."""
    put_off = _put_off(fate, moment, new)
    if put_off is not None:
        return put_off
    change = changes.get(moment.date.start)
    if change is None:
        again = _repeated(fate, new)
        change = changes.get(fate.deadline)
        if again is not None or change is None:
            return again or fate
    where = change.new_part.item if change.new_part else None
    value = str(change.new) if change.new is not None else None
    if change.kind == "done":
        return structs.replace(fate, fate="done", next_round=new.name, next_item=where, new=value)
    # 「未来一年」 stays what was promised, though it means another year now; 「年内」 is the next year's.
    if change.new_part and key(change.new_part.text) == key(fate.text) and _ROLLING.match(fate.text):
        return structs.replace(fate, fate="repeated", next_round=new.name, next_item=where, new=value)
    if change.kind in _MOVED:
        days = change.difference if isinstance(change.difference, int) else None
        return structs.replace(fate, fate="moved", next_round=new.name, next_item=where, new=value, days=days)
    if change.kind == "stepped":
        return structs.replace(fate, next_round=new.name, next_item=where, stepped=value)
    return _achieved(fate, moment, new) or _vague(fate, moment, new) or fate


def _put_off(fate: Fate, moment: Moment, new: _Cell) -> Fate | None:
    """A deadline that the new list says was put off, with the date it had and the one it has now in one sentence."""
    for sentence in new.side.sentences:
        word = _PUT_OFF.search(sentence.text)
        if word is None:
            continue
        at = sentence.start + word.end()
        inside = [other for other in new.dates if sentence.start <= other.date.start < sentence.end]
        was = any(other.date.edtf == fate.deadline and other.date.start < at for other in inside)
        now = next((other for other in inside if other.date.start >= at), None)
        if was and now is not None and now.date.edtf != fate.deadline:
            item = new.side.part(now.date.start, now.date.end).item
            return structs.replace(
                fate, fate="moved", next_round=new.name, next_item=item, new=now.date.edtf, days=days_between(moment, now)
            )  # fmt: skip
    return None


def _achieved(fate: Fate, moment: Moment, new: _Cell) -> Fate | None:
    """A deadline of what is done once, and which the new list says is done, though not when."""
    for verb in dict.fromkeys(_ONCE.findall(moment.clause.partition(" ")[2])):
        done = regex.compile(rf"(?:已|成功|顺利|如期|按期)[^,，。;；]{{0,8}}?{verb}|{verb}(?:了|以来|后(?!续))")
        for sentence in new.side.sentences:
            for found in done.finditer(sentence.text):
                place = sentence.start + found.start(), sentence.start + found.end()
                before, behind = new.side.around(*place)
                clause = f"{before}{found[0]}{behind}"
                if not looks_ahead(before, "") and likeness(moment.clause, clause) >= ONE_THING:
                    return structs.replace(fate, fate="done", next_round=new.name, next_item=new.side.part(*place).item)
    return None


def _told(fate: Fate, moment: Moment, new: _Cell) -> Fate | None:
    """A deadline of what the new list says is not to be or was not done, or is done: 「不再举办推介会」, 「已派遣医疗队」."""
    if not _UNKEPT.search(moment.clause):
        for sentence in new.side.sentences:
            for found in _UNKEPT.finditer(sentence.text):
                if likeness(moment.clause, found[0]) >= ONE_THING:
                    start = sentence.start + found.start()
                    item = new.side.part(start, start + 1).item
                    return structs.replace(fate, fate="not kept", next_round=new.name, next_item=item)
    for item_of_new in new.side.items if not moment.rounds else ():  # of another round nothing is told
        for one in item_of_new.commitments:
            verb = one.act.rpartition("…")[2].lstrip("已经").rstrip("了")
            done = one.class_ == "accomplished" and one.polarity == "positive" and verb in moment.clause
            if done and likeness(moment.clause, one.text) >= ONE_THING:
                return structs.replace(fate, fate="done", next_round=new.name, next_item=item_of_new.id)
    return None


def _repeated(fate: Fate, new: _Cell, only_deadlines: bool = False) -> Fate | None:
    """A deadline that another round repeats: the same date."""
    for other in new.dates:
        if other.date.edtf == fate.deadline and (other.deadline or not only_deadlines):
            where = new.side.part(other.date.start, other.date.end).item
            return structs.replace(fate, fate="repeated", next_round=new.name, next_item=where, new=fate.deadline)
    return None


def _vague(fate: Fate, moment: Moment, new: _Cell) -> Fate | None:
    """A deadline in whose place stand words that name no date."""
    text = new.side.document.text
    for sentence in new.side.sentences:
        for found in _VAGUE.finditer(text, sentence.start, sentence.end):
            if found[0] not in moment.clause and likeness(moment.clause, " ".join(new.side.around(*found.span()))) >= ONE_THING:
                item = new.side.part(*found.span()).item
                return structs.replace(fate, fate="moved", next_round=new.name, next_item=item, vague=found[0])
    return None
