"""Judges a sentence that names a keyword: was it written for the name, or was the name put into it?

For folded text. The weights of the signs are in config/weights/keyword.yaml, made by scripts/train_sentences.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from processors.algorithms.advert import advert_strength, is_reachable
from processors.algorithms.layout import han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.vocabulary import Vocabulary

LEAST = 0.7
"""From this probability on a sentence was written for the keyword."""

SLOGAN_CHARS, CLAIM_CHARS = 30, 60
"""A sentence that begins with the keyword is made for it if what follows behind a comma, or at once and with a call in
it, has no more Chinese characters."""

QUESTION_CHARS = 12
"""Longest question about a keyword that stands between sentences: 哪家好."""

FOREIGN = 0.15
"""What has a smaller share of the text's own pairs of characters is not of one piece with it."""

GLUED_CHARS = 8
"""A sentence behind an advert and a blank, and what follows it in its paragraph, have no fewer Chinese characters."""

MANY_CHARS, MANY_CLAUSES, LONG_CLAUSE, MANY_NAMES, MANY_PAIRS = 60, 5, 15, 3, 1000
"""More than so much of each counts no more."""

_WORD, _HAN = re.compile(r"\w"), re.compile("[\u3400-\u9fff]")
_OPENING, _PAUSES = re.compile(r"[\s”’」』]*"), (",", ":", "-", "!")
_BLANKS = re.compile(r"\s+")
_CLAUSE_END = re.compile("[,。!?;:、]")
_CLOSED = re.compile("[。!?;…”]$")
_TELLING = re.compile("[他她我你它们这那了着过吗呢吧]")
"""Characters of speaking and telling, which slogans have few of."""


class Named(NamedTuple):
    """A sentence ``[start, end)`` of a line that names a keyword, the ``places`` of the keyword in it, and those
    ``stretches`` of it that a cut of the keyword takes.
    """

    key: str
    start: int
    end: int
    places: Sequence[tuple[int, int]]
    stretches: Sequence[tuple[int, int]]

    @property
    def rest(self) -> str:
        """The sentence without its keywords."""
        ends = [self.start, *(end for _, end in self.stretches)]
        starts = [*(start for start, _ in self.stretches), self.end]
        return " ".join(self.key[a:b] for a, b in zip(ends, starts, strict=True))


def opens_pitch(sentence: Named, own: Vocabulary, lexicon: Lexicon) -> bool:
    """Whether a sentence among others is made for the keyword it begins with: a slogan, a claim, in other words than
    the ``own`` ones of the page.
    """
    key, start, end = sentence.key, sentence.start, sentence.end
    if start == 0 and end == len(key):
        return False
    clause = key[start - 1 : start] == ";"
    opening = _OPENING.match(key, start, end)
    start = opening.end() if opening else start
    if sentence.stretches[0][0] != start or sentence.places[0][0] != start:
        return False
    rest = key[sentence.stretches[0][1] : end]
    chars = han_count(rest)
    if rest[:1] in _PAUSES or (rest.endswith("?") and chars <= QUESTION_CHARS):
        return 2 <= chars <= SLOGAN_CHARS and own.share(rest) < FOREIGN
    if clause or not 4 <= chars <= CLAIM_CHARS:
        return False
    calls = lexicon.promo.search(rest) or lexicon.trade.search(rest) or is_reachable(rest)
    return bool(calls) and own.share(rest) < FOREIGN


def advert_end(sentence: Named, own: Vocabulary, lexicon: Lexicon) -> int:
    """Where an advert at the beginning of a paragraph ends behind which only a blank parts it from a sentence of the
    text: the end of both where none does.
    """
    key, end = sentence.key, sentence.end
    if sentence.start > 0 or not _CLOSED.search(key, 0, end) or han_count(key[end:]) < GLUED_CHARS:
        return end
    last = sentence.stretches[-1][1]
    for blank in _BLANKS.finditer(key, last, end):
        behind = key[blank.end() : end]
        sells = advert_strength(behind, lexicon) > 0 or lexicon.suffix.search(behind) or lexicon.trade.search(behind)
        if not sells and han_count(behind) >= GLUED_CHARS and own.known(behind) > 0:
            return blank.end()
    return end


def probability(sentence: Named, own: Vocabulary, lexicon: Lexicon, weights: Mapping[str, float]) -> float:
    """How likely a sentence was written for the keyword, 0 to 1. ``own`` are the words of the rest of the page."""
    found = signs(sentence, own, lexicon)
    return 1 / (1 + exp(-weights["bias"] - sum(weights[name] * value for name, value in found.items())))


def signs(sentence: Named, own: Vocabulary, lexicon: Lexicon) -> dict[str, float]:
    """What speaks for and against it: its words, its clauses, where in it the name stands and how it is set off."""
    rest = sentence.rest
    chars = han_count(rest)
    clauses = sum(bool(clause.strip()) for clause in _CLAUSE_END.split(rest))
    said = {
        "whole_line": sentence.start == 0 and sentence.end >= len(sentence.key) - 1,
        "first_of_line": sentence.start == 0,
        "exclaims": "!" in rest,
        "digits": any(map(str.isdigit, rest)),
        "not_closed": _CLOSED.search(sentence.key, sentence.start, sentence.end) is None,
        "suffix": lexicon.suffix.search(rest) is not None,
    }
    return {
        **{name: 1.0 for name, holds in said.items() if holds},
        **_standing(sentence),
        "little_text": 1 - min(1.0, len(own) / MANY_PAIRS),
        "known": own.known(rest),
        "known_well": own.share(rest),
        "chars": min(1.0, chars / MANY_CHARS),
        "clauses": min(1.0, clauses / MANY_CLAUSES),
        "long_clauses": min(1.0, chars / max(1, clauses) / LONG_CLAUSE),
        "telling": min(1.0, 5 * len(_TELLING.findall(rest)) / max(1, chars)),
        "names": min(1.0, len(sentence.places) / MANY_NAMES),
    }


def _standing(sentence: Named) -> dict[str, float]:
    """Signs of where the first name stands in its sentence, and of whether names are set off from the words."""
    key = sentence.key
    first, last = sentence.stretches[0]
    at = next((start for start, _ in sentence.places if first <= start < last), first)
    left = first > sentence.start and _HAN.match(key, first - 1) is not None
    right = last < sentence.end and _HAN.match(key, last) is not None
    said = {
        "begins": _WORD.search(key, sentence.start, first) is None,
        "left": left,
        "right": right,
        "within": left and right,
        "wrapped": first < at and not key[first:at].isalnum(),
        "bare": any(key[start].isalnum() and key[end - 1].isalnum() for start, end in sentence.stretches),
    }
    return {name: 1.0 for name, holds in said.items() if holds}
