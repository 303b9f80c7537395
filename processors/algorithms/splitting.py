"""Chooses the headlines of a page among its candidates, all together: each is judged by those before it too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log1p
from pathlib import Path

import yaml

from processors.algorithms.candidate import PARTING, Candidate, candidates, share
from processors.algorithms.headline import Marks
from processors.algorithms.stripped import Stripped, says_again

BEAM = 8
"""So many ways to divide what was read so far are kept."""

TEMPLATE = frozenset({"stars", "named"})
"""Marks that a page puts on all its headlines or on none: without one a line below is a subheading."""

STRONG = frozenset({"stars", "site", "label", "rule"})

SHORT_CHARS, SMALL_CHARS = 80, 250
"""An article with less text than this, or than this, is rare."""

SHIFT_LINES = 8
"""So many lines below a candidate are looked at for the subject of the article before."""

ARTICLE_LINES = 40
"""So many lines above a candidate are looked at for its words, back to the headline before it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to the logarithm of the odds, for the first headline of a page and for a later one."""

    first: Mapping[str, float]
    later: Mapping[str, float]


UNTITLED = Candidate(-1, Marks(0, 0, frozenset()), "", frozenset(), frozenset(), {})
"""What stands for the headline of text that has none, at the beginning of a page."""


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
    """The weights in a YAML file; see the shipped one for its form."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Weights(*({sign: float(weight) for sign, weight in raw[part].items()} for part in ("first", "later")))


def headings(page: Stripped, weights: Weights) -> list[Candidate]:
    """The headlines of a page, in order: those of the most probable division."""
    ways = [Division()]
    for candidate in candidates(page):
        alone = odds(weights.first, candidate.signs), odds(weights.later, candidate.signs)
        found = [each for way in ways for each in _ways(page, candidate, way, alone, weights)]
        ways = sorted(found, key=lambda way: -way.score)[:BEAM]
    out: list[Candidate] = []
    way: Division | None = ways[0]
    while way is not None and way.last is not None:
        out.append(way.last)
        way = way.before
    return out[::-1]


def odds(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """What the signs add to the logarithm of the odds; a sign that the training did not meet adds nothing."""
    return sum(weights.get(sign, 0.0) * value for sign, value in signs.items())


def _ways(
    page: Stripped, candidate: Candidate, way: Division, alone: tuple[float, float], weights: Weights
) -> Iterator[Division]:
    """Both ways on from a division: without the candidate and, where it may be one, with it as a headline."""
    first, last = way.first or UNTITLED, way.last or UNTITLED
    if last is UNTITLED and not page.prose[candidate.line]:
        total = weights.first["bias"] + alone[0]
    elif may_follow(page, first, last, candidate):
        total = weights.later["bias"] + alone[1] + odds(weights.later, relation(page, first, last, candidate))
    else:
        yield way
        return
    yield Division(way.score + _probability(-total), way.first, way.last, way.before)
    yield Division(way.score + _probability(total), way.first or candidate, candidate, way)


def _probability(total: float) -> float:
    """The logarithm of the probability to a logarithm of odds."""
    return -log1p(exp(-total)) if total > 0 else total - log1p(exp(total))


def may_follow(page: Stripped, first: Candidate, last: Candidate, candidate: Candidate) -> bool:
    """Whether a headline may be the next one: there is prose since the last, it is not the last again, and it has a
    mark, or something was cut or left blank above it and the page does not mark its headlines.
    """
    if not candidate.styles and first.styles & TEMPLATE:
        return False
    common = candidate.styles if first is UNTITLED else first.styles & candidate.styles
    if not page.polluted and PARTING.isdisjoint(common) and "parted" not in candidate.signs:
        return False  # one line of a manual may end like the name of a site
    return page.prose[candidate.line] > page.prose[last.line + 1] and not says_again(candidate.bare, last.bare)


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
