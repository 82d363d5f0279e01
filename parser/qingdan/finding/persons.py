"""Who leads a country, by name: 「奥巴马总统」 is the United States where the text says 「美国总统奥巴马」."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

OFFICES = ("总统", "主席", "总理", "首相", "国王", "总书记", "国务卿")
# What may stand between a country and an office of it: 「俄罗斯联邦|政府|总理」.
_BETWEEN = ("", "国家", "联邦", "共和国", "政府", "联邦政府", "国", "国务院", "联邦共和国", "王国")
_CHINESE = ("国家", "国务院")  # alone before an office they are China's
_NAME = re.compile("[\u4e00-\u9fff·]{2,14}")
_LONGEST = 8  # characters of a name before an office


def persons(text: str, offices: Sequence[tuple[int, int]], countries: Mapping[int, str]) -> list[tuple[int, int, str]]:
    """Where persons stand whose country the text has told, each with its office and country: start, end, country.

    offices: where words of OFFICES stand in folded text. countries: the countries of the parties that the text names, by
        where their names end.
    """
    names: dict[str, str] = {}  # the country by each beginning of a name of two characters or more
    families: dict[tuple[str, str], str] = {}  # and by the first character and the office: 「习主席」
    others: list[tuple[int, int]] = []
    for start, end in offices:
        first = start - (text[start - 1 : start] == "副")
        country = _country(text, first, countries)
        if country is None:
            others.append((first, end))
        elif (name := _NAME.match(text, end)) is not None:
            for part in {name[0], name[0].rpartition("·")[2]} - {""}:
                family = part[0], text[start:end]
                families[family] = max(country, families.get(family, ""))
                for length in range(2, min(len(part), _LONGEST) + 1):
                    names[part[:length]] = max(country, names.get(part[:length], ""))
    found = []
    for start, end in others:
        before = text[max(0, start - _LONGEST) : start]
        length = next((length for length in range(len(before), 1, -1) if before[-length:] in names), 1)
        known = names.get(before[-length:]) if length > 1 else families.get((before[-1:], text[start:end]))
        if known is not None:
            found.append((start - length, end, known))
    return found


def _country(text: str, start: int, countries: Mapping[int, str]) -> str | None:
    """The country of an office that begins at an offset, None where none stands before it."""
    for between in _BETWEEN:
        if start - len(between) in countries and text.startswith(between, start - len(between)):
            return countries[start - len(between)]
    return "中国" if text[max(0, start - 3) : start].endswith(_CHINESE) else None
