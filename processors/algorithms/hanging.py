"""What hangs around a keyword inside a line: addresses, pictographs with short words between them, wraps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import CONTACT, DECORATION, UNSAID, URL

_WRAPS = (
    ("//", "//"),
    ("#", "#"),
    ("“", "”"),
    ("‘", "’"),
    ("「", "」"),
    ("『", "』"),
    ("*", "*"),
    ("~", "~"),
    ("{", "}"),
    ("\u3014", "\u3015"),
    ("〖", "〗"),
    ("=", "="),
    ("^", "^"),
    ("@", ""),
    ("#", ""),
    ("*", ""),
)
"""What keywords are wrapped in when they stand inside a clause, the pairs first."""

_PARTING = (("|", "|"), ("_", "_"))
"""The same in running text only: a headline is set off from the name of a site by one of them."""

_WRAPPING = frozenset(opening[-1] for opening, _ in (*_WRAPS, *_PARTING, ("—", "")))
_ADDRESS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_BOXES = frozenset("[(【<")
"""The last character of what opens a wrap, and the first one of an address: most keywords have neither beside them."""

_HANGING = re.compile(r"[\u3400-\u9fffa-z0-9]{0,10}")
"""Words that hang on a keyword up to the closing wrap, known or not."""

_CLAUSE = re.compile("[,。]")
_CLOSED = re.compile("[。!?…”.\U0001f300-\U0001faff]——")
"""What stands before a dash that no clause is behind."""

LONGEST_AGAIN = 8
"""Words that no lexicon has hang on a keyword up to so many characters."""

_WORDS = re.compile(rf"[\u3400-\u9fffa-z0-9]{{2,{LONGEST_AGAIN}}}")

_GLUED = re.compile(rf":?\s?(?:{UNSAID})(?=\s?[\u3400-\u9fff“])")
"""A telephone or a name with a clause of the text right behind it."""

_LABELLED = re.compile(
    r"[\u3400-\u9fff]{0,5}?(?:加?[微薇威徽]信|扣扣|电话|热线|客服|(?:vx|wx|qq|v信|tg)|加)号?[:\s]{0,2}"
    rf"(?:{UNSAID}|[1-9]\d{{5,10}}(?!\d))(?=\s?[\u3400-\u9fff“])"
)
"""The same with a few words and what it is before it."""

_TEXT, FEW = re.compile(r"[“\u3400-\u9fff][^。!?]{5}"), 12
"""What follows right behind a way to get in touch, and where in a sentence the keyword stands that it belongs to."""

_BOUNDED = re.compile(rf"[\u3400-\u9fffa-z0-9]{{1,8}}{DECORATION.pattern}")
_TO_ADDRESS = re.compile(r"\s?(?:(?:最新|备用|官方)?[地网]址(?=[:\s]))?:?\s?")
"""What may stand between a keyword and its address, or between two."""

_BOXED_URL = re.compile(rf"[\[(【<]{URL.pattern}[\])】>]")
_LAST_WORDS = re.compile(r"[\u3400-\u9fff]{2,8}!*(?=\s|$)")


def behind_blank(key: str, at: int, end: int) -> int:
    """The next place, or the one behind a blank there."""
    return at + 1 if at < end and key[at].isspace() else at


def addressed_end(key: str, stop: int, end: int) -> int:
    """Where up to two addresses or ways to get in touch end that begin here or behind a blank; here if none does."""
    for _ in range(2):
        stop = _address_end(key, stop, end)
    return stop


def _address_end(key: str, stop: int, end: int) -> int:
    led = _TO_ADDRESS.match(key, stop, end)
    at = led.end() if led else stop
    if at >= end:
        return stop
    if (key[at] == ":" or key[at] in _ADDRESS) and (contact := _GLUED.match(key, at, end)):
        return contact.end()
    if labelled := _LABELLED.match(key, stop, end):
        return labelled.end()
    pattern = URL if key[at] in _ADDRESS else _BOXED_URL if key[at] in _BOXES else None
    address = pattern.match(key, at, end) if pattern else None
    return address.end() if address else stop


def decorated_end(key: str, at: int, stop: int, end: int) -> int:
    """Where the addresses and pictographs behind a keyword end, with words between them if one opens before ``at``."""
    bare, addressed = (stop if at and DECORATION.match(key, at - 1, at) else -1), False
    for _ in range(4):
        before, stop = stop, _address_end(key, stop, end)
        addressed = addressed or stop > before
        decoration = DECORATION.match(key, stop, end)
        if not decoration and (stop == bare or (addressed and DECORATION.match(key, stop - 1))):
            decoration = _BOUNDED.match(key, stop, end)
        stop = decoration.end() if decoration else stop
        if stop == before:
            break
    last = _LAST_WORDS.match(key, stop, end) if addressed and DECORATION.match(key, stop - 1) else None
    return last.end() if last else stop


def wrapped(key: str, at: int, stop: int, start: int, end: int) -> tuple[int, int]:
    """A stretch with what it is wrapped in, and the words up to the closing wrap."""
    if at == start or key[at - 1] not in _WRAPPING:
        return at, stop
    if at >= 3 and key.startswith("——", at - 2) and _CLOSED.match(key, at - 3):
        return at - 2, stop
    for opening, closing in (*_WRAPS, *_PARTING) if _CLAUSE.search(key) else _WRAPS:
        before = max(start, at - len(opening))
        if key.startswith(opening, before, at):
            hanging = _HANGING.match(key, stop, end) if closing else None
            last = hanging.end() if hanging else stop
            if key.startswith(closing, last, end):
                return before, last + len(closing)
    return at, stop


def pitch_end(key: str, start: int, end: int, cut: Sequence[tuple[int, int]], lexicon: Lexicon) -> int:
    """Where a pitch ends in a sentence that begins with it: behind a way to get in touch right before text.

    ``cut`` are the stretches of the keywords; 0 if the sentence begins with none, or what follows is sold.
    """
    if not any(start <= first <= start + FEW for first, _ in cut):
        return 0
    ends = [start + found.end() for way in (URL, CONTACT) for found in way.finditer(key[start:end])]
    behind = (at for at in ends if not any(first <= at <= last for first, last in cut) and _TEXT.match(key, at, end))
    last = max(behind, default=0)
    return 0 if last and lexicon.trade.search(key[last:end]) else last


def recurring(names: Sequence[str], paragraphs: Iterable[str]) -> set[str]:
    """Words that stand right behind keywords in several places of the text, each time between other words."""
    found = sorted(pair for paragraph in paragraphs for pair in _words_behind(names, paragraph))
    shared = (
        first[: _alike(first, second)]
        for (first, before), (second, other) in pairwise(found)
        if before != other and first != second
    )
    return {words for words in shared if len(words) >= 2}


def _words_behind(names: Sequence[str], text: str) -> Iterator[tuple[str, str]]:
    """The words right behind keywords, with the character before each keyword; what is found once is not looked at
    again. A pattern for the keywords of each page takes longer to make than this does.
    """
    found: dict[int, re.Match[str]] = {}
    for name in names:
        at = text.find(name)
        while at >= 0:
            if at not in found and (words := _WORDS.match(text, at + len(name))):
                found[at] = words
            at = text.find(name, at + 1)
    end = 0
    for at in sorted(found):
        if at > end or (at == end and at + 1 not in found):
            yield found[at].group(), text[at - 1 : at] if at > end else ""
            end = found[at].end()


def _alike(first: str, second: str) -> int:
    """How many characters two words begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
