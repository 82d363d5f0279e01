"""Which section of one list is which of the other."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from qingdan.comparing.forms import keys
from qingdan.comparing.likeness import best_pairs
from qingdan.model import Document

ONE_SECTION = 70.0  # per cent of the characters that the titles of a renamed section share
MOST_PAIRS = 40_000  # of titles that are compared; above it only equal ones match


def matched_sections(old: Document, new: Document) -> dict[str, str]:
    """The ids of the sections that go on, by title: equal but for typography, else nearly equal; without one by path."""
    rows = [tuple((section.id, section.title or f"#{section.path}") for section in own.sections) for own in (old, new)]
    return _matched(*rows)


@lru_cache(maxsize=8)
def _matched(old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]) -> dict[str, str]:
    one, other = (keys([title for _, title in rows]) for rows in (old, new))
    if len(one) * len(other) > MOST_PAIRS:
        places = {title: j for j, title in reversed(list(enumerate(other)))}
        return {old[i][0]: new[places[title]][0] for i, title in enumerate(one) if title in places}
    rated = [(fuzz.ratio(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)]
    return {old[i][0]: new[j][0] for i, j in best_pairs(rated, ONE_SECTION)}
