"""Numerals: what independent writers write is read back, and what is no numeral is None.

One writer is cn2an, the other the few lines of this file. Over a trillion cn2an now and then leaves out the 零 behind 亿
(29,950,100,008,821 is 「…亿八千八百二十一」 to it): both ways are read.
"""

from __future__ import annotations

import random
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.numerals import number

DIGITS = "零一二三四五六七八九"
FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
BELOW_A_TRILLION_AND_ONE = st.integers(0, 10**12)


def below_ten_thousand(n: int, leading: bool) -> str:
    """A group of four digits; 10 to 19 are 十… at the head of a numeral and 一十… elsewhere."""
    words = ""
    pending = False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, scale)
        if digit:
            words += ("零" if pending and words else "") + DIGITS[digit] + name
            pending = False
        else:
            pending = True
    return words[1:] if leading and words.startswith("一十") else words


def write(n: int, leading: bool = True) -> str:
    """A number in Chinese words, as schools teach it: 零 once for every gap of zeros inside it."""
    if n < 10_000:
        return below_ten_thousand(n, leading) or "零"
    scale, name = (10**8, "亿") if n >= 10**8 else (10**4, "万")
    high, low = divmod(n, scale)
    gap = "零" if 0 < low < scale // 10 else ""
    return write(high, leading) + name + gap + (write(low, False) if low else "")


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (10, "十"), (105, "一百零五"), (110, "一百一十"), (1_010, "一千零一十"), (20_015, "二万零一十五"), (100_000, "十万"),
        (100_100_000, "一亿零一十万"), (10**12, "一万亿"),
    ],
)  # fmt: skip
def test_the_writer_of_this_test_writes_as_schools_teach(n: int, words: str) -> None:
    assert write(n) == words


def test_both_writers_write_every_integer_below_a_hundred_thousand_alike() -> None:
    assert [n for n in range(100_000) if cn2an.an2cn(n) != write(n)] == []


def hands(n: int) -> set[str]:
    """The ways to write an integer: words, financial words, 两 for 二, 〇 for 零, digits, digits with commas, digits side by side."""
    words = write(n)
    side_by_side = "".join(DIGITS[int(c)] for c in str(n))
    spoken = words.replace("二千", "两千").replace("二百", "两百").replace("二万", "两万").replace("二亿", "两亿")
    forms = {words, words.translate(FINANCIAL), spoken, words.replace("零", "〇"), str(n), f"{n:,}"}
    if n < 10**9:
        forms |= {side_by_side, side_by_side.replace("零", "〇")}
    return forms


def test_every_integer_below_a_hundred_thousand_in_every_hand() -> None:
    assert [(form, number(form)) for n in range(100_000) for form in hands(n) if number(form) != n] == []


# cn2an writes no more than 10^16 - 1.
LARGE = [*(10**k for k in range(5, 16)), *(10**k - 1 for k in range(5, 17))]


def test_a_hundred_thousand_large_integers() -> None:
    chance = random.Random(20150624)
    sizes = [10**k for k in range(6, 17)]
    wrong = []
    for n in [*LARGE, *(chance.randrange(chance.choice(sizes)) for _ in range(100_000))]:
        wrong += [(n, words) for words in {cn2an.an2cn(n), write(n)} if number(words) != n]
    assert wrong == []


def test_large_integers_in_every_hand() -> None:
    chance = random.Random(7)
    numbers = [*LARGE, 10**16, *(chance.randrange(10 ** chance.randint(6, 16)) for _ in range(5_000))]
    assert [(form, number(form)) for n in numbers for form in hands(n) if number(form) != n] == []
    assert [(n, form) for n in numbers[:-5_000] if n < 10**16 and number(form := cn2an.an2cn(n, "up")) != n] == []


@given(BELOW_A_TRILLION_AND_ONE)
def test_integers_to_a_trillion(n: int) -> None:
    assert number(write(n)) == n
    assert number(str(n)) == n
    assert number(f"{n:,}") == n


@given(st.decimals(0, 10**9, places=3), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("千万", 10**7), ("百万", 10**6)]))
def test_decimals_with_a_scale(value: Decimal, scale: tuple[str, int]) -> None:
    assert number(f"{value}{scale[0]}") == value * scale[1]


@given(st.integers(0, 99_999), st.text("零一二三四五六七八九", min_size=1, max_size=6))
def test_decimals_in_words(whole: int, fraction: str) -> None:
    digits = "".join(str(DIGITS.index(c)) for c in fraction)
    assert number(f"{write(whole)}点{fraction}") == Decimal(f"{whole}.{digits}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.5亿", 350_000_000),
        ("1万2千", 12_000),
        ("3亿5000万", 350_000_000),
        ("3亿5千万", 350_000_000),
        ("2千5百", 2_500),
        ("5百万", 5_000_000),
        ("1.2万亿", 1_200_000_000_000),
        ("一点五亿", 150_000_000),
        ("二点七五万", 27_500),
        ("一万亿", 10**12),
        ("两亿三千万", 230_000_000),
        ("一万二", 12_000),
        ("三千五", 3_500),
        ("两百五", 250),
        ("一百零五万", 1_050_000),
        ("廿三", 23),
        ("卅", 30),
        ("1,234,567.8", Decimal("1234567.8")),
        ("0.5", Decimal("0.5")),
        ("二〇一五", 2015),
        ("一九九八", 1998),
        ("两千零一十五", 2015),
        ("2 000", 2000),
        ("2千5百万", 25_000_000),
        ("3千万亿", 3 * 10**15),
        ("12万3000", 123_000),
        ("3兆", 3 * 10**12),
        ("三兆五千亿", 3_500_000_000_000),
        ("壹佰贰拾叁万肆仟伍佰陆拾柒", 1_234_567),
        ("参拾万", 300_000),
        ("半", Decimal("0.5")),
    ],
)  # fmt: skip
def test_mixed_forms(text: str, value: int | Decimal) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "abc", "中国", "点", "一点", "点五", "一点五点六", "一十百", "十十", "二三百", "百千", "万", "亿", "一百二百", "一千二千",
        "1.2.3", "1,23", "12,34,567", "12万3万", "1万2万", "1万2", "2千5", "2百5千", "5十", "万2", "半年", "一半", "-5", "5%", "五%", "1/2",
        "第五", "3.", ".5", "1e5", "²", "①", "٣", "十0", "百中", "二十a",
    ],
)  # fmt: skip
def test_what_is_no_numeral(text: str) -> None:
    assert number(text) is None


def test_whole_values_are_integers() -> None:
    assert type(number("3.5亿")) is int
    assert type(number("2.0")) is int
    assert type(number("2.50")) is Decimal


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两点0123456789,. 廿", max_size=24))
def test_any_string_gives_a_number_or_none(text: str) -> None:
    value = number(text)
    assert value is None or (isinstance(value, int | Decimal) and value >= 0)
