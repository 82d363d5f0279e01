"""Which files a list of paths stands for, and what each document of them is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

# What is taken below a folder; a file named on its own is looked into, whatever its name.
SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".docx", ".pdf", ".warc", ".gz"})
_ABOUT = frozenset({"readme", "readme.zh-cn", "license", "changelog"})  # what a folder says of itself is no list


class Listed(NamedTuple):
    """A file, its path below the folder it was found in (with ``/``), and its document's id."""

    path: Path
    name: str
    id: str


def listed(paths: Iterable[Path]) -> list[Listed]:
    """The files that paths stand for: files themselves, and every file below a folder whose suffix
    says that it can be read, sorted by name, each once.

    A document's id is the stem of its file; where files share one, each has its folders before it (``2014.list``), and
    a number where even those are the same.
    """
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.suffix.lower() in SUFFIXES and file.stem.lower() not in _ABOUT and file.is_file():
                    found.setdefault(file.resolve(), (file, file.relative_to(path).as_posix()))
        else:
            found.setdefault(path.resolve(), (path, path.name))
    stems = Counter(Path(name).stem for _, name in found.values())
    names = Counter(name for _, name in found.values())
    listing: list[Listed] = []
    taken: set[str] = set()
    for whole, (path, name) in found.items():
        if names[name] > 1:  # 2014/list.txt and 2015/list.txt, both given by their folders
            name = f"{whole.parent.name}/{name}"
        own = stem = Path(name).stem if stems[Path(name).stem] == 1 else name.removesuffix(path.suffix).replace("/", ".")
        number = 1
        while own in taken:
            number += 1
            own = f"{stem}-{number}"
        taken.add(own)
        listing.append(Listed(path, name, own))
    return listing
