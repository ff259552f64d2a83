"""Every address of the site, with what each kind of visitor is answered."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# As whom it is asked for: nobody, a member, one who sits in the committee, a former member.
VISITORS = ("nobody", "member", "officer", "former")
OPEN = (200, 200, 200, 200)
INSIDE = (403, 200, 200, 403)
FILE_INSIDE = (404, 200, 200, 404)
SENT = (302, 302, 302, 302)  # only forms are sent there: to the page above
ABSENT = (404, 404, 404, 404)

ANSWERS: dict[str, tuple[int, int, int, int]] = {
    **dict.fromkeys(("front", "healthz", "enter", "today", "record", "entry"), OPEN),
    **dict.fromkeys(("proof-file", "checkpoint-file"), OPEN),
    **dict.fromkeys(("members", "member", "bodies", "body", "rules"), INSIDE),
    **dict.fromkeys(("questions", "new-question", "question", "new-proposal"), INSIDE),
    **dict.fromkeys(("proposal", "version", "revise", "votes", "vote", "ballots"), INSIDE),
    **dict.fromkeys(
        ("open-vote", "open-election", "ballots-file", "profile-file", "outcome-file"), INSIDE
    ),
    **dict.fromkeys(("approvals", "approval", "end-membership", "end-alone"), INSIDE),
    **dict.fromkeys(("change-standing", "vouch-key", "end-key", "transfer", "admit"), INSIDE),
    **dict.fromkeys(("create-body", "create-post", "dissolve", "fill-post"), INSIDE),
    **dict.fromkeys(("vacate-post", "change-clause", "copies"), INSIDE),
    **dict.fromkeys(("entry-file", "copy-file"), FILE_INSIDE),
    **dict.fromkeys(("play", "join", "leave", "sign", "unsign", "object", "withdraw"), SENT),
    **dict.fromkeys(("answer", "cast", "close-vote", "declare", "approve", "refuse"), SENT),
    **dict.fromkeys(("enact", "withdraw-request", "stop-work"), SENT),
    **dict.fromkeys(("cast-card", "give-proxy", "take-back", "certify", "contest"), SENT),
    **dict.fromkeys(("answer-contest", "annul", "refuse-outcome"), SENT),
    **dict.fromkeys(("count-in", "protocol-file", "picture-file", "what-if"), INSIDE),
    **dict.fromkeys(("cast-by-proxy", "tell"), ABSENT),  # nobody gave a proxy; nobody raised hands
    "asked-ballots": ABSENT,  # the first request asks for something else
    **dict.fromkeys(("tour", "tour-figures", "tour-station"), ABSENT),  # the Debian record's own
    "damaged": (403, 302, 302, 403),
    "damaged-file": ABSENT,  # it says which byte in its query
}

_VALUES = {
    "organisation": "bakery",
    "clause": "decisions.quorum_percent",
    "seq": 30,
    "slug": "one-person",
    "receipt": 30,
    "form": "csv",
}


def patterns(found: Any = None) -> Iterator[URLPattern]:
    """Every address that the site knows."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def values(pattern: URLPattern) -> dict[str, object]:
    """Something that is there, for each place in an address."""
    return {name: _VALUES.get(name, 1) for name in pattern.pattern.converters}
