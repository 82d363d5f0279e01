"""Patterns that come compiled with the package, and are fetched when first used: compiling them all cost a tenth of a first parse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from qingdan.finding.compiled import compiled

if TYPE_CHECKING:
    import regex


class Prepared:
    """A pattern in the verbose syntax of ``regex``, used like a compiled one: ``search``, ``match``, ``fullmatch``, ``finditer``."""

    known: ClassVar[list[Prepared]] = []

    def __init__(self, source: str) -> None:
        self.source = source
        Prepared.known.append(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        method = getattr(compiled(self.source, {}), name)
        setattr(self, name, method)  # from now on no detour
        return method


def patterns() -> list[regex.Pattern[str]]:
    """Every prepared pattern of the modules for commitments, compiled."""
    import qingdan.finding.commitments  # noqa: F401  (its imports make them known)

    return [compiled(one.source, {}) for one in Prepared.known]
