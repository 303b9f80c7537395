"""Finds a page's keyword inside lines: with what hangs on it, in brackets, and with the decoration around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from processors.algorithms.advert import ADVERT_MAX_CHARS, advert_strength
from processors.algorithms.brand import Brand
from processors.algorithms.layout import han_count, is_prose
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BRACKETED_URL, BULLET, CONTACT, DATE_PREFIX, DECORATION, URL

_SENTENCE = re.compile(r"[^。!?…]*(?:[。!?…]+[”’」』\"')）】]*|$)")
_OPEN, _CLOSE = r"[(\[【<{《]", r"[)\]】>}》]"
_INSIDE = r"[^()\[\]【】<>{}《》\n]"


class Hit(NamedTuple):
    """A stretch ``[start, end)`` of the searched key to cut, and why."""

    start: int
    end: int
    reason: str
    evidence: dict[str, object]


class Keyword:
    """The keywords of one page, compiled; every method takes folded text."""

    def __init__(self, brands: Sequence[Brand], lexicon: Lexicon) -> None:
        self.names = tuple(b.key for b in brands)
        self._lexicon = lexicon
        suffixes = set(lexicon.terms["suffix"]).union(*(b.suffixes for b in brands))
        name = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True)))
        hung = "|".join(map(re.escape, sorted(suffixes, key=lambda s: (-len(s), s))))
        self._name = re.compile(name)
        self._stretch = re.compile(
            rf"{_OPEN}{_INSIDE}{{0,12}}(?:{name}){_INSIDE}{{0,60}}{_CLOSE}"
            rf"|{DECORATION.pattern[:-1]}*(?:{name})(?:\s?(?:{hung})){{0,2}}(?:\s?{URL.pattern})?{DECORATION.pattern[:-1]}*"
        )
        self._first = re.compile(rf"(?:{name})")

    def count(self, key: str) -> int:
        """How often a keyword stands in a text."""
        return sum(1 for _ in self._name.finditer(key))

    def begins(self, key: str) -> bool:
        """Whether a line begins with a keyword, not counting a date or the mark of a list entry."""
        return self._first.match(BULLET.sub("", DATE_PREFIX.sub("", BULLET.sub("", key)))) is not None

    def rest(self, key: str) -> str:
        """A line without its keywords, what hangs on them, its date and its list mark."""
        return BULLET.sub("", DATE_PREFIX.sub("", self._stretch.sub(" ", key))).strip(" _|-:,、>»")

    def sentences(self, key: str) -> Iterator[Hit]:
        """What is to be cut from a line of prose: whole sentences that are adverts, and keywords put between clauses."""
        for found in _SENTENCE.finditer(key):
            sentence = found.group()
            if not sentence.strip():
                continue
            if self.is_advert(sentence):
                yield Hit(found.start(), found.end(), "spam_sentence", self._evidence(sentence))
                continue
            for stretch in self._stretch.finditer(key, found.start(), found.end()):
                yield Hit(stretch.start(), stretch.end(), "keyword_inside", {"keyword": self._named(stretch.group())})

    def is_advert(self, sentence: str) -> bool:
        """Whether a sentence is made for the keyword: it names it and presses, names it all the time, or presses hard."""
        if len(sentence) > ADVERT_MAX_CHARS:
            return False
        count = self.count(sentence)
        bare = BRACKETED_URL.sub("", self._stretch.sub(" ", sentence))
        strength = advert_strength(bare, self._lexicon)
        if count == 0:
            return strength >= 3
        if strength >= 2 or count >= 3:
            return True
        reachable = URL.search(bare) or CONTACT.search(bare)
        return bool(reachable) or (strength >= 1 and han_count(self.rest(sentence)) < 20)

    def keeps(self, rest: str) -> bool:
        """Whether what is left of a line without its spam is still running text."""
        return is_prose(rest) and han_count(rest) >= 8 or (is_prose(rest) and len(rest) >= 40)

    def _evidence(self, sentence: str) -> dict[str, object]:
        calls = list(dict.fromkeys(self._lexicon.pattern("promo").findall(sentence)))
        return {"keyword": self._named(sentence), "calls": calls[:6]}

    def _named(self, key: str) -> str:
        found = self._name.search(key)
        return found.group() if found else ""
