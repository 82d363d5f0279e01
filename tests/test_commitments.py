"""The annotated commitments and the guide's examples hold together: every text is where it is said to be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import qingdan

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "parser" / "qingdan" / "data" / "commitments.md"
GOLD = sorted(Path(__file__).with_suffix("").glob("*.json"))
CLASSES = {"accomplished", "committed", "continued", "intended", "reaffirmed", "welcomed", "urged", "viewed"}
FIELDS = {"text", "start", "end", "actors", "act", "class", "polarity", "deadline", "instrument", "event", "conditions"}
EXAMPLE = re.compile(r"^\*\*(\d+)\.\*\* (.+)\n((?:- .+\n)*)", re.MULTILINE)


def examples() -> list[tuple[int, str, list[list[str]]]]:
    """Number, text and commitments of every worked example, a commitment as its fields."""
    found = EXAMPLE.findall(GUIDE.read_text(encoding="utf-8"))
    return [(int(number), text, [line[2:].split("; ") for line in lines.splitlines()]) for number, text, lines in found]


def in_order(parts: str, text: str) -> bool:
    """Whether the parts of an act, with … between them, stand in the text in this order."""
    place = 0
    for part in parts.split("…"):
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_gold_lies_in_its_items(gold: Path) -> None:
    annotated: dict[str, Any] = json.loads(gold.read_text(encoding="utf-8"))
    document = qingdan.parse(ROOT / "samples" / f"{annotated['document']}.txt")
    assert [item["id"] for item in annotated["items"]] == [item.id for item in document.items]
    for item, marked in zip(document.items, annotated["items"], strict=True):
        place = item.body_start
        for commitment in marked["commitments"]:
            start, end = commitment["start"], commitment["end"]
            assert set(commitment) == FIELDS
            assert document.text[start:end] == commitment["text"]
            assert place <= start < end <= item.body_end
            assert commitment["class"] in CLASSES
            assert commitment["polarity"] in {"positive", "negative"}
            assert commitment["actors"]
            quoted = [*commitment["instrument"], *commitment["conditions"], commitment["event"] or ""]
            assert all(part in commitment["text"] for part in quoted)
            deadlines = {date.edtf for date in item.dates if start <= date.start < end and (date.role == "deadline" or "年内" in date.text)}
            assert {commitment["deadline"]} - {None} <= deadlines
            place = end


def test_five_dated_promises_are_marked() -> None:
    marked = json.loads((Path(__file__).with_suffix("") / "sed7-2015.json").read_text(encoding="utf-8"))
    deadlines = [c["deadline"] for item in marked["items"] for c in item["commitments"] if c["deadline"]]
    assert sorted(deadlines) == ["../2015-09", "../2015-12", "../2016-01", "../2016-10-30", "../2018-10-30", "2015", "2015"]


def test_examples_are_numbered_through() -> None:
    assert [number for number, _, _ in examples()] == list(range(1, len(examples()) + 1))


@pytest.mark.parametrize(("number", "text", "lines"), examples())
def test_example(number: int, text: str, lines: list[list[str]]) -> None:
    place = 0
    for span, kind, act, actors, *rest in lines:
        quoted = span.strip("`")
        start = text.find(quoted, place)
        assert start >= 0, quoted
        assert kind in CLASSES
        assert actors
        # The act of a member that has none of its own stands further up.
        assert in_order(act, text)
        for field in rest:
            name, _, value = field.partition(" ")
            assert name in {"negative", "deadline", "instrument", "event", "conditions"}
            if name not in {"negative", "deadline"}:
                assert all(part in quoted for part in value.split(", "))
        place = start + len(quoted)
