"""Finds tags of HTML that an extraction left in the text, and leaves those that a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from processors.algorithms.keyword import Hit
from processors.algorithms.layout import Line, Page, is_prose

WRAPPED, SURELY_WRAPPED = 2, 5
"""So many lines of running text, and half of those in tags, stand in them where tags are left over, or at least so
many: a few may be an example."""

_BLOCKS = (
    "p|br|div|hr|section|article|center|blockquote|h[1-6]|[uod]l|li|d[td]|table|tbody|thead|t[rdh]|figure|figcaption"
)
_WORDS = "strong|b|i|em|u|s|span|font|a|img|small|big|label"
_TAG = re.compile(rf"<(/?)({_BLOCKS}|{_WORDS})(?:\s[^<>\n]{{0,300}})?/?>")
_BLOCK = re.compile(_BLOCKS)
_SOURCE = re.compile(
    r"<(?:html|head|body|!doctype|script|style|form|input|\?|%)|html|css|javascript|标记语言|源代码|源码"
)
"""What stands on pages that speak of tags."""

_NAMED = re.compile(r">\s*(?:这个|这种)?标签|标签\s*<(?!/)")
"""How a text names a tag; other labels, of food or of clothes, are called the same."""

_BETWEEN = re.compile(r"\s*(?:和|与|或|或者|及|以及|到|至|、|,|/|-|\.\.\.|…*)\s*")
"""What stands between two tags that a text speaks of."""

_STOPS = ("。", "!", "?", ";", ":", "”", "…", ".")


class _Tag(NamedTuple):
    """A tag ``[start, end)`` of a line."""

    start: int
    end: int
    closes: bool
    name: str


def leftover_tags(page: Page) -> Iterator[Hit]:
    """The tags of a page, if they lay it out: at the ends of lines, or in pairs, around running text.

    None where one stands otherwise, or where the page speaks of HTML: it is about tags, or they are an example.
    """
    if "<" not in page.key:
        return
    tagged = [(line, tags) for line in page.lines if (tags := _tags(line.key))]
    wrapped = [is_prose(_TAG.sub("", line.key)) for line, _ in tagged]
    if sum(wrapped) < WRAPPED or (sum(wrapped) < SURELY_WRAPPED and 2 * sum(wrapped) < len(tagged)):
        return
    if all(_lays_out(line.key, tags) for line, tags in tagged) and not any(map(_speaks_of_tags, page.lines)):
        for line, tags in tagged:
            yield from (_hit(line, first, last) for first, last in _runs(line.key, tags))


def _tags(key: str) -> list[_Tag]:
    if "<" not in key:
        return []
    return [_Tag(*found.span(), bool(found[1]), found[2]) for found in _TAG.finditer(key)]


def _speaks_of_tags(line: Line) -> bool:
    source = _SOURCE.search(_TAG.sub("", line.key)) is not None and (line.prose or "<" in line.key)
    return source or _NAMED.search(line.key) is not None


def _lays_out(key: str, tags: list[_Tag]) -> bool:
    """Whether each tag of a line stands at one of its ends, behind a sentence, or is one of a pair around words."""
    said = [
        key[one:other].strip() for one, other in zip([0, *(t.end for t in tags)], [t.start for t in tags], strict=False)
    ]
    last = max((number for number, words in enumerate(said) if words), default=-1)
    last = len(tags) if key[tags[-1].end :].strip() else last
    paired = set(_paired(key, tags))
    before = ""
    for number, tag in enumerate(tags):
        before = said[number] or before
        sentence = before.endswith(_STOPS) and _BLOCK.fullmatch(tag.name)
        if before and number < last and not sentence and tag.name != "img" and tag not in paired:
            return False
    return True


def _paired(key: str, tags: list[_Tag]) -> Iterator[_Tag]:
    """Tags around words, with those that close them."""
    opened: list[_Tag] = []
    for tag in tags:
        if _BLOCK.fullmatch(tag.name) or tag.name == "img":
            continue
        if not tag.closes:
            opened.append(tag)
        elif opened and opened[-1].name == tag.name:
            first = opened.pop()
            if not _BETWEEN.fullmatch(key, first.end, tag.start):
                yield from (first, tag)


def _runs(key: str, tags: list[_Tag]) -> Iterator[tuple[int, int]]:
    """The tags of a line, those with nothing but blanks between them together."""
    start = tags[0].start
    for one, other in pairwise(tags):
        if key[one.end : other.start].strip():
            yield start, one.end
            start = other.start
    yield start, tags[-1].end


def _hit(line: Line, start: int, end: int) -> Hit:
    return Hit(line.start + start, line.start + end, "markup", {"words": line.key[start:end][:40]})
