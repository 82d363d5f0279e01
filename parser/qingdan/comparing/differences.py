"""How two copies of one list differ: items that one lacks, words, and mere form, each with its place in both texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeVar

import msgspec

from qingdan.comparing.forms import form, keys
from qingdan.model import Document, Item, Section

Kind = Literal["form", "words", "structure"]
Op = Literal["insert", "delete", "replace"]

LONGEST = 20_000  # characters above which two texts are told apart as a whole: comparing by character is not linear
NEAREST = 2  # fewer equal characters between two changes make them one
SAME_PLACE = 50.0  # per cent of likeness from which items with one path are the same
ELSEWHERE = 70.0  # and those with different paths
MOST_PAIRS = 40_000


class Place(msgspec.Struct, frozen=True):
    """One side of a difference: ``node`` is the id of its item or section; offsets are into the document's text.

    In metadata without a place of its own (``published``) ``text`` is the value, and the offsets are None.
    """

    node: str | None
    text: str
    start: int | None
    end: int | None


class Difference(msgspec.Struct, frozen=True):
    """One difference between two copies.

    kind: ``form`` (blanks, width, quotation marks, traditional or simplified), ``words``, or ``structure`` (an item
        that one lacks, another label or path).
    part: title, preamble, section, item or document. field: what of it differs (body, topic, label, path, whole,
        published, …). op: what leads from the first copy to the second.
    one, two: the places in the two copies; None where nothing stands there at all.
    """

    kind: Kind
    part: str
    field: str
    op: Op
    one: Place | None
    two: Place | None


Node = TypeVar("Node", Item, Section)
_ABOUT: tuple[tuple[str, Callable[[Document], object]], ...] = (
    ("series", lambda d: d.document.series),
    ("round", lambda d: d.document.round),
    ("track", lambda d: d.document.track),
    ("parties", lambda d: "|".join(d.document.parties)),
    ("place", lambda d: d.document.place),
    ("held", lambda d: d.document.held and d.document.held.edtf),
    ("published", lambda d: d.document.published and d.document.published.edtf),
    ("format", lambda d: d.document.format),
)


def differences(one: Document, two: Document) -> list[Difference]:
    """How the second of two copies differs from the first, in the reading order of the first.

    What only the second has stands at the end of its part. Two documents that are no copies are compared all the same.
    """
    found = list(_metadata(one, two))
    for part in ("title", "preamble"):
        blocks = (getattr(one, part), getattr(two, part))
        places = [block and Place(None, block.text, block.start, block.end) for block in blocks]
        if all(blocks):
            found += _in_text(one, two, part, "text", None, None, (blocks[0].start, blocks[0].end), (blocks[1].start, blocks[1].end))
        elif any(blocks):
            found.append(Difference("structure", part, "whole", "delete" if places[0] else "insert", *places))
    found += _nodes(one, two, "section", one.sections, two.sections)
    found += _nodes(one, two, "item", one.items, two.items)
    return found


def _metadata(one: Document, two: Document) -> Iterator[Difference]:
    for field, value in _ABOUT:
        a, b = value(one), value(two)
        if a == b:
            continue
        kind: Kind = "structure" if field == "format" else "form" if a and b and form(str(a)).text == form(str(b)).text else "words"
        places = [None if side in (None, "") else Place(None, str(side), None, None) for side in (a, b)]
        yield Difference(kind, "document", field, "insert" if not places[0] else "replace" if places[1] else "delete", *places)


def _content(document: Document, node: Item | Section) -> tuple[int, int]:
    start = node.start + len(node.label)
    while start < node.end and document.text[start].isspace():
        start += 1
    return start, node.end


def _nodes(one: Document, two: Document, part: str, ours: Sequence[Node], theirs: Sequence[Node]) -> Iterator[Difference]:
    pairs = _paired(one, two, ours, theirs)
    for a in ours:
        b = pairs.get(a.id)
        if b is None:
            yield Difference("structure", part, "whole", "delete", Place(a.id, one.text[a.start : a.end], a.start, a.end), None)
            continue
        other = theirs[b]
        if a.path != other.path:
            yield Difference("structure", part, "path", "replace", _label_of(a, _dotted(a)), _label_of(other, _dotted(other)))
        if a.label != other.label:
            kind: Kind = "form" if a.path == other.path else "structure"
            yield Difference(kind, part, "label", "replace", _label_of(a, a.label), _label_of(other, other.label))
        yield from _in_node(one, two, part, a, other)
    matched = set(pairs.values())
    for i, other in enumerate(theirs):
        if i not in matched:
            place = Place(other.id, two.text[other.start : other.end], other.start, other.end)
            yield Difference("structure", part, "whole", "insert", None, place)


def _in_node(one: Document, two: Document, part: str, a: Item | Section, b: Item | Section) -> Iterator[Difference]:
    mine, other = _content(one, a), _content(two, b)
    if isinstance(a, Item) and isinstance(b, Item) and a.topic and b.topic:
        topics = (mine[0], mine[0] + len(a.topic)), (other[0], other[0] + len(b.topic))
        yield from _in_text(one, two, part, "topic", a.id, b.id, *topics)
        yield from _in_text(one, two, part, "body", a.id, b.id, (a.body_start, a.body_end), (b.body_start, b.body_end))
        return
    if isinstance(a, Item) and isinstance(b, Item) and (a.topic or b.topic):
        places = (Place(node.id, node.topic or "", None, None) if node.topic else None for node in (a, b))
        yield Difference("structure", part, "topic", "delete" if a.topic else "insert", *places)
    yield from _in_text(one, two, part, "body" if part == "item" else "title", a.id, b.id, mine, other)


def _dotted(node: Item | Section) -> str:
    return ".".join(map(str, node.path))


def _label_of(node: Item | Section, text: str) -> Place:
    return Place(node.id, text, node.start, node.start + len(node.label))


def _paired(one: Document, two: Document, ours: Sequence[Node], theirs: Sequence[Node]) -> dict[str, int]:
    """The index of the node in the second list for the id of each in the first that has one.

    Equal words first (those with the same path before others), then the same path with like words, then like words.
    """
    from rapidfuzz import fuzz, process

    words = [keys([document.text[slice(*_content(document, node))] for node in nodes]) for document, nodes in ((one, ours), (two, theirs))]
    pairs: dict[str, int] = {}
    free = dict.fromkeys(range(len(theirs)))
    places: dict[tuple[str, tuple[int, ...]], int] = {(words[1][i], node.path): i for i, node in enumerate(theirs)}
    for i, node in enumerate(ours):
        at = places.get((words[0][i], node.path))
        if at is not None and at in free:
            pairs[node.id] = at
            del free[at]
    waiting: dict[str, list[int]] = {}
    for at in reversed(list(free)):
        waiting.setdefault(words[1][at], []).append(at)
    for i, node in enumerate(ours):
        if node.id not in pairs and waiting.get(words[0][i]):
            pairs[node.id] = at = waiting[words[0][i]].pop()
            del free[at]
    by_path = {theirs[at].path: at for at in free}
    for i, node in enumerate(ours):
        at = by_path.get(node.path)
        if (
            node.id not in pairs
            and at in free
            and at is not None
            and fuzz.ratio(words[0][i][:LONGEST], words[1][at][:LONGEST]) >= SAME_PLACE
        ):
            pairs[node.id] = at
            del free[at]
    left = [i for i, node in enumerate(ours) if node.id not in pairs]
    if len(left) * len(free) <= MOST_PAIRS:
        for i in left:
            choices = {at: words[1][at][:LONGEST] for at in free}
            best = process.extractOne(words[0][i][:LONGEST], choices, scorer=fuzz.ratio, score_cutoff=ELSEWHERE)
            if best is not None:
                pairs[ours[i].id] = best[2]
                del free[best[2]]
    return pairs


class _Edit(NamedTuple):
    """A change by offsets: from one text's slice to the other's; equal but for their form where ``form``."""

    form: bool
    start: int
    end: int
    other_start: int
    other_end: int


def _in_text(
    one: Document, two: Document, part: str, field: str, node: str | None, other: str | None, mine: tuple[int, int], theirs: tuple[int, int]
) -> Iterator[Difference]:
    for edit in edits(one.text[slice(*mine)], two.text[slice(*theirs)]):
        start, end, begin, stop = edit.start + mine[0], edit.end + mine[0], edit.other_start + theirs[0], edit.other_end + theirs[0]
        op: Op = "insert" if start == end else "delete" if begin == stop else "replace"
        places = Place(node, one.text[start:end], start, end), Place(other, two.text[begin:stop], begin, stop)
        yield Difference("form" if edit.form else "words", part, field, op, *places)


def edits(one: str, two: str) -> list[_Edit]:
    """The changes that lead from one text to the other, in reading order, no two overlapping."""
    if one == two:
        return []
    a, b = form(one), form(two)
    found: list[_Edit] = []
    for equal, i, j, k, m in _blocks(a.text, b.text):
        if equal:
            found += _of_form(one, two, a.places[i : j + 1], b.places[k : m + 1])
        else:
            start, end = a.places[i], a.places[j - 1] + 1 if j > i else a.places[i]
            begin, stop = b.places[k], b.places[m - 1] + 1 if m > k else b.places[k]
            found.append(_Edit(False, start, end, begin, stop))
    return found


def _blocks(a: str, b: str) -> list[tuple[bool, int, int, int, int]]:
    """Equal and changed stretches of two texts by turns."""
    if max(len(a), len(b)) > LONGEST and a != b:
        shorter = min(len(a), len(b))
        head = next((i for i in range(shorter) if a[i] != b[i]), shorter)
        tail = next((i for i in range(shorter - head) if a[-1 - i] != b[-1 - i]), shorter - head)
        stretches = [(True, 0, head, 0, head), (False, head, len(a) - tail, head, len(b) - tail)]
        return [*stretches, (True, len(a) - tail, len(a), len(b) - tail, len(b))]
    from rapidfuzz.distance import Levenshtein

    blocks: list[tuple[bool, int, int, int, int]] = []
    for op in Levenshtein.opcodes(a, b):
        equal = op.tag == "equal"
        last = blocks[-1] if blocks else None
        # 「开展」 「继续展」: one equal character between two changes is chance.
        joins = last is not None and not last[0] and (not equal or (op.src_end - op.src_start < NEAREST and op.src_end < len(a)))
        if last is not None and joins:
            blocks[-1] = (False, last[1], op.src_end, last[3], op.dest_end)
        else:
            blocks.append((equal, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return blocks


def _of_form(one: str, two: str, places: Sequence[int], others: Sequence[int]) -> Iterator[_Edit]:
    """The stretches in which two texts of one form are written otherwise; each character with the blanks behind it."""
    if one[places[0] : places[-1]] == two[others[0] : others[-1]]:
        return
    run: _Edit | None = None
    for (start, end), (begin, stop) in zip(pairwise(places), pairwise(others), strict=True):
        if one[start:end] == two[begin:stop]:
            continue
        if run is not None and run.end == start:
            run = _Edit(True, run.start, end, run.other_start, stop)
            continue
        if run is not None:
            yield run
        run = _Edit(True, start, end, begin, stop)
    if run is not None:
        yield run
