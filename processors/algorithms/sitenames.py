"""The names of sites, of their columns and their addresses behind a headline or before one. For folded text."""

from __future__ import annotations

import re

from processors.algorithms.patterns import URL

SITE_MAX_CHARS = 14
"""A name of a site has no more characters."""

ADDRESS_MAX_CHARS = 48
"""Nor has an address behind a headline."""

TAILS = 3
"""So many names stand behind a headline at most: the page's, the column's, the site's."""

_SEPARATORS = "_|—–([-»›"
_SEPARATOR = re.compile(rf"[{re.escape(_SEPARATORS)}]")
"""One of these stands before the name of a site."""

_WORD = (
    "(?:网|在线|资讯|新闻|日报|晚报|时报|早报|晨报|快报|周报|商报|论坛报|都市报|报业|频道|门户|论坛|社区|之家|头条|网站|传媒|融媒|客户端"
    "|电视台|广播|杂志|周刊|博客|百科|快讯|发布|观察|热线|瞭望台"
    "|之声|视窗|商讯|新闻中心|编辑部|通讯社|文摘|导报|都市|青年报|融媒体|网讯|大全网)"
)
_COLUMN = (
    "(?:要闻|时政|新闻|资讯|国内|国际|社会|财经|经济|股票|理财|金融|产业|科技|数码|互联网|体育|足球|篮球|娱乐|影视|音乐|文化|读书|历史|军事"
    "|教育|高考|健康|养生|美食|时尚|女性|育儿|亲子|旅游|生活|情感|房产|家居|汽车|游戏|动漫|三农|农业|法治|法制|评论|观点|专题|专栏|深度|图片"
    "|视频|滚动|热点|综合|民生|地方|人物|公益|环保|能源|旅行|艺术|书画)"
)
_NAME = "[\u3400-\u9fffa-z0-9]"
_BEHIND = r"(?:\s*[_|»›]\s*|\s+[-–—]\s+|\s*[-–]{1,3}\s*|——)"
_NAMED = re.compile(rf"{_BEHIND}{_NAME}{{0,10}}{_WORD}$|\s*[(\[]{_NAME}{{0,10}}{_WORD}[)\]]$")
_OF_COLUMN = re.compile(rf"{_BEHIND}{_COLUMN}$")
_NAMES = re.compile(rf"[_|(\[–—»-]\s*{_NAME}{{0,10}}{_WORD}")
_ANY = re.compile(r"(?:\s*[_|»›]\s*|\s+[-–—]\s+|[-–]{2,3})(?=[^\s]*[\u3400-\u9fff]{2})[\u3400-\u9fffa-z0-9·]{2,12}$")
_BARRED = re.compile(r"(?<=[\u3400-\u9fff?!”》)]{6})\s*[_|]\s*[\u3400-\u9fff]{2,8}$")
_SHORT = re.compile(r"(?<=[\u3400-\u9fff?!”》]{8})[-–](?=[a-z]*[\u3400-\u9fff])[\u3400-\u9fffa-z]{2,6}$")
_ADDRESSED = re.compile(rf"{_BEHIND}{URL.pattern}$")
_SIGNED = re.compile(rf"{_BEHIND}(?P<name>(?=.*[\u3400-\u9fff]{{2}}){_NAME}{{2,12}})$")
_LONE = re.compile(r"(?P<title>.{7,}[\u3400-\u9fff?!”》)])\s?[_|-]\s?(?P<name>[\u3400-\u9fff]{2,5})")
_FRONT = re.compile(rf"(?P<name>{_NAME}{{2,12}})\s?[丨|]\s?(?=.{{4}})")
_NAMED_FRONT = re.compile(rf"{_NAME}{{1,10}}{_WORD}\s?丨\s?(?=.{{2}})")


def without_sites(key: str, start: int, end: int, names: frozenset[str], *, polluted: bool, columns: bool) -> int:
    """Where a headline ends without the names of sites behind it, and without those of ``columns`` and addresses.

    On a page that is not ``polluted`` only those count that sound like one; ``names`` are the page's own.
    """
    for _ in range(TAILS):
        tail = key[max(start, end - ADDRESS_MAX_CHARS) : end]
        if not _SEPARATOR.search(tail):
            break
        last = max(map(tail.rfind, _SEPARATORS))
        found = _last(tail, names, polluted=polluted) if len(tail) - last <= SITE_MAX_CHARS + 1 else None
        if not found and columns:
            found = _OF_COLUMN.search(tail) or (_ADDRESSED.search(tail) if "." in tail else None)
        if not found or end - len(tail) + found.start() < start + 1:
            break
        end += found.start() - len(tail)
    return end


def _last(tail: str, names: frozenset[str], *, polluted: bool) -> re.Match[str] | None:
    """The name of a site at the end of a headline."""
    found = _NAMED.search(tail) or (_ANY.search(tail) or _SHORT.search(tail) if polluted else _BARRED.search(tail))
    if not found and names and (signed := _SIGNED.search(tail)) and signed["name"] in names:
        found = signed
    return found


def behind_site(key: str, start: int, end: int, names: frozenset[str]) -> int:
    """Where a headline begins behind the name of a site that stands before it."""
    found = _FRONT.match(key, start, end)
    if found and (found["name"] in names or _NAMED_FRONT.match(key, start, end)):
        return found.end()
    return start


def signature(key: str) -> str:
    """What could be the name of a site, behind a headline or before it; empty without one."""
    found = _FRONT.match(key) or _SIGNED.search(key[-SITE_MAX_CHARS - 2 :])
    return found["name"] if found else ""


def lone_name(key: str) -> tuple[str, str]:
    """A headline, and what could be the name of a site behind it by its shape alone; both empty without one."""
    found = _LONE.fullmatch(key)
    return (found["title"], found["name"]) if found else ("", "")


def names_site(behind: str) -> bool:
    """Whether what stands behind a headline has the name of a site that sounds like one."""
    return _NAMES.search(behind) is not None
