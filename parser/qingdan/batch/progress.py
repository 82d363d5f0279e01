"""How a run is told of while it goes on: a bar on a terminal, elsewhere a line every few seconds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from qingdan.batch.sources import Meter
from qingdan.console import note, printable, tell

if TYPE_CHECKING:
    from qingdan.batch.archive import Outcome

SECONDS = 5.0  # between lines
_SHOWN = 20  # failures that are told one by one; the manifest has all


class Progress:
    """What ``Conversion`` tells, as it is shown on standard error. ``quiet`` shows nothing but failures."""

    def __init__(self, meter: Meter, quiet: bool) -> None:
        self._meter, self._quiet = meter, quiet
        self._begun = self._told = monotonic()
        self._documents = self._bytes = self._failed = 0
        self._bar: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and not self._quiet:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._words(), total=None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def finished(self, path: str, size: int, reason: str | None) -> None:
        """A document was converted, or not."""
        self._documents += 1
        self._bytes += size
        if reason is not None:
            self._failed += 1
            if self._failed <= _SHOWN:
                self._say(f"{path}: {reason}")
            elif self._failed == _SHOWN + 1:
                self._say("more failed; manifest.csv says which, and why")
        self._tick()

    def joined(self, paths: Sequence[str]) -> None:
        """Documents became one."""
        if not self._quiet:
            self._say(f"{', '.join(paths)}: joined as pages of one article")

    def _say(self, words: str) -> None:
        if self._bar is not None:
            self._bar.console.print(f"qingdan: {printable(words)}", markup=False, highlight=False, soft_wrap=True)
        else:
            note(words)

    def _tick(self) -> None:
        now = monotonic()
        if self._bar is not None:
            if now - self._told > 0.2:
                self._told = now
                share = self._meter.share()
                self._bar.update(self._task, description=self._words(), total=None if share is None else 1.0, completed=share or 0.0)
        elif not self._quiet and now - self._told > SECONDS:
            self._told = now
            note(self._words())

    def _words(self) -> str:
        rate = self._bytes / 1e6 / max(monotonic() - self._begun, 0.001)
        return f"{self._documents:,} {_several(self._documents, 'document')}, {rate:.1f} MB/s, {self._failed:,} failed"

    def summary(self, outcome: Outcome, out: str) -> None:
        """What came of it: a table on a terminal, elsewhere a line. Nothing where nothing could be read."""
        counts = outcome.counts
        if not outcome.documents:
            return
        rows = [(outcome.documents, "document"), (outcome.items, "item")]
        rows += [(number, word) for number, word in ((counts.copies, "copy"), (counts.failed, "failed"), (counts.gone, "gone")) if number]
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.table import Table

            table = Table(box=None, show_header=False)
            for number, word in [*rows, (counts.done, "worked on in this run")]:
                table.add_row(f"{number:,}", _several(number, word))
            Console(stderr=True).print(table)
        words = ", ".join(f"{number} {_several(number, word)}" for number, word in rows)
        tell(f"{words} -> {out}{'' if outcome.written else ' (nothing new)'}")


def _several(number: int, noun: str) -> str:
    if number == 1 or noun not in ("document", "item", "copy"):
        return noun
    return "copies" if noun == "copy" else f"{noun}s"
