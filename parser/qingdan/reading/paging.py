"""What a page says about being one of several: its file's name, its pager lines, its titles and its numbering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import regex

from qingdan.model import Chrome, Document
from qingdan.numerals import number
from qingdan.reading.folding import Folded, fold

LARGEST_PAGE = 99  # 「2014.txt」 is a year


class Named(NamedTuple):
    """A file name without its page number, the number (None: it has none), and whether a word says that it is a page."""

    stem: str
    page: int | None
    plainly: bool = False


class Line(NamedTuple):
    """A line that is not blank: its folded words, and its span in the text as read."""

    words: str
    start: int
    end: int


class Label(NamedTuple):
    """A number at the start of a line: how it is written, and its value (one number, several for 「2.1」)."""

    style: str
    value: tuple[int, ...]


class Leaf(NamedTuple):
    """A document as read, seen as a page: its lines, the labels by line, and what its pager says.

    ``names`` is what its file's name and its address say. ``apart`` are the lines that its medium sets apart.
    ``page`` and ``pages`` are None where no line says 「第2页/共3页」; ``paged`` is whether any pager line is there.
    """

    document: Document
    names: tuple[Named, ...]
    lines: tuple[Line, ...]
    labels: dict[int, Label]
    apart: frozenset[int]
    pagers: frozenset[int]
    page: int | None
    pages: int | None

    @property
    def paged(self) -> bool:
        return bool(self.pagers)


_PAGE_WORD = r"(?:page|pg|p|part)"
# On the folded name without its extension: 「list_2」 「list-2」 「list(2)」 「list page 2」 「page2」 「list-第2页」 「list?page=2」.
_NAME = regex.compile(
    rf"""(?ix)^(?P<stem>.{{0,300}}?)
    (?: [?&](?P<query>page|p|pageno|pn|currentpage)=(?P<n>[0-9]{{1,2}})(?P<rest>(?:&.{{0,200}})?)
      | (?P<word>(?<![a-z]){_PAGE_WORD}[-_.\ ]?)(?P<n>[0-9]{{1,2}})
      | [-_\ ]?(?P<word>第)(?P<n>[0-9一二三四五六七八九十]{{1,3}})页
      | [-_](?P<n>[0-9]{{1,2}})
      | \ ?\((?P<n>[0-9]{{1,2}})\)
    )$"""
)
_EXTENSION = regex.compile(r"\.(?:[a-z][a-z0-9]{1,4})(?=$|\?)", regex.I)


def named(name: str) -> Named:
    """What a path or an address says: 「a/list_2.html」 is page 2 of 「a/list.html」."""
    folded = fold(name).text
    extension = _EXTENSION.search(folded)
    suffix = extension[0].lower() if extension else ""
    bare = folded[: extension.start()] + folded[extension.end() :] if extension else folded
    match = _NAME.match(bare)
    if match is None:
        return Named(bare + suffix, None)
    value = number(match["n"])
    if not isinstance(value, int) or value > LARGEST_PAGE:
        return Named(bare + suffix, None)
    stem = match["stem"].rstrip("-_ ") + (match["rest"] or "")
    return Named(stem + suffix, value, bool(match["word"] or match["query"]))


_LINE = re.compile(r"[^\s](?:[^\n\r\v\f\x85\u2028\u2029]*[^\s])?")
_LONGEST_PAGER = 160
_CN = "[0-9一二三四五六七八九十]{1,3}"
_TOKEN = regex.compile(
    rf"""(?x)
      (?P<saysof>第?\ ?(?P<page>{_CN})\ ?页?\ ?[/,\|]\ ?共?\ ?(?P<pages>{_CN})\ ?页
        | 第\ ?(?P<page>{_CN})\ ?页[\ ,/\|(]{{0,3}}共\ ?(?P<pages>{_CN})\ ?页\)?
        | 共\ ?(?P<pages>{_CN})\ ?页[\ ,/\|(]{{0,3}}第\ ?(?P<page>{_CN})\ ?页\)?)
    | (?P<step>[上下前后]一?页|首页|尾页|末页|第一页|最[后末]一?页|余下全文|阅读全文|查看全文|全文阅读|在本页阅读全文)
    | (?P<alone>第\ ?(?P<page>{_CN})\ ?页)
    | (?P<part>共\ ?{_CN}\ ?页|(?:跳?转到?|到)?\ ?第|跳?转到?|\bGO\b|确定|当前)
    | (?P<bracketed>\[\ ?[0-9]{{1,2}}\ ?\])
    | (?P<bare>[0-9]{{1,2}})(?![0-9])
    | (?P<mark>\.{{2,6}}|…{{1,2}}|>{{1,2}}|<{{1,2}}|[»«›‹:|·,/页\[\]()【】])
    | (?P<blank>\ +)"""
)


class _Pager(NamedTuple):
    page: int | None
    pages: int | None


def _pager(words: str) -> _Pager | None:
    """What a line says that is nothing but a pager; None for any other line. 「1、」 and 「[1]」 alone are none."""
    if len(words) > _LONGEST_PAGER:
        return None
    words = words.replace("頁", "页")
    at = steps = brackets = 0
    plain: list[int] = []
    said: _Pager | None = None
    while at < len(words):
        match = _TOKEN.match(words, at)
        if match is None or match.end() == at:
            return None
        if match["saysof"]:
            page, pages = number(match["page"]), number(match["pages"])
            if isinstance(page, int) and isinstance(pages, int) and 1 <= page <= pages <= LARGEST_PAGE:
                said = said or _Pager(page, pages)
        if match["alone"] and len(words) == len(match[0]) and isinstance(page := number(match["page"]), int):
            said = _Pager(page, None)
        steps += match["step"] is not None and match["step"] != "首页"  # 「首页」 alone is navigation
        brackets += match["bracketed"] is not None
        if match["bare"]:
            plain.append(int(match["bare"]))
        at = match.end()
    if said:
        return said
    counted = len(plain) > 2 and plain == list(range(1, len(plain) + 1))
    return _Pager(None, None) if steps or brackets > 1 or counted else None


_LABEL = regex.compile(
    r"""(?x)
      第(?P<n>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})(?P<article>[条章节编款])
    | 第(?P<n>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})(?P<nth>[,、])
    | (?P<n>[一二三四五六七八九十百]{1,5})(?P<han>[、.,])
    | (?P<parenthesis>\()(?P<n>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})\)
    | (?P<decimal>[0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?![0-9%])[\ 、.]?(?=[\ \p{Han}“《])
    | (?P<n>[0-9]{1,3})(?P<arabic>[、.)])(?![0-9])
    | (?P<circled>[①-⑳])"""
)


def _label(words: str) -> Label | None:
    match = _LABEL.match(words)
    if match is None:
        return None
    if match["circled"]:
        return Label("circled", (ord(match["circled"]) - ord("①") + 1,))
    if match["decimal"]:
        return Label("decimal", tuple(map(int, match["decimal"].split("."))))
    value = number(match["n"])
    if not isinstance(value, int):
        return None
    kind = next(kind for kind in ("article", "nth", "han", "parenthesis", "arabic") if match[kind])
    digits = "0" if match["n"].isdigit() else "一"
    return Label(f"{kind}{match[kind]}{digits}", (value,))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text as read that are not blank."""
    folded: Folded = fold(text)
    return tuple(Line(match[0], *folded.span(*match.span())) for match in _LINE.finditer(folded.text))


def leaf(document: Document) -> Leaf:
    """A document as read, seen as a page. Linear in its length."""
    lines = lines_of(document.text)
    apart = _covered(lines, document.chrome)
    labels: dict[int, Label] = {}
    pagers: set[int] = set()
    said: set[_Pager] = set()
    for i, line in enumerate(lines):
        pager = _pager(line.words)
        if pager is not None:
            pagers.add(i)
            said |= {pager} if pager.page else set()
        elif i not in apart and (label := _label(line.words)) is not None:
            labels[i] = label
    # A printed document says 「1/3」, 「2/3」 and 「3/3」 on one after the other of its own pages.
    page, pages = said.pop() if len(said) == 1 else (None, None)
    source = document.document.source
    names = dict.fromkeys(named(name) for name in (source.path, source.url) if name)
    return Leaf(document, tuple(names), lines, labels, apart, frozenset(pagers), page, pages)


def _covered(lines: Sequence[Line], chrome: Sequence[Chrome]) -> frozenset[int]:
    """The lines that begin inside chrome; both are in order."""
    covered, at = [], 0
    for i, line in enumerate(lines if chrome else ()):
        while at < len(chrome) and chrome[at].end <= line.start:
            at += 1
        if at < len(chrome) and chrome[at].start <= line.start:
            covered.append(i)
    return frozenset(covered)


# 「…成果清单(2)」 「…成果清单（第二页）」 「…成果清单_外交部」 「…成果清单 - 新闻中心」
_TITLE_PAGE = regex.compile(rf"[\ _-]?\(?(?:第?\ ?{_CN}\ ?页(?:[\ ,/]?共\ ?{_CN}\ ?页)?|(?<=\(){_CN}(?=\))|[上中下](?=\)))\)?$")
# 「—」 without blanks stands between countries too: 「中国—某国…」.
_SITE = regex.compile(r"[_|]|\ [-—–]{1,2}\ |[-—–]{1,2}(?=[^-—–]{1,20}(?:网|网站|频道|在线|门户|报|客户端)$)")


def line_key(words: str) -> str:
    """A line without the number of its page and blanks, to be compared."""
    return regex.sub(r"\s+", "", _TITLE_PAGE.sub("", words.strip()))


def title_key(title: str) -> str:
    """A title as ``line_key`` has it, without the name of its site."""
    bare = fold(title).text.strip()
    return line_key(max((part.strip() for part in _SITE.split(bare)), key=len))
