"""Work done in this process, piece after piece, with no limit of time."""

from __future__ import annotations

from collections.abc import Iterator

from qingdan.batch.work import Done, Settings, Work, do


class Alone:
    """The crew of a run without workers (``--jobs 0``)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def do_all(self, works: Iterator[Work]) -> Iterator[Done]:
        for work in works:
            yield do(work, self._settings)
