"""Files put in place whole: written beside, forced to the disk, renamed, so that no reader ever meets half of one."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path

from qingdan.model import QingdanError

WORK = ".part"  # inside the folder that is written to, so that renaming crosses no file system
_FORCED = 8  # files forced to the disk at a time: a thousand took 0.3 s one by one and 0.1 s so
_HANDFUL = 64  # files asked of a thread together: one by one, eight thousand took 0.6 s of waking threads, and 0.3 s so
_ASKED = 64  # handfuls that are waited for together: what is asked of the threads takes memory


def write_files(root: Path, files: Mapping[str, bytes], last: str) -> list[Path]:
    """Write files of these names to a folder, which is made if it is not there; give their paths.

    Files of the same bytes are left alone. ``last`` is renamed behind all others. When anything fails before the first is
    renamed, nothing has changed. Raises QingdanError, one line, when the folder cannot be written.
    """
    new = not root.exists()
    work = root / WORK
    try:
        if work.exists():  # of a run that was killed
            shutil.rmtree(work)
        (work / "files").mkdir(parents=True)
        for name, data in files.items():
            (work / "files" / name).write_bytes(data)
        return [root / name for name in put_in_place(work / "files", root, (), last)]
    except OSError as error:
        raise said(error, root) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if new:
            with suppress(OSError):  # not empty: it is written
                root.rmdir()


def write_file(path: Path, data: bytes) -> None:
    """Write one file whole; what is no file (a pipe, ``/dev/null``) is written to, and no file put in its place.

    Raises QingdanError, one line, when it cannot be written; what stood there still does.
    """
    waiting = path.with_name(f".{path.name}{WORK}")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        waiting.write_bytes(data)
        _force(str(waiting))
        waiting.replace(path)
        _force(str(path.parent))
    except OSError as error:
        with suppress(OSError):  # nor can it be removed where its folder is none
            waiting.unlink(missing_ok=True)
        raise QingdanError(f"{path}: {error.strerror}") from None


def put_in_place(files: Path, root: Path, former: Collection[str], last: str) -> list[str]:
    """Force every file below ``files`` to the disk and rename it to its place below ``root``.

    Those whose bytes stand there already stay. ``former`` are names of files that were written before: what is not written again is
    removed, before ``last`` is renamed, behind all others: a package is not without what it lists, nor holds what none lists.
    Gives the names of all files, with ``/``. Raises QingdanError where a folder stands in the place of a file, before any is
    renamed, and OSError.
    """
    # Names and not paths: of ten thousand files, pathlib takes a second to tell where they stand.
    new, old = f"{files}{os.sep}", f"{root}{os.sep}"
    names = sorted(_below(new))
    names.sort(key=lambda name: name == last)
    for name in names:
        if os.path.isdir(old + name):
            raise QingdanError(f"{root / name}: is a folder")
    changed = [name for name in names if not _same(new + name, old + name)]
    with ThreadPoolExecutor(_FORCED) as pool:
        handfuls = ([new + name for name in changed[at : at + _HANDFUL]] for at in range(0, len(changed), _HANDFUL))
        while asked := list(islice(handfuls, _ASKED)):
            list(pool.map(_force_all, asked))
    gone = set(former).difference(names)
    cases = {name.casefold() for name in names}
    _remove(root, {name for name in gone if name.casefold() in cases})  # where case tells nothing, it is the file that is written
    folders = {old + name.rpartition("/")[0] for name in changed}
    for folder in folders:
        os.makedirs(folder, exist_ok=True)
    for name in changed:
        if name != last:
            os.replace(new + name, old + name)
    _remove(root, gone)
    if last in changed:
        os.replace(new + last, old + last)
    for above in {above for folder in folders for above in _up_to(root, Path(folder))} | {root}:
        _force(str(above))
    return names


def _below(folder: str, inner: str = "") -> Iterator[str]:
    with os.scandir(folder + inner) as listing:
        for entry in listing:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(folder, f"{inner}{entry.name}/")
            else:
                yield inner + entry.name


def _up_to(root: Path, folder: Path) -> Iterator[Path]:
    while folder != root:
        yield folder
        folder = folder.parent


def _remove(root: Path, names: Collection[str]) -> None:
    for name in names:
        (root / name).unlink(missing_ok=True)
        for parent in Path(name).parents:
            with suppress(OSError):  # not empty, or the folder itself
                if parent != Path():
                    (root / parent).rmdir()


def said(error: Exception, root: Path) -> QingdanError:
    """An error of the system, or of a library that writes, as one line that names the file where it would have stood."""
    reason = getattr(error, "strerror", None) or str(error)
    told = f"{getattr(error, 'filename', None) or root}: {' '.join(reason.split())}"
    return QingdanError(told.replace(f"{WORK}{os.sep}files{os.sep}", ""))


def _same(one: str, two: str) -> bool:
    return os.path.isfile(two) and filecmp.cmp(one, two, shallow=False)


def _force_all(paths: Sequence[str]) -> None:
    for path in paths:
        _force(path)


def _force(path: str) -> None:
    """Have what the system holds back of a file or folder on the disk; a system that forces no folders needs none of it."""
    try:
        handle = os.open(path, os.O_RDONLY if os.path.isdir(path) else os.O_RDWR)
    except PermissionError:
        if os.path.isdir(path):
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
