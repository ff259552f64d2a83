"""Rule documents: what they say, how they are spelt, and which can't be."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from collegium.counting import (
    RULES,
    Approval,
    Majority,
    Outcome,
    Profile,
    Rule,
    RuleDocument,
    Schulze,
    Score,
    count,
    developers_vote,
    house_of_representatives,
    irv,
    read_rule,
    reference_meek,
    scottish_stv,
)

DOCUMENTS: list[Rule] = [
    developers_vote(3, 1000, {1: 3}),
    Schulze(options=3, strength="winning-votes"),
]
BALLOTS = Profile(3, {"123": 60, "312": 3, "23-": 2})
each_document = pytest.mark.parametrize("rule", DOCUMENTS, ids=lambda rule: type(rule).__name__)


@each_document
def test_a_document_reads_back_as_the_same_rule(rule: Rule) -> None:
    assert read_rule(rule.document()) == rule


@each_document
def test_a_document_names_rule_and_version(rule: Rule) -> None:
    assert RULES[json.loads(rule.document())["rule"]] is type(rule)


@each_document
def test_an_outcome_reads_back_as_the_same_outcome(rule: Rule) -> None:
    outcome = count(BALLOTS, rule)
    assert type(outcome).read(outcome.canonical()) == outcome


@each_document
def test_an_outcome_names_the_ballots_and_the_rule_it_comes_from(rule: Rule) -> None:
    outcome = count(BALLOTS, rule)
    assert (outcome.profile, outcome.ballots, outcome.rule) == (BALLOTS.digest(), 65, rule)


@each_document
def test_ballots_on_other_options_than_the_rules_are_refused(rule: Rule) -> None:
    with pytest.raises(ValueError, match="ballots on the rule's 3 options, not on 4"):
        count(Profile(4, {}), rule)


def test_one_ballot_more_is_another_digest() -> None:
    outcome = count(BALLOTS, DOCUMENTS[0])
    assert outcome.digest() == count(BALLOTS, DOCUMENTS[0]).digest()
    assert outcome.digest() != count(BALLOTS + Profile(3, {"123": 1}), DOCUMENTS[0]).digest()


def test_every_rule_is_in_the_table_by_its_own_name_and_version() -> None:
    assert {name: rule.__struct_config__.tag for name, rule in RULES.items()} == {
        name: name for name in RULES
    }


def test_a_document_has_this_spelling() -> None:
    assert DOCUMENTS[0].document() == (
        b'{"default":3,"majorities":[{"denominator":1,"numerator":3},{"denominator":1,'
        b'"numerator":1},{"denominator":1,"numerator":1}],"options":3,"quorum":'
        b'{"denominator":2,"electorate":1000,"numerator":3},"rule":"debian-a6/1"}'
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "expected a rule document"),
        (b"\xff", "expected a rule document"),
        (b'{"options":3,"rule":"schulze/9","strength":"winning-votes"}', "schulze/9"),
        (b'{"options":3,"rule":"schulze/1","strength":"ratio"}', "ratio"),
        (b'{"options":1001,"rule":"schulze/1","strength":"winning-votes"}', "<= 1000"),
        (b'{"options":3,"rule":"schulze/1","seats":2,"strength":"winning-votes"}', "seats"),
        (b'{"rule":"schulze/1","options":3,"strength":"winning-votes"}', "sorted keys"),
        (b'{"options": 3,"rule":"schulze/1","strength":"winning-votes"}', "no spaces"),
    ],
)
def test_no_other_document_is_read(data: bytes, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        read_rule(data)


@pytest.mark.parametrize(
    "damage", [(b"65", b"66 "), (b'"winners":[', b'"winners":["'), (b"{", b"")]
)
def test_no_other_outcome_is_read(damage: tuple[bytes, bytes]) -> None:
    outcome = count(BALLOTS, DOCUMENTS[0])
    with pytest.raises(ValueError, match="expected an outcome"):
        type(outcome).read(outcome.canonical().replace(*damage, 1))


def test_the_outcome_of_no_rule_cannot_be_had() -> None:
    with pytest.raises(NotImplementedError):
        Rule(options=2).count(Profile(2, {}))
    assert issubclass(type(count(BALLOTS, DOCUMENTS[0])), Outcome)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"seats": 0}, "another value for seats: Expected `int` >= 1"),
        ({"seats": -1}, "another value for seats"),
        ({"seats": 1001}, "another value for seats"),
        ({"decimals": 13}, "another value for decimals"),
        ({"quota": "large"}, "another value for quota: Invalid enum value 'large'"),
        ({"ties": ("dice",)}, "another value for ties"),
        ({"first_out": (4,)}, "expected options 1 to 3, ascending, to be excluded first"),
        ({"first_out": (2, 2)}, "expected options 1 to 3, ascending, to be excluded first"),
    ],
)
def test_no_other_document_can_be_made_by_hand(changes: dict[str, Any], expected: str) -> None:
    """Whatever counts has a document that is read back."""
    with pytest.raises(ValueError, match=expected):
        replace(scottish_stv(3, 2), **changes)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (irv(3), {"first_out": (3, 1)}),
        (house_of_representatives(3, 435), {"seats": 10_001}),
        (Approval(options=3, seats=1, ties=()), {"ties": ("lot",) * 6}),
        (Score(by="sum", levels=6, options=3, seats=1, ties=()), {"levels": 1}),
        (reference_meek(3, 1), {"omega": 0}),
        (
            Majority(base="votes", exactly=False, members=0, options=3, share=(1, 2)),
            {"share": (3, 2)},
        ),
    ],
)
def test_every_kind_of_rule_keeps_its_bounds(rule: RuleDocument, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected"):
        replace(rule, **changes)
