"""Other spellings of a keyword on its page: with signs or pictographs between its characters. For folded text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import CODE_POINTS, Places, codes_of
from processors.algorithms.kinds import codes_in

_SIGNS_BETWEEN = "·•・.*丶丨/+~_|\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff-"
_SIGN, _TIGHT = re.compile(rf"[\s{_SIGNS_BETWEEN}]"), re.compile(f"[{_SIGNS_BETWEEN}]")
_SIGNS = re.compile(f"{_SIGN.pattern}+")

MOST = 50
"""So many spellings of a name are told apart; the time to look for them all grows with their number."""


NEARLY, MENTIONS, MORE = 0.9, 4, 2
"""A character that stands before a name this often, of so many times at least, belongs to it; up to so many do."""


def whole(name: str, key: str) -> str:
    """The name with what a sign parts from its beginning: the characters that stand before it on the page ``key``
    nearly always.
    """
    if name.isascii() or not _TIGHT.search(key):
        return name
    bare, places = _bare(key), _places(key)
    for _ in range(MORE):
        found = [found.start() for found in re.finditer(re.escape(name), bare)]
        before = Counter(bare[at - 1] for at in found if at and _touch(key, places[at - 1 : at + 1].tolist()))
        first, count = before.most_common(1)[0] if before else ("", 0)
        if len(found) < MENTIONS or count < NEARLY * len(found) or not first.isalnum():
            break
        name = first + name
    return name


def _touch(key: str, places: Sequence[int]) -> bool:
    """Whether two characters stand side by side, or with one sign between them."""
    first, second = places
    return second - first == 1 or (second - first == 2 and _TIGHT.match(key, first + 1) is not None)


def spellings(name: str, key: str) -> list[str]:
    """The name, then every way in which the page ``key`` spells it with signs between its characters.

    Blanks count as such signs in names of three characters and more; two words may stand side by side by chance.
    """
    if len(name) < 2 or name.isascii():
        return [name]
    sign = _SIGN if len(name) > 2 else _TIGHT
    if not _SIGN.search(name):  # a pattern would have to be made for each name
        return list(dict.fromkeys([name, *_spelt(name, key, sign)]))[:MOST]
    apart = re.compile(rf"{sign.pattern}?".join(map(re.escape, name)))
    return list(dict.fromkeys([name, *apart.findall(key)]))[:MOST]


def _spelt(name: str, key: str, sign: re.Pattern[str]) -> Iterator[str]:
    """The name wherever it stands, with one sign between two of its characters at most."""
    bare = _bare(key)
    if name[0] not in name[1:] and bare.count(name) == key.count(name):
        return
    places = _places(key)
    at = bare.find(name)
    while at >= 0:
        own = places[at : at + len(name)].tolist()
        apart = [b - 1 for a, b in pairwise(own) if b - a > 1]
        if all(b - a <= 2 for a, b in pairwise(own)) and all(sign.match(key, place) for place in apart):
            yield key[own[0] : own[-1] + 1]
            at += len(name) - 1
        at = bare.find(name, at + 1)


@lru_cache(maxsize=1)
def _bare(key: str) -> str:
    return _SIGNS.sub("", key)


@lru_cache(maxsize=1)
def _places(key: str) -> Places:
    """Where the characters of the bare key stand."""
    return _shows()[codes_of(key)].nonzero()[0]


@cache
def _shows() -> npt.NDArray[np.bool_]:
    """Which characters are no such signs."""
    shows = np.ones(CODE_POINTS, dtype=np.bool_)
    shows[codes_in(rf"\s{_SIGNS_BETWEEN}")] = False
    return shows
