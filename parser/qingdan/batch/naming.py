"""What an entry is called: a path that no other has, and an id that stays the same however the archive grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count

from qingdan.batch.entries import Entry
from qingdan.batch.state import State
from qingdan.reading.folders import ids


class Naming:
    """Paths and ids of one run. What an earlier run into the folder gave to an entry stays with it."""

    def __init__(self, state: State, roots: set[str], update: bool) -> None:
        self._state, self._roots, self._update = state, roots, update
        # Numbers that are not free, of ids that many want: an archive may have one name thousands of times.
        self._passed: dict[str, int] = {}

    def told_apart(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
        """Entries with their paths below the root; where one has a path that was there already, it is ``path#2``."""
        self._state.run("DELETE FROM met")
        for entry in entries:
            inner = entry.inner
            while not self._new(entry.root, inner):
                self._state.run("UPDATE met SET times = times + 1 WHERE root = ? AND inner = ?", entry.root, entry.inner)
                (times,) = self._state.one("SELECT times FROM met WHERE root = ? AND inner = ?", entry.root, entry.inner)
                inner = f"{entry.inner}#{times}"
            yield entry, inner

    def _new(self, root: str, inner: str) -> bool:
        return self._state.run("INSERT OR IGNORE INTO met VALUES (?, ?, 1)", root, inner) == 1

    def path(self, root: str, inner: str) -> str:
        """The path to record: below the folder given; with the folder's own name where two folders have one of that path."""
        known = self._state.one("SELECT path FROM entries WHERE root = ? AND inner = ?", root, inner)
        if known:
            return str(known[0])
        bare = inner or root
        longer = root if root.endswith(f"/{bare}") else f"{root}/{bare}"
        wanted = chain((bare, longer), (f"{longer}#{number}" for number in count(2)))
        return next(path for path in wanted if self._free("path", path, root, inner))

    def id(self, entry: Entry, inner: str, path: str) -> str:
        """The id of the document of an entry: its path without suffix, with dots for slashes."""
        known = self._state.one("SELECT id FROM entries WHERE root = ? AND inner = ? AND id NOT NULL", entry.root, inner)
        if known:
            return str(known[0])
        name = entry.name if path == inner else path.removesuffix(inner) + entry.name if path.endswith(inner) else entry.name
        passed = self._passed.get(name, 0)
        place, own = next((place, own) for place, own in enumerate(ids(name, passed)) if self._free("id", own, entry.root, inner))
        if place > 2:
            self._passed[name] = passed + place - 2
        return own

    def _free(self, column: str, value: str, root: str, inner: str) -> bool:
        if self._state.one(f"SELECT 1 FROM now WHERE {column} = ?", value):
            return False
        former = self._state.rows(f"SELECT root, inner FROM entries WHERE {column} = ?", value)
        return not any((self._update or one in self._roots) and (one, other) != (root, inner) for one, other in former)
