"""Workers: the same bytes whoever does the work, and whatever becomes of those who do it."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_batch import Told, archive, contents, made, manifest, page

import qingdan
from qingdan.batch import archive as archives
from qingdan.batch import work, worker
from qingdan.batch.archive import Workers
from qingdan.batch.processes import Processes
from qingdan.batch.work import Done, Settings, Task, Work

__all__ = ["archive"]  # the fixture

needs_signals = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork and signals")


def tasks(number: int) -> Iterator[Task]:
    return (Task(i, f"{i}.txt", str(i), page(i).encode()) for i in range(number))


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Ctrl-C, which whatever runs in the background of a shell ignores, with all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Workers that are forked from this process, so that what a test puts in place holds in them."""
    real = Processes.__init__

    def made_here(self: Processes, jobs: int, settings: Settings) -> None:
        real(self, jobs, settings)
        self._context = multiprocessing.get_context("fork")

    monkeypatch.setattr(Processes, "__init__", made_here)
    return monkeypatch


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_workers_make_the_same_bytes(archive: Path, tmp_path: Path, jobs: int) -> None:
    made(archive, tmp_path / "whole")
    told = Told()
    made(archive, tmp_path / "out", told, workers=Workers(jobs))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert len(told.paths) == 12
    assert not made(archive, tmp_path / "out", workers=Workers(jobs)).written


def test_workers_know_own_rows(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("name\n甲国航标总队\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("成果清单\n1、甲国航标总队派人。\n2、双方同意。\n", encoding="utf-8")
    made(tmp_path / "a.txt", tmp_path / "out", settings=Settings(lexicon=(str(tmp_path / "own.csv"),)), workers=Workers(1))
    (document,) = qingdan.read(tmp_path / "out")
    assert [agency.rule for item in document.items for agency in item.agencies] == ["lexicon:甲国航标总队"]


def hang(task: Work) -> None:
    """Matching that takes for ever inside C, where no signal handler of Python ever runs."""
    re.match(r"(?:a|aa)+$", "a" * 90 + "b")


@needs_signals
def test_a_document_that_hangs_costs_itself(forked: Any) -> None:
    def do(task: Work, settings: Settings) -> Done:
        if task.number in (3, 11):
            hang(task)
        return work.do(task, settings)

    forked.setattr(worker, "do", do)
    with Processes(2, Settings(seconds=3)) as crew:
        done = {outcome.number: outcome for outcome in crew.do_all(tasks(30))}
    assert sorted(done) == list(range(30))
    assert {number for number, outcome in done.items() if outcome.reason} == {3, 11}  # type: ignore[union-attr]
    assert done[3].reason == "took longer than 3 s (--timeout)"  # type: ignore[union-attr]


@needs_signals
@pytest.mark.parametrize(
    ("way", "words"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "was killed (SIGKILL: out of memory?)"),
        (lambda: os.kill(os.getpid(), signal.SIGTERM), "was killed (SIGTERM)"),
        (lambda: os._exit(3), "ended by itself (exit code 3)"),
        (lambda: (_ for _ in ()).throw(MemoryError), "MemoryError"),
    ],
    ids=["killed", "crashed", "left", "memory"],
)
def test_a_document_that_kills_its_worker_costs_itself(forked: Any, way: Any, words: str) -> None:
    def convert(task: Task, settings: Settings) -> Any:
        if task.number == 7:
            way()
        return real(task, settings)

    real = work._begun
    forked.setattr(work, "_begun", convert)
    with Processes(2, Settings()) as crew:
        done = {outcome.number: outcome for outcome in crew.do_all(tasks(40))}
    assert sorted(done) == list(range(40))
    assert {number for number, outcome in done.items() if outcome.reason} == {7}  # type: ignore[union-attr]
    assert words in done[7].reason  # type: ignore[union-attr, operator]


@needs_signals
def test_workers_killed_at_random_cost_nothing(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(90):
        (archive / f"more{number:02}x.txt").write_text(page(100 + number, "双方决定加强合作。" * 40), encoding="utf-8")
    made(archive, tmp_path / "whole")
    chance = random.Random(5)
    crew = Processes(2, Settings())
    monkeypatch.setattr(archives, "_crew", lambda *_: crew)
    kills = 0

    class Killer(Told):
        def finished(self, path: str, size: int, reason: str | None) -> None:
            nonlocal kills
            super().finished(path, size, reason)
            if chance.random() < 0.08 and crew._workers:
                kills += 1
                os.kill(chance.choice(crew._workers).process.pid, signal.SIGKILL)

    told = Killer()
    made(archive, tmp_path / "out", told)
    assert kills >= 4
    assert {path: reason for path, reason in told.failures.items() if "killed" in reason} == {}
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@needs_signals
def test_a_time_limit_is_a_reason_in_the_manifest_and_another_limit_tries_again(forked: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("long", "short"):
        (tmp_path / "in" / f"{name}.txt").write_text(page(len(name)), encoding="utf-8")

    def do(task: Task, settings: Settings) -> Done:
        if task.path == "long.txt":
            hang(task)
        return work.do(task, settings)

    forked.setattr(worker, "do", do)
    out = tmp_path / "out"
    short = Settings(seconds=3)
    assert made(tmp_path / "in", out, settings=short, workers=Workers(1)).counts.failed == 1
    assert manifest(out)["long.txt"]["reason"] == "took longer than 3 s (--timeout)"
    forked.setattr(worker, "do", work.do)
    assert made(tmp_path / "in", out, settings=short, workers=Workers(1)).counts.done == 0
    outcome = made(tmp_path / "in", out, settings=Settings(seconds=0), workers=Workers(1))
    assert (outcome.counts.done, outcome.counts.failed) == (1, 0)


def test_processes_are_replaced_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingdan.batch.processes.LIFE", 20)
    with Processes(2, Settings()) as crew:
        pids: set[int] = set()
        done = []
        for outcome in crew.do_all(tasks(150)):
            done.append(outcome.number)
            pids |= {worker.process.pid for worker in crew._workers}
    assert sorted(done) == list(range(150))
    assert len(pids) > 3


def test_workers_that_cannot_start_are_one_line(forked: Any) -> None:
    forked.setattr("qingdan.batch.processes.serve", lambda *_: os._exit(9))
    with pytest.raises(qingdan.QingdanError, match="no worker can be started"), Processes(2, Settings()) as crew:
        list(crew.do_all(tasks(3)))


@pytest.fixture
def running(archive: Path, tmp_path: Path) -> subprocess.Popen[bytes]:
    """A run with two workers that has finished some documents and has many more to do."""
    for number in range(400):
        (archive / f"more{number}x.txt").write_text(page(100 + number, "双方决定加强合作。" * 1500), encoding="utf-8")
    words = ["convert", str(archive), "--out", str(tmp_path / "out"), "--jobs", "2"]
    process = subprocess.Popen(
        [sys.executable, "-c", "from qingdan.cli import main; main()", *words], stderr=subprocess.PIPE, start_new_session=True
    )
    state = tmp_path / "out" / ".qingdan" / "state.sqlite"
    for _ in range(600):
        time.sleep(0.02)
        if state.exists() and state.stat().st_size > 100_000:
            break
    return process


def goes_on(archive: Path, tmp_path: Path) -> None:
    told = Told()
    made(archive, tmp_path / "out", told, workers=Workers(2))
    assert len(told.paths) < 412, "what was finished is not done again"
    made(archive, tmp_path / "whole", workers=Workers(2))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@needs_signals
def test_ctrl_c_ends_in_one_line_and_the_next_run_goes_on(running: subprocess.Popen[bytes], archive: Path, tmp_path: Path) -> None:
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does
    _, told = running.communicate(timeout=30)
    assert (running.returncode, told.decode().splitlines()[-1]) == (130, "qingdan: stopped; the same command goes on from here")
    assert "Traceback" not in told.decode()
    goes_on(archive, tmp_path)


@needs_signals
def test_ctrl_c_waits_while_a_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: set[int] = set()
    started = multiprocessing.get_context("forkserver").Process.start

    def start(process: Any) -> None:
        started(process)
        kept.update(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(multiprocessing.get_context("forkserver").Process, "start", start)
    with pytest.raises(KeyboardInterrupt), Processes(1, Settings()) as crew:
        list(crew.do_all(tasks(1)))
    assert signal.SIGINT in kept
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@needs_signals
def test_nobody_is_left_when_the_run_is_killed(running: subprocess.Popen[bytes], archive: Path, tmp_path: Path) -> None:
    running.kill()
    running.communicate()
    for _ in range(400):
        time.sleep(0.05)
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            break
    else:
        pytest.fail("workers outlive the run")
    goes_on(archive, tmp_path)


def test_a_dask_cluster_makes_the_same_bytes(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    made(archive, tmp_path / "whole")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50) as cluster:
        outcome = made(archive, tmp_path / "out", workers=Workers(2, scheduler=cluster.scheduler_address))
    assert outcome.counts.done == 12
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    monkeypatch.setattr("qingdan.batch.cluster._SECONDS_TO_MEET", 1)
    with pytest.raises(qingdan.QingdanError, match="no scheduler answers"):
        made(archive, tmp_path / "out", workers=Workers(1, scheduler="tcp://127.0.0.1:9"))


def test_a_worker_of_another_version_is_refused() -> None:
    cluster = pytest.importorskip("qingdan.batch.cluster")
    with pytest.raises(qingdan.QingdanError, match="another version"):
        cluster.do_chunk([], Settings(), "another")
