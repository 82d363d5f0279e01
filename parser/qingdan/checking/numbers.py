"""Issues of numbering: numbers that repeat or leave a gap."""

from __future__ import annotations

from collections.abc import Iterator

from qingdan.model import Document, Issue, Item, Section


def numbers(document: Document) -> Iterator[Issue]:
    """Numbers that repeat or leave a gap among the provisions of one level; a list numbered through is one row."""
    nodes: list[Section | Item] = sorted([*document.sections, *document.items], key=lambda node: node.start)
    last: dict[int, int] = {}
    seen: set[tuple[int, ...]] = set()
    for node in nodes:
        if isinstance(node, Item) and not node.label:
            continue
        depth, number = len(node.path), node.path[-1]
        before = last.get(depth)
        at = node.start, node.start + len(node.label)
        if node.path in seen:
            yield Issue("number-repeated", f"{node.label} stands here again", *at, "warning")
        elif before is not None and number > before + 1:
            yield Issue("number-gap", f"{node.label} follows {before}", *at, "warning")
        seen.add(node.path)
        last[depth] = number
        for deeper in [key for key in last if key > depth + 1]:
            del last[deeper]
