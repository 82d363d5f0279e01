"""Pages of one article among the documents of an archive, without the texts of all of them at hand.

Each document claims places by its path, its address and its pagers when it is converted alone: a few words, kept with its result.
Where the numbers of documents on one shelf count on, these few are read again together and looked at as ``reading/joining.py``
does; those that are pages of one article become one document in place of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from msgspec import json

from qingdan.batch.entries import Entry
from qingdan.batch.state import State
from qingdan.batch.work import Joined, Joining, Result, Task, Work
from qingdan.reading.joining import run

MOST_PAGES = 300  # documents that are looked at together, and their bytes; more stay as they are
MOST_BYTES = 64 << 20
_ON_SHELVES = "shelves s JOIN now n ON n.key = s.key WHERE n.reason IS NULL"
_COUNTING_ON = (
    f"SELECT s.shelf, s.page, n.seq FROM {_ON_SHELVES} AND s.shelf IN (SELECT s.shelf FROM {_ON_SHELVES} GROUP BY s.shelf "
    "HAVING count(*) > 1 AND count(*) = count(DISTINCT s.page) AND min(s.page) <= 1) ORDER BY n.seq, s.place"
)


class Told(Protocol):
    """Who is told of pages that were joined."""

    def joined(self, paths: Sequence[str]) -> None: ...


class Component(NamedTuple):
    """Documents that may be pages of one article, by their places in the run; ``runs`` of indices into them count on."""

    key: str
    pages: tuple[int, ...]
    runs: tuple[tuple[int, ...], ...]


class Pages:
    """The joining of one run. ``key`` makes a digest of what a result depends on."""

    def __init__(self, state: State, key: Callable[..., str], told: Told) -> None:
        self._state, self._key, self._told = state, key, told
        self._components: list[Component] = []

    def wanted(self) -> dict[tuple[str, str], int]:
        """The documents to read again, by root and inner path, each with its place in the run.

        What an earlier run has told of the same documents holds, and needs no reading.
        """
        state = self._state
        wanted: dict[tuple[str, str], int] = {}
        self._components = [component for component in self._found() if not self._known(component)]
        for number, component in enumerate(self._components):
            for seq in component.pages:
                root, inner = state.one("SELECT root, inner FROM now WHERE seq = ?", seq)
                wanted[root, inner] = seq
                state.run("INSERT INTO pages (seq, component) VALUES (?, ?)", seq, number)
        return wanted

    def joinings(self, entries: Iterable[tuple[Entry, int, bytes]]) -> Iterator[Work]:
        """The work of looking at them, out of the documents as read again; those of one component need not come together."""
        state = self._state
        declared: dict[int, tuple[str | None, str | None]] = {}
        for entry, seq, data in entries:
            state.run("UPDATE pages SET data = ? WHERE seq = ?", data, seq)
            declared[seq] = (entry.charset, entry.url)
        for (number,) in list(state.rows("SELECT component FROM pages GROUP BY component HAVING count(*) = count(data) ORDER BY 1")):
            rows = state.rows("SELECT seq, path, id, data FROM pages JOIN now USING (seq) WHERE component = ? ORDER BY seq", number)
            tasks = tuple(Task(seq, path, own, data, *declared[seq]) for seq, path, own, data in rows)
            yield Joining(number, tasks, self._components[number].runs)

    def keep(self, joined: Joined, store: Callable[[str, Result], None]) -> None:
        """Record how the documents of a component stand."""
        component = self._components[joined.number]
        groups: list[tuple[tuple[int, ...], str | None]] = []
        for places, result in joined.groups:
            final = None
            if result is not None:
                final = self._key(component.key, *map(str, places))
                store(final, result)
            groups.append((places, final))
            self._place(component, places, final)
            if len(places) > 1:
                paths = [self._state.one("SELECT path FROM now WHERE seq = ?", component.pages[place])[0] for place in places]
                self._told.joined(paths)
        self._state.run("INSERT OR REPLACE INTO joinings VALUES (?, ?)", component.key, json.encode(groups).decode())

    def _known(self, component: Component) -> bool:
        row = self._state.one("SELECT groups FROM joinings WHERE key = ?", component.key)
        groups = json.decode(row[0], type=list[tuple[tuple[int, ...], str | None]]) if row else []
        finals = [final for _, final in groups if final is not None]
        if any(self._state.one("SELECT 1 FROM results WHERE key = ?", final) is None for final in finals):
            return False
        for places, final in groups:
            self._place(component, places, final)
        return bool(row)

    def _place(self, component: Component, places: tuple[int, ...], final: str | None) -> None:
        first, *others = (component.pages[place] for place in places)
        if final is not None:
            self._state.run("UPDATE now SET final = ? WHERE seq = ?", final, first)
        for seq in others:
            self._state.run("UPDATE now SET leader = ? WHERE seq = ?", first, seq)

    def _found(self) -> Iterator[Component]:
        """Runs of documents whose numbers count on, those that share any document together."""
        shelves: dict[str, dict[int, list[int]]] = {}
        for shelf, page, seq in self._state.rows(_COUNTING_ON):
            shelves.setdefault(shelf, {}).setdefault(page, []).append(seq)
        runs = [found for shelf in shelves.values() if len(found := run(shelf)) > 1]
        for group in _together(runs):
            pages = tuple(sorted({seq for found in group for seq in found}))
            marks = ", ".join("?" * min(len(pages), MOST_PAGES))
            rows = list(self._state.rows(f"SELECT key, size FROM now WHERE seq IN ({marks}) ORDER BY seq", *pages[:MOST_PAGES]))
            if len(pages) <= MOST_PAGES and sum(size for _, size in rows) <= MOST_BYTES:
                places = {seq: place for place, seq in enumerate(pages)}
                own_runs = tuple(tuple(places[seq] for seq in found) for found in group)
                key = self._key("join", *(key for key, _ in rows), json.encode(own_runs).decode())
                yield Component(key, pages, own_runs)


def _together(runs: Sequence[Sequence[int]]) -> Iterable[list[Sequence[int]]]:
    """Runs, those with a member in common in one list."""
    leader: dict[int, int] = {}

    def top(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = one = leader[leader[one]]
        return one

    for found in runs:
        for other in found[1:]:
            leader[top(other)] = top(found[0])
    groups: dict[int, list[Sequence[int]]] = {}
    for found in runs:
        groups.setdefault(top(found[0]), []).append(found)
    return groups.values()
