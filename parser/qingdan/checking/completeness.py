"""Issues of what is there: items without text, items that stand twice, and a last item that stops short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

import regex

from qingdan.checking.marks import unpaired
from qingdan.model import Document, Issue, Item, Section

SHORTEST_DUPLICATE = 12  # 「无」 「同上」 「双方同意继续合作。」 may stand as often as they like
SHORTEST_SENTENCE = 16  # 「其他事项」 as the last of a list ends without a stop
LONGEST_TAIL = 40  # a signature, a contact line
FEWEST_SIBLINGS = 3
MOST_ENDED = 0.8

_INK = regex.compile(r"[\p{L}\p{N}]")
_ENDED = regex.compile(r"[。！？!?；;.…”’\"')）」』》】〕]$")
_ONLY_HEADING = regex.compile(r"[^。；;，,：:\n]{1,60}[：:]")
_MEMBER = ("；", ";", "、", "，", ",")  # 「2.任何其他相关的科学投入;」 under several articles
# A mark that something must follow.
_OPEN_END = regex.compile(r"[、，,（(“‘「『《〈【〔]$|[：:]$|(?:——|－－|--)$")
# A word that something must follow, and not the end of a longer one: 参与, 缓和, 涉及, 合并.
_CONNECTIVE = regex.compile(
    r"(?:以及|并且|或者|关于|对于|由于|基于|(?<![温缓共饱总调平柔随附谐议中祥暖亲])和|(?<![参给赋授])与|(?<![普涉埃危触提顾波累论企推以])及|(?<![合兼吞归裁])并)$"
)
_ELLIPSIS = regex.compile(r"(?:…{1,2}|\.{3,6}|。{3,6})[\]】)）]?$")
_REST = (
    r"(?:点击|查看|阅读|展开|显示|加载|浏览|打开){1,2}(?:更多|全文|全部|余下|剩余|其余)\p{Han}{0,6}|更多|余下(?:全文|内容|部分)|剩余(?:全文|内容|部分)"
    r"|未完待续|未完|待续|下转\ ?第?.{1,6}版|转下页|下一页"
)
_PART_OF_SENTENCE = regex.compile("[，,；;、]")
# A line, or the words behind an ellipsis or in brackets, that say more follows elsewhere.
_GOES_ON = regex.compile(rf"(?:^|[…\.\[【(（])[^\p{{Han}}]{{0,24}}(?:{_REST})[^\p{{Han}}]{{0,12}}(?:[尾末]页)?[^\p{{Han}}]{{0,6}}$")
_PAGE_AFTER = 5  # lines of chrome behind the list in which a link to its next page may stand


class _Sign(NamedTuple):
    start: int
    end: int
    message: str


def empty_items(document: Document) -> Iterator[Issue]:
    """Items with a number and no word, or a heading and no text, and nothing below them."""
    nodes: list[Section | Item] = sorted([*document.sections, *document.items], key=lambda node: node.start)
    parents = {item.parent for item in document.items}
    for item, after in zip_longest(nodes, nodes[1:]):
        if not isinstance(item, Item) or item.id in parents:
            continue
        # 「2、双方将:」 is empty where 3 follows; before anything else its list may have been taken for another level.
        followed = after is not None and after.path == (*item.path[:-1], item.number + 1)
        if not _INK.search(item.body):
            what = "has a topic and no text" if item.topic else "has no text"
        elif followed and item.label and item.topic is None and _ONLY_HEADING.fullmatch(item.body.strip()):
            what = "ends with its colon"
        else:
            continue
        yield Issue("empty-item", f"{item.label or item.number} {what}", item.start, item.end, "warning")


def duplicate_items(document: Document) -> Iterator[Issue]:
    """Items whose words an earlier one has, the topic as well; short ones and members of a sentence may recur."""
    seen: dict[tuple[str, str], Item] = {}
    for item in sorted(document.items, key=lambda item: item.start):
        body = "".join(item.body.split())
        if len(body) < SHORTEST_DUPLICATE or body.endswith(_MEMBER):
            continue
        first = seen.setdefault(("".join((item.topic or "").split()), body), item)
        if first is not item:
            path = ".".join(map(str, first.path))
            yield Issue("duplicate-item", f"the text of item {path} stands here again", item.body_start, item.body_end, "warning")


def truncated(document: Document) -> Iterator[Issue]:
    """A last item that stops short: the page is an excerpt, or the first of several."""
    if document.items:
        last = max(document.items, key=lambda item: item.start)
        sign = _pointer(document, last) or _broken_end(document, last)
        if sign is not None:
            yield Issue("truncated", sign.message, sign.start, sign.end, "warning")


def _pointer(document: Document, last: Item) -> _Sign | None:
    """The words by which the page says that more follows: in the last line of the list, or right behind it."""
    line, start = _last_line(last)
    behind = [chrome for chrome in document.chrome if chrome.start >= last.body_end][:_PAGE_AFTER]
    for text, at in [(line, start), *((chrome.text, chrome.start) for chrome in behind)]:
        # 「上一页 1 2 下一页」 stands on a last page too, and 「更多」 behind a list leads to other news.
        found = None if "上一页" in text or (at >= last.body_end and "更多" in text) else _GOES_ON.search(text, max(0, len(text) - 60))
        if found:
            return _Sign(at + found.start(), at + found.end(), "the page says that more follows")
    return None


def _broken_end(document: Document, last: Item) -> _Sign | None:
    line, start = _last_line(last)
    above = last.body[: start - last.body_start].rstrip()
    if not line or (len(line) <= LONGEST_TAIL and _ENDED.search(above) and not _PART_OF_SENTENCE.search(line)):
        return None  # a signature below the list
    if any(item.parent == last.id for item in document.items):
        return None
    end = start + len(line)
    siblings = _siblings(document.items, last)
    for pattern in (_ELLIPSIS, _OPEN_END, _CONNECTIVE):
        found = pattern.search(line, max(0, len(line) - 8))
        # 「包括:」 at the end of every item is how this list is written.
        if found and 2 * sum(item.body.rstrip().endswith(found[0]) for item in siblings) <= len(siblings):
            return _Sign(start + found.start(), end, f"the last item ends with {found[0]}")
    if _ENDED.search(line):
        return None
    left_open = [mark for mark in unpaired(document.text, last.body_start, end) if mark.opens]
    if left_open:
        return _Sign(left_open[-1].at, end, f"the last item ends inside {document.text[left_open[-1].at]}")
    ended = sum(_ENDED.search(item.body.rstrip()) is not None for item in siblings)
    if len(line) >= SHORTEST_SENTENCE and len(siblings) >= FEWEST_SIBLINGS and ended >= MOST_ENDED * len(siblings):
        return _Sign(end - 1, end, "the last item ends without a stop, where the others have one")
    return None


def _last_line(item: Item) -> tuple[str, int]:
    """The last line of an item's body, without the blanks around it, and where it begins."""
    body = item.body.rstrip()
    line = regex.split(r"[\n\r]", body)[-1] if body else ""
    return line.lstrip(), item.body_start + len(body) - len(line.lstrip())


def _siblings(items: Sequence[Item], last: Item) -> list[Item]:
    """The other items of its depth, else all others; those with items below them end as they please."""
    parents = {item.parent for item in items}
    others = [item for item in items if item is not last and item.id not in parents]
    level = [item for item in others if len(item.path) == len(last.path)]
    return level if len(level) >= FEWEST_SIBLINGS else others
