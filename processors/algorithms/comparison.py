"""The comparison key of a text: what of it is compared with other texts, and what does not count.

Functions take many texts at once: a call of numpy costs as much as some hundred characters.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
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
"""From here on there are no letters: unassigned, selectors, tags, and then private use."""

_PRIVATE = ((0xE000, 0xF900), (0xF0000, 0xFFFFE), (0x100000, 0x10FFFE))
"""Characters of a page's own font: what they show nobody knows here, but it is not nothing."""

_MARKS = range(0x300, 0x1F000)
"""Where combining marks lie. Those from 0x20D0 on enclose or strike out symbols, and some only select a glyph."""

_GLYPH_ONLY = (range(0x34F, 0x350), range(0x180B, 0x1810), range(0x20D0, 0x2100), range(0xFE00, 0xFE10))

_DIGIT = np.uint32(1 << 22)
_SIGN = np.uint32(1 << 23)
"""Flags in a key: set for the ten digits, and for the signs that may count."""

_SIGNS = "+-.#=^<>"
"""What decorates as often as it means something: counts beside a figure or Latin letter."""

_SYMBOLS = "%$‰‱°℃℉±×÷¥€£¢✓✔✕✖✗✘☑☒"  # noqa: RUF001 - these very characters
_OPERATORS = range(0x2200, 0x2300)
_AS_PUNCTUATION = range(0x2215, 0x221A), range(0x2223, 0x2224), range(0x2236, 0x2238), range(0x223C, 0x223D)
_AS_ORNAMENT = range(0x22C4, 0x22C7), range(0x22EE, 0x22F0)
"""Operators count wherever they stand, but for those that are used as a slash, star, point, colon, bar or ornament."""

_POWERS = "".join(map(chr, (0xB2, 0xB3, 0xB9, 0x2070, *range(0x2074, 0x207A))))
"""Digits that stand as powers: ten to the fifth is not a hundred and five."""

_POINT = _SIGN | np.uint32(ord("."))
_MINUS = _SIGN | np.uint32(ord("-"))
_BETWEEN = _SIGN | np.uint32(ord("|"))
_GAP = "\n"
"""Put behind each text: does not count, so that what stands at the end of a text has no neighbour in the next."""


class Keys(NamedTuple):
    """The comparison keys of several texts back to back; the key of text ``n`` is ``codes[ends[n]:ends[n + 1]]``."""

    codes: Codes
    ends: npt.NDArray[np.intp]

    def each(self) -> list[Codes]:
        """The keys one by one."""
        return [self.codes[start:end] for start, end in pairwise(self.ends.tolist())]


def comparison_keys(texts: Sequence[str]) -> Keys:
    """The letters and digits of the texts, script, width and case folded, powers not; for comparing only.

    Of all else only what makes another word, figure or name counts, for it is the whole difference between ``-15.5``
    and ``155``, ``C++`` and ``C#``, or a tick and a cross: combining marks, private-use characters, mathematical
    symbols; other signs behind a digit or Latin letter or before a digit (a hyphen only as a minus, before a digit and
    behind neither), a point between two digits; and between two digits that anything else stands there.
    """
    codes = _key_table().take(codes_of(_GAP.join([*texts, ""])))
    flagged = (codes >= _DIGIT).nonzero()[0]
    digits = flagged
    if flagged.size:
        is_sign = codes.take(flagged) >= _SIGN
        signs, digits = flagged[is_sign], flagged[~is_sign]
        if signs.size:
            _weigh(codes, signs)
    kept = (codes != 0).nonzero()[0]
    ends = np.array([0, codes.size]) if len(texts) == 1 else _ends(texts)
    if digits.size > 1 and _part(codes, digits, kept, ends):
        kept = (codes != 0).nonzero()[0]
    if len(texts) == 1:
        return Keys(codes.take(kept), np.array([0, kept.size]))
    return Keys(codes.take(kept), kept.searchsorted(ends))


def table_digest() -> str:
    """16 hex digits that change when the comparison key of any text would."""
    return hashlib.sha256(_key_table().astype("<u4").tobytes()).hexdigest()[:16]


def _ends(texts: Sequence[str]) -> npt.NDArray[np.intp]:
    ends = np.zeros(len(texts) + 1, np.intp)
    np.cumsum([len(text) + len(_GAP) for text in texts], out=ends[1:])
    return ends


def _weigh(codes: Codes, signs: npt.NDArray[np.intp]) -> None:
    """Drop the signs that do not count, in place."""
    before, found, after = codes.take(signs - 1), codes.take(signs), codes.take(signs + 1)
    ahead, digit = after & _DIGIT != 0, before & _DIGIT != 0
    behind = digit | (before - np.uint32(ord("a")) < 26)
    counts = np.where(found == _MINUS, ahead & ~behind, np.where(found == _POINT, ahead & digit, ahead | behind))
    codes[signs[~counts]] = 0


def _part(codes: Codes, digits: npt.NDArray[np.intp], kept: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> bool:
    """Mark in place where something that does not count stands between two digits; whether there is any such place."""
    apart = digits[1:] - digits[:-1] > 1
    follows = kept.searchsorted(digits)
    apart &= follows[1:] - follows[:-1] == 1
    if ends.size > 2:
        text = ends.searchsorted(digits, "right")
        apart &= text[1:] == text[:-1]
    between = digits[:-1][apart] + 1
    codes[between] = _BETWEEN
    return between.size > 0


@cache
def _key_table() -> Codes:
    """For each code point its folded letter, digit or sign, 0 for what does not count."""
    plain = "".join(map(chr, range(_RARE_HAN)))
    counts = np.zeros(CODE_POINTS, np.bool_)
    counts[codes_of(_NEITHER_LETTER_NOR_DIGIT.sub("", plain))] = True
    counts[_RARE_HAN:_LETTERS_END] = True
    counts[codes_of(_SIGNS + _SYMBOLS)] = True
    counts[[code for code in _MARKS if unicodedata.category(chr(code))[0] == "M"]] = True
    counts[_OPERATORS] = True
    for block in (*_GLYPH_ONLY, *_AS_PUNCTUATION, *_AS_ORNAMENT):
        counts[block] = False
    table = np.arange(CODE_POINTS, dtype=np.uint32)
    table[:_LETTERS_END] = codes_of(fold(plain + "".join(map(chr, range(_RARE_HAN, _LETTERS_END)))))
    table[ord("\N{MINUS SIGN}")] = ord("-")
    powers = codes_of(_POWERS)
    table[powers], counts[powers] = powers, True
    for start, end in _PRIVATE:
        counts[start:end] = True
    table[~counts[table]] = 0
    table[np.isin(table, codes_of(_SIGNS))] |= _SIGN
    table[np.isin(table, codes_of("0123456789"))] |= _DIGIT
    return table
