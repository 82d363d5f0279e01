"""Units: what a unit as written is (桶/日 too, of two rows of ``data/units.csv``), and a duration in ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from qingdan.data import read_rows
from qingdan.model import OwnRows

Number = int | Decimal


class Unit(NamedTuple):
    """``code`` is ISO 4217 for money, the ISO 8601 duration of one, else UCUM; ``per`` the UCUM code behind a stroke.

    ``per`` is None for a unit that never stands there, '' for one that does and has no code.
    """

    kind: str
    code: str | None
    per: str | None


class Units(dict[str, Unit]):
    """The units that may follow a numeral; the kind ``none`` is for words that only begin like one.

    ``per`` are those that may stand behind a stroke or 每: 元/吨, 米每秒. ``own`` are the user's files among the rows.
    Two of these are never equal, so that they can be the key of what is compiled or read with them.
    """

    def __init__(self, rows: Sequence[Mapping[str, str]], own: tuple[OwnRows, ...] = ()) -> None:
        super().__init__((row["unit"], _unit(row)) for row in rows if row["kind"] != "per")
        self.per = {row["unit"]: _unit(row) for row in rows if row["per"]}
        self.own = own

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


in_use: ContextVar[Units | None] = ContextVar("units", default=None)
SETS = 4  # of units that what is compiled is kept for: the package's, and those with rows of the user's


def units() -> Units:
    """The units that numerals are read with: those of ``data/units.csv``, or inside ``vocabulary.own.own`` the user's too.

    What is cached of them must have them in its key.
    """
    own = in_use.get()
    return packaged() if own is None else own


@cache
def packaged() -> Units:
    return Units(read_rows("units.csv"))


def _unit(row: Mapping[str, str]) -> Unit:
    return Unit(row["kind"], row["code"] or None, None if not row["per"] else row["per"].removeprefix("-"))


@cache
def signs() -> dict[str, str]:
    """ISO 4217 codes of what stands before an amount: US$, RMB, 人民币."""
    return {row["sign"]: row["code"] for row in read_rows("money_signs.csv")}


NO_UNIT = Unit("", None, None)


def unit_of(written: str) -> Unit:
    """The unit that a mention's ``unit`` names; ``NO_UNIT`` for none.

    >>> unit_of("桶/日"), unit_of("元/吨").code
    (Unit(kind='measure', code='[bbl_us]/d', per=None), 'CNY')
    """
    return _unit_of(written, units())


@lru_cache(maxsize=1024)
def _unit_of(written: str, known: Units) -> Unit:
    if written in known:
        return known[written]
    above, _, below = written.partition("/")
    if not below:
        above, _, below = written.partition("每")
    if above not in known or below not in known.per:
        return NO_UNIT
    unit, per = known[above], known.per[below].per
    if unit.kind == "money":
        return Unit("money", unit.code, None)
    return Unit(unit.kind, f"{unit.code}/{per}" if unit.code and per and unit.kind == "measure" else None, None)


Tree = dict[str, "Tree"]
_END, _NONE = "", "!"  # a unit ends here; a word that only begins like one
_BUCKET = 16
_COMMON = "个项次名年届轮元人条家号天日位所批期种国周步份台艘"  # two in three units begin with one of these


@lru_cache(maxsize=SETS)
def unit_pattern(known: Units) -> str:
    """A pattern of all units, the longest first, and of two with a stroke or 每 between them.

    It is a tree by characters: a plain list of 800 words takes four times as long.
    """
    words = {name: unit.kind for name, unit in known.items() if name not in ("%", "‰")}  # those have a rule of their own
    above = _tree([name for name, kind in words.items() if kind != "none"], [name for name, kind in words.items() if kind == "none"])
    below = _tree(list(known.per), [])
    # 「5Gbps」 has a unit, 「5Gb」 and 「3m5」 none.
    whole = r"(?![A-Za-z0-9](?<=[A-Za-z].))"
    # 「1亿元每年5000人」: 每年 belongs to what follows. 「1200亿周一到位」: 周一 is Monday.
    rate = rf"(?:/|每)(?>{_rendered(below, bucket=True)}){whole}(?![本])(?<!每.{{1,4}}(?=\ ?[0-9一二三四五六七八九十两约近超]))"
    return rf"(?>{_rendered(above, bucket=True)}){whole}(?:{rate})?(?<!周(?=[一二三四五六日末]))"


def common_units(known: Units) -> str:
    """A pattern of the common units of one character where no longer one can begin."""
    root = _tree(
        [name for name, unit in known.items() if unit.kind != "none"], [name for name, unit in known.items() if unit.kind == "none"]
    )
    rests = {c: "".join(regex.escape(rest) for rest in root[c] if rest not in (_END, _NONE)) for c in _COMMON if _END in root[c]}
    return "|".join(f"{c}(?![{rest}])" if rest else c for c, rest in rests.items())


def _tree(words: Sequence[str], none: Sequence[str]) -> Tree:
    root: Tree = {}
    for group, mark in ((words, _END), (none, _NONE)):
        for word in group:
            node = root
            for c in word:
                node = node.setdefault(c, {})
            node[mark] = {}
    return root


def _rendered(node: Tree, bucket: bool = False) -> str:
    letters = sorted((c for c in node if c not in (_END, _NONE) and _holds(node[c])), key=lambda c: (c not in _COMMON, c))
    branches = [regex.escape(c) + _rendered(node[c]) for c in letters]
    if bucket:  # one look at the first character spares most of the branches
        firsts = [letters[i : i + _BUCKET] for i in range(0, len(letters), _BUCKET)]
        return "|".join(
            f"(?=[{''.join(map(regex.escape, first))}])(?:{'|'.join(branches[i * _BUCKET : (i + 1) * _BUCKET])})"
            for i, first in enumerate(firsts)
        )
    if _END in node:
        rests = _none_rests(node)
        branches.append(f"(?!{'|'.join(rests)})" if rests else "")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _holds(node: Tree) -> bool:
    return _END in node or any(_holds(child) for c, child in node.items() if c != _NONE)


def _none_rests(node: Tree) -> list[str]:
    """How words that only begin like the unit at a node go on: 学 and 会 behind 大."""
    rests = []
    for c, child in node.items():
        if c not in (_END, _NONE):
            rests += [regex.escape(c)] if _NONE in child else [regex.escape(c) + rest for rest in _none_rests(child)]
    return rests


_OF_ONE = regex.compile(r"P(T?)([0-9.]+)([YMWDHS])")
# The designator below, and how many of it make one: 1.5 years are 1 year and 6 months.
_BELOW = {"Y": ("M", 12), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60)}


def iso_duration(parts: Sequence[tuple[Number, str]]) -> str:
    """Numbers of units, the largest first, as one ISO 8601 duration. Each unit is the duration of one (``P3M``).

    >>> iso_duration([(Decimal("1.5"), "P1Y")]), iso_duration([(2, "PT1H"), (30, "PT1M")]), iso_duration([(2, "P3M")])
    ('P1Y6M', 'PT2H30M', 'P6M')
    """
    if len(parts) > 1 and parts[0][1] == "P1W":
        parts = [(parts[0][0] * 7, "P1D"), *parts[1:]]  # in ISO 8601 weeks stand alone
    pieces: list[tuple[str, Number]] = []
    for number, one in parts:
        match = _OF_ONE.fullmatch(one)
        assert match is not None
        value = Decimal(match[2]) * Decimal(number)
        name = match[1] + match[3]
        if value != value.to_integral_value() and name in _BELOW:
            below, times = _BELOW[name]
            rest = value % 1 * times
            if rest == rest.to_integral_value():
                pieces += [(name, value // 1), (below, rest)]
                continue
        pieces.append((name, value))
    written: dict[str, Number] = {}
    for name, count in pieces:
        if count or len(pieces) == 1:
            written[name] = written.get(name, 0) + count
    day = "".join(f"{_plain(value)}{name}" for name, value in written.items() if name[0] != "T")
    time = "".join(f"{_plain(value)}{name[1]}" for name, value in written.items() if name[0] == "T")
    return f"P{day}{'T' + time if time else ''}"


def _plain(value: Number) -> str:
    return f"{Decimal(value).normalize():f}"
