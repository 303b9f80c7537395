"""Recognizes lines that are the furniture of a page by their own words and shape, whatever the page is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from processors.algorithms.kinds import BLANKS
from processors.algorithms.layout import han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.panels import panel
from processors.algorithms.patterns import CONTACT, DATE, DATE_PREFIX, DECORATION, PLACES, PLACES_SPACED

_LEAD, _TRAIL = BLANKS + "•·◦○●◆◇■□★☆▪▶►»>*~#|-", BLANKS + ">»›([…:.|~-"
_BETWEEN = re.compile(r"[\s|/>»›•·○●_\[\]【】()]+|--+")
_FIELD = re.compile(r"([^\s:|]{1,8})\s*:\s*([^:|]*?)(?=\s*[^\s:|]{1,8}\s*:|[|]|$)")
_COUNTED = re.compile(r"(?:浏览|点击|阅读|人气|热度|访问|字号|字体|评论)")
_NUMBERS = re.compile(
    r"(?=.*[页篇])(?:[\s\d\[\]【】()<>«»…/|.,:-]|(?:点击|点此|查看|进入|阅读|翻到|继续|返回)?(?:[上下前后]一[页篇]|[上下首尾末]页|第一页|最后一页)"
    r"|第\s?[\d一二三四五六七八九十]{1,3}\s?页|[共每]页?\s?\d+\s?[页条篇]|页[次码数]|当前|点击|查看|跳?转到?)+"
)
_PAGING = re.compile(
    r"^[(\[]?[^。]{0,12}(?:未完待续|[上下][接转]第?[\da-z一二三四五六七八九十]{1,3}版?页?|接上一?页|(?:点击|查看|翻到|阅读)下一页|本文共\d+页|共\s?\d+\s?页|当前第\d+页)[^。]{0,16}$"
    r"|^[(\[]\d{1,2}/\d{1,2}[)\]]$|^([-—–~·=])\s?\d{1,3}\s?\1$|^(?:\[\d{1,2}\]\s*){2,}$"
)
_TURNS = re.compile("[页/篇]|未完待续|[接转]第")
_TODAY = re.compile(rf"(?:今天是|现在是|今日是|当前时间)?\s*:?{DATE.pattern}\s*(?:星期|周)[一二三四五六日天]")
_GREETED = re.compile(rf"[!。,\s](?:今天是|现在是|今日是)\s?:?{DATE.pattern}")
"""The date of the day as sites say it, also behind a greeting."""

_RULE = re.compile(r"(?=.*[^.…—\s])(?:[=*~_#.…—–+-]\s*){3,}")
_COPYRIGHT = re.compile(
    r"copyright\s*(?:©|\(c\)|(?:19|20)\d\d|[\u3400-\u9fff])|©|版权所有|all rights reserved|[icp]{3}[备证]"
    r"|公网安备|powered by"
)

_BRACKETED = re.compile(r"(?:\[[^\[\]]*[\u3400-\u9fff][^\[\]]*\]\s*){3,}")

_REACH = re.compile("电话|热线|手机|邮箱|传真|地址|邮编|联系|微信|qq|客服")
"""Labels that notices and tenders have too."""

_AUTHORED = frozenset({"来源", "稿源", "文章来源", "作者", "记者", "编辑", "责任编辑"})
"""Fields that a byline has; a line with one of them may be an article's."""

INFO_MAX_CHARS = 90
BAR_MIN_WORDS, BAR_PART_CHARS = 3, 14
SMALL_PRINT_MAX_CHARS = 160


class Found(NamedTuple):
    """What a line is, as a reason, and the words that say so."""

    reason: str
    words: str


def furniture(key: str, lexicon: Lexicon) -> Found | None:
    """What furniture a folded line is; None for anything that could be an article's."""
    bare = key.lstrip(_LEAD).rstrip(_TRAIL)
    if not bare or DECORATION.fullmatch(bare):
        return Found("decoration", key[:20]) if DECORATION.search(key) or _RULE.fullmatch(key) else None
    if bare in lexicon.terms["heading"]:
        return Found("list_heading", bare)
    see_also = lexicon.heading.match(bare)
    if see_also and len(key) <= INFO_MAX_CHARS and bare[see_also.end() : see_also.end() + 1] in (":", " ", "|"):
        return Found("related_link", see_also.group())
    parts = [part for part in _BETWEEN.split(bare) if part] if len(key) <= INFO_MAX_CHARS else []
    if parts and _is_bar(key, parts, lexicon):
        return Found("navigation", " ".join(parts[:6]))
    dated = DATE_PREFIX.match(key + " ")
    if (dated and not key[dated.end() :].strip()) or DATE.fullmatch(bare):
        return Found("date", bare)
    if is_paging(key):
        return Found("navigation", bare)
    if _TODAY.match(key) or (len(key) <= INFO_MAX_CHARS and _GREETED.search(key)):
        return Found("page_info", bare[:20])
    return _page_info(key, bare, lexicon)


def is_paging(key: str) -> bool:
    """Whether a line numbers the pages of an article, or leads from one to the next."""
    if not (_TURNS.search(key) or key[0] in "-—–~·=["):
        return False
    return _NUMBERS.fullmatch(key) is not None or _PAGING.search(key) is not None


def small_print(key: str, lexicon: Lexicon) -> Found | None:
    """Copyright, filing numbers and disclaimers."""
    if len(key) > SMALL_PRINT_MAX_CHARS:
        return None
    found = _COPYRIGHT.search(key) or lexicon.tail.search(key)
    return Found("small_print", found.group()) if found else None


def place_run(key: str) -> Found | None:
    """Place names on end, nothing but blanks between them."""
    if PLACES_SPACED.fullmatch(key):
        return Found("place_run", key[:20])
    found = PLACES.match(key)
    if found and found.end() >= len(key) - 6 and han_count(key) >= 0.95 * len(key):
        return Found("place_run", key[:20])
    return None


def _known(part: str, lexicon: Lexicon) -> bool:
    return part in lexicon.links or part.isdigit()


def _is_bar(key: str, parts: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a line is a bar of links: known words, many in brackets, or mostly known among short ones."""
    known = [part for part in parts if _known(part, lexicon)]
    if len(known) == len(parts):
        return not all(part.isdigit() for part in parts)
    if _BRACKETED.fullmatch(key):
        return True
    words = sum(not part.isdigit() for part in known)
    return (
        words >= BAR_MIN_WORDS
        and 2 * words >= len(parts)
        and max(map(len, parts)) <= BAR_PART_CHARS
        and "。" not in key
    )


def _page_info(key: str, bare: str, lexicon: Lexicon) -> Found | None:
    """Lines of fields such as 时间:… 点击:… 字号:…, and of ways to get in touch."""
    if len(key) > INFO_MAX_CHARS:
        return None
    if counts := panel(key, lexicon):
        return Found("page_info", counts)
    fields = _FIELD.findall(bare) if ":" in bare else []
    labels = [name for name, _ in fields if name.lstrip("[(【") in lexicon.terms["label"]]
    info = [label for label in labels if not _REACH.search(label)]
    named = sum(not name[-1].isdigit() for name, _ in fields)
    several = named >= 3 and bool(info) and _AUTHORED.isdisjoint(labels)
    if several or (labels and _COUNTED.search(key)):
        return Found("page_info", " ".join(labels))
    if labels and CONTACT.search(key):
        return Found("contact", " ".join(labels))
    if "当前位置" in key or "现在的位置" in key or "您的位置" in key or "正在阅读" in key:
        return Found("navigation", bare[:20])
    if (
        labels
        and "。" not in key
        and labels[0] in ("上一篇", "下一篇", "上一条", "下一条", "标签", "关键词", "关键字", "tags", "tag")
    ):
        return Found("navigation", labels[0])
    return None
