"""Finds what a polluted page says again and again between the sentences of its articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from processors.algorithms.keyword import SENTENCE
from processors.algorithms.layout import Page, han_count
from processors.algorithms.vocabulary import Vocabulary

MIN_CHARS, MAX_CHARS = 3, 32
"""Chinese characters of a sentence that is put between others; a shout may have one less."""

OWN_SHARE = 0.15
"""A sentence with more of the text's own pairs of characters belongs to it."""

LOOK_AROUND = 6
"""So many sentences before and behind one are looked at for one that stands only once."""

_UNIT = re.compile(rf"(?<=[。!?;…])[(\[【][^()\[\]【】]{{3,40}}[)\]】]|{SENTENCE.pattern}")
_LATIN = re.compile(r"[a-z0-9][a-z0-9.:/_-]*")
_QUOTED = re.compile("[“”「」『』]")


class _Unit(NamedTuple):
    """A sentence, or brackets between two, with its numbers and addresses made one, and where it stands."""

    words: str
    line: int
    start: int
    end: int


def repeated_sentences(page: Page) -> Iterator[tuple[int, int, int]]:
    """Line number, start and end of sentences that come again between others, in words the text does not use.

    Numbers and addresses in them may differ. For a page that is polluted: a text has refrains of its own. An article
    that stands twice on the page has the same sentences around each, and stays.
    """
    paragraphs = [_units(number, line.key) for number, line in enumerate(page.lines) if line.prose]
    counts = Counter(unit.words for units in paragraphs for unit in units)
    places: dict[str, list[_Unit]] = {}
    around: dict[str, set[tuple[str, str]]] = {}
    for units in paragraphs:
        for at, unit in enumerate(units):
            if counts[unit.words] > 1 and len(units) > 1 and _may_call(unit.words):
                places.setdefault(unit.words, []).append(unit)
                around.setdefault(unit.words, set()).add(_surroundings(units, at, counts))
    moved = [words for words, found in around.items() if _differ(found)]
    vocabulary = Vocabulary(line.key for line in page.lines if line.prose) if moved else None
    for words in moved:
        if vocabulary and vocabulary.share(words) < OWN_SHARE:
            yield from ((unit.line, unit.start, unit.end) for unit in places[words])


def _units(number: int, key: str) -> list[_Unit]:
    return [_Unit(_LATIN.sub("0", found.group()), number, *found.span()) for found in _UNIT.finditer(key)]


def _may_call(words: str) -> bool:
    least = MIN_CHARS - words.endswith("!")
    return least <= han_count(words) <= MAX_CHARS and not _QUOTED.search(words)


def _surroundings(units: Sequence[_Unit], at: int, counts: Counter[str]) -> tuple[str, str]:
    """The nearest sentences before and behind one that stand only once on the page."""
    before, behind = units[max(0, at - LOOK_AROUND) : at], units[at + 1 : at + 1 + LOOK_AROUND]
    return _single(reversed(before), counts), _single(behind, counts)


def _single(units: Iterable[_Unit], counts: Counter[str]) -> str:
    return next((unit.words for unit in units if counts[unit.words] == 1), "")


def _differ(found: set[tuple[str, str]]) -> bool:
    """Whether the sentences before differ, and those behind, if there are any."""
    before, behind = ({words[side] for words in found} for side in (0, 1))
    return len(before) > 1 and (len(behind) > 1 or "" in behind)
