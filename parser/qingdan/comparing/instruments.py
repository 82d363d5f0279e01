"""Instruments, 《…》 and the memoranda that a text says are signed: new, gone, signed since, renewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

import regex

from qingdan.comparing.forms import key
from qingdan.comparing.model import Change
from qingdan.comparing.moments import Moment
from qingdan.comparing.sides import Side, follows
from qingdan.comparing.titles import titles

_KINDS = "谅解备忘录|备忘录|意向书|议定书|行动计划|工作计划|工作章程|换文|协议书|协议|协定|条约|公约|宣言|公报|声明|章程|安排"
_SIGN = "签署|签订|续签|缔结|换签|草签"
# 「签署了|《…》」 has its name in 《》; 「签署协议的磋商」 signs nothing.
_BARE = regex.compile(
    rf"(?:{_SIGN})(?P<name>(?:(?!{_SIGN})[\p{{Han}}A-Za-z“”\"]){{0,24}}?(?:{_KINDS}))(?!\p{{Han}}{{0,2}}(?:磋商|谈判|对话|会议))"
)
# What stands before a name or points at one: 「该工作组的|工作章程」, 「有关|谅解备忘录」.
_FILLER = regex.compile(r"^(?:了|的|有关|相关|[一两三]?[份项个]|该|新的|双边|上述|\p{Han}{0,6}的(?=.{2,}))+")
_POINTING = regex.compile(r"(?:有关|相关|该|上述)(?:谅解)?(?:备忘录|协议|协定|文件)\Z")
_MEANT = regex.compile(rf"{_SIGN}|达成|磋商|商签|谈判|起草|制定|商定|发表|通过")
_UNDER_WAY = regex.compile(r"的?(?:谈判|磋商|草案|修订|升级|文本)")
_SIGNED = regex.compile(
    rf"(?:{_SIGN}|达成|发表|通过)(?:了|的)|已(?:于.{{1,14}})?(?:{_SIGN}|达成)|(?:欢迎|祝贺|赞赏).{{0,40}}(?:{_SIGN}|达成)"
)
_RENEWED = regex.compile(r"续签|延长|延期|展期|延续|重新签署")
_TERM = regex.compile(r",?(?:并|同意|决定|双方)*将其.{0,8}(?:延长|延期|延续)")
_NUMBERS = regex.compile(r"[0-9]+|[〇零一二三四五六七八九十百]+")

State = Literal["named", "meant", "signed", "renewed"]


class Instrument(NamedTuple):
    """An instrument that a text names: its key, its name as written, its place, what the text says of it, whether it is not in 《》."""

    key: str
    name: str
    start: int
    end: int
    state: State
    bare: bool = False

    @property
    def pointing(self) -> bool:
        """Whether it only points at an instrument: 「有关谅解备忘录」."""
        return self.bare and _POINTING.search(self.name) is not None


def instruments(side: Side, dates: Sequence[Moment]) -> dict[str, Instrument]:
    """The instruments that the items of a side name, each once, by their keys."""
    text = side.document.text
    by_sentence: dict[int | None, list[Moment]] = {}
    for moment in dates:
        by_sentence.setdefault(moment.sentence, []).append(moment)
    found: dict[str, Instrument] = {}

    def add(name: str, start: int, end: int, bare: bool) -> None:
        own = Instrument(
            key(name), text[start:end], start, end, _state(side, by_sentence.get(side.sentence_at(start), []), start, end), bare
        )
        known = found.get(own.key)
        states: tuple[State, ...] = ("named", "meant", "signed", "renewed")
        if own.key and (known is None or states.index(own.state) > states.index(known.state)):
            found[own.key] = own

    named = [span for item in side.items for span in titles(text, item.start, item.end)]
    for start, end in named:
        add(text[start:end], start, end, bare=False)
    for sentence in side.sentences:
        for match in _BARE.finditer(text, sentence.start, sentence.end) if "签" in sentence.text or "缔" in sentence.text else ():
            start, end = match.start("name") + len(match["name"]) - len(match["name"].lstrip("了的该")), match.end("name")
            if not any(a < end and start < b for a, b in named):
                add(_FILLER.sub("", match["name"]), start, end, bare=True)
    return found


def _state(side: Side, dates: Sequence[Moment], start: int, end: int) -> State:
    """What the clause says of an instrument: that it is renewed, signed or meant to be; else it is only named."""
    before, behind = side.around(start, end)
    if _RENEWED.search(before) or _TERM.match(side.rest(end)):
        return "renewed"
    clause = f"{before}《》{behind}"
    if _SIGNED.search(clause) or behind.startswith("的签署"):
        return "signed"
    if _UNDER_WAY.match(behind):
        return "meant"
    if not _MEANT.search(before):
        return "named"
    dated = [moment for moment in dates if moment.date.start < start]
    return "signed" if dated and dated[-1].reported and not dated[-1].deadline and regex.search(_SIGN, before) else "meant"


def instrument_changes(old: Side, new: Side, dates: tuple[Sequence[Moment], Sequence[Moment]]) -> Iterator[Change]:
    """Instruments that are named on one side only, or meant on the old and signed on the new; each once.

    One whose name differs in its numbers alone (a year, a round) is the next of its kind: one change.
    """
    befores, afters = instruments(old, dates[0]), instruments(new, dates[1])
    for match in (_same, _next_of, _short_for):
        shelf: dict[str, list[Instrument]] = {}
        for other in afters.values():
            shelf.setdefault(match(other), []).append(other)
        for own, one in list(befores.items()):
            found = next((other for other in shelf.get(match(one), ()) if other.key in afters and _agree(match, one, other)), None)
            if found is None:
                continue
            del befores[own], afters[found.key]
            kind = "changed" if match is _next_of else _progress(one.state, found.state)
            if kind is None and not follows(old.document, new.document) and _progress(found.state, one.state):
                kind = "changed"  # of two lists without an order in time, either may be the later
            if kind:
                yield _change(kind, old, new, one, found)
    for one in befores.values():
        if not one.bare or (one.state in ("signed", "renewed") and not _named(one, new)):
            yield _change("gone", old, new, one, None)
    for other in afters.values():
        if not other.bare or (other.state in ("signed", "renewed") and not _named(other, old)):
            yield _change("added", old, new, None, other)


def _named(one: Instrument, side: Side) -> bool:
    """Whether a side has the words of an unquoted name: 「执行互换协议」 after 「续签互换协议」."""
    return any(one.key in sentence.key for sentence in side.sentences)


def _progress(one: State, other: State) -> str | None:
    """What became of an instrument by what is said of it in turn."""
    if other == "renewed" != one:
        return "renewed"
    return "signed" if other == "signed" and one == "meant" else None


def _same(own: Instrument) -> str:
    return own.key


def _next_of(own: Instrument) -> str:
    """The name without its numbers: 《2015—2017年合作规划》."""
    return _NUMBERS.sub("#", own.key)


def _short_for(own: Instrument) -> str:
    """The kind that a name ends in."""
    return own.key[-2:]


def _agree(match: Callable[[Instrument], str], one: Instrument, other: Instrument) -> bool:
    """Whether two instruments that look alike are one, or one the next of the other."""
    if match is _same:
        return True
    if match is _next_of:
        return "#" in _next_of(one) and not one.bare and not other.bare
    # A name out of 《》 may be the end of another, or point at an instrument of its kind.
    a, b = sorted((one.key, other.key), key=len)
    return (one.bare or other.bare) and (b.endswith(a) or ((one.pointing or other.pointing) and a[-3:] == b[-3:]))


def _change(kind: str, old: Side, new: Side, one: Instrument | None, other: Instrument | None) -> Change:
    return Change(
        "instrument", kind, one.name if one else None, other.name if other else None,
        old_part=old.part(one.start, one.end) if one else None,
        new_part=new.part(other.start, other.end) if other else None,
    )  # fmt: skip
