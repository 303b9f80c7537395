"""Chinese text to standard Simplified or Traditional: find out what script each passage is in, then restore it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import (
    CODE_POINTS,
    Codes,
    Places,
    codes_of,
    invented_pairs,
    lookup,
    text_of,
    traditional_pairs,
)
from processors.algorithms.doubt import settle
from processors.algorithms.evidence import (
    ASKS,
    CLASSICAL,
    COMPLEX,
    DOUBT,
    HAN,
    INVENTED,
    KANA,
    MODERN,
    SIMPLE,
    STANDARD,
    TELLS,
    evidence,
)
from processors.algorithms.phrases import decided, decided_near
from processors.algorithms.reading import Reading, read
from processors.algorithms.scripts import JAPANESE, PSEUDO, SPARED, TRADITIONAL, Script, Verdict, judge, spared
from processors.algorithms.traditional import Region, in_region, to_traditional

ASPECT, WORK = ord("着"), ord("著")
"""Hong Kong and classical prose keep the two apart, Taiwan and the invented script write both 著."""

_ROUNDS = 6
"""A text of several scripts is converted until it stays as it is, but no more often."""


class Restored(NamedTuple):
    """A text in standard Simplified, as long as the text it came from, and what that was in; see ``Verdict``."""

    text: str
    script: Script
    changed: int
    confidence: float


@cache
def _tables() -> tuple[Codes, Places]:
    """One table after the other for text to be left, genuine and invented text, and where each script's begins."""
    begins = np.zeros(SPARED + 1, dtype=np.int64)
    begins[TRADITIONAL], begins[PSEUDO] = CODE_POINTS, 2 * CODE_POINTS
    return np.concatenate([lookup(pairs) for pairs in ({}, traditional_pairs(), invented_pairs())]), begins


def to_simplified(text: str, reading: Reading | None = None) -> Restored:
    """The text with every passage that is Traditional, genuine or invented, in standard Simplified; any str.

    Passages that are Simplified or Japanese, hold no Chinese or were read in the wrong encoding stay as they are.
    ``reading`` is the text's, where it is at hand.
    """
    if text.isascii():
        return Restored(text, Script.OTHER, 0, 1.0)
    first = _told(reading or read(text))
    if not first.seen & (COMPLEX | KANA):
        return _as_it_is(first)
    verdict = _judged(first)
    if not verdict.changes():
        return Restored(text, verdict.script, 0, verdict.confidence)
    out = _settled(first, verdict)
    changed = int(np.count_nonzero(out != first.codes))
    return Restored(text_of(out) if changed else text, verdict.script, changed, verdict.confidence)


def _told(reading: Reading) -> Reading:
    """The reading with standard characters telling of Traditional text where they stand in a word that has another for
    them; where nothing speaks against Traditional text, it needs no word.
    """
    seen = reading.seen
    if not seen & STANDARD or (seen & COMPLEX and not seen & (SIMPLE | KANA)):
        return reading
    table, begins = _tables()
    places = np.flatnonzero((reading.marks & STANDARD) != 0)
    words, targets = decided_near(reading.codes, table[begins[TRADITIONAL] :], places)
    words = words[targets != reading.codes[words]]
    if not len(words):
        return reading
    marks = reading.marks.copy()
    marks[words] |= np.uint32(COMPLEX)
    return reading._replace(marks=marks, seen=seen | COMPLEX)


def _judged(reading: Reading) -> Verdict:
    verdict = judge(reading.codes, reading.marks, reading.seen)
    return spared(verdict, reading.garbled, len(reading.codes)) if reading.garbled else verdict


def _settled(reading: Reading, verdict: Verdict) -> Codes:
    """A text restored until nothing changes any more: a rest that was mixed may tell otherwise after the first time."""
    codes, tells = _restored(reading, verdict)
    if not tells:
        return codes
    for _ in range(_ROUNDS):
        reading = _told(read(text_of(codes), codes))
        if not reading.seen & (COMPLEX | KANA):
            break
        verdict = _judged(reading)
        if not verdict.changes():
            break
        out, _ = _restored(reading, verdict)
        if np.array_equal(out, codes):
            break
        codes = out
    return codes


def _restored(reading: Reading, verdict: Verdict) -> tuple[Codes, bool]:
    """The characters with those of Traditional passages, genuine and invented, in standard Simplified, and whether what
    is left may still tell of Traditional text: of that in one script only a word can leave it.
    """
    codes, marks, seen = reading.codes, reading.marks, reading.seen
    ended = np.empty(len(codes) + 1, dtype=np.uint32)
    ended[-1] = 0
    out = ended[:-1]
    _by_table(codes, verdict, out)
    tells = len(verdict.scripts) > 1
    if not seen & (ASKS | DOUBT):
        return out, tells
    places = np.flatnonzero((marks & (ASKS | DOUBT)) != 0)
    flags, scripts = marks[places], verdict.at(places)
    doubtful = places[(flags & DOUBT != 0) & (scripts == PSEUDO)]
    if len(doubtful):
        settle(codes, out, doubtful, out[_stands_in(verdict, PSEUDO, len(codes))])
    asking = (flags & ASKS != 0) & ((scripts == TRADITIONAL) | (scripts == PSEUDO))
    asked = places[asking]
    if len(asked):
        words, targets = decided(codes, ended, asked)
        out[words] = targets
        tells = tells or bool(np.bitwise_or.reduce(evidence().take(targets), initial=0) & TELLS)
        _keep_work(reading, verdict, out, asked[scripts[asking] == TRADITIONAL])
    return out, tells


def _by_table(codes: Codes, verdict: Verdict, out: Codes) -> None:
    """Put every character in the usual standard form of the script it stands in."""
    table, begins = _tables()
    if len(verdict.scripts) == 1:
        table[begins[verdict.scripts[0]] :].take(codes, out=out, mode="clip")
    else:
        at = np.repeat(begins[verdict.scripts], np.diff(verdict.starts, append=len(codes)))
        at += codes
        table.take(at, out=out, mode="clip")


def _stands_in(verdict: Verdict, script: int, length: int) -> slice | npt.NDArray[np.bool_]:
    """Which characters of a text of a length stand in a script."""
    if len(verdict.scripts) == 1:
        return slice(None)
    return np.repeat(verdict.scripts == script, np.diff(verdict.starts, append=length))


def _keep_work(reading: Reading, verdict: Verdict, out: Codes, asked: Places) -> None:
    """Take the 著 that no word decided, among the characters ``asked`` about, for the other word where genuine
    Traditional text keeps 著 and 着 apart: it has more of the other, or it is classical.
    """
    open_ = asked[(reading.codes[asked] == WORK) & (out[asked] == ASPECT)]
    if not len(open_):
        return
    genuine = _stands_in(verdict, TRADITIONAL, len(out))
    marks = reading.marks[genuine]
    modern, classical = (np.count_nonzero(marks & flag) for flag in (MODERN, CLASSICAL))
    if np.count_nonzero(reading.codes[genuine] == ASPECT) > len(open_) or classical > 2 * modern + 2:
        out[open_] = WORK


def to_regional(text: str, region: Region, reading: Reading | None = None) -> Restored:
    """The text in the Traditional characters of a region: invented script is restored first; any str.

    Genuine Traditional passages keep their characters but for those that the region prefers others for; Japanese ones
    and those read in the wrong encoding keep all.
    """
    first = _told(reading or read(text))
    simple = to_simplified(text, first)
    if not first.seen & HAN:
        return simple
    out = _regional(text, simple.text, _judged(first), region)
    for _ in range(_ROUNDS):
        now = _told(read(out))
        if now.seen & COMPLEX and not now.seen & (SIMPLE | KANA | INVENTED) and not now.garbled:
            break
        before, out = out, _regional(out, to_simplified(out, now).text, _judged(now), region)
        if out == before:
            break
    changed = int(np.count_nonzero(codes_of(out) != first.codes))
    return Restored(out, simple.script, changed, simple.confidence)


def _regional(text: str, simple: str, verdict: Verdict, region: Region) -> str:
    """The passages of a text, given with what it is in Simplified, in the characters of a region."""
    ends = [*verdict.starts[1:].tolist(), len(text)]
    parts: list[str] = []
    for script, start, end in zip(verdict.scripts.tolist(), verdict.starts.tolist(), ends, strict=True):
        if script in (JAPANESE, SPARED):
            parts.append(text[start:end])
        elif script == TRADITIONAL:
            parts.append(in_region(text[start:end], region))
        else:
            parts.append(to_traditional(simple[start:end], region))
    return "".join(parts)


def _as_it_is(reading: Reading) -> Restored:
    """A text without a character of Traditional or Japanese text."""
    if not reading.seen & HAN:
        return Restored(reading.text, Script.OTHER, 0, 1.0)
    simple = int(np.count_nonzero(reading.marks & SIMPLE))
    return Restored(reading.text, Script.SIMPLIFIED, 0, round(simple / (simple + 1), 3))
