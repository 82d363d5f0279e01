"""Which files a list of paths stands for, and what each document of them is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Source(NamedTuple):
    """A file, its path below the folder it was found in (with ``/``), and its document's id."""

    path: Path
    name: str
    id: str


def listed(paths: Iterable[Path]) -> list[Source]:
    """The files that paths stand for: files themselves, and every ``.txt`` below a folder, sorted by name.

    A document's id is the stem of its file; where two files share one, each has its whole path instead
    (``2014/list.txt``: ``2014.list``).
    """
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*.txt")):
                if file.is_file():
                    found.setdefault(file, file.relative_to(path).as_posix())
        else:
            found.setdefault(path, path.name)
    stems = Counter(Path(name).stem for name in found.values())
    sources = []
    taken: Counter[str] = Counter()
    for path, name in found.items():
        stem = Path(name).stem
        own = stem if stems[stem] == 1 else name.removesuffix(path.suffix).replace("/", ".")
        taken[own] += 1
        sources.append(Source(path, name, own if taken[own] == 1 else f"{own}-{taken[own]}"))
    return sources
