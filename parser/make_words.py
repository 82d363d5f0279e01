"""Make qingdan/data/words.txt, the small dictionary of the private jieba Tokenizer, out of jieba's own.

Run it again when agencies.csv has grown: ``python parser/make_words.py``. It keeps the common words of jieba's
dictionary (MIT licence) and those that the names of the lexicon are made of, without personal names, which bodies
are not named with. A dictionary of a tenth the size loads in a tenth of the time.
"""

from __future__ import annotations

from pathlib import Path

import jieba
import regex

from qingdan.data import read_rows

COMMON = 30_000  # words of jieba's dictionary by frequency; the last has 113 of 60 million


PLACE_FREQUENCY = 4  # 「本溪仲裁委员会」: places that bodies are named after are rarer words
# The one-character names that outcome lists do pair with 中; others would tear 「其中|所」 or 「合作中|加强」 apart.
PAIRED = "美俄日韩朝蒙越柬泰缅马新菲印巴孟尼阿哈乌吉塔伊沙英法德意葡荷瑞奥波捷匈罗塞埃澳墨欧非"
PAIR_FREQUENCY = 2000
OWN = {
    "及其他": (2000, "c"),
    "双方": (8000, "n"),
    "以及其他": (500, "c"),
    "高级别": (3000, "b"),
    "中老": (2000, "ns"),
    "政府间": (3000, "b"),
}


def main() -> None:
    source = Path(jieba.__file__).parent / "dict.txt"
    entries = [line.split(" ") for line in source.read_text(encoding="utf-8").splitlines()]
    words = {
        word: (int(frequency), tag)
        for word, frequency, tag in entries
        if regex.fullmatch(r"[\u4e00-\u9fff]{1,5}", word) and _simplified(word) and not (tag.startswith("nr") and len(word) > 1)
    }
    # 「中美」 「中俄」 …: pairs of one-character country names, which jieba's dictionary has only some of.
    pairs = {pair for c in PAIRED for pair in ("中" + c, c + "中")}
    words |= dict.fromkeys(pairs, (PAIR_FREQUENCY, "ns")) | OWN
    names = {name for row in read_rows("agencies.csv") for name in (row["name"], *row["aliases"].split("|"))}
    parts = {name[i : i + n] for name in names for n in range(2, 6) for i in range(len(name) - n + 1)}
    common = sorted(words, key=lambda word: (-words[word][0], word))[:COMMON]
    for word, (frequency, tag) in list(words.items()):
        # jieba has 常德 as a person, 常德市 as the place.
        if tag == "ns" and len(word) > 2 and word[-1] in "市县" and words.get(word[:-1], (0, ""))[1] != "ns":
            words[word[:-1]] = (words.get(word[:-1], (frequency, ""))[0], "ns")
    places = {word for word, (frequency, tag) in words.items() if tag in ("ns", "nt") and frequency >= PLACE_FREQUENCY}
    kept = sorted(set(common) | places | OWN.keys() | pairs | (parts & words.keys()))
    lines = [f"{word} {words[word][0]} {words[word][1]}" for word in kept]
    (Path(__file__).parent / "qingdan" / "data" / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _simplified(word: str) -> bool:
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
