"""What is put into a line that stays: planted words, addresses, pictographs, and the mark a cut leaves double."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from processors.algorithms.keyword import Hit
from processors.algorithms.layout import Page
from processors.algorithms.patterns import CALLING_BRACKET, EMOJI, URL
from processors.algorithms.planted import Slot

_INTRODUCED = re.compile(
    r"(?:网址|地址|网站|网页|官网|主页|首页|页面|链接|域名|站点|访问|登录|登陆|浏览|打开|进入|点击|下载|查看|参见|参阅|详见|搜索"
    r"|输入|发布|发表|@)(?:[是为到在有]|就是|如下)?[:\s\"“]*$"
)
_PLACED, _ON = re.compile(r"[见在到从于为是至用和与及或由看上叫]$"), "上中里内的或和与及进看查下注发来"
"""What a text says before an address of its own, or around one: 在…上."""

_READS_ON = re.compile("[\u3400-\u9fff“‘「『《(]")
_HAN = re.compile("[\u3400-\u9fff]")
_ENDS = ",、。!?;:…”』」)"
_DOUBLE_BEFORE, _DOUBLE_BEHIND = ",、;:。!?", ",、;:。"


def cuts_inside(key: str, hits: Sequence[Hit], slots: Sequence[Slot]) -> list[Hit]:
    """All to cut inside a line that stays: ``hits`` of the keyword, planted words, addresses, pictographs; in order."""
    planted = [Hit(s.start, s.end, "keyword_inside", {"words": key[s.start : s.end][:40]}) for s in slots]
    found = _disjoint([*hits, *planted, *_bracketed(key), *addresses(key), *_emoji(key)])
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


def _introduced(before: str, behind: str) -> bool:
    return _INTRODUCED.search(before) is not None or (behind in _ON and _PLACED.search(before) is not None)


def addressed(page: Page) -> int:
    """How many addresses stand glued into the running text of a page."""
    return sum(hit.start > 0 for line in page.lines if line.prose for hit in addresses(line.key))


def _bracketed(key: str) -> Iterator[Hit]:
    for found in CALLING_BRACKET.finditer(key):
        yield Hit(*found.span(), "keyword_inside", {"words": found.group()[:40]})


def _emoji(key: str) -> Iterator[Hit]:
    for found in EMOJI.finditer(key):
        yield Hit(*found.span(), "emoji", {"words": found.group()})


def _closed(key: str, hit: Hit) -> Hit:
    """The hit with the mark behind it, if the text before it ends with one already."""
    behind = key[hit.end : hit.end + 1]
    double = hit.start == 0 or key[hit.start - 1] in _DOUBLE_BEFORE
    return hit._replace(end=hit.end + 1) if behind and behind in _DOUBLE_BEHIND and double else hit


def _disjoint(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in order, without those that begin inside an earlier one."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out
