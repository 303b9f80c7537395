"""What a sentence shows by itself of being put into a text, as named numbers: how it sells, its shape, its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from processors.algorithms.keyword import Hit
from processors.algorithms.kinds import REACHED
from processors.algorithms.layout import Line, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import CONTACT, EMOJI, MESSENGER, URL

CLAIMS = ("guarantee", "ease", "praise", "audience", "seller", "call", "haste", "common", "figure")

SELLS = (
    *(f"words of {kind}" for kind in CLAIMS),
    "kinds of claims",
    "share of claims",
    "pressing words",
    "words sold",
    "words that hang on keywords",
)
REACH = ("messenger", "handle", "mobile", "telephone", "address", "pictographs")
TOUCHED = (
    "stretches cut",
    "characters before a cut",
    "characters behind a cut",
    "sign before a cut",
    "sign behind a cut",
    "cut without signs",
)
SHAPE = (
    "characters",
    "clauses",
    "length of a clause",
    "mark at its end",
    "mark at its beginning",
    "last sign",
    "question",
    "cries",
    "digits",
    "Latin words",
    "empty brackets",
    "words of telling",
    "words of news",
    "quotation",
    "numbered",
    "answer",
)
"""Signs and marks are 0 none, 1 a word, 2 a comma, 3 a colon, 4 a sentence's end, 5 a question, 6 a cry, 7 a bracket or
quotation mark, 8 another sign."""

OWN = (*SELLS, *REACH, *TOUCHED, *SHAPE)

_HAN = re.compile("[\u3400-\u9fff]")
_HANDLE = re.compile(r"@[a-z0-9_]{4,}|(?<![a-z0-9])[a-z]{2,4}\d{3,7}(?![a-z0-9])|(?<!\d)[1-9]\d{7,10}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9](?:[ -]?\d){9}(?!\d)|(?<!\d)400-?\d{3}-?\d{4}")
_WAYS = (MESSENGER, _HANDLE, _MOBILE, CONTACT, URL)
NUMBERED = re.compile(
    r"[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)\]]|第[一二三四五六七八九十\d]{1,3}[条章节步]"
)
_ANSWER = re.compile(r"[^,。:]{0,4}[问答](?:案|题)?:|(?:网友|回复|评论|楼主)[^,。:]{0,6}:")
_LATIN = re.compile(r"[a-z]{2,}(?= )")
_NEWS = re.compile(
    "记者|表示|介绍说|认为|指出|获悉|据悉|通报|报道|了解到|告诉|透露|回忆|坦言|强调|[说道称][,:]|《|第.{1,3}条|[年月]\\d{1,2}[月日]"
)
_QUOTE = re.compile("[“”「」『』]")
_TELLING = re.compile("[他她我它们这那了着过吗呢吧]")
_EMPTY = re.compile(r"[(\[【“「『\"]\s*[:,]?\s*[)\]】”」』\"]")
_CLAUSE = re.compile("[,。!?;:、…]+")
_CLOSING = " ”’」』\"')】"
_SIGNS = {**dict.fromkeys(",、", 2), ":": 3, **dict.fromkeys("。;…", 4), "?": 5, "!": 6}
_SIGNS |= dict.fromkeys("()[]【】<>「」『』“”\"'‘’《》", 7)


def own_traits(
    line: Line, span: tuple[int, int], cut: Sequence[Hit], said: Iterable[str], lexicon: Lexicon
) -> list[float]:
    """The traits ``OWN`` of the sentence ``span`` of a line.

    ``cut`` is what goes from it, counted from its beginning; ``said`` the kinds of claims in the rest.
    """
    sentence = line.key[slice(*span)]
    rest = _without(sentence, cut)
    size = han_count(rest)
    return [
        *_sells(rest, size, said, lexicon),
        *_reach(rest, line),
        *_touched(sentence, cut),
        *_shape(sentence, rest, size),
    ]


def _without(sentence: str, cut: Sequence[Hit]) -> str:
    out, at = [], 0
    for hit in cut:
        out.append(sentence[at : hit.start])
        at = max(at, hit.end)
    return "".join([*out, sentence[at:]]).strip()


def _sells(rest: str, size: int, said: Iterable[str], lexicon: Lexicon) -> list[float]:
    kinds = list(said)
    promo, trade = lexicon.promo.findall(rest), lexicon.trade.findall(rest)
    claimed = 2 * len(kinds) + sum(map(len, promo))
    hanging = lexicon.suffix.search(rest) is not None
    return [
        *map(kinds.count, CLAIMS),
        len(set(kinds)),
        claimed / max(1, size),
        len(set(promo)),
        len(set(trade)),
        hanging,
    ]


def is_reached(text: str) -> bool:
    """Whether a text says how to reach somebody."""
    return any(way.search(text) for way in _WAYS)


def _reach(rest: str, line: Line) -> list[float]:
    if not line.kinds & REACHED:
        return [0.0] * len(REACH)
    return [*(way.search(rest) is not None for way in _WAYS), len(EMOJI.findall(rest))]


def _touched(sentence: str, cut: Sequence[Hit]) -> list[float]:
    if not cut:
        return [0.0, -1.0, -1.0, -1.0, -1.0, -1.0]
    hit, last = cut[0], cut[-1]
    sides = sentence[: hit.start].rstrip()[-1:], sentence[hit.end :].lstrip()[:1]
    bare = sentence[hit.start].isalnum() and sentence[min(hit.end, len(sentence)) - 1].isalnum()
    return [len(cut), han_count(sentence[: hit.start]), han_count(sentence[last.end :]), *map(_sign, sides), bare]


def _shape(sentence: str, rest: str, size: int) -> list[float]:
    clauses = sum(bool(clause.strip()) for clause in _CLAUSE.split(rest))
    bare = rest.rstrip(_CLOSING)
    return [
        size,
        clauses,
        size / max(1, clauses),
        _sign(bare[-1:]),
        _sign(rest[:1]),
        _sign(rest[-1:]),
        rest.count("?"),
        rest.count("!"),
        sum(map(str.isdigit, rest)),
        len(_LATIN.findall(rest)),
        _EMPTY.search(rest) is not None,
        len(_TELLING.findall(rest)) / max(1, size),
        len(_NEWS.findall(rest)),
        _QUOTE.search(rest) is not None,
        NUMBERED.match(sentence) is not None,
        _ANSWER.match(sentence) is not None,
    ]


def _sign(character: str) -> int:
    return 0 if not character else 1 if character.isalnum() else _SIGNS.get(character, 8)
