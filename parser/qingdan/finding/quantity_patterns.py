"""The pieces that quantity patterns are written with. Patterns see folded text: half-width, simplified.

They are verbose: a blank that counts is written ``\\ ``. One blank may stand between a numeral and its unit.
"""

from __future__ import annotations

from qingdan.numerals import ARABIC

DIGIT = "一二三四五六七八九两"
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
# A letter or a point before it makes a numeral part of a name. 「3500亿元/350亿英镑」 has two amounts, 「1/2」 none, nor
# 「7×24小时」; 「二0一0年」 is one numeral.
LEFT = r"(?<![0-9A-Za-z.\-]|[0-9A-Za-z][/+×*]|[0-9],|[0-9〇零一二三四五六七八九][〇零一二三四五六七八九])"
# 「100万千瓦」 is a million kilowatts: 千 goes with the unit. 「3兆元」 is money, 「3兆瓦」 mega.
_TRILLION = "兆(?=新?[台美欧日港韩]?[元圆币]|英镑|人民币)"
MULTIPLE = rf"(?:万亿|[百千]?[万亿]|百(?![帕分])|千(?![瓦米克伏赫卡帕焦比字乏])|{_TRILLION})"
WORDS = rf"[零〇{DIGIT}十百]{{1,6}}"
# 「387」 「1,234.5」 「3.5亿」 「1万2千」 「2千5百万」; 「三百八十七」 「一点五亿」
_KILO = "千(?![瓦米克伏赫卡帕焦比字乏])"
_HAN = rf"(?:[零〇{DIGIT}十百万亿]|{_KILO})"
# Atomic: nothing can follow a part of a numeral.
NUM_B = rf"""(?>(?>{ARABIC})(?:\ ?{MULTIPLE}(?:[0-9]{{1,4}}(?:[百千]?万|百|{_KILO})?)?)?
    |[零〇](?=[票例起宗])|[{DIGIT}十廿卅]{_HAN}{{0,18}}(?:{_TRILLION}{_HAN}{{0,12}})?(?:点[零〇{DIGIT}]{{1,6}}[万亿]{{0,2}})?)"""
NUM = rf"(?:(?=[^0-9])|{LEFT}){NUM_B}"
# A numeral before hours and half years, which are never many.
SHORT_B = rf"(?:[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?|[{DIGIT}十百]{{1,5}})"
SHORT = rf"(?:(?=[^0-9])|{LEFT}){SHORT_B}"
# Not a numeral: a sign of money.
MONEY = r"(?<![A-Za-z])(?=[^0-9零〇一二三四五六七八九十百千万亿两廿卅半首第几数负\-−])"
# The scan puts the units here (``unit_pattern``); a reading, which has the span alone, takes what stands there and looks it up.
UNIT = r"\ ?(?P<unit>[^\s0-9余多几来]\S{0,15}?)"
MORE = r"(?P<more>[余多几](?P<scale>[百千万亿]{0,2})|来(?=[个名人家位项年天]))?"
# 「10年多次签证」: 多 belongs to 多次; 「一年多」 ends there.
AFTER = r"(?P<post>(?:\(不?含\))?及?以[上下内]|之内|内(?![容部外地政战涵阁需陆])|左右|余(?![名个家项次额地])|多(?=[,。、;的来以前后时]|$))?"
# 「下一轮」 「这一次」 「某一项」 「新一届」 「每一项」 point at one of a row, they do not count it; 「每两年」 「以下6类」 count.
_POINTING = "下上这那某同任另每新统唯单之万专逐"
# Most numerals stand behind another character than any of these, which is soon seen.
POINTED = (
    rf"(?:(?<![{_POINTING}第个件录表则图、,和与及至到\- ])|(?<!第[0-9一二三四五六七八九十]{{1,3}}[、,和与及至到-]|第|百分之"
    rf"|[{_POINTING}](?=一)|两个(?=一百年)|附[件录表则]|(?<![代发])表\ ?|图\ ?))"
)
# 「增长-3.5%」: a sign, where a word stands before it. 「2015年-2020年」 「3%-5%」 have a dash.
SIGN = r"(?P<sign>零下|负(?!责)|(?:(?<=[\u4e00-\u9fff(:](?<![年月日号元个至到第期条级版章节万亿]))|^)[-−])"
