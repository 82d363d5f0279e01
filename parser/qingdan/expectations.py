"""What a document is expected to hold, from the TOML file beside it, and what of that is not met."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import msgspec

from qingdan.model import Document, Item, QingdanError, Section

Count = Annotated[int, msgspec.Meta(ge=0)]


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[expect]``; what it leaves out may be anything.

    items, sections: how many. format, title: as in the document's metadata. issues: the codes that occur, each once.
    paths: of all sections and items in reading order (``2.23``). topics: of some of them, by path (a section's topic
    is its title); an empty string is none.
    """

    items: Count | None = None
    sections: Count | None = None
    format: str | None = None
    title: str | None = None
    issues: tuple[str, ...] | None = None
    paths: tuple[str, ...] | None = None
    topics: dict[str, str] = {}


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[source]``: where the text is from, and whether it was made up for the project."""

    note: str | None = None
    url: str | None = None
    invented: bool = False


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An expectation file."""

    expect: Expected = Expected()
    source: Origin = Origin()


def expectation_beside(path: Path) -> Expectation | None:
    """What ``list.toml`` expects of ``list.txt``, ``list.html``, …; None when there is no such file.

    Raises QingdanError, naming file and key, for a file that is no TOML or has a key or a value that is none of these.
    """
    file = path.with_suffix(".toml")
    if not path.name or file == path:
        return None
    try:
        table = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
        return msgspec.convert(table, Expectation)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise QingdanError(f"{file}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:  # of UTF-8, of tomllib (which follows brackets as deep as they go), of msgspec
        raise QingdanError(f"{file}: {' '.join(str(error).split())}") from None


def unmet(document: Document, expectation: Expectation) -> Iterator[str]:
    """A line for each expectation that the document does not meet: what was expected, and what was found."""
    expected = expectation.expect
    nodes: list[Section | Item] = sorted([*document.sections, *document.items], key=lambda node: node.start)
    if expected.items is not None and expected.items != len(document.items):
        yield f"items: expected {expected.items}, found {len(document.items)}"
    if expected.sections is not None and expected.sections != len(document.sections):
        yield f"sections: expected {expected.sections}, found {len(document.sections)}"
    for name, value, found in (
        ("format", expected.format, document.document.format),
        ("title", expected.title, document.document.title),
    ):
        if value is not None and value != found:
            yield f"{name}: expected {value}, found {found or 'none'}"
    if expected.issues is not None:
        codes = {issue.code for issue in document.issues}
        if codes != set(expected.issues):
            yield f"issues: expected {_listed(expected.issues)}, found {_listed(codes)}"
    if expected.paths is not None:
        paths = [_path(node) for node in nodes]
        for at, (value, found) in enumerate(zip_longest(expected.paths, paths), 1):
            if value != found:
                yield f"paths: expected {value or 'no more'} in place {at}, found {found or 'no more'}"
                break
    topics = {_path(node): (node.topic if isinstance(node, Item) else node.title) or "" for node in reversed(nodes)}
    for path, topic in expected.topics.items():
        if topics.get(path) != topic:
            found = f"found {topics[path] or 'none'}" if path in topics else "found no such path"
            yield f"topic of {path}: expected {topic or 'none'}, {found}"


def _path(node: Section | Item) -> str:
    return ".".join(map(str, node.path))


def _listed(codes: tuple[str, ...] | set[str]) -> str:
    return ", ".join(sorted(set(codes))) or "none"
