"""Files of rows checked one after another, each beside the package's rows and those of the files before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qingdan.data import read_rows, read_text
from qingdan.vocabulary import bodies, units
from qingdan.vocabulary.files import Fault, File, rows


class Report(NamedTuple):
    """What there is to say of a file: how many rows of it can be used, and its faults by line."""

    name: str
    rows: int
    faults: Sequence[Fault]

    @property
    def errors(self) -> int:
        return sum(fault.severity == "error" for fault in self.faults)

    def lines(self) -> Iterator[str]:
        """One line a fault, and one of figures."""
        yield from map(str, self.faults)
        warnings = sum(fault.severity == "warning" for fault in self.faults)
        counts = {"row": self.rows, "error": self.errors, "warning": warnings}
        told = (f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items())
        yield f"{self.name}: {', '.join(told)}"


def lexicon_report(files: Iterable[File]) -> Iterator[Report]:
    """A report on each file of bodies. Raises QingdanError at one that cannot be read."""
    base: Sequence[bodies.Cells] = read_rows("agencies.csv")
    for file in files:
        added, faults = bodies.checked(file, base)
        base = bodies.merged(added, base)
        yield Report(file.name, len(added), faults)


def units_report(files: Iterable[File]) -> Iterator[Report]:
    """A report on each file of units. Raises QingdanError at one that cannot be read."""
    base: Sequence[units.Cells] = read_rows("units.csv")
    for file in files:
        added, faults = units.checked(file, base)
        base = units.merged(added, base)
        yield Report(file.name, len(added), faults)


def package_lexicon_report() -> Report:
    """The report on the package's own bodies, whose ids keep to more than a user's must."""
    file = _packaged("agencies.csv")
    added, faults = bodies.checked(file, [])
    faults = [*faults, *bodies.id_faults(rows(file, bodies.COLUMNS, "name")[0], file.name)]
    return Report(file.name, len(added), sorted(faults, key=lambda fault: fault.line))


def package_units_report() -> Report:
    """The report on the package's own units."""
    file = _packaged("units.csv")
    added, faults = units.checked(file, [])
    return Report(file.name, len(added), faults)


def _packaged(name: str) -> File:
    return File(name, read_text(name).encode())
