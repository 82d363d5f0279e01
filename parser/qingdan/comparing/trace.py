"""A trace: all rounds of a series in order, what runs through them, and what became of its deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from qingdan.comparing.alignment import align
from qingdan.comparing.fates import fates
from qingdan.comparing.history import LeftOutDocument, Trace, TracedRound
from qingdan.comparing.series import Round, series_of
from qingdan.comparing.threads import threads
from qingdan.model import Document, QingdanError


def trace(documents: Sequence[Document], *, series: str | Sequence[str] = (), rounds: Mapping[str, int] | None = None) -> Trace:
    """Follow the promises of a series through its rounds.

    documents: of one series or of several, in any order; copies and others among them are told in ``left_out`` and ``copies``.
    series: the one to follow, as its documents name it, with its track or without; several names are taken as one series. None is
        needed where there is one series with at least two rounds.
    rounds: the number of the round of a document, by its id, instead of what its title says; such a document belongs to the series.

    The same documents give the same trace in whatever order they come. Raises QingdanError, one line, when there is no such series,
    there are several, it has one round alone, or two documents have one id.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    twice = [name for name, times in Counter(document.id for document in ordered).items() if times > 1]
    if twice:
        raise QingdanError(f"{twice[0]}: two documents have this id")
    if unknown := [name for name in rounds or () if name not in {document.id for document in ordered}]:
        raise QingdanError(f"{unknown[0]}: no document has this id")
    found = series_of(ordered, (series,) if isinstance(series, str) else series, rounds)
    lists = [own.document for own in found.rounds]
    columns = [own.name for own in found.rounds]
    run = threads(lists, columns, align)
    return Trace(
        series=found.name,
        rounds=tuple(map(_told, found.rounds)),
        missing=found.missing,
        left_out=tuple(LeftOutDocument(*one) for one in found.left),
        doubts=found.doubts,
        threads=run,
        deadlines=fates(lists, columns, run),
    )


def _told(own: Round) -> TracedRound:
    document = own.document
    return TracedRound(own.name, own.number, own.held, document.id, document.document.title, len(document.items), own.copies)
