"""Which files a list of paths stands for, and what each document of them is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path, PurePosixPath
from typing import NamedTuple

# What is taken below a folder; a file named on its own is looked into, whatever its name.
SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".docx", ".pdf", ".warc", ".gz"})
_ABOUT = frozenset({"readme", "readme.zh-cn", "license", "changelog"})  # what a folder says of itself is no list


def is_taken(name: str) -> bool:
    """Whether a file below a folder is taken, by its name or path."""
    path = PurePosixPath(name)
    return path.suffix.lower() in SUFFIXES and path.stem.lower() not in _ABOUT


class Listed(NamedTuple):
    """A file, its path below the folder it was found in (with ``/``), and its document's id."""

    path: Path
    name: str
    id: str


def listed(paths: Iterable[Path]) -> list[Listed]:
    """The files that paths stand for: files themselves, and every file below a folder whose suffix
    says that it can be read, sorted by name, each once.

    A document's id is the path of its file without the suffix, with dots for slashes (``2014.list``), whatever else is
    there; it has its suffix, or a number, only where another file has that id.
    """
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if is_taken(file.name) and file.is_file():
                    found.setdefault(file.resolve(), (file, file.relative_to(path).as_posix()))
        else:
            found.setdefault(path.resolve(), (path, path.name))
    names = Counter(name for _, name in found.values())
    listing: list[Listed] = []
    taken: set[str] = set()
    for whole, (path, name) in found.items():
        if names[name] > 1:  # 2014/list.txt and 2015/list.txt, both given by their folders
            name = f"{whole.parent.name}/{name}"
        own = next(one for one in ids(name) if one not in taken)
        taken.add(own)
        listing.append(Listed(path, name, own))
    return listing


def ids(name: str, passed: int = 0) -> Iterator[str]:
    """The ids that the document of a file may have, by its path below the folder given: the first that is free is its own.

    passed: how many of the numbers behind it are known not to be free.
    """
    path = PurePosixPath(name)
    dotted = (path.parent / path.stem).as_posix().replace("/", ".") or "text"
    yield dotted
    whole = path.as_posix().replace("/", ".")
    if whole != dotted:
        yield whole
    yield from (f"{dotted}-{number}" for number in count(2 + passed))
