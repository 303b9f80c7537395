"""Hypothesis strategies: texts of every kind of character, ranges of a text, and chains of operations on an item."""

from collections.abc import Callable
from itertools import pairwise

from hypothesis import strategies as st

from pipeline.item import Item, Part, Removal
from pipeline.spans import Piece, Span

Ranges = list[tuple[int, int]]

AWKWARD = "\r\n\t \0\x0b\x0c\x1c\x85\u00a0\u2028\u3000\u200b\ufeff\ud800\udfff\U0001f48e\u0301a字著，"
"""Line ends, blanks that are and are not one code point wide, invisible and unpaired characters, and plain ones."""

texts = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(exclude_categories=())), max_size=24)
"""Any str, unpaired surrogates included, with more of the awkward characters than chance would give."""


@st.composite
def ranges(draw: st.DrawFn, length: int, max_ranges: int = 8) -> Ranges:
    """Ordered, disjoint ranges in ``[0, length)``: neighbours mostly touch, some are empty, some stretches are left."""
    ends = sorted(draw(st.lists(st.integers(0, length), max_size=max_ranges + 1)))
    return [found for found in pairwise(ends) if draw(st.integers(0, 3))]


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Piece, ...]:
    """Pieces of some text: exact ones, inexact ones, some of length 0, with and without gaps in the raw page."""
    made: list[Piece] = []
    raw = 0
    for length in draw(st.lists(st.integers(0, 4), max_size=6)):
        raw += draw(st.integers(0, 2))
        size = draw(st.sampled_from([length, length, 0, length + 1, length + 3, max(length - 1, 0)]))
        made.append(Piece(length, Span(raw, raw + size)))
        raw += size
    return tuple(made)


@st.composite
def removals(draw: st.DrawFn, item: Item) -> list[Removal]:
    """What a step might cut from an item, in any order."""
    found = draw(ranges(len(item.text)))
    return draw(st.permutations([Removal(start, end, "spam", {"at": start}) for start, end in found]))


@st.composite
def parts(draw: st.DrawFn, item: Item) -> list[Part]:
    """What a step might split an item into: every range a line of some child, its title, a field of it, or nobody's."""
    count = draw(st.integers(1, 3))
    bodies: list[Ranges] = [[] for _ in range(count)]
    titles: list[tuple[int, int] | None] = [None] * count
    fields: list[dict[str, tuple[int, int]]] = [{} for _ in range(count)]
    for found in draw(ranges(len(item.text))):
        child, use = draw(st.integers(0, count - 1)), draw(st.sampled_from(["body", "body", "title", "byline", ""]))
        if use == "body" and found[0] < found[1]:
            bodies[child].append(found)
        elif use == "title":
            titles[child] = found
        elif use == "byline":
            fields[child] = {"byline": found}
    return [Part(*made) for made in zip(bodies, titles, fields, strict=True)]


@st.composite
def rewordings(draw: st.DrawFn, item: Item) -> str:
    """Another text for an item: some of its characters changed, doubled or left out, or something else altogether."""
    change = st.sampled_from(["keep", "keep", "keep", " ", "\u200b", "字", "", "double"])
    if draw(st.integers(0, 5)) == 0:
        return draw(texts)
    changes = [draw(change) for _ in item.text]
    words = {"keep": lambda c: c, "double": lambda c: 2 * c}
    return "".join(words.get(kind, lambda _, kind=kind: kind)(c) for c, kind in zip(item.text, changes, strict=True))


@st.composite
def mapped(draw: st.DrawFn, item: Item) -> tuple[str, tuple[Piece, ...]]:
    """Another text for an item with pieces that say where it came from: each old piece with a new length."""
    changed = tuple(Piece(draw(st.one_of(st.just(p.length), st.integers(0, 4))), p.span) for p in item.pieces)
    length = sum(p.length for p in changed)
    return draw(st.text(st.sampled_from(" \n字a\u200b"), min_size=length, max_size=length)), changed


@st.composite
def operations(draw: st.DrawFn) -> Callable[[Item], list[Item]]:
    """One thing that a step can do to an item, drawn anew for each item it is done to."""
    kind = draw(st.sampled_from(["cut", "children", "with_text", "mapped", "keep"]))

    def operate(item: Item) -> list[Item]:
        if kind == "cut":
            return [item.cut(draw(removals(item)))]
        if kind == "children":
            return item.children(draw(parts(item)))
        if kind == "with_text":
            return [item.with_text(draw(rewordings(item)))]
        if kind == "mapped":
            return [item.with_text(*draw(mapped(item)))]
        return [item]

    return operate


LINES = [
    "手機:13800000000(同微信)",
    "彩云娱乐下载_彩云娱乐手机版",
    "首页 > 新闻 > 正文",
    "分享到微信朋友圈",
    "发布时间:2024-03-20 浏览次数:797",
    "青石鎮的橋脩好了******",
    "【青石镇】老桥通车，渡船停航",
    "本报记者 林小满 三月五日电",
    "　　三月初五，青石镇修了两年的石桥通车，镇上的老人走在最前面，孩子们跟在后面数桥墩。",
    "　　擺渡三十年的周師傅說，他把船繫在桥下，明年開春還要給它上一遍桐油。",
    "彩云娱乐【www.example.com】是全网第一的平台，注册就送，彩云娱乐官网等你来！",
    "（责任编辑：许知夏）",
    "相关新闻：彩云娱乐：白鹭滩的麦子熟了",
    "青石镇 白鹭滩 柳河口 双井村 石门坎 枫树坪",
    "网站地图 版权所有 © 彩云娱乐",
    "",
]
"""Lines such as a polluted page is made of; brands, people and places are made up."""

page_texts = st.lists(
    st.tuples(st.one_of(st.sampled_from(LINES), texts), st.sampled_from(["\n", "\n\n", "\r\n", ""])), max_size=40
).map(lambda lines: "".join(line + end for line, end in lines))
"""Whole pages: spam, articles and noise in any order, with any line ends."""
