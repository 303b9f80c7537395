"""Divides the lines of a page into articles by several signals: marks of headlines, bylines, gaps, and what was cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from processors.algorithms.headline import Marks, is_byline, is_heading_inside, is_headline, marks_of, names_source
from processors.algorithms.layout import Line, han_count

THRESHOLD = 4.0
"""Evidence a line needs to be the headline of an article; the weights are in the functions below."""

LONG_CUT_CHARS = 60
"""A longer cut between two lines is a list of links or several adverts, not one line put between paragraphs."""

LONGEST_MARKED = 120
"""A headline with all its marks is no longer than this."""

LOOK_AHEAD, SHIFT_LINES = 6, 8
"""So many lines after a headline the text has begun: byline, kicker, dateline and reporters stand between. So many
lines before and after it are looked at for its words.
"""

WEIGHTS = {
    "stars": 4.0,
    "byline": 3.0,
    "site": 2.5,
    "again": 2.5,
    "kicker": 2.0,
    "label": 2.0,
    "box": 1.0,
    "ornament": 1.0,
    "number": 0.5,
}
"""What each mark of a headline weighs."""

STRONG = frozenset({"stars", "site", "byline", "label"})

_ENDS = "。!?”」』\"')】…"


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between a line and the one before it: the most blank lines on end, and how much was cut there."""

    blank: int
    cut: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The headline of an article: the number of its line, its marks, and why it was taken for one."""

    line: int
    marks: Marks
    styles: frozenset[str]
    score: float


def headings(lines: Sequence[Line], raw: Sequence[str], gaps: Sequence[Gap], *, polluted: bool) -> list[Heading]:
    """The headlines among the lines, in order. ``raw`` has the lines as the page has them; one entry a line. On a
    page that is ``polluted``, spam was cut, and more counts as a mark; ``raw`` is looked at there only.
    """
    usual = _usual_blank(lines, gaps)
    out: list[Heading] = []
    head, cut, wide = True, 0, False  # whether no prose came yet; what was cut, and a wide gap, since the last prose
    for number, line in enumerate(lines):
        cut, wide = cut + gaps[number].cut, wide or gaps[number].blank > usual
        if len(line.key) > LONGEST_MARKED:
            head, cut, wide = False, 0, False
            continue
        marks = marks_of(line.key, raw[number], polluted=polluted, first=number == 0)
        bare = line.key[marks.start : marks.end]
        if is_headline(bare) and not is_byline(line.key) and not (out and is_heading_inside(bare)):
            styles = _styles(marks, lines, number, polluted=polluted)
            text = bool(out) and line.prose and head and not styles & STRONG  # the first line under a headline
            if not text and (head or (polluted and (wide or cut)) or (styles & STRONG and han_count(bare) >= 4)):
                before = [] if head else lines[max(out[-1].line if out else 0, number - SHIFT_LINES) : number]
                following = lines[number + 1 : number + 1 + SHIFT_LINES]
                score = _marks_score(marks, styles, out) + _fit_score(bare, following, before)
                score += _place_score(following, Gap(wide, cut), gaps[number], head=head)
                score += 3.0 * (number == 0 and not polluted)
                score -= 1.0 * (not head and not cut and lines[number - 1].key[-1:] not in _ENDS)
                if score >= THRESHOLD:
                    out.append(Heading(number, marks, styles, score))
        if line.prose and not (out and out[-1].line == number):
            head, cut, wide = False, 0, False
    return _with_bodies(out, lines)


def _styles(marks: Marks, lines: Sequence[Line], number: int, *, polluted: bool) -> frozenset[str]:
    under = lines[number + 1].key if number + 1 < len(lines) else ""
    styles = set(marks.styles)
    if is_byline(under) and (polluted or names_source(under)):
        styles.add("byline")
    if polluted and under.startswith("——"):
        styles.add("kicker")
    if polluted and number and lines[number - 1].key == lines[number].key:
        styles.add("again")
    return frozenset(styles)


def _marks_score(marks: Marks, styles: frozenset[str], earlier: Sequence[Heading]) -> float:
    """Evidence of what stands around the line; headlines of one page are marked alike."""
    score = sum(WEIGHTS[style] for style in styles)
    first = earlier[0].styles & STRONG if earlier else frozenset()
    if first - {"byline"}:
        return score + (0.5 if first & styles else -3.0)
    if first and not earlier[0].styles & styles:
        return score - 1.5
    if earlier and earlier[0].styles & styles:
        score += 1.0
    return score + float("number" in styles and bool(earlier) and marks.number == earlier[-1].marks.number + 1)


def _place_score(following: Sequence[Line], since: Gap, gap: Gap, *, head: bool) -> float:
    """Evidence of where the line stands: before any prose, after a cut or a gap, right before prose."""
    score = 2.5 if head else 1.0 * (since.cut > 0) + 0.5 * (since.cut >= LONG_CUT_CHARS) + 1.5 * since.blank
    score += 0.5 * (gap.cut > 0 or head)
    prose = [line.prose for line in following[:LOOK_AHEAD]]
    return score + (1.5 if prose[:1] == [True] else 1.0 if any(prose) else -3.0)


def _fit_score(bare: str, following: Sequence[Line], before: Sequence[Line]) -> float:
    """Evidence of the words: a new headline's come back in the lines that follow and not in those before it."""
    words = _bigrams(bare)
    if not words:
        return 0.0
    after = _share(words, following)
    if not before:
        return 1.5 * min(1.0, 2 * after)
    earlier = _share(words, before)
    if after == earlier == 0.0:
        return 0.0
    shift = after - earlier
    return 1.5 if shift >= 0.2 else 0.75 if shift >= 0.1 else -1.0 if shift <= 0 else 0.0


def _share(words: set[str], lines: Sequence[Line]) -> float:
    text = "\n".join(line.key for line in lines)
    return sum(word in text for word in words) / len(words)


def _bigrams(key: str) -> set[str]:
    return {key[i : i + 2] for i in range(len(key) - 1) if han_count(key[i : i + 2]) == 2}


def _usual_blank(lines: Sequence[Line], gaps: Sequence[Gap]) -> float:
    """How many blank lines stand between two paragraphs of this page."""
    between = [
        g.blank for a, b, g in zip(lines, lines[1:], gaps[1:], strict=False) if a.prose and b.prose and not g.cut
    ]
    return median(between) if between else 1


def _with_bodies(found: Sequence[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Of headings with no prose between them the one with the most evidence, the first of equals."""
    out: list[Heading] = []
    prose = list(accumulate((line.prose for line in lines), initial=0))
    for heading in found:
        if out and prose[heading.line] == prose[out[-1].line + 1]:
            if heading.score > out[-1].score:
                out[-1] = heading
        else:
            out.append(heading)
    return out
