"""The floors themselves: what is committed, and how they are raised and lowered."""

from __future__ import annotations

import json

from test_gold import FLOORS, merged, under


def test_committed_floors_are_figures() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert "sed7-2015" in floors
    for name, kinds in floors.items():
        assert set(kinds) == {"structure", "date", "agency", "quantity"}, name
        assert all(0 <= value <= 1 and round(value, 3) == value for row in kinds.values() for value in row.values()), name


def test_the_floors_of_the_sample_are_not_under_what_was_asked_for() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["sed7-2015"]
    assert floors["structure"]["f1"] == 1.0
    assert floors["date"]["strict_f1"] >= 0.98
    assert floors["agency"]["f1"] >= 0.97
    assert floors["agency"]["strict_f1"] >= 0.95
    assert floors["quantity"]["strict_f1"] >= 0.98


def test_only_the_flag_lowers_a_floor() -> None:
    old, new = {"date": {"f1": 0.9, "strict_f1": 0.8}}, {"date": {"f1": 0.85, "strict_f1": 0.95}}
    assert merged(old, new, lower=False) == {"date": {"f1": 0.9, "strict_f1": 0.95}}
    assert merged(old, new, lower=True) == new
    assert merged({}, new, lower=False) == new


def test_a_figure_under_its_floor_is_named() -> None:
    assert under({"date": {"f1": 0.9}}, {"date": {"f1": 0.899}}) == ["date f1: 0.899 is under its floor 0.9"]
    assert under({"date": {"f1": 0.9}}, {"date": {"f1": 0.9}}) == []
