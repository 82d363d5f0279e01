"""How time grows with length: copies of the sample page, and one character, phrase or provision over and over.

Every text goes to another process and comes back with its time or not within the limit, so that a pattern that
backtracks catastrophically is a line of the report and not a benchmark that hangs.
"""

from __future__ import annotations

import argparse
import re
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from stages import forget, machine, stage_seconds, unseen, verdict, whole
from texts import page

LIMIT = 10.0  # seconds for any of these texts; an honest pattern takes hundredths of one for 100 kB
LONG = 0.5  # seconds after which a text is not run again
SIZE = 100_000  # bytes of UTF-8
COPIES = (1, 4, 16, 64)
ROUNDS = 7
# 4 times the text in more than 4 × 1.3 the time grows with an exponent above 1.19. On a shared two-core machine nothing linear came
# out above that twice running, but for texts that took less than 50 ms.
ALLOWED = 1.3
TELLING = 0.05
SHOWN = 15

CHARACTERS = [
    *"019０一二十百千万亿〇零两几数第年月日号时点前后内至到底初末上下本同今去中美国部委会局院办组各的和与及、,，.。：:;；()（）[〔“”‘\"'「《》",
    *"—–-~～·/%％$￥aAZ１Ａ①#*=<>&龘 \t\n\r\u3000\xa0\u200b\ufeff\u00ad\x00\ufffd\u2028😀",
    *("\r\n", "e\u0301"),
]
# What rules, lists and names are made of, one a line; {i} counts up, \n stands for a line break.
PIECES = Path(__file__).with_name("growth_pieces.txt")
TITLE = "第七轮中美战略与经济对话框架下战略对话具体成果清单\n"
ITEM = "\n1、高层交往:积极评价。\n"


class Answer(NamedTuple):
    """Seconds by stage, or why there are none."""

    stages: dict[str, float]
    failure: str = ""

    @property
    def seconds(self) -> float:
        return sum(self.stages.values())


class Runner:
    """Another process that runs texts through all stages; a new one when it had to be ended."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.recv()

    def run(self, text: str, rounds: int, fresh: bool) -> Answer:
        """The fastest of some rounds, or of fewer when they take long; ``fresh`` clears the caches before each."""
        self._pipe.send((text, rounds, fresh))
        failure = f"over {LIMIT:.0f} s"
        if self._pipe.poll(LIMIT):
            try:
                return Answer(*self._pipe.recv())
            except EOFError:
                failure = "the process died"
        self._process.kill()
        self._process.join()
        self._start()
        return Answer({}, failure)


def _work(pipe: Connection) -> None:
    whole(page())
    pipe.send("ready")
    while True:
        try:
            text, rounds, fresh = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send((_fastest(text, rounds, fresh), ""))
        except Exception as error:  # whatever it is, it is a finding
            pipe.send(({}, f"{type(error).__name__}: {error}"))


def _fastest(text: str, rounds: int, fresh: bool) -> dict[str, float]:
    taken: list[dict[str, float]] = []
    began = perf_counter()
    while len(taken) < rounds and perf_counter() - began < LONG:
        if fresh:
            forget()
        # Processor time: what other processes take of the machine is no growth.
        taken.append(stage_seconds(unseen(text), process_time))
    return min(taken, key=lambda stages: sum(stages.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="print every character and phrase, not the slowest alone")
    everything = parser.parse_args().all
    print(machine())
    runner = Runner()
    once = page()
    copies(runner, "the page", once)
    copies(runner, "the page without line breaks", once.replace("\n", ""))
    repeated(runner, "characters", [*CHARACTERS, *once], everything)
    # Phrases alone, then each on a line of its own: only there do list formats see a number.
    clauses = re.findall(r"[^\s，。,;；:：]{2,}", once)
    repeated(runner, "clauses of the page", clauses, everything)
    repeated(runner, "clauses of the page, each on a line", [f"{clause}\n" for clause in clauses], everything)
    pieces = [line.replace("\\n", "\n") for line in PIECES.read_text(encoding="utf-8").splitlines()]
    for title, before, after in (("alone", "", ""), ("for a preamble", TITLE, ITEM), ("for an item", TITLE + ITEM[:-1], "")):
        rows = [against_quarter(runner, piece, SIZE * 4, before, after) for piece in pieces]
        report(f"pieces {title}, {SIZE * 4 // 1000} kB of each", rows, everything)


def copies(runner: Runner, title: str, once: str) -> None:
    print(f"\ncopies of {title}\n   copies   ms a copy   against 1   by stage, ms a copy")
    best: dict[int, Answer] = {}
    for _ in range(ROUNDS):  # interleaved, so that a busy moment does not fall on one length alone
        for count in COPIES:
            answer = runner.run(once * count, rounds=COPIES[-1] // count, fresh=False)
            best[count] = quicker(best.get(count, answer), answer)
    for count, answer in best.items():
        if answer.failure:
            print(f"{count:9}   {answer.failure}")
            continue
        stages = ", ".join(f"{name} {taken / count * 1000:.2f}" for name, taken in answer.stages.items())
        print(f"{count:9}{answer.seconds / count * 1000:12.2f}{answer.seconds / count / best[1].seconds:12.2f}   {stages}")
    steady = all(not answer.failure and answer.seconds / count <= best[1].seconds * ALLOWED for count, answer in best.items())
    print(f"required: the ratio does not grow with the copies (above {ALLOWED}): {verdict(steady)}")


def quicker(one: Answer, other: Answer) -> Answer:
    """The quicker of two runs of a text; a failure counts for both."""
    return min(one, other, key=lambda answer: (not answer.failure, answer.seconds))


class Row(NamedTuple):
    """A text made of a piece: the answer, and its time over 4 times that of a quarter as long."""

    piece: str
    answer: Answer
    growth: float


def repeated(runner: Runner, title: str, pieces: list[str], everything: bool) -> None:
    rows = [against_quarter(runner, piece, SIZE) for piece in dict.fromkeys(pieces)]
    report(f"{title}, {SIZE // 1000} kB of each", rows, everything)


def against_quarter(runner: Runner, piece: str, size: int, before: str = "", after: str = "") -> Row:
    """So many bytes of a piece between two texts, against a quarter of them."""
    # Caches that hold a quarter of a counting piece's numbers and not all of them would make it look steep.
    small, large = (before + filled(piece, length) + after for length in (size // 4, size))
    quarter, answer = (runner.run(text, 3, fresh=True) for text in (small, large))
    for _ in range(4):  # before it counts as growth, the machine gets time for its busy moments to pass
        if quarter.failure or answer.failure:
            return Row(piece, answer if answer.failure else quarter, 0.0)
        if answer.seconds <= max(quarter.seconds * 4 * ALLOWED, TELLING):
            break
        quarter = quicker(quarter, runner.run(small, 9, fresh=True))
        answer = quicker(answer, runner.run(large, 9, fresh=True))
    return Row(piece, answer, answer.seconds / quarter.seconds / 4)


def filled(piece: str, size: int) -> str:
    """So many bytes of a piece, each with its own number where it has a place for one."""
    times = max(size // len(piece.encode()), 1)
    return "".join(piece.replace("{i}", str(i)) for i in range(1, times + 1)) if "{i}" in piece else piece * times


def report(title: str, rows: list[Row], everything: bool) -> None:
    failed = [row for row in rows if row.answer.failure]
    done = sorted((row for row in rows if not row.answer.failure), key=lambda row: -row.answer.seconds)
    steep = [row for row in done if row.growth > ALLOWED and row.answer.seconds > TELLING]
    print(f"\n{len(rows)} {title}\n        ms   growth   slowest stage")
    shown = done if everything else done[:SHOWN]
    for row in [*shown, *(row for row in steep if row not in shown)]:
        stages = row.answer.stages
        flag = "   grows faster than its length" if row in steep else ""
        print(f"{row.answer.seconds * 1000:10.1f}{row.growth:9.2f}   {max(stages, key=lambda name: stages[name]):8}{row.piece!r}{flag}")
    for row in failed:
        print(f"  {row.answer.failure}: {row.piece!r}")
    print(f"each within {LIMIT:.0f} s: {verdict(not failed)}; none growing faster than its length: {verdict(not steep)}")


if __name__ == "__main__":
    main()
