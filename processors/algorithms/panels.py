"""Recognizes lines of nothing but what sites write by themselves: counts, times, who posted on which floor."""

from __future__ import annotations

import re

from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import DATE

_NUMBER = r"\d[\d,.]*\s?(?:[万亿]|[kw](?![a-z]))?\+?"
_COUNTED = (
    "浏览|阅读|点击|播放|观看|回答|回帖|回复|评论|跟帖|查看|人气|热度|访问|下载|收藏|点赞|转发|分享|关注|粉丝|弹幕|投币|好评|喜欢|购买|已售|月销"
    "|销量|参与|围观|读过|看过|在看|字数|积分|主题|帖子|精华"
)
_UNIT = "(?:人次|[次个条人篇位])"
_COUNT = re.compile(
    rf"(?:共|已有?|有|被|累计|总)?\s?(?:{_COUNTED})(?:[人次]?数|量|值)?\s?[:(]?\s?{_NUMBER}\s?{_UNIT}?\)?"
    rf"|(?:共|已有?|有|被|约)?\s?{_NUMBER}\s?{_UNIT}?\s?(?:{_COUNTED})[量数过]?"
)
_POSTED = re.compile(
    rf"(?:发表|发布|更新|编辑|回复|评论|最后回复)于\s?:?\s?(?:{DATE.pattern}|(?:昨天|今天|前天)?\s?\d{{1,2}}:\d{{2}}|\d{{1,3}}\s?(?:分钟|小时|天|个?月|年)前)"
)
_FLOOR = re.compile(rf"^(?:第?\d{{1,4}}\s?[楼#]|楼主(?=[\s:])|沙发(?=\s)|板凳(?=\s))(?=.*(?:{DATE.pattern}|\d前))")
_TIME = re.compile(
    rf"{DATE.pattern}|\d{{1,2}}:\d{{2}}(?::\d{{2}})?|\d{{1,3}}\s?(?:分钟|小时|天|个?月)前|(?<!\d)\d{{1,2}}-\d{{1,2}}(?!\d)"
)
_BETWEEN = re.compile(r"[\s|/>»›•·○●_\[\]【】():,]+")

_DIGIT = re.compile(r"\d")

NAME_CHARS = 10
"""Longest name of who posted something."""


def panel(key: str, lexicon: Lexicon) -> str:
    """What a short line counts, or that it heads a post, if it says nothing else; an empty text otherwise.

    Beside the post's head stands the name of who posted it.
    """
    if not _DIGIT.search(key):
        return ""
    counted, posted = _COUNT.search(key), _FLOOR.match(key) or _POSTED.search(key)
    told = counted or posted
    if not told:
        return ""
    rest = _TIME.sub(" ", _FLOOR.sub(" ", _POSTED.sub(" ", _COUNT.sub(" ", key))))
    parts = filter(None, _BETWEEN.split(rest))
    others = [part for part in parts if part not in lexicon.links and part not in lexicon.terms["label"]]
    named = 1 if posted and _TIME.search(key) else 0
    return told.group() if len(others) <= named and all(len(part) <= NAME_CHARS for part in others) else ""
