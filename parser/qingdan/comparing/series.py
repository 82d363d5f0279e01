"""Which documents are rounds of one series of meetings, and in which order: one list a round, its copies beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from qingdan.comparing.copies import groups
from qingdan.comparing.forms import key
from qingdan.model import Document, Metadata, QingdanError

# 战略对话 and 战略轨道 are one track.
_TRACK_NOUN = re.compile(r"(?:对话|磋商|轨道)$")
_FRAME = re.compile(r"框架下的?")
_HELD_WORD = re.compile(r"(?:峰会|会晤|会议|论坛)$")
_NAMED = 8  # series that a message names
_SHORTEST = 4  # characters that are left of a name without its place
_PAPER = re.compile(r"成果|清单|情况说明|声明|公报|宣言|行动计划|执行计划|纪要|纲要|规划|方案|报告|共识|倡议|备忘录|协[定议]")
_RESULTS = frozenset({"成果", "清单", "情况说明"})  # an outcome list by any of its names


class Round(NamedTuple):
    """One round of a series: the list that stands for it, and the ids of the copies of that list.

    name: ``round_7``, or ``held_2015-06-22`` where no number is known. number, held: of the list, a copy or the caller;
    ``held`` is a day, a month or a year.
    """

    name: str
    number: int | None
    held: str | None
    document: Document
    copies: tuple[str, ...]


class LeftOut(NamedTuple):
    """A document that is no round of the series, and why."""

    id: str
    reason: str


class Series(NamedTuple):
    """The rounds of one series in their order; ``missing`` are the numbers between them that no document has.

    doubts: one line each where numbers and days contradict each other.
    """

    name: str | None
    rounds: tuple[Round, ...]
    missing: tuple[int, ...]
    left: tuple[LeftOut, ...]
    doubts: tuple[str, ...]


class _List(NamedTuple):
    """One list as some documents hold it, the fullest first, with what any of them tells of its meeting."""

    documents: tuple[Document, ...]
    name: str | None  # the series and its track, to read
    family: tuple[str, str] | None  # the same as keys
    number: int | None
    held: str | None
    chosen: bool  # by the caller

    @property
    def round(self) -> tuple[str, int | str] | None:
        """What lists of one round have in common."""
        if self.number is not None:
            return "round", self.number
        return ("held", self.held) if self.held else None


def series_of(documents: Sequence[Document], names: Sequence[str] = (), numbers: Mapping[str, int] | None = None) -> Series:
    """The rounds of one series among documents, in their order.

    names: the series to take, as documents name it (marks, blanks and script aside), with its track or without; several are taken as
        one. Without any it is the one series of which there are at least two rounds.
    numbers: the round of a document, by its id: it belongs to the series whatever its title says.

    A list of which there are copies counts once, by its fullest copy. Of other documents of one round that of the kind most rounds
    have (清单, 声明, …) is taken, then the longest. Rounds are in the order of their numbers; those without one stand by the day
    or year they were held.

    Raises QingdanError, one line, when there is no such series, there are several, or it has one round alone.
    """
    given = numbers or {}
    lists = _completed([_list(group, given) for part in groups(documents) for group in _by_number(part, given)])
    families = _chosen(lists, names)
    own: list[_List] = []
    left: list[LeftOut] = []
    for one in lists:
        if one.chosen or one.family in families:
            own.append(one)
        else:
            left.append(LeftOut(one.documents[0].id, _why_not(one)))
    dated = [one for one in own if one.round is not None]
    left += [LeftOut(one.documents[0].id, "names no round and no day; --round gives it one") for one in own if one.round is None]
    taken, others = _of_each_round(dated, {one.documents[0].id: i for i, one in enumerate(lists)})
    left += others
    if len(taken) < 2:
        raise QingdanError(_too_few(taken, lists))
    ordered, doubts = _ordered(taken)
    known = [one.number for one in ordered if one.number is not None]
    missing = sorted(set(range(min(known), max(known))) - set(known)) if len(known) == len(ordered) else []
    order = {document.id: i for i, document in enumerate(documents)}
    named = Counter(one.name for one in ordered if one.name)
    return Series(
        named.most_common(1)[0][0] if named else None,
        tuple(_round(one) for one in ordered),
        tuple(missing),
        tuple(sorted(left, key=lambda one: order[one.id])),
        tuple(doubts),
    )


def _of_each_round(lists: Sequence[_List], order: Mapping[str, int]) -> tuple[list[_List], list[LeftOut]]:
    """One list for each round, and those that had to stand back."""
    of_rounds: dict[tuple[str, int | str] | None, list[_List]] = {}
    for one in lists:
        of_rounds.setdefault(one.round, []).append(one)
    kinds = Counter(kind for alike in of_rounds.values() for kind in {_kind(one) for one in alike})
    taken: list[_List] = []
    left: list[LeftOut] = []
    for alike in of_rounds.values():
        # The one that the caller named, else of the commonest kind, else the longest, else the first.
        best = max(alike, key=lambda one: (one.chosen, kinds[_kind(one)], _size(one.documents[0]), -order[one.documents[0].id]))
        taken.append(best)
        reason = f"another document of the round that {best.documents[0].id} stands for"
        left += [LeftOut(one.documents[0].id, reason) for one in alike if one is not best]
    return taken, left


def _round(one: _List) -> Round:
    name = f"round_{one.number}" if one.number is not None else f"held_{one.held}"
    return Round(name, one.number, one.held, one.documents[0], tuple(document.id for document in one.documents[1:]))


def _by_number(group: Sequence[Document], given: Mapping[str, int]) -> list[list[Document]]:
    """Copies of one list, parted where the caller says that they are of several rounds."""
    numbers = {given[document.id] for document in group if document.id in given}
    if len(numbers) < 2:
        return [list(group)]
    parts: dict[int | None, list[Document]] = {}
    for document in group:
        parts.setdefault(given.get(document.id), []).append(document)
    return list(parts.values())


def _list(group: Sequence[Document], given: Mapping[str, int]) -> _List:
    """Documents of one list as one."""
    fullest = sorted(group, key=lambda document: -_size(document))
    abouts = [document.document for document in fullest]
    named = next((about for about in abouts if about.series), None)
    number = next((given[about.id] for about in abouts if about.id in given), None)
    return _List(
        tuple(fullest),
        f"{named.series}{f' {named.track}' if named.track else ''}" if named else None,
        _family(named) if named else None,
        next((about.round for about in abouts if about.round is not None), None) if number is None else number,
        next(filter(None, map(_held, abouts)), None),
        number is not None,
    )


def _size(document: Document) -> int:
    return sum(item.body_end - item.body_start for item in document.items)


def _held(about: Metadata) -> str | None:
    """The first day of the meeting, else the year."""
    if about.held and about.held.earliest:
        return about.held.earliest
    return str(about.year) if about.year else None


def _completed(lists: Sequence[_List]) -> list[_List]:
    """Lists with what others of their series tell: one without a number, or with a year alone, is of the one round of that day or year."""
    families: dict[tuple[str, str] | None, list[_List]] = {}
    for one in lists:
        families.setdefault(one.family, []).append(one)
    done: list[_List] = []
    for one in lists:
        if one.number is None and one.held and one.family:
            alike = [other for other in families[one.family] if other.held and _one_time(one.held, other.held)]
            numbers = {other.number for other in alike if other.number is not None}
            days = {other.held for other in alike if other.number is None}
            if len(numbers) == 1:
                one = one._replace(number=min(numbers))
            elif not numbers and len(days) == 2:
                one = one._replace(held=max(days, key=lambda day: len(day or "")))
        done.append(one)
    return done


def _one_time(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _family(about: Metadata) -> tuple[str, str]:
    """What documents of one series and track have in common: no marks, no 框架下, and not the place of this meeting (北京峰会)."""
    name = key(_FRAME.sub("", about.series or ""))
    place = key(about.place or "")
    held = _HELD_WORD.search(name)
    if held and place and name[: held.start()].endswith(place) and held.start() - len(place) >= _SHORTEST:
        name = name[: held.start() - len(place)] + held[0]
    return name, _TRACK_NOUN.sub("", key(about.track or ""))


def _kind(one: _List) -> str | None:
    """The kind of paper that a title names."""
    found = _PAPER.findall(key(one.documents[0].document.title or ""))
    return ("成果" if found[-1] in _RESULTS else found[-1]) if found else None


def _chosen(lists: Sequence[_List], names: Sequence[str]) -> set[tuple[str, str]]:
    """The series to take, as their keys."""
    rounds: dict[tuple[str, str], set[object]] = {}
    shown: dict[tuple[str, str], str] = {}
    for one in lists:
        if one.family is not None:
            rounds.setdefault(one.family, set()).add(one.round)
            shown.setdefault(one.family, one.name or "")
    if names:
        return {family for name in names for family in _called(name, rounds, shown)}
    several = [family for family, numbers in rounds.items() if len(numbers - {None}) > 1]
    own = {one.family for one in lists if one.chosen}
    if own and not several:  # the caller's rounds, and what they are to be joined with
        others = {one.family for one in lists if not one.chosen and one.family is not None and one.round is not None}
        return others if len(others) == 1 else set()
    several = [family for family in several if family in own] or several
    if len(several) > 1 and any(not one.chosen and one.family in several for one in lists):
        raise QingdanError(f"several series are here; choose one by --series: {_few(shown[family] for family in several)}")
    return set(several)


def _called(name: str, families: Iterable[tuple[str, str]], shown: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    """The series that a name means: equal to it with its track or without, else holding it."""
    wanted = key(_FRAME.sub("", name))
    short = _TRACK_NOUN.sub("", wanted)
    equal = [family for family in families if wanted == family[0] or (family[1] and short == "".join(family))]
    found = equal or [family for family in families if wanted and wanted in family[0]]
    if not found:
        raise QingdanError(f"{name}: no document is of such a series; there are: {_few(shown.values())}")
    if len(found) > 1:
        raise QingdanError(f"{name}: several series are called so: {_few(shown[family] for family in found)}")
    return found


def _few(names: Iterable[str]) -> str:
    """Names in a message, not all where there are many."""
    told = list(names)
    return "; ".join(told[:_NAMED]) + (f"; and {len(told) - _NAMED} more" if len(told) > _NAMED else "") or "none"


def _why_not(one: _List) -> str:
    return f"of another series: {one.name}" if one.name else "its title names no series"


def _too_few(taken: Sequence[_List], lists: Sequence[_List]) -> str:
    if taken:
        return f"{taken[0].documents[0].id} alone is a round of the series {taken[0].name or ''}; a trace needs two"
    names = dict.fromkeys(one.name for one in lists if one.name)
    return f"no two documents are rounds of one series; there are: {_few(names)}; --round FILE=N makes a document one"


def _ordered(lists: Sequence[_List]) -> tuple[list[_List], list[str]]:
    """Lists by their numbers, those without one where their days put them; a line for each number that comes before its day."""
    ordered = sorted((one for one in lists if one.number is not None), key=lambda one: one.number or 0)
    dated = [one for one in ordered if one.held]
    doubts = [
        f"{after.documents[0].id}, round {after.number}, was held in {after.held}, before round {before.number} in {before.held}"
        for before, after in pairwise(dated)
        if (after.held or "") < (before.held or "")[: len(after.held or "")]
    ]
    for one in sorted((one for one in lists if one.number is None), key=lambda one: one.held or ""):
        at = next((i for i in range(len(ordered), 0, -1) if (ordered[i - 1].held or "~") <= (one.held or "")), 0)
        ordered.insert(at, one)
    return ordered, doubts
