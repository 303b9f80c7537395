"""Other spellings of a keyword on its page: with signs put between its characters. For folded text."""

from __future__ import annotations

import re

_SIGNS = r"[\s·.*丨/+~_|-]"
_TIGHT = r"[·.*丨/+~_|-]"


def spellings(name: str, key: str) -> list[str]:
    """The name, then every way in which the page ``key`` spells it with signs between its characters.

    Blanks count as such signs in names of three characters and more; two words may stand side by side by chance.
    """
    if len(name) < 2 or name.isascii():
        return [name]
    sign = _SIGNS if len(name) > 2 else _TIGHT
    apart = re.compile(rf"{sign}?".join(map(re.escape, name)))
    return list(dict.fromkeys([name, *apart.findall(key)]))
