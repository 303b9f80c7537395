"""Chinese text to standard Simplified or Traditional: find out what script each passage is in, then restore it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import (
    CODE_POINTS,
    Codes,
    Marks,
    blocks,
    codes_of,
    invented_pairs,
    lookup,
    mark,
    text_of,
    traditional_pairs,
)
from processors.algorithms.doubt import doubtful, settle
from processors.algorithms.phrases import decided, rules
from processors.algorithms.scripts import (
    ASKS,
    CLASSICAL,
    COMPLEX,
    DOUBT,
    HAN,
    INVENTED,
    JAPANESE,
    KANA,
    MODERN,
    PSEUDO,
    SIMPLE,
    STANDARD,
    TRADITIONAL,
    Script,
    Scripts,
    Verdict,
    judge,
)
from processors.algorithms.scripts import table as evidence
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
def _flags() -> Marks:
    marks = evidence().copy()
    mark(marks, "".join(rules()), ASKS)
    mark(marks, "".join(map(chr, doubtful())), DOUBT)
    # Only those that a word restores can ever tell; the others need no look at each text.
    for place in np.flatnonzero(marks & STANDARD).tolist():
        others = (rule for group in rules().get(chr(place), {}).values() for rule in group if rule.target != chr(place))
        if next(others, None) is None:
            marks[place] &= np.uint16(~(COMPLEX | STANDARD) & 0xFFFF)
    return marks


def _marks(codes: Codes) -> Marks:
    """The flags of a text; a standard character tells of Traditional text only in a word that has another for it."""
    marks = _flags().take(codes)
    if np.bitwise_or.reduce(marks) & STANDARD:
        places = np.flatnonzero(marks & STANDARD)
        table, begins = _tables()
        words, targets = decided(codes, table.take(codes + begins[TRADITIONAL]), places)
        marks[places] ^= np.uint16(COMPLEX)
        marks[words[targets != codes[words]]] |= np.uint16(COMPLEX)
    return marks


@cache
def _tables() -> tuple[Codes, Codes]:
    """One table after the other for text to be left, genuine and invented text, and where each script's begins."""
    begins = np.zeros(len(Script), dtype=np.uint32)
    begins[TRADITIONAL], begins[PSEUDO] = CODE_POINTS, 2 * CODE_POINTS
    return np.concatenate([lookup(pairs) for pairs in ({}, traditional_pairs(), invented_pairs())]), begins


def to_simplified(text: str, codes: Codes | None = None) -> Restored:
    """The text with every passage that is Traditional, genuine or invented, in standard Simplified; any str.

    Passages that are Simplified, Japanese or hold no Chinese stay as they are. ``codes`` are those of the text, where
    they are at hand.
    """
    if text.isascii():
        return Restored(text, Script.OTHER, 0, 1.0)
    if codes is None:
        codes = codes_of(text)
    marks = _marks(codes)
    if not np.bitwise_or.reduce(marks) & (COMPLEX | KANA):
        return _as_it_is(text, marks)
    verdict = judge(codes, marks)
    out = _restored(codes, marks, verdict)
    changed = int(np.count_nonzero(out != codes))
    if changed:
        out = _settled(out)
        changed = int(np.count_nonzero(out != codes))
    return Restored(text_of(out) if changed else text, verdict.script, changed, verdict.confidence)


def _settled(codes: Codes) -> Codes:
    """What is left of a restored text where nothing changes any more: a rest that was mixed may tell otherwise now."""
    for _ in range(_ROUNDS):
        marks = _marks(codes)
        if not np.bitwise_or.reduce(marks) & (COMPLEX | KANA):
            break
        out = _restored(codes, marks, judge(codes, marks))
        if np.array_equal(out, codes):
            break
        codes = out
    return codes


def _restored(codes: Codes, marks: Marks, verdict: Verdict) -> Codes:
    """The characters with those of Traditional passages, genuine and invented, in standard Simplified."""
    each = np.repeat(verdict.scripts, np.diff(verdict.starts, append=len(codes)))
    out = _by_table(codes, each)
    _settle(codes, out, marks, each)
    _ask(codes, out, marks, each)
    return out


def _by_table(codes: Codes, each: Scripts) -> Codes:
    """Every character in the usual standard form of the script it stands in."""
    table, begins = _tables()
    out = np.empty_like(codes)
    for block in blocks(len(codes)):
        table.take(codes[block] + begins[each[block]], out=out[block], mode="clip")
    return out


def to_regional(text: str, region: Region) -> Restored:
    """The text in the Traditional characters of a region: invented script is restored first; any str.

    Genuine Traditional passages keep their characters but for those that the region prefers others for; Japanese ones
    keep all.
    """
    codes = codes_of(text)
    marks = _marks(codes)
    simple = to_simplified(text, codes)
    if not len(codes) or not np.bitwise_or.reduce(marks) & HAN:
        return simple
    out = _regional(text, simple.text, judge(codes, marks), region)
    for _ in range(_ROUNDS):
        now = codes_of(out)
        marks = _marks(now)
        seen = int(np.bitwise_or.reduce(marks))
        if seen & COMPLEX and not seen & (SIMPLE | KANA | INVENTED):
            break
        before, out = out, _regional(out, to_simplified(out, now).text, judge(now, marks), region)
        if out == before:
            break
    changed = int(np.count_nonzero(codes_of(out) != codes))
    return Restored(out, simple.script, changed, simple.confidence)


def _regional(text: str, simple: str, verdict: Verdict, region: Region) -> str:
    """The passages of a text, given with what it is in Simplified, in the characters of a region."""
    ends = [*verdict.starts[1:].tolist(), len(text)]
    parts: list[str] = []
    for script, start, end in zip(verdict.scripts.tolist(), verdict.starts.tolist(), ends, strict=True):
        if script == JAPANESE:
            parts.append(text[start:end])
        elif script == TRADITIONAL:
            parts.append(in_region(text[start:end], region))
        else:
            parts.append(to_traditional(simple[start:end], region))
    return "".join(parts)


def _as_it_is(text: str, marks: Marks) -> Restored:
    """A text without a character of Traditional or Japanese text."""
    if not np.bitwise_or.reduce(marks) & HAN:
        return Restored(text, Script.OTHER, 0, 1.0)
    simple = int(np.count_nonzero(marks & SIMPLE))
    return Restored(text, Script.SIMPLIFIED, 0, round(simple / (simple + 1), 3))


def _settle(codes: Codes, out: Codes, marks: Marks, each: Scripts) -> None:
    """Put what the text lacks in the places of characters that may be for one of several."""
    places = np.flatnonzero((marks & DOUBT) != 0)
    places = places[each[places] == PSEUDO]
    if len(places):
        settle(codes, out, places, np.flatnonzero(each == PSEUDO))


def _ask(codes: Codes, out: Codes, marks: Marks, each: Scripts) -> None:
    """Put what the words around them say in the places of characters that depend on them."""
    places = np.flatnonzero((marks & ASKS) != 0)
    places = places[(each[places] == TRADITIONAL) | (each[places] == PSEUDO)]
    if not len(places):
        return
    decided_places, targets = decided(codes, out, places)
    out[decided_places] = targets
    open_ = places[(codes[places] == WORK) & (out[places] == ASPECT) & (each[places] == TRADITIONAL)]
    if len(open_) and _keeps_work(codes, marks, each == TRADITIONAL, len(open_)):
        out[open_] = WORK


def _keeps_work(codes: Codes, marks: Marks, genuine: npt.NDArray[np.bool_], undecided: int) -> bool:
    """Whether genuine Traditional text keeps 著 and 着 apart: it has more of the other, or it is classical."""
    modern, classical = (np.count_nonzero((marks & flag != 0) & genuine) for flag in (MODERN, CLASSICAL))
    return bool(np.count_nonzero((codes == ASPECT) & genuine) > undecided or classical > 2 * modern + 2)
