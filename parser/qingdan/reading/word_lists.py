"""The automatic numbers of a Word document: which label Word shows before each paragraph of a list.

The labels stand nowhere in the text. A paragraph names a list (``w:numId``) and a level in it, or its style does; the list
(``w:num``) names an abstract list, whose levels say how numbers are written and when they begin again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qingdan.reading.word_numbers import LARGEST, is_known, written

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9

_DEPTH = 20  # styles based on styles, and lists linked to lists: longer chains are cycles
_PICTURE_FONTS = re.compile(r"(?i)wingdings|webdings|symbol|monotype sorts|marlett")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_PLACE = re.compile(r"%([1-9])")


def value(element: Element | None, name: str = "val") -> str | None:
    """The attribute of a ``w:`` element, None without either."""
    return None if element is None else element.get(W + name)


def number(element: Element | None) -> int | None:
    """The value of a ``w:`` element as an integer, None without one."""
    text = value(element)
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,9}", text) else None


def is_on(element: Element | None) -> bool:
    """Whether a toggle (``w:vanish``) is there and not turned off."""
    return element is not None and value(element) not in {"0", "false", "off"}


class Level(NamedTuple):
    """One level of a list: how its label is written, where its numbers start, and which level makes them start again.

    restart: the highest level index whose numbers leave these alone; the level itself when any higher level restarts it, 0
        when none does.
    """

    start: int
    format: str
    text: str
    suffix: str
    legal: bool
    restart: int
    bullet: bool
    hidden: bool
    style: str | None


class Label(NamedTuple):
    """What Word shows before a paragraph: the label with the blank after it. ``known`` is whether its format is."""

    text: str
    known: bool


def level_of(element: Element, index: int) -> Level:
    """A level of an abstract list from its ``w:lvl`` element."""
    formats = [value(e) or "decimal" for e in element.findall(W + "numFmt")]
    custom = next((e.get(W + "format") for e in element.iter(W + "numFmt") if value(e) == "custom"), None)
    chosen = formats[0] if formats else next((value(e) or "decimal" for e in element.iter(W + "numFmt") if value(e) != "custom"), "decimal")
    if custom is not None and (is_known(custom) or chosen == "custom"):
        chosen = custom
    text = value(element.find(W + "lvlText")) or ""
    bullet = chosen == "bullet" or element.find(W + "lvlPicBulletId") is not None
    if bullet:
        fonts = element.find(f"{W}rPr/{W}rFonts")
        font = "" if fonts is None else " ".join(str(v) for v in fonts.attrib.values())
        if _PRIVATE.search(text) or _PICTURE_FONTS.search(font) or (text == "o" and "Courier" in font) or not text.strip():
            text = "•"
    restart = number(element.find(W + "lvlRestart"))
    first = number(element.find(W + "start"))
    return Level(
        start=max(0, min(first if first is not None else 0, LARGEST)),
        format=chosen,
        text=text[:200],
        suffix=value(element.find(W + "suff")) or "tab",
        legal=is_on(element.find(W + "isLgl")),
        restart=index if restart is None or restart > index else max(restart, 0),
        bullet=bullet,
        hidden=is_on(element.find(f"{W}rPr/{W}vanish")),
        style=value(element.find(W + "pStyle")),
    )


class Styles:
    """The paragraph and list styles of ``styles.xml``: what a style says by itself or by the one it is based on."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(W + "style")
        self._styles = {name: style for style in reversed(styles) if (name := value(style, "styleId"))}
        default = next((s for s in styles if value(s, "type") == "paragraph" and value(s, "default") in {"1", "true", "on"}), None)
        self.default = value(default, "styleId")
        self._chains: dict[str | None, list[Element]] = {}
        self._hiding: dict[str | None, bool] = {}

    def chain(self, style: str | None) -> list[Element]:
        """The style and those it is based on, nearest first."""
        if style in self._chains:
            return self._chains[style]
        found: list[Element] = []
        self._chains[style] = found
        while style is not None and (element := self._styles.get(style)) is not None and element not in found and len(found) < _DEPTH:
            found.append(element)
            style = value(element.find(W + "basedOn"))
        return found

    def name(self, style: str | None) -> str:
        """The style's name in lower case (``heading 1``), "" for one that is not defined."""
        return (value(self._styles[style].find(W + "name")) or "").lower() if style in self._styles else ""

    def hides(self, style: str | None) -> bool:
        """Whether text in this style is hidden."""
        if style not in self._hiding:
            self._hiding[style] = is_on(next((e for s in self.chain(style) if (e := s.find(f"{W}rPr/{W}vanish")) is not None), None))
        return self._hiding[style]


class Lists:
    """The lists of ``numbering.xml``, and how far each has been counted. Paragraphs are handed to it in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {} if root is None else {value(e, "abstractNumId"): e for e in root.findall(W + "abstractNum")}
        self._lists = {} if root is None else {value(e, "numId"): e for e in root.findall(W + "num")}
        self._levels: dict[str, list[Level | None]] = {}
        self._counters: dict[str | None, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> Label | None:
        """The label of a paragraph, counting it; None when it is in no list."""
        place = self._place(paragraph)
        if place is None:
            return None
        name, index = place
        levels = self._levels_of(name)
        level = levels[index]
        if level is None:
            return None
        counters = self._count(name, index, levels)
        if level.hidden:
            return None
        if level.bullet:
            return Label(level.text + ("" if level.suffix == "nothing" else " "), True)
        known = True

        def shown(place: re.Match[str]) -> str:
            nonlocal known
            other = levels[int(place[1]) - 1]
            if other is None or other.bullet or int(place[1]) - 1 > index:
                return ""  # Word shows nothing for a level that has no number
            count = counters[int(place[1]) - 1]
            known = known and is_known(other.format)
            wanted = "decimal" if level.legal and other.format != "none" else other.format
            return written(other.start if count is None else count, wanted)

        text = _PRIVATE.sub("•", _PLACE.sub(shown, level.text))
        return Label(text + ("" if level.suffix == "nothing" or not text.strip() else " "), known) if text.strip() else None

    def _count(self, name: str, index: int, levels: list[Level | None]) -> list[int | None]:
        """Count one paragraph. Lists of one abstract list go on counting each other unless one says where it starts."""
        counters = self._counters.setdefault(self._home(name), [None] * LEVELS)
        override = number(self._override(name, index, "startOverride"))
        level = levels[index]
        if override is not None and level is not None and (name, index) not in self._started:
            self._started.add((name, index))
            counters[index] = None
            levels[index] = level._replace(start=max(0, min(override, LARGEST)))
        level = levels[index]
        count = counters[index]
        counters[index] = (level.start if level else 1) if count is None else count + 1
        for deeper in range(index + 1, LEVELS):
            below = levels[deeper]
            if below is None or index < below.restart:
                counters[deeper] = None
        return counters

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and the level index of a paragraph, by itself or by its style."""
        properties = paragraph.find(W + "pPr")
        own = None if properties is None else properties.find(W + "numPr")
        style = value(properties.find(W + "pStyle")) if properties is not None else None
        chain = self._styles.chain(style or self._styles.default)
        name = value(own.find(W + "numId")) if own is not None else None
        index = number(own.find(W + "ilvl")) if own is not None else None
        if name is not None:
            index = index or 0
        else:
            for element in chain:
                inherited = element.find(f"{W}pPr/{W}numPr")
                if inherited is None:
                    continue
                if index is None:
                    index = number(inherited.find(W + "ilvl"))
                if (name := value(inherited.find(W + "numId"))) is not None:
                    break
            if name is not None:  # a level may name the style that it belongs to
                ids = [value(element, "styleId") for element in chain]
                linked = {level.style: i for i, level in reversed(list(enumerate(self._levels_of(name)))) if level and level.style}
                index = next((linked[i] for i in ids if i in linked), index)
        if name is None or name not in self._lists or name == "0":
            return None
        return name, min(max(index or 0, 0), LEVELS - 1)

    def _home(self, name: str | None) -> str | None:
        """The id of the abstract list that a list counts in; one that stands for a list style leads to that of the style."""
        for _ in range(_DEPTH):
            home = value(self._lists[name].find(W + "abstractNumId")) if name in self._lists else None
            abstract = self._abstract.get(home)
            link = value(abstract.find(W + "numStyleLink")) if abstract is not None else None
            if link is None:
                return home
            style = self._styles.chain(link)[:1]
            name = value(style[0].find(f"{W}pPr/{W}numPr/{W}numId")) if style else None
        return None

    def _override(self, name: str, index: int, tag: str) -> Element | None:
        overrides = self._lists[name].findall(W + "lvlOverride") if name in self._lists else []
        return next((e for o in overrides if value(o, "ilvl") == str(index) and (e := o.find(W + tag)) is not None), None)

    def _levels_of(self, name: str) -> list[Level | None]:
        if name not in self._levels:
            abstract = self._abstract.get(self._home(name))
            levels: list[Level | None] = [None] * LEVELS
            for element in [] if abstract is None else abstract.findall(W + "lvl"):
                at = value(element, "ilvl") or ""
                if at.isdecimal() and int(at) < LEVELS:
                    levels[int(at)] = level_of(element, int(at))
            for index in range(LEVELS):
                replaced = self._override(name, index, "lvl")
                if replaced is not None:
                    levels[index] = level_of(replaced, index)
            self._levels[name] = levels
        return self._levels[name]
