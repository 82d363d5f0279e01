"""How much of what was planted in the invented rounds ``qingdan.comparing.changes`` finds, and what it reports besides.

``--show`` lists what was missed and what is extra, pair by pair. What agrees with what is said in tests/planted_changes.py.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from planted_changes import DIRECTIONS, FILES, judged, judged_commitments, kind_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="list what was missed and what is extra")
    options = parser.parse_args()
    found: Counter[tuple[str, str | None]] = Counter()
    missed: Counter[tuple[str, str | None]] = Counter()
    extra: Counter[tuple[str, str | None]] = Counter()
    for name in FILES:
        for pair, lost, hits, more in judged(name):
            found.update((planted["field"], kind_of(planted)) for planted, _ in hits)
            missed.update((planted["field"], kind_of(planted)) for planted in lost)
            extra.update((change.field, change.kind) for change in more)
            if options.show and (lost or more):
                print(*pair["old"], "→", *pair["new"])
                for planted in lost:
                    print("  missed", {key: value for key, value in planted.items() if value is not None})
                for change in more:
                    print(
                        "  extra ", change.field, change.kind, repr(change.old), "→", repr(change.new), change.difference, change.of or ""
                    )
    print("| field | kind | found | missed |\n|---|---|---|---|")
    for own in sorted({*found, *missed}, key=str):
        print(f"| {own[0]} | {own[1] or ''} | {found[own]} | {missed[own]} |")
    print(f"| all | | {found.total()} | {missed.total()} |\n\n| field | kind | reported besides |\n|---|---|---|")
    for own in sorted(extra, key=str):
        print(f"| {own[0]} | {own[1]} | {extra[own]} |")
    print(f"| all | | {extra.total()} |")
    _commitments(options.show)


def _commitments(show: bool) -> None:
    """How many planted changes of verbs come out with their direction, with none (``changed``, another), or not at all."""
    counts: Counter[tuple[str, str]] = Counter()
    besides: Counter[str] = Counter()
    for name in FILES:
        for pair, told, more in judged_commitments(name):
            besides.update(change.kind for change in more)
            for planted, change in told:
                wanted = DIRECTIONS[planted.get("direction")]
                verdict = "missed" if change is None else "found" if change.kind == wanted else "other kind"
                counts[wanted, verdict] += 1
                if show and verdict != "found":
                    print(*pair["old"], "→", *pair["new"], verdict, planted["old"], "→", planted["new"], change and change.kind)
            if show and more:
                print(*pair["old"], "→", *pair["new"], "extra", *((change.kind, change.old, change.new) for change in more))
    print("\n| commitments | found | as another kind | missed | reported besides |\n|---|---|---|---|---|")
    for kind in (*DIRECTIONS.values(), "changed"):
        print(f"| {kind} | {counts[kind, 'found']} | {counts[kind, 'other kind']} | {counts[kind, 'missed']} | {besides[kind]} |")


if __name__ == "__main__":
    main()
