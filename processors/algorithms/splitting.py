"""Divides the lines of a page into articles by several signals: marks of headlines, bylines, gaps, and what was cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from processors.algorithms.headline import Marks, is_byline, is_headline, marks_of, names_source
from processors.algorithms.layout import Line, han_count

THRESHOLD = 4.0
"""Evidence a line needs to be the headline of an article; the weights are in the functions below."""

LONG_CUT_CHARS = 60
"""A longer cut between two lines is a list of links or several adverts, not one line put between paragraphs."""

LOOK_AHEAD = 6
"""So many lines after a headline the text has begun: byline, kicker, dateline and reporters stand between."""

SHIFT_LINES = 8
"""So many lines before and after a headline are looked at for its words."""

STRONG = frozenset({"stars", "site", "byline"})

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


def headings(lines: Sequence[Line], raw: Sequence[str], gaps: Sequence[Gap]) -> list[Heading]:
    """The headlines among the lines, in order. ``raw`` has the lines as the page has them; one entry a line."""
    usual = _usual_blank(lines, gaps)
    polluted = any(gap.cut for gap in gaps)
    out: list[Heading] = []
    for number, line in enumerate(lines):
        marks = marks_of(line.key, raw[number], polluted=polluted)
        bare = line.key[marks.start : marks.end]
        if not is_headline(bare) or is_byline(line.key):
            continue
        styles = set(marks.styles)
        under = lines[number + 1].key if number + 1 < len(lines) else ""
        if is_byline(under) and (polluted or names_source(under)):
            styles.add("byline")
        wide = gaps[number].blank > usual
        if number and not (polluted and (wide or gaps[number].cut)) and not (styles & STRONG and han_count(bare) >= 4):
            continue
        score = _marks_score(styles, out[0].styles if out else None) + _place_score(number, lines, gaps[number], wide)
        score += 3.0 * (number == 0 and not polluted)
        if number:
            score += _shift_score(number, lines, marks, out[-1].line if out else 0)
            score += float("number" in styles and bool(out) and marks.number == out[-1].marks.number + 1)
        if score >= THRESHOLD:
            out.append(Heading(number, marks, frozenset(styles), score))
    return _with_bodies(out, lines)


def _marks_score(styles: set[str], first: frozenset[str] | None) -> float:
    """Evidence of what stands around the line; headlines of one page are marked alike."""
    score = 4.0 * ("stars" in styles) + 2.5 * ("site" in styles) + 3.0 * ("byline" in styles)
    score += 1.0 * ("box" in styles) + 0.5 * ("number" in styles)
    if first is not None and first & STRONG:
        score += 0.5 if first & STRONG & styles else -3.0
    return score


def _place_score(number: int, lines: Sequence[Line], gap: Gap, wide: bool) -> float:
    """Evidence of where the line stands: first, after a cut or a gap, before prose."""
    score = 2.5 * (number == 0) + 1.0 * (gap.cut > 0) + 0.5 * (gap.cut >= LONG_CUT_CHARS) + 1.5 * wide
    following = [line.prose for line in lines[number + 1 : number + 1 + LOOK_AHEAD]]
    score += 1.5 if following[:1] == [True] else 1.0 if any(following) else -3.0
    ended = number == 0 or gap.cut > 0 or lines[number - 1].key[-1:] in _ENDS
    return score + (0.5 if ended else -1.0)


def _shift_score(number: int, lines: Sequence[Line], marks: Marks, last: int) -> float:
    """Evidence of the words: a new headline's come back in what follows it and not in what stands before it."""
    words = _bigrams(lines[number].key[marks.start : marks.end])
    if not words:
        return 0.0
    after = _share(words, lines[number + 1 : number + 1 + SHIFT_LINES])
    before = _share(words, lines[max(last, number - SHIFT_LINES) : number])
    shift = after - before
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
    for heading in found:
        if out and not any(lines[n].prose for n in range(out[-1].line + 1, heading.line)):
            if heading.score > out[-1].score:
                out[-1] = heading
        else:
            out.append(heading)
    return out
