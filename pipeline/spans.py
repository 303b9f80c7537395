"""Half-open character ranges and the arithmetic on them; knows nothing of items."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from unicodedata import is_normalized

_BLANKS = re.compile(r"\s+")


class Span(NamedTuple):
    """The characters ``start`` to ``end - 1`` of a raw page."""

    start: int
    end: int


class Piece(NamedTuple):
    """``length`` characters of a text that came from ``span`` of the raw page.

    Where the lengths are equal the piece is exact: its characters correspond one to one, and one that is blank in the
    text is blank in the raw page too. Otherwise it stands for its span as a whole. ``blank`` says that the raw
    characters are known to be blank whatever the text is; nobody misses them when they are lost.
    """

    length: int
    span: Span
    blank: bool = False

    @property
    def exact(self) -> bool:
        """Whether each character of the text is one of the span."""
        return self.length == self.span.end - self.span.start


def merged(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The spans in order, overlapping and touching ones joined, empty ones left out."""
    out: list[Span] = []
    begin = until = 0
    for start, end in sorted([s for s in spans if s[0] < s[1]]):
        if start <= until and begin < until:
            until = max(until, end)
        else:
            if begin < until:
                out.append(Span(begin, until))
            begin, until = start, end
    if begin < until:
        out.append(Span(begin, until))
    return tuple(out)


def spans_of(pieces: Sequence[Piece]) -> tuple[Span, ...]:
    """The raw ranges of pieces, merged."""
    if len(pieces) == 1:
        (_, span, _) = pieces[0]
        return (span,) if span.start < span.end else ()
    return merged([piece.span for piece in pieces])


def without(ranges: Iterable[tuple[int, int]], length: int) -> list[Span]:
    """What is left of ``[0, length)`` without the ordered, disjoint ranges."""
    out: list[Span] = []
    at = 0
    for start, end in ranges:
        if start > at:
            out.append(Span(at, start))
        at = end
    if at < length:
        out.append(Span(at, length))
    return out


def minus(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of the ordered, disjoint ``spans`` lies in none of the ordered, disjoint ``taken``."""
    out: list[Span] = []
    rest = iter(taken)
    other = next(rest, None)
    for start, end in spans:
        at = start
        while other is not None and other.start < end:
            if other.start > at:
                out.append(Span(at, other.start))
            at = max(at, other.end)
            if other.end > end:
                break
            other = next(rest, None)
        if at < end:
            out.append(Span(at, end))
    return out


def pieces_between(pieces: Sequence[Piece], ranges: Iterable[tuple[int, int]]) -> list[list[Piece]]:
    """For each of the ordered, disjoint text ranges the pieces it consists of, cut at its ends.

    Ranges that cover the text get every raw character exactly once. A piece of another length than its span gives its
    raw characters to the earlier range first. A piece of length 0 goes to the range it stands in or at the start of,
    at the very end of the text to the range that ends there.
    """
    if len(pieces) == 1 and pieces[0].exact and pieces[0].length:
        return [_clipped(pieces[0], start, end) if start < pieces[0].length and end else [] for start, end in ranges]
    out: list[list[Piece]] = []
    rest = iter(pieces)
    piece, at, total = next(rest, None), 0, sum(p.length for p in pieces)
    for start, end in ranges:
        found: list[Piece] = []
        while piece is not None and (at < end or at == end == total):
            after = at + piece.length
            if start <= at and after <= end:
                found.append(piece)
            elif start < after:
                found += _clipped(piece, start - at if start > at else 0, (end if end < after else after) - at)
            if after > end:
                break
            piece, at = next(rest, None), after
        out.append(found)
    return out


def _clipped(piece: Piece, start: int, stop: int) -> list[Piece]:
    """The part of a piece between two offsets in it; part of one that is not exact must not look exact."""
    length, (raw_start, raw_end), blank = piece
    if length == raw_end - raw_start:
        return [Piece(stop - start, Span(raw_start + start, raw_start + stop), blank)]
    first = min(raw_start + start, raw_end)
    last = raw_end if stop == length else min(raw_start + stop, raw_end)
    part = Piece(stop - start, Span(first, last), blank)
    return [Piece(0, part.span, blank), Piece(part.length, Span(last, last), blank)] if part.exact else [part]


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same correspondence in as few pieces as it takes: exact neighbours made one."""
    out: list[Piece] = []
    end = -1  # of the last piece, if another exact one may be joined to it
    for piece in pieces:
        length, span, blank = piece
        if blank or length != span.end - span.start:
            out.append(piece)
            end = -1
        elif length and span.start == end:
            begin, end = out[-1].span.start, span.end
            out[-1] = Piece(end - begin, Span(begin, end))
        elif length:
            out.append(piece)
            end = span.end
    return tuple(out)


def all_blank(pieces: Iterable[Piece], text: str) -> bool:
    """Whether the pieces of a text stand for nothing but blank characters of the raw page."""
    blank = not text or text.isspace()
    return all(p.blank or (blank and p.exact) for p in pieces)


def blanks(pieces: Iterable[Piece], text: str) -> tuple[Span, ...]:
    """The raw ranges that are blank as far as the text shows: blank characters of exact pieces, and ``blank`` ones."""
    found: list[Span] = []
    at = 0
    for length, (start, end), blank in pieces:
        if blank:
            found.append(Span(start, end))
        elif length == end - start:
            shift = start - at
            found += [Span(m.start() + shift, m.end() + shift) for m in _BLANKS.finditer(text, at, at + length)]
        at += length
    return merged(found)


def loosened(pieces: Iterable[Piece], spans: Sequence[Span]) -> Iterator[Piece]:
    """The pieces with no character of the ordered, disjoint ``spans`` in an exact one: it keeps its place, no more."""
    for piece in pieces:
        number = bisect_right(spans, piece.span.start, key=_end) if piece.exact else len(spans)
        at, until = piece.span
        while number < len(spans) and spans[number].start < until:
            start, end = max(spans[number].start, at), min(spans[number].end, until)
            yield Piece(start - at, Span(at, start))
            yield Piece(0, Span(start, end))
            yield Piece(end - start, Span(end, end))
            at = end
            number += 1
        yield piece if at == piece.span.start else Piece(until - at, Span(at, until))


def _end(span: Span) -> int:
    return span.end


def paired(pieces: Sequence[Piece], before: str, after: str) -> list[Piece]:
    """The pieces of a text for another wording of it, line by line where both have as many, else as a whole."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) != len(new):
        old, new = [before], [after]
    lengths = [pair for one, other in zip(old, new, strict=True) for pair in _stretches(one, other)]
    ends = list(accumulate(length for length, _ in lengths))
    places = list(zip([0, *ends], ends, strict=False))
    out: list[Piece] = []
    for (start, end), (_, length), part in zip(places, lengths, pieces_between(pieces, places), strict=True):
        out += part if end - start == length else _spread(part, before[start:end], length)
    return out


def _stretches(before: str, after: str) -> Iterator[tuple[int, int]]:
    """The lengths of what corresponds in two wordings of a line: all if they are as long, else what is left between
    the same characters at both ends. A line that is not in NFC may have lost as many characters as it gained.
    """
    length, other = len(before), len(after)
    if length == other and (before == after or is_normalized("NFC", before)):
        yield length, other
        return
    head = _same_start(before, after)
    tail = _same_start(before[head:][::-1], after[head:][::-1])
    lost = int(length == other and length - head - tail > 1)  # what is as long would be taken for exact
    yield head, head
    yield lost, 0
    yield length - head - tail - lost, other - head - tail
    yield tail, tail


def _same_start(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _spread(pieces: Sequence[Piece], before: str, length: int) -> Iterator[Piece]:
    """The same raw ranges, once of the text ``before``, for a text of another length."""
    blank = bool(pieces) and all_blank(pieces, before)
    for piece in pieces[:-1]:
        taken = min(piece.length, length)
        length -= taken
        yield Piece(taken, piece.span, blank or piece.blank)
    last = pieces[-1] if pieces else Piece(0, Span(0, 0))
    yield Piece(length, last.span, blank or last.blank)
