"""What a year counted by an era says: of the Republic of China, before and since the common era, of a reign."""

from __future__ import annotations

import regex

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch
from qingdan.finding.date_shapes import Shape, integer, within_year

# The first year of each: those of Japan, by which its documents count, and the longer ones of the last dynasties.
REIGNS = {
    "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019,
    "洪武": 1368, "永乐": 1403, "万历": 1573, "崇祯": 1628, "康熙": 1662, "雍正": 1723, "乾隆": 1736, "嘉庆": 1796, "道光": 1821,
    "咸丰": 1851, "同治": 1862, "光绪": 1875, "宣统": 1909,
}  # fmt: skip
_REPUBLIC = 1911  # the year before its first


def republic_range(m: regex.Match[str]) -> Shape:
    """「106年1月至6月」, 「105至108年」: what the far end leaves out it takes from the near one."""
    g = m.groupdict()
    first = _REPUBLIC + (integer(g["r"]) or 0)
    last = _REPUBLIC + (integer(g["r_b"]) or 0) if g["r_b"] else first
    far = {**g, "m_b": g["m_b"] or (g["m"] if g["d_b"] else None)}
    return Shape("", lambda _: calendar.between(within_year(g, "", first), within_year(far, "_b", last)), "period", "inferred", weak=True)


def common_era(m: regex.Match[str]) -> Shape:
    """「公元前221年」, 「公元618年」, 「公元前5世纪」; later years are dates without the words."""
    g = m.groupdict()

    def year(s: str) -> Stretch | None:
        numeral = integer(g["y" + s])
        if not numeral:
            return None
        return calendar.before_common_era(numeral) if g["bc" + s] else calendar.point(numeral)

    if g["cbc"]:
        return Shape("", lambda _: calendar.century_before(integer(g["cbc"]) or 1, g["ce"] or ""), "period")
    if g["y_b"]:
        return Shape("", lambda _: calendar.between(year(""), year("_b")), "period")
    return Shape("", lambda _: year(""), weak=True)


def reign(m: regex.Match[str]) -> Shape:
    """「昭和20年」; of months that are the moon's the reader knows best, so the year alone is taken of a Chinese reign."""
    g = m.groupdict()
    year = REIGNS[g["era"] or ""] + (integer(g["r"]) or 1) - 1
    solar = g["era"] in ("明治", "大正", "昭和", "平成", "令和")
    return Shape("", lambda _: within_year(g if solar else {}, "", year), status="stated" if solar else "inferred", weak=True)
