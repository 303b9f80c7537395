"""HTML character references that were left in a text, such as ``&nbsp;`` and ``&#12288;``."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

import numpy as np

from processors.algorithms.characters import Places

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
"""With the semicolon only: without it a reference may be part of an address (``?a=1&copy=2``)."""


def decoded(text: str) -> tuple[str, Places | None]:
    """The text with each reference replaced by its character, and where each character of it stood before.

    The character takes the place of the ``&``; None says that nothing was replaced. References to control characters
    and line ends become a blank, for lines are counted before. A reference inside another (``&amp;nbsp;``) is left.
    """
    parts: list[str] = []
    gone: list[tuple[int, int]] = []
    at = 0
    for found in _REFERENCE.finditer(text):
        character = _character(found[0])
        if character is not None:
            parts += text[at : found.start()], character
            gone.append((found.start() + 1, found.end()))
            at = found.end()
    if not gone:
        return text, None
    stays = np.ones(len(text), dtype=np.bool_)
    for start, end in gone:
        stays[start:end] = False
    return "".join([*parts, text[at:]]), np.flatnonzero(stays)


def _character(reference: str) -> str | None:
    """The character a reference stands for; None where it is none, or stands for several."""
    if reference[1] != "#" and reference[1:] not in html5:
        return None
    character = unescape(reference)
    if len(character) != 1:
        return None if character else " "
    return character if character.isprintable() or character in "\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}" else " "
