"""The evidence for a document's list format: what each format's labels did, the chosen one first, then its runner-up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from qingdan.model import FormatEvidence, Item
from qingdan.splitting.layout import Layout


class Weighed(NamedTuple):
    """The name of the format, and the evidence of every format that has a label in the document."""

    format: str | None
    evidence: tuple[FormatEvidence, ...]


def weigh(laid: Layout, items: Sequence[Item]) -> Weighed:
    """The formats by depth, and whether most items have a topic: ``chinese-dun/arabic-dun+topic``."""
    topics = sum(item.topic is not None for item in items)
    headed = "+topic" if topics * 2 > len(items) else ""
    if not laid.nodes:
        return Weighed(("paragraphs" + headed) if items else None, _evidence(laid))
    depths: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for (depth, form), count in Counter((len(node.path), node.label.format.id) for node in laid.nodes).items():
        depths[depth][form] = count
    return Weighed("/".join(depths[depth].most_common(1)[0][0] for depth in sorted(depths)) + headed, _evidence(laid))


def _evidence(laid: Layout) -> tuple[FormatEvidence, ...]:
    seen = Counter(label.format.id for label in laid.labels)
    accepted = Counter(node.label.format.id for node in laid.nodes)
    breaks: Counter[str] = Counter()
    last: dict[str, int] = {}
    for node in laid.nodes:
        form, n = node.label.format.id, node.path[-1]
        breaks[form] += n not in (1, last.get(form, n - 1) + 1)
        last[form] = n
    shows = {label.format.id: label.format.shows for label in laid.labels}
    rows = [FormatEvidence(form, shows[form], accepted[form], seen[form] - accepted[form], breaks[form]) for form in seen]
    return tuple(sorted(rows, key=lambda row: (-row.provisions, row.breaks, row.refused, row.format)))
