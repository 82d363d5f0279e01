"""The hand-annotated documents: those beside this file, and those of ../shared/gold where that folder is."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from qingdan.model import Document
from qingdan.pipeline import parse

HERE = Path(__file__).resolve().parent / "gold"
SHARED = HERE.parents[3] / "shared" / "gold"
KINDS = ("date", "quantity", "agency")


class Mention(NamedTuple):
    """One annotated mention: the texts it may have, its span where the annotation gives one, and its accepted values."""

    kind: str
    texts: frozenset[str]
    span: tuple[int, int] | None
    values: tuple[tuple[object, ...], ...]
    optional: bool


class Gold(NamedTuple):
    """One document. ``scope``: the spans in which mentions count, None for all of the text."""

    name: str
    text: str
    day: date | None
    scope: list[tuple[int, int]] | None
    mentions: list[Mention]


def folded(text: str) -> str:
    """A text as annotations compare it: compatibility forms and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def own() -> Iterator[Gold]:
    for file in sorted(HERE.glob("*.json")):
        found = json.loads(file.read_text(encoding="utf-8"))
        text = (HERE / found["file"]).read_text(encoding="utf-8")
        yield Gold(file.stem, text, _day(found.get("reference_date")), None, [_mention(m) for m in found["mentions"]])


def shared() -> Iterator[Gold]:
    """What is annotated there are the parts of a list, so that only those count; the parser gives them whole."""
    for file in sorted(SHARED.glob("*.gold.json")):
        found = json.loads(file.read_text(encoding="utf-8"))
        document = parse(SHARED / found["file"])
        day = _day(found.get("reference_date") or document.document.reference_date)
        scope = found.get("mention_scope", "all")
        wanted = None if scope == "all" else {tuple(part) for part in scope if isinstance(part, list)}
        places = list(_places(document, wanted))
        yield Gold(file.stem, document.text, day, places, [_mention(m) for m in found["mentions"]])


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _places(document: Document, wanted: set[tuple[int, ...]] | None) -> Iterator[tuple[int, int]]:
    for block in (document.title, document.preamble):
        if block:
            yield block.start, block.end
    for part in (*document.sections, *document.items):
        if wanted is None or part.path in wanted:
            yield part.start + len(part.label), part.end


def _mention(m: dict[str, Any]) -> Mention:
    texts = frozenset(folded(text) for text in (m["text"], *m.get("text_any", [])))
    span = (m["start"], m["end"]) if "start" in m else None
    return Mention(m["type"], texts, span, tuple(_values(m)), bool(m.get("optional")))


def _values(m: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    """What a right answer is: for a date its EDTF, for a quantity its number or both ends, for an agency its names."""
    if m["type"] == "date":
        yield from ((edtf,) for edtf in (m.get("edtf"), *m.get("edtf_any", [])) if edtf)
    elif m["type"] == "quantity":
        for value in (m.get("value"), *m.get("value_any", [])):
            if value is not None:
                yield tuple(value) if isinstance(value, list) else (value,)
    else:
        yield from (tuple(sorted(map(folded, names))) for names in (m.get("canonical"), m.get("also")) if names)
        yield from ((folded(name),) for name in m.get("canonical_any", []))
