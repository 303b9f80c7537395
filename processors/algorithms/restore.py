"""Chinese text to standard Simplified: find out what script each line is in, then restore what is not Simplified."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import (
    Codes,
    Marks,
    codes_of,
    invented_pairs,
    lookup,
    mark,
    text_of,
    traditional_pairs,
)
from processors.algorithms.phrases import decided, rules
from processors.algorithms.scripts import ASKS, COMPLEX, HAN, KANA, SIMPLE, Script, judge, line_starts
from processors.algorithms.scripts import table as evidence

ASPECT, WORK = ord("着"), ord("著")
"""Hong Kong and classical prose keep the two apart, Taiwan and the invented script write both 著."""

MODERN, CLASSICAL = "的了是在這", "之其也乃曰矣"
"""Particles that tell today's prose from classical prose, which has no use for the particle 着."""


class Restored(NamedTuple):
    """A text in standard Simplified, as long as the text it came from, and what that was in."""

    text: str
    script: Script
    changed: int


@cache
def _tables() -> tuple[Marks, Codes, Codes]:
    marks = evidence().copy()
    mark(marks, "".join(rules()), ASKS)
    return marks, lookup(traditional_pairs()), lookup(invented_pairs())


def to_simplified(text: str) -> Restored:
    """The text with every line that is Traditional, genuine or invented, in standard Simplified; any str.

    Lines that are Simplified, Japanese or hold no Chinese stay as they are.
    """
    if text.isascii():
        return Restored(text, Script.OTHER, 0)
    flags, traditional, invented = _tables()
    codes = codes_of(text)
    marks = flags.take(codes)
    seen = int(np.bitwise_or.reduce(marks))
    if not seen & (COMPLEX | KANA):
        return Restored(text, Script.SIMPLIFIED if seen & HAN else Script.OTHER, 0)
    starts = line_starts(codes)
    scripts = judge(marks, starts)
    each = np.repeat(scripts, np.diff(starts, append=len(codes)))
    out = codes
    for script, pairs in ((Script.TRADITIONAL, traditional), (Script.INVENTED, invented)):
        if (scripts == script).any():
            out = np.where(each == script, pairs[codes], out)
    places = np.flatnonzero((marks & ASKS != 0) & ((each == Script.TRADITIONAL) | (each == Script.INVENTED)))
    if len(places):
        _ask(codes, out, places, each == Script.TRADITIONAL)
    return Restored(text_of(out), _prevailing(scripts, marks, starts), int((out != codes).sum()))


def _ask(codes: Codes, out: Codes, places: npt.NDArray[np.int64], traditional: npt.NDArray[np.bool_]) -> None:
    """Put what the words around them say in the places of characters that depend on them."""
    for place, target in list(decided(codes, text_of(out), out, places)):
        out[place] = ord(target)
    _keep_work(codes, out, traditional)


def _keep_work(codes: Codes, out: Codes, traditional: npt.NDArray[np.bool_]) -> None:
    """Put 著 back in genuine Traditional text that keeps it apart from 着, where no word has decided."""
    open_ = np.flatnonzero(traditional & (codes == WORK) & (out == ASPECT))
    if not len(open_):
        return
    genuine = codes[traditional]
    modern, classical = (int(np.isin(genuine, codes_of(particles)).sum()) for particles in (MODERN, CLASSICAL))
    if int((genuine == ASPECT).sum()) > len(open_) or classical > 2 * modern + 2:
        out[open_] = WORK


def _prevailing(scripts: npt.NDArray[np.uint8], marks: Marks, starts: npt.NDArray[np.int64]) -> Script:
    """The script most of the text is in, counted in characters that tell; there are some."""
    telling = np.append(marks & (SIMPLE | COMPLEX | KANA) != 0, False)
    weights = np.add.reduceat(telling, starts, dtype=np.int64)
    return Script(int(np.bincount(scripts, weights=weights, minlength=len(Script)).argmax()))
