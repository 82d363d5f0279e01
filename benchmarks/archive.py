"""A generated archive of 10,000 documents: documents a second with one and two workers and on a Dask cluster, memory, the same bytes.

``python benchmarks/archive.py``; ``--documents 1000`` for a small one. The documents are mutations of samples/ by seed
(tests/mutator.py), a third each in a folder, a ZIP and a packed TAR. Each way is a process of its own, in turn, ``--rounds`` times;
what is printed is the quickest, for nobody else is there then. ``pip install -e '.[test]'``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

import psutil
from stages import machine
from texts import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from mutation_sources import sources
from mutator import mutate

WAYS = {"1 worker": ["--jobs", "1"], "2 workers": ["--jobs", "2"], "Dask, 2 workers": ["--dask", "--jobs", "2"]}
MB = 1 << 20


class Measured(NamedTuple):
    """Seconds, those of all its processes on a core, the most memory of the process itself and of all together, and what came out."""

    seconds: float
    cores: float
    own: float
    all: float
    bytes: str
    documents: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=10_000, help="how many (default %(default)s)")
    options.add_argument("--rounds", type=int, default=3, help="how often each way is measured (default %(default)s)")
    options.add_argument("--to", default="csv,json", help="the formats (default %(default)s)")
    given = options.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as place:
        small, large = Path(place) / "small", Path(place) / "large"
        size = generate(large, given.documents)
        generate(small, max(1, given.documents // 10))
        print(f"{given.documents:,} documents, {size / MB:.1f} MB\n")
        runs: dict[str, list[Measured]] = {name: [] for name in WAYS}
        for _ in range(given.rounds):
            for name, words in WAYS.items():
                runs[name].append(measured(large, Path(place) / "out", [*words, "--to", given.to]))
        tenth = measured(small, Path(place) / "out", ["--jobs", "2", "--to", given.to])
    print(
        "| way | seconds | seconds of cores | documents a second | ratio | memory of itself | of all |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    first = min(run.seconds for run in runs["1 worker"])
    for name, several in runs.items():
        seconds, cores = min(run.seconds for run in several), min(run.cores for run in several)
        memory = f"{max(run.own for run in several):.0f} MB | {max(run.all for run in several):.0f} MB"
        print(f"| {name} | {seconds:.1f} | {cores:.1f} | {given.documents / seconds:,.0f} | {first / seconds:.2f} | {memory} |")
    print(
        f"| 2 workers, a tenth of the documents | {tenth.seconds:.1f} | {tenth.cores:.1f} | | | {tenth.own:.0f} MB | {tenth.all:.0f} MB |"
    )
    print("\nbytes: " + ("the same in all" if len({run.bytes for several in runs.values() for run in several}) == 1 else "DIFFERENT"))
    print(f"documents in the output: {runs['1 worker'][0].documents:,}")


def generate(folder: Path, number: int) -> int:
    """The archive; give how many bytes its documents have."""
    known = sources()
    (folder / "files").mkdir(parents=True)
    size = 0
    with (
        zipfile.ZipFile(folder / "lists.zip", "w", zipfile.ZIP_DEFLATED) as zipped,
        tarfile.open(folder / "lists.tar.gz", "w:gz", compresslevel=1) as tarred,
    ):
        for seed in range(number):
            mutant = mutate(known, seed)
            size += len(mutant.data)
            name = f"{seed // 1000}/{seed}-{mutant.name}"
            if seed % 3 == 0:
                (folder / "files" / name).parent.mkdir(exist_ok=True)
                (folder / "files" / name).write_bytes(mutant.data)
            elif seed % 3 == 1:
                zipped.writestr(name, mutant.data)
            else:
                info = tarfile.TarInfo(name)
                info.size = len(mutant.data)
                tarred.addfile(info, io.BytesIO(mutant.data))
    return size


def measured(archive: Path, out: Path, words: list[str]) -> Measured:
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-c", "from qingdan.cli import main; main()", "convert", str(archive), "--out", str(out), "--quiet", *words]
    start = perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    watched = psutil.Process(process.pid)
    own = every = 0.0
    used: dict[int, float] = {}
    while process.poll() is None:
        try:
            own = max(own, watched.memory_info().rss / MB)
            family = [watched, *watched.children(recursive=True)]
            every = max(every, sum(one.memory_info().rss for one in family) / MB)
            used |= {one.pid: one.cpu_times().user + one.cpu_times().system for one in family}
        except psutil.Error:
            pass
        sleep(0.25)
    seconds = perf_counter() - start
    digest = hashlib.sha256()
    files = sorted(path for path in out.rglob("*") if path.is_file() and ".qingdan" not in path.parts)
    for path in files:
        digest.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return Measured(seconds, sum(used.values()), own, every, digest.hexdigest(), sum(path.parent.name == "json" for path in files))


if __name__ == "__main__":
    main()
