"""What the parts of a page's lines begin with in common: the candidates for its keyword."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

from processors.algorithms.layout import Line
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import DATE_PREFIX, DECORATION, URL

MIN_CHARS, MAX_CHARS = 2, 14
"""Length of a keyword; shorter ones are particles, longer ones headlines."""

MIN_STARTS, MIN_COUNT = 2, 3
"""A keyword begins at least so many parts of lines, and stands so often on the page."""

DOMINANT = 0.8
"""A prefix that goes on with the same character this often is only part of a longer keyword."""

_SEPARATOR = re.compile(r"[\s_|,、;:>»()\[\]【】\"'“”「」『』《》!?…。<>+=*#~—–•·/\\-]+")
_CANDIDATES = 12
_LOOKED_FOR = 400
"""So many prefixes are looked for on the whole page at most, so that the time does not grow with its square."""

_TOKEN_CHARS = 400
_LATIN = re.compile(r"[a-z0-9.]+")
_PARTICLES = "的了着是和与及或在之将被把让对从也都就而但则以为个们这那吗呢啊"
_LAST = "\U0010ffff"


def line_tokens(key: str, lexicon: Lexicon) -> list[str]:
    """The parts of one line, as far as keywords stand in it."""
    return _tokens(key[:_TOKEN_CHARS], lexicon)


def _tokens(key: str, lexicon: Lexicon) -> list[str]:
    """The parts of lines that could each begin with a keyword: without dates, decoration, addresses and labels."""
    bare = DECORATION.sub(" ", URL.sub(" ", DATE_PREFIX.sub("", key)))
    out = []
    for part in _SEPARATOR.split(bare):
        if len(part) < MIN_CHARS:
            continue
        label = lexicon.lead.match(part) if part[0] in lexicon.leads else None
        out.append(part[label.end() :] if label and len(part) > label.end() + 1 else part)
    return out


def prefixes(key: str, lines: Sequence[Line], boxed: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Prefixes that parts of lines share and after which they go different ways, the most telling first."""
    tokens = Counter(_tokens("\n".join([*(line.key[:_TOKEN_CHARS] for line in lines), *boxed]), lexicon))
    parts = sorted([*tokens, *(token for token, count in tokens.items() if count > 1)])
    counts = _shared(parts)
    following: dict[str, int] = {}
    for prefix, count in counts.items():
        following[prefix[:-1]] = max(following.get(prefix[:-1], 0), count)
    found = sorted(
        (-count * min(len(prefix), 5), prefix)
        for prefix, count in counts.items()
        if count >= MIN_STARTS and following.get(prefix, 1) < DOMINANT * count and not _hollow(prefix, lexicon)
    )
    often = (
        prefix for _, prefix in found[:_LOOKED_FOR] if counts[prefix] >= MIN_COUNT or key.count(prefix) >= MIN_COUNT
    )
    return list(islice(often, _CANDIDATES))


def _shared(parts: Sequence[str]) -> dict[str, int]:
    """How many of the sorted parts begin with each prefix that two of them share."""
    firsts: dict[str, int] = {}
    for number, (one, other) in enumerate(pairwise(parts)):
        if one[:MIN_CHARS] == other[:MIN_CHARS]:
            common = _common(one, other)
            for end in range(len(common), MIN_CHARS - 1, -1):
                if firsts.setdefault(common[:end], number) != number:
                    break  # and the shorter ones are known too
    return {prefix: bisect_left(parts, prefix + _LAST, first) - first for prefix, first in firsts.items()}


def _common(first: str, second: str) -> str:
    """What two parts begin with, as far as a keyword can reach."""
    length = 0
    for a, b in zip(first[:MAX_CHARS], second, strict=False):
        if a != b:
            break
        length += 1
    return first[:length]


def _hollow(prefix: str, lexicon: Lexicon) -> bool:
    """Whether a prefix is a number, a short Latin word, ends in a particle and not in a trade (麻将), or is a word that
    any page has.
    """
    if prefix[-1] in _PARTICLES and not lexicon.ends_as_trade(prefix):
        return True
    if _LATIN.fullmatch(prefix) and (len(prefix) < 4 or not any(c.isalpha() for c in prefix)):
        return True
    return prefix in lexicon.plain_words or prefix in lexicon.calls
