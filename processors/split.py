"""Divides a page into its articles, each with title, body, byline and credits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pipeline.item import Drop, Item, Part, Removal
from pipeline.processor import Options, Processor
from processors.algorithms.headline import is_byline, is_credits
from processors.algorithms.layout import Line, Page, read_page
from processors.algorithms.splitting import Gap, Heading, headings

Range = tuple[int, int]


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
        found = headings(page.lines, gaps)
        removals, parts = _divide(page, found, polluted=any(gap.cut for gap in gaps))
        yield from item.cut(removals).children([_moved(part, removals) for part in parts])


def _gaps(item: Item, page: Page) -> list[Gap]:
    """What lies before each line; a jump in the raw page between two pieces is a cut."""
    jumps: list[tuple[int, int]] = []
    at = 0
    for piece, following in zip(item.pieces, item.pieces[1:], strict=False):
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
        edges = [end, *(at for at, _ in here), start]
        blank = max(item.text.count("\n", a, b) for a, b in zip(edges, edges[1:], strict=False)) - 1
        out.append(Gap(max(0, blank), sum(size for _, size in here)))
        end = stop
    return out


def _divide(page: Page, found: Sequence[Heading], *, polluted: bool) -> tuple[list[Removal], list[Part]]:
    """What to cut around the headlines, and the parts the articles are made of; both in ranges of the item's text."""
    removals: list[Removal] = []
    parts: list[Part] = []
    first = found[0].line if found else 0
    lead = list(range(first))
    if lead and polluted and not any(page.lines[n].prose for n in lead):
        removals += [
            Removal(*_range(page, page.lines[n]), "stray_line", {"words": "before the headline"}) for n in lead
        ]
    elif lead or not found:
        parts.append(_part(page, None, range(first if found else len(page.lines))))
    ends = [*(h.line for h in found[1:]), len(page.lines)]
    for heading, end in zip(found, ends, strict=False):
        line = page.lines[heading.line]
        start, stop = line.start + heading.marks.start, line.start + heading.marks.end
        for a, b in ((line.start, start), (stop, line.end)):
            if page.key[a:b].strip():
                removals.append(Removal(*page.place(a, b), "title_mark", {"words": page.key[a:b].strip()}))
        parts.append(_part(page, page.place(start, stop), range(heading.line + 1, end)))
    return removals, parts


def _part(page: Page, title: Range | None, numbers: range) -> Part:
    """One article: the byline under its title and the credits at its end go to fields, the rest is its body."""
    fields: dict[str, Range] = {}
    body = list(numbers)
    if title and len(body) > 1 and is_byline(page.lines[body[0]].key):
        fields["byline"] = _range(page, page.lines[body.pop(0)])
    credits: list[int] = []
    while len(body) > 1 and is_credits(page.lines[body[-1]].key):
        credits.insert(0, body.pop())
    if credits:
        fields["credits"] = _range(page, page.lines[credits[0]])[0], _range(page, page.lines[credits[-1]])[1]
    return Part([_range(page, page.lines[n]) for n in body], title, fields)


def _range(page: Page, line: Line) -> Range:
    return page.place(line.start, line.end)


def _moved(part: Part, removals: Sequence[Removal]) -> Part:
    """The same part after the removals, which lie in none of its ranges."""

    def moved(place: Range) -> Range:
        gone = sum(r.end - r.start for r in removals if r.end <= place[0])
        return place[0] - gone, place[1] - gone

    return Part(
        [moved(r) for r in part.body],
        moved(part.title) if part.title else None,
        {name: moved(r) for name, r in part.fields.items()},
    )
