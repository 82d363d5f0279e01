"""Markup to markup that a browser's tree takes in linear time: unclosed tags by the thousand, and what a template engine left.

A browser's rules for building the tree are quadratic in how deep elements nest, in the attributes of one tag, and in
formatting elements that are never closed (each new paragraph opens all of them again). Pages below a bound stay as they are.
"""

from __future__ import annotations

import re

# The tags of the HTML standard to the letter, so that no quote hides one from the count. Possessive: nothing is tried twice.
_TAG = re.compile(
    r"(?a)<(?:!--|[!?]|(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+)?+|=)*+)>?)"
)
_COMMENT_END = re.compile(r"--!?>")
_SEPARATED = re.compile(r"[\s/\"'][^\s/>=\"']")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript")
}
_FORMATTING = frozenset((
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr",
))  # fmt: skip
# These close one another: a thousand of them in a row nest no deeper than one, except in a drawing or a formula.
_CLOSING = frozenset((
    "p", "li", "dd", "dt", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "html",
    "head", "body",
))  # fmt: skip
_FOREIGN = frozenset(("svg", "math"))
# These end a drawing or formula that was left open.
_OUT = frozenset((
    "p", "li", "dd", "dt", "br", "hr", "img", "span", "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip
_BREAKING = frozenset((
    "div", "table", "ul", "ol", "dl", "section", "article", "blockquote", "form", "center", "fieldset", "details", "pre",
))  # fmt: skip
_FEW = 1_000  # tags, which cost less than a tenth of a second however they nest
_DEEP = 400  # a browser stops nesting at 512
_REOPENED = 1_000_000  # formatting elements times tags: about the most elements that there can be in the tree
_ATTRIBUTES = 1_000


def without_templates(source: str) -> str:
    """The source without the code of a template engine (``<% … %>``, ``<?php … ?>``), which a browser would show."""
    for opening, closing in (("<%", "%>"), ("<?php", "?>"), ("<?=", "?>")):
        if opening in source:
            source = _without(source, opening, closing)
    return source


def _without(source: str, opening: str, closing: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := source.find(opening, at)) >= 0 and (end := source.find(closing, start + len(opening))) >= 0:
        kept.append(source[at:start])
        at = end + len(closing)
    kept.append(source[at:])
    return "".join(kept)


def tamed(source: str) -> str:
    """The source itself, or where its tags would cost a browser's tree more than linear time, the same text with fewer.

    Then elements nest at most 400 deep and close in order, formatting elements are gone, and so are the attributes of a
    tag that has more than 1,000. No text is lost; where a block was taken out a ``<br>`` breaks the line.
    """
    if source.count("<") < _FEW and len(source) < 50_000:
        return source
    tags = _tags(source)
    return _rewritten(source, tags) if _wild(tags) else source


def _tags(source: str) -> list[re.Match[str]]:
    """The tags in order, without those in comments, scripts and other raw elements."""
    found: list[re.Match[str]] = []
    at = 0
    while (m := _TAG.search(source, at)) is not None:
        at = m.end()
        if m["name"] is None:
            if m[0] == "<!--":
                end = _COMMENT_END.search(source, at - 2)  # <!--> and <!---> are whole comments
                at = end.end() if end else len(source)
            continue
        found.append(m)
        raw = None if m["slash"] else _RAW.get(m["name"].lower())
        if raw is not None:
            end = raw.search(source, at)
            at = end.start() if end else len(source)
    return found


def _wild(tags: list[re.Match[str]]) -> bool:
    """Whether a bound is passed. What nests is counted too high rather than too low: an end tag closes the last start
    tag or nothing, where a browser might close more."""
    stack: list[str] = []
    deepest = foreign = 0
    formatting: set[str] = set()
    for m in tags:
        slash, name, attributes = m["slash"], m["name"].lower(), m["attributes"]
        if len(attributes) > 2 * _ATTRIBUTES and sum(1 for _ in _SEPARATED.finditer(attributes)) > _ATTRIBUTES:
            return True
        if name in _VOID or (name in _CLOSING and not foreign):
            continue
        if not slash:
            stack.append(name)
            deepest = max(deepest, len(stack))
            foreign += name in _FOREIGN
            if name in _FORMATTING:
                formatting.add(m[0])
        elif stack and stack[-1] == name:
            foreign -= stack.pop() in _FOREIGN
    return deepest > _DEEP or len(formatting) * len(tags) > _REOPENED


def _rewritten(source: str, tags: list[re.Match[str]]) -> str:
    stack: list[str] = []
    open_now: dict[str, int] = {}
    kept: list[str] = []
    at = 0
    for m in tags:
        kept.append(source[at : m.start()])
        at = m.end()
        name = m["name"].lower()
        break_line = "<br>" if name in _BREAKING else ""
        if name in _FORMATTING:
            continue
        if (name in _OUT or name in _BREAKING) and not m["slash"]:
            while open_now.get("svg") or open_now.get("math"):
                kept.append(f"</{_popped(stack, open_now)}>")
        if name in _VOID or (name in _CLOSING and not (open_now.get("svg") or open_now.get("math"))):
            kept.append(_few_attributes(m))
        elif not m["slash"]:
            if len(stack) < _DEEP:
                stack.append(name)
                open_now[name] = open_now.get(name, 0) + 1
                kept.append(_few_attributes(m))
            elif name in _RAW:
                kept.append(_few_attributes(m) + f"</{name}>" * (at == len(source)))
            else:
                kept.append(break_line)
        elif open_now.get(name):
            last = ""
            while last != name:
                last = _popped(stack, open_now)
                kept.append(f"</{last}>")
        else:
            kept.append(m[0] if name in _RAW else break_line)
    kept.append(source[at:])
    return "".join(kept)


def _popped(stack: list[str], open_now: dict[str, int]) -> str:
    last = stack.pop()
    open_now[last] -= 1
    return last


def _few_attributes(tag: re.Match[str]) -> str:
    attributes = tag["attributes"]
    if len(attributes) <= 2 * _ATTRIBUTES or sum(1 for _ in _SEPARATED.finditer(attributes)) <= _ATTRIBUTES:
        return tag[0]
    return f"<{tag['slash']}{tag['name']}>"
