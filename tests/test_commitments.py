"""The annotated commitments and the guide's examples hold together: every text is where it is said to be."""

from __future__ import annotations

import importlib.util
import json
import math
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from commitment_examples import annotated, examples, scored
from invariants import broken

import qingdan
from qingdan.data import read_rows
from qingdan.finding.acts import KINDS
from qingdan.finding.clauses import units

ROOT = Path(__file__).resolve().parent.parent
GOLD = sorted(Path(__file__).with_suffix("").glob("*.json"))
CLASSES = {"accomplished", "committed", "continued", "intended", "reaffirmed", "welcomed", "urged", "viewed"}
FIELDS = {"text", "start", "end", "actors", "act", "class", "polarity", "deadline", "instrument", "event", "conditions"}
FLOORS = Path(__file__).with_name("commitment_floors.json")


def in_order(parts: str, text: str) -> bool:
    """Whether the parts of an act, with … between them, stand in the text in this order."""
    place = 0
    for part in parts.split("…"):
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_gold_lies_in_its_items(gold: Path) -> None:
    annotated: dict[str, Any] = json.loads(gold.read_text(encoding="utf-8"))
    document = qingdan.parse(ROOT / "samples" / f"{annotated['document']}.txt")
    assert [item["id"] for item in annotated["items"]] == [item.id for item in document.items]
    for item, marked in zip(document.items, annotated["items"], strict=True):
        place = item.body_start
        for commitment in marked["commitments"]:
            start, end = commitment["start"], commitment["end"]
            assert set(commitment) == FIELDS
            assert document.text[start:end] == commitment["text"]
            assert place <= start < end <= item.body_end
            assert commitment["class"] in CLASSES
            assert commitment["polarity"] in {"positive", "negative"}
            assert commitment["actors"]
            quoted = [*commitment["instrument"], *commitment["conditions"], commitment["event"] or ""]
            assert all(part in commitment["text"] for part in quoted)
            deadlines = {date.edtf for date in item.dates if start <= date.start < end and (date.role == "deadline" or "年内" in date.text)}
            assert {commitment["deadline"]} - {None} <= deadlines
            place = end


def test_five_dated_promises_are_marked() -> None:
    marked = json.loads((Path(__file__).with_suffix("") / "sed7-2015.json").read_text(encoding="utf-8"))
    deadlines = [c["deadline"] for item in marked["items"] for c in item["commitments"] if c["deadline"]]
    assert sorted(deadlines) == ["../2015-09", "../2015-12", "../2016-01", "../2016-10-30", "../2018-10-30", "2015", "2015"]


def test_examples_are_numbered_through() -> None:
    assert [number for number, _, _ in examples()] == list(range(1, len(examples()) + 1))


@pytest.mark.parametrize(("number", "text", "lines"), examples())
def test_example(number: int, text: str, lines: list[list[str]]) -> None:
    place = 0
    for span, kind, act, actors, *rest in lines:
        quoted = span.strip("`")
        start = text.find(quoted, place)
        assert start >= 0, quoted
        assert kind in CLASSES
        assert actors
        # The act of a member that has none of its own stands further up.
        assert in_order(act, text)
        for field in rest:
            name, _, value = field.partition(" ")
            assert name in {"negative", "deadline", "instrument", "event", "conditions"}
            if name not in {"negative", "deadline"}:
                assert all(part in quoted for part in value.split(", "))
        place = start + len(quoted)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_commitments", ROOT / "benchmarks" / "commitments.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reached(benchmark: ModuleType) -> dict[str, dict[str, float]]:
    """The figures of every gold file and of the guide, rounded down to three decimals."""
    found = {}
    for gold in GOLD:
        score = benchmark.Score()
        marked = json.loads(gold.read_text(encoding="utf-8"))
        benchmark.score_document(qingdan.parse(ROOT / "samples" / f"{gold.stem}.txt"), marked, score, None)
        found[gold.stem] = score.figures()
    score = benchmark.Score()
    for _, marked, made in scored():
        score.add(marked, [benchmark.row(one) for one in made])
    found["guide"] = score.figures()
    return {name: {kind: math.floor(value * 1000 + 1e-9) / 1000 for kind, value in row.items()} for name, row in found.items()}


def test_floors(benchmark: ModuleType, request: pytest.FixtureRequest) -> None:
    figures = reached(benchmark)
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    lower = request.config.getoption("--lower-floors")
    if lower or request.config.getoption("--raise-floors"):
        for name, row in figures.items():
            old = floors.setdefault(name, {})
            old.update({kind: value if lower else max(value, old.get(kind, 0.0)) for kind, value in row.items()})
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=2) + "\n", encoding="utf-8")
    assert floors.keys() == figures.keys()
    assert [f"{n} {k}" for n, row in floors.items() for k, floor in row.items() if figures[n][k] < floor] == []


def test_floors_are_not_under_what_was_asked_for() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    for row in floors.values():
        assert row["span_f1"] >= 0.9
        assert row["class"] >= 0.95
        assert row["actors"] >= 0.95
        assert row["deadline"] == 1.0


@pytest.mark.parametrize(("number", "marked", "made"), scored())
def test_example_is_found(number: int, marked: list[dict[str, Any]], made: list[Any]) -> None:
    """Each example whole: spans, classes and actors as the guide has them."""
    assert [(one.text, one.class_, sorted(one.actors)) for one in made] == [(m["text"], m["class"], sorted(m["actors"])) for m in marked]


def test_annotations_of_an_example_quote_it() -> None:
    _, text, lines = examples()[0]
    made = annotated(text, lines, 7)
    assert [text[one["start"] - 7 : one["end"] - 7] for one in made] == [one["text"] for one in made]


def test_words_are_consistent() -> None:
    acts, others = read_rows("acts.csv"), read_rows("clause_words.csv")
    words = [row["word"] for row in (*acts, *others)]
    assert len(words) == len(set(words))
    assert {row["class"] for row in acts} <= CLASSES
    assert {row["family"] for row in acts} == {"doing", "stance", "window", "verb"}
    assert {row["strength"] for row in acts} == {"strong", "weak", "bare"}
    assert {row["use"] for row in acts} == {"", "ask", "carry", "done", "duty", "first", "hold", "sign", "talk", "verb", "work"}
    assert all((row["family"] == "verb") == (row["strength"] == "bare") for row in acts)
    assert {row[flag] for row in acts for flag in ("negative", "noun")} == {"", "yes"}
    assert {row["kind"] for row in others} == set(KINDS)


def test_sides_are_parties() -> None:
    rows = read_rows("sides.csv")
    assert len({row["word"] for row in rows}) == len(rows)
    assert all(row["word"] and all(row["parties"].split("|")) and row["within"] in ("", "yes") for row in rows)


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("双方决定加强合作,扩大交流。双方重申。", [["双方决定加强合作", "扩大交流"], ["双方重申"]]),
        ("增加1,000个名额,加强合作", [["增加1,000个名额", "加强合作"]]),
        ("采取措施:简化手续;增加名额。", [["采取措施", "简化手续"], ["增加名额"]]),
        ("一行\n  二行", [["一行"], ["二行"]]),
        ("双方将在未来五年内共同加强农业技术领域的全面务\n实合作", [["双方将在未来五年内共同加强农业技术领域的全面务\n实合作"]]),
        (",,。;;", []),
    ],
)
def test_units_and_clauses(text: str, parted: list[list[str]]) -> None:
    assert [[text[start:end] for start, end in unit.clauses] for unit in units(text, 0, len(text))] == parted


HEAD = "中肯经贸联委会第三次会议成果清单\n\n2024年6月20日，中国和肯尼亚在内罗毕举行第三次会议。成果如下。\n\n"


def found(*bodies: str) -> list[list[tuple[str, str, str]]]:
    """Text, class and actors of the commitments of invented items."""
    document = qingdan.parse(HEAD + "".join(f"{n}、{body}\n" for n, body in enumerate((*bodies, "双方决定加强合作。"), 1)))
    return [[(one.text, one.class_, "|".join(one.actors)) for one in item.commitments] for item in document.items[:-1]]


BOTH = "中国|肯尼亚"
CASES = [
    ("双方讨论了“决定扩大投资，支持创业”这一议题。", [("双方讨论了“决定扩大投资，支持创业”这一议题", "viewed", BOTH)]),
    ("两国关系不断发展，双边贸易额符合预期。", []),
    ("该计划将指导两国今后的合作，促进区域发展。", []),
    ("牵头单位：商务部", []),
    ("肯尼亚驻华大使出席会议并致辞。", []),
    ("双方将签订的协定有利于两国人民。", []),
    ("中方将于2025年在北京举办茶叶展览，肯方积极参展。", [("中方将于2025年在北京举办茶叶展览，肯方积极参展", "committed", "中国")]),
    ("扩大茶叶贸易。（中国商务部牵头，肯尼亚财政部配合）", [("扩大茶叶贸易", "committed", "中国商务部")]),
    ("双方将改善通关，并支持企业参展。", [("双方将改善通关", "committed", BOTH), ("支持企业参展", "committed", BOTH)]),
    ("任何一方都不应该单方面中止项目。", [("任何一方都不应该单方面中止项目", "committed", BOTH)]),
    ("双方注意到2026年6月1日是建交纪念日。", [("双方注意到2026年6月1日是建交纪念日", "viewed", BOTH)]),
    ("代表团访问内罗毕，受到热烈欢迎。", []),
    ("派出人员不足的一方应及时通报。", [("派出人员不足的一方应及时通报", "committed", BOTH)]),
    ("项目资料类，主要包括图纸、报告，促进了合作。", []),
    # Verbs that are as often nouns count right behind who does it.
    ("双方培训机场管制员30名。", [("双方培训机场管制员30名", "committed", BOTH)]),
    ("中方企业供应水泵。", [("中方企业供应水泵", "committed", "中国")]),
    ("肯方定期检测茶园土壤。", [("肯方定期检测茶园土壤", "committed", "肯尼亚")]),
    ("检测设备清单另附。", []),
    ("中国出口商品交易会期间另行通报。", []),
    ("双方对农机培训项目成果表示赞赏和感谢。", [("双方对农机培训项目成果表示赞赏和感谢", "welcomed", BOTH)]),
    ("双方各出资200万元。", [("双方各出资200万元", "committed", BOTH)]),
    ("双方主办国际茶叶论坛。", [("双方主办国际茶叶论坛", "committed", BOTH)]),
    ("金鹤—内罗毕航线2025年3月通航。", [("金鹤—内罗毕航线2025年3月通航", "committed", BOTH)]),
    ("肯方向国际组织通报疫情。", [("肯方向国际组织通报疫情", "committed", "肯尼亚")]),
    # What 将 takes as 把 does.
    ("双方将口岸开放时间延长至18小时。", [("双方将口岸开放时间延长至18小时", "committed", BOTH)]),
    ("双方反对将渔业问题政治化。", [("双方反对将渔业问题政治化", "viewed", BOTH)]),
    # No acts: exceptions, what is received, what belongs to a party, what is so.
    ("除双方另有约定外，各方承担本方差旅费。", [("除双方另有约定外，各方承担本方差旅费", "committed", BOTH)]),
    ("两国为保护犀牛所作努力受到各国广泛赞赏。", []),
    ("肯方的投资环境将更加开放。", []),
    ("两国友谊源远流长，不断深化合作。", []),
    ("认真落实上述协议，将有助于边民增收。", []),
    ("执行本项目的主管部门，中方为商务部，肯方为财政部。", []),
    ("双方就两国携手应对旱灾发出联合呼声。", [("双方就两国携手应对旱灾发出联合呼声", "committed", BOTH)]),
    # Content of a bare verb, of a stated duty, of what a thing goes on to do.
    ("肯方提供8辆消防车，支持蒙巴萨港防火。", [("肯方提供8辆消防车，支持蒙巴萨港防火", "committed", "肯尼亚")]),
    (
        "双方认为，渔业配额应考虑季节变化，同时考虑渔民生计，并与历年捕捞量保持一致。",
        [("双方认为，渔业配额应考虑季节变化，同时考虑渔民生计，并与历年捕捞量保持一致", "viewed", BOTH)],
    ),
    ("双方指出，联络机制持续顺畅运行。", [("双方指出，联络机制持续顺畅运行", "viewed", BOTH)]),
    ("双方不再要求提交纸质单证。", [("双方不再要求提交纸质单证", "committed", BOTH)]),
    ("双方明确支持旱区打井。", [("双方明确支持旱区打井", "welcomed", BOTH)]),
    ("肯方澄清，检疫费不针对任何国家。", [("肯方澄清，检疫费不针对任何国家", "viewed", "肯尼亚")]),
    (
        "肯方注意到中方关切，将及时通报旱情，并不迟于2025年6月30日公布数据。",
        [
            ("肯方注意到中方关切", "viewed", "肯尼亚"),
            ("将及时通报旱情", "committed", "肯尼亚"),
            ("不迟于2025年6月30日公布数据", "committed", "肯尼亚"),
        ],
    ),
    # A heading before a party's promise; a date in a clause of its own.
    ("互派教练。双方将在三年内互派田径教练12名。", [("双方将在三年内互派田径教练12名", "committed", BOTH)]),
    (
        "双方将简化茶叶检疫，自2025年1月1日起，取消纸质证书。",
        [("双方将简化茶叶检疫", "committed", BOTH), ("自2025年1月1日起，取消纸质证书", "committed", BOTH)],
    ),
]


def test_invented_items() -> None:
    assert found(*(body for body, _ in CASES)) == [expected for _, expected in CASES]


def test_duties_behind_a_label() -> None:
    document = qingdan.parse(
        "荆门市湿地保护行动方案\n一、建立湿地巡护制度。〔责任单位：市生态环境局、市水利局按职责分工负责〕\n"
        "二、划定禁渔区。（牵头单位：市农业农村局；配合单位：市公安局）\n"
        "三、修复湖岸。〔责任单位：市水利局负责，涉及县（市）政府，下同。〕\n"
    )
    made = [item.commitments[0] for item in document.items]
    assert [[name.removeprefix("荆门") for name in one.actors] for one in made] == [
        ["市生态环境局", "市水利局"],
        ["市农业农村局"],
        ["市水利局"],
    ]


def test_members_of_a_group_act() -> None:
    document = qingdan.parse("中国—中东欧国家合作纲要\n一、中国、匈牙利和塞尔维亚将建立铁路数据平台。\n二、各方支持旅游合作。\n")
    assert [one.actors for item in document.items for one in item.commitments] == [("中国", "匈牙利", "塞尔维亚"), ("中国", "中东欧国家")]


@pytest.mark.parametrize(
    ("body", "actors"),
    [
        ("鲁托总统感谢中方提供粮食", ["肯尼亚"]),
        ("郑国栋主席邀请鲁托总统明年访华", ["中国"]),
        ("郑主席重申支持非洲联盟", ["中国"]),
        ("郑国栋主席同鲁托总统宣布启动海洋年", ["中国", "肯尼亚"]),
        ("林总统欢迎中方投资", ["中国", "肯尼亚"]),  # of whom nothing is said
    ],
)
def test_persons_act_for_their_countries(body: str, actors: list[str]) -> None:
    preamble = "2024年6月20日，中华人民共和国主席郑国栋同肯尼亚共和国总统威廉·鲁托举行会谈。"
    document = qingdan.parse(f"中国和肯尼亚联合声明\n{preamble}\n一、{body}。\n二、双方将互派教师。\n")
    assert [list(one.actors) for one in document.items[0].commitments] == [actors]


def test_private_characters_of_a_page_are_no_signs() -> None:
    alien = "".join(map(chr, range(0xE000, 0xE007)))
    document = qingdan.parse(f"1、双方{alien}决定{alien}加强合作。\n2、双方决定，{alien}。\n")
    assert all(document.text[one.start : one.end] == one.text for item in document.items for one in item.commitments)


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("中非合作论坛第十届部长级会议行动计划", ("中国", "非洲国家")),
        ("中国—中亚贸易部长会议成果清单", ("中国", "哈萨克斯坦", "吉尔吉斯斯坦", "塔吉克斯坦", "土库曼斯坦", "乌兹别克斯坦")),
        ("澜湄合作第二十次外长会联合新闻公报", ("柬埔寨", "中国", "老挝", "缅甸", "泰国", "越南")),
        ("中华人民共和国和肯尼亚共和国联合声明", ("中国", "肯尼亚")),
        ("金砖国家领导人第三十次会晤宣言", ("金砖国家",)),
        ("亚太经合组织第四十次领导人非正式会议宣言", ("亚太经济合作组织",)),
        ("第三十次中国欧盟领导人会晤联合声明", ("中国", "欧洲联盟")),
        ("中国同太平洋岛国农业部长会议联合声明", ("中国", "太平洋岛国")),
    ],
)
def test_parties_of_a_title(title: str, parties: tuple[str, ...]) -> None:
    document = qingdan.parse(f"{title}\n\n1、双方决定加强合作。\n2、双方同意扩大贸易。\n")
    assert document.document.parties == parties
    assert document.items[0].commitments[0].actors == parties


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "郑国栋同马里总统举行会谈\n2024-05-06\n国家主席郑国栋6日在北京同马里总统科内举行会谈。\n一、两国元首同意扩大棉花贸易。\n二、双方将互派教师。",
            ["中国", "马里"],
        ),
        (
            "2024年部长会议声明\n我们，亚太经合组织各成员部长，在利马集会。\n一、我们决定建立渔业数据平台。\n二、我们将培训渔民。",
            ["亚太经济合作组织"],
        ),
        (
            "行动计划\n中拉论坛部长级会议于2022年3月4日举行。\n一、双方将举办媒体研讨会。\n二、双方决定互设图书角。",
            ["中国", "拉美和加勒比国家共同体"],
        ),
        (
            "关于互换档案的备忘录\n中国外交部与罗马尼亚外交部（以下简称“双方”）达成协议如下：\n一、双方将互换缩微胶卷。\n二、互派两名编辑。",
            ["中国外交部", "罗马尼亚外交部"],
        ),
        ("国务院常务会议部署防汛工作\n一、会议决定增加水库监测站点。\n二、将更新预警设备。", ["中国国务院"]),
        ("荆门市湿地保护行动方案\n一、要建立湿地巡护制度。\n二、将划定禁渔区。", ["荆门市"]),
        ("《荆门市湿地保护行动方案》\n一、要建立湿地巡护制度。\n二、将划定禁渔区。", ["荆门市"]),
        ("二十国集团水利部长会议在澳举行\n一、会议同意建立雨量数据库。\n二、会议将研究旱情。", ["二十国集团"]),
        ("孟中印缅渔业工作组会议\n一、各方同意互换渔汛。\n二、四方将保护海龟。", ["孟加拉国", "中国", "印度", "缅甸"]),
        ("澜湄合作渔业部长会议公报\n一、中老缅泰将联合巡查渔场。\n二、中老缅泰四国将互换渔汛。", ["中国", "老挝", "缅甸", "泰国"]),
        ("重点任务清单\n为落实亚洲开发银行理事会会议精神，提出以下任务：\n一、建设渔港。\n二、保护湿地。", []),
        ("重点任务清单\n一、推进渔港改造，完成上海合作组织峰会筹备。\n二、保护湿地。", []),
        ("中越老街渔业合作成果清单\n一、双方将互换渔汛。\n二、双方将培训渔民。", ["中国", "越南"]),
        ("中日韩领导人会议联合宣言\n一、中韩将互派渔业观察员。\n二、中韩双方决定保护湿地。", ["中国", "韩国"]),
    ],
)
def test_actors_where_the_title_names_no_parties(text: str, actors: list[str]) -> None:
    made = [list(one.actors) for item in qingdan.parse(text).items for one in item.commitments]
    assert len(made) == 2
    assert made == [actors, actors]


def test_who_signed_in_a_list_of_one_country() -> None:
    document = qingdan.parse(
        "高原论坛成果清单\n2024年5月16日\n\n1、中国政府与老挝、尼泊尔政府签署高原农业协定。\n"
        "2、中国水利部与不丹农业部签署《2025—2027年水文合作计划》。\n3、中方将向不丹提供雨量计。\n"
    )
    assert document.document.parties == ()
    made = [item.commitments[0] for item in document.items]
    assert [one.actors for one in made] == [("中国", "老挝", "尼泊尔"), ("中国水利部", "不丹农业部"), ("中国",)]
    assert [one.class_ for one in made] == ["accomplished", "accomplished", "committed"]  # the years are the plan's


@pytest.mark.parametrize(
    ("body", "spans"),
    [
        ("双方签署渔业合作协定，同意开放两处港口", ["双方签署渔业合作协定", "同意开放两处港口"]),
        ("双方签署渔业合作协定，开放两处港口", ["双方签署渔业合作协定，开放两处港口"]),
        ("双方重 申尊重彼此海关规则，同 意互派检验员", ["双方重 申尊重彼此海关规则", "同 意互派检验员"]),
        (
            "双方认为沿岸居民有共同利益，应该继续开展水质监测，努力建设清洁河流",
            ["双方认为沿岸居民有共同利益，应该继续开展水质监测，努力建设清洁河流"],
        ),
        (
            "中方宣布在内罗毕设立稻米研究站，并在会议期间举行了首次田间考察",
            ["中方宣布在内罗毕设立稻米研究站", "在会议期间举行了首次田间考察"],
        ),
        ("双方认可蒙巴萨作为区域港口的地位", []),
    ],
)
def test_openings(body: str, spans: list[str]) -> None:
    document = qingdan.parse(f"中肯合作成果清单\n一、{body}。\n二、双方将互派教师。")
    assert [one.text for one in document.items[0].commitments] == spans


@pytest.mark.parametrize(
    "text",
    [
        "数据合作成果清单\n会议签署以下文件：\n一、海关数据交换谅解备忘录\n二、气象数据交换谅解备忘录\n",  # nobody is named
        "中肯湿地合作安排\n一、双方应对湿地进行筛查，并且\n二、双方将互派观鸟员。\n",  # cut off
        # a bracket across items
        "中肯矿山合作成果清单 1、双方将开展试点，费用不超过《500万元。 2、企业》双方将提供设备。 3、双方将培训学员。",
    ],
    ids=["no-actors", "cut-off", "crossing-bracket"],
)
def test_what_is_broken_off_keeps_the_form(text: str) -> None:
    document = qingdan.parse(text)
    assert any(item.commitments for item in document.items)
    assert broken(document) == []


@pytest.mark.parametrize(
    ("body", "spans"),
    [
        ("蜂业和养殖——双方将互派养蜂师", ["双方将互派养蜂师"]),
        ("会后发表了公报。蜂业：双方将互派养蜂师", ["会后发表了公报", "双方将互派养蜂师"]),
        ("会后发表了公报。蜂业 - 中方捐赠蜂箱。为此：双方同意验货", ["会后发表了公报", "中方捐赠蜂箱", "为此：双方同意验货"]),
        ("双方将办好海上丝绸之路——中国蜂业展", ["双方将办好海上丝绸之路——中国蜂业展"]),
        ("中方将(一)取消蜂蜜配额，放宽检疫；(二)捐赠200个蜂箱", ["中方将(一)取消蜂蜜配额，放宽检疫", "捐赠200个蜂箱"]),
        ("为两国蜂农提供培训，扩大蜂蜜贸易", ["为两国蜂农提供培训，扩大蜂蜜贸易"]),
        ("双方认为渔业前景良好，为两国渔民创造机会", ["双方认为渔业前景良好，为两国渔民创造机会"]),
        ("双方同意，渔汛报告完成后，将启动放流试验", ["双方同意，渔汛报告完成后，将启动放流试验"]),
        ("鉴于鱼价已上涨，双方认为渔港可以扩建", ["鉴于鱼价已上涨，双方认为渔港可以扩建"]),
        ("中方将尽快选定港址，如由肯方承担疏浚，中方将提供绞吸船", ["中方将尽快选定港址", "如由肯方承担疏浚，中方将提供绞吸船"]),
        ("1998年8月14日和11月23日换文立项，双方于1999年9月签订合同", ["1998年8月14日和11月23日换文立项", "双方于1999年9月签订合同"]),
        ("肯方的主要职责是确定渔区，推动和跟踪放流", []),
        ("联合委员会的主要职责是确定渔区，推动和跟踪放流", []),
        ("双方同意，如条件允许，将举行部长级会议", ["双方同意，如条件允许，将举行部长级会议"]),
        ("双方同意，渔汛报告完成后，即启动放流，力争2027年底前结束", ["双方同意，渔汛报告完成后，即启动放流", "力争2027年底前结束"]),
        ("渔业——根据双方共识，设立联合工作组", ["根据双方共识，设立联合工作组"]),
        ("中国—东盟渔业谈判——双方欢迎取得的进展", ["双方欢迎取得的进展"]),
        ("会后发表了公报。专家提出：双方应建立预警系统", ["会后发表了公报", "专家提出：双方应建立预警系统"]),
        ("双方建立全面战略合作伙伴关系以来，合作成果丰硕", []),
        ("第二次渔业会议将于2025年在内罗毕举行", ["第二次渔业会议将于2025年在内罗毕举行"]),
        ("第二次渔业会议将于2025年在华举行", ["第二次渔业会议将于2025年在华举行"]),
        ("第二次渔业会议将于2025年在线上举行", ["第二次渔业会议将于2025年在线上举行"]),
        ("考虑到肯方需要，中方同意提供渔网", ["考虑到肯方需要，中方同意提供渔网"]),
        ("双方听取了工作组汇报，对进展表示满意", ["双方听取了工作组汇报", "对进展表示满意"]),
        ("中方将实施10个渔港项目，2025年内全部启动", ["中方将实施10个渔港项目", "2025年内全部启动"]),
        ("双方不再要求提供证书正本，将接受电子证书", ["双方不再要求提供证书正本", "将接受电子证书"]),
        ("双方指出渔业进展顺利，若协商一致，双方可签署补充协议", ["双方指出渔业进展顺利", "若协商一致，双方可签署补充协议"]),
        ("随着渔业发展，为渔民提供更多机会", []),
        ("在不影响渔汛的前提下，为渔民提供便利", ["在不影响渔汛的前提下，为渔民提供便利"]),
        ("双方将加强执法合作，如打击走私，中方将提供检测设备", ["双方将加强执法合作，如打击走私", "中方将提供检测设备"]),
        ("中方宣布启动蔚蓝计划，未来五年邀请100名渔民访华", ["中方宣布启动蔚蓝计划", "未来五年邀请100名渔民访华"]),
        ("双方在检疫问题上取得了重要进展", []),
        ("中方邀请肯方渔民于2027年来访，肯方接受了邀请", ["中方邀请肯方渔民于2027年来访", "肯方接受了邀请"]),
    ],
)
def test_topics_labels_and_services(body: str, spans: list[str]) -> None:
    document = qingdan.parse(f"中国—肯尼亚农业对话成果清单\n一、{body}。\n二、双方将互派教师。")
    assert [one.text for one in document.items[0].commitments] == spans


@pytest.mark.parametrize(
    ("body", "act"),
    [
        ("成员国将渔船清单提交部长会审议", "提交"),
        ("秘书处将渔船清单提交部长会审议", "将"),  # its one act word
        ("双方将渔船清单通报另一方", "通报"),
        ("肯方将方案提交中国商务部", "提交"),
        ("双方将尽快提交报告", "将"),
        ("双方将向部长会提交报告", "将"),
        ("双方将报告渔汛", "将"),
    ],
)
def test_jiang_that_takes_an_object_is_no_promise(body: str, act: str) -> None:
    (made,) = qingdan.parse(f"中国—肯尼亚农业对话成果清单\n一、{body}。\n二、双方将互派教师。").items[0].commitments
    assert made.act == act


@pytest.mark.parametrize(
    ("body", "act", "actors"),
    [
        ("将由中国海关总署和肯尼亚税务局负责实施", "将", ("中国海关总署", "肯尼亚税务局")),
        ("双方责成工作组于2024年10月底前提出方案", "责成", ("中国", "肯尼亚")),
        ("双方同意将数字渔业纳入联委会议程", "同意", ("中国", "肯尼亚")),
        ("中国人民银行与肯尼亚中央银行续签本币互换协议", "续签", ("中国人民银行", "肯尼亚中央银行")),
    ],
)
def test_who_acts_and_by_which_word(body: str, act: str, actors: tuple[str, ...]) -> None:
    (made,) = qingdan.parse(f"中国—肯尼亚农业对话成果清单\n一、{body}。\n二、双方将互派教师。").items[0].commitments
    assert (made.act, made.actors) == (act, actors)


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ("双方一致同意第二次渔业对话将于2026年底前在蒙巴萨举行", "第二次渔业对话"),
        ("双方积极评价了12月1日举行的渔业对话", None),
        ("双方欢迎将于12月1日举行的渔业对话", "渔业对话"),
    ],
)
def test_events_to_come(body: str, event: str | None) -> None:
    (made,) = qingdan.parse(f"中国—肯尼亚农业对话成果清单\n一、{body}。\n二、双方将互派教师。").items[0].commitments
    assert (made.event and made.event.text) == event


def test_what_a_thing_is_not_said_to_be_is_no_refusal() -> None:
    document = qingdan.parse("中国—肯尼亚农业对话成果清单\n一、双方一致认为，两国不是对手。\n二、双方决定，不再征收渔业税。")
    assert [item.commitments[0].polarity for item in document.items] == ["positive", "negative"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("双方指出，两国渔业部长会晤机制持续高效运行", "viewed"),
        ("双方指出，该机制持续高效运行", "viewed"),
        ("双方表示，中方企业继续扩大投资", "continued"),
        ("双方指出水产贸易额持续增长", "viewed"),
        ("双方表示将继续互换渔汛", "continued"),
    ],
)
def test_what_is_said_to_run_is_no_promise(body: str, kind: str) -> None:
    (made,) = qingdan.parse(f"中国—肯尼亚农业对话成果清单\n一、{body}。\n二、双方将互派教师。").items[0].commitments
    assert made.class_ == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("1999年6月18日，巴方审查批准渔港设计", "accomplished"),
        ("1999年6月18日和7月2日，中方审查设计", "accomplished"),
        ("1999年，巴方审查渔港设计", "committed"),
        ("自1999年6月18日起，巴方取消渔业税", "committed"),
        ("巴方应于1999年6月18日移交渔港", "committed"),
    ],
)
def test_what_is_dated_to_the_day_in_a_document_without_one_is_reported(body: str, kind: str) -> None:
    document = qingdan.parse(f"中国—巴基斯坦渔业混委会会议纪要\n1、渔港项目分两期。\n2、{body}。")
    assert document.document.reference_date is None
    assert [one.class_ for one in document.items[1].commitments] == [kind]


def test_bodies_that_the_name_of_a_document_begins_with() -> None:
    document = qingdan.parse("中国—马来西亚签署文件清单\n1、《中国外交部和马来西亚外交部关于互免签证的意向书》。\n2、关于榴莲的议定书。")
    assert [item.commitments[0].actors for item in document.items] == [("中国外交部", "马来西亚外交部"), ("中国", "马来西亚")]
