"""Where the sentences of a line begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from processors.algorithms.hanging import pitch_end
from processors.algorithms.keyword import SENTENCE
from processors.algorithms.lexicon import Lexicon

_LEADING = re.compile(r"[(\[【『「][^()\[\]【】『』「」\n]{4,60}[)\]】』」]")
"""Brackets before a sentence are a sentence of their own."""

_APART = re.compile(
    r"(?<=[。!?…”’」』】)*])\s+(?=[\u3400-\u9fff“‘「『《【(])|(?<=[。!?…”’」』】)])\s+|\s{2,}(?=[^\u3400-\u9fffa-z0-9])"
)
"""Blanks that part two sentences as a mark does."""

_BEHIND = re.compile(r"\s+(?=[\u3400-\u9fff“‘「『《【(][^。!?]{8})")
"""A blank that does so behind what is put in: adverts stand before a paragraph with nothing else between."""


class Sentence(NamedTuple):
    """A sentence ``[start, end)`` of a line's key, and its number among those of the line."""

    line: int
    number: int
    start: int
    end: int


def sentences_of(line: int, key: str, sealed: Sequence[tuple[int, int]] = ()) -> list[Sentence]:
    """The sentences of a line; brackets before one, and what blanks part, are sentences too. None ends in what is
    ``sealed``.
    """
    out: list[Sentence] = []
    at = 0
    for found in SENTENCE.finditer(key):
        for _, end in _pieces(key, *found.span(), sealed):
            if key[at:end].strip() and not any(first < end < last for first, last in sealed):
                out.append(Sentence(line, len(out), at, end))
                at = end
    if key[at:].strip():
        out.append(Sentence(line, len(out), at, len(key)))
    return out


def parted(parts: Sequence[Sentence], key: str, cut: Sequence[tuple[int, int]], lexicon: Lexicon) -> list[Sentence]:
    """The sentences, with a pitch that was put before one without a mark between them parted from it."""
    out: list[Sentence] = []
    for line, _, start, end in parts:
        if stop := pitch_end(key, start, end, cut, lexicon):
            out.append(Sentence(line, len(out), start, stop))
        out.append(Sentence(line, len(out), stop or start, end))
    return out


def _pieces(key: str, start: int, end: int, sealed: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    opened = _LEADING.match(key, start, end)
    if opened and opened.end() < end:
        yield opened.span()
        start = opened.end()
    ends = [stop for _, stop in sealed if start < stop < end]
    behind = [_BEHIND.match(key, stop, end) for stop in ends]
    if ends and not behind[-1]:
        behind.append(_BEHIND.search(key, max(ends), end))
    blanks = [found.span() for found in (*_APART.finditer(key, start, end), *behind) if found]
    for first, stop in sorted(set(blanks)):
        if first > start and stop < end:
            yield start, stop
            start = stop
    yield start, end
