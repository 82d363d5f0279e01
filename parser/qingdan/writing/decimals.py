"""Exact numbers in the formats that give them a fixed width."""

from __future__ import annotations

from decimal import Context, Decimal

WIDTH, SCALE = 38, 12  # digits in all and behind the point: what Parquet and DuckDB both keep in 128 bits
_CONTEXT = Context(prec=WIDTH + SCALE)
_LARGEST = Decimal(10) ** (WIDTH - SCALE)
_STEP = Decimal(10) ** -SCALE
_LARGEST_INTEGER = 2**63


def exact(number: int | Decimal) -> Decimal | None:
    """A number for a column DECIMAL(38, 12): rounded behind the twelfth place, None from 10²⁶ on, which no count of anything is."""
    value = Decimal(number)
    return value.quantize(_STEP, context=_CONTEXT) if abs(value) < _LARGEST else None


def binary(number: int | Decimal) -> int | float:
    """A number for a column of integers of 64 bits and binary floats: whole where it is, else the float nearest to it."""
    whole = int(number)
    return whole if whole == number and abs(whole) < _LARGEST_INTEGER else float(number)


def too_large(count: int, kind: str) -> list[str]:
    """The line that tells of numbers which a kind of file has no room for; none where there are none."""
    return [f"{kind}: numbers of more than {WIDTH - SCALE} digits, of which there are {count}, are left out"] if count else []
