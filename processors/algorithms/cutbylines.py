"""Bylines among the cuts of a page: what they tell of an article is not lost with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from processors.algorithms.fold import fold
from processors.algorithms.headline import is_byline
from processors.algorithms.keyword import Hit
from processors.algorithms.layout import Page
from processors.algorithms.patterns import DATE

Range = tuple[int, int]

LINES = 3
"""So many lines on end may be cut bylines of one article."""

LAST_CHARS = 2
"""The last line of an article ends no further from where the article does: line ends stand between."""

_OWNED = frozenset({"keyword_line", "advert", "contact"})
"""Cuts of lines that the page's keyword may stand in: nothing but their day is an article's."""

_LABELLED = re.compile("(?:来源|稿源|作者|记者|编辑|责编|(?:发布|发表|更新)(?:时间|日期))\\s*[:/|]")


class CutByline(NamedTuple):
    """A byline that was cut, what it said, and where in the raw page the line that stays above it begins and ends."""

    start: int
    end: int
    text: str


def cut_bylines(page: Page, hits: Iterable[Hit]) -> Iterator[tuple[Range, Range]]:
    """Where in the text of a page the bylines are that were cut right below a line that stays, behind that line."""
    for above, start, end in _below_lines(page, {(hit.start, hit.end): hit.reason for hit in hits}):
        line = page.lines[above]
        yield page.place(line.start, line.end), page.place(start, end)


def _below_lines(page: Page, cuts: Mapping[tuple[int, int], str]) -> Iterator[tuple[int, int, int]]:
    """The number of the line above and the range of the key that tells something, for each byline."""
    above = -1  # the last line that stays
    for number, line in enumerate(page.lines):
        reason = cuts.get((line.start, line.end))
        if reason is None:
            above = number
        elif above < 0 or number - above > LINES or not is_byline(line.key):
            above = above if reason == "decoration" else -1
        elif reason not in _OWNED:
            yield above, line.start, line.end
        elif day := DATE.search(line.key):
            yield above, line.start + day.start(), line.start + day.end()


def own_bylines(cut: Iterable[CutByline], held: Sequence[Range], end: int) -> list[str]:
    """What the bylines said that were cut below an article's title or another line that is a field of its own, or, if
    they say by a label what they are, below its last line. ``held`` are where these lines stand on the page, ``end``
    is where the article ends.
    """
    return [each.text.strip() for each in cut if _is_own(each, held, end)]


def _is_own(cut: CutByline, held: Sequence[Range], end: int) -> bool:
    if any(start <= cut.start < stop for start, stop in held):
        return True
    return end - LAST_CHARS <= cut.end <= end and _LABELLED.search(fold(cut.text)) is not None
