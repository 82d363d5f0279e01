"""Threads and fates: what runs through the rounds of a series, and what became of its deadlines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

import qingdan
from qingdan.comparing.history import Fate, Thread, Trace
from qingdan.comparing.model import Pair
from qingdan.comparing.threads import threads
from qingdan.model import Document, QingdanError
from qingdan.writing.json_files import to_json

ROUNDS = ("sed6-2014-invented", "sed7-2015", "sed8-2016-invented")
# What the rules reach on the three rounds of tests/test_alignment; raise them when they reach more.
THREADS_RIGHT = 43
FATES_RIGHT = 52
FATES = 54


@pytest.fixture(scope="module")
def truth(root: Path) -> dict[str, Any]:
    return dict(json.loads((root / "tests" / "test_alignment" / "threads.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def three(root: Path) -> Trace:
    return qingdan.trace([qingdan.parse(root / "samples" / f"{name}.txt") for name in ROUNDS])


def numbered(name: str, number: int, items: Sequence[str]) -> Document:
    title = f"第{'一二三四五六七八九'[number - 1]}轮中印渔业对话成果清单"
    lines = [title, f"{2030 + number}年6月1日,{title[:-4]}在昆明举行。", "", *(f"{i}、{item}" for i, item in enumerate(items, 1))]
    return qingdan.parse("\n".join(lines), id=name)


def paired(*groups: tuple[str, str]) -> Any:
    """An alignment that pairs the items of these numbers, 「1 2」 of the old list with 「1」 of the new, by topics alone."""

    def align(old: Document, new: Document) -> list[Pair]:
        ours, theirs = ({item.topic or "": item.id for item in document.items} for document in (old, new))
        pairs = []
        for before, after in groups:
            one, two = (
                tuple(ours[name] for name in before.split() if name in ours),
                tuple(theirs[name] for name in after.split() if name in theirs),
            )
            if len(one) == len(before.split()) and len(two) == len(after.split()):
                pairs.append(Pair(one, two, "split" if len(two) > 1 else "merged" if len(one) > 1 else "kept", False, 0.9, None))
        taken = {item for pair in pairs for item in (*pair.old, *pair.new)}
        pairs += [Pair((item,), (), "dropped", False, None, None) for item in ours.values() if item not in taken]
        return pairs + [Pair((), (item,), "new", False, None, None) for item in theirs.values() if item not in taken]

    return align


def lists(*topics: str) -> list[Document]:
    """Lists of items with these topics, a character each."""
    return [numbered(f"r{n}", n, [f"{topic}:双方同意继续合作。" for topic in row]) for n, row in enumerate(topics, 1)]


def run(topics: Sequence[str], *groups: tuple[str, str]) -> tuple[Thread, ...]:
    return threads(lists(*topics), [f"round_{n}" for n, _ in enumerate(topics, 1)], paired(*groups))


def cells(thread: Thread) -> str:
    """「1|2 3|」: the numbers of the items in each round."""
    return "|".join(" ".join(item.partition("#")[2] for item in cell) for cell in thread.items)


SAME = [(topic, topic) for topic in "甲乙丙丁戊己"]


@pytest.mark.parametrize(
    ("topics", "groups", "expected"),
    [
        (["甲乙", "乙甲"], SAME, ["甲 1|2", "乙 2|1"]),
        (["甲", "甲乙", "乙"], SAME, ["甲 1|1| ended round_3", "乙 |2|1 born round_2"]),
        (["甲", "乙", "甲"], SAME, ["甲 1||1 returns round_3", "乙 |1| born round_2 ended round_3"]),
        (["甲", "乙", "乙", "甲"], SAME, ["甲 1|||1 returns round_4", "乙 |1|1| born round_2 ended round_4"]),
        (["甲", "乙丙", "丁"], [("甲", "乙 丙"), ("乙 丙", "丁")], ["甲 1|1 2|1 splits round_2 merges round_3"]),
        (["甲乙", "丙", "丙"], [("甲 乙", "丙"), ("丙", "丙")], ["甲 1 2|1|1 merges round_2"]),
        (
            ["甲", "乙", "甲", "乙", "甲"],
            SAME,
            ["甲 1||1||1 returns round_3 round_5", "乙 |1||1| born round_2 ended round_5 returns round_4"],
        ),
        (["甲", "乙丙", "乙", "乙丙"], [("甲", "乙 丙"), *SAME], ["甲 1|1 2|1|1 2 splits round_2"]),
        (["甲", "乙", "丙"], [("甲", "丙")], ["甲 1||1 returns round_3", "乙 |1| born round_2 ended round_3"]),
    ],
    ids=["places", "born-and-ended", "returned", "away-for-two", "fork", "joined", "twice-back", "branch-back", "back-as-another"],
)
def test_threads(topics: list[str], groups: list[tuple[str, str]], expected: list[str]) -> None:
    told = []
    for thread in run(topics, *groups):
        words = [thread.topic, cells(thread)]
        words += [f"{name} {value}" for name in ("born", "ended") if (value := getattr(thread, name))]
        words += [f"{name} {' '.join(value)}" for name in ("returns", "splits", "merges") if (value := getattr(thread, name))]
        told.append(" ".join(words))
    assert told == expected


def test_how_items_came_is_told_for_each_round() -> None:
    (thread,) = run(["甲", "乙丙", "丙", "甲乙"], ("甲", "乙 丙"), ("丙", "丙"), ("丙", "甲"), ("乙", "乙"))
    assert thread.presence == (("first",), ("split",), ("kept",), ("kept", "returned"))
    assert thread.returns == ()  # one of its items did, the thread was there


def test_what_came_back_goes_to_the_most_alike_and_then_to_the_latest() -> None:
    def align(old: Document, new: Document) -> list[Pair]:
        """Pairs 丁 with anything of round 1 (0.9), 2 (0.7) or 3 (0.9); nothing else."""
        likeness = {"r1": 0.9, "r2": 0.7, "r3": 0.9}[old.id]
        if new.id == "r5":
            return [Pair((old.items[0].id,), (new.items[0].id,), "reworded", False, likeness, None)]
        return []

    documents = lists("甲", "乙", "丙", "戊", "丁")
    found = threads(documents, [document.id for document in documents], lambda old, new: [] if old.id == "r4" else align(old, new))
    assert [cells(thread) for thread in found] == [
        "1||||",
        "|1|||",
        "||1||",
        "|||1|",
        "||||1",
    ]  # r4 has no pairs, so nothing is said to be new

    def honest(old: Document, new: Document) -> list[Pair]:
        return [Pair((), (item.id,), "new", False, None, None) for item in new.items] if old.id == "r4" else align(old, new)

    found = threads(documents, [document.id for document in documents], honest)
    assert [cells(thread) for thread in found] == ["1||||", "|1|||", "||1||1", "|||1|"]


def test_a_thread_without_a_topic_is_called_by_its_first_clause() -> None:
    documents = [
        numbered(
            f"r{n}",
            n,
            ["双方同意在湖区设立三个水质监测站，并每年公布数据。", "双方将共同编写一份关于湖区全部鱼类及其洄游路线和产卵场分布的图册。"],
        )
        for n in (1, 2)
    ]
    found = qingdan.trace(documents).threads
    assert [thread.topic for thread in found] == ["双方同意在湖区设立三个水质监测站", "双方将共同编写一份关于湖区全部鱼类及其洄游路线…"]


def test_the_same_documents_give_the_same_trace_in_any_order(three: Trace, root: Path) -> None:
    documents = [qingdan.parse(root / "samples" / f"{name}.txt") for name in ROUNDS]
    Random(4).shuffle(documents)
    assert to_json(qingdan.trace(documents)) == to_json(three)


@pytest.mark.parametrize(
    ("ids", "rounds", "told"), [(["a", "a"], {}, "a: two documents have this id"), (["a", "b"], {"c": 2}, "c: no document has this id")]
)
def test_wrong_calls_are_one_line(ids: list[str], rounds: dict[str, int], told: str) -> None:
    documents = [numbered(name, n, ["渔政:双方同意合作。"]) for n, name in enumerate(ids, 1)]
    with pytest.raises(QingdanError, match=told):
        qingdan.trace(documents, rounds=rounds)


def test_threads_of_the_three_rounds(three: Trace, truth: dict[str, Any]) -> None:
    expected = {(thread["topic"], tuple(tuple(items or ()) for items in thread["items"].values())) for thread in truth["threads"]}
    found = {(thread.topic, thread.items) for thread in three.threads}
    assert len(found & expected) >= THREADS_RIGHT, (found - expected, expected - found)
    assert len(found) == len(expected)


@pytest.mark.parametrize(("name", "of"), [("births", "born"), ("deaths", "ended")])
def test_births_and_deaths_of_the_three_rounds(three: Trace, truth: dict[str, Any], name: str, of: str) -> None:
    """Of a death the truth names the last round, the thread the first without it."""
    shift = {"births": 0, "deaths": 1}[name]
    expected = {(row["topic"], row.get("round", row.get("last")) + shift) for row in truth[name]}
    assert {(thread.topic, int(getattr(thread, of).removeprefix("round_"))) for thread in getattr(three, name)} == expected


def test_returns_of_the_three_rounds(three: Trace, truth: dict[str, Any]) -> None:
    expected = {(row["topic"], f"round_{row['round']}") for row in truth["returns"]}
    assert {(thread.topic, name) for thread in three.threads for name in thread.returns} == expected


def test_fates_of_the_three_rounds(three: Trace, truth: dict[str, Any]) -> None:
    """The truth judges by the round that follows alone; what a later one makes of a deadline is no fault."""
    found = {(fate.item, fate.text): fate for fate in three.deadlines if fate.fate != "open"}
    wrong = [
        (row, found.get((row["item"], row["text"]))) for row in truth["deadlines"] if not right(found.get((row["item"], row["text"])), row)
    ]
    assert len(truth["deadlines"]) == FATES
    assert FATES - len(wrong) >= FATES_RIGHT, wrong
    assert set(found) <= {(row["item"], row["text"]) for row in truth["deadlines"]}


def right(fate: Fate | None, row: dict[str, Any]) -> bool:
    if fate is None or fate.fate != row["fate"]:
        return False
    if fate.fate == "moved":
        return (fate.new, fate.vague is None) == (row["next"], row.get("vague") is None)
    return fate.fate != "done" or fate.new == row["next"]


def fates(*rounds: str) -> list[tuple[str, str, str | None, int | None]]:
    """The fates in the lists of one item each: the deadline, what became of it, the new date, the days."""
    return [
        (fate.deadline, fate.fate, fate.new or fate.vague or fate.stepped, fate.days)
        for fate in qingdan.trace([numbered(f"r{n}", n, [f"湖区监测站:{text}"]) for n, text in enumerate(rounds, 1)]).deadlines
        if fate.fate != "open"
    ]


STATION = "建成湖区水质监测站"
SEMINAR = "湖区水质监测研讨会"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            f"双方同意于2033年9月30日前{STATION}。",
            f"双方同意于2033年9月30日前{STATION}。",
            ("../2033-09-30", "repeated", "../2033-09-30", None),
        ),
        (
            f"双方同意于2031年9月30日前{STATION}。",
            f"双方同意于2032年9月30日前{STATION}。",
            ("../2031-09-30", "moved", "../2032-09-30", 366),
        ),
        (
            f"双方同意于2033年9月30日前{STATION}。",
            f"双方同意于2033年8月31日前{STATION}。",
            ("../2033-09-30", "moved", "../2033-08-31", -30),
        ),
        (
            f"双方同意于2031年9月30日前{STATION}。",
            "双方于2031年9月20日建成了湖区水质监测站。",
            ("../2031-09-30", "done", "2031-09-20", None),
        ),
        (f"双方同意于2031年9月30日前{STATION}。", f"双方同意早日{STATION}。", ("../2031-09-30", "moved", "早日", None)),
        (
            f"双方同意于2031年9月30日前{STATION}。",
            "双方高度评价在湖区水质监测方面的合作。",
            ("../2031-09-30", "not mentioned again", None, None),
        ),
        (
            f"双方决定未来一年{STATION}。",
            f"双方决定未来一年{STATION}。",
            ("2031-06-01/2032-06-01", "repeated", "2032-06-01/2033-06-01", None),
        ),
        (
            f"双方将于2031年10月举行第一次{SEMINAR}。",
            f"双方将于2032年10月举行第二次{SEMINAR}。",
            ("2031-10", "not mentioned again", "2032-10", None),
        ),
        ("双方将于2031年9月考察监测站。", "原定于2031年9月的考察推迟至2032年10月举行。", ("2031-09", "moved", "2032-10", 397)),
        (f"双方同意于2031年9月30日前{STATION}。", "湖区水质监测站已如期建成并开始观测。", ("../2031-09-30", "done", None, None)),
        ("中方将于2031年9月前派遣水质监测专家。", "中方已派遣水质监测专家。", ("../2031-09", "done", None, None)),
        ("双方决定于2031年9月举办水质监测培训班。", "双方决定不再举办水质监测培训班。", ("2031-09", "not kept", None, None)),
        (f"双方同意于2031年9月前{STATION}。", f"双方未能于2031年9月前{STATION}。", ("../2031-09", "not kept", None, None)),
        ("双方将于2031年9月举办水质监测展览。", "双方取消原定于2031年9月举办的水质监测展览。", ("2031-09", "not kept", None, None)),
    ],
    ids=[
        "repeated",
        "put-off",
        "brought-forward",
        "done",
        "vague",
        "silent",
        "rolling",
        "next-session",
        "said-to-be-put-off",
        "done-some-time",
        "done-by-its-verb",
        "withdrawn",
        "missed",
        "called-off",
    ],
)
def test_fates(old: str, new: str, expected: tuple[str, str, str | None, int | None]) -> None:
    found = fates(old, new)
    if expected[1] == "done":  # the days are told of what was moved alone
        assert [row[:3] for row in found] == [expected[:3]]
    else:
        assert found == [expected]


def test_a_date_that_a_later_round_takes_up_again_is_repeated() -> None:
    promise = "双方同意于2036年9月30日前建成湖区水质监测站。"
    trace = qingdan.trace([
        numbered("r1", 1, [f"湖区监测站:{promise}"]), numbered("r2", 2, ["湖区监测站:双方高度评价在湖区水质监测站方面的合作。"]),
        numbered("r3", 3, [f"湖区监测站:{promise}"]),
    ])  # fmt: skip
    assert len(trace.threads) == 1
    assert [(fate.round, fate.fate, fate.next_round) for fate in trace.deadlines] == [
        ("round_1", "repeated", "round_3"), ("round_3", "open", None),
    ]  # fmt: skip


def test_the_last_round_leaves_its_deadlines_open(three: Trace) -> None:
    last = [fate for fate in three.deadlines if fate.round == "round_8"]
    assert last
    assert {fate.fate for fate in last} == {"open"}
    assert "open" not in {fate.fate for fate in three.deadlines if fate.round != "round_8"}


def test_the_text_of_a_deadline_is_its_slice(three: Trace, root: Path) -> None:
    texts = {name: qingdan.parse(root / "samples" / f"{name}.txt").text for name in ROUNDS}
    assert all(texts[fate.item.partition("#")[0]][fate.start : fate.end] == fate.text for fate in three.deadlines)


@pytest.mark.parametrize(
    ("bodies", "doing", "strengthened", "weakened", "done"),
    [
        (
            ["双方寻求建设水文站。", "双方决定建设水文站。", "双方已完成建设水文站。"],
            ["intended", "committed", "accomplished"],
            ["round_2"],
            [],
            ["round_3"],
        ),
        (["双方承诺建设水文站。", "双方计划建设水文站。", "双方呼吁建设水文站。"], ["committed", "intended", None], [], ["round_2"], []),
        (["双方计划建设水文站。", "双方呼吁建设水文站。", "双方将建设水文站。"], ["intended", None, "committed"], ["round_3"], [], []),
        # Something else was done: what was promised is not.
        (
            ["双方将建设水文站。", "双方将建设水文站。两国教育部签署了学历互认协定。", "双方将建设水文站。"],
            ["committed", "accomplished", "committed"],
            [],
            [],
            [],
        ),
        (["双方签署了协定。", "双方将建设水文站。", "双方将继续建设水文站。"], ["accomplished", "committed", "continued"], [], [], []),
    ],
)
def test_a_thread_says_how_firm_it_is(
    bodies: list[str], doing: list[str | None], strengthened: list[str], weakened: list[str], done: list[str]
) -> None:
    documents = [numbered(f"r{n}", n, [f"甲:{body}"]) for n, body in enumerate(bodies, 1)]
    (thread,) = threads(documents, ["round_1", "round_2", "round_3"], paired(("甲", "甲")))
    assert (list(thread.doing), list(thread.strengthened), list(thread.weakened), list(thread.done)) == (
        doing, strengthened, weakened, done,
    )  # fmt: skip
