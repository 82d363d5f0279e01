"""``changes.html``: two lists side by side in one file that needs no other, to read, to filter and to print.

It holds no script, and forbids any: text of the lists is escaped by Jinja2 and could run nothing all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qingdan.data import read_text
from qingdan.writing.changes_view import STATUSES, Entry, Shown, View, heading
from qingdan.writing.changes_words import Told
from qingdan.writing.terminal import visible

if TYPE_CHECKING:
    from markupsafe import Markup

_LONG = 900  # characters of a side: more may be divided by the end of a printed page, half of which would stay empty else
_LONGEST_EDTF = 24  # characters: 2015-06-22/2015-06-24 and its bracket
_LISTED = ("dropped", "new", "split", "merged", "moved")
_LOOKED_UP = ("commitment", "deadline", "agency", "quantity", "round", "instrument")


def changes_html(view: View) -> bytes:
    """The page, in UTF-8."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    environment.filters |= {"visible": visible, "valued": _valued}
    page = environment.from_string(read_text("changes.html.jinja"))
    shown: dict[str, list[Shown]] = {name: [pair for pair in view.shown if name == pair.pair.status] for name in STATUSES}
    changed = len(view.shown) - len(shown["kept"])
    shown["moved"] = [pair for pair in view.shown if pair.pair.moved]
    html = page.render(
        view=view, w=view.words, heading=heading, about_old=view.comparison.old, about_new=view.comparison.new,
        first={name: pairs[0].number if pairs else None for name, pairs in shown.items()},
        lookup=[(name, shown[name]) for name in _LISTED if shown[name]],
        by_field=[(field, found) for field in _LOOKED_UP if (found := _by_field(view, field))],
        filters=[("all", len(view.shown)), ("changed", changed), *((name, len(pairs)) for name, pairs in shown.items())],
        headed=_headed(view), told={pair.number: _told(pair) for pair in view.shown},
        long={pair.number: max(map(_length, (pair.old, pair.new))) > _LONG for pair in view.shown},
    )  # fmt: skip
    return html.encode("utf-8", "replace")


def _valued(value: str) -> Markup:
    """A value whose EDTF, in brackets at its end, is not broken over lines."""
    from markupsafe import Markup

    before, mark, edtf = visible(value).rpartition(" [")
    if not mark or len(edtf) > _LONGEST_EDTF:
        return Markup("{}").format(visible(value))
    return Markup('{} <span class="edtf">[{}</span>').format(before, edtf)


def _told(pair: Shown) -> list[Told]:
    """The changes beside a pair: sentences are marked in its texts."""
    return [told for change, told in pair.changes if change.field != "sentence"]


def _by_field(view: View, field: str) -> list[tuple[Shown, Told]]:
    return [(pair, told) for pair in view.shown for change, told in pair.changes if change.field == field]


def _headed(view: View) -> dict[int, str | None]:
    """For each pair the heading that goes before it: its section of the new list, where that is another than before."""
    headed: dict[int, str | None] = {}
    section: str | None = None
    for pair in view.shown:
        begins = pair.pair.new and pair.section != section
        headed[pair.number] = pair.section if begins else None
        section = pair.section if begins else section
    return headed


def _length(entries: Sequence[Entry]) -> int:
    return sum(len(run.text) for entry in entries for run in entry.body)
