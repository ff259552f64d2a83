"""Exact figures as text: whole numbers, decimals of a fixed number of places, fractions."""

from fractions import Fraction
from typing import TypeAlias

Amount: TypeAlias = int | Fraction
"""A number of votes: an integer of the smallest unit, or a fraction of a vote."""


def decimal_text(value: int, places: int) -> str:
    """An integer of units of 10^-places as a decimal.

    Example:
        >>> decimal_text(151604082, 5), decimal_text(-5, 2), decimal_text(7, 0)
        ('1516.04082', '-0.05', '7')
    """
    if not places:
        return str(value)
    whole, part = divmod(abs(value), 10**places)
    return f"{'-' * (value < 0)}{whole}.{part:0{places}}"


def fraction_text(value: Amount) -> str:
    """A fraction in lowest terms, or a whole number.

    Example:
        >>> fraction_text(Fraction(36, 10)), fraction_text(Fraction(4, 2))
        ('18/5', '2')
    """
    return str(Fraction(value))


class Arithmetic:
    """Votes in fractions of any size, or in units of a decimal place that are cut off below.

    Args:
        places: Decimal places that a rule keeps; None keeps everything.
    """

    __slots__ = ("places", "unit")

    def __init__(self, places: int | None) -> None:
        self.places = places
        self.unit: Amount = Fraction(1) if places is None else 10**places

    def portion(self, value: Amount, part: Amount, whole: Amount) -> Amount:
        """The value times part over whole, cut off after the last place that is kept."""
        if self.places is None:
            return Fraction(value) * part / whole
        return int(value) * int(part) // int(whole)

    def text(self, value: Amount) -> str:
        """The value as a decimal of so many places, or as a fraction."""
        if self.places is None:
            return fraction_text(value)
        return decimal_text(int(value), self.places)
