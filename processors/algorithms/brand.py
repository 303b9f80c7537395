"""Infers the keyword a polluted page is made for: what repeats across its head, tail and lists, and stands there as no
article's own words do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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

MIN_SCORE = 6.0
MIN_COMMERCIAL = 3
"""A keyword needs this much evidence, and this much of it from the sides that speak of selling: headings of manuals and
entries of tables repeat and are joined as well."""

COMMERCIAL = frozenset({"labelled", "advert", "suffixes", "trade", "decorated", "seo_title"})

HEAD_LINES = 5
"""A line that is nothing but the keyword in several forms is a title for search engines among so many first lines."""

LONGEST_DECORATED = 100
"""A keyword with pictographs around it stands on a short line."""

MIN_LOOSE_SHARE = 0.08
"""A keyword stands on this share of the lines that are not prose."""

SECOND = 0.6
"""A further keyword needs this share of the first one's score."""

_SEPARATOR = re.compile(r"[\s_|,、;:>»()\[\]【】\"'“”「」『』《》!?…。<>+=*#~—–•·/\\-]+")
_LONGEST_FORM = 8
_CANDIDATES = 12
_LATIN = re.compile(r"[a-z0-9.]+")
_WORD = re.compile(r"[a-z0-9\u3400-\u9fff]")


@dataclass(slots=True)
class Brand:
    """A keyword in folded form, the words the page hangs on it, and what speaks for it: side -> weight."""

    key: str
    count: int
    suffixes: set[str] = field(default_factory=set)
    sides: Counter[str] = field(default_factory=Counter)

    @property
    def score(self) -> float:
        """All the evidence together."""
        return float(sum(self.sides.values()))

    @property
    def sells(self) -> bool:
        """Whether there is enough evidence that something is sold: from two sides, or as a label's value twice."""
        found = [weight for side, weight in self.sides.items() if side in COMMERCIAL]
        return sum(found) >= MIN_COMMERCIAL and (len(found) >= 2 or self.sides["labelled"] >= MIN_COMMERCIAL)


def infer_brands(page: Page, lexicon: Lexicon) -> list[Brand]:
    """The page's keywords, the best first; empty for a page that has none (a clean one)."""
    loose = [line for line in page.lines if not line.prose or _presses(line.key, lexicon)]
    brands: list[Brand] = []
    for key, count in _candidates(page.key, loose, lexicon):
        if any(known.key in key or key in known.key for known in brands):
            continue
        brand = Brand(key, count)
        _weigh(brand, page, loose, lexicon)
        if brand.score >= MIN_SCORE and brand.sells:
            brands.append(brand)
    brands.sort(key=lambda b: (-b.score, b.key))
    return [b for b in brands if b.score >= SECOND * brands[0].score]


def _presses(key: str, lexicon: Lexicon) -> bool:
    """Whether a line that reads as prose may be an advert as a whole: it calls, or it is a list of short entries."""
    if len(key) > ADVERT_MAX_CHARS:
        return False
    return advert_strength(key, lexicon) > 0 or key.count("、") >= 2


def tokens(key: str, lexicon: Lexicon) -> Iterator[str]:
    """The parts of a line that could each begin with a keyword: without dates, decoration and labels."""
    bare = DECORATION.sub(" ", URL.sub(" ", DATE_PREFIX.sub("", key)))
    for part in _SEPARATOR.split(bare):
        label = lexicon.pattern("label").match(part) or lexicon.pattern("greeting").match(part)
        if label and len(part) > label.end() + 1:
            part = part[label.end() :]
        if len(part) >= MIN_CHARS:
            yield part


def _candidates(page_key: str, lines: Sequence[Line], lexicon: Lexicon) -> list[tuple[str, int]]:
    """Prefixes that many parts of lines share and after which they go different ways, the most telling first."""
    prefixes: Counter[str] = Counter()
    for line in lines:
        for token in tokens(line.key[:400], lexicon):
            for end in range(MIN_CHARS, min(len(token), MAX_CHARS) + 1):
                prefixes[token[:end]] += 1
    following: Counter[str] = Counter()
    for prefix, count in prefixes.items():
        following[prefix[:-1]] = max(following[prefix[:-1]], count)
    found = [
        (prefix, count)
        for prefix, count in prefixes.items()
        if count >= MIN_STARTS
        and following[prefix] < DOMINANT * count
        and not _hollow(prefix, lexicon)
        and (count >= MIN_COUNT or page_key.count(prefix) >= MIN_COUNT)
    ]
    found.sort(key=lambda entry: (-entry[1] * min(len(entry[0]), 5), entry[0]))
    return found[:_CANDIDATES]


def _hollow(prefix: str, lexicon: Lexicon) -> bool:
    """Whether a prefix is a number, a short Latin word, or a word that any page has."""
    if _LATIN.fullmatch(prefix) and (len(prefix) < 4 or not any(c.isalpha() for c in prefix)):
        return True
    if any(prefix in lexicon.terms[name] for name in ("line", "heading", "label", "suffix")):
        return True
    return any(prefix in term for term in lexicon.terms["promo"])


def _weigh(brand: Brand, page: Page, loose: Sequence[Line], lexicon: Lexicon) -> None:
    """Collects the sides of evidence; each has a ceiling, so that no single one decides."""
    forms: Counter[str] = Counter()
    raw: Counter[str] = Counter()
    mine_lines = [line for line in loose if brand.key in line.key]
    if len(mine_lines) < MIN_LOOSE_SHARE * len(loose):
        return
    head = page.lines[min(HEAD_LINES, len(page.lines)) - 1].start
    for line in mine_lines:
        parts = list(tokens(line.key[:400], lexicon))
        mine = [part for part in parts if part.startswith(brand.key)]
        if len(mine) >= 2 or line.key.count(brand.key) >= 3:
            raw["joined"] += 2
        if len(mine) == len(parts) >= 2 and line.start <= head:
            raw["seo_title"] += 3
        if len(parts) == 1 and mine and len(mine[0]) <= len(brand.key) + _LONGEST_FORM:
            forms[mine[0]] += 1
        if any(len(part) > len(brand.key) + _LONGEST_FORM for part in mine) or (mine and len(parts) > 1 and mine[0] == parts[0]):
            raw["glued"] += 1
        if re.search(rf"(?:{lexicon.pattern('label').pattern})\s?[:>»©].{{0,6}}{re.escape(brand.key)}", line.key):
            raw["labelled"] += 2
        elif lexicon.pattern("greeting").search(line.key):
            raw["labelled"] += 2
        if advert_strength(URL.sub("", line.key), lexicon):
            raw["advert"] += 2
        if len(mine) >= 3 and URL.search(line.key):
            raw["advert"] += 2
        if EMOJI.search(line.key) and len(line.key) <= LONGEST_DECORATED:
            raw["decorated"] += 2
        if not line.prose or len(mine) >= 3:
            brand.suffixes.update(
                part[len(brand.key) :] for part in mine if 0 < len(part) - len(brand.key) <= _LONGEST_FORM
            )
    raw["forms"] = sum(min(n, 2) for n in forms.values())
    known = {s for s in brand.suffixes if s in lexicon.terms["suffix"]}
    raw["suffixes"] = len(known)
    if lexicon.pattern("trade").search(brand.key) or any(lexicon.pattern("trade").search(s) for s in brand.suffixes):
        raw["trade"] = 2
    ceilings = {"seo_title": 3, "joined": 4, "glued": 3, "labelled": 4, "advert": 4, "decorated": 3, "forms": 4, "suffixes": 4, "trade": 2}
    for side, ceiling in ceilings.items():
        if raw[side]:
            brand.sides[side] = min(raw[side], ceiling)
    own = _own_words(brand.key, page)
    if own:
        brand.sides["own_words"] = -own


def _own_words(key: str, page: Page) -> int:
    """How much a keyword belongs to the articles: it stands inside their clauses, not only at the edges."""
    inside = 0
    for line in page.lines:
        if line.prose:
            for found in re.finditer(re.escape(key), line.key):
                before = line.key[max(0, found.start() - 3) : found.start()].rstrip()
                inside += bool(before and _WORD.match(before[-1]))
    return min(inside, 12)
