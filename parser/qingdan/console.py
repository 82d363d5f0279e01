"""The standard streams of the command line: results out, failures on standard error, and pipes that close."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from qingdan.model import QingdanError

if TYPE_CHECKING:
    from rich.console import RenderableType


def note(words: str) -> None:
    """One line on standard error that says whose it is."""
    tell(f"qingdan: {words}")


def tell(words: str) -> None:
    """One line on standard error. That nobody reads it any more (``2>&1 | head``) ends nothing."""
    try:
        print(printable(words), file=sys.stderr)
    except OSError:
        _to_nobody(sys.stderr)


class Failures:
    """Counts what could not be done, each with one line on standard error."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, error: QingdanError | str) -> None:
        self.count += 1
        note(str(error))

    def exit(self) -> None:
        """End the process with 1 if there was any."""
        if self.count:
            raise SystemExit(1)


def printable(line: str) -> str:
    """One line that steers no terminal: what cannot be printed is U+FFFD."""
    return "".join(c if c.isprintable() else "\ufffd" for c in line)


def standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise QingdanError("-: standard input is closed")
    return sys.stdin.buffer


def write_out(data: bytes) -> None:
    """Write to standard output at once; a reader that closes the pipe early (``| head``) is no error.

    A terminal gets no character that could steer it.
    """
    if sys.stdout.isatty():
        from qingdan.writing.terminal import visible

        data = visible(data.decode().replace("\r\n", "\n")).encode()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _hang_up()


def show(renderable: RenderableType) -> None:
    from qingdan.writing import terminal

    try:
        terminal.show(renderable)
        sys.stdout.flush()
    except BrokenPipeError:
        _hang_up()


def _hang_up() -> None:
    _to_nobody(sys.stdout)
    raise SystemExit(0)


def _to_nobody(stream: TextIO) -> None:
    # What the interpreter still flushes at its end goes nowhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def prepare_streams() -> None:
    """Have a terminal that has no Chinese show escapes, and something to write errors to where there is nothing (``2>&-``)."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # for as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
