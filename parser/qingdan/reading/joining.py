"""Pages of one article to one document: which documents are pages of one, in which order, and their text as one.

Joining what does not belong together spoils two lists; so pages are joined unasked only when three things agree: names or
pagers that count on, no title that differs, and a numbering that goes on (or a sentence that a page breaks off).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import structs

from qingdan.model import Chrome, Document, Issue, QingdanError, SourcePage
from qingdan.reading.continuing import contradiction, last_number, repeated, same_title, titles
from qingdan.reading.furniture import BETWEEN_PAGES, furniture_kind
from qingdan.reading.paging import Leaf, leaf

_BREAK = "\n"


class Articles(NamedTuple):
    """Documents by article: each ``groups`` entry is the indices of the pages of one, in page order.

    ``doubts`` are issues for documents, by index, that look like pages but were not joined.
    """

    groups: tuple[tuple[int, ...], ...]
    doubts: dict[int, Issue]


def articles(documents: Sequence[Document]) -> Articles:
    """Which freshly read documents are pages of one article.

    Every document is in exactly one group; most stand alone. Groups come in the order of their first pages. The time is
    linear in the length of the texts: only documents whose names or pagers count on are compared.
    """
    leaves = [leaf(document) for document in documents]
    shelves: dict[str, dict[int, list[int]]] = {}
    for i, one in enumerate(leaves):
        for claim in claims(one):
            shelves.setdefault(claim.shelf, {}).setdefault(claim.page, []).append(i)
    return linked(leaves, [found for shelf in shelves.values() if len(found := run(shelf)) > 1])


def linked(leaves: Sequence[Leaf], runs: Sequence[Sequence[int]]) -> Articles:
    """Which pages are of one article, of documents whose numbers count on. ``runs`` are of indices into ``leaves``."""
    follows: dict[int, int] = {}
    later: set[int] = set()
    doubts: dict[int, Issue] = {}
    for candidates in runs:
        for one, two in pairwise(candidates):
            if one in follows or two in later:
                continue
            why = contradiction(leaves[one], leaves[two])
            if why is None:
                follows[one] = two
                later.add(two)
            elif _say_pages(leaves[one], leaves[two]):
                former = leaves[one].document.document.source.path or leaves[one].document.id
                doubts.setdefault(
                    two, Issue("page-not-joined", f"looks like the page after {former}, not joined: {why}", None, None, "info")
                )
    groups: list[tuple[int, ...]] = []
    placed: set[int] = set()
    # Those that follow nothing first; names and pagers at odds could make a ring, of which each then stands alone.
    for first in [*(i for i in range(len(leaves)) if i not in later), *sorted(later)]:
        if first in placed:
            continue
        group = [first]
        while first not in later and group[-1] in follows:
            group.append(follows[group[-1]])
        placed.update(group)
        groups.append(tuple(group))
    return Articles(tuple(sorted(groups)), {at: doubt for at, doubt in doubts.items() if at not in later})


class Claim(NamedTuple):
    """A place that a document takes as a page: on the shelf of a title that its pager counts under, or of its name without the number."""

    shelf: str
    page: int


def claims(one: Leaf) -> list[Claim]:
    """The places that a document takes as a page; whatever has no number of a page is before the first of its name."""
    said = [Claim(f"said {one.pages} {title}", one.page) for title in sorted(titles(one))] if one.page is not None else []
    return said + [Claim(f"named {name.stem}", -1 if name.page is None else name.page) for name in one.names]


def run(shelf: Mapping[int, Sequence[int]]) -> list[int]:
    """The documents on one shelf, by page, whose numbers follow each other from a first page on; fewer than two are none."""
    numbers = sorted(shelf)
    # 「list.html」 goes before 「list_1.html」 (many sites call their second page so), or else before 「list_2.html」.
    if numbers[0] > 1 or any(len(same) > 1 for same in shelf.values()):
        return []
    found = [shelf[numbers[0]][0]]
    for former, number in pairwise(numbers):
        if number != former + 1 and (former, number) not in ((-1, 1), (-1, 2)):
            break
        found.append(shelf[number][0])
    return found


def _say_pages(one: Leaf, two: Leaf) -> bool:
    """Whether the two are called pages, and not only numbered like any two files."""
    stems = {name.stem for name in one.names}
    plainly = any(name.plainly and name.stem in stems for name in two.names)
    return plainly or (two.page is not None and one.page is not None) or (one.paged and two.paged) or bool(titles(one) & titles(two))


def join(pages: Sequence[Document], contents: Sequence[bytes]) -> Document:
    """The document that the pages of one article are together, before the pipeline.

    pages: documents as read. They are put in the order of their page numbers when each has one of its own, else they
        stay in the order given. contents: the bytes of each one's file, for the SHA-256 of the whole; a file that
        holds several of the pages (a web archive) counts once.

    The text is that of the pages with a line break between; chrome and issues move with it. What later pages repeat of
    the first (title, breadcrumb), pager lines, and what ends one page as it ends another becomes chrome. Pages that do
    not fit together (a number twice or missing, a title of its own, a numbering that begins again) are joined all the
    same, each with a warning where the page begins. Raises QingdanError without pages.
    """
    if not pages:
        raise QingdanError("no pages to join")
    if len(pages) == 1:
        return pages[0]
    leaves = [leaf(page) for page in pages]
    order = _order(leaves)
    leaves = [leaves[i] for i in order]
    starts = [0]
    for one in leaves:
        starts.append(starts[-1] + len(one.document.text) + len(_BREAK))
    sources = [one.document.document.source for one in leaves]
    files = {(source.path, source.sha256) if source.path else i: contents[i] for i, source in zip(order, sources, strict=True)}
    whole = hashlib.sha256(b"".join(files.values())).hexdigest()
    source = structs.replace(
        sources[0],
        sha256=whole,
        titles=tuple(dict.fromkeys(title for one in sources for title in one.titles)),
        published=next((one.published for one in sources if one.published), None),
        pages=tuple(
            SourcePage(one.path, one.sha256, start, start + len(part.document.text))
            for one, part, start in zip(sources, leaves, starts, strict=False)
        ),
    )
    first = leaves[0].document
    return structs.replace(
        first,
        document=structs.replace(first.document, source=source),
        text=_BREAK.join(one.document.text for one in leaves),
        chrome=tuple(mark for i, start in enumerate(starts[:-1]) for mark in _chrome(leaves, i, start)),
        issues=(*(_moved(issue, start) for one, start in zip(leaves, starts, strict=False) for issue in one.document.issues),
                *_misfits(leaves, starts)),
    )  # fmt: skip


def _order(leaves: Sequence[Leaf]) -> list[int]:
    said = [one.page for one in leaves]
    named = [{name.stem: -1 if name.page is None else name.page for name in one.names} for one in leaves]
    stems = [stem for stem in named[0] if all(stem in names for names in named)]
    ways: list[list[int | None]] = [said, *([names.get(stem) for names in named] for stem in stems)]
    for numbers in ways:
        if None not in numbers and len(set(numbers)) == len(leaves):
            return sorted(range(len(leaves)), key=lambda i: numbers[i] or 0)
    return list(range(len(leaves)))


def _moved(issue: Issue, by: int) -> Issue:
    if issue.start is None or issue.end is None:
        return issue
    return structs.replace(issue, start=issue.start + by, end=issue.end + by)


def _chrome(leaves: Sequence[Leaf], i: int, start: int) -> list[Chrome]:
    """The chrome of a page in the joined text: what its medium set apart, and its furniture.

    Between two pages it is of kinds of its own: a copyright line there does not end the list.
    """
    one = leaves[i]
    other = leaves[i - 1] if i == len(leaves) - 1 else leaves[i + 1]
    marked = dict.fromkeys(one.pagers, "pager") | dict(repeated(one, other, top=False))
    if i:
        marked = dict(repeated(one, leaves[0], top=True)) | marked
        head = min(one.labels, default=0)
        marked = {at: kind for at in range(head) if (kind := furniture_kind(one.lines[at].words))} | marked
    text = one.document.text
    found = [Chrome(text[(line := one.lines[at]).start : line.end], line.start, line.end, kind) for at, kind in marked.items()]
    first = next((at for at in range(len(one.lines)) if at not in marked and at not in one.apart), 0)
    above = one.lines[min(one.labels, default=first)].start if i else 0
    below = one.lines[max(one.labels, default=0)].start if i < len(leaves) - 1 else len(text)
    return [
        Chrome(
            mark.text, mark.start + start, mark.end + start,
            mark.kind if above <= mark.start < below or mark.kind in BETWEEN_PAGES else "between-pages",
        )
        for mark in _beside(one.document.chrome, found)
    ]  # fmt: skip


def _beside(given: Sequence[Chrome], found: Sequence[Chrome]) -> list[Chrome]:
    """Chrome in reading order: what was given, and what of the found overlaps none of it."""
    marks = sorted(given, key=lambda mark: mark.start)
    ends = [mark.end for mark in marks]

    def free(mark: Chrome) -> bool:
        at = bisect_right(ends, mark.start)
        return at == len(marks) or marks[at].start >= mark.end

    return sorted([*marks, *filter(free, found)], key=lambda mark: mark.start)


def _misfits(leaves: Sequence[Leaf], starts: Sequence[int]) -> list[Issue]:
    issues = []
    for (one, two), start in zip(pairwise(leaves), starts[1:], strict=False):
        why = None
        if one.page is not None and two.page is not None and two.page != one.page + 1:
            why = f"page {two.page} follows page {one.page}"
        elif not same_title(one, two):
            why = "it has a title of its own"
        elif two.labels:
            style, value = two.labels[min(two.labels)]
            if value == (1,) and (last := last_number(one, style)) is not None and contradiction(one, two) is not None:
                why = f"its numbering begins again at 1 after {'.'.join(map(str, last))}"
        if why:
            issues.append(Issue("page-misfit", f"the page that begins here may belong to another article: {why}", start, start, "warning"))
    return issues
