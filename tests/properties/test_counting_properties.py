"""What holds for all ballots: twins by brute force, and the axioms of the rules."""

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.counting import (
    DebianA6,
    Matrix,
    Outcome,
    Profile,
    Quorum,
    Ratio,
    Rule,
    Schulze,
    check_ballot,
    count,
    dense_ballot,
    pairwise_matrix,
)
from collegium.counting.ballot import RANKS, UNRANKED
from collegium.counting.schwartz import sequential_dropping

Cast = list[str]


def casts(options: int, ranks: str = "123-") -> st.SearchStrategy[Cast]:
    """Ballots as cast; few ranks, so that ties and cycles are frequent."""
    ballot = st.text(alphabet=ranks, min_size=options, max_size=options)
    return st.lists(ballot, max_size=12)


@st.composite
def elections(draw: st.DrawFn) -> tuple[Cast, Rule]:
    options = draw(st.integers(2, 5))
    rule = draw(st.sampled_from([schulze(options), draw(debian(options))]))
    return draw(casts(options)), rule


@st.composite
def debian(draw: st.DrawFn, options: int) -> DebianA6:
    default = draw(st.integers(1, options))
    ratios = draw(st.lists(st.sampled_from([1, 2, 3]), min_size=options, max_size=options))
    ratios[default - 1] = 1
    quorums = st.builds(
        Quorum, electorate=st.integers(1, 40), numerator=st.just(1), denominator=st.just(2)
    )
    return DebianA6(
        options=options,
        default=default,
        majorities=tuple(Ratio(ratio, 1) for ratio in ratios),
        quorum=draw(st.none() | quorums),
    )


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """Pairwise matrices with few different figures: many equal defeats."""
    options = draw(st.integers(1, 5))
    figures = draw(
        st.lists(st.integers(0, 4), min_size=options * options, max_size=options * options)
    )
    rows = [figures[row * options : (row + 1) * options] for row in range(options)]
    return tuple(
        tuple(0 if row == column else rows[row][column] for column in range(options))
        for row in range(options)
    )


def schulze(options: int) -> Schulze:
    return Schulze(options=options, strength="winning-votes")


def outcome_of(cast: Cast, rule: Rule) -> Outcome:
    return count(Profile.of(rule.options, cast), rule)


def level(rank: str) -> int:
    return 99 if rank == UNRANKED else RANKS.index(rank)


def renumbered(text: str, order: tuple[int, ...]) -> str:
    """The ballot with option `order[i]` in place i."""
    return "".join(text[number] for number in order)


@given(st.text(alphabet=RANKS + UNRANKED, min_size=1, max_size=35))
def test_the_dense_ballot_keeps_every_preference_and_leaves_no_rank_out(cast: str) -> None:
    dense = dense_ballot(cast)
    check_ballot(dense, len(cast))
    for first, second in permutations(range(len(cast)), 2):
        assert (level(cast[first]) < level(cast[second])) == (
            level(dense[first]) < level(dense[second])
        )
    used = set(dense) - {UNRANKED}
    assert used == set(RANKS[: len(used)])


@given(st.integers(1, 35).flatmap(lambda options: casts(options, RANKS + UNRANKED)))
@settings(deadline=None)
def test_the_matrix_is_what_looking_at_each_ballot_gives(cast: Cast) -> None:
    options = len(cast[0]) if cast else 3
    matrix = pairwise_matrix(Profile.of(options, cast * 3))
    for first, second in permutations(range(options), 2):
        above = sum(level(text[first]) < level(text[second]) for text in cast)
        assert matrix[first][second] == 3 * above
    assert all(matrix[number][number] == 0 for number in range(options))


@given(st.dictionaries(st.text("12-", min_size=3, max_size=3), st.integers(1, 10**6)))
def test_a_weight_is_so_many_equal_ballots(weights: dict[str, int]) -> None:
    matrix = pairwise_matrix(Profile(3, weights))
    assert matrix[0][2] == sum(
        weight for text, weight in weights.items() if level(text[0]) < level(text[2])
    )


@given(matrices())
def test_dropping_leaves_those_whom_no_stronger_chain_beats(matrix: Matrix) -> None:
    everyone = range(len(matrix))
    unbeaten = tuple(
        option + 1
        for option in everyone
        if not any(
            strongest(matrix, other, option) > strongest(matrix, option, other)
            for other in everyone
            if other != option
        )
    )
    assert sequential_dropping(matrix, [number + 1 for number in everyone]).schwartz == unbeaten


def strongest(matrix: Matrix, start: int, end: int) -> tuple[int, int]:
    """The strongest chain by trying all chains without a repeated option."""
    between = [number for number in range(len(matrix)) if number not in (start, end)]
    chains = [
        (start, *middle, end)
        for length in range(len(between) + 1)
        for middle in permutations(between, length)
    ]
    return max(min(link(matrix, *pair) for pair in pairwise(c)) for c in chains)


def link(matrix: Matrix, winner: int, loser: int) -> tuple[int, int]:
    votes, opposed = matrix[winner][loser], matrix[loser][winner]
    return (votes, -opposed) if votes > opposed else (0, 0)


@given(st.integers(1, 5).flatmap(casts))
def test_the_paths_are_the_strongest_of_all_chains(cast: Cast) -> None:
    options = len(cast[0]) if cast else 2
    outcome = count(Profile.of(options, cast), schulze(options))
    for first, second in permutations(range(options), 2):
        votes, against = strongest(outcome.matrix, first, second)
        assert outcome.paths[first][second] == (votes, -against)


@given(st.integers(1, 5).flatmap(casts))
def test_schulze_and_dropping_have_the_same_winners(cast: Cast) -> None:
    options = len(cast[0]) if cast else 2
    outcome = count(Profile.of(options, cast), schulze(options))
    ending = sequential_dropping(outcome.matrix, range(1, options + 1))
    assert outcome.winners == outcome.ranking[0] == ending.schwartz


@given(elections(), st.data())
def test_no_order_of_ballots_changes_a_byte(
    election: tuple[Cast, Rule], data: st.DataObject
) -> None:
    cast, rule = election
    shuffled = data.draw(st.permutations(cast))
    assert outcome_of(shuffled, rule).canonical() == outcome_of(cast, rule).canonical()


@given(elections(), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_no_partitioning_changes_a_byte(election: tuple[Cast, Rule], box_of: list[int]) -> None:
    cast, rule = election
    boxes: list[Cast] = [[], [], [], []]
    for text, box in zip(cast, box_of, strict=False):
        boxes[box].append(text)
    first, second, third, last = (Profile.of(rule.options, box) for box in boxes)
    merged = (last + second) + (third + first)
    assert merged.text() == Profile.of(rule.options, cast).text()
    assert count(merged, rule).canonical() == outcome_of(cast, rule).canonical()


@given(elections())
def test_counting_twice_gives_the_same_bytes_and_changes_no_input(
    election: tuple[Cast, Rule],
) -> None:
    cast, rule = election
    profile = Profile.of(rule.options, cast)
    before = profile.text(), rule.document()
    assert count(profile, rule).canonical() == count(profile, rule).canonical()
    assert (profile.text(), rule.document()) == before


@given(st.data())
def test_renumbering_the_options_renumbers_the_winners(data: st.DataObject) -> None:
    options = data.draw(st.integers(2, 5))
    cast, rule = data.draw(casts(options)), data.draw(debian(options))
    order = data.draw(st.permutations(range(options)).map(tuple))
    turned = DebianA6(
        options=options,
        default=order.index(rule.default - 1) + 1,
        majorities=tuple(rule.majorities[number] for number in order),
        quorum=rule.quorum,
    )
    winners = outcome_of([renumbered(text, order) for text in cast], turned).winners
    assert sorted(order[number - 1] + 1 for number in winners) == list(
        outcome_of(cast, rule).winners
    )


@given(st.data())
def test_an_option_that_defeats_all_others_wins_alone(data: st.DataObject) -> None:
    options = data.draw(st.integers(2, 5))
    outcome = count(Profile.of(options, data.draw(casts(options))), schulze(options))
    matrix = outcome.matrix
    for option in range(options):
        others = [other for other in range(options) if other != option]
        if all(matrix[option][other] > matrix[other][option] for other in others):
            assert outcome.winners == (option + 1,)


@given(st.data())
def test_a_loser_to_the_default_option_never_wins(data: st.DataObject) -> None:
    options = data.draw(st.integers(2, 5))
    rule = data.draw(debian(options))
    outcome = count(Profile.of(options, data.draw(casts(options))), rule)
    for winner in outcome.winners:
        above = outcome.matrix[winner - 1][rule.default - 1]
        below = outcome.matrix[rule.default - 1][winner - 1]
        assert winner == rule.default or above > below


@given(elections())
def test_there_is_always_a_winner_and_every_figure_is_an_integer(
    election: tuple[Cast, Rule],
) -> None:
    outcome = outcome_of(*election)
    assert outcome.winners
    assert b"." not in outcome.canonical()
