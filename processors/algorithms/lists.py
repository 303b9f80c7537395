"""Signs that lines belong to one list: numbers that count on, the same form, telephones of the same exchange."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

COUNTS_WITHIN = 12
"""A number counts on from one no more than so many lines before."""

NEAR_LINES = 6
"""So many lines before and behind are looked at for the form of a line."""

_NUMBER = re.compile(
    r"([\[(【]?(?:第|no\.?|[qa]|问题?|步骤)?\s?)(?:(\d{1,3})|([一二三四五六七八九十]{1,3}))([.、)\]】:条步章节点题]|\s(?=\S))"
)
_UNITS = {sign: value for value, sign in enumerate("一二三四五六七八九", start=1)}
_TELEPHONE = re.compile(r"(?<!\d)(0\d{2,3}-?\d{3})\d{4,5}(?!\d)")
_DIGITS, _HAN, _LATIN = re.compile(r"\d+"), re.compile("[\u3400-\u9fff]+"), re.compile("[a-z]+")


def counting(keys: Sequence[str]) -> Integers:
    """0 for a line without a number, 1 for one alone; one more for each side on which near lines count on."""
    out = np.zeros(len(keys), np.int64)
    last: dict[tuple[str, int], int] = {}
    for line, key in enumerate(keys):
        if (found := number_of(key)) is None:
            continue
        form, value = found
        out[line] += 1
        before = last.get((form, value - 1))
        if before is not None and line - before <= COUNTS_WITHIN:
            out[line] += 1
            out[before] += 1
        last[found] = line
    return out


def number_of(key: str) -> tuple[str, int] | None:
    """The signs around a line's number, and its value."""
    found = _NUMBER.match(key)
    if not found:
        return None
    before, digits, han, behind = found.groups()
    if digits:
        return f"{before}0{behind}", int(digits)
    tens, ten, units = han.rpartition("十")
    value = 10 * _UNITS.get(tens, 1) if ten else 0
    return f"{before}x{behind}", value + _UNITS.get(units, 0)


def patterns_of(keys: Sequence[str]) -> list[str]:
    """Lines with a 0 for each number."""
    return _DIGITS.sub("0", "\n".join(keys)).split("\n")


def alike_near(patterns: Sequence[str]) -> Integers:
    """How many of the lines around are of the same form: signs, and one for each Chinese word, Latin one and number."""
    text = _LATIN.sub("a", _HAN.sub("x", "\n".join(patterns)))
    numbers: dict[str, int] = {}
    forms = np.array([numbers.setdefault(form, len(numbers)) for form in text.split("\n")])
    out = np.zeros(len(patterns), np.int64)
    for step in range(1, min(NEAR_LINES, len(forms) - 1) + 1):
        same = forms[step:] == forms[:-step]
        out[step:] += same
        out[:-step] += same
    return out


def telephones_alike(keys: Sequence[str]) -> Integers:
    """How many telephones on the page begin as one in a line does, at most; none counts twice."""
    found = [dict(_telephones(key)) for key in keys]
    known = {number: start for own in found for number, start in own.items()}
    starts = Counter(known.values())
    return np.array([max((starts[start] for start in own.values()), default=0) for own in found], np.int64)


def _telephones(key: str) -> list[tuple[str, str]]:
    return [(each.group(), each.group(1)) for each in _TELEPHONE.finditer(key)] if "0" in key else []
