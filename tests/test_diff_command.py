"""Comparing two lists on the command line: every form of what changed, hostile texts in each, and one clear line for bad input."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any, get_args, get_type_hints

import frictionless
import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import structs
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner, Result

import qingdan
from qingdan import Document, QingdanError
from qingdan.cli import app
from qingdan.comparing.model import Change, ChangeField, Comparison, Evidence, Pair, Part
from qingdan.data import read_rows
from qingdan.writing.changes_csv import change_rows, changes_csv, pair_rows
from qingdan.writing.changes_folder import write_changes
from qingdan.writing.changes_html import changes_html
from qingdan.writing.changes_json import changes_json, changes_schema
from qingdan.writing.changes_markdown import _redline, changes_markdown, escaped
from qingdan.writing.changes_terminal import changes_text
from qingdan.writing.changes_view import FIELDS, STATUSES, Run, view
from qingdan.writing.changes_words import told, words
from qingdan.writing.csv_files import from_csv
from qingdan.writing.tables import comparison_fields

OLD = """第三次甲乙海关合作对话成果清单
2015年5月20日,双方举行对话,达成以下成果:
一、口岸合作
1、通关便利:双方决定于2015年12月31日前互认12项单证。
2、人员培训:双方将轮流举办培训班。
3、情报交流:双方同意交换风险信息。双方支持开展联合行动。
4、数据核对:双方同意每年核对一次统计数据。
5、标准互认:双方决定互认检验标准。
二、其他
6、样品检测:双方将共建实验室。
7、文献翻译:双方将互译法规汇编。
"""
NEW = """第四次甲乙海关合作对话成果清单
2016年5月18日,双方举行对话,达成以下成果:
一、口岸合作
1、人员培训:双方将轮流举办培训班。
2、通关便利:双方决定于2016年6月30日前互认15项单证。
3、风险信息:双方同意交换风险信息。
4、联合行动:双方支持开展联合行动。
5、数据与标准:双方同意每年核对一次统计数据,并互认检验标准。
二、其他
6、绿色口岸:双方将编制建设指南。
7、文献翻译:双方将互译法规汇编。
"""
SAMPLES = ("sed7-2015", "sed8-2016-invented")
HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    '=HYPERLINK("http://x.invalid")',
    "| 表 | 格 | `码` [链](javascript:alert(1)) **粗** ~~删~~ # <b>",
    "\x1b]0;标题\x07\x1b[2J\u202e文字\u2066",
    "&lt;b&gt; &#x41;",
)
Line = Callable[..., Result]


def number(document: Document, *numbers: int) -> tuple[str, ...]:
    return tuple(item.id for item in document.items if item.number in numbers)


def part(document: Document, text: str) -> Part:
    start = document.text.index(text)
    item = next(item for item in document.items if item.start <= start < item.end)
    return Part(item.id, text, start, start + len(text))


@pytest.fixture(scope="module")
def old() -> Document:
    return qingdan.parse(OLD, id="old")


@pytest.fixture(scope="module")
def new() -> Document:
    return qingdan.parse(NEW, id="new")


@pytest.fixture(scope="module")
def comparison(old: Document, new: Document) -> Comparison:
    """Every status, and a change of every kind of value, as comparing would give them."""

    def pair(status: Any, olds: list[int], news: list[int], *changes: Change, moved: bool = False) -> Pair:
        both = bool(olds and news)
        evidence = Evidence("body", 0.75, 1.0, None, 1.0, 0.5) if both else None
        return Pair(number(old, *olds), number(new, *news), status, moved, 0.75 if both else None, evidence, changes)

    deadline = Change(
        "deadline", "later", "../2015-12-31", "../2016-06-30", difference=182,
        old_part=part(old, "2015年12月31日前"), new_part=part(new, "2016年6月30日前"),
    )  # fmt: skip
    quantity = Change("quantity", "up", 12, 15, "项", "单证", None, "about", Decimal(3), Decimal("25.0"))
    sentence = Change("sentence", "gone", "双方支持开展联合行动。", None)
    agency = Change("agency", "renamed", "甲国海关局", "甲国海关总署")
    rounds = Change("round", "advanced", 3, 4, "次", "对话", expected=True)
    pairs = (
        pair("kept", [2], [1], moved=True),
        pair("reworded", [1], [2], deadline, quantity, agency, moved=True),
        pair("split", [3], [3, 4], sentence, rounds),
        pair("merged", [4, 5], [5], Change("instrument", "added", None, "《标准目录》"), Change("section", "turned", "二", "一")),
        pair("new", [], [6]),
        pair("dropped", [6], []),
        pair("kept", [7], [7]),
    )
    return Comparison(old.document, new.document, "rounds", pairs)


@pytest.fixture
def line(root: Path) -> Line:
    return lambda *given, input=None: CliRunner().invoke(app, ["diff", *map(str, given)], input=input, env={"COLUMNS": "160"})


@pytest.fixture
def samples(root: Path) -> list[Path]:
    return [root / "samples" / f"{name}.txt" for name in SAMPLES]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [tmp_path / "old.txt", tmp_path / "new.txt"]


def hostile(document: Document) -> Document:
    """The document with hostile topics, and bodies of the same."""
    items = [
        structs.replace(item, topic=HOSTILE[at % len(HOSTILE)], body=HOSTILE[-1 - at % len(HOSTILE)], label=HOSTILE[at % len(HOSTILE)])
        for at, item in enumerate(document.items)
    ]
    title = structs.replace(document.document, title=HOSTILE[0])
    sections = [structs.replace(section, title=HOSTILE[1]) for section in document.sections]
    return structs.replace(document, items=tuple(items), sections=tuple(sections), document=title)


def in_terminal(comparison: Comparison, old: Document, new: Document, only: tuple[str, ...] = (), marked: bool = False) -> str:
    console = Console(width=120, record=True, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(changes_text(view(comparison, old, new, only), marked))
    return console.export_text(styles=False)


def test_json_is_the_law(comparison: Comparison) -> None:
    made = json.loads(changes_json(comparison, indent=2))
    assert list(made) == ["old", "new", "relation", "pairs"]
    assert list(made["pairs"][1]) == ["old", "new", "status", "moved", "similarity", "evidence", "changes"]
    assert made["pairs"][1]["changes"][1] | {"difference": 3, "percent": 25.0} == made["pairs"][1]["changes"][1]
    assert made["pairs"][4]["old"] == []
    jsonschema.Draft202012Validator.check_schema(changes_schema())
    jsonschema.validate(made, changes_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made | {"relation": "friends"}, changes_schema())


def test_the_schema_is_printed(root: Path) -> None:
    printed = CliRunner().invoke(app, ["schema", "changes"])
    assert json.loads(printed.stdout) == json.loads(json.dumps(changes_schema()))


def test_csv_has_a_row_for_each_change_and_each_pair_without_any(comparison: Comparison, old: Document, new: Document) -> None:
    rows = list(change_rows(comparison, old, new))
    assert [row["pair"] for row in rows] == [1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7]
    assert [row.get("field") for row in rows if row["pair"] in (1, 5, 6, 7)] == [None] * 4
    text = changes_csv(comparison, old, new, bom=True).decode("utf-8-sig")
    back = from_csv(text, comparison_fields()["changes"])
    assert [row["status"] for row in back] == [row["status"] for row in rows]
    assert back[1]["old_text"] == "2015年12月31日前"
    assert (back[2]["difference"], back[2]["percent"]) == (Decimal(3), Decimal("25.0"))
    assert back[4]["new_items"] == "new#1.3|new#1.4"


def test_the_columns_hold_every_field_of_a_change() -> None:
    names = {field.name for field in comparison_fields()["changes"]}
    parts = {f"{side}_{name}" for side in ("old", "new") for name in get_type_hints(Part)}
    assert set(get_type_hints(Change)) - {"old_part", "new_part"} | parts <= names


def test_pairs_as_a_table(comparison: Comparison, old: Document, new: Document) -> None:
    rows = list(pair_rows(comparison, old, new))
    assert [(row["pair"], row["old"], row["new"]) for row in rows] == [
        (1, "old#1.2", "new#1.1"), (2, "old#1.1", "new#1.2"), (3, "old#1.3", "new#1.3"), (3, "old#1.3", "new#1.4"),
        (4, "old#1.4", "new#1.5"), (4, "old#1.5", "new#1.5"), (5, None, "new#2.6"), (6, "old#2.6", None), (7, "old#2.7", "new#2.7"),
    ]  # fmt: skip
    assert rows[1]["by_body"] == "0.75"
    assert [row["old_topic"] for row in rows[4:6]] == ["数据核对", "标准互认"]


def test_a_folder_is_a_data_package(comparison: Comparison, old: Document, new: Document, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "changes"
    written = write_changes(folder, comparison, old, new)
    assert {path.name for path in written} == {path.name for path in folder.iterdir()}
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    before = {path.name: path.read_bytes() for path in written}
    write_changes(folder, comparison, old, new)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    jsonschema.validate(json.loads(before["changes.json"]), json.loads(before["changes.schema.json"]))


def test_a_folder_of_converted_lists_is_left_alone(comparison: Comparison, old: Document, new: Document, tmp_path: Path) -> None:
    qingdan.write([old], tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(QingdanError, match="data package already"):
        write_changes(tmp_path, comparison, old, new)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_html_has_both_texts_whole(comparison: Comparison, old: Document, new: Document) -> None:
    page = LexborHTMLParser(changes_html(view(comparison, old, new)).decode())
    for side, document, others in (("old", old, "ins"), ("new", new, "del")):
        bodies = [node.text() for node in page.css(f".side.{side} .body")]
        assert sorted(bodies) == sorted(item.body for item in document.items)
        assert not page.css(f".side.{side} {others}")
    assert any("15" in node.text() for node in page.css("#p2 .new ins"))
    assert not page.css(".s-kept del, .s-new ins, .s-dropped del"), "what is all new says so once"
    told_ = [node.text(separator=" ") for node in page.css("#p2 .changes li")]
    assert any("2015年12月31日前" in text and "182 days later" in text for text in told_)
    assert any("甲国海关局" in text and "甲国海关总署" in text for text in told_)


def test_html_links_what_it_counts(comparison: Comparison, old: Document, new: Document) -> None:
    page = LexborHTMLParser(changes_html(view(comparison, old, new)).decode())
    links = {node.attributes["href"] for node in page.css("a")}
    assert all(page.css(f"[id='{link[1:]}']") for link in links if link)
    assert {node.attributes["id"] for node in page.css(".filter input")} == {
        f"show-{name}" for name in ("all", "changed", *STATUSES, "moved")
    }
    assert page.css_first("html").attributes["lang"] == "en"
    assert all(node.attributes.get("lang") == "zh" for node in page.css(".item"))
    assert not page.css("script, link, img, iframe, [src]"), "one file, and nothing that runs"


def test_html_lists_commitments_beside_deadlines(comparison: Comparison, old: Document, new: Document) -> None:
    turned = Change("commitment", "reversed", "positive", "negative", old_part=part(old, old.items[0].body[:4]))
    pairs = (structs.replace(comparison.pairs[0], changes=(turned,)), *comparison.pairs[1:])
    page = LexborHTMLParser(changes_html(view(structs.replace(comparison, pairs=pairs), old, new)).decode())
    (listed,) = [node for node in page.css("details") if node.css_first("summary").text().startswith("commitments")]
    assert [node.attributes["href"] for node in listed.css("li a")] == ["#p1"]
    assert old.items[0].body[:4] in listed.text()


@pytest.mark.parametrize("chinese", [False, True])
def test_reports_speak_one_language(comparison: Comparison, old: Document, new: Document, chinese: bool) -> None:
    seen = view(comparison, old, new, (), chinese)
    page, report = changes_html(seen).decode(), changes_markdown(seen).decode()
    for word in ("reworded", "similarity", "deadline later"):
        assert (word in LexborHTMLParser(page).body.text()) is not chinese
        assert (word in report) is not chinese
    for word in ("改写", "相似度", "期限推迟"):
        assert (word in page) is chinese
        assert (word in report) is chinese


def test_markdown_begins_with_what_is_gone(comparison: Comparison, old: Document, new: Document) -> None:
    report = changes_markdown(view(comparison, old, new)).decode()
    heads = re.findall(r"(?m)^## (\w+) \((\d+)\)$", report)
    assert heads == [("dropped", "1"), ("new", "1"), ("split", "1"), ("merged", "1"), ("reworded", "1"), ("kept", "2")]
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(report)
    page = LexborHTMLParser(html)
    assert len(page.css("table")) == 2
    quotes = page.css("blockquote")
    assert any("12" in node.text() for node in page.css("blockquote s"))
    assert any("15" in node.text() for node in page.css("blockquote strong"))
    assert "共建实验室" in quotes[0].text()
    assert not quotes[0].css("s"), "what is gone as a whole is told once, by its heading"


RUNS = st.lists(
    st.builds(
        Run, st.sampled_from(["same", "del", "ins"]), st.text("双方同意、。“”《》,.*~_`<&|#1-+= \n\\（）\u3000", min_size=1, max_size=6)
    ),
    max_size=8,
)


@given(RUNS)
@example([Run("same", "\u3000-")])
def test_marks_of_markdown_always_count(runs: list[Run]) -> None:
    """Whatever stands beside a mark: the blanks that Markdown needs between word and mark are all that is added."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].op == run.op:
            merged[-1] = Run(run.op, merged[-1].text + run.text)
        else:
            merged.append(run)
    text = "\n".join(f"> {line.strip()}" for line in _redline(merged).split("\n") if line.strip())
    page = LexborHTMLParser(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    for tag, op in (("s", "del"), ("strong", "ins")):
        assert squeezed("".join(node.text() for node in page.css(tag))) == squeezed("".join(run.text for run in runs if run.op == op))
    assert squeezed(page.body.text() if page.body else "") == squeezed("".join(run.text for run in runs))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_terminal_tells_it_too(comparison: Comparison, old: Document, new: Document) -> None:
    shown = in_terminal(comparison, old, new)
    for words_ in (
        "reworded",
        "moved",
        "deadlines",
        "1 later",
        "1.1 → 1.2",
        "+3 (+25.0 %)",
        "the next one, as expected",
        "section turned",
    ):
        assert words_ in shown, words_
    assert "[-" not in shown
    assert re.search(r"\{\+\S*15", in_terminal(comparison, old, new, marked=True)), "marks where there are no colours"


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv"])
def test_only_some_pairs(comparison: Comparison, old: Document, new: Document, form: str) -> None:
    only = ("dropped", "split")
    seen = view(comparison, old, new, only)
    made = {
        "text": lambda: in_terminal(comparison, old, new, only),
        "markdown": lambda: changes_markdown(seen).decode(),
        "html": lambda: changes_html(seen).decode(),
        "csv": lambda: changes_csv(comparison, old, new, only).decode(),
    }[form]()
    assert "样品检测" in made
    assert "情报交流" in made or form == "csv"
    assert "通关便利" not in made
    if form != "csv":
        assert "2 of 7 pairs shown" in made


def test_only_the_moved(comparison: Comparison) -> None:
    made = json.loads(changes_json(comparison, ("moved",)))
    assert [pair["moved"] for pair in made["pairs"]] == [True, True]


def test_hostile_texts(comparison: Comparison, old: Document, new: Document) -> None:
    bad, worse = hostile(old), hostile(new)
    compared = structs.replace(comparison, old=bad.document, new=worse.document)
    agency = Change("agency", "joined", None, HOSTILE[0], of=HOSTILE[1])
    changes = (*(Change("sentence", "added", None, text) for text in HOSTILE), agency)
    evil = structs.replace(compared.pairs[1], changes=changes, evidence=Evidence(HOSTILE[0], 1.0))
    compared = structs.replace(compared, pairs=(compared.pairs[0], evil, *compared.pairs[2:]))
    seen = view(compared, bad, worse)
    page = LexborHTMLParser(changes_html(seen).decode())
    assert not page.css("script, img, svg, b, [onload], [onerror], [src]")
    assert "default-src 'none'" in page.css_first("meta[http-equiv]").attributes["content"]
    assert any(node.text() == HOSTILE[0] for node in page.css(".head strong"))
    assert any(node.text() == HOSTILE[3] for node in page.css(".head strong"))
    report = changes_markdown(seen).decode()
    rendered = LexborHTMLParser(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(report))
    assert not rendered.css("script, img, svg, b, a, code, h1 ~ h1")
    for made in (report, changes_html(seen).decode(), in_terminal(compared, bad, worse)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", made)
    for cells in csv.reader(io.StringIO(changes_csv(compared, bad, worse).decode())):
        assert not any(cell.startswith(("=", "+", "@", "-", "\t")) for cell in cells)


def test_escaped_markdown_is_the_text() -> None:
    for text in (
        "1. 一",
        "- 一",
        "+ 一",
        "= =",
        "# 一",
        "*一*",
        "_一_",
        "a|b",
        "<b>",
        "&amp;",
        "$x$",
        "[a](b)",
        "![a](b)",
        "`a`",
        "\\",
        "~~一~~",
    ):
        html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escaped(text))
        page = LexborHTMLParser(html)
        assert page.body is not None
        assert page.body.text().strip() == text
        assert page.body.child.tag == "p", text


def test_every_word_has_its_chinese() -> None:
    rows = read_rows("comparison_words.csv")
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(row["english"] and row["chinese"] for row in rows)
    fields = read_rows("comparison_fields.csv")
    assert all(row["english"] and row["chinese"] for row in fields)


def test_every_change_has_its_words(samples: list[Path]) -> None:
    compared = qingdan.compare(*map(qingdan.parse, samples))
    kinds = {(change.field, change.kind) for pair in compared.pairs for change in pair.changes}
    assert len({field for field, _ in kinds}) > 6
    needed = {f"told.{field}.{kind}" for field, kind in kinds} | {f"kind.{kind}" for _, kind in kinds}
    needed |= {f"field.{field}" for field in get_args(ChangeField)}
    needed |= {f"by.{pair.evidence.decided}" for pair in compared.pairs if pair.evidence}
    assert needed <= set(words())
    assert set(FIELDS) == set(get_args(ChangeField))


def test_a_pair_is_called_by_its_topics(comparison: Comparison, old: Document, new: Document) -> None:
    called = [pair.topic for pair in view(comparison, old, new).shown]
    assert called[2:5] == ["情报交流 → 风险信息, 联合行动", "数据核对, 标准互认 → 数据与标准", "绿色口岸"]
    plain = [
        structs.replace(document, items=tuple(structs.replace(item, topic=None) for item in document.items)) for document in (old, new)
    ]
    assert view(comparison, *plain).shown[2].topic == "双方同意交换风险信息。"


def test_a_change_in_words() -> None:
    assert told(Change("deadline", "earlier", "../2016-06", "../2016-03", difference=-91)).note == "91 days earlier"
    ranged = told(Change("quantity", "changed", "3/5", Decimal("4.50"), "年", None, None, "at_most"))
    assert (ranged.old, ranged.new) == ("3–5 年", "at most 4.50 年")
    assert told(Change("round", "changed", 3, 6, expected=False), chinese=True).note == words(True)["not as expected"]
    assert told(Change("instrument", "signed", "《目录》", "《目录》"))[1:3] == (None, "《目录》")
    gone = Change("commitment", "gone", "viewed", old_part=Part("a#1", "双方交换了意见", 0, 7))
    assert [told(gone, chinese)[1] for chinese in (False, True)] == [
        "viewed (双方交换了意见)",
        f"{words(True)['class.viewed']} (双方交换了意见)",
    ]
    assert told(Change("topic", "turned", "甲", "乙")).label == "topic turned"


def test_no_items(tmp_path: Path) -> None:
    empty = qingdan.parse("", id="empty")
    nothing = Comparison(empty.document, empty.document, "lists", ())
    assert "Neither list has an item" in changes_html(view(nothing, empty, empty)).decode()
    assert "Neither list has an item" in changes_markdown(view(nothing, empty, empty)).decode()
    assert "Neither list has an item" in in_terminal(nothing, empty, empty)
    assert changes_csv(nothing, empty, empty).count(b"\r\n") == 1
    write_changes(tmp_path / "out", nothing, empty, empty)


def test_a_big_comparison_is_quick() -> None:
    text = "".join(f"{i}、事项{i}:双方决定于2015年{i % 12 + 1}月前完成第{i}项工作,并继续加强协调配合。\n" for i in range(1, 601))
    one = qingdan.parse("甲乙合作成果清单\n" + text, id="one")
    two = qingdan.parse("甲乙合作成果清单\n" + text.replace("加强", "进一步加强"), id="two")
    pairs = tuple(Pair((a.id,), (b.id,), "reworded", False, 0.9, Evidence("body", 0.9)) for a, b in zip(one.items, two.items, strict=True))
    compared = Comparison(one.document, two.document, "lists", pairs)
    view(compared, one, two)  # wakes the words
    begun = process_time()
    page = changes_html(view(compared, one, two))
    changes_markdown(view(compared, one, two))
    changes_csv(compared, one, two)
    assert page.count("进一步".encode()) == 600
    assert process_time() - begun < 8


@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium here")
def test_nothing_runs_in_a_browser(comparison: Comparison, old: Document, new: Document, tmp_path: Path) -> None:
    bad, worse = hostile(old), hostile(new)
    file = tmp_path / "page.html"
    html = changes_html(view(structs.replace(comparison, old=bad.document), bad, worse)).decode()
    file.write_text(html.replace("</body>", "<script>document.title='ran'</script></body>"), encoding="utf-8")
    words_ = [
        "chromium",
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path}/profile",
        "--dump-dom",
        file.as_uri(),
    ]
    done = subprocess.run(words_, capture_output=True, timeout=60, check=True)
    page = LexborHTMLParser(done.stdout.decode())
    assert page.css_first("title").text() != "ran", "not even a script of the page's own"
    assert len(page.css("article.pair")) == len(comparison.pairs)


# The command.


def test_the_command_prints_every_form(line: Line, samples: list[Path]) -> None:
    plain = line(*samples)
    assert plain.exit_code == 0
    made = json.loads(plain.stdout)
    jsonschema.validate(made, changes_schema())
    assert (made["old"]["id"], made["new"]["id"], made["relation"]) == (*SAMPLES, "rounds")
    assert line(*samples, "--to", "json").stdout == plain.stdout, "json is the default where there is no terminal"
    assert "dropped" in line(*samples, "--to", "text").stdout
    assert line(*samples, "--to", "markdown").stdout.startswith("# What changed")
    assert line(*samples, "--to", "html", "--chinese").stdout.startswith("<!doctype html>")
    header, *rows = csv.reader(io.StringIO(line(*samples, "--to", "csv").stdout))
    assert header == [field.name for field in comparison_fields()["changes"]]
    assert {int(row[0]) for row in rows} == set(range(1, len(made["pairs"]) + 1))


def test_the_command_writes_a_folder(line: Line, samples: list[Path], tmp_path: Path) -> None:
    done = line(*samples, "--out", tmp_path / "changes")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.count("\n") == 1
    assert {"changes.json", "changes.csv", "changes.md", "changes.html", "pairs.csv"} <= {
        file.name for file in (tmp_path / "changes").iterdir()
    }
    assert line(*samples, "--out", tmp_path / "changes", "--to", "markdown").stdout.startswith("# ")


def test_the_same_list_differs_in_nothing(line: Line, samples: list[Path]) -> None:
    made = json.loads(line(samples[0], samples[0]).stdout)
    assert {(pair["status"], pair["moved"], len(pair["changes"])) for pair in made["pairs"]} == {("kept", False, 0)}


def test_sides_of_any_kind(line: Line, files: list[Path], tmp_path: Path) -> None:
    """A file, JSON of it, a folder of it, one of a folder of several, JSON Lines, and standard input: always the same pairs."""
    documents = [qingdan.parse(file) for file in files]
    qingdan.write(documents, tmp_path / "both", ["json", "jsonl"])
    qingdan.write(documents[:1], tmp_path / "one")
    expected = json.loads(line(*files).stdout)["pairs"]
    old_json = tmp_path / "both" / "json" / "old.json"
    renamed = tmp_path / "old.data"
    renamed.write_bytes(old_json.read_bytes())
    for side in (old_json, renamed, tmp_path / "one", f"{tmp_path / 'both'}#old", f"{tmp_path / 'both' / 'documents.jsonl'}#old"):
        done = line(side, files[1])
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout)["pairs"] == expected, side
    for data in (files[0].read_bytes(), old_json.read_bytes()):
        made = json.loads(line("-", files[1], input=data).stdout)["pairs"]
        assert [pair["status"] for pair in made] == [pair["status"] for pair in expected]


@pytest.mark.parametrize(
    ("sides", "words_"),
    [
        (("absent.txt", "new.txt"), "absent.txt: no such file"),
        (("old.txt", "both"), "holds 2 documents; name one as"),
        (("old.txt", "both#none"), "no document of this id here; there are new, old"),
        (("old.txt", "empty"), "no JSON documents"),
        (("old.txt", "wrong.json"), "no document of qingdan/1"),
        (("old.txt", "image.png"), "image.png"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    line: Line, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sides: tuple[str, str], words_: str
) -> None:
    qingdan.write([qingdan.parse(file) for file in files], tmp_path / "both")
    (tmp_path / "empty").mkdir()
    (tmp_path / "wrong.json").write_text('{"schema":"qingdan/1","items":7}', encoding="utf-8")
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    monkeypatch.chdir(tmp_path)
    done = line(*sides)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert words_ in done.stderr


@pytest.mark.parametrize(
    "given",
    [("-", "-"), ("old.txt",), ("old.txt", "new.txt", "--only", "gone"), ("old.txt", "new.txt", "--round", "3"),
     ("old.txt", "new.txt", "--reference-date", "soon"), ("old.txt", "new.txt", "--to", "xlsx"),
     ("old.txt", "new.txt", "--pairs", "absent.csv")],
)  # fmt: skip
def test_wrong_usage(line: Line, files: list[Path], monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...]) -> None:
    monkeypatch.chdir(files[0].parent)
    done = line(*given)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_pairs_put_right_in_a_spreadsheet(line: Line, files: list[Path], tmp_path: Path, encoding: str, separator: str) -> None:
    """The table that was written is taken as a spreadsheet saves it, whatever it was: a row that was changed counts, and all others too."""
    renamed = files[0].rename(tmp_path / "-old.txt")  # an id that a spreadsheet would run
    sides = (f"{tmp_path}/{renamed.name}", files[1])
    assert line(*sides, "--out", tmp_path / "out").exit_code == 0
    text = (tmp_path / "out" / "pairs.csv").read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert rows[0][1].startswith("'-old#")
    at = header.index("old"), header.index("new")
    dropped, new = (next(row for row in rows if row[3] == status) for status in ("dropped", "new"))
    rows.remove(dropped)
    new[at[0]] = dropped[at[0]]
    saved = io.StringIO()
    csv.writer(saved, delimiter=separator).writerows([header, *rows])
    (tmp_path / "own.csv").write_bytes(saved.getvalue().encode(encoding))
    done = line(*sides, "--pairs", tmp_path / "own.csv")
    assert done.exit_code == 0, done.stderr
    made = json.loads(done.stdout)["pairs"]
    assert {pair["evidence"]["decided"] for pair in made} == {"pairs.csv"}
    assert ["-old#2.6"] in [pair["old"] for pair in made if pair["new"] == ["new#2.6"]]


def test_an_unwritable_folder(line: Line, files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    done = line(*files, "--out", tmp_path / "taken")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_days_and_rounds_of_the_users(line: Line, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(
            "合作成果清单\n1、互访:双方将于年底前安排互访。\n2、培训:双方将举办培训班。\n", encoding="utf-8"
        )
    sides = [tmp_path / "a.txt", tmp_path / "b.txt"]
    given = ("--series", "甲乙对话", "--round", "3", "--round", "4", "--reference-date", "2015-05-01", "--reference-date", "2016-05-01")
    made = json.loads(line(*sides, *given).stdout)
    assert [(made[side]["series"], made[side]["round"], made[side]["reference_date"]) for side in ("old", "new")] == [
        ("甲乙对话", 3, "2015-05-01"),
        ("甲乙对话", 4, "2016-05-01"),
    ]
