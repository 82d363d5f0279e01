"""The knowledge, as CSV and TOML, and the one way to open it."""

from __future__ import annotations

import csv
from importlib.resources import files


def read_text(name: str) -> str:
    """The text of a data file, by its path below this folder."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV data file, each a mapping from column to cell."""
    return list(csv.DictReader(read_text(name).splitlines()))
