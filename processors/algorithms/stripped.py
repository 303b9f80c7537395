"""What `split` divides: the lines that are left of a page, what lies between them, and their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise
from operator import add
from typing import NamedTuple

from processors.algorithms.headline import (
    Marks,
    is_byline,
    is_credits,
    is_heading_inside,
    is_headline,
    is_rule,
    number_of,
)
from processors.algorithms.layout import Line, han_count, is_prose
from processors.algorithms.sitenames import lone_name, signature

LOOK_AHEAD = 6
"""So many lines after a headline the text has begun: byline, kicker, dateline and reporters stand between."""

LONGEST_FRONT = 60
"""A headline with its text behind it on one line is no longer than this."""

WORDS_CHARS = 600
"""So much of a line is looked at for its words."""

PARAGRAPH_CHARS = 40
"""Where no line is so long there are only verses, a list or a table."""

WRAPPED_MIN_CHARS, WRAPPED_SHARE = 24, 0.2
"""Where so many lines have one length, and it is no less, lines were wrapped at it."""

WRAPPED_LESS = 1
"""Wrapped lines may have so many characters less: figures and letters are narrower."""

BESIDE_CHARS = 24
"""So much may stand beside a headline that is said again: a number of a page, the name of a site."""

TINY_CHARS = 4
"""A shorter headline stands in many lines by chance."""

PAGE_NUMBER_CHARS = 3
"""第二页 has three Chinese characters."""

BRIEF_CHARS = 8
"""A line of a few words is no longer than this."""

SHAPE_CHARS = 2
"""Lines that begin with the same so many characters are of one shape."""

SPANS = 64
"""The words of so many spans of lines are kept: the ways to divide a page ask for the same ones."""

PARTING_BLANK = 2
"""So many blank lines more than between paragraphs part the articles of a clean page; fewer may."""

SENTENCE_ENDS = "。!?”」』\"')】…;"

ORNAMENT_CHARS = 5
"""What stands before a headline, with a blank behind it, is no longer than this."""

_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+")

_BETWEEN_PARTS = re.compile("[ \u3000]{2,}|\u3000|(?<![a-z0-9]) (?![a-z0-9])")
"""Not the single blanks that are set around Latin words and figures."""

_COMMON = "的了在是我他她它这那不有和就也都而及与着或一个们为以上下来去到说要会对中从被把之其于等将还又很"
_BETWEEN = pairwise(["\u33ff", *sorted(_COMMON), "\ua000"])
_RUN = re.compile(
    "[{}]{{2,}}".format("".join(f"{chr(ord(a) + 1)}-{chr(ord(b) - 1)}" for a, b in _BETWEEN if ord(b) - ord(a) > 1))
)
"""Characters without those that stand in every text: what is between these, for to look ahead at each takes long."""


class Gap(NamedTuple):
    """What lies between a line and the one before it: the most blank lines on end, and how much was cut there."""

    blank: int
    cut: int


class Stripped:
    """The lines of a page after the cuts. ``raw`` has them as the page has them, ``gaps`` what lies before each,
    ``fronts`` whether each is the front of the next one (see `with_fronts`), ``doubts`` how probable it was to be spam;
    on a ``polluted`` page spam was cut.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        raw: Sequence[str],
        gaps: Sequence[Gap],
        fronts: Sequence[bool],
        doubts: Sequence[float],
        *,
        polluted: bool,
    ) -> None:
        self.lines, self.raw, self.gaps, self.fronts, self.polluted = lines, raw, gaps, fronts, polluted
        self.doubts = doubts
        self.prose = [0]
        """How many characters of prose stand above each line, and on the whole page."""
        for line in lines:
            self.prose.append(self.prose[-1] + len(line.key) * line.prose)
        self.marks: dict[int, Marks] = {}
        """Those of the lines that were asked about as candidates, to ask once only."""
        self._words: dict[int, frozenset[str]] = {}
        self._spans: dict[tuple[int, int], set[str]] = {}

    @cached_property
    def usual_blank(self) -> int:
        """So many blank lines, or fewer, stand between nine of ten paragraphs of this page that follow each other."""
        rows = zip(self.lines, self.lines[1:], self.gaps[1:], strict=False)
        between = sorted(gap.blank for a, b, gap in rows if a.prose and b.prose and not gap.cut)
        return between[len(between) * 9 // 10] if between else 1

    @cached_property
    def partings(self) -> Sequence[frozenset[int]]:
        """Where gaps part texts: wider than between paragraphs, and on this page never but between the end of a text
        and what looks like a headline, around that, or before what a text is signed with.

        For each of them the lines behind such gaps that may be the headline.
        """
        out: list[frozenset[int]] = []
        for wide in self._wide_gaps():
            last = wide[-1]
            if any(line.prose for line in self.lines[last : last + LOOK_AHEAD]):
                heads = frozenset(number for number in wide if self._heads(number))
                if not heads:
                    return ()
                out.append(heads)
        return out

    def _wide_gaps(self) -> Iterator[list[int]]:
        """The lines behind the wide gaps of the page below its first text, those together with no text between."""
        wide: list[int] = []
        for number, gap in enumerate(self.gaps):
            if gap.blank <= self.usual_blank or not self.prose[number]:
                continue
            if wide and self.prose[number] > self.prose[wide[-1]]:
                yield wide
                wide = []
            wide.append(number)
        if wide:
            yield wide

    @cached_property
    def parted(self) -> frozenset[int]:
        """All lines of `partings`."""
        return frozenset(chain.from_iterable(self.partings))

    @cached_property
    def narrow(self) -> frozenset[int]:
        """Those behind a gap that is only a little wider than between paragraphs."""
        return frozenset(n for n in self.parted if self.gaps[n].blank < self.usual_blank + PARTING_BLANK)

    def _heads(self, number: int) -> bool:
        line, above = self.lines[number], self.lines[number - 1].key
        ended = above[-1] in SENTENCE_ENDS or above[-1] == "." or is_byline(above) or is_credits(above)
        headline = is_headline(line.key) and not is_byline(line.key) and not _SECTION.match(line.key)
        return ended and headline and han_count(line.key) > 1

    @cached_property
    def width(self) -> int:
        """How many characters a line had at most where it was wrapped; 0 where none was."""
        sizes = Counter(len(line.key) for line in self.lines if len(line.key) >= WRAPPED_MIN_CHARS)
        counts = {size: sum(sizes[size - less] for less in range(WRAPPED_LESS + 1)) for size in sizes}
        width, count = max(counts.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
        return width if count >= max(3, WRAPPED_SHARE * len(self.lines)) else 0

    @cached_property
    def dated(self) -> bool:
        """Whether a byline stands right under the first line."""
        return len(self.lines) > 1 and is_byline(self.lines[1].key)

    @cached_property
    def brief(self) -> frozenset[int]:
        """The numbers of the lines of a few words, but for the first and the last line."""
        lines = enumerate(self.lines[1:-1], start=1)
        return frozenset(number for number, line in lines if not line.prose and len(line.key) <= BRIEF_CHARS)

    @cached_property
    def shapes(self) -> Counter[str]:
        """How many lines that are no prose begin with the same characters."""
        return Counter(line.key[:SHAPE_CHARS] for line in self.lines if not line.prose)

    @cached_property
    def sites(self) -> frozenset[str]:
        """The names of sites that several short lines carry behind a sign or before one; and what the first line has
        behind a dash or a bar, if none of its words come in the text and some of the line's others do.
        """
        short = {line.key for line in self.lines if len(line.key) <= LONGEST_FRONT}
        times = Counter(map(signature, short))
        several = frozenset(name for name, count in times.items() if name and count > 1)
        title, alone = lone_name(self.lines[0].key)
        if not alone or self.polluted:
            return several
        text = self.words(1, len(self.lines))
        return several | {alone} if words_of(alone).isdisjoint(text) and words_of(title) & text else several

    @cached_property
    def verses(self) -> bool:
        """Whether no line is as long as a paragraph."""
        return all(len(line.key) < PARAGRAPH_CHARS for line in self.lines)

    @cached_property
    def listed(self) -> bool:
        """Whether the number of the first line, if it has one, is one of several of its form."""
        numbers = [number_of(line.key, raw) for line, raw in zip(self.lines, self.raw, strict=True)]
        form, value = numbers[0]
        return value > 1 or (value == 1 and (form, 2) in numbers)

    def words(self, first: int, last: int) -> set[str]:
        """The words of the lines ``[first, last)``."""
        first, last = max(0, first), min(last, len(self.lines))
        if (first, last) not in self._spans:
            if len(self._spans) >= SPANS:
                self._spans.clear()
            self._spans[first, last] = set().union(*map(self._words_of, range(first, last)))
        return self._spans[first, last]

    def _words_of(self, number: int) -> frozenset[str]:
        if number not in self._words:
            self._words[number] = words_of(self.lines[number].key[:WORDS_CHARS])
        return self._words[number]

    def below(self, number: int, bare: str) -> int:
        """The number of the line below a headline, behind its subtitle, its byline and a rule, and the same again."""
        at = number + 1
        while at < min(len(self.lines), number + LOOK_AHEAD):
            key = self.lines[at].key
            if not (is_byline(key) or is_rule(key) or key.startswith("——") or says_again(key, bare)):
                break
            at += 1
        return at


def words_of(key: str) -> frozenset[str]:
    """Pairs of Chinese characters, without those that stand in every text."""
    return frozenset(chain.from_iterable(map(add, run, run[1:]) for run in _RUN.findall(key)))


def says_again(key: str, bare: str) -> bool:
    """Whether a line is a headline once more, with no more than a few words beside it, none if it is tiny."""
    if len(bare) < TINY_CHARS:
        return key == bare and han_count(bare) > 1
    return len(key) <= len(bare) + BESIDE_CHARS and bare in key


def repeats(key: str, bare: str) -> bool:
    """Whether a line is a headline once more and nothing else, but for marks and the number of a page."""
    return says_again(key, bare) and han_count(key) - han_count(bare) <= PAGE_NUMBER_CHARS


def with_fronts(lines: Sequence[Line]) -> tuple[list[Line], list[bool]]:
    """The lines, those that may begin with a headline in two; and for each whether it is the front of the next."""
    out: list[Line] = []
    fronts: list[bool] = []
    for line in lines:
        whole = len(line.key) <= LONGEST_FRONT and is_headline(line.key)
        at = _front_end(line.key) if line.prose and not whole else 0
        if at and han_count(line.key[at:]):  # else it is the headline's other half, in English
            rest = line.key[at:].lstrip()
            out.append(Line(line.start, line.start + at, line.key[:at], line.blank, True, line.kinds))
            out.append(Line(line.end - len(rest), line.end, rest, 0, is_prose(rest), line.kinds))
            fronts += [True, False]
        else:
            out.append(line)
            fronts.append(False)
    return out, fronts


def _front_end(key: str) -> int:
    """Where the front of a line ends that may be a headline with its text behind it; 0 without one."""
    end = at = 0
    for gap in _BETWEEN_PARTS.finditer(key, 0, LONGEST_FRONT):
        part = key[at : gap.start()]
        if at or han_count(part) or len(part) > ORNAMENT_CHARS:  # else what stands before a headline
            if (
                han_count(part) < 3
                or not is_headline(part)
                or is_byline(part)
                or "," in part
                or part.count("(") > part.count(")")
                or is_heading_inside(part)
            ):
                break
            end = gap.start()
        at = gap.end()
    return end
