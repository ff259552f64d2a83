"""The life of one organisation in which everything is done that can be done.

It is told the same way every time: with `steady` chance its record has the same bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from unittest import mock

from msgspec import Struct
from msgspec.structs import replace

from collegium.ids import (
    ActId,
    ApprovalId,
    BodyId,
    Moment,
    ObjectionId,
    PostId,
    ProposalId,
    QuestionId,
    VoteId,
)
from collegium.parts.approvals.acts import WithdrawRequest
from collegium.parts.decisions.acts import CastBallot, CloseVote, Quorum
from collegium.parts.deliberation.acts import (
    AnswerObjection,
    OpenQuestion,
    PublishProposal,
    RaiseObjection,
    ReviseProposal,
    SignProposal,
    WithdrawProposal,
    WithdrawSignature,
)
from collegium.parts.organisation.acts import (
    AdmitMember,
    AdmitRoll,
    AmendRuleBook,
    ChangeStanding,
    CloseImport,
    CreateBody,
    CreatePost,
    DissolveBody,
    EndKey,
    EndMembership,
    ErasePayload,
    FillPost,
    LeaveOrganisation,
    LeavePost,
    RegisterKey,
    RevokeKey,
    TransferMember,
    VacatePost,
    VouchKey,
)
from collegium.parts.organisation.rules import new_key_text
from collegium.record.moments import after
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO, LOG_KEY, Person
from tests.decided import A_TENTH, Deciding
from tests.forging import another_key, self_signed, smuggle
from tests.voting import PLAIN, REGISTER, slate, so_many

THEN = Moment("2005-03-01T12:00:00Z")
CROWD = tuple(Person(f"Member {number}") for number in range(24))
BALLOTS = ("12", "21", "11", "1-", "-1", "--")


@contextmanager
def steady() -> Iterator[None]:
    """Draw the same names and salts in the same order, instead of by chance."""
    names, salts = count(1), count(1)

    def act_id(_at: Moment) -> ActId:
        return ActId(f"01C0NSTANT{next(names):016}")

    def salt() -> bytes:
        return sha256(f"salt {next(salts)}".encode()).digest()

    chance = "collegium.secretariat.chance"
    with mock.patch(f"{chance}.act_id", act_id), mock.patch(f"{chance}.salt", salt):
        yield


class Chronicle(Deciding):
    """A hall that lives through everything; `refused` says what was forged and why it fell."""

    def __init__(self) -> None:
        self.refused: list[str] = []
        super().__init__(source=REGISTER)

    def tell(self) -> None:
        """Everything that can be done, in an order in which it can."""
        self.past()
        self.jointly(
            CloseImport(acts=self.door.house.organisation.imported, happened_at=""), AMARA, CHIARA
        )
        self.members_and_keys()
        self.bodies_and_posts()
        self.debate()
        self.votes()
        self.decide(CROWD[8:20], self.workplace)
        self.requests()
        self.new_seats()
        self.forgeries()

    # What is imported.

    def past(self) -> None:
        """The register of 2005 to 2008: members, bodies, a debate, a vote."""
        root, everybody = self.root, tuple(one.id for one in CROWD)
        self.bring(AMARA, AdmitRoll(body=root, happened_at=THEN, members=everybody))
        self.bring(AMARA, AdmitMember(body=root, happened_at=THEN, key="", member=DMITRI.id))
        branch, committee = (
            BodyId(self.bring(AMARA, CreateBody(happened_at=THEN, kind=kind, level=1, parent=root)))
            for kind in ("branch", "committee")
        )
        for person in CROWD[:6]:
            self.bring(AMARA, TransferMember(happened_at=THEN, member=person.id, to=branch))
        self._past_posts(committee)
        self.bring(AMARA, DissolveBody(body=committee, happened_at=THEN))
        for standing in ("suspended", "good"):
            moved = ChangeStanding(happened_at=THEN, member=CROWD[1].id, standing=standing)
            self.bring(AMARA, moved)
        self.bring(AMARA, EndMembership(happened_at=THEN, member=CROWD[22].id))
        self.bring(CROWD[23], LeaveOrganisation(happened_at=THEN))
        self._past_debate(branch)
        self._past_vote()

    def _past_posts(self, committee: BodyId) -> None:
        until = after(THEN, days=300)
        for giving_back in (LeavePost, VacatePost):
            post = PostId(self.bring(AMARA, CreatePost(body=committee, happened_at=THEN)))
            held = FillPost(
                basis="elected", happened_at=THEN, member=CROWD[0].id, post=post, until=until
            )
            self.bring(AMARA, held)
            self.bring(CROWD[0], giving_back(happened_at=THEN, post=post))

    def _past_debate(self, branch: BodyId) -> None:
        question = QuestionId(
            self.bring(CROWD[0], OpenQuestion(body=branch, happened_at=THEN, reference="Q.1"))
        )
        published = PublishProposal(
            happened_at=THEN, language="en", question=question, reference="P.1"
        )
        proposal = ProposalId(self.bring(CROWD[0], published))
        self._support(proposal, 1, happened_at=THEN)
        raised = RaiseObjection(happened_at=THEN, proposal=proposal, version=1)
        objection = ObjectionId(self.bring(CROWD[2], raised))
        self.bring(CROWD[0], AnswerObjection(happened_at=THEN, objection=objection))
        revised = ReviseProposal(happened_at=THEN, language="pt-BR", proposal=proposal, version=2)
        self.bring(CROWD[0], revised)
        self.bring(CROWD[3], WithdrawSignature(happened_at=THEN, proposal=proposal))
        self.bring(CROWD[0], WithdrawProposal(happened_at=THEN, proposal=proposal))

    def _support(self, proposal: ProposalId, version: int, happened_at: str = "") -> None:
        perform = self.bring if happened_at else self.do
        for person in CROWD[1:21]:
            signing = SignProposal(happened_at=happened_at, proposal=proposal, version=version)
            perform(person, signing)

    def _past_vote(self) -> None:
        opening = replace(
            self.plain_vote(),
            closes=after(THEN, days=14),
            electorate=so_many(100),
            happened_at=THEN,
            options=(replace(PLAIN, majority=(3, 1)), PLAIN, PLAIN),
            default=3,
            quorum=Quorum(den=2, kind="root", num=3),
            reference="vote-001",
        )
        vote = VoteId(self.bring(AMARA, opening))
        for number, person in enumerate(CROWD[:20]):
            marks = BALLOTS[number % 4] + "2"
            self.bring(person, CastBallot(happened_at=THEN, marks=marks, vote=vote))
        self.bring(AMARA, replace(self.paper(vote, r123=30, r213=4), happened_at=THEN))
        over = after(THEN, days=14)
        self.bring(AMARA, CloseVote(happened_at=over, vote=vote))
        self.bring(AMARA, replace(self.counted(vote), happened_at=over))

    # What is done by living members.

    def members_and_keys(self) -> None:
        """Admissions, keys given and taken, standing, an end of membership."""
        self.admit(ESI, keyed=True)
        self.admit(FARID)
        self.jointly(AdmitRoll(body=self.root, happened_at="", members=(GORO.id,)))
        for person in (DMITRI, FARID):
            self.jointly(VouchKey(happened_at="", key=person.key.public, member=person.id))
        for person in (ESI, FARID):
            key = another_key(person)
            text = new_key_text(self.door.house.origin, person.id, key.public)
            proof = key.sign(text)
            self.sign(person, RegisterKey(happened_at="", key=key.public, proof=proof))
        self.sign(ESI, RevokeKey(happened_at="", key=another_key(ESI).public))
        stolen = another_key(FARID).public
        self.jointly(EndKey(happened_at="", key=stolen, member=FARID.id))
        for standing in ("suspended", "good"):
            changed = ChangeStanding(happened_at="", member=CROWD[7].id, standing=standing)
            self.jointly(changed)
        self.jointly(EndMembership(happened_at="", member=GORO.id))
        self.do(CROWD[21], LeaveOrganisation(happened_at=""))

    def bodies_and_posts(self) -> None:
        """A branch with a committee that decides for itself, and one that is dissolved."""
        self.workplace = BodyId(
            self.jointly(CreateBody(happened_at="", kind="workplace", level=0, parent=self.root))
        )
        for person in (CROWD[8], CROWD[9]):
            moved = TransferMember(happened_at="", member=person.id, to=self.workplace)
            self.jointly(moved)
        self.posts = [
            PostId(self.jointly(CreatePost(body=self.workplace, happened_at=""))) for _ in range(3)
        ]
        for post, person in zip(self.posts, (ESI, FARID, DMITRI), strict=True):
            until = after(self.now, days=1000)
            self.jointly(
                FillPost(basis="lot", happened_at="", member=person.id, post=post, until=until)
            )
        self.jointly(VacatePost(happened_at="", post=self.posts[2]))
        own = AdmitMember(body=self.workplace, happened_at="", key="", member=Person("Hana").id)
        request = self.ask(CROWD[8], own, of=self.workplace)
        self.approve(ESI, request)
        self.approve(FARID, request)
        self.enact(CROWD[9], request)
        self.jointly(AmendRuleBook(changes={"decisions.quorum_percent": 10}, happened_at=""))
        passing = BodyId(
            self.jointly(CreateBody(happened_at="", kind="region", level=2, parent=self.root))
        )
        self.jointly(DissolveBody(body=passing, happened_at=""))

    def debate(self) -> None:
        """Competing proposals, one of them revised, objected to and answered."""
        question = self.ask_question(DMITRI)
        proposals = [self.publish(person, question) for person in (DMITRI, ESI, FARID)]
        for proposal in proposals[:2]:
            self._support(proposal, 1)
        self.revise(DMITRI, proposals[0], 2)
        self._support(proposals[0], 2)
        self.take_name_off(CROWD[1], proposals[0])
        self.answer(AMARA, self.object(ESI, proposals[0], version=2))
        self.object(CROWD[2], proposals[1])
        self.take_back(FARID, proposals[2])
        self.proposals = proposals

    def votes(self) -> None:
        """A vote with ballots cast, recast and counted in."""
        options = (
            replace(PLAIN, proposal=self.proposals[0], version=2),
            replace(PLAIN, proposal=self.proposals[1], version=1, majority=(2, 1)),
            PLAIN,
        )
        opening = self.plain_vote(default=3, options=options, quorum=A_TENTH, reference="V.1")
        vote = self.open(ESI, opening)
        for number, person in enumerate(CROWD[:20]):
            self.cast(person, vote, BALLOTS[number % 6] + "3")
        for person in CROWD[:5]:
            self.cast(person, vote, "213")
        self.cast_signed(AMARA, vote, "321")
        self.jointly(self.paper(vote, r123=2))
        self.finish(ESI, vote)

    def requests(self) -> None:
        """A request refused and withdrawn; another that nobody enacts; a payload erased."""
        asked = self.ask(DMITRI, CreatePost(body=self.root, happened_at=""))
        self.refuse(BO, asked)
        self.approve(CHIARA, asked)
        self.do(DMITRI, WithdrawRequest(approval=asked, happened_at=""))
        self.ask(ESI, CreatePost(body=self.root, happened_at=""))
        payload = next(self.archive.payloads())
        gone = ErasePayload(commitment=payload.commitment, entry=payload.act, happened_at="")
        self.jointly(gone)
        self.sign(ESI, LeavePost(happened_at="", post=self.posts[0]))

    def new_seats(self) -> None:
        """The founders' terms have ended; the members elect others."""
        self.later(days=365)
        opening = self.reseating(slate(DMITRI, ESI), slate(FARID, AMARA))
        vote = self.open(FARID, replace(opening, quorum=A_TENTH))
        for person in (AMARA, BO, DMITRI, ESI):
            self.cast_signed(person, vote, "123")
        self.finish(ESI, vote)
        self.later(days=3)
        self.reseat(FARID, vote)
        self.jointly(self._last_admission(), DMITRI, ESI)

    def _last_admission(self) -> AdmitMember:
        return AdmitMember(body=self.root, happened_at="", key="", member=Person("Ines").id)

    # What is forged.

    def forgeries(self) -> None:
        """Entries that no door let in: each stands in the record, and none has an effect."""
        nobody, post = Person("Nobody"), CreatePost(body=self.root, happened_at="")
        leaving = LeaveOrganisation(happened_at="")
        unknown = ApprovalId("0" * 26)
        self._forge(nobody, leaving)
        self._forge(CROWD[21], leaving)
        self._forge(DMITRI, post)
        self._forge(BO, RevokeKey(happened_at="", key=BO.key.public))
        self._forge(DMITRI, WithdrawRequest(approval=unknown, happened_at=""))
        self._forge(CROWD[1], SignProposal(happened_at="", proposal=self.proposals[0], version=1))
        self._forge(CROWD[2], SignProposal(happened_at="", proposal=self.proposals[0], version=2))
        forged = self_signed(self, AMARA, leaving, LOG_KEY)
        self.refused.append(smuggle(self, forged))
        early = self.draft(DMITRI, leaving)
        self.refused.append(smuggle(self, early, at=THEN))
        self.do(CROWD[3], leaving)

    def _forge(self, person: Person, body: Struct) -> None:
        self.refused.append(smuggle(self, self.draft(person, body)))


def told() -> Chronicle:
    """The chronicle, told to its end; the same bytes every time."""
    with steady():
        chronicle = Chronicle()
        chronicle.tell()
    return chronicle
