"""What a thread does beside: in order, a few behind, and with its errors told."""

from __future__ import annotations

from threading import Event

import pytest

from qingdan.writing.beside import Beside


def test_all_is_done_in_order() -> None:
    done: list[int] = []
    beside = Beside()
    for number in range(50):
        beside.do(lambda number=number: done.append(number))  # type: ignore[misc]
        assert len(done) >= number - 20  # no more is kept in memory
    beside.wait()
    assert done == list(range(50))
    beside.end()


def test_errors_are_raised_later() -> None:
    def fail() -> None:
        raise OSError("no space")

    beside = Beside()
    beside.do(fail)
    with pytest.raises(OSError, match="no space"):
        beside.wait()
    with pytest.raises(OSError, match="no space"):  # whichever it is told by
        for _ in range(50):
            beside.do(fail)
    beside.end()


def test_what_has_not_begun_is_left_undone_at_the_end() -> None:
    done: list[int] = []
    free = Event()
    beside = Beside()
    beside.do(lambda: done.append(1) if free.wait(10) else None)
    for _ in range(8):
        beside.do(lambda: done.append(2))
    free.set()
    beside.end()
    assert done.count(1) == 1
    assert len(done) < 9
