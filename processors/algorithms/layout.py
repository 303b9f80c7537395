"""How a page is laid out: its lines in comparison form, which of them are prose, and the way back to the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from processors.algorithms.characters import Marks, Places, codes_of
from processors.algorithms.fold import fold
from processors.algorithms.kinds import (
    BLANK,
    BREAK,
    COMMA,
    ENTITY,
    HAN,
    INVISIBLE,
    LATIN,
    SENTENCE_END,
    SETS,
    SIGN,
    SMALL,
    STAR,
    kinds_of,
)
from processors.algorithms.patterns import DOMAIN

_APART = "[*/_.·•・~丨|+ -]"
_HIDDEN = re.compile(
    rf"[{SETS[INVISIBLE]}]+"
    r"|&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});"
    r"|(?<=[\u3400-\u9fff])[*+~^\u4e36](?=[\u3400-\u9fff])"
    r"|(?<=[a-z0-9:/.])\*(?=[a-z0-9:/.])"
    rf"|(?<=[a-z0-9])。(?=(?:[a-z0-9-]{{1,40}}。){{0,4}}{DOMAIN})"
    rf"|(?<=[\u3400-\u9fff])({_APART})(?=[\u3400-\u9fff]\1)|({_APART})(?<=\2[\u3400-\u9fff]\2)(?=[\u3400-\u9fff](?![\u3400-\u9fff]{{2}}))"
    rf"|({_APART})(?<=\3[\u3400-\u9fff]\3[\u3400-\u9fff]\3)(?=[\u3400-\u9fff])"
)
"""What matching looks through: invisible characters and glyphs of a page's own font, entities of HTML, signs put
between the characters of a word."""

_BREAK = re.compile(f"\r\n|[{SETS[BREAK]}]")
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"

_SENTENCE_END = re.compile(f"[{SETS[SENTENCE_END]}]")
_LATIN_PROSE = re.compile(r"(?<![a-z'’-])['’-]*[a-z][a-z'’-]*[ ,]+(?:[a-z][a-z'’-]*[ ,]+){4}")
_OTHER = re.compile(f"[^{SETS[HAN]}]+")

PROSE_MIN_CHARS = 16
"""A line with the end of a sentence in it is prose from this length on; shorter ones are calls and headlines."""

CLAUSES_MIN_CHARS = 40
"""A line with a comma in it is prose from this length on, even if no sentence ends in it."""


LONG_LINE = 120
"""A longer line may be several: paragraphs begin where it is indented inside."""

FEW_LINES, JOINED_MIN_CHARS = 4, 300
"""A page of so few lines and so many characters has lost its line ends; what is left of them is single blanks."""

_INDENT = re.compile("(?:\u3000 ?){2,}|(?<![ \xa0\t])[ \xa0\t]{2,}(?=[\u3400-\u9fff“‘「『《【])|(?<=\\*{6})\\s*")
_INDENT_SIGNS = ("  ", "\u3000", "\t", "*" * 6)
"""One of these is where a line is indented inside: a hard blank is a blank in folded text."""

_NUMBERED = (
    r"(?:\d{1,2}(?:、|\.(?!\d)\s?)|[\[(]\d{1,2}[)\]]\s?|no\.\s?\d{1,2}\s|[■□◆◇●○★☆※▶►▲△]\s?|>{2,}\s?|[+=~#]{3,}\s?)"
    "(?=[\u3400-\u9fff“【《])"
)
"""What stands before a headline: a number, an ornament."""

_JOINED = re.compile(
    "(?<!记者)(?<!通讯员)(?<=[\u3400-\u9fff。!?”’」』》】)*=+~#_—])[ \u3000]+(?=[\u3400-\u9fff“‘「『《【(])"
    "|(?<=[0-9])[ \u3000]+(?=[\u3400-\u9fff“【《])"
    f"|(?<=[\u3400-\u9fff0-9。!?”’」』》】)])[ \u3000]+(?={_NUMBERED})"
    "|(?<=[\u3400-\u9fff。])[ ]+(?=[0-9]{4}[-年])"
)


_SAYS = re.compile(r"\w")

_RULED = frozenset("+=~#")
"""Signs in rows on both sides of a headline."""

BRACKET_CHARS = 60
"""What opens a bracket or a row of signs further back does not close it any more."""


class Line(NamedTuple):
    """A line without the blanks around it: ``[start, end)`` of the page's key, and the blank lines before it.

    What ``kinds`` of characters it may have says without a pattern what cannot be in it.
    """

    start: int
    end: int
    key: str
    blank: int
    prose: bool
    kinds: int


@dataclass(frozen=True, slots=True)
class Page:
    """A ``text`` in comparison form: its ``key`` (folded, invisible characters left out) and the lines of that.

    ``at`` gives for each character of the key, and for its end, the place in the text; None where they are the same.
    ``kinds`` are the kinds of its characters, and a 0 for its end.
    """

    text: str
    key: str
    lines: tuple[Line, ...]
    at: memoryview[int] | None
    kinds: Marks

    def written(self) -> Places:
        """How many before each character of the key, and before its end, are Chinese; and how many of these were
        written otherwise: in Traditional or invented characters.
        """
        codes = codes_of(self.text)
        raw = codes if self.at is None else codes[np.asarray(self.at)[:-1]]
        chinese = self.kinds[:-1] & HAN != 0
        counts = np.zeros((2, len(raw) + 1), np.int64)
        chinese.cumsum(out=counts[0, 1:])
        (chinese & (raw != codes_of(self.key))).cumsum(out=counts[1, 1:])
        return counts

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text that a non-empty range of the key stands for, with what shows nothing around it."""
        if self.at is None:
            return start, end
        if start == 0 or self.key[start - 1] in "\r\n":
            return (self.at[start - 1] + 1 if start else 0), self.at[end]
        return self.at[start], self.at[end]


@lru_cache(maxsize=1)
def read_page(text: str) -> Page:
    """The layout of a text; linear in its length. Steps read the same text one after another: the last is kept."""
    key = fold(text)
    kinds = kinds_of(key)
    at = None
    if places := _may_hide(kinds):
        key, at = _visible(key, places)
        kinds = kinds if at is None else kinds_of(key)
    return Page(text, key, tuple(_lines(key, kinds)), at, kinds)


def is_prose(key: str) -> bool:
    """Whether a folded line reads as running text: the end of a sentence, clauses, or five Latin words on end."""
    if len(key) < PROSE_MIN_CHARS:
        return False
    if _SENTENCE_END.search(key) or (len(key) >= CLAUSES_MIN_CHARS and ("," in key or "、" in key)):
        return True
    return " " in key and _LATIN_PROSE.search(key) is not None


def han_count(key: str) -> int:
    """How many Chinese characters there are."""
    return len(_OTHER.sub("", key))


def blank_lines(text: str, edges: Sequence[int]) -> int:
    """The most blank lines there are on end between two neighbours of some places in a text."""
    return max(0, *(max(text.count("\n", a, b), text.count("\r", a, b)) - 1 for a, b in pairwise(edges)))


def _may_hide(kinds: Marks) -> list[int]:
    """The places of a key where something that matching looks through may begin."""
    both = kinds[:-2] & kinds[2:]
    hides = kinds[:-1] & (INVISIBLE | ENTITY) != 0
    inner = kinds[1:-1]
    hides[1:] |= ((inner & SIGN != 0) & (both & HAN != 0)) | (
        (inner & (STAR | SENTENCE_END) != 0) & (both & LATIN != 0)
    )
    places: list[int] = hides.nonzero()[0].tolist()
    return places


def _visible(key: str, places: Sequence[int]) -> tuple[str, memoryview[int] | None]:
    """The key without what shows nothing and with the entities of HTML read, and the way back."""
    out: list[str] = []
    at: list[Places] = []
    end = 0
    for place in places:
        found = _HIDDEN.match(key, place) if place >= end else None
        if found is None:
            continue
        out.append(key[end:place])
        at.append(np.arange(end, place))
        end = found.end()
        read = _read(found.group())
        if read:
            out.append(read if read != found.group() and read not in _BREAKS else " ")
            at.append(np.full(len(out[-1]), place))
    if not end:
        return key, None
    return "".join([*out, key[end:]]), np.concatenate([*at, np.arange(end, len(key) + 1)]).data


def _read(hidden: str) -> str:
    """What stands for something that matching looks through: an entity's character, the dot of an address."""
    if hidden[0] == "&":
        return fold(unescape(hidden))
    return "." if hidden == "。" else ""


def _lines(key: str, kinds: Marks) -> list[Line]:
    """The lines of a key of these kinds."""
    starts, ends = _pieces(key, kinds)
    shows = kinds & BLANK == 0
    shows[-1] = False
    turns = (shows[1:] != shows[:-1]).nonzero()[0] + 1  # what shows begins and ends, in turns
    if shows[0]:
        turns = np.concatenate([[0], turns])
    first, last = turns[::2].searchsorted(starts), turns[::2].searchsorted(ends)
    full = (first < last).nonzero()[0]
    if not len(full):
        return []
    begins, stops = turns[2 * first[full]], turns[2 * last[full] - 1]
    has = np.bitwise_or.reduceat(kinds, np.stack([begins, stops], axis=1).ravel())[::2]
    spans = begins.tolist(), stops.tolist()
    keys = [key[start:end] for start, end in zip(*spans, strict=True)]
    blank = full.copy()
    blank[1:] -= full[:-1] + 1
    prose = _prose(keys, stops - begins, has)
    lines = list(map(Line, *spans, keys, blank.tolist(), prose, has.tolist()))
    long = (ends - starts)[full] > LONG_LINE
    joined = len(starts) <= FEW_LINES and len(key) >= JOINED_MIN_CHARS
    return _parted(lines, (long & (has & (BLANK | STAR) != 0)).nonzero()[0].tolist(), _JOINED if joined else _INDENT)


def _pieces(key: str, kinds: Marks) -> tuple[Places, Places]:
    """Where what stands between line ends begins and ends."""
    if "\r\n" in key:
        found = np.array([end.span() for end in _BREAK.finditer(key)])
        return np.append(0, found[:, 1]), np.append(found[:, 0], len(key))
    breaks = (kinds & BREAK).nonzero()[0]
    starts, ends = np.zeros(len(breaks) + 1, np.int64), np.full(len(breaks) + 1, len(key))
    starts[1:], ends[:-1] = breaks + 1, breaks
    return starts, ends


def _prose(keys: Sequence[str], lengths: Places, has: Marks) -> list[bool]:
    """The same as ``is_prose`` for many lines, of which the kinds of characters in each are known."""
    long = lengths >= PROSE_MIN_CHARS
    prose = long & ((has & SENTENCE_END != 0) | ((lengths >= CLAUSES_MIN_CHARS) & (has & COMMA != 0)))
    for number in (long & ~prose & (has & BLANK != 0) & (has & SMALL != 0)).nonzero()[0].tolist():
        prose[number] = is_prose(keys[number])
    answers: list[bool] = prose.tolist()
    return answers


def _parted(lines: list[Line], numbers: Sequence[int], between: re.Pattern[str]) -> list[Line]:
    """The lines, with those of these numbers divided where the pattern matches."""
    out: list[Line] = []
    done = 0
    for number in numbers:
        line = lines[number]
        if between is _JOINED or any(sign in line.key for sign in _INDENT_SIGNS):
            out += [*lines[done:number], *_parts(line, between)]
            done = number + 1
    return [*out, *lines[done:]] if done else lines


def _parts(line: Line, between: re.Pattern[str]) -> Iterator[Line]:
    """The parts of a line. Signs alone stay before what they decorate, and what is in brackets together."""
    at, blank = 0, line.blank
    for end, behind in [*(found.span() for found in between.finditer(line.key)), (len(line.key),) * 2]:
        part = line.key[at:end].strip()
        if end < len(line.key) and between is _JOINED and _goes_on(part, line.key[behind]):
            continue
        if part:
            at = line.key.index(part, at)
            yield Line(line.start + at, line.start + at + len(part), part, blank, is_prose(part), line.kinds)
            blank = 0
        at = behind


def _goes_on(part: str, behind: str) -> bool:
    """Whether what a blank follows is only signs, has signs before it that come again, or a bracket that does not
    close.
    """
    if len(part) > BRACKET_CHARS:
        return False
    closes = part[:1] in _RULED and behind == part[:1]
    return closes or not _SAYS.search(part) or any(part.rfind(two[0]) > part.rfind(two[1]) for two in ("【】", "《》"))
