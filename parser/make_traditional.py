"""Make qingdan/data/traditional.txt, the characters that show a line to be written in traditional Chinese.

Run it again when OpenCC has grown: ``python parser/make_traditional.py``. They are the characters that OpenCC (Apache
License 2.0) writes otherwise in simplified Chinese, without those that simplified texts use too (乾, 徵, 夥).
"""

from __future__ import annotations

from pathlib import Path

from qingdan.reading.traditional import converter

# The characters of GB 2312 are those of simplified texts, but for these two, which it has for names of old.
OLD = "後於"


def main() -> None:
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    convert = converter()
    kept = [c for c in han if convert(c) != c and (c in OLD or not _in_gb2312(c))]
    (Path(__file__).parent / "qingdan" / "data" / "traditional.txt").write_text("".join(kept) + "\n", encoding="utf-8")


def _in_gb2312(c: str) -> bool:
    try:
        c.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
