"""Mentions over a stream of JSON Lines, one line in, one line out."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from qingdan.model import Mentions, QingdanError
from qingdan.pipeline import Kind, find_mentions
from qingdan.writing.json_files import to_json


class Query(msgspec.Struct):
    """A line in: a text, with an id of any kind and a reference date (ISO 8601) of its own."""

    text: str
    id: str | int | float | None = None
    reference_date: str | None = None


class Answer(Mentions, frozen=True):
    """A line out: the mentions under the id of their text."""

    id: str | int | float | None = None


def find_lines(
    lines: Iterable[bytes], kinds: Sequence[Kind], reference_date: str | None, failed: Callable[[QingdanError], None]
) -> Iterator[bytes]:
    """The mentions of each line's text, as a line of JSON.

    A line's own reference date goes before ``reference_date``. A line that is no query is handed to ``failed`` as one
    message with its number and gives no line; the rest goes on.
    """
    decoder = msgspec.json.Decoder(Query)
    for number, line in enumerate(lines, 1):
        line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not line.strip():
            continue
        try:
            query = decoder.decode(line)
            found = find_mentions(query.text, kinds, query.reference_date or reference_date)
        except (ValueError, QingdanError) as error:  # msgspec's errors and those of UTF-8 are ValueErrors
            failed(QingdanError(f"line {number}: {error}"))
            continue
        yield to_json(Answer(found.dates, found.agencies, found.quantities, id=query.id)) + b"\n"
