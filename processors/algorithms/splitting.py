"""Chooses the headlines of a page among its candidates, all together: each is judged by those before it too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log1p
from pathlib import Path

import numpy as np

from processors.algorithms.candidate import PARTING, Candidate, candidates, share
from processors.algorithms.headline import Marks, number_of
from processors.algorithms.stripped import Stripped, says_again
from processors.algorithms.trees import THOUSANDTHS, Trees, read_trees

BEAM = 8
"""So many ways to divide what was read so far are kept."""

PARTS = ("first", "later")

TEMPLATE = frozenset({"stars", "named"})
"""Marks that a page puts on all its headlines or on none: without one a line below is a subheading."""

STRONG = frozenset({"stars", "site", "label", "rule"})

SHORT_CHARS, SMALL_CHARS = 80, 250
"""An article with less text than this, or than this, is rare."""

SHIFT_LINES = 8
"""So many lines below a candidate are looked at for the subject of the article before."""

HEADS_PAGE, HEADS_TEXT = 2.0, 1.0
"""What a few words on top of a page, or behind spam over a text, say at least, as the logarithm of odds."""

LITTLE_WIDER = 2.0
"""On a clean page a gap that is only a little wider than others says so much less, as the logarithm of odds."""

ARTICLE_LINES = 40
"""So many lines above a candidate are looked at for its words, back to the headline before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Trees over the signs of a headline, and the columns of these."""

    trees: Trees
    columns: Mapping[str, int]

    def odds(self, asked: Sequence[Mapping[str, float]]) -> list[float]:
        """The logarithm of the odds that each is one, by its signs; others than the trees ask for say nothing."""
        rows = np.zeros((len(asked), len(self.columns)), np.float32)
        for row, signs in zip(rows, asked, strict=True):
            for sign, value in signs.items():
                if (column := self.columns.get(sign)) is not None:
                    row[column] = value
        return [float(says) / THOUSANDTHS for says in self.trees.weigh(rows)]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What tells the first headline of a page, and what a later one."""

    first: Judge
    later: Judge


UNTITLED = Candidate(-1, Marks(0, 0, frozenset()), "", frozenset(), frozenset(), {})
"""What stands for the headline of text that has none, at the beginning of a page."""


Headlines = tuple[Candidate | None, Candidate | None]
"""The first and the last headline of a division."""


@dataclass(frozen=True, slots=True)
class Division:
    """A way to divide the lines read so far: its first and last headline, the division without the last, and the
    logarithm of its probability.
    """

    score: float = 0.0
    first: Candidate | None = None
    last: Candidate | None = None
    before: Division | None = None


@cache
def read_weights(path: Path) -> Weights:
    """The trees in a table of nodes; see the shipped one for its form."""
    rounds = read_trees(path)
    return Weights(*(_judge(rounds[name]) for name in PARTS))


def _judge(trees: Trees) -> Judge:
    return Judge(trees, {name: number for number, name in enumerate(trees.names)})


def headings(page: Stripped, weights: Weights) -> list[Candidate]:
    """The headlines of a page, in order: those of the most probable division.

    On a clean page gaps alone part articles only if there is a headline behind each of them.
    """
    lines = list(candidates(page))
    found = _divided(page, lines, weights)
    chosen = {candidate.line for candidate in found}
    if page.polluted or not any(chosen.isdisjoint(heads) for heads in page.partings):
        return found
    marked = [each for each in lines if each.line not in page.parted or not PARTING.isdisjoint(each.styles)]
    return _divided(page, marked, weights)


def _divided(page: Stripped, lines: Iterable[Candidate], weights: Weights) -> list[Candidate]:
    """The headlines among some candidates."""
    ways = [Division()]
    for candidate in lines:
        odds = _odds(page, candidate, ways, weights)
        found = [each for way in ways for each in _ways(candidate, way, odds[way.first, way.last])]
        ways = sorted(found, key=lambda way: -way.score)[:BEAM]
    out: list[Candidate] = []
    way: Division | None = ways[0]
    while way is not None and way.last is not None:
        out.append(way.last)
        way = way.before
    return out[::-1]


def _odds(
    page: Stripped, candidate: Candidate, ways: Iterable[Division], weights: Weights
) -> dict[Headlines, float | None]:
    """By the first and the last headline before a candidate the logarithm of the odds that it is the next one; None if
    it cannot be.
    """
    odds: dict[Headlines, float | None] = dict.fromkeys((way.first, way.last) for way in ways)
    asked: dict[Headlines, Mapping[str, float]] = {}
    for first, last in odds:
        if last is None and not page.prose[candidate.line]:
            [first_says] = weights.first.odds([candidate.signs])
            odds[first, last] = max(first_says, HEADS_PAGE) if "heads_page" in candidate.signs else first_says
        elif may_follow(page, first or UNTITLED, last or UNTITLED, candidate):
            asked[first, last] = {**candidate.signs, **relation(page, first or UNTITLED, last or UNTITLED, candidate)}
    if not asked:
        return odds
    found = [says + _more(page, candidate, says) for says in weights.later.odds(list(asked.values()))]
    return odds | dict(zip(asked, found, strict=True))


def _more(page: Stripped, candidate: Candidate, says: float) -> float:
    """What the trees do not say about a later headline: that its gap is narrow, or that its words need no others."""
    if not page.polluted and candidate.line in page.narrow:
        return -LITTLE_WIDER
    return max(0.0, HEADS_TEXT - says) if "heads_text" in candidate.signs else 0.0


def _ways(candidate: Candidate, way: Division, odds: float | None) -> Iterator[Division]:
    """Both ways on from a division: without the candidate and, where it may be one, with it as a headline."""
    if odds is None:
        yield way
        return
    yield Division(way.score + _probability(-odds), way.first, way.last, way.before)
    yield Division(way.score + _probability(odds), way.first or candidate, candidate, way)


def _probability(total: float) -> float:
    """The logarithm of the probability to a logarithm of odds."""
    return -log1p(exp(-total)) if total > 0 else total - log1p(exp(total))


def may_follow(page: Stripped, first: Candidate, last: Candidate, candidate: Candidate) -> bool:
    """Whether a headline may be the next one: there is prose since the last, it is not the last again, and it has a
    mark, or something was cut or left blank above it and the page does not mark its headlines.
    """
    if (not candidate.styles and first.styles & TEMPLATE) or _counts_on(page, last, candidate):
        return False
    common = candidate.styles if first is UNTITLED else first.styles & candidate.styles
    if not page.polluted and PARTING.isdisjoint(common) and "parted" not in candidate.signs:
        return False  # one line of a manual may end like the name of a site
    return page.prose[candidate.line] > page.prose[last.line + 1] and not says_again(candidate.bare, last.bare)


def _counts_on(page: Stripped, last: Candidate, candidate: Candidate) -> bool:
    """Whether the number of a candidate goes on from lines of the article before, the first of them a one; not where it
    follows that of the headline.
    """
    value = candidate.marks.number
    if value <= 2 or last is UNTITLED or value == last.marks.number + 1:
        return False
    form, _ = number_of(page.lines[candidate.line].key, page.raw[candidate.line])
    lines = range(max(last.line + 1, candidate.line - ARTICLE_LINES), candidate.line)
    near = [number_of(page.lines[line].key, page.raw[line]) for line in lines]
    values = [number for shape, number in near if shape == form]
    return values == list(range(1, value))


def relation(page: Stripped, first: Candidate, last: Candidate, candidate: Candidate) -> dict[str, float]:
    """Signs of how a candidate stands to the first headline of the page and to the one before it."""
    text = page.prose[candidate.line] - page.prose[last.line + 1]
    below = page.words(candidate.line + 1, candidate.line + 1 + SHIFT_LINES)
    above = page.words(max(last.line, candidate.line - ARTICLE_LINES), candidate.line)
    size = "lead" if last is UNTITLED else "article"
    said = {
        f"short_{size}": text < SHORT_CHARS,
        f"small_{size}": SHORT_CHARS <= text < SMALL_CHARS,
        "untitled": last is UNTITLED,
    }
    return {name: 1.0 for name, holds in (said | _marked_alike(first, last, candidate)).items() if holds} | {
        "subject_goes_on": min(1.0, 2 * share(last.words, below)),
        "of_subject": share(candidate.words, last.words),
        "known_in_article": share(candidate.words, above),
    }


def _marked_alike(first: Candidate, last: Candidate, candidate: Candidate) -> dict[str, bool]:
    """Whether the headlines of a page are marked alike, and their numbers go on."""
    strong, ours = first.styles & STRONG, candidate.styles & STRONG
    numbered, before = "number" in candidate.styles, "number" in last.styles
    goes_on = candidate.marks.number == last.marks.number + 1
    return {
        "like_first": bool(first.styles & candidate.styles),
        "all_like_first": bool(first.styles) and first.styles == candidate.styles,
        "strong_like_first": bool(strong & ours),
        "strong_unlike_first": bool(strong) and not strong & ours,
        "unlike_first": bool(first.styles) and not first.styles & candidate.styles,
        "byline_missing": "byline" in first.styles and "byline" not in candidate.styles,
        "new_strong": bool(ours) and not strong,
        "new_mark": bool(candidate.styles) and not first.styles,
        "number_next": numbered and before and goes_on,
        "number_new": numbered and not before,
        "number_wrong": numbered and before and not goes_on,
    }
