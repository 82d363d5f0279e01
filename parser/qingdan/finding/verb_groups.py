"""How a clause begins: its date, subject, act words and verb, read from left to right over the words that acts.py knows.

「双方|决定|就|此|保持|沟通」: subject, act word, phrase, act word; what follows the last is content and is not read. A phrase ends where a
word closes it (在…框架下), or where a verb comes that does not stand right behind its first word (就加强合作|开展…).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qingdan.finding.acts import OF_EVENTS, Act, Words
from qingdan.finding.clauses import Clause
from qingdan.finding.constituents import Group, Named
from qingdan.finding.masks import BODY, BRACKET, DAY, FILLER, PARTY, QUOTED, TITLE, Mark
from qingdan.finding.parts_of_speech import BEHIND_NOUN, NOUN_BEFORE, before_predicate, before_verb, has_doer, in_attribute, is_verb, taken
from qingdan.finding.phrases import ABOUT, CLOSED, FINAL_WORDS, WHEN, final_word, last_of, next_from, next_of
from qingdan.finding.prepared import Prepared
from qingdan.finding.verb_chains import LINKS, act_at, in_group, join, kind_at

_TAIL = 30  # characters behind a subject's name: a title and the name of a person
_TALK = Prepared(r"(?:进行|展开|开展|作|做)了?[^,;。了]{0,20}?(?:讨论|探讨|意见交换)$")
# 「根据…建立的|联合工作组|将…」
_NAMED_GROUP = Prepared(r"(?<=的)[\u4e00-\u9fff]{0,6}(?:联合工作组|联合委员会|联委会|混委会|秘书处)$")
# 「为两国企业|提供便利」, no purpose: 「为落实共识，…」
_SERVES = Prepared(r"(?:提供|创造|营造|给予|搭建|开辟|培训|培养|援建|修建|捐赠|发放|办理)(?![^,;。]*(?:将|有助于|有利于|之人)|的)")
# 「如|由中方承担设计，…」, 「如|条件允许，…」; 「如|打击走私」 gives an example.
_SUPPOSES = Prepared(
    rf"有|需|由|无|未|不|经|能|可|遇|发[生现]|出现|任何|[{PARTY}{BODY}]|双方|一方|[\u4e00-\u9fff]方|"
    r".{1,12}(?:允许|许可|成熟|到位|具备|必要|同意|批准|通过|成功|失败|完成|变化|调整)"
)
_NAMES = frozenset((BODY, PARTY, "side", "somebody", "meeting"))
_AND = frozenset(("和", "与"))
_AGENT = frozenset(("由", "被"))
_JOINS_SUBJECTS = frozenset(("与", "和", "同", "跟", "及", "以及", "、", "或", "/", "暨", "并"))
_INNER = frozenset(("决定", "指出", "宣布", "表示", "声明", "表明", "确认", "强调", "商定", "同意", "重申", "力争", "确保"))


def read(masked: str, vocabulary: Words, clauses: Sequence[Clause], marks: Mapping[int, Mark]) -> list[Group]:
    """Read the clauses of a stretch of masked text, given in its order, by their words. Linear in its length."""
    if not clauses:
        return []
    kinds, acts, texts = vocabulary.kinds, vocabulary.acts, vocabulary.texts
    base = clauses[0][0]  # what the offsets of words count from
    tokens = vocabulary.find(masked[base : clauses[-1][1]])
    groups: list[Group] = []
    k = 0  # the next word
    for first, end in clauses:
        begins = first - base
        while tokens[k][0] < begins:
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
        if masked[end - 2 : end] in FINAL_WORDS:
            closing = final_word(masked, first, end)
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
                    gap = masked[at:start] != "各"
                    at = start
                else:
                    thing += masked[at:start]
                    at = start
            if kind == "act":
                act: Act = acts[number]  # type: ignore[assignment]
                if phrase and (linked == start or behind):
                    at = stop
                    continue
                if words and not in_group(act, words, joined, gap):
                    content = start
                    break
                if act.use == "verb" and not (stop < end and before_verb(kinds, tokens[k], stop - base)):
                    continue
                if (
                    act.plain and not phrase and stop < end and masked[stop] not in BEHIND_NOUN and masked[start - 1] not in NOUN_BEFORE
                ) or is_verb(
                    masked,
                    act,
                    start,
                    stop,
                    end,
                    gap,
                    phrase,
                    fresh,
                    subject,
                    thing,
                    words,
                    kind_at(kinds, tokens[k], stop - base),
                ):
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
                elif (
                    act.word == "将"
                    and (subject or not thing)
                    and not phrase
                    and (verb_at := taken(masked, stop, end, kind_at(kinds, tokens[k], stop - base))) >= 0
                ):
                    at = verb_at  # 「双方|将开放时间|延长至…」
                    k = next_from(verb_at - base, tokens, k)
            elif kind == "verb":
                act = acts[number]  # type: ignore[assignment]
                if act.noun and (phrase or gap or thing or not has_doer(masked, subject, start)):
                    continue
                if act.word == "明确" and act_at(kinds, tokens[k], stop - base):  # 「明确|支持」
                    at = stop
                    continue
                following = masked[stop]
                if following == "的" and masked[stop + 1] != "是":
                    if words and not phrase:
                        content = start
                        break
                    fresh = False
                    continue
                if not (words or subject or phrase) and "的" in masked[stop : stop + 15] and in_attribute(masked, stop, end):
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
                if words or (not (act.noun and before_predicate(kinds, tokens[k], stop - base)) if stop < end else act.use in OF_EVENTS):
                    verb = (start, stop, act)
                    content = start
                    if following == "了" or masked[stop - 1] == "了":
                        done = True
                    elif following in LINKS:
                        verb, done = join(masked, vocabulary, tokens[k : k + 4], base, end, verb)
                    if verb[2].use == "carry" and not words:
                        talk = _TALK.search(masked, start, end)
                    break
            elif kind in _NAMES:
                mark = marks.get(start)
                close = mark.end if mark else stop
                if phrase:
                    if phrase == "agent" or (phrase == "agents" and linked == start):
                        agents += (Named(start, close, kind),)
                        phrase = "agents"
                    elif phrase == "with" and not words and not gap and subject:
                        subject += (Named(start, close, kind),)
                        phrase = ""
                    elif kind == BODY and masked[start - 1] == "的" and act_at(kinds, tokens[k], close - base):
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
                if not begun and text[0] == "除" and masked[end - 1] == "外":
                    opens = "if"  # 「除双方另有约定|外」
                    break
                if phrase and text in WHEN:
                    at = stop
                    continue
                if words and gap and not phrase:
                    content = at
                    break
                if not begun and text == "以" and tokens[k][0] == stop - base and kinds[tokens[k][2]] == "verb":
                    opens = "purpose"
                if text in WHEN:
                    phrase = "when"
                    opened = not words and not subject and not thing
                else:
                    phrase = "clause"
                    opened = False
                behind = text == "经"  # 「经双方确认」
                fresh = phrased = begun = True
                at = stop
                if closing >= stop:
                    k = next_from(closing - base, tokens, k)
                elif text in CLOSED:  # what stands inside 在…框架下 is not read
                    k = next_of(vocabulary.closes, tokens, k, end - base)
                elif text in ABOUT:
                    k = next_of(vocabulary.mains, tokens, k, end - base)
                    if text == "就" and not vocabulary.mains[tokens[k][2]]:  # 「就两国携手合作|发出…」
                        k = last_of(vocabulary.verbs, tokens, k, end - base)
            elif kind == "noun_phrase":
                text = texts[number]
                if text in _AND and dated and not gap and kind_at(kinds, tokens[k], stop - base) == DAY:
                    at = stop  # 「8月14日和11月23日|换文」
                    continue
                if text in _AND and words and not phrase and not gap and act_at(kinds, tokens[k], stop - base):
                    joined = len(words)
                    at = stop
                    continue
                if phrase and text in _JOINS_SUBJECTS:
                    linked = stop
                    at = stop if not gap else at
                    continue
                if phrase and gap and text in ("和", "与", "同", "为"):
                    continue
                serves = None
                if text == "为" and not begun and not link:
                    serves = _SERVES.search(masked, stop, end)
                    opens = "for" if serves is None else "serves"
                phrase = "agent" if text in _AGENT else "with" if text in _JOINS_SUBJECTS else "noun"
                phrased = phrased or phrase != "with" or not subject
                fresh = begun = True
                at = stop
                opened = text == "自" and not words and not subject and not thing
                if serves is not None:
                    k = next_from(serves.start() - base, tokens, k)
                elif closing >= stop and phrase != "with":
                    k = next_from(closing - base, tokens, k)
                elif text in ("对", "当", "比"):
                    k = next_of(vocabulary.closes, tokens, k, end - base)
            elif kind == "adverb":
                if linked == start:
                    linked = stop
                at = stop
            elif kind == "join" or kind == "and":
                if kind == "and" and not begun and not gap:
                    link = "并"
                    begin, at = start + (2 if masked.startswith("并且", start) else 1), stop  # 「并|不迟于…」
                    continue
                if words and not phrase and not gap and act_at(kinds, tokens[k], stop - base):
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
                    if link == "如" and "、" not in masked[stop:end] and _SUPPOSES.match(masked, stop, end):
                        opens = "if"
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
