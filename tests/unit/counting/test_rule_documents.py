import json

import pytest

from collegium.counting import (
    RULES,
    Outcome,
    Profile,
    Rule,
    Schulze,
    count,
    developers_vote,
    read_rule,
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
