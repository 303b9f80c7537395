"""Half-open character ranges and the arithmetic on them; knows nothing of items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """The characters ``start`` to ``end - 1`` of a raw page."""

    start: int
    end: int


class Piece(NamedTuple):
    """``length`` characters of a text that came from ``span`` of the raw page.

    Where the lengths are equal they correspond one to one; otherwise the piece stands for its span as a whole.
    """

    length: int
    span: Span


def merged(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The spans in order, overlapping and touching ones joined, empty ones left out."""
    out: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1].end:
            if end > out[-1].end:
                out[-1] = Span(out[-1].start, end)
        else:
            out.append(Span(start, end))
    return tuple(out)


def without(ranges: Sequence[tuple[int, int]], length: int) -> list[Span]:
    """What is left of ``[0, length)`` without the ordered, disjoint ranges."""
    out: list[Span] = []
    at = 0
    for start, end in ranges:
        if start > at:
            out.append(Span(at, start))
        at = max(at, end)
    if at < length:
        out.append(Span(at, length))
    return out


def minus(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What of the ordered, disjoint ``spans`` lies in none of the ordered, disjoint ``taken``."""
    out: list[Span] = []
    rest = iter(taken)
    other = next(rest, None)
    for start, end in spans:
        at = start
        while other is not None and other.start < end:
            if other.end > at:
                if other.start > at:
                    out.append(Span(at, other.start))
                at = max(at, other.end)
            if other.end > end:
                break
            other = next(rest, None)
        if at < end:
            out.append(Span(at, end))
    return out


def pieces_between(pieces: Sequence[Piece], ranges: Sequence[tuple[int, int]]) -> list[list[Piece]]:
    """For each of the ordered, disjoint text ranges the pieces it consists of, cut at its ends.

    A piece of another length than its span is divided at most once a range, its raw characters going to the earlier
    range first, so that none is lost and none is counted twice.
    """
    return [list(found) for found in _between(pieces, ranges)]


def _between(pieces: Sequence[Piece], ranges: Sequence[tuple[int, int]]) -> Iterator[list[Piece]]:
    index, at = 0, 0  # the piece looked at, and where in the text it begins
    total = sum(p.length for p in pieces)
    for start, end in ranges:
        found: list[Piece] = []
        while index < len(pieces) and at + pieces[index].length <= start and not _empty_at(pieces[index], at, start):
            at += pieces[index].length
            index += 1
        while index < len(pieces) and (at < end or (at == end == total and pieces[index].length == 0)):
            piece = pieces[index]
            part = _clipped(piece, start - at, end - at)
            if part is not None:
                found.append(part)
            if at + piece.length > end:
                break
            at += piece.length
            index += 1
        yield found


def _empty_at(piece: Piece, at: int, start: int) -> bool:
    return piece.length == 0 and at == start


def _clipped(piece: Piece, start: int, end: int) -> Piece | None:
    """The part of a piece between two offsets in it, which may lie outside it."""
    start, stop = max(start, 0), min(end, piece.length)
    if piece.length == 0:
        return piece
    if start >= stop:
        return None
    raw_start, raw_end = piece.span
    first = min(raw_start + start, raw_end)
    last = raw_end if stop == piece.length else min(raw_start + stop, raw_end)
    return Piece(stop - start, Span(first, last))
