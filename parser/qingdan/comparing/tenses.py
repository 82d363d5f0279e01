"""Whether a clause speaks of what is still to come or reports what has been: the words that say so."""

from __future__ import annotations

from functools import lru_cache

import regex

# 了 reports, but not in 了解 and 为了; a verb and 的 behind a date do (「4月举行的磋商」).
_DONE = (
    r"(?<!为)了(?!解)|已(?!知)|曾|成功|顺利|刚刚|期间|"
    r"(?:举行|举办|召开|主办|承办|签署|签订|缔结|通过|发表|发布|达成|建立|成立|启动|完成|实施|开通|提交|批准|生效|作出|宣布|开展|进行|通报|颁布|印发|出台)"
    r"(?:的|以来|后(?!续))"
)
# What is welcomed, praised or regretted has been, unless it is said to come.
_STANCE = r"欢迎|赞赏|祝贺|积极评价|高度评价|满意地?|感谢|注意到|赞扬|肯定|回顾|对.{1,40}?表示(?:赞赏|满意|祝贺|感谢|欢迎)"
_AHEAD = (
    r"将(?![军领士才])|拟(?!议|定)|即将|计划(?!署)|决定|同意|商定|约定|力争|争取|承诺|寻求|致力|保证|确保|准备|筹备|打算|有意|期待|希望|"
    r"期望|探讨|考虑|呼吁|支持|不迟于|不晚于|最迟|应(?:当|该)|要求|拟于|继续|推动|努力"
)
PUT_OFF = r"推迟|延期|延后|延至|顺延|推后|改期|改在|改于|改为"
"""What is said of a date that another takes the place of, for a pattern."""
# A day at which nothing was done: 「未能于6月前提供」, 「取消原定于5月举办的论坛」, 「原定于3月开通的直航推迟至…」; not that behind 推迟至.
_MISSED = regex.compile(rf"(?:未能|没能|尚未|未曾|没有|原定|原计划|原拟)(?![^,，。;；]*(?:{PUT_OFF}))")
_GIVEN_UP = regex.compile(PUT_OFF)
_COMING = regex.compile(_AHEAD)
_REPORTING = regex.compile(_DONE)
_JUDGING = regex.compile(_STANCE)


@lru_cache(maxsize=4096)
def reports(before: str, behind: str) -> bool:
    """Whether a clause, given as what stands before and behind its date, says that something has been done."""
    if _REPORTING.search(before[-12:]) or _REPORTING.search(behind):
        return True
    return _JUDGING.search(before + behind) is not None and not looks_ahead(before, "")


@lru_cache(maxsize=4096)
def looks_ahead(before: str, behind: str) -> bool:
    """Whether a clause says that something is still to come."""
    return bool(_COMING.search(before + behind))


@lru_cache(maxsize=4096)
def missed(before: str, behind: str) -> bool:
    """Whether a clause says that what was to be done at its date was not, was given up or put off."""
    return _MISSED.search(before) is not None or (_GIVEN_UP.search(behind) is not None and _GIVEN_UP.search(before) is None)
