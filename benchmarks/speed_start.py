"""How long whole processes take: parsing the sample page, beside waking jieba, importing pandas and a bare interpreter."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from stages import machine, verdict
from texts import PAGE, ROOT

ROUNDS = 10


def main() -> None:
    python = [sys.executable, "-c"]
    commands = {
        "qingdan parse samples/sed7-2015.txt --to json": [*qingdan(), "parse", str(PAGE.relative_to(ROOT)), "--to", "json"],
        'python -c "import jieba; jieba.initialize()"': [*python, "import jieba; jieba.initialize()"],
        'python -c "import pandas"': [*python, "import pandas"],
        'python -c "from qingdan import parse"': [*python, "from qingdan import parse"],
        'python -c "import qingdan"': [*python, "import qingdan"],
        'python -c pass': [*python, "pass"],
    }  # fmt: skip
    for command in commands.values():  # compiled bytecode and jieba's cache file are there from the first round on
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(seconds(command))
    parse, jieba, pandas, _, light, bare = (statistics.median(taken) for taken in times.values())
    print(f"{machine()}; median (fastest to slowest) of {ROUNDS} interleaved rounds, ms\n")
    for name, taken in times.items():
        print(f"{statistics.median(taken) * 1000:8.1f}  ({min(taken) * 1000:.1f} to {max(taken) * 1000:.1f})  {name}")
    print(f"\nparse / jieba.initialize  {parse / jieba:.2f}  required < 1: {verdict(parse < jieba)}")
    print(f"parse / import pandas     {parse / pandas:.2f}  where this is going: < 1")
    print(f"import qingdan / bare     {light / bare:.2f}  required < 3: {verdict(light < 3 * bare)}")


def qingdan() -> list[str]:
    """The command, as a module where it can be run as one, else the script beside this interpreter."""
    if find_spec("qingdan.__main__"):
        return [sys.executable, "-m", "qingdan"]
    script = shutil.which("qingdan", path=str(Path(sys.executable).parent))
    if script is None:
        raise SystemExit(f"no qingdan beside {sys.executable}: install it there first (pip install -e .)")
    return [script]


def seconds(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return perf_counter() - start


if __name__ == "__main__":
    main()
