"""Score the commitments of a parse against annotated ones: spans, and over spans that match every other field.

``python benchmarks/commitments.py`` scores the sample and the worked examples of the guide; other gold files, or folders of them, are
arguments, each with its text as ``--texts`` says (``NAME.txt``). ``--show`` prints every difference.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import qingdan
from qingdan.model import Commitment, Document

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "test_commitments"
FIELDS = ("class", "actors", "act", "polarity", "deadline", "instrument", "event", "conditions")
sys.path.insert(0, str(ROOT / "tests"))


def row(made: Commitment) -> dict[str, Any]:
    """A commitment in the form of the annotations."""
    return {
        "text": made.text, "start": made.start, "end": made.end, "actors": list(made.actors), "act": made.act, "class": made.class_,
        "polarity": made.polarity, "deadline": made.deadline.edtf if made.deadline else None,
        "instrument": [span.text for span in made.instrument], "event": made.event.text if made.event else None,
        "conditions": [span.text for span in made.conditions], "rule": made.rule,
    }  # fmt: skip


class Score:
    """Counts over documents."""

    def __init__(self) -> None:
        self.gold = self.found = self.matched = 0
        self.right = dict.fromkeys(FIELDS, 0)
        # Of fields that most have empty: among those where gold or parse has a value.
        self.filled = dict.fromkeys(FIELDS, 0)
        self.filled_right = dict.fromkeys(FIELDS, 0)

    def add(self, gold: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]], show: str | None = None) -> None:
        ours = {(one["start"], one["end"]): one for one in found}
        theirs = {(one["start"], one["end"]): one for one in gold}
        self.gold += len(theirs)
        self.found += len(ours)
        for span in sorted(ours.keys() | theirs.keys()):
            if span not in ours or span not in theirs:
                if show is not None:
                    one = theirs.get(span) or ours[span]
                    sign = "-" if span in theirs else "+"
                    print(
                        f"{show} {sign} {one['text']} | {one['class']} | {one['act']} | {','.join(one['actors'])} | {one.get('rule', '')}"
                    )
                continue
            self.matched += 1
            for field in FIELDS:
                a, b = theirs[span][field], ours[span][field]
                same = a == b if field != "actors" else sorted(a) == sorted(b)
                self.right[field] += same
                empty = [] if field in ("instrument", "conditions") else "positive" if field == "polarity" else None
                if a != empty or b != empty:
                    self.filled[field] += 1
                    self.filled_right[field] += same
                if not same and show is not None:
                    print(f"{show} {field}: gold {a!r}, ours {b!r} | {ours[span]['text']} | {ours[span]['rule']}")

    def figures(self) -> dict[str, float]:
        """F1 of spans, and the share of matched spans with each field right."""
        f1 = 2 * self.matched / (self.gold + self.found) if self.gold + self.found else 1.0
        return {"span_f1": f1, **{field: self.right[field] / self.matched if self.matched else 1.0 for field in FIELDS}}

    def line(self, name: str) -> str:
        figures = "  ".join(f"{field} {value:.3f}" for field, value in self.figures().items())
        filled = "  ".join(f"{field} {self.filled_right[field]}/{self.filled[field]}" for field in FIELDS[3:])
        return f"{name:12} gold {self.gold:4} found {self.found:4}  {figures}  | where filled: {filled}"


def score_document(document: Document, gold: Mapping[str, Any], score: Score, show: str | None) -> None:
    score.add(
        [one for item in gold["items"] for one in item["commitments"]],
        [row(one) for item in document.items for one in item.commitments],
        show,
    )


def speed(texts: Sequence[str], runs: int) -> None:
    """Processor time of all stages with and without the one for commitments: of texts when first read, and the fastest of some runs."""
    from stages import stage_seconds, unseen

    stage_seconds("1、开始：双方同意于2020年前在北京举行第一次会议。")  # what a process loads once
    first: Counter[str] = Counter()
    fastest: Counter[str] = Counter()
    for text in texts:
        timed = [stage_seconds(unseen(text), process_time) for _ in range(runs)]
        first.update(timed[0])
        fastest.update({name: min(one[name] for one in timed) for name in timed[0]})
    for name, seconds in (("first read", first), (f"fastest of {runs}", fastest)):
        whole = sum(seconds.values())
        print(f"{name}: {whole * 1000:.1f} ms with commitments, {whole / (whole - seconds['commit']):.2f} of the time without them")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, help="annotated JSON files, or folders of them")
    parser.add_argument("--texts", type=Path, default=ROOT / "samples", help="folder of the texts")
    parser.add_argument("--show", action="store_true")
    parser.add_argument(
        "--speed", action="store_true", help="the time that commitments take of the sample, or of the texts given, instead of scores"
    )
    arguments = parser.parse_args()
    if arguments.speed:
        given = arguments.gold or [ROOT / "samples" / "sed7-2015.txt"]
        speed([file.read_text(encoding="utf-8", errors="replace") for file in given], 5 if arguments.gold else 40)
        return
    files = [file for one in arguments.gold or [GOLD] for file in (sorted(one.glob("*.json")) if one.is_dir() else [one])]
    whole = Score()
    for file in files:
        gold = json.loads(file.read_text(encoding="utf-8"))
        document = qingdan.parse(arguments.texts / f"{file.stem}.txt")
        score = Score()
        for one in (score, whole):
            score_document(document, gold, one, file.stem if arguments.show and one is whole else None)
        print(score.line(file.stem))
    if len(files) > 1:
        print(whole.line("all"))
    if not arguments.gold:
        from commitment_examples import scored

        examples = Score()
        for number, marked, made in scored():
            examples.add(marked, [row(one) for one in made], f"example {number}" if arguments.show else None)
        print(examples.line("guide"))


if __name__ == "__main__":
    main()
