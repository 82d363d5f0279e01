"""How well dates, quantities and agencies are found: qingdan and public tools on the same hand-annotated documents.

``python benchmarks/accuracy`` prints one Markdown table for the documents beside this file, and one for those of
../shared/gold where that folder is. A tool that is not installed has a row that says so.
"""

from __future__ import annotations

import argparse
import contextlib
import io
from collections.abc import Sequence

from gold import KINDS, Gold, own, shared
from scoring import Overlap, Score, overlap, score
from systems import SYSTEMS, System, begun

HEADER = ("system", *(f"{kind} {figure}" for kind in KINDS for figure in ("overlap", "exact span", "span and value")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="NAMES", help="these systems, separated by commas")
    parser.add_argument("--show", action="store_true", help="every difference of these systems")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else [system.name for system in SYSTEMS]
    systems = [system for system in SYSTEMS if system.name in names]
    for title, documents in (("the documents beside this file", list(own())), ("../shared/gold", list(shared()))):
        if documents:
            mentions = sum(not m.optional for document in documents for m in document.mentions)
            print(f"\n{title}: {len(documents)} documents, {mentions} mentions; F1 in per cent\n")
            table(systems, documents, options.show)
        else:
            print(f"\n{title}: not there")


def table(systems: Sequence[System], documents: Sequence[Gold], show: bool) -> None:
    rows = [(system.name, *figures(system, documents, show)) for system in systems]
    print("| " + " | ".join(HEADER) + " |")
    print("|" + "---|" * len(HEADER))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def figures(system: System, documents: Sequence[Gold], show: bool) -> list[str]:
    """The cells of one system: F1 of overlapping, exact and right mentions of each kind that it has an answer for."""
    with contextlib.redirect_stdout(io.StringIO()):  # some tools greet
        find = begun(system.name)
    if find is None:
        return ["not installed", *[""] * (len(HEADER) - 2)]
    found = [list(find(document.text, document.day)) for document in documents]
    cells: list[str] = []
    for kind in KINDS:
        if kind not in system.kinds:
            cells += ["", "", ""]
            continue
        scores, overlaps = Score(), Overlap()
        for document, mentions in zip(documents, found, strict=True):
            figure, lines = score(document, mentions, kind)
            scores, overlaps = scores + figure, overlaps + overlap(document, mentions, kind)
            for line in lines if show else ():
                print(f"{system.name} {document.name} {kind} {line}")
        valued = f"{scores.value_f1:.1%}" if kind != "agency" or system.name == "qingdan" else ""
        cells += [cell.rstrip("%") for cell in (f"{overlaps.f1:.1%}", f"{scores.span_f1:.1%}", valued)]
    return cells


if __name__ == "__main__":
    main()
