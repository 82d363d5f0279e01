"""Act words and verbs that follow one another: 「决定继续…」, 「制定并通过…」."""

from __future__ import annotations

from qingdan.finding.acts import Act, Words

LINKS = frozenset("并和、及与")


def in_group(act: Act, words: tuple[tuple[int, int, Act], ...], joined: int, gap: bool) -> bool:
    """Whether an act word behind others belongs to their group: of what is thought or talked about it is content (将讨论, 将重点关注)."""
    before = words[-1][2]
    if joined == len(words):
        return True
    if before.family == "window" and gap and act.class_ == "continued":
        return False  # 「指出双边贸易额|持续增长」
    if before.family == "doing":
        return act.use != "talk" and (act.class_ != "viewed" or act.negative)
    if before.family == "stance" and before.class_ in ("viewed", "welcomed", "urged"):
        return not gap
    return True


def kind_at(kinds: list[str], following: tuple[int, int, int], offset: int) -> str:
    """The kind of the next word where it stands at an offset, empty where it stands elsewhere."""
    return kinds[following[2]] if following[0] == offset else ""


def act_at(kinds: list[str], following: tuple[int, int, int], offset: int) -> bool:
    """Whether the next word is an act word and stands at an offset."""
    return kind_at(kinds, following, offset) == "act"


def join(
    masked: str, words: Words, following: list[tuple[int, int, int]], base: int, last: int, verb: tuple[int, int, Act]
) -> tuple[tuple[int, int, Act], bool]:
    """A verb with those that 并 and 和 join to it, and whether 了 follows: 「制定并一致|通过|本计划」 is signed, 「签署并发布|了」 done."""
    begin, at, _ = verb
    done = False
    for start, stop, number in following:
        kind, act = words.kinds[number], words.acts[number]
        end = stop + base
        if start + base != at or at >= last or kind not in ("verb", "and", "join", "adverb", "noun_phrase"):
            break
        if kind == "verb" and act is not None:
            if act.use == "sign":
                verb = (begin, end, act)
            if masked[end] == "了":
                done = True
        at = end
    return verb, done
