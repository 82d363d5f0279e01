"""The folder of output: the data package of all results, written anew when they differ from what was written before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import json

from qingdan.batch import manifest
from qingdan.batch.state import State
from qingdan.batch.work import unpacked
from qingdan.model import Document, QingdanError

_DOCUMENTS = "FROM fresh WHERE final NOT NULL AND document = id AND outcome IN ('converted', 'gone')"


def write(state: State, out: Path, formats: Sequence[str], bom: bool, version: str) -> bool:
    """Write the data package of the documents in ``fresh``, and the manifest; whether there was anything to write.

    ``version`` is a digest of the program. Raises QingdanError when the folder cannot be written.
    """
    digest = _digest(state, formats, bom, version)
    if state.remembered("made") == digest and _stands(state, out):
        return False
    try:
        files = [*_package(_documents(state), out, formats, bom), *_with_manifest(state, out, bom)]
        state.run("DELETE FROM made")
        for file in dict.fromkeys(files):
            about = file.stat()
            state.run("INSERT INTO made VALUES (?, ?, ?)", file.relative_to(out).as_posix(), about.st_size, about.st_mtime_ns)
    except OSError as error:
        raise QingdanError(f"{error.filename or out}: {error.strerror}") from None
    state.remember("made", digest)
    return True


def figures(state: State) -> tuple[int, int]:
    """How many documents and items the folder holds."""
    documents, items = state.one(f"SELECT count(*), coalesce(sum(items), 0) FROM results JOIN (SELECT final {_DOCUMENTS}) ON key = final")
    return documents, items


def _package(documents: Iterator[Document], out: Path, formats: Sequence[str], bom: bool) -> list[Path]:
    """The one place that knows who writes documents."""
    from qingdan.writing.folder import write

    return write(documents, out, formats, bom=bom)


def _documents(state: State) -> Iterator[Document]:
    for blob, own in state.run(
        f"SELECT blob, document FROM results JOIN (SELECT final, document {_DOCUMENTS}) ON key = final ORDER BY document"
    ):
        document = unpacked(blob)
        assert document.id == own
        yield document


def _digest(state: State, formats: Sequence[str], bom: bool, version: str) -> str:
    digest = hashlib.sha256(json.encode((version, list(formats), bom)))
    for row in state.run(f"SELECT document, final {_DOCUMENTS} ORDER BY document"):
        digest.update(json.encode(row))
    for line in manifest.rows(state):
        digest.update(json.encode(line))
    return digest.hexdigest()


def _stands(state: State, out: Path) -> bool:
    """Whether the files that were written are there, untouched."""
    for path, size, time in state.run("SELECT path, size, time FROM made"):
        try:
            about = (out / path).stat()
        except OSError:
            return False
        if (about.st_size, about.st_mtime_ns) != (size, time):
            return False
    return True


def _with_manifest(state: State, out: Path, bom: bool) -> Iterator[Path]:
    """The manifest, and its place in the descriptor and the codebook."""
    from qingdan.writing.csv_files import to_csv

    def pieces() -> Iterator[bytes]:
        yield to_csv(manifest.columns(), (), bom)
        header = len(to_csv(manifest.columns(), (), bom=False))
        for row in manifest.rows(state):
            yield to_csv(manifest.columns(), (row,), bom=False)[header:]

    yield _replace(out / f"{manifest.NAME}.csv", pieces())
    described: dict[str, Any] = json.decode((out / "datapackage.json").read_bytes())
    described["resources"] = [one for one in described["resources"] if one["name"] != manifest.NAME] + [manifest.resource()]
    yield _replace(out / "datapackage.json", [json.format(json.encode(described), indent=2) + b"\n"])
    for name, chinese in (("codebook.md", False), ("codebook.zh-CN.md", True)):
        text = (out / name).read_text(encoding="utf-8")
        chapter = manifest.chapter(chinese)
        if not text.endswith(chapter):
            yield _replace(out / name, [(text + chapter).encode()])


def _replace(path: Path, pieces: Iterator[bytes] | list[bytes]) -> Path:
    import os

    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return path
