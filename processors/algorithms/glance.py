"""What a line shows at a glance, for little time: whether it may be spam at all, before all its traits are told."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from processors.algorithms.advert import ADVERT_MAX_CHARS, CACHED_LINES, advert_strength
from processors.algorithms.kinds import COMMA, HAN, LATIN, SMALL
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.sheet import TEXT_MIN_CHARS, Sheet
from processors.algorithms.traits import OWN_PARTS, kind_of_end
from processors.algorithms.trees import Rows

OWN = ("calls", "words sold", "words that only sites have", "digits", "questions and calls", "kind of its end")
"""What a line shows by itself, as in ``traits``; of one longer than an advert only its end."""

KINDS = {"Chinese": HAN, "Latin letters": SMALL, "Latin or signs of addresses": LATIN, "a comma": COMMA}

PLACE = (
    "length",
    "prose",
    "furniture",
    "navigation",
    "blank lines before",
    "lines above",
    "lines below",
    "lines on the page",
    "share of prose on the page",
    "lines on end that are prose, or none",
    "lines to the text above",
    "lines to the text below",
)
BESIDE = ("length", "prose", "kind of its end")
STEPS = {-2: "two lines before", -1: "line before", 1: "line behind", 2: "two lines behind"}

TRAITS = (*PLACE, *OWN, *KINDS, *(f"{where}: {name}" for where in STEPS.values() for name in BESIDE))

NOWHERE, MISSING = 99, -1

_DIGITS = re.compile(r"\d+")
_LONG = (0,) * (len(OWN) - 1)

Column = npt.NDArray[np.float32]


def glanced(sheet: Sheet) -> Rows:
    """A row of ``TRAITS`` for each line of a page without a keyword."""
    lines = sheet.lines
    columns = dict(zip(PLACE, _places(sheet), strict=True))
    own = np.array([_own(line.key, sheet.lexicon) for line in lines], np.float32).T
    columns |= zip(OWN, own, strict=True)
    kinds = np.array([line.kinds for line in lines])
    columns |= {name: (kinds & kind != 0).astype(np.float32) for name, kind in KINDS.items()}
    farthest = max(STEPS)
    beside = np.full((len(BESIDE), len(lines) + 2 * farthest), MISSING, np.float32)
    beside[:, farthest : farthest + len(lines)] = [columns[name] for name in BESIDE]
    shifted = [beside[:, farthest + step : farthest + step + len(lines)] for step in STEPS]
    return np.concatenate([list(columns.values()), *shifted]).T


@lru_cache(maxsize=CACHED_LINES)
def _own(key: str, lexicon: Lexicon) -> tuple[float, ...]:
    """The traits ``OWN``."""
    if len(key) > ADVERT_MAX_CHARS:
        return (*_LONG, kind_of_end(key))
    return (
        advert_strength(key, lexicon),
        len(set(lexicon.trade.findall(key))),
        sum(part in lexicon.plain_words for part in OWN_PARTS.split(key)),
        len(key) - len(_DIGITS.sub("", key)),
        key.count("?") + key.count("!"),
        kind_of_end(key),
    )


def _places(sheet: Sheet) -> list[Column]:
    """The traits ``PLACE``."""
    lines = sheet.lines
    count = len(lines)
    numbers = np.arange(count)
    length = np.array([len(line.key) for line in lines])
    prose = np.array([line.prose for line in lines])
    found = [each.reason if each else "" for each in sheet.found]
    turns = np.append(True, prose[1:] != prose[:-1]).nonzero()[0]
    runs = np.repeat(np.diff(np.append(turns, count)), np.diff(np.append(turns, count)))
    text = (prose & (length >= TEXT_MIN_CHARS)).nonzero()[0]
    known = np.concatenate([[-NOWHERE], text, [count + NOWHERE]])
    columns = (
        *(length, prose, [bool(each) for each in found], [each == "navigation" for each in found]),
        *([line.blank for line in lines], numbers, count - 1 - numbers, np.full(count, count)),
        *(np.full(count, prose.mean()), runs),
        np.minimum(NOWHERE, numbers - known[np.searchsorted(text, numbers)]),
        np.minimum(NOWHERE, known[np.searchsorted(text, numbers, side="right") + 1] - numbers),
    )
    return [np.asarray(column, np.float32) for column in columns]
