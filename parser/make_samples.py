"""Make the samples and test documents that no editor writes: samples in Big5 and GB18030, a Word file, a PDF.

Run it again when a text here has changed: ``python parser/make_samples.py`` (needs the extra ``test``). All texts are
invented. The files are the same bytes at each run: no day of making is written into them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parent.parent
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP container can name

BIG5 = """\
香港特別行政區與新西蘭環境合作工作會議成果清單

會議於2023年11月7日至8日在惠靈頓舉行，雙方達成以下成果：

甲、空氣質素

1. 雙方將於2024年6月30日前交換12個監測站的數據。
2. 香港環境保護署與新西蘭環境部設立聯合工作小組，每年舉行兩次會議。
3. 雙方同意共同編製排放清單，首份清單於2025年發布。

乙、廢物管理

1. 雙方將互派8名專家，為期三個月。
2. 新西蘭提供50萬新西蘭元，支持海灘塑膠垃圾調查。

丙、後續安排

1. 雙方各指定一名聯絡員。
2. 下次會議定於2024年下半年在香港舉行。
"""

# 㮾 takes four bytes in GB18030, and GBK has none for it.
GB18030 = """\
中国和秘鲁果树种植合作会议成果清单

2022年9月14日，中秘双方在利马举行会议，商定以下事项：

1、试验园：双方将在长沙㮾梨建设1个占地20公顷的蓝莓试验园，2023年底前建成。
2、苗木检疫：中国海关总署与秘鲁国家农业卫生局将于2023年3月前完成苗木检疫要求磋商。
3、人员交流：秘鲁农业发展和灌溉部每年派遣15名技术人员来华，为期6个月。
4、资金：双方各出资300万元人民币。
5、后续会议：第二次会议将于2023年在北京举行。
"""

WORD_TITLE = "中国和约旦水资源合作会议成果清单"
WORD_PREAMBLE = "2021年10月19日，中国水利部与约旦水利和灌溉部在安曼举行会议，达成以下成果："
WORD: tuple[tuple[int, str], ...] = (  # the level of Word's automatic number, and the text without it
    (0, "节水灌溉"),
    (1, "双方将在约旦河谷建设3个滴灌示范点，总面积约120公顷。"),
    (1, "中方于2022年6月前提供40套滴灌设备。"),
    (0, "海水淡化"),
    (1, "双方同意开展以下工作："),
    (2, "联合编写技术手册；"),
    (2, "每年举办一期培训班，每期招收25名学员。"),
    (1, "约方指定亚喀巴为试点城市。"),
    (0, "后续安排"),
    (1, "第三次会议将于2022年下半年在北京举行。"),
)
# 一、 over （一） over 1.
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))

PDF_HEADER = "海洋合作对话文件"
PDF_TITLE = "中国和斐济海洋合作对话成果清单"
PDF: tuple[str, ...] = (
    "2020年12月8日至9日，中国和斐济海洋合作对话在苏瓦举行，双方就加强海洋领域合作深入交换意见，达成以下成果：",
    "一、海洋观测",
    "（一）双方将在2021年底前布放6个观测浮标，所得数据由自然资源部和斐济气象局共享，并每季度交换一次质量评估报告。",
    "（二）双方同意共建1个联合实验室，首期经费为800万元人民币，由双方按照各自承担的任务分别筹措。",
    "（三）双方互派12名研究人员，每人工作时间不少于4个月，具体人选由联合工作组在每年3月底前商定。",
    "二、渔业养护",
    "（一）双方将联合开展金枪鱼资源调查，调查海域面积约3万平方公里，2022年6月前提交第一份调查报告。",
    "（二）双方同意就打击非法捕捞行为建立信息通报机制，接到通报的一方应在48小时以内作出答复。",
    "（三）中方将为斐济培训30名渔业观察员，培训课程由上海海洋大学承担，为期6周，食宿费用由中方负担。",
    "三、海洋减灾",
    "（一）双方将合作绘制4个岛屿的海啸风险图，供当地政府编制防灾规划和安排疏散演练时使用。",
    "（二）双方同意在太平洋岛国论坛框架内共同提出海洋减灾倡议，并争取更多成员参加。",
    "四、下次对话",
    "下次对话将于2022年在厦门举行，具体日期通过外交渠道商定。",
)
WIDTH = 408.0  # points of a line: 34 characters
PITCH = 30.0  # points from line to line
TOP, BOTTOM, LEFT = 730.0, 110.0, 90.0
SIZE = 12.0


def main() -> None:
    samples, tests = ROOT / "samples", ROOT / "tests"
    (samples / "big5.txt").write_bytes(BIG5.encode("big5"))
    (samples / "gb18030.txt").write_bytes(GB18030.replace("\n", "\r\n").encode("gb18030"))
    for path, data in ((tests / "test_docx" / "word-numbering.docx", word_file()), (tests / "test_pdf" / "text-layer.pdf", pdf_file())):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def word_file() -> bytes:
    """A list whose numbers are all Word's own: none stands in the text of the document."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(LEVELS)
    )
    space = f'xmlns:w="{numbering.nsmap["w"]}"'
    numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {space} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    document.add_paragraph(WORD_TITLE, style="Title")
    document.add_paragraph(WORD_PREAMBLE)
    for level, text in WORD:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {space}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))
    for name in ("created", "modified"):
        for element in document.core_properties._element.findall(qn(f"dcterms:{name}")):
            document.core_properties._element.remove(element)
    made, same = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(set(old.namelist()) - {"docProps/thumbnail.jpeg"}, key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, LONG_AGO)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(member, old.read(name))
    return same.getvalue()


def pdf_file() -> bytes:
    """A list over two pages, each with a header and a number; paragraphs are parted by the width of the page alone."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True, pageCompression=0)
    canvas.setTitle(PDF_TITLE)
    for number, page in enumerate(_pages(), 1):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(LEFT, 790, PDF_HEADER)
        canvas.drawCentredString(297, 50, f"— {number} —")
        canvas.setFont("STSong-Light", SIZE)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pages() -> Iterator[Sequence[tuple[float, float, str]]]:
    """The lines of each page, with their places in points."""
    page = [((595 - len(PDF_TITLE) * SIZE) / 2, TOP, PDF_TITLE)]
    y = TOP - 2 * PITCH
    for paragraph in PDF:
        for indent, line in _lines(paragraph):
            if y < BOTTOM:
                yield page
                page, y = [], TOP
            page.append((LEFT + indent * SIZE, y, line))
            y -= PITCH
    yield page


def _lines(paragraph: str) -> Iterator[tuple[int, str]]:
    """The lines of a paragraph, the first set in by two characters; a mark may hang out over the edge, no number is parted."""
    indent = 2
    while paragraph:
        end = len(paragraph)
        while pdfmetrics.stringWidth(paragraph[:end], "STSong-Light", SIZE) > WIDTH - indent * SIZE:
            end -= 1
        if paragraph[end : end + 1] in tuple("，。；："):
            end += 1
        while end < len(paragraph) and paragraph[end - 1].isdigit() and paragraph[end].isdigit():
            end -= 1
        yield indent, paragraph[:end]
        paragraph, indent = paragraph[end:], 0


if __name__ == "__main__":
    main()
