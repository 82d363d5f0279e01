"""Work done on a Dask cluster: the same pieces, on one machine or many; no file has to be where they are."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Iterator
from importlib import import_module
from types import TracebackType
from typing import Any, Self

from qingdan.batch import program
from qingdan.batch.chunks import Chunks
from qingdan.batch.processes import Processes
from qingdan.batch.work import Done, Settings, Work, do, failed
from qingdan.model import QingdanError
from qingdan.vocabulary.own import own, own_rows

AHEAD = 3  # chunks a thread of the cluster that are on their way at once
_SECONDS_TO_MEET = 20
_local = threading.local()


class Cluster:
    """The crew of a run on a cluster: that of a scheduler, or without an address one of ``jobs`` processes of this machine.

    config: the digest that results depend on; a worker that has another program or other rows of the user's is an error.
    Raises QingdanError when distributed is missing, the scheduler does not answer, or has no workers.
    """

    def __init__(self, address: str | None, jobs: int, settings: Settings, config: str) -> None:
        self._address, self._jobs, self._settings, self._config = address, jobs, settings, config

    def __enter__(self) -> Self:
        try:
            dask: Any = import_module("dask")
            distributed: Any = import_module("distributed")
        except ImportError:
            raise QingdanError("a Dask cluster needs distributed: pip install 'qingdan[dask]'") from None
        self._cluster: Any = None
        self._client: Any = None
        try:
            if self._address is None:
                # A worker may then have a process of its own for each document, which can be ended.
                with dask.config.set({"distributed.worker.daemon": False}):
                    self._cluster = distributed.LocalCluster(
                        n_workers=self._jobs, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
                    )
            self._client = distributed.Client(self._cluster or self._address, timeout=_SECONDS_TO_MEET)
        except Exception as error:  # of any of the transports of Dask
            self._close()
            raise QingdanError(
                f"{self._address or 'a cluster of this machine'}: no scheduler answers: {' '.join(str(error).split())}"
            ) from None
        if not self._threads():
            self._close()
            raise QingdanError(f"{self._address}: the scheduler has no workers")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def _close(self) -> None:
        for one in (self._client, self._cluster):
            if one is not None:
                one.close()

    def _threads(self) -> int:
        return sum(self._client.nthreads().values())

    def do_all(self, works: Iterator[Work]) -> Iterator[Done]:
        """The outcomes, as they are ready. No more is taken from ``works`` than the cluster is about to need."""
        distributed: Any = import_module("distributed")
        chunks = Chunks(self._threads())
        asked: dict[Any, list[Work]] = {}
        ready = distributed.as_completed()

        def ask(chunk: list[Work]) -> None:
            future = self._client.submit(do_chunk, chunk, self._settings, self._config, pure=False)
            asked[future] = chunk
            ready.add(future)

        more = True
        while more or asked:
            while more and len(asked) < AHEAD * max(self._threads(), 1):
                chunk = chunks.next(works)
                more = bool(chunk)
                if chunk:
                    ask(chunk)
            if not asked:
                return
            future = next(ready)
            chunk = asked.pop(future)
            error = None if future.status == "finished" else future.exception()
            if error is None:
                yield from future.result()
            elif isinstance(error, distributed.KilledWorker):
                if len(chunk) == 1:
                    yield failed(chunk[0], "the workers of the cluster that worked on it died", at_limit=True)
                else:
                    for work in chunk:
                        ask([work])
            elif isinstance(error, QingdanError):
                raise error
            else:
                raise QingdanError(f"the cluster failed: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
            future.release()


def do_chunk(works: list[Work], settings: Settings, config: str) -> list[Done]:
    """Do some pieces of work where this is called, each in a process beside it, which a limit of time can end.

    A worker of Dask that may have no processes of its own (it is a daemon, as ``dask worker`` starts them by default) does
    them itself.
    """
    with own(settings.lexicon, settings.units):
        if program.config(settings, own_rows()) != config:
            raise QingdanError("a worker of the cluster has another version of qingdan, or other files of --lexicon or --units")
    if multiprocessing.current_process().daemon:
        return [do(work, settings) for work in works]
    return list(_beside(settings).do_all(iter(works)))


def _beside(settings: Settings) -> Processes:
    """The process beside this thread; it stays for the next call."""
    known: tuple[Settings, Processes] | None = getattr(_local, "known", None)
    if known is None or known[0] != settings:
        if known is not None:
            known[1].__exit__(None, None, None)
        known = _local.known = (settings, Processes(1, settings))
    return known[1]
