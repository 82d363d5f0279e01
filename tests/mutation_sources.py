"""The documents that are changed: the samples, each as its own file and as the other media, and those of more folders."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from mutator import Source

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = {".txt", ".html", ".md"}
OTHER_MEDIA = ("chinese-three-levels.txt", "decimal.txt", "agreement-chapters.txt", "portal-page.html", "sed7-2015.txt")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARAGRAPH = "<w:p><w:r><w:t xml:space='preserve'>{}</w:t></w:r></w:p>"


def sources(folders: Iterable[Path] = ()) -> list[Source]:
    """The samples in all media, and the files of the folders that can be read as text."""
    files = [file for folder in (ROOT / "samples", *folders) for file in sorted(folder.glob("*"))]
    texts = [Source(file.name, _decoded(file.read_bytes())) for file in files if file.suffix in SUFFIXES and file.name != "README.md"]
    chosen = [source for source in texts if source.name in OTHER_MEDIA]
    return texts + [packed for source in chosen for packed in _other_media(source)]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _other_media(source: Source) -> list[Source]:
    name, text = source.name, source.text
    docx = _template()
    xml = docx_xml(docx, text)
    return [
        Source(f"{name}.docx", text, pack=lambda text: _docx(docx, docx_xml(docx, text))),
        Source(f"{name}.xml.docx", xml, pack=lambda xml: _docx(docx, xml)),
        Source(f"{name}.mhtml", text, pack=_mhtml),
        Source(f"{name}.warc", text, pack=_warc),
        Source(f"{name}.pdf", data=_pdf(text)),
    ]


def _template() -> bytes:
    import docx

    written = BytesIO()
    docx.Document().save(written)
    return written.getvalue()


def docx_xml(template: bytes, text: str) -> str:
    """The main part of a Word file with a paragraph for each line of the text."""
    with zipfile.ZipFile(BytesIO(template)) as container:
        xml = container.read("word/document.xml").decode()
    text = _NO_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;")
    body = "".join(_PARAGRAPH.format(line) for line in text.split("\n"))
    return re.sub(r"(<w:body>).*?(<w:sectPr|</w:body>)", lambda m: m[1] + body + m[2], xml, flags=re.DOTALL)


def _docx(template: bytes, xml: str) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as container, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in container.infolist():
            data = xml.encode("utf-8", "replace") if entry.filename == "word/document.xml" else container.read(entry)
            new.writestr(zipfile.ZipInfo(entry.filename), data, zipfile.ZIP_DEFLATED)  # without the time of day: the same bytes
    return written.getvalue()


def _page(text: str) -> bytes:
    """A page of HTML with a paragraph for each line, where the text is none itself."""
    if "<html" not in text:
        text = "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>"
    return text.encode("utf-8", "replace")


def _mhtml(text: str) -> bytes:
    head = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="=_b"\r\n\r\n--=_b\r\n'
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + part + base64.encodebytes(_page(text)) + b"\r\n--=_b--\r\n"


def _warc(text: str) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(text)
    records = []
    for number in (1, 2):
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2031-05-06T00:00:00Z\r\n"
        kind = "Content-Type: application/http; msgtype=response\r\n"
        records.append(f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")
    return b"".join(records)


def _pdf(text: str) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    written = BytesIO()
    canvas = Canvas(written, pageCompression=0, invariant=True)
    rows = [line[at : at + 38] for line in text.split("\n") for at in range(0, max(len(line), 1), 38)]
    for first in range(0, len(rows), 40):
        canvas.setFont("STSong-Light", 12)
        for number, row in enumerate(rows[first : first + 40]):
            canvas.drawString(72, 780 - 18 * number, row)
        canvas.showPage()
    canvas.save()
    return written.getvalue()
