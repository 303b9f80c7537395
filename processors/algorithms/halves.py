"""Headlines of two halves, with a blank between them, on pages that have lost their line ends."""

from __future__ import annotations

from collections.abc import Sequence

from processors.algorithms.headline import is_byline, is_headline, marks_alone
from processors.algorithms.layout import Line, Page, han_count
from processors.algorithms.stripped import words_of

HALF_CHARS = 24
"""Neither half of a headline is longer than this."""

TEXT_CHARS = 600
"""So much of the text below is looked at for the words of the halves."""


def whole_headlines(page: Page) -> list[Line]:
    """The lines of a page, those that are the halves of one headline made one.

    Nothing but a blank stands between them, text begins right behind, or behind a byline, and words of both come back
    in it: of what is left of spam none do.
    """
    lines: list[Line] = []
    for number, line in enumerate(page.lines):
        if lines and _are_halves(page, lines[-1], line, page.lines[number + 1 : number + 3]):
            lines[-1] = lines[-1]._replace(end=line.end, key=page.key[lines[-1].start : line.end])
        else:
            lines.append(line)
    return lines


def _are_halves(page: Page, first: Line, second: Line, below: Sequence[Line]) -> bool:
    if (
        second.start - first.end != 1
        or page.key[first.end] not in " \u3000"
        or not (_is_half(first) and _is_half(second))
    ):
        return False
    text = next((line for line in below if not is_byline(line.key)), None)
    if text is None or not text.prose:
        return False
    words = words_of(text.key[:TEXT_CHARS])
    return all(words_of(half.key) & words for half in (first, second)) and not _ends(first) and not _begins(second)


def _is_half(line: Line) -> bool:
    short = not line.prose and len(line.key) <= HALF_CHARS and han_count(line.key) > 1
    return short and is_headline(line.key) and not is_byline(line.key)


def _ends(line: Line) -> bool:
    """Whether a line has a mark behind it, so that a headline ends there."""
    return marks_alone(line.key).end < len(line.key)


def _begins(line: Line) -> bool:
    """Whether a line has a mark before it, so that a headline begins there."""
    return marks_alone(line.key).start > 0
