"""Which clauses of a unit open a commitment of their own (rules S1 to S9 of ``commitments.md``)."""

from __future__ import annotations

from qingdan.finding.constituents import Group, Named
from qingdan.finding.masks import BODY, PARTY
from qingdan.finding.opened import Opened, accomplished, deciding, last_doing, says, urges
from qingdan.finding.predicates import DECIDING, acts, bare, has_thing, is_subject, of_event, of_party, tells
from qingdan.finding.prepared import Prepared

THINKING = frozenset(("认为", "认识到", "意识到", "注意到", "相信", "坚信", "深信", "忆及", "指出", "看到"))
_PROMISED = frozenset(("将", "计划", "拟", "力争"))
STATEMENTS = THINKING | {"强调", "重申", "确认", "回顾", "回顾了"}
# 「注意到对方立场，|将认真研究」: what is noted is named, and nothing more is said of it.
_NOTED = Prepared("(?:立场|关切|进展|成果|建议|努力|作用|意见|情况|需要|贡献|诉求|重要性|意义)$")
_BASES = ("前提下", "框架下", "基础上", "范围内")
_REST = 2  # characters behind an act word that may still be no content of it
_LONG_PHRASES = ("对", "通过", "针对")  # 「通过加强沟通，支持…」: the verb of the first clause may be the phrase's
UNFINISHED = ("后", "时", "前", "中", "上", "下", "一道", "期间", "一起", "之际", "以来", "同时")


def open_unit(masked: str, groups: list[Group], listed: bool, doing: bool) -> list[Opened]:
    """The commitments of a unit whose clauses begin as ``groups`` say.

    ``listed`` when the unit is a member of a list, which may take its act from the list's head, ``doing`` when that is one of doing:
    then a weak act word is content.
    """
    if doing and groups[0].words and groups[0].words[0][2].strength == "weak" and not groups[0].subject:
        _demote(groups[0])
    serving = 1 if len(groups) > 1 and masked[groups[0].start : groups[0].end].endswith(_BASES) else 0
    if groups[serving].opens == "serves":
        groups[serving].opens = ""  # 「为两国企业提供便利」; behind another clause it is what comes of that
    opened: list[Opened] = []
    waiting: Group | None = None  # a bare clause before the first act
    start = groups[0].begin if listed and groups[0].link == "并" else groups[0].start
    unfinished = told = about = False
    said = -1  # the clause that says something of the one before
    for i, group in enumerate(groups):
        about = (about or group.about or group.opens == "purpose") and not group.subject
        if unfinished and group.opens == "if":  # 「双方同意，如条件允许，|将举行会议」
            opened[-1].end = group.end
            continue
        if unfinished and group.link != "并":
            _go_on(opened[-1], group)
            unfinished = not group.opens and (
                (group.content is None and (bool(group.words) or not (group.verb or group.thing)))
                or (not group.words and masked[group.start : group.end].endswith(UNFINISHED))  # 「双方同意，报告完成后，|将启动磋商」
            )
            continue
        unfinished = False
        if not opened:
            if about and (
                not group.words or (group.words[0][2].family == "doing" and group.words[0][2].word not in DECIDING and not group.thing)
            ):
                continue
            if waiting is not None and not masked.startswith(_LONG_PHRASES, waiting.begin) and _is_content(group):
                _demote(group)
            if said == i:  # of the clause before: 「落实上述协议，|将有助于…」
                told = True
            elif acts(group):
                if waiting is not None and (
                    group.link == "并"
                    or (_talks(group) and waiting.verb is not None and (waiting.done or waiting.verb[2].use == "hold"))
                    or (group.subject and waiting.subject and _differ(masked, waiting, group))
                    or _reported(waiting, group)
                ):
                    opened.append(Opened(start, groups[i - 1].end, "S9", waiting, waiting.words))
                    start = group.begin
                if i and not group.subject and not group.thing:
                    group.subject = _carried(groups[:i])
                opened.append(Opened(start, group.end, "S1" if not group.verb or group.words else "S9", group, group.words))
                unfinished = group.content is None and _breaks_off(group)
            elif waiting is None and group.verb is not None and (group.subject or not told) and bare(masked, group):
                if is_subject(masked, groups, i):
                    said = i + 1
                else:
                    waiting = group
            told = told or (not opened and tells(masked, group))
            continue
        current = opened[-1]
        rule = _opens(masked, group, groups[i - 1], current, group.talk is not None)
        if rule:
            current.end = groups[i - 1].end
            if rule == "S2b" and not group.subject and group.words and group.words[0][2].use in ("first", "duty") and last_doing(current):
                _demote(group)
            begin = group.begin
            if groups[i - 1].opens == "if" and not group.link and len(groups) > 2:  # 「…，一旦发现问题，|将及时通报」
                current.end, begin = groups[i - 2].end, groups[i - 1].begin
            opened.append(Opened(begin, group.end, rule, group, group.words))
            if rule in ("S2b", "S2c") and not group.words and not group.done:
                opened[-1].head, opened[-1].bare = None, group
            unfinished = group.content is None and _breaks_off(group)
        else:
            # 「认为…，应该继续…，|努力…」: what is thought goes on.
            current.named = current.named or group.link in ("即", "如") or (bool(group.words) and group.words[0][2].use == "duty")
    if not opened and waiting is not None:
        return _bare_unit(masked, groups, start)
    if opened:
        opened[-1].end = groups[-1].end
    return opened


def _demote(group: Group) -> None:
    """Take the first act word of a clause for its verb of content."""
    group.content, group.verb, group.words = group.words[0][0], group.words[0], ()


def _is_content(group: Group) -> bool:
    """Whether a weak act word stands behind a bare verb, whose content it is: 「中方提供设备，支持…」."""
    return bool(group.words) and group.words[0][2].use == "first" and not group.subject and not group.thing


def _talks(group: Group) -> bool:
    return group.talk is not None or (bool(group.words) and group.words[0][2].use == "talk")


def _reported(waiting: Group, group: Group) -> bool:
    """Whether what a party signed or issued stands alone before what it promises: 「双方签署…，同意…」."""
    return (
        bool(waiting.subject and group.words)
        and waiting.verb is not None
        and waiting.verb[2].use == "sign"
        and group.words[0][2].strength == "strong"
        and group.words[0][2].use != "done"
        and not group.thing
    )


def _carried(groups: list[Group]) -> tuple[Named, ...]:
    """The subject that stands in a clause before the first act: 「海关总署在…支持下，将…」."""
    for group in reversed(groups):
        if group.subject and group.subject[0].kind != "somebody":
            return group.subject
    return ()


def _bare_unit(masked: str, groups: list[Group], start: int) -> list[Opened]:
    """A unit without any act word: its first clause with a verb of doing, and those that (b), (c) and (d) open."""
    opened: list[Opened] = []
    named: bool | None = None  # whether a bare clause has a subject: one behind a phrase alone is not the first then
    told = about = False
    for i, group in enumerate(groups):
        about = (about or group.about or group.opens == "purpose") and not group.subject
        if about and not opened:
            continue
        if not opened:
            if named is None and group.phrased and not group.subject and not told:
                named = any(other.subject and bare(masked, other) for other in groups)
            if (group.subject or not (told or (named and group.phrased))) and bare(masked, group) and not is_subject(masked, groups, i):
                if i and not group.subject and not group.thing:
                    group.subject = _carried(groups[:i])
                opened.append(Opened(start, group.end, "S9", group, group.words))
            told = told or tells(masked, group)
            continue
        rule = _opens(masked, group, groups[i - 1], opened[-1], False)
        if rule:
            opened[-1].end = groups[i - 1].end
            opened.append(Opened(group.begin, group.end, rule, group, group.words))
            if rule in ("S2b", "S2c") and not group.done:
                opened[-1].head, opened[-1].bare = None, group
        else:
            opened[-1].named = opened[-1].named or group.link in ("即", "如")
    if opened:
        opened[-1].end = groups[-1].end
    return opened


def _go_on(current: Opened, group: Group) -> None:
    """The act of the clause before is not complete yet (S4)."""
    current.named = current.named or group.link in ("即", "如") or any(word[2].use == "duty" for word in group.words)
    last = deciding(current)
    told = current.words[-1][2].family == "window"
    thing = has_thing(group) if group.subject else group.thing != ""
    of_thing = told and thing and bool(group.words) and group.words[0][2].use == "first"
    # 「指出，该机制|持续|高效运行」: what a thing goes on to do is no promise
    if not of_thing and (last is None or last.family == "doing" or last.class_ == "reaffirmed" or told):
        current.words += group.words
    if current.head is not None:
        head = current.head
        if head.verb is None:
            head.verb, head.done = group.verb, group.done
        head.negated = head.negated or (group.negated and (last is None or last.family == "doing" or told))  # 「认为，两国不是对手」
        if not head.subject and not head.thing and group.subject and head.words[0][2].word not in DECIDING:
            head.agents += group.subject
    current.end = group.end


def _breaks_off(group: Group) -> bool:
    """Whether a clause without content ends before its act is complete: 「双方决定，」 (S4)."""
    if not group.words or group.talk is not None or _complete(group):
        return False
    return group.phrased or group.end - group.words[-1][1] <= _REST  # 「指出合作进展顺利」 is complete without a verb


def _complete(group: Group) -> bool:
    """Whether an act needs nothing behind it: 「交换意见」, 「对…表示关切」, 「高度评价」 do; 「决定」 does not."""
    last = group.words[-1][2]
    return (
        last.use == "talk"
        or (last.family == "stance" and (len(group.words) > 1 or group.phrased))
        or last.word[:2] in ("感到",)
        or ("表示" in last.word and last.family == "stance")
    )


def _differ(masked: str, one: Group, other: Group) -> bool:
    """Whether two clauses have other subjects, as far as their words tell."""
    return [masked[named.start : named.end] for named in one.subject] != [
        masked[named.start : named.end] for named in other.subject
    ] or any(named.kind in (BODY, PARTY) for named in (*one.subject, *other.subject))


def _opens(masked: str, group: Group, before: Group, current: Opened, talk: bool) -> str:
    """The rule by which a clause opens a further commitment, or nothing."""
    if group.opens or not (group.words or group.subject or group.link or group.dated or talk) or group.begin >= group.end:
        return ""  # 「，并且」 at the end of a text that was cut off opens nothing
    last = deciding(current)
    stance = last is not None and last.family in ("stance", "window")
    first = group.words[0][2] if group.words else None
    own = bool(group.subject) and group.subject[0].kind not in ("somebody", "meeting") and not of_party(group)
    if own and not group.link and (first is not None or group.verb is not None):
        others = first is None and group.subject[0].kind == "side" and urges(current, last)
        if not others and ((first is not None and first.use != "done" and not group.done) or not says(current, STATEMENTS)):
            return "S2d"
    thing = bool(group.thing) and not group.subject
    # 「已完成首轮谈判，|第二轮谈判将于10月举行」: what was done or felt ends where another event is promised.
    if thing and not group.link and first is not None and first.word in _PROMISED and of_event(group) and not says(current, STATEMENTS):
        return "S2f" if accomplished(current) or (stance and not current.named) else ""
    if group.link == "并":
        if not stance or (group.done and last is not None and last.word == "宣布"):
            return "S2b"
        if (first is not None and not thing and first.use != "first") or (first is not None and first.family == "stance"):
            return "S2b"
        return ""
    if thing or (group.subject and not own):
        return ""
    if talk and (last is None or last.family == "stance" or accomplished(current)):
        return "S2e"
    if first is not None and first.strength == "strong":
        if first.use == "done" and says(current, STATEMENTS):
            return ""
        if first.family == "doing" and first.word not in DECIDING and ((stance and current.named) or urges(current, last)):
            return ""
        if first.word == "将" and says(current, THINKING) and not _NOTED.search(masked, max(current.start, before.end - 4), before.end):
            return ""
        return "S2a"
    if group.dated and (group.verb is not None or group.done):
        declared = last is not None and last.word == "宣布"
        if not masked[before.start : before.end].endswith(UNFINISHED) and (declared or not stance):
            return "S2c"
        return ""
    if first is not None and first.strength == "weak" and first.use != "duty":
        doing = any(act.family == "doing" for _, _, act in current.words)
        if first.use == "talk":
            return "S2e" if (stance and not doing) or accomplished(current) else ""
        if stance and not doing and not current.named:
            return "S2e"
    return ""
