"""What genuine Traditional text tells of itself: where it is from, and whether it keeps 著 and 着 apart."""

from __future__ import annotations

import numpy as np

from processors.algorithms.characters import Codes, Places
from processors.algorithms.evidence import CLASSICAL, HONG_KONG, MODERN, TAIWAN
from processors.algorithms.reading import Reading
from processors.algorithms.scripts import TRADITIONAL, Scripts
from processors.algorithms.traditional import Region

ASPECT, WORK = ord("着"), ord("著")
"""Hong Kong and classical prose keep the two apart, Taiwan and the invented script write both 著."""

_SIGNS = 2
"""The fewest signs of a region that are no accident."""


def region_of(reading: Reading, simple: Codes) -> Region | None:
    """Where a Traditional text, given with what it is in Simplified, is from: by its characters, and by its particle.

    爲 is of neither: computers write it, and old books.
    """
    work = (reading.codes == WORK).nonzero()[0]
    taiwan = int(np.count_nonzero(simple[work] == ASPECT)) + reading.count(TAIWAN)
    hong_kong = reading.count(HONG_KONG)
    if max(taiwan, hong_kong) < _SIGNS:
        return None
    neither = np.count_nonzero(reading.codes == ord("爲"))
    if taiwan >= _SIGNS and taiwan > 2 * (hong_kong + neither):
        return "tw"
    return "hk" if hong_kong >= _SIGNS and hong_kong > 2 * (taiwan + neither) else None


def keep_work(reading: Reading, each: Scripts, out: Codes, asked: Places) -> None:
    """Take the 著 that no word decided, among the characters ``asked`` about, for the other word where genuine
    Traditional text keeps 著 and 着 apart: it has more of the other, or it is classical.
    """
    open_ = asked[(reading.codes.take(asked) == WORK) & (out.take(asked) == ASPECT)]
    open_ = open_[each[open_] == TRADITIONAL]
    if not len(open_):
        return
    aspect = (reading.codes == ASPECT).nonzero()[0]
    modern, classical, other = (
        int(np.count_nonzero(each[places] == TRADITIONAL))
        for places in (reading.places(MODERN), reading.places(CLASSICAL), aspect)
    )
    if other > len(open_) or classical > 2 * modern + 2:
        out[open_] = WORK
