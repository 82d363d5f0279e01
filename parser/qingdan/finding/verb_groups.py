"""How a clause begins: its date, subject, act words and verb, read from left to right over the words that acts.py knows.

「双方|决定|就|此|保持|沟通」: subject, act word, phrase, act word; what follows the last is content and is not read. A phrase ends where a
word closes it (在…框架下), or where a verb comes that does not stand right behind its first word (就加强合作|开展…).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from qingdan.finding.acts import OPEN, Act, Words, words
from qingdan.finding.clauses import Clause
from qingdan.finding.masks import BODY, BRACKET, DAY, FILLER, PARTY, QUOTED, TITLE, Mark
from qingdan.finding.prepared import Prepared


class Named(msgspec.Struct, gc=False):
    """A party, body or word for them as subject; ``tail`` is the text behind it (部长, 企业), ``kind`` BODY, PARTY, side or somebody."""

    start: int
    end: int
    kind: str
    tail: str = ""


class Group(msgspec.Struct, gc=False):
    """What a clause begins with. ``words`` are its act words, ``verb`` the verb of content with its row.

    ``content`` is where content begins, None when the clause ends before any: then the act goes on in the next clause.
    ``thing`` when the subject is neither party nor body, ``joined`` the words before the last 并 of joined acts.
    """

    start: int
    end: int
    begin: int
    link: str = ""
    dated: bool = False
    opens: str = ""  # if, purpose, example: how the clause begins that is no act of its own
    subject: tuple[Named, ...] = ()
    agents: tuple[Named, ...] = ()
    thing: str = ""
    words: tuple[tuple[int, int, Act], ...] = ()
    verb: tuple[int, int, Act] | None = None
    content: int | None = None
    joined: int = 0
    negated: bool = False
    done: bool = False
    phrased: bool = False
    talk: re.Match[str] | None = None  # 「进行了深入讨论」
    about: bool = False  # the subject is 该…, 本…, 这…


_BEHIND_NOUN = "的书者性"
_OF = "的所"
_NOUN_BEFORE = frozenset("的该此新其所本各")
_NOUN_BEHIND = frozenset("的书者性，,、和与及")
_LINKS = frozenset("并和、及与")
_TAIL = 30  # characters behind a subject's name: a title and the name of a person
# What ends a clause and is its verb whatever the phrase before holds: 「对…得到有效落实|感到满意」, 「就…的必要性|交换了意见」.
_FINAL_WORDS = frozenset((
    "欢迎", "赞赏", "满意", "感谢", "祝贺", "支持", "关切", "遗憾", "理解", "谴责", "反对", "担忧", "关注", "肯定", "慰问", "哀悼", "钦佩",
    "敬意", "赞扬", "失望", "高兴", "欣慰", "鼓舞", "意见", "看法",
))  # fmt: skip
_FINAL = Prepared(
    r"(?:表示|感到|深表|深感)(?:由衷|高度|强烈|严重|十分|衷心|诚挚|坚决|坚定|热烈|深切|深深)?(?:地|的)?"
    r"(?:欢迎|赞赏|满意|感谢|祝贺|支持|关切|遗憾|理解|谴责|反对|担忧|关注|肯定|慰问|哀悼|钦佩|敬意|赞扬|失望|高兴|欣慰|鼓舞)$|交换了?(?:意见|看法)$"
)
_TALK = Prepared(r"(?:进行|展开|开展|作|做)了?[^,;。了]{0,20}?(?:讨论|探讨|意见交换)$")
# 「根据…建立的|联合工作组|将…」
_NAMED_GROUP = Prepared(r"(?<=的)[\u4e00-\u9fff]{0,6}(?:联合工作组|联合委员会|联委会|混委会|秘书处)$")
# 「各地已经建设的平台要…」
_ATTRIBUTE = Prepared("[^,;。]{0,14}?的[^,;。]{1,24}?(?:应|须|将|要(?![求素点]))")
_RELATIVE = Prepared("[\u4e00-\u9fff]{2,3}的(?!是)")  # 「双方将签订的协定…」
_TAKES = Prepared(
    r"(?:(?P<as>作为|纳入|列[为入]|视为|定为|设为)|(?:扩大|扩展|提升|提高|延长|延伸|增加|降低|减少|转化|升级|打造|建设|推向|转变|推广|应用|拓展|建成|发展|改造|控制|用|运用)(?:到|至|为|成|于|在))"
)
_OBJECT = 60  # characters of the longest object between 将 and what it is made
_PAUSES = frozenset(",;。")
_NAMES = frozenset((BODY, PARTY, "side", "somebody", "meeting"))
_OF_ACTS = frozenset(("hold", "work", "sign"))
_AND = frozenset(("和", "与"))
_AGENT = frozenset(("由", "被"))
_JOINS_SUBJECTS = frozenset(("与", "和", "同", "跟", "及", "以及", "、", "或", "/", "暨", "并"))
_CLOSED = frozenset(("在", "以", "当", "随着", "对", "比", "按照", "根据", "除", "除了", "经", "沿着", "继"))
_ABOUT = frozenset(("就", "围绕"))
_REACH = 40  # words behind 在 among which its closing word is sought
_WHEN = frozenset(("于", "在", "自", "到", "从", "至"))
_INNER = frozenset(("决定", "指出", "宣布", "表示", "声明", "表明", "确认", "强调", "商定", "同意", "重申", "力争", "确保"))


def read(masked: str, vocabulary: Words, clauses: Sequence[Clause], marks: Mapping[int, Mark]) -> list[Group]:
    """Read the clauses of a stretch of masked text, given in its order, by their words. Linear in its length."""
    kinds, acts, texts = vocabulary.kinds, vocabulary.acts, vocabulary.texts
    base = clauses[0][0]  # what the offsets of words count from
    tokens = vocabulary.find(masked[base : clauses[-1][1]])
    groups: list[Group] = []
    k = 0  # the next word
    for first, end in clauses:
        while tokens[k][0] + base < first:
            k += 1
        at = begin = first
        link = opens = thing = phrase = ""
        subject: tuple[Named, ...] = ()
        agents: tuple[Named, ...] = ()
        words: tuple[tuple[int, int, Act], ...] = ()
        verb: tuple[int, int, Act] | None = None
        content: int | None = None
        talk: re.Match[str] | None = None
        joined = 0
        dated = negated = done = phrased = about = fresh = behind = False
        begun = False  # anything but blanks and linking words read
        opened = False  # the last that was read is a phrase's first word at the clause's beginning
        linked = -1  # the end of the last 、 or 和
        closing = -1
        if masked[end - 2 : end] in _FINAL_WORDS:
            final = _FINAL.search(masked, max(at, end - 14), end)
            closing = final.start() if final else -1
        while True:
            start, stop, number = tokens[k]
            start += base
            if start >= end:
                if at < end:
                    if not phrase:
                        if rest := masked[at:end].strip(FILLER + " "):
                            if words:
                                content = at
                            elif not thing:
                                thing = rest
                    elif words and not fresh and phrase not in ("clause", "when"):
                        content = at
                break
            k += 1
            if start < at:
                continue
            kind = kinds[number]
            if kind == "nothing":
                continue
            stop += base
            gap = start > at
            if gap:
                if phrase:
                    fresh = False
                elif words:
                    if words[-1][2].word not in _INNER:
                        content = at
                        break
                elif subject and not thing and not phrased and len(subject[-1].tail) + start - at <= _TAIL:
                    subject[-1].tail += masked[at:start]
                    at = start
                else:
                    thing += masked[at:start]
                    at = start
            if kind == "act":
                act: Act = acts[number]  # type: ignore[assignment]
                if phrase and (linked == start or behind):
                    at = stop
                    continue
                if words and not _in_group(act, words, joined, gap):
                    content = start
                    break
                if act.use == "verb" and not (stop < end and _before_verb(kinds, tokens[k], stop - base)):
                    continue
                if (
                    act.plain and not phrase and stop < end and masked[stop] not in _BEHIND_NOUN and masked[start - 1] not in _OF
                ) or _is_verb(masked, act, start, stop, end, gap, phrase, fresh, subject, thing, words):
                    if phrase:
                        if not subject and not words and (named := _NAMED_GROUP.search(masked, max(first, start - 16), start)) is not None:
                            thing = named[0]
                        phrase = ""
                    words += ((start, stop, act),)
                    at = stop
                    begun = True
                elif words and not phrase:
                    content = start
                    break
            elif kind == "verb":
                act = acts[number]  # type: ignore[assignment]
                following = masked[stop]
                if following == "的" and masked[stop + 1] != "是":
                    if words and not phrase:
                        content = start
                        break
                    fresh = False
                    continue
                if not (words or subject or phrase) and "的" in masked[stop : stop + 15] and _attribute(masked, stop, end):
                    thing += masked[start:stop]  # 「派出人员不足的一方应…」
                    at, begun = stop, True
                    continue
                if start < closing:  # 「积极发展|表示欢迎」
                    continue
                if phrase:
                    if fresh or linked == start:
                        fresh = fresh or not gap
                        at = stop
                        continue
                    if phrase == "when":
                        phrase = ""
                if words or (not _is_noun(kinds, tokens[k], stop - base, act) if stop < end else act.use in _OF_ACTS):
                    verb = (start, stop, act)
                    content = start
                    if following == "了":
                        done = True
                    elif following in _LINKS:
                        verb, done = _join(masked, vocabulary, tokens[k : k + 4], base, end, verb)
                    if verb[2].use == "carry" and not words:
                        talk = _TALK.search(masked, start, end)
                    break
            elif kind in _NAMES:
                mark = marks.get(start)
                close = mark.end if mark else stop
                if phrase:
                    if phrase == "agent":
                        agents += (Named(start, close, kind),)
                        phrase = "noun"
                    elif phrase == "with" and not words and not gap and subject:
                        subject += (Named(start, close, kind),)
                        phrase = ""
                    elif kind == BODY and masked[start - 1] == "的" and _act_at(kinds, tokens[k], close - base):
                        subject += (Named(start, close, kind),)  # 「根据…建立的|联合工作组|将…」
                        phrase = ""
                    fresh = False
                    at = close
                    continue
                if words:
                    if words[-1][2].word not in _INNER:
                        content = start
                        break
                    if kind == "meeting" or kind == "somebody":
                        continue
                    agents += (Named(start, close, kind),)
                elif subject and linked != start:  # 「东盟|国家|领导人」, 「专家接受|肯方|邀请」
                    subject[-1].tail += masked[start:close]
                    subject[-1].end = close
                elif not thing or subject:
                    subject += (Named(start, close, kind),)
                at = close
                begun = True
            elif kind == "clause_phrase":
                text = texts[number]
                if phrase and text in _WHEN:
                    at = stop
                    continue
                if words and gap and not phrase:
                    content = at
                    break
                if not begun and text == "以" and tokens[k][0] == stop - base and kinds[tokens[k][2]] == "verb":
                    opens = "purpose"
                if text in _WHEN:
                    phrase = "when"
                    opened = not words and not subject and not thing
                else:
                    phrase = "clause"
                    opened = False
                behind = text == "经"  # 「经双方确认」
                fresh = phrased = begun = True
                at = stop
                if closing >= stop:
                    k = _from(closing - base, tokens, k)
                elif text in _CLOSED:  # what stands inside 在…框架下 is not read
                    k = _next(vocabulary.closes, tokens, k, end - base)
                elif text in _ABOUT:
                    k = _next(vocabulary.mains, tokens, k, end - base)
            elif kind == "noun_phrase":
                text = texts[number]
                if text in _AND and words and not phrase and not gap and _act_at(kinds, tokens[k], stop - base):
                    joined = len(words)
                    at = stop
                    continue
                if phrase and text in _JOINS_SUBJECTS:
                    linked = stop
                    at = stop if not gap else at
                    continue
                if phrase and gap and text in ("和", "与", "同", "为"):
                    continue
                if text == "为" and not begun and not link:
                    opens = "for"
                phrase = "agent" if text in _AGENT else "with" if text in _JOINS_SUBJECTS else "noun"
                phrased = phrased or phrase != "with" or not subject
                fresh = begun = True
                at = stop
                if closing >= stop and text != "与":
                    k = _from(closing - base, tokens, k)
                elif text in ("对", "当", "比"):
                    k = _next(vocabulary.closes, tokens, k, end - base)
            elif kind == "adverb":
                if linked == start:
                    linked = stop
                at = stop
            elif kind == "join" or kind == "and":
                if kind == "and" and not begun and not gap:
                    link = texts[number]
                    begin = at = stop
                    continue
                if words and not phrase and not gap and _act_at(kinds, tokens[k], stop - base):
                    joined = len(words)
                if kind == "and":
                    at = stop
                else:
                    linked = stop
                    at = stop if not gap or phrase else at
            elif kind == "close":
                if phrase and masked[stop] != "的":
                    phrase = ""
                    at = stop
            elif kind == DAY:
                if not begun or (opened and not gap):
                    dated = True
                at = marks[start].end
                if phrase == "when":
                    phrase = ""
                elif phrase:
                    fresh = False
                elif words and gap:
                    content = start
                    break
                begun = True
            elif kind == BRACKET:
                at = marks[start].end
            elif kind in (QUOTED, TITLE):
                if not phrase and words:
                    content = start
                    break
                fresh = False
                if not phrase and not subject and not thing:
                    thing = masked[start:stop]
                at = marks[start].end
                begun = True
            elif kind == "negation":
                if not phrase or not fresh:
                    if not phrase:
                        negated = True
                    at = stop
                    begun = True
            elif kind == "but":
                if not begun and not gap:
                    link = texts[number]
                    begin = at = stop
            elif kind == "thing":
                if words and not phrase:
                    content = at
                    break
                if not phrase and not subject and not thing:
                    thing = texts[number]
                    about = begun = True
            else:  # purpose, example, if
                if kind == "example" and not begun and not gap and "在内" in masked[start:end]:
                    at = masked.find("在内", start) + 2
                    at += masked[at] == "的"
                    continue
                if not begun and not gap:
                    opens, link = kind, texts[number]
                    break
                if words and not phrase:
                    content = at
                    break
                if kind == "example" and not phrase and not words:
                    about = True  # 「合作文件类|主要包括…」
                    break
        groups.append(
            Group(
                first, end, begin, link, dated, opens, subject, agents, thing, words, verb, content, joined,
                negated, done, phrased, talk, about,
            )
        )  # fmt: skip
    return groups


def _is_verb(
    masked: str, act: Act, start: int, stop: int, end: int, gap: bool, phrase: str, fresh: bool,
    subject: tuple[Named, ...], thing: str, words: tuple[tuple[int, int, Act], ...],
) -> bool:  # fmt: skip
    """Whether an act word is a verb where it stands: 「计划」 behind a subject, not in 「该计划」, 「行动计划」, 「计划的…」."""
    behind = masked[stop]
    if behind == "的" or (stop < end and behind in _BEHIND_NOUN):
        return False
    before = masked[start - 1 : start] if start else ""
    if act.noun or act.strength == "weak":
        if before in _NOUN_BEFORE and before:
            return False
        if act.noun and (stop == end or behind in _NOUN_BEHIND):
            return bool(words) and not gap and not phrase
        if act.noun and gap and not phrase and not (subject and not thing):
            return False
        if act.noun and phrase and gap and act.class_ != "continued":
            return False
    elif (before and before in _OF) or (stop == end and act.family == "doing" and (phrase or gap)) or (behind == "、" and phrase):
        return False
    if phrase and fresh:
        return False
    if not act.use and act.word not in OPEN and stop < end:
        return True
    if stop == end and thing and act.class_ == "welcomed" and not words:  # 「受到热烈|欢迎」
        return False
    if act.use == "done" and phrase and "的" in masked[stop:end]:
        return False
    if act.word == "应" and "邀请" in masked[stop : min(end, stop + 40)]:
        return False
    if act.word == "将":
        return not (masked.find("的", stop + 2, stop + 4) > 0 and _RELATIVE.match(masked, stop, end)) and not _takes(masked, stop, end)
    if act.use == "done" and _attribute(masked, stop, end):
        return False
    return not (act.use == "done" and masked.startswith(("成为", "达", "有", "是", "超过", "占", "具备", "形成"), stop))


def _attribute(masked: str, stop: int, end: int) -> bool:
    """Whether a verb is part of an attribute: 「派出|人员不足的一方应…」."""
    return _ATTRIBUTE.match(masked, stop, end) is not None


def _takes(masked: str, stop: int, end: int) -> bool:
    """Whether 将 is 把: 「将试点扩大到…」, 「将…作为…」."""
    match = _TAKES.search(masked, stop + 1, min(end, stop + _OBJECT + 10))
    if match is None or match.start() - stop > _OBJECT or not _PAUSES.isdisjoint(masked[stop : match.start()]):
        return False
    vocabulary = words()
    token = next(iter(vocabulary.automaton.find(masked[stop : stop + 8])), None)
    if token is None or token[0] > 0:
        return True
    kind = vocabulary.kinds[token[2]]
    return kind in (BODY, PARTY, QUOTED, TITLE, "nothing", "thing", "side", "somebody", "meeting") or (
        kind == "verb" and match["as"] is not None
    )


def _is_noun(kinds: list[str], following: tuple[int, int, int], stop: int, act: Act) -> bool:
    """Whether a verb inside a clause is a noun, as subject of another: 「合作|取得…」, 「落实|情况」."""
    return act.noun and following[0] == stop and kinds[following[2]] in ("verb", "act", "adverb", "negation", "join")


def _in_group(act: Act, words: tuple[tuple[int, int, Act], ...], joined: int, gap: bool) -> bool:
    """Whether an act word behind others belongs to their group: of what is thought or talked about it is content (将讨论, 将重点关注)."""
    before = words[-1][2]
    if joined == len(words):
        return True
    if before.family == "doing":
        return act.use != "talk" and (act.class_ != "viewed" or act.negative)
    if before.family == "stance" and before.class_ in ("viewed", "welcomed", "urged"):
        return not gap
    return True


def _act_at(kinds: list[str], following: tuple[int, int, int], offset: int) -> bool:
    """Whether the next word is an act word and stands at an offset."""
    return following[0] == offset and kinds[following[2]] == "act"


def _before_verb(kinds: list[str], following: tuple[int, int, int], stop: int) -> bool:
    """Whether 争取, 计划 and 准备 stand before a verb, its adverbs or its phrases: not 「争取支持」."""
    return following[0] == stop and kinds[following[2]] in (
        "verb", "act", "adverb", DAY, "clause_phrase", "noun_phrase", PARTY, BODY, "nothing",
    )  # fmt: skip


def _join(
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


def _next(wanted: list[bool], tokens: list[tuple[int, int, int]], k: int, end: int) -> int:
    """The next word of a kind, by its number in ``wanted``, before an offset and within reach; else the word that was to be next."""
    i = k
    while i < k + _REACH and tokens[i][0] < end:
        if wanted[tokens[i][2]]:
            return i
        i += 1
    return k


def _from(offset: int, tokens: list[tuple[int, int, int]], k: int) -> int:
    """The next word that begins at an offset or behind it."""
    while tokens[k][0] < offset:
        k += 1
    return k
