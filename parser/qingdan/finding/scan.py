"""What one pass over a text for agencies knows so far: the names in it, whose text it is, the mentions found."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from qingdan.finding.bodies import HeadWords
from qingdan.finding.found import Found
from qingdan.finding.lexicon import Hit, Name, home, lexicon
from qingdan.finding.places import OwnPlace
from qingdan.finding.standing import stands
from qingdan.finding.words import tag_of
from qingdan.model import AgencyKind

_COMPANY = ("股份", "有限公司", "有限责任")  # 「国家开发银行股份有限公司」

_CLEARLY = 3  # times as often as a third country


class Scan:
    """A folded text under way from left to right.

    ``hits`` are the lexicon's names that stand in it, ``home`` is the country whose bodies need no country before them,
    ``found`` the mentions so far, ``near`` the country last spoken of.
    """

    def __init__(self, text: str, traditional: bool) -> None:
        self.text = text
        self.words = lexicon()
        self.heads = HeadWords(text)
        self.own_place = OwnPlace(text)
        # A hit of nothing at the end is where the last name ends at the latest.
        self.hits: list[Hit] = []
        for hit in self.words.find(text):
            if hit.name.bodies and text.startswith(_COMPANY, hit.end):
                continue
            if hit.name.plain:
                self.hits.append(hit)
                continue
            # Behind a country no word goes on over the edge: 「英国|外交部」, whatever 国外 may be.
            after_country = bool(self.hits) and self.hits[-1].end == hit.start and self.hits[-1].name.country is not None
            after_country = after_country or tag_of(text[hit.start - 1 : hit.end]) == "nt"  # 「俄外交部」 is a word
            if stands(text, hit, after_country):
                self.hits.append(hit)
        self.countries: set[str] = set()
        self.by_first: dict[str, set[str]] = {}  # the countries named, by the first character of what they are called
        for hit in self.hits:
            if hit.name.country:
                self.countries.add(hit.name.country)
                self.by_first.setdefault(hit.name.text[0], set()).add(hit.name.country)
            elif not hit.name.bare:  # 「美国国土安全部」
                self.countries.update(body.party for body in hit.name.bodies if body.party in self.words.countries)
        self.home = home(self.hits, traditional)
        self.hits.append(Hit(len(text), len(text), Name("", (), None, False)))
        self.found: list[Found] = []
        self.near: str | None = None

    def sides(self) -> tuple[str, ...]:
        """The two countries that the text is about, where it names no third nearly as often: 「两国海关」."""
        if len(self.countries) < 2:
            return ()
        times: Counter[str] = Counter()
        for hit in self.hits:
            if hit.name.country:
                times[hit.name.country] += 1
            elif hit.name.bodies and not hit.name.bare and hit.name.bodies[0].party in self.words.countries:
                times[hit.name.bodies[0].party] += 1
        first, second, *more = times.most_common(3)
        if more and second[1] < _CLEARLY * more[0][1]:
            return ()
        return tuple(sorted((first[0], second[0]), key=lambda country: country != "中国"))

    def country_before(self, end: int) -> str | None:
        """The country whose name ends right at an offset."""
        at = bisect_left(self.hits, (end,)) - 1
        before = self.hits[at] if at >= 0 else None
        return before.name.country if before is not None and before.end == end else None

    def unknown(self, start: int, end: int, kind: AgencyKind, country: str | None) -> Found:
        """A body that no lexicon has, by its head word."""
        parties = (country,) if country else ()
        name = self.text[start:end]
        if country:
            name = self.words.short_named(country, name)
        return Found(start, end, (name,), kind, parties, "head-word", "stated", country)
