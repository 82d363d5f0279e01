"""Commitments that moved to another item are told once, not as gone and as added."""

from __future__ import annotations

import pytest

import qingdan
from qingdan.comparing.compare import compare
from qingdan.comparing.model import Change, Comparison

HEAD = "第{}轮中国—坦桑尼亚发展合作对话成果清单\n202{}年6月20日\n\n"
OBSERVERS = "双方同意互派渔业观察员，共同巡查近海渔场，保护海龟产卵地"


def compared(old: list[str], new: list[str]) -> Comparison:
    texts = [
        HEAD.format("五" if year == 1 else "六", year) + "\n".join(f"{n}、{body}。" for n, body in enumerate(bodies, 1))
        for year, bodies in ((1, old), (2, new))
    ]
    return compare(*(qingdan.parse(text, id=name) for text, name in zip(texts, ("old", "new"), strict=True)))


def commitments(comparison: Comparison) -> list[Change]:
    return [change for pair in comparison.pairs for change in pair.changes if change.field == "commitment"]


FISHING = "渔业：双方决定在2023年6月前建立洋流监测站，培训监测员{}"
TEACHING = "教育：双方决定互设汉语和斯瓦希里语图书角，举办教师培训班{}"
LIGHTHOUSE = (
    f"灯塔：双方将修复灯塔，更换航标灯。{OBSERVERS}。双方决定测绘航道，疏浚港池，清除沉船。中方将赠送12台回声测深仪，培训引航员。"
    "坦方将开放两处锚地，简化进港手续。双方商定每季度核对潮汐表，发布航行警告"
)
MINING = "矿业：中方将为坦方提供20套矿井通风设备，安装瓦斯探头{}"


@pytest.mark.parametrize(
    ("promise", "again", "kind"),
    [
        (OBSERVERS, OBSERVERS, "moved"),
        (OBSERVERS, "双方同意互派渔业观察员,共同巡查近海渔场,保护海龟产卵地", "moved"),
        (OBSERVERS, "双方计划互派渔业观察员，共同巡查近海渔场，保护海龟产卵地", "weakened"),
    ],
)
def test_one_that_moved_is_told_where_it_stands_now(promise: str, again: str, kind: str) -> None:
    comparison = compared([FISHING.format("。" + promise), TEACHING.format("")], [FISHING.format(""), TEACHING.format("。" + again)])
    (change,) = commitments(comparison)
    assert change.kind == kind
    assert change.old_part is not None and change.new_part is not None
    assert (change.old_part.item, change.old_part.text) == ("old#1", promise)
    assert (change.new_part.item, change.new_part.text) == ("new#2", again)
    assert change in comparison.pairs[1].changes
    fields = [one.field for one in comparison.pairs[1].changes]
    assert fields == sorted(fields, key=["sentence", "commitment", "quantity"].index)


def test_out_of_a_dropped_item_and_into_a_new_one() -> None:
    dropped = compared([FISHING.format(""), LIGHTHOUSE], [FISHING.format("。" + OBSERVERS), MINING.format("")])
    (change,) = commitments(dropped)
    assert (change.kind, change.old_part and change.old_part.item) == ("moved", "old#2")
    new = compared([FISHING.format("。" + OBSERVERS), MINING.format("")], [FISHING.format(""), LIGHTHOUSE])
    (change,) = commitments(new)
    assert (change.kind, change.new_part and change.new_part.item) == ("moved", "new#2")


@pytest.mark.parametrize(
    ("promise", "again"),
    [
        ("双方将继续保持密切沟通和协调", "双方将继续保持密切沟通和协调"),  # said of many things
        (OBSERVERS, "双方同意互派3名渔业观察员，共同巡查近海渔场，保护海龟产卵地"),
        ("中方将向坦方提供50艘渔业巡逻船和200套救生设备", "坦方将向中方提供50艘渔业巡逻船和200套救生设备"),
        (OBSERVERS, "双方同意不再互派渔业观察员，不共同巡查近海渔场，保护海龟产卵地"),
        (OBSERVERS, "双方同意交换渔船登记数据，统一捕捞日志格式"),
    ],
)
def test_others_are_gone_and_added(promise: str, again: str) -> None:
    comparison = compared([FISHING.format("。" + promise), TEACHING.format("")], [FISHING.format(""), TEACHING.format("。" + again)])
    assert [change.kind for change in commitments(comparison)] == ["gone", "added"]


def test_each_is_told_once() -> None:
    twice = "。".join((OBSERVERS, OBSERVERS))
    comparison = compared([FISHING.format("。" + twice), TEACHING.format("")], [FISHING.format(""), TEACHING.format("。" + OBSERVERS)])
    assert sorted(change.kind for change in commitments(comparison)) == ["gone", "moved"]


def test_both_directions_tell_the_same() -> None:
    lights = "双方决定修复灯塔，更换航标灯，测绘航道并疏浚港池"
    old = [FISHING.format("。" + OBSERVERS), TEACHING.format("。" + lights), MINING.format("")]
    new = [FISHING.format("。" + lights), TEACHING.format(""), MINING.format("。" + OBSERVERS)]
    there, back = commitments(compared(old, new)), commitments(compared(new, old))
    assert {change.kind for change in (*there, *back)} == {"moved"}
    moves = [(change.old_part, change.new_part) for change in there if change.old_part and change.new_part]
    turned = [(change.new_part, change.old_part) for change in back if change.old_part and change.new_part]
    places = [sorted((one.item[-1], other.item[-1], one.text) for one, other in found) for found in (moves, turned)]
    assert places == [[("1", "3", OBSERVERS), ("2", "1", lights)]] * 2
