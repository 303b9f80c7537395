"""How many of the words of stretches of a page the text has elsewhere, and how many what is cut from the page has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import Places, codes_of
from processors.algorithms.kinds import HAN
from processors.algorithms.layout import Page

Shares = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_NONE = 0x110000
"""Stands for a neighbour of a pair that is no Chinese character; no character has this code."""


def shares_of(page: Page, stretches: Sequence[tuple[int, int]], cut: Sequence[tuple[int, int]]) -> Shares:
    """Of each stretch's pairs of Chinese characters: the share that other stretches have, that they have in other
    surroundings, and that what is ``cut`` has; then how many there are. All are ordered ranges of the page's key.

    Each stretch is a row of four columns.
    """
    places, pairs, around = _pairs(page)
    owner, spam = _owners(places, stretches), _owners(places, cut) >= 0
    order = np.argsort(pairs)  # the same pairs together
    order = order[((owner >= 0) | spam)[order]]
    pairs, owner, around, spam = pairs[order], owner[order], around[order], spam[order]
    known = _in_runs(np.logical_or, spam, pairs)
    mine = owner >= 0
    pairs, owner, around, known = pairs[mine], owner[mine], around[mine], known[mine]
    others = _differs(owner, pairs)
    varied = others & _differs(around, pairs)
    count = np.maximum(1, np.bincount(owner, minlength=len(stretches)))
    columns = [np.bincount(owner, each, len(stretches)) / count for each in (others, varied, known)]
    return np.stack([*columns, count.astype(np.float64)], axis=1)


def _differs(kinds: npt.NDArray[np.int64], pairs: Places) -> Flags:
    """Whether a pair, of which the same stand together, is of several kinds, for each place of it."""
    found: Flags = _in_runs(np.maximum, kinds, pairs) != _in_runs(np.minimum, kinds, pairs)
    return found


def _in_runs(together: np.ufunc, values: npt.NDArray[Any], pairs: Places) -> npt.NDArray[Any]:
    """What the values of each run of the same pairs come to, for each place of it."""
    if not len(pairs):
        return values
    firsts = np.append(True, pairs[1:] != pairs[:-1])
    found: npt.NDArray[Any] = together.reduceat(values, firsts.nonzero()[0])[firsts.cumsum() - 1]
    return found


def _owners(places: Places, stretches: Sequence[tuple[int, int]]) -> Places:
    """Which stretch each place is in; -1 for none."""
    if not stretches:
        return np.full(len(places), -1)
    starts, ends = np.array(stretches, np.int64).T
    owner = np.searchsorted(starts, places, side="right") - 1
    return np.where((owner >= 0) & (places + 1 < ends[owner]), owner, -1)


def _pairs(page: Page) -> tuple[Places, Places, Places]:
    """The places where two Chinese characters stand together, the pairs as numbers, and what stands around them."""
    codes = np.append(codes_of(page.key).astype(np.int64), [_NONE, _NONE])
    codes[:-2][page.kinds[:-1] & HAN == 0] = _NONE
    places = np.flatnonzero((codes[:-1] != _NONE) & (codes[1:] != _NONE))
    before = np.where(places > 0, codes[places - 1], _NONE)
    return places, (codes[places] << 21) | codes[places + 1], (before << 21) | codes[places + 2]
