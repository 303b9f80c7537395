"""Which script the lines of a text are in: Simplified, genuine Traditional, invented Traditional or Japanese."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.spans import Span
from processors.algorithms.characters import Marks, Places, count_of, lengths_of
from processors.algorithms.counts import Count, Counts, counted
from processors.algorithms.evidence import (
    BORROWED,
    BREAK,
    CLASSICAL,
    COMPLEX,
    CORRECT,
    INVENTED,
    KANA,
    KANJI,
    MODERN,
    ODD,
    PROOF,
    SIMPLE,
)
from processors.algorithms.reading import Reading

Scripts = npt.NDArray[np.uint8]
"""A Script for each passage, or for each character."""


class Script(IntEnum):
    """The script of a line. Lines that could be anything follow the article they stand in."""

    OTHER = 0
    SIMPLIFIED = 1
    TRADITIONAL = 2
    INVENTED = 3
    JAPANESE = 4

    @property
    def label(self) -> str:
        """The name it has in ``meta``."""
        return "pseudo" if self is Script.INVENTED else self.name.lower()


OTHER, SIMPLIFIED, TRADITIONAL, PSEUDO, JAPANESE = map(int, Script)
"""The same as plain numbers: members of an enumeration are slow to look up."""

SPARED = len(Script)
"""Not a script: what was read in the wrong encoding, and stays."""

_ENOUGH = 4
"""Characters of evidence from which a passage is judged by itself and not by its article."""


_DENSITY = 8
"""Of so many characters of Traditional text one at least is an invention in invented text without modern particles."""

_FIRST = np.zeros(1, dtype=np.int64)
"""Where a text of one passage begins."""


_BOTH = SIMPLE | COMPLEX
"""What a line has of which each clause is a passage."""

_MUCH = 12
"""Characters of evidence from which a passage without kana is no heading of a Japanese text."""


class Verdict(NamedTuple):
    """What a text is in: each of its passages, and the whole with how sure that is, 0 to 1."""

    starts: Places
    scripts: Scripts
    script: Script
    confidence: float

    def at(self, places: Places) -> Scripts:
        """The script at each of the places."""
        return self.scripts[np.searchsorted(self.starts, places, side="right") - 1]

    def with_passages(self, starts: Places, scripts: Scripts) -> Verdict:
        """The verdict with more passages in their places."""
        every = np.concatenate((self.starts, starts))
        order = np.argsort(every, kind="stable")
        return self._replace(starts=every[order], scripts=np.concatenate((self.scripts, scripts))[order])

    @property
    def only(self) -> int | None:
        """The script of all of the text, where it is one passage."""
        return int(self.scripts[0]) if len(self.scripts) == 1 else None

    def restores(self, numbers: Places) -> bool:
        """Whether one of the passages of these numbers is to be restored."""
        return bool(self._restorable()[numbers].any())

    def _restorable(self) -> npt.NDArray[np.bool_]:
        restorable: npt.NDArray[np.bool_] = (self.scripts == TRADITIONAL) | (self.scripts == PSEUDO)
        return restorable

    def each(self, length: int) -> Scripts:
        """The script of every character of the text, given its length."""
        if len(self.scripts) == 1:
            return np.full(length, self.scripts[0])
        return np.repeat(self.scripts, lengths_of(self.starts, length))

    def lines(self, starts: Places) -> npt.NDArray[np.bool_]:
        """Which lines, given where they begin, have a passage to restore, where none is longer than a line."""
        lines = np.zeros(len(starts), dtype=np.bool_)
        lines[np.searchsorted(starts, self.starts[self._restorable()], side="right") - 1] = True
        return lines

    def changes(self) -> bool:
        """Whether a passage is in a script that is to be restored."""
        if self.only is not None:
            return self.only in (TRADITIONAL, PSEUDO)
        return bool(self._restorable().any())


def judge(reading: Reading) -> Verdict:
    """The scripts of a text that is not empty.

    A passage is a line; where a line has characters of both scripts, each of its clauses and quotations. A text whose
    characters all tell the same is one passage, and so are neighbouring lines that cannot be Traditional. Without kana
    a text is Japanese if it has forms of Japan and no other sign, not even a particle that no Chinese text is without.
    """
    marks, seen = reading.marks, reading.seen
    if seen & KANJI and not seen & (KANA | ODD | MODERN | CLASSICAL):
        return _uniform(reading, seen, JAPANESE)
    if seen & INVENTED and _is_old(reading):
        marks, seen = marks & ~np.uint8(INVENTED), seen & ~INVENTED
    if seen & COMPLEX and not seen & (SIMPLE | KANA) and not (seen & INVENTED and seen & CORRECT):
        return _uniform(reading, seen, PSEUDO if seen & INVENTED else TRADITIONAL)
    starts = reading.lines
    told = np.bitwise_or.reduceat(marks, starts)
    if not seen & KANA:
        simple = count_of(marks, SIMPLE)
        if 0 < count_of(marks, COMPLEX) < simple:
            return _few(marks, starts, told, simple)
    return _verdict(*_passages(marks, starts, told))


def _is_old(reading: Reading) -> bool:
    """Whether the rare characters of a text are those of old books: it has no particles of today, and nothing that only
    the invention has, or as good as nothing.
    """
    modern, classical = reading.count(MODERN), reading.count(CLASSICAL)
    if (reading.seen & PROOF and not classical) or modern > 2 * classical:
        return False
    if not reading.seen & (PROOF | BORROWED):
        return True
    return classical > 2 * modern and _DENSITY * reading.count(INVENTED | BORROWED) < reading.count(COMPLEX)


def _passages(marks: Marks, starts: Places, told: Marks) -> tuple[Places, Counts]:
    """Where the passages of lines begin, and their counts; ``told`` has all the flags of each line."""
    mixed = told & _BOTH == _BOTH
    if mixed.any():
        begins = np.empty(len(marks), dtype=np.bool_)
        begins[1:] = marks[:-1] & BREAK
        if not mixed.all():
            begins &= np.repeat(mixed, lengths_of(starts, len(marks)))
        begins[starts] = True
        starts = begins.nonzero()[0]
    return starts, counted(marks, starts)


class _Excerpt(NamedTuple):
    """Some lines of a text without the others: where they begin in it, and how far each is from its place."""

    marks: Marks
    starts: Places
    shifts: Places

    def places(self, places: Places) -> Places:
        """Where the places of the excerpt are in the text."""
        return places + self.shifts[np.searchsorted(self.starts, places, side="right") - 1]


def _excerpt(marks: Marks, starts: Places, chosen: npt.NDArray[np.bool_]) -> _Excerpt:
    lengths = lengths_of(starts, len(marks))
    own = np.cumsum(lengths[chosen]) - lengths[chosen]
    return _Excerpt(marks[np.repeat(chosen, lengths)], own, starts[chosen] - own)


def _few(marks: Marks, starts: Places, told: Marks, simple: int) -> Verdict:
    """The verdict on a text with fewer signs of Traditional text than of Simplified, ``simple``.

    The whole cannot be Traditional, so that only the lines with those signs need a look.
    """
    chosen = told & COMPLEX != 0
    lines = _excerpt(marks, starts, chosen)
    found, counts = _passages(lines.marks, lines.starts, told[chosen])
    verdict = _verdict(lines.places(found), counts, simple - int(counts[0].sum()))
    others = ~chosen
    others[1:] &= chosen[:-1]
    scripts = np.full(np.count_nonzero(others), SIMPLIFIED, dtype=np.uint8)
    return verdict.with_passages(starts[others], scripts)


def crowded(starts: Places, places: Places) -> Places:
    """The numbers of the stretches, given where all begin, that have enough of the places to be judged alone."""
    numbers = np.searchsorted(starts, places, side="right") - 1
    found: Places = numbers[_ENOUGH - 1 :][numbers[_ENOUGH - 1 :] == numbers[: 1 - _ENOUGH]]
    return found


def spared(verdict: Verdict, spans: Sequence[Span], length: int) -> Verdict:
    """The verdict on a text of a length, but for the spans, in order, which stay whatever they are in."""
    bounds = np.array(spans, dtype=np.int64).ravel()
    scripts = verdict.at(bounds)
    scripts[::2] = SPARED
    outside = np.searchsorted(bounds, verdict.starts, side="right") % 2 == 0
    rest = verdict._replace(starts=verdict.starts[outside], scripts=verdict.scripts[outside])
    return rest.with_passages(bounds[bounds < length], scripts[bounds < length])


def _uniform(reading: Reading, seen: int, script: int) -> Verdict:
    """The verdict on a text without a sign of another script, of whose flags ``seen`` count."""
    complex_, *signs = (reading.count(flag & seen) for flag in (COMPLEX, INVENTED, BORROWED, CORRECT))
    weights = [float(complex_ * (number == script)) for number in range(len(Script))]
    confidence = _confidence(script, weights, signs)
    return Verdict(_FIRST, np.full(1, script, dtype=np.uint8), Script(script), confidence)


def _verdict(starts: Places, counts: Counts, elsewhere: int = 0) -> Verdict:
    """The verdict on passages, given their counts and the number of signs of Simplified text outside them."""
    simple, complex_, invented, borrowed, correct, kana = counts
    leaning = (complex_ >= simple) & (complex_ > 0)
    japanese = _japanese(counts, leaning) if kana.any() else None
    against = int(simple.sum()) + elsewhere
    if japanese is not None:
        leaning &= ~japanese
        against -= int(simple[japanese].sum())
    _, telling, *signs, _ = counts[:, leaning].sum(axis=1).tolist()
    whole = telling >= max(1, against)
    scripts = (simple > 0).view(np.uint8)  # SIMPLIFIED, or OTHER
    active = leaning | (simple + complex_ == 0) if whole else leaning & (complex_ >= _ENOUGH)
    scripts[active] = TRADITIONAL
    if signs[0]:
        own = leaning & (invented + correct >= _ENOUGH)
        scripts[active & np.where(own, _is_invention(invented, borrowed, correct), _is_invention(*signs))] = PSEUDO
    if japanese is not None:
        scripts[japanese] = JAPANESE
    weights = np.bincount(scripts, weights=simple + complex_ + kana, minlength=len(Script))
    weights[SIMPLIFIED] += elsewhere
    script = int(weights.argmax())
    return Verdict(starts, scripts, Script(script), _confidence(script, weights.tolist(), signs))


def _japanese(counts: Counts, leaning: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which passages are Japanese, given those that may be Traditional otherwise."""
    simple, complex_, *_, kana = counts
    japanese: npt.NDArray[np.bool_] = (kana >= 3) & (kana > complex_)
    if kana[japanese].sum() > complex_[leaning & ~japanese].sum():
        japanese |= (kana > 0) | ((complex_ < _MUCH) & (complex_ >= simple))
    return japanese


def _is_invention(invented: Count | int, borrowed: Count | int, correct: Count | int) -> npt.NDArray[np.bool_]:
    """Whether the counts speak for the invented script. It is one-to-one: what it replaces, it replaces always."""
    return np.logical_and(np.greater(invented, 0), np.greater(np.add(invented, borrowed), correct))


def _confidence(script: int, weights: Sequence[float], signs: Sequence[int]) -> float:
    """The share of the characters that tell which tell this; one character more is taken to tell otherwise."""
    share = weights[script] / (sum(weights) + 1)
    if script in (TRADITIONAL, PSEUDO):
        invented, borrowed, correct = signs
        share *= ((invented + borrowed if script == PSEUDO else correct) + 1) / (sum(signs) + 1)
    return round(float(share), 3)
