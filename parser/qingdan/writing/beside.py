"""Work done by a thread, a few documents behind: most of writing files is unpacking and waiting for the system, which hold up nobody."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

_AT_ONCE = 4  # documents that are handed over together: for each by itself, both threads would wait for each other
_BEHIND = 2  # such handfuls that are not done yet, which take memory

Act = Callable[[], None]


class Beside:
    """One thing after another, in a thread. What one of them raises, ``do`` or ``wait`` raises later. ``end`` it in the end."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._next: list[Act] = []
        self._asked: deque[Future[None]] = deque()

    def do(self, act: Act) -> None:
        """Have it done, when what was asked before is done; wait where that is far behind."""
        self._next.append(act)
        if len(self._next) == _AT_ONCE:
            self._hand_over()
        if len(self._asked) > _BEHIND:
            self._asked.popleft().result()

    def wait(self) -> None:
        """Until all is done."""
        self._hand_over()
        while self._asked:
            self._asked.popleft().result()

    def end(self) -> None:
        """Let what has not begun be left undone, and wait for what has."""
        self._thread.shutdown(cancel_futures=True)

    def _hand_over(self) -> None:
        self._asked.append(self._thread.submit(_all, self._next))
        self._next = []


def _all(acts: Sequence[Act]) -> None:
    for act in acts:
        act()
