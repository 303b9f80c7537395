"""What a line that could be a headline looks like, and the marks that pages put around one. For folded text."""

from __future__ import annotations

import re
from typing import NamedTuple

from processors.algorithms.patterns import BULLET, DATE

MAX_CHARS = 70
"""Longest headline; a longer line is a paragraph."""

_STARS = re.compile(r"\s*\*{3,}\s*$")
_NUMBER = re.compile(
    r"^(?:\(?(?P<digits>\d{1,2})(?:[)、]|\.(?!\d))|(?P<padded>0\d)\s+"
    r"|(?P<han>[一二三四五六七八九十]{1,3})、|\((?P<boxed>[一二三四五六七八九十]{1,3})\))\s*"
)
_HAN_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九十", start=1)}
_SITE_WORD = "(?:网|在线|资讯|新闻|日报|晚报|时报|早报|晨报|快报|周报|商报|都市报|频道|门户|论坛|社区|之家|头条|网站|传媒|电视台|广播|杂志|周刊|博客|百科)"
_NAMED_SITE = re.compile(rf"(?:\s*[_|]\s*|\s+[-–—]\s+|\s*[-–]\s*)[\u3400-\u9fffa-z0-9]{{0,10}}{_SITE_WORD}$")
_ANY_SITE = re.compile(r"(?:\s*[_|]\s*|\s+[-–—]\s+)(?=[^\s]*[\u3400-\u9fff]{2})[\u3400-\u9fffa-z0-9·]{2,12}$")
_BOX = re.compile(r"^【[^【】]{4,}】$")
_CLOSED = re.compile(r"[。;,、:…—-]$")
_BYLINE = re.compile(
    r"^[\[(【]?\s*(?:来源|稿源|作者|记者|编辑|责任编辑|责编|文|撰文|供稿|通讯员|发布时间|发表时间|时间|日期)\s*[:/]"
    r"|^(?:本报|本网|本刊|新华社|中新社|[\u3400-\u9fff]{2,8}(?:网|报|社|台))?\s?(?:记者|通讯员)\s*[\u3400-\u9fff·、\s]{2,20}$"
    rf"|^{DATE.pattern}(?:\s|$)"
)
_SOURCE = re.compile(r"(?:来源|稿源|作者|记者|通讯员)\s*:")
_CREDITS = re.compile(
    r"^[\[(【]?\s*(?:责任编辑|责编|编辑|校对|审核|审校|监制|统筹|策划|撰文|视频|摄影|摄像|出品|制图|设计|文图|图文|文字|图片|资料来源|来源"
    r"|图源|记者|作者|文)\s*[:/].{1,60}$"
)


class Marks(NamedTuple):
    """The headline ``[start, end)`` inside a line, and the marks around it: stars, site, number, box.

    ``number`` is the value of the number, 0 without one.
    """

    start: int
    end: int
    styles: frozenset[str]
    number: int = 0


def marks_of(key: str, *, polluted: bool) -> Marks:
    """Takes the marks off a line, from the outside in.

    On a page that is not polluted only stars and the name of a site count; numbers, bullets and boxes are the text's own.
    """
    styles: set[str] = set()
    start, end = 0, len(key)
    if found := _STARS.search(key):
        end = found.start()
        styles.add("stars")
    if polluted and (found := BULLET.match(key, 0, end)):
        start = found.end()
    number = 0
    if polluted and (found := _NUMBER.match(key[start:end])):
        start += found.end()
        styles.add("number")
        number = _value(found.group("digits") or found.group("padded") or found.group("han") or found.group("boxed"))
    for _ in range(3):
        found = _NAMED_SITE.search(key[start:end]) or (_ANY_SITE.search(key[start:end]) if polluted else None)
        if not found or found.start() < 1:
            break
        end = start + found.start()
        styles.add("site")
    if polluted and _BOX.match(key[start:end]):
        start, end = start + 1, end - 1
        styles.add("box")
    return Marks(start, end, frozenset(styles), number)


def _value(digits: str) -> int:
    """The value of ASCII digits or of a Chinese number up to 十九."""
    return int(digits) if digits.isascii() else sum(_HAN_DIGITS[character] for character in digits)


def is_headline(key: str) -> bool:
    """Whether a line without its marks could be a headline: short, not closed like a sentence, few clauses."""
    return (
        1 <= len(key) <= MAX_CHARS
        and not _CLOSED.search(key)
        and "。" not in key
        and key.count(",") + key.count("、") <= 5
    )


def is_byline(key: str) -> bool:
    """Whether a line says who wrote, when, for whom, and nothing else."""
    return len(key) <= 90 and not key.endswith("。") and _BYLINE.search(key) is not None


def names_source(key: str) -> bool:
    """Whether a byline says by label where the text is from or who wrote it; a date alone may be anything."""
    return is_byline(key) and _SOURCE.search(key) is not None


def is_credits(key: str) -> bool:
    """Whether a line at the end of an article names who made it."""
    return len(key) <= 80 and _CREDITS.search(key) is not None
