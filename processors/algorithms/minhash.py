"""One-permutation MinHash: a set of shingles as a signature of fixed length, the band keys it is found by, and the
sketch that its similarity is estimated from.

After Li, Owen, Zhang (2012), with the empty bins filled as by Shrivastava (2017), and the two lowest bits of each word
as by Li and König (2010).
"""

from __future__ import annotations

from functools import cache

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
_TRIED = (slice(0, 4), slice(4, 16), slice(16, 64), slice(64, BINS))
"""Which donors are tried in one go: most empty bins find one among the first four."""

_AT_ONCE = 8192
"""Empty bins looked at in one go, so that many short texts take no more memory than one."""


def sign(sets: Sets, texts: int) -> Signatures:
    """The signatures of so many texts: for each of 512 ranges of hashes the smallest in the set.

    An empty range takes the value of the first filled one in an order that is its own. A text without shingles gets a
    row of zeros, which means nothing; compare such texts exactly.
    """
    place = (sets >> np.uint64(32 - _BIN_BITS)).astype(np.intp)
    first = np.ones(place.size, np.bool_)
    np.not_equal(place[1:], place[:-1], out=first[1:])
    words = np.zeros(texts * BINS, np.uint32)
    filled = np.zeros(texts * BINS, np.bool_)
    smallest = np.flatnonzero(first)  # by number: picking by truth values takes five times as long
    bins = place.take(smallest)
    words[bins] = sets.take(smallest).astype(np.uint32)
    filled[bins] = True
    with_any = np.logical_or.reduce(filled.reshape(texts, BINS), axis=1)
    empty = np.flatnonzero(~filled)
    empty = empty[with_any.take(empty >> _BIN_BITS)]
    for tried in _TRIED:
        parts = range(0, empty.size, _AT_ONCE)
        left = [_donate(words, filled, empty[at : at + _AT_ONCE], _donors()[:, tried]) for at in parts]
        if not left:
            break
        empty = np.concatenate(left)
    return words.reshape(texts, BINS)


def bands(signatures: Signatures, count: int, rows: int) -> npt.NDArray[np.uint64]:
    """A row a text: one 64-bit key for each of the first ``count`` groups of ``rows`` words, its number part of it.

    Two sets of similarity J share at least one key with probability ``1 - (1 - J**rows)**count``.
    """
    numbers = (np.arange(count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    keys = np.tile(numbers, (len(signatures), 1))
    words = signatures[:, : count * rows].reshape(-1, count, rows).astype(np.uint64)
    for column in range(rows):
        keys ^= words[:, :, column]
        keys *= np.uint64(0xD6E8FEB86659FD93)
        keys ^= keys >> np.uint64(32)
    return keys


def sketch(signature: Signatures) -> Sketch:
    """The sketch of one signature: 128 bytes."""
    low = (signature & np.uint32(3)).astype(np.uint8).reshape(-1, 4)
    packed: Sketch = (low << np.array([0, 2, 4, 6], np.uint8)).sum(axis=1, dtype=np.uint8)
    return packed


def estimate(one: Sketch, other: Sketch) -> float:
    """The Jaccard similarity of two texts as far as their sketches tell: a quarter of all words are equal by chance."""
    equal = int(_equal_words()[one ^ other].sum()) / BINS
    return max(0.0, (equal - 0.25) / 0.75)


def _donate(
    words: Signatures, filled: npt.NDArray[np.bool_], empty: npt.NDArray[np.intp], donors: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """Fill each empty bin from the first of its donors that is filled; where none is, the bin comes back."""
    places = donors[empty & _IN_ROW] + (empty & ~_IN_ROW)[:, np.newaxis]
    usable = filled.take(places)
    first = usable.argmax(axis=1)
    numbers = np.arange(empty.size)
    found = usable[numbers, first]
    words[empty[found]] = words[places[numbers[found], first[found]]]
    left: npt.NDArray[np.intp] = empty[~found]
    return left


@cache
def _donors() -> npt.NDArray[np.intp]:
    """A row a bin: all bins in an order of its own, by arithmetic alone: no generator's stream can change it."""
    mixed = np.arange(1, BINS * BINS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return np.argsort(mixed.reshape(BINS, BINS), axis=1, kind="stable")


@cache
def _equal_words() -> npt.NDArray[np.uint8]:
    """For each byte of two sketches XORed, how many of its four words are equal."""
    words = np.arange(256)[:, np.newaxis] >> np.array([0, 2, 4, 6])
    equal: npt.NDArray[np.uint8] = (words & 3 == 0).sum(axis=1, dtype=np.uint8)
    return equal
