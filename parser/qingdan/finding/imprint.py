"""The imprint of an official document: its number, whom it addresses, who signed it and when, and the site it was on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from qingdan.model import Block, Chrome, Document
from qingdan.reading.folding import fold
from qingdan.splitting.frame import SIGNED

# 「国发〔2018〕38号」, 「法释〔2022〕4号」, 「国办函[2002]第17号」, in folded text
_NUMBER = regex.compile(r"\p{Han}{1,12}\ ?[(\[【](?:19|20)[0-9]{2}(?:年)?[)\]】]\ ?(?:第\ ?)?[0-9]{1,5}\ ?号")
_LABELLED = regex.compile(r"(?:发文字号|公文文号|文\ *号)\s?:\s*")
# 「各省、自治区、直辖市人民政府，国务院各部委、各直属机构：」
_ADDRESSED = regex.compile(r"[\p{Han}、,()·\ “”]{2,200}:")
_TELLS = regex.compile(r"如下|以下|为了|根据|双方|两国|[达议]成|于[0-9]")
_ADDRESSEES = regex.compile(r"^各|政府|[部委局厅院署司]|单位|机构|办公室|公司|企业|学校|会员|银行")
_SITE = regex.compile(r"(?:信息|文章|稿件)?来源\ ?:\s{0,4}(?P<site>[^\s:|]{2,30})")
_SIGNER = regex.compile(r"[\p{Han}·()“”\ 、]{2,40}")
_SIGNS = regex.compile(r"政府|代表|[部委局署院厅会]$|主席|总统|总理|部长|大使|首相")
_LONGEST_SIGNER = 40
_HEAD_LINES = 6  # below a title in which its number and addressee stand


class Imprint(NamedTuple):
    """Each as written, None or empty where the page does not say it."""

    number: str | None
    addressee: str | None
    signatories: tuple[str, ...]
    site: str | None


def imprint(document: Document) -> Imprint:
    """The imprint of a framed document."""
    return Imprint(_number(document), _addressee(document.preamble), _signatories(document), _site(document))


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _number(document: Document) -> str | None:
    """The number where the page labels it, else on a line of its own around the title, else in the title."""
    head = [line for part in (document.title, document.preamble) if part for line in _lines(part.text)][: 2 * _HEAD_LINES]
    first = document.items[0].start if document.items else len(document.text)
    around = [line for part in document.chrome if part.start < first for line in _lines(part.text)]
    for line in around:
        if "号" not in line and "號" not in line:
            continue
        folded = fold(line).text
        label = _LABELLED.search(folded)
        match = label and _NUMBER.match(folded, label.end())
        if match:
            return _as_written(line, match)
    for line in [*head, *around]:
        if "号" not in line and "號" not in line:
            continue
        match = _NUMBER.fullmatch(fold(line).text.strip("()"))
        if match:
            return line.strip("()（）")
    match = _NUMBER.search(fold(head[0]).text) if document.title and head else None
    return _as_written(head[0], match) if match else None


def _as_written(line: str, match: regex.Match[str]) -> str:
    start, end = fold(line).span(*match.span())
    return line[start:end]


def _addressee(preamble: Block | None) -> str | None:
    for line in list(_lines(preamble.text))[:_HEAD_LINES] if preamble else ():
        folded = fold(line).text
        if _ADDRESSED.fullmatch(folded) and not _TELLS.search(folded) and _ADDRESSEES.search(folded):
            return line[:-1].rstrip()
    return None


def _signatories(document: Document) -> tuple[str, ...]:
    """The lines of the last signature that are no day: those right above it."""
    signed = [part for part in document.chrome if part.kind == "signature"]
    lines = [line for part in _last_run(document.text, signed) for line in _lines(part.text)] or list(signed_lines(document.preamble))
    dated = any(SIGNED.search(fold(line).text) for line in lines)
    names = [line for line in lines if _SIGNER.fullmatch(fold(line).text) and not SIGNED.search(fold(line).text)]
    return tuple(name for name in names if dated or _SIGNS.search(name))


def signed_lines(preamble: Block | None) -> Iterator[str]:
    """The signature with which a covering notice ends inside a preamble: a line and its day below it."""
    before = ""
    for line in _lines(preamble.text) if preamble else ():
        if before and "年" in line and len(line) <= _LONGEST_SIGNER and SIGNED.search(fold(line).text):
            yield from (before, line)
            return
        before = line if len(line) <= _LONGEST_SIGNER and line[-1] not in "。；：，" else ""


def _last_run(text: str, parts: list[Chrome]) -> list[Chrome]:
    """The parts at the end that only blanks separate."""
    run: list[Chrome] = []
    for part in reversed(parts):
        if run and text[part.end : run[0].start].strip():
            break
        run.insert(0, part)
    return run


def _site(document: Document) -> str | None:
    """What the medium says, else the page's own line 「来源：外交部」."""
    if document.document.source.site:
        return document.document.source.site
    for part in document.chrome:
        match = _SITE.search(fold(part.text).text) if part.kind == "publication" else None
        if match:
            return _as_written(part.text, match).rpartition("：")[2].rpartition(":")[2].strip()
    return None
