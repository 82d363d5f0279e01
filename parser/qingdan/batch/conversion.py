"""One run over an archive: what is there, what of it is new, what becomes of it, and what that makes of the folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple, Protocol

from qingdan.batch.entries import Entry
from qingdan.batch.naming import Naming
from qingdan.batch.pages import Pages
from qingdan.batch.state import COLUMNS, State
from qingdan.batch.work import Done, Result, Settings, Task, Work, reason_of

Scan = Callable[[], Iterator[Entry]]


class Crew(Protocol):
    """Whoever does the work: outcomes come as they are ready, in any order, one for each piece."""

    def do_all(self, works: Iterator[Work]) -> Iterator[Done]: ...


class Told(Protocol):
    """What is told of a run while it goes on."""

    def finished(self, path: str, size: int, reason: str | None) -> None: ...
    def joined(self, paths: Sequence[str]) -> None: ...


class Counts(NamedTuple):
    """What became of the entries of a run; ``done`` is how many documents were worked on in it."""

    converted: int
    pages: int
    copies: int
    failed: int
    gone: int
    done: int


class Conversion:
    """One run. ``scan`` gives the entries, the same each time; ``config`` is a digest of all that results depend on beside them."""

    def __init__(
        self, state: State, scan: Scan, crew: Crew, told: Told, settings: Settings, config: str, update: bool, roots: Sequence[str]
    ):
        self._state, self._scan, self._crew, self._told = state, scan, crew, told
        self._settings, self._config, self._update = settings, config, update
        self._roots = set(roots)
        self._naming = Naming(state, self._roots, update)
        self._pages: Pages | None = None
        self._done = 0

    def run(self) -> Counts:
        """Convert what is new, and fill ``fresh`` with what there is."""
        self._work(self._first_pass())
        promoted = self._copies()
        if promoted:
            self._work(self._again(promoted))
        if self._settings.joining:
            self._join()
        self._conclude()
        counts = dict(self._state.rows("SELECT outcome, count(*) FROM fresh GROUP BY outcome"))
        return Counts(counts.get("converted", 0), counts.get("page-of", 0), counts.get("copy-of", 0), counts.get("failed", 0),
                      counts.get("gone", 0), self._done)  # fmt: skip

    def _work(self, works: Iterator[Work]) -> None:
        with closing(self._crew.do_all(works)) as outcomes:  # type: ignore[type-var]
            for outcome in outcomes:
                if isinstance(outcome, Result):
                    self._keep(outcome)
                else:
                    assert self._pages is not None
                    self._pages.keep(outcome, self._store)
                self._state.commit()

    def _first_pass(self) -> Iterator[Work]:
        """Note every entry, and hand out those that are to be converted."""
        state = self._state
        for seq, (entry, inner) in enumerate(self._naming.told_apart(self._scan())):
            path = self._naming.path(entry.root, inner)
            try:
                data = entry.read()
            except Exception as error:  # also what the libraries of remote file systems raise
                reason = reason_of(error, path)
                state.run("INSERT INTO now (seq, root, inner, path, reason) VALUES (?, ?, ?, ?, ?)", seq, entry.root, inner, path, reason)
                self._told.finished(path, 0, reason)
                continue
            sha256 = hashlib.sha256(data).hexdigest()
            place = (seq, entry.root, inner, path, sha256, len(data))
            first = state.one("SELECT seq FROM now WHERE sha256 = ? AND first IS NULL AND waiting IS NULL LIMIT 1", sha256)
            waiting = None if first else self._original(entry.root, inner, sha256)
            state.run("INSERT INTO now (seq, root, inner, path, sha256, size) VALUES (?, ?, ?, ?, ?, ?)", *place)
            if first:
                state.run("UPDATE now SET first = ? WHERE seq = ?", first[0], seq)
            elif waiting is not None:
                state.run("UPDATE now SET waiting = ? WHERE seq = ?", waiting, seq)
            else:
                yield from self._task(seq, entry, inner, path, sha256, data)
            state.commit()

    def _original(self, root: str, inner: str, sha256: str) -> int | None:
        """The row of an entry that an earlier run converted, with the same bytes; None when there is none but this one itself."""
        query = "SELECT rowid, root, inner FROM entries WHERE sha256 = ? AND key NOT NULL AND of IS NULL ORDER BY path"
        found = list(self._state.rows(query, sha256))
        if any((row[1], row[2]) == (root, inner) for row in found):
            return None
        return next((row[0] for row in found if self._update or row[1] in self._roots), None)

    def _task(self, seq: int, entry: Entry, inner: str, path: str, sha256: str, data: bytes) -> Iterator[Task]:
        own = self._naming.id(entry, inner, path)
        key = self._key(path, own, sha256, entry.url or "", entry.charset or "")
        self._state.run("UPDATE now SET id = ?, key = ? WHERE seq = ?", own, key, seq)
        known = self._state.one("SELECT seconds FROM results WHERE key = ?", key)
        if known is None or known[0] not in (None, self._settings.seconds):
            yield Task(seq, path, own, data, entry.charset, entry.url)

    def _key(self, *parts: str) -> str:
        return hashlib.sha256("\0".join((self._config, *parts)).encode("utf-8", "surrogatepass")).hexdigest()

    def _copies(self) -> dict[tuple[str, str], int]:
        """Settle what waited for the document that it is a copy of; what has none any more is to be converted itself."""
        state = self._state
        promoted: dict[tuple[str, str], int] = {}
        waiting = list(state.rows("SELECT seq, root, inner, sha256, waiting FROM now WHERE waiting NOT NULL ORDER BY seq"))
        for seq, root, inner, sha256, former in waiting:
            first = state.one("SELECT seq FROM now WHERE sha256 = ? AND first IS NULL AND waiting IS NULL", sha256)
            if not first and self._update and self._stays(former):
                continue
            if not first:
                promoted[root, inner] = seq
            state.run("UPDATE now SET first = ?, waiting = NULL WHERE seq = ?", first[0] if first else None, seq)
        return promoted

    def _stays(self, former: int) -> bool:
        """Whether an entry of an earlier run stays in the folder though this run has not found it: it was not looked for, or is gone."""
        return self._state.one("SELECT 1 FROM entries e WHERE e.rowid = ? AND NOT EXISTS "
                               "(SELECT 1 FROM now n WHERE n.root = e.root AND n.inner = e.inner)", former) is not None  # fmt: skip

    def _again(self, wanted: dict[tuple[str, str], int]) -> Iterator[Work]:
        for entry, seq, data in self._reread(wanted):
            path, sha256, inner = self._state.one("SELECT path, sha256, inner FROM now WHERE seq = ?", seq)
            yield from self._task(seq, entry, inner, path, sha256, data)

    def _reread(self, wanted: dict[tuple[str, str], int]) -> Iterator[tuple[Entry, int, bytes]]:
        """Entries once more, by their places; what has changed since is taken for another run's."""
        left = len(wanted)
        for entry, inner in self._naming.told_apart(self._scan()):
            seq = wanted.get((entry.root, inner))
            if seq is None:
                continue
            left -= 1
            try:
                data = entry.read()
            except Exception:
                data = b""
            if self._state.one("SELECT 1 FROM now WHERE seq = ? AND sha256 = ?", seq, hashlib.sha256(data).hexdigest()):
                yield entry, seq, data
            else:
                self._state.run("UPDATE now SET reason = 'changed while it was read', key = NULL WHERE seq = ?", seq)
            if not left:
                return

    def _keep(self, result: Result) -> None:
        key, path, size = self._state.one("SELECT key, path, size FROM now WHERE seq = ?", result.number)
        self._store(key, result)
        self._done += 1
        self._told.finished(path, size, result.reason)

    def _store(self, key: str, result: Result) -> None:
        seconds = self._settings.seconds if result.at_limit else None
        row = (key, result.reason, seconds, result.media_type, result.encoding, result.format, result.items, result.mentions, result.issues)
        self._state.run(f"INSERT OR REPLACE INTO results VALUES ({', '.join('?' * 10)})", *row, result.blob)
        for place, claim in enumerate(result.claims):
            self._state.run("INSERT OR REPLACE INTO shelves VALUES (?, ?, ?, ?)", key, place, claim.shelf, claim.page)

    def _join(self) -> None:
        """Join pages of one article. Only documents whose names or pagers count on are read again."""
        pages = Pages(self._state, self._key, self._told)
        wanted = pages.wanted()
        if wanted:
            self._pages = pages
            self._work(pages.joinings(self._reread(wanted)))

    def _conclude(self) -> None:
        """Fill ``fresh``: what each entry is, and those of earlier runs that stay."""
        state = self._state
        for (
            root, inner, path, own, sha256, size, key, final, reason, why, leader, first, waiting
        ) in state.rows(
            "SELECT root, inner, path, id, sha256, size, now.key, coalesce(final, now.key), now.reason, r.reason, leader, first, waiting "
            "FROM now LEFT JOIN results r ON r.key = now.key ORDER BY seq"
        ):  # fmt: skip
            document, of, outcome = own, None, "converted"
            if first is not None:
                of, document, final, reason = self._as_copy(first)
                outcome = "copy-of"
            elif waiting is not None:
                of, document = state.one("SELECT path, coalesce(id, document) FROM entries WHERE rowid = ?", waiting)
                outcome, final = "copy-of", None
            elif leader is not None:
                of, document = state.one("SELECT path, id FROM now WHERE seq = ?", leader)
                outcome, final = "page-of", None
            reason = reason or why
            if reason is not None:
                document, of, outcome, final = None, None, "failed", None
            state.run(f"INSERT INTO fresh ({COLUMNS}) VALUES ({', '.join('?' * 12)})", root, inner, path, own, sha256, size, key, final,
                      document, of, outcome, reason)  # fmt: skip
        if self._update:
            self._keep_former()

    def _as_copy(self, first: int) -> tuple[str, str | None, None, str | None]:
        path, own, reason, leader = self._state.one(
            "SELECT path, id, coalesce(now.reason, r.reason), leader FROM now LEFT JOIN results r ON r.key = now.key WHERE seq = ?", first
        )
        if leader is not None:
            (own,) = self._state.one("SELECT id FROM now WHERE seq = ?", leader)
        return path, own, None, reason

    def _keep_former(self) -> None:
        """Keep what earlier runs found and this one has not: as it was where this one did not look, else as gone."""
        marks = ", ".join("?" * len(self._roots))
        absent = "NOT EXISTS (SELECT 1 FROM now n WHERE n.root = e.root AND n.inner = e.inner)"
        # Pages of one article that are all gone stay one document; where any is still there, each stands alone.
        left = "SELECT o.document FROM entries o JOIN now n ON n.root = o.root AND n.inner = o.inner WHERE o.key NOT NULL"
        alone = f"key NOT NULL AND reason IS NULL AND document IN ({left})"
        self._state.run(
            f"INSERT INTO fresh ({COLUMNS}) SELECT root, inner, path, id, sha256, size, key, CASE WHEN {alone} THEN key ELSE final END, "
            f"CASE WHEN {alone} THEN id ELSE document END, CASE WHEN {alone} THEN NULL ELSE of END, 'gone', reason FROM entries e "
            f"WHERE root IN ({marks}) AND {absent}",
            *self._roots,
        )
        self._state.run(
            f"INSERT INTO fresh ({COLUMNS}) SELECT {COLUMNS} FROM entries e WHERE root NOT IN ({marks}) AND {absent}", *self._roots
        )
