"""What a range says: both its ends, of which each may leave out what the other has."""

from __future__ import annotations

import regex

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch
from qingdan.finding.date_shapes import Shape, Surroundings, base_year, day_only, integer, needs_of, single, within_year


def range_(m: regex.Match[str]) -> Shape:
    """Both ends of a range; what the far end leaves out it takes from the near one, and the near one's unit from it."""
    g = m.groupdict()
    needs = needs_of(g)
    own = bool(g.get("y_b") or g.get("ry_b"))  # the far end has a year of its own
    if own and needs == "year":  # 「10月至2016年3月」, 「10月至明年3月」
        needs = needs_of(g, "_b")
    elif own and needs_of(g, "_b") == "reference" and needs == "":
        needs = "reference"
    led = needs != "year" and not (g.get("y") or g.get("ry"))  # the near end takes its year from the far one

    def value(around: Surroundings) -> Stretch | None:
        base = base_year(g, around, "_b") if led else base_year(g, around)
        far, near = dict(g), dict(g)
        if g.get("d_b") and not g.get("m_b"):
            far["m_b"] = g.get("m") or (str(around.month) if around.month else None)
            if far["m_b"] is None:
                return None
        if g.get("d") and not g.get("m"):
            near["m"] = far["m_b"]
        far_base = base_year(g, around, "_b", base) if own else base
        first, last = within_year(near, "", base), within_year(far, "_b", far_base)
        if base is not None and first and last and first.first and last.last and last.last < first.first:
            if led:
                first = within_year(near, "", base - 1)
            elif not own and not (far.get("d_b") and not g.get("m_b")):  # 「24日至22日」 is a slip
                last = within_year(far, "_b", base + 1)  # 「12月31日至1月2日」
        return calendar.between(first, last)

    return Shape("month" if g.get("d_b") and not (g.get("m") or g.get("m_b")) else needs, value, "period")


def short_year_range(m: regex.Match[str]) -> Shape:
    """「2015-16年度」: the last two digits of a year up to twenty years on."""
    first = integer(m["y"]) or 0
    last = first // 100 * 100 + int(m["yy"])
    later = first < last <= first + 20
    return Shape("", lambda _: calendar.between(calendar.point(first), calendar.point(last)) if later else None, "period", weak=True)


def bare_year_range(m: regex.Match[str]) -> Shape:
    ends = calendar.point(int(m["y"])), calendar.point(int(m["y_b"]))
    return Shape("", lambda _: calendar.between(*ends) if m["y"] != m["y_b"] else None, "period", weak=True)


def listed_day(m: regex.Match[str]) -> Shape:
    """「6月22、23和24日」: the first has the month, those behind it continue it."""
    return single(m) if m["m"] else day_only(m)


def range_or_since(m: regex.Match[str]) -> Shape:
    return range_(m) if m["y_b"] else single(m)


def range_from_today(m: regex.Match[str]) -> Shape:
    """「即日起至2015年底」."""
    g = m.groupdict()

    def value(around: Surroundings) -> Stretch | None:
        today = around.reference
        if today is None:
            return None
        return calendar.between(calendar.day_point(today), within_year(g, "_b", base_year(g, around, "_b", today.year)))

    return Shape("reference", value, "period")
