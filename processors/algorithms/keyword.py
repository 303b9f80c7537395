"""Finds a page's keywords inside lines: with what hangs on them, in brackets, and with the decoration around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from string import ascii_lowercase
from typing import NamedTuple

from processors.algorithms.advert import ADVERT_MAX_CHARS, advert_strength, is_call, is_reachable
from processors.algorithms.brand import Brand
from processors.algorithms.hanging import addressed_end, behind_blank, decorated_end, pitch_end, recurring, wrapped
from processors.algorithms.layout import Page, han_count, is_prose
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BRACKET, BRACKETED_URL, BULLET, DECORATION, URL, without_lead
from processors.algorithms.spellings import spellings

BEFORE_CHARS, AFTER_CHARS = 12, 60
"""A bracket opens at most so far before a keyword and closes so far behind it, if it is there for the keyword."""

CHARS_PER_MENTION = 8
"""A sentence that names the keyword three times is made for it if it has no more other Chinese characters a mention."""

QUOTED_CHARS = 12
"""Longest rest of a quotation that begins with a keyword and is nothing but its name."""

LABEL_CHARS = 6
"""Most Chinese characters of such a rest with a number in it."""

AGAIN = 2
"""Words that no lexicon has hang on a keyword if they do so more than once."""

SENTENCE = re.compile(
    r"(?:[^。!?;….]++|(?<![a-z]{2})\.|\.(?![\u3400-\u9fff“「『【(])|\?(?=[a-z]{1,9}=))++(?:[。!?;….]++[”’」』\"')】]*+)?|[。!?;….]++"
)
_SENTENCE_END = re.compile("[。!?]")
_OPENED = re.compile(r"[(\[【<{《“「『\u3014][^()\[\]【】<>{}《》“”「」『』\u3014\u3015\n]*$")
_CLOSES = re.compile(r"[^()\[\]【】<>{}《》“”「」『』\u3014\u3015\n]*[)\]】>}》”」』\u3015]")
_BRACKET = re.compile(rf"{BRACKET.pattern}|[「『“][^「」『』“”\n]{{4,60}}[」』”]")
"""A clause in brackets; also in quotation marks, in which pages put a keyword and a way to get in touch."""

_QUOTES, _CLAUSE = "“「『", re.compile("[,。!?;]")
"""What is said in quotation marks, in words around the keyword or in clauses, is a person's and not there for it."""

_SPOKEN_OF = re.compile("[“「『][\u3400-\u9fff、]{2,10}[”」』]")
"""Words in quotation marks, which a text speaks of."""

_HAN, _DIGITS, _PLACE_ENDS = re.compile("[\u3400-\u9fff]"), re.compile(r"\d{3}"), "市县区旗州镇"
_PLACE = rf"(?:(?<![\u3400-\u9fff])[\u3400-\u9fff]{{3}}|[\u3400-\u9fff]{{2}})[{_PLACE_ENDS}]"
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

    def __init__(self, brands: Sequence[Brand], lexicon: Lexicon, page: Page) -> None:
        self._spelt = {spelling: b.key for b in reversed(brands) for spelling in spellings(b.key, page.key)}
        self.names = tuple(dict.fromkeys([*(b.key for b in brands), *self._spelt]))
        self.name = self.names[0] if self.names else ""
        self._lexicon = lexicon
        self._page = page
        own = {s for b in brands for s in b.suffixes - lexicon.terms["suffix"] if page.key.count(b.key + s) >= AGAIN}
        own.update(recurring(self.names, (line.key for line in page.lines if line.prose)))
        self._within: dict[str, list[tuple[int, int]]] = {}
        self._rests: dict[str, str] = {}
        self._own_suffixes: dict[str, list[str]] = {}
        for suffix in sorted(own, key=lambda s: (-len(s), s)):
            self._own_suffixes.setdefault(suffix[0], []).append(suffix)

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
        return sum(map(key.count, self.names))

    def spoken_of(self, key: str) -> int:
        """How often keywords stand in a line as what it speaks of: not wrapped, not put behind a comma."""
        return sum(
            key[first : first + 1] == key[at : at + 1] and (first == 0 or key[first - 1] not in _CLAUSE_ENDS)
            for (at, _), (first, _) in zip(self.places(key), self.within(key), strict=False)
        )

    def begins(self, key: str) -> bool:
        """Whether a line begins with a keyword, not counting a date or the mark of a list entry."""
        return without_lead(BULLET.sub("", key)).startswith(self.names)

    def rest(self, key: str) -> str:
        """A line without its keywords, what hangs on them, its date and its list mark."""
        if key not in self._rests:
            self._rests[key] = without_lead(without(key, self.within(key), " ")).strip(_EDGES)
        return self._rests[key]

    def within(self, key: str) -> list[tuple[int, int]]:
        """The same as ``stretches`` for a whole text, remembered: it is asked for each line several times."""
        if key not in self._within:
            self._within[key] = self.stretches(key, 0, len(key))
        return self._within[key]

    def stretches(self, key: str, start: int, end: int) -> list[tuple[int, int]]:
        """The keywords in a part of a text with all that belongs to them: brackets, suffixes, address, decoration."""
        found: list[tuple[int, int]] = []
        places = self.places(key, start, end)
        around = self._decorated if places and DECORATION.search(key, start, end) else self._plain
        for at, stop in places:
            if found and at < found[-1][1]:
                continue
            first, last = self._bracketed(key, at, stop, start, end) or around(key, at, stop, start, end)
            first -= self._placed(key, first, start) if first == at else 0
            found.append((max(first, found[-1][1]) if found else first, last))
        return found

    def _placed(self, key: str, at: int, start: int) -> int:
        """How long a place is that stands right before a keyword, on a page that puts one after another there."""
        return next((len(place) for place in self._places if key.startswith(place, max(start, at - len(place)), at)), 0)

    @cached_property
    def _places(self) -> list[str]:
        if not any(last + name in self._page.key for name in self.names for last in _PLACE_ENDS):
            return []
        before = re.compile(rf"{_PLACE}(?={self._either})")
        found = sorted(set(before.findall(self._page.key)), key=len, reverse=True)
        return found if len(found) >= AGAIN else []

    @cached_property
    def _either(self) -> str:
        return "|".join(map(re.escape, self.names)) or "(?!)"

    def sentences(self, key: str) -> Iterator[Hit]:
        """What is to be cut from a line: whole sentences that are adverts, and keywords put between clauses."""
        at = 0
        for found in _BRACKET.finditer(key):
            if self._is_pitch(found.group()):
                yield from self._in_sentences(key, at, found.start())
                yield Hit(*found.span(), "spam_sentence", self._evidence(found.group()))
                at = found.end()
        yield from self._in_sentences(key, at, len(key))

    def insertions(self, key: str, start: int, end: int) -> Iterator[Hit]:
        """The keywords in a part of a line, with all that belongs to them, to be cut from it."""
        for first, last in self.stretches(key, start, end):
            yield Hit(first, last, "keyword_inside", {"keyword": self._named(key[first:last])})

    def shared(self, key: str, start: int, end: int, text: str) -> int:
        """How many characters of a stretch, a suffix, begin a word of the text with the character behind it."""
        name = next((name for name in self.names if key.startswith(name, start)), None)
        if not name or not _HAN.match(key, end) or end - start == len(name):
            return 0
        words = key[start + len(name) : end + 1]
        return len(words) - 1 if words in text else 0

    def is_advert(self, sentence: str) -> bool:
        """Whether a sentence is made for the keyword: names it and presses, names it all the time, presses hard."""
        if len(sentence) > ADVERT_MAX_CHARS:
            return False
        count = self.count(sentence)
        if count >= 3 and han_count(self.rest(sentence)) <= CHARS_PER_MENTION * count:
            return True
        if count == 0:
            return advert_strength(sentence, self._lexicon) >= 3
        bare = BRACKETED_URL.sub("", _SPOKEN_OF.sub("", without(sentence, self.within(sentence), " ")))
        strength = advert_strength(bare, self._lexicon)
        return strength >= 2 or is_reachable(bare) or (strength >= 1 and han_count(self.rest(sentence)) < 20)

    def _in_sentences(self, key: str, start: int, end: int) -> Iterator[Hit]:
        for found in SENTENCE.finditer(key, start, end):
            first, last = found.span()
            cut = self.stretches(key, first, last)
            stop = pitch_end(key, first, last, cut, self._lexicon) if cut else 0
            for span in ((first, stop), (stop, last)) if stop else ((first, last),):
                yield from self._in_sentence(key, *span)

    def _in_sentence(self, key: str, start: int, end: int) -> Iterator[Hit]:
        sentence = key[start:end]
        if sentence.startswith("广告:") or self.is_advert(sentence):
            yield Hit(start, end, "spam_sentence", self._evidence(sentence))
        else:
            yield from self.insertions(key, start, end)

    def _is_pitch(self, bracket: str) -> bool:
        """Whether what stands in brackets calls, or has clauses and is made for the keyword."""
        if bracket[0] in _QUOTES:
            return self.count(bracket) > 0 and is_reachable(self.rest(bracket[1:-1]))
        if is_call(bracket, self._lexicon):
            return True
        return self.count(bracket) > 0 and _SENTENCE_END.search(bracket) is not None

    def _bracketed(self, key: str, at: int, stop: int, start: int, end: int) -> tuple[int, int] | None:
        opened = _OPENED.search(key, max(start, at - BEFORE_CHARS - 1), at)
        closes = opened and _CLOSES.match(key, stop, min(end, stop + AFTER_CHARS + 1))
        if not opened or not closes:
            return None
        if opened.group()[0] in _QUOTES and not self._is_quoted(opened.group()[1:], closes.group()):
            return None
        return opened.start(), addressed_end(key, closes.end(), end)

    @staticmethod
    def _is_quoted(before: str, behind: str) -> bool:
        """Whether quotation marks hold the keyword with no more than a few words, or a few with a number, behind it."""
        few = len(behind) <= QUOTED_CHARS or (han_count(behind) <= LABEL_CHARS and _DIGITS.search(behind) is not None)
        return not before.strip() and few and _CLAUSE.search(behind) is None

    def _decorated(self, key: str, at: int, stop: int, start: int, end: int) -> tuple[int, int]:
        stop = decorated_end(key, at, self._suffixed(key, stop, end), end)
        while at > start and DECORATION.match(key, at - 1, at):
            at -= 1
        return wrapped(key, at, stop, start, end)

    def _plain(self, key: str, at: int, stop: int, start: int, end: int) -> tuple[int, int]:
        """The same where there is no decoration."""
        stop = self._suffixed(key, stop, end)
        return wrapped(key, at, addressed_end(key, stop, end), start, end)

    def _suffixed(self, key: str, stop: int, end: int) -> int:
        """Where a keyword ends with up to two suffixes; behind a blank only with one that ends there."""
        for _ in range(2):
            at = behind_blank(key, stop, end)
            longer = self._suffix(key, at, end)
            if not longer or (at > stop and longer < end and _HAN.match(key, longer)):
                break
            stop = longer
        return stop

    def _suffix(self, key: str, at: int, end: int) -> int:
        """Where a suffix that begins here ends; 0 if none does. The longer of a known one and one of this page."""
        if at >= end:
            return 0
        if key[at] in ascii_lowercase and URL.match(key, at, end):
            return 0
        known = self._lexicon.suffix.match(key, at, end) if key[at] in self._lexicon.suffixes else None
        longest = known.end() if known else 0
        for suffix in self._own_suffixes.get(key[at], ()):
            if at + len(suffix) > longest and key.startswith(suffix, at, end):
                return at + len(suffix)
        return longest

    def _evidence(self, sentence: str) -> dict[str, object]:
        calls = list(dict.fromkeys(self._lexicon.promo.findall(sentence)))
        return {"keyword": self._named(sentence), "calls": calls[:6]}

    def _named(self, key: str) -> str:
        return next((self._spelt[name] for name in self.names if name in key), "")


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
