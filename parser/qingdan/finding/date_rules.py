"""The date rules, in the order in which they are tried: longer forms stand before those they begin with.

To add one: write its pattern with the pieces of ``date_patterns`` in the module of its kind, a reader that takes the
named groups to a stretch of the calendar, and two or three examples. A test runs every example against 24 June 2015
and checks that this rule is the one that fires.
"""

from __future__ import annotations

from qingdan.finding import figure_rules, occasion_rules, point_rules, range_rules, relative_rules
from qingdan.finding.date_shapes import Shape
from qingdan.finding.rules import Rule

RULES: tuple[Rule[Shape], ...] = (
    *figure_rules.RULES,
    *occasion_rules.RULES,
    *range_rules.RULES,
    *point_rules.RULES,
    *relative_rules.RULES,
)
