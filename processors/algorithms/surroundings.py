"""What a line of a page shows beside its neighbours, as numbers with names: its place, its words, its like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from processors.algorithms.brand import Brand
from processors.algorithms.headline import is_byline
from processors.algorithms.layout import Line
from processors.algorithms.lists import alike_near, counting, patterns_of, telephones_alike
from processors.algorithms.sharing import shares
from processors.algorithms.sheet import TEXT_MIN_CHARS, Sheet
from processors.algorithms.traits import OWN, own_traits
from processors.algorithms.trees import Rows

NEAR = ("lines to the text above", "lines to the text below")
EDGES = (
    "lines above",
    "lines below",
    "lines on the page",
    "blank lines before",
    "blank lines behind",
    "short lines on end",
    "short lines on end before",
)
SHARED = (
    "words the text shares",
    "words in the text behind",
    "words in the text before",
    "words that lines share which a rule cuts",
)
KEYWORDS = (
    "keywords",
    "keywords in a hundred characters",
    "characters beside the keyword",
    "begins with a keyword",
    "keywords spoken of",
    "what may be a keyword",
)
CUT_AS = ("advert", "keyword_line", "stray_line", "related_link")
FURNITURE = ("page_info", "navigation", "small_print", "decoration")
RULES = (
    "a rule cuts it",
    "a rule cuts in it",
    "share that is cut in it",
    *(f"a rule cuts it as {reason}" for reason in CUT_AS),
    "furniture",
    *(f"furniture: {reason}" for reason in FURNITURE),
)
WRITTEN = ("share written otherwise", "share written otherwise beside the text's")
"""Of a line's Chinese characters those in Traditional or invented form; the difference to the share in all text."""

LIKE = ("times on the page", "lines that begin so", "heads text")
LISTED = ("counts on", "lines of its form near", "telephones like its own")
PAGE = (
    "a page with a keyword",
    "polluted by rule",
    "signs of a site",
    "lines that call",
    "share of lines that call",
    "share of lines with a keyword",
    "lines of text on the page",
    "characters of text on the page",
)
BESIDE = (
    "kind",
    "length",
    "calls",
    "keywords",
    "share of words that only sites have",
    "a rule cuts it",
    "words the text shares",
    "could be a headline",
    "kind of its end",
)
"""What is also told of the two lines before and the two behind; kinds are 0 text, 1 a sentence, 2 a byline, 3 short."""

STEPS = {-2: "two lines before", -1: "line before", 1: "line behind", 2: "two lines behind"}

FARTHEST = max(STEPS)

TRAITS = (
    *(*OWN, *NEAR, *EDGES, *SHARED, *KEYWORDS, *RULES, *LIKE, *LISTED, *WRITTEN, *PAGE),
    *(f"{where}: {name}" for where in STEPS.values() for name in BESIDE),
)

NOWHERE, MISSING = 99, -1
"""How far text is that there is none of; what a line shows that is not there."""

Column = npt.NDArray[np.float32]


class Surroundings:
    """A judged sheet's lines with the traits of each."""

    def __init__(self, sheet: Sheet, signs: int, faint: Sequence[Brand], *, polluted: bool) -> None:
        """``signs`` is how many kinds of furniture that only sites have there are; ``faint`` what may be keywords."""
        self.sheet = sheet
        self.polluted, self.signs, self.faint = polluted, signs, faint
        self.lines = sheet.lines
        self._faint = tuple(brand.key for brand in faint)

    @cached_property
    def table(self) -> Rows:
        """A row of ``TRAITS`` for each line."""
        columns = self._columns()
        count, own = len(self.lines), len(TRAITS) - len(STEPS) * len(BESIDE)
        table = np.empty((len(TRAITS), count), np.float32)
        for number, name in enumerate(TRAITS[:own]):
            table[number] = columns[name]
        beside = np.full((len(BESIDE), count + 2 * FARTHEST), MISSING, np.float32)
        beside[:, FARTHEST : FARTHEST + count] = [columns[name] for name in BESIDE]
        for number, step in enumerate(STEPS):
            first = own + number * len(BESIDE)
            table[first : first + len(BESIDE)] = beside[:, FARTHEST + step : FARTHEST + step + count]
        return np.ascontiguousarray(table.T)

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

    def _columns(self) -> dict[str, Column]:
        lexicon = self.sheet.lexicon
        own = [own_traits(rest or line.key, lexicon) for rest, line in zip(self.rests, self.lines, strict=True)]
        columns = dict(zip(OWN, np.array(own, np.float32).reshape(-1, len(OWN)).T, strict=True))
        columns["kind"] = np.array(list(map(_kind, self.lines)), np.float32)
        rows = zip(*map(self._row, range(len(self.lines))), strict=True)
        columns |= {name: np.array(row, np.float32) for name, row in zip((*KEYWORDS, *RULES, *LIKE), rows, strict=True)}
        cut = columns["a rule cuts it"] > 0
        text = np.array([line.prose for line in self.lines], bool)
        columns |= zip(SHARED, shares(self.rests, text, cut), strict=True)
        columns |= zip((*NEAR, *EDGES), self._places(text), strict=True)
        columns |= zip(LISTED, self._listed(), strict=True)
        columns |= zip(WRITTEN, self._written(text), strict=True)
        return columns | {name: np.full(len(own), value, np.float32) for name, value in self._page(columns).items()}

    def _row(self, number: int) -> tuple[float, ...]:
        return (*self._keyword(number), *self._judged(number), *self._like(number))

    def _places(self, text: npt.NDArray[np.bool_]) -> Sequence[Column]:
        """How far the running text is, how near the edges of the page are, what is set apart, runs of short lines."""
        count = len(self.lines)
        numbers = np.arange(count)
        running = np.array([n for n, line in enumerate(self.lines) if line.prose and len(line.key) >= TEXT_MIN_CHARS])
        known = np.concatenate([[-np.inf], running, [np.inf]])
        above = numbers - known[np.searchsorted(running, numbers)]
        below = known[np.searchsorted(running, numbers, side="right") + 1] - numbers
        blank = np.array([line.blank for line in self.lines])
        turns = np.append(True, text[1:] != text[:-1]).nonzero()[0]
        first = turns[np.searchsorted(turns, numbers, side="right") - 1]
        long = np.append(turns[1:], count)[np.searchsorted(turns, numbers, side="right") - 1] - first
        found = (
            *(np.where(np.isinf(away), NOWHERE, away) for away in (above, below)),
            *(numbers, count - 1 - numbers, np.full(count, count), blank, np.append(blank[1:], MISSING)),
            *(np.where(text, 0, long), np.where(text, 0, numbers - first)),
        )
        return [np.minimum(column, NOWHERE).astype(np.float32) for column in found]

    def _listed(self) -> Sequence[Column]:
        """The traits ``LISTED``."""
        keys = [line.key for line in self.lines]
        found = counting(keys), alike_near(self._patterns), telephones_alike(keys)
        return [column.astype(np.float32) for column in found]

    def _written(self, text: npt.NDArray[np.bool_]) -> Sequence[Column]:
        """The traits ``WRITTEN``."""
        starts, ends = np.array([(line.start, line.end) for line in self.lines]).reshape(-1, 2).T
        written = self.sheet.written
        chinese, otherwise = written[:, ends] - written[:, starts]
        shares = otherwise / np.maximum(1, chinese)
        all_text = otherwise[text].sum() / max(1, chinese[text].sum())
        return [column.astype(np.float32) for column in (shares, shares - all_text)]

    def _keyword(self, number: int) -> tuple[float, ...]:
        """The traits ``KEYWORDS``."""
        key, keyword, count = self.lines[number].key, self.sheet.keyword, self.sheet.counts[number]
        faint = MISSING if keyword.names else sum(map(key.count, self._faint))
        if not count:
            return 0, 0, len(key), False, 0, faint
        density = 100 * count / len(key)
        return count, density, len(self._bare[number]), keyword.begins(key), keyword.spoken_of(key), faint

    def _judged(self, number: int) -> tuple[float, ...]:
        """The traits ``RULES``: what the rules say of a line, and what it is by its own words."""
        mark, found = self.sheet.marks[number], self.sheet.found[number]
        inside = mark is None and bool(self.sheet.inside[number])
        share = 1 - len(self.rests[number]) / len(self.lines[number].key)
        cut, own = mark[0] if mark else "", found.reason if found else ""
        reasons, kinds = map(cut.__eq__, CUT_AS), map(own.__eq__, FURNITURE)
        return mark is not None, inside, share, *reasons, found is not None, *kinds

    def _like(self, number: int) -> tuple[float, ...]:
        """The traits ``LIKE``: lines that are the same but for digits, that begin so; whether it stands as a headline.

        A headline's words come back in the text behind, without the keyword it may carry.
        """
        line = self.lines[number]
        heads = not line.prose and self.sheet.heads_prose(number, self._bare[number])
        return self._alike[self._patterns[number]], 0 if line.prose else self._begun[line.key[:3]], heads

    @cached_property
    def _patterns(self) -> list[str]:
        return patterns_of([line.key for line in self.lines])

    @cached_property
    def _alike(self) -> Counter[str]:
        return Counter(self._patterns)

    @cached_property
    def _begun(self) -> Counter[str]:
        return Counter(line.key[:3] for line in self.lines if not line.prose)

    def _page(self, columns: dict[str, Column]) -> dict[str, float]:
        """The traits ``PAGE``, the same for all lines."""
        count = max(1, len(self.lines))
        calling, naming = (int((columns[name] > 0).sum()) for name in ("calls", "keywords"))
        text = [len(line.key) for line in self.lines if line.prose]
        running = sum(length >= TEXT_MIN_CHARS for length in text)
        named = bool(self.sheet.keyword.names)
        found = (named, self.polluted, self.signs, calling, calling / count, naming / count, running, sum(text))
        return dict(zip(PAGE, found, strict=True))


def shifted(column: Column, step: int) -> Column:
    """What the line so many steps on shows."""
    out = np.full(len(column), MISSING, np.float32)
    if step < 0:
        out[-step:] = column[:step]
    else:
        out[:-step] = column[step:]
    return out


def _kind(line: Line) -> int:
    if line.prose:
        return 0 if len(line.key) >= TEXT_MIN_CHARS else 1
    return 2 if is_byline(line.key) else 3
