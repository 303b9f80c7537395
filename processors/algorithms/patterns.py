"""Shapes of things on pages, for folded text: dates, addresses of the net, ways to get in touch, decoration, places."""

from __future__ import annotations

import re

DATE = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s*t?\d{1,2}:\d{2}(?::\d{2})?)?")
"""A date with its year, and the time of day if it follows."""

DATE_PREFIX = re.compile(rf"^[\[(【]?(?:{DATE.pattern}|\d{{1,2}}-\d{{1,2}})[\])】]?[^\S\n]*", re.M)
"""A date at the beginning of a line, also month and day alone; in a text of several lines at each."""

URL = re.compile(
    r"(?:https?:/{1,2})?(?:[a-z0-9-]{1,40}\s?(?:\.|点|。|\[点\]|\(点\)|dot)\s?){1,5}"
    r"(?:com|net|org|cn|cc|vip|top|xyz|info|tv|co|app|site|club|shop|link|live|biz|asia|hk|tw|me|io|win|bet|pro|fun|icu)"
    r"(?![a-z0-9])(?:[:/?][\w./?=&%#:+-]*)?"
)
"""An address of the net, also with the dot written as a word."""

BRACKETED_URL = re.compile(rf"[\[(【<][^\[\](){{}}【】<>]{{0,40}}?{URL.pattern}[^\[\](){{}}【】<>]{{0,10}}[\])】>]")
"""An address in brackets, with the few words before it."""

CALLING_BRACKET = re.compile(
    rf"[\[(【<][^\[\](){{}}【】<>\n]{{0,24}}[\u3400-\u9fff]{{2}}[^\[\](){{}}【】<>\n]{{0,24}}?{URL.pattern}[^\[\](){{}}【】<>\n]{{0,16}}[\])】>]"
)
"""Words and an address in brackets."""

CONTACT = re.compile(
    r"(?:微信|威信|薇信|vx|wx|qq|扣扣|电报|telegram|skype|whatsapp|手机|电话|热线|致电|来电|客服|办公)"
    r"[^\s,。;!?a-z0-9]{0,6}[:\s]{0,2}\+?[a-z0-9_][a-z0-9_-]{4,}"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)400-?\d{3}-?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"
)
"""A way to get in touch: a messenger or telephone with its number, or a number that is a telephone's by its form."""

EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?")
"""Pictographs; the arrows, boxes and stars of older sets are in DECORATION only."""

DECORATION = re.compile(
    "[\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf\u2b00-\u2bff\u203b\u3010\u3011\U0001f000-\U0001faff\ufe0f]+"
)
"""What pages hang around their keyword: pictographs, arrows, boxes, stars, empty brackets."""

PLACES = re.compile(r"(?:[\u3400-\u9fff]{1,8}?(?:自治县|自治州|自治旗|县|区|市|旗|州|省|盟)){4,}")
"""A run of place names without anything between them."""

BULLET = re.compile(r"^[•·◦○●◆◇■□★☆▪▶►➤※*-]\s*")
"""The mark of a list entry."""
