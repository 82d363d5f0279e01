"""``qingdan convert`` as a person sees it: a bar or lines while it runs, failures as they come, a summary at its end."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from qingdan.batch import sources
from qingdan.batch.archive import Changes, Workers, convert
from qingdan.batch.entries import MB, Wanted
from qingdan.batch.progress import Progress
from qingdan.batch.sources import Meter
from qingdan.batch.work import Settings
from qingdan.console import note, standard_input, tell
from qingdan.model import QingdanError
from qingdan.pipeline import reference

_SHOWN = 20  # paths of one kind of change


def convert_and_tell(
    names: Sequence[str],
    out: Path,
    formats: Sequence[str],
    *,
    bom: bool,
    include: Sequence[str],
    exclude: Sequence[str],
    update: bool,
    jobs: int | None,
    seconds: float,
    megabytes: float,
    scheduler: str | None,
    dask: bool,
    quiet: bool,
    joining: bool,
    reference_date: str | None,
    lexicon: Sequence[str],
    units: Sequence[str],
) -> None:
    """Convert, telling on standard error how it goes. Ends the process with 1 where anything failed, 130 where it was stopped."""
    settings = Settings(reference(reference_date), _absolute(lexicon), _absolute(units), joining, seconds, "csv" in formats)
    wanted = Wanted(tuple(include), tuple(exclude), int(megabytes * MB))
    workers = Workers(_cores() if jobs is None else jobs, scheduler, dask)
    if missing := sources.missing(names):  # nothing at all is there: a slip, which leaves no folder behind
        for name in missing:
            note(f"{name}: no such file")
        raise SystemExit(1)
    meter = Meter(names if sys.stderr.isatty() and not quiet else ())
    progress = Progress(meter, quiet)
    try:
        with progress:
            outcome = convert(
                names, out, formats, progress, settings=settings, wanted=wanted, workers=workers, bom=bom, update=update,
                standard_input=_Spooled().at_beginning, meter=meter,
            )  # fmt: skip
    except QingdanError as error:
        note(str(error))
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        note("stopped; the same command goes on from here")
        raise SystemExit(130) from None
    if not quiet:
        if update:
            _tell_changes(outcome.changes)
        progress.summary(outcome, str(out))
    if outcome.counts.failed:
        raise SystemExit(1)


class _Spooled:
    """Standard input as a file that can be read again."""

    def __init__(self) -> None:
        self._file: BinaryIO | None = None

    def at_beginning(self) -> BinaryIO:
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115  # for as long as this is there
            copyfileobj(standard_input(), self._file)
        self._file.seek(0)
        return self._file


def _absolute(files: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(Path(file).absolute()) for file in files)  # workers may stand in another folder


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _tell_changes(changes: Changes) -> None:
    for word, paths in zip(("new", "changed", "gone"), changes, strict=True):
        for path in paths[:_SHOWN]:
            tell(f"{word}: {path}")
        if len(paths) > _SHOWN:
            tell(f"{word}: {len(paths) - _SHOWN:,} more (manifest.csv)")
