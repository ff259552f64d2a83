"""The bar on top of every page: at most six words."""

from typing import Final

BAR: Final = (
    ("today", "Today"),
    ("questions", "Questions"),
    ("votes", "Votes"),
    ("bodies", "Bodies"),
    ("record", "Record"),
    ("rules", "Rules"),
)
"""The name of each page's address, and the word."""

SECTIONS: Final = {
    "question": "questions",
    "new-question": "questions",
    "new-proposal": "questions",
    "proposal": "questions",
    "version": "questions",
    "revise": "questions",
    "vote": "votes",
    "cast": "votes",
    "close-vote": "votes",
    "declare": "votes",
    "ballots": "votes",
    "open-vote": "votes",
    "body": "bodies",
    "member": "bodies",
    "members": "bodies",
    "entry": "record",
    "copies": "record",
    "damaged": "record",
    "tour": "votes",
    "tour-station": "votes",
    "tour-figures": "votes",
    "approvals": "bodies",
    "approval": "bodies",
    "approve": "bodies",
    "refuse": "bodies",
    "end-membership": "bodies",
    "end-alone": "bodies",
    "change-standing": "bodies",
    "admit": "bodies",
    "transfer": "bodies",
    "vouch-key": "bodies",
    "end-key": "bodies",
    "create-body": "bodies",
    "create-post": "bodies",
    "dissolve": "bodies",
    "fill-post": "bodies",
    "vacate-post": "bodies",
    "change-clause": "rules",
}
"""Under which word of the bar the other pages stand."""
