"""How a page is laid out: its lines in comparison form, which of them are prose, and the way back to the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from processors.algorithms.fold import fold

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
"""Characters that show nothing: spammers put them inside words, so matching looks through them."""

_APART = "[*/_.·~丨|+ -]"
_HIDDEN = re.compile(
    rf"{_INVISIBLE.pattern}"
    r"|&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});"
    r"|(?<=[\u3400-\u9fff])[*+~^丨](?=[\u3400-\u9fff])"
    r"|(?<=[a-z0-9:/.])\*(?=[a-z0-9:/.])"
    rf"|(?<=[\u3400-\u9fff])({_APART})(?=[\u3400-\u9fff]\1)|(?<={_APART}[\u3400-\u9fff]){_APART}(?=[\u3400-\u9fff](?![\u3400-\u9fff]{{2}}))"
)
"""What matching looks through: invisible characters, entities of HTML, signs put between the characters of a word."""

_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"

_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OTHER_BREAK = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SENTENCE_END = re.compile("[。!?;…]")
_LATIN_PROSE = re.compile(r"(?:[a-z][a-z'’-]*[ ,]+){5}")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")

PROSE_MIN_CHARS = 16
"""A line with the end of a sentence in it is prose from this length on; shorter ones are calls and headlines."""

CLAUSES_MIN_CHARS = 40
"""A line with a comma in it is prose from this length on, even if no sentence ends in it."""


LONG_LINE = 120
"""A longer line may be several: paragraphs begin where it is indented inside."""

FEW_LINES, JOINED_MIN_CHARS = 4, 300
"""A page of so few lines and so many characters has lost its line ends; what is left of them is single blanks."""

_INDENT = re.compile("(?:\u3000 ?){2,}|[ \xa0\t]{2,}(?=[\u3400-\u9fff“‘「『《【])|(?<=\\*{6})\\s*")
_JOINED = re.compile(
    "(?<=[\u3400-\u9fff。!?”’」』》】)*])[ \u3000]+(?=[\u3400-\u9fff“‘「『《【(])"
    "|(?<=[0-9])[ \u3000]+(?=[\u3400-\u9fff“])"
    "|(?<=[\u3400-\u9fff。])[ ]+(?=[0-9]{4}[-年])"
)


class Line(NamedTuple):
    """A line without the blanks around it: ``[start, end)`` of the page's key, and the blank lines before it."""

    start: int
    end: int
    key: str
    blank: int
    prose: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A text in comparison form: its ``key`` (folded, invisible characters left out) and the lines of that.

    ``at`` gives for each character of the key, and for its end, the place in the text; None where they are the same.
    """

    key: str
    lines: tuple[Line, ...]
    at: Sequence[int] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text that a non-empty range of the key stands for, with what shows nothing around it."""
        if self.at is None:
            return start, end
        if start == 0 or self.key[start - 1] in "\r\n":
            return (self.at[start - 1] + 1 if start else 0), self.at[end]
        return self.at[start], self.at[end]


def read_page(text: str) -> Page:
    """The layout of a text; linear in its length."""
    key, at = _visible(fold(text))
    return Page(key, tuple(_lines(key)), at)


def is_prose(key: str) -> bool:
    """Whether a folded line reads as running text: the end of a sentence, clauses, or five Latin words on end."""
    if len(key) < PROSE_MIN_CHARS:
        return False
    if _SENTENCE_END.search(key) or (len(key) >= CLAUSES_MIN_CHARS and ("," in key or "、" in key)):
        return True
    return " " in key and _LATIN_PROSE.search(key) is not None


def han_count(key: str) -> int:
    """How many Chinese characters there are."""
    return len(_HAN.findall(key))


def _visible(key: str) -> tuple[str, Sequence[int] | None]:
    """The key without what shows nothing and with the entities of HTML read, and the way back."""
    if _HIDDEN.search(key) is None:
        return key, None
    out: list[str] = []
    at: list[int] = []
    end = 0
    for found in _HIDDEN.finditer(key):
        out.append(key[end : found.start()])
        at.extend(range(end, found.start()))
        end = found.end()
        read = fold(unescape(found.group())) if found.group().startswith("&") else ""
        if read and read != found.group() and read not in _BREAKS:
            out.append(read)
            at.extend([found.start()] * len(read))
        elif read:
            out.append(" ")
            at.append(found.start())
    out.append(key[end:])
    at.extend(range(end, len(key) + 1))
    return "".join(out), at


def _lines(key: str) -> Iterator[Line]:
    blank = 0
    pieces = list(_pieces(key))
    joined = len(pieces) <= FEW_LINES and len(key) >= JOINED_MIN_CHARS
    for start, content in pieces:
        if not content.strip():
            blank += 1
            continue
        parts = (_JOINED if joined else _INDENT).split(content) if len(content) > LONG_LINE else [content]
        for part in parts:
            stripped = part.strip()
            if stripped:
                first = key.index(stripped, start)
                yield Line(first, first + len(stripped), stripped, blank, is_prose(stripped))
                start, blank = first + len(stripped), 0


def _pieces(key: str) -> Iterator[tuple[int, str]]:
    """What stands between line ends, and where it begins; the common case costs one split."""
    start = 0
    if _OTHER_BREAK.search(key) is None:
        for piece in key.split("\n"):
            yield start, piece
            start += len(piece) + 1
        return
    for found in _BREAK.finditer(key):
        yield start, key[start : found.start()]
        start = found.end()
    yield start, key[start:]
