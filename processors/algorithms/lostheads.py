"""Gives back a page's first headline that lists of links part from its text, which would begin without one."""

from __future__ import annotations

from processors.algorithms.headline import marks_alone
from processors.algorithms.layout import han_count
from processors.algorithms.sheet import TEXT_MIN_CHARS, Sheet

TAKEN_FOR = frozenset({"stray_line", "unlike_article"})
"""What such a headline is taken for: nothing in it says what it is."""

SHORTEST, LONGEST = 6, 40
"""Chinese characters of such a headline."""

SAID_AGAIN = 0.25
"""A headline shares this part of its pairs of characters with the text; those of other articles share next to none."""

CLEARLY = 2
"""It shares so many times as much with its text as any other line there does."""


def give_back_headline(sheet: Sheet) -> None:
    """Takes the mark off the line whose words come back in the text, if one is such and text is the first to stay."""
    first = next((number for number, mark in enumerate(sheet.marks) if mark is None), 0)
    line = sheet.lines[first] if first else None
    if line is None or not line.prose or len(line.key) < TEXT_MIN_CHARS:
        return
    text = sheet.text_behind(first - 1)
    waiting = [number for number in range(first) if _may_be(sheet, number)]
    shares = sorted(((_shared(sheet, number, text), number) for number in waiting), reverse=True)
    if shares and shares[0][0] >= max([SAID_AGAIN, *(CLEARLY * share for share, _ in shares[1:])]):
        sheet.marks[shares[0][1]] = None


def _may_be(sheet: Sheet, number: int) -> bool:
    mark, line = sheet.marks[number], sheet.lines[number]
    taken = mark is not None and mark[0] in TAKEN_FOR
    return taken and not line.prose and not sheet.counts[number] and SHORTEST <= han_count(line.key) <= LONGEST


def _shared(sheet: Sheet, number: int, text: str) -> float:
    """The part of a line's pairs of characters that a text has."""
    key = sheet.lines[number].key
    marks = marks_alone(key)
    words = {key[at : at + 2] for at in range(marks.start, marks.end - 1)}
    return sum(map(text.__contains__, words)) / max(1, len(words))
