"""Divides the lines of a page into articles by several signals: marks of headlines, bylines, gaps, and what was cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from processors.algorithms.headline import Marks, is_byline, is_headline, marks_of
from processors.algorithms.layout import Line

THRESHOLD = 4.0
"""Evidence a line needs to be the headline of an article; the weights are in `_score`."""

LONG_CUT_CHARS = 60
"""A longer cut between two lines is a list of links or several adverts, not one line put between paragraphs."""

LOOK_AHEAD = 6
"""So many lines after a headline the text has begun: byline, kicker, dateline and reporters stand between."""

STRONG = frozenset({"stars", "site", "byline"})


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


def headings(lines: Sequence[Line], gaps: Sequence[Gap]) -> list[Heading]:
    """The headlines among the lines, in order. ``gaps`` has one entry a line."""
    usual = _usual_blank(lines, gaps)
    polluted = any(gap.cut for gap in gaps)
    out: list[Heading] = []
    for number, line in enumerate(lines):
        marks = marks_of(line.key)
        bare = line.key[marks.start : marks.end]
        if not is_headline(bare) or is_byline(line.key):
            continue
        styles = set(marks.styles)
        if number + 1 < len(lines) and is_byline(lines[number + 1].key):
            styles.add("byline")
        first = out[0].styles if out else None
        score = _score(number, lines, gaps[number], styles, gaps[number].blank > usual, first)
        if score < THRESHOLD or (number and not _apart(gaps[number], usual, styles, first, polluted)):
            continue
        out.append(Heading(number, marks, frozenset(styles), score))
    return _with_bodies(out, lines)


def _score(
    number: int, lines: Sequence[Line], gap: Gap, styles: set[str], wide: bool, first: frozenset[str] | None
) -> float:
    score = 4.0 * ("stars" in styles) + 2.5 * ("site" in styles) + 3.0 * ("byline" in styles)
    score += 1.0 * ("box" in styles) + 0.5 * ("number" in styles)
    if number == 0:
        score += 2.5
    score += 1.0 * (gap.cut > 0) + 0.5 * (gap.cut >= LONG_CUT_CHARS) + 1.5 * wide
    following = [line.prose for line in lines[number + 1 : number + 1 + LOOK_AHEAD]]
    score += 1.5 if following[:1] == [True] else 1.0 if any(following) else -3.0
    if number and gap.cut == 0:
        score += 0.5 if lines[number - 1].key[-1:] in "。!?”」』\"')】…" else -1.0
    else:
        score += 0.5
    if first is not None and first & STRONG:
        score += 0.5 if first & STRONG & styles else -2.0
    return score


def _apart(gap: Gap, usual: float, styles: set[str], first: frozenset[str] | None, polluted: bool) -> bool:
    """Whether a line after the first can begin an article at all, and is no heading within one."""
    if styles & STRONG:
        return True
    if not polluted:
        return False
    same_number = first is not None and "number" in first & styles
    return gap.blank > usual or gap.cut >= LONG_CUT_CHARS or (gap.cut > 0 and (same_number or first is None))


def _usual_blank(lines: Sequence[Line], gaps: Sequence[Gap]) -> float:
    """How many blank lines stand between two paragraphs of this page."""
    between = [g.blank for a, b, g in zip(lines, lines[1:], gaps[1:], strict=False) if a.prose and b.prose and not g.cut]
    return median(between) if between else 1


def _with_bodies(found: Sequence[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Of headings with no prose between them the one with the most evidence, the first of equals."""
    out: list[Heading] = []
    for heading in found:
        if out and not any(lines[n].prose for n in range(out[-1].line + 1, heading.line)):
            if heading.score > out[-1].score:
                out[-1] = heading
        else:
            out.append(heading)
    return out
