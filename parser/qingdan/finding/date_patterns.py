"""The pieces that date patterns are written with. Patterns see folded text: half-width, one character a character.

A piece named with a suffix (``year('_b')``) captures into groups with that suffix, for the far end of a range.
Patterns are verbose: a blank that counts is written ``\\ ``. One blank may stand between a numeral and its unit
(「2015 年 6 月」).
"""

from __future__ import annotations

_ONES = "一二三四五六七八九"
# What years, and months and days without one, can begin with.
YEARS = "0123456789一二今去明前后本当同次翌大"
MONTHS = YEARS + "三四五六七八九十元"
DAYS = "0123456789" + _ONES + "十廿卅"
# 「二OO三年」 「二0一五年」: old typescripts have a letter or a figure for 〇.
YEAR_DIGITS = rf"(?:1[5-9]|20|21)[0-9]{{2}}|[一二][〇零○Oo0Ο{_ONES}]{{3}}"
# 「A2015年」 and 「3.2015」 hold no year; 「,2014年」 does, but 「1,2014」 would be a grouped numeral.
# Behind the number of an item it does: 「5.2017年举办」.
START = r"(?:(?<![0-9A-Za-z./\-第]|[0-9],|[公西]元前)|(?<=(?:^|\n)\ {0,4}[0-9]{1,2}\.))"
# Numbers of years, months, weeks or days. 「两三年」 is two or three, not 23.
COUNT = rf"[0-9]{{1,3}}|[二三四五六七八九]?十[{_ONES}]?|[一两{_ONES}]"
# 「1980至1990年代」, but 「2015年代表团」
_YEAR_UNIT = r"年(?!代(?![表理办码号价购替]))(?:度(?![假量过]))?|财年|财政年度?|学年度?"


def year(s: str = "") -> str:
    return rf"(?P<y{s}>{YEAR_DIGITS})\ ?(?:{_YEAR_UNIT})"


def relative_year(s: str = "") -> str:
    """Each of these words also arises where two others meet: 「今后年均」 「以前年度」 「说明年度」 「第二次年度」."""
    return rf"""(?P<ry{s}>今年|(?<!过)去年|(?<![说表声证文透鲜发申阐])明年|(?<![以之此先目大])前年(?!度)|(?<![今明以之此最大])后年(?!度)
    |大前年|大后年|(?<![根])本年(?!级)|(?<!正)当年|同年(?![龄级])|(?<![0-9一二三四五六七八九十首第本每两多几数届])次年(?!度)|翌年|[今去明](?=\([0-9]{{2,4}}\)年))(?:\([0-9]{{2,4}}\)年)?(?:度(?![假量过]))?"""


def any_year(s: str = "") -> str:
    return rf"(?>{'' if s else START}{year(s)}|{relative_year(s)})"


def month(s: str = "") -> str:
    return rf"(?P<m{s}>[0-9]{{1,2}}|十[一二]?|[{_ONES}元])\ ?月(?!革命)(?:份(?!额))?"


def day(s: str = "") -> str:
    return rf"(?P<d{s}>[0-9]{{1,2}}|(?:三十|卅)一?|(?:二十|廿|十)[{_ONES}]?|[{_ONES}])\ ?(?:日|号(?![文令楼线码]))"


def half(s: str = "") -> str:
    return rf"(?P<h{s}>[上下])半年"


def quarter(s: str = "") -> str:
    return (
        rf"(?:第?(?P<q{s}>[一二三四1-4])季度(?P<qe{s}>[初末底](?![次级]))?|第(?P<q{s}>[一二三四1-4])季(?![稻度])|Q(?P<q{s}>[1-4])(?![0-9]))"
    )


def third(s: str = "") -> str:
    return rf"(?:(?P<x{s}>上中|中下|[上中下])旬|(?P<x{s}>[上下]半)月)"


# A bare season word is no season in a longer word: 春节, 冬奥会, 夏令营, 秋粮, 冬至 (but 「2014年冬至2015年春」).
def season(s: str = "") -> str:
    # The winter schedule of airlines is 冬春航季.
    return (
        rf"(?:(?P<s{s}>[夏冬])[春秋]航季|(?P<s{s}>冬春|夏秋|春夏|秋冬)(?:两季|季节?)"
        rf"|(?P<s{s}>[春夏秋冬])(?:[季天]|(?![节季赛奥令粮运耕会游训播灌菜茶汛时分晚]|至(?![0-9一二\ ]|[今明次]年))))"
    )


# 「2015年中美…」 and 「6月中方」 are not mid-year or mid-month: 中 counts only before words that cannot follow 中 as 'China'.
_MIDDLE = r"中(?=$|[,。、;)）\s前之以后起左完实将]|举行|召开|启动)"


# 「年初步达成」 「年底线思维」
EDGE = r"(?:初(?![步级衷创始稿选次一二三])|底(?![线层部气色座价])|末(?![端尾梢日]))"
# 「青年初创企业」 「青少年内心」
NOT_A_YEAR = r"(?<![青少成壮老童近往新拜常周整全中])"


def edge(s: str = "") -> str:
    return rf"(?P<e{s}>{EDGE}|{_MIDDLE})"


def year_edge(s: str = "") -> str:
    return rf"(?P<e{s}>年?{EDGE}|年中|岁末|年?终(?=[前之以,。;]|$)|{_MIDDLE})"


def part(s: str = "") -> str:
    """What names a part of the year before it."""
    return rf"\ ?(?:{half(s)}|{quarter(s)}|{season(s)}|{year_edge(s)})"


def within_month(s: str = "") -> str:
    return rf"(?:{third(s)}|{edge(s)})"


def far_year() -> str:
    """The far end's own year."""
    return rf"(?:{any_year('_b')}\ ?)?"


DASH = r"[-–—―−~～]"
# 「2015年7月1日起至2016年6月30日止」
JOIN = rf"\ ?(?:(?:起,?\ ?)?[至到]|{DASH}{{1,2}})\ ?"
# What ranges and lists are passed over by where nothing near joins two of them.
JOINED = rf"(?=[^\n至到\-–—―−~～]{{1,28}}(?:[至到]|{DASH}))"
LISTED = r"(?=[^\n、,和与及以]{1,14}(?:[、,和与及]|以及|$))"
# 「3、6、9月」 「2014、2015和2016年」
AND = r"\ ?(?:、|,|和|与|及|以及)\ ?"
NOT_COUNTED = r"(?<![0-9一二两三四五六七八九十百千万几数多半近余每])"  # 「2年内」 is a duration
# 「每年6月」, 「每年3月至5月」 come back every year; 「十五年六月」 and 「农历八月」 count otherwise; 「3个6月」.
NOT_YEARLY = (
    r"(?<![0-9个每第]|[每历逐]年的?|每年[0-9一二三四五六七八九十]{1,2}月(?:[0-9]{1,2}日)?(?:[至到、和及与—–~-]|以及|或)(?:[次下翌同当]年)?"
    r"|(?:^|[^0-9])[0-9]{1,3}\ ?年|[一二三四五六七八九十]年|[农阴旧]历\ ?)"
)
# 「6月22日(星期一)至」
WEEKDAY = r"(?:\ ?(?:\((?:星期|周|礼拜)[一二三四五六日天]\)|星期[一二三四五六日天]))?"

# The word that opens or closes the stretch. 「前三季度」 「前夕」 「后续」 「起草」 「内容」 are other words.
_NOT_BEFORE = (
    r"夕|往|来(?![华访])|提(?![交供出请高升])|进(?!行|入|一步)|[景沿列身任线期述瞻方后者款置]"
    r"|(?:[0-9]{1,2}|[三两四五六七八九十几])个?(?:季|月|天|周|年|届)"
)
# 「6月30日(含)前」 「7月1日零时起」 「6月30日24时前」 「9月30日下班前」
HOUR = (
    r"\ ?(?:(?:上午|下午|晚上?|中午|凌晨)?(?:[0-9]{1,2}|[零〇]|[一二]?十?[一二三四五六七八九]?)"
    r"(?:[时点](?:[0-9]{1,2}分|整)?|:[0-9]{2})|下班)"
)
_NOTES = (
    rf"(?:(?=[\ (星上下晚中凌0-9零〇一二三四五六七八九十]){WEEKDAY}(?:\ ?\(含(?:当[日天]|本[日数])?\))?(?:{HOUR})?"
    r"(?=\ ?(?:[之以]?[前后]|起|止)))?"
)
BOUND = rf"""(?:{_NOTES}\ ?(?P<bound>(?:之|以)前|前(?!{_NOT_BEFORE})|以来
    |(?:之|以)后|后(?![续期者来方勤半备天年果]|继(?!续)|[0-9一二两三四五六七八九十]{{1,2}}(?:年|个?[季月]))
    |起(?![动草来步源诉伏点初到])|(?:年)?内(?![容部外地政战涵阁需陆河蒙涝网])|期间|间(?![接隔谍断歇])|左右|前后
    |[至到]今(?![年天日后晚])|迄今|止(?![步损息痛境血跌于住])))?"""
# A range is closed by 止 already.
RANGE_BOUND = rf"(?:\ ?止|{BOUND})"

WEEK = r"\ ?(?P<week>(?:开始|起|始)的(?:一个?|1个?|当)?(?:周|星期)|当周|所在周|所在的(?:一|那一)?周)"
