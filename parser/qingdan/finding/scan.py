"""What one pass over a text for agencies knows so far: the names in it, whose text it is, the mentions found."""

from __future__ import annotations

from qingdan.finding.bodies import HeadWords
from qingdan.finding.found import Found
from qingdan.finding.lexicon import Hit, Name, home, lexicon
from qingdan.finding.places import OwnPlace
from qingdan.finding.standing import stands
from qingdan.finding.words import tag_of
from qingdan.model import AgencyKind


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

    def unknown(self, start: int, end: int, kind: AgencyKind, country: str | None) -> Found:
        """A body that no lexicon has, by its head word."""
        parties = (country,) if country else ()
        return Found(start, end, (self.text[start:end],), kind, parties, "head-word", "stated", country)
