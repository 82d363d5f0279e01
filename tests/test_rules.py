"""Rules run their own examples, and each kind of mention keeps out what only looks like one."""

from __future__ import annotations

import pytest
from conftest import REFERENCE, Row

import qingdan
from qingdan.finding import date_rules, quantity_rules
from qingdan.finding.rules import Example, Rule
from qingdan.model import Quantity


def cases(rules: tuple[Rule, ...]) -> list:
    return [pytest.param(rule, example, id=f"{rule.name}:{example.text}") for rule in rules for example in rule.examples]


def written(quantity: Quantity) -> str:
    """A quantity's value as the tables and examples write it: ``387 次``, ``20–30 名``."""
    value = quantity.value if quantity.value is not None else f"{quantity.low}–{quantity.high}"
    return f"{value} {quantity.unit}".strip()


@pytest.mark.parametrize(("rule", "example"), cases(date_rules.RULES))
def test_date_examples(rule: Rule, example: Example) -> None:
    found = qingdan.find(example.text, ["dates"], REFERENCE).dates
    assert (example.mention, rule.name, example.value) in [(date.text, date.rule, date.edtf) for date in found]


@pytest.mark.parametrize(("rule", "example"), cases(quantity_rules.RULES))
def test_quantity_examples(rule: Rule, example: Example) -> None:
    found = qingdan.find(example.text, ["quantities"], REFERENCE).quantities
    assert (example.mention, rule.name, example.value) in [(mention.text, mention.rule, written(mention)) for mention in found]


@pytest.mark.parametrize("rules", [date_rules.RULES, quantity_rules.RULES], ids=["dates", "quantities"])
def test_every_rule_has_a_name_of_its_own_and_an_example(rules: tuple[Rule, ...]) -> None:
    names = [rule.name for rule in rules]
    assert sorted(set(names)) == sorted(names)
    assert [rule.name for rule in rules if not rule.examples] == []


@pytest.mark.parametrize("rule", date_rules.RULES, ids=lambda rule: rule.name)
def test_a_hint_is_in_every_example(rule: Rule) -> None:
    """A rule is passed over when a span holds none of its hints."""
    assert [example.mention for example in rule.examples if rule.hint and not any(hint in example.mention for hint in rule.hint)] == []


@pytest.mark.parametrize("rule", date_rules.RULES, ids=lambda rule: rule.name)
def test_every_example_begins_with_a_character_that_its_rule_names(rule: Rule) -> None:
    """A scan and a reader pass over a rule by the first character."""
    assert [example.mention for example in rule.examples if rule.first and example.mention[0] not in rule.first] == []


def allowed(row: Row) -> list[str]:
    return [text for cells in row.mentions for text in cells[0].split("|")]


@pytest.mark.rows("not_dates.txt")
def test_not_dates(row: Row) -> None:
    assert [date.text for date in qingdan.find(row.text, ["dates"], REFERENCE).dates] == allowed(row)


@pytest.mark.rows("not_quantities.txt")
def test_not_quantities(row: Row) -> None:
    assert [mention.text for mention in qingdan.find(row.text, ["quantities"], REFERENCE).quantities] == allowed(row)


@pytest.mark.rows("not_agencies.txt")
def test_not_agencies(row: Row) -> None:
    assert [agency.text for agency in qingdan.find(row.text, ["agencies"], REFERENCE).agencies] == allowed(row)
