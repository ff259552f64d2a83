"""Elections made up by Hypothesis."""

from hypothesis import strategies as st

from collegium.counting import Approvals, Claims, Grades, Profile
from collegium.counting.ballot import RANKS, UNRANKED


@st.composite
def strict_ballot(draw: st.DrawFn, options: int) -> str:
    """Some options ranked, no two equally."""
    order = draw(st.permutations(range(options)))
    text = [UNRANKED] * options
    for rank, option in enumerate(order[: draw(st.integers(0, options))]):
        text[option] = RANKS[rank]
    return "".join(text)


@st.composite
def strict_profiles(draw: st.DrawFn, least: int = 2, most: int = 5, heaviest: int = 30) -> Profile:
    """Ballots without equal ranks, at least one of which ranks somebody."""
    options = draw(st.integers(least, most))
    ballots = st.dictionaries(
        strict_ballot(options), st.integers(1, heaviest), min_size=1, max_size=8
    )
    return Profile(options, draw(ballots.filter(lambda b: any(set(t) != {"-"} for t in b))))


@st.composite
def ranked_profiles(draw: st.DrawFn, most: int = 5) -> Profile:
    """Ballots that may have equal ranks."""
    options = draw(st.integers(2, most))
    ballot = st.text(RANKS[:options] + UNRANKED, min_size=options, max_size=options)
    return Profile(options, draw(st.dictionaries(ballot, st.integers(1, 30), max_size=8)))


@st.composite
def approvals(draw: st.DrawFn, most: int = 5) -> Approvals:
    options = draw(st.integers(2, most))
    ballot = st.sets(st.integers(1, options)).map(lambda s: tuple(sorted(s)))
    cast = draw(st.dictionaries(ballot, st.integers(1, 9), min_size=1, max_size=7))
    return Approvals(options, cast)


@st.composite
def grades(draw: st.DrawFn) -> Grades:
    options, levels = draw(st.integers(2, 4)), draw(st.integers(2, 5))
    ballot = st.tuples(*[st.integers(-1, levels - 1)] * options)
    return Grades(options, levels, draw(st.dictionaries(ballot, st.integers(1, 4), max_size=6)))


def claims() -> st.SearchStrategy[Claims]:
    return st.lists(st.integers(1, 1000), min_size=1, max_size=6).map(Claims)
