"""What of a text is compared: the letters and digits of its folded form, and the overlapping runs of them.

Functions take many texts at once: a call of numpy costs as much as some hundred characters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import CODE_POINTS, Codes, codes_of
from processors.algorithms.fold import fold

Shingles = npt.NDArray[np.uint32]
"""The distinct shingles of a text as 32-bit hashes, ascending: a set that is fast to intersect."""

Sets = npt.NDArray[np.uint64]
"""The distinct shingles of several texts, ascending: ``text << 32 | hash``, texts numbered from 0."""

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
_RARE_HAN = 0x20000
"""From here on there are ideographs only: letters by decree, so that a key depends little on Python's Unicode."""

_LETTERS_END = 0x32400
"""From here on there are no letters: private use, selectors, tags."""

_MULTIPLIER = np.uint32(0x9E3779B1)


class Keys(NamedTuple):
    """The comparison keys of several texts back to back; the key of text ``n`` is ``codes[ends[n]:ends[n + 1]]``."""

    codes: Codes
    ends: npt.NDArray[np.intp]

    def each(self) -> list[Codes]:
        """The keys one by one."""
        return [self.codes[start:end] for start, end in pairwise(self.ends.tolist())]


def comparison_keys(texts: Sequence[str]) -> Keys:
    """The code points of the texts' letters and digits, script, width and case folded; for comparing only."""
    codes = _key_table().take(codes_of("".join(texts)))
    kept = np.flatnonzero(codes != 0)
    ends = np.zeros(len(texts) + 1, np.intp)
    np.cumsum([len(text) for text in texts], out=ends[1:])
    return Keys(codes.take(kept), np.searchsorted(kept, ends))


def shingle_sets(keys: Keys, size: int) -> Sets:
    """The distinct shingles of ``size`` characters of every key; none of a key that is shorter.

    >>> len(shingle_sets(comparison_keys(["一二三四五六七", "八九"]), 5))
    3
    """
    codes, ends = keys
    count = codes.size - size + 1
    if count < 1:
        return np.empty(0, np.uint64)
    hashes = codes[:count] * _MULTIPLIER
    for offset in range(1, size):
        hashes += codes[offset : offset + count]
        hashes *= _MULTIPLIER
    texts = np.repeat(np.arange(ends.size - 1, dtype=np.uint64) << np.uint64(32), np.diff(ends))
    tagged = texts[:count]
    tagged |= _mixed(hashes)
    return _distinct(tagged[_within(ends, size, count)] if ends.size > 2 else tagged)


def table_digest() -> str:
    """16 hex digits that change when the comparison key of any text would."""
    return hashlib.sha256(_key_table().astype("<u4").tobytes()).hexdigest()[:16]


def _within(ends: npt.NDArray[np.intp], size: int, count: int) -> npt.NDArray[np.bool_]:
    """Which of the runs of ``size`` characters do not reach from one text into the next."""
    inside = np.ones(count, np.bool_)
    for offset in range(1, size):
        starts = ends[1:] - offset
        inside[starts[(starts >= 0) & (starts < count)]] = False
    return inside


def _distinct(tagged: Sets) -> Sets:
    tagged.sort()  # np.unique does the same in ten times the time at this size
    first = np.ones(tagged.size, np.bool_)
    np.not_equal(tagged[1:], tagged[:-1], out=first[1:])
    return tagged.take(np.flatnonzero(first))


def _mixed(hashes: Shingles) -> Shingles:
    """Every input bit spread over every output bit (the finalizer of MurmurHash3), in place."""
    for shift, multiplier in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes ^= hashes >> np.uint32(shift)
        hashes *= np.uint32(multiplier)
    hashes ^= hashes >> np.uint32(16)
    return hashes


@cache
def _key_table() -> Codes:
    """For each code point its folded letter or digit, 0 for what does not count."""
    plain = "".join(map(chr, range(_RARE_HAN)))
    letters = np.zeros(CODE_POINTS, np.bool_)
    letters[codes_of(_NEITHER_LETTER_NOR_DIGIT.sub("", plain))] = True
    letters[_RARE_HAN:_LETTERS_END] = True
    folded = codes_of(fold(plain + "".join(map(chr, range(_RARE_HAN, _LETTERS_END)))))
    table = np.zeros(CODE_POINTS, np.uint32)
    table[:_LETTERS_END] = np.where(letters[folded], folded, 0)
    return table
