"""One-permutation MinHash: a set of shingles as a signature of fixed length, and the band keys it is found by.

After Li, Owen, Zhang (2012), with the empty bins filled as by Shrivastava (2017).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from processors.algorithms.shingles import Shingles

Signature = npt.NDArray[np.uint32]
"""One word a bin. The share of equal words of two signatures estimates the Jaccard similarity of their sets."""

BINS = 256
"""Standard error of the estimate: sqrt(J (1 - J) / 256), at most 0.031."""


def sign(found: Shingles) -> Signature:
    """The signature of an ascending, non-empty set of 32-bit hashes: the smallest hash of each of 256 ranges.

    An empty range takes the value of the first filled one in an order that is its own. Raises ValueError for an
    empty set, which resembles nothing.
    """
    if not found.size:
        raise ValueError("an empty set of shingles has no signature; compare such texts exactly")
    first = np.searchsorted(found, _range_starts())
    filled = np.diff(first, append=found.size) > 0
    signature = found[np.minimum(first, found.size - 1)]
    empty = np.flatnonzero(~filled)
    if empty.size:
        order = _donors()[empty]
        donors = order[np.arange(empty.size), filled[order].argmax(axis=1)]
        signature[empty] = signature[donors]
    return signature


def band_keys(signature: Signature, bands: int, rows: int) -> list[int]:
    """One 64-bit key for each of the first ``bands`` groups of ``rows`` words; a band's number is part of its key.

    Two sets of similarity J share at least one key with probability ``1 - (1 - J**rows)**bands``.
    """
    keys = (np.arange(bands, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    words = signature[: bands * rows].reshape(bands, rows).astype(np.uint64)
    for column in range(rows):
        keys ^= words[:, column]
        keys *= np.uint64(0xD6E8FEB86659FD93)
        keys ^= keys >> np.uint64(32)
    found: list[int] = keys.tolist()
    return found


@cache
def _range_starts() -> Signature:
    return np.arange(BINS, dtype=np.uint32) * np.uint32(2**32 // BINS)


@cache
def _donors() -> npt.NDArray[np.intp]:
    """For each bin all bins in an order of its own, by arithmetic alone: no generator's stream can change it."""
    mixed = np.arange(1, BINS * BINS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return np.argsort(mixed.reshape(BINS, BINS), axis=1, kind="stable")
