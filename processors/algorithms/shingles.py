"""The shingles of comparison keys: their overlapping runs of characters, as sets of hashes."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import Codes
from processors.algorithms.comparison import Keys

Shingles = npt.NDArray[np.uint32]
"""The distinct shingles of a text as 32-bit hashes, ascending: a set that is fast to intersect."""

Sets = npt.NDArray[np.uint64]
"""The distinct shingles of several texts, ascending: ``text << 32 | hash``, texts numbered from 0."""

HashesT = TypeVar("HashesT", Shingles, Sets)

_MULTIPLIER = np.uint32(0x9E3779B1)
_POWERS = [np.uint32(0x9E3779B1**exponent % 2**32) for exponent in range(17)]
_MIXING = [(np.uint32(16), np.uint32(0x85EBCA6B)), (np.uint32(13), np.uint32(0xC2B2AE35))]


def shingle_sets(keys: Keys, size: int) -> Sets:
    """The distinct shingles of ``size`` characters of every key; none of a key that is shorter.

    >>> len(shingle_sets(comparison_keys(["一二三四五六七", "八九"]), 5))
    3
    """
    codes, ends = keys
    count = codes.size - size + 1
    if count < 1:
        return np.empty(0, np.uint64)
    hashes = _polynomials(codes, size)
    hashes *= _MULTIPLIER
    _mix(hashes)
    if ends.size == 2:
        return _distinct(hashes).astype(np.uint64)
    tagged = np.repeat(np.arange(ends.size - 1, dtype=np.uint64) << np.uint64(32), np.diff(ends))[:count]
    tagged |= hashes
    return _distinct(tagged[_within(ends, size, count)])


def _within(ends: npt.NDArray[np.intp], size: int, count: int) -> npt.NDArray[np.bool_]:
    """Which of the runs of ``size`` characters do not reach from one text into the next."""
    inside = np.ones(count, np.bool_)
    for offset in range(1, size):
        starts = ends[1:] - offset
        inside[starts[(starts >= 0) & (starts < count)]] = False
    return inside


def _distinct(hashes: HashesT) -> HashesT:
    """The different ones of at least one hash, ascending; sorts in place."""
    hashes.sort()  # np.unique does the same in ten times the time at this size
    first = np.ones(hashes.size, np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    found: HashesT = hashes.take(first.nonzero()[0])  # by number: picking by truth values takes five times as long
    return found


def _polynomials(codes: Codes, size: int) -> Shingles:
    """Of every run of ``size`` codes the polynomial with them as coefficients, at ``_MULTIPLIER``.

    From those of runs of half the size: three steps for five codes. A new array from two on.
    """
    if size == 1:
        return codes
    half = size // 2
    halves = _polynomials(codes, half)
    found = halves[: codes.size - 2 * half + 1] * _POWERS[half]
    found += halves[half:]
    if size > 2 * half:
        found = found[:-1] * _MULTIPLIER
        found += codes[size - 1 :]
    return found


def _mix(hashes: Shingles) -> None:
    """Every input bit spread over every output bit (the finalizer of MurmurHash3), in place."""
    for shift, multiplier in _MIXING:
        hashes ^= hashes >> shift
        hashes *= multiplier
    hashes ^= hashes >> _MIXING[0][0]
