"""Make qingdan/data/patterns.pickle, the compiled patterns of the rules for dates, quantities and commitments.

Run it again when a rule, a unit or the version of ``regex`` has changed: ``python parser/make_patterns.py``.
"""

from __future__ import annotations

import pickle
from pathlib import Path

from qingdan.finding import dates, prepared, quantities
from qingdan.finding.compiled import FILE, compiler, key, prebuilt


def main() -> None:
    patterns = [*dates.patterns(), *quantities.patterns(), *prepared.patterns()]
    keys = {key(pattern.pattern, pattern.named_lists): pattern for pattern in patterns}
    # What stands in the file stays as it is: the same pattern compiles in another order each time.
    saved = {key: prebuilt().get(key) or pickle.dumps(pattern) for key, pattern in keys.items()}
    target = Path(__file__).parent / "qingdan" / "data" / FILE
    target.write_bytes(pickle.dumps((compiler(), saved)))


if __name__ == "__main__":
    main()
