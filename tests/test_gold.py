"""Accuracy against hand-annotated documents, where they are there: no figure falls below its floor.

The documents and the scorer lie beside the repository, in ../shared; without them these tests are skipped. The
floors are in floors.json; ``--raise-floors`` writes figures that exceed theirs, only ``--lower-floors`` lower ones.
"""

from __future__ import annotations

import importlib.util
import json
import math
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import qingdan
from qingdan import QingdanError
from qingdan.writing.json_files import to_json

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
GOLD = sorted((SHARED / "gold").glob("*.gold.json"))
FLOORS = Path(__file__).with_name("floors.json")
Figures = dict[str, dict[str, float]]

pytestmark = pytest.mark.skipif(not GOLD, reason="no annotated documents beside the repository")


@pytest.fixture(scope="session")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(scorer: ModuleType, document: qingdan.Document, gold: Path) -> Figures:
    """The figures of a document, rounded down to three decimals."""
    scored, _ = scorer.score(json.loads(to_json(document)), json.loads(gold.read_text(encoding="utf-8")))
    kept = {"structure": ("f1",)} | dict.fromkeys(("date", "agency", "quantity"), ("f1", "strict_f1"))
    return {kind: {name: math.floor(scored[kind][name] * 1000 + 1e-9) / 1000 for name in names} for kind, names in kept.items()}


def merged(old: Figures, new: Figures, lower: bool) -> Figures:
    """The floors to write: the new figures, or the higher of the two."""
    return {
        kind: {name: value if lower else max(value, old.get(kind, {}).get(name, 0.0)) for name, value in row.items()}
        for kind, row in new.items()
    }


def under(floors: Figures, reached: Figures) -> list[str]:
    return [
        f"{kind} {name}: {reached[kind][name]} is under its floor {floor}"
        for kind, row in floors.items() for name, floor in row.items() if reached[kind][name] < floor
    ]  # fmt: skip


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_floors(gold: Path, scorer: ModuleType, request: pytest.FixtureRequest) -> None:
    name = gold.name.removesuffix(".gold.json")
    file = gold.with_name(json.loads(gold.read_text(encoding="utf-8"))["file"])
    try:
        document = qingdan.parse(file)
    except QingdanError as error:
        assert file.suffix != ".txt", error
        pytest.skip(str(error))
    reached = figures(scorer, document, gold)
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    lower = request.config.getoption("--lower-floors")
    if lower or request.config.getoption("--raise-floors"):
        floors[name] = merged(floors.get(name, {}), reached, lower)
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=2) + "\n", encoding="utf-8")
    if name not in floors:
        pytest.skip(f"{name} has no floors yet: pytest --raise-floors")
    assert under(floors[name], reached) == []


def test_the_sample_reaches_what_was_asked_for(sample: qingdan.Document, scorer: ModuleType) -> None:
    reached = figures(scorer, sample, SHARED / "gold" / "sed7-2015.gold.json")
    assert reached["structure"]["f1"] == 1.0
    asked = {"date": (0.98, 0.98), "agency": (0.97, 0.95), "quantity": (0.98, 0.98)}
    for kind, (span, strict) in asked.items():
        assert reached[kind]["f1"] >= span, kind
        assert reached[kind]["strict_f1"] >= strict, kind


def test_the_sample_is_the_annotated_page(sample_path: Path) -> None:
    assert sample_path.read_bytes() == (SHARED / "gold" / "sed7-2015.txt").read_bytes()
