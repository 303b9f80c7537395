"""A text as normalizing sees it: its code points, what each of them says, and what was read in the wrong encoding."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline.spans import Span
from processors.algorithms.characters import Codes, Marks, codes_of, looked_up, places_of
from processors.algorithms.evidence import evidence
from processors.algorithms.form import LATIN, SUSPECT, form
from processors.algorithms.garbled import garbled


class Reading(NamedTuple):
    """A text; ``marks`` are the flags of its characters, none for those in ``garbled``, and ``seen`` all of them."""

    text: str
    codes: Codes
    marks: Marks
    seen: int
    garbled: tuple[Span, ...] = ()


@cache
def _table() -> Marks:
    return evidence() | form()


def read(text: str, codes: Codes | None = None) -> Reading:
    """What a text is made of; any str. ``codes`` are those of the text, where they are at hand."""
    if codes is None:
        codes = codes_of(text)
    marks = looked_up(_table(), codes, np.empty(len(codes), dtype=np.uint32))
    seen = int(np.bitwise_or.reduce(marks, initial=0))
    if seen & SUSPECT or (seen & LATIN and _dense(marks)):
        runs = garbled(text)
        for start, end in runs:
            marks[start:end] = 0
        seen = int(np.bitwise_or.reduce(marks)) if runs else seen
        return Reading(text, codes, marks, seen, runs)
    return Reading(text, codes, marks, seen)


def _dense(marks: Marks) -> bool:
    """Whether there are three Latin letters beyond ASCII so close together as in no language."""
    places = places_of(marks, LATIN)
    return bool((places[2:] - places[:-2] <= 6).any())
