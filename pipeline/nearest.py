"""The name somebody may have meant, for error messages."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, allowed: Iterable[str]) -> str:
    """``"; did you mean 'x'?"`` for the allowed name nearest to ``name``, or nothing when none is near."""
    plain = {each.casefold().replace("-", "_"): each for each in allowed}
    close = get_close_matches(name.casefold().replace("-", "_"), plain, n=1)
    return f"; did you mean {plain[close[0]]!r}?" if close else ""
