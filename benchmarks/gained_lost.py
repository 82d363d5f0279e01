"""Which mentions a change of the parser gains, loses and reads otherwise over ../shared/corpus and ../shared/gold.

Alone it compares with ``predictions.json`` beside it, the predictions last committed: offsets, kinds, rules and digests of
the values, for the documents themselves are not of this project. ``--keep`` writes those of today there. For a change in
hand run it with ``--save before.json`` before the change and with ``before.json`` after it: then it shows old values too.
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

import msgspec
from texts import Text, corpus, gold

from qingdan.model import Agency, Date, Document, Quantity
from qingdan.pipeline import run
from qingdan.reading.files import read_text

AROUND = 12
KEPT = Path(__file__).with_name("predictions.json")


class Found(msgspec.Struct, frozen=True, order=True, array_like=True):
    start: int
    end: int
    kind: str
    value: str
    rule: str


class Run(msgspec.Struct, frozen=True):
    """The mentions of one document, and the hash of the text that their offsets count in."""

    sha256: str
    found: list[Found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, nargs="?", help="a stored run to compare with (default: predictions.json)")
    parser.add_argument("--save", type=Path, metavar="FILE", help="store this run")
    parser.add_argument("--keep", action="store_true", help="store this run as predictions.json, with digests for values")
    options = parser.parse_args()
    texts = {f"{text.folder}/{text.name}": text for text in [*corpus(), *gold()]}
    if not texts:
        print("../shared is not there: nothing to do")
        return
    now = {name: parsed(text) for name, text in texts.items()}
    before = options.before or (None if options.save or options.keep else KEPT)
    if before:
        compare(msgspec.json.decode(before.read_bytes(), type=dict[str, Run]), now, texts)
    if options.keep:
        KEPT.write_text("{\n" + ",\n".join(kept(name, run) for name, run in now.items()) + "\n}\n", encoding="utf-8")
    if options.save:
        options.save.write_bytes(msgspec.json.encode(now))
        print(f"{sum(len(run.found) for run in now.values())} mentions of {len(now)} documents -> {options.save}")


def parsed(text: Text) -> Run:
    document = run(read_text(text.text))
    return Run(sha256(text.text.encode()).hexdigest(), mentions(document))


def mentions(document: Document) -> list[Found]:
    parts = [part for part in (document.title, document.preamble, *document.sections, *document.items) if part]
    found: list[Date | Agency | Quantity] = []
    for part in parts:
        found += [*part.dates, *part.agencies, *part.quantities]
    return sorted(Found(mention.start, mention.end, type(mention).__name__.lower(), value(mention), mention.rule) for mention in found)


def value(mention: Date | Agency | Quantity) -> str:
    """What the mention was taken to mean, in one line."""
    if isinstance(mention, Date):
        return f"{mention.edtf} {mention.role}"
    if isinstance(mention, Agency):
        return "|".join(mention.canonical)
    number = f"{mention.low}..{mention.high}" if mention.value is None else mention.value
    pieces = (mention.qualifier, str(number), mention.unit, mention.code, mention.of and f"of {mention.of}")
    return " ".join(piece for piece in pieces if piece)


def kept(name: str, run: Run) -> str:
    """One line of ``predictions.json``."""
    told = Run(run.sha256, [msgspec.structs.replace(found, value=digest(found.value)) for found in run.found])
    return f'"{name}": {msgspec.json.encode(told).decode()}'


def digest(value: str) -> str:
    return "#" + sha256(value.encode()).hexdigest()[:8]


def compare(before: dict[str, Run], now: dict[str, Run], texts: dict[str, Text]) -> None:
    totals = {"gained": 0, "lost": 0, "changed": 0}
    for name in sorted(before.keys() | now.keys()):
        if name not in now or name not in before:
            print(f"{name}: only in {'the stored run' if name in before else 'this run'}")
        elif before[name].sha256 != now[name].sha256:
            print(f"{name}: its text is another now, so its offsets say nothing")
        else:
            was, found = ({(m.start, m.end, m.kind): m for m in run.found} for run in (before[name], now[name]))
            for place in sorted(was.keys() | found.keys()):
                old, new = was.get(place), found.get(place)
                if old and new and old.value in (new.value, digest(new.value)):
                    continue
                verb = "changed" if old and new else "gained" if new else "lost"
                totals[verb] += 1
                print(f"{verb:8}{place[2]:9}{name}:{place[0]}  {context(texts[name].text, place[0], place[1])}")
                print(f"{'':17}{' -> '.join(f'{m.value} ({m.rule})' for m in (old, new) if m)}")
    print(", ".join(f"{count} {verb}" for verb, count in totals.items()))


def context(text: str, start: int, end: int) -> str:
    shown = f"{text[max(start - AROUND, 0) : start]}【{text[start:end]}】{text[end : end + AROUND]}"
    return shown.replace("\n", "⏎")


if __name__ == "__main__":
    main()
