from collegium.ids import ProposalId
from collegium.parts.organisation.acts import LeaveOrganisation
from tests.cast import DMITRI, ESI, FARID
from tests.debating import Debate
from tests.refusing import refused

NOTHING = ProposalId("0" * 26)


def support(debate: Debate, proposal: ProposalId) -> int:
    return debate.deliberation.support(proposal, debate.door.house.organisation.active)


def test_members_sign_and_are_counted(debate: Debate, proposal: ProposalId) -> None:
    debate.put_name(ESI, proposal)
    debate.put_name(FARID, proposal)
    assert debate.signatories(proposal) == {"Esi", "Farid"}
    assert support(debate, proposal) == 2


def test_nobody_signs_twice(debate: Debate, proposal: ProposalId) -> None:
    debate.put_name(ESI, proposal)
    with refused("one-signature"):
        debate.put_name(ESI, proposal)


def test_an_author_stands_by_a_proposal_unsigned(debate: Debate, proposal: ProposalId) -> None:
    with refused("author-signs-not"):
        debate.put_name(DMITRI, proposal)


def test_nobody_signs_what_isnt_there(debate: Debate) -> None:
    with refused("proposal-unknown"):
        debate.put_name(ESI, NOTHING)


def test_nobody_signs_a_withdrawn_proposal(debate: Debate, proposal: ProposalId) -> None:
    debate.take_back(DMITRI, proposal)
    with refused("proposal-withdrawn"):
        debate.put_name(ESI, proposal)


def test_only_the_current_version_is_signed(debate: Debate, proposal: ProposalId) -> None:
    with refused("version-current"):
        debate.put_name(ESI, proposal, version=2)
    debate.revise(DMITRI, proposal, 2)
    with refused("version-current"):
        debate.put_name(ESI, proposal, version=1)


def test_a_revised_text_keeps_no_signatures(debate: Debate, proposal: ProposalId) -> None:
    debate.put_name(ESI, proposal)
    debate.revise(DMITRI, proposal, 2)
    assert support(debate, proposal) == 0
    assert debate.signatories(proposal, version=1) == {"Esi"}


def test_who_signed_a_version_signs_the_next(debate: Debate, proposal: ProposalId) -> None:
    debate.put_name(ESI, proposal)
    debate.revise(DMITRI, proposal, 2)
    debate.put_name(ESI, proposal, version=2)
    assert support(debate, proposal) == 1


def test_a_signature_is_withdrawn_from_every_version(debate: Debate, proposal: ProposalId) -> None:
    debate.put_name(ESI, proposal)
    debate.revise(DMITRI, proposal, 2)
    debate.put_name(ESI, proposal, version=2)
    debate.take_name_off(ESI, proposal)
    assert debate.signatories(proposal, 1) == debate.signatories(proposal, 2) == set()


def test_who_withdrew_a_signature_signs_again(debate: Debate, proposal: ProposalId) -> None:
    debate.put_name(ESI, proposal)
    debate.take_name_off(ESI, proposal)
    debate.put_name(ESI, proposal)
    assert support(debate, proposal) == 1


def test_a_signature_to_a_withdrawn_proposal_is_withdrawn_too(
    debate: Debate, proposal: ProposalId
) -> None:
    debate.put_name(ESI, proposal)
    debate.take_back(DMITRI, proposal)
    debate.take_name_off(ESI, proposal)
    assert debate.signatories(proposal) == set()


def test_only_a_signature_that_stands_is_withdrawn(debate: Debate, proposal: ProposalId) -> None:
    debate.put_name(FARID, proposal)
    with refused("signature-missing"):
        debate.take_name_off(ESI, proposal)
    with refused("proposal-unknown"):
        debate.take_name_off(ESI, NOTHING)


def test_who_left_stays_signed_but_doesnt_count(debate: Debate, proposal: ProposalId) -> None:
    debate.put_name(ESI, proposal)
    debate.do(ESI, LeaveOrganisation(happened_at=""))
    assert debate.signatories(proposal) == {"Esi"}
    assert support(debate, proposal) == 0
