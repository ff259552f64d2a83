"""Rows of small numbers packed into words, so that they are sorted and merged as integers.

A column's number takes one bit, 0, if it is 0; otherwise a 1 and then the number less one, in as
many bits as the largest takes. The first column has the highest bits of the first word, so that
keys are in the order of their rows: a row's code isn't the beginning of another's.
"""

from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from numba import njit

from collegium.kernels.rows import Counts, Rows

Keys: TypeAlias = npt.NDArray[np.uint64]

_WORD: Final = 64
_DIGIT: Final = 10
"""Bits by which keys are sorted at a time: so many piles fit into the nearest memory."""

_DEEPEST: Final = 512
"""Parts that may wait to be sorted: two for each halving of 2^32 rows, for each of four words."""


def bits_a_rank(columns: int) -> int:
    """How many bits a number from 0 to below the number of columns takes."""
    return (columns - 1).bit_length()


def words_a_row(columns: int) -> int:
    """How many words the longest code of a row takes."""
    return -(-columns * (1 + bits_a_rank(columns)) // _WORD)


def merged(keys: Keys, times: Counts, columns: int, spelling: Rows) -> tuple[Rows, Counts]:
    """The different keys in ascending order, unpacked, and how often each occurs.

    Args:
        keys: One a row, shape (rows, words); fewer than 2^32 of them.
        times: How often each counts, shape (rows,); or shape (0,) if each counts once.
        columns: Of a row of numbers.
        spelling: The byte for each number.

    Returns:
        The different rows, spelt, shape (different, columns), and their counts.
    """
    bits = bits_a_rank(columns)
    digits = -(-min(_WORD, columns * (1 + bits)) // _DIGIT)
    # Made here, where NumPy asks for large pages of memory, which cost a fifth of small ones; and
    # only if needed, because fresh memory costs as much as sorting does.
    alone = keys.shape[1] == 1 and not len(times)
    orders = np.empty((2, 0 if alone else len(keys)), np.uint32)
    words = keys.reshape(-1) if keys.shape[1] == 1 else keys[:, 0].copy()
    order, first = _ordered(words, np.empty_like(words), digits, orders)
    rest, weights = np.empty((len(keys), keys.shape[1] - 1), np.uint64), np.empty_like(times)
    _settle(keys, times, order, first, rest, weights)
    rows, counts = np.empty((len(keys), columns), np.uint8), np.empty(len(keys), np.int64)
    different = _merge(first, rest, weights, bits, spelling, rows, counts)
    return rows[:different], counts[:different]


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
            rest[row, word] = keys[order[row], word + 1]
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
def _merge(
    first: Any, rest: Any, weights: Any, bits: int, spelling: Any, rows: Any, counts: Any
) -> int:
    """Fill in the different rows and their counts; how many."""
    code, longer, found = np.zeros(rest.shape[1] + 2, np.uint64), rest.shape[1], 0
    for row in range(len(first)):
        same = row > 0 and first[row] == first[row - 1]
        for word in range(longer):
            same = same and rest[row, word] == rest[row - 1, word]
        if not same:
            code[0] = first[row]
            for word in range(longer):
                code[word + 1] = rest[row, word]
            _unpack(code, bits, spelling, rows, found)
            counts[found] = 0
            found += 1
        counts[found - 1] += weights[row] if len(weights) else 1
    return found


@njit(cache=True)
def _unpack(code: Keys, bits: int, spelling: Rows, rows: Rows, row: int) -> None:
    """Fill in the row of a code; it has a word more than that takes."""
    offset, window, left = 0, code[0], 64
    above, rank_bits, below = np.uint64(63), np.uint64(bits), np.uint64(63 - bits)
    mask = np.uint64((1 << bits) - 1)
    for column in range(rows.shape[1]):
        if left <= bits:
            offset, left = offset + 64 - left, 64
            shift = np.uint64(offset & 63)
            later = code[(offset >> 6) + 1] >> np.uint64(1) >> above - shift
            window = code[offset >> 6] << shift | later
        if window >> above:
            rows[row, column] = spelling[(window >> below & mask) + np.uint64(1)]
            window <<= rank_bits
            left -= bits
        else:
            rows[row, column] = spelling[0]
        window <<= np.uint64(1)
        left -= 1
