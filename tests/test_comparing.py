"""Two lists side by side: which items belong together, by the truth of three rounds, by random successors, and by the user's word."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from successors import HELD_OUT, TUNED, Setting, Successor, of_bullets, of_instruments, of_paragraphs, of_the_page

import qingdan
from qingdan.comparing.alignment import align
from qingdan.comparing.overrides import read_overrides

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = ("sed6-2014-invented", "sed7-2015", "sed8-2016-invented")
NEIGHBOURS = [(ROUNDS[0], ROUNDS[1]), (ROUNDS[1], ROUNDS[2]), (ROUNDS[0], ROUNDS[2])]
SAMPLES = sorted(file.name for file in (ROOT / "samples").iterdir() if file.suffix in {".txt", ".html", ".md"} and file.name != "README.md")
BACK = {"split": "merged", "merged": "split", "new": "dropped", "dropped": "new"}
PREPARED = "双方将于2024年9月前就{}完成准备，并在下一次会议上报告进展情况。"


@pytest.fixture(scope="module")
def documents() -> dict[str, qingdan.Document]:
    return {Path(name).stem: qingdan.parse(ROOT / "samples" / name) for name in SAMPLES}


def listed(*items: str) -> qingdan.Document:
    """A parsed list of items (``topic:body``, or a body alone); its id is ``text``."""
    text = "\n".join(["两国合作会议成果清单", "会议取得以下成果:", *(f"{k}、{item}" for k, item in enumerate(items, 1))])
    document = qingdan.parse(text + "\n")
    assert len(document.items) == len(items)
    return document


def told(pairs: Sequence[qingdan.Pair]) -> list[tuple[str, str, str]]:
    """Pairs as the numbers of their items and the status."""

    def numbers(ids: Sequence[str]) -> str:
        return " ".join(name.partition("#")[2] for name in ids)

    return [(numbers(pair.old), numbers(pair.new), pair.status) for pair in pairs]


def truth(old: str, new: str) -> dict[str, Any]:
    return dict(json.loads((ROOT / "tests" / "test_alignment" / f"{old}_{new}.json").read_text(encoding="utf-8")))


def f1(cases: Sequence[Successor]) -> float:
    both = total = 0
    for case in cases:
        places = [{item.id: k for k, item in enumerate(document.items)} for document in (case.old, case.new)]
        found = {(places[0][a], places[1][b]) for pair in align(case.old, case.new) for a in pair.old for b in pair.new}
        both += len(found & case.truth)
        total += len(found) + len(case.truth)
    return 2 * both / total


def mirrored(pairs: Sequence[qingdan.Pair]) -> set[tuple[object, ...]]:
    return {(p.new, p.old, BACK.get(p.status, p.status), p.moved, p.similarity, p.evidence) for p in pairs}


def plain(pairs: Sequence[qingdan.Pair]) -> set[tuple[object, ...]]:
    return {(p.old, p.new, p.status, p.moved, p.similarity, p.evidence) for p in pairs}


@pytest.mark.parametrize(("old", "new"), NEIGHBOURS)
def test_the_rounds_marked_by_hand(documents: dict[str, qingdan.Document], old: str, new: str) -> None:
    """Pairs, statuses and what moved, all as read by hand."""
    expected = {(tuple(p["old"]), tuple(p["new"])): (p["status"], p["moved"]) for p in truth(old, new)["pairs"]}
    assert {(p.old, p.new): (p.status, p.moved) for p in align(documents[old], documents[new])} == expected


@pytest.mark.parametrize(
    ("make", "setting", "share", "floor"),
    [
        (of_the_page, TUNED, 0.3, 0.99), (of_the_page, TUNED, 0.5, 0.98), (of_the_page, HELD_OUT, 0.3, 0.98),
        (of_the_page, HELD_OUT, 0.5, 0.95), (of_paragraphs, TUNED, 0.3, 0.97), (of_bullets, TUNED, 0.3, 0.98),
        (of_bullets, HELD_OUT, 0.5, 0.94), (of_instruments, TUNED, 0.3, 0.97),
    ],
)  # fmt: skip
def test_random_successors(make: Any, setting: Setting, share: float, floor: float) -> None:
    """F1 of 40 successors (of the page), with truth known because they were made; benchmarks/alignment has more of them."""
    assert f1([make(setting, share, seed) for seed in range(40 if make is of_the_page else 20)]) >= floor


@pytest.mark.parametrize("name", SAMPLES)
def test_a_list_beside_itself_is_all_kept(documents: dict[str, qingdan.Document], name: str) -> None:
    document = documents[Path(name).stem]
    pairs = align(document, document)
    assert [(p.old, p.new) for p in pairs] == [((item.id,), (item.id,)) for item in document.items]
    assert all(p.status == "kept" and not p.moved and p.similarity == 1 for p in pairs)


def test_either_order_of_two_lists_gives_the_same_pairs(documents: dict[str, qingdan.Document]) -> None:
    rounds, others = [documents[name] for name in ROUNDS], list(documents.values())
    for one, two in (*combinations(rounds, 2), *product(rounds[1:2], others), *pairwise(others)):
        pairs = align(one, two)
        assert mirrored(pairs) == plain(align(two, one)), (one.id, two.id)
        for document, ids in ((one, [i for p in pairs for i in p.old]), (two, [i for p in pairs for i in p.new])):
            assert sorted(ids) == sorted(item.id for item in document.items), (one.id, two.id)


CLAUSES = ["双方同意加强合作", "开展联合巡逻", "提供三套设备", "合作", "《合作文件》", "建立联络机制", "……", "双方决定"]


@settings(max_examples=40)
@given(*[st.lists(st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=4).map("，".join), max_size=8)] * 2)
def test_lists_of_the_same_few_words(old: list[str], new: list[str]) -> None:
    """Ties everywhere: every item still stands in one pair, from both sides the same, and equal lists are kept."""
    one, two = (qingdan.parse("清单\n\n" + "\n".join(f"{k}、{text}。" for k, text in enumerate(texts, 1)) + "\n") for texts in (old, new))
    pairs = align(one, two)
    assert mirrored(pairs) == plain(align(two, one))
    assert sorted(i for p in pairs for i in p.old) == sorted(item.id for item in one.items)
    assert all(p.status == "kept" and p.old == p.new for p in align(one, one))


CASES = {
    "typography is no rewording": (
        ["渔业合作:双方同意“共同养护”渔业资源、海洋环境；", "邮政:双方将互换3种邮票。"],
        ["渔业合作：双方同意「共同养护」渔业资源，海洋环境。", "邮政:双方将互换３种邮票。"],
        [("1", "1", "kept"), ("2", "2", "kept")],
    ),
    "a number changed, a topic changed": (
        ["植树:双方将在三年内植树500公顷。", "邮政:双方将互换3种邮票，并举办集邮展览。"],
        ["植树:双方将在三年内植树800公顷。", "集邮:双方将互换3种邮票，并举办集邮展览。"],
        [("1", "1", "reworded"), ("2", "2", "reworded")],
    ),
    "three parts, of which one took the topic": (
        ["水利:" + "".join(PREPARED.format(x) for x in ("水文站网改造", "防洪调度演练", "河口湿地修复")), "邮政:双方将互换3种邮票。"],
        ["邮政:双方将互换3种邮票。", *(PREPARED.format(x) for x in ("防洪调度演练", "水文站网改造", "河口湿地修复"))],
        [("2", "1", "kept"), ("1", "2 3 4", "split")],
    ),
    "the same topic over another promise": (
        ["旅游:双方将推动南部口岸延长通关时间。", "邮政:双方将互换3种邮票。"],
        ["邮政:双方将互换3种邮票。", "旅游:两地博物馆联合出版壁画图录。"],
        [("2", "1", "kept"), ("1", "", "dropped"), ("", "2", "new")],
    ),
    "what all items say says nothing": (
        ["双方决定进一步加强合作，保持密切沟通，尽快举办茶叶博览会。", "双方决定进一步加强合作，保持密切沟通，尽快修订航权清单。"],
        ["双方决定进一步加强合作，保持密切沟通，尽快修订航权清单。", "双方决定进一步加强合作，保持密切沟通，尽快互认兽医证书。"],
        [("2", "1", "kept"), ("1", "", "dropped"), ("", "2", "new")],
    ),
    "one and one that have nothing in common": (
        ["双方将互换3种邮票。"],
        ["两地博物馆联合出版壁画图录。"],
        [("1", "", "dropped"), ("", "1", "new")],
    ),
    "one and one, reworded": (["双方将于明年互换3种邮票。"], ["两国将于明年互换5种邮票。"], [("1", "1", "reworded")]),
    "a short item stands in a long one, and is none of it": (
        ["双方同意就仲裁协议的效力、仲裁庭的组成以及裁决的承认与执行交换案例，并汇编成册。", "邮政:双方将互换3种邮票。"],
        ["仲裁协议。", "邮政:双方将互换3种邮票。"],
        [("1", "", "dropped"), ("", "1", "new"), ("2", "2", "kept")],
    ),
    "what is equal before what is near": (
        [f"双方将于2024年9月前共同举办{k}期海事培训班。" for k in (3, 5, 7, 9)],
        [f"双方将于2024年9月前共同举办{k}期海事培训班。" for k in (9, 7, 5, 3)],
        [("1", "4", "kept"), ("2", "3", "kept"), ("3", "2", "kept"), ("4", "1", "kept")],
    ),
    "bare instruments of one form": (
        ["《农业部与林业局关于果树检疫的谅解备忘录》", "《农业部与林业局关于水产养殖的谅解备忘录》"],
        ["《农业部与林业局关于水产养殖的谅解备忘录》", "《农业部与林业局关于果树检疫的谅解备忘录》"],
        [("2", "1", "kept"), ("1", "2", "kept")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_pairs(case: str) -> None:
    old, new, expected = CASES[case]
    one, two = listed(*old), listed(*new)
    if case == "what all items say says nothing":
        # Only a longer list shows what is common to all.
        more = [f"双方决定进一步加强合作，保持密切沟通，尽快{x}。" for x in ("开放口岸", "校准雷达", "培训矿工", "修缮灯塔", "放流鱼苗")]
        one, two = listed(*old, *more), listed(*new, *more)
        expected = [*expected, *((str(k), str(k), "kept") for k in range(3, 8))]
    assert sorted(told(align(one, two))) == sorted(expected)


def test_empty_lists() -> None:
    empty, full = qingdan.parse("通知\n"), listed("双方将互换3种邮票。", "两地博物馆联合出版壁画图录。")
    empty = qingdan.parse("\n")
    assert align(empty, empty) == ()
    assert told(align(empty, full)) == [("", "1", "new"), ("", "2", "new")]
    assert told(align(full, empty)) == [("1", "", "dropped"), ("2", "", "dropped")]
    assert all(p.similarity is None and p.evidence is None and not p.moved for p in align(full, empty))


def test_items_with_children_are_compared_by_their_own_bodies() -> None:
    text = "两国合作会议成果清单\n\n一、双方将采取以下措施：\n{}\n二、双方每年举行一次会议。\n"
    old = qingdan.parse(text.format("1. 开放3个陆路口岸。\n2. 互派10名翻译。"))
    new = qingdan.parse(text.format("1. 互派12名翻译。\n2. 联合编印词典。"))
    pairs = {p.status: p for p in align(old, new)}
    assert pairs["reworded"].old[0].endswith("#1.2")
    assert pairs["reworded"].new[0].endswith("#1.1")
    assert sorted(status for _, _, status in told(align(old, new))) == sorted(
        ["dropped", "new", "reworded", *["kept"] * (len(old.items) - 2)]
    )


MOVES = {
    "carried over several": ("1 2 3 4 5", "2 3 4 5 1", "1"),
    "neighbours that change places": ("1 2 3", "1 3 2", "2 3"),
    "what shifts moves nothing": ("1 2 3 4", "3 4", ""),
    "turned round": ("1 2 3", "3 2 1", "1 2 3"),
}
SUBJECTS = ["互换3种邮票", "校准沿岸雷达", "出版壁画图录", "修缮两座灯塔", "培训翻译人员"]


@pytest.mark.parametrize("case", MOVES)
def test_moves(case: str) -> None:
    old, new, expected = ([SUBJECTS[int(k) - 1] for k in ks.split()] for ks in MOVES[case])
    one, two = (listed(*(f"双方将{subject}。" for subject in own)) for own in (old, new))
    bodies = {item.id: item.body for item in one.items}
    assert sorted(bodies[p.old[0]] for p in align(one, two) if p.moved) == sorted(f"双方将{subject}。" for subject in expected)


HEADED = "\n\n".join(
    [
        "两国合作会议成果清单",
        "一、{}",
        "1、双方将互换3种邮票。",
        "2、双方将校准沿岸雷达。",
        "3、{}",
        "二、{}",
        "4、{}",
        "5、双方将出版壁画图录。",
    ]
)


@pytest.mark.parametrize(
    ("titles", "swapped", "expected"),
    [
        (("海上合作", "人文合作"), False, 0),
        (("海上事务合作", "人文合作"), False, 0),  # only renamed: most of the pairs of either stand in the other
        (("海上合作", "人文合作"), True, 2),
    ],
)
def test_moves_between_sections(titles: tuple[str, str], swapped: bool, expected: int) -> None:
    items = "双方将修缮两座灯塔。", "双方将培训翻译人员。"
    old = qingdan.parse(HEADED.format("海上合作", items[0], "人文合作", items[1]))
    new = qingdan.parse(HEADED.format(titles[0], items[swapped], titles[1], items[not swapped]))
    assert (len(old.items), len(old.sections), len(new.sections)) == (5, 2, 2)
    assert sum(p.moved for p in align(old, new)) == expected


def test_without_headings_only_the_order_moves() -> None:
    old = qingdan.parse(HEADED.format("海上合作", "双方将修缮两座灯塔。", "人文合作", "双方将培训翻译人员。"))
    new = listed(*(item.body for item in old.items))
    assert not any(p.moved for p in align(old, new))


def test_what_speaks_for_a_pair(documents: dict[str, qingdan.Document]) -> None:
    for pair in align(documents[ROUNDS[0]], documents[ROUNDS[1]]):
        if pair.evidence is None:
            assert pair.status in {"new", "dropped"}
            continue
        assert pair.evidence.decided in {"body", "topic", "agencies", "contained"}
        assert (pair.evidence.decided == "contained") == (pair.status in {"split", "merged"})
        figures = [pair.similarity, *(getattr(pair.evidence, name) for name in ("body", "topic", "agencies", "section", "number"))]
        assert all(figure is None or 0 <= figure <= 1 for figure in figures)


OLD = ["双方将互换3种邮票。", "双方将校准沿岸雷达。", "双方将出版壁画图录。"]
NEW = ["双方将互换5种邮票。", "双方将培训翻译人员。", "双方将修缮两座灯塔。"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1,2", [("1", "2", "reworded")]),
        ("text#1,2", [("1", "2", "reworded")]),
        ("2,2\n2,3\n", [("2", "2 3", "split"), ("1", "1", "reworded")]),
        ("3,1\n1,1\n", [("1 3", "1", "merged")]),
        ("1,\n,1\n", [("1", "", "dropped"), ("", "1", "new")]),
    ],
)
def test_overrides(tmp_path: Path, rows: str, expected: list[tuple[str, str, str]]) -> None:
    """The user's word stands, and what it does not speak of is paired as ever."""
    file = tmp_path / "pairs.csv"
    file.write_text("\ufeffold,new,why\n" + rows, encoding="utf-8")
    comparison = qingdan.compare(listed(*OLD), listed(*NEW), file)
    assert set(expected) <= set(told(comparison.pairs))
    said = [p for p in comparison.pairs if told([p])[0] == expected[0]]
    assert said[0].evidence is not None
    assert said[0].evidence.decided == "pairs.csv"
    back = read_overrides(file)
    assert mirrored(align(listed(*OLD), listed(*NEW), back)) == plain(
        align(listed(*NEW), listed(*OLD), [(row.new, row.old) for row in back])
    )


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ("a,b\n1,2\n", ["pairs.csv: the first line must name the columns old and new"]),
        ("", ["pairs.csv: is empty"]),
        (
            "old,new\n9,1\n1,text#8\n",
            ["pairs.csv, line 2: the old list has no item '9'", "pairs.csv, line 3: the new list has no item 'text#8'"],
        ),
        ("old,new\n1,1\n1,\n", ["pairs.csv: 'text#1' is said to have a partner and to have none"]),
        ("old,new\n1,1\n1,2\n2,2\n", ["pairs.csv: 'text#1' has several partners, and one of them has several too"]),
        ("old,new,note\n,,huh\n", ["pairs.csv, line 2: names no item"]),
    ],
)
def test_overrides_that_cannot_be(tmp_path: Path, content: str, messages: list[str]) -> None:
    (tmp_path / "pairs.csv").write_text(content, encoding="utf-8")
    with pytest.raises(qingdan.QingdanError) as caught:
        qingdan.compare(listed(*OLD), listed(*NEW), tmp_path / "pairs.csv")
    assert str(caught.value).split("\n") == messages


def test_overrides_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(qingdan.QingdanError, match=r"gone\.csv: no such file$"):
        read_overrides(tmp_path / "gone.csv")
    (tmp_path / "pairs.csv").write_bytes(b"old,new\n\xff\xfe")
    with pytest.raises(qingdan.QingdanError, match=r"^pairs\.csv:2: .*$"):
        read_overrides(tmp_path / "pairs.csv")


def test_how_two_lists_are_related(documents: dict[str, qingdan.Document]) -> None:
    rounds = [documents[name] for name in ROUNDS]
    assert qingdan.compare(rounds[1], rounds[2]).relation == "rounds"
    assert qingdan.compare(rounds[1], rounds[1]).relation == "copies"
    assert qingdan.compare(rounds[1], documents["bullets"]).relation == "lists"
    shorter = qingdan.parse(rounds[1].text[: len(rounds[1].text) // 5])
    assert qingdan.compare(rounds[1], shorter).relation == "copies", "another text of the same round"


def test_a_comparison_has_the_changes_of_its_pairs(documents: dict[str, qingdan.Document]) -> None:
    comparison = qingdan.compare(documents[ROUNDS[1]], documents[ROUNDS[2]])
    assert (comparison.old, comparison.new) == (documents[ROUNDS[1]].document, documents[ROUNDS[2]].document)
    assert any(pair.changes for pair in comparison.pairs if pair.status == "reworded")
    assert not any(pair.changes for pair in comparison.pairs if pair.status in {"new", "dropped"})


def test_pairs_come_in_the_order_of_the_new_list() -> None:
    old, new = listed(*(f"双方将{x}。" for x in SUBJECTS)), listed(*(f"双方将{SUBJECTS[k]}。" for k in (1, 4, 3)))
    assert told(align(old, new)) == [("1", "", "dropped"), ("2", "1", "kept"), ("3", "", "dropped"), ("5", "2", "kept"), ("4", "3", "kept")]
