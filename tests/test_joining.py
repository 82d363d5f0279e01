"""Joining: what makes documents pages of one article, what does not, and what the pages are together."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from msgspec import structs
from typer.testing import CliRunner

import qingdan
from qingdan import Chrome, Document, Issue, QingdanError
from qingdan.cli import app
from qingdan.reading.files import read_bytes
from qingdan.reading.joining import articles, join
from qingdan.reading.paging import leaf, named, title_key

TITLE = "第三轮甲乙海洋合作对话成果清单"
HEAD = f"某某研究网\n当前位置: 首页 >> 海洋研究 >> 正文\n{TITLE}\n"
FOOT = "上一页 [1] [2] [3] 下一页\n某某研究网编辑部制作\n版权所有:某某研究院\n"
WORDS = (
    "渔业资源养护",
    "海上搜救演练",
    "港口联合检查",
    "珊瑚礁监测",
    "船员培训交流",
    "海图资料共享",
    "溢油应急演习",
    "海洋预报合作",
    "极地科考",
)


def item(n: int) -> str:
    return f"{n}、{WORDS[n % len(WORDS)]}:双方决定于{2017 + n % 3}年{n % 12 + 1}月前继续开展{WORDS[n % len(WORDS)]}方面的务实合作。\n"


def items(first: int, last: int) -> str:
    return "".join(item(n) for n in range(first, last + 1))


FIRST = HEAD + "2016年5月3日,双方在某地举行对话,达成以下成果:\n" + items(1, 4) + FOOT
SECOND = HEAD + items(5, 8) + FOOT
THIRD = HEAD + items(9, 12) + FOOT


def read(name: str, text: str) -> Document:
    return read_bytes(text.encode(), name, Path(name).stem)


def grouped(**pages: str) -> list[str]:
    """The groups of documents, their names (``a_1`` for ``a_1.txt``) joined by +."""
    documents = [read(f"{name}.txt", text) for name, text in pages.items()]
    return ["+".join(documents[i].id for i in group) for group in articles(documents).groups]


@pytest.mark.parametrize(
    ("name", "stem", "page"),
    [
        ("list.html", "list.html", None), ("list_1.html", "list.html", 1), ("a/list_2.html", "a/list.html", 2),
        ("content_2.htm", "content.htm", 2), ("page1.html", ".html", 1), ("x-1.txt", "x.txt", 1), ("x(2).txt", "x.txt", 2),
        ("x（2）.txt", "x.txt", 2), ("x (3).txt", "x.txt", 3), ("list.html?page=2", "list.html", 2), ("x-第二页.txt", "x.txt", 2),
        ("i.jsp?id=4&page=3", "i?id=4.jsp", 3), ("i.jsp?id=4", "i?id=4.jsp", None), ("t20150629_1.htm", "t20150629.htm", 1),
        ("2014.txt", "2014.txt", None), ("sed7-2015.txt", "sed7-2015.txt", None), ("map2.txt", "map2.txt", None),
        ("stage2.txt", "stage2.txt", None), ("t20150629.htm", "t20150629.htm", None),
    ],
)  # fmt: skip
def test_page_numbers_in_names(name: str, stem: str, page: int | None) -> None:
    assert named(name)[:2] == (stem, page)


@pytest.mark.parametrize(
    ("line", "paged", "page"),
    [
        ("第1页/共3页", True, 1), ("第 2 页 共 3 页", True, 2), ("共3页 第3页", True, 3), ("上一页 1 2 3 下一页", True, None),
        ("[1] [2] [3]", True, None), ("【1】【2】【3】", True, None), ("下一页>>", True, None), ("第2页", True, 2), ("第二頁", True, 2),
        ("首页 上一页 下一页 尾页 跳转到第 页", True, None), ("首页", False, None), ("首页 > 新闻 > 正文", False, None),
        ("1、", False, None),
        ("[1]", False, None), ("12", False, None), ("第4页/共3页", False, None), ("上一篇:没有了", False, None),
        ("第3页所列各项由双方商定。", False, None), ("1、下一页的安排。", False, None),
    ],
)  # fmt: skip
def test_pager_lines(line: str, paged: bool, page: int | None) -> None:
    found = leaf(read("a.txt", f"甲。\n{line}\n乙。\n"))
    assert (found.paged, found.page) == (paged, page)


def test_a_printed_document_with_all_its_page_numbers_is_no_page() -> None:
    assert leaf(read("a.txt", "甲\n第1页/共2页\n乙\n第2页/共2页\n")).page is None


@pytest.mark.parametrize(
    "title",
    [
        "甲方清单(2)", "甲方清单（第二页）", "甲方清单_某部", "甲方清单 - 新闻中心", "甲方 清单(下)", "甲方清单第2页", "甲方清单——某网",
        "甲方清单(2)_某某网", "某网_甲方清单",
    ],
)  # fmt: skip
def test_titles_without_page_and_site(title: str) -> None:
    assert title_key(title) == "甲方清单"


def test_a_dash_between_two_countries_parts_no_title_from_its_site() -> None:
    assert title_key("甲国—乙国卫生合作会议成果清单") != title_key("甲国—丙国卫生合作会议成果清单")


def test_pages_by_name_and_numbers() -> None:
    assert grouped(a=FIRST, a_1=SECOND, a_2=THIRD) == ["a+a_1+a_2"]
    assert grouped(a_3=THIRD, a_2=SECOND, a=FIRST) == ["a+a_2+a_3"]
    assert grouped(page2=SECOND, page1=FIRST, other=FIRST) == ["page1+page2", "other"]
    assert grouped(**{"x(1)": FIRST, "x(2)": SECOND}) == ["x(1)+x(2)"]
    assert grouped(a_1=FIRST, b_2=SECOND) == ["a_1", "b_2"]


def test_pages_by_pager_alone() -> None:
    pages = [page.replace("[1] [2] [3]", f"第{n}页/共3页") for n, page in enumerate((FIRST, SECOND, THIRD), 1)]
    assert grouped(c81=pages[1], c17=pages[0], c99=pages[2]) == ["c17+c81+c99"]
    assert grouped(c81=pages[1].replace("海洋合作", "能源合作"), c17=pages[0]) == ["c81", "c17"]


GO_ON = {
    "an outline goes on": ("一、海上合作\n1、甲。\n2、乙。\n", "二、港口合作\n3、丙。\n"),
    "below a heading": ("一、海上合作\n1、甲。\n2、乙。\n二、港口合作\n", "1、丙。\n2、丁。\n"),
    "below a colon": ("一、甲。\n二、双方向对方通报的内容应当包括下列事项:\n", "(一)丙;\n(二)丁。\n三、戊。\n"),
    "in the middle of a sentence": ("1、双方决定继续深化海上搜救领域的务实合", "作。\n2、乙。\n"),
    "in a text without numbers": ("双方就共同关心的海洋问题深入交换了意见并同意继续深化", "务实合作,使之惠及两国人民。\n"),
    "behind a paragraph of the same item": ("1、甲。\n2、乙。\n", "双方还就此交换了意见。\n3、丙。\n"),
    "by decimals": ("1.1 甲方。\n1.2 乙方。\n", "2.1 丙方。\n"),
}
START_ANEW = {
    "at one": ("1、甲。\n2、乙。\n", "1、丙。\n2、丁。\n"),
    "at one below sections": ("一、海上\n1、甲。\n2、签署备忘录\n", "一、港口\n1、丙。\n"),
    "at one below a colon": ("一、甲。\n二、欢迎读者扫码关注本网站并分享到以下平台:\n", "一、丙。\n"),
    "with a gap": ("1、甲。\n2、乙。\n", "5、丙。\n"),
    "with an introduction": ("1、甲。\n2、乙。\n", "双方又于同日就下列各项达成一致:\n3、丙。\n"),
    "with a headline": ("1、甲。\n2、乙。\n", "双方就港口问题达成新的一致\n3、丙。\n"),
    "with a title": ("1、甲。\n2、双方同意继续就此", "第四轮甲乙海洋合作对话成果清单\n3、丙。\n"),
    "without numbers": ("1、甲。\n2、乙。\n", "双方还就此交换了意见。\n"),
    "with a headline and no numbers": ("双方就共同关心的海洋问题深入交换了意见并同意继续深化", "海洋研究专家解读\n专家认为很好。\n"),
}


@pytest.mark.parametrize("case", GO_ON)
def test_a_page_that_goes_on(case: str) -> None:
    one, two = GO_ON[case]
    assert grouped(a=HEAD + one, a_1=HEAD + two) == ["a+a_1"]


@pytest.mark.parametrize("case", START_ANEW)
def test_a_page_that_starts_anew(case: str) -> None:
    one, two = START_ANEW[case]
    assert grouped(a=HEAD + one, a_1=HEAD + two) == ["a", "a_1"]


def test_years_and_numbered_files_are_no_pages() -> None:
    years = {f"{year}": f"{year}年甲乙对话成果清单\n" + items(1, 5) for year in (2014, 2015)}
    assert grouped(**years) == ["2014", "2015"]
    assert grouped(list_14=years["2014"], list_15=years["2015"]) == ["list_14", "list_15"]
    assert grouped(list_1=years["2014"], list_2=years["2015"]) == ["list_1", "list_2"]
    cumulative = "2015年甲乙对话成果清单\n" + items(6, 9)
    assert grouped(list_1=years["2014"], list_2=cumulative) == ["list_1", "list_2"], "numbers that count on through the years"


def test_pages_of_different_articles() -> None:
    other = HEAD.replace(TITLE, "甲丙能源合作联合声明") + items(5, 8) + FOOT
    assert grouped(a_1=FIRST, a_2=other) == ["a_1", "a_2"]
    titled = [
        structs.replace(page, document=structs.replace(page.document, source=structs.replace(page.document.source, titles=(title,))))
        for page, title in ((read("a_1.txt", FIRST), "甲清单_某网"), (read("a_2.txt", SECOND), "乙清单_某网"))
    ]
    assert articles(titled).groups == ((0,), (1,))


def test_a_missing_or_doubled_page_joins_nothing_across_it() -> None:
    assert grouped(a=FIRST, a_2=THIRD) == ["a", "a_2"]
    assert grouped(a_2=SECOND, a_3=THIRD) == ["a_2", "a_3"]
    same = [read("a.txt", FIRST), read("a_1.txt", SECOND), read("a_1.txt", SECOND)]
    assert articles(same).groups == ((0,), (1,), (2,))


def test_names_and_pagers_at_odds_lose_no_page() -> None:
    heading = "\n".join(["一、海上", "1、甲。", "二、港口", ""])
    pages = [read(f"a_{n}.txt", HEAD + heading + said) for n, said in ((1, "第2页/共2页\n"), (2, ""), (3, "第1页/共2页\n"))]
    assert sorted(i for group in articles(pages).groups for i in group) == [0, 1, 2]


def test_a_doubt_is_said_once_and_only_where_something_says_pages() -> None:
    found = articles([read("a_1.txt", FIRST), read("a_2.txt", FIRST)])
    (issue,) = found.doubts.values()
    assert (list(found.doubts), issue.code, issue.severity) == ([1], "page-not-joined", "info")
    assert "a_1.txt" in issue.message
    assert "begins again at 1" in issue.message
    plain = [read("g_1.txt", "甲国通知\n1、甲。\n"), read("g_2.txt", "乙国意见\n1、乙。\n")]
    assert articles(plain).doubts == {}


def joined(*texts: str) -> Document:
    pages = [read(f"a_{n}.txt", text) for n, text in enumerate(texts, 1)]
    return join(pages, [text.encode() for text in texts])


def test_the_joined_text_and_its_source() -> None:
    document = joined(FIRST, SECOND, THIRD)
    assert document.text == f"{FIRST}\n{SECOND}\n{THIRD}"
    source = document.document.source
    assert (source.path, document.id) == ("a_1.txt", "a_1")
    assert source.sha256 == hashlib.sha256((FIRST + SECOND + THIRD).encode()).hexdigest()
    assert [(page.path, document.text[page.start : page.end]) for page in source.pages] == [
        ("a_1.txt", FIRST), ("a_2.txt", SECOND), ("a_3.txt", THIRD),
    ]  # fmt: skip
    assert [page.sha256 for page in source.pages] == [hashlib.sha256(text.encode()).hexdigest() for text in (FIRST, SECOND, THIRD)]
    assert document.issues == ()


def test_furniture_between_the_pages_is_chrome() -> None:
    document = joined(FIRST, SECOND, THIRD)
    assert all(document.text[mark.start : mark.end] == mark.text for mark in document.chrome)
    kinds = [(mark.text, mark.kind) for mark in document.chrome]
    assert kinds.count((TITLE, "repeated")) == 2, "the first page's title stays the title"
    assert kinds.count(("上一页 [1] [2] [3] 下一页", "pager")) == 3
    assert [kind for text, kind in kinds if text == "某某研究网编辑部制作"] == ["between-pages", "between-pages", "tail"]
    assert [kind for text, kind in kinds if text.startswith("当前位置")] == ["between-pages"] * 2
    ends = [mark.end for mark in document.chrome]
    assert all(end <= mark.start for end, mark in zip(ends, document.chrome[1:], strict=False))


def test_a_joined_list_is_one_list() -> None:
    document = qingdan.parse([FIRST, SECOND, THIRD])
    whole = qingdan.parse(HEAD + "2016年5月3日,双方在某地举行对话,达成以下成果:\n" + items(1, 12) + FOOT.partition("\n")[2])
    assert [item.path for item in document.items] == [(n,) for n in range(1, 13)]
    assert [(item.topic, item.body) for item in document.items] == [(item.topic, item.body) for item in whole.items]
    assert document.title is not None
    assert document.title.text == TITLE
    assert all(document.text[item.start : item.end].startswith(item.label) for item in document.items)
    assert [issue for issue in document.issues if issue.severity == "warning"] == []


def test_a_copyright_line_between_pages_does_not_end_the_list() -> None:
    foot = "责任编辑:某某\n版权所有:某某网\n"
    one = f"{HEAD}1、搜救:双方同意定期演练。\n2、港口:双方决定继续深化港口联合检查领域的务实合\n下一页\n{foot}"
    document = qingdan.parse([one, f"{HEAD}作,并于2017年6月前完成试点。\n上一页\n{foot}"])
    assert [item.path for item in document.items] == [(1,), (2,)]
    assert document.items[1].body.endswith("作,并于2017年6月前完成试点。")
    assert [date.edtf for date in document.items[1].dates] == ["../2017-06"]
    assert document.text[document.items[1].end :].split() == ["上一页", *foot.split()]


@pytest.mark.parametrize("marks", ["••", ("——", "——"), ("1、", "2、")])
def test_a_list_below_a_heading_goes_on_behind_a_copyright_line(marks: tuple[str, str]) -> None:
    first, second = marks
    one = f"{HEAD}一、海上合作\n{first}双方同意定期开展海上搜救演练。\n{second}双方决定互派船员。\n二、港口合作\n版权所有:某某网\n"
    two = f"{HEAD}{first}双方同意定期开展港口联合检查。\n{second}双方决定互派检查员。\n版权所有:某某网\n"
    assert [item.path for item in qingdan.parse([one, two]).items] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def html(title: str, body: str, pager: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n") if line)
    return (
        f"<html><head><title>{title}_某某网</title></head><body><div class='nav'><a href='/'>首页</a> <a href='/1/'>1、要闻</a></div>"
        f"<h1>{TITLE}</h1><div id='content'>{paragraphs}</div><div>{pager}</div><div class='footer'>版权所有:某某网</div></body></html>"
    )


HTML_PAGES = (html(f"{TITLE}(1)", items(1, 4), "1 2 下一页"), html(f"{TITLE}(2)", items(5, 8), "上一页 1 2"))


def test_pages_of_html(tmp_path: Path) -> None:
    for n, text in enumerate(HTML_PAGES, 1):
        (tmp_path / f"list_{n}.html").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["convert", str(tmp_path), "--out", str(tmp_path / "out")])
    assert done.stderr.splitlines()[0] == "qingdan: list_1.html, list_2.html: joined as pages of one article"
    (document,) = qingdan.read(tmp_path / "out")
    assert [item.path for item in document.items] == [(n,) for n in range(1, 9)]
    assert document.title is not None
    assert document.title.text == TITLE
    assert [issue.code for issue in document.issues if issue.severity == "warning"] == []


def test_what_the_markup_of_a_page_sets_apart_has_no_numbers() -> None:
    assert [label.value for label in leaf(read("list_2.html", HTML_PAGES[1])).labels.values()] == [(5,), (6,), (7,), (8,)]


def test_pages_of_one_web_archive_count_on_by_their_addresses(tmp_path: Path) -> None:
    records = []
    whole = hashlib.sha256()
    for name, text in zip(("list.html", "list_2.html"), HTML_PAGES, strict=True):
        whole.update(text.encode())
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + text.encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{name}\r\nWARC-Date: 2031-05-06T00:00:00Z\r\n"
        records.append(f"{head}Content-Type: application/http\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")
    (tmp_path / "site.warc").write_bytes(b"".join(records))
    CliRunner().invoke(app, ["convert", str(tmp_path), "--out", str(tmp_path / "out")])
    (document,) = qingdan.read(tmp_path / "out")
    assert (document.id, len(document.items)) == ("site.1", 8)
    assert document.document.source.sha256 == whole.hexdigest()


def test_chrome_and_issues_of_the_pages_move_with_the_text() -> None:
    one, two = read("a_1.txt", FIRST), read("a_2.txt", "甲\ufffd乙\n" + SECOND)
    two = structs.replace(
        two, chrome=(Chrome("乙", 2, 3, "links"),), issues=(Issue("x", "y", 1, 2, "warning"), Issue("z", "", None, None, "info"))
    )
    document = join([one, two], [b"", b""])
    moved = next(issue for issue in document.issues if issue.code == "x")
    assert document.text[moved.start : moved.end] == "\ufffd"
    assert Issue("z", "", None, None, "info") in document.issues
    (mark,) = [mark for mark in document.chrome if mark.text == "乙"]
    assert document.text[mark.start : mark.end] == "乙"
    assert mark.kind == "between-pages"


def test_order_is_that_of_page_numbers_else_as_given(tmp_path: Path) -> None:
    for name, text in (("a_2", SECOND), ("a_10", THIRD), ("a", FIRST), ("b", SECOND)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    by_number = qingdan.parse([tmp_path / "a_2.txt", tmp_path / "a_10.txt", tmp_path / "a.txt"], id="own")
    assert [page.path for page in by_number.document.source.pages] == ["a.txt", "a_2.txt", "a_10.txt"]
    assert by_number.items[0].id == "own#1"
    as_given = qingdan.parse([str(tmp_path / "b.txt"), tmp_path / "a.txt"])
    assert [page.path for page in as_given.document.source.pages] == ["b.txt", "a.txt"]
    assert qingdan.parse([tmp_path / "a.txt"]) == qingdan.parse(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        (HEAD + items(1, 4), HEAD + items(1, 4), "begins again at 1"),
        (HEAD + items(1, 4), "甲丙能源合作联合声明\n" + items(5, 8), "title of its own"),
        (HEAD + items(1, 4) + "第1页/共3页\n", HEAD + items(5, 8) + "第3页/共3页\n", "page 3 follows page 1"),
    ],
)
def test_pages_given_that_do_not_fit_are_joined_with_a_warning(one: str, two: str, words: str) -> None:
    document = qingdan.parse([one, two])
    (issue,) = [issue for issue in document.issues if issue.code == "page-misfit"]
    assert words in issue.message
    assert issue.start == len(one) + 1


def test_no_pages() -> None:
    with pytest.raises(QingdanError, match="no pages"):
        qingdan.parse([])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name, text in (("a", FIRST), ("a_1", SECOND), ("a_2", THIRD), ("b", "甲丙能源合作联合声明\n" + items(1, 3))):
        (made / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    return made


def test_convert_joins_pages_and_says_so(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["convert", str(folder), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert done.stderr.splitlines()[0] == "qingdan: a.txt, a_1.txt, a_2.txt: joined as pages of one article"
    documents = qingdan.read(tmp_path / "out")
    assert [(document.id, len(document.items)) for document in documents] == [("a", 12), ("b", 3)]
    CliRunner().invoke(app, ["convert", str(folder), "--out", str(tmp_path / "out"), "--no-join"])
    assert [document.id for document in qingdan.read(tmp_path / "out")] == ["a", "a_1", "a_2", "b"]


def test_parse_joins_what_it_is_told_to(folder: Path) -> None:
    pages = [str(folder / f"{name}.txt") for name in ("a_2", "a", "a_1")]
    done = CliRunner().invoke(app, ["parse", "--join", *pages, "--to", "csv"])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 13
    assert CliRunner().invoke(app, ["parse", "--join", "-", pages[0]]).exit_code == 2
    missing = CliRunner().invoke(app, ["parse", "--join", pages[0], str(folder / "none.txt")])
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "no such file" in missing.stderr


def test_joining_is_linear() -> None:
    """A thousand pages of a thousand articles, and one page of many hostile lines, in moments."""
    documents = [read(f"{n}_{p}.txt", page) for n in range(500) for p, page in ((1, FIRST), (2, SECOND))]
    assert len(articles(documents).groups) == 500
    for line in ("[1] " * 30, "1 " * 60, "第一页" * 40, "(" * 200, "一" * 200, "1." * 100, "page" * 40):
        leaf(read("x" * 200 + line.strip()[:100] + ".txt", f"{line}\n" * 2000))
