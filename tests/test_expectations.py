"""Expectation files: what they may say, and what of it a document does not meet."""

from __future__ import annotations

from pathlib import Path

import pytest

import qingdan
from qingdan import QingdanError
from qingdan.expectations import expectation_beside

PAGE = "第二轮中泰经济对话成果清单\n2015年6月22日,对话在曼谷举行:\n一、经济\n1、能源:双方同意。\n3、双方同意合作。\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def unmet(page: Path, expectation: str) -> list[str]:
    page.with_suffix(".toml").write_text(expectation, encoding="utf-8")
    return list(qingdan.check(page).unmet)


@pytest.mark.parametrize(
    ("expected", "lines"),
    [
        ("", []),
        ("items = 2", []),
        ("items = 3", ["items: expected 3, found 2"]),
        ("sections = 1", []),
        ("sections = 0", ["sections: expected 0, found 1"]),
        ('format = "chinese-dun/arabic-dun"', []),
        ('format = "article"', ["format: expected article, found chinese-dun/arabic-dun"]),
        ('title = "第二轮中泰经济对话成果清单"', []),
        ('title = "清单"', ["title: expected 清单, found 第二轮中泰经济对话成果清单"]),
        ('issues = ["number-gap"]', []),
        ("issues = []", ["issues: expected none, found number-gap"]),
        ('issues = ["number-gap", "no-list"]', ["issues: expected no-list, number-gap, found number-gap"]),
        ('paths = ["1", "1.1", "1.3"]', []),
        ('paths = ["1", "1.1", "1.2"]', ["paths: expected 1.2 in place 3, found 1.3"]),
        ('paths = ["1", "1.1"]', ["paths: expected no more in place 3, found 1.3"]),
        ('paths = ["1", "1.1", "1.3", "2"]', ["paths: expected 2 in place 4, found no more"]),
        ('topics = {"1" = "经济", "1.1" = "能源", "1.3" = ""}', []),
        ('topics = {"1.1" = "交通"}', ["topic of 1.1: expected 交通, found 能源"]),
        ('topics = {"1.3" = "交通"}', ["topic of 1.3: expected 交通, found none"]),
        ('topics = {"1.2" = "交通"}', ["topic of 1.2: expected 交通, found no such path"]),
        ("items = 1\nsections = 2", ["items: expected 1, found 2", "sections: expected 2, found 1"]),
    ],
)
def test_unmet(page: Path, expected: str, lines: list[str]) -> None:
    assert unmet(page, f'[expect]\n{expected}\n[source]\nnote = "x"\nurl = "https://example.org"\ninvented = true\n') == lines


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[expect]\nitms = 3", "`itms`"), ("[expected]\nitems = 3", "`expected`"), ("[source]\nnotes = 'x'", "`notes`"),
        ("[expect]\nitems = '3'", "$.expect.items"), ("[expect]\nitems = -1", "$.expect.items"),
        ("[expect]\npaths = [1.1]", "$.expect.paths"),
        ("[source]\ninvented = 'yes'", "$.source.invented"), ("[expect\n", "line 1"), ('[expect]\n"a\\nb" = 1', "a b"),
        ("[expect]\nitems = " + "9" * 5000, "digits"), ("a = " + "[" * 50_000, "recursion"), ("[expect]\nissues = 2015-06-31", "line 2"),
    ],
)  # fmt: skip
def test_what_is_no_expectation_file_is_one_line_with_file_and_key(page: Path, text: str, word: str) -> None:
    with pytest.raises(QingdanError) as caught:
        unmet(page, text)
    assert "page.toml" in str(caught.value)
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_utf8(page: Path) -> None:
    page.with_suffix(".toml").write_bytes(b"[expect]\ntitle = '\xff'")
    with pytest.raises(QingdanError, match=r"page\.toml"):
        qingdan.check(page)


def test_without_an_expectation_file_nothing_is_unmet(page: Path) -> None:
    assert expectation_beside(page) is None
    assert qingdan.check(page).unmet == ()


def test_a_document_or_a_path_may_be_checked(page: Path) -> None:
    verdict = qingdan.check(page)
    assert verdict == qingdan.check(str(page)) == qingdan.check(qingdan.parse(page))
    assert (verdict.document, verdict.format, verdict.sections, verdict.items) == ("page", "chinese-dun/arabic-dun", 1, 2)
    assert [(issue.code, issue.line, issue.column) for issue in verdict.issues] == [("number-gap", 5, 1)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_count_from_one(end: str) -> None:
    document = qingdan.parse(f"清单{end}{end}1、《甲。{end}  3、乙》。{end}")
    places = {issue.code: (issue.line, issue.column) for issue in qingdan.check(document).issues}
    assert places["number-gap"] == (4, 3)
    assert "unbalanced-mark" not in places, "what one item opens a later one may close"
    assert places["no-reference-date"] == (None, None)
