"""What a clause states: class, act and actors, handed on to those that have none of their own."""

from __future__ import annotations

import msgspec

from qingdan.finding.opened import Opened
from qingdan.model import CommitmentClass, Date, Status


class Head(msgspec.Struct, frozen=True, gc=False):
    """What a clause hands on to those without an act of their own: members of its list, what is joined to it."""

    act: str
    kind: CommitmentClass
    actors: tuple[str, ...]


class Stated(Head, frozen=True, gc=False):
    """A commitment without what stands in its span, which is from ``first`` to ``last`` in folded text.

    ``told`` are those of its dates that are said and not part of a name; ``opened`` is None where an item is only the name of a document.
    """

    first: int
    last: int
    negative: bool
    dates: tuple[Date, ...]
    told: tuple[Date, ...]
    rule: str
    status: Status
    opened: Opened | None
