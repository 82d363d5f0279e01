"""The texts that the benchmarks measure: the sample page, and the documents of ../shared where that folder is."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "samples" / "sed7-2015.txt"
SHARED = ROOT.parent / "shared"

# The same treaty as k2_bbnj_zh_clean.txt.
TWICE = "k2_bbnj_zh_ocr_raw.txt"


class File(NamedTuple):
    """One file of ../shared: ``about`` is what its index says of the number of items, counted by pattern, '' without an index."""

    path: Path
    about: str = ""


class Text(NamedTuple):
    """The text of one of them."""

    folder: str
    name: str
    text: str


def page() -> str:
    """The sample page, the seventh-round outcome list."""
    return PAGE.read_text(encoding="utf-8")


def files() -> list[File]:
    """The files of ../shared, those of its corpus in the order of its index first; none when it is absent."""
    return [*_corpus(), *_gold()]


def corpus() -> list[Text]:
    """The texts of ../shared/corpus in the order of its index; none when it is absent."""
    return [Text("corpus", file.path.name, _read(file.path)) for file in _corpus()]


def gold() -> list[Text]:
    """The texts of ../shared/gold; none when it is absent."""
    return [Text("gold", file.path.name, _read(file.path)) for file in _gold()]


def _corpus() -> list[File]:
    index = SHARED / "corpus" / "INDEX.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [File(index.with_name(row["file"]), row["approx items"]) for row in rows]


def _gold() -> list[File]:
    return [File(file) for file in sorted((SHARED / "gold").glob("*")) if file.suffix in (".txt", ".html")]


def unrepeated() -> str:
    """All documents one after another, each line once: the portal chrome that pages share would repeat, and so would
    the documents that are in both folders."""
    lines = (line for text in [*corpus(), *gold()] if text.name != TWICE for line in text.text.splitlines())
    return "\n".join(dict.fromkeys(line for line in lines if line.strip()))


def _read(file: Path) -> str:
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    return _stripped(text) if file.suffix == ".html" else text


def _stripped(html: str) -> str:
    """The text of a page as crudely as will do: a block tag ends a line, blanks of the source are one blank."""
    stripper = _Stripper()
    stripper.feed(html)
    stripper.close()
    lines = (re.sub(r"[ \t\r\n\f]+", " ", line).strip() for line in "".join(stripper.pieces).split(_BREAK))
    return "\n".join(line for line in lines if line) + "\n"


_BREAK = "\0"
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|center|d[dlt]|div|fieldset|footer|form|h[1-6r]|head|header|html|li|main|nav|ol|option|p|pre"
    "|section|select|table|tbody|td|tfoot|th|thead|title|tr|ul"
)


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden = tag in ("script", "style")
        if _BLOCK.fullmatch(tag):
            self.pieces.append(_BREAK)

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False
        if _BLOCK.fullmatch(tag):
            self.pieces.append(_BREAK)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data.replace(_BREAK, ""))
