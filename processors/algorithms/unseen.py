"""Finds what shows nothing between the parts of a text: indents of `&nbsp;`, lines of zero-width characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from processors.algorithms.layout import read_page

EXCERPT = 40
"""So many characters of it are told."""


def unseen(text: str, used: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """The ranges of a text between those in use that show nothing but are not blank, and how each is written."""
    for (_, start), (end, _) in pairwise([(0, 0), *sorted(used), (len(text), len(text))]):
        written = text[start:end].strip()
        if written and not read_page(written).lines:
            yield start, end, ascii(written)[1:-1][:EXCERPT]
