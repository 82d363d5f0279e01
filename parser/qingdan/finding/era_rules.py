"""The rules of years counted by an era: the Republic of China, the common era, the reigns of emperors.

Their numerals look like numbers of years, so each is looked for only in a text that is known to count so.
"""

from __future__ import annotations

from qingdan.finding import era_shapes as shapes
from qingdan.finding.date_patterns import BOUND, JOIN, RANGE_BOUND, day, month
from qingdan.finding.date_shapes import Shape, republic
from qingdan.finding.rules import Rule, examples

_R = r"1[0-9]{2}|[3-9][0-9]"
_LEFT = r"(?<![0-9A-Za-z./\-第])"
_FAR = rf"(?:{month('_b')}(?:\ ?{day('_b')})?|{day('_b')})"
_NUMERAL = r"[0-9]{1,4}|[一二三四五六七八九十百千零]{1,7}"
_SHORT = r"[0-9]{1,3}|1[0-4][0-9]{2}|(?=[^年]{0,6}[十百]|.年)[一二三四五六七八九十百千零]{1,7}"
_CENTURY = r"(?P<cbc>[12]?[0-9]|二十|十?[一二三四五六七八九]|十)世纪(?P<ce>初|中[叶期]|末)?"

# In a traditional text that speaks of the Republic of China 「104年」 is 2015.
REPUBLIC: tuple[Rule[Shape], ...] = (
    Rule(
        "bare-republic-range",
        rf"{_LEFT}(?P<r>{_R})\ ?(?:年(?:\ ?{month()}(?:\ ?{day()})?)?)?{JOIN}"
        rf"(?:(?P<r_b>{_R})\ ?年(?:\ ?{_FAR})?|(?<=月{JOIN}|日{JOIN}){_FAR}){RANGE_BOUND}",
        shapes.republic_range,
        examples(
            ("104年1月至6月", "104年1月至6月", "2015-01/2015-06"), ("105至108年", "105至108年", "2016/2019"),
            ("104年6月2日至5日", "104年6月2日至5日", "2015-06-02/2015-06-05"),
        ),
    ),
    Rule(
        "bare-republic-year",
        rf"{_LEFT}(?P<r>{_R})\ ?年(?:\ ?{month()}(?:\ ?{day()})?"
        rf"|度|(?P<e>[底初])|第?(?P<q>[一二三四1-4])季度?|(?P<h>[上下])半年|(?=[前起以])"
        rf"|(?<=1[0-3][0-9]\ ?年)(?![0-9之多來来的]|歷史|历史))(?![0-9多]){BOUND}",
        republic,
        examples(("104年7月10日", "104年7月10日", "2015-07-10"), ("104年第3季", "104年第3季", "2015-35"), ("104年公布", "104年", "2015")),
    ),
)  # fmt: skip

# 「1500年」 and later need no era to be a year.
COMMON: tuple[Rule[Shape], ...] = (
    Rule(
        "era-year",
        rf"(?:[公西]元(?:(?P<bc>前)(?P<y>{_NUMERAL})|(?P<y>{_SHORT}))年(?:{JOIN}(?:[公西]元)?(?P<bc_b>前)?(?P<y_b>{_NUMERAL})年)?|[公西]元前{_CENTURY}){BOUND}",
        shapes.common_era,
        examples(
            ("公元前221年统一", "公元前221年", "-0220"), ("公元618年", "公元618年", "0618"), ("公元前5世纪", "公元前5世纪", "-04XX"),
            ("公元前206年至公元220年", "公元前206年至公元220年", "-0205/0220"),
        ),
    ),
    Rule(
        "reign-year",
        rf"(?P<era>{'|'.join(shapes.REIGNS)})(?P<r>元|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})年(?:{month()}(?:{day()})?)?{BOUND}",
        shapes.reign,
        examples(("昭和20年", "昭和20年", "1945"), ("平成元年", "平成元年", "1989"), ("康熙六十一年", "康熙六十一年", "1722")),
    ),
)  # fmt: skip
