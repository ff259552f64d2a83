"""Rows of small numbers packed into words, so that they are sorted and merged as integers.

A column's number takes one bit, 0, if it is 0; otherwise a 1 and then the number less one in a few
bits, or those bits all set and then how much is left in some more. The first column has the highest
bits of the first word, so that keys are in the order of their rows: a row's code isn't the
beginning of another's.
"""

from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from numba import njit

from collegium.kernels.rows import Counts, Rows

Keys: TypeAlias = npt.NDArray[np.uint64]

_WORD: Final = 64
_DIGIT: Final = 10
"""Bits by which keys are sorted at a time: so many piles fit into the nearest memory."""

_FEW_BITS: Final = 3
"""For ranks up to the seventh: eight ranks on 30 columns fit into a word."""

_DEEPEST: Final = 512
"""Parts that may wait to be sorted: two for each halving of 2^32 rows, for each of four words."""


class Code(NamedTuple):
    """How a row's numbers become bits.

    Attributes:
        longest: How many words the longest row takes.
        low: How many bits a low number takes.
        more: How many more a high number takes, whose low bits are all set.
        spelt: Of each number less than 64 its bits, in the highest places of a word.
        lengths: Of each number how many bits it takes besides the first.
    """

    longest: int
    low: int
    more: int
    spelt: Keys
    lengths: Counts


def code_for(columns: int, *, sparse: bool) -> Code:
    """The code of a row of numbers up to that of its columns, most of them 0 if it is sparse."""
    low, more = (columns - 1).bit_length(), 0
    if sparse and low > _FEW_BITS:
        low, more = _FEW_BITS, (columns - 2**_FEW_BITS).bit_length()
    limit = 2**low - 1 if more else columns
    spelt, lengths = np.zeros(64, np.uint64), np.zeros(64, np.int64)
    for number in range(1, columns + 1):
        high = number > limit
        bits = (limit << more | number - 1 - limit) if high else number - 1
        lengths[number] = length = low + more if high else low
        spelt[number] = (1 << length | bits) << (63 - length)
    return Code(-(-columns * (1 + low + more) // _WORD), low, more, spelt, lengths)


def merged(
    keys: Keys, total: int, longest: int, times: Counts, columns: int, code: Code, spelling: Rows
) -> tuple[Rows, Counts]:
    """The different keys in ascending order, unpacked, and how often each occurs.

    Args:
        keys: One a row, shape (words, rows). The first words are written over.
        total: How many rows there are, fewer than 2^32.
        longest: How many words their keys take, at most.
        times: How often each counts, shape (rows,); or shape (0,) if each counts once.
        columns: Of a row of numbers.
        code: Of the keys.
        spelling: The byte for each number.

    Returns:
        The different rows, spelt, shape (different, columns), and their counts.
    """
    digits = -(-min(_WORD, columns * (1 + code.low + code.more)) // _DIGIT)
    # Made here, where NumPy asks for large pages of memory, which cost a fifth of small ones; and
    # only if needed, because fresh memory costs as much as sorting does.
    alone = longest == 1 and not len(times)
    orders = np.empty((2, 0 if alone else total), np.uint32)
    order, first = _ordered(keys[0, :total], np.empty(total, np.uint64), digits, orders)
    rest, weights = np.empty((total, longest - 1), np.uint64), np.empty_like(times)
    _settle(keys, times, order, first, rest, weights)
    different = _different(first, rest)
    rows, counts = np.empty((different, columns), np.uint8), np.empty(different, np.int64)
    _merge(first, rest, weights, code.low, code.more, spelling, rows, counts)
    return rows, counts


@njit(cache=True)
def _ordered(word: Any, next_word: Any, digits: int, orders: Any) -> tuple[Any, Any]:
    """The places of the words in ascending order, if there is room for them, and the words.

    Sorted digit by digit, the last first; both arrays of words are written over.

    Source: D. E. Knuth, The Art of Computer Programming 3 (1998), 5.2.5, algorithm R.
    """
    rows = len(word)
    order, next_order = orders
    for row in range(len(order)):
        order[row] = row
    mask = np.uint64((1 << _DIGIT) - 1)
    unused = np.uint64(max(_WORD - digits * _DIGIT, 0))
    piles = np.zeros((digits, 1 << _DIGIT), np.int64)
    for row in range(rows):
        for digit in range(digits):
            piles[digit, (word[row] >> (unused + np.uint64(digit * _DIGIT))) & mask] += 1
    for digit in range(digits):
        pile, shift = piles[digit], unused + np.uint64(digit * _DIGIT)
        start = 0
        for value in range(1 << _DIGIT):
            start, pile[value] = start + pile[value], start
        for row in range(rows):
            key = word[row]
            value = (key >> shift) & mask
            to = pile[value]
            pile[value] = to + 1
            next_word[to] = key
            if len(order):
                next_order[to] = order[row]
        word, next_word = next_word, word
        order, next_order = next_order, order
    return order, word


@njit(cache=True)
def _settle(keys: Keys, times: Any, order: Any, first: Any, rest: Any, weights: Any) -> None:
    """Put the other words and the times in order too, by all words."""
    for row in range(len(order)):
        for word in range(rest.shape[1]):
            rest[row, word] = keys[word + 1, order[row]]
        if len(times):
            weights[row] = times[order[row]]
    parts = np.empty((_DEEPEST, 3), np.int64)
    start, even = 0, True
    for row in range(1, len(order) + 1 if rest.shape[1] else 0):
        if row == len(order) or first[row] != first[start]:
            if not even:
                _sort_part(rest, weights, start, row, parts)
            start, even = row, True
        else:
            for word in range(rest.shape[1]):
                even = even and rest[row, word] == rest[start, word]


@njit(cache=True)
def _sort_part(rest: Any, weights: Any, start: int, end: int, parts: Any) -> None:
    """Sort rows of words in place, from the first word to the last.

    Source: J. L. Bentley and R. Sedgewick, Fast algorithms for sorting and searching strings,
    SODA 1997, section 3 (multikey quicksort).
    """
    depth = 0
    parts[0, 0], parts[0, 1], parts[0, 2] = start, end, 0
    while depth >= 0:
        start, end, word = parts[depth]
        depth -= 1
        if word == rest.shape[1] or end - start < 2:
            continue
        # Which row divides the others isn't to be foreseen by who orders a file to be slow.
        pivot = rest[start + (start * 40503 + end * 30011) % (end - start), word]
        less, at, more = start, start, end
        while at < more:
            value = rest[at, word]
            if value < pivot:
                _swap(rest, weights, less, at)
                less, at = less + 1, at + 1
            elif value > pivot:
                more -= 1
                _swap(rest, weights, at, more)
            else:
                at += 1
        # The longest part waits longest, so that few wait at a time.
        parts[depth + 1, 0], parts[depth + 1, 1], parts[depth + 1, 2] = start, less, word
        parts[depth + 2, 0], parts[depth + 2, 1], parts[depth + 2, 2] = more, end, word
        if less - start < end - more:
            parts[depth + 1, 0], parts[depth + 1, 1] = more, end
            parts[depth + 2, 0], parts[depth + 2, 1] = start, less
        parts[depth + 3, 0], parts[depth + 3, 1], parts[depth + 3, 2] = less, more, word + 1
        depth += 3


@njit(cache=True)
def _swap(rest: Any, weights: Any, one: int, other: int) -> None:
    for word in range(rest.shape[1]):
        rest[one, word], rest[other, word] = rest[other, word], rest[one, word]
    if len(weights):
        weights[one], weights[other] = weights[other], weights[one]


@njit(cache=True)
def _same(first: Any, rest: Any, row: int) -> bool:
    """Whether a row's words are those of the row before."""
    same = row > 0 and first[row] == first[row - 1]
    for word in range(rest.shape[1]):
        same = same and rest[row, word] == rest[row - 1, word]
    return bool(same)


@njit(cache=True)
def _different(first: Any, rest: Any) -> int:
    different = 0
    for row in range(len(first)):
        different += not _same(first, rest, row)
    return different


@njit(cache=True)
def _merge(
    first: Any,
    rest: Any,
    weights: Any,
    low: int,
    more: int,
    spelling: Any,
    rows: Any,
    counts: Any,
) -> None:
    """Fill in the different rows and their counts."""
    words, found = np.zeros(rest.shape[1] + 2, np.uint64), -1
    for row in range(len(first)):
        if not _same(first, rest, row):
            words[0] = first[row]
            for word in range(rest.shape[1]):
                words[word + 1] = rest[row, word]
            found += 1
            counts[found] = 0
            _unpack(words, low, more, spelling, rows, found)
        counts[found] += weights[row] if len(weights) else 1


@njit(cache=True)
def _unpack(words: Keys, low: int, more: int, spelling: Rows, rows: Rows, row: int) -> None:
    """Fill in the row that is packed into words; the last of them is 0."""
    offset, window, left, last = 0, words[0], 64, len(words) - 1
    above, low_bits, below = np.uint64(63), np.uint64(low), np.uint64(63 - low)
    mask = np.uint64((1 << low) - 1)
    for column in range(rows.shape[1]):
        if left <= low + more:
            offset, left = offset + 64 - left, 64
            word, shift = min(offset >> 6, last), np.uint64(offset & 63)
            later = words[min(word + 1, last)] >> np.uint64(1) >> above - shift
            window = words[word] << shift | later
        if window >> above:
            value = window >> below & mask
            window <<= low_bits
            left -= low
            if more and value == mask:
                value += window << np.uint64(1) >> np.uint64(64 - more)
                window <<= np.uint64(more)
                left -= more
            rows[row, column] = spelling[value + np.uint64(1)]
        else:
            rows[row, column] = spelling[0]
        window <<= np.uint64(1)
        left -= 1
