"""Where the sentences of a line begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from processors.algorithms.hanging import FEW, pitch_end
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
    at, closed = 0, bytearray(len(key) + 1)
    for first, last in sealed:
        closed[first + 1 : last] = b"\x01" * (last - first - 1)
    stops = sorted((stop, number) for number, (_, stop) in enumerate(sealed))
    for found in SENTENCE.finditer(key):
        for _, end in _pieces(key, *found.span(), stops):
            if key[at:end].strip() and not closed[end]:
                out.append(Sentence(line, len(out), at, end))
                at = end
    if key[at:].strip():
        out.append(Sentence(line, len(out), at, len(key)))
    return out


def parted(parts: Sequence[Sentence], key: str, cut: Sequence[tuple[int, int]], lexicon: Lexicon) -> list[Sentence]:
    """The sentences, with a pitch that was put before one without a mark between them parted from it."""
    out: list[Sentence] = []
    firsts, lasts = [first for first, _ in cut], [last for _, last in cut]
    for line, _, start, end in parts:
        near = cut[bisect_left(lasts, start) : bisect_right(firsts, max(end, start + FEW))]
        if stop := pitch_end(key, start, end, near, lexicon):
            out.append(Sentence(line, len(out), start, stop))
        out.append(Sentence(line, len(out), stop or start, end))
    return out


def _pieces(key: str, start: int, end: int, stops: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A sentence by its brackets and blanks; ``stops`` are the ends of what is sealed in order, each with a number."""
    opened = _LEADING.match(key, start, end)
    if opened and opened.end() < end:
        yield opened.span()
        start = opened.end()
    inside = stops[bisect_right(stops, (start, len(stops))) : bisect_left(stops, (end,))]
    ends = [stop for _, stop in sorted((number, stop) for stop, number in inside)]
    behind = [_BEHIND.match(key, stop, end) for stop in ends]
    if ends and not behind[-1]:
        behind.append(_BEHIND.search(key, max(ends), end))
    blanks = [found.span() for found in (*_APART.finditer(key, start, end), *behind) if found]
    for first, stop in sorted(set(blanks)):
        if first > start and stop < end:
            yield start, stop
            start = stop
    yield start, end
