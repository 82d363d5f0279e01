"""The pieces that date patterns are written with. Patterns see folded text: half-width, one character a character.

A piece named with a suffix (``year('b')``) captures into groups with that suffix, for the far end of a range.
Patterns are verbose: a blank that counts is written ``\\ ``. One blank may stand between a numeral and its unit
(「2015 年 6 月」).
"""

from __future__ import annotations

_ONES = "一二三四五六七八九"
YEAR_DIGITS = rf"(?:1[5-9]|20|21)[0-9]{{2}}|[一二][〇零○{_ONES}]{{3}}"
# 「A2015年」 and 「3.2015」 hold no year; 「,2014年」 does, but 「1,2014」 would be a grouped numeral.
START = r"(?<![0-9A-Za-z./\-第]|[0-9],)"


def year(s: str = "") -> str:
    return rf"(?P<y{s}>{YEAR_DIGITS})\ ?年(?:度(?![假量过]))?"


# Each of these words also arises where two others meet: 「今后年均」 「以前年度」 「说明年度」 「过去年份」 「第二次年度」.
RELATIVE_YEAR = r"""(?P<ry>今年|(?<!过)去年|(?<![说表声证文透鲜发申阐])明年|(?<![以之此先目大])前年(?!度)|(?<![今明以之此最大])后年(?!度)
    |(?<![根])本年|(?<!正)当年|同年(?![龄级])|(?<![0-9一二三四五六七八九十首第本每两多几数届])次年(?!度)|翌年)(?:度(?![假量过]))?"""


def month(s: str = "") -> str:
    return rf"(?P<m{s}>[0-9]{{1,2}}|十[一二]?|[{_ONES}])\ ?月(?!革命)(?:份(?!额))?"


def day(s: str = "") -> str:
    return rf"(?P<d{s}>[0-9]{{1,2}}|三十一?|(?:二十|廿|十)[{_ONES}]?|[{_ONES}])\ ?[日号]"


def half(s: str = "") -> str:
    return rf"(?P<h{s}>[上下])半年"


def quarter(s: str = "") -> str:
    return rf"第?(?P<q{s}>[一二三四1-4])季度"


def third(s: str = "") -> str:
    return rf"(?P<x{s}>[上中下])旬"


# A bare season word is no season in a longer word: 春节, 冬奥会, 夏令营, 秋粮.
def season(s: str = "") -> str:
    return rf"(?P<s{s}>[春夏秋冬])(?:[季天]|(?![节季赛奥令粮运耕会游训播灌菜茶汛时]))"


# 「2015年中美…」 and 「6月中方」 are not mid-year or mid-month: 中 counts only before words that cannot follow 中 as 'China'.
_MIDDLE = r"中(?=$|[,。、;)）\s前之以后起左完实将]|举行|召开|启动)"


# 「年初步达成」 「年底线思维」
_EDGE = r"(?:初(?![步级衷创始稿选次一二三])|底(?![线层部气色座价])|末(?![端尾梢日]))"
# 「青年初创企业」 「青少年内心」
NOT_A_YEAR = r"(?<![青少成壮老童近往新拜常周整全中])"


def edge(s: str = "") -> str:
    return rf"(?P<e{s}>{_EDGE}|{_MIDDLE})"


def year_edge(s: str = "") -> str:
    return rf"(?P<e{s}>年?{_EDGE}|年中|{_MIDDLE})"


DASH = r"[-–—―−~～]"
JOIN = rf"\ ?(?:[至到]|{DASH}{{1,2}})\ ?"
NOT_COUNTED = r"(?<![0-9一二两三四五六七八九十百千万几数多半近余每])"  # 「2年内」 is a duration

# The word that opens or closes the stretch. 「前三季度」 「前夕」 「后续」 「起草」 「内容」 are other words.
_NOT_BEFORE = (
    r"夕|往|来(?![华访])|提(?![交供出请高升])|进(?!行|入|一步)|[景沿列身任线期述瞻方后者款置]"
    r"|(?:[0-9]{1,2}|[三两四五六七八九十几])个?(?:季|月|天|周|年|届)"
)
BOUND = rf"""(?:\ ?(?P<bound>(?:之|以)前|前(?!{_NOT_BEFORE})|以来
    |(?:之|以)后|后(?![续期者来方勤半备天年果]|继(?!续))
    |起(?![草动来步源诉伏点初到])|(?:年)?内(?![容部外地政战涵阁需陆河蒙涝网])|期间|间(?![接隔谍断歇])|左右|前后))?"""

WEEK = r"\ ?(?P<week>(?:开始|起|始)的(?:一个?|1个?|当)?(?:周|星期)|当周|所在周|所在的(?:一|那一)?周)"
