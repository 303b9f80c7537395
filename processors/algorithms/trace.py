"""The book of a text that lost characters: which raw range each stretch of what is left came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.spans import Piece, Span


def pieces_kept(pieces: Sequence[Piece], text: str, kept: npt.NDArray[np.int64]) -> list[Piece]:
    """The pieces of a text of which only the characters at the places ``kept`` (ascending) are left.

    ``text`` is the text before. A lost character's raw range stays in the book, as a piece of length 0: it belongs to
    the item still.
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
            found.extend(_runs(piece, text[start : start + piece.length], left - start))
        else:
            found.append(piece._replace(length=len(left)))
    return found


def _runs(piece: Piece, text: str, left: npt.NDArray[np.int64]) -> Iterator[Piece]:
    """The stretches of one exact piece: those of the offsets ``left``, and those between them."""
    breaks = np.flatnonzero(np.diff(left) > 1)
    starts = np.concatenate((left[:1], left[breaks + 1])).tolist()
    stops = (np.concatenate((left[breaks], left[-1:])) + 1).tolist()
    first, at = piece.span.start, 0
    for start, stop in zip([*starts, piece.length], [*stops, piece.length], strict=True):
        if start > at:
            yield Piece(0, Span(first + at, first + start), piece.blank or text[at:start].isspace())
        if stop > start:
            yield Piece(stop - start, Span(first + start, first + stop), piece.blank)
        at = stop
