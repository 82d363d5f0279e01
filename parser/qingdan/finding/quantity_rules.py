"""The quantity rules, in the order in which they are tried.

To add one: write its pattern with ``_NUM`` and ``_UNIT``, a reader from its named groups to an ``Amount``, and two or
three examples, which a test runs. A new unit needs no rule: it is a row of ``data/units.csv``.
"""

from __future__ import annotations

from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import regex

from qingdan.data import read_rows
from qingdan.finding.date_patterns import JOIN
from qingdan.finding.rules import Rule, examples
from qingdan.model import OwnRows, Qualifier, QuantityKind
from qingdan.numerals import ARABIC, number

Number = int | Decimal


class Amount(NamedTuple):
    """What a span says: a value, or low and high, in a unit."""

    value: Number | None
    low: Number | None
    high: Number | None
    unit: str
    kind: QuantityKind | None = None  # None: the unit's own
    qualifier: Qualifier | None = None


# 「387」 「1,234.5」 「3.5亿」 「1万2千」; 「三百八十七」 「一点五亿」. A letter or a point before it makes it part of a name.
LEFT = r"(?<![0-9A-Za-z.\-]|[0-9A-Za-z]/|[0-9],)"  # 「3500亿元/350亿英镑」 has two amounts, 「1/2」 none
_DIGIT = "一二三四五六七八九两"
# 「100万千瓦」 is a million kilowatts: 千 goes with the unit.
_MULTIPLE = r"(?:万亿|[百千]?[万亿]|百|千(?![瓦米克伏赫卡]))"
_WORDS = rf"[零〇{_DIGIT}十百]{{1,6}}"
_NUM_B = rf"""(?:(?:{ARABIC})(?:\ ?{_MULTIPLE}(?:[0-9]{{1,4}}(?:[百千]?万|[百千]))?)?
    |[{_DIGIT}十廿][零〇{_DIGIT}十百千万亿]{{0,14}}(?:点[零〇{_DIGIT}]{{1,6}}[万亿]{{0,2}})?)"""
_NUM = rf"(?:(?=[^0-9])|{LEFT}){_NUM_B}"
_UNIT = r"\ ?(?P<unit>(?>\L<units>))(?<!周(?=[一二三四五六日末]))"  # 「1200亿周一到位」: 周一 is Monday
_MORE = r"(?P<more>[余多几](?P<scale>[百千万亿]{0,2}))?"
# 「10年多次签证」: 多 belongs to 多次; 「一年多」 ends there.
_AFTER = r"(?P<post>及?以[上下内]|之内|内(?![容部外地政战涵阁需陆])|左右|余(?![名个家项次额地])|多(?=[,。、;的来以前后时]|$))?"
# 「下一轮」 「这一次」 「某一项」 「新一届」 point at one of a row, they do not count it.
POINTED = r"(?<!第[0-9一二三四五六七八九十]{1,3}[、,和与及至到-]|[第下上这那某同任另每新统唯单之万专逐]|附[件录表则]|[表图]\ ?)"

_AFTER_MEANS: dict[str, Qualifier] = {
    "以上": "at_least", "及以上": "at_least", "以下": "at_most", "及以下": "at_most", "以内": "at_most", "之内": "at_most",
    "内": "at_most", "左右": "about", "余": "over", "多": "over",
}  # fmt: skip


class Units(dict[str, tuple[str, str | None]]):
    """Kind and code of each unit; the kind ``none`` is for words that only begin like one.

    Two of them are never equal, so that they can be the key of what is compiled or read with them. ``own`` are the
    user's files among the rows.
    """

    own: tuple[OwnRows, ...] = ()

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


in_use: ContextVar[Units | None] = ContextVar("units", default=None)


def units() -> Units:
    """The units that numerals are read with: those of ``data/units.csv``, or inside ``vocabulary.own.own`` the user's too.

    What is cached of them must have them in its key.
    """
    own = in_use.get()
    return packaged() if own is None else own


@cache
def packaged() -> Units:
    return Units((row["unit"], (row["kind"], row["code"] or None)) for row in read_rows("units.csv"))


def _plain(m: regex.Match[str], value: Number | None, qualifier: Qualifier | None = None) -> Amount:
    return Amount(value, None, None, m["unit"], None, qualifier or _after(m))


def _after(m: regex.Match[str]) -> Qualifier | None:
    """What the word behind the unit says (左右, 以上), if there is one."""
    post = m.groupdict().get("post")
    return _AFTER_MEANS[post] if post else None


def _cardinal(m: regex.Match[str]) -> Amount | None:
    value = number(m["n"] + (m["scale"] or ""))
    if value is None or (len(m["n"]) > 1 and regex.fullmatch(rf"[{_DIGIT}]+", m["n"])):
        return None  # 「一二三」 is no number of things
    if m["n"] == "二":
        return None  # things are counted with 两: 「二次污染」 「二期工程」
    if m["unit"] == "届" and value > 3 and not m["post"]:
        return Amount(value, None, None, "届", "ordinal")  # 「党的十九届四中全会」
    if m["n"] == "一" and not m["more"] and not m["post"]:
        return _plain(m, value, "indefinite" if units()[m["unit"]][0] == "count" else None)
    return _plain(m, value, "over" if m["more"] else None)


def _ordinal(m: regex.Match[str]) -> Amount | None:
    value = 1 if m[0].startswith("首") else number(m["n"])
    return None if value is None else Amount(value, None, None, m["unit"], "ordinal")


def _range(m: regex.Match[str]) -> Amount | None:
    low, high = number(m["n"]), number(m["n_b"])
    if low is None or high is None:
        return None
    scale = regex.search(r"[百千万亿]+$", m["n_b"])
    if (low > high and scale) or (scale and m["n"][-1] not in "百千万亿"):  # 「20至30万」 is 200,000 to 300,000, and so is 「20万至30万」
        low = number(m["n"] + scale[0]) or low
    return Amount(None, low, high, m["unit"], None, _after(m)) if low < high else None


def _pair(m: regex.Match[str]) -> Amount | None:
    low, high = (number(c) for c in m["pair"])
    scale = number("一" + m["scale"]) if m["scale"] else 1
    if low is None or high is None or scale is None or not 0 < high - low <= 2:
        return None
    return Amount(None, low * scale, high * scale, m["unit"], None, "about")


def _vague(m: regex.Match[str]) -> Amount | None:
    if m["ten"]:
        return Amount(None, 11, 19, m["unit"], None, "about")
    scale = number("一" + m["scale"])
    if scale is None:
        return None
    return Amount(None, 2 * scale, 10 * scale - 1, m["unit"], None, "about")


def _round(m: regex.Match[str]) -> Amount | None:
    return Amount(number("一" + m["scale"]), None, None, m["unit"], None, "over" if m["more"] else "about")


def _and_a_half(m: regex.Match[str]) -> Amount | None:
    whole = number(m["n"])
    return None if whole is None else Amount(whole + Decimal("0.5"), None, None, m["unit"] or "个" + m["other"])


def _ordinal_range(m: regex.Match[str]) -> Amount | None:
    low, high = number(m["n"]), number(m["n_b"])
    return Amount(None, low, high, m["unit"], "ordinal") if low is not None and high is not None and low < high else None


def _percent(m: regex.Match[str]) -> Amount | None:
    g = m.groupdict()
    low, high = number(m["n"]), number(g["n_b"]) if g.get("n_b") else None
    if low is None:
        return None
    if high is not None:
        return Amount(None, low, high, "%", "percent", _after(m))
    return Amount(low, None, None, "%", "percent", _after(m))


def _fraction(m: regex.Match[str]) -> Amount | None:
    whole, part = number(m["n"]), number(m["n_b"])
    if not whole or part is None or part >= whole:
        return None
    value = Decimal(part) / Decimal(whole)
    return Amount(round(value, 12).normalize(), None, None, "", "percent", _after(m))


def _symbol(m: regex.Match[str]) -> Amount | None:
    return Amount(number(m["n"]), None, None, m["unit"], "money")


_FIRST_OF = "次届轮期个批任场家份条艘架列座套部项款台例班"

RULES: tuple[Rule[Amount | None], ...] = (
    Rule(
        "percent-words",
        rf"百分之(?P<n>{_WORDS}(?:点[零〇{_DIGIT}]{{1,4}})?|[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)"
        rf"(?:[至到](?:百分之)?(?P<n_b>{_WORDS}))?{_AFTER}",
        _percent,
        examples(("增长百分之三点五", "百分之三点五", "3.5 %"), ("百分之十以上", "百分之十以上", "10 %")),
    ),
    Rule(
        "percent",
        rf"(?P<n>{LEFT}(?:{ARABIC}))%?(?:{JOIN}(?P<n_b>{ARABIC}))?\ ?%{_AFTER}",
        _percent,
        examples(("增长6.5%左右", "6.5%左右", "6.5 %"), ("3%至5%", "3%至5%", "3–5 %")),
    ),
    Rule(
        "fraction",
        rf"(?:(?P<n>[{_DIGIT}十]{{1,3}}|[0-9]{{1,3}})分之(?P<n_b>[{_DIGIT}十]{{1,3}}|[0-9]{{1,3}})|(?<![0-9/.])(?P<n_b>[1-9])/(?P<n>[2-9]|10)(?![0-9/.年月日])){_AFTER}",
        _fraction,
        examples(("占总额的1/7", "1/7", "0.142857142857"), ("三分之一以上", "三分之一以上", "0.333333333333")),
    ),
    Rule(
        "money-symbol",
        rf"(?P<unit>US\$|[$€£¥])\ ?(?P<n>(?:{ARABIC})(?:\ ?{_MULTIPLE})?)",
        _symbol,
        examples(("投资$3.5亿", "$3.5亿", "350000000 $")),
    ),
    Rule(
        "ordinal-range",
        rf"第\ ?(?P<n>{_NUM}){JOIN}第?(?P<n_b>{_NUM_B}){_UNIT}",
        _ordinal_range,
        examples(
            ("根据第3至5条", "第3至5条", "3–5 条"),
        ),
    ),
    Rule(
        "ordinal",
        rf"第\ ?(?P<n>{_NUM})(?:\([0-9]{{4}}\))?{_UNIT}",
        _ordinal,
        examples(
            ("第2231（2015）号决议", "第2231（2015）号", "2231 号"),
            ("第五次中美战略安全对话", "第五次", "5 次"),
            ("第2118号决议", "第2118号", "2118 号"),
            ("第十二次会议", "第十二次", "12 次"),
        ),
    ),
    Rule(
        "first",
        rf"首(?P<unit>[{_FIRST_OF}])",
        _ordinal,
        examples(("召开首届会议", "首届", "1 届"), ("首轮磋商", "首轮", "1 轮")),
    ),
    Rule(
        "round",
        rf"(?:(?<=^|[近上逾超约过])(?P<scale>万亿|[百千]?[万亿]|[百千])|(?P<scale>[百千万])(?P<more>[余多])){_UNIT}",
        _round,
        examples(("近百家企业", "近百家", "100 家"), ("上千名", "上千名", "1000 名"), ("百余名专家", "百余名", "100 名")),
    ),
    Rule(
        "and-a-half",
        rf"(?P<n>{_NUM})(?:(?P<unit>年|小时)半|个半(?P<other>月|小时))(?![年月])",
        _and_a_half,
        examples(("为期一年半", "一年半", "1.5 年"), ("一个半月的培训", "一个半月", "1.5 个月")),
    ),
    Rule(
        "range",
        rf"(?P<n>{_NUM}){JOIN}(?P<n_b>{_NUM_B}){_UNIT}{_AFTER}",
        _range,
        examples(
            ("20至30名学员", "20至30名", "20–30 名"),
            ("三至五年", "三至五年", "3–5 年"),
            ("2-3亿美元", "2-3亿美元", "200000000–300000000 美元"),
        ),
    ),
    Rule(
        "pair",
        rf"(?P<pair>[{_DIGIT}]{{2}})(?P<scale>[十百千万亿]?){_UNIT}",
        _pair,
        examples(("两三个项目", "两三个", "2–3 个")),
    ),
    Rule(
        "vague",
        rf"(?:[几数](?P<scale>[十百千万亿]{{1,2}})|(?P<ten>十几)){_UNIT}",
        _vague,
        examples(("数百名专家", "数百名", "200–999 名"), ("十几个国家", "十几个", "11–19 个")),
    ),
    Rule(
        "cardinal",
        rf"{POINTED}(?P<n>{_NUM}){_MORE}{_UNIT}{_AFTER}",
        _cardinal,
        examples(
            ("387次联合验证", "387次", "387 次"),
            ("45名来自", "45名", "45 名"),
            ("约100多项", "约100多项", "100 项"),
            ("启动两项", "两项", "2 项"),
            ("10年多次签证", "10年", "10 年"),
            ("提供8亿美元", "8亿美元", "800000000 美元"),
            ("成立70周年", "70周年", "70 周年"),
            ("在两年之内对", "两年之内", "2 年"),
            ("一个项目", "一个", "1 个"),
            ("六国与", "六国", "6 国"),
        ),
    ),
)
