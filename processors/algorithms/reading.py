"""A text as normalizing sees it: its code points, what each of them says, and what was read in the wrong encoding."""

from __future__ import annotations

from functools import cache

import numpy as np

from pipeline.spans import Span
from processors.algorithms.characters import Codes, Marks, Places, codes_of, count_of, looked_up, places_of, text_of
from processors.algorithms.evidence import (
    ASKS,
    BORROWED,
    CLASSICAL,
    CORRECT,
    DOUBT,
    HONG_KONG,
    INVENTED,
    MODERN,
    STANDARD,
    TAIWAN,
    evidence,
)
from processors.algorithms.form import (
    BLANK,
    COMPOSES,
    CONTROL,
    INVISIBLE,
    JOINER,
    LATIN,
    LINE_END,
    PRIVATE,
    SIGN,
    SUSPECT,
    WIDE,
    form,
)
from processors.algorithms.garbled import garbled

RARE = INVENTED | CORRECT | ASKS | BORROWED | MODERN | CLASSICAL | DOUBT | STANDARD | TAIWAN | HONG_KONG
"""Flags of script that few characters have, so that all of them are found at once."""

FORMS = INVISIBLE | CONTROL | WIDE | SIGN | LINE_END | BLANK | JOINER | PRIVATE | COMPOSES
"""The same of form."""

_FIRST = np.zeros(1, dtype=np.int64)


class Reading:
    """A text: ``marks`` are the flags of its characters, none for those in ``garbled``, and ``seen`` all of them.

    What is not given is made when it is asked for.
    """

    __slots__ = ("_found", "_lines", "_marks", "_text", "codes", "garbled", "seen")

    def __init__(
        self, codes: Codes, marks: Marks | None, seen: int, text: str | None = None, garbled: tuple[Span, ...] = ()
    ) -> None:
        self.codes = codes
        self.seen = seen
        self.garbled = garbled
        self._marks = marks
        self._text = text
        self._lines: Places | None = None
        self._found: dict[int, tuple[Places, Marks]] = {}

    @property
    def text(self) -> str:
        """The text itself."""
        if self._text is None:
            self._text = text_of(self.codes)
        return self._text

    @property
    def marks(self) -> Marks:
        """The flags of each character."""
        if self._marks is None:
            self._marks = _marks(self.codes)
        return self._marks

    @property
    def lines(self) -> Places:
        """Where the lines begin; the first at 0."""
        if self._lines is None:
            self._lines = np.concatenate((_FIRST, (self.codes[:-1] == ord("\n")).nonzero()[0] + 1))
        return self._lines

    def places(self, flag: int) -> Places:
        """The places of the characters that have one of some flags, all of ``RARE`` or all of ``FORMS``."""
        places, marks = self._sparse(flag)
        found: Places = places[(marks & flag).astype(np.bool_)]
        return found

    def count(self, flag: int) -> int:
        """How many characters have one of the flags."""
        if not self.seen & flag:
            return 0
        return count_of(self.marks if flag & ~RARE else self._sparse(flag)[1], flag)

    def _sparse(self, flag: int) -> tuple[Places, Marks]:
        """The places of the characters that have one of a group of flags, and their flags."""
        group = RARE if flag & RARE else FORMS
        found = self._found.get(group)
        if found is None:
            places = places_of(self.marks, group)
            found = self._found[group] = places, self.marks.take(places)
        return found

    def with_marks(self, marks: Marks, seen: int) -> Reading:
        """The same text with other flags."""
        return Reading(self.codes, marks, seen, self._text, self.garbled)


@cache
def _table() -> Marks:
    return evidence() | form()


def _marks(codes: Codes) -> Marks:
    return looked_up(_table(), codes, np.empty(len(codes), dtype=np.uint32))


def read(text: str, codes: Codes | None = None) -> Reading:
    """What a text is made of; any str. ``codes`` are those of the text, where they are at hand."""
    return _read(codes_of(text) if codes is None else codes, text)


def reread(reading: Reading, codes: Codes) -> Reading:
    """What a tidied text is made of, given what it was made of before.

    ``seen`` may have flags of what was removed; none of these says anything about script.
    """
    if reading.garbled or reading.seen & (SUSPECT | LATIN | WIDE):
        return _read(codes)
    return Reading(codes, None, reading.seen)


def _read(codes: Codes, text: str | None = None) -> Reading:
    marks = _marks(codes)
    reading = Reading(codes, marks, int(np.bitwise_or.reduce(marks, initial=0)), text)
    if reading.seen & SUSPECT or (reading.seen & LATIN and _dense(marks)):
        reading.garbled = garbled(reading.text)
        for start, end in reading.garbled:
            marks[start:end] = 0
        if reading.garbled:
            reading.seen = int(np.bitwise_or.reduce(marks))
    return reading


def _dense(marks: Marks) -> bool:
    """Whether there are three Latin letters beyond ASCII so close together as in no language."""
    places = places_of(marks, LATIN)
    return bool((places[2:] - places[:-2] <= 6).any())
