"""Agencies: the tables in test_agencies/ hold every agency of each text with its canonical names and kind.

The texts are read as parts of a list of 中国 and 美国.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from conftest import Row

import qingdan
from qingdan.model import Agency

PARTIES = ("中国", "美国")


def found(text: str, parties: tuple[str, ...] = PARTIES) -> tuple[Agency, ...]:
    return qingdan.find(text, ["agencies"], parties=parties).agencies


@pytest.mark.rows("*.tsv")
def test_table(row: Row) -> None:
    agencies = found(row.text)
    assert [(agency.text, "|".join(agency.canonical)) for agency in agencies] == [cells[:2] for cells in row.mentions]
    kinds = [cells[2] if len(cells) > 2 else agency.kind for cells, agency in zip(row.mentions, agencies, strict=True)]
    assert [agency.kind for agency in agencies] == kinds


def test_coordination_hands_on_the_country() -> None:
    assert [agency.parties for agency in found("美国贸易发展署、运输部和商务部")] == [("美国",)] * 3


def test_a_body_of_both_sides_has_both() -> None:
    (agency,) = found("两国国防部")
    assert (agency.canonical, agency.parties, agency.status) == (("中国国防部", "美国国防部"), PARTIES, "inferred")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("中方为自然资源部，智方为外交部。", ["中国自然资源部", "智利外交部"]),
        ("中方牵头单位为商务部，智方的牵头单位是农业部。", ["中国商务部", "智利农业部"]),
        ("智方为外交部人员举办研修班。", ["中国外交部"]),  # for whom, not which
    ],
)
def test_a_body_that_a_side_names_is_its_own(text: str, names: list[str]) -> None:
    assert [name for agency in found(text, ("中国", "智利")) for name in agency.canonical] == names


@pytest.mark.parametrize("parties", [("中国", "新西兰"), ("中国", "新加坡")])
def test_a_country_by_one_character_is_the_one_that_is_a_side(parties: tuple[str, str]) -> None:
    (agency,) = found("成立中新湿地联合工作组", parties)
    assert agency.parties == parties


def test_a_body_of_both_sides_is_open_when_nobody_knows_the_sides() -> None:
    (agency,) = found("两国国防部", ())
    assert (agency.text, agency.status) == ("两国国防部", "unresolved")


def test_a_bare_name_is_that_of_the_one_side_that_has_such_a_body() -> None:
    (agency,) = found("国防部发表声明", ("日本", "美国"))
    assert (agency.text, agency.canonical, agency.status) == ("国防部", ("美国国防部",), "inferred")


def test_a_bare_name_that_both_sides_have_is_ambiguous() -> None:
    (agency,) = found("外交部发表声明", ("俄罗斯", "越南"))
    assert (agency.text, agency.status) == ("外交部", "ambiguous")


def test_the_lexicon_entry_is_the_rule() -> None:
    (agency,) = found("中国海关总署")
    assert agency.rule.startswith("lexicon:")
    (agency,) = found("美国联邦河流保护局")
    assert agency.rule == "head-word"


@pytest.mark.parametrize(
    ("definition", "short"),
    [("JLG", "JLG"), ("简称“联络小组”", "联络小组"), ("下称“联络小组”", "联络小组"), ("以下简称联络小组", "联络小组")],
)
def test_what_the_text_defines_is_found_again(definition: str, short: str) -> None:
    agencies = found(f"中美执法合作联合联络小组({definition})。根据{short}会议讨论情况")
    assert [agency.text for agency in agencies] == ["中美执法合作联合联络小组", short, short]
    assert {agency.canonical for agency in agencies} == {("中美执法合作联合联络小组",)}


def test_words_in_parentheses_define_nothing_without_a_keyword() -> None:
    assert [agency.text for agency in found("联合国(纽约总部),纽约总部设施")] == ["联合国"]


def test_an_organ_ends_before_the_next_body() -> None:
    document = qingdan.parse("1、甲:由联合国(LXG)0外交部通报。\n\n2、乙:同意。")
    found = document.items[0].agencies
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert "外交部" in {agency.text for agency in found}


def test_a_definition_holds_for_the_whole_document() -> None:
    document = qingdan.parse("1、甲:以中美执法合作联合联络小组(JLG)为机制。\n\n2、乙:根据JLG第十二次会议情况。")
    assert [agency.canonical for agency in document.items[1].agencies] == [("中美执法合作联合联络小组",)]
    assert [mention.text for mention in document.items[1].quantities] == ["第十二次"]


@pytest.mark.parametrize(("day", "name"), [("2015-06-01", "英国外交和联邦事务部"), ("2021-06-01", "英国外交、联邦和发展事务部")])
def test_the_year_chooses_between_a_body_and_its_predecessor(day: str, name: str) -> None:
    (agency,) = qingdan.find("英国外交部发表声明", ["agencies"], reference_date=day).agencies
    assert agency.canonical == (name,)


def test_a_definition_may_give_several_short_forms() -> None:
    agencies = found("联合国(以下简称“联盟”或“本组织”)秘书长表示，本组织将提供支持，联盟成员同意")
    assert [(agency.text, agency.canonical) for agency in agencies] == [
        (short, ("联合国",)) for short in ("联合国", "联盟", "本组织", "本组织", "联盟")
    ]


def test_a_definition_may_name_several_bodies_in_turn() -> None:
    agencies = found("中国商务部和俄罗斯运输部(以下分别简称“商务部”和“俄运输部”)同意，由俄运输部负责")
    assert [agency.canonical[0] for agency in agencies] == ["中国商务部", "俄罗斯运输部", "中国商务部", "俄罗斯运输部", "俄罗斯运输部"]


@pytest.mark.parametrize("side", ["中方", "双方", "缔约方", "两国"])
def test_the_sides_of_a_treaty_are_no_bodies(side: str) -> None:
    assert [agency.text for agency in found(f"中国外交部(以下简称“{side}”)同意，{side}负责费用")] == ["中国外交部"]


def test_what_follows_a_definition_is_an_organ_of_the_body() -> None:
    agencies = found("世界卫生组织(以下简称“本组织”)执行委员会会议举行，本组织秘书处列席")
    assert [agency.canonical[0] for agency in agencies if "会" in agency.text or "处" in agency.text] == [
        "世界卫生组织执行委员会", "世界卫生组织秘书处",
    ]  # fmt: skip


def test_a_resolution_says_whose_it_is() -> None:
    agencies = found("大会，\n回顾其各项决议，\n1.请大会主席报告，并感谢缔约方大会和人民大会堂", ())
    assert [(agency.start, agency.canonical) for agency in agencies] == [(0, ("联合国大会",)), (16, ("联合国大会",))]


def test_a_short_form_of_a_country_that_the_text_names() -> None:
    agencies = found("薩爾瓦多與洪都拉斯簽署協定，薩國財政部同意，丁國衛生部列席", ())
    assert [(agency.text, agency.parties) for agency in agencies[:1]] == [("薩國財政部", ("萨尔瓦多",))]


def test_countries_that_the_text_names_are_the_sides_of_a_shared_body() -> None:
    (agency,) = found("中俄两国外交部", ())
    assert (agency.parties, agency.status) == (("中国", "俄罗斯"), "inferred")


def test_a_shared_body_of_more_countries_than_there_are_sides_stays_open() -> None:
    (agency,) = found("三国外交部")
    assert (agency.canonical, agency.status) == (("外交部",), "unresolved")


def test_a_place_that_the_text_leaves_open() -> None:
    agencies = found("牵头单位：市财政局、市商务局，报市人民政府批准", ())
    assert [agency.canonical[0] for agency in agencies] == ["市财政局", "市商务局", "市人民政府"]
