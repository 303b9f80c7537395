"""Finds a page's keywords inside lines: with what hangs on them, in brackets, and with the decoration around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from processors.algorithms.advert import ADVERT_MAX_CHARS, advert_strength, is_reachable
from processors.algorithms.brand import Brand
from processors.algorithms.layout import han_count, is_prose
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BRACKETED_URL, BULLET, DATE_PREFIX, DECORATION, URL

BEFORE_CHARS, AFTER_CHARS = 12, 60
"""A bracket opens at most so far before a keyword and closes so far behind it, if it is there for the keyword."""

CHARS_PER_MENTION = 8
"""A sentence that names the keyword three times is made for it if it has no more other Chinese characters a mention."""

_SENTENCE = re.compile(r"[^。!?…]+(?:[。!?…]+[”’」』\"')】]*)?|[。!?…]+")
_OPENED = re.compile(r"[(\[【<{《“「『][^()\[\]【】<>{}《》“”「」『』\n]*$")
_CLOSES = re.compile(r"[^()\[\]【】<>{}《》“”「」『』\n]*[)\]】>}》”」』]")
_QUOTES = "“「『"
"""What is said in quotation marks, in several clauses, is a person's words and not there for the keyword."""

_BOUNDED = re.compile(rf"[\u3400-\u9fffa-z0-9]{{1,8}}{DECORATION.pattern}")
_WRAPS = (
    ("//", "//"),
    ("#", "#"),
    ("“", "”"),
    ("‘", "’"),
    ("「", "」"),
    ("『", "』"),
    ("*", "*"),
    ("~", "~"),
    ("@", ""),
    ("#", ""),
)
"""What keywords are wrapped in when they stand inside a clause, the pairs first."""

_GAP = re.compile(r"\s?")
_CLAUSE_ENDS = ",、;:(（)）"
_EDGES = " _|-:,、>»"


class Hit(NamedTuple):
    """A stretch ``[start, end)`` of the searched key to cut, and why."""

    start: int
    end: int
    reason: str
    evidence: dict[str, object]


class Keyword:
    """The keywords of one page; every method takes folded text."""

    def __init__(self, brands: Sequence[Brand], lexicon: Lexicon) -> None:
        self.names = tuple(b.key for b in brands)
        self.name = self.names[0] if self.names else ""
        self._lexicon = lexicon
        own = set[str]().union(*(b.suffixes for b in brands)) - lexicon.terms["suffix"]
        self._own_suffixes = sorted(own, key=lambda s: (-len(s), s))

    def places(self, key: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Where keywords stand in a text, in order, none inside another."""
        found: list[tuple[int, int]] = []
        for name in self.names:
            at = key.find(name, start, end)
            while at >= 0:
                found.append((at, at + len(name)))
                at = key.find(name, at + len(name), end)
        return sorted(found) if len(self.names) > 1 else found

    def count(self, key: str) -> int:
        """How often keywords stand in a text."""
        return sum(key.count(name) for name in self.names)

    def spoken_of(self, key: str) -> int:
        """How often keywords stand in a line as what it speaks of: not wrapped, not put behind a comma."""
        return sum(
            key[first : first + 1] == key[at : at + 1] and (first == 0 or key[first - 1] not in _CLAUSE_ENDS)
            for (at, _), (first, _) in zip(self.places(key), self.stretches(key, 0, len(key)), strict=False)
        )

    def begins(self, key: str) -> bool:
        """Whether a line begins with a keyword, not counting a date or the mark of a list entry."""
        return BULLET.sub("", DATE_PREFIX.sub("", BULLET.sub("", key))).startswith(self.names)

    def rest(self, key: str) -> str:
        """A line without its keywords, what hangs on them, its date and its list mark."""
        bare = without(key, self.stretches(key, 0, len(key)), " ")
        return BULLET.sub("", DATE_PREFIX.sub("", bare)).strip(_EDGES)

    def stretches(self, key: str, start: int, end: int) -> list[tuple[int, int]]:
        """The keywords in a part of a text with all that belongs to them: brackets, suffixes, address, decoration."""
        found: list[tuple[int, int]] = []
        for at, stop in self.places(key, start, end):
            if found and at < found[-1][1]:
                continue
            first, last = self._bracketed(key, at, stop, start, end) or self._decorated(key, at, stop, start, end)
            found.append((max(first, found[-1][1]) if found else first, last))
        return found

    def sentences(self, key: str) -> Iterator[Hit]:
        """What is to be cut from a line: whole sentences that are adverts, and keywords put between clauses."""
        for found in _SENTENCE.finditer(key):
            start, end = found.span()
            if self.is_advert(found.group()):
                yield Hit(start, end, "spam_sentence", self._evidence(found.group()))
            else:
                yield from self.insertions(key, start, end)

    def insertions(self, key: str, start: int, end: int) -> Iterator[Hit]:
        """The keywords in a part of a line, with all that belongs to them, to be cut from it."""
        for first, last in self.stretches(key, start, end):
            yield Hit(first, last, "keyword_inside", {"keyword": self._named(key[first:last])})

    def is_advert(self, sentence: str) -> bool:
        """Whether a sentence is made for the keyword: names it and presses, names it all the time, presses hard."""
        if len(sentence) > ADVERT_MAX_CHARS:
            return False
        count = self.count(sentence)
        if count >= 3 and han_count(self.rest(sentence)) <= CHARS_PER_MENTION * count:
            return True
        if count == 0:
            return advert_strength(sentence, self._lexicon) >= 3
        bare = BRACKETED_URL.sub("", without(sentence, self.stretches(sentence, 0, len(sentence)), " "))
        strength = advert_strength(bare, self._lexicon)
        return strength >= 2 or is_reachable(bare) or (strength >= 1 and han_count(self.rest(sentence)) < 20)

    def _bracketed(self, key: str, at: int, stop: int, start: int, end: int) -> tuple[int, int] | None:
        opened = _OPENED.search(key, max(start, at - BEFORE_CHARS - 1), at)
        closes = opened and _CLOSES.match(key, stop, min(end, stop + AFTER_CHARS + 1))
        if not opened or not closes or (opened.group()[0] in _QUOTES and "," in opened.group() + closes.group()):
            return None
        return opened.start(), closes.end()

    def _decorated(self, key: str, at: int, stop: int, start: int, end: int) -> tuple[int, int]:
        for _ in range(2):
            after = _GAP.match(key, stop, end)
            longer = self._suffix(key, after.end() if after else stop, end)
            if not longer:
                break
            stop = longer
        bare = stop
        for _ in range(2):
            after = _GAP.match(key, stop, end)
            address = URL.match(key, after.end() if after else stop, end)
            stop = address.end() if address else stop
            decoration = DECORATION.match(key, stop, end) or (stop == bare and _BOUNDED.match(key, stop, end))
            stop = decoration.end() if decoration else stop
        while at > start and DECORATION.match(key, at - 1, at):
            at -= 1
        for opening, closing in _WRAPS:
            before = max(start, at - len(opening))
            if key.startswith(opening, before, at) and key.startswith(closing, stop, end):
                return before, stop + len(closing)
        return at, stop

    def _suffix(self, key: str, at: int, end: int) -> int:
        """Where a suffix that begins here ends; 0 if none does. The longer of a known one and one of this page."""
        known = self._lexicon.suffix.match(key, at, end)
        longest = known.end() if known else 0
        for suffix in self._own_suffixes:
            if at + len(suffix) > longest and key.startswith(suffix, at, end):
                return at + len(suffix)
        return longest

    def _evidence(self, sentence: str) -> dict[str, object]:
        calls = list(dict.fromkeys(self._lexicon.promo.findall(sentence)))
        return {"keyword": self._named(sentence), "calls": calls[:6]}

    def _named(self, key: str) -> str:
        return next((name for name in self.names if name in key), "")


def keeps(rest: str) -> bool:
    """Whether what is left of a line without its spam is still running text."""
    return is_prose(rest) and (han_count(rest) >= 8 or len(rest) >= 40)


def without(key: str, stretches: Sequence[tuple[int, int]], instead: str = "") -> str:
    """A text without some ordered stretches of it."""
    out, at = [], 0
    for start, end in stretches:
        out.append(key[at:start])
        at = end
    return instead.join([*out, key[at:]])
