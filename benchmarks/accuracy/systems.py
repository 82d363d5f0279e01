"""The systems that are measured: each takes a text and its reference date and gives what it finds, in offsets of that text.

A public tool is used as its own documentation shows, with the reference date where it takes one. What it finds is put
into the terms of the comparison and no further: spans as it gives them, stretches of time as their first and last day,
numbers as numbers.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import types
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple

Value = tuple[object, ...] | None


class Found(NamedTuple):
    """A mention: kind, span, and its value: first and last day of a date, number of a quantity, names of an agency."""

    kind: str
    start: int
    end: int
    value: Value


class System(NamedTuple):
    """``begin`` imports the tool and gives the function that is measured; ``kinds`` are those it has an answer for."""

    name: str
    kinds: tuple[str, ...]
    begin: Callable[[], Callable[[str, date | None], Iterator[Found]]]


def _qingdan() -> Callable[[str, date | None], Iterator[Found]]:
    from qingdan.pipeline import find_mentions

    def find(text: str, day: date | None) -> Iterator[Found]:
        found = find_mentions(text, reference_date=day)
        for d in found.dates:
            yield Found("date", d.start, d.end, (d.earliest, d.latest) if d.edtf else None)
        for a in found.agencies:
            yield Found("agency", a.start, a.end, tuple(sorted(a.canonical)))
        for q in found.quantities:
            yield Found("quantity", q.start, q.end, (q.low, q.high) if q.value is None else (q.value,))

    return find


def _jionlp() -> Callable[[str, date | None], Iterator[Found]]:
    import jionlp

    def find(text: str, day: date | None) -> Iterator[Found]:
        for d in jionlp.ner.extract_time(text, time_base=_noon(day).timestamp()):
            if d["type"] in ("time_point", "time_span"):
                yield Found("date", *d["offset"], tuple(end[:10] for end in d["detail"]["time"]))
            elif d["type"] == "time_delta":
                length = d["detail"]["time"]
                yield Found("quantity", *d["offset"], tuple(length.values()) if isinstance(length, dict) else None)
        for m in jionlp.ner.extract_money(text):
            yield Found("quantity", *m["offset"], _numbers(m["detail"]["num"]))

    return _by_line(find)


def _recognizers() -> Callable[[str, date | None], Iterator[Found]]:
    # The distributions import each other by names they are not installed under.
    import ms_recognizers_text

    sys.modules["recognizers_text"] = ms_recognizers_text
    for module in pkgutil.walk_packages(ms_recognizers_text.__path__, "ms_recognizers_text."):
        sys.modules[module.name.removeprefix("ms_")] = importlib.import_module(module.name)
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension, recognize_temperature

    culture = "zh-cn"
    counted = (recognize_currency, recognize_percentage, recognize_dimension, recognize_temperature, recognize_age, recognize_ordinal)

    def found_by(recognize: Callable[..., list[Any]], text: str) -> list[Any]:
        try:
            return recognize(text, culture)
        except Exception:  # a bare None inside the tool, on units without a number
            return []

    def find(text: str, day: date | None) -> Iterator[Found]:
        taken: list[tuple[int, int]] = []
        for d in recognize_datetime(text, culture, reference=_noon(day)):
            start = text.find(d.text, d.start)  # the ends that it gives count otherwise where a comma stands before
            taken.append((start, start + len(d.text)))
            kind = d.type_name.split(".")[-1]
            if kind in ("date", "daterange", "datetime", "datetimerange"):
                yield Found("date", *taken[-1], _stretch(d.resolution))
            elif kind == "duration":
                yield Found("quantity", *taken[-1], None)
        for recognize in (*counted, recognize_number):  # a number inside what is found already is no other mention
            for q in found_by(recognize, text):
                start = text.find(q.text, q.start)
                span = (start, start + len(q.text))
                if not any(start < span[1] and span[0] < end for start, end in taken):
                    taken.append(span)
                    yield Found("quantity", *span, _numbers(str((q.resolution or {}).get("value", ""))))

    return _by_line(find)


def _noon(day: date | None) -> datetime:
    """What a tool that asks for a moment is given; of a document without a day nothing depends on it."""
    return datetime.combine(day or date(2000, 1, 1), time(12))


def _stretch(resolution: dict[str, Any] | None) -> Value:
    """The first and last day of the last reading: the tool gives past ones first, and a range without its last day's end."""
    for reading in reversed((resolution or {}).get("values", [])):
        if "value" in reading:
            return reading["value"][:10], reading["value"][:10]
        if "start" in reading and "end" in reading:
            last = date.fromisoformat(reading["end"][:10])
            if reading.get("type") == "daterange" and not reading["timex"].startswith("("):
                last = date.fromordinal(last.toordinal() - 1)
            return reading["start"][:10], last.isoformat()
    return None


def _numbers(text: object) -> Value:
    pieces = re.findall(r"-?[0-9]+(?:\.[0-9]+)?", str(text))
    try:
        return tuple(Decimal(piece) for piece in pieces) or None
    except InvalidOperation:
        return None


def _posseg() -> Callable[[str, date | None], Iterator[Found]]:
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    return _tagged(lambda text: [(word.word, word.flag) for word in jieba.posseg.lcut(text)], {"nt"})


def _lac() -> Callable[[str, date | None], Iterator[Found]]:
    # LAC asks for a module of Paddle that Paddle has since renamed.
    import paddle
    import paddle.base

    fluid, core = types.ModuleType("paddle.fluid"), types.ModuleType("paddle.fluid.core")
    vars(fluid).update(vars(paddle.base))
    vars(core).update(vars(paddle.base.core))
    vars(core).update(vars(importlib.import_module("paddle.base.libpaddle")))
    sys.modules.update({"paddle.fluid": fluid, "paddle.fluid.core": core})
    fluid.core = paddle.fluid = core  # type: ignore[attr-defined]
    paddle.fluid = fluid
    from LAC import LAC

    lac = LAC(mode="lac")
    return _tagged(lambda text: list(zip(*lac.run(text), strict=True)), {"ORG"})


def _thulac() -> Callable[[str, date | None], Iterator[Found]]:
    import thulac

    model = thulac.thulac()
    return _tagged(lambda text: [(word, tag) for word, tag in model.cut(text)], {"ni"})


def _snownlp() -> Callable[[str, date | None], Iterator[Found]]:
    from snownlp import SnowNLP

    return _tagged(lambda text: list(SnowNLP(text).tags), {"nt"})


def _jiagu() -> Callable[[str, date | None], Iterator[Found]]:
    import jiagu

    def find(text: str, day: date | None) -> Iterator[Found]:
        for begin, line in _lines(text):
            start = None
            for at, tag in enumerate([*jiagu.ner(list(line)), "O"], begin):
                if start is not None and tag != "I-ORG":
                    yield Found("agency", start, at, None)
                    start = None
                if tag == "B-ORG":
                    start = at

    return find


def _tagged(tag: Callable[[str], list[tuple[str, str]]], bodies: set[str]) -> Callable[[str, date | None], Iterator[Found]]:
    """A tagger's words of the tags that it has for organisations; words side by side with such a tag are one name."""

    def find(text: str, day: date | None) -> Iterator[Found]:
        for begin, line in _lines(text):
            spans: list[list[int]] = []
            at = begin
            for word, flag in tag(line):
                start = text.find(word, at)
                at = start + len(word)
                if flag in bodies and spans and spans[-1][1] == start:
                    spans[-1][1] = at
                elif flag in bodies:
                    spans.append([start, at])
            for start, end in spans:
                yield Found("agency", start, end, None)

    return find


def _by_line(find: Callable[[str, date | None], Iterator[Found]]) -> Callable[[str, date | None], Iterator[Found]]:
    """A tool that is given one line at a time: all of them are made for short texts."""

    def found(text: str, day: date | None) -> Iterator[Found]:
        for begin, line in _lines(text):
            for mention in find(line, day):
                yield mention._replace(start=mention.start + begin, end=mention.end + begin)

    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"[^\n]+", text):
        if match[0].strip():
            yield match.start(), match[0]


SYSTEMS = (
    System("qingdan", ("date", "quantity", "agency"), _qingdan),
    System("JioNLP", ("date", "quantity"), _jionlp),
    System("Recognizers-Text", ("date", "quantity"), _recognizers),
    System("LAC", ("agency",), _lac),
    System("jieba.posseg", ("agency",), _posseg),
    System("THULAC", ("agency",), _thulac),
    System("Jiagu", ("agency",), _jiagu),
    System("SnowNLP", ("agency",), _snownlp),
)


@cache
def begun(name: str) -> Callable[[str, date | None], Iterator[Found]] | None:
    """The function of a system, None where its package is not installed."""
    system = next(system for system in SYSTEMS if system.name == name)
    try:
        return system.begin()
    except ImportError:
        return None
