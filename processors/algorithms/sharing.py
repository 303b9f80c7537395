"""Which part of the words of each line stands elsewhere on the page, a word being a pair of Chinese characters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import codes_of

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Shares = npt.NDArray[np.float32]

_LINE_BITS, _FAR = 28, 1 << 62
"""A place is a pair's number and its line's; beyond all places."""

NEAR_LINES = 8
"""So many lines before and behind are looked at for a line's words."""

NO_WORDS = -1
"""The share of a line without pairs."""


def shares(lines: Sequence[str], text: Flags, cut: Flags) -> list[Shares]:
    """Which part of each line's pairs stands in others: in text, in text right behind, right before, in those cut."""
    numbers, pairs = pairs_of(lines)  # one pair's stand together, in the order of the lines
    if not len(numbers):
        return [np.full(len(lines), NO_WORDS, np.float32)] * 4
    own, gone = text[numbers], cut[numbers]
    places = (pairs << _LINE_BITS) | numbers
    known = np.concatenate([[-_FAR], places[own], [_FAR]])
    until = own.cumsum()  # so many of a pair's places in the text are no later
    behind = known[until + 1] - places <= NEAR_LINES
    before = places - known[until - own] <= NEAR_LINES
    totals = np.bincount(numbers, minlength=len(lines))
    firsts = np.append(True, pairs[1:] != pairs[:-1]).nonzero()[0]
    often = np.diff(np.append(firsts, len(pairs)))  # on so many lines is each of them
    found = (_spread(own, firsts, often) > own, behind, before, _spread(gone, firsts, often) > gone)
    parts = (np.bincount(numbers, each, len(lines)) / np.maximum(1, totals) for each in found)
    return [np.where(totals, part, NO_WORDS).astype(np.float32) for part in parts]


def pairs_of(texts: Sequence[str]) -> tuple[Integers, Integers]:
    """The different pairs of Chinese characters in each text, as numbers, each with the number of its text."""
    codes = codes_of("\n".join(texts)).astype(np.int64)
    han = (codes >= 0x3400) & (codes <= 0x9FFF)
    at = (han[:-1] & han[1:]).nonzero()[0]
    lines = (codes == ord("\n")).cumsum()[at]
    both = np.sort((((codes[at] - 0x3400) << 15) | (codes[at + 1] - 0x3400)) << _LINE_BITS | lines)
    both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
    return both & ((1 << _LINE_BITS) - 1), both >> _LINE_BITS


def _spread(flags: Flags, firsts: Integers, often: Integers) -> Integers:
    """On how many of these lines each pair stands, for pairs of which the same stand together."""
    return np.repeat(np.add.reduceat(flags, firsts, dtype=np.int64), often)
