"""Series: which documents are rounds of one, in which order, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

import qingdan
from qingdan.comparing.series import Series, series_of
from qingdan.model import Document, QingdanError

TOPICS = ("水文监测", "堤防养护", "灌溉试验", "鱼类洄游", "泥沙治理", "水质采样", "山洪预警", "节水器具", "水利教育", "船闸调度")


def document(name: str, title: str, preamble: str = "", items: Sequence[str] | None = None) -> Document:
    """A list; without ``items`` its promises are its own, so that it is no copy of another."""
    own = (
        items if items is not None else [f"{topic}:双方同意由{name}代表团牵头开展{topic}工作,并交换{name}所存的资料。" for topic in TOPICS]
    )
    text = "\n".join([title, *([preamble] if preamble else []), "", *(f"{i}、{item}" for i, item in enumerate(own, 1))])
    return qingdan.parse(f"{text}\n", id=name)


def order(found: Series) -> list[str]:
    return [own.document.id for own in found.rounds]


def reasons(found: Series) -> dict[str, str]:
    return dict(found.left)


RENAMES: list[tuple[list[str], str]] = [
    (["首轮中印渔业对话成果清单", "第二轮中印渔业对话成果清单", "第三轮中印渔业对话联合成果情况说明"], "中印渔业对话"),
    (["第一届“清水”合作论坛成果清单", '第二届"清水"合作论坛成果清单', "第3届「清水」合作论坛成果清单"], "清水合作论坛"),
    (
        ["首轮中印渔业对话框架下养殖磋商成果清单", "第二轮中印渔业对话养殖磋商成果清单", "第三轮中印渔业对话“养殖磋商”成果清单"],
        "中印渔业对话 养殖磋商",
    ),
    (["第一次中印水利委员会会议纪要", "中印水利合作委员会第二次会议纪要", "中印水利合作委员会第三次会议纪要"], "中印水利合作委员会"),
    (["湖泊国家领导人第一次会晤甲城宣言", "湖泊国家领导人第二次会晤乙城宣言", "湖泊国家领导人第十一次会晤丙城宣言"], "湖泊国家领导人会晤"),
    (["中非渔业论坛首届部长级会议宣言", "中非渔业论坛第二届部长级会议宣言", "中非渔业论坛第三届部长级会议宣言"], "中非渔业论坛部长级会议"),
    (["首輪中印漁業對話成果清單", "第二轮中印渔业对话成果清单", "第三轮中印渔业对话成果清单"], "中印渔业对话"),
]


@pytest.mark.parametrize(("titles", "name"), RENAMES, ids=[name for _, name in RENAMES])
def test_titles_of_one_series_are_told_and_put_in_order(titles: list[str], name: str) -> None:
    documents = [document(f"d{i}", title) for i, title in enumerate(titles)]
    if "水利委员会" in titles[0]:  # two names
        found = series_of(documents)
        assert order(found) == ["d1", "d2"]
        assert "of another series" in reasons(found)["d0"]
        found = series_of(documents, ["中印水利合作委员会", "中印水利委员会"])
    else:
        found = series_of(list(reversed(documents)))
    assert order(found) == ["d0", "d1", "d2"]
    assert found.left == ()
    shown = (found.name or "").translate(str.maketrans("", "", '“”"「」'))
    assert shown == name


def test_numbers_order_where_ten_comes_behind_nine() -> None:
    found = series_of([document(f"d{n}", f"第{n}次中印渔业会谈纪要") for n in (10, 9, 12)])
    assert [(own.name, own.number) for own in found.rounds] == [("round_9", 9), ("round_10", 10), ("round_12", 12)]
    assert found.missing == (11,)


def test_without_numbers_the_day_orders() -> None:
    days = {
        "a": "2033年5月1日,中印渔业对话在甲城举行。",
        "b": "2031年5月1日,中印渔业对话在甲城举行。",
        "c": "2032年5月1日,中印渔业对话在甲城举行。",
    }
    found = series_of([document(name, "中印渔业对话成果清单", day) for name, day in days.items()])
    assert order(found) == ["b", "c", "a"]
    assert found.rounds[0].name == "held_2031-05-01"
    assert found.missing == ()


def test_one_without_a_number_stands_by_its_day() -> None:
    found = series_of([
        document("r1", "第一轮中印渔业对话成果清单", "2031年5月1日,第一轮中印渔业对话在甲城举行。"),
        document("r3", "第三轮中印渔业对话成果清单", "2033年5月1日,第三轮中印渔业对话在甲城举行。"),
        document("between", "中印渔业对话成果清单", "2032年5月1日,会议在甲城举行。"),
    ])  # fmt: skip
    assert order(found) == ["r1", "between", "r3"]


def test_a_year_of_its_own_is_the_round_of_that_year() -> None:
    items = [f"{topic}:双方同意共同开展{topic}工作,并于明年交换所存的全部资料。" for topic in TOPICS]
    found = series_of([
        document("r1", "第一轮中印渔业对话成果清单", "2031年5月1日,第一轮中印渔业对话在甲城举行。"),
        document("r2", "第二轮中印渔业对话成果清单", "2032年5月1日,第二轮中印渔业对话在甲城举行。", items),
        document("again", "中印渔业对话成果清单", "2032年5月1日,双方会谈在甲城举行。", items[:6]),
    ])  # fmt: skip
    assert order(found) == ["r1", "r2"]


def test_a_number_against_the_days_is_a_doubt() -> None:
    found = series_of([
        document("r1", "第一轮中印渔业对话成果清单", "2033年5月1日,第一轮中印渔业对话在甲城举行。"),
        document("r2", "第二轮中印渔业对话成果清单", "2031年5月1日,第二轮中印渔业对话在甲城举行。"),
    ])  # fmt: skip
    assert order(found) == ["r1", "r2"]
    (doubt,) = found.doubts
    assert "r2, round 2, was held in 2031-05-01, before round 1 in 2033-05-01" in doubt


def test_copies_take_one_column_with_the_fullest() -> None:
    items = [f"{topic}:双方同意共同开展{topic}工作,并于明年交换所存的全部资料。" for topic in TOPICS]
    found = series_of([
        document("r1", "第一轮中印渔业对话成果清单"),
        document("excerpt", "第二轮中印渔业对话成果清单", items=items[:5]),
        document("whole", "第二轮中印渔业对话成果清单", items=items),
    ])  # fmt: skip
    assert order(found) == ["r1", "whole"]
    assert found.rounds[1].copies == ("excerpt",)
    assert found.left == ()


def test_of_two_papers_of_one_round_the_kind_of_the_others_is_taken() -> None:
    found = series_of([
        document("r1", "第一轮中印渔业对话成果清单"),
        document("r2-statement", "第二轮中印渔业对话联合声明", items=[f"双方认为{topic}十分重要,愿长期加强合作。" * 9 for topic in TOPICS]),
        document("r2", "第二轮中印渔业对话成果清单"),
        document("r3", "第三轮中印渔业对话成果清单"),
    ])  # fmt: skip
    assert order(found) == ["r1", "r2", "r3"]
    assert reasons(found) == {"r2-statement": "another document of the round that r2 stands for"}


def test_tracks_and_other_series_stay_apart() -> None:
    documents = [
        document("a1", "第一轮中印渔业对话框架下养殖对话成果清单"),
        document("a2", "第二轮中印渔业对话框架下养殖对话成果清单"),
        document("b2", "第二轮中印渔业对话框架下捕捞对话成果清单"),
        document("other", "第二轮中印茶叶对话成果清单"),
        document("none", "关于加强湖泊保护的通知"),
    ]
    found = series_of(documents)
    assert order(found) == ["a1", "a2"]
    assert reasons(found) == {
        "b2": "of another series: 中印渔业对话 捕捞对话", "other": "of another series: 中印茶叶对话", "none": "its title names no series",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("names", "rounds", "expected"),
    [
        (["中印茶叶对话"], {}, ["b1", "b2"]),
        (["茶叶"], {}, ["b1", "b2"]),
        (["中印渔业对话", "中印茶叶对话"], {"b1": 3, "b2": 4}, ["a1", "a2", "b1", "b2"]),
        (["中印渔业对话"], {"none": 3}, ["a1", "a2", "none"]),
        (["中印渔业对话"], {"a1": 5}, ["a2", "a1"]),
    ],
)
def test_the_caller_chooses(names: list[str], rounds: Mapping[str, int], expected: list[str]) -> None:
    documents = [
        document("a1", "第一轮中印渔业对话成果清单"), document("a2", "第二轮中印渔业对话成果清单"),
        document("b1", "第一轮中印茶叶对话成果清单"), document("b2", "第二轮中印茶叶对话成果清单"), document("none", "湖泊保护清单"),
    ]  # fmt: skip
    assert order(series_of(documents, names, rounds)) == expected


def test_rounds_that_the_caller_gives_need_no_titles() -> None:
    documents = [document("x", "湖泊保护清单"), document("y", "湖泊保护要点"), document("z", "第三轮中印茶叶对话成果清单")]
    found = series_of(documents, numbers={"x": 2, "y": 1})
    assert order(found) == ["y", "x", "z"]
    assert found.name == "中印茶叶对话"


@pytest.mark.parametrize(
    ("titles", "names", "told"),
    [
        (["第一轮中印渔业对话成果清单"], [], "no two documents are rounds of one series; there are: 中印渔业对话"),
        (["湖泊保护清单", "湖泊保护要点"], [], "no two documents are rounds of one series; there are: none"),
        (["第一轮中印渔业对话成果清单", "第二轮中印茶叶对话成果清单"], ["渔业"], "d0 alone is a round of the series 中印渔业对话"),
        (["第一轮中印渔业对话成果清单"], ["山茶"], "山茶: no document is of such a series; there are: 中印渔业对话"),
        (
            ["第一轮中印渔业对话成果清单", "第二轮中印茶叶对话成果清单"],
            ["中印"],
            "中印: several series are called so: 中印渔业对话; 中印茶叶对话",
        ),
        (
            [f"第{n}轮中印{of}对话成果清单" for n in "一二" for of in ("渔业", "茶叶")],
            [],
            "several series are here; choose one by --series: ",
        ),
    ],
)
def test_what_cannot_be_is_one_line(titles: list[str], names: list[str], told: str) -> None:
    with pytest.raises(QingdanError) as error:
        series_of([document(f"d{i}", title) for i, title in enumerate(titles)], names)
    assert str(error.value).startswith(told)
    assert "\n" not in str(error.value)
