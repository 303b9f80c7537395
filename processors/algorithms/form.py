"""What tidying does with each character: the flags that say it, and the plain forms of wide characters."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np

from processors.algorithms.characters import CODE_POINTS, Codes, Marks, lookup, mark, rows
from processors.algorithms.evidence import SCRIPT_BITS
from processors.algorithms.garbled import LATIN_LETTERS, SUSPECTS

INVISIBLE, CONTROL, WIDE, SIGN, LINE_END, BLANK, SPACE, JOINER, PRIVATE, COMPOSES, REFERENCE, SUSPECT, LATIN = (
    1 << bit for bit in range(SCRIPT_BITS, SCRIPT_BITS + 13)
)
"""WIDE: has a plain form. SIGN: has one among wide letters and digits. BLANK: becomes a space. SPACE: is one, then.
JOINER: goes where it joins nothing. COMPOSES: may be out of NFC. SUSPECT, LATIN: a wrong encoding may have left it.
The flags stand above those of script, so that both fit in one."""

_INVISIBLE = (
    "\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}\N{MONGOLIAN VOWEL SEPARATOR}\N{ZERO WIDTH SPACE}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\u202a\u202b\u202c\u202d\u202e"
    "\N{WORD JOINER}\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    "\N{ZERO WIDTH NO-BREAK SPACE}\ufff9\ufffa\ufffb\u034f\u115f\u1160\u180b\u180c\u180d\u180f\u2065\U000e0001"
)
_BLANK = "\t\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_BLANK += "\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}\N{IDEOGRAPHIC SPACE}\N{HANGUL FILLER}"
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}"
TAGS = range(0xE0020, 0xE0080)
_WIDE = [range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B)]
WIDE_BY = 0xFF00 - ord(" ")
"""How far wide letters, digits and signs are from the plain ones."""
WIDE_SIGNS = "".join(chr(WIDE_BY + ord(sign)) for sign in "%@/.+-=#$*_:")
"""Wide signs that are no punctuation of Chinese, and the colon of addresses."""
_SAME = [range(0x2E80, 0x2FE0), range(0x1D400, 0x1D800)]
"""Radicals used for characters (a habit of PDF) and mathematical letters: their compatibility form says the same; for
radicals that have none Unicode lists the character."""
_PRIVATE = [range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE)]
_COMPOSED = [
    *(range(0x300), range(0x2002, 0x20D0)),
    *(range(0x2100, 0x2126), range(0x212C, 0x2329), range(0x232B, 0x2ADC)),
    *(range(0x3000, 0x302A), range(0x3030, 0x3099), range(0x309B, 0xA000)),
    range(0xAC00, 0xD7A4),
    range(0xE000, 0xF900),
    range(0xFE30, 0xFFF0),
    range(0x1F000, 0x1FB00),
    *(range(0x20000, 0x2F800), range(0x30000, 0x32000)),
]
"""Characters of these blocks are in NFC wherever they stand; texts of nothing else need no closer look."""


@cache
def form() -> Marks:
    """The flags of every code point."""
    marks = np.full(CODE_POINTS, COMPOSES, dtype=np.uint32)
    for block in _COMPOSED:
        marks[block.start : block.stop] = 0
    controls = "".join(chr(c) for c in [*range(0x20), *range(0x7F, 0xA0)] if chr(c) not in "\t\n" + _LINE_ENDS)
    groups = (
        (_INVISIBLE, INVISIBLE),
        (controls, CONTROL),
        ("".join(_plain_forms()), WIDE),
        (WIDE_SIGNS, SIGN),
        (_LINE_ENDS, LINE_END),
        (_BLANK, BLANK),
        (_BLANK + " ", SPACE),
        (_JOINERS, JOINER),
        ("&", REFERENCE),
        (SUSPECTS, SUSPECT),
        (LATIN_LETTERS, LATIN),
    )
    for characters, flag in groups:
        mark(marks, characters, flag)
    for block in _PRIVATE:
        marks[block.start : block.stop] |= PRIVATE
    for block in (range(0xE0100, 0xE01F0), range(0xFE00, 0xFE0E)):
        marks[block.start : block.stop] |= INVISIBLE
    marks[TAGS.start : TAGS.stop] |= JOINER
    return marks


@cache
def plain_forms() -> Codes:
    """For each code point the plain one: of wide letters, of radicals, and of lone surrogates."""
    return lookup(_plain_forms())


@cache
def _plain_forms() -> dict[str, str]:
    wide = {row[0]: row[1] for row in rows("radicals")}
    wide |= {chr(c): plain for block in _WIDE + _SAME for c in block if (plain := _compatible(chr(c))) != chr(c)}
    return {source: target for source, target in wide.items() if len(target) == 1} | {
        chr(c): "\N{REPLACEMENT CHARACTER}" for c in range(0xD800, 0xE000)
    }


def _compatible(character: str) -> str:
    return unicodedata.normalize("NFKC", character)
