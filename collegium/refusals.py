"""The one way to say no to a member."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A member asked for what a rule forbids.

    Args:
        rule: The rule's short, stable name (`one-signature`), quoted by page, API and test.
        reason: One sentence for the member: why, and what would help.
    """

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(rule, reason)
        self.rule = rule
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason} (rule: {self.rule})"
