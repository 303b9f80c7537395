"""How many of the words of stretches of a page the text has elsewhere, and how many what is cut from the page has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import Places, codes_of
from processors.algorithms.kinds import HAN
from processors.algorithms.layout import Page

Shares = npt.NDArray[np.float64]

_NONE = 0x110000
"""Stands for a neighbour of a pair that is no Chinese character; no character has this code."""


def shares_of(page: Page, stretches: Sequence[tuple[int, int]], cut: Sequence[tuple[int, int]]) -> Shares:
    """Of each stretch's pairs of Chinese characters: the share that other stretches have, that they have in other
    surroundings, and that what is ``cut`` has; then how many there are. All are ordered ranges of the page's key.

    Each stretch is a row of four columns.
    """
    places, pairs, around = _pairs(page)
    owner = _owners(places, stretches)
    spam = np.unique(pairs[_owners(places, cut) >= 0])
    mine = owner >= 0
    owner, pairs, around = owner[mine], pairs[mine], around[mine]
    count = np.maximum(1, np.bincount(owner, minlength=len(stretches)))
    _, number = np.unique(pairs, return_inverse=True)
    others = _distinct(number, owner) > 1
    varied = others & (_distinct(number, around) > 1)
    columns = [np.bincount(owner, known, len(stretches)) / count for known in (others, varied, np.isin(pairs, spam))]
    return np.stack([*columns, count.astype(np.float64)], axis=1)


def _distinct(number: Places, kinds: npt.NDArray[np.int64]) -> Places:
    """In how many kinds each numbered pair stands, for each place of it."""
    _, kind = np.unique(kinds, return_inverse=True)
    seen = np.unique(number * (int(kind.max(initial=0)) + 1) + kind) // (int(kind.max(initial=0)) + 1)
    return np.bincount(seen, minlength=int(number.max(initial=0)) + 1)[number]


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
