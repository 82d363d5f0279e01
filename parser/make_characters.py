"""Make qingdan/data/characters.txt, how common each Chinese character is, out of jieba's dictionary.

``pip install opencc``, then ``python parser/make_characters.py``. A character is as common as the words that hold it, by
their frequencies in jieba's ``dict.txt`` (MIT licence); traditional characters are counted in the same words after
OpenCC's conversion (Apache-2.0). A line of the file holds the characters of one band of commonness, and each band is
half as common as the band before it.
"""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import jieba
import opencc
import regex

RAREST = 17  # The band of one character in 131,072 and fewer; what is rarer is about as rare as what a wrong encoding gives.


def main() -> None:
    source = Path(jieba.__file__).parent / "dict.txt"
    rows = [line.split(" ") for line in source.read_text(encoding="utf-8").splitlines()]
    words, frequencies = [row[0] for row in rows], [int(row[1]) for row in rows]
    traditional = opencc.OpenCC("s2t").convert("\n".join(words)).split("\n")
    counts = _counted(words, frequencies) | _counted(traditional, frequencies)
    total = sum(len(word) * frequency for word, frequency in zip(words, frequencies, strict=True))
    bands: list[list[str]] = [[] for _ in range(RAREST + 1)]
    for character in sorted(counts, key=lambda character: (-counts[character], character)):
        band = int(-math.log2(counts[character] / total))
        if band <= RAREST and regex.fullmatch(r"[\u4e00-\u9fff]", character):
            bands[band].append(character)
    text = "".join("".join(band) + "\n" for band in bands)
    (Path(__file__).parent / "qingdan" / "data" / "characters.txt").write_text(text, encoding="utf-8")


def _counted(words: list[str], frequencies: list[int]) -> Counter[str]:
    """How often each character is in the words; ``|`` of two such counts is the greater of both."""
    counts: Counter[str] = Counter()
    for word, frequency in zip(words, frequencies, strict=True):
        for character in word:
            counts[character] += frequency
    return counts


if __name__ == "__main__":
    main()
