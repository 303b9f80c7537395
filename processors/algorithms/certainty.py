"""How sure it is that an article is whole and nothing else: by the lines in doubt between its beginning and its end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

REVIEW = 0.95
"""An article of less confidence is one to look at."""


UNSURE = 0.5
"""The most confidence in an article of a page that may be made for what it names, and may not."""


def read_certainty(
    doubts: Sequence[tuple[int, float]], start: int, end: int, characters: int, *, unsure: bool = False
) -> dict[str, Any]:
    """``confidence``, the share of an article's characters that is expected to be judged rightly; ``review`` if low.

    ``doubts`` say, in order, where on the page a line in doubt begins and how many of its characters may be judged
    wrongly; the article lies in ``[start, end)`` of the page and has so many characters. ``unsure`` puts all in doubt.
    """
    first, last = bisect_left(doubts, (start,)), bisect_left(doubts, (end,))
    wrong = sum(count for _, count in doubts[first:last])
    confidence = round(max(0.0, 1.0 - wrong / max(1, characters)), 3)
    confidence = min(confidence, UNSURE) if unsure else confidence
    return {"confidence": confidence} | ({"review": True} if confidence < REVIEW else {})
