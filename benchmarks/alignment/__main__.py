"""How well two lists are aligned: qingdan and plain ways, on random successors with known truth and on three rounds marked by hand.

``python benchmarks/alignment`` prints Markdown tables of F1 over (old, new) pairs of items, splits and merges counted as pairs,
and the time beside rapidfuzz.cdist over the same texts. ``--seeds`` sets how many successors; the slow ways get a part of them.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
import successors
from rivals import RIVALS, Pairs
from successors import HELD_OUT, TUNED, Setting, Successor

import qingdan
from qingdan.comparing.alignment import align
from qingdan.model import Document

ROOT = Path(__file__).resolve().parents[2]
SHARES = (0.1, 0.3, 0.5)
SLOW = 10  # successors for a way that takes seconds for each
KINDS: dict[str, Callable[[Setting, float, int], Successor]] = {
    "list of 2015": successors.of_the_page,
    "joint statement": successors.of_paragraphs,
    "bullets": successors.of_bullets,
    "bare instruments": successors.of_instruments,
}
NEIGHBOURS = ("sed6-2014-invented_sed7-2015", "sed7-2015_sed8-2016-invented", "sed6-2014-invented_sed8-2016-invented")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="successors of the list of 2015 for each cell; a quarter of other kinds")
    parser.add_argument("--only", metavar="NAMES", help="these ways, separated by commas")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else list(RIVALS)
    for setting in (TUNED, HELD_OUT):
        for kind, make in KINDS.items():
            seeds = range(options.seeds if kind == "list of 2015" else max(options.seeds // 4, 1))
            print(f"\n{kind}, {setting.name}: {len(seeds)} successors; F1 in per cent by the share of characters changed\n")
            row("", *(f"{share:.0%}" for share in SHARES))
            row(*["---"] * (len(SHARES) + 1))
            made = [[make(setting, share, seed) for seed in seeds] for share in SHARES]
            for name in names:
                own = [cases[:SLOW] if name.startswith("difflib") else cases for cases in made]
                note = f" (first {SLOW})" if len(own[0]) < len(made[0]) else ""
                row(name + note, *(figure((case.truth, RIVALS[name](case.old, case.new)) for case in cases) for cases in own))
    print("\nthree rounds marked by hand\n")
    row("", *(name.replace("_", " / ").replace("-invented", "") for name in NEIGHBOURS))
    row(*["---"] * (len(NEIGHBOURS) + 1))
    cases = [marked(name) for name in NEIGHBOURS]
    for name in names:
        row(name, *(figure([(truth, RIVALS[name](old, new))]) for old, new, truth in cases))
    times()


def row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


def figure(cases: Iterable[tuple[frozenset[tuple[int, int]], Pairs]]) -> str:
    """F1 over all pairs of all cases."""
    both = total = 0
    for truth, found in cases:
        both += len(truth & found)
        total += len(truth) + len(found)
    return f"{200 * both / total:.1f}" if total else ""


def marked(name: str) -> tuple[Document, Document, frozenset[tuple[int, int]]]:
    truth = json.loads((ROOT / "tests" / "test_alignment" / f"{name}.json").read_text(encoding="utf-8"))
    old, new = (successors.sample(f"{part}.txt") for part in name.split("_"))
    places = [{item.id: k for k, item in enumerate(document.items)} for document in (old, new)]
    return old, new, frozenset((places[0][a], places[1][b]) for pair in truth["pairs"] for a in pair["old"] for b in pair["new"])


def times() -> None:
    """Seconds beside rapidfuzz.cdist over the same texts: parsed lists and their successors, after the imports."""
    from rapidfuzz import fuzz, process

    print("\ntime (median of 5), beside rapidfuzz.process.cdist of fuzz.ratio over the same texts\n")
    row("items", "align", "cdist", "ratio", "memory of the process so far")
    row(*["---"] * 5)
    for count in (38, 300, 900, 2000):
        old, new = long_list(count, 1), long_list(count, 2)
        texts = [[(item.topic or "") + item.body for item in document.items] for document in (old, new)]
        taken = median(timed(lambda old=old, new=new: align(old, new)) for _ in range(5))
        beside = median(timed(lambda texts=texts: process.cdist(*texts, scorer=fuzz.ratio)) for _ in range(5 if count < 900 else 1))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        row(f"{len(old.items)} × {len(new.items)}", f"{taken:.3f} s", f"{beside:.3f} s", f"{taken / beside:.2f}", f"{memory} MB")


def timed(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def long_list(count: int, seed: int) -> Document:
    """A list as long as wanted of the clauses of real and invented items, reworded by seed; parts of it, for numbers end at 999."""
    from random import Random

    from msgspec.structs import replace

    random = Random(0)
    pool = [item.body for item in successors.sample("sed7-2015.txt").items] + [body for _, body in successors.strange()]
    clauses = [clause for body in pool for clause in successors.CLAUSES.findall(body)]
    bodies = ["".join(random.sample(clauses, random.randrange(3, 12))) for _ in range(count)]
    changes = Random(seed)
    bodies = [successors.ended(successors.reworded(body, TUNED, 0.3, changes)) for body in bodies]
    parts = []
    for start in range(0, count, 500):
        entries = [successors.Entry(None, body, (), 0) for body in bodies[start : start + 500]]
        parts.append(qingdan.parse(successors.numbered(entries, False), id=f"long{start}"))
    return replace(parts[0], items=tuple(item for part in parts for item in part.items))


if __name__ == "__main__":
    main()
