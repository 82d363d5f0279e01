"""One process that works: it takes pieces of work from a pipe, and sends back what became of them."""

from __future__ import annotations

import signal
from multiprocessing.connection import Connection
from time import monotonic
from typing import NamedTuple

from qingdan.batch.work import Done, Joining, Settings, Task, Work, do

SECONDS_BETWEEN_ANSWERS = 0.2
_GRACE = 5.0  # seconds after which a worker ends itself, should nobody be there any more to end it


class Clock(NamedTuple):
    """What a worker does just now, in memory that whoever watches it sees too: the number of the piece, -1 for none, and since when."""

    shared: list[float]  # an array of two that is shared, which has no type of its own

    def start(self, place: int) -> None:
        self.shared[1] = monotonic()
        self.shared[0] = place

    def stop(self) -> None:
        self.shared[0] = -1

    def read(self) -> tuple[int, float]:
        return int(self.shared[0]), self.shared[1]


def limit(work: Work, settings: Settings) -> float:
    """The seconds that a piece of work may take; 0 for any number."""
    return settings.seconds * (len(work.pages) if isinstance(work, Joining) else 1)


def serve(pipe: Connection, shared: list[float], settings: Settings) -> None:
    """Work until the pipe is closed. Answers are lists of outcomes, and whether they are the last of what was asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    clock = Clock(shared)
    do(Task(-1, "-", "-", "清单\n1、双方于2031年会晤。\n".encode()), settings)  # what the first document wakes is not its own time
    try:
        pipe.send(None)  # ready
        while True:
            works: list[Work] = pipe.recv()
            done: list[Done] = []
            answered = monotonic()
            for place, work in enumerate(works):
                clock.start(place)
                _alarm(limit(work, settings))
                done.append(do(work, settings))
                _alarm(0)
                clock.stop()
                if monotonic() - answered > SECONDS_BETWEEN_ANSWERS and place + 1 < len(works):
                    pipe.send((done, False))
                    done, answered = [], monotonic()
            pipe.send((done, True))
    except (EOFError, OSError):  # whoever asked is gone
        return


def _alarm(seconds: float) -> None:
    """Have the system end this process in so many seconds, whatever it does then."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds else 0)
