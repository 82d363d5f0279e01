"""Convert whole archives: the one call behind ``qingdan convert``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from os import PathLike
from pathlib import Path
from typing import BinaryIO, NamedTuple

from qingdan.batch import output, program, sources
from qingdan.batch.alone import Alone
from qingdan.batch.conversion import Conversion, Counts, Crew, Told
from qingdan.batch.entries import Wanted
from qingdan.batch.state import State
from qingdan.batch.work import Settings
from qingdan.vocabulary.own import own, own_rows


class Changes(NamedTuple):
    """What differs from the run before, by path."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What a run did: what became of the files, what differs from the run before, and whether anything was written.

    ``documents`` and ``items`` are those of the folder as a whole.
    """

    counts: Counts
    changes: Changes
    written: bool
    documents: int
    items: int


class Workers(NamedTuple):
    """Who does the work: ``jobs`` processes of this machine (0: this process alone, without a limit of time), or a Dask cluster:
    that of the ``scheduler``, or with ``dask`` one of this machine's own.
    """

    jobs: int = 1
    scheduler: str | None = None
    dask: bool = False


def convert(
    names: Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    formats: Sequence[str],
    told: Told,
    *,
    settings: Settings,
    wanted: Wanted,
    workers: Workers,
    bom: bool = True,
    update: bool = False,
    standard_input: Callable[[], BinaryIO] | None = None,
    meter: sources.Meter | None = None,
) -> Outcome:
    """Convert files, folders, archives and addresses to one data package; go on where an earlier run of the same stopped.

    update: whether what is not there any more stays, marked as gone, and what this run does not look at stays as it is.

    Raises QingdanError when another run writes to the folder, or it cannot be written; what cannot be read is a row of the
    manifest.
    """
    given = [str(name) for name in names]
    folder = Path(out)
    roots = [root for root, _ in sources.roots(given)]
    with own(settings.lexicon, settings.units), State(folder) as state:
        config = program.config(settings, own_rows())
        with _crew(workers, settings, config) as crew:
            counts = Conversion(
                state,
                lambda: sources.entries(given, wanted, standard_input, meter),
                crew,
                told,
                settings,
                config,
                update=update,
                roots=roots,
            ).run()
        changes = _changes(state, update)
        with state.all_or_nothing():
            written = output.write(state, folder, formats, bom, program.version())
            settled = state.settle()
        documents, items = output.figures(state)
        return Outcome(counts, changes, written or settled, documents, items)


def _crew(workers: Workers, settings: Settings, config: str) -> AbstractContextManager[Crew]:
    if workers.dask or workers.scheduler:
        from qingdan.batch.cluster import Cluster

        return Cluster(workers.scheduler, max(workers.jobs, 1), settings, config)
    if workers.jobs == 0:
        return nullcontext(Alone(settings))
    from qingdan.batch.processes import Processes

    return Processes(workers.jobs, settings)


def _changes(state: State, update: bool) -> Changes:
    if state.one("SELECT 1 FROM entries LIMIT 1") is None:
        return Changes()
    match = "JOIN entries e ON e.root = f.root AND e.inner = f.inner"
    new = "SELECT f.path FROM fresh f LEFT " + match + " WHERE e.root IS NULL ORDER BY f.path"
    changed = f"SELECT f.path FROM fresh f {match} WHERE f.sha256 IS NOT e.sha256 ORDER BY f.path"
    if update:
        gone = f"SELECT f.path FROM fresh f {match} WHERE f.outcome = 'gone' AND e.outcome != 'gone' ORDER BY f.path"
    else:
        gone = (
            "SELECT e.path FROM entries e LEFT JOIN fresh f ON e.root = f.root AND e.inner = f.inner WHERE f.root IS NULL ORDER BY e.path"
        )
    return Changes(*(tuple(row[0] for row in state.rows(query)) for query in (new, changed, gone)))
