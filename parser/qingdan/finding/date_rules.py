"""The date rules, in the order in which they are tried: longer forms stand before those they begin with.

To add one: write its pattern with the pieces of ``date_patterns`` in the module of its kind, a reader that takes the
named groups to a stretch of the calendar, and two or three examples. A test runs every example against 24 June 2015
and checks that this rule is the one that fires.
"""

from __future__ import annotations

from qingdan.finding import figure_rules, occasion_rules, point_rules, range_rules, relative_rules
from qingdan.finding.date_patterns import BOUND, day, month
from qingdan.finding.date_shapes import Shape, republic
from qingdan.finding.rules import Rule, examples

RULES: tuple[Rule[Shape], ...] = (
    *figure_rules.RULES,
    *occasion_rules.RULES,
    *range_rules.RULES,
    *point_rules.RULES,
    *relative_rules.RULES,
)

# Tried only in a traditional text that speaks of the Republic of China, where 「104年」 is 2015.
REPUBLIC = Rule(
    "bare-republic-year",
    rf"(?<![0-9A-Za-z./\-第])(?P<r>1[0-9]{{2}}|[3-9][0-9])\ ?年(?:\ ?{month()}(?:\ ?{day()})?|度|(?P<e>[底初])|(?=[前起以]))"
    rf"(?![0-9多]){BOUND}",
    republic,
    examples(("104年7月10日", "104年7月10日", "2015-07-10")),
)
