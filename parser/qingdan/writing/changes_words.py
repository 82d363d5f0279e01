"""The words of a report on two lists, in English or Chinese, and a change told in them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from qingdan.comparing.model import Change, Value
from qingdan.data import read_rows

_GROUPED = 10_000  # from here digits stand in groups of three: 150,000,000 美元
_WRITTEN = frozenset({"deadline", "date"})  # told as they are written too: 年底前 says more to a reader than ../2015-12


@cache
def words(chinese: bool = False) -> dict[str, str]:
    """The words of reports by their keys in ``data/comparison_words.csv``."""
    return {row["key"]: row["chinese" if chinese else "english"] for row in read_rows("comparison_words.csv")}


class Told(NamedTuple):
    """A change in words: what it is, the old and the new value (None where there is
    none, and the old where it is the new one), and what follows from them."""

    label: str
    old: str | None
    new: str | None
    note: str


def told(change: Change, chinese: bool = False) -> Told:
    """A change in the words of reports; a kind that they do not have is told by its names."""
    known = words(chinese)
    label = known.get(f"told.{change.field}.{change.kind}", f"{change.field} {change.kind}")
    old = _value(change, change.old, change.old_qualifier, change.old_part.text if change.old_part else None, known)
    new = _value(change, change.new, change.new_qualifier, change.new_part.text if change.new_part else None, known)
    if old == new:  # an instrument that was signed
        old = None
    return Told(label, old, new, "; ".join(_notes(change, known)))


def _value(change: Change, value: Value, qualifier: str | None, written: str | None, known: dict[str, str]) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else _number(Decimal(value))
    if change.field == "commitment":
        return f"{known.get(f'class.{text}', text)} ({written})" if written else known.get(f"class.{text}", text)
    if change.field in _WRITTEN and written and written != text:
        return f"{written} [{text}]"
    if change.field in ("quantity", "round"):
        text = f"{text.replace('/', '–')} {change.unit or ''}".rstrip()
        if qualifier == "indefinite":
            text = f"{text} ({known['qualifier.indefinite']})"
        elif qualifier:
            text = f"{known.get(f'qualifier.{qualifier}', qualifier)} {text}"
    return text.replace("|", ", ") if change.field == "topic" else text


def _number(value: Decimal) -> str:
    return format(value, ",f" if abs(value) >= _GROUPED else "f")


def _notes(change: Change, known: dict[str, str]) -> list[str]:
    notes = [change.of] if change.of else []
    if change.field == "commitment" and change.kind == "moved" and change.old_part is not None:
        notes.append(known["from item"].format(change.old_part.item))
    if change.difference is not None and change.field != "round":  # the numbers of sessions speak for themselves
        if change.field == "deadline":
            later, earlier = ("days late", "days early") if change.kind == "done" else ("days later", "days earlier")
            days = known[later if change.difference > 0 else earlier].format(abs(change.difference))
            notes.append(days if change.difference else known["on time"])
        else:
            share = "" if change.percent is None else f" ({change.percent:+f} %)"
            notes.append(f"{change.difference:+f}{share}" if isinstance(change.difference, Decimal) else f"{change.difference:+d}{share}")
    if change.expected is not None:
        notes.append(known["as expected" if change.expected else "not as expected"])
    return notes
