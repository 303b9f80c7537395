"""What a line of a page shows beside its neighbours, as named traits: its place, its words elsewhere, its like."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from processors.algorithms.brand import Brand
from processors.algorithms.headline import is_byline
from processors.algorithms.layout import Line
from processors.algorithms.sheet import TEXT_MIN_CHARS, Sheet
from processors.algorithms.traits import COUNTS, SHARES, own_traits, step

NEAR_LINES = 8
"""So many lines before and behind are looked at for a line's words."""

AWAY = (0, 1, 2, 3, 5, 8, 20)
EDGE = (0, 1, 3, 8)

_DIGITS = re.compile(r"\d+")
_PAIR = re.compile("(?=([\u3400-\u9fff]{2}))")


class Surroundings:
    """A judged sheet's lines with the traits of each."""

    def __init__(self, sheet: Sheet, signs: int, faint: Sequence[Brand], *, polluted: bool) -> None:
        """``signs`` is how many kinds of furniture that only sites have there are; ``faint`` what may be keywords."""
        self.sheet = sheet
        self.polluted = polluted
        self.lines = sheet.lines
        self.rests = [sheet.rest(n) if sheet.inside[n] else line.key for n, line in enumerate(self.lines)]
        self._pairs = [frozenset(_PAIR.findall(rest)) for rest in self.rests]
        self._prose = [n for n, line in enumerate(self.lines) if line.prose and len(line.key) >= TEXT_MIN_CHARS]
        self._spread = Counter(pair for n, line in enumerate(self.lines) if line.prose for pair in self._pairs[n])
        self._alike = Counter(_DIGITS.sub("0", line.key) for line in self.lines)
        self._begun = Counter(line.key[:3] for line in self.lines if not line.prose)
        self._faint = tuple(brand.key for brand in faint)
        self._page = self._of_page(signs)

    def traits(self, number: int) -> list[str]:
        """All traits of a line, and pairs of those that say more together."""
        line, rest = self.lines[number], self.rests[number]
        own = own_traits(rest or line.key, self.sheet.lexicon)
        place, words = self._place(number), self._words(number)
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
        calling = sum("calls to 0" not in own_traits(line.key, self.sheet.lexicon) for line in self.lines)
        return [
            f"{named}, {'no ' * (not signs)}signs of a site",
            step("signs of a site", signs, COUNTS[:4]),
            step("lines that call", calling, EDGE),
        ]

    def _place(self, number: int) -> list[str]:
        """How far the running text is, what the neighbours are, how near the edges of the page are."""
        before = number - self._prose[at - 1] if (at := bisect_left(self._prose, number)) else 99
        after = self._prose[at] - number if (at := bisect_right(self._prose, number)) < len(self._prose) else 99
        last = len(self.lines) - 1
        where = "above all text" if before == 99 else "below all text" if after == 99 else "amid text"
        return [
            step("lines to the text below", after, AWAY),
            step("lines to the text above", before, AWAY),
            where,
            step("lines above", number, EDGE),
            step("lines below", last - number, EDGE),
            step("blank lines before", self.lines[number].blank, COUNTS[:4]),
            f"after {_kind(self.lines[number - 1]) if number else 'nothing'}",
            f"before {_kind(self.lines[number + 1]) if number < last else 'nothing'}",
        ]

    def _words(self, number: int) -> list[str]:
        """How many of a line's words come back in running text: anywhere, right before, right behind."""
        pairs = self._pairs[number]
        if not pairs:
            return ["no words to compare"]
        own = int(self.lines[number].prose)
        shared = sum(self._spread[pair] > own for pair in pairs) / len(pairs)
        return [
            step("words the text shares", shared, SHARES),
            step("words in the text behind", self._near(pairs, number + 1, number + 1 + NEAR_LINES), SHARES),
            step("words in the text before", self._near(pairs, max(0, number - NEAR_LINES), number), SHARES),
        ]

    def _near(self, pairs: frozenset[str], start: int, end: int) -> float:
        found: set[str] = set()
        for number in range(start, min(end, len(self.lines))):
            if self.lines[number].prose:
                found |= pairs & self._pairs[number]
        return len(found) / len(pairs)

    def _keyword(self, number: int) -> list[str]:
        key, keyword = self.lines[number].key, self.sheet.keyword
        traits = [step("keywords", self.sheet.counts[number], COUNTS[:4])]
        if self.sheet.counts[number]:
            rest = keyword.rest(key)
            traits += [step("beside the keyword", len(rest), (0, 3, 6, 12, 25))]
            traits += ["begins with a keyword"] * keyword.begins(key)
            traits += [step("spoken of", keyword.spoken_of(key), COUNTS[:3])]
        if not keyword.names and self._faint:
            traits.append(step("what may be a keyword", sum(key.count(name) for name in self._faint), COUNTS[:3]))
        return traits

    def _judged(self, number: int) -> str:
        """What the rules say of a line."""
        mark = self.sheet.marks[number]
        return f"by rule: {mark[0] if mark else 'spam inside' if self.sheet.inside[number] else 'stays'}"

    def _heads(self, number: int) -> list[str]:
        """Whether a line stands as a headline does, also without the keyword it carries."""
        key = self.lines[number].key
        bare = self.sheet.keyword.rest(key) if self.sheet.counts[number] else self.rests[number]
        return ["heads text"] * (not self.lines[number].prose and self.sheet.heads_prose(number, bare))

    def _like(self, number: int) -> list[str]:
        """How many lines of the page are the same but for digits, how many begin alike."""
        key = self.lines[number].key
        found = self.sheet.found[number]
        return [
            step("times on the page", self._alike[_DIGITS.sub("0", key)], COUNTS[1:4]),
            step("lines that begin so", 0 if self.lines[number].prose else self._begun[key[:3]], COUNTS[:4]),
            f"furniture: {found.reason if found else 'none'}",
        ]


def _kind(line: Line) -> str:
    if line.prose:
        return "text" if len(line.key) >= TEXT_MIN_CHARS else "a sentence"
    return "a byline" if is_byline(line.key) else "a short line"
