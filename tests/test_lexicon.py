"""The knowledge: every CSV is consistent in itself and with the others."""

from __future__ import annotations

from collections import Counter
from graphlib import TopologicalSorter
from itertools import combinations
from typing import get_args

import pytest
import regex

import qingdan
from qingdan.data import read_rows, read_text
from qingdan.finding.agencies import find_agencies
from qingdan.finding.lexicon import Name, lexicon
from qingdan.finding.quantity_units import unit_pattern, units
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
        ("heads.csv", "head"), ("boundaries.csv", "word"), ("set_words.csv", "word"), ("generic.csv", "word"), ("money_signs.csv", "sign"),
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
    ["agencies.csv", "countries.csv", "units.csv", "money_signs.csv", "heads.csv", "boundaries.csv", "set_words.csv", "generic.csv",
     "bare_excluded.csv", "chrome.csv", "fields.csv", "issues.csv", "regions.csv", "provinces.csv", "not_places.csv", "local_names.csv",
     "successions.csv"],
)  # fmt: skip
def test_rows_have_every_column_and_no_stray_blanks(file: str) -> None:
    rows = read_rows(file)  # ValueError where a row has more or fewer cells than the header
    assert [row for row in rows if any(cell != " ".join(cell.split()) for cell in row.values())] == []


@pytest.mark.parametrize(
    "file",
    ["units.csv", "money_signs.csv", "heads.csv", "set_words.csv", "generic.csv", "boundaries.csv", "bare_excluded.csv", "regions.csv"],
)
def test_words_are_written_as_patterns_see_them(file: str) -> None:
    """A full-width or zero-width character in a name would never be met in folded text."""
    words = [word for row in read_rows(file) for key in ("unit", "sign", "head", "word") if (word := row.get(key)) is not None]
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
    """Sub-national bodies (上海市…) and posts abroad (驻…) are named with their place instead; their parent or id says whose they are."""
    national = [row for row in AGENCIES if row["party"] in BY_COUNTRY and row["kind"] == "government"]
    bare = [row for row in national if not row["name"].startswith((row["party"], *split(BY_COUNTRY[row["party"]]["aliases"])))]
    subnational = regex.compile(r"^\p{Han}{2,9}(?:省|市|自治区)人民政府|^(?:香港|澳门|中央|中共|推进)|^(?:台北)?驻")
    own = regex.compile(r"(?:基金|日报社)$")  # nobody says 中国中非发展基金
    assert [(row["id"], row["name"]) for row in bare if not subnational.search(row["name"]) and not own.search(row["name"])] == []


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


def test_years_are_years() -> None:
    assert [
        row["id"]
        for row in AGENCIES
        for cell in (row["from"], row["to"])
        if cell and not regex.fullmatch("1[6-9][0-9]{2}|20[0-9]{2}", cell)
    ] == []


def test_a_unit_named_after_its_parent_lives_no_longer_than_that_name() -> None:
    """中国农业部国际合作司 cannot go on when 中国农业部 has become another ministry."""
    wrong = []
    for row in AGENCIES:
        parent = BY_ID.get(row["parent"])
        if parent is not None and row["name"].startswith(parent["name"]):
            (first, last), (begun, ended) = years(row), years(parent)
            if last > ended or (first and first < begun):
                wrong.append((row["id"], parent["id"]))
    assert wrong == []


def test_a_body_and_the_one_above_it_are_of_one_country() -> None:
    pairs = [(row, BY_ID[row["parent"]]) for row in AGENCIES if row["parent"]]
    assert [a["id"] for a, b in pairs if {a["party"], b["party"]} <= set(BY_COUNTRY) and a["party"] != b["party"]] == []


def test_no_alias_is_the_name_of_another_body_of_the_party() -> None:
    """A successor's name is no alias of its predecessor, nor the other way round: each has a row of its own."""
    owner = {(row["party"], row["name"]): row["id"] for row in AGENCIES}
    wrong = [(row["id"], text, other) for row in AGENCIES for text in split(row["aliases"]) if (other := owner.get((row["party"], text)))]
    assert wrong == []


def test_successions_join_bodies_of_one_country() -> None:
    rows = read_rows("successions.csv")
    assert repeated([f"{row['old']} {row['new']}" for row in rows]) == []
    assert [row for row in rows if row["old"] not in BY_ID or row["new"] not in BY_ID or row["old"] == row["new"]] == []
    parties = [{BY_ID[row[side]]["party"] for side in ("old", "new")} - {""} for row in rows]
    assert [row for row, own in zip(rows, parties, strict=True) if len(own) > 1] == []


def test_a_body_takes_over_in_the_year_in_which_the_other_ends() -> None:
    """A year later at most: what ends with December begins with January. The heir may be older, the body cannot go on."""
    wrong = []
    for row in read_rows("successions.csv"):
        year, ends, begins = int(row["year"]), BY_ID[row["old"]]["to"], BY_ID[row["new"]]["from"]
        if (ends and not 0 <= year - int(ends) <= 1) or (begins and int(begins) > year + 1):
            wrong.append(row)
    assert wrong == []


def test_no_body_succeeds_itself() -> None:
    heirs: dict[str, set[str]] = {}
    for row in read_rows("successions.csv"):
        heirs.setdefault(row["old"], set()).add(row["new"])
    assert list(TopologicalSorter(heirs).static_order())


def test_english_names_are_english() -> None:
    """Empty where nobody can vouch for one, which is seldom; never in Chinese, with blanks to spare or a stray quote."""
    named = [row for row in AGENCIES if row["english"]]
    assert [row["id"] for row in named if regex.search(r"\p{Han}|  |^['\"]|['\"]$|[,;]$", row["english"])] == []
    assert len(AGENCIES) - len(named) <= 59


def test_names_begin_and_end_with_a_word() -> None:
    edge = regex.compile(r"^[\p{P}--[《“]]|[\p{P}--[》”）)]]$|\s{2}|[,，;；]", regex.V1)
    assert [(row["id"], text) for row in AGENCIES for text in (row["name"], *split(row["aliases"])) if edge.search(text)] == []


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


def test_no_organisation_goes_by_the_bare_name_of_a_national_body() -> None:
    """「开发署」 is that of the United Nations; were 法国开发署 known without its country too, it would be nobody's in particular."""
    words = lexicon()
    shared = []
    for text in {text for row in AGENCIES if row["party"] not in BY_COUNTRY for text in (row["name"], *split(row["aliases"]))}:
        name = words.get(fold(text).text)
        if name is None or name.bare:
            shared.append(text)
    assert shared == []


def test_no_body_is_known_by_a_head_word_alone() -> None:
    """澳大利亚办事处 without its country would be every 办事处 of a text; a bank of issue is spoken of so."""
    bare = [row["head"] for row in read_rows("heads.csv") if (name := lexicon().get(row["head"])) and name.bare]
    assert set(bare) == {"中央银行", "进出口银行"}


def test_a_name_of_nothing_is_no_name() -> None:
    names = {row["name"] for row in read_rows("not_bodies.csv")}
    assert [name for name in names if lexicon().get(name)] == []
    assert [name for name in names if any(hit.name.text != name for hit in lexicon().find(name))] == []


def test_no_body_of_a_party_stands_twice_under_one_english_name() -> None:
    by_english: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in AGENCIES:
        if row["party"] and row["english"]:
            by_english.setdefault((row["party"], row["english"]), []).append(row)
    twice = [
        (one["id"], two["id"]) for rows in by_english.values() for one, two in combinations(rows, 2)
        if max(years(one)[0], years(two)[0]) < min(years(one)[1], years(two)[1])
    ]  # fmt: skip
    assert twice == []


def test_no_cell_of_aliases_has_a_gap_or_a_mark_of_a_list() -> None:
    assert [(row["id"], text) for row in AGENCIES for text in row["aliases"].split("|")[1:] if not text] == []
    assert [(row["id"], text) for row in AGENCIES for text in split(row["aliases"]) if regex.search("[;,，；~]", text)] == []


def test_no_alias_repeats_its_name() -> None:
    assert [row["id"] for row in AGENCIES if repeated([row["name"], *split(row["aliases"])])] == []
    assert [row["id"] for row in COUNTRIES if repeated([row["name"], *split(row["aliases"])])] == []


def test_countries() -> None:
    # ISO 3166-1 has two letters; ISO 3166-3 four, for the states of the past.
    assert [row["id"] for row in COUNTRIES if not regex.fullmatch("(?:[a-z]{2}){1,2}", row["id"])] == []
    assert [row["id"] for row in COUNTRIES if len(row["short"]) > 1 or not row["english"]] == []
    names = [text for row in COUNTRIES for text in (row["name"], *split(row["aliases"]))]
    assert repeated(names) == []
    assert {"中", "美", "俄", "日", "韩", "英", "法", "德"} <= {row["short"] for row in COUNTRIES}


def test_no_country_is_named_like_a_body() -> None:
    countries = {text for row in COUNTRIES for text in (row["name"], *split(row["aliases"]))}
    assert [row["id"] for row in AGENCIES if countries & {row["name"], *split(row["aliases"])}] == []


def test_units() -> None:
    kinds = set(get_args(QuantityKind)) | {"none", "per"}
    rows = read_rows("units.csv")
    assert [row["unit"] for row in rows if row["kind"] not in kinds] == []
    codes = [row for row in rows if row["code"] and row["kind"] == "money"]
    assert [row["unit"] for row in codes if not regex.fullmatch("[A-Z]{3}", row["code"])] == []
    assert [row["unit"] for row in rows if row["code"] and row["kind"] in ("count", "none", "ordinal", "per")] == []
    durations = [row for row in rows if row["code"] and row["kind"] == "duration"]
    assert [row["unit"] for row in durations if not regex.fullmatch("P(?:[0-9]+[YMWD]|T[0-9.]+[HMS])", row["code"])] == []
    assert [row["unit"] for row in rows if row["kind"] == "per" and not row["per"]] == []


def test_every_unit_is_met_behind_a_numeral() -> None:
    """The tree of units takes each of them whole, and none of the words that only begin like one."""
    pattern = regex.compile(unit_pattern(units()))
    rows = [row for row in read_rows("units.csv") if row["unit"] not in ("%", "‰")]
    missed = [row["unit"] for row in rows if row["kind"] not in ("none", "per") and not pattern.fullmatch(row["unit"])]
    assert missed == []
    assert [row["unit"] for row in rows if row["kind"] == "none" and pattern.match(row["unit"])] == []


def test_money_signs() -> None:
    rows = read_rows("money_signs.csv")
    assert [row["sign"] for row in rows if not regex.fullmatch("[A-Z]{3}", row["code"])] == []


def test_currencies_in_use_have_a_name() -> None:
    """The currencies of ISO 4217 in use in 2025, without funds, metals and test codes."""
    in_use = [
        "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD",
        "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP",
        "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP",
        "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
        "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD",
        "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN",
        "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
        "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB",
        "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV",
        "WST", "XAF", "XCD", "XCG", "XDR", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
    ]  # fmt: skip
    named = {row["code"] for row in read_rows("units.csv") if row["kind"] == "money" and not row["unit"].isascii()}
    assert [code for code in in_use if code not in named] == []


def test_set_words_begin_with_what_a_quantity_may_begin_with() -> None:
    """Others would never be asked for, except words that are met inside another quantity's surroundings."""
    words = [row["word"] for row in read_rows("set_words.csv")]
    assert [word for word in words if len(word) < 2] == []


def test_every_word_list_says_why() -> None:
    assert [row["word"] for row in read_rows("set_words.csv") if not row["why"]] == []
    assert [row["word"] for row in read_rows("generic.csv") if not row["why"]] == []


def test_heads() -> None:
    rows = read_rows("heads.csv")
    known = {"anchor", "place", "region", "pair", "quotation", "unit"}
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


@pytest.mark.parametrize(
    ("year", "names"),
    [
        (1996, ["国家计委", "外经贸部", "邮电部", "国家技术监督局", "国务院特区办公室", "国家体改委", "总参谋部", "新闻出版署"]),
        (2000, ["国家计委", "国家经贸委", "国家煤炭工业局", "劳动保障部", "国家环保总局", "国家出入境检验检疫局", "国务院体改办"]),
        (2006, ["国家发展改革委", "信息产业部", "国家电监会", "国务院西部开发办", "国防科工委", "人事部", "国家质检总局", "国家广电总局"]),
        (2010, ["工业和信息化部", "人力资源社会保障部", "环境保护部", "国家能源局", "卫生部", "铁道部", "国家预防腐败局", "国务院食安委"]),
        (2015, ["国家卫生计生委", "国家新闻出版广电总局", "国家铁路局", "食品药品监管总局", "国务院扶贫办", "中央深改组", "北京军区"]),
        (2020, ["生态环境部", "市场监管总局", "银保监会", "国家医保局", "退役军人部", "国家监委", "中央网信办", "东部战区", "国铁集团"]),
        (2024, ["国家数据局", "金融监管总局", "中央社会工作部", "中央港澳办", "国家防灾减灾救灾委员会", "信息支援部队", "国家疾控局"]),
    ],
)  # fmt: skip
def test_china_s_bodies_are_known_through_the_reforms(year: int, names: list[str]) -> None:
    unknown = [text for text in names if not any(b.party == "中国" and b.in_year(year) for b in getattr(whole_hit(text), "bodies", ()))]
    assert unknown == []


@pytest.mark.parametrize(
    ("year", "names"),
    [
        (2000, ["国家数据局", "生态环境部", "国家电监会", "东部战区"]),
        (2024, ["邮电部", "国家计委", "环境保护部", "银保监会", "国务院扶贫办", "北京军区"]),
    ],
)
def test_china_s_bodies_are_not_known_out_of_their_years(year: int, names: list[str]) -> None:
    known = [text for text in names if any(b.party == "中国" and b.in_year(year) for b in getattr(whole_hit(text), "bodies", ()))]
    assert known == []


@pytest.mark.parametrize(
    "text",
    ["甲市农业大学", "西部政法大学", "各地银行业协会", "地方作家协会", "街道美术馆", "社区救援队", "湿地国际合作", "参加国际护士会议"],
)
def test_no_name_is_found_in_other_words(text: str) -> None:
    assert [agency.text for agency in find_agencies(fold(text), text)] == []
