"""Bodies of documents that no row of the lexicon names, each with the row that would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from qingdan.finding.lexicon import Lexicon, lexicon
from qingdan.finding.missions import MISSION
from qingdan.model import Document
from qingdan.reading.folding import fold
from qingdan.vocabulary.bodies import COLUMNS
from qingdan.vocabulary.slugs import slug
from qingdan.vocabulary.unknown import Candidate, Tally, parts

# What names a body by its words alone. Missions (中国驻日本大使馆) are named by a rule for good, 两国国防部 by two rows, and a name
# of the lexicon without an owner (中央银行) lacks a country, not a row.
RULES = frozenset({"head-word", "chain", "country-body", "local-body", "defined-abbreviation"})


@dataclass
class _Seen:
    kinds: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    abbreviations: Counter[str] = field(default_factory=Counter)


def unknown_bodies(documents: Iterable[Document]) -> list[Candidate]:
    """The bodies found by a rule, which the lexicon in use has no row for, by how often they stand in the documents.

    A row's kind is that of the head word, its party the one country that the body was found to belong to, its parent
    the known body that its name begins with, and its aliases the Latin abbreviations that documents define for it.
    """
    words = lexicon()
    tally = Tally()
    seen: dict[str, _Seen] = {}
    for document in documents:
        for part in parts(document):
            for agency in part.agencies:
                name = fold(agency.canonical[0]).text
                if agency.rule not in RULES or len(agency.canonical) > 1 or _known(name, words) or MISSION.search(name):
                    continue
                tally.add(name, document, agency.start, agency.end, agency.rule)
                body = seen.setdefault(name, _Seen())
                body.kinds[agency.kind] += 1
                body.parties[agency.parties[0] if len(agency.parties) == 1 else ""] += 1
                if agency.rule == "defined-abbreviation" and agency.text.isascii():
                    body.abbreviations[agency.text] += 1
    rows: dict[str, dict[str, str]] = {}
    taken: set[str] = set()
    owned: set[str] = set()
    for name in tally.names():
        row = _row(name, seen[name], words)
        # What two of them are called by, or a known body, is nobody's alias.
        aliases = [text for text in seen[name].abbreviations if text not in owned and words.get(text) is None]
        owned.update(aliases)
        row["aliases"] = "|".join(aliases)
        row["id"] = _free(row["id"], taken, words)
        taken.add(row["id"])
        rows[name] = row
    return tally.candidates(rows)


def _known(name: str, words: Lexicon) -> bool:
    known = words.get(name)
    return known is not None and bool(known.bodies)


def _row(name: str, seen: _Seen, words: Lexicon) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    row["name"] = name
    row["kind"] = seen.kinds.most_common(1)[0][0]
    row["party"] = seen.parties.most_common(1)[0][0]
    first = next(iter(words.find(name)), None)
    if first is not None and first.start == 0 and first.name.bodies:
        owner = next((body for body in first.name.bodies if body.party == row["party"]), first.name.bodies[0])
        row["parent"] = owner.id
    country = words.countries.get(row["party"])
    bare = name.removeprefix(row["party"]) or name
    row["id"] = f"{country.id}-{slug(bare)}" if country else slug(name)
    return row


def _free(id: str, taken: set[str], words: Lexicon) -> str:
    """The id, or with the first number behind it that no other row has."""
    number, own = 1, id
    while own in taken or words.has(own):
        number += 1
        own = f"{id}-{number}"
    return own
