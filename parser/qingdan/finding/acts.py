"""The words that clauses are read by: acts from ``data/acts.csv``, all others from ``data/clause_words.csv``, one automaton."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from sys import intern

import daachorse
import msgspec

from qingdan.data import read_rows
from qingdan.finding.masks import SIGNS

# What signs and rows of ``clause_words.csv`` are to a clause; an act is an ``Act``.
KINDS = (
    "adverb", "noun_phrase", "clause_phrase", "close", "and", "but", "purpose", "example", "side", "somebody", "meeting", "negation",
    "join", "if", "thing", "nothing",
)  # fmt: skip

OPEN = frozenset(("将", "应"))  # may be 把, or answer to 邀请
_ASKS_MORE = frozenset(("done", "duty", "ask"))  # what was done goes into the act; who is the subject of 应; 不再要求
_NO_END = frozenset(("起", "间", "里", "内", "要求", "邀请"))  # close other phrases than 在…


# Uses of verbs that say what is held, begun, built or signed: they count behind a thing as subject, and where a clause ends with them.
OF_EVENTS = frozenset(("hold", "work", "sign"))


class Act(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A row of ``acts.csv``; each is read once, so it is equal to itself alone.

    ``plain`` when it is a verb wherever what stands right before and behind it allows, ``whole`` when nothing but its class is
    needed to tell that of a clause without another.
    """

    word: str
    family: str
    class_: str
    strength: str
    use: str
    negative: bool
    noun: bool
    plain: bool
    whole: bool


class Words(msgspec.Struct, frozen=True):
    """The automaton, and by the number of its pattern what kind of word it is; ``acts`` has None where it is no act.

    ``closes`` are the words that close 在…, ``mains`` the verbs of 就…: 继续, 保持, 开展, 进行, 举行, 达成; ``verbs`` those of doing
    that are hardly ever nouns.
    """

    automaton: daachorse.CharwiseDoubleArrayAhoCorasick
    kinds: list[str]
    acts: list[Act | None]
    texts: list[str]
    closes: list[bool]
    mains: list[bool]
    verbs: list[bool]

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Every word of a masked text: start, end and number, leftmost and longest; behind them one beyond the text."""
        found: list[tuple[int, int, int]] = self.automaton.find(text)
        found.append((len(text), len(text), len(self.texts) - 1))
        return found


@cache
def words() -> Words:
    """The words, read once. Their strings are interned: equal to those of the code by a look at where they stand."""
    acts = [_act(row) for row in read_rows("acts.csv")]
    others = read_rows("clause_words.csv")
    texts = [act.word for act in acts] + [intern(row["word"]) for row in others] + list(SIGNS) + [" ", "\n"]
    kinds = ["verb" if act.family == "verb" else "act" for act in acts] + [intern(row["kind"]) for row in others]
    kinds += [*map(intern, SIGNS), "adverb", "adverb"]
    acts_of: list[Act | None] = [*acts, *[None] * (len(texts) - len(acts))]
    patterns = list(texts)
    for text, kind, act in list(zip(texts, kinds, acts_of, strict=True)):
        if kind in ("act", "side"):  # 「重 申」: a blank that a scan left in a word
            for at in range(1, len(text)):
                patterns.append(f"{text[:at]} {text[at:]}")
                texts.append(text)
                kinds.append(kind)
                acts_of.append(act)
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(patterns, daachorse.MATCH_KIND_LEFTMOST_LONGEST)
    closes = [kind == "close" and text not in _NO_END for kind, text in zip(kinds, texts, strict=True)]
    mains = [act is not None and _is_main(act) for act in acts_of]
    verbs = [act is not None and act.family == "verb" and not act.noun for act in acts_of]
    return Words(automaton, kinds, acts_of, texts, closes, mains, verbs)


def _act(row: Mapping[str, str]) -> Act:
    word, use, strength, noun = intern(row["word"]), intern(row["use"]), intern(row["strength"]), row["noun"] != ""
    plain = use != "done" and not noun and word not in OPEN
    whole = row["family"] != "window" and use not in _ASKS_MORE
    return Act(word, intern(row["family"]), intern(row["class"]), strength, use, row["negative"] != "", noun, plain, whole)


def _is_main(act: Act) -> bool:
    return (
        (act.family == "doing" and act.strength == "strong")
        or act.class_ == "continued"
        or act.use in ("carry", "hold", "talk")
        or act.word == "达成"
    )
