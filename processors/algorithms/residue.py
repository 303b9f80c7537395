"""Finds what stays behind inside a line of what was cut: an id, an address, an empty wrap, a word, a call."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from processors.algorithms.keyword import Hit
from processors.algorithms.kinds import LATIN
from processors.algorithms.layout import Line
from processors.algorithms.patterns import CONTACT, DECORATION, UNSAID, URL
from processors.algorithms.sheet import Sheet

_BARE = rf"(?:{URL.pattern}|{UNSAID})"
_CONTACT = rf"(?:{_BARE}|[(\[【<《]{_BARE}[)\]】>》])"
"""A way to get in touch with nothing said about it: an address, a telephone, a name of letters and digits."""

_LABEL = r"(?:(?:微信|薇信|威信|扣扣|电话|(?<![a-z])(?:vx|wx|qq|v|tel))号?)"
_BEHIND = re.compile(rf"{_LABEL}?[:\s@]{{0,2}}{_CONTACT}")
_BEFORE = re.compile(rf"(?:^|(?<=[,。!?;、\u3400-\u9fff]))(?:{_LABEL}:?)?{_CONTACT}[:\s]?$")
_LABELLED_BEHIND = re.compile(rf"{_LABEL}[:\s@]{{0,2}}{_CONTACT}")
_LISTED = re.compile(r":\s?0\d{2,3}-")
_ALONE = re.compile(rf"[>»·•*\s-]{{0,3}}{_CONTACT}[。!]?")

_BOXED = re.compile(rf"[(\[【<《]({_BARE})[)\]】>》]")
_ODD = re.compile(r"[a-z]\d{3,}")
"""An address in brackets, and what those have that nobody needs to remember: letters and then digits."""

_INTRODUCED = re.compile(
    r"(?:网址|地址|网站|网页|官网|主页|首页|页面|链接|域名|站点|访问|登录|登陆|浏览|打开|进入|点击|查看|参见|参阅|详见|搜索|输入|邮箱"
    r"|电话|热线|号码|型号|编号|致电|拨打)[是为到在有:\s\"“]*$"
)

_SPOKEN = re.compile(r"[访问登录陆览开打拨见址名系至到用号码型:为是在叫]$")
"""What a text says before an address, a number or a name of its own."""

_WRAPPED = re.compile(
    r"(?P<open>>{1,4}|<{1,4}|[(\[【《“‘「『{])\|(?P<word>[\u3400-\u9fffa-z0-9]{0,8})(?P<close>>{1,4}|<{1,4}|[)\]】》”’」』}])"
)
_MATES = dict(zip("><([【《“‘「『{", "<>)]】》”’」』}", strict=True))
_LABELLED = re.compile(
    r"(?:[\[【(](?:广告|推广|赞助|热门|推荐|ad)[\])】]|(?:点击|猛戳|点)(?:这里|此处|进入|查看)?(?:>{1,4}|»)?)\s*$"
)
_CALL = re.compile(
    r"[\u3400-\u9fff]{0,6}?(?:立即|立刻|马上|点击|点此)"
    r"(?:查看|咨询|进入|了解|下载|注册|领取|体验|观看|访问|预约|加入)(?:详情)?\s*[>»]{0,4}"
)

_THING = re.compile(
    r"(?<![a-z0-9])[a-z]{1,5}-?\d{1,5}[a-z]?(?=型|款|系列|标准|接口|协议|芯片|发动机|规格|版本|线路|公路|国道|省道|次列车)"
)
_BLANK = re.compile(r"\s[\u3400-\u9fff]")
_YEAR = re.compile(r"\d{3}(?:19|20)\d\d年")

_SIGNS = re.compile(rf"(?:【】|(?![【】]){DECORATION.pattern.removesuffix('+')})*")
"""Ornaments behind a word that goes."""

LONGEST_WORD, LEAST_WORD = 8, 2
"""Words behind a keyword are compared up to so many characters, and hang on it from so many on."""

ASKED = 256
"""So many words are looked for on the whole page; a long one would take the square of its length."""

_RULE = " \t-_|—–·•:~>»→/"
"""What sets a keyword off from a headline."""


def judge_boxed(sheet: Sheet) -> None:
    """Cuts contacts in brackets that no word of the text leads to, inside the lines that stay."""
    for number in sheet.staying():
        line, hits = sheet.lines[number], sheet.inside[number]
        if line.kinds & LATIN:
            sheet.inside[number] = sorted([*hits, *_boxed(line.key, hits)])


def judge_residue(sheet: Sheet) -> None:
    """Widens the cuts inside the lines that stay, and cuts what is left of a line that says nothing by itself."""
    behind = _Behind(sheet)
    for number in sheet.staying():
        line = sheet.lines[number]
        hits = [hit for hit in sheet.inside[number] if not _is_of_a_thing(sheet, line.key, hit)]
        sheet.inside[number] = hits
        if _ALONE.fullmatch(line.key):
            sheet.mark([number], "contact", line.key[:40])
        elif hits:
            sheet.inside[number] = list(_widened(line, hits, behind))


def _is_of_a_thing(sheet: Sheet, key: str, hit: Hit) -> bool:
    """Whether a sentence that the model cuts has a model's or a standard's name in it and no way to get in touch."""
    words = key[hit.start : hit.end]
    if "chance" not in hit.evidence or not _THING.search(words) or sheet.keyword.count(words):
        return False
    return not (CONTACT.search(words) or URL.search(words) or sheet.lexicon.promo.search(words))


def _boxed(key: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    for found in _BOXED.finditer(key):
        if any(hit.start < found.end() and found.start() < hit.end for hit in hits):
            continue
        if _ODD.search(found[1]) and not _INTRODUCED.search(key, max(0, found.start() - 8), found.start()):
            yield Hit(*found.span(), "keyword_inside", {"words": found.group()[:40]})


class _Behind:
    """What stands right behind the keywords of a page, wherever they stand."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._said: dict[str, bool] = {}

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """Beginnings of what stands behind keywords, each with the characters that follow it."""
        key = self._sheet.page.key
        found: defaultdict[str, set[str]] = defaultdict(set)
        for _, end in self._sheet.keyword.places(key):
            words = key[end : end + LONGEST_WORD + 1].split("\n")[0] + "\n"
            for length in range(LEAST_WORD, min(LONGEST_WORD, len(words) - 1) + 1):
                if not words[length - 1].isalnum():
                    break
                found[words[:length]].add(words[length])
        return found

    @cached_property
    def _text(self) -> str:
        """The lines that stay, with what is cut inside them."""
        return "\n".join(self._sheet.lines[number].key for number in self._sheet.staying())

    def end(self, key: str, start: int, end: int) -> int:
        """Where a word ends that stands behind the last keyword of a cut, behind it elsewhere too, nowhere alone."""
        at = max((stop for _, stop in self._sheet.keyword.places(key, start, end)), default=-1)
        return max(end, self._word_end(key, at)) if at >= 0 else end

    def _word_end(self, key: str, at: int) -> int:
        for length in range(LONGEST_WORD, LEAST_WORD - 1, -1):
            words = key[at : at + length]
            if len(words) == length and len(self._words.get(words, ())) > 1 and not self._is_said(words):
                return at + length
        return at

    def _is_said(self, words: str) -> bool:
        """Whether what stays says the words without the keyword too; when it was asked often enough, all of them."""
        if words not in self._said and len(self._said) < ASKED:
            text, names = self._text, self._sheet.keyword.names
            self._said[words] = text.count(words) > sum(text.count(name + words) for name in names)
        return self._said.get(words, True)


def _widened(line: Line, hits: Sequence[Hit], behind: _Behind) -> Iterator[Hit]:
    """The cuts of a line, each with what of the same planted stretch stands beside it."""
    key, last = line.key, 0
    waiting: Hit | None = None
    for number, hit in enumerate(hits):
        stop = hits[number + 1].start if number + 1 < len(hits) else len(key)
        wide = _beside(line, hit, behind, last, stop)
        last = wide.end
        if waiting and wide.start <= waiting.end:
            waiting = waiting._replace(end=max(waiting.end, wide.end))
        else:
            if waiting:
                yield waiting
            waiting = wide
    if waiting:
        yield waiting


def _beside(line: Line, hit: Hit, behind: _Behind, last: int, stop: int) -> Hit:
    """One cut with what stands beside it, between the cuts before and behind."""
    key, (start, end) = line.key, hit[:2]
    if line.prose and hit.reason != "emoji" and end < stop and key[end].isalnum():
        end = min(stop, behind.end(key, start, end))
        end = signs.end() if end > hit.end and (signs := _SIGNS.match(key, end, stop)) else end
    if contact := _contact_behind(key, hit, end, stop):
        end = contact.end()
    elif hit.reason != "emoji" and (contact := _BEFORE.search(key, max(last, start - 40), start)):
        start = start if _SPOKEN.search(key, 0, contact.start()) else contact.start()
    start, end = _unwrapped(key, start, end, last, stop)
    if not line.prose:
        start, end = _without_rule(key, start, end)
    return hit._replace(start=start, end=_before_year(key, start, _to_text(key, start, end)))


def _contact_behind(key: str, hit: Hit, end: int, stop: int) -> re.Match[str] | None:
    """A contact right behind a cut; a telephone behind a colon may be the text's, as may all behind a pictograph."""
    if hit.reason == "emoji":
        return _LABELLED_BEHIND.match(key, end, stop)
    return None if _LISTED.match(key, end) and not key.endswith("电话", 0, end) else _BEHIND.match(key, end, stop)


def _to_text(key: str, start: int, end: int) -> int:
    """The end of a cut with the blank behind it, if the text before it has none."""
    return end + 1 if _BLANK.match(key, end) and start and not key[start - 1].isspace() else end


def _before_year(key: str, start: int, end: int) -> int:
    """The end of a cut without the year that its last digits are."""
    return end - 4 if _YEAR.match(key, max(start, end - 7)) else end


def _unwrapped(key: str, start: int, end: int, last: int, stop: int) -> tuple[int, int]:
    """A cut with the wrap that is empty without it, and with the call it was made for."""
    opened = max(last, start - 4)
    around = _WRAPPED.search(f"{key[opened:start]}|{key[end : min(stop, end + 13)]}")
    if around and _MATES[around["open"][0]] == around["close"][0]:
        start, end = opened + around.start(), end + around.end() - (start - opened) - 1
    label = _LABELLED.search(key, max(last, start - 12), start)
    call = _CALL.match(key, end, stop)
    if label and (call or ">" in key[start - 1 : start + 1]):
        return label.start(), call.end() if call else end
    if call and key.startswith(("[广告]", "【广告】"), start):
        return start, call.end()
    return start, end


def _without_rule(key: str, start: int, end: int) -> tuple[int, int]:
    """A cut at the end or the beginning of a headline with what set it off."""
    if end == len(key):
        start = len(key[:start].rstrip(_RULE))
    elif start == 0:
        end = len(key) - len(key[end:].lstrip(_RULE))
    return start, end
