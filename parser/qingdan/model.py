"""The nouns: what a parsed outcome list is made of, as frozen msgspec structs.

Offsets everywhere are in Unicode code points into ``Document.text``; ``text[start:end]`` is the quoted slice.
Dates are written in EDTF (ISO 8601-2:2019, levels 0 to 2), with ``earliest`` and ``latest`` as ISO 8601 days.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "qingdan/1"

Status = Literal["stated", "inferred", "ambiguous", "unresolved"]
Role = Literal["on", "deadline", "since", "period"]
AgencyKind = Literal["government", "international", "group", "centre", "ngo"]
QuantityKind = Literal["count", "money", "percent", "duration", "measure", "ordinal"]
Qualifier = Literal["about", "over", "at_least", "at_most", "indefinite"]
Severity = Literal["error", "warning", "info"]


class QingdanError(Exception):
    """Something could not be done; the message is one line meant for the user."""


CommitmentClass = Literal["accomplished", "committed", "continued", "intended", "reaffirmed", "welcomed", "urged", "viewed"]
Polarity = Literal["positive", "negative"]


class Span(msgspec.Struct, frozen=True, gc=False):
    """A quoted slice: ``text`` is ``document.text[start:end]``.

    Mentions hold no reference that could form a cycle, and there are thousands: the garbage collector leaves them out.
    """

    text: str
    start: int
    end: int


class Period(msgspec.Struct, frozen=True):
    """A stretch of the calendar: ``edtf``, and its first and last day in ISO 8601 (None where open or unknown)."""

    edtf: str
    earliest: str | None = None
    latest: str | None = None


class Date(Span, frozen=True, gc=False):
    """A place on the calendar.

    ``role`` is on, deadline, since or period. ``edtf`` is None when the value needs a reference date that the
    document does not have, or the calendar has no such day (``status`` unresolved). ``rule`` names the rule that made it.
    """

    edtf: str | None
    earliest: str | None
    latest: str | None
    role: Role
    rule: str
    status: Status


class Agency(Span, frozen=True, gc=False):
    """A named public body or organisation.

    ``canonical`` holds usual full simplified-Chinese names, with the country; several when one mention names
    several bodies (两国国防部). ``parties`` are the countries or organisations it belongs to. ``rule`` is the
    lexicon entry (``lexicon:cn-customs``) or the rule that found it.
    """

    canonical: tuple[str, ...]
    kind: AgencyKind
    parties: tuple[str, ...]
    rule: str
    status: Status


class Quantity(Span, frozen=True, gc=False):
    """A numeral with its unit.

    ``value`` is exact, or None with ``low`` and ``high`` set; 万 and 亿 are multiplied out. ``unit`` is as written,
    without the multiplier. ``code`` is, where there is one, ISO 4217 for money, UCUM for measures and percents, and for
    durations the duration in ISO 8601 (``P10Y``; ``P3Y/P5Y`` from low to high). Percents are in percent (3.5 is 3.5 %),
    fractions are shares of one with an empty ``unit`` (三分之一 is 0.333333333333), as is a number without a unit
    (``kind`` count). ``of`` is the noun counted, when the words after the unit show it. ``distribution`` is the word
    outside the span that says over what the quantity is spread (每年, 各, 人均), as written.
    """

    kind: QuantityKind
    value: int | Decimal | None
    low: int | Decimal | None
    high: int | Decimal | None
    unit: str
    code: str | None
    qualifier: Qualifier | None
    of: str | None
    rule: str
    status: Status
    distribution: str | None = None


class Event(Span, frozen=True, gc=False):
    """What is to be held, as written; ``place`` where, as written, None when the clause does not say."""

    place: str | None


class Commitment(Span, frozen=True, gc=False, rename={"class_": "class"}):
    """A clause that states an act: who does or says what, by when (``data/commitments.md`` defines every field).

    ``actors`` are countries and canonical bodies; ``act`` the act words as written, ``…`` for what stands between them.
    ``deadline`` is the date that binds the act, one of ``dates``; these, ``agencies`` and ``quantities`` are the item's mentions in
    the span. ``instrument`` are the outermost 《…》, ``conditions`` what it hangs on. ``rule`` says why it begins and has its class;
    ``status`` is stated when the act has its own subject, else inferred.
    """

    actors: tuple[str, ...]
    act: str
    class_: CommitmentClass
    polarity: Polarity
    deadline: Date | None
    dates: tuple[Date, ...]
    agencies: tuple[Agency, ...]
    quantities: tuple[Quantity, ...]
    instrument: tuple[Span, ...]
    event: Event | None
    conditions: tuple[Span, ...]
    rule: str
    status: Status


class Block(Span, frozen=True):
    """A stretch of running text (the title, the preamble) with the mentions found in it."""

    dates: tuple[Date, ...] = ()
    agencies: tuple[Agency, ...] = ()
    quantities: tuple[Quantity, ...] = ()


class Section(msgspec.Struct, frozen=True, gc=False):
    """A heading with provisions below it. ``start``/``end`` span the heading itself, label included."""

    id: str
    path: tuple[int, ...]
    label: str
    title: str | None
    start: int
    end: int
    dates: tuple[Date, ...] = ()
    agencies: tuple[Agency, ...] = ()
    quantities: tuple[Quantity, ...] = ()


class Item(msgspec.Struct, frozen=True, gc=False):
    """A provision. ``start``/``end`` span label, topic and own body; child items begin at or after ``end``.

    ``section`` and ``parent`` are ids; ``number`` is the last element of ``path``; ``topic`` is None without one.
    """

    id: str
    path: tuple[int, ...]
    number: int
    label: str
    topic: str | None
    section: str | None
    parent: str | None
    start: int
    end: int
    body_start: int
    body_end: int
    body: str
    dates: tuple[Date, ...] = ()
    agencies: tuple[Agency, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    commitments: tuple[Commitment, ...] = ()


class Chrome(Span, frozen=True, gc=False):
    """Text of the page that belongs to no part of the list; ``kind`` says what it was taken for."""

    kind: str


class Issue(msgspec.Struct, frozen=True, gc=False):
    """Something a reader should look at. ``code`` is stable; offsets are None when it concerns the whole."""

    code: str
    message: str
    start: int | None
    end: int | None
    severity: Severity


class SourcePage(msgspec.Struct, frozen=True):
    """One page of an article over several: its file and SHA-256, and the part of ``Document.text`` that it gave."""

    path: str | None
    sha256: str
    start: int
    end: int


class Source(msgspec.Struct, frozen=True):
    """Where the text came from: ``path`` as given, without folders of the machine; SHA-256 of the bytes.

    ``qingdan convert`` takes archives apart: there the path leads on inside the archive, and the SHA-256 is that of the entry.
    ``titles``, ``published``, ``url`` and ``site`` are what the medium itself says (a ``<title>``, a ``meta`` element).
    ``pages`` is empty unless several pages were joined: then ``path`` is that of the first, and ``sha256`` that of the
    bytes of their files, one behind the other in the order of ``pages``.
    """

    path: str | None
    sha256: str
    media_type: str
    encoding: str | None
    titles: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    site: str | None = None
    pages: tuple[SourcePage, ...] = ()


class OwnRows(msgspec.Struct, frozen=True):
    """A file of the user's own rows that counted beside the package's: its name without folders, and SHA-256 of its bytes."""

    kind: Literal["lexicon", "units"]
    path: str
    sha256: str


class FormatEvidence(msgspec.Struct, frozen=True, gc=False):
    """What speaks for a list format in a document.

    ``shows`` is how its labels look; ``provisions`` how many of them open a provision, ``refused`` how many stand where
    one could begin and open none (a number that continues nothing), ``breaks`` how many do not follow the one before.
    """

    format: str
    shows: str
    provisions: int
    refused: int
    breaks: int


class Metadata(msgspec.Struct, frozen=True):
    """The document as a whole.

    ``reference_date`` (ISO 8601) is what relative dates are counted from. ``evidence`` has a row for each list format
    with a label in the document, those that open the most provisions first. ``number`` is the document's own
    (国发〔2018〕38号), ``addressee`` whom it is sent to, ``signatories`` and ``signed`` its signature, all as written.
    ``own_rows`` are the files of the user's own lexicon and units that it was parsed with.
    """

    id: str
    title: str | None
    series: str | None
    round: int | None
    track: str | None
    year: int | None
    parties: tuple[str, ...]
    place: str | None
    held: Period | None
    published: Period | None
    reference_date: str | None
    format: str | None
    source: Source
    evidence: tuple[FormatEvidence, ...] = ()
    number: str | None = None
    addressee: str | None = None
    signatories: tuple[str, ...] = ()
    signed: Period | None = None
    own_rows: tuple[OwnRows, ...] = ()

    @property
    def runner_up(self) -> str | None:
        """The list format with the most evidence among those that ``format`` does not name."""
        chosen = (self.format or "").removesuffix("+topic").split("/")
        return next((row.format for row in self.evidence if row.format not in chosen), None)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome list. ``qingdan parse --to json`` prints it, with Decimals as JSON numbers."""

    schema: str = SCHEMA
    document: Metadata
    text: str
    title: Block | None = None
    preamble: Block | None = None
    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    chrome: tuple[Chrome, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def id(self) -> str:
        return self.document.id

    def table(self, name: str) -> pd.DataFrame:
        """One of the flat tables as a pandas DataFrame, one row a record, keyed by document and item id.

        ``name`` is one of documents, sections, items, dates, agencies, quantities, commitments, issues. Columns and types are
        those of the codebook; lists are joined with ``|``. Raises QingdanError for another name.
        """
        from qingdan.writing.frames import frame

        return frame(name, (self,))


class Mentions(msgspec.Struct, frozen=True):
    """What ``qingdan.find`` returns: the mentions of one text, each kind in reading order."""

    dates: tuple[Date, ...] = ()
    agencies: tuple[Agency, ...] = ()
    quantities: tuple[Quantity, ...] = ()
