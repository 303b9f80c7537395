"""Infers the keyword a polluted page is made for: what repeats across its head, tail and lists, and stands there as no
article's own words do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from os.path import commonprefix

from processors.algorithms.advert import ADVERT_MAX_CHARS, advert_strength
from processors.algorithms.layout import Line, Page
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import DATE_PREFIX, DECORATION, EMOJI, URL

MIN_CHARS, MAX_CHARS = 2, 14
"""Length of a keyword; shorter ones are particles, longer ones headlines."""

MIN_STARTS, MIN_COUNT = 2, 3
"""A keyword begins at least so many parts of lines, and stands so often on the page."""

DOMINANT = 0.8
"""A prefix that goes on with the same character this often is only part of a longer keyword."""

MIN_SCORE = 6
MIN_COMMERCIAL = 3
"""A keyword needs this much evidence, and this much of it from the sides that speak of selling: headings of manuals and
entries of tables repeat and are joined as well."""

EASED, EASED_MIN = 2, 2
"""Each kind of furniture that only sites have lowers the evidence wanted by so much, at most down to this."""

COMMERCIAL = frozenset({"labelled", "advert", "suffixes", "trade", "decorated", "seo_title"})

CEILINGS = {
    "seo_title": 3,
    "joined": 4,
    "glued": 3,
    "labelled": 4,
    "advert": 4,
    "decorated": 3,
    "forms": 4,
    "suffixes": 4,
    "trade": 2,
}
"""The most each side can weigh, so that no single one decides; set by hand on self-made pages."""

HEAD_LINES = 5
"""A line that is nothing but the keyword in several forms is a title for search engines among so many first lines."""

LONGEST_DECORATED = 100
"""A keyword with pictographs around it stands on a line no longer than this."""

MIN_LOOSE_SHARE = 0.08
"""A keyword stands on this share of the lines that are not prose."""

SECOND = 0.6
"""A further keyword needs this share of the first one's score."""

_SEPARATOR = re.compile(r"[\s_|,、;:>»()\[\]【】\"'“”「」『』《》!?…。<>+=*#~—–•·/\\-]+")
_LONGEST_FORM = 8
_CANDIDATES = 12
_TOKEN_CHARS = 400
_LATIN = re.compile(r"[a-z0-9.]+")
_WORD = re.compile(r"[a-z0-9\u3400-\u9fff]")
_LAST = "\U0010ffff"


@dataclass(slots=True)
class Brand:
    """A keyword in folded form, the words the page hangs on it, and what speaks for it: side -> weight."""

    key: str
    suffixes: set[str] = field(default_factory=set)
    sides: Counter[str] = field(default_factory=Counter)

    @property
    def score(self) -> int:
        """All the evidence together."""
        return sum(self.sides.values())

    @property
    def commercial(self) -> list[int]:
        """The weights of the sides that speak of selling."""
        return [weight for side, weight in self.sides.items() if side in COMMERCIAL]

    @property
    def sells(self) -> bool:
        """Whether there is enough evidence that something is sold: from two sides, or as a label's value twice."""
        found = self.commercial
        return sum(found) >= MIN_COMMERCIAL and (len(found) >= 2 or self.sides["labelled"] >= MIN_COMMERCIAL)


def infer_brands(page: Page, lexicon: Lexicon, signs: int = 0) -> list[Brand]:
    """The page's keywords, the best first; empty for a page that has none (a clean one).

    ``signs`` is how many kinds of furniture that only sites have stand on the page.
    """
    wanted = max(EASED_MIN, MIN_SCORE - EASED * signs)
    loose = [line for line in page.lines if not line.prose or _may_press(line.key, lexicon)]
    brands: list[Brand] = []
    for key in _candidates(page.key, loose, lexicon):
        if any(known.key in key or key in known.key for known in brands):
            continue
        brand = _weighed(key, page, loose, lexicon)
        eased = signs > 0 and not key.isascii()
        if brand.score >= (wanted if eased else MIN_SCORE) and (brand.sells or (eased and brand.commercial)):
            brands.append(brand)
    brands.sort(key=lambda b: (-b.score, b.key))
    return [b for b in brands if b.score >= SECOND * brands[0].score]


def _may_press(key: str, lexicon: Lexicon) -> bool:
    """Whether a line that reads as prose may be an advert as a whole: it calls, or it is a list of short entries."""
    if len(key) > ADVERT_MAX_CHARS:
        return False
    return key.count("、") >= 2 or advert_strength(key, lexicon) > 0


def _tokens(key: str, lexicon: Lexicon) -> list[str]:
    """The parts of lines that could each begin with a keyword: without dates, decoration, addresses and labels."""
    bare = DECORATION.sub(" ", URL.sub(" ", DATE_PREFIX.sub("", key)))
    out = []
    for part in _SEPARATOR.split(bare):
        label = lexicon.label.match(part) or lexicon.greeting.match(part)
        if label and len(part) > label.end() + 1:
            part = part[label.end() :]
        if len(part) >= MIN_CHARS:
            out.append(part)
    return out


def _candidates(key: str, lines: Sequence[Line], lexicon: Lexicon) -> list[str]:
    """Prefixes that parts of lines share and after which they go different ways, the most telling first."""
    parts = sorted(_tokens("\n".join(line.key[:_TOKEN_CHARS] for line in lines), lexicon))
    shared = {
        common[:end]
        for common in (commonprefix(pair)[:MAX_CHARS] for pair in pairwise(parts))
        for end in range(MIN_CHARS, len(common) + 1)
    }
    counts = {prefix: bisect_left(parts, prefix + _LAST) - bisect_left(parts, prefix) for prefix in shared}
    following: dict[str, int] = {}
    for prefix, count in counts.items():
        following[prefix[:-1]] = max(following.get(prefix[:-1], 0), count)
    found = [
        (-count * min(len(prefix), 5), prefix)
        for prefix, count in counts.items()
        if count >= MIN_STARTS
        and following.get(prefix, 1) < DOMINANT * count
        and not _hollow(prefix, lexicon)
        and (count >= MIN_COUNT or key.count(prefix) >= MIN_COUNT)
    ]
    return [prefix for _, prefix in sorted(found)[:_CANDIDATES]]


def _hollow(prefix: str, lexicon: Lexicon) -> bool:
    """Whether a prefix is a number, a short Latin word, or a word that any page has."""
    if _LATIN.fullmatch(prefix) and (len(prefix) < 4 or not any(c.isalpha() for c in prefix)):
        return True
    return prefix in lexicon.plain_words or prefix in lexicon.calls


def _weighed(key: str, page: Page, loose: Sequence[Line], lexicon: Lexicon) -> Brand:
    """A keyword with the evidence for it."""
    brand = Brand(key)
    mine = [line for line in loose if key in line.key]
    if len(mine) < MIN_LOOSE_SHARE * len(loose):
        return brand
    raw: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    head = page.lines[min(HEAD_LINES, len(page.lines)) - 1].start
    for line in mine:
        parts = _tokens(line.key[:_TOKEN_CHARS], lexicon)
        heads = [part for part in parts if part.startswith(key)]
        _weigh_shape(raw, forms, key, line.key, parts, heads)
        _weigh_selling(raw, key, line.key, heads, lexicon)
        raw["seo_title"] += 3 * (len(heads) == len(parts) >= 2 and line.start <= head)
        if not line.prose or len(heads) >= 3:
            brand.suffixes.update(part[len(key) :] for part in heads if 0 < len(part) - len(key) <= _LONGEST_FORM)
    raw["forms"] = sum(min(n, 2) for n in forms.values())
    raw["suffixes"] = len(brand.suffixes & lexicon.terms["suffix"])
    raw["trade"] = 2 * bool(lexicon.trade.search("\n".join([key, *brand.suffixes])))
    brand.sides.update({side: min(raw[side], ceiling) for side, ceiling in CEILINGS.items() if raw[side]})
    if own := _own_words(key, page):
        brand.sides["own_words"] = -own
    return brand


def _weigh_shape(
    raw: Counter[str], forms: Counter[str], key: str, line: str, parts: Sequence[str], heads: Sequence[str]
) -> None:
    """Evidence of how the keyword repeats: several times in a line, as a whole line, before a headline."""
    longest = len(key) + _LONGEST_FORM
    raw["joined"] += 2 * (len(heads) >= 2 or line.count(key) >= 3)
    if len(parts) == 1 and heads and len(heads[0]) <= longest:
        forms[heads[0]] += 1
    raw["glued"] += any(len(part) > longest for part in heads) or (len(parts) > 1 and parts[0] in heads[:1])


def _weigh_selling(raw: Counter[str], key: str, line: str, heads: Sequence[str], lexicon: Lexicon) -> None:
    """Evidence of what the keyword is there for: as the site's own name, beside calls, with pictographs."""
    at = line.index(key)
    if lexicon.label_before.search(line, max(0, at - 24), at) or lexicon.greeting.search(line):
        raw["labelled"] += 2
    raw["advert"] += 2 * (advert_strength(URL.sub("", line), lexicon) > 0)
    raw["advert"] += 2 * (len(heads) >= 3 and URL.search(line) is not None)
    raw["decorated"] += 2 * (len(line) <= LONGEST_DECORATED and EMOJI.search(line) is not None)


def _own_words(key: str, page: Page) -> int:
    """How much a keyword belongs to the articles: it stands inside their clauses, not only at the edges."""
    inside = 0
    for line in page.lines:
        if line.prose and key in line.key:
            inside += mid_clause(key, line.key)
    return min(inside, 12)


def mid_clause(key: str, line: str) -> int:
    """How often a keyword stands in a line with a word right before it."""
    inside = 0
    at = line.find(key)
    while at >= 0:
        before = line[max(0, at - 3) : at].rstrip()
        inside += bool(before and _WORD.match(before[-1]))
        at = line.find(key, at + len(key))
    return inside
