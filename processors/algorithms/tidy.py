"""Form of a text that is not script: blanks, line ends, invisible characters, widths and the Unicode form."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import CODE_POINTS, Codes, Marks, codes_of, lookup, mark, text_of

Flags = npt.NDArray[np.bool_]

Kept = npt.NDArray[np.int64]
"""For each character of a tidied text the place in the text before of the character that it was."""

INVISIBLE, CONTROL, WIDE, LINE_END, BLANK, SPACE, JOINER, PRIVATE = (1 << bit for bit in range(8))

_INVISIBLE = (
    "\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}\N{MONGOLIAN VOWEL SEPARATOR}\N{ZERO WIDTH SPACE}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\u202a\u202b\u202c\u202d\u202e"
    "\N{WORD JOINER}\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    "\N{ZERO WIDTH NO-BREAK SPACE}\ufff9\ufffa\ufffb"
)
_BLANK = "\t\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_BLANK += "\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}\N{IDEOGRAPHIC SPACE}\N{HANGUL FILLER}"
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}"
_WIDE = [range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B)]
_SAME = [range(0x2E80, 0x2FE0), range(0x1D400, 0x1D800)]
"""Radicals used for characters (a habit of PDF) and mathematical letters: their compatibility form says the same."""
_PRIVATE = [range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE)]


class Tidied(NamedTuple):
    """A tidied text; ``kept`` is None where nothing was removed, or where characters were composed into one."""

    text: str
    kept: Kept | None
    aligned: bool


@cache
def _tables() -> tuple[Marks, Codes]:
    wide = {chr(c): unicodedata.normalize("NFKC", chr(c)) for block in _WIDE + _SAME for c in block}
    wide = {source: target for source, target in wide.items() if target != source and len(target) == 1}
    wide |= {chr(c): "\N{REPLACEMENT CHARACTER}" for c in range(0xD800, 0xE000)}
    marks = np.zeros(CODE_POINTS, dtype=np.uint8)
    controls = "".join(chr(c) for c in [*range(0x20), *range(0x7F, 0xA0)] if chr(c) not in "\t\n" + _LINE_ENDS)
    invisible = _INVISIBLE + "".join(map(chr, range(0xE0100, 0xE01F0)))
    groups = (
        (invisible, INVISIBLE),
        (controls, CONTROL),
        ("".join(wide), WIDE),
        (_LINE_ENDS, LINE_END),
        (_BLANK, BLANK),
        (_BLANK + " ", SPACE),
        (_JOINERS, JOINER),
    )
    for characters, flag in groups:
        mark(marks, characters, flag)
    for block in _PRIVATE:
        marks[block.start : block.stop] |= PRIVATE
    return marks, lookup(wide)


def tidy(text: str, *, widths: bool = True, blanks: bool = True, private_use: bool = True) -> Tidied:
    r"""The text in NFC with ``\n`` for every line end and without invisible and control characters; any str.

    ``widths`` makes full-width letters and digits half-width, ``blanks`` makes every run of blanks one space and
    none at the ends of a line, ``private_use`` False removes private-use characters. The number of lines, counted
    at the line ends, stays. Lone surrogates become U+FFFD, which every encoding has.
    """
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    tidied = _tidied(composed, widths, blanks, private_use)
    again = tidied.text
    # What was removed may have stood before a combining mark.
    while again is not composed and not unicodedata.is_normalized("NFC", again):
        again = _tidied(unicodedata.normalize("NFC", again), widths, blanks, private_use).text
    if len(composed) != len(text) or len(again) != len(tidied.text):
        return Tidied(again, None, aligned=False)
    return Tidied(again, tidied.kept, aligned=True)


def _tidied(text: str, widths: bool, blanks: bool, private_use: bool) -> Tidied:
    marks_of, wide = _tables()
    before = codes_of(text)
    codes, out, marks = before, before, marks_of.take(before)
    seen = int(np.bitwise_or.reduce(marks, initial=0))
    if seen & WIDE:
        out = np.where(marks & WIDE != 0, wide[codes], codes) if widths else _sound(codes)
    if seen & LINE_END:
        out = np.where(marks & LINE_END != 0, np.uint32(ord("\n")), out)
    if blanks and seen & BLANK:
        out = np.where(marks & BLANK != 0, np.uint32(ord(" ")), out)
    kept: Kept | None = None
    for removed in _removals(seen, blanks, private_use):
        stays = ~removed(codes, out, marks)
        if not stays.all():
            codes, out, marks = codes[stays], out[stays], marks[stays]
            kept = np.flatnonzero(stays) if kept is None else kept[stays]
    return Tidied(text if out is before else text_of(out), kept, aligned=True)


def _sound(codes: Codes) -> Codes:
    """The codes with the replacement character for surrogates, which no file can hold."""
    return np.where((codes >= 0xD800) & (codes < 0xE000), np.uint32(0xFFFD), codes)


Removal = Callable[[Codes, Codes, Marks], Flags]
"""Which characters go, given a text's codes before and after replacement and the marks of those before."""


def _removals(seen: int, blanks: bool, private_use: bool) -> Iterator[Removal]:
    """What is removed from a text with the marks ``seen``, one kind after the other."""
    unwanted = INVISIBLE | CONTROL | (0 if private_use else PRIVATE)
    if seen & LINE_END:
        yield lambda codes, out, marks: (codes == ord("\r")) & (_after(codes) == ord("\n"))
    if seen & unwanted:
        yield lambda codes, out, marks: marks & unwanted != 0
    if seen & JOINER:
        yield lambda codes, out, marks: (marks & JOINER != 0) & ~_joining(codes)
    if blanks and seen & SPACE:
        yield lambda codes, out, marks: _spare(out)


def _before(codes: Codes) -> Codes:
    return np.concatenate((np.zeros(min(1, len(codes)), dtype=np.uint32), codes[:-1]))


def _after(codes: Codes) -> Codes:
    return np.concatenate((codes[1:], np.zeros(min(1, len(codes)), dtype=np.uint32)))


def _joining(codes: Codes) -> Flags:
    """Which characters follow one that a joiner or a selector means something to: Indic, Arabic, emoji, keycaps."""
    before = _before(codes)
    selector = (codes == 0xFE0E) | (codes == 0xFE0F)
    emoji = _is_emoji(before) | ((before == 0xFE0F) & ~selector & _is_emoji(_before(before)))
    letters = (before >= 0x600) & (before < 0x1100) & ~selector
    keycaps = (before == 0x23) | (before == 0x2A) | ((before >= 0x30) & (before < 0x3A))
    joining: Flags = letters | emoji | (keycaps & selector)
    return joining


def _is_emoji(codes: Codes) -> Flags:
    found: Flags = ((codes >= 0x2190) & (codes < 0x2C00)) | ((codes >= 0x1F000) & (codes < 0x20000))
    return found


def _spare(codes: Codes) -> Flags:
    """Which spaces go: all but the first of a run, and those at the ends of a line."""
    space, line_end = codes == ord(" "), codes == ord("\n")
    before = np.concatenate((np.ones(min(1, len(codes)), dtype=np.bool_), (space | line_end)[:-1]))
    begins = np.flatnonzero(space & ~before)
    spare: Flags = space.copy()
    spare[begins] = False  # the first of each run inside a line stays, unless the run ends the line
    other = np.flatnonzero(~space)
    following = np.searchsorted(other, begins)
    inside = following < len(other)
    inside[inside] = ~line_end[other[following[inside]]]
    spare[begins[~inside]] = True
    return spare
