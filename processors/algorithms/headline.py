"""What a line that could be a headline looks like, and the marks that pages put around one. For folded text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from processors.algorithms.bylineparts import byline_parts
from processors.algorithms.kinds import BLANKS
from processors.algorithms.layout import han_count
from processors.algorithms.patterns import DATE
from processors.algorithms.sitenames import behind_site, without_sites

MAX_CHARS = 70
"""Longest headline, two Latin letters counted as one character; a longer line is a paragraph."""

_LETTER = re.compile("[a-z]")

REMEMBERED = 8192
"""Whether a line is a byline is asked again and again; the answers for so many of the last lines are kept."""

_ORNAMENT = "#=*~_>＞«»☞☛→⇒▶►▷▸◆◇■□●○◎★☆※◈▲△▼▽✦✧❖•·|"
_LEAD = re.compile(rf"(?:[{_ORNAMENT}]\s*|[.…!—–-]{{2,}}\s*|\+{{3,}}\s*|[:,、]\s*)+")
_TRAIL = re.compile(rf"(?:\s*(?:[{_ORNAMENT}]\s*)+|\s*[.!—–-]{{2,}}|\s*\+{{3,}}|\s*[–-]|\s+—|\s*…{{3,}})$")
_STARS = re.compile(r"(?:\*\s*){3,}$|[=~#_!]{3,}$|(?:\.{6,}|…{3,})$|[◆●★☆■※▲]{2,}$")
_STARS_LAST, _TRAIL_LAST = BLANKS + "*=~#_!.…◆●★☆■※▲", BLANKS + _ORNAMENT + ".!—–-…+"
"""What the last character is where one of these two patterns matches; searching for them takes long."""

MARKS_MAX_CHARS = 400
"""The marks behind a headline are looked for in no more than this at the end of a line."""

_SITE_CUT = re.compile(r"[\u3400-\u9fff?!)」”](?:\s*[_|–-]|\s+—)\s*$")
"""What is left of the name of a site behind a headline when the name was the keyword and is cut."""

_DASHES = frozenset("-–—_|")

_RULE = re.compile(r"[=*~_#.…—–-]{4,}")
_DATE_LEAD = re.compile(rf"[\[(]?{DATE.pattern}[\])]?\s+(?=\S{{4}})")
_DATE_TAIL = re.compile(rf"\s*[\[(]{DATE.pattern}[\])]$|\s+{DATE.pattern}$")
_PAGE_TAIL = re.compile(r"\s*[\[(](?:第?\d{1,2}页?/共?\d{1,2}页?|第[\d一二三四五六七八九十]{1,2}页)[\])]$")
_LABEL = re.compile(
    r"[\[【(](?:转载|转帖|转发|转|原创|推荐|置顶|精华|图文|组图|视频)[\])】]\s*"
    r"|(?:标题|题目|文章标题|正文标题|新闻标题|原标题|主题|题|第[一二三四五六七八九十\d]{1,3}[篇则])\s*:\s*"
    r"|[\[【(](?:[\u3400-\u9fff]{2,6})[\])】]\s+(?=\S{4})"
)
_TITLE_LABEL = re.compile(r"(?:(?:文章|正文|新闻|原)?标题|主题)\s*:\s*(?=\S{4})")
_CLOSING = frozenset("])0123456789日")
_NUMBER = re.compile(
    r"(?:[\[(]?(?P<digits>\d{1,2})(?:[)\]、]|\.(?!\d))|(?P<padded>0\d)\s+"
    r"|(?P<han>[一二三四五六七八九十]{1,3})、|[\[(](?P<boxed>[一二三四五六七八九十]{1,3})[)\]]"
    r"|第(?P<part>[一二三四五六七八九十]{1,3})[篇则]\s*:|[\[(【]第(?P<piece>[一二三四五六七八九十]{1,3})[篇则][\])】]"
    r"|no\.\s?(?P<no>\d{1,2})\s)\s*"
)
_CIRCLED = re.compile("[\u2460-\u2473\u2776-\u277f\u24eb-\u24f4\u3220-\u3229]")
_HAN_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九十", start=1)}

_BOXES = {
    "【": "】",
    "「": "」",
    "『": "』",
    "《": "》",
    "〖": "〗",
    "〈": "〉",
    "\N{LEFT TORTOISE SHELL BRACKET}": "\N{RIGHT TORTOISE SHELL BRACKET}",
    "[": "]",
    "<": ">",
}
_OPENING = re.compile(r"——|(?:新华社|中新社|中新网|本报|本网|本台)[^,。]{2,20}[电讯]")
"""What a kicker or the first line of a report begins with."""

_INSIDE = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[章节条部编款步]|附[则件录]|[问答qa]\s*[:.]|(?:编者按|摘要|导语|结语|后记|注)\s*[:】]?"
)
_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)")
_CLOSED = "。;,、:—-"
_BYLINE = re.compile(
    r"^[\[(【]?\s*(?:来源|稿源|作者|记者|编辑|责任编辑|责编|文|撰文|供稿|通讯员|发布时间|发表时间|发布日期)\s*[:/]"
    r"|^(?:本报|本网|本刊|新华社|中新社|[\u3400-\u9fff]{2,8}(?:网|报|社|台))?\s?(?:记者|通讯员)\s*[\u3400-\u9fff·、\s]{2,20}$"
    rf"|^(?:(?:时间|日期)\s*[:/]\s*)?{DATE.pattern}\s*(?:$|[\u3400-\u9fff·]{{2,4}}$|.{{0,20}}(?:来源|作者|记者|编辑|责编|浏览|阅读|点击|转载|原创))"
    rf"|^[\u3400-\u9fff·]{{2,4}}\s*{DATE.pattern}$"
    rf"|^[\u3400-\u9fff·]{{2,10}}\s+{DATE.pattern}(?:\s*\d\d:\d\d(?::\d\d)?)?\s+(?:记者|通讯员|作者|编辑|来源)[\s:/].{{1,20}}$"
    rf"|^\S{{2,12}}\s*(?:发表|发布)于\s*{DATE.pattern}"
    rf"|^[\u3400-\u9fff·]{{2,10}}(?:网|报|社|台|在线)\s*{DATE.pattern}(?:\s*\d\d:\d\d(?::\d\d)?)?$"
)
_SPOKEN = "。?!"
_SOURCE = re.compile(r"(?:来源|稿源|作者|记者|通讯员)\s*:")
_CREDITS = re.compile(
    r"^[\[(【]?\s*(?:责任编辑|责编|编辑|校对|审核|审校|监制|统筹|策划|撰文|视频|摄影|摄像|出品|制图|设计|文图|图文|文字"
    r"|图片|资料来源|来源|图源|记者|作者|文)\s*[:/].{1,60}$"
)


class Marks(NamedTuple):
    """The headline ``[start, end)`` inside a line, and the marks around it: stars, site, number, box, label.

    ``number`` is the value of the number, 0 without one.
    """

    start: int
    end: int
    styles: frozenset[str]
    number: int = 0


def marks_of(
    key: str,
    raw: str,
    *,
    polluted: bool,
    first: bool = False,
    listed: bool = True,
    verses: bool = True,
    names: frozenset[str] = frozenset(),
) -> Marks:
    """Takes the marks off a line, from the outside in. ``raw`` is the line as the page has it.

    On a page that is not polluted only stars and the name of a site count, if it sounds like one, and on its first line
    ornaments, brackets, the word for title and a number, unless it is ``listed`` (one of several). There 《》 are kept
    over ``verses``, where they name a work. ``names`` are those of sites that several lines of the page carry.
    """
    styles: set[str] = set()
    start, end, number = 0, len(key), 0
    tail, last = max(0, end - MARKS_MAX_CHARS), key[-1:]
    if last in _STARS_LAST and (found := _STARS.search(key, tail)):
        end = found.start()
        styles.add("stars")
    elif (polluted or first) and last in _TRAIL_LAST and (found := _TRAIL.search(key, tail)):
        end = found.start()
        if polluted and _SITE_CUT.search(key, tail):
            styles.add("site")
    if (polluted or first) and key[end - 1 : end] in _CLOSING and (found := _DATE_TAIL.search(key, tail, end)):
        end = found.start()
    if polluted and key[end - 1 : end] in _CLOSING and (found := _PAGE_TAIL.search(key, tail, end)):
        end = found.start()
    if polluted or first:
        start, number = _front(key, raw, end, styles, ornaments_only=not polluted and listed)
    elif label := _TITLE_LABEL.match(key, 0, end):
        start = label.end()
        styles.add("label")
    outer = start, end
    start = behind_site(key, start, end, names)
    end = without_sites(key, start, end, names, polluted=polluted, columns=polluted or first)
    if outer != (start, end):
        styles.add("site")
    if polluted and end - start > 4 and key[start] in _DASHES and not _DASHES.isdisjoint(key[end - 1 : end + 1]):
        start, end = start + 1, end - (key[end - 1] in _DASHES)  # what stood on both sides was the keyword
        styles.add("ornament")
    closing = _BOXES.get(key[start : start + 1])
    boxed = polluted or (first and not (verses and closing == "》"))
    if closing and boxed and end - start > 3 and _is_box(key[start:end], closing):
        start, end = start + 1, end - 1
        styles.add("box")
    return Marks(start, end, frozenset(styles), number)


def _is_box(text: str, closing: str) -> bool:
    """Whether one pair of brackets is around a whole text."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == text[0]) - (character == closing)
        if depth == 0:
            return place == len(text) - 1
    return False


def _front(key: str, raw: str, end: int, styles: set[str], *, ornaments_only: bool) -> tuple[int, int]:
    """Where the headline begins behind ornaments, date, number and label, and the value of the number."""
    start = number = 0
    if found := _LEAD.match(key, 0, end):
        start = found.end()
        if key[0] not in "—–-.…" or _TRAIL.search(key, max(0, len(key) - MARKS_MAX_CHARS)):
            styles.add("ornament")
        else:
            start = 0
    if ornaments_only:
        start = start if start and key[0] != "*" else 0
        if label := _TITLE_LABEL.match(key, start, end):
            start = label.end()
            styles.add("label")
        return start, 0
    if found := _DATE_LEAD.match(key, start, end):
        start = found.end()
    if len(raw) == len(key) and _CIRCLED.match(raw, start):
        start, number = start + 1, int(key[start]) if key[start].isdigit() else 1
        styles.add("number")
    elif found := _NUMBER.match(key, start, end):
        start, number = found.end(), _value(next(filter(None, found.groups())))
        styles.add("number")
    if found := _LABEL.match(key, start, end):
        start = found.end()
        styles.add("label")
    return start, number


@lru_cache(maxsize=REMEMBERED)
def marks_alone(key: str) -> Marks:
    """The marks on a line of a polluted page, whatever is known of the page else."""
    return marks_of(key, key, polluted=True)


def number_of(key: str, raw: str) -> tuple[str, int]:
    """The form of the number a line begins with, and its value; 0 without one."""
    if len(raw) == len(key) and _CIRCLED.match(raw):
        return "circled", int(key[0]) if key[0].isdigit() else 1
    found = _NUMBER.match(key)
    if not found:
        return "", 0
    number = next(filter(None, found.groups()))
    return found.group().strip().replace(number, "#"), _value(number)


def is_rule(key: str) -> bool:
    """Whether a line is only a rule drawn under a headline or between two parts."""
    return _RULE.fullmatch(key) is not None


def _value(digits: str) -> int:
    """The value of ASCII digits or of a Chinese number up to 十九."""
    return int(digits) if digits.isascii() else sum(_HAN_DIGITS[character] for character in digits)


def is_heading_inside(key: str) -> bool:
    """Whether a line is by its own words a heading or a turn within a text: a chapter, a question, an answer."""
    return _INSIDE.match(key) is not None


def is_headline(key: str) -> bool:
    """Whether a line without its marks could be a headline: short, not closed like a sentence, few clauses."""
    if (
        not 1 <= len(key) - len(_LETTER.findall(key)) // 2 <= MAX_CHARS
        or key[-1] in _CLOSED
        or "。" in key
        or _OPENING.match(key)
    ):
        return False
    return key.count(",") + key.count("、") <= 5 and not _PHONE.search(key)


@lru_cache(maxsize=REMEMBERED)
def is_byline(key: str) -> bool:
    """Whether a line says who wrote, when, for whom, and nothing else: not what a reporter asks, nor until when."""
    return len(key) <= 90 and key[-1:] not in _SPOKEN and (_BYLINE.match(key) is not None or bool(byline_parts(key)))


def names_source(key: str) -> bool:
    """Whether a byline says by label where the text is from or who wrote it; a date alone may be anything."""
    return is_byline(key) and _SOURCE.search(key) is not None


def is_credits(key: str) -> bool:
    """Whether a line at the end of an article names who made it."""
    return len(key) <= 80 and _CREDITS.match(key) is not None and han_count(key) >= 3
