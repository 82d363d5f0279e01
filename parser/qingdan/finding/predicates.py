"""What a clause predicates: whether it states an act, or does without an act word what its subject does."""

from __future__ import annotations

from collections.abc import Sequence

from qingdan.finding.acts import OF_EVENTS, Act
from qingdan.finding.constituents import Group
from qingdan.finding.masks import BODY
from qingdan.finding.prepared import Prepared

DECIDING = frozenset(("决定", "决心", "同意", "商定", "议定", "约定", "承诺", "允诺", "保证"))
# What may stand between a party's name and the verb of a bare clause: its people and its bodies.
_PEOPLE = Prepared(
    "政府|部门|当局|机构|企业|领导人|人员|专家|代表|官员|部长|主席|总理|总统|首相|书记|主任|[局司署行省市院会校]长|大使|特使|秘书|元首|首脑|元帅|国王|军队|海关|警方|警察|"
    "智库|大学|高校|学者|银行|媒体|机关|成员|议会|法院|检察|团体|组织|各界|地方|青年|代表团|双方|各方|工作组|中心|协会|集团|公司|国家|伙伴|口岸|港口|机场|实验室|研究所|图书馆|博物馆|档案馆|医院|商会|^各$"
)
# What has always been so.
_SINCE_LONG = "始终|一直|一贯|历来|一向|长期以来"
# What is so, and protocol.
_SAYS_SO = Prepared(
    _SINCE_LONG + "|不仅|符合|有利于|有助于|具有|是(?!否)|取得|成为|意味着|需要|至关重要|(?:非常|十分|尤为)重要|"
    "出席|列席|参加[了会活论]|参加$|主持|会见|致辞|致词|陪同|参观|率团|进行[^,]{0,6}访问|正式访问|意义重大"
)

_ALWAYS = Prepared(_SINCE_LONG)
_IS = Prepared("是(?!否)")  # 「委员会的主要职责是确定思路，|推动、协调…」
_RELATIONS = Prepared(
    "(?!根据|按照|依照|通过|本着|[在就为对以将与同和])(?:之间|间)?的?[\u4e00-\u9fff]{0,6}(?:关系|合作|贸易|往来|交往|友谊)"
)
# 「认真履行协定，|将促进边境的稳定」, 「实现这一目标，|不仅需要…」
_PREDICATE = Prepared(
    "不仅|需要|有利于|有助于|符合|具有|至关重要|意味着|是(?!否)|这?对[^,;。]{1,24}(?:具有|至关重要|非常重要)|(?:将|会|将会|必将)(?:有助于|有利于|促进|推动|为)"
)


def acts(group: Group) -> bool:
    """Whether a clause may be the first of a unit's: it has an act word as its verb, or 了."""
    if group.opens in ("if", "example"):
        return False
    if group.talk is not None:
        return True
    if group.words:
        first = group.words[0][2]
        if of_party(group) if group.subject else group.thing:
            return _thing_acts(group, first)
        return True
    return group.done and group.verb is not None and (not group.thing or bool(group.subject) or of_event(group))


def of_party(group: Group) -> bool:
    """Whether the subject of a clause is what belongs to a party: 「中方的|投资环境|将…」; its people and bodies are the party."""
    tail = group.subject[-1].tail
    return tail != "" and tail[0] == "的" and group.subject[-1].kind != "somebody" and BODY not in tail and not _PEOPLE.search(tail)


_ACTING = Prepared(
    r"(?:[省市县区州]|政府|机构|公司|集团|银行|部门|企业|委员会|工作组|小组|协会|大学|中心|[^东南西北地]方|院校|组织|基金|智库|伙伴|社区|议会|军队|海关|机关|双方|国家|代表团|秘书处|单位|处室|街道|代表)$"
)


def acting(group: Group) -> bool:
    """Whether a subject that is no known body does things itself: 「各省卫生部门」, not 「该计划」."""
    return _ACTING.search(group.thing) is not None


_STRIVING = frozenset(("力争", "争取"))  # 「双边贸易额|力争到2025年底达到…」: whose it is strives


def _thing_acts(group: Group, first: Act) -> bool:
    """Whether an act word counts behind a subject that is neither party nor body: 「会议|将于…举行」, not 「该计划|将指导…」."""
    if group.thing in ("这", "此举", "这将", "此"):
        return False
    if first.family in ("stance", "window") or first.word in DECIDING or first.word in _STRIVING or acting(group):
        return True
    return of_event(group)


_BUILT = frozenset(("建立", "设立", "组建", "制定", "公布"))  # 「该机制将在三个月内|建立」


def of_event(group: Group) -> bool:
    """Whether a clause says that something is held, begun, built or signed."""
    if group.verb is None:
        return False
    _, end, act = group.verb
    return act.use in OF_EVENTS or (act.word in _BUILT and end == group.end)


# 「两国总理定期会晤|机制」 is no person.
_THINGS = ("机制", "计划", "项目", "关系", "协定", "倡议", "框架", "平台", "贸易", "贸易额", "进程", "航线", "局势")


def has_thing(group: Group) -> bool:
    """Whether the subject of a clause is a thing that a party has: 「两国总理会晤机制」; its people and bodies are the party."""
    tail = group.subject[-1].tail
    return tail != "" and BODY not in tail and (tail.endswith(_THINGS) or not _PEOPLE.search(tail))


def bare(masked: str, group: Group) -> bool:
    """Whether a clause without an act word is one of doing: its subject is a party, a body or missing."""
    if group.verb is None or group.opens or group.words or masked.endswith("以来", group.start, group.end):
        return False
    if group.subject and has_thing(group):
        return False
    if group.thing and not group.subject:
        # 「第四次会议于2025年举行」, and where it ends the clause 「北京至基加利航线通航」
        use = group.verb[2].use
        if use != "hold" and not (use == "work" and group.verb[1] == group.end):
            return False
    return _SAYS_SO.search(masked, group.begin, group.end) is None


def tells(masked: str, group: Group) -> bool:
    """Whether a clause with a subject says what is so: 「两国关系稳定发展」, 「双方历来友好」; what follows without a subject does too."""
    if group.words or group.done:
        return False
    if not group.subject:
        return "的" in group.thing and _IS.search(masked, group.begin, group.end) is not None
    if _ALWAYS.search(masked, group.begin, group.end):
        return True
    if group.subject[-1].tail.startswith("的") and _IS.search(masked, group.subject[-1].end, group.end):
        return True
    return _RELATIONS.match(masked, group.subject[-1].end, group.end) is not None


def is_subject(masked: str, groups: list[Group], i: int) -> bool:
    """Whether a bare clause without a subject is the subject of the next: 「落实上述协议|，将有助于…」, 「执行协定的部门|，中方为…」."""
    if groups[i].subject or i + 1 == len(groups):
        return False
    if groups[i + 1].subject:
        return masked[groups[i + 1].subject[-1].end] in "为是"
    return _PREDICATE.match(masked, groups[i + 1].begin) is not None


# 「专家提出：应建立预警系统」 says who speaks.
_SAYS = ("说", "称", "提出", "指出", "表示", "表态", "强调", "介绍", "回答", "答复", "认为")
_TOPIC = 24  # characters of the longest topic
# 「为此：」 is part of what follows.
_OPEN_PHRASES = ("为", "根据", "按照", "依照", "在", "经", "通过", "以", "自", "从", "当", "如", "对", "就")


def is_topic(masked: str, group: Group, following: Sequence[Group]) -> bool:
    """Whether a clause before a colon, or a dash, is no more than what the unit is about: 「贸易和投资：双方认识到…」."""
    text = masked[group.start : group.end]
    dash = masked.startswith(("——", " ——"), group.end)
    return (
        len(text) <= _TOPIC
        and not (group.words or group.agents or group.opens or group.about or group.dated or (group.subject and not dash))
        and "了" not in text
        and not text.startswith(_OPEN_PHRASES)
        and not text.endswith(_SAYS)
        and any(other.words or other.subject or other.verb for other in following)
    )
