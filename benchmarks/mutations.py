"""How the pipeline stands thousands of changed documents: no exception, every character accounted for, a second a megabyte.

``python benchmarks/mutations.py 20000 --seed 1``; ``--only SEED`` runs one again and shows it. The sources are samples/ in
all media and the files of ../shared/corpus and ../shared/gold where they are; the changes are tests/mutator.py, what must
hold is tests/invariants.py. ``pip install -e '.[test]'``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from stages import forget, machine, verdict, whole
from texts import ROOT, SHARED, page

sys.path.insert(0, str(ROOT / "tests"))
from invariants import broken
from mutation_sources import sources
from mutator import BYTES, Mutant, Source, mutate
from text_changes import TEXT

from qingdan.model import Document, QingdanError
from qingdan.pipeline import run
from qingdan.reading.files import documents_in

CHUNK = 100
# A text below this size is timed as if it had it: what a run costs at least is no rate.
LEAST = 20_000
LIMIT = 1.0  # seconds a megabyte of the text, beyond reading
AGAIN = 4  # times that what was slow is run again
SHOWN = 8
SPLIT = "one character a line"  # a line costs some microseconds however short it is


class Outcome(NamedTuple):
    """What became of one mutant: seconds of reading and of all stages behind it, bytes of UTF-8 of its texts."""

    seed: int
    name: str
    changes: tuple[str, ...]
    failures: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    read: float = 0.0
    parsed: float = 0.0
    size: int = 0
    file: int = 0

    @property
    def rate(self) -> float:
        """Seconds a megabyte of text beyond reading."""
        return self.parsed / max(self.size, LEAST) * 1_000_000

    @property
    def reading_rate(self) -> float:
        return self.read / max(self.file, LEAST) * 1_000_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("number", type=int, nargs="?", default=20_000, help="how many (default %(default)s)")
    options.add_argument("--seed", type=int, default=1, help="the first of as many seeds (default %(default)s)")
    options.add_argument("--only", type=int, metavar="SEED", help="run this one again, and write its bytes to mutant.bin")
    given = options.parse_args()
    if given.only is not None:
        show(given.only)
        return
    start = perf_counter()
    outcomes, died = all_of(range(given.seed * 1_000_000, given.seed * 1_000_000 + given.number))
    report(outcomes, died, perf_counter() - start)


def all_of(seeds: range) -> tuple[list[Outcome], list[int]]:
    """The outcomes, and the first seeds of the hundreds in which a process died."""
    workers = os.cpu_count() or 1
    outcomes: list[Outcome] = []
    waiting = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    died: list[int] = []
    while waiting:
        done = set()
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=warm) as pool:
            tasks = {pool.submit(chunk, some): some for some in waiting}
            for task in as_completed(tasks):
                try:
                    outcomes += task.result()
                    done.add(tasks[task])
                except BrokenProcessPool:
                    break
        left = [some for some in waiting if some not in done]
        if len(left) == len(waiting):
            died.append(left.pop(0)[0])
        waiting = left
    return outcomes, died


@cache
def _sources() -> list[Source]:
    return sources([SHARED / "corpus", SHARED / "gold"])


def warm() -> None:
    """Load the tables, which a process does once whatever it reads."""
    _sources()
    whole(page())


def chunk(seeds: Iterable[int]) -> list[Outcome]:
    return [outcome(seed, mutate(_sources(), seed)) for seed in seeds]


def outcome(seed: int, mutant: Mutant) -> Outcome:
    """Read a mutant and parse it."""
    begun = Outcome(seed, mutant.name, mutant.changes, file=len(mutant.data))
    start = process_time()
    try:
        documents = [*documents_in(mutant.data, mutant.name, Path(mutant.name).stem)]
        read = process_time() - start
        start = process_time()
        parsed = [run(document) for document in documents]
        taken = process_time() - start
    except QingdanError as error:
        unjust = [("refused", f"{error}")] if is_text(mutant) else []
        reason = re.sub("[0-9]+", "N", str(error).removeprefix(f"{mutant.name}: "))
        return begun._replace(refused=reason, failures=tuple(unjust))
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return begun._replace(failures=(("exception", f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"),))
    failures = [failure for document in parsed for failure in broken(document)]
    if mutant.text is not None and not same_text(mutant, parsed[0]):
        failures.append(("text", "the text is not the one that was written"))
    size = sum(len(document.text.encode("utf-8", "replace")) for document in parsed)
    found = begun._replace(failures=tuple(failures), read=read, parsed=taken, size=size)
    for _ in range(AGAIN):  # a busy moment of the machine, or the dictionary that the first of a process wakes, is no rate
        if found.rate <= LIMIT:
            break
        forget()
        start = process_time()
        for document in documents:
            run(document)
        found = found._replace(parsed=min(found.parsed, process_time() - start))
    return found


def is_text(mutant: Mutant) -> bool:
    """Whether the bytes are plain text beyond doubt, so that to refuse them is a failure; a page may hide all it has."""
    text = mutant.text or ""
    shown = sum(c.isprintable() and not c.isspace() for c in text)
    return any(map(str.isalnum, text)) and shown + sum(map(str.isspace, text)) >= 0.9 * len(text) and "<" not in text


def same_text(mutant: Mutant, document: Document) -> bool:
    """Whether plain text in a Unicode encoding that tells itself came back as it was."""
    told = mutant.encoding in ("utf-8", "utf-8-sig")
    return document.document.source.media_type != "text/plain" or not told or document.text == (mutant.text or "").removeprefix("\ufeff")


def report(outcomes: list[Outcome], died: list[int], seconds: float) -> None:
    print(f"{machine()}; {len(outcomes)} mutants of {len(_sources())} sources in {seconds:.0f} s")
    every = Counter(name for each in outcomes for name in each.changes)
    bad = Counter(name for each in outcomes if each.failures for name in each.changes)
    slow = Counter(name for each in outcomes if each.rate > LIMIT for name in each.changes)
    print(f"\nchange                          times  failed  above {LIMIT:.0f} s/MB")
    for name in [*TEXT, "splice", "encode", *BYTES]:
        print(f"{name:30}{every[name]:7}{bad[name]:8}{slow[name]:14}")
    refused = Counter(each.refused for each in outcomes if each.refused)
    print(f"\nread and parsed {len(outcomes) - refused.total()}, refused in one line {refused.total()}")
    for reason, times in refused.most_common(SHOWN):
        print(f"{times:7}  {reason}")
    kinds = Counter(failure[0] for each in outcomes for failure in dict(each.failures).items())
    for kind in dict.fromkeys(("exception", "partition", "spans", "commitments", "tree", "json", "text", "refused", *kinds)):
        print(f"\n{kind}: {kinds[kind]}")
        found = [(message, each) for each in outcomes for what, message in each.failures if what == kind]
        for message, each in sorted(found, key=lambda pair: pair[1].file)[:SHOWN]:
            print(f"    {described(each)}: {message}")
    if died:
        print(f"\nprocess died in the {CHUNK} seeds from {died}")
    print(f"\nslowest beyond reading, s/MB of text (below {LEAST // 1000} kB as of {LEAST // 1000} kB)")
    longer = [each for each in outcomes if SPLIT not in each.changes]
    for each in [*sorted(outcomes, key=lambda each: -each.rate)[:2], *sorted(longer, key=lambda each: -each.rate)[:SHOWN]]:
        print(f"{each.rate:7.2f}  {each.parsed * 1000:7.1f} ms of {each.size} bytes  {described(each)}")
    print("slowest to read, s/MB of the file")
    for each in sorted(outcomes, key=lambda each: -each.reading_rate)[:SHOWN]:
        print(f"{each.reading_rate:7.2f}  {each.read * 1000:7.1f} ms of {each.file} bytes  {described(each)}")
    for title, some in (("all", outcomes), (f"without '{SPLIT}'", longer)):
        megabytes = max(sum(each.size for each in some) / 1_000_000, 0.001)
        above = sum(each.rate > LIMIT for each in some)
        print(
            f"{title}: {megabytes:.0f} MB of text, {sum(each.parsed for each in some) / megabytes:.2f} s/MB beyond reading; {above} above"
        )
    print(f"required: no exception and every character accounted for: {verdict(not kinds and not died)}")
    print(f"required: at most {LIMIT:.0f} s/MB beyond reading: {verdict(all(each.rate <= LIMIT for each in outcomes))}")


def described(each: Outcome) -> str:
    return f"seed {each.seed} ({each.name}, {each.file} bytes; {', '.join(each.changes)})"


def show(seed: int) -> None:
    warm()
    mutant = mutate(_sources(), seed)
    Path("mutant.bin").write_bytes(mutant.data)
    print(mutant.name, mutant.changes, mutant.encoding)
    for _ in range(2):
        found = outcome(seed, mutant)
        print(f"read {found.read:.4f} s, parsed {found.parsed:.4f} s, {found.size} bytes of text, {found.rate:.2f} s/MB")
    for kind, message in found.failures:
        print(f"{kind}: {message}")
    try:
        for document in documents_in(mutant.data, mutant.name, "mutant"):
            run(document)
    except QingdanError as error:
        print(error)


if __name__ == "__main__":
    main()
