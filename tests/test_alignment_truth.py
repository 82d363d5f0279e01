"""The truth about the three rounds in samples/: it names each item once, and agrees with the texts and with itself."""

from __future__ import annotations

import datetime
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import regex

import qingdan

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "test_alignment"
ROUNDS = ("sed6-2014-invented", "sed7-2015", "sed8-2016-invented")
PAIRS = [(ROUNDS[0], ROUNDS[1]), (ROUNDS[1], ROUNDS[2]), (ROUNDS[0], ROUNDS[2])]
KINDS = {
    "deadline": {"later", "earlier", "added", "removed", "done", "stepped", "replaced"},
    "agency": {"joined", "left", "renamed"},
    "quantity": {"up", "down", "new", "gone"},
    "instrument": {"new", "gone", "signed", "renewed"},
    "sentence": {"reworded", "added", "gone"},
} | {field: {None} for field in ("date", "round", "topic", "section", "strength", "polarity", "party_order")}
TYPOGRAPHY = str.maketrans({"「": "“", "」": "”", "、": ","})


def truth(name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def folded(text: str | None) -> str:
    return regex.sub(r"\s", "", unicodedata.normalize("NFKC", text or "").translate(TYPOGRAPHY))


def path(item: str) -> tuple[int, ...]:
    return tuple(int(number) for number in item.partition("#")[2].split("."))


@pytest.fixture(scope="module")
def items() -> dict[str, qingdan.Item]:
    return {item.id: item for name in ROUNDS for item in qingdan.parse(ROOT / "samples" / f"{name}.txt").items}


def moved_among(places: list[tuple[int, ...]]) -> list[bool]:
    """For pairs in their old order, with their new places: which of them do not belong to every longest chain in order."""
    ahead: list[int] = []
    for place, here in enumerate(places):
        ahead.append(1 + max((ahead[before] for before in range(place) if places[before] < here), default=0))
    behind = [0] * len(places)
    for place in reversed(range(len(places))):
        behind[place] = 1 + max((behind[after] for after in range(place + 1, len(places)) if places[after] > places[place]), default=0)
    longest = max(ahead, default=0)
    chained = [one + other - 1 == longest for one, other in zip(ahead, behind, strict=True)]
    alone = Counter(rank for rank, on in zip(ahead, chained, strict=True) if on)
    return [not (on and alone[rank] == 1) for rank, on in zip(ahead, chained, strict=True)]


@pytest.mark.parametrize(
    ("places", "expected"),
    [([1, 2, 3], []), ([2, 1, 3], [0, 1]), ([2, 3, 4, 1], [3]), ([4, 1, 2, 3], [0]), ([5, 8, 9], []), ([2, 1, 4, 3], [0, 1, 2, 3])],
)
def test_moved_is_what_a_reader_calls_moved(places: list[int], expected: list[int]) -> None:
    assert [place for place, moved in enumerate(moved_among([(place,) for place in places])) if moved] == expected


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_each_item_stands_in_one_pair(old: str, new: str, items: dict[str, qingdan.Item]) -> None:
    pairs = truth(f"{old}_{new}")["pairs"]
    for side, name in (("old", old), ("new", new)):
        assert sorted(item for pair in pairs for item in pair[side]) == sorted(item for item in items if item.startswith(f"{name}#"))


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_the_status_follows_from_the_items(old: str, new: str, items: dict[str, qingdan.Item]) -> None:
    for pair in truth(f"{old}_{new}")["pairs"]:
        befores, afters = ([items[item] for item in pair[side]] for side in ("old", "new"))
        match len(befores), len(afters):
            case 1, 1:
                one, other = ((folded(item.topic), folded(item.body)) for item in (befores[0], afters[0]))
                expected = "kept" if one == other else "reworded"
            case 1, several:
                expected = "split" if several else "dropped"
            case several, _:
                expected = "merged" if several else "new"
        assert pair["status"] == expected, pair


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_moved_follows_from_the_places(old: str, new: str) -> None:
    pairs = [pair for pair in truth(f"{old}_{new}")["pairs"] if pair["old"] and pair["new"]]
    assert pairs == sorted(pairs, key=lambda pair: path(pair["old"][0]))
    stays = [pair for pair in pairs if path(pair["old"][0])[0] == path(pair["new"][0])[0]]
    expected = [pair for pair in pairs if pair not in stays]
    for section in (1, 2):
        own = [pair for pair in stays if path(pair["old"][0])[0] == section]
        expected += [pair for pair, moved in zip(own, moved_among([path(pair["new"][0]) for pair in own]), strict=True) if moved]
    assert [pair for pair in pairs if pair["moved"]] == sorted(expected, key=pairs.index)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_changes_are_of_known_kinds_and_their_sums_are_right(old: str, new: str) -> None:
    for pair in truth(f"{old}_{new}")["pairs"]:
        for change in pair["changes"] or ():
            assert change.get("kind") in KINDS[change["field"]], change
            if change.get("days") is not None:
                days = (last_day(change["new"]) - last_day(change["old"])).days
                assert change["days"] == days
                assert change["kind"] not in {"later", "earlier"} or (change["kind"] == "later") == (days > 0)
            if isinstance(change.get("difference"), int):
                assert change["difference"] == change["new"] - change["old"]
                assert change["percent"] == round(100 * change["difference"] / change["old"], 1)
            if change["field"] == "round" and "expected" in change:
                assert change["expected"] == (change["new"] == change["old"] + 1)


def last_day(edtf: str) -> datetime.date:
    year, month, *day = (int(part) for part in edtf.rpartition("/")[2].split("-"))
    if day:
        return datetime.date(year, month, day[0])
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_changed_values_stand_in_the_items(old: str, new: str, items: dict[str, qingdan.Item]) -> None:
    for pair in truth(f"{old}_{new}")["pairs"]:
        for change in pair["changes"] or ():
            for side in ("old", "new"):
                value, own = change.get(side), [items[item] for item in pair[side]]
                match change["field"]:
                    case "date" | "deadline":
                        assert value is None or value in {date.edtf for item in own for date in item.dates}, change
                    case "agency":
                        assert value is None or value in {name for item in own for body in item.agencies for name in body.canonical}, change
                    case "sentence" | "polarity" | "party_order" | "strength":
                        assert value is None or any(value in item.body or folded(value) in folded(item.body) for item in own), change


def test_threads_join_what_the_pairs_join() -> None:
    threads = truth("threads")
    where = {item: place for place, thread in enumerate(threads["threads"]) for own in thread["items"].values() for item in own or ()}
    assert len(where) == sum(len(own or ()) for thread in threads["threads"] for own in thread["items"].values())
    for old, new in PAIRS:
        pairs = truth(f"{old}_{new}")["pairs"]
        assert {item for pair in pairs for item in (*pair["old"], *pair["new"])} <= set(where)
        assert all(len({where[item] for item in (*pair["old"], *pair["new"])}) == 1 for pair in pairs)
    spans = [[bool(thread["items"][name]) for name in ROUNDS] for thread in threads["threads"]]
    assert sum(not span[0] for span in spans) == len(threads["births"])
    assert sum(not span[2] for span in spans) == len(threads["deaths"])
    assert spans.count([True, False, True]) == len(threads["returns"])


def test_each_deadline_has_one_fate(items: dict[str, qingdan.Item]) -> None:
    fates = truth("threads")["deadlines"]
    assert len({(fate["item"], fate["text"], fate["deadline"]) for fate in fates}) == len(fates)
    for fate in fates:
        assert (fate["text"], fate["deadline"]) in {(date.text, date.edtf) for date in items[fate["item"]].dates}, fate
        if fate["next"]:
            assert fate["next"] in {date.edtf for date in items[fate["next_item"]].dates}, fate
        assert fate["fate"] in {"repeated", "moved", "done", "not mentioned again"}
    for old, new in PAIRS[:2]:
        for pair in truth(f"{old}_{new}")["pairs"]:
            lost = {change["old"] for change in pair["changes"] if change["field"] == "deadline"} - {None}
            assert lost <= {fate["deadline"] for fate in fates if fate["item"] in pair["old"]}, pair
