"""The lines of one polluted page with what has been found about each: what goes as a whole, what goes inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from processors.algorithms.characters import Places
from processors.algorithms.furniture import Found
from processors.algorithms.headline import marks_alone
from processors.algorithms.keyword import Hit, Keyword, without
from processors.algorithms.layout import Page, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.planted import Slot

TEXT_MIN_CHARS = 40
"""From this length on prose is running text and no headline with a question mark."""

HEADLINE_MAX_MENTIONS = 2
"""A headline carries the keyword before it and behind it at most."""

LEAD_LINES = 6
"""So many lines behind a headline running text has begun: bylines, dates and adverts stand between."""

FIT_LINES, FIT_SHARE = 10, 0.2
"""A headline shares this part of its pairs of characters with so many lines behind it."""

Mark = tuple[str, dict[str, object]]
"""The reason a line goes, and the evidence."""


class Sheet:
    """A mark for every line that goes as a whole, and for the others the stretches to cut inside them.

    ``counts`` says how often each line names the keyword, ``found`` what it is by its own words, ``chances`` how likely
    the model finds each to be spam or furniture.
    """

    def __init__(
        self, page: Page, lexicon: Lexicon, keyword: Keyword, found: Sequence[Found | None], slots: Sequence[Slot] = ()
    ) -> None:
        self.page = page
        self.lines = page.lines
        self.lexicon = lexicon
        self.keyword = keyword
        self.found = found
        self.counts = [keyword.count(line.key) for line in self.lines]
        self.marks: list[Mark | None] = [None] * len(self.lines)
        self.inside: list[list[Hit]] = [[] for _ in self.lines]
        self.chances: Sequence[float] = [0.0] * len(self.lines)
        self._heads: dict[tuple[int, str], bool] = {}
        self.slots: dict[int, list[Slot]] = {}
        for slot in slots:
            self.slots.setdefault(slot.line, []).append(slot)

    @cached_property
    def written(self) -> Places:
        """What ``Page.written`` says of its page."""
        return self.page.written()

    def staying(self) -> list[int]:
        """The numbers of the lines that stay."""
        return [number for number, mark in enumerate(self.marks) if mark is None]

    def runs(self) -> list[tuple[int, int]]:
        """Ranges of lines that stay and stand together."""
        runs: list[tuple[int, int]] = []
        for number in self.staying():
            if runs and runs[-1][1] == number:
                runs[-1] = (runs[-1][0], number + 1)
            else:
                runs.append((number, number + 1))
        return runs

    def mark(
        self, numbers: Sequence[int] | range, reason: str, words: str, told: Mapping[str, object] = MappingProxyType({})
    ) -> None:
        """Marks lines to go; the evidence is some words, and what else is told."""
        for number in numbers:
            self.marks[number] = (reason, {"words": words, **told})

    def why(self, number: int) -> str:
        """The reason a line goes; an empty text for one that stays, and beyond the edges of the page."""
        mark = self.marks[number] if 0 <= number < len(self.marks) else None
        return mark[0] if mark else ""

    def rest(self, number: int) -> str:
        """What stays of a line."""
        return rest_of(self.lines[number].key, self.inside[number])

    def heads_prose(self, number: int, rest: str) -> bool:
        """Whether a line stands as a headline does: its words come back in the running text that follows soon."""
        if (number, rest) not in self._heads:
            self._heads[number, rest] = self._stands_so(number, rest)
        return self._heads[number, rest]

    def _stands_so(self, number: int, rest: str) -> bool:
        return (
            self.counts[number] <= HEADLINE_MAX_MENTIONS
            and any(
                line.prose and len(line.key) >= TEXT_MIN_CHARS and self.counts[other] < 2
                for other, line in enumerate(self.lines[number + 1 : number + 1 + LEAD_LINES], start=number + 1)
            )
            and self._fits(rest, number)
        )

    def uses(self, words: str, number: int) -> bool:
        """Whether the running text behind a line uses any pair of characters of some words."""
        text = self.text_behind(number)
        return any(words[i : i + 2] in text for i in range(len(words) - 1))

    def text_behind(self, number: int) -> str:
        """The running text of the next lines behind one."""
        return "\n".join(line.key for line in self.lines[number + 1 : number + 1 + FIT_LINES] if line.prose)

    def _fits(self, rest: str, number: int) -> bool:
        """Whether the words of a line, without the keyword, come back in the text behind it, as a headline's do."""
        marks = marks_alone(rest)
        rest = rest[marks.start : marks.end]
        if han_count(rest) < 4 or rest[0] in "([【<":
            return False
        words = {rest[i : i + 2] for i in range(len(rest) - 1)}
        text = self.text_behind(number)
        return sum(map(text.__contains__, words)) >= FIT_SHARE * len(words)


def rest_of(key: str, hits: Sequence[Hit]) -> str:
    """A line without some stretches of it."""
    return without(key, [(h.start, h.end) for h in hits]).strip()
