"""Pieces of work by the handful: handing each over by itself would cost more than some of them take."""

from __future__ import annotations

from collections.abc import Iterator

from qingdan.batch.work import Joining, Work

LARGEST = 16  # pieces, and their bytes
MOST_BYTES = 4 << 20


class Chunks:
    """Cuts work for a number of workers: into few pieces at first, so that all have some."""

    def __init__(self, workers: int) -> None:
        self._workers = max(workers, 1)
        self._number = 0

    def next(self, works: Iterator[Work]) -> list[Work]:
        """The next pieces; none at the end."""
        most = min(LARGEST, 4 + 4 * (self._number // self._workers))
        self._number += 1
        chunk: list[Work] = []
        size = 0
        for work in works:
            chunk.append(work)
            size += sum(len(page.data) for page in work.pages) if isinstance(work, Joining) else len(work.data)
            if len(chunk) >= most or size >= MOST_BYTES:
                break
        return chunk
