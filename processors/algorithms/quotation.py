"""Finds the marks before the lines of a text that was quoted as in mail, each behind a ``>``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from processors.algorithms.keyword import Hit
from processors.algorithms.kinds import HAN
from processors.algorithms.layout import Page

QUOTED, SHARE = 3, 0.5
"""So many lines of running text, and so many of those of the page, stand behind a mark where all of it is quoted."""

_MARK = re.compile(r">(?:\s?>){0,3}\s*(?=[^>\s])")


def quotation_marks(page: Page) -> Iterator[Hit]:
    """The marks of a page whose running text is quoted; none of one that quotes a few lines."""
    if page.key.count(">") < QUOTED:
        return
    prose = [line for line in page.lines if line.prose and line.kinds & HAN]
    quoted = sum(line.key[0] == ">" for line in prose)
    if quoted < max(QUOTED, SHARE * len(prose)):
        return
    for line in page.lines:
        if mark := _MARK.match(line.key):
            yield Hit(line.start, line.start + mark.end(), "markup", {"words": mark.group().strip()})
