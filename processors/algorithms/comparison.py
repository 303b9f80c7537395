"""The comparison key of a text: what of it is compared with other texts, and what does not count.

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

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
_RARE_HAN = 0x20000
"""From here on there are ideographs only: letters by decree, so that a key depends little on Python's Unicode."""

_LETTERS_END = 0x32400
"""From here on there are no letters: private use, selectors, tags."""

_DIGIT = np.uint32(1 << 22)
_SIGN = np.uint32(1 << 23)
"""Flags in a key: set for the ten digits, and for the signs that may count."""

_SIGNS = "+-.#%‰°℃℉±×÷=≠≈√^<>≤≥$¥€£"  # noqa: RUF001 - these very characters
_POINT = _SIGN | np.uint32(ord("."))
_MINUS = _SIGN | np.uint32(ord("-"))
_BETWEEN = _SIGN | np.uint32(ord("|"))
_GAP = "\n\n"
"""Put behind each text: two characters that do not count, so that nothing is between the digits of two texts."""


class Keys(NamedTuple):
    """The comparison keys of several texts back to back; the key of text ``n`` is ``codes[ends[n]:ends[n + 1]]``."""

    codes: Codes
    ends: npt.NDArray[np.intp]

    def each(self) -> list[Codes]:
        """The keys one by one."""
        return [self.codes[start:end] for start, end in pairwise(self.ends.tolist())]


def comparison_keys(texts: Sequence[str]) -> Keys:
    """The letters and digits of the texts, script, width and case folded; for comparing only.

    Of all else only what makes another figure or name counts, for it is the whole difference between ``-15.5`` and
    ``155`` or ``C++`` and ``C#``: a sign behind a digit or Latin letter or before a digit (a hyphen only as a minus,
    before a digit and behind neither), a point between two digits, and that something else stands there.
    """
    codes = _key_table().take(codes_of(_GAP.join([*texts, ""])))
    _weigh(codes)
    kept = (codes != 0).nonzero()[0]
    if len(texts) == 1:
        return Keys(codes.take(kept), np.array([0, kept.size]))
    ends = np.zeros(len(texts) + 1, np.intp)
    np.cumsum([len(text) + len(_GAP) for text in texts], out=ends[1:])
    return Keys(codes.take(kept), np.searchsorted(kept, ends))


def table_digest() -> str:
    """16 hex digits that change when the comparison key of any text would."""
    return hashlib.sha256(_key_table().astype("<u4").tobytes()).hexdigest()[:16]


def _weigh(codes: Codes) -> None:
    """Drop the signs that do not count, and mark what is between two digits, in place."""
    flagged = (codes >= _DIGIT).nonzero()[0]
    if not flagged.size:
        return
    is_sign = codes.take(flagged) >= _SIGN
    signs, digits = flagged[is_sign], flagged[~is_sign]
    if signs.size:
        before, found, after = codes.take(signs - 1), codes.take(signs), codes.take(signs + 1)
        ahead, digit = after & _DIGIT != 0, before & _DIGIT != 0
        behind = digit | (before - np.uint32(ord("a")) < 26)
        rules = [ahead & ~behind, ahead & digit]
        codes[signs[~np.select([found == _MINUS, found == _POINT], rules, ahead | behind)]] = 0
    between = digits[:-1][digits[1:] - digits[:-1] == 2] + 1
    codes[between[codes.take(between) == 0]] = _BETWEEN


@cache
def _key_table() -> Codes:
    """For each code point its folded letter, digit or sign, 0 for what does not count."""
    plain = "".join(map(chr, range(_RARE_HAN)))
    letters = np.zeros(CODE_POINTS, np.bool_)
    letters[codes_of(_NEITHER_LETTER_NOR_DIGIT.sub("", plain))] = True
    letters[_RARE_HAN:_LETTERS_END] = True
    letters[codes_of(_SIGNS)] = True
    folded = codes_of(fold(plain + "".join(map(chr, range(_RARE_HAN, _LETTERS_END))))).copy()
    folded[ord("\N{MINUS SIGN}")] = ord("-")
    table = np.zeros(CODE_POINTS, np.uint32)
    table[:_LETTERS_END] = np.where(letters[folded], folded, 0)
    table[np.isin(table, codes_of(_SIGNS))] |= _SIGN
    table[np.isin(table, codes_of("0123456789"))] |= _DIGIT
    return table
