"""What of a text is compared: the letters and digits of its folded form, and the overlapping runs of them."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import CODE_POINTS, Codes, codes_of
from processors.algorithms.fold import fold

Shingles = npt.NDArray[np.uint32]
"""The distinct shingles of a text as 32-bit hashes, ascending: a set that is fast to intersect and to sign."""

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
_RARE_HAN = slice(0x20000, 0x32400)
"""Planes of ideographs only: letters by decree, so that a key does not depend on the Unicode version of Python."""

_MULTIPLIER = np.uint32(0x9E3779B1)


def comparison_key(text: str) -> Codes:
    """The code points of a text's letters and digits, script, width and case folded; for comparing only."""
    codes = codes_of(fold(text))
    found: Codes = codes[_letters()[codes]]
    return found


def shingles(key: Codes, size: int) -> Shingles:
    """The distinct shingles of ``size`` characters; none when the key is shorter.

    >>> len(shingles(comparison_key("一二三四五六七"), 5))
    3
    """
    count = key.size - size + 1
    if count < 1:
        return np.empty(0, np.uint32)
    hashes = key[:count] * _MULTIPLIER
    for offset in range(1, size):
        hashes += key[offset : offset + count]
        hashes *= _MULTIPLIER
    hashes = _mixed(hashes)
    hashes.sort()  # np.unique does the same in ten times the time at this size
    distinct: Shingles = hashes[np.append(True, hashes[1:] != hashes[:-1])]
    return distinct


def _mixed(hashes: Shingles) -> Shingles:
    """Every input bit spread over every output bit (the finalizer of MurmurHash3), in place."""
    for shift, multiplier in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes ^= hashes >> np.uint32(shift)
        hashes *= np.uint32(multiplier)
    hashes ^= hashes >> np.uint32(16)
    return hashes


@cache
def _letters() -> npt.NDArray[np.bool_]:
    table = np.zeros(CODE_POINTS, np.bool_)
    table[codes_of(_NEITHER_LETTER_NOR_DIGIT.sub("", "".join(map(chr, range(_RARE_HAN.start)))))] = True
    table[_RARE_HAN] = True
    return table
