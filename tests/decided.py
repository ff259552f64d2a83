"""A hall that holds a vote of every kind, for the chronicle."""

from msgspec.structs import replace

from collegium.ids import BodyId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    AnnulOutcome,
    Answer,
    AnswerContest,
    Card,
    CastByProxy,
    CastCard,
    Commission,
    ContestOutcome,
    CountedBallots,
    EnterRollCall,
    GiveProxy,
    Manner,
    OpenVote,
    Quorum,
    RefuseOutcome,
)
from collegium.parts.organisation.acts import AmendRuleBook
from collegium.record.moments import after
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, Person
from tests.voting import MAJORITY, PLAIN, Voting, by_method, candidates

A_TENTH = Quorum(den=1, kind="percent", num=10)
SITTING = replace(ALL_MEMBERS, kind="sitting")
COMMISSION = Commission(members=(AMARA.id, BO.id, CHIARA.id), needed=2)
RANKINGS = ("123", "132", "213", "231", "312", "3-1", "1--", "-12")
APPROVALS = ("x--", "xx-", "-xx", "--x", "x-x")
GRADES = ("420", "-31", "044", "113", "4-2")


class Deciding(Voting):
    """A hall with votes in every manner, by methods of every kind."""

    def decide(self, voters: tuple[Person, ...], here: BodyId) -> None:
        """Each kind of vote, one after the other.

        Args:
            voters: Ten members or more who vote.
            here: A branch, whose first two members they are.
        """
        self._elect(voters)
        self._weigh(voters)
        self._split_cards(voters, here)
        self._by_proxy(voters)
        self._meet(voters, here)
        self._contested(voters)

    def _elect(self, voters: tuple[Person, ...]) -> None:
        """An election on paper by single transferable vote, certified by a commission."""
        opening = self.plain_vote(
            commission=COMMISSION,
            counting=by_method("scottish-stv/1", equal="skip", seats=2, skips=1),
            default=0,
            options=candidates(DMITRI, ESI, voters[2]),
            purpose="election",
            quorum=A_TENTH,
            secret=True,
        )
        vote = self.open(AMARA, opening)
        self.jointly(self.paper(vote, spoilt=1, r123=4, r312=3, r113=2))
        self.run_out(vote)
        self.sign(BO, RefuseOutcome(happened_at="", vote=vote))
        for person in (AMARA, CHIARA):
            self.sign(person, self.certificate(vote))

    def _weigh(self, voters: tuple[Person, ...]) -> None:
        """The same question by methods of every kind, one of them with a tie."""
        for counting, texts in (
            (by_method("irv/1"), RANKINGS),
            (by_method("schulze/1"), (*RANKINGS, "112")),
            (by_method("meek/1", seats=2), RANKINGS),
            (by_method("plurality/1"), ("123", "213", "123", "213")),
            (by_method("approval/1", seats=2), APPROVALS),
            (by_method("equal-shares/1", seats=2), APPROVALS),
            (by_method("majority-judgment/1", levels=5), GRADES),
            (replace(MAJORITY, base="ballots"), ("1--", "1--", "---")),
        ):
            opening = self.plain_vote(
                counting=counting, default=3, options=(PLAIN,) * 3, quorum=A_TENTH
            )
            vote = self.open(AMARA, opening)
            for person, marks in zip(voters, texts, strict=False):
                self.cast(person, vote, marks)
            self.finish(ESI, vote)

    def _split_cards(self, voters: tuple[Person, ...], here: BodyId) -> None:
        cards = (Card(here, voters[0].id, 1), Card(here, voters[1].id, 1))
        manner = Manner(cards=cards, kind="cards", tellers=())
        opening = self.plain_vote(counting=MAJORITY, manner=manner, quorum=A_TENTH)
        vote = self.open(BO, opening)
        self.do(voters[0], CastCard("", (CountedBallots(1, "12"),), vote))
        self.do(voters[1], CastCard("", (CountedBallots(1, "21"),), vote))
        self.finish(ESI, vote)

    def _by_proxy(self, voters: tuple[Person, ...]) -> None:
        self.jointly(AmendRuleBook(changes={"decisions.most_proxies": 2}, happened_at=""))
        joined = replace(ALL_MEMBERS, joined_by=after(self.now, days=-1))
        vote = self.open(AMARA, self.plain_vote(electorate=joined, quorum=A_TENTH))
        for person in voters[1:3]:
            self.do(person, GiveProxy("", voters[0].id, vote))
            self.do(voters[0], CastByProxy("", "12", person.id, vote))
        self.do(voters[2], GiveProxy("", voters[2].id, vote))
        self.cast(voters[0], vote, "21")
        self.finish(ESI, vote)

    def _meet(self, voters: tuple[Person, ...], here: BodyId) -> None:
        """Whoever sits votes by hands and by roll call; those present, a level, a branch."""
        self.seat(voters[0], here)
        named = tuple(one.id for one in (AMARA, BO))
        present = replace(ALL_MEMBERS, kind="present", members=named)
        tellers = (AMARA.id, BO.id, CHIARA.id)
        hands = self.open(AMARA, self._met(Manner((), "hands", tellers)))
        for person, counted in ((AMARA, 1), (BO, 2), (CHIARA, 2)):
            self.raise_hands(person, hands, 3, r12=counted, blank=1)
        called = self.open(AMARA, self._met(Manner((), "roll-call", tellers)))
        answers = (Answer("12", AMARA.id), Answer("21", BO.id), Answer("12", CHIARA.id))
        self.do(AMARA, EnterRollCall(answers, "", called))
        self.do(CHIARA, EnterRollCall(answers[::-1], "", called))
        for vote in (hands, called):
            self.close(AMARA, vote)
            self.do(BO, self.counted(vote))
        branch = replace(ALL_MEMBERS, kind="branches", bodies=(here,))
        level = replace(ALL_MEMBERS, kind="level")
        for electorate, person in ((present, AMARA), (branch, voters[1]), (level, voters[0])):
            vote = self.open(AMARA, self.plain_vote(electorate=electorate, quorum=A_TENTH))
            self.cast(person, vote, "12")
            self.finish(ESI, vote)

    def _met(self, manner: Manner) -> OpenVote:
        counting = replace(MAJORITY, base="present")
        return self.plain_vote(counting=counting, electorate=SITTING, manner=manner, quorum=A_TENTH)

    def _contested(self, voters: tuple[Person, ...]) -> None:
        """An outcome is objected to, answered, and made void all the same."""
        vote = self.open(FARID, self.plain_vote(quorum=A_TENTH))
        for person in voters[:3]:
            self.cast(person, vote, "12")
        self.finish(ESI, vote)
        contest = self.do(voters[4], ContestOutcome(happened_at="", vote=vote))
        self.do(AMARA, AnswerContest(contest=contest, happened_at="", vote=vote))
        self.jointly(AnnulOutcome(happened_at="", vote=vote))
