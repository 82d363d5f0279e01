"""The title of a document: the line, or the lines, that name it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from qingdan.reading.folding import fold
from qingdan.splitting.lines import Line

_TITLE_END = regex.compile(
    r"(?:清单|声明|公报|宣言|计划|规划|纲要|方案|协[定议]|条约|公约|议定书|备忘录|意见|通知|通告|公告|决定|决议|批复|的函|办法|规定|规则|安排|情况说明|成果|倡议|共识|议程|指南"
    r"|路线图|愿景(?:与行动)?|早期收获|文件|大事[记纪]|要点|细则|条例|章程|预案|指引|报告|纪要|分工)"
    r"(?:(?<=^《[^《》]{4,90})》)?(?:\([^()]{1,30}\)|全文|\ ?[-—_|]\ ?[0-9]{2,8}){0,2}$"
)
_SENTENCE = regex.compile(r"[。;；!?！？]|,.*,")
_SAYS = regex.compile(r"关于|第.{1,4}[轮次届]|首[轮次届]|对话|会议|会晤|论坛|峰会|[与和].{2,30}[联共]|共和国|国务院")
_LONGEST = 90
_MOST_LINES = 4
_SHORTEST_LINE = 12  # of a title that is broken over lines
_BROKEN = regex.compile(r"[和与及的、对在]$")  # 「…生物多样性的养护和」: the title goes on
# 「国务院办公厅」 on the line above 「关于…的函」
_BODY = regex.compile(r"\p{Han}{2,24}(?:厅|院|部|局|署|委员会|政府|办公室|总会|银行|检察院|法院)")
_SHARE = 0.6  # of the medium's title that lines of the text must hold


def find_title(text: str, lines: Sequence[Line], is_chrome: Callable[[int], bool], given: Sequence[str]) -> tuple[int, int] | None:
    """First and last+1 index of the title's lines, among the lines of a folded text before its list, or None.

    given: what the medium calls the document. Where the text has such a heading, nothing above it is the title; but a
    heading of the list's own below it (「外交部发布…」 above 「…成果清单」) is the better one.
    """
    heading = _given(text, lines, is_chrome, given)
    if heading is None:
        return _last_copy(text, lines, _named(text, lines, 0, is_chrome))
    if _TITLE_END.search(_joined(text, lines[slice(*heading)])):
        return heading
    below = _named(text, lines, heading[1], is_chrome)
    return below if below and _SAYS.search(text, lines[below[0]].start, lines[below[1] - 1].end) else heading


def names_a_document(title: str) -> bool:
    """Whether a title says that what follows is a list, a statement or another document, not a story."""
    return _TITLE_END.search("".join(fold(title).text.split())) is not None


def _joined(text: str, lines: Sequence[Line]) -> str:
    return "".join("".join(text[line.start : line.end].split()) for line in lines)


def _last_copy(text: str, lines: Sequence[Line], title: tuple[int, int] | None) -> tuple[int, int] | None:
    """The last place where the title stands: a page may say it above its tools and again above its text."""
    if title is None:
        return None
    words, size = _joined(text, lines[slice(*title)]), title[1] - title[0]
    starts = (i for i in range(len(lines) - size, title[0], -1) if _joined(text, lines[i : i + size]) == words)
    first = next(starts, title[0])
    return first, first + size


def _given(text: str, lines: Sequence[Line], is_chrome: Callable[[int], bool], given: Sequence[str]) -> tuple[int, int] | None:
    """The last lines that are one of the given titles, or most of it."""
    for title in given:
        wanted = "".join(fold(title).text.split())
        found: tuple[int, int] | None = None
        for i in range(len(lines)):
            if is_chrome(i) or not (head := _joined(text, lines[i : i + 1])) or not (head in wanted or wanted in head):
                continue
            end = i + 1
            while end < min(len(lines), i + _MOST_LINES) and (longer := head + _joined(text, lines[end : end + 1])) in wanted:
                head, end = longer, end + 1
            long_enough = len(head) >= _SHARE * len(wanted) and len(head) <= 2 * max(len(wanted), 10)
            if long_enough and (found is None or end > found[1]):
                found = i, end
        if found is not None:
            return found
    return None


def _named(text: str, lines: Sequence[Line], start: int, is_chrome: Callable[[int], bool]) -> tuple[int, int] | None:
    """The first lines that end as titles end and say what they are about (关于, a round, two sides), else the first that
    end so: a subject line such as 「城乡建设、环境保护\\\\城市规划」 ends like a title too."""
    found: tuple[int, int] | None = None
    for i in range(start, len(lines)):
        line = lines[i]
        words = text[line.start : line.end]
        if len(words) > _LONGEST or not _TITLE_END.search(words.rstrip()) or _SENTENCE.search(words) or is_chrome(i):
            continue
        first = _first_line(text, lines, start, i, is_chrome)
        if _SAYS.search(text, lines[first].start, line.end):
            return first, i + 1
        found = found or (first, i + 1)
    return found


def _first_line(text: str, lines: Sequence[Line], start: int, i: int, is_chrome: Callable[[int], bool]) -> int:
    """「国务院办公厅关于开展 / 城镇小区配套幼儿园治理工作的通知」: the line above that a title's last line needs."""
    words = text[lines[i].start : lines[i].end]

    def from_body(k: int) -> int:
        """The line above one that begins with 关于, where that is the body alone."""
        if k == start or not text.startswith("关于", lines[k].start) or is_chrome(k - 1):
            return k
        return k - 1 if _BODY.fullmatch(text, lines[k - 1].start, lines[k - 1].end) else k

    if from_body(i) != i:
        return i - 1
    first, broken = i, False
    for above in range(i - 1, max(start, i - _MOST_LINES + 1) - 1, -1):
        line = lines[above]
        if is_chrome(above) or line.end - line.start > _LONGEST or _SENTENCE.search(text, line.start, line.end):
            break
        if "关于" not in words and "关于" in text[line.start : line.end]:
            return from_body(above)
        broken = broken or _BROKEN.search(text, line.start, line.end) is not None
        if not broken or line.end - line.start < _SHORTEST_LINE:
            break
        first = above
    return first
