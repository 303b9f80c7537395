"""How plainly a page shows that what it names again and again is there to be sold.

A page about a school, a museum or a product names it in most of its lines too, and ends with its telephone and its
address. What sets a page that is made for a keyword apart is that it presses, sells, stuffs its lines with the name and
wants its reader to get in touch with somebody, not with an office.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set

from processors.algorithms.kinds import REACHED
from processors.algorithms.layout import Page
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import CONTACT, EMOJI, MESSENGER

ENOUGH = 3
"""So many signs make a name a keyword."""

MOST = 2
"""So many signs of one kind count."""

SITE = (0, 1, ENOUGH, ENOUGH, ENOUGH)
"""What furniture that only sites have counts, by its kinds: from two on the page is a site's without a keyword too."""

SOLD = frozenset({"seo_title", "advert", "suffixes", "trade", "decorated", "joined", "page_trades", "page_pictographs"})
"""Without any of these sides of evidence, or a label before it, a word is no keyword on a page without such furniture.

In a list of offices 地址 may be such a label in every entry, before the name of the town.
"""

HEADWORD = frozenset({"trade", "page_trades", "forms", "glued", "share", "in_prose", "own_words", "head", "tail"})
"""With no more than these a word may be the headword of an entry: once a line by itself, then in the text."""

PLACE_ENDS = "省市县区镇乡村"
"""What the name of a town ends with."""

_PLAIN = """
    电话 联系电话 联系方式 热线 客服 客服电话 客服热线 售后电话 售后维修 手机号 医院电话 地址 医院地址 地图 网址 网站
    官网 官方网站 官方网址 首页 微信 公众号 官方微信 简介 介绍 公告 新闻 资讯 活动 招聘 团队 总部 分公司 公司 中心
    有限公司 集团 工作室 收费标准 价格 价格表 多少钱 用法 效果 吃法 怎么吃 怎么用 规则 教程 攻略 问答 百科 图片 视频
    下载 安装包 软件 怎么下载 怎么安装 怎么登录 怎么注册 预约挂号 专家门诊 订票
"""
PLAIN = frozenset(_PLAIN.split())
"""Suffixes that hang on the name of an institution or a product too."""

_MANY_LINES = 3
"""A number on so many lines is on all of them to be called."""

_WORD = re.compile(r"[a-z0-9\u3400-\u9fff]")
_NUMBER = re.compile(r"[a-z0-9_-]{5,}$")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def signs_of_sale(key: str, sides: Mapping[str, float], suffixes: Set[str], page: Page, lexicon: Lexicon) -> int:
    """How many signs a page shows that a candidate for its keyword, with these sides of evidence and these words that
    hang on it, is there to be sold; furniture that only sites have is one too.
    """
    if not sides.get("page_signs") and not _may_sell(key, sides, page):
        return 0
    own = own_signs(key, sides, suffixes, page, lexicon)
    promo = min(MOST, len(set(lexicon.promo.findall(page.key))))
    return own + SITE[int(sides.get("page_signs", 0))] + (sides.get("page_trades", 0) > 1) + promo + sum(_reached(page))


def own_signs(key: str, sides: Mapping[str, float], suffixes: Set[str], page: Page, lexicon: Lexicon) -> int:
    """Those of them that are about the candidate, and not what else the page shows."""
    signs = sum(side in sides for side in ("trade", "labelled", "seo_title"))
    signs += (sides.get("forms", 0) > MOST) + min(MOST, int(sides.get("joined", 0)))
    signs += min(MOST, len((suffixes & lexicon.terms["suffix"]) - PLAIN))
    return signs + MOST * ("decorated" in sides or _is_pictured(key, page.key))


def _may_sell(key: str, sides: Mapping[str, float], page: Page) -> bool:
    """Whether anything says that it sells; one that only names a trade, as laws do, does not if the text uses it."""
    sold = SOLD & sides.keys()
    if not sold:
        return "labelled" in sides and key[-1] not in PLACE_ENDS
    if sides.get("forms", 0) == 1 and sides.keys() <= HEADWORD:
        return False
    named = sold == {"trade", "page_trades"} and "forms" not in sides
    return not (named and 2 * mid_clause(key, page.key) >= page.key.count(key))


def _is_pictured(key: str, text: str) -> bool:
    """Whether a pictograph stands right beside a name."""
    places = (found.span() for found in re.finditer(re.escape(key), text))
    return any(EMOJI.search(text, max(0, start - 1), end + 1) for start, end in places)


def _reached(page: Page) -> Iterator[int]:
    """Whether a person is to be called, and whether one number is called again and again."""
    reached = [line.key for line in page.lines if line.kinds & REACHED]
    yield any(MESSENGER.search(key) or _MOBILE.search(key) for key in reached)
    numbers = Counter(number for key in reached for number in _numbers(key))
    yield MOST * (max(numbers.values(), default=0) >= _MANY_LINES)


def _numbers(key: str) -> set[str]:
    """The numbers and names in a line by which somebody is to be reached."""
    ends = (_NUMBER.search(found) for found in CONTACT.findall(key))
    return {end.group() for end in ends if end}


def mid_clause(key: str, line: str) -> int:
    """How often a keyword stands in a line with a word right before it."""
    inside = 0
    at = line.find(key)
    while at >= 0:
        before = line[max(0, at - 3) : at].rstrip()
        inside += bool(before and _WORD.match(before[-1]))
        at = line.find(key, at + len(key))
    return inside
