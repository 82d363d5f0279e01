"""Candidates for rows, as CSV that is a file of rows, as JSON and for a reader."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from qingdan.vocabulary.unknown import Candidate
from qingdan.writing.csv_files import to_csv
from qingdan.writing.tables import Field


def to_rows(columns: Sequence[str], candidates: Iterable[Candidate]) -> bytes:
    """The rows of candidates as a CSV file with the columns of the package's, and no others."""
    return to_csv(tuple(Field(name, "string", "", "") for name in columns), (candidate.row for candidate in candidates), bom=False)


def to_lines(candidates: Iterable[Candidate]) -> Iterator[bytes]:
    """Candidates as JSON, one object a line."""
    encoder = msgspec.json.Encoder()
    return (encoder.encode(candidate) + b"\n" for candidate in candidates)


def listing(candidates: Iterable[Candidate]) -> Iterator[str]:
    """Candidates as lines to read: how often, in how many documents, and by what rule each was found, its contexts, and
    its row ready to paste.
    """
    for candidate in candidates:
        documents = f"{candidate.documents} document{'' if candidate.documents == 1 else 's'}"
        kind = ", ".join(filter(None, (candidate.row["kind"], candidate.row.get("party"), *candidate.rules)))
        yield f"{candidate.name}: {candidate.count} in {documents} ({kind})"
        yield from (f"    {context}" for context in candidate.contexts)
        yield f"  {_line(candidate.row)}"


def _line(row: dict[str, str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(row.values())
    return buffer.getvalue()
