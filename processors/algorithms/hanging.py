"""What hangs around a keyword inside a line: addresses, pictographs with short words between them, wraps."""

from __future__ import annotations

import re

from processors.algorithms.patterns import DECORATION, URL

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

_WRAPPING = frozenset(opening[-1] for opening, _ in _WRAPS)
_ADDRESS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_BOXES = frozenset("[(【<")
"""The last character of what opens a wrap, and the first one of an address: most keywords have neither beside them."""

_HANGING = re.compile(r"[\u3400-\u9fffa-z0-9]{0,10}")
"""Words that hang on a keyword up to the closing wrap, known or not."""

_BOUNDED = re.compile(rf"[\u3400-\u9fffa-z0-9]{{1,8}}{DECORATION.pattern}")
_BOXED_URL = re.compile(rf"[\[(【<]{URL.pattern}[\])】>]")
_LAST_WORDS = re.compile(r"[\u3400-\u9fff]{2,8}!*(?=\s|$)")


def behind_blank(key: str, at: int, end: int) -> int:
    """The next place, or the one behind a blank there."""
    return at + 1 if at < end and key[at].isspace() else at


def addressed_end(key: str, stop: int, end: int) -> int:
    """Where up to two addresses end that begin here or behind a blank; here if none does."""
    for _ in range(2):
        stop = _address_end(key, stop, end)
    return stop


def _address_end(key: str, stop: int, end: int) -> int:
    at = behind_blank(key, stop, end)
    if at >= end:
        return stop
    pattern = URL if key[at] in _ADDRESS else _BOXED_URL if key[at] in _BOXES else None
    address = pattern.match(key, at, end) if pattern else None
    return address.end() if address else stop


def decorated_end(key: str, stop: int, end: int) -> int:
    """Where the addresses and pictographs behind a keyword end, behind an address also the words between."""
    bare, addressed = stop, False
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
    for opening, closing in _WRAPS:
        before = max(start, at - len(opening))
        if key.startswith(opening, before, at):
            hanging = _HANGING.match(key, stop, end) if closing else None
            last = hanging.end() if hanging else stop
            if key.startswith(closing, last, end):
                return before, last + len(closing)
    return at, stop
