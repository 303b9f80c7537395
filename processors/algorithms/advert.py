"""How strongly a stretch of folded text calls its reader to go somewhere."""

from __future__ import annotations

from functools import lru_cache

from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BRACKETED_URL, CONTACT, MESSENGER, SEE_ALSO, URL

CACHED_LINES = 8192
"""Short lines come again and again, on a page and from page to page; so many of the last ones are remembered."""

ADVERT_MAX_CHARS = 160
"""Longest line or sentence that can be an advert as a whole."""

PRESSING = 2
"""So many calls in a line that is no sentence make it an advert."""


@lru_cache(maxsize=CACHED_LINES)
def advert_strength(key: str, lexicon: Lexicon) -> int:
    """How many calls there are: addresses, ways to get in touch, phrases that press. An address in brackets is none."""
    bare = BRACKETED_URL.sub("", key)
    return len(set(URL.findall(bare))) + len(CONTACT.findall(bare)) + pressing_words(bare, lexicon)


@lru_cache(maxsize=CACHED_LINES)
def pressing_words(key: str, lexicon: Lexicon) -> int:
    """How many different phrases that press there are."""
    return len(set(lexicon.promo.findall(key)))


def is_reachable(key: str) -> bool:
    """Whether a text names an address or a way to get in touch, other than in brackets."""
    bare = BRACKETED_URL.sub("", key)
    return URL.search(bare) is not None or CONTACT.search(bare) is not None


def is_call(bracket: str, lexicon: Lexicon) -> bool:
    """Whether what stands in brackets calls: a link, a messenger, a boxed number, an address and words that press."""
    inner = bracket[1:-1]
    if SEE_ALSO.fullmatch(bracket):
        return True
    if MESSENGER.search(inner) or (bracket[0] in "【[" and CONTACT.search(inner)):
        return True
    return lexicon.promo.search(inner) is not None and advert_strength(inner, lexicon) >= PRESSING
