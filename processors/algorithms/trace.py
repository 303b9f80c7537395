"""The book of a text that lost characters: which raw range each stretch of what is left came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from pipeline.spans import Piece, Span
from processors.algorithms.characters import CODE_POINTS, codes_of

Flags = npt.NDArray[np.bool_]

_EXACT, _BLANK, _LOST = range(3)


def pieces_kept(pieces: Sequence[Piece], text: str, kept: npt.NDArray[np.int64]) -> list[Piece]:
    """The pieces of a text of which only the characters at the places ``kept`` (ascending) are left.

    ``text`` is the text before. A lost character's raw range stays in the book, for it belongs to the item still: a
    blank one goes with the blanks around it, any other is a piece of length 0.
    """
    bounds = np.cumsum([0, *(piece.length for piece in pieces)])
    ends = np.searchsorted(kept, bounds)
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        left = kept[ends[number] : ends[number + 1]]
        if len(left) == piece.length:
            found.append(piece)
        elif piece.exact:
            start = int(bounds[number])
            found.extend(_stretches(piece, text[start : start + piece.length], left - start))
        else:
            found.append(piece._replace(length=len(left)))
    return found


def _stretches(piece: Piece, text: str, left: npt.NDArray[np.int64]) -> Iterator[Piece]:
    """The stretches of one exact piece of which the offsets ``left`` are left."""
    stays = np.zeros(len(text), dtype=np.bool_)
    stays[left] = True
    blank = _blanks().take(codes_of(text)) | piece.blank
    kinds = np.where(blank & _touched(blank, ~stays), _BLANK, np.where(stays, _EXACT, _LOST))
    starts = np.append(0, np.flatnonzero(kinds[1:] != kinds[:-1]) + 1)
    lengths = np.add.reduceat(stays, starts, dtype=np.int64).tolist()
    raw = (starts + piece.span.start).tolist()
    spans = map(Span, raw, [*raw[1:], piece.span.end])
    return map(Piece, lengths, spans, (piece.blank | (kinds[starts] == _BLANK)).tolist())


def _touched(blank: Flags, gone: Flags) -> Flags:
    """For each character whether one is gone of the run it stands in, of blanks or of others."""
    starts = np.append(0, np.flatnonzero(blank[1:] != blank[:-1]) + 1)
    touched: Flags = np.repeat(np.logical_or.reduceat(gone, starts), np.diff(starts, append=len(blank)))
    return touched


@cache
def _blanks() -> Flags:
    table = np.zeros(CODE_POINTS, dtype=np.bool_)
    table[[code for code in range(0x3001) if chr(code).isspace()]] = True
    return table
