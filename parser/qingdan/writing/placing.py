"""Files put in place whole: written beside, forced to the disk, renamed, so that no reader ever meets half of one."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from qingdan.model import QingdanError

WORK = ".part"  # inside the folder that is written to, so that renaming crosses no file system
_FORCED = 8  # files forced to the disk at a time: a thousand took 0.3 s one by one and 0.1 s so
_ASKED = 512  # files that are waited for together: what is asked of the threads takes memory


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
        return [root / name for name in put_in_place(work / "files", root, last)]
    except OSError as error:
        raise said(error, root) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if new:
            with suppress(OSError):  # not empty: it is written
                root.rmdir()


def put_in_place(files: Path, root: Path, last: str) -> list[str]:
    """Force every file below ``files`` to the disk and rename it to its place below ``root``, ``last`` behind the others.

    Those whose bytes stand there already stay. Gives the names of all, with ``/``. Raises QingdanError where a folder
    stands in the place of a file, before any is renamed, and OSError.
    """
    names = sorted(path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file())
    names.sort(key=lambda name: name == last)
    for name in names:
        if (root / name).is_dir():
            raise QingdanError(f"{root / name}: is a folder")
    changed = [name for name in names if not _same(files / name, root / name)]
    with ThreadPoolExecutor(_FORCED) as pool:
        for at in range(0, len(changed), _ASKED):
            list(pool.map(force, (files / name for name in changed[at : at + _ASKED])))
    folders = {root}
    for name in changed:
        target = root / name
        folders |= {root / parent for parent in Path(name).parents}
        target.parent.mkdir(parents=True, exist_ok=True)
        (files / name).replace(target)
    for folder in folders:
        force(folder)
    return names


def said(error: Exception, root: Path) -> QingdanError:
    """An error of the system, or of a library that writes, as one line that names the file where it would have stood."""
    reason = getattr(error, "strerror", None) or str(error)
    told = f"{getattr(error, 'filename', None) or root}: {' '.join(reason.split())}"
    return QingdanError(told.replace(f"{WORK}{os.sep}files{os.sep}", ""))


def _same(one: Path, two: Path) -> bool:
    return two.is_file() and filecmp.cmp(one, two, shallow=False)


def force(path: Path) -> None:
    """Have what the system holds back of a file or folder on the disk; a system that forces no folders needs none of it."""
    try:
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    except PermissionError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
