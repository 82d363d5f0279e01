"""Documents that were packed: every format takes them as if they had not been."""

from __future__ import annotations

import pytest
from msgspec import json, msgpack

import qingdan
from qingdan.model import QingdanError
from qingdan.writing.json_files import json_file, to_json
from qingdan.writing.ready import Ready, Unpacked

TEXTS = {
    "a list": "第三轮甲乙对话成果清单\n一、贸易\n1、双方同意于2031年5月前设立3个联合工作组。\n2、海关总署派代表。\n",
    "nothing": "没有清单\n",
    "quotes and lines": '甲乙"对话"清单\n1、=双方,"同意"\t合作。\n',
    "of many pieces": "甲乙对话清单\n" + "".join(f"{n}、双方第{n * 7919 % 9973}次于{2031 + n % 50}年会晤。\n" for n in range(1, 3000)),
}


@pytest.mark.parametrize("csv", [True, False])
@pytest.mark.parametrize("case", TEXTS)
def test_nothing_is_lost(case: str, csv: bool) -> None:
    document = qingdan.parse(TEXTS[case], id="a,b")
    ready, found = Ready(document), Unpacked(Ready(document).packed(csv))
    assert found.json == ready.json == to_json(document)
    assert b"".join(found.file) == b"".join(ready.file) == json_file(document)
    assert (found.about, found.face, found.lines) == (ready.about, ready.face, ready.lines)
    assert found.document == json.decode(ready.json, type=qingdan.Document)


def test_what_is_cut_off_is_one_line() -> None:
    packed = Ready(qingdan.parse(TEXTS["a list"], id="a")).packed(csv=True)
    about, whole, *rest = msgpack.decode(packed)
    cut = Unpacked(msgpack.encode([about, whole[:-20], *rest]))
    for look in (lambda: b"".join(cut.file), lambda: cut.json, lambda: cut.document):
        with pytest.raises(QingdanError, match="a stored result"):
            look()
