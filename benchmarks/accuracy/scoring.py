"""The figures: how many of the annotated mentions a system finds with their exact spans, and how many with their values.

Mentions are aligned in reading order by their texts, as the annotations are compared elsewhere too: the alignment
with the most mentions. An optional mention costs nothing, found or missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from gold import Gold, Mention, folded
from systems import Found

from qingdan.finding.calendar import part_of_year, point


class Score(NamedTuple):
    """Counts over one kind of mention: annotated, found, found with the exact span, and with span and value."""

    wanted: int = 0
    found: int = 0
    exact: int = 0
    valued: int = 0

    def __add__(self, other: Score) -> Score:  # type: ignore[override]
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def span_f1(self) -> float:
        return _f1(self.exact, self.found, self.wanted)

    @property
    def value_f1(self) -> float:
        return _f1(self.valued, self.found, self.wanted)

    @property
    def right(self) -> float:
        """The share of the exact spans that have the right value."""
        return self.valued / self.exact if self.exact else 0.0


class Overlap(NamedTuple):
    """Counts of mentions that overlap: annotated ones that something found does, and found ones that do so."""

    wanted: int = 0
    found: int = 0
    touched: int = 0
    touching: int = 0

    def __add__(self, other: Overlap) -> Overlap:  # type: ignore[override]
        return Overlap(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def f1(self) -> float:
        precision = self.touching / self.found if self.found else 0.0
        recall = self.touched / self.wanted if self.wanted else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted) if found + wanted else 1.0


def score(document: Gold, found: Sequence[Found], kind: str) -> tuple[Score, list[str]]:
    """The counts of one kind in one document, and a line on each difference."""
    wanted = [m for m in document.mentions if m.kind == kind]
    given = sorted((f for f in found if f.kind == kind and _inside(f, document.scope)), key=lambda f: (f.start, f.end))
    texts = [folded(document.text[f.start : f.end]) for f in given]
    pairs = _aligned(wanted, texts)
    required = [i for i, m in enumerate(wanted) if not m.optional]
    exact = [(i, j) for i, j in pairs if not wanted[i].optional]
    free = sum(wanted[i].optional for i, _ in pairs)
    valued = [(i, j) for i, j in exact if right(kind, given[j], wanted[i])]
    lines = [f"missed   {'/'.join(sorted(wanted[i].texts))}" for i in required if i not in {i for i, _ in pairs}]
    lines += [f"spurious {text}" for j, text in enumerate(texts) if j not in {j for _, j in pairs}]
    lines += [f"value    {texts[j]} {given[j].value} for {wanted[i].values}" for i, j in exact if (i, j) not in valued]
    return Score(len(required), len(given) - free, len(exact), len(valued)), lines


def _inside(found: Found, scope: list[tuple[int, int]] | None) -> bool:
    return scope is None or any(start <= found.start and found.end <= end for start, end in scope)


def _aligned(wanted: Sequence[Mention], texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs in order, as many as there can be; those that are required before those that are optional."""
    n, m = len(wanted), len(texts)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    weight = [1 if mention.optional else 1000 for mention in wanted]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            here = best[i + 1][j + 1] + weight[i] if texts[j] in wanted[i].texts else 0
            best[i][j] = max(here, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < n and j < m:
        if texts[j] in wanted[i].texts and best[i][j] == best[i + 1][j + 1] + weight[i]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def right(kind: str, found: Found, wanted: Mention) -> bool:
    """Whether a value is one of those accepted: the days that a date names, the numbers of a quantity, the names of a body."""
    if found.value is None:
        return False
    if kind == "date":
        return any(_same_days(found.value, bounds(str(edtf))) for (edtf,) in wanted.values)
    if kind == "quantity":
        given = [Decimal(str(number)) for number in found.value if number is not None]
        return any([Decimal(str(number)) for number in value] == given for value in wanted.values)
    return tuple(sorted(folded(str(name)) for name in found.value)) in wanted.values


def _same_days(given: tuple[object, ...], wanted: tuple[str | None, str | None]) -> bool:
    """An open end is not compared: 「2016年10月前」 names one day, whatever a tool begins it with."""
    return any(wanted) and all(day is None or day == other for day, other in zip(wanted, given, strict=True))


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """First and last day of the EDTF expressions that annotations use; None for an open end."""
    first, _, last = edtf.partition("/")
    ends = _end(first), _end(last or first)
    return ends[0] and ends[0][0], ends[1] and ends[1][1]


def _end(edtf: str) -> tuple[str, str] | None:
    edtf = edtf.rstrip("~?")
    if edtf in ("", ".."):
        return None
    if edtf.endswith("X"):
        missing = edtf.count("X")
        return f"{edtf.rstrip('X')}{'0' * missing}-01-01", f"{edtf.rstrip('X')}{'9' * missing}-12-31"
    year, *rest = map(int, edtf.split("-"))
    stretch = part_of_year(year, rest[0]) if rest and rest[0] > 12 else point(year, *rest)
    return (str(stretch.first), str(stretch.last)) if stretch else None


def overlap(document: Gold, found: Sequence[Found], kind: str) -> Overlap:
    """How many annotated mentions and found ones overlap, where annotations have spans; what is optional does not count."""
    if any(m.span is None for m in document.mentions):
        return Overlap()
    spans = [(f.start, f.end) for f in found if f.kind == kind and _inside(f, document.scope)]
    free = [m.span for m in document.mentions if m.kind == kind and m.optional and m.span]
    required = [m.span for m in document.mentions if m.kind == kind and not m.optional and m.span]
    counted = [span for span in spans if _meets(span, required) or not _meets(span, free)]
    return Overlap(len(required), len(counted), sum(_meets(s, spans) for s in required), sum(_meets(s, required) for s in counted))


def _meets(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
