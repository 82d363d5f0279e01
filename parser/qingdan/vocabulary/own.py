"""The user's own rows beside the package's: a lexicon and units that hold for the calls inside a ``with``, and for no others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qingdan.finding import lexicon as bodies
from qingdan.finding import quantity_units as quantities
from qingdan.model import OwnRows, QingdanError
from qingdan.reading.folding import without_surrogates

if TYPE_CHECKING:
    from qingdan.vocabulary.files import Fault, File

OwnFiles = str | PathLike[str] | Sequence[str | PathLike[str]] | None

_KEPT = 4  # lexicons with rows of one's own that are kept for the next call; one takes a tenth of a second to make


def own(lexicon: OwnFiles = None, units: OwnFiles = None) -> AbstractContextManager[None]:
    """Have everything inside a ``with`` know the rows of CSV files beside the package's.

    lexicon: files with the columns of ``data/agencies.csv``, of which only ``name`` is needed; units: files with those of
        ``data/units.csv``, of which only ``unit`` is. A row takes the place of one with its id or name (its unit) in the
        package or in the files before. With None, what is known around the ``with`` stays.

    It holds for the running thread or task alone (``contextvars``). Raises QingdanError with one line, naming file and
    line, for a file that cannot be read or has a fault.
    """
    return _known(lexicon, units) if lexicon or units else nullcontext()


@contextmanager
def _known(lexicon: OwnFiles, units: OwnFiles) -> Iterator[None]:
    from qingdan.vocabulary.files import opened

    words = _lexicon(opened(lexicon)) if lexicon else bodies.in_use.get()
    known = _units(opened(units)) if units else quantities.in_use.get()
    before = bodies.in_use.set(words), quantities.in_use.set(known)
    try:
        yield
    finally:
        bodies.in_use.reset(before[0])
        quantities.in_use.reset(before[1])


def own_rows() -> tuple[OwnRows, ...]:
    """The user's files that hold here."""
    words, known = bodies.in_use.get(), quantities.in_use.get()
    return (*(words.own if words else ()), *(known.own if known is not None else ()))


@lru_cache(maxsize=_KEPT)
def _lexicon(files: tuple[File, ...]) -> bodies.Lexicon:
    from qingdan.data import read_rows
    from qingdan.vocabulary.bodies import aliases_of, checked, merged, with_country

    countries = read_rows("countries.csv")
    states = {row["name"] for row in countries}
    rows: Sequence[bodies.Row] = read_rows("agencies.csv")
    sure: set[str] = set()
    for file in files:
        added, faults = checked(file, rows)
        _refuse(file, faults, "lexicon")
        sure.update(alias for row in added for alias in aliases_of(row))
        rows = merged([with_country(row) if row["party"] in states else row for row in added], rows)
    return bodies.Lexicon(rows, countries, _recorded(files, "lexicon"), frozenset(sure))


@lru_cache(maxsize=_KEPT)
def _units(files: tuple[File, ...]) -> quantities.Units:
    from qingdan.data import read_rows
    from qingdan.vocabulary.units import checked, merged

    rows: Sequence[bodies.Row] = read_rows("units.csv")
    for file in files:
        added, faults = checked(file, rows)
        _refuse(file, faults, "units")
        rows = merged(added, rows)
    return quantities.Units(rows, _recorded(files, "units"))


def _refuse(file: File, faults: Sequence[Fault], command: str) -> None:
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more: qingdan {command} check {file.name})" if len(errors) > 1 else ""
        raise QingdanError(f"{file.name}:{errors[0].line}: {errors[0].message}{more}")


def _recorded(files: Sequence[File], kind: Literal["lexicon", "units"]) -> tuple[OwnRows, ...]:
    return tuple(OwnRows(kind, without_surrogates(Path(file.name).name), hashlib.sha256(file.data).hexdigest()) for file in files)
