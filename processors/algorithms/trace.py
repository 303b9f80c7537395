"""The book of a text that lost characters: which raw range each stretch of what is left came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.spans import Piece, Span


def pieces_kept(pieces: Sequence[Piece], kept: npt.NDArray[np.int64]) -> list[Piece]:
    """The pieces of a text of which only the characters at the places ``kept`` (ascending) are left.

    A lost character's raw range stays in the book, as a piece of length 0: it belongs to the item still.
    """
    bounds = np.cumsum([0, *(piece.length for piece in pieces)])
    ends = np.searchsorted(kept, bounds)
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        left = kept[ends[number] : ends[number + 1]]
        if len(left) == piece.length:
            found.append(piece)
        elif piece.length == piece.span.end - piece.span.start:
            found.extend(_runs(piece.span, left - bounds[number]))
        else:
            found.append(Piece(len(left), piece.span))
    return found


def _runs(span: Span, left: npt.NDArray[np.int64]) -> Iterator[Piece]:
    """The stretches of one span: those of the offsets ``left``, and those between them."""
    breaks = np.flatnonzero(np.diff(left) > 1) + 1
    starts = left[np.concatenate(([0], breaks))] if len(left) else left
    stops = left[np.concatenate((breaks - 1, [-1]))] + 1 if len(left) else left
    at = span.start
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        if span.start + start > at:
            yield Piece(0, Span(at, span.start + start))
        yield Piece(stop - start, Span(span.start + start, span.start + stop))
        at = span.start + stop
    if at < span.end:
        yield Piece(0, Span(at, span.end))
