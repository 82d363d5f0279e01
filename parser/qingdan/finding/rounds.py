"""The meeting that a title names: its series, its round, its track."""

from __future__ import annotations

from typing import NamedTuple

import regex

from qingdan.numerals import number

_SESSION = r"(?:对话|磋商|会议|会晤|会谈|论坛|峰会|博览会)(?:会议)?"
_BODY = r"(?:联委会|混委会|委员会|理事会)"
_NAMED = rf"(?:{_SESSION}|{_BODY})"
_NUMERAL = r"(?:[0-9]{1,3}|[一二三四五六七八九十百]{1,5})"
# 「第七轮」, 「首届」; 「中美战略与经济对话（第五轮）」
_ORDINAL = rf"\(?(?:第\ ?(?P<n>{_NUMERAL})\ ?|(?P<first>首))(?P<of>轮|次|届|回)\)?"
_PAPER = r"(?:成果|清单|声明|公报|说明|纪要|宣言|报告|行动(?:执行)?计划|纲要|文件|共识|倡议|备忘录)"
_TRACK = r"(?:框架下的?|期间的?)?[:“\"(·—-]?(?P<track>[^,。“”\":()]{2,16}?(?:对话|磋商|轨道))?"
# 「第七轮 | 中美战略与经济对话 | 框架下 | 战略对话 | 具体成果清单」; 「中俄总理 | 第二十次 | 定期会晤 | 联合公报」
_NUMBERED = regex.compile(
    rf"^(?P<before>[^,。;:]{{0,40}}?){_ORDINAL}(?P<series>[^,。;:]{{0,40}}?{_NAMED})(?:{_TRACK}(?=[^,。;]{{0,40}}{_PAPER})|$)"
)
# 「中美战略与经济对话 | 第五轮 | 成果清单」; 「…论坛第八届部长级会议宣言」 counts the meetings, not the forum
_NUMBERED_BEHIND = regex.compile(rf"^(?P<before>[^,。;:]{{2,40}}?{_NAMED}){_ORDINAL}{_TRACK}(?=(?:(?!{_NAMED})[^,。;]){{0,12}}{_PAPER}|$)")
# 「中非合作论坛 | 北京峰会 | 宣言」: what follows a forum is the meeting; what is about something else is none.
_UNNUMBERED = regex.compile(
    rf"^(?P<series>[^,。;:]{{0,60}}?(?:论坛[^,。;:关第]{{1,8}}(?:峰会|会晤|会议)|{_NAMED}))"
    rf"(?:{_TRACK}(?=(?:(?!关于|[印转]发|[发公]布)[^,。;]){{0,16}}{_PAPER})|$)"
)
# A 第二十届 before 委员会 or 大会 counts terms of the body, 第三次 its sessions.
_TERM = regex.compile(rf"届[^,。;:]{{2,30}}(?:委员会|大会){_ORDINAL}[^,。;:]{{0,8}}会议")
# 「国家某某委员会行动计划」: a body that acts alone is no meeting of several.
_JOINT = regex.compile(r"联合|混合|合作|协调|双边|政府间|总理|成员国|元首|首脑|部长|[—-]")
_BODY_LAST = regex.compile(rf"{_BODY}$")
_NAMED_LAST = regex.compile(rf"(?:{_BODY}|对话|磋商|论坛|会晤)$")
_ABOUT = regex.compile(r"^.{0,30}关于")
_SOURCE = regex.compile(rf"^(?![^:]{{0,24}}(?:{_NAMED}|第{_NUMERAL}[轮次届回]))[^:,。]{{1,24}}:")  # 「外交部:第七轮…」
_YEAR = regex.compile(r"^\ ?(?:19|20)[0-9]{2}\ ?年度?的?")
_NEWS = regex.compile(r"出席|举行|召开|主持|致辞|在")
_FRAME = regex.compile(r"^[《〈](?P<title>[^《》〈〉]{4,100})[》〉](?:\([^()]{1,12}\))?$")
_ORDINALS = regex.compile(_ORDINAL)
_REACH = 400  # characters of a preamble in which the meeting is named
_NAMES_ONE = 4  # characters; a shorter name, such as 会议, says nothing


class Meeting(NamedTuple):
    """A meeting as a title names it: its series without the round (中美战略与经济对话), the round, and the track within it."""

    series: str | None
    round: int | None
    track: str | None


def meeting(title: str, preamble: str = "") -> Meeting:
    """The meeting that a folded title names; the round may stand in the folded preamble, beside the same name. Linear in their lengths."""
    framed = _FRAME.match(title)
    words = framed["title"] if framed else title
    words = _SOURCE.sub("", words)
    words = _YEAR.sub("", words.removeprefix("关于"))
    found = _numbered(words) or _unnumbered(words)
    if found.series and found.round is None and preamble:
        return found._replace(round=_round_beside(found.series, preamble[:_REACH]))
    return found


def _numbered(words: str) -> Meeting | None:
    behind = _NUMBERED_BEHIND.match(words)
    if behind and not _TERM.search(words) and _ORDINALS.search(behind["before"]) is None:
        return Meeting(_name(_ABOUT.sub("", behind["before"])), _value(behind), _track(behind))
    match = _NUMBERED.match(words)
    if match is None:
        return None
    before = _ABOUT.sub("", match["before"])
    if match.end() == len(words) and _NEWS.search(before):
        return None
    term = _TERM.search(words)
    if term and match["of"] == "届" and match.start("of") == term.start():
        session = words[term.end("of") :].partition("会议")[0] + "会议"
        return Meeting(_name(before + words[match.end("before") : term.start("of")].rpartition("第")[0] + session), _value(term), None)
    # 「联合委员会第三次会议」 and 「第三次联合委员会」 are of one series.
    rest = "" if match["series"] == "会议" and _NAMED_LAST.search(before) else match["series"]
    return Meeting(_name(before + rest), _value(match), _track(match))


def _unnumbered(words: str) -> Meeting:
    match = _UNNUMBERED.match(words)
    if match is None:
        return Meeting(None, None, None)
    series = _ABOUT.sub("", match["series"])
    if (_BODY_LAST.search(series) and not _JOINT.search(series)) or (match.end() == len(words) and _NEWS.search(series)):
        return Meeting(None, None, None)
    return Meeting(_name(series), None, _track(match))


def _round_beside(series: str, text: str) -> int | None:
    """「第七轮中美对话于…举行」, 「中俄总理第二十次定期会晤」: the number that stands before or inside the name."""
    if len(series) < _NAMES_ONE:
        return None
    for match in _ORDINALS.finditer(text):
        for cut in range(len(series) + 1):
            if text.startswith(series[cut:], match.end()) and text.endswith(series[:cut], 0, match.start()):
                return _value(match)
    return None


def _value(match: regex.Match[str]) -> int | None:
    value = 1 if match["first"] else number(match["n"] or "")
    return value if isinstance(value, int) else None


def _track(match: regex.Match[str]) -> str | None:
    return match["track"] or None


def _name(series: str) -> str | None:
    """A name without quotation marks around all of it; None where nothing is left."""
    name = series.strip()
    if name.startswith("“") and name.endswith("”") and "“" not in name[1:]:
        name = name[1:-1]
    return name or None
