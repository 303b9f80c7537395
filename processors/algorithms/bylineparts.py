"""Takes a byline apart: who wrote, when, for whom, how often it was read. For folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from processors.algorithms.patterns import DATE

MAX_CHARS, REMEMBERED = 90, 8192
"""A byline is no longer than this; the answers for so many of the last lines are kept."""

OFFICE = (
    "(?:[日晚早时商快周月旬]报|报社|日刊|[周月季旬]刊|杂志社?|[网报社台]|网站|在线|电[视眡]?台|广播|频道|融媒体?(?:中心)?|传媒|客户端|公众号|官微"
    "|资讯|观察|发布|新闻(?:中心|门户)?|门户)"
)
"""How the names of those who publish end."""

_FROM = "来源|稿源|转载自|转自|摘自|选自|来自|(?:稿件|文章|信息|消息|新闻|内容|本文)来源"
_BY = (
    "作者|文图|图文|文/图|图/文|文字|文|摄影|摄像|(?:首席|特约|见习|实习|本报|本网|全媒体)?记者|通讯员|实习生|(?:责任|值班|执行|网络|本期)?编辑|责编|校对|审核|审校"
    "|监制|撰文|撰稿|供稿|供图|翻译|编译|整理|主编|发布[者人]|录入[者员]?|上传者?|发稿人?|(?:发布|供稿)(?:单位|机构|部门)"
)
_WHEN = "(?:发布|发表|更新|添加|上传|发稿|录入|刊发|刊登)(?:时间|日期|于)|时间|日期|发布|发表|更新"
_COUNTED = "(?:浏览|阅读|点击|查看|访问|评论|点赞|收藏|转发|人气|热度)(?:次数|[量数率])?|字数|次数"
_NAME = "[\u3400-\u9fff][\u3400-\u9fff·]{1,3}"
_NEXT = rf"(?:{_FROM}|{_BY}|{_WHEN}|{_COUNTED}|字[号体])\s*[:/]"
_DAY = r"\d{1,2}月\d{1,2}日"

_PART = re.compile(
    rf"(?P<date>(?:(?:{_WHEN})\s*:?\s*)?{DATE.pattern})"
    rf"|(?P<label>(?:{_FROM})\s*[:/|]\s*[^\s|:/。?!,;]{{2,24}}?(?=[\s|,;)\]】/]|$|{_NEXT}|(?:19|20)\d\d[-/.年]))"
    rf"|(?P<by>(?:{_BY})\s*[:/|]\s*[^\s|:/。?!,;]{{2,24}}?(?=[\s|,;)\]】/]|$|{_NEXT}|(?:19|20)\d\d[-/.年]))"
    rf"|(?P<reporter>(?:本[报网刊台社]|[\u3400-\u9fffa-z·]{{2,10}}?{OFFICE})?\s?(?:首席|特约|见习|实习|全媒体)?"
    rf"(?:记者|通讯员|实习生|特派员)\s*{_NAME}(?:[、,\s]\s?(?![\u3400-\u9fff]{{1,9}}?{OFFICE}){_NAME}(?![\u3400-\u9fff]))*(?=[\s|,;)\]】/]|$|{_DAY}))"
    rf"|(?P<reports>(?:{_DAY}|[\u3400-\u9fff]{{2,6}}?){{0,2}}\s?(?:报道|综合报道|电|讯)(?=[\s|)\]】]|$))"
    rf"|(?P<count>(?:{_COUNTED})\s*[:(]?\s*\d*[次人]?\)?(?=[\s|,;)\]】/]|$)|\d+\s?[次人]?(?:{_COUNTED}))"
    r"|(?P<button>字[号体]|[大中小](?![\u3400-\u9fff])|(?:打印|收藏|分享|原创|转载|关闭|举报|繁体|关注)(?![\u3400-\u9fff]))"
    r"|(?P<sheet>第?[a-d]?\d{1,2}版(?::[\u3400-\u9fff]{2,6})?|(?:(?:19|20)\d\d年)?第\d{1,3}期)"
    rf"|(?P<source>[\u3400-\u9fffa-z·]{{1,10}}?{OFFICE}|《[\u3400-\u9fffa-z·]{{2,12}}》)(?=[\s|,;)\]】/]|$|(?:19|20)\d\d[-/.年])"
    rf"|(?P<name>{_NAME}|admin|editor|webmaster)(?=[\s|,;)\]】/]|$|(?:19|20)\d\d[-/.年])"
)
_BETWEEN = re.compile(r"[\s|/丨·,;:()\[\]【】<>—-]+")
_NAMES = 2


class Part(NamedTuple):
    """What ``[start, end)`` of a byline is: ``date``, ``source`` (a name, without its label), ``by`` and so on."""

    kind: str
    start: int
    end: int


@lru_cache(maxsize=REMEMBERED)
def byline_parts(key: str) -> tuple[Part, ...]:
    """The parts of a line that is made of nothing else; none of any other line.

    Somebody must be named by a label or as a reporter, or a day with its year. Names without a label need one of these
    beside them, and what is reported needs the reporter before it.
    """
    parts = tuple(_parts(key)) if len(key) <= MAX_CHARS else ()
    kinds = [part.kind for part in parts]
    told = {"label", "by", "reporter"}.intersection(kinds)
    if not (told or "date" in kinds) or "other" in kinds or kinds.count("name") > _NAMES:
        return ()
    return () if "reports" in kinds and "reporter" not in kinds[: kinds.index("reports")] else parts


def _parts(key: str) -> Iterator[Part]:
    """The parts from left to right; the first thing that is none ends them, as ``other``."""
    begin = _BETWEEN.match(key)
    at = begin.end() if begin else 0
    while at < len(key):
        found = _PART.match(key, at)
        if not found or found.end() == at:
            yield Part("other", at, len(key))
            return
        kind = found.lastgroup or "other"
        yield Part(kind, at, found.end())
        between = _BETWEEN.match(key, found.end())
        at = between.end() if between else found.end()
