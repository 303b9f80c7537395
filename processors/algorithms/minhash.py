"""One-permutation MinHash: a set of shingles as a signature of fixed length, the band keys it is found by, and the
sketch that its similarity is estimated from.

After Li, Owen, Zhang (2012), with the empty bins filled as by Shrivastava (2017), and the two lowest bits of each word
as by Li and König (2010).
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from processors.algorithms.shingles import Sets

Signatures = npt.NDArray[np.uint32]
"""A row a text, a word a bin. The share of equal words of two rows estimates the Jaccard similarity of their sets."""

Sketch = npt.NDArray[np.uint8]
"""The two lowest bits of each word of a signature, four a byte."""

BINS = 512
"""Standard error of a similarity estimated from sketches: at most 0.026; 0.021 at 0.8, 0.025 at 0.7."""

_BIN_BITS = 9
_IN_ROW = BINS - 1
_TRIED = (0, 4, 16, 64, BINS)
"""Where the donors tried in one go begin and end: most empty bins find one among the first four."""

_IN_A_BYTE = np.array([1, 4, 16, 64], np.uint8)
_AT_ONCE = 8192
"""Empty bins looked at in one go, so that many short texts take no more memory than one."""


def sign(sets: Sets, texts: int) -> Signatures:
    """The signatures of so many texts: for each of 512 ranges of hashes the smallest in the set.

    An empty range takes the value of the first filled one in an order that is its own. A text without shingles gets a
    row of zeros, which means nothing; compare such texts exactly. A hash of 0, one in four billion, is passed over.
    """
    bins = (sets >> np.uint64(32 - _BIN_BITS)).astype(np.intp)
    words = np.zeros(texts * BINS, np.uint32)
    words[bins[::-1]] = sets[::-1]  # of the hashes of a bin the last one assigned stays: the smallest
    rows = filled = words.reshape(texts, BINS)
    for donors in _first_donors():  # for all bins at once: most are not empty, but picking those out costs more
        filled = np.where(filled == 0, rows.take(donors, axis=1), filled)
    full = filled.ravel()
    empty = (full == 0).nonzero()[0]
    if empty.size >= BINS:  # there may be texts without shingles: nobody can give to them
        with_any = np.logical_or.reduce(rows, axis=1)
        empty = empty[with_any.take(empty >> _BIN_BITS)]
    for donors in _donors():
        if not empty.size:
            break
        parts = range(0, empty.size, _AT_ONCE)
        empty = np.concatenate([_donate(words, full, empty[at : at + _AT_ONCE], donors) for at in parts])
    return full.reshape(texts, BINS)


def bands(signatures: Signatures, count: int, rows: int) -> npt.NDArray[np.uint64]:
    """A row a text: one 64-bit key for each of the first ``count`` groups of ``rows`` words, its number part of it.

    Two sets share at least one key with the probability ``found_at``.
    """
    words = signatures[:, : count * rows].reshape(-1, count, rows).astype(np.uint64)
    keys: npt.NDArray[np.uint64] = words @ _odd_numbers(rows) + _odd_numbers(count)
    keys ^= keys >> np.uint64(32)
    keys *= np.uint64(0xD6E8FEB86659FD93)
    keys ^= keys >> np.uint64(32)
    return keys


def found_at(similarity: float, count: int, rows: int) -> float:
    """The probability that two sets of this similarity share one of ``count`` keys of ``rows`` words each."""
    return 1 - (1 - similarity**rows) ** count


def sketch(signature: Signatures) -> Sketch:
    """The sketch of one signature: 128 bytes."""
    low = (signature & np.uint32(3)).astype(np.uint8).reshape(-1, 4)
    packed: Sketch = low @ _IN_A_BYTE
    return packed


def estimate(one: Sketch, other: Sketch) -> float:
    """The Jaccard similarity of two texts as far as their sketches tell: a quarter of all words are equal by chance."""
    equal = int(_equal_words()[one ^ other].sum()) / BINS
    return max(0.0, (equal - 0.25) / 0.75)


def _donate(
    words: Signatures, full: Signatures, empty: npt.NDArray[np.intp], donors: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """Fill each empty bin from the first of its donors that has a word; where none has, the bin comes back."""
    given = words.take(donors.take(empty & _IN_ROW, axis=0) + (empty & ~_IN_ROW)[:, np.newaxis])
    first = (given != 0).argmax(axis=1)
    found = given[np.arange(empty.size), first]
    full[empty] = found
    left: npt.NDArray[np.intp] = empty[found == 0]
    return left


@cache
def _donors() -> list[npt.NDArray[np.intp]]:
    """All bins in an order of its own for each bin, a row a bin, in the portions in which they are tried.

    By arithmetic alone: no generator's stream can change it.
    """
    mixed = np.arange(1, BINS * BINS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    order = np.argsort(mixed.reshape(BINS, BINS), axis=1, kind="stable")
    return [np.ascontiguousarray(order[:, start:end]) for start, end in pairwise(_TRIED)]


@cache
def _first_donors() -> list[npt.NDArray[np.intp]]:
    """The first donor of every bin, and the second."""
    return [np.ascontiguousarray(_donors()[0][:, number]) for number in range(2)]


@cache
def _odd_numbers(count: int) -> npt.NDArray[np.uint64]:
    """So many odd numbers of 64 bits without a pattern, to multiply by."""
    mixed = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(29)
    return mixed | np.uint64(1)


@cache
def _equal_words() -> npt.NDArray[np.uint8]:
    """For each byte of two sketches XORed, how many of its four words are equal."""
    words = np.arange(256)[:, np.newaxis] >> np.array([0, 2, 4, 6])
    equal: npt.NDArray[np.uint8] = (words & 3 == 0).sum(axis=1, dtype=np.uint8)
    return equal
