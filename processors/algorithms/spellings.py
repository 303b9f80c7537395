"""Other spellings of a keyword on its page: with signs put between its characters. For folded text."""

from __future__ import annotations

import re
from functools import lru_cache

_SIGNS = r"[\s·.*丨/+~_|-]"
_TIGHT = r"[·.*丨/+~_|-]"
_ANY_SIGNS = re.compile(f"{_SIGNS}+")

MOST = 50
"""So many spellings of a name are told apart; the time to look for them all grows with their number."""


def spellings(name: str, key: str) -> list[str]:
    """The name, then every way in which the page ``key`` spells it with signs between its characters.

    Blanks count as such signs in names of three characters and more; two words may stand side by side by chance.
    """
    if len(name) < 2 or name.isascii():
        return [name]
    if not _ANY_SIGNS.search(name) and _without_signs(key).count(name) == key.count(name):
        return [name]  # making a pattern takes longer
    sign = _SIGNS if len(name) > 2 else _TIGHT
    apart = re.compile(rf"{sign}?".join(map(re.escape, name)))
    return list(dict.fromkeys([name, *apart.findall(key)]))[:MOST]


@lru_cache(maxsize=1)
def _without_signs(key: str) -> str:
    return _ANY_SIGNS.sub("", key)
