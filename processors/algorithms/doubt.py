"""Characters that invented script may have put for one of several: what the rest of the text has decides."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import Codes, Places, rows

_CHANCE = 0.01
"""How likely a pair of a character and a rare variant is in the table of an invented script, taken low: a name that is
lost is worse than a variant that is left."""

_LEAD = 2.5
"""How much likelier, as a logarithm, a text must make the less usual of two readings: official lists name the other."""


class Candidate(NamedTuple):
    """A standard character, and in how many characters of text it is to be expected once."""

    character: int
    once_in: float


class Doubt(NamedTuple):
    """What a character in doubt is usually taken for, maybe itself, and what else it may stand for, the best first."""

    usual: Candidate
    others: tuple[Candidate, ...]


@cache
def doubtful() -> Mapping[int, Doubt]:
    """The characters in doubt."""
    decided = {row[0] for row in rows("reviewed") if row[2] != "context"}
    undecided = (row for row in rows("doubtful") if row[0] not in decided)
    return {ord(row[0]): Doubt(_candidate(row[2]), tuple(map(_candidate, row[1].split(" ")))) for row in undecided}


def _candidate(entry: str) -> Candidate:
    """A character with its frequency rank, ``-`` for one that is in no list of standard characters."""
    character, rank = entry.split(":")
    return Candidate(ord(character), _once_in(int(rank)) if rank != "-" else math.inf)


def _once_in(rank: int) -> float:
    """How long a text has a character of this frequency rank once, after a curve through Chinese corpora of news."""
    return 4 * (rank + 25) * math.exp(rank / 1500)


class Text(NamedTuple):
    """What a text in invented script tells as a whole: how often it has each character in its usual standard form, how
    long it is, and what words decide about some of its characters.
    """

    counts: npt.NDArray[np.intp]
    length: int
    said: Mapping[int, int]

    @classmethod
    def of(cls, plain: Codes, said: Mapping[int, int]) -> Text:
        """The same of a text in its usual standard form."""
        return cls(np.bincount(plain), len(plain), said)

    def has(self, character: int) -> int:
        """How often it has a character."""
        return int(self.counts[character]) if character < len(self.counts) else 0


def settle(codes: Codes, out: Codes, places: Places, text: Text) -> None:
    """Correct in ``out`` the doubtful characters at ``places`` by what the text in invented script has and lacks.

    The invented script is one-to-one and replaces always: text that has a standard character does not have another for
    it, and what is decided in one place holds for all.
    """
    for character in np.unique(codes[places]).tolist():
        here = places[codes[places] == character]
        doubt = doubtful()[character]
        missing = [c for c in doubt.others if not text.has(c.character)]
        if missing and doubt.usual.character == out[here[0]]:
            found = _meant(character, doubt.usual, missing, text, len(here))
            if found is not None:
                out[here] = found.character


def _meant(character: int, usual: Candidate, missing: list[Candidate], text: Text, times: int) -> Candidate | None:
    """Which of the candidates that a text lacks a character of it stands for; None if for what is usual."""
    for candidate in missing:
        if text.said.get(character) == candidate.character:
            return candidate
    if usual.character == character:
        return next((c for c in missing if _is_hidden(c, usual, text.length)), None)
    if text.has(usual.character) > times:
        return missing[0]
    return next((c for c in missing if _outdoes(c, usual, times)), None)


def _is_hidden(candidate: Candidate, itself: Candidate, length: int) -> bool:
    """Whether a text that lacks the candidate rather has this character for it than as it is."""
    lacks = math.exp(-length / candidate.once_in)
    return _CHANCE * (1 - lacks) > lacks * length / itself.once_in


def _outdoes(candidate: Candidate, usual: Candidate, times: int) -> bool:
    """Whether a text that has neither, but for these places, rather has the candidate there, so often.

    More than two say no more: a text has a name or a topic again and again.
    """
    return min(times, 2) * math.log(usual.once_in / candidate.once_in) > _LEAD
