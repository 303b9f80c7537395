"""Tells a polluted page from a clean one by its furniture, and takes the furniture at the edges of a clean one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from processors.algorithms.advert import ADVERT_MAX_CHARS, CACHED_LINES, advert_strength, is_reachable
from processors.algorithms.furniture import SMALL_PRINT_MAX_CHARS, Found, furniture, place_run, small_print
from processors.algorithms.keyword import Hit
from processors.algorithms.kinds import REACHED
from processors.algorithms.layout import Line, Page
from processors.algorithms.lexicon import Lexicon

EDGE_MIN_LINES = 2
"""On a page without a keyword, furniture counts only where so many lines of it stand together at an edge, but for a
menu that begins with the site's first page on top."""

EDGE_REASONS = frozenset({"navigation", "list_heading", "related_link"})
"""What furniture that is; a page that loses nothing else is clean."""

MOST_LINKS = 12
"""A list of other articles at the end of a clean page has no more entries."""

HEAD_LINES, TAIL_LINES = 12, 20
"""The edges of a page, where its furniture stands."""

EDGE_SHORT_LINES = 3
"""So many short lines there, of a short page each counted twice, and the model is asked about the page."""

SITE_ONLY = frozenset({"page_info", "small_print", "list_heading", "place_run"})
"""Furniture that no manual, law or book has."""

PLACE_ENDS, LISTED_PLACES = "县区市旗州盟省", 3
"""A line without a sentence that has so many of these characters lists places."""

_PATH = re.compile("[|>»:]")
_OTHERS = re.compile(r"[【\[]?(?:相关|推荐|热门|最新|更多)(?:新闻|报道|阅读|文章|资讯)[】\]]?\s*:?|猜你喜欢\s*:?")
_HEADLINE = re.compile(r"[·•●-]?\s*(?=.*[\u3400-\u9fff]{4})[^。;:@/]{6,36}")
"""What heads the other articles of a site, and what they are named by."""

_PART = r"[^\s>|»›/。,!?:]"
_HOME = re.compile(
    rf"(?:您?(?:当前|现在)?的?位置\s*:\s*)?(?:网站|公司|本站)?[首主]页(?:(?:\s*[>|»›/]+\s*{_PART}{{1,8}}){{2,}}|(?:\s{_PART}{{2,6}}){{3,}})[\s>|»›/]*"
)
"""A path or a menu that begins with the site's first page: no article has one above its headline."""

_SERVES = re.compile(r"[^\n:,。]{0,20}?((?:服务|业务|办理|接单|上门|配送|覆盖)(?:区域|范围|地区|城市)):?")


def furniture_of(page: Page, lexicon: Lexicon) -> list[Found | None]:
    """What each line of a page is by its own words, and the line that says who serves the places on the next."""
    found = [_furniture(line.key, lexicon) if len(line.key) <= SMALL_PRINT_MAX_CHARS else None for line in page.lines]
    for number, below in enumerate(found[1:]):
        if below and below.reason == "place_run" and not found[number]:
            serves = _SERVES.fullmatch(page.lines[number].key)
            found[number] = Found("list_heading", serves.group(1)) if serves else None
    return found


@lru_cache(maxsize=CACHED_LINES)
def _furniture(key: str, lexicon: Lexicon) -> Found | None:
    return furniture(key, lexicon) or place_run(key) or small_print(key, lexicon)


def signs_of_site(page: Page, found: Sequence[Found | None], lexicon: Lexicon) -> set[str]:
    """The kinds of furniture and adverts at the edges of a page that only sites have there."""
    signs: set[str] = set()
    for number, (line, own) in enumerate(zip(page.lines, found, strict=True)):
        if HEAD_LINES <= number < len(page.lines) - TAIL_LINES:
            continue
        if own and own.reason in SITE_ONLY:
            if own.reason != "place_run" or not _is_told(page, found, number):
                signs.add(own.reason)
        elif own and own.reason == "navigation" and _PATH.search(line.key):
            signs.add("path")
        elif own is None and line.kinds & REACHED and len(line.key) <= ADVERT_MAX_CHARS and _presses(line.key, lexicon):
            signs.add("advert")
    return signs


def _is_told(page: Page, found: Sequence[Found | None], number: int) -> bool:
    """Whether a list of places stands between what tells of it and more text, as those of an article do."""
    lines = page.lines
    above = next((n for n in range(number - 1, -1, -1) if not _names_places(lines[n])), None)
    below = next((n for n in range(number + 1, len(lines)) if not _names_places(lines[n])), None)
    if above is None or below is None or found[above] or found[below]:
        return False
    return (lines[above].prose or lines[above].key.endswith(":")) and lines[below].prose


def _names_places(line: Line) -> bool:
    return "。" not in line.key and sum(map(line.key.count, PLACE_ENDS)) >= LISTED_PLACES


def has_short_edges(page: Page) -> bool:
    """Whether a page begins or ends with more short lines than a title and its byline, or a signature, are."""
    short = [not line.prose for line in page.lines]
    return sum(short[:HEAD_LINES]) + sum(short[-TAIL_LINES:]) >= EDGE_SHORT_LINES


def _presses(key: str, lexicon: Lexicon) -> bool:
    return advert_strength(key, lexicon) >= 3 and is_reachable(key)


def edge_furniture(page: Page, found: Sequence[Found | None]) -> Iterator[Hit]:
    """Furniture at the top and the bottom of a page that is not polluted."""
    both = list(zip(page.lines, found, strict=True))
    for lines in (both, both[::-1]):
        run = []
        for line, own in lines:
            if own is None or own.reason not in ("navigation", "list_heading"):
                break
            run.append(Hit(line.start, line.end, own.reason, {"words": own.words}))
        if EDGE_MIN_LINES <= len(run) < len(page.lines):
            yield from run
        elif lines is both and len(run) < EDGE_MIN_LINES < len(both) and _HOME.fullmatch((top := page.lines[0]).key):
            yield Hit(top.start, top.end, "navigation", {"words": top.key[:30]})
    if (first := _links_begin(page, found)) is not None:
        yield Hit(page.lines[first].start, page.lines[first].end, "list_heading", {"words": page.lines[first].key})
        for line in page.lines[first + 1 :]:
            yield Hit(line.start, line.end, "related_link", {"words": page.lines[first].key})


def _links_begin(page: Page, found: Sequence[Found | None]) -> int | None:
    """The line that heads a list of other articles at the end of a page, if nothing but their headlines follows."""
    for number in range(len(page.lines) - 1, max(0, len(page.lines) - 2 - MOST_LINKS), -1):
        key = page.lines[number].key
        if _OTHERS.fullmatch(key):
            links = len(page.lines) - 1 - number
            return number if links >= EDGE_MIN_LINES and page.lines[number - 1].prose else None
        if page.lines[number].prose or found[number] or not _HEADLINE.fullmatch(key):
            return None
    return None
