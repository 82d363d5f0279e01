"""Seeded changes of a text, as editors, converters and crawlers make them, each named and free to follow any other."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache

TextChange = Callable[[str, random.Random], str]

LONGEST = 400_000  # characters of a changed text
_LABEL = re.compile(
    r"^[ \t　]*(?:第?[0-9０-９一二三四五六七八九十百]{1,4}(?:[、.．,，:：)）]|[章节条款])"
    r"|[(（][0-9a-z一二三四五六七八九十]{1,3}[)）]|[①-⑳•·●—-]{1,2})",
    re.MULTILINE,
)
_NUMBER = re.compile(r"[0-9０-９]+|[一二三四五六七八九十百]+")
_PUNCTUATION = "，。、；：？！“”‘’「」『』（）《》〈〉【】〔〕,.;:?!\"'()<>[]·…—-"
_BRACKETS = "“”‘’「」『』（）《》〈〉【】〔〕()[]\"'"
_LABELS = [
    "1、", "一、", "（一）", "1.", "1.1", "1.1.1 ", "(1)", "①", "第一条 ", "第一章", "第一,", "一是", "甲、", "（a）", "a.", "i.", "——",
    "• ", "· ", "1\t", "一　", "附件1", "附件:", "目录", "壹、", "⒈", "㈠", "1)", "2、", "二、", "99、", "第一百条 ",
]  # fmt: skip
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202e\u2066\u2069\u3000\xa0\u2003\u180e\ufe0f\u0301"
_CONTROLS = "\x00\x01\x07\x08\x0b\x0c\x1b\x1c\x1f\x7f\x85\u2028\u2029\ufffe\ud800\udfff\U000e0001"
_LINE_ENDS = ("\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x85", "\n\r", "\n　　", "")
_TAGS = [
    "p", "div", "span", "li", "ol", "ul", "table", "tr", "td", "b", "a href=x", "h1", "pre", "center", "font", "article", "nav",
    "blockquote",
]  # fmt: skip
_ODD = [
    "<!--", "-->", "<script>", "</script>", "<style>", "<![CDATA[", "&#x4e00;", "&nbsp;", "&#0;", "</html>", "<plaintext>", "<br><br>",
    "<td",
]  # fmt: skip


def some(chance: random.Random, most: int = 8) -> range:
    return range(chance.randint(1, most))


def _by_lines(change: Callable[[list[str], random.Random], None]) -> TextChange:
    """A change of the list of lines in place, as a change of the text."""

    def changed(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance)
        return "\n".join(lines)

    return changed


def _drop_lines(lines: list[str], chance: random.Random) -> None:
    for _ in some(chance):
        if lines:
            at = chance.randrange(len(lines))
            del lines[at : at + chance.choice((1, 1, 1, 2, 5, 50))]


def _repeat_lines(lines: list[str], chance: random.Random) -> None:
    for _ in some(chance):
        at = chance.randrange(len(lines))
        run = lines[at : at + chance.choice((1, 1, 2, 5, 20))] * chance.choice((1, 1, 2, 40))
        lines[at:at] = run[:400]


def _swap_lines(lines: list[str], chance: random.Random) -> None:
    for _ in some(chance):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]


def _cut_lines(lines: list[str], chance: random.Random) -> None:
    for _ in some(chance):
        at = chance.randrange(len(lines))
        cut = chance.randint(0, len(lines[at]))
        lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]


def _join_lines(lines: list[str], chance: random.Random) -> None:
    for _ in some(chance):
        at = chance.randrange(len(lines))
        lines[at : at + 2] = [chance.choice(("", "", " ", "　")).join(lines[at : at + 2])]


def _shuffle_lines(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    some = lines[at : at + 60]
    chance.shuffle(some)
    lines[at : at + 60] = some


def _indent(lines: list[str], chance: random.Random) -> None:
    blank = chance.choice((" ", "　　", "\t", "\xa0", "> ", "# ", "- ", "    ", " " * 3000))
    for at in range(len(lines)):
        if chance.random() < 0.3:
            lines[at] = blank + lines[at]


def _drop_characters(text: str, chance: random.Random) -> str:
    for _ in some(chance, 20):
        at = chance.randint(0, len(text))
        text = text[:at] + text[at + chance.choice((1, 1, 1, 3, 30)) :]
    return text


def _double_characters(text: str, chance: random.Random) -> str:
    for _ in some(chance, 20):
        at = chance.randint(0, len(text))
        text = text[:at] + text[at : at + 1] * chance.choice((1, 1, 2, 300)) + text[at:]
    return text


def _insert(pieces: Sequence[str], most: int = 30) -> TextChange:
    def inserted(text: str, chance: random.Random) -> str:
        places = sorted(chance.randint(0, len(text)) for _ in some(chance, most))
        cut = [text[i:j] for i, j in zip([0, *places], [*places, len(text)], strict=True)]
        return "".join(part + chance.choice(pieces) for part in cut[:-1]) + cut[-1]

    return inserted


def _drop_labels(text: str, chance: random.Random) -> str:
    share = chance.choice((0.1, 0.5, 1.0))
    return _LABEL.sub(lambda m: "" if chance.random() < share else m[0], text)


def _double_labels(text: str, chance: random.Random) -> str:
    times = chance.choice((1, 1, 2, 8))
    return _LABEL.sub(lambda m: m[0] + m[0] * times if chance.random() < 0.3 else m[0], text)


def _add_labels(text: str, chance: random.Random) -> str:
    """A label, or several one behind another, before some of the lines."""
    few = [chance.choice(_LABELS) for _ in some(chance, 3)]
    return re.sub("^", lambda m: chance.choice(few) if chance.random() < 0.4 else "", text, flags=re.MULTILINE)


def _shuffle_numbers(text: str, chance: random.Random) -> str:
    numbers = _NUMBER.findall(text)
    chance.shuffle(numbers)
    share = chance.choice((0.1, 1.0))
    left = iter(numbers)
    return _NUMBER.sub(lambda m: next(left) if chance.random() < share else m[0], text)


def _grow_numbers(text: str, chance: random.Random) -> str:
    more = chance.choice(("0", "99999999", "９", "亿", "万亿", "十", "百千", ".", ",000", "%"))
    return _NUMBER.sub(lambda m: m[0] + more * chance.choice((1, 1, 40)) if chance.random() < 0.1 else m[0], text)


def _strip_punctuation(text: str, chance: random.Random) -> str:
    chosen = _PUNCTUATION if chance.random() < 0.4 else chance.sample(_PUNCTUATION, 6)
    return text.translate(dict.fromkeys(map(ord, chosen)))


def _change_width(text: str, chance: random.Random) -> str:
    wide = {c: c + 0xFEE0 for c in range(0x21, 0x7F)} | {0x20: 0x3000}
    table: dict[int, int] = wide if chance.random() < 0.5 else {code: c for c, code in wide.items()}
    share = chance.choice((0.1, 1.0))
    return "".join(chr(table[ord(c)]) if ord(c) in table and chance.random() < share else c for c in text)


@cache
def _converter(name: str) -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(name).convert
    return convert


def _change_script(text: str, chance: random.Random) -> str:
    text = text.encode("utf-8", "replace").decode()  # OpenCC takes no lone surrogates
    name = chance.choice(("s2t", "s2twp", "t2s", "s2hk"))
    if chance.random() < 0.5:
        return _converter(name)(text)
    return "\n".join(_converter(name)(line) if chance.random() < 0.3 else line for line in text.split("\n"))


def _change_line_ends(text: str, chance: random.Random) -> str:
    if chance.random() < 0.3:
        return re.sub("\n", lambda _: chance.choice(_LINE_ENDS), text)
    return text.replace("\n", chance.choice(_LINE_ENDS))


def _one_line(text: str, chance: random.Random) -> str:
    return chance.choice(("", " ", "　　")).join(text.split("\n"))


def _one_character_a_line(text: str, chance: random.Random) -> str:
    return chance.choice(("\n", "\n\n")).join(text[:20_000])


def _nest_tags(text: str, chance: random.Random) -> str:
    """Some of the lines inside tags, often many and often not closed."""
    tags = [chance.choice(_TAGS) for _ in some(chance, 3)] * chance.choice((1, 1, 4, 60))
    opened = "".join(f"<{tag}>" for tag in tags)
    closed = "".join(f"</{tag.split()[0]}>" for tag in reversed(tags)) if chance.random() < 0.6 else ""
    return "\n".join(f"{opened}{line}{closed}" if chance.random() < 0.3 else line for line in text.split("\n"))


def cut(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] if chance.random() < 0.5 else text[at:]


def _repeat_all(text: str, chance: random.Random) -> str:
    return text * chance.randint(2, max(2, min(30, LONGEST // 8 // max(len(text), 1))))


TEXT: dict[str, TextChange] = {
    "drop lines": _by_lines(_drop_lines),
    "repeat lines": _by_lines(_repeat_lines),
    "swap lines": _by_lines(_swap_lines),
    "cut lines": _by_lines(_cut_lines),
    "join lines": _by_lines(_join_lines),
    "shuffle lines": _by_lines(_shuffle_lines),
    "indent lines": _by_lines(_indent),
    "drop characters": _drop_characters,
    "double characters": _double_characters,
    "insert labels": _insert(_LABELS),
    "insert invisible characters": _insert(_INVISIBLE),
    "insert control characters": _insert(_CONTROLS, 5),
    "insert quotes and brackets": _insert(_BRACKETS),
    "insert markup": _insert(_ODD, 10),
    "drop labels": _drop_labels,
    "double labels": _double_labels,
    "add labels": _add_labels,
    "shuffle numbers": _shuffle_numbers,
    "grow numbers": _grow_numbers,
    "strip punctuation": _strip_punctuation,
    "change width": _change_width,
    "change script": _change_script,
    "change line ends": _change_line_ends,
    "one line": _one_line,
    "one character a line": _one_character_a_line,
    "nest tags": _nest_tags,
    "cut": cut,
    "repeat all": _repeat_all,
}
