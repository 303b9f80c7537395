"""A text as normalizing sees it: its code points, what each of them says, and what was read in the wrong encoding."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from pipeline.spans import Span
from processors.algorithms.characters import Codes, Marks, Places, codes_of, count_of, looked_up, places_of, text_of
from processors.algorithms.evidence import HAN, MORE, SIMPLE, evidence
from processors.algorithms.form import LATIN, SPACE, SUSPECT, WIDE, form
from processors.algorithms.garbled import garbled

_COMMON = MORE - 1
"""The flags that are kept for every character of a text."""

_FIRST = np.zeros(1, dtype=np.int64)


class Reading:
    """A text: ``marks`` are the first eight flags of its characters, none for those in ``garbled``.

    Most characters have no others; those that have are MORE. ``seen`` has the flags of all characters together, but
    HAN and SPACE. ``_former`` are marks of the same counts. What is not given is made when it is asked for.
    """

    __slots__ = ("_former", "_lines", "_marks", "_more", "_text", "codes", "garbled", "seen")

    def __init__(self, codes: Codes, marks: Marks | None, text: str | None = None) -> None:
        self.codes = codes
        self.seen = 0
        self.garbled: tuple[Span, ...] = ()
        self._former = self._marks = marks
        self._text = text
        self._lines: Places | None = None
        self._more: tuple[Places, Marks] | None = None

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
            self._marks = looked_up(_common(), self.codes)
        return self._marks

    @property
    def lines(self) -> Places:
        """Where the lines begin; the first at 0."""
        if self._lines is None:
            self._lines = np.concatenate((_FIRST, (self.codes[:-1] == ord("\n")).nonzero()[0] + 1))
        return self._lines

    @property
    def more(self) -> tuple[Places, Marks]:
        """The places of the characters with flags beyond the first eight, and all the flags of each."""
        if self._more is None:
            places = places_of(self.marks, MORE)
            self._more = places, _table().take(self.codes.take(places))
        return self._more

    def places(self, flag: int) -> Places:
        """The places of the characters that have one of some flags beyond the first eight."""
        places, marks = self.more
        found: Places = places[(marks & flag).astype(np.bool_)]
        return found

    def count(self, flag: int) -> int:
        """How many characters have one of the flags, all of the first eight or all beyond."""
        if not self.seen & flag:
            return 0
        if flag < MORE:
            return count_of(self.marks if self._former is None else self._former, flag)
        return count_of(self.more[1], flag)

    def excerpt(self, chosen: npt.NDArray[np.bool_]) -> Reading:
        """Only the chosen ones of the characters; nothing in it is garbled."""
        part = Reading(self.codes[chosen], self.marks[chosen])
        part.seen = self.seen
        return part

    def has_han(self) -> bool:
        """Whether there is a Chinese character that stands for itself."""
        if self.seen & SIMPLE:
            return True
        han = (_table().take(self.codes) & HAN).astype(np.bool_)
        for start, end in self.garbled:
            han[start:end] = False
        return bool(han.any())

    def told(self, places: Places, flag: int) -> Reading:
        """The same text with one of the first eight flags more at some places."""
        marks = self.marks.copy()
        marks[places] |= np.uint8(flag)
        other = Reading(self.codes, marks, self._text)
        other.seen, other.garbled = self.seen | flag, self.garbled
        other._lines, other._more = self._lines, self._more
        return other


@cache
def _table() -> Marks:
    table = evidence() | form()
    table[table & ~np.uint32(_COMMON | MORE | HAN | SPACE) != 0] |= np.uint32(MORE)
    return table


@cache
def _common() -> Marks:
    return _table().astype(np.uint8)


def read(text: str, codes: Codes | None = None) -> Reading:
    """What a text is made of; any str. ``codes`` are those of the text, where they are at hand."""
    return _read(codes_of(text) if codes is None else codes, text)


def reread(reading: Reading, codes: Codes) -> Reading:
    """What a tidied text is made of, given what it was made of before.

    ``seen`` may have flags of what was removed; none of these says anything about script.
    """
    if reading.garbled or reading.seen & (SUSPECT | LATIN | WIDE):
        return _read(codes)
    found = Reading(codes, None)
    found.seen = reading.seen
    found._former = reading.marks
    return found


def _read(codes: Codes, text: str | None = None) -> Reading:
    reading = _seen(Reading(codes, looked_up(_common(), codes), text))
    if reading.seen & SUSPECT or (reading.seen & LATIN and _dense(reading.places(LATIN))):
        runs = garbled(reading.text)
        if runs:
            marks = reading.marks
            for start, end in runs:
                marks[start:end] = 0
            reading = _seen(Reading(codes, marks, reading.text))
            reading.garbled = runs
    return reading


def _seen(reading: Reading) -> Reading:
    reading.seen = int(np.bitwise_or.reduce(reading.marks))
    if reading.seen & MORE:
        reading.seen |= int(np.bitwise_or.reduce(reading.more[1]))
    return reading


def _dense(places: Places) -> bool:
    """Whether there are three Latin letters beyond ASCII so close together as in no language."""
    return bool((places[2:] - places[:-2] <= 6).any())
