"""Divides a page into its articles, each with title, body, byline and credits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import ClassVar

from pipeline.item import Drop, Item, Part, Removal
from pipeline.processor import Options, Processor
from processors.algorithms.headline import is_byline, is_credits, is_rule
from processors.algorithms.layout import Line, Page, read_page
from processors.algorithms.splitting import Gap, Heading, headings

Range = tuple[int, int]

LEAD_MAX_CHARS = 120
"""On a polluted page, prose before the first headline that is no longer than this is no article."""

BYLINE_MAX_LINES = 3
"""So many lines under a headline may be its byline."""

_LINE_END = Gap(0, 0)


class SplitOptions(Options):
    """`split` has no options."""


class Split(Processor[SplitOptions]):
    """Divide a page into its articles.

    A headline is found by several signals together: stars, a site's name behind it, a number, a byline under it, gaps,
    and what was cut before it. The body becomes one paragraph a line.
    """

    before: ClassVar[frozenset[str]] = frozenset({"normalize", "fingerprint"})
    reasons: ClassVar[frozenset[str]] = frozenset({"title_mark", "stray_line", "empty"})

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """One item an article, numbered in the order of the page; a page without text is dropped as ``empty``."""
        page = read_page(item.text)
        if not page.lines:
            yield Drop(item, "empty", {})
            return
        gaps = _gaps(item, page)
        polluted = any(gap.cut for gap in gaps) or any(a.span.end < b.span.start for a, b in pairwise(item.pieces))
        raw = [item.text[slice(*_range(page, line))] if polluted else line.key for line in page.lines]
        found = headings(page.lines, raw, gaps, polluted=polluted)
        removals, parts = _divide(page, found, gaps, polluted=polluted)
        yield from item.cut(removals).children(_moved(parts, removals) if removals else parts)


def _gaps(item: Item, page: Page) -> list[Gap]:
    """What lies before each line; a jump in the raw page between two pieces is a cut."""
    jumps: list[tuple[int, int]] = []
    at = 0
    for piece, following in pairwise(item.pieces):
        at += piece.length
        if following.span.start > piece.span.end:
            jumps.append((at, following.span.start - piece.span.end))
    if item.pieces and item.pieces[0].span.start > 0:
        jumps.insert(0, (0, item.pieces[0].span.start))
    out: list[Gap] = []
    end, waiting = 0, 0
    for line in page.lines:
        start, stop = page.place(line.start, line.end)
        here: list[tuple[int, int]] = []
        while waiting < len(jumps) and jumps[waiting][0] <= start:
            if jumps[waiting][0] >= end:
                here.append(jumps[waiting])
            waiting += 1
        if here or start - end > 1:
            out.append(
                Gap(_blank_lines(item.text, [end, *(at for at, _ in here), start]), sum(size for _, size in here))
            )
        else:
            out.append(_LINE_END)
        end = stop
    return out


def _blank_lines(text: str, edges: Sequence[int]) -> int:
    """The most blank lines there are on end between two neighbours of some places in a text."""
    return max(0, *(max(text.count("\n", a, b), text.count("\r", a, b)) - 1 for a, b in pairwise(edges)))


def _divide(
    page: Page, found: Sequence[Heading], gaps: Sequence[Gap], *, polluted: bool
) -> tuple[list[Removal], list[Part]]:
    """What to cut around the headlines, and the parts the articles are made of; both in ranges of the item's text."""
    removals: list[Removal] = []
    parts: list[Part] = []
    lead = page.lines[: found[0].line] if found else page.lines
    above: list[Line] = []
    before: list[Line] = []  # a menu or a running head of a clean page: the first article's
    if found and lead and all(is_byline(line.key) for line in lead):
        above = list(lead)
    elif found and polluted and sum(len(line.key) for line in lead if line.prose) <= LEAD_MAX_CHARS:
        removals += [_stray(page, line) for line in lead]
    elif lead and (polluted or not found or any(line.prose for line in lead)):
        parts.append(_part(page, None, lead, []))
    elif lead:
        before = list(lead)
    ends = [*(h.line for h in found[1:]), len(page.lines)]
    for heading, end in zip(found, ends, strict=False):
        line = page.lines[heading.line]
        start, stop = line.start + heading.marks.start, line.start + heading.marks.end
        last = end if end == len(page.lines) else _without_stray(page, gaps, heading.line + 1, end)
        removals += [_stray(page, line) for line in page.lines[last:end]]
        body = list(page.lines[heading.line + 1 : last])
        for a, b in ((line.start, start), (stop, line.end), *_rules(body)):
            if page.key[a:b].strip():
                removals.append(Removal(*page.place(a, b), "title_mark", {"words": page.key[a:b].strip()}))
        body = [line for line in body[:1] if not is_rule(line.key)] + body[1:]
        parts.append(_part(page, page.place(start, stop), body, above, before))
        above, before = [], []
    return removals, parts


def _stray(page: Page, line: Line) -> Removal:
    return Removal(*_range(page, line), "stray_line", {"words": "before the headline"})


def _without_stray(page: Page, gaps: Sequence[Gap], first: int, end: int) -> int:
    """Where the lines of an article end if what stands between the spam behind it and the next headline is left out."""
    last = end
    while last > first and not page.lines[last - 1].prose:
        last -= 1
    for number in range(last, end):
        if gaps[number].cut:
            return number
    return end


def _rules(body: Sequence[Line]) -> list[Range]:
    """The rule drawn under a headline."""
    return [(line.start, line.end) for line in body[:1] if is_rule(line.key)]


def _part(
    page: Page, title: Range | None, body: Sequence[Line], above: Sequence[Line], before: Sequence[Line] = ()
) -> Part:
    """One article: bylines above and under its title and the credits at its end go to fields, the rest is its body."""
    first, last = 0, len(body)
    while title and first < min(BYLINE_MAX_LINES, last - 1) and is_byline(body[first].key):
        first += 1
    while last - 1 > first and is_credits(body[last - 1].key):
        last -= 1
    fields = {"dateline": above, "byline": body[:first], "credits": body[last:]}
    return Part(
        [_range(page, line) for line in (*before, *body[first:last])],
        title,
        {name: page.place(lines[0].start, lines[-1].end) for name, lines in fields.items() if lines},
    )


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
