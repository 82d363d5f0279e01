"""The rules of texts that are a number and nothing else (「零点五」, 「三四十」, 「第一百二十三」).

Inside a sentence such a numeral is a name, a label or a part of a word more often than a count, so no scan looks for them.
"""

from __future__ import annotations

from qingdan.finding import quantity_shapes as shapes
from qingdan.finding.date_patterns import JOIN
from qingdan.finding.quantity_patterns import AFTER, DIGIT, FORMAL, MULTIPLE
from qingdan.finding.quantity_shapes import Amount
from qingdan.finding.rules import Rule, examples
from qingdan.numerals import ARABIC

_HAN = rf"[零〇{DIGIT}十百千万亿廿卅{FORMAL}]{{1,20}}(?:点[零〇{DIGIT}]{{1,9}}[万亿]{{0,2}})?"
_FIGURES = rf"(?:{ARABIC})(?:{MULTIPLE}(?:[0-9]{{1,4}}[百千]?)?)?"

RULES: tuple[Rule[Amount | None], ...] = (
    Rule(
        "lone-number",
        rf"(?P<sign>负|[-−])?\+?(?P<n>{_HAN}|{_FIGURES})(?P<more>[余多])?{AFTER}",
        shapes.lone,
        examples(
            ("零点五", "零点五", "0.5"), ("负二十点五", "负二十点五", "-20.5"), ("壹佰贰拾叁", "壹佰贰拾叁", "123"), ("2千", "2千", "2000")
        ),
    ),
    Rule(
        "lone-range",
        rf"(?P<n>{_HAN}|{_FIGURES}){JOIN}(?P<n_b>{_HAN}|{_FIGURES}){AFTER}",
        shapes.lone_between,
        examples(("100-200", "100-200", "100–200"), ("二十至三十", "二十至三十", "20–30")),
    ),
    Rule(
        "lone-pair",
        rf"(?P<pair>[{DIGIT}]{{2}})(?P<scale>[十百千万亿]{{1,2}})(?P<unit>)",
        shapes.lone_pair,
        examples(("三四十", "三四十", "30–40"), ("五六百", "五六百", "500–600")),
    ),
    Rule(
        "lone-vague",
        r"(?:[几数](?P<scale>[十百千万亿]{1,2})|(?P<ten>十几))(?P<unit>)",
        shapes.lone_vague,
        examples(("几百", "几百", "200–999"), ("十几", "十几", "11–19")),
    ),
    Rule(
        "lone-round",
        r"(?P<scale>[百千]?[万亿]|[百千])",
        shapes.lone_round,
        examples(("近千", "近千", "1000"), ("上万", "上万", "10000")),
    ),
    Rule(
        "lone-ordinal",
        rf"第\ ?(?P<n>{_HAN}|[0-9]{{1,9}})",
        shapes.ordinal,
        examples(("第一百二十三", "第一百二十三", "123"), ("第5", "第5", "5")),
    ),
    Rule(
        "lone-mixed-number",
        rf"(?P<w>{_HAN}|[0-9]{{1,6}})又(?:(?P<n>{_HAN}|[0-9]{{1,6}})分之(?P<n_b>{_HAN}|[0-9]{{1,6}})|(?P<n_b>[0-9]{{1,6}})/(?P<n>[0-9]{{1,6}}))",
        shapes.mixed_number,
        examples(("三又二分之一", "三又二分之一", "3.5"), ("1又1/2", "1又1/2", "1.5")),
    ),
)
