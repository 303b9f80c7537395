"""Shapes of things on pages, for folded text: dates, addresses of the net, ways to get in touch, decoration, places."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

SHORT_CHARS, REMEMBERED = 300, 8192
"""What the scouts found in so many of the last texts, if they are no longer, is kept: the same are asked for often."""


@cache
def _scout(pattern: str) -> Callable[[str], bool]:
    """Whether a text has what a pattern matches; several patterns have one scout."""
    search = re.compile(pattern).search

    @lru_cache(maxsize=REMEMBERED)
    def known(text: str) -> bool:
        return search(text) is not None

    return lambda text: known(text) if len(text) <= SHORT_CHARS else search(text) is not None


class Scouted:
    """A pattern that most texts do not have, and a quick one, the ``scout``, that any text that has it has too.

    Its methods are those of a compiled pattern. The scout begins with a set of characters, so that ``re`` skips to it.
    Where the pattern begins in many ways, ``firsts`` are the characters that all of these begin with, as in a set of a
    pattern: to ask for one of them first is five times as fast as to try each way at each place.
    """

    def __init__(self, pattern: str, scout: str, firsts: str = "") -> None:
        self.pattern, self.scout = pattern, scout
        self._pattern = re.compile(f"(?=[{firsts}])(?:{pattern})" if firsts else pattern)
        self._found = _scout(scout)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where the pattern matches."""
        return self._pattern.search(text) if self._found(text) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at ``start``."""
        return self._pattern.match(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of a whole text."""
        return self._pattern.fullmatch(text)

    def findall(self, text: str) -> list[str]:
        """All that the pattern matches."""
        return self._pattern.findall(text) if self._found(text) else []

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All places where the pattern matches."""
        return self._pattern.finditer(text) if self._found(text) else iter(())

    def sub(self, instead: str, text: str) -> str:
        """The text with something else wherever the pattern matches."""
        return self._pattern.sub(instead, text) if self._found(text) else text


DATE = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s*t?\d{1,2}:\d{2}(?::\d{2})?)?")
"""A date with its year, and the time of day if it follows."""

DATE_PREFIX = re.compile(rf"^[\[(【]?(?:{DATE.pattern}|\d{{1,2}}-\d{{1,2}})[\])】]?[^\S\n]*", re.M)
"""A date at the beginning of a line, also month and day alone; in a text of several lines at each."""

DOMAIN = (
    "(?:com|net|org|cn|cc|vip|top|xyz|info|tv|co|app|site|club|shop|link|live|biz|asia|hk|tw|me|io|win|bet|pro|fun|icu"
    "|cloud|online|store|mobi|ltd|wang|ren|ink|wiki|buzz|bond|sbs|cyou|cfd|ru|kr|jp|gg|vc)(?![a-z0-9])"
)
"""The end of an address."""

_DOT = rf"(?:[.点。]|[\[(【{{<](?:[.点。]|dot)[\])】}}>]|(?<=\s)dot|dot(?=\s|{DOMAIN}))"
"""A dot, also as a word; within a run of letters only right before the end, or there are too many ways to read it."""

URL = Scouted(
    rf"(?:https?:/{{1,2}})?(?:[a-z0-9-]{{1,40}}\s?{_DOT}\s?){{1,5}}{DOMAIN}(?:[:/?][\w./?=&%#:+-]*)?",
    rf"[.点。\])】}}>t]\s?{DOMAIN}",
)
"""An address of the net, also with the dot written as a word or in brackets."""

BRACKETED_URL = Scouted(
    rf"[\[(【<][^\[\](){{}}【】<>]{{0,40}}?{URL.pattern}[^\[\](){{}}【】<>]{{0,10}}[\])】>]", URL.scout
)
"""An address in brackets, with the few words before it."""

BRACKET = re.compile(r"[\[(【<][^\[\](){}【】<>\n]{4,80}[\])】>]")
"""A clause or a sentence in brackets."""

_MESSENGERS = "微信|薇信|扣扣|电报|(?<![a-z])(?:vx|wx|weixin|wechat|qq|telegram|skype|whatsapp)"
"""What the places are called where somebody is to be found."""

_DISGUISED = (
    r"(?:(?:纸飞机|叩叩|威信|徽信|薇芯|微芯|加[微薇威v扣]信?|速v|(?<![a-z0-9])(?:v信|v[❤芯]|tg|q群))号?[:\s]{0,2}@?|(?:企鹅号?|蝙蝠|维信|薇|威|(?<![a-z0-9])v):@?|飞机:?@)"
    r"(?=[a-z_-]{0,12}\d)[a-z0-9_-]{5,}"
)
"""Words that mean one of them only right before a name with a digit."""

_APART = r"\d(?:[ -]\d){5,}(?!\d)"
"""A number whose digits are set apart."""

MESSENGER_FIRSTS = "微薇扣电vwqts纸叩威徽加速企蝙维飞客找联咨"

MESSENGER = Scouted(
    rf"(?:{_MESSENGERS})[^\s,。;!?a-z0-9]{{0,6}}[:\s]{{0,2}}(?:[a-z0-9](?:[-_+~丨*·|.]?[a-z0-9]){{4,}}|{_APART})|{_DISGUISED}"
    r"|(?:客服|找|联系|咨询)[:\s]{0,2}[a-z]{2,8}\d{3,}(?![a-z0-9])",
    r"[a-z0-9_-](?:[-_+~丨*·|. ]?[a-z0-9_\d-]){4}",
    MESSENGER_FIRSTS,
)
"""A messenger with a number or a name, or a name of letters and digits that somebody is to be found by."""

UNSAID = (
    r"(?<!\d)(?:1[3-9]\d{9}|400-?\d{3}-?\d{4}|0\d{2,3}-\d{7,8})(?!\d)"
    r"|(?<![a-z0-9])[a-z]{1,10}[_-]?(?:\d{3,8}(?=(?:19|20)\d\d年)|\d{3,12}(?![a-z0-9]))"
)
"""A telephone by its form, or letters and then digits that a messenger may know somebody by; a year is the text's."""

SEE_ALSO = Scouted(
    r"[\[(【<](?:(?:相关|推荐|更多|延伸|点击|热门)(?:阅读|新闻|链接|推荐|报道|内容|文章|视频|查看)?|猜你喜欢)\s?:[^\[\]()【】<>\n]{2,60}[\])】>]",
    r"[\[(【<][相推更延点热猜]",
)
"""A link to another article, in brackets."""

CALLING_BRACKET = Scouted(
    rf"[\[(【<][^\[\](){{}}【】<>\n]{{0,24}}[\u3400-\u9fff]{{2}}[^\[\](){{}}【】<>\n]{{0,24}}?{URL.pattern}[^\[\](){{}}【】<>\n]{{0,16}}[\])】>]",
    URL.scout,
)
"""Words and an address in brackets."""

CONTACT = Scouted(
    rf"(?:{_MESSENGERS}|手机|电话|热线|致电|来电|客服|办公)[^\s,。;!?a-z0-9]{{0,6}}[:\s]{{0,2}}(?:\+?[a-z0-9_][a-z0-9_-]{{4,}}|{_APART})"
    rf"|{_DISGUISED}"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?<![\d-])1[3-9]\d(?: \d{4} \d{4}|-\d{4}-\d{4})(?![\d-])"
    r"|(?<!\d)400-?\d{3}-?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)",
    r"[a-z0-9_-](?:[a-z0-9_\d-]{4}|(?: \d){4})|\d\d[ -]\d{4}",
    f"{MESSENGER_FIRSTS}手热致来办104",
)
"""A way to get in touch: a messenger or telephone with its number, or a number that is a telephone's by its form."""

EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?")
"""Pictographs; the arrows, boxes and stars of older sets are in DECORATION only."""

DECORATION = re.compile(
    "[\u2190-\u22ff\u2460-\u24ff\u2500-\u27bf\u2b00-\u2bff\u203b\u3010\u3011\u3280-\u32b0\U0001f000-\U0001faff\ufe0f]+"
)
"""What pages hang around their keyword: pictographs, arrows, boxes, stars, empty brackets."""

PLACES = re.compile(r"(?:[\u3400-\u9fff]{1,8}?(?:自治县|自治州|自治旗|县|区|市|旗|州|省|盟)){4,}")
"""A run of place names without anything between them."""

_PLACE = r"[\u3400-\u9fff]{1,8}?(?:自治[县州旗]|[县区市旗州省盟])"
PLACES_SPACED = re.compile(rf"(?:{_PLACE}\s){{6,}}{_PLACE}")
"""A line of place names with nothing but blanks between them."""

PLACES_APART = re.compile(rf"(?:{_PLACE}[、,\s|]\s?){{9,}}{_PLACE}")
"""A line of place names with marks or blanks between them."""

BULLET = re.compile(r"^[•·◦○●◆◇■□★☆▪▶►➤※*-]\s*")
"""The mark of a list entry."""


def without_lead(key: str) -> str:
    """A line without the date and then the mark of a list entry that it begins with."""
    if "\u3400" <= key[:1] <= "\u9fff":
        return key
    return BULLET.sub("", DATE_PREFIX.sub("", key))
