"""Pages without a number: headed paragraphs, plain paragraphs, and pages that are no list at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from qingdan.splitting.lines import Line
from qingdan.splitting.nodes import Node
from qingdan.splitting.title import names_a_document
from qingdan.splitting.topics import topic_end

FEWEST_HEADED = 3
_HEADED = 0.5  # of the paragraphs
_RUNNING = 0.5  # of the characters that must stand in finished sentences
# 「新华社北京6月24日电（记者…）」, 「本报讯」, 「中新网3月1日电」
_STORY = regex.compile(
    r"(?:新华[社网]|中新[社网]|人民网|央[视广]网|本[报网台]|中央社|国际在线|环球网|澎湃新闻|光明网|中国[日青]报?网?)[^。\n]{0,40}?(?:电|讯|消息|报道)"
    r"|\(?(?:记者|通讯员)\ ?\p{Han}"
)
_DATED = regex.compile(r".*?(?:(?:19|20)[0-9]{2}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?[\])]?")
_PAGED = regex.compile(r"[.…·]{2,}\ ?[0-9]{1,4}$")
# A statement speaks so: 「我们一致认为，…」, 「双方商定，…」.
_VOICE = regex.compile(r"我们|双方|[各三四五六七八九十]方|[两三四五六七八九十]国|元首|领导人|部长们?|与会|缔约|会议|本组织|成员国")
_LONGEST_DAY = 14  # 「（2024年3月13日）」
_LONGEST_ENTRY = 120
_OPENING = 200  # a story says so at its beginning
_FINISHED = "。;!?…”)"


def is_story(text: str, lines: Sequence[Line]) -> bool:
    """Whether the lines below a title begin as a news story does."""
    seen = 0
    for line in lines[:8]:
        if _STORY.search(text, line.start, min(line.end, line.start + _OPENING)):
            return True
        seen += line.end - line.start
        if seen > 2 * _OPENING:
            break
    return False


def only_contents(text: str, nodes: Sequence[Node], pieces: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether chapters and articles have headings alone, and no text: a table of contents without its document."""
    articles = [i for i, node in enumerate(nodes) if node.label.format.id == "article"]
    if len(articles) < FEWEST_HEADED or len(articles) * 2 < len(nodes):
        return False
    return not any(
        text[piece.end - 1] in "。;"
        for i in articles
        for piece in pieces[starts[i] : starts[i + 1] if i + 1 < len(starts) else len(pieces)]
    )


def is_index(text: str, pieces: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether most of the provisions are the titles of other pages, each with its day (「• …联合声明 2024-03-13」), or the
    headings of other text, each with its page (「1.1 编制目的…………3」)."""
    dated = sum(
        piece.end - piece.start <= _LONGEST_ENTRY
        and _DATED.fullmatch(text, max(piece.start, piece.end - _LONGEST_DAY), piece.end) is not None
        for piece in (pieces[i] for i in starts)
    )
    paged = sum(_PAGED.search(text, max(piece.start, piece.end - 8), piece.end) is not None for piece in (pieces[i] for i in starts))
    return max(dated, paged) >= FEWEST_HEADED and max(dated, paged) > 0.6 * len(starts)


def first_item(text: str, lines: Sequence[Line], start: int, title: str | None) -> int | None:
    """The index of the first paragraph that is an item of a page without numbers, None where there is no list.

    Headed paragraphs (「主题:正文」) are a list; plain ones are where the title names a document and no news agency reports.
    """
    body = lines[start:]
    headed = [i for i, line in enumerate(body) if topic_end(text, line.start, line.end) is not None]
    if len(headed) >= FEWEST_HEADED and len(headed) >= _HEADED * (len(body) - headed[0]):
        return start + headed[0]
    if is_story(text, body):
        return None
    if title is None or not names_a_document(title):
        voices = sum(_VOICE.match(text, line.start, line.end) is not None for line in body)
        if title is not None or voices < FEWEST_HEADED or voices < _HEADED * len(body):
            return None
    running = sum(line.end - line.start for line in body if text[line.end - 1] in _FINISHED)
    if not body or running < _RUNNING * sum(line.end - line.start for line in body):
        return None
    # 「（2015年6月29日，布鲁塞尔）」, 「北京」: lines under the title that are no text
    return next((start + i for i, line in enumerate(body) if text[line.end - 1] in _FINISHED and text[line.start] != "("), None)


def topic_of(text: str, line: Line) -> str | None:
    """The words before a paragraph's topic colon."""
    colon = topic_end(text, line.start, line.end)
    return None if colon is None else text[line.start : colon]


def headed_runs(text: str, lines: Sequence[Line], topics: Counter[str]) -> list[list[Line]]:
    """The paragraphs of a list of headed ones, each with those behind it that have no topic; empty when it is none.

    topics: how often each topic heads a paragraph of the document: 「牵头单位：…」 below every item is a field of it.
    """
    runs: list[list[Line]] = []
    heads = 0
    for line in lines:
        topic = topic_of(text, line)
        if topic is not None and topics[topic] <= 1:
            heads += 1
            runs.append([line])
        elif runs:
            runs[-1].append(line)
        else:
            return []
    return runs if heads >= 2 and heads >= 0.8 * len(lines) else []
