"""What a promise hangs on, and the words that say where one is looked for."""

from __future__ import annotations

import pytest

from qingdan.finding.conditions import TRIGGERS, conditions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("双方将视情开展联合巡航", ["视情"]),
        ("双方根据实际需要举行会晤", ["根据实际需要"]),
        ("按需要举行会晤", ["按需要"]),
        ("条件成熟时启动谈判", ["条件成熟时"]),
        ("如发现新的病例,双方将通报", ["如发现新的病例"]),
        ("倘若谈判失败", ["倘若谈判失败"]),
        ("在各自法律允许的范围内交换信息", ["在各自法律允许的范围内"]),
        ("在必要的情况下", ["在必要的情况下"]),
        ("在可行前提下", ["在可行前提下"]),
        ("在不影响安全的条件下", ["在不影响安全的条件下"]),
        ("在满足检疫要求后进口", ["在满足检疫要求后"]),
        ("经两国政府批准之后生效", ["经两国政府批准之后"]),
        ("经主管部门许可,方可开工", ["经主管部门许可,方可"]),
        ("待协定签署后实施", ["待协定签署后"]),
        ("应对方请求提供资料", ["应对方请求"]),
        ("在对方要求下提供资料", ["在对方要求下"]),
        ("根据各自国内法律法规办理", ["根据各自国内法律法规"]),
        ("按照本国程序办理", ["按照本国程序"]),
    ],
)
def test_a_condition_and_a_word_to_look_for_it_by(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in conditions(text, 0, len(text))] == expected
    assert any(word in text for word in TRIGGERS)


@pytest.mark.parametrize("text", ["双方期待在明年会晤时签署协定", "给予对方待遇后", "在平等互利的基础上合作", "反应堆的要求", "例如水稻"])
def test_no_condition(text: str) -> None:
    assert conditions(text, 0, len(text)) == []
