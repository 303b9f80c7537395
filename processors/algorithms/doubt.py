"""Characters that invented script may have put for one of several: what the rest of the text has decides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from processors.algorithms.characters import Codes, Places, rows

_EXPECTED = 2.0
"""A character is missed in a text that should have it this often, by its frequency in the language."""


class Candidate(NamedTuple):
    """A standard character, and in how many characters of text it is to be expected once; 0 where that is all one."""

    character: int
    once_in: float


@cache
def doubtful() -> Mapping[int, tuple[Candidate, ...]]:
    """The characters in doubt, each with those it may stand for besides its usual one, the best first.

    A standard character that is meant as it is, in a name, must not be taken for another too easily.
    """
    decided = {row[0] for row in rows("reviewed")}
    undecided = (row for row in rows("doubtful") if row[0] not in decided)
    return {ord(row[0]): tuple(_candidates(row[1], meant=row[2] == "standard")) for row in undecided}


def _candidates(cell: str, *, meant: bool) -> Iterator[Candidate]:
    for entry in cell.split(" "):
        character, rank = entry.split(":")
        yield Candidate(ord(character), _once_in(int(rank)) if meant else 0.0)


def _once_in(rank: int) -> float:
    """How long a text has a character of this frequency rank once, after a curve through Chinese corpora of news."""
    return 4 * (rank + 25) * math.exp(rank / 1500)


def settle(codes: Codes, out: Codes, places: Places, invented: Codes) -> None:
    """Correct in ``out`` the doubtful characters at ``places`` by what the text in invented script lacks.

    ``invented`` is that text in its usual standard form. The invented script is one-to-one and replaces always: text
    that has the usual standard form does not have the character for that. Then it stands for a candidate that is
    missing, though a text as long should have it.
    """
    counts = np.bincount(invented)
    for character in np.unique(codes[places]).tolist():
        here = places[codes[places] == character]
        usual = int(out[here[0]])
        if usual == character or counts[usual] > len(here):
            missing = (c for c in doubtful()[character] if not counts[c.character : c.character + 1].any())
            found = next((c for c in missing if len(invented) >= _EXPECTED * c.once_in), None)
            if found is not None:
                out[here] = found.character
