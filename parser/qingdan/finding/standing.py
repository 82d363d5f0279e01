"""Whether a name of the lexicon stands in its place, or is part of other words (「教育部门」 「东盟国防部长会议」)."""

from __future__ import annotations

from functools import lru_cache

from qingdan.finding.lexicon import SHORT, Hit
from qingdan.finding.words import aligned, straddled

TITLE = frozenset("部局署院司厅处会行")  # 「外交部长」 is the body and its head
_NOT_BODIES = frozenset("门分署队际")  # 「外交部门」 「建设部分」 「部际」: a sector, a part; jieba cuts them either way
# 「东盟国防部长会议」 is a conference of ministers, 「外交部长和…部长」 speaks of any.
_MINISTERIAL = ("长会", "长级", "长对话", "长论坛", "长联席", "长圆桌", "长理事", "长和", "长、", "长与", "长及", "长出席", "长们")


def stands(text: str, hit: Hit, after_country: bool) -> bool:
    """Whether a hit is the name itself and not part of other words (「教育部门」 「全国会议」 「联合国际」)."""
    start, end, name = hit
    left = "" if after_country else text[max(start - 3, 0) : start]
    sure = _surely(name.text, bool(name.bodies), left, text[end : end + 4])
    return aligned(text, start, end) if sure is None else sure


@lru_cache(maxsize=16384)
def _surely(name: str, body: bool, left: str, right: str) -> bool | None:
    """Whether a name stands between these characters; None when only the words around it can tell."""
    if name[0].isascii() and left and left[-1].isascii() and left[-1].isalnum():
        return False
    if name[-1].isascii():
        return not (right and right[0].isascii() and right[0].isalnum())
    if name[-1] == "部" and (right[:1] in _NOT_BODIES or right.startswith(_MINISTERIAL)):
        return False
    # Only a short name arises by chance; 「国家发展改革委会同」 would be cut as 委会 | 同.
    if not body or len(name) > SHORT or not straddled(left, name, right):
        return True
    return True if right[:1] == "长" and name[-1] in TITLE else None
