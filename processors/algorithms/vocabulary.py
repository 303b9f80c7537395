"""The words that the running text of a page uses again and again: what is put into it uses others."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import codes_of

Pairs = npt.NDArray[np.int64]

_NUMBER = re.compile(r"[a-z0-9][a-z0-9.:/_-]*")
_NONE = 0x110000
"""Stands for a neighbour of a pair that is no Chinese character; no character has this code."""


class Vocabulary:
    """The pairs of characters that stand in several surroundings on a page; words said twice alike count once."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        text = "\n".join(_NUMBER.sub("0", paragraph) for paragraph in paragraphs)
        codes = np.concatenate([[_NONE], codes_of(text).astype(np.int64), [_NONE]])
        codes[(codes < 0x3400) | (codes > 0x9FFF)] = _NONE
        places, pairs = _pairs(codes)
        before, behind = codes[places - 1], codes[places + 2]
        around = np.where(before == _NONE, _both(behind, before), _both(before, behind))
        order = np.lexsort((around, pairs))
        pairs, around = pairs[order], around[order]
        self._all = frozenset(pairs.tolist())
        self._varied = frozenset(pairs[1:][(pairs[1:] == pairs[:-1]) & (around[1:] != around[:-1])].tolist())

    def __len__(self) -> int:
        """How many different pairs there are."""
        return len(self._all)

    def share(self, text: str) -> float:
        """Which part of the pairs in a text stands elsewhere in other surroundings; 0 for a text without pairs."""
        return _share(text, self._varied)

    def known(self, text: str) -> float:
        """Which part of them stands elsewhere at all."""
        return _share(text, self._all)


def _share(text: str, known: frozenset[int]) -> float:
    _, pairs = _pairs(codes_of(text).astype(np.int64))
    return sum(pair in known for pair in pairs.tolist()) / max(1, len(pairs))


def _pairs(codes: Pairs) -> tuple[Pairs, Pairs]:
    """The places where two Chinese characters stand together, and the pairs as numbers."""
    han = (codes >= 0x3400) & (codes <= 0x9FFF)
    places = np.flatnonzero(han[:-1] & han[1:])
    return places, _both(codes[places], codes[places + 1])


def _both(one: Pairs, other: Pairs) -> Pairs:
    return (one << 21) | other
