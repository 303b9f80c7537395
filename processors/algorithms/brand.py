"""Infers the keyword a polluted page is made for: what repeats across its head, tail and lists, and stands there as no
article's own words do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from processors.algorithms.advert import ADVERT_MAX_CHARS, CACHED_LINES, advert_strength
from processors.algorithms.kinds import WRAP
from processors.algorithms.layout import Line, Page
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BRACKETED_URL, EMOJI, URL
from processors.algorithms.prefixes import MIN_CHARS, line_tokens, prefixes
from processors.algorithms.sale import ENOUGH, mid_clause, signs_of_sale

HEAD_LINES, TAIL_LINES = 6, 8
"""The first and the last lines of a page, where its keyword stands."""

LONGEST_DECORATED = 100
"""A keyword with pictographs around it stands on a line no longer than this."""

CEILINGS = {
    "seo_title": 1,
    "joined": 3,
    "glued": 4,
    "forms": 6,
    "share": 1.0,
    "labelled": 3,
    "advert": 4,
    "suffixes": 5,
    "trade": 1,
    "decorated": 3,
    "bracketed": 3,
    "own_words": 1.0,
    "in_prose": 1.0,
    "head": 1,
    "tail": 1,
    "latin": 1,
    "short": 1,
    "page_signs": 4,
    "page_adverts": 4,
    "page_pictographs": 4,
    "page_trades": 4,
}
"""The sides of evidence and the most each can count, so that a long page weighs no more than a short one."""

SECOND = 0.5
"""A further keyword needs this share of the first one's score: the names of places and papers repeat too."""

SITES, SURE = 2, 1.0
"""On a page with so many kinds of furniture that only sites have, a keyword may score so much less."""

FAINT = 2.5
"""A word whose score is no farther below the threshold may be a keyword."""

SHARE, LONG_SHARE, LONG_LINES = 0.05, 0.15, 400
"""A keyword stands on this share of the lines that are not prose; on more of them where a page is as long as a book."""

SHORT_PAGE = 1000
"""A longer page is not made for the one thing that it names, or shows more signs of it."""

SELLING = frozenset({"seo_title", "labelled", "advert", "suffixes", "trade", "decorated", "page_signs"})
"""Without any of these a word only repeats, as the words of manuals and tables do, and is no keyword."""

_LONGEST_FORM = 8
_BOXED = re.compile(r"[\[(【<「『《#@]([^\[\]()【】<>「」『』《》#\n]{2,16})[\])】>」』》#]")
MAX_BRANDS = 3
_HOUSE = re.compile(r"[^,。;:]{0,8}?\d+(?:号|楼|层|室|栋|幢|弄|座)")
"""Behind a name it is part of an address, whatever stands before it."""


@dataclass(slots=True)
class Brand:
    """A keyword in folded form, the words the page hangs on it, what speaks for it (side -> value), how much that is,
    and how many signs there are that it is for sale.
    """

    key: str
    suffixes: set[str] = field(default_factory=set)
    sides: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    sale: int = 0


class Offer(NamedTuple):
    """What a line has beside a keyword: its parts, and whether it greets, calls, names an address, has pictographs."""

    parts: Sequence[str]
    greets: bool
    calls: bool
    addressed: bool
    pictured: bool


class Standing(NamedTuple):
    """Where on a page its keyword may stand: on all of it, in prose, in brackets."""

    page: Page
    prose: Sequence[str]
    boxed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each side of the evidence weighs; a keyword is one from the score ``threshold`` on."""

    sides: Mapping[str, float]
    bias: float
    threshold: float

    def score(self, sides: Mapping[str, float]) -> float:
        """The evidence together, as the logarithm of the odds."""
        return self.bias + sum(self.sides[side] * value for side, value in sides.items())


def read_weights(path: Path) -> Weights:
    """The weights in a YAML file; see the shipped one for its form."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    sides = {side: float(raw["sides"][side]) for side in CEILINGS}
    return Weights(sides, float(raw["bias"]), float(raw["threshold"]))


class Inferred(NamedTuple):
    """The keywords of a page, the best first, empty for a clean one; then, if empty, what comes nearest to one."""

    brands: list[Brand]
    faint: list[Brand]


def infer_brands(page: Page, lexicon: Lexicon, weights: Weights, signs: int = 0) -> Inferred:
    """The page's keywords. ``signs`` is how many kinds of furniture that only sites have stand on the page."""
    ranked = candidates(page, lexicon, signs)
    for brand in ranked:
        brand.score = weights.score(brand.sides)
    ranked.sort(key=lambda b: (-b.score, b.key))
    least = LONG_SHARE if len(page.lines) > LONG_LINES else SHARE
    asked = weights.threshold - (SURE if signs >= SITES else 0)
    nearest = [brand for brand in ranked if brand.score >= min(asked, weights.threshold - FAINT)]
    for brand in nearest:
        brand.sale = signs_of_sale(brand.key, brand.sides, brand.suffixes, page, lexicon)
    out: list[Brand] = []
    for brand in nearest:
        wide = brand.sides.get("share", 0) >= least and brand.score >= asked
        known = any(other.key in brand.key or brand.key in other.key for other in out)
        sold = not (SELLING - ({"page_signs"} if out else set())).isdisjoint(brand.sides) and brand.sale >= ENOUGH
        if wide and sold and not known and (not out or brand.score >= SECOND * out[0].score):
            out.append(brand)
    return Inferred(out[:MAX_BRANDS], [brand for brand in nearest[:1] if not out and brand.sale])


def is_unsure(page: Page, lexicon: Lexicon, weights: Weights, signs: int) -> bool:
    """Whether a short page that shows no keyword names something as one is named, with too few signs of sale."""
    if len(page.key) > SHORT_PAGE:
        return False
    return any(brand.score >= weights.threshold for brand in infer_brands(page, lexicon, weights, signs).faint)


def candidates(page: Page, lexicon: Lexicon, signs: int) -> list[Brand]:
    """What could be a keyword of a page, with the evidence for each."""
    loose = [line for line in page.lines if not line.prose or _may_press(line.key, lexicon)]
    boxed = [found.group(1) for found in _BOXED.finditer(page.key)]
    keys = prefixes(page.key, loose, boxed, lexicon)
    if not keys:
        return []
    around = {
        "page_signs": signs,
        "page_adverts": sum(
            advert_strength(line.key, lexicon) > 0 for line in loose if len(line.key) <= ADVERT_MAX_CHARS
        ),
        "page_pictographs": sum(line.kinds & WRAP and EMOJI.search(line.key) is not None for line in loose),
        "page_trades": len(set(lexicon.trade.findall("\n".join(line.key for line in loose)))),
    }
    standing = Standing(page, [line.key for line in page.lines if line.prose], boxed)
    return [_weighed(key, standing, loose, lexicon, around) for key in keys]


def _may_press(key: str, lexicon: Lexicon) -> bool:
    """Whether a line that reads as prose may be an advert as a whole: it calls, greets, lists short entries or has an
    address in brackets.
    """
    if len(key) > ADVERT_MAX_CHARS:
        return False
    return (
        "欢迎您" in key[:LONGEST_DECORATED]
        or key.count("、") >= 2
        or advert_strength(key, lexicon) > 0
        or BRACKETED_URL.search(key) is not None
    )


@lru_cache(maxsize=CACHED_LINES)
def _offer(key: str, lexicon: Lexicon) -> Offer:
    return Offer(
        line_tokens(key, lexicon),
        lexicon.greeting.search(key) is not None,
        advert_strength(URL.sub("", key), lexicon) > 0,
        URL.search(key) is not None,
        len(key) <= LONGEST_DECORATED and EMOJI.search(key) is not None,
    )


def _weighed(
    key: str, standing: Standing, loose: Sequence[Line], lexicon: Lexicon, around: Mapping[str, float]
) -> Brand:
    """A keyword with the evidence for it."""
    brand = Brand(key)
    raw: dict[str, float] = {**dict.fromkeys(CEILINGS, 0), **around}
    forms: Counter[str] = Counter()
    mine = [line for line in loose if key in line.key]
    for line in mine:
        offer = _offer(line.key, lexicon)
        parts = offer.parts
        heads = [part for part in parts if part.startswith(key)]
        raw["seo_title"] += len(heads) == len(parts) >= 2 and line in standing.page.lines[:HEAD_LINES]
        _weigh_shape(raw, forms, key, line.key, parts, heads)
        _weigh_selling(raw, key, line.key, len(heads), offer, lexicon)
        if not line.prose or len(heads) >= 3:
            brand.suffixes.update(part[len(key) :] for part in heads if 0 < len(part) - len(key) <= _LONGEST_FORM)
    raw["forms"] = sum(min(n, 2) for n in forms.values())
    raw["suffixes"] = len(brand.suffixes & lexicon.terms["suffix"])
    raw["trade"] = bool(lexicon.trade.search("\n".join([key, *brand.suffixes])))
    values: dict[str, float] = {side: min(raw[side], ceiling) for side, ceiling in CEILINGS.items()}
    values["share"] = len(mine) / max(1, len(loose))
    values |= _weigh_place(key, standing)
    brand.sides = {side: value for side, value in values.items() if value}
    return brand


def _weigh_shape(
    raw: dict[str, float], forms: Counter[str], key: str, line: str, parts: Sequence[str], heads: Sequence[str]
) -> None:
    """Evidence of how the keyword repeats: several times in a line, as a whole line, before a headline."""
    longest = len(key) + _LONGEST_FORM
    raw["joined"] += len(heads) >= 2 or line.count(key) >= 3
    if len(parts) == 1 and heads and len(heads[0]) <= longest:
        forms[heads[0]] += 1
    raw["glued"] += any(len(part) > longest for part in heads) or (len(parts) > 1 and parts[0] in heads[:1])


def _weigh_selling(raw: dict[str, float], key: str, line: str, heads: int, offer: Offer, lexicon: Lexicon) -> None:
    """Evidence of what the keyword is there for: as the site's own name, beside calls, with pictographs."""
    at = line.index(key)
    raw["labelled"] += offer.greets or (
        lexicon.labels(line, max(0, at - 24), at) and _HOUSE.match(line, at + len(key)) is None
    )
    raw["advert"] += offer.calls
    raw["advert"] += heads >= 3 and offer.addressed
    raw["decorated"] += offer.pictured


def _weigh_place(key: str, standing: Standing) -> dict[str, float]:
    """Evidence of where the keyword stands: at the edges of the page, in brackets, inside the clauses of its prose."""
    page, prose, boxed = standing
    named = [line for line in prose if key in line]
    mentions = sum(line.count(key) for line in named)
    return {
        "bracketed": min(CEILINGS["bracketed"], sum(key in words for words in boxed)),
        "own_words": sum(mid_clause(key, line) for line in named) / max(1, mentions),
        "in_prose": len(named) / max(1, len(prose)),
        "head": any(key in line.key for line in page.lines[:HEAD_LINES]),
        "tail": any(key in line.key for line in page.lines[-TAIL_LINES:]),
        "latin": key.isascii(),
        "short": len(key) == MIN_CHARS,
    }
