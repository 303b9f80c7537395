"""Kinds of characters as flags, looked up for all of a text at once: what stands where, without a pattern."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from processors.algorithms.characters import CODE_POINTS, Marks, Places, codes_of

BREAK, BLANK, HAN, SIGN, LATIN, STAR, INVISIBLE, ENTITY, SENTENCE_END, COMMA, SMALL, BRACKET, WRAP = (
    1 << bit for bit in range(13)
)

SETS = {
    BREAK: "\n\r\v\f\x1c-\x1e\x85\u2028\u2029",
    BLANK: r"\s",
    HAN: "\u3400-\u9fff\U00020000-\U0003ffff",
    SIGN: "*+~^丶丨/_.·•・| -",
    LATIN: "a-z0-9:/.",
    STAR: "*",
    INVISIBLE: "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff"
    "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
    ENTITY: "&",
    SENTENCE_END: "。!?;…",
    COMMA: ",、",
    SMALL: "a-z",
    BRACKET: r"(\[『「“",
    WRAP: "/#@<【_*~=^—\u2190-\u22ff\u2460-\u24ff\u2500-\u27bf\u2b00-\u2bff\u203b\u3280-\u32b0\U0001f000-\U0001faff",
}
"""The characters of each kind, as in a set of a pattern; of folded text."""

REACHED, PUT_IN = LATIN | WRAP, LATIN | WRAP | BRACKET
"""One of these an address or a way to get in touch has, and one of these all that is put into a text, but for names."""

BLANKS = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
"""All blank characters, for stripping them together with others."""


_PART = re.compile("(.)-(.)|(.)", re.DOTALL)
"""A range of a set, or one character of it."""


def kinds_of(key: str) -> Marks:
    """The kinds of each character of a folded text, and a 0 for its end."""
    kinds = np.zeros(len(key) + 1, dtype=np.uint16)
    np.take(_table(), codes_of(key), out=kinds[:-1], mode="clip")
    return kinds


@cache
def _table() -> Marks:
    table = np.zeros(CODE_POINTS, dtype=np.uint16)
    for kind, characters in SETS.items():
        table[codes_in(characters)] |= np.uint16(kind)
    return table


def codes_in(characters: str) -> Places:
    """The code points of a set of a pattern. To let the pattern find them among all code points would take long."""
    parts = [
        (ord(first or one), ord(last or one))
        for first, last, one in _PART.findall(characters.replace(r"\s", BLANKS).replace("\\", ""))
    ]
    return np.concatenate([np.arange(first, last + 1) for first, last in parts])
