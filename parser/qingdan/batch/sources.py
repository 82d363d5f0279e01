"""What a command line names, as entries: files, folders with all below them, archives, addresses of other file systems, standard input."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any, BinaryIO

from qingdan.batch import archives
from qingdan.batch.entries import Entry, Wanted, line, refused, whole
from qingdan.batch.names import harmless
from qingdan.batch.output import is_written
from qingdan.batch.state import FOLDER
from qingdan.model import QingdanError
from qingdan.reading.files import unreadable

NOTHING = "no files here that can be read"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.:-]{1,60}://")


class Meter:
    """How far a run is: the share of the bytes on the disk that have been passed. What is elsewhere does not count."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._total = sum(_size(Path(name)) for name in names if name != "-" and not _ADDRESS.match(name))
        self._passed = 0
        self._file: BinaryIO | None = None

    def begin(self, file: BinaryIO) -> None:
        self._file = file

    def end(self, size: int) -> None:
        self._file = None
        self._passed += size

    def share(self) -> float | None:
        """From 0 to 1; None where nothing is known."""
        if not self._total:
            return None
        try:
            within = self._file.tell() if self._file else 0
        except (OSError, ValueError):  # closed between
            within = 0
        return min(1.0, (self._passed + within) / self._total)


def _size(path: Path) -> int:
    try:
        return sum(file.stat().st_size for file, _, _ in _below(path)) if path.is_dir() else path.stat().st_size
    except OSError:
        return 0


def roots(names: Sequence[str]) -> list[tuple[str, str]]:
    """What each name on a command line is called, and the name itself, each once.

    A folder or file is called by its own name, wherever it stands, so that one that was moved is still the same; the
    second of a name by that of its folder too (``2015/lists``), or a number.
    """
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        whole = name.rstrip("/") if _ADDRESS.match(name) or name == "-" else Path(os.path.normpath(Path(name).absolute())).as_posix()
        parts = harmless(whole.partition("://")[2] or whole).split("/")
        ways = chain((parts[-1], "/".join(parts[-2:])), (f"{parts[-1]}#{number}" for number in count(2)))
        found[next(way for way in ways if way not in found)] = name
    return list(found.items())


def missing(names: Sequence[str]) -> list[str]:
    """The names, when none of them is of anything that is there; else none."""
    gone = [name for name in names if name != "-" and not _ADDRESS.match(name) and not os.path.lexists(name)]
    return gone if len(gone) == len(names) else []


def entries(
    names: Sequence[str], wanted: Wanted, standard_input: Callable[[], BinaryIO] | None = None, meter: Meter | None = None
) -> Iterator[Entry]:
    """The documents that names stand for, in order: of a folder by their paths, of an archive as they stand in it.

    What cannot be read comes as an entry that says so. A file that two names stand for comes once. ``standard_input`` gives what
    ``-`` stands for, a file at its beginning, however often it is asked.
    """
    seen: set[bytes] | None = set() if len(names) > 1 else None
    for root, name in roots(names):
        if name == "-" and standard_input is not None:
            file = standard_input()
            kind = archives.container(file)
            if kind is not None:
                yield from _some(archives.entries(file, kind, root, "stdin", wanted), root, "stdin")
            else:
                yield Entry(root, "-", "stdin", partial(whole, file, wanted))
        elif _ADDRESS.match(name):
            yield from _at_address(root, name, wanted)
        else:
            yield from _at_path(root, Path(name), wanted, seen, meter or Meter())


def _at_path(root: str, path: Path, wanted: Wanted, seen: set[bytes] | None, meter: Meter) -> Iterator[Entry]:
    if not path.is_dir():
        inner = harmless(path.name)
        if seen is None or _is_new(path, seen):
            yield from _some(_file(root, path, inner, wanted, meter), root, inner)
        return
    found = False
    for file, inner, error in _below(path):
        if error is not None:
            if not (wanted.excludes(inner) or wanted.excludes(f"{inner}/")):
                found = True
                yield refused(root, harmless(inner) if inner else "", _why(file, error))
            continue
        archive = archives.is_named_archive(inner)
        if wanted.takes(inner) or (archive and not wanted.excludes(inner)):
            if seen is not None and not _is_new(file, seen):
                found = True
                continue
            for entry in _file(root, file, inner, wanted, meter, not wanted.include or wanted.takes(inner)):
                found = True
                yield entry
    if not found:
        yield refused(root, "", NOTHING)


def _some(entries: Iterator[Entry], root: str, inner: str) -> Iterator[Entry]:
    """The entries of what was named by itself; where there are none, one that says so."""
    found = False
    for entry in entries:
        found = True
        yield entry
    if not found:
        yield refused(root, inner, NOTHING)


def _is_new(path: Path, seen: set[bytes]) -> bool:
    """Whether a file has not come under another name yet."""
    try:
        whole_path = os.fsencode(path.resolve())
    except (OSError, RuntimeError):  # a loop of links, which is told when it is read
        return True
    new = whole_path not in seen
    seen.add(whole_path)
    return new


def _below(folder: Path) -> Iterator[tuple[Path, str, OSError | None]]:
    """The files below a folder in the order of their paths, and folders that cannot be listed with the reason.

    Links to folders are not followed. What this program writes is no input: the folder of output may be below the one that is read.
    """
    left: list[tuple[str, str, str | None, bool]] = [(os.fspath(folder), "", None, True)]
    while left:
        place, inner, out, is_folder = left.pop()
        if not is_folder:
            yield Path(place), inner, None
            continue
        try:
            with os.scandir(place) as listing:
                found = sorted(listing, key=lambda one: one.name, reverse=True)
        except OSError as error:
            yield Path(place), inner, error
            continue
        before = f"{inner}/" if inner else ""
        if any(one.name == FOLDER for one in found):
            out = before
        for one in found:
            path = f"{before}{one.name}"
            if out is None or not is_written(path.removeprefix(out)):
                folder_itself, file = _kind(one)
                if folder_itself or file:
                    left.append((one.path, path, out, folder_itself))


def _kind(one: os.DirEntry[str]) -> tuple[bool, bool]:
    """Whether something is a folder, and whether it is a file or a link to one, be it to one that is not there."""
    try:
        return one.is_dir(follow_symlinks=False), one.is_file() or (one.is_symlink() and not Path(one.path).exists())
    except OSError:  # a link to itself
        return False, True


def _file(root: str, path: Path, inner: str, wanted: Wanted, meter: Meter, document: bool = True) -> Iterator[Entry]:
    """A file, or what is in it. document: whether it is taken, too, when it is no archive."""
    inner = harmless(inner)
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            kind = archives.container(file)
            if kind is not None:
                meter.begin(file)
                yield from archives.entries(file, kind, root, inner, wanted)
                meter.end(size)
                return
    except OSError as error:
        yield refused(root, inner, _why(path, error))
        return
    if document:
        yield Entry(root, inner, inner, lambda: _bytes(path, wanted))
    meter.end(size)


def _why(path: Path, error: OSError) -> str:
    return str(unreadable(path, error)).removeprefix(f"{path}: ")


def _bytes(path: Path, wanted: Wanted) -> bytes:
    try:
        size = path.stat().st_size
        if size > wanted.largest:
            raise wanted.too_large(size)
        with path.open("rb") as file:
            return whole(file, wanted)
    except OSError as error:
        raise QingdanError(_why(path, error)) from None


def _at_address(root: str, address: str, wanted: Wanted) -> Iterator[Entry]:
    try:
        import fsspec
    except ImportError:
        raise QingdanError("reading addresses needs fsspec: pip install 'qingdan[remote]'") from None
    try:
        files, start = fsspec.core.url_to_fs(address)
        folder = files.isdir(start)
        paths = sorted(files.find(start)) if folder else []
    except Exception as error:  # whatever the library of one of dozens of file systems raises
        yield refused(root, "", f"cannot be read: {line(error)}")
        return
    if not folder:
        inner = harmless(start.rpartition("/")[2])
        yield from _some(_remote(files, start, root, inner, wanted), root, inner)
        return
    base = start.rstrip("/") + "/"
    yield from _some(_below_address(files, base, paths, root, wanted), root, "")


def _below_address(files: Any, base: str, paths: Sequence[str], root: str, wanted: Wanted) -> Iterator[Entry]:
    for path in paths:
        inner = harmless(path.removeprefix(base))
        document = wanted.takes(inner)
        if document or (archives.is_named_archive(inner) and not wanted.excludes(inner)):
            yield from _remote(files, path, root, inner, wanted, document or not wanted.include)


def _remote(files: Any, path: str, root: str, inner: str, wanted: Wanted, document: bool = True) -> Iterator[Entry]:
    try:
        with files.open(path, "rb") as file:
            kind = archives.container(file)
            if kind is None and document:
                yield Entry(root, inner, inner, lambda: whole(file, wanted))
            elif kind is not None:
                yield from archives.entries(file, kind, root, inner, wanted)
    except QingdanError:
        raise
    except Exception as error:
        yield refused(root, inner, f"cannot be read: {line(error)}")
