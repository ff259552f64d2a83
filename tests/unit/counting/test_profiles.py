import doctest
import hashlib
import importlib

import pytest

from collegium.counting import Profile
from collegium.counting.ballot import WIDEST

CAST = ["12-", "24-", "111", "12-", "-21"]


def test_equal_preferences_are_one_ballot_of_greater_weight() -> None:
    assert dict(Profile.of(3, CAST).weights) == {"12-": 3, "111": 1, "-21": 1}
    assert Profile.of(3, CAST).ballots == 5


def test_the_text_is_sorted_and_the_digest_is_its_sha256() -> None:
    text = "collegium-profile/1 ranked 3\n-21 1\n111 1\n12- 3\n"
    assert Profile.of(3, CAST).text() == text
    assert Profile.of(3, CAST).digest() == hashlib.sha256(text.encode()).hexdigest()


def test_the_digest_knows_no_order_of_ballots() -> None:
    assert Profile.of(3, CAST).digest() == Profile.of(3, reversed(CAST)).digest()


def test_profiles_of_two_branches_add_up_to_the_whole() -> None:
    parts = Profile.of(3, CAST[:2]) + Profile.of(3, CAST[2:])
    assert parts == Profile.of(3, CAST)
    assert hash(parts) == hash(Profile.of(3, CAST))


def test_adding_leaves_both_profiles_as_they_were() -> None:
    branch = Profile.of(3, CAST)
    assert (branch + branch).ballots == 10
    assert branch == Profile.of(3, CAST)


def test_one_more_option_is_another_digest_even_without_ballots() -> None:
    assert Profile(3, {}).digest() != Profile(4, {}).digest()
    assert Profile(3, {}) != Profile(4, {})


def test_a_profile_is_no_dictionary() -> None:
    assert Profile(3, {"123": 1}) != {"123": 1}
    assert repr(Profile(3, {"123": 4, "111": 1})) == "<Profile: 5 ballots, 2 different>"


def test_weights_can_be_read_and_not_written() -> None:
    weights = Profile(3, {"123": 1}).weights
    with pytest.raises(TypeError):
        weights["123"] = 2  # type: ignore[index]  # writing is what is tried


def test_a_dictionary_given_is_left_as_it_was() -> None:
    given = {"125": 1, "123": 2}
    assert Profile(3, given).weights == {"123": 3}
    assert given == {"125": 1, "123": 2}


def test_ballots_on_other_options_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="of the same options, not of 2 and 3"):
        Profile(2, {"12": 1}) + Profile(3, {"123": 1})


@pytest.mark.parametrize("weight", [0, -1])
def test_a_ballot_cast_less_than_once_is_refused(weight: int) -> None:
    with pytest.raises(ValueError, match="expected a weight of at least 1"):
        Profile(2, {"12": weight})


@pytest.mark.parametrize("options", [0, -1, WIDEST + 1])
def test_a_number_of_options_that_fits_no_ballot_is_refused(options: int) -> None:
    with pytest.raises(ValueError, match="expected 1 to 1000 options"):
        Profile(options, {})


def test_a_malformed_ballot_is_refused_and_nothing_is_counted_in_part() -> None:
    with pytest.raises(ValueError, match=r"not '!' in the ballot '1!2'"):
        Profile.of(3, ["123", "1!2"])


def test_figures_stay_exact_for_every_reader_of_json() -> None:
    assert Profile(2, {"12": 2**53 - 1}).ballots == 2**53 - 1
    with pytest.raises(ValueError, match="at most 2\\^53 - 1 ballots"):
        Profile(2, {"12": 2**53 - 1, "21": 1})


@pytest.mark.parametrize("name", ["ballot", "count", "pairwise", "profile"])
def test_the_examples_in_the_documentation_are_true(name: str) -> None:
    examples = doctest.testmod(importlib.import_module(f"collegium.counting.{name}"))
    assert examples.attempted
    assert not examples.failed
