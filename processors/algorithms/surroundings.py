"""What a line of a page shows beside its neighbours, as named traits: its place, its words elsewhere, its like."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from processors.algorithms.advert import ADVERT_MAX_CHARS, CACHED_LINES, advert_strength
from processors.algorithms.brand import Brand
from processors.algorithms.characters import codes_of
from processors.algorithms.headline import is_byline
from processors.algorithms.layout import Line
from processors.algorithms.sheet import TEXT_MIN_CHARS, Sheet
from processors.algorithms.traits import CALLS, COUNTS, SHARES, Scale, own_traits

Integers = npt.NDArray[np.int64]
Traits = tuple[str, ...]

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

FAR, NOWHERE = 21, 99
"""Beyond all edges of a scale, and so is text that there is none of."""

_NO_KEYWORD = (_KEYWORDS(0),)


class Surroundings:
    """A judged sheet's lines with the traits of each."""

    def __init__(self, sheet: Sheet, signs: int, faint: Sequence[Brand], *, polluted: bool) -> None:
        """``signs`` is how many kinds of furniture that only sites have there are; ``faint`` what may be keywords."""
        self.sheet = sheet
        self.polluted, self.signs, self.faint = polluted, signs, faint
        self.lines = sheet.lines
        self._faint = tuple(brand.key for brand in faint)

    @cached_property
    def rests(self) -> list[str]:
        """What stays of each line."""
        return [self.sheet.rest(n) if self.sheet.inside[n] else line.key for n, line in enumerate(self.lines)]

    @cached_property
    def _bare(self) -> list[str]:
        return [
            self.sheet.keyword.rest(line.key) if count else rest
            for line, count, rest in zip(self.lines, self.sheet.counts, self.rests, strict=True)
        ]

    @cached_property
    def _words(self) -> list[Traits]:
        return [_of_words(*shares) for shares in zip(*self._shares(), strict=True)]

    @cached_property
    def _prose(self) -> list[int]:
        return [n for n, line in enumerate(self.lines) if line.prose and len(line.key) >= TEXT_MIN_CHARS]

    @cached_property
    def _patterns(self) -> list[str]:
        return _DIGITS.sub("0", "\n".join(line.key for line in self.lines)).split("\n")

    @cached_property
    def _alike(self) -> Counter[str]:
        return Counter(self._patterns)

    @cached_property
    def _begun(self) -> Counter[str]:
        return Counter(line.key[:3] for line in self.lines if not line.prose)

    @cached_property
    def _kinds(self) -> list[str]:
        return ["nothing", *map(_kind, self.lines), "nothing"]

    def traits(self, number: int) -> list[str]:
        """All traits of a line, and pairs of those that say more together."""
        return [trait for group in self.groups(number) for trait in group]

    def groups(self, number: int) -> Iterator[Traits]:
        """The same in groups that many lines share, so that what each weighs need not be summed for every line."""
        page, own = self._page, own_traits(self.rests[number] or self.lines[number].key, self.sheet.lexicon)
        near, edges, words = self._near(number), self._edges(number), self._words[number]
        keyword, rule, base, calls = self._keyword(number), self._judged(number), own[1], own[CALLS]
        yield from (own, near, edges, words, keyword, page, self._like(number))
        yield _of_rule(base, rule, page[0], keyword[0])
        yield _of_place(base, page[0], near)
        yield _of_text(base, page[0], words[0], calls)
        if self._heads(number):
            yield _of_head(near, edges[-2:], rule, page[0])

    @cached_property
    def _page(self) -> Traits:
        """The same for all lines: what page they stand on."""
        named = "a page with a keyword" if self.sheet.keyword.names else "a page without a keyword"
        short = (line.key for line in self.lines if len(line.key) <= ADVERT_MAX_CHARS)
        calling = sum(advert_strength(key, self.sheet.lexicon) > 0 for key in short)
        return f"{named}, {'no ' * (not self.signs)}signs of a site", _SIGNS(self.signs), _CALLING(calling)

    def _near(self, number: int) -> Traits:
        """How far the running text is."""
        before = number - self._prose[at - 1] if (at := bisect_left(self._prose, number)) else NOWHERE
        after = self._prose[at] - number if (at := bisect_right(self._prose, number)) < len(self._prose) else NOWHERE
        return _near(after, before)

    def _edges(self, number: int) -> Traits:
        """How near the edges of the page are, what the neighbours are."""
        above, below = min(number, FAR), min(len(self.lines) - 1 - number, FAR)
        return _edges(above, below, self.lines[number].blank, self._kinds[number], self._kinds[number + 2])

    def _shares(self) -> list[list[int]]:
        """Which part of each line's pairs of characters stands in the text: elsewhere, right behind, right before.

        As the number of its place among ``SHARES``; -1 for a line without pairs.
        """
        lines, pairs = pairs_of(self.rests)  # one pair's stand together, in the order of the lines
        if not len(lines):
            return [[-1] * len(self.lines)] * 3
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
        shares = (np.searchsorted(SHARES, share / np.maximum(1, totals)) for share in found)
        return [np.where(totals, share, -1).tolist() for share in shares]

    def _keyword(self, number: int) -> Traits:
        if not self.sheet.counts[number] and not self._faint:
            return _NO_KEYWORD
        key, keyword = self.lines[number].key, self.sheet.keyword
        traits = [_KEYWORDS(self.sheet.counts[number])]
        if self.sheet.counts[number]:
            traits += [_BESIDE(len(self._bare[number]))]
            traits += ["begins with a keyword"] * keyword.begins(key)
            traits += [_SPOKEN(keyword.spoken_of(key))]
        if not keyword.names and self._faint:
            traits.append(_FAINT(sum(map(key.count, self._faint))))
        return tuple(traits)

    def _judged(self, number: int) -> str:
        """What the rules say of a line."""
        mark = self.sheet.marks[number]
        return f"by rule: {mark[0] if mark else 'spam inside' if self.sheet.inside[number] else 'stays'}"

    def _heads(self, number: int) -> bool:
        """Whether a line stands as a headline does, also without the keyword it carries."""
        return not self.lines[number].prose and self.sheet.heads_prose(number, self._bare[number])

    def _like(self, number: int) -> Traits:
        """How many lines of the page are the same but for digits, how many begin alike."""
        line, found = self.lines[number], self.sheet.found[number]
        times, begun = self._alike[self._patterns[number]], 0 if line.prose else self._begun[line.key[:3]]
        return _like(min(times, FAR), min(begun, FAR), found.reason if found else "none")


def pairs_of(texts: Sequence[str]) -> tuple[Integers, Integers]:
    """The different pairs of Chinese characters in each text, as numbers, each with the number of its text."""
    codes = codes_of("\n".join(texts)).astype(np.int64)
    han = (codes >= 0x3400) & (codes <= 0x9FFF)
    at = (han[:-1] & han[1:]).nonzero()[0]
    lines = (codes == ord("\n")).cumsum()[at]
    both = np.sort((((codes[at] - 0x3400) << 15) | (codes[at + 1] - 0x3400)) << _LINE_BITS | lines)
    both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
    return both & ((1 << _LINE_BITS) - 1), both >> _LINE_BITS


@cache
def _of_words(shared: int, behind: int, before: int) -> Traits:
    """How many of a line's words come back in running text: anywhere, right behind, right before."""
    if shared < 0:
        return ("no words to compare",)
    return _SHARED.names[shared], _BEHIND.names[behind], _BEFORE.names[before]


@lru_cache(maxsize=CACHED_LINES)
def _near(after: int, before: int) -> Traits:
    where = "above all text" if before == NOWHERE else "below all text" if after == NOWHERE else "amid text"
    return _BELOW(after), _ABOVE(before), where


@lru_cache(maxsize=CACHED_LINES)
def _edges(above: int, below: int, blank: int, before: str, after: str) -> Traits:
    return _LINES_ABOVE(above), _LINES_BELOW(below), _BLANK(blank), f"after {before}", f"before {after}"


@lru_cache(maxsize=CACHED_LINES)
def _like(times: int, begun: int, found: str) -> Traits:
    return _TIMES(times), _BEGIN_SO(begun), f"furniture: {found}"


@lru_cache(maxsize=CACHED_LINES)
def _of_rule(base: str, rule: str, page: str, keyword: str) -> Traits:
    return rule, f"{base} & {rule}", f"{base} & {page} & {rule}", f"{base} & {page}", f"{base} & {keyword}"


@lru_cache(maxsize=CACHED_LINES)
def _of_place(base: str, page: str, near: Traits) -> Traits:
    pairs = [f"{base} & {trait}" for trait in near]
    return *pairs, *(f"{base} & {page} & {trait}" for trait in near[:2]), f"{near[0]} & {near[1]} & {base}"


@lru_cache(maxsize=CACHED_LINES)
def _of_text(base: str, page: str, words: str, calls: str) -> Traits:
    return f"{base} & {words}", f"{base} & {page} & {words}", f"{base} & {calls} & {page}"


@lru_cache(maxsize=CACHED_LINES)
def _of_head(near: Traits, beside: Traits, rule: str, page: str) -> Traits:
    return "heads text", *(f"heads text & {trait}" for trait in (*near, *beside, rule, page))


def _kind(line: Line) -> str:
    if line.prose:
        return "text" if len(line.key) >= TEXT_MIN_CHARS else "a sentence"
    return "a byline" if is_byline(line.key) else "a short line"
