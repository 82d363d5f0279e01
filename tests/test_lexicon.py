"""The knowledge: every CSV is consistent in itself and with the others."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import get_args

import pytest
import regex

import qingdan
from qingdan.data import read_rows, read_text
from qingdan.finding.lexicon import Name, lexicon
from qingdan.model import AgencyKind, QuantityKind
from qingdan.reading.folding import fold

AGENCIES = read_rows("agencies.csv")
COUNTRIES = read_rows("countries.csv")
KINDS = set(get_args(AgencyKind))
BY_ID = {row["id"]: row for row in AGENCIES}
BY_COUNTRY = {row["name"]: row for row in COUNTRIES}


def split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def repeated(values: list[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("agencies.csv", "id"), ("agencies.csv", "name"), ("countries.csv", "id"), ("countries.csv", "name"), ("units.csv", "unit"),
        ("heads.csv", "head"), ("boundaries.csv", "word"), ("set_words.csv", "word"), ("generic.csv", "word"),
        ("bare_excluded.csv", "word"), ("issues.csv", "code"), ("regions.csv", "word"), ("provinces.csv", "name"),
        ("not_places.csv", "word"), ("local_names.csv", "short"),
    ],
)  # fmt: skip
def test_no_value_stands_twice(file: str, column: str) -> None:
    values = [row[column] for row in read_rows(file)]
    assert values
    if (file, column) == ("agencies.csv", "name"):  # a body may bear the same name in years apart
        values = [f"{row['name']} {row['from']}" for row in AGENCIES]
    assert repeated(values) == []


@pytest.mark.parametrize(
    "file",
    ["agencies.csv", "countries.csv", "units.csv", "heads.csv", "boundaries.csv", "set_words.csv", "generic.csv", "bare_excluded.csv",
     "chrome.csv", "fields.csv", "issues.csv", "regions.csv", "provinces.csv", "not_places.csv", "local_names.csv"],
)  # fmt: skip
def test_rows_have_every_column_and_no_stray_blanks(file: str) -> None:
    bad = [row for row in read_rows(file) if None in row or None in row.values() or any(cell != cell.strip() for cell in row.values())]
    assert bad == []


@pytest.mark.parametrize(
    "file", ["units.csv", "heads.csv", "set_words.csv", "generic.csv", "boundaries.csv", "bare_excluded.csv", "regions.csv"]
)
def test_words_are_written_as_patterns_see_them(file: str) -> None:
    """A full-width or zero-width character in a name would never be met in folded text."""
    words = [word for row in read_rows(file) for key in ("unit", "head", "word") if (word := row.get(key)) is not None]
    assert [word for word in words if fold(word).text != word or not word] == []


def test_kinds_of_agencies_are_known() -> None:
    assert [row["id"] for row in AGENCIES if row["kind"] not in KINDS] == []
    assert [row["head"] for row in read_rows("heads.csv") if row["kind"] and row["kind"] not in KINDS] == []


def test_parents_are_known_and_no_body_stands_above_itself() -> None:
    assert [row["id"] for row in AGENCIES if row["parent"] and row["parent"] not in BY_ID] == []
    for row in AGENCIES:
        above, seen = row["parent"], {row["id"]}
        while above in BY_ID:
            assert above not in seen, row["id"]
            seen.add(above)
            above = BY_ID[above]["parent"]


def test_parties_are_countries_or_bodies() -> None:
    names = set(BY_COUNTRY) | {row["name"] for row in AGENCIES}
    assert [(row["id"], row["party"]) for row in AGENCIES if row["party"] and row["party"] not in names] == []


def test_a_national_body_is_named_with_its_country() -> None:
    """Sub-national bodies (上海市…) are named with their place instead; their parent or id says whose they are."""
    national = [row for row in AGENCIES if row["party"] in BY_COUNTRY and row["kind"] == "government"]
    bare = [row for row in national if not row["name"].startswith((row["party"], *split(BY_COUNTRY[row["party"]]["aliases"])))]
    subnational = regex.compile(r"^\p{Han}{2,9}(?:省|市|自治区)人民政府|^(?:香港|澳门)特别行政区")
    assert [(row["id"], row["name"]) for row in bare if not subnational.search(row["name"])] == []


def test_an_id_begins_with_its_country() -> None:
    wrong = [
        row["id"] for row in AGENCIES
        if row["party"] in BY_COUNTRY and not row["id"].startswith(BY_COUNTRY[row["party"]]["id"] + "-")
    ]  # fmt: skip
    assert wrong == []
    assert [row["id"] for row in AGENCIES if not regex.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["id"])] == []


def years(row: dict[str, str]) -> tuple[int, int]:
    return int(row["from"] or 0), int(row["to"] or 9999)


def test_years_run_forward() -> None:
    for row in AGENCIES:
        first, last = years(row)
        assert first <= last, row["id"]


def names(row: dict[str, str]) -> set[str]:
    """What a body may be called: its name, its aliases, and its name without its country and without 国家."""
    bare = row["name"].removeprefix(row["party"])
    return {row["name"], *split(row["aliases"]), bare, bare.removeprefix("国家")} - {""}


def test_no_name_has_two_owners_of_one_party_in_the_same_years() -> None:
    """What the lexicon makes of every name, so that names it leaves out (国会) clash with nothing."""
    words = lexicon()
    clashes = set()
    for text in {text for row in AGENCIES for text in names(row)}:
        known = words.get(text)
        for one, two in combinations(known.bodies if known else (), 2):
            (a, b), (c, d) = years(BY_ID[one.id]), years(BY_ID[two.id])
            if one.party == two.party and max(a, c) < min(b, d):  # the year of a renaming belongs to both
                clashes.add((text, one.id, two.id))
    assert clashes == set()


def test_no_alias_repeats_its_name() -> None:
    assert [row["id"] for row in AGENCIES if repeated([row["name"], *split(row["aliases"])])] == []
    assert [row["id"] for row in COUNTRIES if repeated([row["name"], *split(row["aliases"])])] == []


def test_countries() -> None:
    assert [row["id"] for row in COUNTRIES if not regex.fullmatch("[a-z]{2}", row["id"])] == []
    assert [row["id"] for row in COUNTRIES if len(row["short"]) > 1 or not row["english"]] == []
    names = [text for row in COUNTRIES for text in (row["name"], *split(row["aliases"]))]
    assert repeated(names) == []
    assert {"中", "美", "俄", "日", "韩", "英", "法", "德"} <= {row["short"] for row in COUNTRIES}


def test_no_country_is_named_like_a_body() -> None:
    countries = {text for row in COUNTRIES for text in (row["name"], *split(row["aliases"]))}
    assert [row["id"] for row in AGENCIES if countries & {row["name"], *split(row["aliases"])}] == []


def test_units() -> None:
    kinds = set(get_args(QuantityKind)) - {"ordinal"} | {"none"}
    rows = read_rows("units.csv")
    assert [row["unit"] for row in rows if row["kind"] not in kinds] == []
    codes = [row for row in rows if row["code"] and row["kind"] == "money"]
    assert [row["unit"] for row in codes if not regex.fullmatch("[A-Z]{3}", row["code"])] == []
    assert [row["unit"] for row in rows if row["code"] and row["kind"] in ("count", "none")] == []


def test_set_words_begin_with_what_a_quantity_may_begin_with() -> None:
    """Others would never be asked for, except words that are met inside another quantity's surroundings."""
    words = [row["word"] for row in read_rows("set_words.csv")]
    assert [word for word in words if len(word) < 2] == []


def test_every_word_list_says_why() -> None:
    assert [row["word"] for row in read_rows("set_words.csv") if not row["why"]] == []
    assert [row["word"] for row in read_rows("generic.csv") if not row["why"]] == []


def test_heads() -> None:
    rows = read_rows("heads.csv")
    known = {"anchor", "place", "region", "pair", "quotation"}
    assert [row["head"] for row in rows if not {*split(row["needs"])} <= known] == []
    assert [row["head"] for row in rows if not {*split(row["alone"])} <= {"country", "body", "place", "region"}] == []
    assert [(row["head"], word) for row in rows for word in split(row["not"]) if not word.endswith(row["head"])] == []


def test_words_around_names_are_marked_with_known_marks() -> None:
    assert {row["ends"] for row in read_rows("generic.csv")} == {"", "yes", "none", "both"}
    assert {row["anchor"] for row in read_rows("regions.csv")} == {"", "yes", "zone"}
    assert {row["closes"] for row in read_rows("boundaries.csv")} == {"", "yes"}
    assert {row["shared"] for row in read_rows("bare_excluded.csv")} == {"", "yes"}


def test_provinces_are_told_apart_by_their_short_names() -> None:
    rows = read_rows("provinces.csv")
    assert len(rows) == 31
    assert [row["name"] for row in rows if not row["name"].startswith(row["short"]) or len(row["character"]) != 1] == []
    assert repeated([row[key] for row in rows for key in ("short", "character")]) == []


def test_no_boundary_is_a_head_word() -> None:
    boundaries = {row["word"] for row in read_rows("boundaries.csv")}
    assert [row["head"] for row in read_rows("heads.csv") if row["head"] in boundaries] == []


@pytest.mark.parametrize("row", read_rows("chrome.csv"), ids=lambda row: row["example"])
def test_chrome_matches_its_example(row: dict[str, str]) -> None:
    assert regex.search(row["pattern"], fold(row["example"]).text)
    document = qingdan.parse(f"{row['example']}\n甲国对话成果清单\n1、甲。\n2、乙。\n")
    assert [(chrome.text, chrome.kind) for chrome in document.chrome] == [(row["example"], row["kind"])]


def test_the_dictionary_is_one_word_a_line() -> None:
    lines = [line.split() for line in read_text("words.txt").splitlines()]
    assert [line for line in lines if len(line) != 3 or not line[1].isdigit()] == []
    assert repeated([line[0] for line in lines]) == []


def whole_hit(text: str) -> Name | None:
    """What the lexicon finds when a text, as patterns see it, is one name and nothing else."""
    folded = fold(text).text
    return next((hit.name for hit in lexicon().find(folded) if (hit.start, hit.end) == (0, len(folded))), None)


def test_every_body_is_found_by_its_names() -> None:
    lost = []
    for row in AGENCIES:
        for text in (row["name"], *split(row["aliases"])):
            name = whole_hit(text)
            if name is None or row["id"] not in {body.id for body in name.bodies}:
                lost.append((row["id"], text))
    assert lost == []


def test_every_country_is_found_by_its_names() -> None:
    texts = [(row["name"], text) for row in COUNTRIES for text in (row["name"], *split(row["aliases"]))]
    assert [text for country, text in texts if (name := whole_hit(text)) is None or name.country != country] == []


def test_bodies_know_the_years_of_their_names() -> None:
    words = lexicon()
    (agriculture,) = [body for body in words.get("中国农业部").bodies if body.id == "cn-agriculture"]  # type: ignore[union-attr]
    assert (agriculture.in_year(2015), agriculture.in_year(2020), agriculture.in_year(None)) == (True, False, True)
