"""What of the changes planted in the invented rounds (tests/test_alignment) is found, and what is reported besides.

The pairs are those of the truth, so that only what changed inside them is judged. A change is found when field, kind and values agree.
The kinds of the truth that have another name here, or that say less, are in ``KINDS``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import qingdan
from qingdan.comparing.changes import changes
from qingdan.comparing.model import Change

ROOT = Path(__file__).resolve().parent.parent
TRUTH = Path(__file__).resolve().parent / "test_alignment"
FILES = ("sed6-2014-invented_sed7-2015", "sed7-2015_sed8-2016-invented", "sed6-2014-invented_sed8-2016-invented")
# (field, kind of the truth) → our kinds that say the same.
KINDS: dict[tuple[str, str | None], set[str]] = {
    ("quantity", "new"): {"added"},
    ("instrument", "new"): {"added"},
    ("deadline", "replaced"): {"replaced"},
    ("date", "old only"): {"gone"},
    ("date", "new only"): {"added"},
    ("date", "both"): {"changed"},
    ("round", "both"): {"advanced", "changed"},
    ("round", "old only"): {"gone"},
    ("round", "new only"): {"added"},
    ("topic", None): {"changed"},
    ("section", None): {"changed"},
    ("party_order", None): {"changed"},
}
FIELDS = {"party_order": "order"}
ELSEWHERE = {"strength", "polarity"}  # what a verb says: judged_commitments
# The kinds of commitments that such a change may have, by its direction; None for polarity.
DIRECTIONS = {"stronger": "strengthened", "weaker": "weakened", None: "reversed"}
TYPOGRAPHY = str.maketrans({"「": "“", "」": "”", "、": ",", "〈": "《", "〉": "》"})


def folded(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, list):
        return folded("|".join(value))
    return re.sub(r"\s|[《》]", "", unicodedata.normalize("NFKC", str(value)).translate(TYPOGRAPHY))


def kind_of(planted: dict[str, Any]) -> str | None:
    if planted["field"] in ("date", "round"):
        return "new only" if planted["old"] is None else "old only" if planted["new"] is None else "both"
    return planted.get("kind")


def agrees(planted: dict[str, Any], change: Change) -> bool:
    """Whether a change is what was planted: one field, a kind that says the same, the same values."""
    field = planted["field"]
    if change.field != FIELDS.get(field, field):
        return False
    kind = kind_of(planted)
    if change.kind not in KINDS.get((field, kind), {kind or ""}):
        return False
    if field == "instrument":
        name, own = ((folded(value) or "").replace("的", "") for value in (planted["name"], change.new or change.old))
        return own.endswith(name) or name.endswith(own)
    if field == "party_order":  # 「中美阿三方」 for 中、美、阿
        return all((folded(own) or "").replace(",", "") in (folded(told) or "").replace(",", "") for own, told in (
            (change.old, planted["old"]), (change.new, planted["new"])))  # fmt: skip
    if field == "deadline" and kind == "done":
        return change.old == planted["old"] and change.new == planted.get("done")
    if isinstance(planted["old"], dict):  # ranges are low/high here, and have no difference
        return all(
            change_value == f"{value['low']}/{value['high']}"
            for value, change_value in zip((planted["old"], planted["new"]), (change.old, change.new), strict=True)
        )
    values = [(planted["old"], change.old), (planted["new"], change.new)]
    if field == "deadline" and planted.get("days") != change.difference:
        return False
    if field == "quantity" and (planted.get("unit") != change.unit or planted.get("difference") != change.difference):
        return False
    if field == "quantity" and (planted.get("percent") is None) != (change.percent is None):
        return False
    if field == "quantity" and change.percent is not None and Decimal(str(planted["percent"])) != change.percent:
        return False
    if field == "round" and planted.get("expected") != change.expected:
        return False
    return all(folded(a) == folded(b) for a, b in values)


def _pairs(name: str) -> Iterator[tuple[dict[str, Any], list[Change]]]:
    """The pairs of a truth file whose changes are told, each with those that are found."""
    truth = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))
    old, new = (qingdan.parse(ROOT / "samples" / f"{own}.txt") for own in name.split("_"))
    items = {item.id: item for document in (old, new) for item in document.items}
    for pair in truth["pairs"]:
        if not pair["old"] or not pair["new"] or pair["changes"] is None:
            continue
        yield pair, list(changes(old, new, [items[own] for own in pair["old"]], [items[own] for own in pair["new"]]))


def judged(name: str) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]], list[tuple[dict[str, Any], Change]], list[Change]]]:
    """For each pair of a truth file: the pair, what was missed, what was found, and what was reported besides."""
    for pair, every in _pairs(name):
        left = [change for change in every if change.field != "commitment"]
        missed: list[dict[str, Any]] = []
        found: list[tuple[dict[str, Any], Change]] = []
        for planted in pair["changes"]:
            if planted["field"] in ELSEWHERE:
                continue
            if planted["field"] == "round" and planted["old"] == planted["new"]:
                continue  # 「第二轮」 again, a year later: the deadline tells it, the round did not change
            hit = next((change for change in left if agrees(planted, change)), None)
            if hit is None:
                missed.append(planted)
            else:
                left.remove(hit)
                found.append((planted, hit))
        yield pair, missed, found, left


def judged_commitments(name: str) -> Iterator[tuple[dict[str, Any], list[tuple[dict[str, Any], Change | None]], list[Change]]]:
    """For each pair of a truth file: the pair, its changes of strength and polarity with the row that tells each, None where there is none,
    and the rows of another strength or polarity that none was planted for. A row tells one when its clauses have the verbs of the truth;
    whether its kind is right too is for the caller (``DIRECTIONS``). Each row tells one at the most.
    """
    for pair, every in _pairs(name):
        left = [change for change in every if change.field == "commitment" and change.kind not in ("added", "gone")]
        told: list[tuple[dict[str, Any], Change | None]] = []
        for planted in (own for own in pair["changes"] if own["field"] in ELSEWHERE):
            fitting = [change for change in left if _has_verbs(planted, change)]
            hit = next((change for change in fitting if change.kind == DIRECTIONS[planted.get("direction")]), next(iter(fitting), None))
            if hit is not None:
                left.remove(hit)
            told.append((planted, hit))
        yield pair, told, left


def _has_verbs(planted: dict[str, Any], change: Change) -> bool:
    sides = ((change.old_part, planted["old"]), (change.new_part, planted["new"]))
    return all(part is not None and (folded(words) or "") in (folded(part.text) or "") for part, words in sides)
