"""How many characters of each passage of a text say what, all in one pass."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import BLOCK, Marks, Places, lengths_of
from processors.algorithms.evidence import BORROWED, COMPLEX, CORRECT, INVENTED, KANA, MORE, SIMPLE

Count = npt.NDArray[np.int64]
"""A number for each passage."""


Counts = npt.NDArray[np.int64]
"""A row for each of ``_COUNTED``, and in it how many characters of each passage say so."""

_COUNTED = (SIMPLE, COMPLEX, INVENTED, BORROWED, CORRECT, KANA)

_BITS = 10
"""Of each of the counts packed into one number, so that all are summed at once …"""

_SHIFTS = np.arange(0, _BITS * len(_COUNTED), _BITS).reshape(-1, 1)

_STRETCH = 2**_BITS - 1
"""… over at most so many characters."""


@cache
def _packed() -> npt.NDArray[np.int64]:
    """For each set of flags a one in the field of each flag that is counted."""
    flags = np.arange(2 * MORE, dtype=np.int64)
    fields = [((flags & flag) != 0).astype(np.int64) << _BITS * field for field, flag in enumerate(_COUNTED)]
    packed: npt.NDArray[np.int64] = np.bitwise_or.reduce(fields)
    return packed


def counted(marks: Marks, starts: Places) -> Counts:
    """The counts of the passages that begin at ``starts``, the first of which is 0."""
    if len(marks) <= _STRETCH or lengths_of(starts, len(marks)).max() <= _STRETCH:
        return _unpacked(_summed(marks, starts))
    stretches, begins = _divided(starts, np.arange(0, len(marks), _STRETCH))
    counts: Counts = np.add.reduceat(_unpacked(_summed(marks, stretches)), begins, axis=1)
    return counts


def _summed(marks: Marks, starts: Places) -> Count:
    """The packed counts of stretches, taken in blocks of whole ones."""
    if len(marks) <= BLOCK:
        whole: Count = np.add.reduceat(_packed().take(marks), starts)
        return whole
    sums = np.empty(len(starts), dtype=np.int64)
    bounds = [0, *np.searchsorted(starts, np.arange(BLOCK, len(marks), BLOCK)).tolist(), len(starts)]
    for first, last in pairwise(bounds):
        if first < last:
            begin, end = starts[first], starts[last] if last < len(starts) else len(marks)
            np.add.reduceat(_packed().take(marks[begin:end]), starts[first:last] - begin, out=sums[first:last])
    return sums


def _unpacked(sums: Count) -> Counts:
    counts: Counts = sums >> _SHIFTS & _STRETCH
    return counts


def _divided(starts: Places, at: Places) -> tuple[Places, Places]:
    """The starts with those of stretches put among them, and the number of each of the starts there."""
    places = np.searchsorted(starts, at)
    new = np.append(starts, -1)[places] != at
    places, at = places[new], at[new]
    before = np.cumsum(np.bincount(places, minlength=len(starts) + 1))[: len(starts)]
    return np.insert(starts, places, at), np.arange(len(starts)) + before
