"""Issues: each code with pages that have it, pages that only look like it, and the row that explains it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import qingdan
from qingdan.checking.page import chrome_share
from qingdan.data import read_rows

HEAD = "第二轮中泰经济对话成果清单\n2015年6月22日至24日,第二轮中泰经济对话在泰国曼谷举行。双方达成以下成果:\n"


def marked(text: str, code: str, reference_date: str | None = None) -> list[str | None]:
    """What the issues of a code point at; None for one that concerns the whole."""
    document = qingdan.parse(text + "\n", reference_date=reference_date)
    found = [issue for issue in document.issues if issue.code == code]
    return [None if issue.start is None else document.text[issue.start : issue.end] for issue in found]


def issued() -> set[tuple[str, str]]:
    """Code and severity of every Issue that the package makes."""
    made = set()
    for file in Path(qingdan.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Issue":
                code, *_, severity = (node.args + [word.value for word in node.keywords])[:5]
                assert isinstance(code, ast.Constant), f"{file.name}:{node.lineno}: write the code out"
                assert isinstance(severity, ast.Constant), f"{file.name}:{node.lineno}: write code, message, start, end and severity out"
                made.add((code.value, severity.value))
    return made


def test_every_code_is_explained_with_its_severity() -> None:
    rows = read_rows("issues.csv")
    assert {(row["code"], row["severity"]) for row in rows} == issued()
    assert [row["code"] for row in rows if not row["meaning"] or not row["meaning_zh"]] == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (f"{HEAD}1、甲。\n2、乙。\n4、丙。", ["4、"]),
        (f"{HEAD}1、甲。\n2、乙。\n3、丙。", []),
        (f"{HEAD}20、甲。\n21、乙。\n22、丙。", []),
        (f"{HEAD}一、经济\n1、甲。\n2、乙。\n二、安全\n3、丙。\n4、丁。", []),
        (f"{HEAD}一、经济\n1、甲。\n2、乙。\n二、安全\n1、丙。\n2、丁。", []),
        (f"{HEAD}一、经济\n1、甲。\n2、乙。\n二、安全\n4、丙。\n5、丁。", ["4、"]),
    ],
)
def test_number_gap(text: str, at: list[str]) -> None:
    assert marked(text, "number-gap") == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (f"{HEAD}1、甲。\n2、乙。\n2、丙。", ["2、"]),
        (f"{HEAD}1、甲。\n2、乙。", []),
        (f"{HEAD}一、经济\n1、甲。\n2、乙。\n二、安全\n1、丙。\n2、丁。", []),
    ],
)
def test_number_repeated(text: str, at: list[str]) -> None:
    assert marked(text, "number-repeated") == at


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ("双方将于2015年6月31日前完成。", ["2015年6月31日前"]),
        ("双方将于2015年2月29日举行会议。", ["2015年2月29日"]),
        ("双方将于2016年2月29日举行会议。", []),
        ("双方将于2月30日举行会议。", ["2月30日"]),
        ("双方将于2015年6月24日至22日举行会议。", ["2015年6月24日至22日"]),
        ("双方将于13月举行会议。", ["13月"]),
        ("双方将于下月举行会议。", []),
        ("双方将于今年9月举行会议。", []),
    ],
)
def test_impossible_date(body: str, at: list[str]) -> None:
    assert marked(f"{HEAD}1、{body}\n2、乙。", "impossible-date") == at


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ("双方将于2015年5月前完成谈判。", ["2015年5月前"]),
        ("力争在2014年底前签署协定。", ["2014年底前"]),
        ("2015年3月前，双方将举行首次会议。", ["2015年3月前"]),
        ("计划到2010年实现贸易额翻番。", ["2010年"]),
        ("双方决定在2015年5月前举行首次会议。", ["2015年5月前"]),
        ("大会决定在2000年前消除这一现象。", []),
        ("双方将于2015年9月前完成谈判。", []),
        ("双方将于2015年6月23日前完成谈判。", []),
        ("2015年5月前已完成谈判。", []),
        ("双方于2015年5月前完成了谈判，将继续合作。", []),
        ("原定于2015年5月前举行的会议将于今年9月举行。", []),
        ("双方将改造2000年前建成的仓库。", []),
        ("双方将落实“到2010年实现贸易便利化”的倡议。", []),
        ("双方忆及将于2010年前建成中心的共识。", []),
        ("双方回顾了发达国家到2010年的目标。双方将继续努力。", []),
        ("有关资金承诺到2010年兑现，双方将予以跟踪。", []),
        ("根据2014年底前将完成审核的安排，双方继续工作。", []),
        ("双方将于2015年5月举行会议。", []),
    ],
)
def test_deadline_passed(body: str, at: list[str]) -> None:
    assert marked(f"{HEAD}1、{body}\n2、乙。", "deadline-passed") == at


def test_without_a_day_to_count_from_no_deadline_has_passed() -> None:
    page = "1、双方将于2015年5月前完成谈判。\n2、双方将于2016年5月前完成审核。"
    assert marked(page, "deadline-passed") == []
    assert marked(page, "deadline-passed", reference_date="2020-01-01") == ["2015年5月前", "2016年5月前"]


FOUR = "1、甲方将提供培训，乙方将派员参加。\n2、双方将互派代表，费用各自承担。\n3、双方将设立热线，每年会商一次。\n"


@pytest.mark.parametrize(
    ("last", "at"),
    [
        ("4、双方将加强港口、铁路、", ["、"]),
        ("4、双方将加强港口，", ["，"]),
        ("4、双方将采取以下措施：", ["："]),
        ("4、双方将签署《", ["《"]),
        ("4、双方将提供港口建设以及", ["以及"]),
        ("4、双方将加强铁路和", ["和"]),
        ("4、双方将加强港口建设……", ["……"]),
        ("4、双方将加强港口建设。...", ["..."]),
        ("4、双方将加强港口建设……[查看更多]", ["……[查看更多]"]),
        ("4、双方将加强港口建设。\n展开全文", ["展开全文"]),
        ("4、双方将加强港口建设。\n1 2 3 下一页", ["1 2 3 下一页"]),
        ("4、双方将落实“绿色港口建设倡议，扩大港口合作", ["“绿色港口建设倡议，扩大港口合作"]),
        ("4、双方将在港口建设和铁路运输方面扩大合作规", ["规"]),
    ],
)
def test_truncated(last: str, at: list[str]) -> None:
    assert marked(HEAD + FOUR + last, "truncated") == at


@pytest.mark.parametrize(
    "last",
    [
        "4、双方将加强港口、铁路合作。",
        "4、双方将加强港口合作；",
        "4、双方将加强“港口合作”",
        "4、双方将加强港口合作（交通部门负责）",
        "4、其他事项",
        "4、双方同意保持缓和",
        "4、项目在老挝和埃及",
        "4、双方将加强港口合作。\n中泰经济对话联合秘书处",
        "4、双方将加强港口合作。\n更多新闻 >>",
        "4、双方将加强港口合作。\n上一页 1 2 下一页",
        "4、双方将采取以下措施：\n（1）甲方提供培训；\n（2）乙方派员参加。",
    ],
)
def test_not_truncated(last: str) -> None:
    assert marked(HEAD + FOUR + last, "truncated") == []


def test_a_list_without_stops_is_not_truncated() -> None:
    items = [f"{n}、关于{place}口岸扩大开放和通关便利化的谅解备忘录" for n, place in enumerate("甲乙丙丁", 1)]
    assert marked(HEAD + "\n".join(items), "truncated") == []
    colons = [f"{n}、双方将在{place}口岸采取的措施包括：" for n, place in enumerate("甲乙丙丁", 1)]
    assert marked(HEAD + "\n".join(colons), "truncated") == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1、甲方同意。\n2、双方将：\n3、乙方同意。", ["2、双方将："]),
        ("1、甲方同意。\n2、……\n3、乙方同意。", ["2、……"]),
        ("1、甲方同意。\n2、双方将：\n（1）培训；\n（2）交流。\n3、乙方同意。", []),
        ("1、甲方同意。\n2、无\n3、乙方同意。", []),
        ("1、高层交往：双方同意。\n2、乙。", []),
    ],
)
def test_empty_item(text: str, at: list[str]) -> None:
    assert marked(HEAD + text, "empty-item") == at


SAID = "双方决定继续在曼谷举行年度会商。"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (f"1、{SAID}\n2、乙方同意。\n3、{SAID}", [SAID]),
        (f"1、能源：{SAID}\n2、能源：{SAID}\n3、能源：{SAID}", [SAID, SAID]),
        (f"1、{SAID}\n2、双方决定继续 在曼谷举行　年度会商。", ["双方决定继续 在曼谷举行　年度会商。"]),
        (f"1、能源：{SAID}\n2、交通：{SAID}", []),
        ("1、双方同意。\n2、双方同意。", []),
        (
            "1、甲方应提供：\n（1）任何其他的有关材料；\n（2）说明。\n2、乙方应提供：\n（1）任何其他的有关材料；\n（2）说明。",
            [],
        ),
    ],
)
def test_duplicate_item(text: str, at: list[str]) -> None:
    assert marked(HEAD + text, "duplicate-item") == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1、双方签署《港口合作协定。\n2、乙。", ["《"]),
        ("1、双方签署港口合作协定》。\n2、乙。", ["》"]),
        ("1、双方支持“绿色港口“倡议。\n2、乙。", ["“", "“"]),
        ("1、双方（交通部门）同意）。\n2、乙。", ["）"]),
        ("1、双方签署《港口（合作)协定》。\n2、乙。", []),
        ("1、措施包括：1）培训；2）交流；a)互访。\n2、乙。", []),
        ("（1）培训。\n（2）交流。", []),
        ("1、协定第一条修改为“双方同意。\n2、双方设立秘书处。”\n3、乙。", []),
        ("1、双方指出：“合作有益。\n“交流也有益。”\n2、乙。", []),
    ],
)
def test_unbalanced_mark(text: str, at: list[str]) -> None:
    assert marked(HEAD + text, "unbalanced-mark") == at


def test_mostly_chrome() -> None:
    links = "\n".join(f"当前位置：首页 >> 新闻中心 >> 栏目{n} >> 正文" for n in range(30))
    assert marked(f"{links}\n{HEAD}1、甲。\n2、乙。", "mostly-chrome") == [None]
    assert marked(f"{HEAD}1、甲。\n2、乙。", "mostly-chrome") == []
    document = qingdan.parse(f"首页 >> 新闻\n{HEAD}1、甲。\n2、乙。")
    assert [chrome.text for chrome in document.chrome] == ["首页 >> 新闻"]
    assert chrome_share(document) == len("首页>>新闻") / sum(map(len, document.text.split()))
    assert chrome_share(qingdan.parse("")) == 0


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("1、甲。\n2、乙。", "no-title", True), (f"{HEAD}1、甲。\n2、乙。", "no-title", False),
        ("1、甲。\n2、乙。", "no-reference-date", True), (f"{HEAD}1、甲。\n2、乙。", "no-reference-date", False),
        (f"{HEAD}双方同意。", "unnumbered", True), ("双方同意。", "no-list", True), (f"{HEAD}1、甲。\n2、乙。", "no-list", False),
    ],
)  # fmt: skip
def test_issues_of_the_whole(text: str, code: str, expected: bool) -> None:
    assert marked(text, code) == ([None] if expected else [])


def test_undecodable_bytes(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes((HEAD + FOUR).encode() + b"4\xe3\x80\x81\xff\xfe\n")
    document = qingdan.parse(file)
    assert [document.text[issue.start : issue.end] for issue in document.issues if issue.code == "undecodable-bytes"] == ["\ufffd\ufffd"]


@pytest.mark.parametrize("text", ["“", "（\n", "1、“\n", "《", "）", "1、双方" + "、", "1、承诺" + "将于2015年5月前"])
def test_long_hostile_pages_are_checked_in_linear_time(text: str) -> None:
    """Quadratic, this would take minutes."""
    assert qingdan.parse(text * (200_000 // len(text)), reference_date="2020-01-01").issues
