"""How a page is laid out: its lines in comparison form, which of them are prose, and the way back to the raw text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from processors.algorithms.fold import fold

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
"""Characters that show nothing: spammers put them inside words, so matching looks through them."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[。!?;…](?:[”’」』\"')】]|$|[^。!?;…])")
_COMMA = re.compile("[,、]")
_LATIN_PROSE = re.compile(r"(?:[a-z][a-z'’-]*[ ,]+){5}")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")

PROSE_MIN_CHARS = 16
"""A line with the end of a sentence in it is prose from this length on; shorter ones are calls and headlines."""


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
        """The range of the text that a non-empty range of the key stands for."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1


def read_page(text: str) -> Page:
    """The layout of a text; linear in its length."""
    key, at = _visible(fold(text))
    return Page(key, tuple(_lines(key)), at)


def is_prose(key: str) -> bool:
    """Whether a folded line reads as running text: the end of a sentence, several clauses, or five Latin words on end."""
    if len(key) < PROSE_MIN_CHARS:
        return False
    if _SENTENCE_END.search(key):
        return True
    return (len(key) >= 40 and _COMMA.search(key) is not None) or bool(_LATIN_PROSE.search(key))


def han_count(key: str) -> int:
    """How many Chinese characters there are."""
    return len(_HAN.findall(key))


def _visible(key: str) -> tuple[str, Sequence[int] | None]:
    if _INVISIBLE.search(key) is None:
        return key, None
    at: list[int] = []
    end = 0
    for found in _INVISIBLE.finditer(key):
        at.extend(range(end, found.start()))
        end = found.end()
    at.extend(range(end, len(key) + 1))
    return _INVISIBLE.sub("", key), at


def _lines(key: str) -> list[Line]:
    out: list[Line] = []
    end = 0
    for found in _LINE.finditer(key):
        content = found.group()
        stripped = content.strip()
        if not stripped:
            continue
        start = found.start() + len(content) - len(content.lstrip())
        breaks = key.count("\n", end, start) or key.count("\r", end, start)
        out.append(Line(start, start + len(stripped), stripped, max(0, breaks - 1), is_prose(stripped)))
        end = start + len(stripped)
    return out
