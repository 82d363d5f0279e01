"""The worked examples of the guide to commitments, read from its text and parsed as the items of one invented list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import qingdan
from qingdan.model import Commitment

GUIDE = Path(__file__).resolve().parent.parent / "parser" / "qingdan" / "data" / "commitments.md"
EXAMPLE = re.compile(r"^\*\*(\d+)\.\*\* (.+)\n((?:- .+\n)*)", re.MULTILINE)
# The guide's examples are of two parties and one day; without a topic nothing of their text is taken for one.
HEAD = "中肯经贸联委会第三次会议成果清单\n\n2024年6月20日，中国和肯尼亚在内罗毕举行第三次会议。成果如下。\n\n"
BOTH = ["中国", "肯尼亚"]


def examples() -> list[tuple[int, str, list[list[str]]]]:
    """Number, text and commitments of every worked example, a commitment as its fields."""
    found = EXAMPLE.findall(GUIDE.read_text(encoding="utf-8"))
    return [(int(number), text, [line[2:].split("; ") for line in lines.splitlines()]) for number, text, lines in found]


def annotated(text: str, lines: list[list[str]], start: int) -> list[dict[str, Any]]:
    """The commitments of an example in the form of the annotations, ``start`` the offset of its text."""
    found = []
    place = 0
    for span, kind, act, actors, *rest in lines:
        quoted = span.strip("`")
        at = text.index(quoted, place)
        place = at + len(quoted)
        fields = dict(([*field.split(" ", 1), ""])[:2] for field in rest)
        found.append(
            {
                "text": quoted, "start": start + at, "end": start + place, "class": kind, "act": act,
                "actors": BOTH if actors == "双" else actors.split(", "),
                "polarity": "negative" if "negative" in fields else "positive", "deadline": fields.get("deadline"),
                "instrument": [fields["instrument"]] if "instrument" in fields else [], "event": fields.get("event"),
                "conditions": fields["conditions"].split(", ") if "conditions" in fields else [],
            }
        )  # fmt: skip
    return found


def scored() -> list[tuple[int, list[dict[str, Any]], list[Commitment]]]:
    """Number, annotated and found commitments of every worked example."""
    text, places = HEAD, []
    for number, example, _ in examples():
        label = f"{number}、"
        places.append(len(text) + len(label))
        text += f"{label}{example}\n"
    document = qingdan.parse(text)
    made: dict[int, list[Commitment]] = {start: [] for start in places}
    for item in document.items:
        if item.body_start in made:
            made[item.body_start] = list(item.commitments)
    return [
        (number, annotated(example, lines, start), made[start]) for (number, example, lines), start in zip(examples(), places, strict=True)
    ]
