"""What the voters of each ballot have, or have paid, where ballots buy seats together.

Whoever supported the same purchases has the same, so that ballots carry a label, each label stands
for one amount, and an option's supporters are summed up by the few amounts that there are.
"""

from collections.abc import Callable
from fractions import Fraction

from collegium.counting.approvals import Approvals


class Purses:
    """An amount for each different ballot, and for each option who of its supporters has what.

    Args:
        profile: The ballots.
        amount: What each has at first.
    """

    def __init__(self, profile: Approvals, amount: Fraction) -> None:
        self._ballots = list(profile.weights.items())
        self._supporters: list[list[int]] = [[] for _ in range(profile.options)]
        for place, (approved, _) in enumerate(self._ballots):
            for option in approved:
                self._supporters[option - 1].append(place)
        self._totals = profile.totals()
        self.fill(amount)

    def fill(self, amount: Fraction) -> None:
        """Give every ballot this, whatever it has."""
        self._amounts = [amount]
        self._labels = {amount: 0}
        self._label_of = [0] * len(self._ballots)
        self._held = [{0: total} if total else {} for total in self._totals]

    def of(self, option: int) -> list[tuple[Fraction, int]]:
        """What the option's supporters have, as amounts, ascending, with so many voters each."""
        return sorted(
            (self._amounts[label], many) for label, many in self._held[option - 1].items()
        )

    def change(self, option: int, changed: Callable[[Fraction], Fraction]) -> None:
        """Change what every supporter of the option has.

        Args:
            option: Its number.
            changed: From an amount to the new one.
        """
        new = {
            label: self._label(changed(self._amounts[label])) for label in self._held[option - 1]
        }
        for place in self._supporters[option - 1]:
            old = self._label_of[place]
            label = self._label_of[place] = new[old]
            if label != old:
                approved, weight = self._ballots[place]
                for each in approved:
                    held = self._held[each - 1]
                    held[label] = held.get(label, 0) + weight
                    held[old] -= weight
                    if not held[old]:
                        del held[old]

    def change_all(self, changed: Callable[[Fraction], Fraction]) -> None:
        """Change what every ballot has; different amounts must stay different."""
        self._amounts = [changed(amount) for amount in self._amounts]
        self._labels = {amount: label for label, amount in enumerate(self._amounts)}

    def _label(self, amount: Fraction) -> int:
        if amount not in self._labels:
            self._labels[amount] = len(self._amounts)
            self._amounts.append(amount)
        return self._labels[amount]
