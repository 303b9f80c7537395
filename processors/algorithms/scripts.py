"""Which script the lines of a text are in: Simplified, genuine Traditional, invented Traditional or Japanese."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import (
    BLOCK,
    CODE_POINTS,
    Codes,
    Marks,
    Places,
    blocks,
    mark,
    opencc,
    rows,
    traditional_pairs,
    variants,
)

Counts = npt.NDArray[np.int64]

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

_FLAGS = 13
HAN, SIMPLE, COMPLEX, INVENTED, CORRECT, KANA, ASKS, BORROWED, BREAK, MODERN, CLASSICAL, DOUBT, STANDARD = (
    1 << bit for bit in range(_FLAGS)
)
"""What a character says. SIMPLE: only Simplified text has it. COMPLEX: only Traditional text, genuine or invented.
INVENTED: no genuine text uses it so; without COMPLEX it is a rarity that other text may name. BORROWED: invented text
has it for another character (琯 for 管), genuine text in names at most. CORRECT: what genuine text has there (管).
ASKS: its standard form depends on its neighbours. BREAK: after it another script may begin. MODERN, CLASSICAL:
a particle that tells today's prose from classical prose. DOUBT: invented text may have it for one of several.
STANDARD: COMPLEX, but in names and terms of Simplified text too."""

_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
_KANA = (range(0x3041, 0x3097), range(0x30A1, 0x30FB))

_COMPLEX_IN_GB2312 = "後捱摺菸醣麴"
"""Characters of GB2312 that are in no Simplified text today: the standard list has dropped them."""

_STANDARD = "剋氾扞苧昇祕陞脩蒐劄薳谿釐爇"
"""Characters that Traditional text has for others, and that are in the standard list of 2013 by themselves."""

_BREAKS = " ，。！？；：、“”‘’「」『』《》（）()\t"

_MODERN, _CLASSICAL = "的了是在這", "之其也乃曰矣"

_ENOUGH = 4
"""Characters of evidence from which a passage is judged by itself and not by its article."""


class Verdict(NamedTuple):
    """What a text is in: each of its passages, and the whole with how sure that is, 0 to 1."""

    starts: Places
    scripts: Scripts
    script: Script
    confidence: float


@cache
def table() -> Marks:
    """The flags of every code point."""
    marks = np.zeros(CODE_POINTS, dtype=np.uint16)
    for ranges, flag in ((_HAN, HAN), (_KANA, KANA)):
        for codes in ranges:
            marks[codes.start : codes.stop] = flag
    for characters, flag in ((_BREAKS, BREAK), (_MODERN, MODERN), (_CLASSICAL, CLASSICAL)):
        mark(marks, characters, flag)
    complex_, simple = _told_apart()
    mark(marks, complex_, COMPLEX)
    mark(marks, simple, SIMPLE)
    mark(marks, _STANDARD, STANDARD)
    reviewed = {use: [row[:2] for row in rows("reviewed") if row[2] == use] for use in ("invented", "borrowed")}
    mark(marks, "".join(source for source, _ in reviewed["invented"]), COMPLEX | INVENTED)
    mark(marks, _rare(), INVENTED)
    mark(marks, "".join(source for source, _ in reviewed["borrowed"]), BORROWED)
    mark(marks, _correct([target for pairs in reviewed.values() for _, target in pairs]), CORRECT)
    return marks


def _told_apart() -> tuple[str, str]:
    """Characters of Traditional text only, and of Simplified text only, as Big5 and GB2312 have them."""
    choices = opencc("STCharacters")
    sources = "".join(source for source, target in traditional_pairs().items() if target != source)
    common = set(sources.encode("gb2312", "ignore").decode("gb2312")) - set(_COMPLEX_IN_GB2312)
    simple = "".join(s for s in choices if s not in choices[s] and s not in traditional_pairs())
    shared = set(simple.encode("big5", "ignore").decode("big5"))
    return "".join(s for s in sources if s not in common), "".join(s for s in simple if s not in shared)


def _rare() -> str:
    """Variants that are in no list of characters in common use, Taiwan's included."""
    forms = "".join(form for form, _ in variants())
    known = set(forms.encode("big5", "ignore").decode("big5"))
    return "".join(form for form in forms if form not in known)


def _correct(targets: list[str]) -> str:
    """What genuine text has where the invention has another character: these standard forms and OpenCC's for them."""
    choices = opencc("STCharacters")
    forms = {form for target in targets for form in (target, *choices.get(target, ()))}
    return "".join(sorted(forms - {form for form, _ in variants()} - {row[0] for row in rows("reviewed")}))


class _Counts(NamedTuple):
    """For each passage how many of its characters say what; ``_COUNTED`` has the flags in the same order."""

    simple: Counts
    complex: Counts
    invented: Counts
    borrowed: Counts
    correct: Counts
    kana: Counts


_COUNTED = (SIMPLE, COMPLEX, INVENTED, BORROWED, CORRECT, KANA)

_BITS = 10
"""Of each of the counts packed into one number, so that all are summed at once …"""

_STRETCH = 2**_BITS - 1
"""… over at most so many characters."""

_STRETCH_IN_BLOCK = 2 ** (_BITS - 1)
"""A stretch that divides a block, so that none lies in two."""


def judge(codes: Codes, marks: Marks) -> Verdict:
    """The scripts of a text that is not empty, given the flags of its characters.

    A passage is a line; where a line has characters of both scripts, each of its clauses and quotations. A text whose
    characters all tell the same is one passage.
    """
    seen = int(np.bitwise_or.reduce(marks))
    if seen & COMPLEX and not seen & (SIMPLE | KANA) and not (seen & INVENTED and seen & CORRECT):
        return _uniform(marks, PSEUDO if seen & INVENTED else TRADITIONAL)
    starts = np.concatenate(([0], np.flatnonzero(codes[:-1] == ord("\n")) + 1))
    counts = _counts(marks, starts)
    mixed = (counts.simple > 0) & (counts.complex > 0)
    if mixed.any():
        within = np.repeat(mixed, np.diff(starts, append=len(codes)))
        starts = _merged(starts, np.flatnonzero(within[:-1] & (marks[:-1] & BREAK != 0)) + 1)
        counts = _counts(marks, starts)
    return _verdict(starts, counts)


def _uniform(marks: Marks, script: int) -> Verdict:
    complex_, *signs = (int(np.count_nonzero(marks & flag)) for flag in (COMPLEX, INVENTED, BORROWED, CORRECT))
    weights = [float(complex_ * (number == script)) for number in range(len(Script))]
    confidence = _confidence(script, weights, signs)
    return Verdict(np.zeros(1, dtype=np.int64), np.array([script], dtype=np.uint8), Script(script), confidence)


def _verdict(starts: Places, counts: _Counts) -> Verdict:
    simple, complex_, invented, borrowed, correct, kana = counts
    japanese = (kana >= 3) & (kana > complex_)
    leaning = (complex_ >= simple) & (complex_ > 0) & ~japanese
    whole = bool(complex_[leaning].sum() >= max(1, simple[~japanese].sum()))
    signs = [int(count[leaning].sum()) for count in (invented, borrowed, correct)]
    own = leaning & (invented + correct >= _ENOUGH)
    as_invention = np.where(own, _is_invention(invented, borrowed, correct), _is_invention(*signs))
    neutral = (simple == 0) & (complex_ == 0) & ~japanese
    active = (leaning & (whole | (complex_ >= _ENOUGH))) | (neutral & whole)
    scripts = np.where(active, np.where(as_invention, PSEUDO, TRADITIONAL), np.where(simple > 0, SIMPLIFIED, OTHER))
    scripts = np.where(japanese, JAPANESE, scripts).astype(np.uint8)
    weights = np.bincount(scripts, weights=simple + complex_ + kana, minlength=len(Script))
    script = int(weights.argmax())
    return Verdict(starts, scripts, Script(script), _confidence(script, weights.tolist(), signs))


def _is_invention(invented: Counts | int, borrowed: Counts | int, correct: Counts | int) -> npt.NDArray[np.bool_]:
    """Whether the counts speak for the invented script. It is one-to-one: what it replaces, it replaces always."""
    return np.logical_and(np.greater(invented, 0), np.greater(np.add(invented, borrowed), correct))


def _confidence(script: int, weights: Sequence[float], signs: Sequence[int]) -> float:
    """The share of the characters that tell which tell this; one character more is taken to tell otherwise."""
    share = weights[script] / (sum(weights) + 1)
    if script in (TRADITIONAL, PSEUDO):
        invented, borrowed, correct = signs
        share *= ((invented + borrowed if script == PSEUDO else correct) + 1) / (sum(signs) + 1)
    return round(float(share), 3)


@cache
def _packed() -> npt.NDArray[np.int64]:
    """For each set of flags a one in the field of each flag that is counted."""
    flags = np.arange(1 << _FLAGS, dtype=np.int64)
    fields = [((flags & flag) != 0).astype(np.int64) << _BITS * field for field, flag in enumerate(_COUNTED)]
    packed: npt.NDArray[np.int64] = np.bitwise_or.reduce(fields)
    return packed


def _counts(marks: Marks, starts: Places) -> _Counts:
    stretches, begins = starts, np.arange(len(starts))
    if len(marks) > BLOCK or np.diff(starts, append=len(marks)).max() > _STRETCH:
        stretches, begins = _divided(starts, np.arange(0, len(marks), _STRETCH_IN_BLOCK))
    sums = np.empty(len(stretches), dtype=np.int64)
    for block in blocks(len(marks)):
        first, last = np.searchsorted(stretches, (block.start, block.stop))
        np.add.reduceat(_packed().take(marks[block]), stretches[first:last] - block.start, out=sums[first:last])
    fields = (sums >> _BITS * field & _STRETCH for field in range(len(_COUNTED)))
    if stretches is starts:
        return _Counts(*fields)
    bounds = np.append(begins, len(stretches))
    return _Counts(*(np.diff(np.append(0, np.cumsum(field))[bounds]) for field in fields))


def _divided(starts: Places, at: Places) -> tuple[Places, Places]:
    """The starts with those of stretches put among them, and the number of each of the starts there."""
    places = np.searchsorted(starts, at)
    new = np.append(starts, -1)[places] != at
    places, at = places[new], at[new]
    before = np.cumsum(np.bincount(places, minlength=len(starts) + 1))[: len(starts)]
    return np.insert(starts, places, at), np.arange(len(starts)) + before


def _merged(left: Places, right: Places) -> Places:
    """The places of both, each once."""
    both = np.sort(np.concatenate((left, right)), kind="stable")
    merged: Places = both[np.append(True, both[1:] != both[:-1])]
    return merged
