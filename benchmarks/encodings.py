"""How often slices of the documents of ../shared/corpus, in every encoding, come back as another text: qingdan beside the detectors.

A slice is drawn from the texts (traditional documents for Big5, and OpenCC's conversion of simplified ones), has
at least one character that is not ASCII, is encoded, and is read. A detector names an encoding; it is right when that
name, or the superset that browsers read under it, gives the slice back. Of a slice that is cut in a character the cut
character does not count, and of a detector the name alone does. ``pip install -e '.[bench]'``.
"""

from __future__ import annotations

import argparse
import codecs
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from stages import machine
from texts import SHARED, corpus

from qingdan.reading.encodings import decode

LENGTHS = (6, 12, 25, 50, 100, 300)
BOMS = {"utf-8-sig": codecs.BOM_UTF8, "utf-16-le-bom": codecs.BOM_UTF16_LE, "utf-16-be-bom": codecs.BOM_UTF16_BE}
SIMPLIFIED = ("utf-8", "utf-8-sig", "utf-16-le-bom", "utf-16-be-bom", "utf-16-le", "utf-16-be", "gb2312", "gbk", "gb18030")
TRADITIONAL = ("utf-8", "utf-16-le", "utf-16-be", "gbk", "big5", "cp950", "big5hkscs")
CUT = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5")
DECLARED = ("utf-8", "utf-16-le", "gb18030", "big5")
NAMES = {"utf-8": "utf-8", "utf-16-le": "utf-16le", "gb18030": "gb2312", "big5": "big5"}
SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "cp950", "utf-16": "utf-16"}
DETECTORS = ("charset-normalizer", "chardet", "chardetng-py", "faust-cchardet")
TIMED = 100_000  # characters


class Slice(NamedTuple):
    """A slice, its bytes, what a page declares; ``end`` and ``start`` say that a character is cut there."""

    text: str
    data: bytes
    encoding: str
    declared: str | None = None
    start: bool = False
    end: bool = False


Reader = Callable[[Slice], bool]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--slices", type=int, default=300, help="slices for each encoding and length (default %(default)s)")
    options.add_argument("--only", action="store_true", help="qingdan alone, and show what it gets wrong")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    if not corpus():
        print("../shared/corpus is not there: nothing to do")
        return
    readers: dict[str, Reader] = {"qingdan": ours}
    if not given.only:
        readers |= {name: detector(name) for name in DETECTORS}
    chance = random.Random(given.seed)
    print(f"{machine()}; % of {given.slices} slices for each encoding and length that came back as another text; seed {given.seed}")
    for title, draw in kinds(chance).items():
        table = Table(title, "encoding", "reader", *map(str, LENGTHS), box=None, pad_edge=False)
        all_wrong, drawn = {name: [0] * len(LENGTHS) for name in readers}, [0] * len(LENGTHS)
        for encoding, slices in draw(given.slices).items():
            drawn = [total + len(some) for total, some in zip(drawn, slices, strict=True)]
            for name, reader in readers.items():
                wrong = [[each for each in some if not reader(each)] for some in slices]
                all_wrong[name] = [total + len(bad) for total, bad in zip(all_wrong[name], wrong, strict=True)]
                table.add_row("", encoding, name, *rates(map(len, wrong), map(len, slices)))
                if given.only:
                    for each in (each for bad in wrong for each in bad[:2]):
                        print(title, encoding, each.declared, repr(each.text[:40]), repr(decode(each.data, each.declared).text[:40]))
        for name, total in all_wrong.items():
            table.add_row("", "all", name, *rates(total, drawn), style="bold")
        Console(width=150).print(table)
    speed(readers)


def rates(wrong: Iterable[int], all_: Iterable[int]) -> Iterator[str]:
    return (f"{bad / some:.2%}" if some else "-" for bad, some in zip(wrong, all_, strict=True))


def kinds(chance: random.Random) -> dict[str, Callable[[int], dict[str, list[list[Slice]]]]]:
    """Each kind of slices: how many → by encoding, a list of slices for each length."""
    import opencc

    convert = opencc.OpenCC("s2t").convert
    texts = corpus()
    simplified = "\n".join(text.text for text in texts if "_tw_" not in text.name)
    traditional = "\n".join(text.text for text in texts if "_tw_" in text.name)
    converted = convert(simplified)
    pages = markup()

    def drawn(source: str, encoding: str, few: bool = False, **more: bool) -> Callable[[int], list[list[Slice]]]:
        def draw(count: int) -> list[list[Slice]]:
            return [list(slices(chance, source, encoding, length, count, few, **more)) for length in LENGTHS]

        return draw

    def declared(encoding: str, label: str) -> Callable[[int], list[list[Slice]]]:
        source = converted if encoding == "big5" else simplified
        return lambda count: [[each._replace(declared=label) for each in some] for some in drawn(source, encoding)(count)]

    every: dict[str, dict[str, Callable[[int], list[list[Slice]]]]] = {
        "simplified": {encoding: drawn(simplified, encoding) for encoding in SIMPLIFIED},
        "traditional documents": {encoding: drawn(traditional, encoding) for encoding in TRADITIONAL},
        "converted to traditional": {encoding: drawn(converted, encoding) for encoding in TRADITIONAL},
        "markup, little Chinese": {encoding: drawn(converted_or(pages, encoding, convert), encoding, few=True) for encoding in CUT},
        "last character cut": {encoding: drawn(converted_or(simplified, encoding, convert), encoding, end=True) for encoding in CUT},
        "first character cut": {encoding: drawn(converted_or(simplified, encoding, convert), encoding, start=True) for encoding in CUT},
        "declared": {f"{one} as {label}": declared(one, label) for one in DECLARED for label in NAMES.values()},
    }
    return {title: (lambda count, rows=rows: {name: draw(count) for name, draw in rows.items()}) for title, rows in every.items()}


def converted_or(text: str, encoding: str, convert: Callable[[str], str]) -> str:
    return convert(text) if encoding == "big5" else text


def markup() -> str:
    """The pages of the corpus with their tags."""
    pages = sorted((SHARED / "corpus").glob("k3_gov_*.html"))
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def slices(
    chance: random.Random, source: str, encoding: str, length: int, count: int, few: bool, start: bool = False, end: bool = False
) -> Iterator[Slice]:
    bom = BOMS.get(encoding, b"")
    plain = encoding.removesuffix("-bom").replace("utf-8-sig", "utf-8")
    found = 0
    for _ in range(count * 400):
        if found == count:
            return
        at = chance.randrange(len(source) - length)
        text = source[at : at + length].lstrip("\ufeff")
        foreign = sum(character >= "\u4e00" for character in text)
        if text.isascii() or (few and not 2 <= foreign <= max(2, length * 0.4)):
            continue
        try:
            text.encode(plain)
            # 「―」 at the bytes of 「—」 is the codec's alone: what calls itself gb2312 is GBK.
            codec = "gbk" if plain == "gb2312" else plain
            data, first, last = text.encode(codec), text[0].encode(codec), text[-1].encode(codec)
        except UnicodeEncodeError:
            continue
        if (start and len(first) < 2) or (end and len(last) < 2):
            continue
        found += 1
        yield Slice(text, bom + data[1 if start else 0 : -1 if end else None], plain, None, start, end)


def ours(slice_: Slice) -> bool:
    text = decode(slice_.data, slice_.declared).text
    if slice_.start:
        return text.endswith(slice_.text[1:]) and len(text) <= len(slice_.text) + 2
    if slice_.end:
        return text.startswith(slice_.text[:-1]) and len(text) <= len(slice_.text) + 2
    return text == slice_.text


def detector(name: str) -> Reader:
    if name == "charset-normalizer":
        import charset_normalizer

        def named(data: bytes) -> str | None:
            best = charset_normalizer.from_bytes(data).best()
            return best.encoding if best else None

    elif name == "chardet":
        import chardet

        def named(data: bytes) -> str | None:
            return chardet.detect(data)["encoding"]

    elif name == "chardetng-py":
        import chardetng_py

        def named(data: bytes) -> str | None:
            # Its short form is a browser's: never UTF-8, and no encoding that the end cuts a character of.
            found = chardetng_py.EncodingDetector()
            found.feed(data, last=False)
            return found.guess(tld=None, allow_utf8=True)

    else:
        import cchardet

        def named(data: bytes) -> str | None:
            return cchardet.detect(data)["encoding"]

    def right(slice_: Slice) -> bool:
        label = named(slice_.data)
        try:
            found = codecs.lookup(label or "ascii").name
        except LookupError:
            return False
        if slice_.start or slice_.end:
            wide = {found, SUPERSETS.get(found, found)}
            return bool(wide & {slice_.encoding, SUPERSETS.get(slice_.encoding, slice_.encoding)})
        for encoding in (found, SUPERSETS.get(found, found), *(("big5hkscs",) if found in ("big5", "cp950") else ())):
            if slice_.data.decode(encoding, "replace").removeprefix("\ufeff") == slice_.text:
                return True
        return False

    return right


def speed(readers: dict[str, Reader]) -> None:
    text = "\n".join(text.text for text in corpus() if "_tw_" not in text.name)
    print(f"\nms for the first {TIMED} characters, best of 3: detecting, and for qingdan decoding too")
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        data = text[:TIMED].encode(encoding)
        taken: dict[str, list[float]] = defaultdict(list)
        for _ in range(3):
            for name, reader in readers.items():
                start = perf_counter()
                reader(Slice(text[:TIMED], data, encoding, start=name != "qingdan"))
                taken[name].append((perf_counter() - start) * 1000)
            start = perf_counter()
            data.decode(encoding)
            taken["bytes.decode"].append((perf_counter() - start) * 1000)
        print(f"{encoding:10}", ", ".join(f"{name} {min(some):.1f}" for name, some in taken.items()))


if __name__ == "__main__":
    main()
