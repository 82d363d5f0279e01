"""What the benchmarks time: a text through all stages to JSON, as a whole and stage by stage, with and without memories."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from itertools import count
from time import perf_counter

from qingdan.finding.quantity_units import SETS
from qingdan.pipeline import STAGES, run
from qingdan.reading.files import read_text
from qingdan.writing.json_files import to_json

_RUNS = count()


def unseen(text: str) -> str:
    """The text with blanks at its end as no run before had them.

    Nothing that remembers a whole text can answer for it. What is remembered of names and numbers inside it still does.
    """
    return text + "\n" + "".join(" \t"[int(bit)] for bit in f"{next(_RUNS):016b}")


def whole(text: str) -> bytes:
    """The JSON of a text, by the same calls as ``qingdan parse --to json``."""
    return to_json(run(read_text(text)))


def stage_seconds(text: str, clock: Callable[[], float] = perf_counter) -> dict[str, float]:
    """Seconds that each stage takes, with reading before them and the JSON behind."""
    seconds = {}
    start = clock()
    document = read_text(text)
    seconds["read"] = clock() - start
    for name, stage in STAGES:
        start = clock()
        document = stage(document)
        seconds[name] = clock() - start
    start = clock()
    to_json(document)
    seconds["json"] = clock() - start
    return seconds


def forget() -> list[str]:
    """Clear every cache of qingdan that remembers answers about texts; gives their names.

    Those are the bounded ones (``lru_cache(maxsize=…)``): ``cache`` keeps tables and compiled patterns, which a process
    loads once whatever it reads; so does ``lru_cache(maxsize=SETS)``, for each set of units in use.
    """
    cleared = set()
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "qingdan"]
    for value in [value for module in modules for value in vars(module).values()]:
        if callable(parameters := getattr(value, "cache_parameters", None)) and parameters()["maxsize"] not in (None, SETS):
            value.cache_clear()
            cleared.add(f"{value.__module__.removeprefix('qingdan.')}.{value.__name__}")
    return sorted(cleared)


def machine() -> str:
    """One line on what ran this."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def verdict(holds: bool) -> str:
    return "met" if holds else "NOT met"
