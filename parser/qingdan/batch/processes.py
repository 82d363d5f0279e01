"""Work done by processes of this machine, each of which may hang or die at any document without costing more than that."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from time import monotonic
from types import TracebackType
from typing import Any, Self

from qingdan.batch.chunks import Chunks
from qingdan.batch.work import Done, Settings, Work, failed
from qingdan.batch.worker import Clock, limit, serve
from qingdan.model import QingdanError

# What a process died at is tried again, for another program may have had it killed; one that died between two documents says
# little of the next.
DIED_AT, DIED_BEFORE, ENOUGH = 3, 1, 9
LIFE = 2000  # pieces of work after which a process is replaced, with all that it has come to remember
MOST_STARTS = 5  # that fail one after another
_POLL = 1.0


def context() -> Any:
    """How processes are started: none is a copy of this one, whatever threads and files this one has."""
    methods = multiprocessing.get_all_start_methods()
    chosen: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        chosen.set_forkserver_preload(["qingdan.batch.worker"])
    return chosen


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Have Ctrl-C wait while a process is started, and keep it from that one: a terminal sends it to all, some at their imports."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else it is started within, and lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker:
    """A process, and what it was asked and has not answered yet."""

    def __init__(self, context: Any, settings: Settings) -> None:
        self.pipe, theirs = context.Pipe()
        shared = context.RawArray("d", [-1.0, 0.0])
        self.clock = Clock(shared)
        self.process = context.Process(target=serve, args=(theirs, shared, settings), daemon=True)
        with _undisturbed():
            self.process.start()
        theirs.close()
        self.ready = False
        self.works: list[Work] = []
        self.answered = self.served = 0

    @property
    def idle(self) -> bool:
        return self.ready and not self.works

    def ask(self, works: list[Work]) -> None:
        self.works, self.answered = works, 0
        self.pipe.send(works)

    def end(self) -> int | None:
        self.process.kill()
        self.process.join()
        self.pipe.close()
        code: int | None = self.process.exitcode
        return code


class Processes:
    """The crew of a run with workers. They are started when there is work for them, and stay until the end of the ``with``."""

    def __init__(self, jobs: int, settings: Settings) -> None:
        self._context = context()
        self._jobs, self._settings = jobs, settings
        self._workers: list[_Worker] = []
        self._waiting: deque[list[Work]] = deque()
        self._tries: dict[int, int] = {}
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in self._workers:
            worker.end()
        self._workers = []

    def do_all(self, works: Iterator[Work]) -> Iterator[Done]:
        """The outcomes, as they are ready. No more is taken from ``works`` than the workers are about to need."""
        more = True
        chunks = Chunks(self._jobs)
        while True:
            while more and not self._waiting:
                chunk = chunks.next(works)
                more = bool(chunk)
                if chunk:
                    self._waiting.append(chunk)
                    self._hand_out()
            self._hand_out()
            if not more and not self._waiting and all(worker.idle or not worker.works for worker in self._workers):
                return
            yield from self._answers()

    def _hand_out(self) -> None:
        for worker in self._workers:
            if worker.idle and self._waiting:
                with suppress(OSError):  # it died meanwhile, which its pipe will tell
                    worker.ask(self._waiting.popleft())
        if self._waiting and len(self._workers) < self._jobs and all(worker.ready for worker in self._workers):
            self._workers.append(_Worker(self._context, self._settings))

    def _answers(self) -> Iterator[Done]:
        """What the workers have to say until the next moment at which one may be out of time."""
        by_pipe: dict[Connection, _Worker] = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(by_pipe), timeout=self._until_next_limit()):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                yield from self._bury(worker, worker.clock.read()[0], late=False)
                continue
            if answer is None:
                worker.ready = True
                self._failed_starts = 0
                continue
            done, last = answer
            worker.answered += len(done)
            worker.served += len(done)
            if last:
                worker.works = []
                if worker.served >= LIFE:
                    worker.end()
                    self._workers.remove(worker)
            yield from done
        for worker in list(self._workers):
            place = worker.clock.read()[0]
            if self._left(worker) < 0:
                yield from self._bury(worker, place, late=True)

    def _left(self, worker: _Worker) -> float:
        """The seconds that a worker still has for what it does."""
        place, since = worker.clock.read()
        if place < 0 or place >= len(worker.works) or not (seconds := limit(worker.works[place], self._settings)):
            return _POLL
        return since + seconds - monotonic()

    def _until_next_limit(self) -> float:
        return max(0.0, min((_POLL, *(self._left(worker) + 0.01 for worker in self._workers))))

    def _bury(self, worker: _Worker, place: int, late: bool) -> Iterator[Done]:
        """Have another do what a dead or late worker has not answered, but for what it died at, which stands at ``place``."""
        code = worker.end()
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= MOST_STARTS:
                raise QingdanError(f"no worker can be started (exit code {code}); --jobs 0 works without")
        left = worker.works[worker.answered :]
        if not left:
            return
        at = max(0, min(place - worker.answered, len(left) - 1)) if worker.ready else 0
        culprit = left.pop(at)
        # Before it are those that were done and not answered yet; all of them go first.
        self._waiting.extendleft([left] if left else [])
        blame = self._tries[culprit.number] = self._tries.get(culprit.number, 0) + (DIED_BEFORE if place < 0 else DIED_AT)
        if late or (hasattr(signal, "SIGALRM") and code == -signal.SIGALRM):
            yield failed(culprit, f"took longer than {self._settings.seconds:g} s (--timeout)", at_limit=True)
        elif blame >= ENOUGH:
            yield failed(culprit, _death(code), at_limit=True)
        else:
            self._waiting.append([culprit])


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = str(-code)
        return f"the process that worked on it was killed ({name}{': out of memory?' if name == 'SIGKILL' else ''})"
    return f"the process that worked on it ended by itself (exit code {code})"
