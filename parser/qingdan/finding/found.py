"""A mention of a body in the making."""

from __future__ import annotations

import msgspec

from qingdan.model import AgencyKind, Status


class Found(msgspec.Struct, gc=False):
    """A mention in the making, in offsets of the folded text. ``country`` and ``place`` are what coordination hands on."""

    start: int
    end: int
    canonical: tuple[str, ...]
    kind: AgencyKind
    parties: tuple[str, ...]
    rule: str
    status: Status
    country: str | None = None
    place: str | None = None
