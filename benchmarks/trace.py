"""A series of many rounds through `qingdan.trace`: seconds, and how many times that is what `rapidfuzz.cdist` takes over the same texts.

The rounds are made from the items of samples/ by seed: some are dropped, added, brought back, reworded, split and merged in each, and
all years go on by one. What became of what is known, so that the pairs of items that the threads put together are counted too.

    python benchmarks/trace.py [--rounds 30] [--items 150] [--seed 1]
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import NamedTuple

from stages import machine

import qingdan
from qingdan.comparing.history import Trace

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FIRST = 1990  # the year of round 1
DROPPED, BACK, REWORDED, SPLIT, MERGED = 0.08, 0.02, 0.5, 0.02, 0.01
RUNS = 3

_CLAUSE = re.compile(r"[^,，。;；]+[,，。;；]?")
_SENTENCE = re.compile(r"[^。]+。?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年)")
_FIGURE = re.compile(r"(?<![0-9])[1-9][0-9]{0,2}(?=[次名个项期份])")
_NUMERALS = "〇一二三四五六七八九"


class Promise(NamedTuple):
    """An item as it goes from round to round; ``of`` are the numbers of the items of the pool that it comes from."""

    topic: str | None
    body: str
    of: frozenset[int]


def pool() -> list[Promise]:
    """The items of the lists in samples/ that have some text, each once; not of the neighbours of one list, which are twins."""
    found: dict[str, str | None] = {}
    for path in sorted(path for path in SAMPLES.glob("*.txt") if not path.stem.endswith("-invented")):
        for item in qingdan.parse(path).items:
            if len(item.body) >= 20:
                found.setdefault(" ".join(item.body.split()), item.topic)
    return [Promise(topic, body, frozenset({i})) for i, (body, topic) in enumerate(found.items())]


def next_round(promises: Sequence[Promise], items: int, away: list[Promise], fresh: list[Promise], random: Random) -> list[Promise]:
    """The items of the round behind one; what is dropped goes to ``away``, what is added is taken from ``fresh``."""
    kept: list[Promise] = []
    gone: list[Promise] = []
    for promise in promises:
        (gone if random.random() < DROPPED else kept).append(promise)
    back = [away.pop(random.randrange(len(away))) for _ in range(min(len(away), round(BACK * len(promises))))]
    kept += back
    while len(kept) < items and (fresh or away):
        kept.append(fresh.pop() if fresh else away.pop(random.randrange(len(away))))
    away += gone
    result: list[Promise] = []
    for promise in kept:
        sentences = _SENTENCE.findall(promise.body)
        if random.random() < SPLIT and len(sentences) > 1 and min(map(len, sentences[:2])) > 20:
            result += [promise._replace(body=sentences[0]), promise._replace(body="".join(sentences[1:]))]
        elif random.random() < MERGED and result:
            result[-1] = result[-1]._replace(body=result[-1].body + promise.body, of=result[-1].of | promise.of)
        else:
            result.append(promise._replace(body=reworded(promise.body, random)) if random.random() < REWORDED else promise)
    return [promise._replace(body=_YEAR.sub(lambda year: str(int(year[0]) + 1), promise.body)) for promise in result]


def reworded(body: str, random: Random) -> str:
    """An item with another figure, and without one of its clauses, or with two in another order."""
    clauses = _CLAUSE.findall(body)
    if len(clauses) > 3:
        at = random.randrange(1, len(clauses) - 1)
        if random.random() < 0.5:
            del clauses[at]
        else:
            clauses[at - 1], clauses[at] = clauses[at], clauses[at - 1]
    return _FIGURE.sub(lambda figure: str(int(figure[0]) + random.randrange(1, 9)), "".join(clauses))


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{'' if tens < 2 else _NUMERALS[tens]}{'十' if tens else ''}{_NUMERALS[ones] if ones or not tens else ''}"


def text_of(promises: Sequence[Promise], number: int) -> str:
    lines = [
        f"第{numeral(number)}轮中智水利合作对话成果清单",
        f"{FIRST + number}年6月1日至2日,第{numeral(number)}轮中智水利合作对话在北京举行。",
        "",
    ]
    return "\n".join([*lines, *(f"{i}、{p.topic + ':' if p.topic else ''}{p.body}" for i, p in enumerate(promises, 1))])


def made(rounds: int, items: int, seed: int) -> tuple[list[qingdan.Document], dict[str, frozenset[int]]]:
    """The documents of a series, and what each item comes from."""
    random = Random(seed)
    fresh = pool()
    random.shuffle(fresh)
    promises = [fresh.pop() for _ in range(min(items, len(fresh)))]
    away: list[Promise] = []
    documents: list[qingdan.Document] = []
    origins: dict[str, frozenset[int]] = {}
    for number in range(1, rounds + 1):
        document = qingdan.parse(text_of(promises, number), id=f"round-{number:02}")
        tops = [item for item in document.items if item.parent is None]
        origins |= {item.id: promise.of for item, promise in zip(tops, promises, strict=False)}
        documents.append(document)
        promises = next_round(promises, items, away, fresh, random)
    return documents, origins


def score(trace: Trace, origins: dict[str, frozenset[int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs of items of neighbouring rounds that one thread has: as in the threads that the origins
    make, where what was merged once is one thread throughout."""
    leads: dict[int, int] = {}

    def lead(number: int) -> int:
        while leads.setdefault(number, number) != number:
            number = leads[number]
        return number

    for numbers in origins.values():
        for number in numbers:
            leads[lead(number)] = lead(min(numbers))
    truth = {item: lead(min(numbers)) for item, numbers in origins.items()}
    right = found = true = 0
    threads = {item: thread.number for thread in trace.threads for cell in thread.items for item in cell}
    items = [[item for thread in trace.threads for item in thread.items[at] if item in origins] for at in range(len(trace.rounds))]
    for old, new in pairwise(items):
        for one in old:
            for other in new:
                together, truly = threads[one] == threads[other], truth[one] == truth[other]
                right, found, true = right + (together and truly), found + together, true + truly
    return right / max(found, 1), right / max(true, 1), 2 * right / max(found + true, 1)


def by_cdist(documents: Sequence[qingdan.Document]) -> float:
    """The seconds of comparing all items of neighbouring rounds by their characters."""
    from rapidfuzz import fuzz, process

    texts = [[item.body for item in document.items] for document in documents]
    started = perf_counter()
    for old, new in pairwise(texts):
        process.cdist(old, new, scorer=fuzz.ratio)
    return perf_counter() - started


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--items", type=int, default=150)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    documents, origins = made(given.rounds, given.items, given.seed)
    sizes = Counter({document.id: len(document.items) for document in documents})
    print(f"{machine()}\n{len(documents)} rounds of {min(sizes.values())} to {max(sizes.values())} items")
    qingdan.trace(documents[:2])  # whatever is loaded once
    seconds, scorer = [], []
    for _ in range(RUNS):
        started = perf_counter()
        trace = qingdan.trace(documents)
        seconds.append(perf_counter() - started)
        scorer.append(by_cdist(documents))
    precision, recall, f1 = score(trace, origins)
    print(f"traced in {median(seconds):.2f} s, {median(seconds) / median(scorer):.1f} times rapidfuzz.cdist ({median(scorer):.2f} s)")
    print(f"{len(trace.threads)} threads, {len(trace.deadlines)} deadlines; items of neighbours in one thread: "
          f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
