"""What lies before each line of a page from which spam was cut: blank lines, and how much was cut there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.spans import Piece
from processors.algorithms.layout import Page, blank_lines
from processors.algorithms.stripped import Gap

_LINE_END = Gap(0, 0)


def line_gaps(page: Page, kept: Sequence[Piece]) -> list[Gap]:
    """What lies before each line of a page kept in these pieces; a jump in the raw page between two is a cut."""
    jumps: list[tuple[int, int]] = []
    at = 0
    for piece, following in pairwise(kept):
        at += piece.length
        if following.span.start > piece.span.end:
            jumps.append((at, following.span.start - piece.span.end))
    if kept and kept[0].span.start > 0:
        jumps.insert(0, (0, kept[0].span.start))
    out: list[Gap] = []
    end, waiting = 0, 0
    for line in page.lines:
        start, stop = page.place(line.start, line.end)
        here: list[tuple[int, int]] = []
        while waiting < len(jumps) and jumps[waiting][0] <= start:
            if jumps[waiting][0] >= end:
                here.append(jumps[waiting])
            waiting += 1
        if here or start - end > 1:
            out.append(
                Gap(blank_lines(page.text, [end, *(at for at, _ in here), start]), sum(size for _, size in here))
            )
        else:
            out.append(_LINE_END)
        end = stop
    return out
