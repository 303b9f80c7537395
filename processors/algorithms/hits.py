"""Where the terms of lexicons stand in a text, and which terms can stand in none: for people who keep lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from processors.algorithms.layout import read_page
from processors.algorithms.lexicon import CATEGORIES, find_lexicon, read_lexicons

__all__ = ["TermHit", "find_lexicon", "term_hits", "unreachable"]

WHOLE = frozenset({"line", "heading"})
"""Categories whose terms count only where no word stands right before or behind them."""


class TermHit(NamedTuple):
    """A term in the range ``[start, end)`` of a text, and the files that have it."""

    start: int
    end: int
    category: str
    term: str
    lexicons: tuple[Path, ...]


def term_hits(text: str, paths: Sequence[Path]) -> Iterator[TermHit]:
    """Every term of the lexicon files in a text, by category, then place; of terms in one place the longest.

    Sees through what `spam_strip` sees through: script, width, case, entities and invisible characters.
    """
    page = read_page(text)
    lexicons = [(path, read_lexicons([path])) for path in paths]
    for category in CATEGORIES:
        terms = frozenset[str]().union(*(lexicon.terms[category] for _, lexicon in lexicons))
        for found in _pattern(terms, whole=category in WHOLE).finditer(page.key):
            holders = tuple(path for path, lexicon in lexicons if found.group() in lexicon.terms[category])
            yield TermHit(*page.place(*found.span()), category, found.group(), holders)


def unreachable(path: Path) -> Iterator[tuple[str, str, str]]:
    """Category, term and what to write instead, for terms of a file not in the form that texts are compared in."""
    for category, terms in read_lexicons([path]).terms.items():
        for term in sorted(terms):
            key = read_page(term).key
            if key != term:
                yield category, term, key


def _pattern(terms: frozenset[str], *, whole: bool) -> re.Pattern[str]:
    ordered = sorted(terms, key=lambda term: (-len(term), term))
    either = "|".join(map(re.escape, ordered)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if whole else either)
