"""Whether a word is a verb or a noun where it stands: 计划 in 「双方计划…」, in 「该计划」, in 「行动计划」."""

from __future__ import annotations

from qingdan.finding.acts import OPEN, Act
from qingdan.finding.constituents import Named
from qingdan.finding.masks import BODY, DAY, FILLER, PARTY, QUOTED, TITLE
from qingdan.finding.prepared import Prepared

# What stands right behind a noun (倡议书, 志愿者, 建设性), and right before one.
BEHIND_NOUN = "的书者性"
NOUN_BEFORE = frozenset("的该此新其所本各")
_NOUN_BEHIND = frozenset("的书者性，,、和与及")
# 「各地已经建设的平台要…」
_ATTRIBUTE = Prepared("[^,;。]{0,14}?的[^,;。]{1,24}?(?:应|须|将|要(?![求素点]))")
_RELATIVE = Prepared("[\u4e00-\u9fff]{2,3}的(?!是)")  # 「双方将签订的协定…」, 「已勘定的边界」
_PASSIVE = Prepared("(?:受到|得到|获得|赢得|引起|博得)[^,;。]{0,16}$")  # 「受到各方广泛|赞同」
_FELT = frozenset(("感到", "表示", "深表", "深感"))
_HANDS = ("提交", "递交", "报送", "上报", "提请", "通报", "通知", "告知", "移交", "送交", "转交", "交付")
_TAKES = Prepared(
    r"(?:(?P<as>作为|纳入|列[为入]|视为|定为|设为|政治化|工具化|武器化|污名化)|"
    r"(?:扩大|扩展|提升|提高|延长|延伸|增加|增|降低|降|减少|减|缩短|压缩|压减|调整|上调|下调|推迟|转化|升级|打造|建设|推向|转变|推广|应用|拓展|建成"
    r"|发展|改造|控制|用|运用)(?:到|至|为|成|于|在)"
    # 「将清单|提交外长会审议」, 「将方案|报市政府」: with whom it is for right behind
    rf"|(?:{'|'.join(_HANDS)})"
    rf"(?:给|至|到|由|[{BODY}{PARTY}]|[\u4e00-\u9fff]{{1,2}}方(?![面案法式便])|两国|[^,;。的]{{0,10}}?(?:审议|审批|批准|核准|备案|审定|决定|会议|[\u4e00-\u9fff]会|领导人)))"
)
# 「应|其他方的要求，…」; what one must meet has its verb: 「应|符合对方的要求」.
_ASKED = Prepared(
    rf"(?:[其他对各有关当事某两一另]{{1,3}}方|[{BODY}{PARTY}]{FILLER}*(?:政府)?|双方|[\u4e00-\u9fff]方|[\u4e00-\u9fff]{{2,3}}国|(?:有关|相关|其他|任何|各)?(?:国家|成员国|缔约方|政府))的?(?:要求|请求|申请)$"
)
_OBJECT = 60  # characters of the longest object between 将 and what it is made
_PAUSES = frozenset(",;。")
_OBJECTS = frozenset(("", BODY, PARTY, QUOTED, TITLE, "nothing", "thing", "side", "somebody", "meeting"))  # what 将 takes begins so


def is_verb(
    masked: str, act: Act, start: int, stop: int, end: int, gap: bool, phrase: str, fresh: bool,
    subject: tuple[Named, ...], thing: str, words: tuple[tuple[int, int, Act], ...], ahead: str,
) -> bool:  # fmt: skip
    """Whether an act word is a verb where it stands: 「计划」 behind a subject, not in 「该计划」, 「行动计划」, 「计划的…」.

    ahead: the kind of the word right behind it, empty when there is none.
    """
    behind = masked[stop]
    if behind == "的" or (stop < end and behind in BEHIND_NOUN):
        return False
    before = masked[start - 1 : start] if start else ""
    if act.noun or act.strength == "weak":
        if before in NOUN_BEFORE and before:
            return False
        if act.noun and (stop == end or behind in _NOUN_BEHIND):
            return bool(words) and not gap and not phrase
        if act.noun and gap and not phrase and not (subject and not thing):
            return False
        if act.noun and phrase and gap and act.class_ != "continued":
            return False
    elif (before and before in "的所") or (stop == end and act.family == "doing" and (phrase or gap)) or (behind == "、" and phrase):
        return False
    if phrase and fresh:
        return False
    if stop == end and act.family == "stance" and act.word[:2] not in _FELT and _PASSIVE.search(masked, max(0, start - 20), start):
        return False
    if not act.use and act.word not in OPEN and stop < end:
        return True
    if stop == end and thing and act.class_ == "welcomed" and not words:  # 「受到热烈|欢迎」
        return False
    if act.use == "done" and (_RELATIVE.match(masked, stop, end) or (phrase and "的" in masked[stop:end])):
        return False
    if act.word == "应" and ("邀请" in masked[stop : min(end, stop + 40)] or _ASKED.match(masked, stop, end)):
        return False
    if act.word == "将":
        if masked.find("的", stop + 2, stop + 4) > 0 and _RELATIVE.match(masked, stop, end):
            return False
        verb = taken(masked, stop, end, ahead)
        return verb < 0 or (thing != "" and not subject and masked.startswith(_HANDS, verb))  # 「秘书处|将清单提交外长会」: no other act
    if act.use == "done" and in_attribute(masked, stop, end):
        return False
    return not (act.use == "done" and masked.startswith(("成为", "达", "有", "是", "超过", "占", "具备", "形成"), stop))


def in_attribute(masked: str, stop: int, end: int) -> bool:
    """Whether a verb is part of an attribute: 「派出|人员不足的一方应…」."""
    return _ATTRIBUTE.match(masked, stop, end) is not None


def taken(masked: str, stop: int, end: int, ahead: str) -> int:
    """Where the verb stands of which 将 takes the object, as 把 does: 「将试点|扩大到…」, 「将…|作为…」; -1 when it does not.

    ahead: the kind of the word right behind 将, empty when it is none that the vocabulary has.
    """
    if ahead != "verb" and ahead not in _OBJECTS:
        return -1
    match = _TAKES.search(masked, stop + 1, min(end, stop + _OBJECT + 10))
    if match is None or match.start() - stop > _OBJECT or not _PAUSES.isdisjoint(masked[stop : match.start()]):
        return -1
    return int(match.start()) if ahead != "verb" or match["as"] is not None else -1


def has_doer(masked: str, subject: tuple[Named, ...], start: int) -> bool:
    """Whether who does it stands right before a verb that is as often a noun: 「双方|培训」, 「中国|定期|出口」, not 「中国|出口」."""
    if not subject:
        return False
    last = subject[-1]
    return last.kind in (BODY, "side") or masked[last.end - 1] == "方" or last.tail != "" or last.end < start


def before_predicate(kinds: list[str], following: tuple[int, int, int], stop: int) -> bool:
    """Whether what may be a noun stands before its verb, as subject of another: 「合作|取得…」, 「落实|情况」."""
    return following[0] == stop and kinds[following[2]] in ("verb", "act", "adverb", "negation", "join")


def before_verb(kinds: list[str], following: tuple[int, int, int], stop: int) -> bool:
    """Whether 争取, 计划 and 准备 stand before a verb, its adverbs or its phrases: not 「争取支持」."""
    return following[0] == stop and kinds[following[2]] in (
        "verb", "act", "adverb", DAY, "clause_phrase", "noun_phrase", PARTY, BODY, "nothing",
    )  # fmt: skip
