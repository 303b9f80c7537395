"""Divides a page into its articles, each with title, body, byline and credits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, ClassVar

from pipeline.item import Drop, Item, Part, Removal
from pipeline.processor import Options, Processor
from pipeline.shipped import shipped
from pipeline.spans import pieces_between
from processors.algorithms.byline import read_byline
from processors.algorithms.candidate import Candidate
from processors.algorithms.certainty import read_certainty
from processors.algorithms.cutbylines import own_bylines
from processors.algorithms.gaps import line_gaps
from processors.algorithms.halves import whole_headlines
from processors.algorithms.headline import is_byline, is_credits, is_rule
from processors.algorithms.layout import Line, Page, read_page
from processors.algorithms.ownlists import signs
from processors.algorithms.splitting import Weights, headings, read_weights
from processors.algorithms.stripped import Gap, Stripped, repeats, says_again, with_fronts
from processors.algorithms.unseen import unseen

Range = tuple[int, int]

LEAD_MAX_CHARS = 120
"""On a polluted page, prose before the first headline that is no longer than this is no article."""

FIELDS = ("dateline", "byline", "credits")
"""What an article has beside its text, in the order it is read."""

BYLINE_MAX_LINES = 3
"""So many lines under a headline may be its byline."""

_SENTENCE = re.compile("。[”’」』]?$")


class SplitOptions(Options):
    """`split` has no options."""

    def files(self) -> Iterable[Path]:
        """The weights of the signs of a headline; their content is part of the chain fingerprint."""
        return [shipped("weights", "headlines.tsv")]


class Split(Processor[SplitOptions]):
    """Divide a page into its articles.

    The headlines of a page are chosen together, by signs whose weights were learnt: marks around a line, what stands
    or was cut above and below it, its words and theirs. The body becomes one paragraph a line.
    """

    before: ClassVar[frozenset[str]] = frozenset({"normalize", "fingerprint"})
    reasons: ClassVar[frozenset[str]] = frozenset({"title_mark", "stray_line", "blank", "empty"})

    def open(self) -> None:
        """Load the weights."""
        [weights] = self.options.files()
        self._weights: Weights = read_weights(weights)

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """One item an article, numbered in the order of the page; a page without text is dropped as ``empty``."""
        page = read_page(item.text)
        if not page.lines:
            yield Drop(item, "empty", {})
            return
        stripped = stripped_page(item, page)
        page, gaps, found = _settled(page, stripped, headings(stripped, self._weights))
        removals, parts = _divide(page, found, gaps, _doubts(item, page), polluted=stripped.polluted)
        removals += _blank(item.text, removals, parts)
        for child in item.cut(removals).children(_moved(parts, removals) if removals else parts):
            yield _told(child, item.meta)


def _told(article: Item, page: Mapping[str, Any]) -> Item:
    """The article with what its bylines tell, also those that were cut, and how sure it is; ``page`` is its meta."""
    if not (spans := article.spans):
        return article
    if cut := own_bylines(page.get("bylines", ()), article.held, spans[-1].end):
        article = article.with_meta(byline="\n".join([*filter(None, [article.meta.get("byline")]), *cut]))
    told = read_byline(str(article.meta[name]) for name in FIELDS if name in article.meta)
    doubts, unsure = page.get("doubts", ()), bool(page.get("unsure"))
    sure = read_certainty(doubts, spans[0].start, spans[-1].end, len(article.text), unsure=unsure)
    return article.with_meta(**told, **sure)


def stripped_page(item: Item, page: Page) -> Stripped:
    """The lines of a page with what was cut between them."""
    lines, fronts = with_fronts(whole_headlines(page))
    page = replace(page, lines=tuple(lines))
    gaps = line_gaps(page, item.pieces)
    if item.meta.get("clean"):  # a menu at its edges is no spam
        gaps = [gap._replace(cut=0) for gap in gaps]
    raw = [item.text[slice(*_range(page, line))] for line in lines]
    polluted = any(gap.cut for gap in gaps) or any(a.span.end < b.span.start for a, b in pairwise(item.pieces))
    polluted = polluted and not item.meta.get("clean")
    return Stripped(lines, raw, gaps, fronts, _doubts(item, page), polluted=polluted)


def _doubts(item: Item, page: Page) -> list[float]:
    """How probable `spam_strip` found it that each line, which it left on the page, is spam."""
    doubts = item.meta.get("doubts", ())
    if not doubts:
        return [0.0] * len(page.lines)
    begins = [begin for begin, _ in doubts]
    out: list[float] = []
    end = -1
    places = pieces_between(item.pieces, [_range(page, line) for line in page.lines])
    for line, pieces in zip(page.lines, places, strict=True):
        found = bisect_right(begins, pieces[0].span.start) - 1
        doubted = found >= 0 and begins[found] > end
        out.append(min(1.0, doubts[found][1] / len(line.key)) if doubted else 0.0)
        end = pieces[-1].span.start
    return out


def _settled(page: Page, stripped: Stripped, found: Sequence[Candidate]) -> tuple[Page, list[Gap], list[Candidate]]:
    """The lines as they are once the headlines are known: one whose front is no headline is whole again."""
    chosen = {candidate.line: candidate for candidate in found}
    lines: list[Line] = []
    gaps: list[Gap] = []
    out: list[Candidate] = []
    goes_on = False
    for number, line in enumerate(stripped.lines):
        if goes_on:
            lines[-1] = lines[-1]._replace(end=line.end, key=page.key[lines[-1].start : line.end])
        else:
            if number in chosen:
                out.append(replace(chosen[number], line=len(lines)))
            lines.append(line)
            gaps.append(stripped.gaps[number])
        goes_on = stripped.fronts[number] and number not in chosen
    return replace(page, lines=tuple(lines)), gaps, out


def _divide(
    page: Page, found: Sequence[Candidate], gaps: Sequence[Gap], doubts: Sequence[float], *, polluted: bool
) -> tuple[list[Removal], list[Part]]:
    """What to cut around the headlines, and the parts the articles are made of; both in ranges of the item's text."""
    removals: list[Removal] = []
    parts: list[Part] = []
    lead = list(page.lines[: found[0].line] if found else page.lines)
    if found:
        removals += [_stray(page, line, found[0]) for line in lead if is_rule(line.key)]
        lead = [line for line in lead if not is_rule(line.key)]
    above: list[Line] = []
    before: list[Line] = []  # a menu or a running head of a clean page: the first article's
    touch = all(_touch(page, *two) for two in pairwise(lead))
    if found and lead and touch and all(is_byline(line.key) for line in lead):
        above = lead
    elif found and polluted and sum(len(line.key) for line in lead if line.prose) <= LEAD_MAX_CHARS:
        removals += [_stray(page, line, found[0]) for line in lead]
    elif lead and (polluted or not found or any(line.prose for line in lead)):
        parts.append(_part(page, None, lead, []))
    elif lead:
        before = lead
    ends = [_end(page, gaps, doubts, *both) for both in pairwise(found)]
    for end, heading in zip(ends, found[1:], strict=True):
        removals += [_stray(page, line, heading) for line in page.lines[end : heading.line]]
    for heading, end in zip(found, [*ends, len(page.lines)], strict=False):
        marks, body = _without_marks(page, heading, page.lines[heading.line + 1 : end], polluted=polluted)
        removals += marks
        parts.append(_part(page, _title(page, heading), body, above, before))
        above, before = [], []
    return removals, parts


def _blank(text: str, removals: Sequence[Removal], parts: Sequence[Part]) -> list[Removal]:
    """What shows nothing and stands in no part: it must not vanish without a word."""
    used = [r for p in parts for r in (*p.body, *([p.title] if p.title else []), *p.fields.values()) if r[0] < r[1]]
    used += [(removal.start, removal.end) for removal in removals]
    return [Removal(start, end, "blank", {"written": written}) for start, end, written in unseen(text, used)]


def _stray(page: Page, line: Line, heading: Candidate) -> Removal:
    return Removal(*_range(page, line), "stray_line", {"words": "before the headline", "headline": heading.bare})


def _end(page: Page, gaps: Sequence[Gap], doubts: Sequence[float], heading: Candidate, following: Candidate) -> int:
    """Where the lines of an article end if what stands between the spam behind it and the next headline is left out,
    and that headline itself where it stands there once more. Two lines that `spam_strip` did not doubt are a list's.
    """
    end = following.line
    while end - 1 > heading.line and _belongs(page.lines[end - 1], following):
        end -= 1
    last = end
    while last > heading.line + 1 and not _is_text(page.lines[last - 1]):
        last -= 1
    own = [number for number in range(last, end) if not doubts[number]]
    last = own[-1] + 1 if own[1:] else last
    return next((number for number in range(last, end) if gaps[number].cut), end)


def _is_text(line: Line) -> bool:
    """Whether a line is an article's for sure: running text, a short sentence, what a notice is signed with."""
    return line.prose or _SENTENCE.search(line.key) is not None or signs(line.key)


def _belongs(line: Line, following: Candidate) -> bool:
    """Whether a line above a headline is the headline once more, or a rule over it."""
    return is_rule(line.key) or (not line.prose and says_again(line.key, following.bare))


def _title(page: Page, heading: Candidate) -> Range:
    start = page.lines[heading.line].start
    return page.place(start + heading.marks.start, start + heading.marks.end)


def _without_marks(
    page: Page, heading: Candidate, body: Sequence[Line], *, polluted: bool
) -> tuple[list[Removal], list[Line]]:
    """The cuts of the marks around a headline, of the rule under it and, where the page is polluted, of the headline
    said again in its article; and the lines that stay.
    """
    line = page.lines[heading.line]
    marks = [
        (line.start, line.start + heading.marks.start),
        (line.start + heading.marks.end, line.end),
    ]
    stay: list[Line] = []
    for number, under in enumerate(body):
        rule = number == 0 and is_rule(under.key)
        if rule or (polluted and repeats(under.key, heading.bare)):
            marks.append((under.start, under.end))
        else:
            stay.append(under)
    cuts = [(page.place(a, b), page.key[a:b].strip()) for a, b in marks if page.key[a:b].strip()]
    return [Removal(*place, "title_mark", {"words": words}) for place, words in cuts], stay


def _part(
    page: Page, title: Range | None, body: Sequence[Line], above: Sequence[Line], before: Sequence[Line] = ()
) -> Part:
    """One article: bylines above and under its title and the credits at its end go to fields, the rest is its body."""
    first, last = 0, len(body)
    while title and first < min(BYLINE_MAX_LINES, last - 1) and is_byline(body[first].key):
        if first and not _touch(page, *body[first - 1 : first + 1]):
            break
        first += 1
    while last - 1 > first and is_credits(body[last - 1].key):
        if last < len(body) and not _touch(page, *body[last - 1 : last + 1]):
            break
        last -= 1
    fields = {"dateline": above, "byline": body[:first], "credits": body[last:]}
    return Part(
        [_range(page, line) for line in (*before, *body[first:last])],
        title,
        {name: page.place(lines[0].start, lines[-1].end) for name, lines in fields.items() if lines},
    )


def _touch(page: Page, line: Line, following: Line) -> bool:
    """Whether nothing stood between two lines that is cut now."""
    return not page.key[line.end : following.start].strip()


def _range(page: Page, line: Line) -> Range:
    return page.place(line.start, line.end)


def _moved(parts: Sequence[Part], removals: Sequence[Removal]) -> list[Part]:
    """The same parts after the removals, which lie in none of their ranges."""
    ordered = sorted(removals, key=lambda removal: removal.end)
    ends = [removal.end for removal in ordered]
    gone = list(accumulate((removal.end - removal.start for removal in ordered), initial=0))

    def moved(place: Range) -> Range:
        before = gone[bisect_right(ends, place[0])]
        return place[0] - before, place[1] - before

    return [
        Part(
            [moved(r) for r in part.body],
            moved(part.title) if part.title else None,
            {name: moved(r) for name, r in part.fields.items()},
        )
        for part in parts
    ]
