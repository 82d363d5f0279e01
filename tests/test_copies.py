"""Copies: which documents hold one list, which only resemble each other, and how copies differ."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from time import process_time

import pytest
from msgspec import structs
from typer.testing import CliRunner

import qingdan
from qingdan import Document, Period
from qingdan.cli import app
from qingdan.comparing.copies import copy_of, groups, same_list
from qingdan.comparing.differences import Difference, differences, edits
from qingdan.comparing.forms import form, key

TITLE = "第三轮甲乙海洋合作对话成果清单"
FRAME = "2016年5月3日,双方在某地举行对话,达成以下成果:\n"
WHO = ("双方主管部门", "两国海洋研究机构", "双方港口管理机构", "两国高校和企业", "双方沿海地方政府", "两国海上执法力量", "有关国际组织代表")
DOES = ("决定共同编制", "同意继续完善", "承诺定期更新", "将联合开展", "重申支持实施", "愿积极探讨", "商定逐步推广")
WHAT = (
    "渔业资源养护规划",
    "海上搜救联合预案",
    "港口绿色建设标准",
    "珊瑚礁监测网络",
    "船员培训教材",
    "海图资料共享机制",
    "溢油应急处置手册",
    "极地科考后勤安排",
)
WHY = (
    "以提高防灾减灾能力",
    "为沿岸居民增加就业",
    "并欢迎更多伙伴加入",
    "从而降低通关成本",
    "以保护海洋生物多样性",
    "推动蓝色经济进一步发展",
    "并加强青年人员往来",
)
SIMPLE, TRADITIONAL = (
    "双两国决编继续极并发进动从为与际组织业资规划会对话轮联间乌",
    "雙兩國決編繼續極並發進動從為與際組織業資規劃會對話輪聯間烏",
)


def body(seed: int, year: int = 2016) -> str:
    """A provision of its own for every seed."""
    dice = random.Random(seed)
    clauses = [
        f"{dice.choice(WHO)}{dice.choice(DOES)}{dice.choice(WHAT)}的第{dice.randint(2, 80)}号附件,{dice.choice(WHY)}" for _ in range(2)
    ]
    return f"{clauses[0]};于{year}年{dice.randint(1, 12)}月前完成。{clauses[1]}。"


def page(seeds: list[int], title: str = TITLE, frame: str = FRAME, year: int = 2016, numbers: bool = True) -> str:
    return f"{title}\n{frame}" + "".join(f"{n}、{body(seed, year)}\n" for n, seed in enumerate(seeds, 1))


def parsed(text: str, name: str = "a") -> Document:
    return qingdan.parse(text + "\n", id=name)


def scanned(text: str, share: float) -> str:
    """The text with errors of a scan in a share of its Chinese characters, but for the title and the numbers of items."""
    dice = random.Random(7)
    head, _, rest = text.partition("\n")
    return head + "\n" + "".join(dice.choice("口曰未末土士己已") if c >= "一" and dice.random() < share else c for c in rest)


SEEDS = list(range(100, 120))
LIST = page(SEEDS)
COPIES = {
    "the same": LIST,
    "other page furniture": f"某某新闻网\n首页 > 时事 > 正文\n{LIST}责任编辑:某某\n版权所有:某某新闻网\n",
    "full-width punctuation": LIST.replace(",", "，").replace(":", "：").replace("2016", "２０１６"),
    "traditional": LIST.translate(str.maketrans(SIMPLE, TRADITIONAL)),
    "items missing": page(SEEDS[:12]),
    "items missing in the middle": page(SEEDS[:6] + SEEDS[12:]),
    "a scan": scanned(LIST, 0.03),
    "a scan with items missing": scanned(page(SEEDS[:14]), 0.03),
    "another title for the same meeting": LIST.replace(TITLE, "关于第三轮甲乙海洋合作对话成果清单的报告(全文)"),
    "no title": LIST.partition("\n")[2],
    "other labels": LIST.replace("、", ". ", 20),
    "one wrong word": LIST.replace("海图资料", "海图材料", 1),
    "other order": page(SEEDS[10:] + SEEDS[:10]),
}
OTHERS = {
    "the next round with the same list": LIST.replace("第三轮", "第四轮"),
    "the next year in the title": LIST.replace(TITLE, "2017年甲乙海洋合作对话成果清单"),
    "70 % of the next year's list": page(SEEDS[:14] + list(range(200, 206)), "甲乙海洋合作对话成果清单", ""),
    "the same promises for the next year": page(SEEDS, "甲乙海洋合作对话成果清单", "", 2017),
    "held in another year": LIST.replace("2016年5月3日", "2017年5月3日"),
    "another track": page([*SEEDS[:15], 1, 2], "第三轮甲乙海洋合作对话框架下经济对话成果清单"),
    "another list of the meeting": page(list(range(300, 320))),
    "another list": page(list(range(300, 320)), "甲丙能源合作联合声明"),
    "two items quoted elsewhere": page(SEEDS[:2]),
    "nothing": "没有清单",
}
AGAINST = {
    "the next year in the title": LIST.replace(TITLE, "2016年甲乙海洋合作对话成果清单"),
    "70 % of the next year's list": page(SEEDS, "甲乙海洋合作对话成果清单", ""),
    "the same promises for the next year": page(SEEDS, "甲乙海洋合作对话成果清单", ""),
    "another track": page(SEEDS, "第三轮甲乙海洋合作对话框架下战略对话成果清单"),
}


@pytest.mark.parametrize("case", COPIES)
def test_copies(case: str) -> None:
    one, two = parsed(LIST), parsed(COPIES[case], "b")
    assert same_list(one, two)
    assert same_list(two, one)
    assert [len(group) for group in groups([one, two])] == [2]


@pytest.mark.parametrize("case", OTHERS)
def test_no_copies(case: str) -> None:
    one, two = parsed(AGAINST.get(case, LIST)), parsed(OTHERS[case], "b")
    assert not same_list(one, two)
    assert not same_list(two, one)
    assert [len(group) for group in groups([one, two])] == [1, 1]


def test_a_day_in_a_text_that_names_no_meeting_tells_no_copies_apart() -> None:
    """It may be that of a treaty which the text names; but then more of the words must be the same."""

    def of(text: str, name: str, year: int, series: str | None) -> Document:
        document = parsed(text, name)
        held = Period(f"{year}-05-03", f"{year}-05-03", f"{year}-05-03")
        return structs.replace(document, document=structs.replace(document.document, held=held, series=series, round=None))

    assert same_list(of(LIST, "a", 2016, None), of(LIST, "b", 1982, None))
    assert not same_list(of(LIST, "a", 2016, "甲乙对话"), of(LIST, "b", 1982, None))
    fewer = page([*SEEDS[:17], 1, 2, 3])
    assert same_list(of(LIST, "a", 2016, None), of(fewer, "b", 2016, None))
    assert not same_list(of(LIST, "a", 2016, None), of(fewer, "b", 1982, None))


def test_short_documents_are_copies_only_when_all_is_equal() -> None:
    one = parsed("甲乙联合声明\n1、双方同意继续对话。")
    assert same_list(one, parsed("甲乙联合声明\n1、双方同意继续对话。"))
    assert not same_list(one, parsed("甲乙联合声明\n1、双方同意开展对话。"))
    assert not same_list(one, parsed("甲丙联合声明\n1、双方同意继续对话。"))


def test_groups_keep_the_order_and_lose_nothing() -> None:
    texts = [LIST, OTHERS["another list"], COPIES["traditional"], COPIES["a scan"], OTHERS["the next round with the same list"]]
    documents = [parsed(text, f"d{i}") for i, text in enumerate(texts)]
    assert [[document.id for document in group] for group in groups(documents)] == [["d0", "d2", "d3"], ["d1"], ["d4"]]
    assert copy_of(documents) == {"d2": "d0", "d3": "d0"}
    assert groups([]) == []


def test_two_thousand_documents_are_grouped_in_moments() -> None:
    """Of one title all, so that the title alone would have every pair compared."""
    documents = [
        parsed(page([seed * 10 + i for i in range(5)], "甲乙海洋合作对话成果清单", ""), f"d{seed:03}-{copy}")
        for seed in range(50)
        for copy in (1, 2)
    ]
    many = [
        structs.replace(document, document=structs.replace(document.document, id=f"{document.id}-{n}", round=n))
        for n in range(20) for document in documents
    ]  # fmt: skip
    began = process_time()
    found = groups(many)
    assert process_time() - began < 20
    assert [len(group) for group in found] == [2] * 1000


def told(one: str, two: str) -> list[tuple[str, str, str, str, str | None, str | None]]:
    found = differences(parsed(one), parsed(two, "b"))
    return [(d.kind, d.part, d.field, d.op, d.one and d.one.text, d.two and d.two.text) for d in found]


BASE = "甲乙对话成果清单\n1、海上合作:双方决定加强海上搜救合作。\n2、港口合作:双方同意定期会晤。\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("加强", "深化", ("words", "item", "body", "replace", "加强", "深化")),
        ("定期", "", ("words", "item", "body", "delete", "定期", "")),
        ("会晤", "会晤磋商", ("words", "item", "body", "insert", "", "磋商")),
        ("搜救合作。", "搜救合作,。", ("words", "item", "body", "insert", "", ",")),
        ("港口", "港务", ("words", "item", "topic", "replace", "口", "务")),
        ("搜救合作。", "搜救合作｡", ("form", "item", "body", "replace", "。", "｡")),
        ("加强海上", "加强 海上", ("form", "item", "body", "replace", "强", "强 ")),
        ("双方决定", "雙方決定", ("form", "item", "body", "replace", "双", "雙")),
        ("、", ".", ("form", "item", "label", "replace", "2、", "2.")),
        ("2、", "3、", ("structure", "item", "path", "replace", "2", "3")),
        ("港口合作:", "", ("structure", "item", "topic", "delete", "港口合作", None)),
        ("甲乙对话", "甲丙对话", ("words", "title", "text", "replace", "乙", "丙")),
        ("2、港口合作:双方同意定期会晤。\n", "", ("structure", "item", "whole", "delete", "2、港口合作:双方同意定期会晤。", None)),
        ("2、", "2、另行商定。\n3、", ("structure", "item", "whole", "insert", None, "2、另行商定。")),
    ],
)
def test_differences(old: str, new: str, expected: tuple[str, ...]) -> None:
    assert BASE.replace(old, new) != BASE
    found = told(BASE, BASE.replace(old, new))
    assert expected in found
    if expected[0] == "form":
        assert {row[0] for row in found if row[1] != "document"} == {"form"}
    assert told(BASE, BASE) == []


def test_differences_of_the_frame() -> None:
    two = "甲乙对话成果清单\n发布时间:2016-05-09\n2016年5月3日,双方在某地举行对话,达成以下成果:\n" + BASE.partition("\n")[2]
    found = differences(parsed(BASE), parsed(two, "b"))
    rows = {(d.part, d.field): d for d in found}
    assert rows["document", "published"].op == "insert"
    assert rows["document", "published"].two is not None
    assert rows["document", "published"].two.text == "2016-05-09"
    assert rows["preamble", "whole"].kind == "structure"


def apply(one: Document, two: Document, found: list[Difference]) -> str:
    """The first text with every difference of its items' words and form carried out."""
    text = one.text
    changes = [d for d in found if d.kind != "structure" and d.part in ("item", "title") and d.one and d.two and d.one.start is not None]
    for change in sorted(changes, key=lambda d: (d.one.start, d.one.end), reverse=True):  # type: ignore[union-attr]
        assert change.one is not None
        assert change.two is not None
        text = text[: change.one.start] + change.two.text + text[change.one.end :]
    return text


@pytest.mark.parametrize("case", ["the same", "full-width punctuation", "traditional", "a scan", "one wrong word"])
def test_differences_lead_from_one_copy_to_the_other(case: str) -> None:
    one, two = parsed(LIST), parsed(COPIES[case], "b")
    found = differences(one, two)
    for difference in found:
        for document, place in ((one, difference.one), (two, difference.two)):
            if place is not None and place.start is not None and difference.field != "path":
                assert document.text[place.start : place.end] == place.text
    items = slice(one.items[0].start, one.items[-1].end), slice(two.items[0].start, two.items[-1].end)
    carried = apply(one, two, [d for d in found if d.part == "item"])
    assert carried[one.items[0].start :].rstrip() == two.text[items[1]].rstrip()
    kinds = {d.kind for d in found if d.part == "item"}
    assert kinds == {"the same": set(), "a scan": {"words"}, "one wrong word": {"words"}}.get(case, {"form"})


def test_missing_items_are_matched_by_their_words_and_not_by_their_numbers() -> None:
    found = differences(parsed(LIST), parsed(COPIES["items missing in the middle"], "b"))
    assert [d.one.node for d in found if d.field == "whole" and d.one] == [f"a#{n}" for n in range(7, 13)]
    assert [d.one.text for d in found if d.field == "path" and d.one] == [str(n) for n in range(13, 21)]
    assert {d.field for d in found} == {"whole", "path", "label"}


def test_texts_in_one_form() -> None:
    assert form(" 雙方 同意，\u200b“合作”。").text == form("双方同意,「合作」。").text
    assert key("《雙方》同意， 合作。") == key("双方同意合作") == "双方同意合作"
    text = "甲\u200b 乙\n丙\0丁"
    shaped = form(text)
    assert [text[place] for place in shaped.places[:-1]] == list(shaped.text)
    assert (len(shaped.places), shaped.places[-1]) == (len(shaped.text) + 1, len(text))
    assert form("").places == [0]


@pytest.mark.parametrize(
    ("one", "two"), [("", "甲"), ("甲", ""), ("", ""), (" ", "\u200b"), ("甲乙", "乙甲"), ("甲" * 30_000, "甲" * 15_000 + "乙")]
)
def test_edits_lead_from_one_text_to_the_other(one: str, two: str) -> None:
    text = one
    for edit in reversed(edits(one, two)):
        text = text[: edit.start] + two[edit.other_start : edit.other_end] + text[edit.end :]
    assert form(text).text == form(two).text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("one", LIST), ("two", COPIES["one wrong word"]), ("three", OTHERS["another list"])):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_shows_copies(folder: Path) -> None:
    done = CliRunner().invoke(app, ["copies", str(folder)], env={"COLUMNS": "160"})
    assert done.exit_code == 0
    assert "two against one: differences: 1 of words" in done.stdout or "one, two" in done.stdout
    (line,) = CliRunner().invoke(app, ["copies", str(folder), "--to", "json"]).stdout.splitlines()
    group = json.loads(line)
    assert (group["first"], [copy["id"] for copy in group["copies"]]) == ("one", ["two"])
    (difference,) = group["copies"][0]["differences"]
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(app, ["copies", str(folder), "--to", "csv"]).stdout)))
    assert (
        [(row["one_text"], row["two_text"]) for row in rows] == [(difference["one"]["text"], difference["two"]["text"])] == [("资", "材")]
    )
    none = CliRunner().invoke(app, ["copies", str(folder / "one.txt"), str(folder / "three.txt")])
    assert (none.exit_code, none.stdout) == (0, "")
    assert "no copies among 2 documents" in none.stderr


def test_convert_keeps_both_and_says_which_is_the_copy(folder: Path, tmp_path: Path) -> None:
    CliRunner().invoke(app, ["convert", str(folder), "--out", str(tmp_path / "out")])
    table = qingdan.read(tmp_path / "out", table="documents")
    assert dict(zip(table["id"], table["copy_of"].fillna(""), strict=True)) == {"one": "", "two": "one", "three": ""}
