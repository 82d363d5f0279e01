"""Agencies in their document: what only the sides of the meeting can tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from msgspec import structs

from qingdan.finding.lexicon import Lexicon, lexicon, shared_words
from qingdan.model import Agency, Status
from qingdan.reading.folding import fold_mention

_LEXICON = "lexicon:"
_DEFAULT = "中国"  # whose a bare name is where nothing else tells
_NUMBERS = {"三": 3, "四": 4, "五": 5}


def settle_agencies(agencies: Iterable[Agency], parties: Sequence[str], year: int | None = None) -> tuple[Agency, ...]:
    """The agencies with the countries that the document's parties give them, in the document's year if known.

    「两国国防部」 is one body of each party. A bare name that several countries have (商务部) was taken as China's; where China
    is no side, it is that of the one party that has such a body, and ambiguous when several have.
    """
    words = lexicon()
    agencies = tuple(agencies)
    named = {party for agency in agencies for party in agency.parties if agency.text.startswith(party)}
    return tuple(_settled(agency, parties, named, year, words) for agency in agencies)


def needs_parties(agency: Agency) -> bool:
    """Whether the sides of the document or its year may tell more about an agency."""
    if agency.rule.startswith(_LEXICON):
        return agency.status in ("ambiguous", "inferred") or agency.rule.removeprefix(_LEXICON) in lexicon().successions
    return agency.rule in ("shared-body", "lexicon") or (agency.rule == "head-word" and len(agency.parties) > 1)


def _by_side(agency: Agency, country: str, parties: Sequence[str], words: Lexicon) -> str:
    """「中新…委员会」: the country of that one character that is a side, Singapore or New Zealand."""
    if country in fold_mention(agency.text) or country not in words.countries:
        return country
    short = words.countries[country].short
    return next((party for party in parties if party in words.shorts.get(short, ())), country)


def _settled(agency: Agency, parties: Sequence[str], named: Set[str], year: int | None, words: Lexicon) -> Agency:
    """``named``: the countries that bodies around it are named with (「中国商务部、国防部」 are both China's)."""
    if not needs_parties(agency):
        return agency
    if agency.rule == "shared-body":
        return _shared(agency, parties, year, words)
    if len(agency.parties) > 1:
        return structs.replace(agency, parties=tuple(_by_side(agency, country, parties, words) for country in agency.parties))
    if parties and (
        agency.status == "ambiguous" or (agency.status == "inferred" and agency.parties == (_DEFAULT,) and _DEFAULT not in named)
    ):
        agency = _of_side(agency, parties, words)
    if year is None or not agency.rule.startswith(_LEXICON):
        return agency
    body = words.by_id(agency.rule.removeprefix(_LEXICON))
    then = words.in_year(fold_mention(agency.text), body, year)
    if then is body or agency.canonical != (body.name,):
        return agency
    status: Status = "inferred" if agency.status == "stated" else agency.status
    return structs.replace(agency, canonical=(then.name,), kind=then.kind, rule=f"{_LEXICON}{then.id}", status=status)


def _shared(agency: Agency, parties: Sequence[str], year: int | None, words: Lexicon) -> Agency:
    """「两国外交部」: that of each side; of the countries that the text names before it, where it does (「中俄两国外交部」)."""
    sides = [_by_side(agency, country, parties, words) for country in agency.parties] or parties
    text = fold_mention(agency.text)
    number = next((size for numeral, size in _NUMBERS.items() if f"{numeral}国" in text), 2)
    if len(sides) < 2 or (number > 2 and len(sides) != number):
        return agency
    bare = agency.canonical[0]
    bodies = [words.body(party, bare, year) for party in sides]
    if bare in shared_words():
        bodies = [body or words.resembling(party, bare, year) for party, body in zip(sides, bodies, strict=True)]
    names = tuple(body.name if body else party + bare for party, body in zip(sides, bodies, strict=True))
    # 「两国外交部」 of China and the United States: there is no 美国外交部, but nothing better to write
    return structs.replace(agency, canonical=names, parties=tuple(sides), status="inferred" if all(bodies) else "ambiguous")


def _of_side(agency: Agency, parties: Sequence[str], words: Lexicon) -> Agency:
    """A bare name that several countries have: that of the one side that has such a body."""
    if agency.status == "inferred" and _DEFAULT in parties:
        return agency
    name = words.get(fold_mention(agency.text))
    if name is None or not name.bare:
        return agency
    owners = [body for party in parties for body in name.bodies if body.party == party]
    if len({body.party for body in owners}) != 1:
        return structs.replace(agency, status="ambiguous") if owners else agency
    return structs.replace(
        agency, canonical=(owners[0].name,), parties=(owners[0].party,), kind=owners[0].kind,
        rule=f"lexicon:{owners[0].id}", status="inferred",
    )  # fmt: skip
