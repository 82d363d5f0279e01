"""How much text a second goes through all stages, beside jieba's cutting and tagging of the same text in the same run."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from time import perf_counter

import jieba  # type: ignore[import-untyped]
import jieba.posseg  # type: ignore[import-untyped]
from stages import forget, machine, stage_seconds, unseen, verdict, whole
from texts import page, unrepeated

from qingdan.pipeline import Kind, find_mentions

MEGABYTE = 1_000_000
ROUNDS = 5
KINDS_TOGETHER: tuple[tuple[Kind, ...], ...] = (("dates",), ("agencies",), ("dates", "agencies", "quantities"))


def main() -> None:
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    print(f"{machine()}; best of {ROUNDS} after one warm-up (posseg once), MB/s of UTF-8")
    once = page()
    compare("the sample page repeated to 1 MB", once * -(-MEGABYTE // len(once.encode())), required=True)
    if text := unrepeated():
        compare("the documents of ../shared, each line once", text, required=False)
    else:
        print("\n../shared is not there: nothing measured on text that does not repeat")


def compare(title: str, text: str, required: bool) -> None:
    size = len(text.encode()) / MEGABYTE
    whole(text)
    # Rounds are interleaved, so that a busy moment of the machine does not fall on one of them alone.
    rounds = [(seconds(whole, unseen(text)), fresh_seconds(text), seconds(jieba.lcut, text)) for _ in range(ROUNDS)]
    warm, fresh, lcut = (min(taken) for taken in zip(*rounds, strict=True))
    measured = {"qingdan": warm, "qingdan, caches cleared": fresh, "jieba.lcut": lcut}
    print(f"\n{title} ({size:.2f} MB)")
    if required:
        measured["jieba.posseg.lcut"] = posseg = seconds(jieba.posseg.lcut, text)
    for name, taken in measured.items():
        print(f"{name:24}{size / taken:7.2f} MB/s{lcut / taken:7.2f} x lcut" + (f"{posseg / taken:7.1f} x posseg" if required else ""))
    if required:
        print(f"required >= 5 x lcut: {verdict(warm * 5 <= lcut)}, caches cleared {verdict(fresh * 5 <= lcut)}")
        print(f"required >= 25 x posseg: {verdict(warm * 25 <= posseg)}, caches cleared {verdict(fresh * 25 <= posseg)}")
    show_stages("stages, warm", min((stage_seconds(unseen(text)) for _ in range(ROUNDS)), key=total))
    show_stages("stages, caches cleared", min((fresh_stages(text) for _ in range(ROUNDS)), key=total))
    dates, agencies, every = (
        min(seconds(partial(find_mentions, kinds=kinds), unseen(text)) for _ in range(ROUNDS)) * 1000 for kinds in KINDS_TOGETHER
    )
    print(f"within find, warm: dates {dates:.1f} ms, agencies {agencies:.1f} ms, quantities {every - dates - agencies:.1f} ms")


def show_stages(title: str, taken: dict[str, float]) -> None:
    print(f"{title}: {', '.join(f'{name} {part / total(taken):.0%} ({part * 1000:.1f} ms)' for name, part in taken.items())}")


def total(taken: dict[str, float]) -> float:
    return sum(taken.values())


def seconds(call: Callable[[str], object], text: str) -> float:
    start = perf_counter()
    call(text)
    return perf_counter() - start


def fresh_seconds(text: str) -> float:
    forget()
    return seconds(whole, text)


def fresh_stages(text: str) -> dict[str, float]:
    forget()
    return stage_seconds(text)


if __name__ == "__main__":
    main()
