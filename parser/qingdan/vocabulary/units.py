"""Rows of units as ``data/units.csv`` has them: what a user may leave out, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import regex

from qingdan.model import QuantityKind
from qingdan.vocabulary.files import Fault, File, plain, quoted, rows

COLUMNS = ("unit", "kind", "code", "per")
KINDS = (*get_args(QuantityKind), "per", "none")
Cells = Mapping[str, str]

_LONGEST = 20  # characters; the longest of the package has 8
_NUMERAL = regex.compile(r"[0-9〇零一二三四五六七八九十两廿万亿余.,]")  # 千 begins 千米, 百 百帕, 几 几内亚法郎


def checked(file: File, base: Sequence[Cells]) -> tuple[list[Cells], list[Fault]]:
    """The usable rows of a user's file, completed, and the faults of all its rows in the order of their lines.

    base: the rows that it stands beside: the package's, or none when the file is the package's own.

    Only ``unit`` need be given. Without one, ``kind`` is money where the code is three capitals, measure with another
    code, else count.
    """
    found, faults = rows(file, COLUMNS, "unit")
    kept: list[Cells] = []
    lines: dict[str, int] = {}
    before = {row["unit"]: row for row in base}
    for row in found:
        cells = _completed(row.cells)
        unit = cells["unit"]
        errors = list(_errors(cells))
        if unit in lines:
            errors.append(f"{quoted(unit)} stands in line {lines[unit]} too")
        faults += (Fault(file.name, row.line, "error", message) for message in errors)
        if errors:
            continue
        lines[unit] = row.line
        kept.append(cells)
        if unit in before:
            told = " ".join(filter(None, (before[unit]["kind"], before[unit]["code"])))
            faults.append(Fault(file.name, row.line, "info", f"takes the place of the package's {unit} ({told})"))
    return kept, sorted(faults, key=lambda fault: fault.line)


def merged(own: Sequence[Cells], base: Sequence[Cells]) -> list[Cells]:
    """The rows of the base that no own row takes the place of, and the own ones behind them."""
    units = {row["unit"] for row in own}
    return [*(row for row in base if row["unit"] not in units), *own]


def _completed(given: Mapping[str, str]) -> Cells:
    cells = {column: plain(cell) for column, cell in given.items()}
    if not cells["kind"]:
        money = regex.fullmatch("[A-Z]{3}", cells["code"])
        cells["kind"] = "count" if not cells["code"] else "money" if money else "measure"
    return cells


def _errors(cells: Cells) -> Iterator[str]:
    unit, kind, code, _ = (cells[column] for column in COLUMNS)
    if _NUMERAL.match(unit):
        yield f"{quoted(unit)} begins with a numeral"
    if not regex.search(r"[\p{L}\p{S}%‰]", unit):
        yield f"{quoted(unit)} holds no letter"
    if len(unit) > _LONGEST:
        yield f"{quoted(unit)} is longer than any unit"
    if kind not in KINDS:
        yield f"unknown kind {quoted(kind)}; choose from {', '.join(KINDS)}"
    elif kind == "money" and code and not regex.fullmatch("[A-Z]{3}", code):
        yield f"{quoted(code)} is no code of ISO 4217 (CNY)"
    elif kind in ("count", "none") and code:
        yield f"a unit of kind {kind} has no code"
