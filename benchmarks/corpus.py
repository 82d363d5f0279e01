"""What is made of each file of ../shared/corpus and ../shared/gold, read by its bytes, as a Markdown table.

Seconds are the median of three runs, caches cleared before each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

from stages import forget, machine, whole
from texts import TWICE, File, files, page

from qingdan.checking.page import chrome_share
from qingdan.model import Document, Metadata, QingdanError
from qingdan.pipeline import run
from qingdan.reading.files import documents_in

RUNS = 3
HEAD = (
    "file", "medium", "encoding", "format chosen", "runner-up", "sections", "items", "index says about",
    "dates", "agencies", "quantities", "issues", "chrome", "reading s/MB", "beyond reading s/MB",
)  # fmt: skip
RIGHT = frozenset({"sections", "items", "dates", "agencies", "quantities", "chrome", "reading s/MB", "beyond reading s/MB"})


class Made(NamedTuple):
    """The document of a file, the bytes of the file and of its text in UTF-8, and the seconds each part took."""

    document: Document
    file_bytes: int
    text_bytes: int
    reading: float
    beyond: float


def main() -> None:
    found = files()
    if not found:
        print("../shared is not there: nothing to do")
        return
    whole(page())
    print(f"{machine()}\n")
    print(_row(HEAD))
    print(_row(["---:" if name in RIGHT else "---" for name in HEAD]))
    all_made = {}  # by the bytes of the file: one of gold is in the corpus too
    for file in found:
        try:
            made = _made(file)
        except QingdanError as error:
            print(_row([file.path.name, str(error), *[""] * (len(HEAD) - 2)]))
            continue
        print(_row(_cells(file, made)))
        if file.path.name != TWICE:
            all_made[made.document.document.source.sha256] = made
    print(_row(_sum([*all_made.values()])))


def _sum(all_made: Sequence[Made]) -> list[str]:
    sums = [sum(column) for column in zip(*(_counts(made.document) for made in all_made), strict=True)]
    codes = Counter(issue.code for made in all_made for issue in made.document.issues)
    reading = sum(made.reading for made in all_made) / sum(made.file_bytes for made in all_made) * 1e6
    beyond = sum(made.beyond for made in all_made) / sum(made.text_bytes for made in all_made) * 1e6
    sections, items, *mentions = map(str, sums)
    return ["all, each once", "", "", "", "", sections, items, "", *mentions, _listed(codes), "", f"{reading:.3f}", f"{beyond:.3f}"]


def _made(file: File) -> Made:
    data = file.path.read_bytes()
    reading, beyond = [], []
    for _ in range(RUNS):
        forget()
        start = perf_counter()
        (read,) = documents_in(data, file.path.name, file.path.stem)
        middle = perf_counter()
        document = run(read)
        beyond.append(perf_counter() - middle)
        reading.append(middle - start)
    return Made(document, len(data), len(document.text.encode("utf-8", "surrogatepass")), median(reading), median(beyond))


def _counts(document: Document) -> list[int]:
    """Sections, items, and the mentions of each kind in all parts."""
    parts = [part for part in (document.title, document.preamble, *document.sections, *document.items) if part]
    mentions = [sum(len(getattr(part, kind)) for part in parts) for kind in ("dates", "agencies", "quantities")]
    return [len(document.sections), len(document.items), *mentions]


def _cells(file: File, made: Made) -> list[str]:
    metadata = made.document.document
    sections, items, *mentions = map(str, _counts(made.document))
    return [
        file.path.name,
        metadata.source.media_type.removeprefix("text/"),
        metadata.source.encoding or "",
        metadata.format or "none",
        _runner_up(metadata),
        sections,
        items,
        file.about,
        *mentions,
        _listed(Counter(issue.code for issue in made.document.issues)),
        f"{chrome_share(made.document):.0%}",
        f"{made.reading / made.file_bytes * 1e6:.3f}",
        f"{made.beyond / made.text_bytes * 1e6:.3f}",
    ]


def _runner_up(metadata: Metadata) -> str:
    """The runner-up with its provisions and its labels that open none."""
    row = next((row for row in metadata.evidence if row.format == metadata.runner_up), None)
    return f"{row.format} {row.provisions}, refused {row.refused}" if row else ""


def _listed(codes: Counter[str]) -> str:
    return ", ".join(f"{code} {number}" for code, number in sorted(codes.items()))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    main()
