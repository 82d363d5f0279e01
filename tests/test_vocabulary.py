"""Own rows: what a user's file may leave out, what is wrong with one, and that it holds for the calls it is given to alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import qingdan
from qingdan.data import read_rows, read_text
from qingdan.model import OwnRows
from qingdan.vocabulary import bodies, units
from qingdan.vocabulary.files import Fault, File
from qingdan.vocabulary.lint import package_lexicon_report, package_units_report
from qingdan.vocabulary.own import own
from qingdan.vocabulary.slugs import slug
from qingdan.vocabulary.unknown import context
from qingdan.vocabulary.unknown_bodies import unknown_bodies
from qingdan.vocabulary.unknown_units import unknown_units

AGENCIES = read_rows("agencies.csv")
UNITS = read_rows("units.csv")
TEXT = "美国河流航道维护总队与中国商务部将于年内会商,河道总队和ARMC提供30扎缆绳。"
OWN = "name,kind,aliases\n美国河流航道维护总队,,河道总队|ARMC\n"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes a file of rows and gives its path."""

    def written(text: str, name: str = "own.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return written


def faults(text: str) -> list[Fault]:
    return bodies.checked(File("own.csv", text.encode()), AGENCIES)[1]


def errors(text: str) -> list[str]:
    return [f"{fault.line}: {fault.message}" for fault in faults(text) if fault.severity == "error"]


def completed(text: str) -> list[dict[str, str]]:
    rows, found = bodies.checked(File("own.csv", text.encode()), AGENCIES)
    assert [fault for fault in found if fault.severity == "error"] == []
    return [dict(row) for row in rows]


def agencies(text: str, **files: object) -> list[tuple[str, str, str]]:
    found = qingdan.find(text, kinds=["agencies"], **files).agencies  # type: ignore[arg-type]
    return [(agency.text, "|".join(agency.canonical), agency.rule) for agency in found]


def test_own_bodies_are_found_by_all_their_names(write: Write) -> None:
    name, rule = "美国河流航道维护总队", "lexicon:美国河流航道维护总队"
    assert agencies(TEXT, lexicon=write(OWN)) == [
        (name, name, rule), ("中国商务部", "中国商务部", "lexicon:cn-commerce"), ("河道总队", name, rule), ("ARMC", name, rule),
    ]  # fmt: skip
    assert agencies("与美国ARMC、国防部会商", lexicon=write(OWN))[0] == ("美国ARMC", name, rule)
    assert agencies("美国国防部和河流航道维护总队", lexicon=write(OWN))[1] == ("河流航道维护总队", name, rule), "without its country, too"


def test_own_rows_hold_for_their_call_alone(write: Write) -> None:
    """Every order of calls with and without own rows gives what each alone gives: no cache hands anything on."""
    one, two = write(OWN), write("id,name,aliases\nus-x,美国航道总队,河道总队\n", "two.csv")
    measure, money = write("unit,kind\n扎,measure\n", "u.csv"), write("unit,kind,code\n扎,,USD\n", "v.csv")

    def found(lexicon: Path | None, measures: Path | None) -> tuple[object, ...]:
        mentions = qingdan.find(TEXT, lexicon=lexicon, units=measures)
        return [(a.text, a.rule) for a in mentions.agencies], [(q.text, q.kind, q.code) for q in mentions.quantities]

    wanted = {
        (lexicon, measures): (
            [*([("美国河流航道维护总队", "lexicon:美国河流航道维护总队")] if lexicon == one else []), ("中国商务部", "lexicon:cn-commerce"),
             *([("河道总队", "lexicon:美国河流航道维护总队" if lexicon == one else "lexicon:us-x")] if lexicon else []),
             *([("ARMC", "lexicon:美国河流航道维护总队")] if lexicon == one else [])],
            [("30扎", "measure", None)] if measures == measure else [("30扎", "money", "USD")] if measures else [],
        )
        for lexicon in (None, one, two) for measures in (None, measure, money)
    }  # fmt: skip
    for _ in range(2):
        for files, expected in [*wanted.items(), *reversed(wanted.items())]:
            assert found(*files) == expected, files


def test_what_a_body_has_of_its_parent_is_not_kept_for_other_rows(write: Write) -> None:
    """「外交部条法司」 writes its ministry out only where the ministry is called 外交部."""
    text, path = "外交部条法司参加", write("id,name\ncn-foreign-affairs,中国对外交往总署\n")
    for lexicon, canonical in ((None, "中国外交部条法司"), (path, "中国外交部条约法律司")) * 2:
        assert agencies(text, lexicon=lexicon)[0][1:] == (canonical, "lexicon:cn-mfa-treaty-law")


def test_own_rows_of_one_thread_are_not_those_of_another(write: Write) -> None:
    path = write(OWN)

    def found(i: int) -> int:
        return len(agencies(TEXT, lexicon=path if i % 2 else None))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(found, range(64))) == [1, 4] * 32
        with own(path):
            assert len(agencies(TEXT)) == 4
            assert pool.submit(agencies, TEXT).result() == agencies(TEXT)[1:2]
    assert len(agencies(TEXT)) == 1


def test_a_file_that_changes_is_read_again(write: Write) -> None:
    assert len(agencies(TEXT, lexicon=write(OWN))) == 4
    assert len(agencies(TEXT, lexicon=write("name\n美国河流航道维护总队\n"))) == 2


def test_an_error_leaves_nothing_behind(write: Write) -> None:
    with pytest.raises(qingdan.QingdanError, match="no kind of mention"):
        qingdan.find(TEXT, kinds=["people"], lexicon=write(OWN))  # type: ignore[list-item]
    with pytest.raises(RuntimeError), own(write(OWN)):
        raise RuntimeError
    assert len(agencies(TEXT)) == 1


@pytest.mark.parametrize(
    ("row", "rule", "canonical"),
    [
        ("my-commerce,中国商务部,,", "lexicon:my-commerce", "中国商务部"),
        (",中国商务部,,MOC", "lexicon:cn-commerce", "中国商务部"),
        ("cn-commerce,中国商贸部,,商务部", "lexicon:cn-commerce", "中国商贸部"),
        ("my-trade,中国贸易总办,中国,商务部", "lexicon:my-trade", "中国贸易总办"),
    ],
    ids=["name", "name-without-id", "id", "alias"],
)
def test_an_own_row_goes_before_the_package(write: Write, row: str, rule: str, canonical: str) -> None:
    text = "中国商务部参加"
    assert agencies(text, lexicon=write(f"id,name,party,aliases\n{row}\n")) == [("中国商务部", canonical, rule)]
    assert agencies(text) == [("中国商务部", "中国商务部", "lexicon:cn-commerce")]


def test_the_units_of_a_body_stay_under_the_row_that_takes_its_place() -> None:
    rows = bodies.merged(completed("id,name\nmy-state,中国国务院\n"), AGENCIES)
    assert {row["parent"] for row in rows if row["id"] in ("cn-commerce", "cn-education")} == {"my-state"}
    assert [row["id"] for row in rows if row["name"] == "中国国务院"] == ["my-state"]


def test_a_later_file_goes_before_an_earlier_one(write: Write) -> None:
    one, two = write("id,name\na,中国航标管理总队\n", "a.csv"), write("id,name\nb,中国航标管理总队\n", "b.csv")
    assert agencies("中国航标管理总队", lexicon=[one, two])[0][2] == "lexicon:b"
    assert agencies("中国航标管理总队", lexicon=(two, one))[0][2] == "lexicon:a"


def test_what_a_row_may_leave_out() -> None:
    rows = completed("name\n日本港湾整备厅\n中老铁路联合工作组\n东方湖泊保护基金会\n中华人民共和国航标管理总队\n中国—甲邦文化中心\n")
    assert [(row["id"], row["party"], row["kind"]) for row in rows] == [
        ("日本港湾整备厅", "日本", "government"),
        ("中老铁路联合工作组", "", "group"),
        ("东方湖泊保护基金会", "", "ngo"),
        ("中华人民共和国航标管理总队", "中国", "government"),
        ("中国—甲邦文化中心", "", "centre"),
    ]


def test_cells_are_read_as_patterns_see_text() -> None:
    """Full-width, traditional and padded cells: a name that stays so would never be met in folded text."""
    (row,) = completed("Name , ALIASES ,from\n 日本港灣整備廳 ,港湾厅｜ＰＨＢ| ,２００１\n")
    assert (row["name"], row["aliases"], row["from"]) == ("日本港湾整备厅", "港湾厅|PHB", "2001")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_files_as_spreadsheets_save_them(write: Write, encoding: str, separator: str) -> None:
    text = OWN.replace(",", separator).replace("\n", "\r\n") + separator * 2 + "\r\n"
    assert len(agencies(TEXT, lexicon=write(text, encoding=encoding))) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,head\n美国航道总队,x\n", "1: unknown column “head”; the columns are id, name, english, party, kind, "),
        ("id,kind\nx,group\n", "1: the first line names no column name; the columns are id, name"),
        ("name,name\n美国航道总队,x\n", "1: the column name stands twice"),
        ("name,kind\n\n,group\n", "3: no name"),
        ("kind,name\ngroup\n", "2: no name"),
        ("name,english\n美国航道总队,Corps, Waterways\n", "2: 3 cells in 2 columns; a cell that holds a separator stands in "),
        ('name,english\n美国航道总队,"Waterways\n', "2: no CSV: unexpected end of data"),
        ('name\n"美国航道\n总队"\n', "2: a line break or another control character in name"),
        ("name,from\n美国航道总队,20l5\n", "2: “20l5” in from is no year"),
        ("name,from,to\n美国航道总队,2015,2013\n", "2: from 2015 is after to 2013"),
        ("name,kind\n美国航道总队,ministry\n", "2: unknown kind “ministry”; choose from government, international, group, centre, ngo"),
        ("name,parent\n美国航道总队,us-nowhere\n", "2: the parent “us-nowhere” is the id of no row"),
        ("id,name,parent\na,美国航道总队,b\nb,美国航道支队,a\n", "2: stands above itself, by its parent"),
        ("id,name\na b,美国航道总队\n", "2: the id “a b” holds a blank or |"),
        ("id,name\na,美国航道总队\na,美国航道支队\n", "3: the id “a” stands in line 2 too"),
        ("name,aliases\n美国航道总队,河道队\n美国航道支队,河道队\n",
         "3: “河道队” names 美国航道总队 in line 2 too, of the same party in the same years"),
        ("name,aliases\n美国航道总队,中国\n", "2: “中国” is a country"),
        ("name,aliases\n美国航道总队,队\n", "2: “队” is too short for a name"),
        ("name,aliases\n美国航道总队,24\n", "2: “24” is too short for a name"),
        ("name,aliases\n美国航道总队,河道队；航道队\n", "2: “河道队;航道队”: aliases are joined by |"),
        (f"name\n美国{'航' * 120}队\n", f"2: “美国{'航' * 37}…” is longer than any name"),
    ],
)  # fmt: skip
def test_faults_of_a_file_of_bodies(write: Write, text: str, message: str) -> None:
    assert errors(text)[0].startswith(message)
    path = write(text)
    with pytest.raises(qingdan.QingdanError) as raised:
        qingdan.find(TEXT, lexicon=path)
    assert str(raised.value).startswith(f"{path}:{message}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\n美国航道总队\n", None),
        ("name,aliases,from,to\n美国航道总队,河道队,,2010\n美国航道支队,河道队,2010,\n", None),
        ("name,aliases\n美国航道总队,河道队\n日本航道总队,河道队\n", None),
        ("name,party\n航道总队,美国\n", "a body of a state is named with its country: 美国航道总队"),
        ("name,party\n航道总队,甲邦联合体\n", "the party “甲邦联合体” is no country and no body"),
        ("name,aliases\n美国航道总队,平台\n", "“平台” is an everyday word: it will be found wherever it stands"),
        ("id,name\ncn-commerce,中国商贸部\n", "takes the place of the package's cn-commerce, without its aliases "),
        ("name,aliases\n中国航标总队,央行\n", "“央行” is a name of the package's cn-pboc, too; the own row goes before"),
    ],
)
def test_what_else_is_said_of_a_file_of_bodies(text: str, message: str | None) -> None:
    found = faults(text)
    assert errors(text) == []
    assert [fault.message for fault in found] == [] if message is None else found[0].message.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word\n扎\n", "1: unknown column “word”; the columns are unit, kind, code"),
        ("unit,kind\n,count\n", "2: no unit"),
        ("unit,kind\n扎,length\n", "2: unknown kind “length”; choose from count, money, percent, duration, measure, ordinal, per, none"),
        ("unit,kind,code\n扎,money,dollar\n", "2: “dollar” is no code of ISO 4217 (CNY)"),
        ("unit,kind,code\n扎,count,CNY\n", "2: a unit of kind count has no code"),
        ("unit\n三扎\n", "2: “三扎” begins with a numeral"),
        ("unit\n——\n", "2: “——” holds no letter"),
        ("unit\n扎\n扎\n", "3: “扎” stands in line 2 too"),
    ],
)
def test_faults_of_a_file_of_units(write: Write, text: str, message: str) -> None:
    path = write(text)
    with pytest.raises(qingdan.QingdanError) as raised:
        qingdan.find(TEXT, units=path)
    assert str(raised.value).startswith(f"{path}:{message}")


def test_what_a_row_of_units_may_leave_out() -> None:
    rows, found = units.checked(File("u.csv", "unit,code\n扎,\n贝元,XBE\n旧里,[li]\n項,\n".encode()), UNITS)
    assert [(row["unit"], row["kind"]) for row in rows] == [("扎", "count"), ("贝元", "money"), ("旧里", "measure"), ("项", "count")]
    assert [str(fault) for fault in found] == ["u.csv:5: info: takes the place of the package's 项 (count)"]


def test_own_units_are_read_with_all_that_stands_around_a_unit(write: Write) -> None:
    path = write("unit,kind,code\n贝元,money,XBE\n名,none,\n]^-\\扎,count,\n", "u.csv")
    found = qingdan.find("投入约3.5亿贝元,至少20至30贝元,派45名代表,第三贝元,5]^-\\扎。", units=path).quantities
    assert [(q.text, q.value, q.low, q.code) for q in found] == [
        ("约3.5亿贝元", 350000000, None, "XBE"),
        ("至少20至30贝元", None, 20, "XBE"), ("第三贝元", 3, None, None), ("5]^-\\扎", 5, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"), (b"\0\1\2", "is no CSV file"), (b"PK\x03\x04xl/workbook.xml", "is a spreadsheet; save it as CSV"),
        (b"<html><body><p>name</p></body></html>", "is no CSV file"), (b"%PDF-1.7 obj", "is no CSV file"), (None, "no such file"),
    ],
    ids=["empty", "binary", "spreadsheet", "html", "pdf", "missing"],
)  # fmt: skip
def test_files_that_hold_no_rows(tmp_path: Path, data: bytes | None, words: str) -> None:
    path = tmp_path / "own.csv"
    if data is not None:
        path.write_bytes(data)
    for given in ({"lexicon": path}, {"units": path}):
        with pytest.raises(qingdan.QingdanError, match=words) as raised:
            qingdan.find(TEXT, **given)  # type: ignore[arg-type]
        assert str(raised.value).startswith(str(path))


def test_the_rows_of_the_package_have_no_faults() -> None:
    assert package_lexicon_report().faults == []
    assert package_units_report().faults == []
    assert package_lexicon_report().rows == len(AGENCIES)
    assert tuple(AGENCIES[0]) == bodies.COLUMNS
    assert tuple(UNITS[0]) == units.COLUMNS


def test_a_fault_of_the_package_would_be_seen() -> None:
    text = read_text("agencies.csv").replace("cn-education,中国教育部", "CN-education,中国教育部").encode()
    rows = bodies.rows(File("agencies.csv", text), bodies.COLUMNS, "name")[0]
    assert [fault.message for fault in bodies.id_faults(rows, "x")] == ["the id “CN-education” is no slug (cn-foreign-affairs)"]


LIST = """中美航道对话成果清单
一、双方将支持美国内河航道协调署工作。
二、商定成立跨境湖泊联合工作组(JLWG),JLWG每年派30扎缆绳。
三、美国财政部内河融资办公室将在美国内河航道协调署会商,提供2艘和12扎。中国驻美国大使馆参加。
"""


def test_unknown_bodies_and_the_rows_that_name_them(write: Write) -> None:
    found = unknown_bodies([qingdan.parse(LIST, id="a"), qingdan.parse(LIST, id="b")])
    assert [(candidate.name, candidate.count, candidate.documents) for candidate in found] == [
        ("跨境湖泊联合工作组", 6, 2), ("美国内河航道协调署", 4, 2), ("美国财政部内河融资办公室", 2, 2),
    ]  # fmt: skip
    group, agency, office = (candidate.row for candidate in found)
    assert agency == dict.fromkeys(bodies.COLUMNS, "") | {
        "id": "us-neihe-hangdao-xietiao-shu", "name": "美国内河航道协调署", "party": "美国", "kind": "government",
    }  # fmt: skip
    assert (group["kind"], group["party"], group["aliases"]) == ("group", "", "JLWG")
    assert (office["parent"], office["party"]) == ("us-treasury", "美国")
    assert found[1].contexts[0] == "一、双方将支持美国内河航道协调署工作。"
    path = write("\n".join([",".join(bodies.COLUMNS), *(",".join(candidate.row.values()) for candidate in found)]))
    assert errors(path.read_text(encoding="utf-8")) == []
    with own(path):
        assert unknown_bodies([qingdan.parse(LIST)]) == []


def test_unknown_units_and_the_rows_that_count_them(write: Write) -> None:
    (found,) = unknown_units([qingdan.parse(LIST, id="a"), qingdan.parse(LIST, id="b")])
    assert (found.name, found.count, found.documents, found.row) == ("扎", 4, 2, {"unit": "扎", "kind": "count", "code": "", "per": ""})
    with own(units=write("unit\n扎\n")):
        assert unknown_units([qingdan.parse(LIST)]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("提供12扎缆绳", ["扎"]), ("约3万旧贝元", ["旧贝元"]), ("长40chi", ["chi"]), ("提供两扎", ["扎"]), ("第三扎", ["扎"]),
        ("见附件3名单", []), ("于2015年签署", []), ("12项", []), ("一致同意", []), ("比例为1:25扎", []), ("共享5G网络", []),
        ("提供3将", []),
        ("二十国集团", []), ("三农问题", []), ("双方将12签署", []),
    ],
)  # fmt: skip
def test_what_may_be_a_unit(text: str, words: list[str]) -> None:
    document = qingdan.parse(f"甲方对话成果清单\n1、双方商定,{text}。\n2、双方同意。\n")
    assert [candidate.name for candidate in unknown_units([document])] == words


@pytest.mark.parametrize(
    ("name", "expected"),
    [("国际合作局", "guoji-hezuoju"), ("厦门仲裁委员会", "xiamen-zhongcai-weiyuanhui"), ("JLG工作组", "jlg-gongzuozu"), ("“—”", "body")],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_context_stays_in_its_line() -> None:
    text = f"甲\n{'前' * 30}中心{'后' * 30}\n乙"
    assert context(text, 32, 34) == f"…{'前' * 18}中心{'后' * 18}…"
    assert context("甲\n中心\n乙", 2, 4) == "中心"


def test_a_document_records_its_own_rows(write: Write, tmp_path: Path) -> None:
    lexicon, measures = write(OWN), write("unit\n扎\n", "u.csv")
    document = qingdan.parse(LIST, lexicon=lexicon, units=[measures])
    recorded = tuple(
        OwnRows(kind, path.name, hashlib.sha256(path.read_bytes()).hexdigest())  # type: ignore[arg-type]
        for kind, path in (("lexicon", lexicon), ("units", measures))
    )
    assert document.document.own_rows == recorded
    assert qingdan.parse(LIST).document.own_rows == ()
    qingdan.write([document], tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["sources"][-1] == {"title": "own rows of the units", "path": "u.csv", "sha256": recorded[1].sha256}
    assert qingdan.read(tmp_path / "out") == [document]
    path = tmp_path / "list.txt"
    path.write_text(LIST, encoding="utf-8")
    assert qingdan.check(path, lexicon=lexicon).items == 3
