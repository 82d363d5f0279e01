"""Which dates of a list are deadlines, whose fate the rounds that follow tell."""

from __future__ import annotations

import pytest

import qingdan
from qingdan.comparing.moments import moments
from qingdan.comparing.sides import Side


@pytest.mark.parametrize(
    ("body", "deadlines"),
    [
        ("双方将于2022年6月前建立洋流监测站", ["2022年6月前"]),
        ("双方将于2022年举办渔业论坛", ["2022年"]),
        ("双方将在未来三年培训100名渔民", ["未来三年"]),
        ("双方将共同应对21世纪的挑战", []),
        ("双方承诺在21世纪20年代加快海洋保护", []),
        ("双方将规划未来三年的渔业合作", []),
        ("双方于2021年4月举办了渔业论坛", []),
    ],
)
def test_deadlines(body: str, deadlines: list[str]) -> None:
    document = qingdan.parse(f"第五轮中国—坦桑尼亚发展合作对话成果清单\n2021年6月20日\n\n1、{body}。\n2、双方将互派教师。")
    assert [moment.date.text for moment in moments(Side(document, document.items)) if moment.deadline] == deadlines
