"""The meeting: what a title says of it, and when and where it was held, published and counted from."""

from __future__ import annotations

import pytest
from conftest import Row

import qingdan

ITEMS = "\n1、甲:双方同意。\n2、乙:双方将于年底前举行会议。\n"


@pytest.mark.rows("titles.tsv")
def test_titles(row: Row) -> None:
    about = qingdan.parse(f"{row.text}\n{ITEMS}").document
    shown = (about.series, about.round, about.track, "|".join(about.parties))
    assert about.title == row.text
    assert tuple(str(value) if value else "-" for value in shown) == row.mentions[0]


@pytest.mark.parametrize(
    ("preamble", "held", "place"),
    [
        ("2016年6月6日至7日,第八轮中美战略与经济对话在北京举行。", "2016-06-06/2016-06-07", "北京"),
        ("第二次中美对话于2017年7月19日在华盛顿举行。", "2017-07-19", "华盛顿"),
        ("2015年6月22日至24日在美国华盛顿举行的对话期间,双方达成以下成果:", "2015-06-22/2015-06-24", "美国华盛顿"),
        ("2015年12月17日，第三次会议在俄罗斯莫斯科成功举行。", "2015-12-17", "俄罗斯莫斯科"),
        ("双方根据2014年达成的共识,同意继续合作。", None, None),
    ],
)
def test_when_and_where_it_was_held(preamble: str, held: str | None, place: str | None) -> None:
    about = qingdan.parse(f"甲乙对话成果清单\n{preamble}{ITEMS}").document
    assert (about.held.edtf if about.held else None, about.place) == (held, place)


@pytest.mark.parametrize(
    ("text", "published", "reference", "year_end"),
    [
        ("甲国对话成果清单\n2015年06月29日 09:09" + ITEMS, "2015-06-29", "2015-06-29", "../2015-12"),
        ("甲国对话成果清单\n发布时间:2016-07-01 来源:外交部" + ITEMS, "2016-07-01", "2016-07-01", "../2016-12"),
        ("甲国对话成果清单\n2014-12-30\n2014年12月8日至9日在北京举行的会议上,双方同意:" + ITEMS, "2014-12-30", "2014-12-09", "../2014-12"),
        ("甲国合作声明" + ITEMS + "\n2013年5月2日于北京\n", "2013-05-02", "2013-05-02", "../2013-12"),
        ("甲国合作声明" + ITEMS + "\n二〇一三年五月二日\n", "2013-05-02", "2013-05-02", "../2013-12"),
        ("甲国合作声明" + ITEMS, None, None, None),
    ],
    ids=["page", "label", "held-first", "signature", "signature-in-words", "nothing"],
)
def test_the_reference_day_is_that_of_the_meeting_else_of_publication_else_of_signature(
    text: str, published: str | None, reference: str | None, year_end: str | None
) -> None:
    document = qingdan.parse(text)
    about = document.document
    assert (about.published.edtf if about.published else None, about.reference_date) == (published, reference)
    assert [date.edtf for date in document.items[1].dates] == [year_end]
    assert ("no-reference-date" in {issue.code for issue in document.issues}) == (reference is None)


@pytest.mark.parametrize(
    ("title", "preamble", "expected"),
    [
        ("中印渔业对话成果清单", "2031年5月6日,第九轮中印渔业对话在成都举行。", 9),
        ("中印总理定期会晤联合公报", "2031年5月6日,中印总理第十次定期会晤在成都举行。", 10),
        ("中印渔业对话成果清单", "2031年5月6日,中印渔业对话第三次会议在成都举行。", 3),
        ("中印渔业对话成果清单", "双方回顾了第九轮中印茶叶对话。", None),
        ("第二轮中印渔业对话成果清单", "双方同意第三轮中印渔业对话明年举行。", 2),
    ],
)
def test_the_round_may_stand_in_the_preamble(title: str, preamble: str, expected: int | None) -> None:
    assert qingdan.parse(f"{title}\n{preamble}{ITEMS}").document.round == expected


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("访问成果清单" + "\n1、甲:双方同意合作。\n2、乙:中方将提供设备,美方将派遣专家,美国负责培训。\n", ("中国", "美国")),
        ("会谈简报" + "\n1、甲:美中两国决定合作。\n2、乙:美国将提供设备。\n", ("美国", "中国")),
        ("会谈简报" + "\n1、甲:双方同意合作,其中双方将互派专家。\n2、乙:中方将提供设备,日方将派遣专家,日本负责培训。\n", ("中国", "日本")),
        ("访问成果清单" + "\n1、甲:双方同意合作。\n2、乙:中方将提供设备,美方、法方将派遣专家,美国、法国负责培训。\n", ()),
        ("访问成果清单" + "\n1、甲:双方同意合作。\n2、乙:中方批评西方,将在西班牙办展。\n", ()),
        ("中国科学院和英国皇家学会合作协议" + ITEMS, ("中国", "英国")),
    ],
    ids=["two-sides", "a-pair", "among-them", "three-sides", "the-west", "two-bodies"],
)
def test_sides_that_only_the_text_or_two_bodies_name(text: str, parties: tuple[str, ...]) -> None:
    assert qingdan.parse(text).document.parties == parties
