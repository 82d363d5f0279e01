"""What results depend on beside the documents: a digest of the program itself, and of a run's options."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from msgspec import json

import qingdan
from qingdan.batch.work import Settings
from qingdan.model import SCHEMA, OwnRows

_PARTS = (".py", ".csv", ".toml", ".txt", ".bin")


@cache
def version() -> str:
    """The version with a digest of the package's modules and data: a rule that changed is another program."""
    digest = hashlib.sha256()

    def add(folder: Traversable) -> None:
        for one in sorted(folder.iterdir(), key=lambda one: one.name):
            if one.is_dir():
                add(one)
            elif one.name.endswith(_PARTS):
                digest.update(f"{one.name}\0".encode())
                digest.update(one.read_bytes())

    add(files("qingdan"))
    return f"{qingdan.__version__}+{digest.hexdigest()[:16]}"


def config(settings: Settings, own: tuple[OwnRows, ...]) -> str:
    """A digest of all that a result depends on beside its document: the program, the options, the user's own rows."""
    parts = (version(), SCHEMA, settings.reference_date, settings.joining, own)
    return hashlib.sha256(json.encode(parts)).hexdigest()
