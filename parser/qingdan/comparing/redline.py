"""A redline of two texts: what is struck out and what is put in, by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

import regex

from qingdan.comparing.forms import Form, form
from qingdan.finding.lexicon import lexicon
from qingdan.finding.words import LINKS, cut, tag_of

Op = Literal["equal", "delete", "insert"]

# Words that the alignment may take a time for that grows with their product; above it only what the texts begin and end with is equal.
MOST_WORDS = 400_000_000
_WHOLE = regex.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日"
    r"|第?[0-9]{1,12}(?:[.,][0-9]{1,9}){0,4}(?:[多余]?[万亿]{1,2})?(?:%|[年月日次届轮期号名个项起件份条])?"
    r"|第?[〇零一二三四五六七八九十百千万亿两]{1,12}(?:[年月日次届轮期号]|(?=[名个项起件份条]))"
)
_PIECE = regex.compile(r"\p{Han}{1,200}|[A-Za-z0-9]{1,60}(?:[-.&'][A-Za-z0-9]{1,60}){0,8}|[^\p{Han}A-Za-z0-9]")
_ALIKE = str.maketrans({"、": ",", ";": ";"})
_PAUSE = frozenset(",.;:!?")
# An equal stretch between two changes is drawn into them when it has no more letters than either, and few. In the 123 reworded sentences of
# tests/test_alignment 0 leaves 824 pieces, 43 of them equal ones of at most two letters between changes; 2, 4 and 6 leave 750, 706 and 691,
# and 11 such each.
DRAWN_IN = 4


class Piece(NamedTuple):
    """A stretch of both texts (equal but for typography), of the old alone (delete) or of the new alone (insert).

    ``old`` is ``old_text[old_start:old_end]``, ``new`` likewise; '' and an empty span where a side has nothing. The pieces of a redline
    tile both texts.
    """

    op: Op
    old: str
    new: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def text(self) -> str:
        """What a reader sees: the new text, of a deletion the old."""
        return self.old if self.op == "delete" else self.new


class _Words(NamedTuple):
    """The words of a text: how each is compared, and where it begins in the text's form; the last place is the end."""

    words: list[str]
    places: list[int]
    form: Form
    length: int

    def offset(self, i: int) -> int:
        """Where the i-th word begins in the text; blanks belong to the word before them, those at the start to the first."""
        return 0 if i == 0 else self.length if i == len(self.words) else self.form.places[self.places[i]]


def redline(old_text: str, new_text: str) -> list[Piece]:
    """The pieces that lead from one text to the other, in reading order, a deletion before the insertion in its place.

    By words; numbers, dates and the names of bodies are one word each. What differs in typography alone is equal. An equal function word
    between two changes is drawn into them.
    """
    if old_text == new_text:
        return [Piece("equal", old_text, new_text, 0, len(old_text), 0, len(new_text))] if old_text else []
    old, new = _words(old_text), _words(new_text)
    if not old.words or not new.words:  # nothing, or nothing but blanks
        end = len(old_text)
        pieces = [Piece("delete", old_text, "", 0, end, 0, 0), Piece("insert", "", new_text, end, end, 0, len(new_text))]
        if not old.words and not new.words:
            pieces = [Piece("equal", old_text, new_text, 0, end, 0, len(new_text))]
        return [piece for piece in pieces if piece.old or piece.new]
    runs = _joined(_slid(_aligned(old.words, new.words), old.words, new.words), old.words, new.words)
    return list(_pieces(runs, old, new, old_text, new_text))


def _words(text: str) -> _Words:
    """The words of a text. Linear in its length."""
    own = form(text)
    plain = own.text
    spans = sorted({*((hit.start, hit.end) for hit in lexicon().find(plain)), *(match.span() for match in _WHOLE.finditer(plain))})
    words: list[str] = []
    places: list[int] = []

    def between(start: int, end: int) -> None:
        for match in _PIECE.finditer(plain, start, end):
            at = match.start()
            for word in cut(match[0]) if match[0][0] > "\u2fff" else ((match[0], ""),):
                words.append(word[0])
                places.append(at)
                at += len(word[0])

    at = 0
    for start, end in spans:
        if start < at:
            continue
        between(at, start)
        words.append(plain[start:end])
        places.append(start)
        at = end
    between(at, len(plain))
    return _Words([word.translate(_ALIKE).casefold() for word in words], [*places, len(plain)], own, len(text))


class _Run(NamedTuple):
    """Words a[i:j] and b[k:m]; equal ones, or changed."""

    equal: bool
    i: int
    j: int
    k: int
    m: int


def _aligned(a: Sequence[str], b: Sequence[str]) -> list[_Run]:
    """Equal and changed stretches of two lists of words by turns."""
    if len(a) * len(b) > MOST_WORDS:
        head = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        rest = min(len(a), len(b)) - head
        tail = next((n for n in range(rest) if a[-1 - n] != b[-1 - n]), rest)
        ends = len(a) - tail, len(b) - tail
        changed = _Run(False, head, ends[0], head, ends[1])
        return _plain([_Run(True, 0, head, 0, head), changed, _Run(True, ends[0], len(a), ends[1], len(b))])
    from rapidfuzz.distance import LCSseq

    ids: dict[str, int] = {}
    one, other = ([ids.setdefault(word, len(ids)) for word in words] for words in (a, b))
    ops = LCSseq.opcodes(one, other)
    return _plain(_Run(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end) for op in ops)


def _plain(runs: Iterable[_Run]) -> list[_Run]:
    """Neighbours of one kind as one, and no empty ones."""
    found: list[_Run] = []
    for equal, group in groupby((run for run in runs if run.i < run.j or run.k < run.m), key=lambda run: run.equal):
        own = list(group)
        found.append(_Run(equal, own[0].i, own[-1].j, own[0].k, own[-1].m))
    return found


def _slid(runs: list[_Run], a: Sequence[str], b: Sequence[str]) -> list[_Run]:
    """Let what is only put in or only struck out end where a clause does: 「,A,」 as 「A,」 rather than 「,A」."""
    found = list(runs)
    for n in range(1, len(found) - 1):
        before, run, after = found[n - 1 : n + 2]
        words, start, end = (b, run.k, run.m) if run.i == run.j else (a, run.i, run.j)
        if run.equal or (run.i < run.j and run.k < run.m) or words[end - 1] in _PAUSE:
            continue
        # To the right: the word that follows is the first of the stretch. To the left: the last is the word before.
        for step, room in ((1, after.j - after.i), (-1, before.j - before.i)):
            at = 0
            while at < room and words[start if step > 0 else end - 1] == words[end if step > 0 else start - 1]:
                at, start, end = at + 1, start + step, end + step
                if words[end - 1] in _PAUSE:
                    break
            if at and words[end - 1] in _PAUSE:
                moved = step * at
                found[n - 1] = before._replace(j=before.j + moved, m=before.m + moved)
                found[n] = _Run(False, run.i + moved, run.j + moved, run.k + moved, run.m + moved)
                found[n + 1] = after._replace(i=after.i + moved, k=after.k + moved)
                break
            words, start, end = (b, run.k, run.m) if run.i == run.j else (a, run.i, run.j)
    return _plain(found)


def _joined(runs: list[_Run], a: Sequence[str], b: Sequence[str]) -> list[_Run]:
    """Draw short equal stretches between two changes into them."""
    found: list[_Run] = []
    for n, run in enumerate(runs):
        between = run.equal and found and not found[-1].equal and n + 1 < len(runs)
        if between:
            words = a[run.i : run.j]
            around = [max(_letters(a[own.i : own.j]), _letters(b[own.k : own.m])) for own in (found[-1], runs[n + 1])]
            if all(_slight(word) for word in words) or _letters(words) <= min(DRAWN_IN, *around):
                run = run._replace(equal=False)
        if found and not found[-1].equal and not run.equal:
            found[-1] = _Run(False, found[-1].i, run.j, found[-1].k, run.m)
        else:
            found.append(run)
    return found


def _letters(words: Sequence[str]) -> int:
    return sum(len(word) for word in words if word[0].isalnum())


def _slight(word: str) -> bool:
    """Whether a word alone tells a reader nothing: a function word, one character, a comma."""
    if word in LINKS or word in (",", "·", "-", '"', "'", "(", ")"):
        return True
    return len(word) == 1 and word.isalpha() and tag_of(word)[:1] in {"", "u", "p", "c", "d", "r", "f", "y"}


def _pieces(runs: list[_Run], old: _Words, new: _Words, old_text: str, new_text: str) -> Iterator[Piece]:
    for run in runs:
        a, b = old.offset(run.i), old.offset(run.j)
        c, d = new.offset(run.k), new.offset(run.m)
        if run.equal:
            yield Piece("equal", old_text[a:b], new_text[c:d], a, b, c, d)
            continue
        if a < b:
            yield Piece("delete", old_text[a:b], "", a, b, c, c)
        if c < d:
            yield Piece("insert", "", new_text[c:d], b, b, c, d)
