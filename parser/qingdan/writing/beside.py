"""Files written by a thread, a few documents behind: most of that is unpacking and waiting for the system, which hold up nobody."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

_BEHIND = 8  # documents, which take memory


class Beside:
    """One thing after another, in a thread. What one of them raises, ``do`` or ``wait`` raises later. ``end`` it in the end."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._asked: deque[Future[None]] = deque()

    def do(self, act: Callable[[], None]) -> None:
        """Have it done, when what was asked before is done; wait where that is far behind."""
        self._asked.append(self._thread.submit(act))
        if len(self._asked) > _BEHIND:
            self._asked.popleft().result()

    def wait(self) -> None:
        """Until all is done."""
        while self._asked:
            self._asked.popleft().result()

    def end(self) -> None:
        """Let what has not begun be left undone, and wait for what has."""
        self._thread.shutdown(cancel_futures=True)
