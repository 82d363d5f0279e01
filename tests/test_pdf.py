"""PDF: lines put together to paragraphs, what repeats on every page, columns, and files that cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import qingdan
from qingdan.model import QingdanError
from qingdan.reading import pdf
from qingdan.reading.pdf import read
from qingdan.reading.pdf_lines import Glyph, page_lines

A4 = (595, 842)
Drawn = tuple[float, float, str]  # x and y in points, the text
LONG = "双方同意就海洋治理渔业合作与港口互联互通保持密切沟通并于本年底前共同商定下一阶段的工作安排与时间表以便有关部门"


def made(pages: Sequence[Sequence[Drawn]], size: float = 12, title: str | None = None, **options: object) -> bytes:
    """A PDF of lines drawn in the order given, in a font whose characters are as wide as ``size``."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True, **options)
    if title is not None:
        canvas.setTitle(title)
    for page in pages:
        canvas.setFont("STSong-Light", size)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def column(lines: Sequence[str | tuple[float, str]], top: float = 700, left: float = 90, pitch: float = 20) -> list[Drawn]:
    """Lines one below the other; a number before one sets it in, in points."""
    drawn = []
    for number, line in enumerate(lines):
        indent, text = (0.0, line) if isinstance(line, str) else line
        drawn.append((left + indent, top - number * pitch, text))
    return drawn


def lines(*pages: Sequence[Drawn]) -> list[str]:
    return read(made(pages)).text.split("\n")


FULL = LONG[:34]  # 408 points, the width of the text
SET_IN = LONG[:32]
NEXT = LONG[34:]
FILL = column([FULL + "", "末行。"], top=300) + column([FULL, "末行。"], top=200)
FILLED = [FULL + "末行。"] * 2
PARAGRAPHS = {
    "set in": ([(24, SET_IN), FULL, "到此为止。", (24, "另起一段。")], [SET_IN + FULL + "到此为止。", "另起一段。"]),
    "set in, ending at the edge": (
        [(24, SET_IN[:-1] + "。"), (24, "另起一段，"[:5] + "双方同意。")], [SET_IN[:-1] + "。", "另起一段，双方同意。"],
    ),
    "set in, a sentence ending at the edge": ([(24, SET_IN[:-1] + "。"), "双方同意。"], [SET_IN[:-1] + "。双方同意。"]),
    "a label that hangs out": (
        ["1、" + FULL[:32], (24, "并保持沟通。"), "2、渔业合作。"], ["1、" + FULL[:32] + "并保持沟通。", "2、渔业合作。"]),
    "a label after a full line": (
        ["1、" + FULL[:32], "2、渔业合作。"], ["1、" + FULL[:32], "2、渔业合作。"]),
    "a number that is no label": ([FULL, "3.5亿元的项目。"], [FULL + "3.5亿元的项目。"]),
    "a short line": (["一、海洋治理", "双方同意。"], ["一、海洋治理", "双方同意。"]),
    "a mark that hangs out": ([FULL + "，", "并保持沟通。"], [FULL + "，并保持沟通。"]),
    "room for one more where two go together": ([FULL[:33], "《海滨计划》生效。"], [FULL[:33] + "《海滨计划》生效。"]),
    "a long word that did not fit": ([FULL[:26], "AIS-UNCLOS-2031-BBNJ系统。"], [FULL[:26] + "AIS-UNCLOS-2031-BBNJ系统。"]),
    "a word parted": ([FULL[:30] + "mari-", "time合作。"], [FULL[:30] + "maritime合作。"]),
    "words": ([FULL[:29] + "maritime", "data共享。"], [FULL[:29] + "maritime data共享。"]),
    "a signature at the right edge": (
        [FULL, "止。", (312, "海滨市外事办公室"), (312, "海滨市农业办公室"), (360, "五月六日")],
        [FULL + "止。", "海滨市外事办公室", "海滨市农业办公室", "五月六日"],
    ),
    "full-width blanks": (["\u3000\u3000" + SET_IN, FULL, "止。", "\u3000\u3000另起一段。"], [SET_IN + FULL + "止。", "另起一段。"]),
}  # fmt: skip


@pytest.mark.parametrize(("drawn", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs(drawn: list[str | tuple[float, str]], expected: list[str]) -> None:
    assert lines(column(drawn) + FILL) == [*expected, *FILLED]


def test_a_whole_list(original_datadir: Path) -> None:
    file = original_datadir / "text-layer.pdf"
    assert qingdan.check(file).unmet == ()
    document = qingdan.parse(file)
    assert "海洋合作对话文件" not in document.text
    assert [item.body.count("\n") for item in document.items] == [0] * 9


def test_a_wider_distance_parts_paragraphs() -> None:
    drawn = (
        column([FULL, FULL, "甲。"])
        + column([FULL[:33] + "。", "乙。"], top=620)
        + column([FULL[:33] + "。"], 560)
        + column([FULL, "丙。"], 530)
    )
    assert lines(drawn) == [FULL + FULL + "甲。", FULL[:33] + "。乙。", FULL[:33] + "。", FULL + "丙。"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first, second = column([(24, SET_IN), FULL, FULL], top=200), column([FULL, "到此为止。", (24, "另起一段。")])
    assert lines(first, second) == [SET_IN + FULL * 3 + "到此为止。", "另起一段。"]


def with_edges(many: int, head: str, foot: str) -> list[list[Drawn]]:
    bodies = [column([f"第{sign}项：双方同意。", FULL, "并保持沟通。"]) for sign in "甲乙丙丁戊己"[:many]]
    return [[(90, 800, head), *body, (280, 40, foot.format(n, many))] for n, body in enumerate(bodies, 1)]


@pytest.mark.parametrize(
    "foot", ["— {} —", "- {} -", "{}", "{}/{}", "第{}页", "第{}页 共{}页", "第 {} 页 / 共 {} 页", "Page {} of {}", "－{}－", "·{}·"]
)
def test_headers_footers_and_page_numbers(foot: str) -> None:
    page = read(made(with_edges(4, "海滨对话文件汇编", foot)))
    assert page.text.count("\n") == 7
    assert "汇编" not in page.text
    assert foot.format(1, 4)[:3] not in page.text.split("\n")
    assert [(issue.code, issue.severity) for issue in page.issues] == [("running-head", "info")]
    assert page.issues[0].message.startswith("8 page headers, footers and page numbers were left out: 「海滨对话文件汇编」")


def test_what_stands_at_the_edge_but_does_not_come_again() -> None:
    pages = with_edges(4, "海滨对话成果清单", "- {} -")
    pages[2][0] = (90, 800, "附件一：工作安排")
    pages[3] = column(["双方同意。"], top=40)
    assert [text for text in lines(*pages) if text in ("附件一：工作安排", "双方同意。")] == ["附件一：工作安排", "双方同意。"]
    assert "45" in lines([(90, 700, FULL), (90, 60, "45")])
    assert len(lines(*([(90, 800, f"第{n}条"), (90, 700, "双方同意。")] for n in (1, 2)))) == 4


LEFT, RIGHT = LONG[:15], LONG[15:30]


@pytest.mark.parametrize("by_row", [False, True])
def test_two_columns(by_row: bool) -> None:
    left = column([(24, LEFT[:13]), *[LEFT] * 8, "左止。"], left=90)
    right = column([(24, RIGHT[:13]), *[RIGHT] * 8, "右止。"], left=310)
    drawn = [line for pair in zip(left, right, strict=True) for line in pair] if by_row else left + right
    assert lines([(200, 760, "海滨对话成果清单及工作安排"), *drawn]) == [
        "海滨对话成果清单及工作安排", LEFT[:13] + LEFT * 8 + "左止。", RIGHT[:13] + RIGHT * 8 + "右止。",
    ]  # fmt: skip


def test_a_table_is_no_text_in_columns() -> None:
    rows = [(f"2031年{n}月", f"第{'甲乙丙丁戊己庚辛'[n]}项渔业合作") for n in range(8)]
    drawn = [(x, 700.0 - 20 * n, cell) for n, row in enumerate(rows) for x, cell in zip((90, 310), row, strict=True)]
    assert lines(drawn) == ["\t".join(row) for row in rows]


def test_a_watermark_is_no_text() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("STSong-Light", 12)
    for x, y, text in column([FULL, "末行。"]):
        canvas.drawString(x, y, text)
    canvas.rotate(45)
    canvas.drawString(300, 100, "海滨样张")
    canvas.save()
    assert read(out.getvalue()).text == FULL + "末行。"


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_laid_on_its_side(turned: int) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(842, 842))
    canvas.setFont("STSong-Light", 12)
    canvas.translate(421, 421)
    canvas.rotate(turned)
    canvas.translate(-421, -421)
    for x, y, text in column([FULL, "末行。", "一、渔业"]) + FILL:
        canvas.drawString(x, y, text)
    canvas.save()
    assert read(out.getvalue()).text.split("\n") == [FULL + "末行。", "一、渔业", *FILLED]


def test_radicals_and_bullets_of_a_font_become_characters() -> None:
    row = [Glyph(sign, 90 + 12 * n, 102 + 12 * n, 700, False) for n, sign in enumerate("\uf0b7甲方")]
    assert [line.text for line in page_lines(row, 0, 595)] == ["•甲方"]


def test_metadata() -> None:
    page = read(made([column([FULL])], title="海滨对话成果清单"))
    assert (page.titles, page.media_type, page.encoding) == (("海滨对话成果清单",), "application/pdf", None)
    assert read(made([column([FULL])], title="Microsoft Word - 文档1")).titles == ()


def test_pages_without_text_are_named() -> None:
    page = read(made([column([FULL]), [], column([FULL]), []]))
    assert [(issue.code, issue.message) for issue in page.issues] == [("no-text-layer", "2 pages have no text: 2, 4")]


def test_a_file_of_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    page = read(made([column([f"第{n}项。"]) for n in "甲乙丙"]))
    assert page.text == "第甲项。\n第乙项。"
    assert [issue.message for issue in page.issues] == ["only the first 2 of 3 pages were read"]


def locked() -> bytes:
    return made([column([FULL])], encrypt=StandardEncryption("x", ownerPassword="y"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (made([[], []]), "has no text layer"),
        (locked(), "locked with a password"),
        (b"%PDF-1.7\n1 0 obj", "broken PDF"),
        (b"", "broken PDF"),
    ],
    ids=["a scan", "locked", "cut off", "empty"],
)
def test_what_cannot_be_read(data: bytes, expected: str) -> None:
    with pytest.raises(QingdanError, match=expected) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_a_password_for_changes_alone_is_none_for_reading() -> None:
    assert read(made([column([FULL])], encrypt=StandardEncryption("", ownerPassword="y"))).text == FULL


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(QingdanError, match=r"pip install 'qingdan\[pdf\]'"):
        read(made([column([FULL])]))


WHOLE = made([column([FULL, "末行。"]), column(["1、渔业合作。"])], pageCompression=0)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), min_size=1, max_size=5))
def test_changed_bytes_raise_nothing_else(changes: list[tuple[float, bytes]]) -> None:
    data = WHOLE
    for place, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + len(new) :]
    try:
        read(data)
    except QingdanError as error:
        assert "\n" not in str(error)
