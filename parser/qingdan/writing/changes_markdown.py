"""``changes.md``: a report on two lists in Markdown (CommonMark with the tables and strikethrough of GitHub)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from qingdan.comparing.model import Pair
from qingdan.writing.changes_view import ORDER, Run, Shown, View, heading
from qingdan.writing.terminal import visible

_MEANT = regex.compile(r"[\\`*_{}\[\]<>()#|~!&$]")
# What begins a list, a heading or a rule where a line begins: 「1. 」 of an item, 「- 」, 「===」 under a line.
_OPENING = regex.compile(r"(?m)^([^\S\n]*)(?:([-+=])|([0-9]{1,9})([.)]))")
_MARK = {"del": "~~", "ins": "**"}


def changes_markdown(view: View) -> bytes:
    """The report: who and when, figures, then the pairs by status, what is dropped first, with ~~gone~~ and **new** words."""
    return ("\n\n".join(_blocks(view)) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """A text that Markdown takes for nothing but text; line breaks stay."""
    text = _MEANT.sub(lambda found: f"\\{found[0]}", visible(text))
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", text)


def _blocks(view: View) -> Iterator[str]:
    words, comparison = view.words, view.comparison
    yield f"# {words['title']}"
    sides = ((words["old"], comparison.old), (words["new"], comparison.new))
    lines = [f"- {name}: {_line(heading(about))} ({_line(about.id)}{_dated(about.year)})" for name, about in sides]
    yield "\n".join([*lines, f"- {words['relation']}: {words[f'relation.{comparison.relation}']}"])
    yield f"## {words['at a glance']}"
    yield "\n".join(_figures(view))
    if kinds := view.kinds():
        lines = [f"| {view.words['what changed']} | |", "|---|---|", *(f"| {_line(field)} | {_line(told)} |" for field, told in kinds)]
        yield "\n".join(lines)
    if view.only:
        yield words["shown of"].format(len(view.shown), len(comparison.pairs))
    if not comparison.pairs:
        yield words["no items"]
    elif not view.shown:
        yield words["no pairs"]
    for status in ORDER:
        shown = [pair for pair in view.shown if pair.pair.status == status]
        if shown:
            yield f"## {words[f'show.{status}']} ({len(shown)})"
        for pair in shown:
            yield from _pair(view, pair)
    yield f"*{words['made by']}*"


def _dated(year: int | None) -> str:
    return f", {year}" if year else ""


def _figures(view: View) -> Iterator[str]:
    words = view.words
    yield f"| {words['status']} | {words['pairs']} | {words['old items']} | {words['new items']} | |"
    yield "|---|--:|--:|--:|---|"
    for status, count in view.counts():
        yield f"| {words[f'show.{status}']} | {' | '.join(map(str, count))} | {words[f'about.{status}']} |"
    yield f"| {words['total']} | {' | '.join(map(str, view.totals()))} | |"
    yield f"| {words['show.moved']} | {view.moved()} | | | {words['about.moved']} |"


def _pair(view: View, shown: Shown) -> Iterator[str]:
    yield f"### {shown.places} {_line(shown.topic)}"
    about = _about(view, shown.pair)
    if about:
        yield about
    yield "\n>\n".join(f"> {line}" for line in _redline(shown.text).split("\n") if line.strip()) or "> …"
    lines = []
    for change, told in shown.changes:
        if change.field != "sentence":  # the redline shows them
            value = " → ".join(_line(value) for value in (told.old, told.new) if value is not None)
            lines.append(f"- {_line(told.label)}: {value}{f' ({_line(told.note)})' if told.note else ''}")
    if lines:
        yield "\n".join(lines)


def _about(view: View, pair: Pair) -> str:
    words = view.words
    facts = [words["show.moved"]] if pair.moved else []
    if pair.similarity is not None:
        facts.append(f"{words['similarity']} {pair.similarity:.2f}")
    if pair.evidence is not None:
        facts.append(f"{words['decided']} {_line(words.get(f'by.{pair.evidence.decided}', pair.evidence.decided))}")
    return ", ".join(facts)


def _line(text: str) -> str:
    return escaped(" ".join(text.split()))


def _redline(runs: Sequence[Run]) -> str:
    """Runs with marks around what is gone and what is new.

    A mark counts only where its inner side is no blank and, unless blank or punctuation stand before it, no punctuation either
    (「方**“空中」 opens nothing): blanks and line breaks go outside, and a blank parts such a mark from the word before.
    """
    parts: list[str] = []
    for run in runs:
        for at, text in enumerate(run.text.split("\n")):
            if at:
                parts.append("\n")
            parts.append(_marked(escaped(text), _MARK.get(run.op), parts[-1][-1:] if parts and parts[-1] else ""))
    return "".join(_apart(parts))


def _marked(text: str, mark: str | None, before: str) -> str:
    bare = text.strip()
    if mark is None or not bare:
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    parted = " " if not lead and _wordlike(before) and not _wordlike(bare[0]) else ""
    # Behind a mark whose inner side is punctuation a word must not follow: _apart() parts them.
    return f"{parted}{lead}{mark}{bare}{mark}{trail}"


def _apart(parts: Sequence[str]) -> Iterator[str]:
    last = ""
    for part in parts:
        if part and _wordlike(part[0]) and last[-2:] in ("~~", "**") and not last.endswith("\\") and not _wordlike(last[-3:-2]):
            yield " "
        yield part
        last = part or last


def _wordlike(character: str) -> bool:
    return bool(character) and bool(regex.fullmatch(r"[^\p{P}\p{S}\s]", character))
