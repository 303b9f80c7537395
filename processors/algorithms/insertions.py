"""What is put into a line that stays: planted words, addresses, pictographs, and the mark a cut leaves double."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from processors.algorithms.keyword import Hit
from processors.algorithms.kinds import PUT_IN
from processors.algorithms.layout import Line, Page
from processors.algorithms.patterns import CALLING_BRACKET, EMOJI, MESSENGER, MESSENGER_FIRSTS, SEE_ALSO, URL, Scouted
from processors.algorithms.planted import Slot

ADDRESSES, SHARE = 2, 0.03
"""So many addresses glued into the text, and so many a paragraph, pollute a page with furniture of a site."""

MORE, LARGE_SHARE = 4, 0.1
"""The same for a page without any."""

STARS = ("★", "☆")
"""Pictographs that are marks of headlines, too."""

_INTRODUCED = re.compile(
    r"(?:网址|地址|网站|网页|官网|主页|首页|页面|链接|域名|站点|访问|登录|登陆|浏览|打开|进入|点击|下载|查看|参见|参阅|详见|搜索"
    r"|输入|发布|发表|@)(?:[是为到在有]|就是|如下)?[:\s\"“]*$"
)
_PLACED, _ON = re.compile(r"[见在到从于为是至用和与及或由看上叫]$"), "上中里内的或和与及进看查下注发来"
"""What a text says before an address of its own, or around one: 在…上."""

_NUMBER = Scouted(
    rf"(?<!\d)1[3-9]\d{{9}}(?!\d)|[+\u2795]?(?:{MESSENGER.pattern})(?<=\d\d\d)(?![a-z0-9])",
    r"\d{3}",
    f"1+\u2795{MESSENGER_FIRSTS}",
)
_ADDED = Scouted(
    r"(?<=[,。!?;、:”])[\u3400-\u9fff]{2,8}?加[微薇v]?信?[a-z]{2,8}\d{3,}(?=[\u3400-\u9fff“])",
    r"[加微薇v信][a-z]{2,8}\d{3}",
)
"""What is sold and a name to be added, put between two clauses."""

_CLAUSE = re.compile("[\u3400-\u9fff,、;:]")
_GLUED = re.compile("[\u3400-\u9fff,、;:。!?”]")
_CALLED = re.compile(r"(?:电话|手机|号码|热线|致电|拨打|联系|联络|短信|来电|传真|客服|[打拨加添用搜注号])[:\s]*$")
"""What a text says before a number of its own."""

_READS_ON = re.compile("[\u3400-\u9fff“‘「『《(]")
_HAN = re.compile("[\u3400-\u9fff]")
_ENDS = ("。", "!", "?")
_DOUBLE_BEFORE, _DOUBLE_BEHIND = ",、;:。!?", ",、;:。"


def cuts_inside(line: Line, hits: Sequence[Hit], slots: Sequence[Slot]) -> list[Hit]:
    """All to cut inside a line that stays: ``hits`` of the keyword, planted words, addresses, pictographs; in order."""
    key = line.key
    if not hits and not slots and not line.kinds & PUT_IN:
        return []
    planted = [Hit(s.start, s.end, "keyword_inside", {"words": key[s.start : s.end][:40]}) for s in slots]
    found = _disjoint([*hits, *planted, *_bracketed(key), *addresses(key), *_numbers(key), *_added(key), *_emoji(line)])
    return [_closed(key, hit) for hit in found]


def addresses(key: str) -> Iterator[Hit]:
    """Addresses put between the clauses or into the clauses of a text that does not speak of them."""
    for found in URL.finditer(key):
        before, behind = key[max(0, found.start() - 8) : found.start()], key[found.end() : found.end() + 1]
        after = key[found.end() : found.end() + 2].lstrip()[:1]
        if after and not _READS_ON.match(after if before[-1:] in "。!?" else behind):
            continue
        glued = behind and (_HAN.match(before[-1:]) or before[-1:] in ":、") and not _introduced(before, behind)
        if not before or before[-1] in ",。!?;…”" or glued:
            yield Hit(*found.span(), "keyword_inside", {"words": found.group()[:40]})


def _interrupting(key: str) -> Iterator[Hit]:
    """Words and an address in brackets in the middle of a clause."""
    for hit in _bracketed(key):
        if _CLAUSE.match(key[max(0, hit.start - 1)]) and _HAN.match(key, hit.end):
            yield hit


def _numbers(key: str) -> Iterator[Hit]:
    """Telephones and messengers glued into clauses that do not speak of them."""
    for found in _NUMBER.finditer(key):
        before, behind = key[max(0, found.start() - 6) : found.start()], key[found.end() : found.end() + 1]
        if before and _GLUED.match(before[-1]) and behind and _READS_ON.match(behind) and not _CALLED.search(before):
            yield Hit(*found.span(), "keyword_inside", {"words": found.group()[:40]})


def _added(key: str) -> Iterator[Hit]:
    for found in _ADDED.finditer(key):
        yield Hit(*found.span(), "keyword_inside", {"words": found.group()[:40]})


def _introduced(before: str, behind: str) -> bool:
    return _INTRODUCED.search(before) is not None or (behind in _ON and _PLACED.search(before) is not None)


def is_addressed(page: Page, signs: int) -> bool:
    """Whether addresses are glued into the running text of a page; with furniture of a site fewer are enough."""
    shown = [pattern for pattern in _GLUING if pattern.search(page.key)]
    if not shown:
        return False
    finders = dict.fromkeys(finder for pattern in shown for finder in _GLUING[pattern])
    prose = [line.key for line in page.lines if line.prose and line.kinds & PUT_IN]
    glued = sum(hit.start > 0 for key in prose for finder in finders for hit in finder(key))
    least, share = (ADDRESSES, SHARE) if signs else (MORE, LARGE_SHARE)
    return glued >= max(least, share * sum(line.prose for line in page.lines))


_GLUING: Mapping[Scouted, Sequence[Callable[[str], Iterator[Hit]]]] = {
    URL: (addresses, _interrupting),
    _NUMBER: (_numbers,),
    _ADDED: (_added,),
    SEE_ALSO: (_interrupting,),
}
"""What finds things glued into a line, by a pattern without which none is found on a page."""


def _bracketed(key: str) -> Iterator[Hit]:
    for found in (*CALLING_BRACKET.finditer(key), *SEE_ALSO.finditer(key)):
        yield Hit(*found.span(), "keyword_inside", {"words": found.group()[:40]})


def _emoji(line: Line) -> Iterator[Hit]:
    """All but the star that a headline begins with, which ``split`` takes off."""
    for found in EMOJI.finditer(line.key, 0 if line.prose or line.key[:1] not in STARS else 1):
        yield Hit(*found.span(), "emoji", {"words": found.group()})


def _closed(key: str, hit: Hit) -> Hit:
    """The hit with the mark behind it, if the text before it ends with one already."""
    before, behind = key[max(0, hit.start - 1) : hit.start], key[hit.end : hit.end + 1]
    double = behind in _DOUBLE_BEHIND if not before or before in _DOUBLE_BEFORE else False
    return hit._replace(end=hit.end + 1) if behind and (double or (before in _ENDS and behind in _ENDS)) else hit


def _disjoint(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in order, without those that begin inside an earlier one."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out
