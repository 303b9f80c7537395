"""The name that an advert at the edge of a page announces, and a decorated line beside it hangs out, where nothing else
of the page shows a keyword.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from processors.algorithms.advert import ADVERT_MAX_CHARS, PRESSING, advert_strength, is_reachable
from processors.algorithms.brand import HEAD_LINES, TAIL_LINES, Brand
from processors.algorithms.kinds import REACHED, WRAP
from processors.algorithms.layout import Line, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import EMOJI
from processors.algorithms.prefixes import MAX_CHARS, line_tokens

MIN_CHARS = 3
"""Two characters stand in both by chance."""

DECORATED = 2
"""A line with so many pictographs is decorated: a mark of a headline may be one."""


def announced_names(lines: Sequence[Line], spam: Sequence[Line], lexicon: Lexicon) -> list[Brand]:
    """The names, out of the lines of a page and those of them that are ``spam`` for sure."""
    edges = _edges(lines)
    adverts = "\n".join(line.key for line in spam if line in edges and _presses(line, lexicon))
    found = {name for line in edges if adverts and _is_decorated(line) for name in _names(line, adverts, lexicon)}
    return [Brand(name) for name in sorted(found)]


def may_announce(lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether a page has what announces and what hangs out, spam or not."""
    edges = _edges(lines)
    return any(map(_is_decorated, edges)) and any(_presses(line, lexicon) for line in edges)


def _edges(lines: Sequence[Line]) -> list[Line]:
    return [*lines[:HEAD_LINES], *lines[HEAD_LINES:][-TAIL_LINES:]]


def _presses(line: Line, lexicon: Lexicon) -> bool:
    if not line.kinds & REACHED or len(line.key) > ADVERT_MAX_CHARS:
        return False
    return advert_strength(line.key, lexicon) >= PRESSING and is_reachable(line.key)


def _is_decorated(line: Line) -> bool:
    return not line.prose and line.kinds & WRAP != 0 and len(EMOJI.findall(line.key)) >= DECORATED


def _names(line: Line, adverts: str, lexicon: Lexicon) -> Iterator[str]:
    """What the parts of a line begin with that the adverts have too."""
    for part in line_tokens(line.key, lexicon):
        starts = (part[:end] for end in range(MIN_CHARS, min(len(part), MAX_CHARS) + 1))
        name = max(takewhile(adverts.__contains__, starts), default="", key=len)
        if han_count(name) >= MIN_CHARS and name not in lexicon.plain_words and name not in lexicon.calls:
            yield name
