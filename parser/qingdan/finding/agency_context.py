"""Agencies in their document: what only the sides of the meeting can tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs

from qingdan.finding.lexicon import Lexicon, lexicon
from qingdan.model import Agency
from qingdan.reading.folding import fold_mention


def settle_agencies(agencies: Iterable[Agency], parties: Sequence[str], year: int | None = None) -> tuple[Agency, ...]:
    """The agencies with the countries that the document's parties give them, in the document's year if known.

    「两国国防部」 is one body of each party. A bare name that several countries have (商务部) was taken as China's, and
    ambiguous; it is that of the one party that has such a body, and stays ambiguous when several have.
    """
    words = lexicon()
    return tuple(_settled(agency, parties, year, words) for agency in agencies)


def needs_parties(agency: Agency) -> bool:
    if agency.rule == "head-word" and len(agency.parties) > 1:
        return True
    return agency.rule == "shared-body" or (agency.status == "ambiguous" and agency.rule.startswith("lexicon"))


def _by_side(country: str, parties: Sequence[str], words: Lexicon) -> str:
    """「中新…委员会」: the country of that one character that is a side, Singapore or New Zealand."""
    short = words.countries[country].short if country in words.countries else ""
    return next((party for party in parties if party in words.shorts.get(short, ())), country)


def _settled(agency: Agency, parties: Sequence[str], year: int | None, words: Lexicon) -> Agency:
    if not needs_parties(agency) or not parties:
        return agency
    if len(agency.parties) > 1:
        return structs.replace(agency, parties=tuple(_by_side(country, parties, words) for country in agency.parties))
    bare = agency.canonical[0]
    if agency.rule == "shared-body":
        if len(parties) < 2:
            return agency
        bodies = [words.body(party, bare, year) for party in parties]
        names = tuple(body.name if body else party + bare for party, body in zip(parties, bodies, strict=True))
        # 「两国外交部」 of China and the United States: there is no 美国外交部, but nothing better to write
        return structs.replace(agency, canonical=names, parties=tuple(parties), status="inferred" if all(bodies) else "ambiguous")
    name = words.get(fold_mention(agency.text))
    if name is None or not name.bare:
        return agency
    owners = [body for party in parties for body in name.bodies if body.party == party]
    if len(owners) != 1:
        return agency
    return structs.replace(
        agency, canonical=(owners[0].name,), parties=(owners[0].party,), kind=owners[0].kind,
        rule=f"lexicon:{owners[0].id}", status="inferred",
    )  # fmt: skip
