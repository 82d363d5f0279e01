"""Quantities in their text: finding them all, with the qualifiers before them and the noun they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from qingdan.finding.quantities import BEFORE, BEFORE_ENDS, JOINS, Reading, before_pattern, read_quantity, read_range, scanner
from qingdan.finding.quantity_units import signs
from qingdan.finding.words import begins_name, begins_noun, noun_after, straddled
from qingdan.model import Quantity
from qingdan.reading.folding import Folded

_NOUN = 48  # characters behind a numeral within which its noun stands
_STAY = regex.compile(r"(?:停留|期限?|免签|每次|为期|最长|各)(?:为|是)?$")  # 「停留期90日」
_CONGRESS = ("党的", "中共")  # 「党的八大」
_COORDINATES = ("纬", "经")  # 「北纬38度」
_SHRINKING = "负增长"  # 「负增长2%」 is -2 %
# 「人民币约3亿元」 「港币500万元」: the currency of 元 stands before it.
_CURRENCY = 6


def find_quantities(folded: Folded, text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Every quantity of the text in reading order.

    ``taken`` are the sorted spans (in folded text) of dates and agencies, whose numerals are not quantities.
    """
    whole = folded.text
    before = before_pattern()
    ahead = iter(taken)
    block = next(ahead, None)
    joined = 0  # the end of a range of two spans, 「5年至10年」
    for start, end in scanner().spans(whole):
        if start < joined:
            continue
        while block is not None and block[1] <= start:
            block = next(ahead, None)
        if block is not None and block[0] < end:
            continue
        reading = read_quantity(whole[start:end])
        if reading is None or _named(reading, whole, start, end):
            continue
        if whole[end : end + 1] in JOINS and (range_ := read_range(reading, whole, end)):
            reading, joined = range_
            end = joined
        amount = reading.amount
        if reading.rule == "bare" and "," in whole[start:end] and "，" in text[folded.original(start) : folded.original(end)]:
            continue  # 「编号为100，200，300」
        unit = end - len(amount.unit)
        if whole[unit - 1] == " " and amount.unit and straddled(whole[unit:end], whole[end : end + 3], ""):
            continue  # 「2 组织机构」 「3.1 市场监测」: a heading's number, and a word
        qualifier = amount.qualifier
        prefix = before.match(whole, max(0, start - 5), start) if whole[start - 1 : start] in BEFORE_ENDS else None
        if prefix and reading.kind != "ordinal" and (block is None or prefix.start() < block[0]):
            word = prefix[0].strip()
            if word != "上" or whole[start] in "百千万亿":
                start = prefix.start()
                qualifier = BEFORE[word]
        if amount.unit == "日" and qualifier is None and not _STAY.search(whole, max(0, start - 6), start):
            continue  # 「22日」 is a day of the month
        code, value, spread = reading.code, amount.value, distribution(whole, start)
        if amount.unit in ("元", "圆"):
            code = _currency(whole[max(0, start - _CURRENCY) : start]) or code
        if value is not None and reading.kind == "percent" and whole.endswith(_SHRINKING, 0, start):
            value = -value
        measure, noun = amount.unit, _counted(reading, whole, end)
        if folded.translated:
            measure, noun = _written(folded, text, measure, unit, end), noun and _written(folded, text, noun, end, end + _NOUN)
        if spread and folded.places is not None:
            spread = folded.span(*spread)
        first, stop = (start, end) if folded.places is None else folded.span(start, end)
        yield Quantity(
            text[first:stop], first, stop, reading.kind, value, amount.low, amount.high, measure,
            code, qualifier, noun, reading.rule, "stated", spread and text[spread[0] : spread[1]],
        )  # fmt: skip


# 「第六条 承储企业应…」: at the head of a line, or with two blanks behind it, the label of an article; 「第六条规定的」 cites one.
_ARTICLES = ("条", "章", "节", "编", "款")
_CITED = frozenset("规所的中第、,和与及至")


def _named(reading: Reading, text: str, start: int, end: int) -> bool:
    """Whether the words around a numeral make a name, a label or a year of it."""
    if reading.rule == "cardinal" and begins_name(text, start, end):
        return True  # 「三门峡市」 「五台山」
    unit = reading.amount.unit
    if unit in _ARTICLES and reading.kind == "ordinal":
        opens = start == 0 or text[max(0, text.rfind("\n", 0, start)) : start].isspace()
        return text.startswith("  ", end) or (opens and text[end : end + 1] not in _CITED)
    if unit == "年":
        return text.startswith("度", end) or (
            text[start - 1 : start] == " " and text[start - 2 : start - 1].isdigit()
        )  # 「107年度」 「199 9年」
    if unit == "大":
        return text.endswith(_CONGRESS, 0, start)
    if unit == "度":
        return text.endswith(_COORDINATES, 0, start)
    return reading.kind == "count" and text[start - 1 : start] in _OPEN and text[end : end + 1] in _CLOSED  # 「“三轮”驱动」


_OPEN, _CLOSED = ("“", "「", "『", '"'), ("”", "」", "』", '"')


def _currency(before: str) -> str | None:
    """The code of the currency that ends a text; a blank may stand behind it."""
    before = before.rstrip(" ")
    return next((signs()[before[at:]] for at in range(len(before)) if before[at:] in signs()), None)


def _counted(reading: Reading, text: str, end: int) -> str | None:
    """The noun a quantity counts. Time and shares count none but what stands right behind: 「三年行动计划」, 「40%的企业」."""
    if reading.kind == "duration" and text[end - 1] in "上下内右":
        return None
    if (reading.kind in ("duration", "percent") and not begins_noun(text, end)) or text[end : end + 1].isdigit():
        return None
    if reading.kind == "money" and text.startswith("整", end):
        return None  # 「壹佰万元整」
    return noun_after(text, end, reading.kind == "ordinal")


_PER = regex.compile(
    r"""(?r)(?P<word>(?:每[人户亩次台])?每(?:隔|逢)?(?:半年|个?(?:国家|成员国|地区|学校|企业|项目|单位|家庭|工作日|季度|学年|学期|月|星期|周|小时|世纪)|财?年度?|[天日周人户亩吨桶台辆架艘次家所国村校县省市州区班组件份套头只米克瓦届轮批场期株度秒升]
        |万人|千人|百人|分钟|公斤|千克|公里|公顷|平方米|平方公里|立方米|千瓦时|千瓦|万元|人次|标准箱)?
        |(?:年|月|日|周|季|人|户|亩|场|村|校|县|单|次|地|科|班)均|各自?|平均)
        (?P<gap>[^\s0-9一二三四五六七八九十两百千万亿半,。、;:!?()“”《》<>%每各均]{0,8}?)""",
    regex.VERBOSE,
)
_SPREAD = regex.compile("[每各均]").search
# 「各方决定投入3亿元」, 「平均浓度下降3%」: these spread only what stands close.
_GAPS = {"每": 0, "各": 2, "各自": 2, "平均": 2}
_REACH = 16  # characters before a quantity within which its 每年 stands


def distribution(text: str, start: int) -> tuple[int, int] | None:
    """Where the word stands that says over what a quantity is spread: 「每年培训1万人」, 「各1000名」, 「人均收入3万元」."""
    left = max(0, start - _REACH)
    if not _SPREAD(text, left, start):
        return None
    match = _PER.match(text, left, start)
    if match is None or len(match["gap"]) > _GAPS.get(match["word"], 8):
        return None
    return match.span("word")


def _written(folded: Folded, text: str, words: str, start: int, end: int) -> str:
    """Words of the folded text between two offsets as the text has them: 項 for 项."""
    at = folded.text.find(words, start, end)
    return words if at < 0 or not words else "".join(text[folded.original(i)] for i in range(at, at + len(words)))
