"""What a line of a page shows beside its neighbours, as named traits: its place, its words elsewhere, its like."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from processors.algorithms.advert import ADVERT_MAX_CHARS, advert_strength
from processors.algorithms.brand import Brand
from processors.algorithms.characters import codes_of
from processors.algorithms.headline import is_byline
from processors.algorithms.layout import Line
from processors.algorithms.sheet import TEXT_MIN_CHARS, Sheet
from processors.algorithms.traits import COUNTS, SHARES, Scale, own_traits

Integers = npt.NDArray[np.int64]

_LINE_BITS, _FAR = 28, 1 << 62
"""A place is a pair's number and its line's; beyond all places."""

NEAR_LINES = 8
"""So many lines before and behind are looked at for a line's words."""

AWAY = (0, 1, 2, 3, 5, 8, 20)
EDGE = (0, 1, 3, 8)

_BELOW, _ABOVE = Scale("lines to the text below", AWAY), Scale("lines to the text above", AWAY)
_LINES_ABOVE, _LINES_BELOW = Scale("lines above", EDGE), Scale("lines below", EDGE)
_BLANK = Scale("blank lines before", COUNTS[:4])
_SHARED = Scale("words the text shares", SHARES)
_BEHIND, _BEFORE = Scale("words in the text behind", SHARES), Scale("words in the text before", SHARES)
_KEYWORDS = Scale("keywords", COUNTS[:4])
_BESIDE = Scale("beside the keyword", (0, 3, 6, 12, 25))
_SPOKEN = Scale("spoken of", COUNTS[:3])
_FAINT = Scale("what may be a keyword", COUNTS[:3])
_TIMES = Scale("times on the page", COUNTS[1:4])
_BEGIN_SO = Scale("lines that begin so", COUNTS[:4])
_SIGNS = Scale("signs of a site", COUNTS[:4])
_CALLING = Scale("lines that call", EDGE)

_DIGITS = re.compile(r"\d+")


class Surroundings:
    """A judged sheet's lines with the traits of each."""

    def __init__(self, sheet: Sheet, signs: int, faint: Sequence[Brand], *, polluted: bool) -> None:
        """``signs`` is how many kinds of furniture that only sites have there are; ``faint`` what may be keywords."""
        self.sheet = sheet
        self.polluted, self.signs, self.faint = polluted, signs, faint
        self.lines = sheet.lines
        self.rests = [sheet.rest(n) if sheet.inside[n] else line.key for n, line in enumerate(self.lines)]
        self._bare = [
            sheet.keyword.rest(line.key) if count else rest
            for line, count, rest in zip(self.lines, sheet.counts, self.rests, strict=True)
        ]
        self._words = list(map(_of_words, *self._shares()))
        self._prose = [n for n, line in enumerate(self.lines) if line.prose and len(line.key) >= TEXT_MIN_CHARS]
        self._patterns = [_DIGITS.sub("0", line.key) for line in self.lines]
        self._alike = Counter(self._patterns)
        self._begun = Counter(line.key[:3] for line in self.lines if not line.prose)
        self._kinds = [_kind(line) for line in self.lines]
        self._faint = tuple(brand.key for brand in faint)
        self._page = self._of_page(signs)

    def traits(self, number: int) -> list[str]:
        """All traits of a line, and pairs of those that say more together."""
        line, rest = self.lines[number], self.rests[number]
        own = own_traits(rest or line.key, self.sheet.lexicon)
        place, words = self._place(number), self._words[number]
        keyword, rule = self._keyword(number), self._judged(number)
        base, heads = own[1], self._heads(number)
        pairs = [f"{base} & {trait}" for trait in (*place[:3], *words[:1], rule, self._page[0], keyword[0])]
        pairs += [f"{base} & {self._page[0]} & {trait}" for trait in (*place[:2], *words[:1], rule)]
        calls = next(trait for trait in own if trait.startswith("calls"))
        pairs += [f"{head} & {trait}" for head in heads for trait in (*place[:3], *place[-2:], rule, self._page[0])]
        pairs += [f"{base} & {calls} & {self._page[0]}", f"{place[0]} & {place[1]} & {base}"]
        return [*own, *place, *words, *keyword, rule, *self._page, *self._like(number), *heads, *pairs]

    def _of_page(self, signs: int) -> list[str]:
        named = "a page with a keyword" if self.sheet.keyword.names else "a page without a keyword"
        short = (line.key for line in self.lines if len(line.key) <= ADVERT_MAX_CHARS)
        calling = sum(advert_strength(key, self.sheet.lexicon) > 0 for key in short)
        return [
            f"{named}, {'no ' * (not signs)}signs of a site",
            _SIGNS(signs),
            _CALLING(calling),
        ]

    def _place(self, number: int) -> list[str]:
        """How far the running text is, what the neighbours are, how near the edges of the page are."""
        before = number - self._prose[at - 1] if (at := bisect_left(self._prose, number)) else 99
        after = self._prose[at] - number if (at := bisect_right(self._prose, number)) < len(self._prose) else 99
        last = len(self.lines) - 1
        where = "above all text" if before == 99 else "below all text" if after == 99 else "amid text"
        return [
            _BELOW(after),
            _ABOVE(before),
            where,
            _LINES_ABOVE(number),
            _LINES_BELOW(last - number),
            _BLANK(self.lines[number].blank),
            f"after {self._kinds[number - 1] if number else 'nothing'}",
            f"before {self._kinds[number + 1] if number < last else 'nothing'}",
        ]

    def _shares(self) -> list[list[float]]:
        """Which part of each line's pairs of characters stands in the text: elsewhere, right behind, right before.

        -1 for a line without pairs.
        """
        lines, pairs = pairs_of(self.rests)  # one pair's stand together, in the order of the lines
        if not len(lines):
            return [[-1.0] * len(self.lines)] * 3
        text = np.array([line.prose for line in self.lines])[lines]
        places = (pairs << _LINE_BITS) | lines
        known = np.concatenate([[-_FAR], places[text], [_FAR]])
        until = text.cumsum()  # so many of a pair's places in the text are no later
        starts = np.append(True, pairs[1:] != pairs[:-1]).nonzero()[0]
        spread = np.repeat(np.add.reduceat(text, starts, dtype=np.int64), np.diff(starts, append=len(pairs)))
        behind = known[until + 1] - places <= NEAR_LINES
        before = places - known[until - text] <= NEAR_LINES
        totals = np.bincount(lines, minlength=len(self.lines))
        found = (np.bincount(lines, part, len(self.lines)) for part in (spread > text, behind, before))
        return [np.where(totals, share / np.maximum(1, totals), -1).tolist() for share in found]

    def _keyword(self, number: int) -> list[str]:
        key, keyword = self.lines[number].key, self.sheet.keyword
        traits = [_KEYWORDS(self.sheet.counts[number])]
        if self.sheet.counts[number]:
            traits += [_BESIDE(len(self._bare[number]))]
            traits += ["begins with a keyword"] * keyword.begins(key)
            traits += [_SPOKEN(keyword.spoken_of(key))]
        if not keyword.names and self._faint:
            traits.append(_FAINT(sum(map(key.count, self._faint))))
        return traits

    def _judged(self, number: int) -> str:
        """What the rules say of a line."""
        mark = self.sheet.marks[number]
        return f"by rule: {mark[0] if mark else 'spam inside' if self.sheet.inside[number] else 'stays'}"

    def _heads(self, number: int) -> list[str]:
        """Whether a line stands as a headline does, also without the keyword it carries."""
        return ["heads text"] * (not self.lines[number].prose and self.sheet.heads_prose(number, self._bare[number]))

    def _like(self, number: int) -> list[str]:
        """How many lines of the page are the same but for digits, how many begin alike."""
        key = self.lines[number].key
        found = self.sheet.found[number]
        return [
            _TIMES(self._alike[self._patterns[number]]),
            _BEGIN_SO(0 if self.lines[number].prose else self._begun[key[:3]]),
            f"furniture: {found.reason if found else 'none'}",
        ]


def pairs_of(texts: Sequence[str]) -> tuple[Integers, Integers]:
    """The different pairs of Chinese characters in each text, as numbers, each with the number of its text."""
    codes = codes_of("\n".join(texts)).astype(np.int64)
    han = (codes >= 0x3400) & (codes <= 0x9FFF)
    at = (han[:-1] & han[1:]).nonzero()[0]
    lines = (codes == ord("\n")).cumsum()[at]
    both = np.sort((((codes[at] - 0x3400) << 15) | (codes[at + 1] - 0x3400)) << _LINE_BITS | lines)
    both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
    return both & ((1 << _LINE_BITS) - 1), both >> _LINE_BITS


def _of_words(shared: float, behind: float, before: float) -> list[str]:
    """How many of a line's words come back in running text: anywhere, right behind, right before."""
    return ["no words to compare"] if shared < 0 else [_SHARED(shared), _BEHIND(behind), _BEFORE(before)]


def _kind(line: Line) -> str:
    if line.prose:
        return "text" if len(line.key) >= TEXT_MIN_CHARS else "a sentence"
    return "a byline" if is_byline(line.key) else "a short line"
