"""A key of a text for comparing: what differs only in script, width, case or fancy form becomes the same."""

from __future__ import annotations

import unicodedata
from functools import cache

from processors.algorithms.characters import Codes, codes_of, invented_pairs, lookup, text_of

_BLOCKS = (
    range(0x80, 0x3000),  # Latin, Greek, Cyrillic, digits of many scripts, circled and superscript forms, radicals
    range(0x3200, 0x3280),  # enclosed forms in brackets; the circled words behind them decorate, they spell nothing
    range(0x32B1, 0x3400),  # circled numbers, squared forms
    range(0xA000, 0xAC00),
    range(0xF900, 0x10000),  # compatibility ideographs, full-width and half-width forms
    range(0x1D400, 0x1D800),  # mathematical letters and digits
    range(0x1F100, 0x1F200),  # enclosed letters and digits
    range(0x1FBF0, 0x1FBFA),  # segmented digits
    range(0x2F800, 0x2FA20),
)
"""Where characters with a compatibility form or a digit value lie; all of Unicode would take half a second."""

_STEPS = 3
"""Doublings of the way a character goes: full-width -> capital -> small; compatibility -> variant -> standard."""

_CIRCLED_ZERO = {
    "\N{DINGBAT NEGATIVE CIRCLED SANS-SERIF DIGIT ZERO}": "0",
    "\N{DINGBAT CIRCLED SANS-SERIF DIGIT ZERO}": "0",
}


def fold(text: str) -> str:
    """The comparison key of a text: as long as the text, character for character, for any str.

    Traditional, invented and variant Chinese characters become standard Simplified ones, wide and fancy letters and
    digits ASCII, capitals small. For matching only: it is blind to context (``著`` becomes ``着`` in ``著名`` too).
    """
    if text.isascii():
        return text.lower()
    return text_of(_table()[codes_of(text)])


@cache
def _table() -> Codes:
    pairs: dict[str, str] = {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    pairs |= {chr(code): plain for block in _BLOCKS for code in block if (plain := _plain(chr(code))) != chr(code)}
    pairs |= _CIRCLED_ZERO
    table = lookup(pairs | dict(invented_pairs()))
    for _ in range(_STEPS):
        table = table[table]
    return table


def _plain(character: str) -> str:
    """The ASCII digit, the small letter or the unified form a character stands for, where that is one character."""
    if character.lower() == character and unicodedata.is_normalized("NFKC", character) and not character.isdigit():
        return character
    value = unicodedata.digit(character, None)
    if value is not None:
        return str(value)
    whole = unicodedata.normalize("NFKC", character)
    for form in (whole, whole.strip("()."), character):
        if len(form.lower()) == 1:
            return form.lower()
    return character
