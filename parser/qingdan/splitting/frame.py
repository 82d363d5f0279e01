"""The frame: title, preamble and body of a page, and the chrome around them.

Works on folded text, paragraph by paragraph. A page's chrome is known by ``data/chrome.csv``; what stands before the
title is chrome altogether, and so is the run of short unfinished lines that a contact or copyright line closes.
"""

from __future__ import annotations

import regex
from msgspec import structs

from qingdan.model import Block, Chrome, Document
from qingdan.reading.folding import Folded
from qingdan.splitting.lines import Line, chrome_kind
from qingdan.splitting.nodes import layout

_TITLE_END = regex.compile(
    r"(?:清单|声明|公报|宣言|计划|规划|纲要|方案|协[定议]|条约|公约|备忘录|意见|通知|决定|批复|的函|办法|规定|安排|情况说明|成果|倡议|共识|议程"
    r"|路线图|愿景(?:与行动)?|早期收获|文件|大事[记纪]|要点|细则|条例|报告)(?:\([^()]{1,30}\))*$"
)
_SENTENCE = regex.compile(r"[。;；!?！？]|,.*,")
_FINISHED = regex.compile(r"[。;；!?！？…:”\"）)]$")
_N = "[0-9一二三四五六七八九十]{1,3}"
_SIGNED = regex.compile(rf"^(?:(?:19|20)[0-9]{{2}}|[一二][〇零○一二三四五六七八九]{{3}})\ ?年\ ?{_N}\ ?月\ ?{_N}\ ?日(?:于.{{1,20}})?$")
_TITLE_SAYS = regex.compile(r"关于|第.{1,4}[轮次届]|首[轮次届]|对话|会议|会晤|论坛|峰会|[与和].{2,30}[联共]|共和国|国务院")
_LONGEST_TITLE = 90
_LONGEST_TAIL_LINE = 40


def frame(document: Document) -> Document:
    """The document with its title, preamble and chrome; the rest of its text is left for the provisions. Never raises."""
    folded, paragraphs, nodes = layout(document.text)
    text = folded.text
    first = nodes[0].label.line if nodes else len(paragraphs)
    title = _title(text, paragraphs[:first])
    opening, start = title or (0, 0)
    while start < first and chrome_kind(text, paragraphs[start]):
        start += 1
    # Below a title a page without numbers has its paragraphs for provisions; without a title all of it is preamble.
    preamble = paragraphs[start:first] if nodes or title is None else []
    body = paragraphs[len(paragraphs) if not nodes and title is None else first if nodes else start :]
    tail = _tail(text, body, nodes[-1].label.line - first + 1 if nodes else 1)
    chrome = [
        *((line, chrome_kind(text, line) or "navigation") for line in paragraphs[:opening]),
        *((line, chrome_kind(text, line) or "head") for line in paragraphs[title[1] if title else 0 : start]),
        *tail,
    ]
    return structs.replace(
        document,
        title=_block(document.text, folded, paragraphs[slice(*title)] if title else []),
        preamble=_block(document.text, folded, preamble),
        chrome=tuple(Chrome(*quoted(document.text, folded, line.start, line.end), kind) for line, kind in chrome),
    )


def quoted(text: str, folded: Folded, start: int, end: int) -> tuple[str, int, int]:
    """The slice of the text as read, with its offsets, of a span of the folded text."""
    if folded.places is not None:
        start, end = folded.span(start, end)
    return text[start:end], start, end


def _block(text: str, folded: Folded, part: list[Line]) -> Block | None:
    return Block(*quoted(text, folded, part[0].start, part[-1].end)) if part else None


def _title(text: str, candidates: list[Line]) -> tuple[int, int] | None:
    """First and last+1 index of the title's lines, among lines that end as titles end.

    The first that says what it is about (关于, a round, two sides), else the first: a subject line such as
    「城乡建设、环境保护\\城市规划」 ends like a title too.
    """
    found: tuple[int, int] | None = None
    for i, line in enumerate(candidates):
        words = text[line.start : line.end]
        if len(words) > _LONGEST_TITLE or not _TITLE_END.search(words) or _SENTENCE.search(words) or chrome_kind(text, line):
            continue
        start = i
        # 「国务院办公厅关于开展 / 城镇小区配套幼儿园治理工作的通知」: a title over two lines
        if i and "关于" not in words and "关于" in text[candidates[i - 1].start : candidates[i - 1].end]:
            above = candidates[i - 1]
            if not chrome_kind(text, above) and not _SENTENCE.search(text, above.start, above.end):
                start = i - 1
        if _TITLE_SAYS.search(text, candidates[start].start, line.end):
            return start, i + 1
        found = found or (start, i + 1)
    return found


def _tail(text: str, body: list[Line], at_least: int) -> list[tuple[Line, str]]:
    """The lines at the end that belong to nothing, with the kind of each.

    They are plain chrome, a signature with its date, or short lines without a full stop among those.
    """
    start = len(body)
    certain = False
    while start > at_least:
        line = body[start - 1]
        words = text[line.start : line.end]
        plain = chrome_kind(text, line) is not None or _SIGNED.search(words) is not None
        if not plain and (len(words) > _LONGEST_TAIL_LINE or _FINISHED.search(words) or words.startswith("附")):
            break  # 「附件:…」 belongs to the list
        certain = certain or plain
        start -= 1
    if not certain:
        return []
    return [
        (line, chrome_kind(text, line) or ("signature" if _SIGNED.search(text[line.start : line.end]) else "tail")) for line in body[start:]
    ]
