"""Where the terms of lexicons stand in a text, what they weigh, and which terms can stand in none: for people who keep
lexicons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from processors.algorithms.brand import read_weights
from processors.algorithms.layout import read_page
from processors.algorithms.lexicon import Lexicon, any_of, find_lexicon, read_lexicons
from processors.algorithms.lexiconfile import CATEGORIES, MIN_CHARS, Entry, read_entries

__all__ = ["TermHit", "find_lexicon", "never_found", "side_weights", "term_hits"]

FOUND = tuple(category for category in CATEGORIES if category != "innocent")
"""Categories whose terms are looked for."""

WHOLE = frozenset({"line", "heading"})
"""Categories whose terms count only where no word stands right before or behind them."""

SIDES = {"trade": "trade", "promo": "advert", "suffix": "suffixes", "label": "labelled", "greeting": "labelled"}
"""The side of the evidence for a keyword that a term of each category adds to (``CEILINGS``); others add to none."""


class TermHit(NamedTuple):
    """A term in the range ``[start, end)`` of a text, its categories, and the files that have it."""

    start: int
    end: int
    term: str
    categories: tuple[str, ...]
    lexicons: tuple[Path, ...]


def term_hits(text: str, paths: Sequence[Path]) -> list[TermHit]:
    """Every term of the lexicon files in a text, in the order of the text; of terms of one category in one place the
    longest, as `spam_strip` finds them: also inside longer words, unless the category is one of ``WHOLE``.

    Sees through what `spam_strip` sees through: script, width, case, entities and invisible characters.
    """
    page = read_page(text)
    lexicons = [(path, read_lexicons([path])) for path in paths]
    found: dict[tuple[int, int], list[str]] = {}
    innocent = _terms("innocent", lexicons)
    for category in FOUND:
        either = any_of(_terms(category, lexicons), innocent)
        pattern = rf"(?<!\w)(?:{either})(?!\w)" if category in WHOLE else either
        for hit in re.finditer(pattern, page.key):
            found.setdefault(hit.span(), []).append(category)
    return [
        TermHit(
            *page.place(*span),
            term := page.key[slice(*span)],
            tuple(categories),
            tuple(path for path, lexicon in lexicons if any(term in lexicon.terms[name] for name in categories)),
        )
        for span, categories in sorted(found.items())
    ]


def side_weights(path: Path) -> dict[str, float]:
    """What a term of each category, beside a candidate for the page's keyword, adds to the logarithm of the odds that
    it is one, by a file of weights. Categories that only rules and the model of lines go by have none.
    """
    sides = read_weights(path).sides
    return {category: sides[side] for category, side in SIDES.items()}


def never_found(path: Path) -> list[str]:
    """For each term of a file that is not in the form that texts are compared in: its place, and what to write.

    Raises ValueError as ``read_entries`` does.
    """
    entries = read_entries(path)
    keys = read_page("\n".join(entry.term for entry in entries)).key.split("\n")
    return [_instead(entry, key) for entry, key in zip(entries, keys, strict=True) if key != entry.term]


def _instead(entry: Entry, key: str) -> str:
    told = f"{entry.place}: {entry.term!r} in {entry.category} can never be found"
    return f"{told}; write {key!r}" if len(key) >= MIN_CHARS else f"{told}; what shows of it is too short for a term"


def _terms(category: str, lexicons: Sequence[tuple[Path, Lexicon]]) -> frozenset[str]:
    return frozenset[str]().union(*(lexicon.terms[category] for _, lexicon in lexicons))
