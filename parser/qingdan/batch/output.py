"""The folder of output: the data package of all results, written anew when they differ from what was written before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import json

from qingdan.batch import manifest
from qingdan.batch.state import FOLDER, State
from qingdan.console import note
from qingdan.writing.placing import WORK
from qingdan.writing.ready import Unpacked
from qingdan.writing.streaming import Package, is_own

_DOCUMENTS = "FROM fresh WHERE final NOT NULL AND document = id AND outcome IN ('converted', 'gone')"


def write(state: State, out: Path, formats: Sequence[str], bom: bool, version: str) -> bool:
    """Write the data package of the documents in ``fresh``, and the manifest; whether there was anything to write.

    version: a digest of the program.

    Raises QingdanError when the folder cannot be written.
    """
    digest = _digest(state, formats, bom, version)
    if state.remembered("made") == digest and _stands(state, out):
        return False
    with Package(out, formats, bom=bom) as package:
        # By their rows and not themselves: to put results in order, the database would write all of them to the disk once more.
        ordered = f"SELECT r.rowid FROM results r JOIN (SELECT final, document {_DOCUMENTS}) ON key = final ORDER BY document"
        for (row,) in state.rows(ordered):
            package.add(Unpacked(state.one("SELECT blob FROM results WHERE rowid = ?", row)[0]))
        place = package.attach(manifest.resource())
        with place.open("wb") as file:
            file.writelines(manifest.pieces(state, bom))
    state.run("DELETE FROM made")
    for path in package.written:
        about = path.stat()
        state.run("INSERT INTO made VALUES (?, ?, ?)", path.relative_to(out).as_posix(), about.st_size, about.st_mtime_ns)
    for line in package.notes:
        note(line)
    state.remember("made", digest)
    return True


def is_written(path: str) -> bool:
    """Whether a path below a folder of output is one of those that a run writes to."""
    return path in (FOLDER, f"{manifest.NAME}.csv") or is_own(path)


def figures(state: State) -> tuple[int, int]:
    """How many documents and items the folder holds."""
    documents, items = state.one(f"SELECT count(*), coalesce(sum(items), 0) FROM results JOIN (SELECT final {_DOCUMENTS}) ON key = final")
    return documents, items


def _digest(state: State, formats: Sequence[str], bom: bool, version: str) -> str:
    digest = hashlib.sha256(json.encode((version, sorted(set(formats)), bom)))
    for row in state.rows(f"SELECT document, final {_DOCUMENTS} ORDER BY document"):
        digest.update(json.encode(row))
    for line in manifest.rows(state):
        digest.update(json.encode(line))
    return digest.hexdigest()


def _stands(state: State, out: Path) -> bool:
    """Whether the files that were written are there, untouched, and nothing else of a run that was killed."""
    if (out / WORK).exists():
        return False
    for path, size, time in state.rows("SELECT path, size, time FROM made"):
        try:
            about = (out / path).stat()
        except OSError:
            return False
        if (about.st_size, about.st_mtime_ns) != (size, time):
            return False
    return True
