"""DOCX: the text of Word files as Word shows it, its automatic numbers, and packages that are broken or hostile."""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

import qingdan
from qingdan.model import QingdanError
from qingdan.reading.docx import read
from qingdan.reading.titles import metadata_title
from qingdan.reading.word_numbers import written

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = f'xmlns:w="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def package(body: str, **parts: str) -> bytes:
    """A DOCX of the inner XML of its parts: numbering, styles, footnotes, header1, footer1."""
    kinds = {"document": "document.main", "header1": "header", "footer1": "footer"}
    roots = {"document": "document", "header1": "hdr", "footer1": "ftr"}
    parts = {"document": f"<w:body>{body}</w:body>", **parts}
    overrides = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{TYPES}.{kinds.get(n, n)}+xml"/>' for n in parts)
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{kinds.get(n, n)}" Target="{n}.xml"/>' for i, n in enumerate(parts) if n != "document"
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = "http://schemas.openxmlformats.org/package/2006"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr(
            "[Content_Types].xml",
            f'{head}<Types xmlns="{space}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        )
        main = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        container.writestr("_rels/.rels", f'{head}<Relationships xmlns="{space}/relationships">{main}</Relationships>')
        container.writestr(
            "word/_rels/document.xml.rels",
            f'{head}<Relationships xmlns="{space}/relationships">{relations}'
            '<Relationship Id="lost" Type="x/image" Target="NULL"/></Relationships>',
        )
        for name, inner in parts.items():
            root = roots.get(name, name)
            container.writestr(f"word/{name}.xml", f"{head}<w:{root} {NAMES}>{inner}</w:{root}>")
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str = "", level: int | None = None, number: int = 1, style: str = "", properties: str = "", inner: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{named}{listed}{properties}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def level(index: int, form: str = "decimal", text: str | None = None, start: int = 1, more: str = "") -> str:
    shown = f"%{index + 1}." if text is None else text
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{shown}"/></w:lvl>'


def abstract(*levels: str, number: int = 1, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def listing(number: int = 1, home: int = 1, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{home}"/>{overrides}</w:num>'


def start_over(index: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def lines(body: str, **parts: str) -> list[str]:
    return read(package(body, **parts)).text.split("\n")


FORMATS = {
    "decimal": {1: "1", 10: "10", 105: "105"},
    "decimalZero": {1: "01", 12: "12"},
    "decimalFullWidth": {1: "１", 23: "２３"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"},
    "decimalEnclosedCircleChinese": {3: "③"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇", 21: "21"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉", 11: "11"},
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○", 105: "一○五"},
    "chineseCountingThousand": {
        1: "一", 10: "十", 19: "十九", 20: "二十", 31: "三十一", 100: "一百", 101: "一百零一", 110: "一百一十", 111: "一百一十一",
        1000: "一千", 1001: "一千零一", 1010: "一千零一十", 1100: "一千一百", 10000: "一万", 10001: "一万零一", 12345: "一万二千三百四十五",
    },
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 21: "贰拾壹", 105: "壹佰零伍"},
    "ideographLegalTraditional": {3: "參", 10: "壹拾"},
    "taiwaneseCounting": {1: "一", 12: "十二", 105: "一○五"},
    "taiwaneseCountingThousand": {12: "十二", 105: "一百零五"},
    "taiwaneseDigital": {10: "一○"},
    "ideographDigital": {10: "一〇", 23: "二三"},
    "japaneseCounting": {1: "一", 10: "十", 100: "百", 105: "百五", 200: "二百", 1000: "千"},
    "japaneseLegal": {1: "壱", 10: "壱拾"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥", 13: "13"},
    "ideographZodiacTraditional": {1: "甲子", 13: "丙子", 60: "癸亥", 61: "61"},
    "lowerLetter": {1: "a", 26: "z", 27: "aa", 28: "bb", 53: "aaa"},
    "upperLetter": {1: "A", 27: "AA"},
    "lowerRoman": {1: "i", 4: "iv", 9: "ix", 14: "xiv", 40: "xl", 1999: "mcmxcix"},
    "upperRoman": {4: "IV"},
    "ordinal": {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 21: "21st"},
    "numberInDash": {2: "- 2 -"},
    "aiueoFullWidth": {1: "ア", 46: "ン"},
    "none": {1: ""},
    "bullet": {1: ""},
    "of a version to come": {7: "7"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "number", "expected"), [(form, number, sign) for form, signs in FORMATS.items() for number, sign in signs.items()]
)
def test_numeral_formats(form: str, number: int, expected: str) -> None:
    assert written(number, form) == expected


def test_every_number_has_a_form() -> None:
    for form in FORMATS:
        assert [n for n in (0, 1, 9, 10, 99, 100, 9999, 10000, 32767, 10**9, -1) if not isinstance(written(n, form), str)] == []


LABELS = {
    "chinese": (level(0, "chineseCountingThousand", "%1、"), ["一、 甲方", "二、 甲方"]),
    "nothing after the label": (level(0, "chineseCounting", "（%1）", more='<w:suff w:val="nothing"/>'), ["（一）甲方", "（二）甲方"]),
    "articles": (level(0, "chineseCountingThousand", "第%1条", more='<w:suff w:val="space"/>'), ["第一条 甲方", "第二条 甲方"]),
    "circles": (level(0, "decimalEnclosedCircle", "%1"), ["① 甲方", "② 甲方"]),
    "a later start": (level(0, start=20), ["20. 甲方", "21. 甲方"]),
    "a picture of a bullet": (level(0, "bullet", "\uf06c"), ["• 甲方", "• 甲方"]),
    "a letter in a font of pictures": (
        level(0, "bullet", "l").replace("</w:lvl>", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>'), ["• 甲方"] * 2,
    ),
    "a dash": (level(0, "bullet", "——"), ["—— 甲方", "—— 甲方"]),
    "none": (level(0, "none", ""), ["甲方", "甲方"]),
    "words alone": (level(0, "none", "附："), ["附： 甲方", "附： 甲方"]),
    "hidden": (level(0).replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>"), ["甲方", "甲方"]),
    "leading zeros": (
        level(0).replace(
            '<w:numFmt w:val="decimal"/>',
            '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
            '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>',
        ),
        ["001. 甲方", "002. 甲方"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("one", "expected"), LABELS.values(), ids=LABELS)
def test_labels(one: str, expected: list[str]) -> None:
    assert lines(paragraph("甲方", 0) * 2, numbering=abstract(one) + listing()) == expected


THREE = (level(0, "chineseCounting", "%1、"), level(1, text="%1.%2", more="<w:isLgl/>"), level(2, "lowerLetter", "%3)"))
DECIMAL = (level(0), level(1, text="%1.%2"), level(2, text="%1.%2.%3"))
COUNTS: dict[str, tuple[str, list[tuple[int, int]], list[str]]] = {
    "levels": (
        abstract(*THREE) + listing(),
        [(0, 1), (1, 1), (1, 1), (2, 1), (2, 1), (0, 1), (1, 1), (2, 1)],
        ["一、", "1.1", "1.2", "a)", "b)", "二、", "2.1", "a)"],
    ),
    "without legal numbers": (
        abstract(level(0, "chineseCounting", "%1、"), level(1, text="%1.%2")) + listing(), [(0, 1), (1, 1)], ["一、", "一.1"],
    ),
    "a deeper level first": (abstract(*DECIMAL) + listing(), [(1, 1), (1, 1), (0, 1), (1, 1)], ["1.1", "1.2", "1.", "1.1"]),
    "a level left out": (abstract(*DECIMAL) + listing(), [(0, 1), (2, 1), (2, 1)], ["1.", "1.1.1", "1.1.2"]),
    "one list in two numbers": (abstract(*DECIMAL) + listing(1) + listing(2), [(0, 1), (0, 2), (0, 1)], ["1.", "2.", "3."]),
    "two lists": (
        abstract(*DECIMAL) + abstract(*DECIMAL, number=2) + listing(1) + listing(2, 2), [(0, 1), (0, 2), (0, 1)], ["1.", "1.", "2."],
    ),
    "a start of its own, once": (
        abstract(*DECIMAL) + listing(1) + listing(2, overrides=start_over(0, 1)),
        [(0, 1), (0, 1), (0, 2), (0, 2)], ["1.", "2.", "1.", "2."],
    ),
    "a start at five": (abstract(*DECIMAL) + listing(1, overrides=start_over(0, 5)), [(0, 1), (0, 1)], ["5.", "6."]),
    "a start of the second level": (
        abstract(*DECIMAL) + listing(1) + listing(2, overrides=start_over(1, 4)),
        [(0, 1), (1, 1), (1, 2), (1, 2)], ["1.", "1.1", "1.4", "1.5"],
    ),
    "never again from one": (
        abstract(level(0), level(1, text="%2)", more='<w:lvlRestart w:val="0"/>')) + listing(), [(0, 1), (1, 1), (0, 1), (1, 1)],
        ["1.", "1)", "2.", "2)"],
    ),
    "again only after the first level": (
        abstract(level(0), level(1), level(2, text="%3)", more='<w:lvlRestart w:val="1"/>')) + listing(),
        [(0, 1), (1, 1), (2, 1), (1, 1), (2, 1), (0, 1), (2, 1)],
        ["1.", "1.", "1)", "2.", "2)", "2.", "1)"],
    ),
    "a level replaced": (
        abstract(*DECIMAL) + listing(1, overrides=f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)", 3)}</w:lvlOverride>'),
        [(0, 1), (0, 1)], ["III)", "IV)"],
    ),
    "a bullet between": (
        abstract(level(0), level(1, "bullet", "·"), level(2, text="%1.%2%3")) + listing(), [(0, 1), (1, 1), (2, 1)], ["1.", "·", "1.1"],
    ),
    "no such list": (abstract(*DECIMAL) + listing(), [(0, 1), (0, 9), (0, 0), (0, 1)], ["1.", "", "", "2."]),
    "no such level": (abstract(level(0)) + listing(), [(0, 1), (5, 1), (0, 1)], ["1.", "", "2."]),
}  # fmt: skip


@pytest.mark.parametrize(("numbering", "places", "expected"), COUNTS.values(), ids=COUNTS)
def test_counting(numbering: str, places: list[tuple[int, int]], expected: list[str]) -> None:
    body = "".join(paragraph("甲", at, number) for at, number in places)
    assert lines(body, numbering=numbering) == [f"{label} 甲".strip() for label in expected]


def style(name: str, shown: str, number: str = "", based: str = "", kind: str = "paragraph", more: str = "") -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    listed = f"<w:pPr><w:numPr>{number}</w:numPr></w:pPr>" if number else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{shown}"/>{parent}{listed}{more}</w:style>'


def test_lists_that_styles_belong_to() -> None:
    numbering = (
        abstract(
            level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="1"/>'),
            level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="2"/>'),
        )
        + listing()
    )
    one = '<w:numId w:val="1"/>'
    styles = (
        style("1", "heading 1", one)
        + style("2", "heading 2", one)
        + style("3", "own", based="2")
        + style("4", "off", '<w:numId w:val="0"/>', "1")
    )
    body = "".join(paragraph("甲", style=name) for name in "12314") + paragraph("甲", 0, 0, style="1") + paragraph("甲", style="1")
    assert lines(body, numbering=numbering, styles=styles) == ["一、 甲", "（一） 甲", "（二） 甲", "二、 甲", "甲", "甲", "三、 甲"]


def test_a_level_in_the_paragraph_and_the_list_in_its_style() -> None:
    styles = style("a", "own", '<w:numId w:val="1"/>')
    body = paragraph("甲", style="a") + paragraph("乙", style="a", properties='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
    assert lines(body, numbering=abstract(*DECIMAL) + listing(), styles=styles) == ["1. 甲", "1.1 乙"]


def test_a_list_that_stands_for_a_list_style() -> None:
    numbering = (
        abstract(more='<w:numStyleLink w:val="s"/>')
        + abstract(level(0, "ideographTraditional", "%1、"), number=2)
        + listing(1)
        + listing(2, 2)
    )
    styles = style("s", "own", '<w:numId w:val="2"/>', kind="numbering")
    assert lines(paragraph("方", 0) + paragraph("方", 0, 2), numbering=numbering, styles=styles) == ["甲、 方", "乙、 方"]


@pytest.mark.parametrize(
    ("numbering", "styles"),
    [
        (abstract(more='<w:numStyleLink w:val="s"/>') + listing(), style("s", "own", '<w:numId w:val="1"/>', kind="numbering")),
        (abstract(*DECIMAL) + listing(), style("a", "own", based="b") + style("b", "own", based="a")),
        ("", ""),
    ],
)
def test_links_in_a_circle_give_no_label(numbering: str, styles: str) -> None:
    assert lines(paragraph("甲", style="a") + paragraph("乙", 0), numbering=numbering, styles=styles)[0] == "甲"


def test_a_number_does_not_run_into_a_number() -> None:
    numbering = abstract(level(0, more='<w:suff w:val="nothing"/>')) + listing()
    assert lines(paragraph("5亿元", 0) + paragraph("五亿元", 0), numbering=numbering) == ["1. 5亿元", "2.五亿元"]


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def field(instruction: str, result: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{sign('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{sign('separate')}{result}{sign('end')}"


INNER = f"<w:tbl>{row(paragraph('甲'), paragraph('乙'))}</w:tbl>"
BOX = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
TEXTS = {
    "line breaks": (paragraph(inner=run("甲") + "<w:r><w:br/></w:r>" + run("乙")), ["甲", "乙"]),
    "page breaks": (paragraph(inner=run("甲") + '<w:r><w:br w:type="page"/></w:r>' + run("乙")), ["甲乙"]),
    "tabs": (paragraph(inner=run("甲") + "<w:r><w:tab/></w:r>" + run("乙")), ["甲\t乙"]),
    "insertions and deletions": (
        paragraph(inner=run("甲") + f"<w:ins>{run('乙')}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>" + run("丁")),
        ["甲乙丁"],
    ),
    "moved text": (paragraph(inner=f"<w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('乙')}</w:moveTo>"), ["乙"]),
    "a deleted paragraph mark": (
        paragraph("甲", properties="<w:rPr><w:del/></w:rPr>") + paragraph("乙"), ["甲乙"],
    ),
    "hidden text": (paragraph(inner=run("甲") + run("乙", "<w:vanish/>") + run("丙", '<w:vanish w:val="0"/>')), ["甲丙"]),
    "a hidden paragraph": (
        paragraph("甲") + paragraph(inner=run("乙", "<w:vanish/>"), properties="<w:rPr><w:vanish/></w:rPr>") + paragraph("丙"),
        ["甲", "丙"],
    ),
    "links": (paragraph(inner=f"<w:hyperlink>{run('甲')}</w:hyperlink>" + run("乙")), ["甲乙"]),
    "fields": (paragraph(inner=run("第") + field("PAGE", run("3")) + run("页")), ["第3页"]),
    "fields in fields": (paragraph(inner=field(f"IF {field('A', run('x'))}", run("甲")) + run("乙")), ["甲乙"]),
    "a field whose end was lost": (
        paragraph(inner='<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>') + paragraph("甲"),
        ["甲"],
    ),
    "signs of the user's own": (paragraph("甲\ue010乙"), ["甲\ue010乙"]),
    "simple fields": (paragraph(inner=f'<w:fldSimple w:instr="DATE">{run("甲")}</w:fldSimple>'), ["甲"]),
    "content controls": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>"
        + paragraph(inner=f"<w:sdt><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>"), ["甲", "乙"],
    ),
    "a text box said twice": (
        paragraph(
            "外",
            inner=f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["外", "框内"],
    ),
    "an old text box": (paragraph(inner=f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>"), ["框内"]),
    "readings beside characters": (
        paragraph(inner=f"<w:ruby><w:rt>{run('jiǎ')}</w:rt><w:rubyBase>{run('甲')}</w:rubyBase></w:ruby>"), ["甲"],
    ),
    "signs of a font": (paragraph(inner='<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run("甲")), ["•甲"]),
    "a table": (
        f"<w:tbl>{row(paragraph('序号'), paragraph('事项'))}{row(paragraph('1'), paragraph('签署'))}</w:tbl>",
        ["序号\t事项", "1\t签署"],
    ),
    "cells of several paragraphs": (f"<w:tbl>{row(paragraph('1'), paragraph('甲') + paragraph('乙'))}</w:tbl>", ["1", "甲", "乙"]),
    "empty cells": (f"<w:tbl>{row(paragraph(), paragraph('甲'))}</w:tbl>", ["甲"]),
    "a table in a table": (f"<w:tbl>{row(INNER + paragraph())}</w:tbl>", ["甲\t乙"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), TEXTS.values(), ids=TEXTS)
def test_text(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_numbers_that_fill_a_cell() -> None:
    body = f"<w:tbl>{row(paragraph(level=0), paragraph('签署'))}{row(paragraph(level=0), paragraph('设立'))}</w:tbl>"
    assert lines(body, numbering=abstract(*DECIMAL) + listing()) == ["1.\t签署", "2.\t设立"]


def test_what_is_no_part_of_the_text() -> None:
    contents = paragraph(inner=field('TOC \\o "1-3"', run("一、渔业 1"))) + paragraph("二、港口 2", style="t")
    page = read(
        package(
            contents + paragraph("海滨清单", style="n") + paragraph(inner=run("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            styles=style("t", "toc 1") + style("n", "Title"),
            footnotes=f'<w:footnote w:type="separator">{paragraph("x")}</w:footnote><w:footnote w:id="2">{paragraph("注释")}</w:footnote>',
            header1=paragraph("海滨文件"),
            footer1=paragraph("- 3 -"),
        )
    )
    assert page.text == "一、渔业 1\n二、港口 2\n海滨清单\n正文\n注释"
    assert [(chrome.kind, page.text[chrome.start : chrome.end]) for chrome in page.chrome] == [
        ("contents", "一、渔业 1"), ("contents", "二、港口 2"), ("note", "注释"),
    ]  # fmt: skip
    assert [chrome.text for chrome in page.chrome] == [page.text[chrome.start : chrome.end] for chrome in page.chrome]
    assert page.titles == ("海滨清单",)
    assert [(issue.code, issue.severity) for issue in page.issues] == [("running-head", "info")]
    assert "「海滨文件」" in page.issues[0].message


def test_contents_whose_end_was_lost_are_no_chrome() -> None:
    body = paragraph(inner=field("TOC", run("一、渔业 1")).removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')) + paragraph("正文")
    page = read(package(body))
    assert (page.text, page.chrome) == ("一、渔业 1\n正文", ())


def test_a_numeral_format_not_known_gives_an_issue() -> None:
    page = read(package(paragraph("甲", 0), numbering=abstract(level(0, "thaiCounting")) + listing()))
    assert (page.text, [issue.code for issue in page.issues]) == ("1. 甲", ["unknown-numeral"])


def made_by_python_docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = "海滨对话成果清单"
    document.add_heading("一、渔业", 1)
    for text in ("签署协议", "设立工作组"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("保持沟通", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "事项", "单位"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_file_of_another_program() -> None:
    page = read(made_by_python_docx())
    assert page.text.split("\n") == ["一、渔业", "1. 签署协议", "2. 设立工作组", "• 保持沟通", "事项\t单位"]
    assert page.titles == ("海滨对话成果清单",)
    assert page.media_type.endswith("wordprocessingml.document")


def test_a_whole_list(original_datadir: Path) -> None:
    file = original_datadir / "word-numbering.docx"
    assert qingdan.check(file).unmet == ()
    document = qingdan.parse(file)
    assert [item.label for item in document.items] == ["（一）", "（二）", "（一）", "1.", "2.", "（二）", "（一）"]
    assert document.items[1].dates[0].edtf == "../2022-06"


def test_the_strict_form() -> None:
    data = package(paragraph("甲", 0), numbering=abstract(*DECIMAL) + listing())
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            new.writestr(name, part.replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    assert read(out.getvalue()).text == "1. 甲"


def replaced(name: str, part: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package(paragraph("甲")))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, part if member == name else old.read(member))
    return out.getvalue()


LAUGHS = '<!DOCTYPE l [<!ENTITY a "甲">' + "".join(
    f'<!ENTITY {later} "{10 * ("&" + earlier + ";")}">' for earlier, later in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHING = f"{LAUGHS}]><w:document {NAMES}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>".encode()
DEEP = f"<w:document {NAMES}><w:body>{'<w:ins>' * 3000}{'</w:ins>' * 3000}</w:body></w:document>".encode()
BROKEN = {
    "no container": (b"PK\x03\x04 and no more", "is a broken DOCX"),
    "cut off": (package(paragraph("甲"))[:-40], "is a broken DOCX"),
    "another container": (replaced("x", b"").replace(b"word/", b"wxyz/"), "is no Word document"),
    "no document": (package(paragraph("甲")).replace(b"word/document.xml", b"word/documint.xml"), "is a broken DOCX"),
    "no XML": (replaced("word/document.xml", b"<w:document"), "is a broken DOCX"),
    "no body": (replaced("word/document.xml", f"<w:document {NAMES}/>".encode()), "has no body"),
    "no text": (package(paragraph()), "holds no text"),
    "a bomb": (replaced("word/document.xml", b" " * (40 << 20)), "far more than a document"),
    "a large bomb": (replaced("word/document.xml", bytes(65 << 20)), "far more than a document"),
    "entities": (replaced("word/document.xml", LAUGHING), "declares XML entities"),
    "entities in UTF-16": (replaced("word/document.xml", LAUGHING.decode().encode("utf-16")), "declares XML entities"),
    "too deep": (replaced("word/document.xml", DEEP), "is a broken DOCX"),
}


@pytest.mark.parametrize(("data", "expected"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read(data: bytes, expected: str) -> None:
    with pytest.raises(QingdanError, match=expected) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_a_locked_container() -> None:
    data = bytearray(package(paragraph("甲")))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = -1
        while (at := data.find(start, at + 1)) >= 0:
            data[at + (6 if start.endswith(b"\x04") else 8)] |= 1
    with pytest.raises(QingdanError, match="locked with a password"):
        read(bytes(data))


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx.package", None)
    with pytest.raises(QingdanError, match=r"pip install 'qingdan\[docx\]'"):
        read(package(paragraph("甲")))


WHOLE = made_by_python_docx()
SMALL = package(
    paragraph("甲", 0) + f"<w:tbl>{row(paragraph('乙'))}</w:tbl>", numbering=abstract(*DECIMAL) + listing(), styles=style("a", "b")
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([WHOLE, SMALL]), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), min_size=1, max_size=5))
def test_changed_bytes_raise_nothing_else(data: bytes, changes: list[tuple[float, bytes]]) -> None:
    for place, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + len(new) :]
    try:
        read(data)
    except QingdanError as error:
        assert "\n" not in str(error)


PARTS = [zipfile.ZipFile(BytesIO(SMALL)).read(f"word/{name}.xml").decode() for name in ("document", "numbering", "styles")]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([0, 1, 2]), st.floats(0, 1), st.sampled_from(["", "-1", "99999999999", "<", "w:", '"', "&", "/>", "甲", "%1", "\x00"])
)
def test_changed_parts_raise_nothing_else(which: int, place: float, new: str) -> None:
    part = PARTS[which]
    at = int(place * len(part))
    name = ("document", "numbering", "styles")[which]
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(SMALL)) as old, zipfile.ZipFile(out, "w") as changed:
        for member in old.namelist():
            whole = part[:at] + new + part[at + len(new) :]
            changed.writestr(member, whole if member == f"word/{name}.xml" else old.read(member))
    try:
        read(out.getvalue())
    except QingdanError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海滨对话成果清单", "海滨对话成果清单"),
        ("Microsoft Word - 附件1：成果清单.doc", "附件1：成果清单"),
        ("List of outcomes", "List of outcomes"),
        *((text, None) for text in ("", None, "文档1", "Document1", "Word Document", "未命名", "无标题文档", "PowerPoint 演示文稿")),
        *((text, None) for text in ("201506240931", "C:\\x\\清单", "x" * 300, "https://a.b/清单列表")),
    ],
)  # fmt: skip
def test_titles_of_metadata(text: str | None, expected: str | None) -> None:
    assert metadata_title(text) == expected


def test_parts_are_read_without_entities() -> None:
    """What the check of the package stands on: the library itself expands none."""
    assert parse_xml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>').text is None
