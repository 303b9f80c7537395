"""Finds lines that stay although all they belong to was cut: a page's turn, a heading, an entry of a list, a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from processors.algorithms.kinds import HAN
from processors.algorithms.layout import is_prose
from processors.algorithms.lists import number_of
from processors.algorithms.passages import LIST_MAX_CHARS
from processors.algorithms.patterns import BULLET, PLACES_APART
from processors.algorithms.sheet import Mark, Sheet

CLOSED_SHARE = 0.7
"""Where so many paragraphs end as sentences do, one that does not, and begins with the keyword, is none."""

_TURNS = re.compile(r"(?:第|共|[上下首尾前后][一转接]?|\d)\s?[\d一二三四五六七八九十]*\s?[页版]|全文|继续阅读|未完")
"""What turns a page: no subheading of an article."""

_DASHES = re.compile(r"(?:[—–_=~*-]\s?){5,}")
_DATED = re.compile(r"[\[(]?(?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])[\])]?\s*(?=[\u3400-\u9fff“《])")
_CLOSED = re.compile(r"[。!?;:,、…][”’」』\")）]*$")
_LINKS = frozenset({"related_link", "keyword_line"})
NUMBER_CHARS = 3
"""A number and its sign have so many characters before the words of an entry."""

_LISTED = frozenset({"related_link", "list_heading"})


def judge_remnants(sheet: Sheet) -> None:
    """Marks such lines; none but those leads to nothing of an article."""
    ends = [_CLOSED.search(line.key) is not None for line in sheet.lines if line.prose]
    closed = sum(ends) >= CLOSED_SHARE * len(ends)
    for number in sheet.staying():
        if mark := _furniture(sheet, number) or (_written_on(sheet, number) if closed else None):
            sheet.marks[number] = mark
    for number in (*sheet.staying(), *reversed(sheet.staying())):
        if _is_entry(sheet, number):
            sheet.mark([number], "related_link", sheet.lines[number].key[:40])


def _furniture(sheet: Sheet, number: int) -> Mark | None:
    """What a line is that turns a page, heads what was cut right under it, only draws a rule, or names places."""
    line, found = sheet.lines[number], sheet.found[number]
    if _DASHES.fullmatch(line.key):
        return "decoration", {"words": line.key[:20]}
    if PLACES_APART.fullmatch(line.key) and not _goes_on(sheet, number):
        return "place_run", {"words": line.key[:20]}
    if found is None or line.prose:
        return None
    turns = found.reason == "navigation" and (_TURNS.search(line.key) or not line.kinds & HAN)
    heads = found.reason == "list_heading" and number + 1 < len(sheet.lines) and sheet.marks[number + 1]
    return (found.reason, {"words": found.words}) if turns or heads else None


def _goes_on(sheet: Sheet, number: int) -> bool:
    """Whether a list of places is announced, or running text follows it."""
    announced = number > 0 and not sheet.counts[number - 1] and sheet.lines[number - 1].key.endswith(":")
    behind = number + 1 < len(sheet.lines) and sheet.marks[number + 1] is None and sheet.lines[number + 1].blank < 2
    return announced or behind


def _is_entry(sheet: Sheet, number: int) -> bool:
    """Whether a line is an entry of a list of links: as one beside it that was cut, or dated as one beside it."""
    key = sheet.lines[number].key
    if sheet.marks[number] or len(key) > LIST_MAX_CHARS or _CLOSED.search(key):
        return False
    if _DATED.match(key):
        return any(_DATED.match(sheet.lines[other].key) for other in _beside(sheet, number))
    if number_of(key) and not sheet.lines[number].prose and _counts_on_spam(sheet, number):
        return True
    bullet = BULLET.match(key)
    return bullet is not None and any(
        sheet.lines[other].key.startswith(bullet.group()[0]) and _is_listed(sheet.marks[other])
        for other in _beside(sheet, number)
    )


def _counts_on_spam(sheet: Sheet, number: int) -> bool:
    """Whether the numbers of a line and of one beside it follow, and one is a link or begins with the keyword."""
    return any(
        _follow(sheet, number, other) and (_is_link(sheet, number) or _is_link(sheet, other))
        for other in _beside(sheet, number)
    )


def _follow(sheet: Sheet, number: int, other: int) -> bool:
    found, near = number_of(sheet.lines[number].key), number_of(sheet.lines[other].key)
    if not found or not near or sheet.lines[other].prose:
        return False
    return near[0] == found[0] and abs(near[1] - found[1]) == 1


def _is_link(sheet: Sheet, number: int) -> bool:
    mark, hits = sheet.marks[number], sheet.inside[number]
    return mark[0] in _LINKS if mark else bool(hits) and hits[0].start <= NUMBER_CHARS


def _is_listed(mark: Mark | None) -> bool:
    return mark is not None and mark[0] in _LISTED


def _beside(sheet: Sheet, number: int) -> Iterator[int]:
    return (other for other in (number - 1, number + 1) if 0 <= other < len(sheet.lines))


def _written_on(sheet: Sheet, number: int) -> Mark | None:
    """What a line is of which the keyword was cut at its beginning, and that then ends as no sentence does."""
    line, hits = sheet.lines[number], sheet.inside[number]
    if not hits or hits[0].start or not line.prose or _CLOSED.search(line.key) or not is_prose(sheet.rest(number)):
        return None
    if sheet.heads_prose(number, sheet.rest(number)):
        return None
    return "advert", {"keyword": sheet.keyword.name}
